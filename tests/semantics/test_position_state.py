"""The open position as conditions see it, bar by bar."""

import pytest
from sketch import sketch

from semantics.desk import market
from semantics.signal_desk import truths

# bought on the open of bar 2 at 100; sold on the open of bar 6
LONG = market(
    """
    0: 100 100 100 100
    1: 100 100 100 100 buy
    2: 100 104 99 102
    3: 102 111 102 110
    4: 110 110 95 96
    5: 96 100 96 100 sell
    6: 101 101 101 101
    7: 101 101 101 101
    """
)
SHORT = market(
    """
    0: 100 100 100 100
    1: 100 100 100 100 buy
    2: 100 104 95 98
    3: 98 98 90 90
    4: 90 104 90 104
    5: 104 104 100 100 sell
    6: 101 101 101 101
    7: 101 101 101 101
    """
)
# the volume marks where to enter (1) and where to leave (2)
TRADES = """
bars: data.bars
position: data.position
go: condition.between low_value=1 high_value=1
stop: condition.between low_value=2 high_value=2
bars.volume -> go.source
bars.volume -> stop.source
enter: action.enter_{side}
leave: action.exit_{side}
go.signal -> enter.when
stop.signal -> leave.when
"""
# an exit that is never taken, but reads what is looked at
READS = """
never: condition.compare value=1000000000
bars.close -> never.left
off: logic.and
never.signal -> off.signals
it.signal -> off.signals
out: action.exit_{side}
off.signal -> out.when
"""


def true(text: str, side: str = "long") -> list[int]:
    bars = LONG if side == "long" else SHORT
    strategy = sketch(TRADES.format(side=side), text, READS.format(side=side))
    found = truths(strategy, bars)
    assert truths(strategy, bars, runonce=False) == found
    return found["it"]


def compared(port: str, operator: str, value: float) -> str:
    return f"it: condition.compare operator={operator} value={value}\nposition.{port} -> it.left"


@pytest.mark.parametrize(
    ("port", "side", "bars"),
    [
        ("is_open", "long", [2, 3, 4, 5]),
        ("is_long", "long", [2, 3, 4, 5]),
        ("is_short", "long", []),
        ("is_open", "short", [2, 3, 4, 5]),
        ("is_long", "short", []),
        ("is_short", "short", [2, 3, 4, 5]),
    ],
)
def test_whether_a_position_is_open(port, side, bars):
    assert true(f"it: logic.or\nposition.{port} -> it.signals", side) == bars


@pytest.mark.parametrize("side", ["long", "short"])
def test_bars_count_from_the_bar_that_filled(side):
    assert true(compared("bars", ">=", 1), side) == [3, 4, 5]
    assert true(compared("bars", ">=", 3), side) == [5]
    assert true(compared("bars", "<=", 0), side) == [0, 1, 2, 6, 7]


@pytest.mark.parametrize("side", ["long", "short"])
def test_profit_is_percent_of_the_entry_price(side):
    # on bars 2 to 5 it is 2, 10, -4, 0; 0 without a position
    assert true(compared("profit", ">=", 10), side) == [3]
    assert true(compared("profit", ">=", 2), side) == [2, 3]
    assert true(compared("profit", "<", 0), side) == [4]


@pytest.mark.parametrize("side", ["long", "short"])
def test_gain_is_a_price_distance(side):
    text = """
        half: math.divide value=2
        position.gain -> half.left
        it: condition.compare operator=>= value=5
        half.value -> it.left
    """
    assert true(text, side) == [3]
    assert true(compared("gain", "<=", -4), side) == [4]


def test_arithmetic_with_lines_and_the_position():
    text = """
        times: math.multiply
        position.bars -> times.left
        bars.close -> times.right
        least: math.minimum
        times.value -> least.left
        bars.close -> least.right
        ratio: math.divide when_zero=-1
        bars.close -> ratio.left
        least.value -> ratio.right
        more: math.add value=1
        ratio.value -> more.left
        size: math.absolute
        more.value -> size.source
        it: condition.compare operator=>= value=2
        size.value -> it.left
    """
    # bars held times close is 0 on the bar of the fill and without a position
    assert true(text) == [3, 4, 5]
