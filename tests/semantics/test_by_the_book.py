"""Random strategies fill as an independent reading of docs/semantics.md says."""

import math

import pytest
from book.certain import CERTAIN
from book.feeds import PRICES
from book.indicators import INDICATORS
from book.series import Given
from indicators.emitted_values import emitted_values

from semantics.by_the_book import Compared, compare
from semantics.comparing_bars import all_bars, bars_of_seed
from semantics.random_strategies import random_strategy
from stratcraft_jupyter.graph import KINDS, get_kind

GROUPS = 26  # as few as draw every kind; compare_many.py draws as many as it is told
PER_GROUP = 10


def compare_group(group: int) -> list[tuple[int, str, Compared]]:
    seeds = range(group * PER_GROUP, (group + 1) * PER_GROUP)
    return [(seed, name, compare(seed, name)) for seed in seeds for name in bars_of_seed(seed)]


@pytest.mark.parametrize("group", range(GROUPS))
def test_random_strategies_fill_by_the_book(group: int):
    compared = compare_group(group)
    different = [
        f"strategy {seed} on {name}: {found.said}"
        for seed, name, found in compared
        if found.outcome == "differs"
    ]
    assert different == []
    drawn = group * PER_GROUP
    filled = {seed for seed, _, found in compared if found.fills}
    assert len(filled) >= PER_GROUP * 0.5, f"few of {drawn} to {drawn + PER_GROUP} trade"
    left, bars = (sum(getattr(found, name) for *_, found in compared) for name in ("left", "bars"))
    assert left <= bars * 0.4


def test_the_strategies_are_of_every_kind():
    drawn = {
        node.kind for seed in range(GROUPS * PER_GROUP) for node in random_strategy(seed).nodes
    }
    assert set(KINDS) == drawn


@pytest.mark.parametrize("kind", sorted(CERTAIN))
def test_an_indicator_of_certain_numbers_is_equal_to_the_last_digit(kind: str):
    declared = get_kind(kind)
    sizes = {
        param.name: max(int(param.minimum or 1), 6 if "slow" in param.name else 3)
        for param in declared.params
        if param.type == "int"
    }
    params = declared.defaults() | sizes
    for name in ("AAPL", "steps"):
        bars = all_bars()[name]
        prices = {price: [float(x) for x in getattr(bars, price)] for price in PRICES}
        series = {port.name: prices["close"] for port in declared.inputs if port.type == "series"}
        times = list(bars.time.astype("datetime64[us]").astype(object))
        expected = INDICATORS[kind](Given(series, prices, params, times))
        found = emitted_values(kind, bars, params)
        for port, values in expected.items():
            pairs = zip(found[port], values, strict=True)
            assert all(x == y for x, y in pairs if not math.isnan(x) and not math.isnan(y))
