"""Orders told in one way: however they are sent, what waits after each close counts."""

import math

from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.backtest.orders import (
    WorkingOrder,
    book_at,
    first_mismatch,
    read_book,
    settle,
    write_book,
)

NAN = math.nan


def market(bar: int, side: str = "buy", size: float = 10.0) -> WorkingOrder:
    return WorkingOrder(bar, bar, side, "market", size, NAN, NAN)


def stop(first: int, last: int, price: float = 95.0, size: float = 10.0) -> WorkingOrder:
    return WorkingOrder(first, last, "sell", "stop", size, price, NAN)


def same(one: list[WorkingOrder], other: list[WorkingOrder]) -> bool:
    return first_mismatch(settle(one), settle(other)) is None


def test_a_stop_sent_anew_at_its_price_is_the_same_stop():
    assert same([stop(3, 9)], [stop(3, 5), stop(6, 6), stop(7, 9)])


def test_a_stop_with_a_pause_is_not():
    assert first_mismatch(settle([stop(3, 9)]), settle([stop(3, 5), stop(7, 9)])).bar == 6


def test_a_moved_stop_is_another():
    found = first_mismatch(settle([stop(3, 9)]), settle([stop(3, 5), stop(6, 9, 96.0)]))
    assert found.bar == 6
    assert [order.price for order in found.found] == [96.0]


def test_an_order_in_two_parts_is_one_order():
    assert same([market(4, "sell", 30)], [market(4, "sell", 10), market(4, "sell", 20)])


def test_last_digits_of_a_price_do_not_count():
    assert same([stop(3, 9, 100 * 0.95)], [stop(3, 9, 100 * (100 - 5) / 100 + 1e-12)])


def test_sizes_that_differ_by_a_share_differ_but_for_rounding():
    one, other = settle([market(4, size=1000)]), settle([market(4, size=999)])
    assert first_mismatch(one, other).bar == 4
    assert first_mismatch(one, other, loose=True) is None
    assert first_mismatch(one, settle([market(4, size=950)]), loose=True).bar == 4


def test_what_comes_after_the_last_bar_looked_at_does_not_count():
    one, other = settle([market(4), stop(5, 20)]), settle([market(4), stop(5, 9)])
    assert first_mismatch(one, other, until=9) is None
    assert first_mismatch(one, other, until=10).bar == 10


def test_the_earliest_difference_is_told():
    one = settle([stop(2, 30), market(10), market(20)])
    other = settle([stop(2, 12), market(10), market(21)])
    found = first_mismatch(one, other)
    assert (found.bar, len(found.expected), found.found) == (13, 1, ())


orders = st.builds(
    lambda first, length, side, kind, size, price: WorkingOrder(
        first,
        first if kind == "market" else first + length,
        side,
        kind,
        float(size),
        NAN if kind == "market" else float(price),
        NAN,
    ),
    st.integers(0, 30),
    st.integers(0, 8),
    st.sampled_from(["buy", "sell"]),
    st.sampled_from(["market", "stop", "limit"]),
    st.integers(1, 3),
    st.integers(90, 93),
)


@given(st.lists(orders, max_size=12))
def test_settled_orders_survive_the_way_to_the_worker_and_back(drawn):
    settled = settle(drawn)
    assert first_mismatch(settled, read_book(write_book(settled))) is None


@given(st.lists(orders, max_size=8), st.lists(orders, max_size=8))
def test_the_first_difference_is_where_the_books_first_differ(one, other):
    """Against looking at every bar, for orders that never stand beside an equal one."""
    one, other = settle(one), settle(other)

    def at(book, bar):
        return sorted((o.side, o.type, o.size, o.price) for o in book_at(book, bar))

    def plain(rows):
        return [tuple(None if v != v else v for v in row) for row in rows]

    crowded = any(
        len(set(plain(at(book, bar)))) < len(at(book, bar))
        for book in (one, other)
        for bar in range(45)
    )
    expected = next((b for b in range(45) if plain(at(one, b)) != plain(at(other, b))), None)
    found = first_mismatch(one, other)
    if not crowded:
        assert (found.bar if found else None) == expected
