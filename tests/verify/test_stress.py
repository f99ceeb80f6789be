"""Made-up bars are the same every time, and tell a strategy from its mutants."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from semantics.desk import closes
from sketch import LONG, sketch

from stratcraft_jupyter import compile_strategy, load_template
from stratcraft_jupyter.backtest.batch import Contest, Run, Series, run_batch
from stratcraft_jupyter.backtest.orders import first_mismatch
from stratcraft_jupyter.verify import stress_cache
from stratcraft_jupyter.verify.altered_bars import beginning_of, with_other_future
from stratcraft_jupyter.verify.deadline import Deadline
from stratcraft_jupyter.verify.mutants import list_mutants, shape_of
from stratcraft_jupyter.verify.stress import search_stress
from stratcraft_jupyter.verify.stress_bars import ALWAYS_KEPT, FAMILIES, Recipe, make_series
from stratcraft_jupyter.verify.stress_paths import CHEAP, DEAR
from stratcraft_jupyter.verify.stress_trials import Base
from stratcraft_jupyter.verify.touching import touching_recipes
from stratcraft_jupyter.verify.verification import config_of
from verify.codes import rsi

_LIVELY = ("swings", "trends", "gaps", "squeezes")
_TOUCHED = "compared with >= instead of >"


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


def test_plateaus_are_whole_windows_of_equal_prices_of_every_symbol():
    series = make_series(Recipe("plateaus", 1, 260, "1d", 50.0), ["OTHER"])
    jumps = np.flatnonzero(np.diff(series.bars.close))
    assert np.diff(jumps).max() > 42
    ratio = series.bars.close / series.others["OTHER"].close
    assert np.array_equal(np.flatnonzero(np.diff(ratio)), jumps)
    # in between there is nothing but the close
    quiet = np.setdiff1d(np.arange(1, 260), jumps + 1)
    assert np.array_equal(series.bars.high[quiet], series.bars.low[quiet])


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


def test_days_end_early_and_lack_bars_in_bars_within_the_day():
    bars = make_series(Recipe("workdays", 0, 900, "5m", 50.0)).bars
    days, counts = np.unique(bars.time.astype("M8[D]"), return_counts=True)
    assert len(days) > 8
    assert len(set(counts.tolist())) >= 3


def test_closes_that_are_set_stay_within_their_bars():
    recipe = Recipe("swings", 0, 100, "1d", 50.0, until=60, closes=((40, 10.0), (59, 99.5)))
    bars = make_series(recipe).bars
    assert len(bars) == 60
    assert (bars.close[40], bars.low[40], bars.high[59]) == (10.0, 10.0, 99.5)


def test_the_search_tells_mutants_apart(short_plan):
    # what one round leaves differs only where an RSI is nearly 30 or 70, or in what is rare
    assert short_plan.told_apart + len(short_plan.survivors) == short_plan.mutants
    assert len(short_plan.survivors) <= 6
    assert any("compared with >= instead of >" in words for words in short_plan.survivors)
    assert (short_plan.exercised, short_plan.idle) == (short_plan.nodes, ())


def test_bars_are_searched_once_and_again_when_the_file_is_broken(
    monkeypatch, short_plan, tmp_path
):
    graph, searched = rsi(), []
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path))
    stress_cache.keep_plan(short_plan, graph, "1d", config_of(graph))

    def search(*_, **__):
        searched.append(True)
        return short_plan

    monkeypatch.setattr(stress_cache, "search_stress", search)
    assert stress_cache.stress_plan(graph, "1d", config_of(graph)) == short_plan
    assert not searched
    (kept,) = tmp_path.rglob("*.json")
    kept.write_text("{}")
    assert stress_cache.stress_plan(graph, "1d", config_of(graph)) == short_plan
    assert searched
    assert kept.stat().st_size > 100


@pytest.mark.parametrize("family", ALWAYS_KEPT)
def test_bars_that_try_what_no_mutant_asks_are_kept(short_plan, family):
    assert any(recipe.family == family for recipe in short_plan.recipes)


@pytest.mark.parametrize("timeframe", ["1d", "1h", "1w"])
def test_prices_dates_and_volumes_are_far_from_the_usual_ones(timeframe):
    recipes = [Recipe(name, 0, 260, timeframe, 50.0) for name in (DEAR, CHEAP)]
    dear, cheap = (make_series(recipe).bars for recipe in recipes)
    assert dear.close.min() > 1_000 > 5 > cheap.close.max()
    assert dear.time[0].astype("M8[Y]") >= np.datetime64("2031")
    assert cheap.time[-1] < np.datetime64("2005")
    assert 0.1 < np.mean(dear.volume == 0) < 0.5
    days = np.unique(dear.time.astype("M8[D]"))
    assert len(days) < np.busday_count(days[0], days[-1] + 1)


def test_what_two_actions_do_on_one_close_is_tried():
    graph = sketch(
        """
        bars: data.bars
        high: condition.compare operator=">" value=100
        low: condition.compare operator="<" value=90
        odd: condition.compare operator=">" value=120
        up: action.enter_long
        down: action.enter_short
        end: action.exit_long
        cover: action.exit_short
        high.signal -> cover.when
        bars.close -> high.left
        bars.close -> low.left
        bars.open -> odd.left
        high.signal -> up.when
        odd.signal -> up.filter
        low.signal -> down.when
        low.signal -> end.when
        """
    )
    mutants = {mutant.words: mutant for mutant in list_mutants(graph)[0] if mutant.is_extra}
    turning = mutants["Enter short did not turn a long position"]
    way = mutants["Exit long did not act where Enter long is true"]
    assert "Exit long did not act where Enter short is true" not in mutants
    prices = closes(*[95] * 3, 130, 130, 80, 80, *[95] * 3)
    sources = compile_strategy(graph), turning.source, way.source
    runs = run_batch([Run(source, Series(prices)) for source in sources]).runs
    ours, later, same = (run.book for run in runs)
    apart = first_mismatch(ours, later)
    assert apart.bar == 5  # the close on which the long position is ended
    assert first_mismatch(ours, same) is None  # no close has both


def test_a_rule_more_is_told_apart_or_dropped_and_not_counted():
    graph = load_template("macd_cross")
    mutants, _ = list_mutants(graph)
    more = {mutant.words for mutant in mutants if mutant.is_extra}
    assert "Exit long asked for MACD above zero too" in more
    assert "Exit long ended positions at a profit only" in more
    assert "Time limit counted for positions at a loss only" in {
        mutant.words for mutant in list_mutants(sketch(LONG, "end: risk.time_limit limit=5"))[0]
    }
    plan = search_stress(graph, "1d", config_of(graph), rounds=2, wall_limit=600)
    assert plan.mutants == len(mutants) - len(more)
    assert more.isdisjoint(plan.survivors)
    series = [item for _, item in plan.series()]
    picky = next(m for m in mutants if m.words == "Exit long asked for MACD above zero too")
    ours, theirs = (
        run_batch([Run(source, item) for item in series]).runs
        for source in (compile_strategy(graph), picky.source)
    )
    pairs = zip(ours, theirs, strict=True)
    assert any(first_mismatch(one.book, other.book) for one, other in pairs)


def test_a_strategy_that_seldom_trades_gets_more_bars():
    quiet = sketch(LONG, "up: condition.crosses_above value=49", "end: risk.time_limit limit=90")
    few, more = (
        search_stress(quiet, "1d", config_of(quiet), rounds=rounds, wall_limit=600)
        for rounds in (1, 4)
    )
    assert {recipe.seed for recipe in few.recipes} == {0}
    assert {recipe.seed for recipe in more.recipes} >= {0, 2, 3}


def test_a_search_without_time_says_so_and_goes_on_to_the_same_bars(short_plan):
    config = config_of(rsi())
    stopped = search_stress(rsi(), "1d", config, rounds=1, wall_limit=-1.0)
    assert stopped.is_cut_short
    assert stopped.told_apart == 0
    whole = search_stress(rsi(), "1d", config, rounds=1, wall_limit=600, begun=stopped)
    assert replace(whole, seconds=0) == replace(short_plan, seconds=0)


def test_bars_are_found_on_which_a_value_is_just_the_threshold():
    graph, config = rsi(), config_of(rsi())
    mutant = next(m for m in list_mutants(graph)[0] if m.words == "Overbought " + _TOUCHED)
    recipes = [Recipe(family, 0, 260, "1d", 50.0) for family in _LIVELY]
    series = [make_series(recipe) for recipe in recipes]
    runs = run_batch([Run(compile_strategy(graph), item) for item in series]).runs
    bases = [Base(*row) for row in zip(recipes, series, runs, strict=True)]
    made = touching_recipes(graph, [mutant], bases, config, Deadline.after(600))
    found = [make_series(recipe) for recipe in made]
    assert found
    books = [run.book for run in run_batch([Run(compile_strategy(graph), s) for s in found]).runs]
    contests = [
        Contest(mutant.source, [(item, book)]) for item, book in zip(found, books, strict=True)
    ]
    assert any(outcome.lost is not None for outcome in run_batch(contests=contests).contests)
