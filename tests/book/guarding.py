"""Guards and limits: what closes or reduces a position, and what allows no entry."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from book.account import Account
from book.entries import number, owners, source, word
from book.moment import Moment, whole
from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.graph import Node

BOTH = frozenset({1, -1})


@dataclass
class Verdict:
    """What guards say on one close.

    Attributes:
        closes: Whether the position is closed.
        sold: Shares by which it is reduced.
        blocked: Sides that may not be entered.
    """

    closes: bool = False
    sold: int = 0
    blocked: set[int] = field(default_factory=set)


@dataclass
class Guards:
    """All guards and limits, and what they remember."""

    strategy: StrategyGraph
    account: Account
    start_cash: float
    ordered: list[datetime] = field(default_factory=list)  # the closes with an entry order
    blocked_until: dict[str, float] = field(default_factory=dict)
    reference: dict[str, float] = field(default_factory=dict)
    was_on: set[str] = field(default_factory=set)
    ended_bar: int | None = None
    ended_with: float = 0.0

    def judge(self, moment: Moment, bar: int) -> Verdict:
        verdict = Verdict()
        for node in self.strategy.nodes:
            rule = getattr(self, f"_{node.kind.partition('.')[2]}", None)
            if node.kind.startswith("risk.") and rule:
                rule(node, moment, bar, verdict)
        return verdict

    def _act(self, node: Node, verdict: Verdict, *, first: bool = True) -> None:
        """Closes, or reduces on the first close of a stretch."""
        action = word(node, "action")
        if action == "close":
            verdict.closes = True
        elif action == "reduce" and first:
            away = 100 - number(node, "reduce_to")
            verdict.sold = max(verdict.sold, whole(abs(self.account.size) * away / 100))

    def _waits(self, node: Node, bar: int, verdict: Verdict) -> bool:
        """Whether a guard is still waiting after it acted."""
        if bar > self.blocked_until.get(node.id, -1):
            return False
        verdict.blocked |= BOTH
        return True

    def _circuit_breaker(self, node: Node, moment: Moment, bar: int, verdict: Verdict) -> None:
        if self._waits(node, bar, verdict):
            self.reference.pop(node.id, None)
            return
        account, limit = self.account, number(node, "trigger_percent")
        if word(node, "scope") == "portfolio":
            equity = account.equity(bar)
            start = self.reference.setdefault(node.id, equity)
            trips = equity <= start * (100 - limit) / 100
        else:
            sign = 1 if account.size > 0 else -1
            level = account.price * (100 - sign * limit) / 100
            close = float(account.bars.close[bar])
            trips = account.size != 0 and (close - level) * sign <= 0
        if trips:
            self._act(node, verdict)
            verdict.blocked |= BOTH
            self.blocked_until[node.id] = bar + number(node, "cooldown_bars")
            self.reference.pop(node.id, None)

    def _drawdown_limit(self, node: Node, moment: Moment, bar: int, verdict: Verdict) -> None:
        if self._waits(node, bar, verdict):
            self.reference.pop(node.id, None)
            return
        equity = self.account.equity(bar)
        peak = max(self.reference.get(node.id, equity), equity)
        self.reference[node.id] = peak
        if equity <= peak * (100 - number(node, "percent")) / 100:
            self._act(node, verdict)
            verdict.blocked |= BOTH
            recovery = number(node, "recovery_bars")
            self.blocked_until[node.id] = bar + recovery if recovery else float("inf")
            self.reference.pop(node.id, None)

    def _safety_stop(self, node: Node, moment: Moment, bar: int, verdict: Verdict) -> None:
        floor = self.start_cash * (100 - number(node, "max_loss_percent")) / 100
        if node.id in self.was_on or self.account.equity(bar) <= floor:
            self.was_on.add(node.id)
            verdict.closes = True
            verdict.blocked |= BOTH

    def _regime_exit(self, node: Node, moment: Moment, bar: int, verdict: Verdict) -> None:
        is_manual = word(node, "recovery") == "manual"
        off = not moment.signal(f"{source(self.strategy, node, 'regime')}")
        if is_manual and node.id in self.blocked_until:
            off = True
        if off:
            verdict.blocked |= BOTH
            if self.account.size:
                self._act(node, verdict, first=node.id not in self.was_on)
                if is_manual:
                    self.blocked_until[node.id] = float("inf")
            self.was_on.add(node.id)
        else:
            self.was_on.discard(node.id)

    def _indicator_guard(self, node: Node, moment: Moment, bar: int, verdict: Verdict) -> None:
        if not moment.signal(f"{source(self.strategy, node, 'when')}"):
            self.was_on.discard(node.id)
            return
        sides = {"long": {1}, "short": {-1}, "both": BOTH}[word(node, "side")]
        verdict.blocked |= sides
        sign = (self.account.size > 0) - (self.account.size < 0)
        if sign in sides:
            self._act(node, verdict, first=node.id not in self.was_on)
        self.was_on.add(node.id)

    def _cooldown(self, node: Node, moment: Moment, bar: int, verdict: Verdict) -> None:
        if self.ended_bar is None or bar - self.ended_bar >= number(node, "bars"):
            return
        if word(node, "after") == "any exit" or self.ended_with < 0:
            verdict.blocked |= BOTH

    def _max_trades(self, node: Node, moment: Moment, bar: int, verdict: Verdict) -> None:
        begin = _period_start(self._time(bar), word(node, "per"))
        if sum(moment_ordered >= begin for moment_ordered in self.ordered) >= number(node, "count"):
            verdict.blocked |= BOTH

    def _entry_hours(self, node: Node, moment: Moment, bar: int, verdict: Verdict) -> None:
        start, end = (_minutes(word(node, f"{name}_time")) for name in ("from", "until"))
        now = self._time(bar)
        clock = now.hour * 60 + now.minute + now.second / 60
        inside = start <= clock < end if start <= end else clock >= start or clock < end
        if not inside:
            verdict.blocked |= BOTH

    def _time(self, bar: int) -> datetime:
        return self.account.bars.time[bar].astype("datetime64[us]").astype(datetime)

    def held(self, node: Node, entry_bar: int, bar: int) -> float:
        """How long a position is held, in the unit of a time limit."""
        if word(node, "unit") == "bars":
            return bar - entry_bar
        return (self._time(bar) - self._time(entry_bar)).total_seconds() / 3600

    def limit_time(
        self, owner: str, entry_bar: int, bar: int, largest: float, verdict: Verdict
    ) -> None:
        """Closes or shrinks a position by its time limits."""
        for node in self.strategy.nodes:
            mine = owners(self.strategy, node)
            if node.kind != "risk.time_limit" or (mine and owner not in mine):
                continue
            limit, held = number(node, "limit"), self.held(node, entry_bar, bar)
            if held >= limit:
                verdict.closes = True
            elif word(node, "decay") != "none":
                if word(node, "decay") == "linear":
                    keep = largest * (limit - held) / limit
                else:
                    keep = largest * 0.05 ** (held / limit)
                sold = int(abs(self.account.size)) + whole(-keep)
                verdict.sold = max(verdict.sold, sold)

    def allowed_shares(
        self, size: int, bar: int, held: float, stop_price: float | None, distance: float | None
    ) -> int:
        """The shares of an entry that exposure and open risk allow.

        Args:
            size: Shares by the sizing.
            held: Shares of the position it adds to; 0 if it does not.
        """
        equity, close = self.account.equity(bar), float(self.account.bars.close[bar])
        for node in self.strategy.nodes:
            if node.kind == "risk.exposure_limit":
                room = equity * number(node, "percent") / 100 - abs(held) * close
                size = max(0, min(size, whole(room / close)))
        for node in self.strategy.nodes:
            if node.kind == "risk.max_open_risk":
                sign = 1 if held > 0 else -1
                beyond = 0.0 if stop_price is None else (close - stop_price) * sign
                risk = abs(held) * max(0.0, beyond) + size * (distance or 0.0)
                if risk > equity * number(node, "percent") / 100:
                    return 0
        return size


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _period_start(moment: datetime, per: str) -> datetime:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if per == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if per == "month" else day
