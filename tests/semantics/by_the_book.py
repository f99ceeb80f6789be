"""docs/semantics.md as a slow and plain simulation that shares nothing with the compiler.

It reads the strategy document and works out every value and every fill without Backtrader.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from semantics.book_account import Account, Fill, Order
from semantics.book_values import Values
from stratcraft_jupyter import Bars, StrategyGraph
from stratcraft_jupyter.graph import Node


def run_by_the_book(
    strategy: StrategyGraph,
    bars: Bars,
    *,
    cash: float = 100_000.0,
    commission: float = 0.0,
    slippage: float = 0.0,
) -> list[Fill]:
    """The fills that the rules give."""
    values = Values(strategy, bars)
    account = Account(bars, cash, commission, slippage)
    rules = _Rules(strategy, values, account)
    start = values.first_decision()
    for bar in range(len(bars)):
        account.open_bar(bar)
        if bar >= start:
            rules.close_bar(bar)
    return account.fills


@dataclass
class _Rules:
    """What is decided on a close."""

    strategy: StrategyGraph
    values: Values
    account: Account
    stop: Order | None = None
    fixed: list[float | None] = field(default_factory=list)

    def close_bar(self, bar: int) -> None:
        account = self.account
        if not account.size:
            self.stop = None
        sign = 1 if account.size > 0 else -1
        side = "long" if sign > 0 else "short"
        leaves = bool(account.size) and any(
            self._is_true(node, bar) for node in self._nodes(f"action.exit_{side}")
        )
        if leaves:
            self._cancel_stop()
            account.orders.append(Order(-account.size, float(account.bars.close[bar])))
        elif account.size:
            self._protect(side, sign, bar)
        for name, direction in (("long", 1), ("short", -1)):
            may = not account.size or (leaves and direction != sign)
            for entry in self._nodes(f"action.enter_{name}"):
                if may and self._is_true(entry, bar):
                    self._enter(entry, direction, bar)
                    return

    def _nodes(self, kind: str) -> Sequence[Node]:
        return [node for node in self.strategy.nodes if node.kind == kind]

    def _is_true(self, node: Node, bar: int) -> bool:
        return self.values.signal(self.values.inputs(node, "when")[0])[bar]

    def _cancel_stop(self) -> None:
        if self.stop in self.account.orders:
            self.account.orders.remove(self.stop)
        self.stop = None

    def _enter(self, entry: Node, direction: int, bar: int) -> None:
        self.fixed = [self._distance(stop, bar) for stop in self._stops(entry)]
        close = float(self.account.bars.close[bar])
        size = self._shares(entry, bar, close)
        if size > 0:
            self.account.orders.append(Order(direction * size, close))

    def _stops(self, entry: Node) -> list[Node]:
        return [self.strategy.node(e.target_node) for e in self.strategy.edges_from(entry.id)]

    def _distance(self, stop: Node, bar: int) -> float | None:
        """The connected distance times its multiple; None for a percentage."""
        sources = self.values.inputs(stop, "distance")
        if not sources:
            return None
        return self.values.param(stop, "multiple") * self.values.series(sources[0])[bar]

    def _protect(self, side: str, sign: int, bar: int) -> None:
        (entry,) = self._nodes(f"action.enter_{side}")
        stops = self._stops(entry)
        trails = any(stop.kind == "risk.trailing_stop" for stop in stops)
        if not stops or (self.stop is not None and not trails):
            return
        close = float(self.account.bars.close[bar])
        prices = []
        for stop, fixed in zip(stops, self.fixed, strict=True):
            is_trailing = stop.kind == "risk.trailing_stop"
            anchor = close if is_trailing else self.account.entry_price
            distance = self._distance(stop, bar) if is_trailing else fixed
            if distance is None:
                prices.append(anchor * (100 - sign * self.values.param(stop, "percent")) / 100)
            else:
                prices.append(anchor - sign * distance)
        price = max(prices) if sign > 0 else min(prices)
        if self.stop is None or (price - self.stop.decided_at) * sign > 0:
            self._cancel_stop()
            # Backtrader takes an order at a price of 0 for one without a price
            self.stop = Order(-self.account.size, price or close, is_stop=True)
            self.account.orders.append(self.stop)

    def _shares(self, entry: Node, bar: int, close: float) -> float:
        equity = self.account.equity(bar)
        sizes = self.values.inputs(entry, "size")
        if not sizes:
            return math.floor(equity * self.strategy.backtest.sizing_percent / 100 / close)
        node = self.strategy.node(sizes[0].partition(".")[0])
        if node.kind == "sizing.fixed_shares":
            return self.values.param(node, "shares")
        if node.kind == "sizing.fixed_cash":
            return math.floor(self.values.param(node, "cash") / close)
        percent = self.values.param(node, "percent")
        if node.kind == "sizing.percent_of_equity":
            return math.floor(equity * percent / 100 / close)
        distances = [
            close * self.values.param(stop, "percent") / 100 if fixed is None else fixed
            for stop, fixed in zip(self._stops(entry), self.fixed, strict=True)
        ]
        if not min(distances) > 0:
            return 0
        by_cash = equity * self.values.param(node, "max_percent") / 100 / close
        return math.floor(min(equity * percent / 100 / min(distances), by_cash))
