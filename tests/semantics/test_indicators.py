"""Indicators and arithmetic: their values on a few bars, worked out by hand."""

import pytest

from semantics.desk import closes, market, value_on

FOUR_BARS = market("""
    0: 10 12  9 11
    1: 11 15 10 14
    2: 20 22 18 19
    3: 19 21 12 13
""")


def of_close(kind, prices, bar, *, port="value", **params):
    """The value of an indicator of the close."""
    nodes = {"it": (kind, params)}
    return value_on(bar, f"it.{port}", nodes, "bars.close -> it.source", closes(*prices))


def of_bars(kind, bar, *, port="value", **params):
    """The value of an indicator of whole bars on `FOUR_BARS`."""
    return value_on(bar, f"it.{port}", {"it": (kind, params)}, "bars.bars -> it.bars", FOUR_BARS)


def test_bars_give_the_prices_of_the_bar_that_closes():
    found = {
        port: value_on(1, f"bars.{port}", {}, "", FOUR_BARS)
        for port in ("open", "high", "low", "close")
    }
    assert found == {"open": 11, "high": 15, "low": 10, "close": 14}


def test_bars_give_the_volume():
    assert value_on(1, "bars.volume", {}, "", FOUR_BARS) == 4  # the mark itself


def test_sma_is_the_mean():
    assert of_close("indicator.sma", [1, 2, 6, 9], 1, period=3) is None
    assert of_close("indicator.sma", [1, 2, 6, 9], 2, period=3) == pytest.approx(3)
    assert of_close("indicator.sma", [1, 2, 6, 9], 3, period=3) == pytest.approx(17 / 3)


def test_ema_starts_as_the_mean_and_moves_by_its_share():
    assert of_close("indicator.ema", [1, 2, 6, 10], 1, period=3) is None
    assert of_close("indicator.ema", [1, 2, 6, 10], 2, period=3) == pytest.approx(3)
    assert of_close("indicator.ema", [1, 2, 6, 10], 3, period=3) == pytest.approx(6.5)


def test_wma_weighs_the_present_value_most():
    assert of_close("indicator.wma", [1, 2, 6], 1, period=3) is None
    assert of_close("indicator.wma", [1, 2, 6], 2, period=3) == pytest.approx(
        (1 * 1 + 2 * 2 + 3 * 6) / 6
    )


def test_highest_and_lowest_include_the_present_value():
    assert of_close("indicator.highest", [5, 1, 2, 7], 1, period=3) is None
    assert of_close("indicator.highest", [5, 1, 2, 7], 2, period=3) == 5
    assert of_close("indicator.highest", [5, 1, 2, 7], 3, period=3) == 7
    assert of_close("indicator.lowest", [5, 1, 2, 7], 2, period=3) == 1
    assert of_close("indicator.lowest", [5, 3, 2, 1], 3, period=3) == 1


def test_donchian_channels_are_highest_high_and_lowest_low():
    kind = "indicator.donchian_channels"
    assert of_bars(kind, 1, port="upper", period=3) is None
    assert of_bars(kind, 2, port="upper", period=3) == 22
    assert of_bars(kind, 2, port="lower", period=3) == 9
    assert of_bars(kind, 2, port="middle", period=3) == 15.5
    assert of_bars(kind, 3, port="lower", period=3) == 10


def test_rsi_sets_smoothed_rises_against_smoothed_falls():
    # changes +2, -1, +3: rises 1 and falls 0.5 on average, then (1 + 3) / 2 and (0.5 + 0) / 2
    prices = [10, 12, 11, 14]
    assert of_close("indicator.rsi", prices, 1, period=2) is None
    assert of_close("indicator.rsi", prices, 2, period=2) == pytest.approx(100 - 100 / (1 + 2))
    assert of_close("indicator.rsi", prices, 3, period=2) == pytest.approx(100 - 100 / (1 + 8))


@pytest.mark.parametrize(("prices", "rsi"), [([5, 6, 7], 100), ([5, 5, 5], 50), ([7, 6, 6], 0)])
def test_rsi_without_falls_without_changes_and_without_rises(prices, rsi):
    assert of_close("indicator.rsi", prices, 2, period=2) == pytest.approx(rsi)


def test_macd_needs_its_signal_line_before_it_counts():
    prices = [1, 2, 6, 10, 20]
    periods = {"fast_period": 2, "slow_period": 3, "signal_period": 2}
    fast = [None, 1.5, 4.5, 4.5 + 2 / 3 * 5.5]
    slow = [None, None, 3, 6.5]
    assert of_close("indicator.macd", prices, 2, port="macd", **periods) is None
    assert of_close("indicator.macd", prices, 3, port="macd", **periods) == pytest.approx(
        fast[3] - slow[3]
    )


