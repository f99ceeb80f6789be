"""What rests with the broker after each close: the orders of a run, told in one way only.

However a strategy keeps its orders (cancelled and sent anew, linked, left to expire, moved by the
broker), what counts is which orders wait after the close of a bar. Used on both sides, so it
imports nothing but numpy.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

ORDER_TYPES = ("market", "close", "limit", "stop", "stop_limit")
BOOK_COLUMNS = ("first", "last", "kind", "size", "price", "limit")
PRICE_TOLERANCE = 1e-9
"""Largest relative difference of two prices, or two sizes, that counts as rounding of floats."""
ROUNDING_SHARES = 2.0
"""Most shares by which sizes differ when only their rounding does."""
_ROUNDING_SHARE = 1e-4


@dataclass(frozen=True, slots=True)
class WorkingOrder:
    """An order as it stood unchanged over some closes.

    Attributes:
        first: First bar after whose close it waited, from 0: the bar it was decided on.
        last: Last such bar. On the next one it filled, was refused, changed or cancelled.
        side: ``"buy"`` or ``"sell"``.
        type: ``"market"``, ``"close"``, ``"limit"``, ``"stop"`` or ``"stop_limit"``.
        size: Shares, above 0.
        price: Price of a limit or stop; NaN for the others.
        limit: Limit of a stop-limit order; NaN for the others.
    """

    first: int
    last: int
    side: str
    type: str
    size: float
    price: float
    limit: float


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The first bar after whose close two runs had different orders.

    Attributes:
        bar: That bar, from 0.
        expected: What waits after it in the first run and not, or not so, in the second.
        found: What waits after it in the second run and not, or not so, in the first.
    """

    bar: int
    expected: tuple[WorkingOrder, ...]
    found: tuple[WorkingOrder, ...]


def read_book(columns: Mapping[str, Any], *, skipped: int = 0) -> tuple[WorkingOrder, ...]:
    """The orders in the columns a run noted, told in the one way.

    Args:
        columns: Buffers of 8-byte items by the names in ``BOOK_COLUMNS``; ``kind`` is the number
            of the type, from 1, below 0 for sales.
        skipped: How many bars come before the first that was run.

    Raises:
        ValueError: They cannot be that.
    """
    first, last, kind = (np.frombuffer(columns[name], np.int64) for name in BOOK_COLUMNS[:3])
    size, price, limit = (np.frombuffer(columns[name], np.float64) for name in BOOK_COLUMNS[3:])
    count = len(first)
    if any(len(column) != count for column in (last, kind, size, price, limit)):
        raise ValueError("columns of different lengths")
    numbers = np.abs(kind)
    if np.any((first < 0) | (last < first) | (numbers < 1) | (numbers > len(ORDER_TYPES))):
        raise ValueError("orders out of place")
    rows = zip(
        *(column.tolist() for column in (first, last, kind, size, price, limit)), strict=True
    )
    return settle(
        WorkingOrder(
            begin + skipped,
            end + skipped,
            "buy" if which > 0 else "sell",
            ORDER_TYPES[abs(which) - 1],
            abs(shares),
            at,
            bound,
        )
        for begin, end, which, shares, at, bound in rows
    )


def write_book(orders: Sequence[WorkingOrder]) -> dict[str, memoryview]:
    """The columns of orders, as ``read_book`` takes them."""
    signed = [
        (ORDER_TYPES.index(order.type) + 1) * (1 if order.side == "buy" else -1) for order in orders
    ]
    whole = {
        "first": [order.first for order in orders],
        "last": [order.last for order in orders],
        "kind": signed,
    }
    parts = {
        name: [getattr(order, name) for order in orders] for name in ("size", "price", "limit")
    }
    return {
        **{name: np.array(values, dtype=np.int64).data for name, values in whole.items()},
        **{name: np.array(values, dtype=np.float64).data for name, values in parts.items()},
    }


