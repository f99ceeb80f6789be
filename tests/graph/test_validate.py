"""Every rule finds what it is about, says it in these words, and finds nothing elsewhere."""

import inspect
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from sketch import LONG, sketch
from strategies import valid_graphs

from graph.findings import FINDINGS, SHORT_EXIT, SOUND
from stratcraft_jupyter.graph import (
    contradictions,
    ending_rules,
    list_templates,
    load_template,
    trading_rules,
    validate,
)
from stratcraft_jupyter.graph.catalog import KINDS


@pytest.mark.parametrize(("graph", "finding"), FINDINGS.values(), ids=FINDINGS)
def test_a_rule_says_what_is_wrong_where_and_what_to_do(graph, finding):
    assert validate(graph) == (finding,)


@pytest.mark.parametrize("graph", SOUND.values(), ids=SOUND)
def test_a_sound_strategy_has_no_finding(graph):
    assert validate(graph) == ()


def test_every_code_has_a_test():
    rules = [*inspect.getmodule(validate)._SOUNDNESS, *contradictions.JUDGED]
    rules += [rule for module in (trading_rules, ending_rules) for rule in module.RULES]
    modules = {inspect.getmodule(rule) for rule in rules}
    documented = {code for rule in rules for code in re.findall(r"SC\d+", rule.__doc__)}
    raised = {
        code for module in modules for code in re.findall(r'"(SC\d+)"', inspect.getsource(module))
    }
    beside = Path(__file__).parent
    tested = {finding.code for _, finding in FINDINGS.values()}
    for name in ("test_contradictions.py", "test_reach.py"):
        tested |= set(re.findall(r'"(SC\d+)"', (beside / name).read_text()))
    assert documented == tested
    assert raised <= documented


@pytest.mark.parametrize("template", [template.name for template in list_templates()])
def test_a_template_has_no_finding(template):
    assert validate(load_template(template)) == ()


@settings(max_examples=40)
@given(valid_graphs())
def test_a_drawn_strategy_has_warnings_at_most(graph):
    assert all(item.severity == "warning" for item in validate(graph))


def test_trading_rules_wait_for_a_sound_graph():
    graph = sketch("bars: data.bars", "fast: indicator.sma")  # it has no entry either
    assert [item.code for item in validate(graph)] == ["SC106"]


def test_errors_come_before_warnings_and_all_are_reported():
    graph = sketch(
        LONG,
        SHORT_EXIT,
        "size: sizing.risk",
        "size.size -> enter.size",
        "rsi: indicator.rsi",
        "bars.close -> rsi.source",
    )
    assert [item.code for item in validate(graph)] == ["SC204", "SC205", "SC206"]


def test_a_finding_about_an_unknown_kind_stands_alone():
    graph = sketch(
        LONG,
        "odd: future.kind x=1",
        "bars.nothing -> odd.y",
        "odd.z -> up.right",
        "bars.close -> odd.y",
    )
    assert [item.code for item in validate(graph)] == ["SC101"]


def test_what_only_an_idle_exit_needs_is_not_reported_twice():
    graph = sketch(
        LONG, "dip: condition.compare", "bars.close -> dip.left", "cover: action.exit_short",
        "dip.signal -> cover.when",
    )  # fmt: skip
    assert [item.code for item in validate(graph)] == ["SC205"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.inputs])
def test_a_node_without_edges_misses_what_it_requires(kind):
    graph = sketch(LONG, f"alone: {kind.name}")
    missing = {item.port for item in validate(graph) if item.code == "SC106"}
    assert missing == {port.name for port in kind.inputs if port.required}


def test_a_finding_prints_on_one_line():
    (finding,) = validate(FINDINGS["types that do not fit"][0])
    assert str(finding) == (
        "SC105 error [bars.bars->up.right]: Whole bars do not fit here: Right of Crosses above "
        "takes a series. Remove the edge, or put a node between that fits both."
    )
    assert finding.to_dict()["edge"] == "bars.bars->up.right"
