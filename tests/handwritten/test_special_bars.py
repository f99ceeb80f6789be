"""The templates that need weeks, a second symbol or bars within the day, against those by hand."""

from collections.abc import Callable

import backtrader as bt
import pytest
from semantics.feed_desk import fills_of
from semantics.feed_desk import run_plain as run_module

from handwritten.by_hand import ON_SPECIAL_BARS
from handwritten.hard_bars import gaps
from handwritten.plain_run import Fill, plain_feed, run_plain, strategy_of
from handwritten.weekly_trend_filter import add_weeks
from stratcraft_jupyter import (
    BacktestConfig,
    Bars,
    compile_strategy,
    load_bars,
    load_template,
    run_backtest,
)
from stratcraft_jupyter.market.synthetic import random_walk


def intraday() -> Bars:
    """Other sessions than those of the sample."""
    return random_walk(78 * 40, seed=5, timeframe="5m", drift=0.0, volatility=0.002)


def fills_by_hand(
    template: str,
    bars: Bars,
    add: Callable[[bt.Cerebro, bt.AbstractDataBase], object] | None = None,
    slippage: float = 0.0,
) -> list[Fill]:
    found = run_plain(ON_SPECIAL_BARS[template], bars, add=add, slippage=slippage).fills
    assert len(found) >= 10
    return found


@pytest.mark.parametrize("slippage", [0.0, 0.0005])
@pytest.mark.parametrize("sample", ["AAPL", "IBM", "MSFT", None])
def test_the_weekly_filter_fills_as_on_resampled_weeks(sample: str | None, slippage: float):
    bars = load_bars(f"sample:{sample}") if sample else gaps()
    source = compile_strategy(load_template("weekly_trend_filter"))
    expected = fills_by_hand("weekly_trend_filter", bars, add_weeks, slippage)
    assert fills_of(run_backtest(source, bars, BacktestConfig(slippage=slippage))) == expected
    if not slippage:
        assert run_module(source, bars, {}).fills == expected


@pytest.mark.parametrize("slippage", [0.0, 0.0005])
@pytest.mark.parametrize("sample", ["AAPL", "IBM"])
def test_the_pairs_spread_fills_as_by_hand(sample: str, slippage: float):
    bars, partner = load_bars(f"sample:{sample}"), load_bars("sample:MSFT")
    source = compile_strategy(load_template("pairs_spread"))

    def add_partner(cerebro: bt.Cerebro, _: bt.AbstractDataBase) -> None:
        cerebro.adddata(plain_feed(partner))

    expected = fills_by_hand("pairs_spread", bars, add_partner, slippage)
    result = run_backtest(source, bars, BacktestConfig(slippage=slippage), others={"MSFT": partner})
    assert fills_of(result) == expected
    if not slippage:
        assert run_module(source, bars, {"MSFT": partner}).fills == expected


@pytest.mark.parametrize("slippage", [0.0, 0.0005])
@pytest.mark.parametrize("make", [lambda: load_bars("sample:SYNTH-5M"), intraday])
def test_the_opening_range_fills_as_by_hand(make: Callable[[], Bars], slippage: float):
    bars = make()
    source = compile_strategy(load_template("opening_range_breakout"))
    expected = fills_by_hand("opening_range_breakout", bars, slippage=slippage)
    assert run_plain(strategy_of(source), bars, slippage=slippage).fills == expected
    assert fills_of(run_backtest(source, bars, BacktestConfig(slippage=slippage))) == expected