def settle(orders: Iterable[WorkingOrder]) -> tuple[WorkingOrder, ...]:
    """The orders in the one way: those at the market added up, unchanged ones joined."""
    at_market: dict[tuple[int, str, str], WorkingOrder] = {}
    resting: dict[tuple[str, str], list[WorkingOrder]] = defaultdict(list)
    done: list[WorkingOrder] = []
    for order in sorted(orders, key=lambda item: item.first):
        if order.type in ("market", "close"):
            key = (order.first, order.side, order.type)
            before = at_market.get(key)
            whole = order.size + before.size if before else order.size
            at_market[key] = replace(order, size=whole, last=order.first)
            continue
        open_ones = resting[order.side, order.type]
        done += [item for item in open_ones if item.last < order.first - 1]
        open_ones[:] = [item for item in open_ones if item.last >= order.first - 1]
        for place, item in enumerate(open_ones):
            if item.last == order.first - 1 and is_same_order(item, order):
                open_ones[place] = replace(item, last=order.last)
                break
        else:
            open_ones.append(order)
    done += [item for items in resting.values() for item in items]
    done += at_market.values()
    return tuple(sorted(done, key=lambda item: (item.first, item.side, item.type, item.size)))


def is_same_order(one: WorkingOrder, other: WorkingOrder, *, loose: bool = False) -> bool:
    """Whether side, type, size and prices agree; ``loose`` lets sizes differ by their rounding."""
    return (
        one.side == other.side
        and one.type == other.type
        and (same_size(one.size, other.size) or (loose and near_size(one.size, other.size)))
        and _same_price(one.price, other.price)
        and _same_price(one.limit, other.limit)
    )


def same_size(one: float, other: float) -> bool:
    """Whether two sizes are the same number."""
    return math.isclose(one, other, rel_tol=PRICE_TOLERANCE, abs_tol=PRICE_TOLERANCE)


def near_size(one: float, other: float) -> bool:
    """Whether two sizes differ by no more than another rounding can make."""
    return abs(one - other) <= max(ROUNDING_SHARES, _ROUNDING_SHARE * abs(one))


def _same_price(one: float, other: float) -> bool:
    return one == other or one != one or math.isclose(one, other, rel_tol=PRICE_TOLERANCE)


def first_mismatch(
    expected: Sequence[WorkingOrder],
    found: Sequence[WorkingOrder],
    *,
    loose: bool = False,
    until: int | None = None,
) -> Mismatch | None:
    """Where two runs first have different orders; None if they never do.

    Args:
        expected: The orders of the one run, settled.
        found: Those of the other.
        loose: Let sizes differ by their rounding.
        until: Look at this bar last; None for all.
    """
    bar = _first_bar(expected, found, loose=loose)
    if bar is None or (until is not None and bar > until):
        return None
    ours, theirs = book_at(expected, bar), book_at(found, bar)
    return Mismatch(bar, _not_in(ours, theirs, loose), _not_in(theirs, ours, loose))


def book_at(orders: Sequence[WorkingOrder], bar: int) -> tuple[WorkingOrder, ...]:
    """What waits after the close of a bar."""
    return tuple(order for order in orders if order.first <= bar <= order.last)


def _not_in(
    orders: Sequence[WorkingOrder], others: Sequence[WorkingOrder], loose: bool
) -> tuple[WorkingOrder, ...]:
    left = list(others)
    found = []
    for order in orders:
        twin = next((item for item in left if is_same_order(order, item, loose=loose)), None)
        if twin is None:
            found.append(order)
        else:
            left.remove(twin)
    return tuple(found)


def _first_bar(
    expected: Sequence[WorkingOrder], found: Sequence[WorkingOrder], *, loose: bool
) -> int | None:
    by_bar: dict[int, list[WorkingOrder]] = defaultdict(list)
    for order in found:
        by_bar[order.first].append(order)
    best = math.inf
    for order in expected:
        if order.first >= best:
            break
        there = by_bar[order.first]
        twins = [item for item in there if is_same_order(order, item, loose=loose)]
        # of equal twins the one that waits as long
        twin = min(twins, key=lambda item: abs(item.last - order.last), default=None)
        if twin is None:
            best = min(best, order.first)
            continue
        there.remove(twin)
        if twin.last != order.last:
            best = min(best, twin.last + 1, order.last + 1)
    best = min([best, *(bar for bar, left in by_bar.items() if left)])
    return None if best == math.inf else int(best)
