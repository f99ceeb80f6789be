import json
from pathlib import Path

import pytest

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import KINDS, load_template
from stratcraft_jupyter.notebook import FRONT_END_VERSION
from stratcraft_jupyter.widgets import actions, preferring
from stratcraft_jupyter.widgets.drawing import captions_json
from stratcraft_jupyter.widgets.stage import Stage

ROOT = Path(__file__).parents[2]
FIXTURES = json.loads((ROOT / "tests/fixtures/messages.json").read_text(encoding="utf-8"))


@pytest.fixture
def stage(front_end, state, look):
    return Stage(state, look)


@pytest.fixture
def canvas(front_end, state, stage):
    state.update(has_front_end=True)
    return front_end.models("StrategyCanvasModel")[0]


def test_nothing_of_ours_is_made_before_the_page_says_hello(front_end, stage):
    assert front_end.models("StrategyCanvasModel") == []
    assert front_end.models("CytoscapeModel") == []


def test_the_editor_asks_for_the_version_that_is_built():
    package = json.loads((ROOT / "labextension/package.json").read_text(encoding="utf-8"))
    wanted = FRONT_END_VERSION.removeprefix("^").split(".")
    built = package["version"].split(".")
    assert built[:2] == wanted[:2]
    assert int(built[2]) >= int(wanted[2])


def test_the_canvas_gets_the_whole_document_as_json(state, canvas):
    assert canvas.state["_model_module"] == "stratcraft-jupyter"
    assert canvas.state["document"] == json.loads(state.graph.to_json())
    assert set(canvas.state["kinds"]) == set(KINDS)
    assert canvas.state["captions"]["fast"] == {
        "title": "Fast SMA",
        "detail": "period 10 · Simple moving average",
    }
    assert canvas.state["diagnostics"] == []
    ours = ("document", "kinds", "captions", "diagnostics", "selected_nodes", "selected_edges")
    sent = {name: canvas.state[name] for name in ours}
    assert json.loads(json.dumps(sent, allow_nan=False))["document"] == sent["document"]


def test_a_change_is_one_message(front_end, state, canvas):
    front_end.messages.clear()
    actions.set_param(state, "fast", "period", 12)
    told = [data for sender, _, data in front_end.messages if sender is canvas]
    assert len(told) == 1
    assert set(told[0]["state"]) == {"document", "captions", "undo_name"}
    assert canvas.state["undo_name"] == "set period of Fast SMA 10 → 12"


def test_findings_and_selection_reach_the_canvas(state, canvas):
    actions.delete(state, ["fast"])
    assert {item["node_id"] for item in canvas.state["diagnostics"]} == {"cross_up", "cross_down"}
    state.select(["slow"])
    assert canvas.state["selected_nodes"] == ["slow"]


def test_what_is_selected_elsewhere_is_shown_on_the_canvas(front_end, state, canvas):
    state.select(["fast"])
    assert front_end.sent_to("StrategyCanvasModel") == [{"type": "reveal", "nodes": ["fast"]}]


def test_a_finding_is_gone_to(front_end, state, canvas):
    actions.delete(state, [], ["fast.value->cross_up.left"])
    finding = state.snapshot.diagnostics[0]
    for _ in range(2):  # a second press goes there again
        state.go_to(finding)
    assert state.snapshot.selected_nodes == ("cross_up",)
    going = {"type": "go_to", "node": "cross_up", "edge": None}
    sent = front_end.sent_to("StrategyCanvasModel")
    assert [message for message in sent if message["type"] == "go_to"] == [going, going]


def test_the_edge_or_the_whole_strategy_is_gone_to(front_end, state, canvas):
    edge = "fast.value->cross_up.left"
    state.select(["cross_up"])
    front_end.messages.clear()
    state.go_to(Diagnostic("SC1", "warning", "Odd.", "", "cross_up", "left", edge))
    assert state.snapshot.selected_edges == (edge,)
    assert state.snapshot.selected_nodes == ()
    assert canvas.state["selected_edges"] == [edge]
    state.go_to(Diagnostic("SC2", "warning", "Odd.", ""))
    assert state.snapshot.selected_edges == ()
    assert front_end.sent_to("StrategyCanvasModel") == [
        {"type": "go_to", "node": "cross_up", "edge": edge},
        {"type": "go_to", "node": None, "edge": None},
    ]


def test_what_is_selected_on_the_canvas_is_selected_everywhere(front_end, state, canvas):
    front_end.select(["fast", "slow"])
    assert state.snapshot.selected_nodes == ("fast", "slow")
    edge = "bars.close->fast.source"
    front_end.select(edges=[edge])
    assert state.snapshot.selected_nodes == ()
    assert state.snapshot.selected_edges == (edge,)
    assert front_end.sent_to("StrategyCanvasModel") == []


def test_a_selection_and_its_answer_are_one_message(front_end, state, canvas):
    front_end.messages.clear()
    front_end.select(["fast", "gone"], request="c-1-4")
    told = [data["state"] for sender, _, data in front_end.messages if sender is canvas]
    assert told == [{"selected_nodes": ["fast"], "selected_by": "c-1-4"}]


def test_a_selection_is_answered_when_nothing_came_of_it(front_end, state, canvas):
    front_end.select(["gone"], request="c-1-5")
    assert canvas.state["selected_by"] == "c-1-5"
    assert state.snapshot.selected_nodes == ()


