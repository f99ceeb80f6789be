"""Random ways to trade: entries, exits, sizing, risk, on signals that are there already."""

import random
from collections.abc import Callable

Params = dict[str, int | float | str | bool]


class TradingDraw:
    """Draws what trades in a strategy.

    Args:
        rng: Where it draws from.
        add: Adds a node of a kind with parameters; gives its id.
        connect: Connects an output to an input.
        signal: Gives an output of a condition.
        series: Gives an output of a series with a value on every bar after the warm-up.
    """

    def __init__(
        self,
        rng: random.Random,
        add: Callable[..., str],
        connect: Callable[[str, str], None],
        signal: Callable[[], str],
        series: Callable[[], str],
    ) -> None:
        self.rng, self.add, self.connect = rng, add, connect
        self.signal, self.series = signal, series
        self.entries: dict[str, list[str]] = {"long": [], "short": []}
        self.has_stops: set[str] = set()

    def draw(self) -> None:
        """A whole set of rules."""
        rng = self.rng
        for side in rng.choice([["long"], ["short"], ["long", "short"], ["long", "short"]]):
            for _ in range(rng.choice([1, 1, 1, 2, 3])):
                self._entry(side)
        if len(self.entries["long"]) + len(self.entries["short"]) > 1 and rng.random() < 0.5:
            mode = rng.choice(["first_match", "priority", "vote", "weight"])
            self.add(
                "action.choice",
                mode=mode,
                votes=rng.choice([1, 2]),
                threshold=rng.choice([0.5, 1.0, 2.0]),
            )
        if rng.random() < 0.15:
            self._reverse()
        for side, ids in self.entries.items():
            if ids:
                self._exits(side)
        self._guards()
        self._limits()

    def _one_of(self, *values: int | float | str) -> int | float | str:
        return self.rng.choice(values)

    def _entry(self, side: str) -> None:
        rng = self.rng
        kind = rng.choice(["market", "market", "market", "limit", "stop", "stop_limit"])
        entry = self.add(
            f"action.enter_{side}",
            order_type=kind,
            offset_percent=self._one_of(0.0, 0.5, 1.0, 3.0),
            offset_multiple=self._one_of(0.01, 0.05),
            limit_percent=self._one_of(0.0, 0.5, 2.0),
            expiry_bars=self._one_of(0, 1, 2, 5),
            confirm_bars=self._one_of(1, 3),
            max_entries=self._one_of(1, 1, 1, 2, 4),
            priority=self._one_of(1, 1, 2, 3),
            weight=self._one_of(0.5, 1.0, 2.0),
        )
        self.entries[side].append(entry)
        self.connect(self.signal(), f"{entry}.when")
        for port, chance in (("regime", 0.2), ("filter", 0.2), ("confirm", 0.15)):
            if rng.random() < chance:
                self.connect(self.signal(), f"{entry}.{port}")
        if kind != "market" and rng.random() < 0.3:
            self.connect(self.series(), f"{entry}.distance")
        for _ in range(rng.choice([0, 0, 1, 1, 2])):
            self._protection(entry)
        self._size(entry)

    def _reverse(self) -> None:
        node = self.add("action.reverse", priority=self._one_of(1, 2), weight=1.0)
        self.connect(self.signal(), f"{node}.when")
        for side in ("long", "short"):
            self.entries[side].append(node)
        if self.rng.random() < 0.5:
            self._protection(node)

    def _protection(self, entry: str) -> None:
        rng = self.rng
        kinds = ("stop_loss", "trailing_stop", "break_even", "take_profit", "bracket")
        kind = rng.choice(kinds)
        params: Params = {
            "stop_loss": {"percent": self._one_of(0.5, 2.0, 5.0, 12.0), "multiple": 0.05},
            "trailing_stop": {
                "percent": self._one_of(0.5, 2.0, 5.0, 12.0),
                "multiple": self._one_of(0.03, 0.1),
                "anchor": self._one_of("close", "extreme"),
            },
            "break_even": {
                "trigger_percent": self._one_of(0.5, 2.0, 5.0),
                "trigger_multiple": 0.05,
                "offset_percent": self._one_of(0.0, 0.3),
            },
            "take_profit": {"percent": self._one_of(0.5, 2.0, 8.0), "multiple": 0.05},
            "bracket": {
                "stop_percent": self._one_of(1.0, 4.0),
                "target_percent": self._one_of(1.0, 6.0),
                "stop_multiple": 0.04,
                "target_multiple": 0.08,
            },
        }[kind]  # type: ignore[assignment]
        node = self.add(f"risk.{kind}", **params)
        self.connect(f"{entry}.order", f"{node}.entry")
        if rng.random() < 0.4:
            self.connect(self.series(), f"{node}.distance")
        if kind in ("stop_loss", "trailing_stop", "bracket"):
            self.has_stops.add(entry)

    def _size(self, entry: str) -> None:
        rng = self.rng
        percent = self._one_of(1.0, 30.0, 95.0, 100.0)
        sizes: dict[str, Params] = {
            "fixed_shares": {"shares": self._one_of(1, 100, 700)},
            "fixed_cash": {"cash": 33_333.0},
            "percent_of_equity": {"percent": percent},
            "risk": {"percent": 1.0, "max_percent": percent},
            "atr_risk": {"percent": 1.0, "multiple": 0.05, "max_percent": percent},
            "volatility_target": {
                "target": self._one_of(5.0, 20.0),
                "period": self._one_of(2, 5),
                "max_percent": percent,
            },
            "kelly": {"trades": self._one_of(2, 4), "start_percent": 20.0, "max_percent": percent},
            "confidence": {"percent": percent},
        }
        kind = rng.choice([*sizes, ""])
        if not kind or (kind == "risk" and entry not in self.has_stops):
            return
        node = self.add(f"sizing.{kind}", **sizes[kind])
        if kind == "atr_risk":
            self.connect(self.series(), f"{node}.distance")
        if kind == "confidence":
            self.connect(self.series(), f"{node}.confidence")
        self.connect(f"{node}.size", f"{entry}.size")

    def _exits(self, side: str) -> None:
        rng = self.rng
        for number in range(rng.choice([1, 1, 2, 3])):
            percent = 100 if number == 0 else self._one_of(100, 25, 50.0, 80)
            node = self.add(f"action.exit_{side}", percent=percent)
            self.connect(self.signal(), f"{node}.when")
            if number and rng.random() < 0.5:
                self.connect(f"{rng.choice(self.entries[side])}.order", f"{node}.entry")
        if rng.random() < 0.25:
            node = self.add(
                "risk.time_limit",
                limit=self._one_of(1, 3, 8),
                decay=self._one_of("none", "linear", "exponential"),
            )
            if rng.random() < 0.5:
                self.connect(f"{rng.choice(self.entries[side])}.order", f"{node}.entry")
        if rng.random() < 0.1:
            self.add("risk.time_limit", limit=self._one_of(30, 100), unit="hours", decay="linear")

    def _guards(self) -> None:
        rng = self.rng
        action = rng.choice(["close", "reduce"])
        reduce_to = self._one_of(30, 50.0)
        if rng.random() < 0.2:
            self.add(
                "risk.circuit_breaker",
                trigger_percent=self._one_of(0.5, 2.0),
                cooldown_bars=self._one_of(0, 2, 5),
                scope=self._one_of("position", "portfolio"),
                action=action,
                reduce_to=reduce_to,
            )
        if rng.random() < 0.2:
            self.add(
                "risk.drawdown_limit",
                percent=self._one_of(0.5, 2.0, 5.0),
                recovery_bars=self._one_of(0, 3, 10),
                action=self._one_of("close", "reduce", "halt"),
                reduce_to=reduce_to,
            )
        if rng.random() < 0.1:
            self.add("risk.safety_stop", max_loss_percent=self._one_of(1.0, 5.0))
        if rng.random() < 0.15:
            node = self.add(
                "risk.regime_exit",
                action=self._one_of("close", "reduce", "halt"),
                reduce_to=reduce_to,
                recovery=self._one_of("automatic", "automatic", "manual"),
            )
            self.connect(self.signal(), f"{node}.regime")
        if rng.random() < 0.2:
            node = self.add(
                "risk.indicator_guard",
                side=self._one_of("long", "short", "both"),
                action=action,
                reduce_to=reduce_to,
            )
            self.connect(self.signal(), f"{node}.when")

    def _limits(self) -> None:
        rng = self.rng
        if rng.random() < 0.15:
            after = self._one_of("any exit", "losing exit")
            self.add("risk.cooldown", bars=self._one_of(1, 3), after=after)
        if rng.random() < 0.15:
            per = self._one_of("day", "week", "month")
            self.add("risk.max_trades", count=self._one_of(1, 2), per=per)
        if rng.random() < 0.15:
            self.add("risk.exposure_limit", percent=self._one_of(20.0, 60.0, 150.0))
        entries = {*self.entries["long"], *self.entries["short"]}
        if entries <= self.has_stops and rng.random() < 0.3:
            self.add("risk.max_open_risk", percent=self._one_of(0.5, 3.0))
        if rng.random() < 0.05:
            self.add(
                "risk.entry_hours", from_time="00:00", until_time=self._one_of("00:00", "12:00")
            )
