"""The likely cause of a first difference, told from the orders themselves."""

from collections.abc import Mapping
from dataclasses import replace

from stratcraft_jupyter.backtest.orders import WorkingOrder
from stratcraft_jupyter.verify.code_facts import CodeFacts
from stratcraft_jupyter.verify.equivalence import Compared
from stratcraft_jupyter.verify.order_extra import guess_extra
from stratcraft_jupyter.verify.order_facts import (
    RESTING,
    Facts,
    Guess,
    close_to,
    in_bars,
    later_orders,
    resting,
)
from stratcraft_jupyter.verify.order_pairs import guess_pair


def guess_cause(
    compared: Compared,
    code: CodeFacts,
    cash: float,
    *,
    has_decided: bool,
    begins_in_time: bool = False,
    distances: Mapping[str, float] | None = None,
) -> Guess:
    """The likely cause.

    Args:
        compared: A series on which the orders differ.
        code: What the code says of itself.
        cash: Money at the start.
        has_decided: Whether the graph decides anything on the bar of the difference.
        begins_in_time: Whether code that never ordered before does so on this bar, as soon as
            what it makes and never reads is left out.
        distances: What nodes say a stop should be away on this bar, by their titles.
    """
    reading = _Reading(code, Facts(compared, cash, distances))
    return reading.waiting() if begins_in_time else reading.guess(has_decided)


class _Reading:
    def __init__(self, code: CodeFacts, facts: Facts) -> None:
        self._code = code
        self._facts = facts

    def guess(self, has_decided: bool) -> Guess:
        """The first reading that fits."""
        facts = self._facts
        if not has_decided and facts.found:
            sentence = (
                f"the code decides on bar {facts.bar}, before every indicator of the strategy has "
                "its first value: wait for all of them"
            )
            return Guess("warm-up", sentence, "entry", facts.side(facts.found[0]))
        for one, other in self._pairs():
            is_new = one.first == facts.bar, other.first == facts.bar
            found = self._pair(one, other) if is_new[0] == is_new[1] else None
            if found is not None:
                return found
        if moved := self._moved():
            return moved
        ended = self._ended()
        if ended is not None:
            return guess_extra(facts, ended)
        if facts.expected:
            return self._missing(facts.expected[0])
        return guess_extra(facts, facts.found[0])

    def waiting(self) -> Guess:
        """Code that begins late because it makes what it never reads."""
        names = " and ".join(f"self.{name}" for name in self._code.unread)
        order = self._facts.expected[0]
        words = (
            f"the code begins later than the strategy: it makes {names}, reads it nowhere, and "
            "Backtrader waits for its first value. Leave it out"
        )
        return Guess("warm-up", words, "entry", self._facts.side(order), is_plain=True)

    def _pairs(self) -> list[tuple[WorkingOrder, WorkingOrder]]:
        """Every order of the graph with every one of the code, those that are most alike first."""
        pairs = [(one, other) for one in self._facts.expected for other in self._facts.found]
        return sorted(pairs, key=lambda pair: _likeness(*pair), reverse=True)

    def _pair(self, one: WorkingOrder, other: WorkingOrder) -> Guess | None:
        """Two orders that are meant to be the same, or a stop and what is in its place."""
        facts = self._facts
        ends_now = one.type in RESTING and other.type == "market" and one.side == other.side
        if ends_now and facts.about(one) == "stop" and one.type not in self._code.order_types:
            name = resting(one)
            words = (
                f"the code closes at the market where the graph places a {name}: nowhere does it "
                f"send a {one.type.replace('_', '-')} order"
            )
            return Guess("order type", words, "stop", facts.side(one), is_plain=True)
        guess = guess_pair(facts, one, other)
        if guess is not None and guess.cause == "stop distance" and self._code.is_trailing:
            words = (
                f"the code leaves it to the broker to move the {resting(one)}: it waits at "
                f"{other.price:,.8g} instead of {one.price:,.8g}"
            )
            return replace(guess, sentence=words, is_plain=False)
        return guess

    def _moved(self) -> Guess | None:
        """A stop that one of the two moves and the other leaves where it was."""
        for one in self._facts.expected:
            for other in self._facts.found:
                alike = (one.side, one.type) == (other.side, other.type)
                is_moved = one.first != other.first and not close_to(one.price, other.price)
                if not alike or one.type not in RESTING or not is_moved:
                    continue
                name = resting(one)
                words = (
                    f"the code leaves the {name} at {other.price:,.8g}, where the graph moves it "
                    f"to {one.price:,.8g}"
                )
                if other.first > one.first:
                    words = (
                        f"the code moves the {name} to {other.price:,.8g}, where the graph leaves "
                        f"it at {one.price:,.8g}"
                    )
                return Guess("stop distance", words, self._facts.about(one), self._facts.side(one))
        return None

    def _ended(self) -> WorkingOrder | None:
        """An exit of the code alone; that the stops go with the position is right then."""
        facts = self._facts
        if any(order.first == facts.bar for order in facts.expected):
            return None
        exits = (order for order in facts.found if facts.about(order) == "exit")
        return next((order for order in exits if order.first == facts.bar), None)

    def _missing(self, order: WorkingOrder) -> Guess:
        facts, bar = self._facts, self._facts.bar
        about, side = facts.about(order), facts.side(order)
        name = {"entry": "an entry", "exit": "an exit", "stop": f"the {resting(order)}"}[about]
        book = facts.compared.found.book
        late = next((o for o in later_orders(book, order, bar)), None)
        # an order of another size is no exit of this position
        if late is not None and (about != "exit" or close_to(late.size, order.size)):
            return self._late(late.first - bar, name, about, side)
        if order.first < bar:
            words = f"the code takes {name} away on bar {bar}, where the graph leaves it"
            return Guess("stop missing", words, about, side)
        if about == "stop":
            has_any = any(item.type == order.type for item in book)
            words = (
                f"the code does not place {name} here"
                if has_any
                else f"the code never places {name}"
            )
            return Guess("stop missing", words, about, side)
        words = f"the code sends no such order here: {self._why_none(order)}"
        return Guess(f"{about} missing", words, about, side)

    def _late(self, bars: int, name: str, about: str, side: str) -> Guess:
        if about == "stop":
            words = f"the code places {name} {in_bars(bars)} late"
            return Guess("stop late", words, about, side)
        if bars == 1:
            return Guess("one bar late", f"here the code sends {name} one bar late", about, side)
        words = (
            f"the code sends {name} {bars} bars later: a condition comes true later in it, as "
            "with another number or indicator"
        )
        return Guess("true later", words, about, side)

    def _why_none(self, order: WorkingOrder) -> str:
        """What is known of code that sends no order where the graph sends one at the market."""
        facts, run = self._facts, self._facts.compared.found
        same = [item for item in run.book if item.side == order.side]
        last = run.book[-1] if run.book else None
        if last is not None and last.first <= facts.bar:
            is_filled = any(fill.bar > last.first for fill in run.fills)
            why = "" if is_filled else f", and its last one, of bar {last.first}, was not filled"
            return f"it sends none from here to the end of the bars{why}"
        if not same:
            verb = "buys" if order.side == "buy" else "sells"
            return f"it never {verb} on these bars"
        return (
            "a condition of it is false, its size comes to 0, or something else keeps it from "
            "ordering"
        )


def _likeness(one: WorkingOrder, other: WorkingOrder) -> tuple[bool, bool]:
    return one.type == other.type, one.side == other.side
