"""Random strategies fill as an independent simulation of docs/semantics.md says."""

from functools import cache

import pytest
from handwritten.hard_bars import HARD_BARS
from handwritten.plain_run import PlainRun, run_plain, strategy_of

from semantics.book_account import Fill
from semantics.by_the_book import run_by_the_book
from semantics.random_strategies import random_strategy
from stratcraft_jupyter import Bars, compile_strategy
from stratcraft_jupyter.graph import KINDS

SEEDS = range(120)
_MAKERS = tuple(HARD_BARS.values())


@cache
def bars_for(number: int) -> Bars:
    return _MAKERS[number]().head(260)


@cache
def run_both(seed: int) -> tuple[PlainRun, list[Fill]]:
    strategy, bars = random_strategy(seed), bars_for(seed % len(_MAKERS))
    account = {
        "cash": 20_000.0 if seed % 5 == 0 else 100_000.0,
        "commission": 0.001,
        "slippage": 0.002 if seed % 3 == 0 else 0.0,
    }
    compiled = run_plain(strategy_of(compile_strategy(strategy)), bars, **account)
    return compiled, run_by_the_book(strategy, bars, **account)


@pytest.mark.parametrize("seed", SEEDS)
def test_compiled_strategy_fills_by_the_book(seed: int):
    compiled, expected = run_both(seed)
    assert [fill[:3] for fill in compiled.fills] == [fill[:3] for fill in expected]
    prices = [fill[3] for fill in expected]
    assert [fill[3] for fill in compiled.fills] == pytest.approx(prices, rel=1e-9)


def test_random_strategies_cover_the_catalog_and_trade():
    assert {node.kind for seed in SEEDS for node in random_strategy(seed).nodes} == set(KINDS)
    runs = [run_both(seed)[0] for seed in SEEDS]
    assert sum(len(run.fills) >= 4 for run in runs) >= 40
    assert sum(bool(run.refused) for run in runs) >= 5
    assert sum(fill[1] == "sell" for run in runs for fill in run.fills) > 1_000
