"""The probe trades as the strategy does, and counts how often its signals were true."""

import ast

import pytest
from hypothesis import given, settings
from sketch import LONG, sketch
from strategies import valid_graphs

from codegen.emitted import BARS, run
from stratcraft_jupyter.codegen import DECIDED_BARS, compile_probe, compile_strategy
from stratcraft_jupyter.errors import GraphInvalidError
from stratcraft_jupyter.graph import rename_node

COUNTED = """
bars: data.bars
average: indicator.sma period=5
above: condition.compare value=30
cross: condition.crosses_above value=30
either: logic.or
enter: action.enter_long
exit: action.exit_long
bars.close -> average.source
average.value -> above.left
bars.close -> cross.left
above.signal -> either.signals
cross.signal -> either.signals
either.signal -> enter.when
cross.signal -> exit.when
"""


def test_signals_and_bars_are_counted():
    counts = run(compile_probe(sketch(COUNTED))).strategy.probe_counts
    averages = [BARS.close[end - 5 : end].mean() for end in range(5, len(BARS) + 1)]
    assert set(counts) == {DECIDED_BARS, "above", "cross", "either"}
    assert counts[DECIDED_BARS] == len(averages)
    assert counts["above"] == sum(average > 30 for average in averages)
    assert 0 < counts["cross"] < counts["either"] < len(averages)


@settings(max_examples=25)
@given(valid_graphs(plain=True))
def test_a_probe_trades_as_the_strategy(graph):
    probed = run(compile_probe(graph))
    assert probed == run(compile_strategy(graph))
    counts = probed.strategy.probe_counts
    assert counts[DECIDED_BARS] <= len(BARS)
    assert all(0 <= count <= counts[DECIDED_BARS] for count in counts.values())


@pytest.mark.parametrize("name", ["probe_counts", "decided_bars", "bool"])
def test_a_node_id_that_clashes_changes_nothing(name):
    plain = run(compile_probe(sketch(COUNTED)))
    renamed = run(compile_probe(rename_node(sketch(COUNTED), "cross", name)))
    assert renamed == plain
    assert renamed.strategy.probe_counts[name] == plain.strategy.probe_counts["cross"]


def test_the_strategy_itself_has_no_trace_of_it():
    assert "probe" not in compile_strategy(sketch(LONG))
    ast.parse(compile_probe(sketch(LONG)))


def test_a_strategy_with_errors_is_not_compiled():
    with pytest.raises(GraphInvalidError):
        compile_probe(sketch())
