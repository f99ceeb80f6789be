"""Every line of every indicator, from compiled code on real bars, against other sources."""

import pytest
from book.indicators import INDICATORS
from book.series import first_value

from indicators.comparing import largest_difference
from indicators.emitted_values import emitted_values, given
from indicators.listed import LISTED
from indicators.parameters import parameter_sets
from indicators.talib_values import TALIB
from stratcraft_jupyter import load_bars
from stratcraft_jupyter.graph import KINDS, get_kind
from stratcraft_jupyter.graph.catalog.lookback import lookback_bars

CLOSE_ENOUGH = 1e-9
BARS = load_bars("sample:AAPL").head(700)
KINDS_OF_INDICATORS = sorted(name for name in KINDS if name.startswith("indicator."))
CASES = [
    pytest.param(name, params, id=f"{name.partition('.')[2]}-{number}")
    for name in KINDS_OF_INDICATORS
    for number, params in enumerate(parameter_sets(name))
]


@pytest.mark.parametrize(("name", "params"), CASES)
def test_every_line_agrees_with_a_second_implementation(name, params):
    inputs = given(name, BARS, params)
    found, expected = emitted_values(name, BARS, params), INDICATORS[name](inputs)
    assert set(found) == set(expected)
    for port in found:
        assert largest_difference(found[port], expected[port]) <= CLOSE_ENOUGH, port


@pytest.mark.parametrize(("name", "params"), CASES)
def test_the_catalog_says_when_the_first_value_is(name, params):
    inputs = given(name, BARS, params)
    kind = get_kind(name)
    starts = {
        port.name: first_value(INDICATORS[name](inputs)[port.name])
        for port in kind.outputs
        if not port.gaps
    }
    if starts:
        assert max(starts.values()) == lookback_bars(kind.lookback, inputs.params)


@pytest.mark.parametrize("name", sorted(TALIB))
def test_lines_agree_with_talib_where_it_has_the_same_definition(name):
    for params in parameter_sets(name):
        inputs = given(name, BARS, params)
        found, expected = emitted_values(name, BARS, params), TALIB[name](inputs)
        for port in expected:
            start = max(first_value(found[port]), first_value(expected[port]))
            assert start < len(BARS)
            assert largest_difference(found[port][start:], expected[port][start:]) <= CLOSE_ENOUGH


def test_every_indicator_has_a_second_implementation():
    assert set(INDICATORS) == set(KINDS_OF_INDICATORS)


@pytest.mark.parametrize("title", sorted(LISTED))
def test_the_listed_indicators_are_there(title):
    assert LISTED[title] in KINDS
