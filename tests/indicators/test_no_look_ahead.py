"""No value of an indicator depends on later bars, nor on the mode in which Backtrader runs."""

import math
from collections.abc import Mapping, Sequence
from functools import cache

import backtrader as bt
import pytest
from book.series import Series
from handwritten.plain_run import plain_feed

from indicators.emitted_values import emitted_values
from indicators.parameters import parameter_sets
from stratcraft_jupyter import load_bars
from stratcraft_jupyter.graph import KINDS

BARS = load_bars("sample:AAPL").head(360)
CUT = 331
CASES = [
    pytest.param(name, number, id=f"{name.partition('.')[2]}-{number}")
    for name in sorted(KINDS)
    if name.startswith("indicator.")
    for number, _ in enumerate(parameter_sets(name))
]

OWN_MODES: Mapping[str, tuple[type[bt.Indicator], Sequence[str], str]] = {
    "indicator.demark_pivot": (
        bt.ind.DemarkPivotPoint,
        ("p", "s1", "r1"),
        "bar by bar, its levels come from 1, 0 or -1 for close against open and not from prices",
    ),
    "indicator.ichimoku": (
        bt.ind.Ichimoku,
        ("chikou_span",),
        "its chikou is a later close in runonce mode; ours is that class with the present close",
    ),
}
"""Kinds that are not Backtrader's class as it is, as its modes disagree: the lines, and why."""


@pytest.mark.parametrize(("name", "number"), CASES)
def test_later_bars_change_nothing(name, number):
    whole = _usual_values(name, number)
    known = emitted_values(name, BARS.head(CUT), parameter_sets(name)[number])
    for port, values in known.items():
        assert _first_difference(values, whole[port][:CUT]) is None, port


@pytest.mark.parametrize(("name", "number"), CASES)
def test_values_are_the_same_where_no_later_bar_is_loaded(name, number):
    """Bar by bar: there is nothing ahead to look at, on any bar."""
    params = parameter_sets(name)[number]
    stepwise = emitted_values(name, BARS, params, runonce=False, preload=False)
    for port, values in _usual_values(name, number).items():
        assert _first_difference(stepwise[port], values) is None, port


@pytest.mark.parametrize("name", sorted(OWN_MODES))
def test_backtraders_own_class_differs_between_its_modes(name):
    """Else we could use it as it is."""
    kind, lines, reason = OWN_MODES[name]
    usual, stepwise = (_lines_of(kind, lines, runonce=runonce) for runonce in (True, False))
    for line in lines:
        assert _first_difference(usual[line], stepwise[line]) is not None, reason


@cache
def _usual_values(name: str, number: int) -> Mapping[str, Series]:
    return emitted_values(name, BARS, parameter_sets(name)[number])


def _lines_of(
    kind: type[bt.Indicator], lines: Sequence[str], *, runonce: bool
) -> Mapping[str, Series]:
    class Reader(bt.Strategy):
        def __init__(self):
            self.it = kind(self.data)

    cerebro = bt.Cerebro(stdstats=False, runonce=runonce)
    cerebro.adddata(plain_feed(BARS))
    cerebro.addstrategy(Reader)
    (reader,) = cerebro.run()
    return {line: list(getattr(reader.it.lines, line).array)[: len(BARS)] for line in lines}


def _first_difference(found: Series, expected: Series) -> int | None:
    """The first bar on which they differ, if there is one."""
    assert len(found) == len(expected)
    for bar, (a, b) in enumerate(zip(found, expected, strict=True)):
        if a != b and not (math.isnan(a) and math.isnan(b)):
            return bar
    return None
