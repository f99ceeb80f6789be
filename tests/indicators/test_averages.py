"""Averages and trailing levels where ordinary bars say too little."""

import backtrader as bt
import pytest
from book.indicators import INDICATORS
from handwritten.hard_bars import HARD_BARS

from indicators.comparing import largest_difference
from indicators.emitted_values import emitted_values, given
from stratcraft_jupyter import load_bars
from stratcraft_jupyter.graph import get_kind

CLOSE_ENOUGH = 1e-9
BARS = load_bars("sample:AAPL").head(300)


@pytest.mark.parametrize("bars", HARD_BARS)
@pytest.mark.parametrize("name", ["kama", "vidya", "frama", "supertrend", "chandelier_exit"])
def test_gaps_and_flat_stretches_are_taken_as_documented(name, bars):
    kind, made, params = f"indicator.{name}", HARD_BARS[bars](), {"period": 4}
    found = emitted_values(kind, made, params)
    expected = INDICATORS[kind](given(kind, made, params))
    for port in expected:
        assert largest_difference(found[port], expected[port]) <= CLOSE_ENOUGH, port


@pytest.mark.parametrize("mode", [True, False])
@pytest.mark.parametrize("params", [{}, {"period": 5, "fast_period": 3, "slow_period": 10}])
def test_kaufmans_average_of_prices_is_that_of_backtrader(params, mode):
    keywords = {name.removesuffix("_period"): value for name, value in params.items()}

    class Plain(bt.Strategy):
        def __init__(self):
            self.average = bt.ind.KAMA(self.data.close, **{"period": 14, **keywords})

    cerebro = bt.Cerebro(stdstats=False, runonce=mode)
    cerebro.adddata(bt.feeds.PandasData(dataname=BARS.to_frame()))
    cerebro.addstrategy(Plain)
    (plain,) = cerebro.run()
    found = emitted_values("indicator.kama", BARS, params)["value"]
    assert largest_difference(found, list(plain.average.array)) <= CLOSE_ENOUGH


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("sma_envelope", 30),
        ("dickson_envelope", 20),
        ("hma_oscillator", 30),
        ("dickson_average", 20),
    ],
)
def test_what_is_built_on_an_average_has_a_period_of_its_own(name, period):
    assert get_kind(f"indicator.{name}").defaults()["period"] == period
