"""Emitted code is as ruff would format it, and ruff finds nothing in it."""

import string

import pytest
from graph.large import LARGE
from hypothesis import given, settings
from hypothesis import strategies as st
from sketch import LONG, sketch
from strategies import extreme_values, ids, lines, valid_graphs

from codegen.emitted import formatted, lint_findings
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.codegen.compiler.classes import indicator_classes
from stratcraft_jupyter.codegen.compiler.layout import (
    Call,
    Group,
    assignment,
    chain,
    condition,
    joined,
    statement,
)
from stratcraft_jupyter.codegen.compiler.text import WIDTH, columns, comment, docstring_lines, plain

long_ids = st.builds(
    lambda stem, length: (stem * 40)[:length],
    st.text(string.ascii_lowercase, min_size=1, max_size=3),
    st.integers(28, 40),
)


usual_ids = st.text(string.ascii_lowercase, min_size=1, max_size=12)


@settings(max_examples=60)
@given(valid_graphs(usual_ids, extreme_values, lines.filter(bool), texts=True))
def test_a_drawn_strategy_is_formatted_and_clean(graph):
    source = compile_strategy(graph)
    assert formatted(source) == source
    assert lint_findings(source) == ""


@settings(max_examples=40)
@given(valid_graphs(ids | long_ids, extreme_values, lines.filter(bool), texts=True))
def test_a_drawn_strategy_with_long_names_is_clean(graph):
    # names of up to 40 characters leave some lines no place to break
    assert lint_findings(compile_strategy(graph), besides="E501") == ""


WIDE = {
    "Chinese": "长期趋势" * 19,
    "Chinese words": "长期 趋势 " * 13,
    "emoji": "📈 " * 40,
    "one long word": "x" * 80,
    "a long word in the line's last column": "m" * 79,
    "combining": "a\u0301" * 40,
    "full width": "ｆｕｌｌ ｗｉｄｔｈ " * 7,
    "no text to show": "\u200b",
}


@pytest.mark.parametrize("text", WIDE.values(), ids=WIDE)
def test_odd_texts_are_wrapped_cleanly(text):
    label = text[:80].strip()
    graph = sketch(LONG, name=(text * 2)[:120])
    nodes = [
        node.model_copy(update={"label": label, "note": f"{text} " * 9}) for node in graph.nodes
    ]
    graph = graph.model_copy(update={"nodes": tuple(nodes), "description": f"{text} " * 20})
    source = compile_strategy(graph)
    assert formatted(source) == source
    assert lint_findings(source) == ""
    assert max(map(columns, source.splitlines())) <= WIDTH


@pytest.mark.parametrize("graph", LARGE.values(), ids=LARGE)
def test_a_large_strategy_is_formatted_and_clean(graph):
    source = compile_strategy(graph)
    assert formatted(source) == source
    assert lint_findings(source) == ""


NAME = "a" * 30
EXPRESSIONS = {
    "short": "x",
    "call": Call("bt.ind.SMA", (NAME, ("period", f"self.p.{NAME}"))),
    "call of many": Call("bt.ind.MACD", tuple((f"{NAME}_{i}", NAME) for i in range(4))),
    "call of a chain": Call("min", (chain(NAME, "*", NAME), chain(NAME, "-", NAME, "+", NAME))),
    "call of a long name": Call(f"self.{NAME}{NAME[:10]}.middle", (f"-self.p.{NAME}",)),
    "chain": chain(NAME, "*", NAME, "/", NAME),
    "chain with a group last": chain(NAME, "and", Group(joined("or", [NAME] * 4))),
    "chain with a long head": chain(NAME * 2, "and", Group(joined("or", [NAME] * 2))),
    "chain with a group within": chain(NAME, "*", Group(chain("100", "-", NAME)), "/", NAME),
    "group": Group(joined("or", [NAME] * 5)),
    "item": f"self.{NAME}{NAME}[0]",
    "not": f"not self.{NAME}{NAME}[0]",
    "word": NAME + NAME,
}


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS)
@pytest.mark.parametrize("indent", [4, 8, 12])
def test_a_statement_is_laid_out_as_ruff_does(expression, indent):
    lines = []
    for depth in range(4, indent + 1, 4):
        lines.append(f"{' ' * (depth - 4)}if yes:")
    for length in range(1, 45):
        lines += assignment("t" * length, expression, " " * indent)
    lines += statement(expression, " " * indent)
    for _ in ("if", "elif"):
        lines += condition("if", expression, " " * indent)
        lines.append(f"{' ' * indent}    pass")
    source = "\n".join(lines) + "\n"
    assert formatted(source) == source


def test_a_comment_has_no_trailing_space():
    text = " ".join(["x" * length for length in range(60, 90)])
    for line in comment(text, " " * 8) + docstring_lines(text, '"""', "   "):
        assert line == line.rstrip()
        assert len(line) <= WIDTH


@given(st.text(max_size=300), st.integers(0, 20))
def test_wrapping_loses_no_word(text, indent):
    lines = comment(text, " " * indent)
    assert "".join(plain(text).split()) == "".join(
        line.removeprefix(f"{' ' * indent}# ").replace(" ", "") for line in lines
    )
    assert all(columns(line) <= WIDTH for line in lines)


@pytest.mark.parametrize("name", sorted(indicator_classes()))
def test_a_class_for_emitted_modules_is_formatted_as_they_are(name):
    source = f"import backtrader as bt\n\n\n{indicator_classes()[name]}"
    assert formatted(source) == source
    assert max(map(len, source.splitlines())) <= WIDTH
