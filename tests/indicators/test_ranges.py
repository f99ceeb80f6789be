"""Values stay in the ranges that the catalog gives for outputs, on real bars and on wild ones."""

import math

import pytest

from indicators.emitted_values import emitted_values
from stratcraft_jupyter import load_bars
from stratcraft_jupyter.graph import KINDS
from stratcraft_jupyter.market.synthetic import random_walk

BOUNDED = [
    kind.name
    for kind in KINDS.values()
    if kind.family == "indicator"
    and any(
        port.minimum is not None or port.maximum is not None or port.within_input
        for port in kind.outputs
    )
]
ROUNDING = 1e-9  # of sums that are kept up to date by adding and subtracting


@pytest.fixture(scope="module", params=["real", "synthetic"])
def bars(request):
    if request.param == "real":
        return load_bars("sample:AAPL").head(500)
    return random_walk(400, seed=3)


def test_there_are_bounded_indicators():
    assert {"indicator.rsi", "indicator.stochastic", "indicator.sma"} <= set(BOUNDED)


@pytest.mark.parametrize("kind", BOUNDED)
def test_values_stay_in_their_range(kind, bars):
    found = emitted_values(kind, bars, {})
    for port in KINDS[kind].outputs:
        values = [value for value in found[port.name] if math.isfinite(value)]
        low = -math.inf if port.minimum is None else port.minimum
        high = math.inf if port.maximum is None else port.maximum
        if port.within_input:
            low, high = min(bars.close), max(bars.close)
        slack = ROUNDING * max([1.0, *(abs(end) for end in (low, high) if math.isfinite(end))])
        assert low - slack <= min(values), port.name
        assert max(values) <= high + slack, port.name
