"""Bars shared by the backtest tests."""

import pytest

from backtest.some_bars import make_bars
from stratcraft_jupyter.market import Bars


@pytest.fixture(scope="session")
def daily() -> Bars:
    return make_bars(600)


@pytest.fixture(scope="session")
def intraday() -> Bars:
    return make_bars(900, seed=2, timeframe="5m", volatility=0.004)
