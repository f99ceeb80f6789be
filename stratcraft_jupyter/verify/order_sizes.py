"""The likely cause of a size that is another, in an entry or in one half of a turn."""

import math

from stratcraft_jupyter.backtest.orders import WorkingOrder
from stratcraft_jupyter.verify.order_facts import Facts, Guess, close_to

_OTHER_SIDE = {"long": "short", "short": "long"}


def guess_size(facts: Facts, ours: float, theirs: float, side: str) -> Guess:
    """The likely cause of an entry of another size.

    Args:
        facts: Where it is.
        ours: Shares that the graph enters with.
        theirs: Those of the code.
        side: Side of the position that is opened.
    """
    if not math.isfinite(theirs):
        words = "the size is not a number: an indicator it is worked out from has no value"
        return Guess("size", words, "size", side, is_plain=True)
    if not theirs.is_integer() and abs(theirs - ours) < 1:
        words = "the size is a fraction of shares; the graph rounds down to whole shares"
        return Guess("size rounding", words, "size", side, is_plain=True)
    if abs(theirs - ours) <= 1 and ours > 20:
        words = "the size is rounded otherwise; the graph rounds down to whole shares"
        return Guess("size rounding", words, "size", side, is_plain=True)
    close = float(facts.close[facts.bar])
    if abs(theirs / (ours * close) - 1) < 0.02 * max(1.0, close) / close + 0.02:
        words = f"the size is the cash to spend ({theirs:,.10g}), not that many shares"
        return Guess("size in cash", words, "size", side, is_plain=True)
    if theirs == 1:
        words = "the order is for a single share, as if it had no size"
        return Guess("size", words, "size", side)
    if _is_of_cash(facts, ours, theirs):
        words = (
            f"the size is worked out from the cash on hand ({facts.cash:,.2f}), not from the value "
            f"of the account ({facts.value:,.2f}): {theirs:,.10g} shares instead of {ours:,.10g}"
        )
        return Guess("size", words, "size", side, is_plain=True)
    words = f"the size is {theirs / ours:.4g} times that of the graph"
    if 0.99 < theirs / ours < 1.01:
        words = f"the size is {theirs:,.10g} instead of {ours:,.10g}"
    return Guess("size", words, "size", side)


def _is_of_cash(facts: Facts, ours: float, theirs: float) -> bool:
    """Whether a size is the same part of the cash as the other is of the account's value."""
    if close_to(facts.cash, facts.value) or facts.value <= 0:
        return False
    factor = facts.cash / facts.value
    return abs(theirs - ours * factor) <= 1 + abs(factor)


def guess_turn(facts: Facts, one: WorkingOrder, other: WorkingOrder) -> Guess | None:
    """The likely cause, where orders end a position and enter the other side at once.

    Args:
        facts: Where they are.
        one: The order of the graph, an exit at least.
        other: That of the code, on the same side.
    """
    held, side = abs(facts.position), facts.side(one)
    turned = _OTHER_SIDE[side]
    entered, enters = facts.parts(one)[1], facts.parts(other)[1]
    if close_to(one.size - other.size, held):
        words = "the code enters the other side and does not close the position before"
        return Guess("exit missing", words, "exit", side)
    if entered and close_to(other.size - one.size, held):
        words = (
            f"the code closes the position twice: two of its orders count the {held:,.10g} shares "
            "that are held"
        )
        return Guess("extra exit", words, "entry", turned)
    if close_to(other.size, held):
        against = any(o.type == "market" and o.side != one.side for o in facts.found)
        words = "the code closes the position and does not enter the other side"
        if against:
            words = "the code enters on the same side again, where the graph turns"
        return Guess("side" if against else "entry missing", words, "entry", turned)
    if entered and enters:
        return guess_size(facts, entered, enters, turned)
    if enters:
        words = (
            f"the code orders {enters:,.10g} shares more than are held, and so enters the other "
            "side, where the graph only closes the position"
        )
        return Guess("extra entry", words, "entry", turned)
    return None
