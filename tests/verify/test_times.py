"""Times of the day: mutants of them, bars that tell them apart, and code that has them wrong."""

import numpy as np
import pytest
from sketch import sketch

from stratcraft_jupyter import compile_strategy, load_template, validate
from stratcraft_jupyter.verify import verify
from stratcraft_jupyter.verify.code_facts import read_code
from stratcraft_jupyter.verify.mutants import list_mutants
from stratcraft_jupyter.verify.stress_bars import HOURS, Recipe, make_series
from stratcraft_jupyter.verify.stress_trials import Trials
from stratcraft_jupyter.verify.verification import config_of

_SPAN = """
    bars: data.bars
    span: condition.time_of_day from_time="{}" until_time="{}"
    enter: action.enter_long
    out: condition.last_bar_of_day at_time="23:30"
    leave: action.exit_long
    bars.bars -> span.bars
    span.signal -> enter.when
    bars.bars -> out.bars
    out.signal -> leave.when
"""


def times_of(graph, node: str) -> list[str]:
    mutants, _ = list_mutants(graph)
    assert all(
        not [item for item in validate(mutant.graph) if item.severity == "error"]
        for mutant in mutants
        if mutant.kind == "time of the day"
    )
    return [
        mutant.words
        for mutant in mutants
        if mutant.kind == "time of the day" and mutant.node_id == node
    ]


def test_times_move_by_a_bar_and_by_an_hour():
    words = times_of(load_template("opening_range_breakout"), "hours")
    assert "Until of No entry after 15:00 was 15:05 instead of 15:00" in words
    assert "From of No entry after 15:00 was 09:00 instead of 10:00" in words
    assert len(words) == 8


def test_times_stay_on_the_clock_and_in_their_order():
    graph = sketch(_SPAN.format("00:10", "01:00"), timeframe="5m")
    moved = [words.rpartition(" was ")[2][:5] for words in times_of(graph, "span")]
    assert moved == ["00:05", "00:15", "00:00", "00:55", "01:05", "02:00"]
    ends = [words.rpartition(" was ")[2][:5] for words in times_of(graph, "out")]
    assert ends == ["23:25", "23:35", "22:30", "23:59"]
    over = sketch(_SPAN.format("22:00", "02:00"), timeframe="1h")
    assert len(times_of(over, "span")) == 4


def test_bars_of_a_day_have_no_times_to_move():
    assert not times_of(sketch(_SPAN.format("09:30", "16:00"), timeframe="1d"), "span")


@pytest.mark.parametrize("timeframe", ["1m", "5m", "1h", "4h"])
def test_sessions_lie_about_the_times_and_have_bars_stamped_with_them(timeframe):
    recipe = Recipe(HOURS, 0, 900, timeframe, 50.0, times=("09:30", "22:00"))
    time = make_series(recipe, ["OTHER"]).bars.time
    assert (np.diff(time) > np.timedelta64(0)).all()
    stamps = (time - time.astype("M8[D]")).astype("m8[m]").astype(int)
    assert {9 * 60 + 30, 22 * 60} <= set(stamps.tolist())
    assert stamps.min() < 9 * 60
    assert stamps.max() > 22 * 60 + 30 or timeframe == "4h"


def test_only_strategies_that_name_times_get_such_sessions():
    named, other = (
        Trials(graph, "5m", config_of(graph)).recipes(0)
        for graph in (load_template("opening_range_breakout"), load_template("sma_cross"))
    )
    (hours,) = (recipe for recipe in named if recipe.family == HOURS)
    assert hours.times == ("10:00", "15:00", "15:50")
    assert all(recipe.family != HOURS for recipe in other)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("now >= self.p.hours_until", "now > self.p.hours_until", "15:05 instead of 15:00"),
        ('from_time": "10:00"', 'from_time": "09:00"', "09:00 instead of 10:00"),
    ],
)
def test_hours_that_are_off_are_refused_and_said(before, after, words):
    graph = load_template("opening_range_breakout")
    source = compile_strategy(graph)
    assert before in source
    report = verify(source.replace(before, after), graph)
    assert not report.ok
    assert report.first_difference.cause == "time of the day"
    assert words in report.summary
    if "15:05" in words:  # the same search serves both
        assert verify(source, graph).ok


def test_times_are_read_from_code():
    facts = read_code(
        "import datetime as dt\nA = dt.time(15, 30)\nB = dt.time(hour=9)\nC = '14:05'\n"
        "D = self.data.datetime.time(0)\nE = dt.time(A, 5)\n"
    )
    assert set(facts.times) >= {"15:30", "09:00", "14:05"}
    assert len(facts.times) <= 4
