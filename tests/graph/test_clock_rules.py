"""A time of the day that is asked of daily or coarser bars is told of, with what it comes to."""

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter import find_never_true, list_templates, load_bars, load_template, validate

ASKING = {
    "hours": ("h: risk.entry_hours", "it allows no entry"),
    "hours with midnight": (
        "h: risk.entry_hours from_time=22:00 until_time=02:00",
        "it holds no entry back",
    ),
    "a time": ("h: condition.time_of_day", "it is never true"),
    "a time with midnight": (
        "h: condition.time_of_day from_time=16:00 until_time=09:30",
        "it is always true",
    ),
    "the last bar": ("h: condition.last_bar_of_day", "it is never true"),
    "the last bar from midnight": (
        "h: condition.last_bar_of_day at_time=00:00",
        "it is always true",
    ),
}


def asking(name, **settings):
    text, _ = ASKING[name]
    edges = "" if "risk" in text else "bars.bars -> h.bars\nh.signal -> enter.filter"
    return sketch(LONG.replace("=100", "=1.4"), text, edges, **settings)


@pytest.mark.parametrize("timeframe", ["1d", "1w", "1M"])
@pytest.mark.parametrize("name", ASKING)
def test_it_is_told_with_what_it_comes_to(name, timeframe):
    (item,) = [item for item in validate(asking(name, timeframe=timeframe)) if item.code == "SC224"]
    assert (item.severity, item.node_id) == ("warning", "h")
    assert f"on {timeframe} bars, which are stamped 00:00: {ASKING[name][1]}." in item.message


@pytest.mark.parametrize("name", ASKING)
def test_finer_bars_have_times(name):
    assert "SC224" not in {item.code for item in validate(asking(name, timeframe="1h"))}


@pytest.mark.parametrize("name", ["hours", "a time", "the last bar"])
def test_what_is_said_is_so_on_daily_bars(name):
    bars = load_bars("sample:AAPL").head(400)
    assert find_never_true(asking("hours with midnight"), bars) == ()
    assert find_never_true(asking(name), bars)


def test_hours_that_allow_nothing_anywhere_are_told_of_once():
    empty = sketch(LONG, "h: risk.entry_hours from_time=10:00 until_time=10:00")
    assert [item.code for item in validate(empty)] == ["SC223"]


def test_no_template_asks_for_a_time_its_bars_do_not_have():
    for template in list_templates():
        assert validate(load_template(template.name)) == ()
