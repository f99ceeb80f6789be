"""The likely cause of two orders that are meant to be the same, and are not."""

import math

from stratcraft_jupyter.backtest.orders import WorkingOrder
from stratcraft_jupyter.verify.order_facts import RESTING, Facts, Guess, close_to, resting
from stratcraft_jupyter.verify.order_sizes import guess_size, guess_turn


def guess_pair(facts: Facts, one: WorkingOrder, other: WorkingOrder) -> Guess | None:
    """The likely cause, if two orders are meant to be the same.

    Args:
        facts: Where they are.
        one: An order of the graph.
        other: An order of the code.
    """
    about, side = facts.about(one), facts.side(one)
    if one.type != other.type:
        if one.side != other.side:
            return None
        if one.type in RESTING and other.type == "market" and about != "entry":
            words = f"the code ends the position where the graph lets the {resting(one)} rest"
            return Guess("extra exit", words, "exit", side)
        sentence = f"the code sends a {other.type} order instead of a {one.type} order"
        # an exit in the place of a stop has other causes too
        is_there = one.type in RESTING and other.type in RESTING and one.price == other.price
        is_plain = about == "entry" or is_there
        return Guess("order type", sentence.replace("_", "-"), about, side, is_plain)
    if one.side != other.side:
        sentence = f"the code {_verb(other)} where the graph {_verb(one)}"
        return Guess("side", sentence, about, side)
    if not close_to(one.price, other.price):
        return _other_price(facts, one, other)
    if not close_to(one.size, other.size):
        return _other_size(facts, one, other, about)
    if not close_to(one.limit, other.limit):
        return Guess("price", "the limit of the order is another", about, side)
    return None


def _other_price(facts: Facts, one: WorkingOrder, other: WorkingOrder) -> Guess:
    side, name = facts.side(one), "stop" if one.type != "limit" else "limit"
    entry = facts.entry_price
    if entry is None:
        sentence = f"the price of the {name} is {other.price:,.8g} instead of {one.price:,.8g}"
        return Guess("price", sentence, "entry", side)
    before = float(facts.close[max(0, facts.entry_bar - 1)])
    ours, theirs = (abs(order.price / entry - 1) * 100 for order in (one, other))
    if close_to(other.price / before, one.price / entry):
        sentence = (
            f"the {name} is worked out from the close on which the entry was decided "
            f"({before:,.8g}) instead of the price it was filled at ({entry:,.8g})"
        )
        return Guess("stop distance", sentence, "stop", side, is_plain=True)
    now = float(facts.close[facts.bar])
    if close_to(other.price / now, one.price / entry):
        sentence = (
            f"the {name} is worked out from the present close ({now:,.8g}) instead of the "
            f"price of the entry ({entry:,.8g})"
        )
        return Guess("stop distance", sentence, "stop", side)
    if (price := _other_base(facts, one, other)) is not None:
        sentence = (
            f"the {name} is worked out from the {price} of the bar ({other.price:,.8g}), where the "
            f"graph works it out from the close ({one.price:,.8g})"
        )
        return Guess("stop distance", sentence, "stop", side)
    for title, distance in facts.distances.items():
        if close_to(abs(other.price - entry), distance):
            sentence = (
                f"the {name} is as far from the entry price as {title} says on bar {facts.bar}, "
                "where the graph keeps the distance of the bar on which the entry was decided"
            )
            return Guess("stop distance", sentence, "stop", side)
    if (other.price - entry) * (one.price - entry) < 0:
        sentence = f"the {name} is on the wrong side of the entry price {entry:,.8g}"
        return Guess("stop distance", sentence, "stop", side)
    sentence = (
        f"the {name} is {theirs:.4g} % from the entry price {entry:,.8g} instead of {ours:.4g} %"
    )
    return Guess("stop distance", sentence, "stop", side)


def _other_size(facts: Facts, one: WorkingOrder, other: WorkingOrder, about: str) -> Guess:
    side = facts.side(one)
    if about == "exit" and (turned := guess_turn(facts, one, other)):
        return turned
    if about == "entry":
        return guess_size(facts, one.size, other.size, side)
    if not math.isfinite(other.size):
        words = "the size is not a number: an indicator it is worked out from has no value"
        return Guess("size", words, "size", side, is_plain=True)
    words = (
        f"the order is for {other.size:,.10g} shares instead of {one.size:,.10g}, of the "
        f"{abs(facts.position):,.10g} that are held"
    )
    return Guess("size", words, about, side)


def _other_base(facts: Facts, one: WorkingOrder, other: WorkingOrder) -> str | None:
    """The price of the bar that a stop is as far away from as it should be from the close."""
    bars, bar = facts.compared.series.bars, facts.bar
    close = float(bars.close[bar])
    for name in ("high", "low", "open"):
        price = float(getattr(bars, name)[bar])
        is_as_far = close_to(other.price - price + close, one.price)
        if price != close and (is_as_far or close_to(other.price / price, one.price / close)):
            return name
    return None


def _verb(order: WorkingOrder) -> str:
    return "buys" if order.side == "buy" else "sells"
