"""The likely cause of an order that the code has and the graph has not."""

from stratcraft_jupyter.backtest.orders import WorkingOrder, book_at
from stratcraft_jupyter.verify.equivalence import position_at
from stratcraft_jupyter.verify.order_facts import (
    RESTING,
    Facts,
    Guess,
    close_to,
    in_bars,
    later_orders,
    resting,
)


def guess_extra(facts: Facts, order: WorkingOrder) -> Guess:
    """The likely cause.

    Args:
        facts: Where it is.
        order: The order that the code has more.
    """
    if order.type in RESTING and order.first < facts.bar:
        return _left_behind(facts, order)
    guess = _with_the_entry(facts, order) or _entering_again(facts, order) or _sooner(facts, order)
    if guess is not None:
        return guess
    about, side = facts.about(order), facts.side(order)
    if about == "stop":
        words = f"the code places a {resting(order)} that the graph does not have"
        return Guess("extra stop", words, about, side)
    if about == "exit":
        words = "the code ends the position where the graph does not"
        if order.size < abs(facts.position) and not close_to(order.size, facts.position):
            words = (
                f"the code {_sells(order)} {order.size:,.10g} of the {abs(facts.position):,.10g} "
                "shares that are held, where the graph leaves them"
            )
        return Guess("extra exit", words, about, side)
    if facts.position:
        words = "the code adds to a position that is open already"
        return Guess("pyramiding", words, about, side)
    words = (
        "the code enters where the graph does not: a condition or filter is missing, or is "
        "true in it where it should not be"
    )
    return Guess("extra entry", words, about, side)


def _left_behind(facts: Facts, order: WorkingOrder) -> Guess:
    """An order that waits with the broker, and is to be gone."""
    side = facts.side(order)
    ours = facts.compared.expected
    held = position_at(ours.fills, order.first)
    was_there = any(
        (item.first, item.side, item.type) == (order.first, order.side, order.type)
        for item in ours.book
    )
    if was_there and held * (1 if order.side == "buy" else -1) >= 0:
        bars = facts.bar - order.first
        words = (
            f"the entry order of bar {order.first} still waits in the code, where the graph has "
            f"cancelled it after {in_bars(bars)}: cancel it"
        )
        return Guess("order left behind", words, "entry", side, is_plain=True)
    words = (
        f"a {resting(order)} is left behind with the broker when the position is "
        "closed, and may fill later: cancel it"
    )
    if facts.position:
        words = (
            f"the {resting(order)} at {order.price:,.8g} is left with the broker, where "
            "the graph has taken or moved it away: cancel it before another is placed"
        )
    return Guess("order left behind", words, "stop", side, is_plain=True)


def _with_the_entry(facts: Facts, order: WorkingOrder) -> Guess | None:
    """A stop or target that is sent with the entry, not after it was filled."""
    if facts.position or order.type not in RESTING:
        return None
    entries = [item for item in _new(facts) if item.side != order.side]
    if not entries:
        return None
    name = "target" if order.type == "limit" else "stop"
    words = (
        f"the code sends the {name} together with the entry, where the graph places it on the "
        "close of the bar on which the entry was filled"
    )
    side = "long" if order.side == "sell" else "short"
    return Guess("stop early", words, "stop", side, is_plain=True)


def _entering_again(facts: Facts, order: WorkingOrder) -> Guess | None:
    """An entry on the close on which the graph ends a position of the same side."""
    if not facts.position or facts.about(order) != "entry":
        return None
    ends = [item for item in _new(facts) if facts.about(item) == "exit"]
    if not ends:
        return None
    words = (
        "the code enters again on the close on which the position is ended, where the graph waits "
        "for another close"
    )
    return Guess("extra entry", words, "entry", facts.side(order), is_plain=True)


def _sooner(facts: Facts, order: WorkingOrder) -> Guess | None:
    """An order that the graph sends a little later."""
    later = next(later_orders(facts.compared.expected.book, order, facts.bar), None)
    if later is None:
        return None
    about, bars = facts.about(order), later.first - facts.bar
    why = "a condition comes true sooner in it"
    if about == "exit":
        why += ", or it counts bars from an earlier one"
    words = f"the code decides {in_bars(bars)} earlier than the graph: {why}"
    cause = "one bar early" if bars == 1 else "true sooner"
    return Guess(cause, words, about, facts.side(order))


def _new(facts: Facts) -> list[WorkingOrder]:
    """Orders of the graph that it sends on the bar of the difference."""
    book = book_at(facts.compared.expected.book, facts.bar)
    return [order for order in book if order.first == facts.bar]


def _sells(order: WorkingOrder) -> str:
    return "sells" if order.side == "sell" else "buys back"
