"""Random ways to trade: entries, exits, sizing, risk, on signals that are there already."""

from semantics.random_guards import GuardDraw

Params = dict[str, int | float | str | bool]


class TradingDraw(GuardDraw):
    """Draws what trades in a strategy, so that it trades often on most bars."""

    def draw(self) -> None:
        """A whole set of rules."""
        rng = self.rng
        for side in rng.choice([["long"], ["short"], ["long", "short"], ["long", "short"]]):
            for _ in range(rng.choice([1, 1, 1, 2])):
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
        self.draw_guards()
        self.draw_limits()

    def price(self) -> str:
        """A series near the price; now and then any."""
        rng, put = self.rng, self.drawn.put
        price = f"bars.{rng.choice(['open', 'high', 'low', 'close'])}"
        if rng.random() < 0.1:
            return rng.choice(self.drawn.series)
        if rng.random() < 0.5:
            return price
        kind = rng.choice(["sma", "ema", "highest", "lowest"])
        return put(f"indicator.{kind}", {"period": rng.randint(2, 5)}, source=price)

    def distance(self) -> str:
        """A series that is a few percent of the price; now and then any."""
        if self.rng.random() < 0.15:
            return self.rng.choice(self.drawn.series)
        period = {"period": self.rng.randint(2, 6)}
        return self.drawn.put("indicator.atr", period, bars="bars.bars")

    def _entry(self, side: str) -> None:
        rng = self.rng
        kind = rng.choice(["market", "market", "market", "limit", "stop", "stop_limit"])
        entry = self.add(
            f"action.enter_{side}",
            order_type=kind,
            offset_percent=self._one_of(0.0, 0.2, 0.5, 2.0),
            offset_multiple=self._one_of(0.1, 0.3, 1.0),
            limit_percent=self._one_of(0.0, 0.5, 2.0),
            expiry_bars=self._one_of(0, 1, 2, 5),
            confirm_bars=self._one_of(1, 3, 5),
            max_entries=self._one_of(1, 1, 1, 2, 4),
            priority=self._one_of(1, 1, 2, 3),
            weight=self._one_of(0.5, 1.0, 2.0),
        )
        self.entries[side].append(entry)
        self.connect(self.signal(), f"{entry}.when")
        for port, chance in (("regime", 0.2), ("filter", 0.2), ("confirm", 0.15)):
            if rng.random() < chance:
                often = self.triggers.mostly if rng.random() < 0.7 else self.signal
                self.connect(often(), f"{entry}.{port}")
        if kind != "market" and rng.random() < 0.3:
            self.connect(self.distance(), f"{entry}.distance")
        if kind != "market" and rng.random() < 0.3:
            self.connect(self.price(), f"{entry}.price")
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
            "stop_loss": {"percent": self._one_of(0.5, 2.0, 5.0, 12.0), "multiple": 1.0},
            "trailing_stop": {
                "percent": self._one_of(0.5, 2.0, 5.0, 12.0),
                "multiple": self._one_of(0.5, 2.0),
                "anchor": self._one_of("close", "extreme"),
            },
            "break_even": {
                "trigger_percent": self._one_of(0.5, 2.0, 5.0),
                "trigger_multiple": 0.5,
                "offset_percent": self._one_of(0.0, 0.3),
            },
            "take_profit": {"percent": self._one_of(0.5, 2.0, 8.0), "multiple": 1.5},
            "bracket": {
                "stop_percent": self._one_of(1.0, 4.0),
                "target_percent": self._one_of(1.0, 6.0),
                "stop_multiple": 1.0,
                "target_multiple": self._one_of(0.5, 2.0),
            },
        }[kind]  # type: ignore[assignment]
        node = self.add(f"risk.{kind}", **params)
        self.connect(f"{entry}.order", f"{node}.entry")
        if rng.random() < 0.4:
            self.connect(self.distance(), f"{node}.distance")
        if kind in ("stop_loss", "trailing_stop", "bracket"):
            self.has_stops.add(entry)

    def _size(self, entry: str) -> None:
        rng = self.rng
        percent = self._one_of(5.0, 20.0, 50.0, 95.0)
        sizes: dict[str, Params] = {
            "fixed_shares": {"shares": self._one_of(1, 100, 300, 700)},
            "fixed_cash": {"cash": 33_333.0},
            "percent_of_equity": {"percent": percent},
            "risk": {"percent": 1.0, "max_percent": percent},
            "atr_risk": {"percent": 1.0, "multiple": 1.0, "max_percent": percent},
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
            self.connect(self.distance(), f"{node}.distance")
        if kind == "confidence":
            self.connect(rng.choice(self.drawn.series), f"{node}.confidence")
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
