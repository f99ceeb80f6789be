"""Random strategies fill as an independent reading of docs/semantics.md says."""

import pytest

from semantics.by_the_book import Compared, bars_to_compare_on, compare
from semantics.random_strategies import random_strategy
from stratcraft_jupyter.graph import KINDS

GROUPS = 50
PER_GROUP = 10
NOT_DRAWN = {"condition.expression", "math.expression", "regime.custom"}
"""These mean what they are expanded to, or what is connected; they have tests of their own."""


def compare_group(group: int) -> list[tuple[int, str, Compared]]:
    seeds = range(group * PER_GROUP, (group + 1) * PER_GROUP)
    return [(seed, name, compare(seed, name)) for seed in seeds for name in bars_to_compare_on()]


@pytest.mark.parametrize("group", range(GROUPS))
def test_random_strategies_fill_by_the_book(group: int):
    compared = compare_group(group)
    different = [
        f"strategy {seed} on {name}: {found.said}"
        for seed, name, found in compared
        if found.outcome == "differs"
    ]
    assert different == []
    outcomes = [found.outcome for _, _, found in compared]
    assert outcomes.count("same") >= len(outcomes) / 2
    assert any(found.fills for _, _, found in compared)


def test_the_strategies_are_of_every_kind():
    drawn = {
        node.kind for seed in range(GROUPS * PER_GROUP) for node in random_strategy(seed).nodes
    }
    assert set(KINDS) - drawn <= NOT_DRAWN
