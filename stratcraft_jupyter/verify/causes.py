"""The likely cause of a first difference, told from the orders themselves."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stratcraft_jupyter.backtest.orders import WorkingOrder, book_at, is_same_order
from stratcraft_jupyter.backtest.records import Fill
from stratcraft_jupyter.verify.equivalence import Compared, position_at

_RESTING = ("stop", "limit", "stop_limit")
_LOOK = 3


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


def guess_cause(compared: Compared, *, has_decided: bool) -> Guess:
    """The likely cause.

    Args:
        compared: A series on which the orders differ.
        has_decided: Whether the graph decides anything on the bar of the difference.
    """
    return _Reading(compared).guess(has_decided)


class _Reading:
    def __init__(self, compared: Compared) -> None:
        mismatch = compared.mismatch
        if mismatch is None:
            raise ValueError("the orders do not differ")
        self._compared = compared
        self._bar = mismatch.bar
        self._expected, self._found = mismatch.expected, mismatch.found
        self._position = position_at(compared.expected.fills, mismatch.bar)
        self._close = compared.series.bars.close

    def guess(self, has_decided: bool) -> Guess:
        """The first reading that fits."""
        if not has_decided and self._found:
            sentence = (
                f"the code decides on bar {self._bar}, before every indicator of the strategy has "
                "its first value: wait for all of them"
            )
            return Guess("warm-up", sentence, "entry", self._side(self._found[0]))
        for one in self._expected:
            for other in self._found:
                is_new = one.first == self._bar, other.first == self._bar
                found = self._pair(one, other) if is_new[0] == is_new[1] else None
                if found is not None:
                    return found
        if moved := self._moved():
            return moved
        if self._expected:
            return self._missing(self._expected[0])
        return self._extra(self._found[0])

    def _moved(self) -> Guess | None:
        """A stop that one of the two moves and the other leaves where it was."""
        for one in self._expected:
            for other in self._found:
                alike = (one.side, one.type) == (other.side, other.type)
                if not alike or one.type not in _RESTING or one.first == other.first:
                    continue
                name = _resting(one)
                words = (
                    f"the code leaves the {name} at {other.price:,.8g}, where the graph moves it "
                    f"to {one.price:,.8g}"
                )
                if other.first > one.first:
                    words = (
                        f"the code moves the {name} to {other.price:,.8g}, where the graph leaves "
                        f"it at {one.price:,.8g}"
                    )
                return Guess("stop distance", words, self._about(one), self._side(one))
        return None

    def _side(self, order: WorkingOrder) -> str:
        """Side of the position an order opens, adds to or ends."""
        if self._position:
            return "long" if self._position > 0 else "short"
        return "long" if order.side == "buy" else "short"

    def _about(self, order: WorkingOrder) -> str:
        ends = self._position * (1 if order.side == "buy" else -1) < 0
        if not ends:
            return "entry"
        return "stop" if order.type in _RESTING else "exit"

    def _pair(self, one: WorkingOrder, other: WorkingOrder) -> Guess | None:
        """Two orders that are meant to be the same, if they are."""
        about, side = self._about(one), self._side(one)
        if one.type != other.type:
            if one.side != other.side:
                return None
            if one.type in _RESTING and other.type == "market" and about != "entry":
                words = f"the code ends the position where the graph lets the {_resting(one)} rest"
                return Guess("extra exit", words, "exit", side)
            sentence = f"the code sends a {other.type} order instead of a {one.type} order"
            is_plain = about == "entry"  # an exit in the place of a stop has other causes too
            return Guess("order type", sentence.replace("_", "-"), about, side, is_plain)
        if one.side != other.side:
            sentence = f"the code {_verb(other)} where the graph {_verb(one)}"
            return Guess("side", sentence, about, side)
        if not _close_to(one.price, other.price):
            return self._other_price(one, other)
        if not _close_to(one.size, other.size):
            return self._other_size(one, other, about)
        if not _close_to(one.limit, other.limit):
            return Guess("price", "the limit of the order is another", about, side)
        return None

    def _other_price(self, one: WorkingOrder, other: WorkingOrder) -> Guess:
        side, name = self._side(one), "stop" if one.type != "limit" else "limit"
        entry = _entry_price(self._compared.expected.fills, self._bar)
        if entry is None:
            sentence = f"the price of the {name} is {other.price:,.8g} instead of {one.price:,.8g}"
            return Guess("price", sentence, "entry", side)
        before = float(
            self._close[max(0, _entry_bar(self._compared.expected.fills, self._bar) - 1)]
        )
        ours, theirs = (abs(order.price / entry - 1) * 100 for order in (one, other))
        if _close_to(other.price / before, one.price / entry):
            sentence = (
                f"the {name} is worked out from the close on which the entry was decided "
                f"({before:,.8g}) instead of the price it was filled at ({entry:,.8g})"
            )
            return Guess("stop distance", sentence, "stop", side)
        now = float(self._close[self._bar])
        if _close_to(other.price / now, one.price / entry):
            sentence = (
                f"the {name} is worked out from the present close ({now:,.8g}) instead of the "
                f"price of the entry ({entry:,.8g})"
            )
            return Guess("stop distance", sentence, "stop", side)
        if (other.price - entry) * (one.price - entry) < 0:
            sentence = f"the {name} is on the wrong side of the entry price {entry:,.8g}"
            return Guess("stop distance", sentence, "stop", side)
        sentence = (
            f"the {name} is {theirs:.4g} % from the entry price {entry:,.8g} instead of "
            f"{ours:.4g} %"
        )
        return Guess("stop distance", sentence, "stop", side)

    def _other_size(self, one: WorkingOrder, other: WorkingOrder, about: str) -> Guess:
        side = self._side(one)
        if about == "exit" and (turned := self._half_turn(one, other)):
            return turned
        ratio, close = other.size / one.size, float(self._close[self._bar])
        cash = one.size * close
        if not math.isfinite(other.size):
            words = "the size is not a number: an indicator it is worked out from has no value"
            return Guess("size", words, "size", side, is_plain=True)
        if not other.size.is_integer() and abs(other.size - one.size) < 1:
            words = "the size is a fraction of shares; the graph rounds down to whole shares"
            return Guess("size rounding", words, "size", side, is_plain=True)
        if abs(other.size - one.size) <= 1 and one.size > 20:
            words = "the size is rounded otherwise; the graph rounds down to whole shares"
            return Guess("size rounding", words, "size", side, is_plain=True)
        if abs(other.size / cash - 1) < 0.02 * max(1.0, close) / close + 0.02:
            words = f"the size is the cash to spend ({other.size:,.10g}), not that many shares"
            return Guess("size in cash", words, "size", side, is_plain=True)
        if other.size == 1:
            words = "the order is for a single share, as if it had no size"
            return Guess("size", words, "size", side)
        if about != "entry":
            words = (
                f"the order is for {other.size:,.10g} shares, and the position is "
                f"{abs(self._position):,.10g}"
            )
            return Guess("size", words, about, side)
        words = f"the size is {ratio:.4g} times that of the graph"
        return Guess("size", words, "size", side)

    def _half_turn(self, one: WorkingOrder, other: WorkingOrder) -> Guess | None:
        """Half of a turn, of which one order ends the position and one opens the next."""
        held, side = abs(self._position), self._side(one)
        if _close_to(one.size - other.size, held):
            words = "the code enters the other side and does not close the position before"
            return Guess("exit missing", words, "exit", side)
        against = any(o.type == "market" and o.side != one.side for o in self._found)
        if _close_to(other.size, held) and against:
            words = "the code enters on the same side again, where the graph turns"
            return Guess("side", words, "entry", "short" if side == "long" else "long")
        if _close_to(other.size, held):
            words = "the code closes the position and does not enter the other side"
            return Guess("entry missing", words, "entry", "short" if side == "long" else "long")
        return None

    def _missing(self, order: WorkingOrder) -> Guess:
        about, side = self._about(order), self._side(order)
        name = {"entry": "an entry", "exit": "an exit", "stop": f"the {_resting(order)}"}[about]
        book = self._compared.found.book
        late = next((o for o in _later(book, order, self._bar)), None)
        if late is not None:
            bars = late.first - self._bar
            words = f"the code {'sends' if about != 'stop' else 'places'} {name} {_bars(bars)} late"
            return Guess("one bar late" if about != "stop" else "stop late", words, about, side)
        if order.first < self._bar:
            words = f"the code takes {name} away on bar {self._bar}, where the graph leaves it"
            return Guess("stop missing", words, about, side)
        if about == "stop":
            has_any = any(item.type == order.type for item in book)
            words = (
                f"the code does not place {name} here"
                if has_any
                else f"the code never places {name}"
            )
            return Guess("stop missing", words, about, side)
        words = f"the code leaves out {name}: its condition is false there, or is not looked at"
        return Guess(f"{about} missing", words, about, side)

    def _extra(self, order: WorkingOrder) -> Guess:
        about, side = self._about(order), self._side(order)
        if order.type in _RESTING and order.first < self._bar:
            words = (
                f"a {_resting(order)} is left behind with the broker when the position is "
                "closed, and may fill later: cancel it"
            )
            return Guess("order left behind", words, "stop", side, is_plain=True)
        later = next((o for o in _later(self._compared.expected.book, order, self._bar)), None)
        if later is not None:
            words = (
                f"the code decides {_bars(later.first - self._bar)} early, as if it saw bars that "
                "are still to come"
            )
            return Guess("one bar early", words, about, side)
        if about == "stop":
            words = f"the code places a {_resting(order)} that the graph does not have"
            return Guess("extra stop", words, about, side)
        if about == "exit":
            words = "the code ends the position where the graph does not"
            return Guess("extra exit", words, about, side)
        if self._position:
            words = "the code adds to a position that is open already"
            return Guess("pyramiding", words, about, side)
        words = "the code enters where the graph does not: a condition or filter is missing"
        return Guess("extra entry", words, about, side)


def _later(book: Sequence[WorkingOrder], order: WorkingOrder, bar: int) -> Iterator[WorkingOrder]:
    """Orders of the same kind that begin a little later, and are not there yet."""
    for item in book:
        is_alike = (item.side, item.type) == (order.side, order.type)
        is_new = not any(is_same_order(item, there) for there in book_at(book, bar))
        if bar < item.first <= bar + _LOOK and is_alike and is_new:
            yield item


def _entry_price(fills: Sequence[Fill], bar: int) -> float | None:
    """The average price of the open position; None without one."""
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
    """The bar of the fill that opened the open position."""
    size, opened = 0.0, 0
    for fill in fills:
        if fill.bar > bar:
            break
        change = fill.size if fill.side == "buy" else -fill.size
        if abs(size) < 1e-9 or size * (size + change) < 0:
            opened = fill.bar
        size += change
    return opened


def _close_to(one: float, other: float) -> bool:
    return (one != one and other != other) or math.isclose(one, other, rel_tol=1e-9)


def _verb(order: WorkingOrder) -> str:
    return "buys" if order.side == "buy" else "sells"


def _resting(order: WorkingOrder) -> str:
    return {"limit": "limit order"}.get(order.type, "stop")


def _bars(count: int) -> str:
    return "one bar" if count == 1 else f"{count} bars"
