"""What comparing random strategies with the second implementation has found, each made small."""

import pandas as pd
import pytest
from book.indicators import INDICATORS
from book.knowing import Line
from book.moment import Position
from book.series import Given, deviation
from book.vague import vague_bars
from book.values import Values
from indicators.emitted_values import emitted_values
from sketch import sketch

from semantics.by_hand.playing import fills_of, sized
from semantics.desk import closes, market, value_on
from semantics.feed_desk import dated
from semantics.signal_desk import first_decided, true_bars

UP_AND_DOWN = market(
    "\n".join(
        f"{bar}: {price} {price + 1} {price - 1} {price}"
        for bar, price in enumerate([20, 22, 21, 25, 24, 28, 23, 22, 26, 29, 27, 30])
    )
)

# As the close and the open: a lower low of the close with a higher open.
DIVERGING = market("""
    0: 20 20 10 10
    1: 10 10  5  5
    2: 20 20  9  9
    3: 20 20  8  8
    4: 12 12  4  4
    5: 20 20  9  9
    6: 20 20  9  9
""")

ACTS = """
    bars: data.bars
    enter: action.enter_long
    leave: action.exit_long
    it.signal -> enter.when
    it.signal -> leave.when
"""

MIXED_CLOCKS = """
    weekly: data.timeframe timeframe=1w
    bars.bars -> weekly.bars
    it: condition.crosses_above
    weekly.close -> it.left
    bars.close -> it.right
"""


def test_a_z_score_of_an_indicator_reads_its_value_of_each_bar():
    nodes = {"same": ("indicator.sma", {"period": 1}), "it": ("math.z_score", {"period": 3})}
    edges = "bars.close -> same.source\nsame.value -> it.source"
    found = value_on(2, "it.value", nodes, edges, closes(1, 2, 6))
    assert found == pytest.approx(3 / (14 / 3) ** 0.5)


def test_a_divergence_of_indicators_reads_their_values_of_each_bar():
    text = """
        price: indicator.sma period=1
        oscillator: indicator.sma period=1
        bars.close -> price.source
        bars.open -> oscillator.source
        it: condition.divergence swing_bars=1
        price.value -> it.price
        oscillator.value -> it.oscillator
    """
    assert true_bars(text, DIVERGING) == [5]


@pytest.mark.parametrize("direction", ["bullish", "bearish"])
@pytest.mark.parametrize("series", ["bars.close", "same.value"])
def test_a_series_does_not_diverge_from_itself(direction: str, series: str):
    text = f"""
        same: indicator.sma period=1
        bars.close -> same.source
        it: condition.divergence swing_bars=1 direction={direction}
        {series} -> it.price
        {series} -> it.oscillator
    """
    assert true_bars(text, DIVERGING) == []
    assert first_decided(text, DIVERGING) == 2


def test_dynamic_smoothing_takes_one_series_as_source_and_alpha():
    found = value_on(
        2,
        "it.value",
        {"it": ("indicator.dynamic_smoothing", {"period": 1})},
        "bars.close -> it.source\nbars.close -> it.alpha",
        closes(0.5, 0.2, 0.8),
    )
    assert found == pytest.approx((0.5 * 0.8 + 0.2 * 0.2) * 0.2 + 0.8 * 0.8)


@pytest.mark.parametrize(
    ("kind", "output", "first"),
    [
        ("indicator.supertrend period=3", "value", 3),
        ("indicator.supertrend period=3", "direction", 3),
        ("indicator.fisher_transform period=3", "fisher", 2),
        ("indicator.fisher_transform period=3", "trigger", 2),
        ("indicator.frama period=4", "value", 3),
        ("indicator.kama period=3", "value", 3),
        ("indicator.vidya momentum_period=3", "value", 3),
        ("indicator.zero_lag period=4", "value", 3),
        ("indicator.dickson_average period=4 hull_period=2", "value", 3),
        ("indicator.dickson_envelope period=4 hull_period=2", "upper", 3),
        ("indicator.dickson_oscillator period=4 hull_period=2", "value", 3),
    ],
)
def test_what_reads_a_line_of_an_indicator_starts_with_its_first_value(
    kind: str, output: str, first: int
):
    of_bars = kind.split()[0] in (
        "indicator.supertrend",
        "indicator.fisher_transform",
        "indicator.frama",
    )
    text = f"""
        read: {kind}
        {"bars.bars -> read.bars" if of_bars else "bars.close -> read.source"}
        before: math.shift bars=1
        read.{output} -> before.source
        average: indicator.ema period=2
        before.value -> average.source
        it: condition.compare operator=> value=-1000000
        average.value -> it.left
    """
    assert true_bars(text, UP_AND_DOWN) == list(range(first + 2, len(UP_AND_DOWN)))


def test_a_position_of_the_lowest_value_never_sees_a_value_that_is_not_there_yet():
    text = """
        read: indicator.fisher_transform period=3
        bars.bars -> read.bars
        place: indicator.first_index_of_lowest period=2
        read.fisher -> place.source
        it: condition.compare operator=>= value=0
        place.value -> it.left
    """
    assert true_bars(text, UP_AND_DOWN) == list(range(3, len(UP_AND_DOWN)))


def test_a_cross_of_two_clocks_waits_one_bar_more_than_the_coarse_bar():
    bars = dated("""
        Thu 2024-01-04: 10
        Fri 2024-01-05: 11
        Mon 2024-01-08: 12
        Tue 2024-01-09: 10
        Wed 2024-01-10: 12
    """)
    assert true_bars(MIXED_CLOCKS, bars) == [3]
    assert first_decided(MIXED_CLOCKS, bars) == 3
    assert Values(sketch(MIXED_CLOCKS, ACTS), bars, {}).first_decision() == 3


