"""Documents: what loads is what was written, and is saved unchanged."""

import json
from datetime import date

import pytest
import strategies
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import (
    Edge,
    Node,
    StrategyGraph,
    list_templates,
    load_template,
    set_backtest,
    set_name,
)
from stratcraft_jupyter.graph.reading import MAX_BYTES

SMA_CROSS = load_template("sma_cross")


def as_file(document: dict) -> str:
    """How the file of a document looks: sorted by keys, nodes by id, edges by their ends."""
    nodes = sorted(document["nodes"], key=lambda node: node["id"])
    edges = sorted(document["edges"], key=lambda edge: f"{edge['source']}->{edge['target']}")
    sorted_document = {**document, "nodes": nodes, "edges": edges}
    return json.dumps(sorted_document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


@settings(max_examples=60)
@given(strategies.documents())
def test_a_loaded_document_is_what_was_written(document):
    graph = StrategyGraph.from_json(json.dumps(document))
    assert graph.to_json() == as_file(document)


@settings(max_examples=60)
@given(strategies.documents())
def test_a_document_survives_save_and_load(tmp_path_factory, document):
    path = tmp_path_factory.getbasetemp() / "drawn.strategy.json"
    graph = StrategyGraph.from_json(json.dumps(document))
    path.unlink(missing_ok=True)
    graph.save(path)
    again = StrategyGraph.load(path)
    assert again == graph
    assert again.to_json() == graph.to_json()
    assert again.hash == graph.hash
    again.save(path)  # over itself
    assert path.read_text(encoding="utf-8") == graph.to_json()


@settings(max_examples=40)
@given(strategies.documents(), st.randoms(use_true_random=False))
def test_the_order_of_nodes_edges_and_keys_does_not_matter(document, random):
    def shuffled(value):
        if isinstance(value, dict):
            items = list(value.items())
            random.shuffle(items)
            return {key: shuffled(item) for key, item in items}
        if isinstance(value, list):
            return random.sample([shuffled(item) for item in value], len(value))
        return value

    graph = StrategyGraph.from_json(json.dumps(document))
    again = StrategyGraph.from_json(json.dumps(shuffled(document)))
    assert again == graph
    assert again.to_json() == graph.to_json()


def with_param(value) -> StrategyGraph:
    node = Node(id="n", kind="some.kind", params={"p": value})
    return StrategyGraph(nodes=(node,))


@given(strategies.values)
@example(10**15)
@example(-(10**15))
@example(-0.0)
@example(5e-324)
@example(1.7976931348623157e308)
@example(True)
@example("\u202e\U0001f680 \n\t\ufeff")
def test_a_parameter_keeps_its_value_and_type(value):
    again = StrategyGraph.from_json(with_param(value).to_json())
    kept = again.node("n").params["p"]
    assert (repr(kept), type(kept)) == (repr(value), type(value))


@pytest.mark.parametrize("value", [10**15 + 1, -(10**15) - 1, 10**18, float("nan"), float("inf")])
def test_a_number_that_would_not_be_kept_is_refused(value):
    with pytest.raises(ValidationError):
        with_param(value)


def test_the_longest_parts_load():
    node = Node(
        id="n" * 40, kind=f"{'k' * 40}.{'k' * 40}", label="\U0001f680" * 80, note="\u4e2d" * 2_000
    )
    graph = StrategyGraph(name="n" * 120, description="\n" * 4_000, nodes=(node,))
    assert StrategyGraph.from_json(graph.to_json()) == graph


def test_the_first_and_last_days_load():
    graph = set_backtest(SMA_CROSS, start=date.min, end=date.max)
    again = StrategyGraph.from_json(graph.to_json())
    assert (again.backtest.start, again.backtest.end) == (date(1, 1, 1), date(9999, 12, 31))


def test_everything_but_the_version_can_be_left_out():
    assert StrategyGraph.from_json('{"schema_version": 1}') == StrategyGraph()


def test_a_byte_order_mark_is_accepted():
    text = '\ufeff{"schema_version": 1}'
    assert (
        StrategyGraph.from_json(text) == StrategyGraph.from_json(text.encode()) == StrategyGraph()
    )


def test_a_file_is_readable_utf_8():
    text = set_name(SMA_CROSS, "Größe 大小").to_json()
    assert '"name": "Größe 大小"' in text
    assert text.endswith("}\n")


def test_the_largest_document_with_long_notes_can_be_opened_again(tmp_path):
    notes = [Node(id=f"n{number}", kind="data.bars", note="中" * 2_000) for number in range(800)]
    graph = StrategyGraph(nodes=tuple(notes))
    path = tmp_path / "large.strategy.json"
    graph.save(path)
    assert 4_800_000 < path.stat().st_size < MAX_BYTES
    assert StrategyGraph.load(path) == graph


@pytest.mark.parametrize("template", list_templates(), ids=lambda template: template.name)
def test_a_template_is_what_its_file_says_twice_over(template):
    graph = load_template(template.name)
    assert StrategyGraph.from_json(graph.to_json()) == graph
    assert (template.title, template.description) == (graph.name, graph.description)


@settings(max_examples=40)
@given(strategies.documents())
def test_edges_are_found_at_their_ends(document):
    graph = StrategyGraph.from_json(json.dumps(document))
    for node in graph.nodes:
        into = tuple(edge for edge in graph.edges if edge.target_node == node.id)
        out = tuple(edge for edge in graph.edges if edge.source_node == node.id)
        assert (graph.edges_into(node.id), graph.edges_from(node.id)) == (into, out)
        for edge in into:
            port = edge.target_port
            at_port = tuple(item for item in into if item.target_port == port)
            assert graph.edges_into(node.id, port) == at_port
        for edge in out:
            port = edge.source_port
            at_port = tuple(item for item in out if item.source_port == port)
            assert graph.edges_from(node.id, port) == at_port


def test_no_edges_at_what_does_not_exist():
    assert SMA_CROSS.edges_into("nobody") == SMA_CROSS.edges_from("fast", "nothing") == ()


def test_an_edge_names_its_ends():
    edge = Edge(source="bars.close", target="fast.source")
    assert str(edge) == "bars.close->fast.source"
    assert (edge.source_node, edge.source_port) == ("bars", "close")
    assert (edge.target_node, edge.target_port) == ("fast", "source")


def test_a_misspelt_node_gets_a_hint():
    with pytest.raises(UnknownNameError, match=r"no node named 'fastt'\. Did you mean 'fast'\?"):
        SMA_CROSS.node("fastt")


def test_lists_of_nodes_and_edges_are_as_good_as_tuples() -> None:
    listed = StrategyGraph(nodes=list(SMA_CROSS.nodes), edges=list(SMA_CROSS.edges))
    assert (listed.nodes, listed.edges) == (SMA_CROSS.nodes, SMA_CROSS.edges)
    assert isinstance(listed.nodes, tuple)