class TestEdits:
    def test_move(self, front_end, state, canvas):
        front_end.edit(op="move", positions={"fast": {"x": 1.5, "y": -2}})
        assert (state.graph.layout["fast"].x, state.graph.layout["fast"].y) == (1.5, -2)
        assert state.snapshot.history.undo_name == "move Fast SMA"

    def test_connect(self, front_end, state, canvas):
        front_end.edit(op="connect", source="bars.open", target="fast.source")
        assert [edge.source for edge in state.graph.edges_into("fast")] == ["bars.open"]

    def test_delete(self, front_end, state, canvas):
        front_end.edit(op="delete", nodes=["slow"], edges=["bars.close->fast.source"])
        assert {node.id for node in state.graph.nodes}.isdisjoint({"slow"})
        assert state.graph.edges_into("fast") == ()
        front_end.edit(op="undo")
        assert len(state.graph.edges_into("fast")) == 1
        assert state.graph.node("slow")

    def test_duplicate(self, front_end, state, canvas):
        front_end.edit(op="duplicate", nodes=["fast"])
        assert canvas.state["selected_nodes"] == ["fast_2"]

    def test_add(self, front_end, state, canvas):
        front_end.edit(op="add", kind="indicator.rsi", position={"x": 480, "y": -900})
        assert (state.graph.layout["rsi"].x, state.graph.layout["rsi"].y) == (480, -900)
        assert front_end.sent_to("StrategyCanvasModel") == []

    def test_what_was_added_on_the_canvas_is_remembered_as_recent(self, front_end, state, canvas):
        preferring.set_favourite_kind(state, "logic.and", True)
        assert canvas.state["favourite_kinds"] == ["logic.and"]
        for kind in ("indicator.rsi", "logic.not"):
            front_end.edit(op="add", kind=kind, position={"x": 480, "y": -900})
        assert state.snapshot.preferences.recent_kinds == ("logic.not", "indicator.rsi")
        assert canvas.state["recent_kinds"] == ["logic.not", "indicator.rsi"]

    def test_undo_and_redo(self, front_end, state, canvas):
        actions.set_param(state, "fast", "period", 12)
        front_end.edit(op="undo")
        assert state.graph.node("fast").params["period"] == 10
        assert canvas.state["redo_name"] == "set period of Fast SMA 10 → 12"
        front_end.edit(op="redo")
        assert state.graph.node("fast").params["period"] == 12

    def test_a_refused_edit_goes_back_with_the_reason(self, front_end, state, canvas):
        before = state.graph
        edit = {"op": "connect", "source": "cross_up.signal", "target": "fast.source"}
        front_end.edit(**edit)
        (refusal,) = front_end.sent_to("StrategyCanvasModel")
        assert set(refusal) == set(FIXTURES["python_to_canvas"]["refused"])
        assert refusal["reason"] == "A signal does not fit here: Source of Fast SMA takes a series."
        assert refusal["edit"] == edit
        assert state.graph is before

    def test_an_edit_nobody_knows_is_shown_as_an_error(self, front_end, state, canvas):
        front_end.edit(op="explode")
        assert "does not understand" in state.snapshot.failure.message


class TestPlainPicture:
    @pytest.fixture
    def picture(self, front_end, state, stage):
        state.update(has_front_end=False)
        return stage

    def test_the_graph_is_drawn_and_what_is_missing_is_said(self, front_end, state, picture):
        labels = {item.state["data"]["label"] for item in front_end.models("NodeModel")}
        assert "Fast SMA\nperiod 10 · Simple moving average" in labels
        assert len(labels) == len(state.graph.nodes)
        assert "install stratcraft-jupyter" in picture.widget.children[1].value

    def test_a_changed_parameter_changes_the_label_only(self, front_end, state, picture):
        before = list(front_end.comms)
        actions.set_param(state, "fast", "period", 12)
        assert front_end.comms == before
        labels = [item.state["data"]["label"] for item in front_end.models("NodeModel")]
        assert any("period 12" in label for label in labels)

    def test_a_new_node_gives_a_new_picture_and_the_old_one_goes(self, front_end, state, picture):
        actions.add_node(state, "logic.not")
        assert len(front_end.models("NodeModel")) == len(state.graph.nodes)
        assert len(front_end.models("CytoscapeModel")) == 1

    def test_a_late_hello_still_brings_the_editor(self, front_end, state, picture):
        state.update(has_front_end=True)
        assert len(front_end.models("StrategyCanvasModel")) == 1
        assert front_end.models("NodeModel") == []
        assert len(picture.widget.children) == 1


def test_a_node_without_a_label_shows_its_parameters_alone(state):
    actions.start_from(state, "rsi_mean_reversion")
    captions = captions_json(state.graph)
    assert captions["rsi"] == {"title": "Relative strength index", "detail": "period 14"}


def test_a_comparison_says_what_it_compares(state):
    actions.replace_graph(state, load_template("donchian_turtle"))
    assert captions_json(state.graph)["break_up"]["detail"] == "close > 20-day high before"
    actions.replace_graph(state, load_template("rsi_mean_reversion"))
    assert captions_json(state.graph)["oversold"]["detail"] == "RSI < 30"
    alone = actions.add_node(state, "condition.compare")
    assert captions_json(state.graph)[alone]["detail"] == "… > 0"


def test_captions_leave_out_what_has_no_effect(state):
    assert captions_json(state.graph)["cross_up"]["detail"] == "Crosses above"
