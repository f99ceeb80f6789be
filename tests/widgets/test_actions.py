import pytest

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.graph import load_template
from stratcraft_jupyter.widgets import actions, canvas_actions

EDITS = {
    "add Relative strength index": lambda s: actions.add_node(s, "indicator.rsi"),
    "delete Fast SMA": lambda s: actions.delete(s, ["fast"]),
    "delete 2 nodes": lambda s: actions.delete(s, ["fast", "slow"]),
    "delete Fast SMA and connection": lambda s: actions.delete(
        s, ["fast"], ["bars.close->slow.source"]
    ),
    "delete connection": lambda s: actions.delete(s, [], ["bars.close->slow.source"]),
    "duplicate Fast SMA": lambda s: canvas_actions.duplicate(s, ["fast"]),
    "connect Bars → Slow SMA in place of Close": lambda s: actions.connect(
        s, "bars.open", "slow.source"
    ),
    "disconnect Bars → Slow SMA": lambda s: actions.disconnect(s, "bars.close", "slow.source"),
    "connect Bars → Fast SMA": lambda s: actions.reconnect(
        s, "bars.close", "bars.high", "fast.source"
    ),
    "move Fast SMA": lambda s: canvas_actions.move(s, {"fast": (1.0, 2.0)}),
    "move 2 nodes": lambda s: canvas_actions.move(s, {"fast": (1.0, 2.0), "slow": (3.0, 4.0)}),
    "set period of Fast SMA 10 → 12": lambda s: actions.set_param(s, "fast", "period", 12),
    "rename Fast SMA": lambda s: actions.set_label(s, "fast", " Quick "),
    "change note of Fast SMA": lambda s: actions.set_note(s, "fast", "why ten"),
    "set period of 2 nodes → 7": lambda s: actions.set_shared_param(
        s, ["fast", "slow"], "period", 7
    ),
    "disable Fast SMA": lambda s: actions.enable(s, ["fast"], False),
    "delete Fast SMA and reconnect": lambda s: actions.delete_and_reconnect(s, ["fast"]),
    "reconnect Bars → Fast SMA": lambda s: actions.move_end(
        s, "bars.close->fast.source", "bars.open", "fast.source"
    ),
    "add Exponential moving average to Bars": lambda s: actions.add_node(
        s, "indicator.ema", join=actions.Port("bars.close", is_output=True)
    ),
    "add Exponential moving average into Bars → Fast SMA": lambda s: actions.add_node(
        s, "indicator.ema", into="bars.close->fast.source"
    ),
    "align 2 nodes left": lambda s: canvas_actions.move(
        s, {"fast": (1.0, 2.0), "slow": (1.0, 4.0)}, how="left"
    ),
    "frame 2 nodes": lambda s: canvas_actions.add_frame(s, ["fast", "slow"], (0, 0, 400, 300)),
    "add comment": lambda s: canvas_actions.add_comment(s, (0, 0, 200, 100), "Why"),
    "set cash": lambda s: actions.set_backtest(s, cash=5000.0),
    "rename strategy": lambda s: actions.set_name(s, "Mine"),
    "start from MACD cross": lambda s: actions.start_from(s, "macd_cross"),
}


@pytest.mark.parametrize("name", EDITS)
def test_each_action_is_one_named_step(state, name):
    before = state.graph
    EDITS[name](state)
    assert state.graph != before
    assert state.snapshot.history.undo_name == name
    state.undo()
    assert state.graph == before
    assert state.snapshot.history.undo_name is None


def test_a_new_node_is_selected_and_covers_no_other(state):
    for selected in (["bars"], ["bars"], [], [], ["fast"]):
        state.select(selected)
        added = actions.add_node(state, "indicator.sma")
        assert state.snapshot.selected_nodes == (added,)
    places = [(place.x, place.y) for place in state.graph.layout.values()]
    assert len(places) == len(state.graph.nodes)
    for number, (x, y) in enumerate(places):
        for other_x, other_y in places[number + 1 :]:
            assert abs(x - other_x) >= 190 or abs(y - other_y) >= 90


def test_a_new_node_goes_right_of_the_selected_one(state):
    state.select(["exit_long"])
    added = actions.add_node(state, "logic.not")
    place, anchor = state.graph.layout[added], state.graph.layout["exit_long"]
    assert place.x > anchor.x
    assert place.y == anchor.y


def test_the_first_node_of_all_has_a_place():
    empty = load_template("sma_cross").model_copy(update={"nodes": (), "edges": (), "layout": {}})
    graph = g.add_node(empty, "data.bars")
    place = g.place_node(graph, "bars").layout["bars"]
    assert (place.x, place.y) == (0.0, 0.0)


def test_copies_are_selected_with_the_edges_among_them(state):
    canvas_actions.duplicate(state, ["fast", "cross_up"])
    copies = state.snapshot.selected_nodes
    assert copies == ("cross_up_2", "fast_2")
    assert [str(edge) for edge in state.graph.edges_into("cross_up_2")] == [
        "fast_2.value->cross_up_2.left"
    ]


def test_deleting_nothing_is_no_step(state):
    actions.delete(state, [], [])
    assert state.snapshot.history.undo_name is None


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: actions.connect(s, "cross_up.signal", "fast.source"),
        lambda s: actions.disconnect(s, "bars.open", "fast.source"),
        lambda s: actions.delete(s, ["nobody"]),
        lambda s: canvas_actions.duplicate(s, ["nobody"]),
        lambda s: canvas_actions.move(s, {"nobody": (0, 0)}),
        lambda s: actions.add_node(s, "indicator.magic"),
        lambda s: actions.set_label(s, "fast", "two\nlines"),
        lambda s: actions.set_backtest(s, cash=-1.0),
        lambda s: actions.start_from(s, "nothing"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(state, edit):
    before = state.snapshot
    with pytest.raises(StratCraftError):
        edit(state)
    assert state.snapshot is before
