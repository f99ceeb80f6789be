"""Bars are moved to equality where a condition decides what the strategy does."""

import pytest

from stratcraft_jupyter import load_template
from stratcraft_jupyter.backtest.batch import Contest, RunOutcome, run_batch
from stratcraft_jupyter.backtest.records import Fill
from stratcraft_jupyter.codegen import TRACED_BARS
from stratcraft_jupyter.verify.deadline import Deadline
from stratcraft_jupyter.verify.mutants import list_mutants
from stratcraft_jupyter.verify.pivots import mixed, pivotal_bars
from stratcraft_jupyter.verify.stress_bars import Recipe
from stratcraft_jupyter.verify.stress_trials import Trials
from stratcraft_jupyter.verify.touching import touching_recipes
from stratcraft_jupyter.verify.verification import config_of

FAR = Deadline.after(3_600)


def traced(**signals: list[int]) -> dict[str, list[float]]:
    count = len(next(iter(signals.values())))
    return {TRACED_BARS: list(range(count))} | {f"{k}.signal": v for k, v in signals.items()}


def test_a_condition_counts_where_all_that_goes_with_it_is_true():
    graph = load_template("adx_ema_cross")
    values = traced(above=[1, 1, 0, 0], trending=[0, 1, 1, 0], cross_down=[0, 0, 0, 0])
    flat = RunOutcome()
    assert [bar for bar, _ in pivotal_bars(graph, "above", values, flat)] == [1, 2]
    assert [bar for bar, _ in pivotal_bars(graph, "trending", values, flat)] == [0, 1]
    assert pivotal_bars(graph, "cross_down", values, flat) == []
    held = RunOutcome(fills=(Fill(0, None, "buy", 10.0, 50.0, 0.0),))
    assert pivotal_bars(graph, "above", values, held) == []
    assert len(pivotal_bars(graph, "cross_down", values, held)) == 4


def test_bars_that_led_to_an_order_and_others_are_taken_in_turn():
    assert mixed([(0.3, 0, True), (0.1, 1, True), (0.2, 2, False)]) == [1, 2, 0]


@pytest.mark.usefixtures("kept_bars")
def test_equality_is_met_where_it_changes_an_order():
    """An entry that also needs a strong trend is not decided where its averages meet by chance."""
    graph = load_template("adx_ema_cross")
    config = config_of(graph)
    mutant = next(
        item
        for item in list_mutants(graph)[0]
        if item.words == "Fast above slow compared with >= instead of >"
    )
    trials = Trials(graph, "1d", config)
    bases = trials.run([Recipe(name, 0, 260, "1d", 50.0) for name in ("still", "gaps")], FAR)
    made = trials.run(touching_recipes(graph, [mutant], bases, config, FAR), FAR)
    contests = [Contest(mutant.source, [(item.series, item.outcome.book)]) for item in made]
    outcomes = run_batch(contests=contests, config=config).contests
    assert any(outcome.lost is not None for outcome in outcomes)
