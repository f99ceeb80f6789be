"""The words on the chips of a row: whatever the sentences say of its entry."""

import re

import pytest
from hypothesis import given
from sketch import LONG, sketch
from strategies import valid_graphs

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.graph import as_table, describe, list_templates, load_template
from stratcraft_jupyter.graph.describe import sentences_of
from stratcraft_jupyter.widgets.table.chips import words_of

TEMPLATES = [template.name for template in list_templates()]
ENTRIES = ("action.enter_long", "action.enter_short", "action.reverse")
_TELLING = re.compile(r"\d[\d,.:]*\d|\d|\blong\b|\bshort\b|\bround\b|\blimit\b|\bstop-limit\b")


def chips_of(graph, entry_id):
    """The texts of a row."""
    table = as_table(graph)
    words = words_of(graph, table.rows, ())
    row = table.row(entry_id)
    return [choice.text for column in g.COLUMNS for choice in words.cell(row, column)]


def loose(graph):
    table = as_table(graph)
    words = words_of(graph, table.rows, ())
    return [words.chip(chip).text for chip in (*table.whole, *table.free)]


def telling(texts):
    """The numbers and sides in texts."""
    return set(_TELLING.findall(" ".join(texts).lower()))


def check(graph):
    entries = {node.id for node in graph.nodes if node.kind in ENTRIES and node.enabled}
    meanings = [item.text for item in sentences_of(graph) if item.node_id not in entries]
    for sentence in sentences_of(graph):
        if sentence.node_id in entries:
            said = [*chips_of(graph, sentence.node_id), *loose(graph)]
            # what has a sentence of its own goes by its name in both
            named = [text for text in meanings if " means " in text]
            assert telling([sentence.text]) <= telling([*said, *named]), (sentence.text, said)


@pytest.mark.parametrize("name", TEMPLATES)
def test_chips_of_a_template_say_what_its_sentences_say(name):
    check(load_template(name))


@given(valid_graphs())
def test_chips_of_any_strategy_say_what_its_sentences_say(graph):
    check(graph)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_disabled_row_reads_as_the_enabled_one(name):
    graph = load_template(name)
    entry = as_table(graph).rows[0].entry_id
    off = g.enable_row(graph, entry, False)
    # what the row shares stays enabled, and then protects one entry less
    assert own_words(chips_of(off, entry)) == own_words(chips_of(graph, entry))


def own_words(texts):
    plain = (text.removeprefix("Off: ").removesuffix(", priority 1") for text in texts)
    return [text for text in plain if not text.startswith("Protect")]


def test_a_disabled_expression_reads_as_the_enabled_one():
    graph = sketch(LONG, "words: condition.expression", "out: action.exit_long")
    graph = g.set_param(graph, "words", "text", "close > sma(close, 20)")
    graph = g.connect(g.connect(graph, "words.signal", "out.when"), "bars.bars", "words.bars")
    wanted = "Exit long when close is above SMA(20) of close"
    assert wanted in chips_of(graph, "enter")
    for gone in (["out"], ["out", "words"], ["out", "words", "enter"]):
        off = g.set_enabled(graph, gone, False)
        assert any(text.endswith(wanted) for text in chips_of(off, "enter"))
        assert g.describe_node(off, "out") == g.describe_node(graph, "out")


def test_an_entry_says_its_order_and_what_it_is_called():
    graph = g.set_label(sketch(LONG), "enter", "Buy dip")
    for name, value in (
        ("order_type", "limit"),
        ("offset_percent", 2.0),
        ("expiry_bars", 5),
        ("max_entries", 3),
    ):
        graph = g.set_param(graph, "enter", name, value)
    said = (
        "Buy dip: enter long, by a limit order 2 % below the close, good for 5 bars, "
        "up to 3 times in one position"
    )
    assert said in chips_of(graph, "enter")
    again, copy = g.duplicate_row(graph, "enter")
    assert chips_of(again, "enter")[2].startswith("Buy dip [enter]: enter long")
    assert chips_of(again, copy)[2].startswith(f"Buy dip [{copy}]: enter long")


def test_a_reversal_says_what_it_does():
    graph = g.add_row(sketch(LONG), "action.reverse")
    assert "Reverse: turn an open position round" in chips_of(graph, "reverse")


def test_rows_say_their_priorities_where_these_differ():
    graph = g.add_row(sketch(LONG), "action.enter_short")
    assert not any("priority" in text for text in chips_of(graph, "enter"))
    graph = g.move_row(graph, "enter", 1)
    assert "Enter long, priority 2" in chips_of(graph, "enter")
    assert "Enter short, priority 1" in chips_of(graph, "enter_short")


def test_rows_of_one_title_are_told_apart_though_one_is_disabled():
    graph, copy = g.duplicate_row(sketch(LONG), "enter")
    graph = g.enable_row(graph, copy, False)
    assert "Enter long [enter]" in chips_of(graph, "enter")
    assert f"Off: Enter long [{copy}]" in chips_of(graph, copy)


def test_the_default_size_is_told_unless_a_size_counts():
    graph = sketch(LONG)
    assert "95 % of equity (default)" in chips_of(graph, "enter")
    graph = g.add_node(graph, "sizing.fixed_cash", node_id="money")
    graph = g.connect(graph, "money.size", "enter.size")
    assert not any("default" in text for text in chips_of(graph, "enter"))
    row_off = g.enable_row(graph, "enter", False)
    assert not any("default" in text for text in chips_of(row_off, "enter"))
    off = g.set_enabled(graph, ["money"], False)
    assert "95 % of equity (default)" in chips_of(off, "enter")
    assert any("95 % of equity" in text for text in describe(off))


def test_the_chip_of_an_input_says_the_connected_output():
    graph = g.add_node(sketch(LONG), "data.position", node_id="position")
    graph = g.connect(graph, "position.is_short", "enter.filter")
    assert "A short position is open" in chips_of(graph, "enter")


def test_a_node_without_inputs_goes_by_its_name():
    graph = g.add_node(sketch(LONG), "logic.and", node_id="both")
    assert "And, without inputs" in loose(graph)
    graph = g.connect(graph, "both.signal", "enter.confirm")
    said = "Confirm And, without inputs, one bar after"
    assert said in chips_of(graph, "enter")


def test_names_are_spelled_alike_in_all_chips():
    said = " ".join(chips_of(load_template("pairs_spread"), "enter_long"))
    assert said.count("Z-score") == 2
    assert "z-score" not in said
