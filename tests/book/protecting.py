"""Stops and targets: their prices, and the two orders that rest for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from book.account import Account, Order
from book.entries import number, source, word
from book.moment import Moment
from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.graph import Node

STOPS = ("risk.stop_loss", "risk.trailing_stop", "risk.break_even", "risk.bracket")


@dataclass
class Protection:
    """What rests for the open position."""

    strategy: StrategyGraph
    account: Account
    stop: Order | None = None
    target: Order | None = None
    fixed: dict[str, float] = field(default_factory=dict)  # distances, from the entry's close
    extreme: float = 0.0
    is_even: set[str] = field(default_factory=set)
    placed: tuple[float, float | None, float | None] | None = None  # shares, stop, target

    def nodes(self, entry_id: str) -> list[Node]:
        edges = self.strategy.edges_from(entry_id, "order")
        return [self.strategy.node(edge.target_node) for edge in edges]

    def fix_distances(self, entry_id: str, moment: Moment) -> None:
        for node in self.nodes(entry_id):
            endpoint = source(self.strategy, node, "distance")
            if endpoint:
                self.fixed[node.id] = moment.series(endpoint)

    def begin(self) -> None:
        """A position has begun."""
        self.extreme = 0.0
        self.is_even.clear()

    def forget_filled(self) -> None:
        if any(order is not None and order.state == "filled" for order in (self.stop, self.target)):
            self.forget()

    def forget(self) -> None:
        self.stop = self.target = self.placed = None

    def cancel(self) -> None:
        self.account.cancel(self.stop)
        self.account.cancel(self.target)
        self.forget()

    def see(self, bar: int) -> None:
        """Keeps the highest high, or for a short the lowest low, since the fill."""
        bars = self.account.bars
        if self.account.size > 0:
            self.extreme = max(self.extreme, float(bars.high[bar]))
        else:
            low = float(bars.low[bar])
            self.extreme = min(self.extreme, low) if self.extreme else low

    def place(self, entry_id: str, moment: Moment, bar: int, size: float) -> None:
        """Lets a stop and a target rest for ``size`` shares, moved or made anew if need be."""
        sign = 1 if self.account.size > 0 else -1
        close = float(self.account.bars.close[bar])
        nodes = self.nodes(entry_id)
        stop = _nearest((self._stop(node, moment, close, sign) for node in nodes), -sign)
        target = _nearest((self._target(node, sign) for node in nodes), sign)
        if self.stop is not None:
            old = self.stop.price
            is_none = stop is None or stop <= 0
            stop = old if is_none else max(stop, old) if sign > 0 else min(stop, old)
        if (stop, target) == (None, None) or (size, stop, target) == self.placed:
            return
        self.cancel()
        # no bar has a price of zero or less, so there is nothing to wait for
        if stop is not None and stop > 0:
            self.stop = self.account.send(Order(-sign * size, stop, "stop"))
        if target is not None and target > 0:
            self.target = self.account.send(Order(-sign * size, target, "limit"))
        if self.stop is not None and self.target is not None:
            self.stop.partner, self.target.partner = self.target, self.stop
        self.placed = (size, stop, target)

    def distance(self, entry_id: str, moment: Moment, close: float) -> float | None:
        """From the close to the nearest stop, as it stands when an entry is decided."""
        found = []
        for node in self.nodes(entry_id):
            if node.kind not in STOPS or node.kind == "risk.break_even":
                continue
            name = "stop_" if node.kind == "risk.bracket" else ""
            endpoint = source(self.strategy, node, "distance")
            if endpoint:
                found.append(number(node, f"{name}multiple") * moment.series(endpoint))
            else:
                found.append(close * number(node, f"{name}percent") / 100)
        return min(found) if found else None

    def _stop(self, node: Node, moment: Moment, close: float, sign: int) -> float | None:
        price = self.account.price
        endpoint = source(self.strategy, node, "distance")
        if node.kind == "risk.trailing_stop":
            anchor = close if word(node, "anchor") == "close" else self.extreme
            if endpoint:
                return anchor - sign * (number(node, "multiple") * moment.series(endpoint))
            return anchor * (100 - sign * number(node, "percent")) / 100
        if node.kind == "risk.break_even":
            if endpoint:
                trigger = price + sign * (
                    number(node, "trigger_multiple") * moment.series(endpoint)
                )
            else:
                trigger = price * (100 + sign * number(node, "trigger_percent")) / 100
            if (close - trigger) * sign >= 0:
                self.is_even.add(node.id)
            if node.id not in self.is_even:
                return None
            return price * (100 + sign * number(node, "offset_percent")) / 100
        if node.kind not in STOPS:
            return None
        name = "stop_" if node.kind == "risk.bracket" else ""
        if endpoint:
            return price - sign * (number(node, f"{name}multiple") * self.fixed[node.id])
        return price * (100 - sign * number(node, f"{name}percent")) / 100

    def _target(self, node: Node, sign: int) -> float | None:
        if node.kind not in ("risk.take_profit", "risk.bracket"):
            return None
        name = "target_" if node.kind == "risk.bracket" else ""
        price = self.account.price
        if source(self.strategy, node, "distance"):
            return price + sign * (number(node, f"{name}multiple") * self.fixed[node.id])
        return price * (100 + sign * number(node, f"{name}percent")) / 100


def _nearest(prices: Iterable[float | None], direction: int) -> float | None:
    """The lowest price if they lie above, the highest if they lie below."""
    known = [price for price in prices if price is not None]
    if not known:
        return None
    return min(known) if direction > 0 else max(known)