def test_macd_with_a_fast_period_above_the_slow_one_waits_for_the_longer():
    prices = [1, 2, 6, 10, 20, 30, 40]
    periods = {"fast_period": 5, "slow_period": 2, "signal_period": 2}
    assert of_close("indicator.macd", prices, 4, port="signal", **periods) is None
    assert of_close("indicator.macd", prices, 5, port="signal", **periods) is not None


def test_what_reads_the_macd_waits_from_the_first_macd_on():
    # the macd from bar 2 on, its mean of two from bar 3 on, as the signal line
    nodes = {
        "it": ("indicator.macd", {"fast_period": 2, "slow_period": 3, "signal_period": 2}),
        "mean": ("indicator.sma", {"period": 2}),
    }
    edges = "bars.close -> it.source\nit.macd -> mean.source"
    assert value_on(2, "mean.value", nodes, edges, closes(1, 2, 6, 10)) is None
    assert value_on(3, "mean.value", nodes, edges, closes(1, 2, 6, 10)) is not None


def test_macd_signal_line_is_the_average_of_the_macd_and_the_histogram_their_difference():
    prices = [1, 2, 6, 10, 20]
    periods = {"fast_period": 2, "slow_period": 3, "signal_period": 2}
    fast = 4.5 + 2 / 3 * 5.5
    macd = [1.5, fast - 6.5, fast + 2 / 3 * (20 - fast) - 13.25]  # on bars 2, 3 and 4
    seed = (macd[0] + macd[1]) / 2
    signal = seed + 2 / 3 * (macd[2] - seed)
    assert of_close("indicator.macd", prices, 3, port="signal", **periods) == pytest.approx(seed)
    assert of_close("indicator.macd", prices, 4, port="signal", **periods) == pytest.approx(signal)
    assert of_close("indicator.macd", prices, 4, port="histogram", **periods) == pytest.approx(
        macd[2] - signal
    )


def test_atr_is_the_smoothed_true_range_from_the_second_bar_on():
    # true ranges: bar 1 reaches from 10 to 15; bar 2 from the close before, 14, to 22; bar 3
    # from 21 down to 12
    assert of_bars("indicator.atr", 1, period=2) is None
    assert of_bars("indicator.atr", 2, period=2) == pytest.approx((5 + 8) / 2)
    assert of_bars("indicator.atr", 3, period=2) == pytest.approx(((5 + 8) / 2 + 9) / 2)


def test_standard_deviation_is_that_of_the_population():
    kind = "indicator.standard_deviation"
    assert of_close(kind, [2, 4, 6], 1, period=3) is None
    assert of_close(kind, [2, 4, 6], 2, period=3) == pytest.approx((8 / 3) ** 0.5)


def test_bollinger_bands_lie_deviations_round_the_mean():
    kind, width = "indicator.bollinger_bands", 1.5 * (8 / 3) ** 0.5
    params = {"period": 3, "deviations": 1.5}
    assert of_close(kind, [2, 4, 6], 1, port="middle", **params) is None
    assert of_close(kind, [2, 4, 6], 2, port="middle", **params) == pytest.approx(4)
    assert of_close(kind, [2, 4, 6], 2, port="upper", **params) == pytest.approx(4 + width)
    assert of_close(kind, [2, 4, 6], 2, port="lower", **params) == pytest.approx(4 - width)


def test_earlier_value_is_that_of_some_bars_before():
    assert of_close("math.shift", [3, 4, 5, 6], 1, bars=2) is None
    assert of_close("math.shift", [3, 4, 5, 6], 2, bars=2) == 3
    assert of_close("math.shift", [3, 4, 5, 6], 3, bars=2) == 4


def test_earlier_value_of_a_constant_is_the_constant_without_a_wait():
    nodes = {"number": ("math.constant", {"value": 7.5}), "it": ("math.shift", {"bars": 3})}
    assert value_on(0, "it.value", nodes, "number.value -> it.source", FOUR_BARS) == 7.5


def test_constant_is_the_same_on_every_bar():
    nodes = {"it": ("math.constant", {"value": 7.5})}
    assert [value_on(bar, "it.value", nodes, "", FOUR_BARS) for bar in (0, 3)] == [7.5, 7.5]


def test_indicator_of_an_indicator():
    nodes = {
        "inner": ("indicator.sma", {"period": 2}),
        "outer": ("indicator.highest", {"period": 2}),
    }
    edges = "bars.close -> inner.source\ninner.value -> outer.source"
    prices = closes(1, 3, 9, 1)  # means 2, 6, 5
    assert value_on(1, "outer.value", nodes, edges, prices) is None
    assert value_on(2, "outer.value", nodes, edges, prices) == 6
    assert value_on(3, "outer.value", nodes, edges, prices) == 6
