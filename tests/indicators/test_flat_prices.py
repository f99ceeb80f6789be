"""What indicators that divide give where there is nothing to divide by."""

import numpy as np
import pytest

from indicators.emitted_values import emitted_values
from stratcraft_jupyter import Bars
from stratcraft_jupyter.graph import get_kind

COUNT = 80
FLAT = np.full(COUNT, 10.0)
RISING = 10.0 + np.arange(COUNT)

VALUES_ON_FLAT_PRICES = {
    "rsi": {"value": 50},
    "rsi_sma": {"value": 50},
    "rsi_ema": {"value": 50},
    "rmi": {"value": 50},
    "cmo": {"value": 0},
    "fast_stochastic": {"k": 0, "d": 0},
    "stochastic": {"k": 0, "d": 0},
    "full_stochastic": {"k": 0, "d": 0, "slow_d": 0},
    "fisher_transform": {"fisher": 0, "trigger": 0},
    "bollinger_percent": {"percent": 0.5, "bandwidth": 0},
    "chaikin_volatility": {"value": 0},
    "ulcer_index": {"value": 0},
}
STOPPED_BY_FLAT_PRICES = (
    "cci",
    "tsi",
    "ultimate_oscillator",
    "williams_r",
    "pretty_good_oscillator",
    "adx",
    "adxr",
    "directional_indicator",
    "directional_movement",
    "vortex",
)


def _bars(closes: np.ndarray) -> Bars:
    days = np.datetime64("2024-01-01") + np.arange(COUNT)
    return Bars("TEST", "1d", days, closes, closes, closes, closes, np.ones(COUNT))


@pytest.mark.parametrize("name", VALUES_ON_FLAT_PRICES)
def test_nothing_to_divide_by_gives_the_value_that_is_documented(name):
    found = emitted_values(f"indicator.{name}", _bars(FLAT), {})
    assert {port: line[-1] for port, line in found.items()} == VALUES_ON_FLAT_PRICES[name]


@pytest.mark.parametrize("name", STOPPED_BY_FLAT_PRICES)
def test_a_run_that_would_divide_by_zero_is_documented(name):
    assert "the run stops with a division by zero" in get_kind(f"indicator.{name}").semantics
    with pytest.raises(ZeroDivisionError):
        emitted_values(f"indicator.{name}", _bars(FLAT), {})


@pytest.mark.parametrize("name", ["rsi", "rsi_sma", "rsi_ema", "rmi", "cmo"])
def test_without_any_fall_strength_is_at_its_highest(name):
    assert emitted_values(f"indicator.{name}", _bars(RISING), {})["value"][-1] == 100


def test_a_laguerre_rsi_without_any_difference_is_one():
    found = emitted_values("indicator.laguerre_rsi", _bars(FLAT), {"gamma": 0.0})
    assert found["value"][-1] == 1
