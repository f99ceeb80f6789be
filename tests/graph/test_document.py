"""Documents: what loads is what was written, saves unchanged, hashes by meaning, never changes."""

import copy
import json
import pickle
from datetime import date

import pytest
import strategies
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import (
    BacktestSettings,
    Edge,
    Node,
    Position,
    StrategyGraph,
    list_templates,
    load_template,
    remove_nodes,
    set_backtest,
    set_description,
    set_label,
    set_name,
    set_note,
    set_param,
)
from stratcraft_jupyter.graph.frozen import FrozenMap
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


# --- hash ----------------------------------------------------------------------------------------

SAME_MEANING = {
    "layout": lambda g: g.model_copy(update={"layout": FrozenMap({"fast": Position(x=1, y=2)})}),
    "no layout": lambda g: g.model_copy(update={"layout": FrozenMap()}),
    "label": lambda g: set_label(g, "fast", "Quick"),
    "note": lambda g: set_note(g, "fast", "Why 10?"),
    "2.0 for 2": lambda g: set_backtest(g, cash=100_000),
    "0.0 for -0.0": lambda g: set_backtest(g, slippage=-0.0),
}
OTHER_MEANING = {
    "name": lambda g: set_name(g, "Other"),
    "description": lambda g: set_description(g, "Other"),
    "parameter": lambda g: set_param(g, "fast", "period", 11),
    "fewer nodes": lambda g: remove_nodes(g, ["exit_long"]),
    "kind": lambda g: _with_node(g, "fast", kind="indicator.ema"),
    "edge": lambda g: StrategyGraph.model_validate(
        {**dict(g), "edges": (*g.edges[1:], Edge(source="bars.open", target="fast.source"))}
    ),
    **{
        f"backtest {name}": lambda g, name=name, value=value: set_backtest(g, **{name: value})
        for name, value in {
            "source": "csv",
            "symbol": "IBM",
            "start": date(2001, 1, 1),
            "end": date(2001, 1, 1),
            "timeframe": "1w",
            "cash": 1.0,
            "commission": 0.0,
            "slippage": 0.1,
            "sizing_percent": 1.0,
        }.items()
    },
}


def _with_node(graph: StrategyGraph, node_id: str, **changes: object) -> StrategyGraph:
    nodes = [
        Node.model_validate({**dict(node), **(changes if node.id == node_id else {})})
        for node in graph.nodes
    ]
    return StrategyGraph.model_validate({**dict(graph), "nodes": tuple(nodes)})


@pytest.mark.parametrize("change", SAME_MEANING.values(), ids=SAME_MEANING)
def test_the_hash_ignores_what_does_not_change_the_meaning(change):
    changed = change(SMA_CROSS)
    assert changed.hash == SMA_CROSS.hash


@pytest.mark.parametrize("change", OTHER_MEANING.values(), ids=OTHER_MEANING)
def test_the_hash_changes_with_everything_else(change):
    assert change(SMA_CROSS).hash != SMA_CROSS.hash


def test_every_setting_of_the_backtest_counts_in_the_hash():
    tried = {name.removeprefix("backtest ") for name in OTHER_MEANING if "backtest" in name}
    assert tried == set(BacktestSettings.model_fields)


@pytest.mark.parametrize(("one", "other"), [(2, 2.0), (0.0, -0.0), (-3, -3.0)])
def test_equal_numbers_hash_alike(one, other):
    assert with_param(one).hash == with_param(other).hash


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), (2, "2"), (2, 2.5)])
def test_different_values_hash_differently(one, other):
    assert with_param(one).hash != with_param(other).hash


def test_the_hash_stays_the_same_between_releases():
    assert StrategyGraph(name="Fixed").hash == (
        "122978417efd78601288e2340d81a3eae443844ec0fe622bc4309fa31d56451c"
    )


# --- values --------------------------------------------------------------------------------------

CHANGES = {
    "graph": lambda g: setattr(g, "name", "x"),
    "new attribute": lambda g: setattr(g, "other", "x"),
    "deleted": lambda g: delattr(g, "name"),
    "node": lambda g: setattr(g.nodes[0], "label", "x"),
    "edge": lambda g: setattr(g.edges[0], "source", "x.y"),
    "settings": lambda g: setattr(g.backtest, "cash", 1.0),
    "position": lambda g: setattr(g.layout["fast"], "x", 1.0),
    "nodes": lambda g: g.nodes.__setitem__(0, None),
    "params": lambda g: g.node("fast").params.__setitem__("period", 1),
    "params removed": lambda g: g.node("fast").params.__delitem__("period"),
    "params attribute": lambda g: setattr(g.node("fast").params, "period", 1),
    "layout": lambda g: g.layout.__setitem__("fast", None),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_document_cannot_be_changed(change):
    before = SMA_CROSS.to_json()
    with pytest.raises((ValidationError, AttributeError, TypeError)):
        change(SMA_CROSS)
    assert SMA_CROSS.to_json() == before


def test_a_document_does_not_follow_the_dict_it_was_made_from():
    params = {"period": 5}
    node = Node(id="n", kind="indicator.sma", params=params)
    params["period"] = 6
    assert node.params == {"period": 5}


@pytest.mark.parametrize(
    "copied",
    [
        copy.copy,
        copy.deepcopy,
        *(
            lambda graph, protocol=protocol: pickle.loads(pickle.dumps(graph, protocol))
            for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)
        ),
    ],
)
def test_a_document_can_be_copied_and_sent(copied):
    again = copied(SMA_CROSS)
    assert again == SMA_CROSS
    assert hash(again) == hash(SMA_CROSS)
    assert again.hash == SMA_CROSS.hash
    assert again.edges_into("fast") == SMA_CROSS.edges_into("fast")


def test_looking_things_up_does_not_change_what_a_document_equals():
    fresh, used = (StrategyGraph.from_json(SMA_CROSS.to_json()) for _ in range(2))
    used.node("fast"), used.edges_into("fast"), used.edges_from("fast")
    assert fresh == used
    assert hash(fresh) == hash(used)
    assert repr(fresh) == repr(used)
    assert fresh.model_dump() == used.model_dump()


def test_a_document_prints_its_parts():
    assert "id='fast', kind='indicator.sma', params={'period': 10}" in repr(SMA_CROSS)


# --- lookups -------------------------------------------------------------------------------------


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