def test_the_second_implementation_squares_as_backtrader_does():
    prices = [21.698205 + 0.137 * step for step in range(200)]
    bars = closes(*prices)
    kind = "indicator.standard_deviation"
    for period in (1, 2, 5):
        found = emitted_values(kind, bars, {"period": period})["value"]
        assert list(found)[period - 1 :] == deviation(prices, period)[period - 1 :]


def test_a_cross_that_begins_with_a_number_moves_with_the_coarse_bars():
    days = "\n".join(
        f"{day:%a %Y-%m-%d}: {10 + number % 3}"
        for number, day in enumerate(pd.bdate_range("2024-01-01", periods=40))
    )
    text = """
        weekly: data.timeframe timeframe=1w
        bars.bars -> weekly.bars
        channel: indicator.keltner_channel period=1 atr_period=3 multiple=5
        weekly.bars -> channel.bars
        number: math.constant value=94
        it: condition.crosses_below
        number.value -> it.left
        channel.lower -> it.right
    """
    assert true_bars(text, dated(days)) == []


@pytest.mark.parametrize("envelope", ["envelope percent=5", "kama_envelope"])
def test_the_middle_of_an_envelope_is_as_long_as_its_bars(envelope):
    text = f"""
        spread: math.subtract value=1
        bars.low -> spread.left
        read: indicator.{envelope}
        spread.value -> read.source
        cor: indicator.correlation period=3
        read.middle -> cor.left
        bars.close -> cor.right
        it: condition.compare operator=> value=-2
        cor.value -> it.left
    """
    bars = closes(*(20 + number % 7 for number in range(60)))
    found = true_bars(text, bars)
    assert found == list(range(found[0], 60))


@pytest.mark.parametrize("right", ["weekly.high", "weekly.close"])
def test_arithmetic_on_coarser_bars_crosses_another_price_of_theirs(right: str):
    days = "\n".join(
        f"{day:%a %Y-%m-%d}: {10 + number * 7 % 5}"
        for number, day in enumerate(pd.bdate_range("2024-01-01", periods=40))
    )
    text = f"""
        weekly: data.timeframe timeframe=1w
        bars.bars -> weekly.bars
        sum: math.add
        weekly.high -> sum.left
        weekly.low -> sum.right
        half: math.multiply value=0.5
        sum.value -> half.left
        it: condition.crosses
        half.value -> it.left
        {right} -> it.right
    """
    bars = dated(days)
    values = Values(sketch(text, ACTS), bars, {})
    start = values.first_decision()
    expected = [
        bar
        for bar in range(start, len(bars))
        if values.on_close(bar, Position()).signals["it.signal"]
    ]
    assert first_decided(text, bars) == start
    assert true_bars(text, bars) == expected


def test_a_cooldown_asks_how_the_last_position_ended_and_not_shares_replaced_on_one_bar():
    text = (
        sized("enter", 10, "max_entries=3", mark="buy")
        + """
        leave: action.exit_long
        sell -> leave.when
        stop: risk.stop_loss percent=5
        enter.order -> stop.entry
        limit: risk.cooldown bars=6 after="losing\\u0020exit"
    """
    )
    bars = """
        0: 100 buy
        1: 100
        2: 100 sell
        3: 110 buy
        4: 110 buy
        5: 100 buy
        6: 100
        7: 100
    """
    # Bar 5 opens below the stop: it closes 10 shares at a loss, then 10 more are bought.
    assert fills_of(text, bars) == [
        (1, "buy", 10, 100),
        (3, "sell", 10, 110),
        (4, "buy", 10, 110),
        (5, "sell", 10, 100),
        (5, "buy", 10, 100),
        (6, "buy", 10, 100),
    ]


def test_a_limit_of_no_percent_is_the_stop_price_to_the_last_digit():
    # 100 times this stop price, divided by 100, is a little more than it.
    text = """
        enter: action.enter_short order_type=stop_limit offset_multiple=1 limit_percent=0
        go -> enter.when
        anchor: math.constant value=104.46024162474932
        anchor.value -> enter.price
        away: math.constant value=10
        away.value -> enter.distance
    """
    bars = "0: 100 go\n1: 100 100 80 80\n2: 70"
    (fill,) = fills_of(text, bars)
    assert fill == (1, "sell", 10, pytest.approx(94.46024162474932))


def test_strength_of_a_line_that_only_rounding_moves_is_too_close_to_call():
    """R squared of two values is 1, or 1 but for rounding: RMI takes that for rises and falls."""

    def vague(values, *, exact):
        given = Given({"source": values}, {}, {"period": 3, "lookback": 5})
        of = INDICATORS["indicator.rmi"]
        return vague_bars(of, given, {"source": [Line(values, exact=exact)]}, of(given))["value"]

    still, moving = [1.0] * 30, [2.0 + bar % 7 for bar in range(30)]
    assert vague(still, exact=False) >= set(range(8, 30))
    assert vague(still, exact=True) == set()
    assert vague(moving, exact=False) == set()


@pytest.mark.parametrize(
    ("direction", "source", "band", "bars"),
    [
        ("above", "bars.close", "level.value", [2, 6]),
        ("below", "bars.close", "level.value", [5]),
        ("above", "level.value", "bars.close", [5]),
        ("below", "level.value", "bars.close", [2, 6]),
    ],
)
def test_a_band_or_what_breaks_it_may_be_a_number(direction, source, band, bars):
    text = f"""
        level: math.constant value=10
        it: condition.band_break direction={direction}
        {source} -> it.source
        {band} -> it.band
    """
    assert true_bars(text, closes(9, 10, 11, 12, 10, 8, 11)) == bars
