"""Names, descriptions, labels and notes end up in comments and docstrings, never in code."""

import ast
import builtins
import keyword
import sys
import tokenize
import unicodedata
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sketch import LONG, sketch
from strategies import lines, texts, valid_graphs

from codegen.emitted import code_alone, run
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.codegen.compiler.classes import indicator_classes
from stratcraft_jupyter.codegen.compiler.names import class_name
from stratcraft_jupyter.codegen.compiler.text import comment, docstring_lines, plain
from stratcraft_jupyter.graph import Node, StrategyGraph, load_template

ATTACKS = [
    '"""; import os; """',
    "'''; import os; '''",
    '\\"""; import os #',
    "\\",
    '"',
    '""',
    "ends with a backslash\\",
    "\\N{QUOTATION MARK}\\x22\\042",
    "{}{0}{self}{__import__('os')}%s%(x)s",
    "# -*- coding: utf-7 -*-",
    "coding: rot13",
    "+AAo-import os",
    "fmt: off",
    "fmt: skip",
    "ruff: noqa",
    "type: ignore",
    "%run x",
    "!ls",
    "\u202eso ti tropmi\u202c",
    "\u2066import os\u2069",
    "a\u200bb\ufeffc",
    "class Other(bt.Strategy): pass",
    "import os",
    "x" * 79 + '"',
    " " * 10,
    "ｉｍｐｏｒｔ ｏｓ",
    "</script><script>alert(1)</script>",
]
WITH_BREAKS = ["\nimport os\n", "a\n\tb", '\n"""\nimport os\n"""', "\\\nimport os", "\n" * 50]

attack_lines = st.sampled_from(ATTACKS) | lines
attack_texts = st.sampled_from([*ATTACKS, *WITH_BREAKS, *(a * 40 for a in ATTACKS)]) | texts


def attacked(graph: StrategyGraph, name: str, line: str, text: str) -> StrategyGraph:
    nodes = [
        Node.model_validate({**dict(node), "label": line[:80], "note": text[:2_000]})
        for node in graph.nodes
    ]
    return StrategyGraph.model_validate(
        {
            **dict(graph),
            "name": name[:120] or "x",
            "description": text[:4_000],
            "nodes": tuple(nodes),
        }
    )


TURTLE = load_template("donchian_turtle")
CODE = code_alone(compile_strategy(TURTLE))


@pytest.mark.parametrize("text", [*ATTACKS, *WITH_BREAKS])
def test_an_attack_does_not_change_the_code(text):
    line = text.replace("\n", " ").replace("\t", " ")
    source = compile_strategy(attacked(TURTLE, line, line, text))
    assert code_alone(source) == CODE


def test_a_file_with_an_attack_is_read_as_utf_8():
    for text in ATTACKS:
        source = compile_strategy(attacked(TURTLE, f"{'x' * 86} {text}", text, text)).encode()
        assert tokenize.detect_encoding(BytesIO(source).readline)[0] == "utf-8"
        assert code_alone(source.decode()) == CODE
        compile(source, "strategy.py", "exec")


@settings(max_examples=60)
@given(valid_graphs(), attack_lines.filter(bool), attack_lines, attack_texts)
def test_drawn_texts_do_not_change_the_code(graph, name, line, text):
    source = compile_strategy(attacked(graph, name, line, text))
    assert code_alone(source) == code_alone(compile_strategy(graph))


def test_attacked_code_trades_as_before():
    graph = attacked(sketch(LONG.replace("100", "30")), ATTACKS[0], ATTACKS[2], WITH_BREAKS[2])
    assert run(compile_strategy(graph)) == run(compile_strategy(sketch(LONG.replace("100", "30"))))


def all_characters() -> list[str]:
    return [chr(number) for number in range(sys.maxunicode + 1)]


def test_no_character_can_end_a_comment_or_hide_in_one():
    bad = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    kept = set(plain("a".join(all_characters())))
    assert not [char for char in kept if unicodedata.category(char) in bad]
    assert not [char for char in kept if char.isspace() and char != " "]
    assert kept >= set("abz09!?#'\"\\äß中📈")
    text = "".join(sorted(kept)) * 2
    shown = "\n".join(comment(text, "    "))
    assert len(shown.splitlines()) == shown.count("\n") + 1
    assert ast.parse(shown).body == []


@pytest.mark.parametrize("character", ["\u2029", "\u2028", "\x85", "\x0b", "\x0c", "\x1c", "\r"])
def test_a_separator_is_no_end_of_a_line(character):
    attack = f"a{character}import os"
    assert comment(attack, "    ") == ["    # a import os"]
    assert docstring_lines(attack) == ["a import os"]


def test_no_character_can_end_a_docstring():
    text = "".join(char for char in all_characters() if not "\ud800" <= char <= "\udfff")
    for piece in (text, text[::-1], '"' * 100, "\\" * 99, '\\"' * 99):
        source = "\n".join([*docstring_lines(piece, first='"""'), '"""'])
        (statement,) = ast.parse(source).body
        assert isinstance(statement.value.value, str)
        assert not set('\\"') & set(statement.value.value)


@given(st.text(max_size=120))
def test_a_class_name_is_a_safe_name(title):
    name = class_name(title)
    assert name.isidentifier()
    assert name.isascii()
    assert name[0].isupper()
    assert len(name) <= 80
    assert not keyword.iskeyword(name)
    assert not hasattr(builtins, name)
    assert name not in indicator_classes()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("SMA cross", "SmaCross"),
        ("50/200 day", "Strategy50200Day"),
        ("  ", "Strategy"),
        ("中文", "Strategy"),
        ("Größe", "Groe"),
        ("naïve café", "NaiveCafe"),
        ("none", "NoneStrategy"),
        ("value error", "ValueErrorStrategy"),
        ("Exception", "ExceptionStrategy"),
        ("Donchian Channels", "DonchianChannelsStrategy"),
        ("i", "IStrategy"),
        ("x" * 120, "X" + "x" * 59),
        ("bt", "Bt"),
        ("self", "Self"),
    ],
)
def test_a_title_becomes_a_class_name(title, name):
    assert class_name(title) == name


@pytest.mark.parametrize("title", ["Donchian channels", "donchianchannels", "Bt", "bt Strategy"])
def test_a_strategy_may_be_named_like_what_it_uses(title):
    graph = StrategyGraph.model_validate({**dict(TURTLE), "name": title})
    assert code_alone(compile_strategy(graph)) == CODE
    assert len(run(compile_strategy(graph)).ends) > 100
