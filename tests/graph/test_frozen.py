"""Documents are values: they cannot be changed, and can be copied, compared and sent."""

import copy
import pickle

import pytest
from pydantic import ValidationError

from stratcraft_jupyter.graph import (
    Node,
    StrategyGraph,
    load_template,
)

SMA_CROSS = load_template("sma_cross")


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
