"""Signals of random strategies are true on the bars that a second implementation says."""

from functools import cache

import pytest
from book.moment import TooCloseError
from book.values import Values

from semantics.random_signals import MADE, random_signals
from semantics.signal_desk import watch
from stratcraft_jupyter import Bars, load_bars
from stratcraft_jupyter.codegen.compiler import DECIDED_BARS

SEEDS = range(40)
FEED_SEEDS = range(100, 120)
BARS = load_bars("sample:AAPL").head(260)
MSFT = load_bars("sample:MSFT").head(262)


@cache
def both(seed: int, *, feeds: bool) -> tuple[dict[str, list[int]], dict[str, list[int]]] | None:
    """The bars of each signal in Backtrader and by the book; None if a digit decides."""
    strategy = random_signals(seed, feeds=feeds)
    others: dict[str, Bars] = {"MSFT": MSFT} if feeds else {}
    watched = watch(strategy, BARS, others)
    try:
        values = Values(strategy, BARS, others)
        start = values.first_decision()
        expected: dict[str, list[int]] = {DECIDED_BARS: list(range(start, len(BARS)))}
        for bar in range(start, len(BARS)):
            seen = values.on_close(bar, watched.positions[bar])
            for endpoint, is_true in seen.signals.items():
                if endpoint.endswith(".signal"):
                    expected.setdefault(endpoint.partition(".")[0], [])
                    if is_true:
                        expected[endpoint.partition(".")[0]].append(bar)
    except TooCloseError:
        return None
    return watched.true, expected


def check(seed: int, *, feeds: bool) -> None:
    found = both(seed, feeds=feeds)
    if found is not None:
        compiled, expected = found
        assert compiled == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_signals_are_true_on_the_bars_of_the_book(seed):
    check(seed, feeds=False)


@pytest.mark.parametrize("seed", FEED_SEEDS)
def test_signals_of_several_feeds_are_true_on_the_bars_of_the_book(seed):
    check(seed, feeds=True)


def test_random_strategies_cover_the_kinds_and_few_are_too_close():
    runs = [(seed, False) for seed in SEEDS] + [(seed, True) for seed in FEED_SEEDS]
    checked = [(seed, feeds) for seed, feeds in runs if both(seed, feeds=feeds)]
    assert len(checked) > len(runs) * 0.6
    kinds = {n.kind for seed, feeds in checked for n in random_signals(seed, feeds=feeds).nodes}
    assert MADE - {"regime.custom"} <= kinds
