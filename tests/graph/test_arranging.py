"""Frames and comments: kept in the layout, outside what the strategy means."""

import json

import pytest

from stratcraft_jupyter.errors import GraphEditError, GraphFileError, UnknownNameError
from stratcraft_jupyter.graph import (
    StrategyGraph,
    add_comment,
    add_frame,
    duplicate_nodes,
    expand,
    fold,
    load_template,
    move_nodes,
    remove_areas,
    remove_nodes,
    rename_node,
    resize_area,
    write_area,
)
from stratcraft_jupyter.graph.layout import MAX_COMMENTS

SMA = load_template("sma_cross")
FRAMED, FRAME = add_frame(SMA, ["fast", "slow"], (-1_000, -1_000, 5_000, 5_000), "Averages")
FULL, COMMENT = add_comment(FRAMED, (0, 500, 200, 90), "Why\nthis")


def frame_nodes(graph: StrategyGraph) -> list[tuple[str, ...]]:
    return [frame.nodes for frame in graph.layout.frames]


def test_they_are_saved_in_the_layout_and_loaded_again():
    layout = json.loads(FULL.to_json())["layout"]
    assert layout["frames"][0]["nodes"] == ["fast", "slow"]
    assert layout["comments"][0]["text"] == "Why\nthis"
    assert StrategyGraph.from_json(FULL.to_json()) == FULL
    assert "frames" not in SMA.to_json()


def test_they_change_no_meaning_but_are_part_of_the_document():
    assert FULL.hash == SMA.hash
    assert FULL != SMA
    assert write_area(FULL, COMMENT, "Other") != FULL


EDITS = {
    "move": lambda g: move_nodes(g, {"bars": (1.0, 2.0)}),
    "duplicate": lambda g: duplicate_nodes(g, ["cross_up"]),
    "remove": lambda g: remove_nodes(g, ["cross_up"]),
    "rename": lambda g: rename_node(g, "cross_up", "crossing"),
    "fold": lambda g: fold(g, "cross_up.signal"),
    "fold and expand": lambda g: expand(fold(g, "cross_up.signal"), "cross_up"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_no_edit_of_nodes_loses_them(edit):
    after = edit(FULL)
    assert [frame.title for frame in after.layout.frames] == ["Averages"]
    assert after.layout.comments == FULL.layout.comments


def test_a_frame_follows_its_nodes():
    assert frame_nodes(remove_nodes(FULL, ["fast"])) == [("slow",)]
    assert frame_nodes(rename_node(FULL, "fast", "quick")) == [("quick", "slow")]


def test_a_node_is_in_the_smallest_frame_it_was_moved_into():
    two, _ = add_frame(FULL, [], (9_000, 0, 300, 300))
    assert frame_nodes(move_nodes(two, {"fast": (9_100, 100)})) == [("slow",), ("fast",)]
    assert frame_nodes(move_nodes(two, {"fast": (50_000, 0)})) == [("slow",), ()]


def test_a_frame_that_is_resized_holds_what_is_in_it():
    x, y = FULL.layout["slow"].x, FULL.layout["slow"].y
    assert frame_nodes(resize_area(FULL, FRAME, (x - 50, y - 20, 100, 40))) == [("slow",)]


def test_a_moved_frame_moves_alone_unless_its_nodes_are_moved_too():
    moved = move_nodes(FULL, {}, areas={FRAME: (7.0, 8.0), COMMENT: (1.0, 2.0)})
    assert (moved.layout.frames[0].x, moved.layout.frames[0].y) == (7, 8)
    assert (moved.layout.comments[0].x, moved.layout.comments[0].y) == (1, 2)
    assert dict(moved.layout) == dict(FULL.layout)


def test_they_are_removed_and_their_nodes_stay():
    bare = remove_areas(FULL, [FRAME, COMMENT])
    assert bare == SMA


REFUSED = {
    "no such area": (lambda: write_area(FULL, "nobody", "x"), UnknownNameError),
    "a title of two lines": (lambda: write_area(FULL, FRAME, "a\nb"), GraphEditError),
    "a text that is too long": (lambda: write_area(FULL, COMMENT, "x" * 2_001), GraphEditError),
    "no width": (lambda: resize_area(FULL, FRAME, (0, 0, 0, 50)), GraphEditError),
    "far away": (lambda: move_nodes(FULL, {}, areas={FRAME: (1e9, 0.0)}), GraphEditError),
    "no such node": (lambda: add_frame(SMA, ["nobody"], (0, 0, 90, 90)), UnknownNameError),
}


@pytest.mark.parametrize(("edit", "error"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused(edit, error):
    with pytest.raises(error):
        edit()


def file(**layout: object) -> str:
    return json.dumps({**json.loads(SMA.to_json()), "layout": layout})


AREA = {"id": "a", "x": 0, "y": 0, "width": 100, "height": 50}
BAD = {
    "layout.frames[0].colour: this key is not known here": {"frames": [{**AREA, "colour": "red"}]},
    "layout.frames[0].width": {"frames": [{**AREA, "width": -5}]},
    "layout.comments[0].text: control characters": {"comments": [{**AREA, "text": "\x07"}]},
    "layout.comments[0].id: use lower-case letters": {"comments": [{**AREA, "id": "A"}]},
    "layout.frames": {"frames": {"x": 1, "y": 1}},
    "holds 'gone', which is no node": {"frames": [{**AREA, "nodes": ["gone"]}]},
    "is in two frames": {
        "frames": [{**AREA, "nodes": ["fast"]}, {**AREA, "id": "b", "nodes": ["fast"]}]
    },
    "names a node twice": {"frames": [{**AREA, "nodes": ["fast", "fast"]}]},
    "two frames or comments have the id 'a'": {"frames": [AREA], "comments": [AREA]},
    "layout.comments: Tuple should have at most": {
        "comments": [{**AREA, "id": f"a{n}"} for n in range(MAX_COMMENTS + 1)]
    },
}


@pytest.mark.parametrize(("reason", "layout"), BAD.items(), ids=range(len(BAD)))
def test_a_bad_file_is_refused_with_the_place(reason, layout):
    with pytest.raises(GraphFileError) as raised:
        StrategyGraph.from_json(file(**layout))
    assert reason in raised.value.message


def test_no_node_can_have_the_name_of_a_part_of_the_layout():
    with pytest.raises(GraphEditError, match="cannot be called 'frames'"):
        rename_node(SMA, "fast", "frames")


def test_the_schema_knows_them():
    schema = StrategyGraph.model_json_schema()
    shape = schema["$defs"][schema["properties"]["layout"]["$ref"].rpartition("/")[2]]
    assert {"frames", "comments"} <= shape["properties"].keys()
    assert "enabled" in schema["$defs"]["Node"]["properties"]
