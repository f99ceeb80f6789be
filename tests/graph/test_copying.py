"""Copied nodes as text: what comes out goes in again, and nothing else does."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import valid_graphs

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import (
    Position,
    add_comment,
    add_frame,
    add_part,
    as_text,
    duplicate_nodes,
    from_text,
    load_template,
    move_nodes,
    part_of,
    shift_to,
)

SMA = load_template("sma_cross")
FRAMED, FRAME = add_frame(SMA, ["fast", "slow"], (0, 0, 500, 400), "Averages")
FULL, COMMENT = add_comment(FRAMED, (0, 500, 200, 90), "Why")


@given(st.data())
@settings(deadline=None, max_examples=30)
def test_a_copied_part_comes_back_under_free_ids(data):
    graph = data.draw(valid_graphs())
    chosen = data.draw(st.sets(st.sampled_from([node.id for node in graph.nodes]), min_size=1))
    part = from_text(as_text(part_of(graph, chosen)))
    assert {node.id for node in part.nodes} == chosen
    after, added = add_part(graph, part, (10, 10))
    assert len(added) == len(chosen)
    assert not set(added) & {node.id for node in graph.nodes}
    assert len(after.nodes) == len(graph.nodes) + len(chosen)
    inner = [e for e in graph.edges if {e.source_node, e.target_node} <= chosen]
    assert len(after.edges) == len(graph.edges) + len(inner)


def test_frames_and_comments_are_copied_with_their_nodes():
    part = from_text(as_text(part_of(FULL, ["fast", "slow"], [FRAME, COMMENT])))
    after, added = add_part(FULL, part, shift_to(part, (1_000, 1_000)))
    assert [frame.nodes for frame in after.layout.frames] == [("fast", "slow"), added]
    assert [item.text for item in after.layout.comments] == ["Why", "Why"]
    corners = [after.layout[name] for name in added] + list(after.layout.frames)[1:]
    assert min(at.x for at in corners) == min(at.y for at in corners) == 1_000


def test_copies_stay_on_the_canvas():
    far = move_nodes(SMA, {"fast": (1e6, -1e6), "slow": (-1e6, 1e6)})
    copied = duplicate_nodes(far, ["fast", "slow"])
    assert copied.layout["fast_2"] == Position(x=1e6, y=-999_960)
    assert copied.layout["slow_2"] == Position(x=-999_960, y=1e6)


def test_the_text_names_itself():
    data = json.loads(as_text(part_of(SMA, ["fast"])))
    assert data["stratcraft"] == "nodes"
    assert data["version"] == 1


GOOD = json.loads(as_text(part_of(SMA, ["fast", "cross_up"])))
BAD = {
    "no JSON": "hello",
    "no object": "[]",
    "nothing": "",
    "another program's": '{"nodes": []}',
    "a strategy": SMA.to_json(),
    "no nodes": json.dumps({**GOOD, "nodes": [], "edges": [], "layout": {}}),
    "an unknown key": json.dumps({**GOOD, "run": "rm"}),
    "a newer version": json.dumps({**GOOD, "version": 2}),
    "an edge to nothing": json.dumps({**GOOD, "nodes": GOOD["nodes"][:1]}),
    "a wrong id": json.dumps({**GOOD, "nodes": [{"id": "A b", "kind": "x.y"}]}),
    "NaN": json.dumps(GOOD).replace(": 10", ": NaN"),
    "too deep": '{"stratcraft": "nodes", "nodes": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "too large": '{"stratcraft": "nodes", "x": "' + "a" * 6_000_000 + '"}',
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_other_texts_are_refused_with_what_to_do(text):
    with pytest.raises(GraphEditError) as raised:
        from_text(text)
    assert "Nothing was pasted" in raised.value.hint
    assert len(raised.value.message) < 600
