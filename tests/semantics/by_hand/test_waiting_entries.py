"""Entry orders that wait: where, how long, and what ends them."""

import pytest

from semantics.by_hand.playing import SHORT, covers, fills_of

DIPS = """
    enter: action.enter_long order_type=limit offset_percent=5 expiry_bars={}
    buy -> enter.when
    leave: action.exit_long
    sell -> leave.when
"""


def priced(order_type: str, side: str, params: str, edges: str, bar: str) -> list:
    """What an entry fills whose close is 100 and whose open is 10."""
    text = f"""
        enter: action.enter_{side} order_type={order_type} {params}
        go -> enter.when
        {edges}
    """
    return fills_of(text, f"0: 10 100 10 100 go\n1: {bar}\n2: 100")


@covers("Entry orders that wait: An entry of the type")
@pytest.mark.parametrize(
    ("order_type", "side", "price"),
    [
        ("limit", "long", 80),
        ("limit", "short", 120),
        ("stop", "long", 120),
        ("stop", "short", 80),
        ("stop_limit", "long", 120),
        ("stop_limit", "short", 80),
    ],
)
def test_an_order_waits_a_percentage_or_a_distance_from_the_close(order_type, side, price):
    bar = "100 120 80 100"
    fill = [(1, "buy" if side == "long" else "sell", 10, price)]
    assert priced(order_type, side, "offset_percent=20", "", bar) == fill
    distance = "bars.open -> enter.distance"
    assert priced(order_type, side, "offset_multiple=2", distance, bar) == fill
    narrow = "100 119.99 80.01 100"
    assert priced(order_type, side, "offset_percent=20", "", narrow) == []


@covers("Entry orders that wait: An entry of the type")
def test_price_takes_the_place_of_the_close():
    anchor = "half: math.multiply value=0.5\nbars.high -> half.left\nhalf.value -> enter.price"
    # Half of the high of 100 less a fifth of that.
    assert priced("limit", "long", "offset_percent=20", anchor, "100 100 40 100") == [
        (1, "buy", 10, 40)
    ]


@covers("Entry orders that wait: An entry of the type")
@pytest.mark.parametrize("order_type", ["limit", "stop", "stop_limit"])
@pytest.mark.parametrize("side", ["long", "short"])
@pytest.mark.parametrize("price", [0, -5])
def test_an_order_at_no_price_is_not_sent(order_type, side, price):
    anchor = f"none: math.constant value={price}\nnone.value -> enter.price"
    assert priced(order_type, side, "", anchor, "100 1000 0.01 100") == []
    lower = (order_type == "limit" and side == "long") or (
        order_type != "limit" and side == "short"
    )
    away = f"far: math.constant value={100 - price if lower else price - 100}"
    distance = f"{away}\nfar.value -> enter.distance"
    assert priced(order_type, side, "offset_multiple=1", distance, "100 1000 0.01 100") == []


@covers("Entry orders that wait: While it waits, no other", "The bar cycle: Taking note")
@pytest.mark.parametrize(("expiry", "fills"), [(1, []), (2, [(2, "buy", 10, 95)])])
def test_it_works_on_as_many_bars_as_it_may_wait(expiry, fills):
    bars = "0: 100 buy\n1: 100\n2: 100 100 94 100\n3: 100"
    assert fills_of(DIPS.format(expiry), bars) == fills


@covers("Entry orders that wait: While it waits, no other")
def test_no_other_entry_is_taken_while_it_waits():
    bars = "0: 100 buy short\n1: 100 short buy\n2: 100 short\n3: 100\n4: 101"
    # Short entries of closes 0 and 1 are held back, and so is a second order of its own, which
    # would wait until bar 3. On close 2 the order has expired.
    assert fills_of(DIPS.format(2) + SHORT, bars) == [(3, "sell", 10, 100)]
    dip = bars.replace("3: 100", "3: 100 100 90 100").replace("2: 100 short", "2: 100")
    assert fills_of(DIPS.format(2) + SHORT, dip) == []


@covers("Entry orders that wait: While it waits, no other")
@pytest.mark.parametrize(
    ("line", "marks", "is_cancelled"),
    [
        ("", "sell", True),
        ("", "cover", False),  # an exit of the other side
        ("guard: risk.indicator_guard side=long\nveto -> guard.when", "veto", True),
        ("guard: risk.indicator_guard side=short\nveto -> guard.when", "veto", False),
    ],
)
def test_an_exit_of_its_side_or_a_guard_cancels_it(line, marks, is_cancelled):
    bars = f"0: 100 buy\n1: 100 {marks}\n2: 100 100 94 100\n3: 100"
    found = fills_of(DIPS.format(5) + SHORT + line, bars)
    assert found == ([] if is_cancelled else [(2, "buy", 10, 95)])


@covers("Entry orders that wait: While it waits, no other")
@pytest.mark.parametrize(("owner", "fills"), [("enter", []), ("other", [(2, "buy", 10, 95)])])
def test_an_exit_with_entries_cancels_their_orders_alone(owner, fills):
    text = f"""
        enter: action.enter_long order_type=limit offset_percent=5 expiry_bars=5
        buy -> enter.when
        other: action.enter_long priority=2
        else -> other.when
        leave: action.exit_long
        sell -> leave.when
        {owner}.order -> leave.entry
        out: action.exit_long
        never -> out.when
    """
    bars = "0: 100 buy\n1: 100 sell\n2: 100 100 94 100\n3: 100"
    assert fills_of(text, bars) == fills


@covers("Entry orders that wait: While it waits, no other")
def test_closing_the_position_cancels_an_addition_that_waits():
    text = """
        enter: action.enter_long max_entries=2 order_type=limit offset_percent=5 expiry_bars=9
        buy -> enter.when
        limit: risk.time_limit limit=2
    """
    bars = """
        0: 100 buy
        1: 95
        2: 100 buy
        3: 100
        4: 101
        5: 94 94 90 94
        6: 94
    """
    # In at 95 on bar 1; the addition of close 2 waits at 95. The time limit closes on close 3.
    assert fills_of(text, bars) == [(1, "buy", 10, 95), (4, "sell", 10, 101)]
