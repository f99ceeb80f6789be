"""The values of a generation: JSON and back, drafts, what counts as good."""

import ast
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.reports import DIFFERS, SAME
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation import DRAFT_LINE, Attempt, GeneratedStrategy, draft_source
from stratcraft_jupyter.generation.drafts import as_comments
from stratcraft_jupyter.generation.repair import best_of, diff_of, is_same_code
from stratcraft_jupyter.generation.result import add_costs, add_usage
from stratcraft_jupyter.providers.base import Fault, Usage

ERROR = Diagnostic("SC601", "error", "It failed.", "Mend it.", line=3)
WARNING = Diagnostic("SC604", "warning", "It did not trade.")
FULL = GeneratedStrategy(
    source="import backtrader as bt\n",
    origin="model",
    model="openai:gpt-x",
    graph_hash="a" * 64,
    prompt_hash="b" * 64,
    checks=(ERROR, WARNING),
    verification=DIFFERS,
    usage=Usage(10, 5, 1, 20, 3),
    cost=Decimal("0.000123456789"),
    seconds=1.5,
    attempts=(
        Attempt(1, "failed", text="…", fault=Fault("cut", "It broke.", "Again.", "maybe", 2.5)),
        Attempt(2, "findings", "It broke.", "text", "code", "-a\n+b", (ERROR,), SAME),
    ),
    stopped="attempts",
)


@pytest.mark.parametrize("value", [FULL, replace(FULL, verification=None, cost=None, attempts=())])
def test_it_goes_through_json(value):
    assert GeneratedStrategy.from_json(value.to_json()) == value
    assert json.loads(value.to_json())["ok"] is value.ok


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.pop("source"),
        lambda data: data.update(more=1),
        lambda data: data.update(cost="much"),
        lambda data: data.update(schema_version=2),
        lambda data: data["usage"].update(words=1),
        lambda data: data["attempts"][0].pop("text"),
    ],
)
def test_other_json_is_refused(change):
    data = json.loads(FULL.to_json())
    change(data)
    with pytest.raises(StratCraftError):
        GeneratedStrategy.from_json(json.dumps(data))


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "[" * 100_000])
def test_text_that_is_no_strategy_is_refused(text):
    with pytest.raises(StratCraftError):
        GeneratedStrategy.from_json(text)


def test_warnings_are_no_reason_to_refuse_code():
    assert not FULL.ok
    assert replace(FULL, checks=(WARNING,), verification=SAME).ok
    assert not replace(FULL, checks=(), verification=DIFFERS).ok
    assert not replace(FULL, checks=(), is_draft=True).ok


def test_an_unknown_part_makes_the_sum_unknown():
    assert add_costs(Decimal(1), Decimal(2)) == 3
    assert add_costs(Decimal(1), None) is None
    assert add_usage(Usage(1, output_tokens=2), Usage(3, is_estimate=True)) == Usage(
        4, output_tokens=2, is_estimate=True
    )


@given(st.text(), st.text())
def test_a_draft_of_prose_is_python_that_does_nothing_but_refuse(text, reason):
    source = draft_source(text, reason, is_code=False)
    assert source.startswith("# DRAFT, not finished code: ")
    (only,) = ast.parse(source.encode("utf-8", "replace")).body
    assert ast.unparse(only) == ast.unparse(ast.parse(DRAFT_LINE))


@given(st.text())
def test_comments_hold_every_line(text):
    assert all(line.startswith("#") for line in as_comments(text).split("\n"))


def test_a_draft_of_code_keeps_the_code():
    source = draft_source("import os\n", "the request was cancelled.")
    assert source.split("\n") == [
        "# DRAFT, not finished code: the request was cancelled.",
        DRAFT_LINE,
        "",
        "import os",
        "",
    ]


def test_comments_and_layout_make_no_other_code():
    assert is_same_code("a = 1 # one\n", "a=1")
    assert not is_same_code("a = 1", "a = 2")
    assert not is_same_code("a =", "b =")
    assert is_same_code("a =\n", "a =")


def test_differences_are_told_between_two_codes_only():
    assert diff_of("a\nb", "a\nc").splitlines()[-2:] == ["-b", "+c"]
    assert diff_of(None, "a") == diff_of("a", None) == ""


def test_the_best_attempt_came_furthest():
    def attempt(number, *findings, outcome="findings", verification=None):
        return Attempt(number, outcome, source="x", findings=findings, verification=verification)

    unread = Diagnostic("SC510", "error", "It does not parse.")
    late = attempt(2, verification=DIFFERS)
    assert best_of([attempt(1, unread), attempt(2, ERROR)]).number == 2
    assert best_of([attempt(1, ERROR), attempt(2, unread)]).number == 1
    assert best_of([attempt(1, ERROR, ERROR), late, attempt(3, ERROR)]) is late
    assert best_of([attempt(1, ERROR), attempt(2, ERROR)]).number == 2
    assert best_of([attempt(1, outcome="truncated"), Attempt(2, "no_code")]) is None
