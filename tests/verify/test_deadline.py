"""The search for bars ends in time, on a clock of the test, and goes on where it stopped."""

from dataclasses import replace

import pytest

from stratcraft_jupyter.backtest.batch import Run
from stratcraft_jupyter.verify.deadline import Deadline, OverdueError
from stratcraft_jupyter.verify.mutants import list_mutants
from stratcraft_jupyter.verify.stress import search_stress
from stratcraft_jupyter.verify.stress_bars import Recipe, make_series
from stratcraft_jupyter.verify.stress_plan import Reached
from stratcraft_jupyter.verify.stress_trials import SHORT_ROUNDS, Trials, run_in_time
from stratcraft_jupyter.verify.touching import touching_recipes
from stratcraft_jupyter.verify.verification import config_of
from verify.codes import rsi

STEP = 1_000.0
"""Seconds between two looks at the clock: more than any real run takes."""


class Clock:
    """Moves on whenever it is looked at."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return STEP * self.looks


@pytest.fixture(scope="module")
def touched():
    """The number of a mutant of the strategy that only bars made for it tell apart."""
    mutants, _ = list_mutants(rsi())
    return next(n for n, m in enumerate(mutants) if m.words.endswith("with >= instead of >"))


def test_a_deadline_says_what_is_left_on_its_clock():
    clock = Clock()
    deadline = Deadline.after(2.5 * STEP, clock)
    assert not deadline.is_over
    assert deadline.seconds_left == 0.5 * STEP
    assert deadline.is_over
    assert deadline.seconds_left == 0.0


def test_runs_that_were_not_done_in_time_are_not_used():
    series = make_series(Recipe("swings", 0, 100, "1d", 50.0))
    endless = "import backtrader as bt\nclass S(bt.Strategy):\n    def next(self):\n        "
    runs = [Run(f"{endless}while True: pass\n", series)]
    with pytest.raises(OverdueError):
        run_in_time(runs, config_of(rsi()), Deadline.after(0.3))
    failing = [Run(f"{endless}self.nothing\n", series)]
    (outcome,) = run_in_time(failing, config_of(rsi()), Deadline.after(600))
    assert outcome.error is not None


def test_looking_for_bars_that_decide_by_a_hair_ends_in_time(touched):
    graph, config = rsi(), config_of(rsi())
    mutant = list_mutants(graph)[0][touched]
    trials = Trials(graph, "1d", config)
    bases = trials.run([Recipe("swings", 0, 260, "1d", 50.0)], Deadline.after(600))
    clock = Clock()
    with pytest.raises(OverdueError):
        touching_recipes(graph, [mutant], bases, config, Deadline.after(4.5 * STEP, clock))
    assert clock.looks < 8


@pytest.mark.parametrize("looks", [3.5, 6.5, 9.5])
def test_a_search_that_looks_for_such_bars_stops_and_leaves_out_what_got_nowhere(
    touched, short_plan, looks
):
    step = SHORT_ROUNDS + 1
    reached = Reached(step, (touched,), ("oversold", "overbought"), (), (), True, 0)
    begun = replace(short_plan, recipes=(), reached=reached)
    clock = Clock()
    plan = search_stress(
        rsi(), "1d", config_of(rsi()), rounds=2, wall_limit=looks * STEP, begun=begun, clock=clock
    )
    assert plan.is_cut_short
    assert plan.reached.step == step + 1
    assert plan.reached.left == (touched,)
    assert clock.looks < looks + 5


def test_a_round_that_ends_too_late_is_done_again():
    config = config_of(rsi())
    plan = search_stress(rsi(), "1d", config, rounds=1, wall_limit=-1.0)
    assert plan.reached.step == 0
    late = search_stress(rsi(), "1d", config, rounds=2, wall_limit=5.5 * STEP, clock=Clock())
    assert late.reached.step == 1
    assert late.told_apart > 0
