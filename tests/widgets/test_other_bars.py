"""Bars of further symbols come from where the strategy's own bars are, or from the user."""

import pytest

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.graph import BacktestSettings
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.widgets.other_bars import other_bars

SETTINGS = BacktestSettings(source="sample", symbol="AAPL")
MSFT = 'FEEDS = {"msft": {"symbol": "MSFT"}, "own": {"symbol": "AAPL"}, "w": {"timeframe": "1w"}}'


def test_they_are_loaded_from_the_source_of_the_strategys_bars():
    found = other_bars(MSFT, SETTINGS, None, {})
    assert {symbol: bars.symbol for symbol, bars in found.items()} == {"MSFT": "MSFT"}


def test_those_given_by_the_user_come_first():
    bars, others = load_bars("sample:AAPL"), {"MSFT": load_bars("sample:IBM")}
    assert other_bars(MSFT, SETTINGS, bars, others) == others


def test_beside_bars_given_by_the_user_nothing_is_loaded():
    with pytest.raises(StratCraftError) as info:
        other_bars(MSFT, SETTINGS, load_bars("sample:AAPL"), {})
    assert str(info.value) == (
        "The strategy also needs bars of MSFT. Give them to the builder, as it was given those of "
        "AAPL: others={'MSFT': ...}."
    )


def test_a_symbol_that_the_source_does_not_have_is_named():
    with pytest.raises(StratCraftError) as info:
        other_bars('FEEDS = {"a": {"symbol": "AAPK"}}', SETTINGS, None, {})
    assert str(info.value) == (
        "The strategy also needs bars of AAPK. There is no sample named 'AAPK'. "
        "Did you mean 'AAPL'?"
    )
