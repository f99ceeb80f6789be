"""Code of expressions: that of the nodes they stand for, under their text."""

import ast

import pytest
from sketch import sketch

from codegen.emitted import BARS, code_alone, formatted, lint_findings, run
from codegen.test_untrusted_text import ATTACKS, WITH_BREAKS
from stratcraft_jupyter.codegen import DECIDED_BARS, compile_probe, compile_strategy
from stratcraft_jupyter.errors import GraphInvalidError
from stratcraft_jupyter.graph import StrategyGraph, expand_all, set_label, set_note, set_param
from stratcraft_jupyter.verify import explain_no_trades, signal_counts

TEXT = "close > highest(high, 20)[1] * 0.9 and volume > 0.5 * sma(volume, 20)"
BASE = """
bars: data.bars
up: condition.expression
range: math.expression
down: condition.expression
enter: action.enter_long
exit: action.exit_long
stop: risk.stop_loss multiple=3
bars.bars -> up.bars
bars.bars -> range.bars
bars.bars -> down.bars
range.value -> stop.distance
enter.order -> stop.entry
up.signal -> enter.when
down.signal -> exit.when
"""


def written(up: str = TEXT) -> StrategyGraph:
    graph = set_param(sketch(BASE), "up", "text", up)
    graph = set_param(graph, "range", "text", "macd(close).signal * 0 + atr(5)")
    return set_param(graph, "down", "text", "crosses_below(close, sma(close, 9))")


def test_code_begins_with_the_text_and_trades_as_the_nodes():
    source = compile_strategy(written())
    assert source.count("# Expression: close > highest(high, 20)[1] * 0.9") == 2  # init and next
    assert source.count("# Formula: macd(close).signal * 0 + atr(5)") == 1
    assert formatted(source) == source
    assert lint_findings(source) == ""
    expanded = compile_strategy(expand_all(written()))
    assert code_alone(source) == code_alone(expanded)
    found = run(source)
    assert found == run(expanded)
    assert found.fills


@pytest.mark.parametrize("attack", [*ATTACKS, *WITH_BREAKS])
def test_labels_and_notes_of_expressions_are_no_code(attack):
    plain = code_alone(compile_strategy(written()))
    line = attack.replace("\n", " ").replace("\t", " ")
    graph = set_note(set_label(written(), "up", line[:80]), "up", attack[:2_000])
    assert code_alone(compile_strategy(graph)) == plain
    with pytest.raises(GraphInvalidError):
        compile_strategy(written(f"{attack} %"))
    quoted = written(f"close > 1 and vwap('{line}') > 1")
    with pytest.raises(GraphInvalidError):
        compile_strategy(quoted)


def test_line_breaks_of_a_text_stay_in_its_comment():
    text = 'close > 1\nand\n\tpercent_move(close, direction="down")'
    source = compile_strategy(written(text))
    ast.parse(source)
    assert '# Expression: close > 1 and percent_move(close, direction="down")' in source


def test_an_expression_is_counted_as_one_signal():
    counts = signal_counts(written(), BARS)
    assert set(counts) == {DECIDED_BARS, "up", "down"}
    assert 0 < counts["up"] < counts[DECIDED_BARS]
    inner = run(compile_probe(written())).strategy.probe_counts
    assert {name: inner[name] for name in counts} == dict(counts)


def test_what_was_never_true_is_the_part_with_the_node_of_the_expression():
    (found,) = explain_no_trades(written("close > 1 and close > 1000000"), BARS)
    assert (found.code, found.node_id) == ("SC301", "up")
    said = "close > 1000000 (in up), close is above 1,000,000, was never true on any of"
    assert found.message.startswith(said)
