"""Every line of every indicator, from compiled code on real bars, against other sources."""

from collections.abc import Mapping
from functools import cache

import pytest
from book.indicators import INDICATORS
from book.series import Series, first_value

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
    pytest.param(name, number, id=f"{name.partition('.')[2]}-{number}")
    for name in KINDS_OF_INDICATORS
    for number, _ in enumerate(parameter_sets(name))
]


@cache
def ours(name: str, number: int) -> Mapping[str, Series]:
    return emitted_values(name, BARS, parameter_sets(name)[number])


@cache
def second(name: str, number: int) -> Mapping[str, Series]:
    return INDICATORS[name](given(name, BARS, parameter_sets(name)[number]))


@pytest.mark.parametrize(("name", "number"), CASES)
def test_every_line_agrees_with_a_second_implementation(name, number):
    found, expected = ours(name, number), second(name, number)
    assert set(found) == set(expected)
    for port in found:
        assert largest_difference(found[port], expected[port]) <= CLOSE_ENOUGH, port


@pytest.mark.parametrize(("name", "number"), CASES)
def test_the_catalog_says_when_the_first_value_is(name, number):
    kind = get_kind(name)
    lines = second(name, number)
    starts = [first_value(lines[port.name]) for port in kind.outputs if not port.gaps]
    if starts:
        params = given(name, BARS, parameter_sets(name)[number]).params
        assert max(starts) == lookback_bars(kind.lookback, params)


@pytest.mark.parametrize("name", sorted(TALIB))
def test_lines_agree_with_talib_where_it_has_the_same_definition(name):
    for number, params in enumerate(parameter_sets(name)):
        found, expected = ours(name, number), TALIB[name](given(name, BARS, params))
        for port in expected:
            start = max(first_value(found[port]), first_value(expected[port]))
            assert start < len(BARS)
            assert largest_difference(found[port][start:], expected[port][start:]) <= CLOSE_ENOUGH


def test_every_indicator_has_a_second_implementation():
    assert set(INDICATORS) == set(KINDS_OF_INDICATORS)


@pytest.mark.parametrize("title", sorted(LISTED))
def test_the_listed_indicators_are_there(title):
    assert LISTED[title] in KINDS
