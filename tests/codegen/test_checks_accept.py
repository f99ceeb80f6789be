"""What the built-in compiler writes, and what people write well, has no findings."""

from pathlib import Path

import pytest
from backtest.corpus import SOURCES
from hypothesis import given, settings
from strategies import valid_graphs

from stratcraft_jupyter.codegen import compile_probe, compile_strategy
from stratcraft_jupyter.codegen.checks import check_code
from stratcraft_jupyter.graph import list_templates, load_template

NAMES = [template.name for template in list_templates()]
HANDWRITTEN = Path(__file__).parents[1] / "handwritten"
DARING = {
    "cheat_on_close",
    "fixed_slippage_and_filler",
    "interest_on_shorts",
    "money_in_and_out",
    "money_while_flat",
    "slices_and_arrays",
    "late_indicator",
    "changes_its_next",
    "look_ahead_line",
    "own_step",
    "sizer_of_one_share",
}
"""Strategies of the backtest's corpus that do on purpose what a generated one must not."""


def errors(source: str, graph=None) -> list[str]:
    return [str(item) for item in check_code(source, graph) if item.severity == "error"]


@pytest.mark.parametrize("name", NAMES)
def test_compiled_code_has_no_findings(name):
    graph = load_template(name)
    assert check_code(compile_strategy(graph), graph) == ()
    assert check_code(compile_strategy(graph)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_compiled_code_with_counters_has_no_findings(name):
    assert errors(compile_probe(load_template(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_code_written_by_hand_has_no_findings(name):
    assert check_code((HANDWRITTEN / f"{name}.py").read_text("utf-8")) == ()


@pytest.mark.parametrize("name", SOURCES)
def test_only_daring_strategies_have_errors(name):
    assert bool(errors(SOURCES[name])) == (name in DARING)


@settings(max_examples=60)
@given(valid_graphs())
def test_compiled_drawn_strategies_have_no_errors(graph):
    assert errors(compile_strategy(graph), graph) == []
