"""What is vague or missing is said before money is spent."""

import pytest
from sketch import LONG, sketch

from codegen.test_prompt import many_nodes
from stratcraft_jupyter.codegen.prompt import prompt_findings
from stratcraft_jupyter.graph import (
    StrategyGraph,
    list_templates,
    load_template,
    set_name,
    set_note,
)

SIZED = (
    "size: sizing.percent_of_equity\nsize.size -> enter.size\n"
    "stop: risk.stop_loss\nenter.order -> stop.entry"
)


def codes(graph):
    return [(item.code, item.severity) for item in prompt_findings(graph)]


def test_a_strategy_that_says_everything_has_no_findings():
    assert prompt_findings(sketch(LONG, SIZED)) == ()
    assert prompt_findings(load_template("donchian_turtle")) == ()


@pytest.mark.parametrize("name", [template.name for template in list_templates()])
def test_templates_have_no_errors_and_hardly_a_warning(name):
    found = prompt_findings(load_template(name))
    assert not [item for item in found if item.severity == "error"]
    warnings = [item.code for item in found if item.severity == "warning"]
    assert warnings == (["SC403"] if name == "ema_atr_trend" else [])


def test_an_invalid_strategy_is_an_error_with_its_first_reason():
    (item,) = prompt_findings(StrategyGraph(name="Empty"))
    assert (item.code, item.severity) == ("SC401", "error")
    assert "no entry" in item.message


def test_a_strategy_that_is_too_large_is_an_error():
    assert codes(many_nodes(900, "x"))[0] == ("SC402", "error")


def test_a_side_that_only_its_stop_ends_is_told():
    graph = sketch(
        "bars: data.bars\nup: condition.crosses_above value=100\nenter: action.enter_long",
        "bars.close -> up.left\nup.signal -> enter.when",
        SIZED,
    )
    assert codes(graph) == [("SC403", "warning")]


def test_a_missing_size_is_told_with_what_is_bought_instead():
    found = [item for item in prompt_findings(sketch(LONG)) if item.code == "SC404"]
    assert [(item.severity, item.node_id, item.port) for item in found] == [
        ("info", "enter", "size")
    ]
    assert "95 %" in found[0].message


def test_a_missing_stop_is_told_once():
    assert codes(sketch(LONG)).count(("SC405", "info")) == 1


@pytest.mark.parametrize(
    "note",
    [
        "Only buy if volume is high.",
        "Do not trade on Mondays",
        "exit when it has doubled",
        "Must not be used in bear markets",
        "skip the first hour",
    ],
)
def test_a_note_that_reads_like_a_rule_is_told(note):
    found = prompt_findings(set_note(sketch(LONG, SIZED), "up", note))
    assert [(item.code, item.severity, item.node_id) for item in found] == [
        ("SC406", "warning", "up")
    ]
    assert note[:20] in found[0].message


@pytest.mark.parametrize("note", ["From Wilder, 1978.", "The 100 is a round number", "Fast line"])
def test_a_note_that_explains_is_fine(note):
    assert prompt_findings(set_note(sketch(LONG, SIZED), "up", note)) == ()


def test_a_note_that_is_cut_is_told():
    assert codes(set_note(sketch(LONG, SIZED), "up", "word " * 100)) == [("SC407", "info")]


def test_a_node_that_leads_to_nothing_is_told():
    graph = sketch(LONG, SIZED, "idle: indicator.sma\nbars.close -> idle.source")
    assert codes(graph) == [("SC408", "warning")]


def test_a_strategy_without_a_name_of_its_own_is_told():
    assert codes(set_name(sketch(LONG, SIZED), "Untitled strategy")) == [("SC409", "info")]
