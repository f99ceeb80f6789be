"""What the orders of two runs say where these first differ: sides, positions, entries."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stratcraft_jupyter.backtest.accounting import keep_account
from stratcraft_jupyter.backtest.orders import WorkingOrder, book_at, is_same_order
from stratcraft_jupyter.backtest.records import Fill
from stratcraft_jupyter.verify.equivalence import Compared, position_at

_LOOK = 3
RESTING = ("stop", "limit", "stop_limit")
_OPEN = (
    *("entry missing", "exit missing", "extra entry", "extra exit"),
    *("one bar early", "true sooner", "true later"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What probably is wrong.

    Attributes:
        cause: In a word or a few.
        sentence: In a sentence.
        about: ``"entry"``, ``"exit"``, ``"stop"`` or ``"size"``: what of the strategy it is about.
        side: Side of the position it is about, ``"long"`` or ``"short"``.
        is_plain: Whether the orders show it so plainly that nothing else need be tried.
    """

    cause: str
    sentence: str
    about: str
    side: str
    is_plain: bool = False

    @property
    def is_open(self) -> bool:
        """Whether no more is known than that the two decide otherwise."""
        return not self.is_plain and self.cause in _OPEN


class Facts:
    """A series on which the orders differ, and what is known of the bar where they do.

    Attributes:
        compared: The series.
        bar: The bar of the first difference.
        expected: Orders of the graph that the code has not.
        found: Orders of the code that the graph has not.
        position: Shares held by the graph.
        close: Closes of the series.
        cash: Money on hand by the graph.
        value: What its account is worth.
        distances: What nodes say a stop should be away on this bar, by their titles.
    """

    def __init__(
        self, compared: Compared, cash: float, distances: Mapping[str, float] | None = None
    ) -> None:
        mismatch = compared.mismatch
        if mismatch is None:
            raise ValueError("the orders do not differ")
        self.compared = compared
        self.bar = mismatch.bar
        self.expected, self.found = mismatch.expected, mismatch.found
        self.position = position_at(compared.expected.fills, mismatch.bar)
        self.close = compared.series.bars.close
        account = keep_account(compared.expected.fills, self.close, cash)
        self.cash = float(account.cash[mismatch.bar])
        self.value = float(account.value[mismatch.bar])
        self.distances = dict(distances or {})

    def side(self, order: WorkingOrder) -> str:
        """Side of the position an order opens, adds to or ends."""
        if self.position:
            return "long" if self.position > 0 else "short"
        return "long" if order.side == "buy" else "short"

    def about(self, order: WorkingOrder) -> str:
        """Whether an order is an entry, an exit or a stop."""
        ends = self.position * (1 if order.side == "buy" else -1) < 0
        if not ends:
            return "entry"
        return "stop" if order.type in RESTING else "exit"

    def parts(self, order: WorkingOrder) -> tuple[float, float]:
        """What of an order at the market ends the position, and what opens or adds to one."""
        held = abs(self.position) if self.about(order) == "exit" else 0.0
        return min(held, order.size), max(0.0, order.size - held)

    @property
    def entry_price(self) -> float | None:
        """The average price of the open position; None without one."""
        return _entry_price(self.compared.expected.fills, self.bar)

    @property
    def entry_bar(self) -> int:
        """The bar of the fill that opened the open position."""
        return _entry_bar(self.compared.expected.fills, self.bar)


def close_to(one: float, other: float) -> bool:
    """Whether two numbers are the same but for rounding, or both are none."""
    return (one != one and other != other) or math.isclose(one, other, rel_tol=1e-9)


def resting(order: WorkingOrder) -> str:
    """What an order that rests with the broker is called."""
    return {"limit": "limit order"}.get(order.type, "stop")


def later_orders(
    book: Sequence[WorkingOrder], order: WorkingOrder, bar: int
) -> Iterator[WorkingOrder]:
    """Orders of the same kind that begin a little later, and are not there yet."""
    for item in book:
        is_alike = (item.side, item.type) == (order.side, order.type)
        is_new = not any(is_same_order(item, there) for there in book_at(book, bar))
        if bar < item.first <= bar + _LOOK and is_alike and is_new:
            yield item


def in_bars(count: int) -> str:
    """A number of bars in words."""
    return "one bar" if count == 1 else f"{count} bars"


def _entry_price(fills: Sequence[Fill], bar: int) -> float | None:
    size = cost = 0.0
    for fill in fills:
        if fill.bar > bar:
            break
        change = fill.size if fill.side == "buy" else -fill.size
        if size * change >= 0:
            cost += change * fill.price
        elif abs(change) >= abs(size):
            cost = (size + change) * fill.price
        else:
            cost *= (size + change) / size
        size += change
    return cost / size if abs(size) > 1e-9 else None


def _entry_bar(fills: Sequence[Fill], bar: int) -> int:
    size, opened = 0.0, 0
    for fill in fills:
        if fill.bar > bar:
            break
        change = fill.size if fill.side == "buy" else -fill.size
        if abs(size) < 1e-9 or size * (size + change) < 0:
            opened = fill.bar
        size += change
    return opened
