"""Made-up bars are the same every time, and tell a strategy from its mutants."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratcraft_jupyter import BacktestConfig, load_template
from stratcraft_jupyter.verify import stress_cache
from stratcraft_jupyter.verify.altered_bars import beginning_of, with_other_future
from stratcraft_jupyter.verify.mutants import list_mutants, shape_of
from stratcraft_jupyter.verify.stress import search_stress
from stratcraft_jupyter.verify.stress_bars import FAMILIES, Recipe, make_series
from verify.codes import rsi


@settings(max_examples=20)
@given(
    st.sampled_from(sorted(FAMILIES)),
    st.integers(0, 10_000),
    st.sampled_from(["5m", "1h", "1d", "1w"]),
    st.sampled_from([20.0, 100.0]),
)
def test_every_recipe_makes_sound_bars_and_the_same_again(family, seed, timeframe, price):
    recipe = Recipe(family, seed, 200, timeframe, price)
    one, two = make_series(recipe, ["OTHER"]), make_series(recipe, ["OTHER"])
    assert one.bars.digest == two.bars.digest
    assert one.others["OTHER"].digest == two.others["OTHER"].digest
    assert one.bars.close.max() < 1_000 * price


def test_bars_stand_still_in_still_bars():
    bars = make_series(Recipe("still", 1, 300, "1d", 50.0)).bars
    assert ((np.diff(bars.close) == 0) & (bars.volume[1:] == 0)).sum() > 20


def test_another_future_leaves_the_past_alone():
    series = make_series(Recipe("swings", 3, 200, "1d", 50.0), ["OTHER"])
    other = with_other_future(series, 99)
    assert beginning_of(other, 100).bars.digest == beginning_of(series, 100).bars.digest
    assert (other.bars.close[100:] != series.bars.close[100:]).any()
    assert (other.others["OTHER"].close[100:] != series.others["OTHER"].close[100:]).any()


@pytest.mark.parametrize("template", ["sma_cross", "donchian_turtle", "weekly_trend_filter"])
def test_mutants_are_other_strategies_said_in_words(template):
    mutants, _ = list_mutants(load_template(template))
    assert len(mutants) >= 25
    assert len({shape_of(mutant.source) for mutant in mutants}) == len(mutants)
    assert len({mutant.words for mutant in mutants}) >= len(mutants) - len(mutants) // 8
    assert all(mutant.words and not mutant.words.endswith(".") for mutant in mutants)
    assert {mutant.node_id for mutant in mutants} <= {n.id for n in load_template(template).nodes}


def test_the_search_tells_mutants_apart_and_is_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path))
    config = BacktestConfig()
    plan = stress_cache.stress_plan(rsi(), "1d", config)
    # what is left differs only where an RSI is exactly 30 or 70
    assert all("compared with" in words for words in plan.survivors)
    assert plan.mutants - plan.told_apart == len(plan.survivors) <= 2
    assert (plan.exercised, plan.idle) == (plan.nodes, ())
    (kept,) = Path(tmp_path).rglob("*.json")
    assert stress_cache.stress_plan(rsi(), "1d", config) == plan
    kept.write_text("{}")
    monkeypatch.setattr(stress_cache, "search_stress", lambda *_: plan)
    assert stress_cache.stress_plan(rsi(), "1d", config) == plan
    assert kept.stat().st_size > 100


def test_a_search_without_time_says_so():
    plan = search_stress(rsi(), "1d", BacktestConfig(), wall_limit=-1.0)
    assert plan.is_cut_short
    assert plan.told_apart == 0
