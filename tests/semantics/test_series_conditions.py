"""Conditions on series: the bars on which they are true."""

import pytest

from semantics.desk import closes, market
from semantics.signal_desk import first_decided, true_bars

CLOSE = "bars.close -> it.source"


@pytest.mark.parametrize(
    ("line", "prices", "bars"),
    [
        ("condition.between low_value=3 high_value=5", (2, 3, 4, 5, 6), [1, 2, 3]),
        ("condition.rising bars=2", (1, 2, 3, 3, 4, 5), [2, 5]),
        ("condition.falling bars=2", (5, 4, 3, 3, 2, 1), [2, 5]),
        ("condition.is_highest bars=3", (1, 2, 5, 4, 5, 3, 4), [2, 4]),
        ("condition.is_lowest bars=3", (5, 4, 1, 2, 1, 3, 2), [2, 4]),
        ("condition.percent_move percent=10 bars=2", (100, 50, 110, 54, 121), [2, 4]),
        ("condition.percent_move percent=10 bars=1 direction=down", (100, 90, 82, 73), [1, 3]),
        ("condition.percent_move percent=10 bars=1 direction=either", (100, 90, 95, 105), [1, 3]),
        ("condition.volume_spike period=2 multiple=2", (10, 20, 30, 60, 90, 151), [3, 5]),
    ],
)
def test_bars_on_which_it_is_true(line, prices, bars):
    assert true_bars(f"it: {line}\n{CLOSE}", closes(*prices)) == bars


def test_percent_move_from_zero_is_none():
    text = """
        flat: math.subtract
        bars.high -> flat.left
        bars.low -> flat.right
        it: condition.percent_move percent=1 bars=1
        flat.value -> it.source
    """
    bars = market("0: 9 9 9 9\n1: 9 10 8 9\n2: 9 11 8 9\n3: 9 9 9 9")
    assert true_bars(text, bars) == [2]  # ranges 0, 2, 3, 0


def test_percent_move_of_a_negative_series_goes_by_its_size():
    text = """
        less: math.subtract value=200
        bars.close -> less.left
        it: condition.percent_move percent=10 bars=1
        less.value -> it.source
    """
    assert true_bars(text, closes(100, 110, 119, 118)) == [1, 2]  # -100, -90, -81, -82


def test_crosses_either_way():
    text = "it: condition.crosses value=10\nbars.close -> it.left"
    assert true_bars(text, closes(9, 11, 12, 10, 9, 10, 10, 11)) == [1, 4, 7]


def test_between_two_series():
    text = """
        it: condition.between
        bars.open -> it.source
        bars.low -> it.low
        bars.close -> it.high
    """
    assert true_bars(text, market("0: 10 12 9 11\n1: 10 12 9 9.5\n2: 10 10 10 10")) == [0, 2]


BREAK = """
    bars.close -> it.source
    bars.open -> it.band
"""


@pytest.mark.parametrize(
    ("direction", "bars"),
    # the close against the open: below, at, above, above, at, below, above
    [("above", [2, 6]), ("below", [5])],
)
def test_band_break_is_true_on_the_bar_that_leaves(direction, bars):
    prices = ((10, 9), (10, 10), (10, 11), (10, 12), (10, 10), (10, 8), (10, 11))
    rows = (f"{i}: {o} {max(o, c)} {min(o, c)} {c}" for i, (o, c) in enumerate(prices))
    text = f"it: condition.band_break direction={direction}\n{BREAK}"
    assert true_bars(text, market("\n".join(rows))) == bars


def test_volatility_threshold():
    text = f"it: condition.volatility_threshold period=2 percent=9.9\n{CLOSE}"
    # returns: 0, 0.2, 0, -0.2; their deviations over two are half the difference: 0.1
    assert true_bars(text, closes(100, 100, 120, 120, 96)) == [2, 3, 4]
    assert true_bars(text.replace("9.9", "10.1"), closes(100, 100, 120, 120, 96)) == []


DIVERGES = """
    it: condition.divergence direction={direction} swing_bars={side} max_bars={apart}
    bars.close -> it.price
    bars.open -> it.oscillator
"""


def swings(*pairs: tuple[float, float]):
    """Bars with these closes, and opens that serve as the oscillator."""
    rows = (f"{i}: {o} {max(o, c)} {min(o, c)} {c}" for i, (c, o) in enumerate(pairs))
    return market("\n".join(rows))


#                 0         1        2        3        4        5        6
LOWER_LOW = ((10, 50), (8, 20), (9, 40), (10, 45), (7, 30), (8, 40), (9, 40))


def test_bullish_divergence_is_known_after_the_swing():
    text = DIVERGES.format(direction="bullish", side=1, apart=60)
    assert true_bars(text, swings(*LOWER_LOW)) == [5]  # the lows are on bars 1 and 4


def test_divergence_needs_the_oscillator_to_disagree():
    bars = swings(*((close, 19 if close == 7 else open_) for close, open_ in LOWER_LOW))
    assert true_bars(DIVERGES.format(direction="bullish", side=1, apart=60), bars) == []


def test_divergence_of_swings_too_far_apart_is_none():
    assert (
        true_bars(DIVERGES.format(direction="bullish", side=1, apart=2), swings(*LOWER_LOW)) == []
    )
    assert true_bars(DIVERGES.format(direction="bullish", side=1, apart=3), swings(*LOWER_LOW)) == [
        5
    ]


def test_bearish_divergence():
    bars = swings(*((20 - close, 100 - open_) for close, open_ in LOWER_LOW))
    assert true_bars(DIVERGES.format(direction="bearish", side=1, apart=60), bars) == [5]
    assert true_bars(DIVERGES.format(direction="bullish", side=1, apart=60), bars) == []


def test_a_swing_may_be_equalled_after_it_but_not_before():
    pairs = ((10, 50), (8, 20), (9, 40), (7, 30), (7, 35), (8, 40))
    assert true_bars(DIVERGES.format(direction="bullish", side=1, apart=60), swings(*pairs)) == [4]


@pytest.mark.parametrize(
    ("line", "bar"),
    [
        ("condition.rising bars=3", 3),
        ("condition.falling bars=3", 3),
        ("condition.is_highest bars=3", 2),
        ("condition.is_lowest bars=3", 2),
        ("condition.percent_move bars=4", 4),
        ("condition.volatility_threshold period=3", 3),
        ("condition.volume_spike period=3", 3),
    ],
)
def test_when_it_first_decides(line, bar):
    assert first_decided(f"it: {line}\n{CLOSE}", closes(*range(1, 11))) == bar


def test_when_a_divergence_and_a_band_break_first_decide():
    text = DIVERGES.format(direction="bullish", side=2, apart=9)
    assert first_decided(text, closes(*range(1, 11))) == 4
    assert first_decided(f"it: condition.band_break\n{BREAK}", closes(*range(1, 11))) == 1
