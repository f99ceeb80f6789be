"""The form of a node: its live reading, its star, the way to its first field."""

import pytest

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.providers.preferences import read_preferences
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.inspector import Inspector


@pytest.fixture
def inspector(front_end, state, look):
    return Inspector(state, look)


def head(inspector):
    return inspector.widget.children[1].children[0].children[0].value


def test_the_reading_is_one_sentence_and_follows_each_edit(state, inspector):
    state.select(["cross_up"])
    assert "True when SMA(10) of close crosses above SMA(30) of close." in head(inspector)
    actions.set_param(state, "fast", "period", 12)
    assert "True when SMA(12) of close crosses above" in head(inspector)
    actions.disconnect(state, "slow.value", "cross_up.right")
    assert g.node_sentence(state.graph, "cross_up") in head(inspector)


def test_a_star_makes_a_favourite_and_takes_it_away(state, inspector, find):
    state.select(["fast"])
    star = find(inspector.widget, icon="star-o")
    assert star.tooltip.startswith("Keep Simple moving average on top")
    star.click()
    assert read_preferences()[0].favourite_kinds == ("indicator.sma",)
    assert star.icon == "star"
    star.click()
    assert read_preferences()[0].favourite_kinds == ()


def test_the_cursor_goes_to_the_first_parameter_or_the_name(front_end, state, inspector, find):
    inspector.focus()
    state.select(["fast"])
    inspector.focus()
    state.select(["bars"])
    inspector.focus()
    focused = [
        sender.state.get("description")
        for sender, _, data in front_end.messages
        if data.get("method") == "custom" and data["content"].get("do") == "focus"
    ]
    assert focused == ["Period (1 to 5,000 bars)", "Name"]


def test_a_node_is_disabled_and_enabled_again(state, inspector, find):
    state.select(["fast"])
    find(inspector.widget, description="Disable").click()
    assert not state.graph.node("fast").enabled
    assert "Disabled: it has no part in the strategy." in head(inspector)
    find(inspector.widget, description="Enable").click()
    assert state.graph.node("fast").enabled
    assert "Disabled" not in head(inspector)


def test_what_is_selected_is_named(state, inspector, find):
    chooser = find(inspector.widget, description="Selected")
    state.select(edges=["bars.close->fast.source"])
    assert chooser.options[0] == ("a connection", "")
    state.select(["fast", "exit_long"])
    assert chooser.options[0] == ("several", "")
    assert "They have no settings in common." in inspector.widget.children[1].value


def test_what_was_typed_for_one_strategy_is_not_asked_of_the_next(state, inspector, find):
    state.select(["exit_long"])
    find(inspector.widget, description="Name").value = "x" * 81
    assert state.snapshot.refused
    actions.start_from(state, "triple_sma")
    assert state.snapshot.refused == ()
    state.select(["exit_long"])
    assert find(inspector.widget, description="Name").value == ""


def test_what_arrives_after_another_node_was_selected_still_counts(
    front_end, state, inspector, find
):
    state.select(["fast"])
    page_of = find(inspector.widget, description="Period (1 to 5,000 bars)").comm
    state.select(["slow"])
    front_end.set(page_of, value="15")
    assert state.graph.node("fast").params["period"] == 15
    assert state.snapshot.selected_nodes == ("slow",)
    for node_id in ("cross_up", "fast"):
        state.select([node_id])
    assert page_of not in front_end.comms
