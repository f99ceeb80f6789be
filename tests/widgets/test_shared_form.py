"""The form of several selected nodes."""

from stratcraft_jupyter.widgets.inspector import Inspector


def field(inspector, title):
    form = inspector.widget.children[2]
    controls = [item.children[0] for item in form.children]
    return next(item for item in controls if item.description.startswith(title))


def test_a_value_typed_for_several_nodes_is_one_edit(front_end, state, look):
    inspector = Inspector(state, look)
    state.select(["fast", "slow"])
    period = field(inspector, "Period")
    assert period.value == ""
    assert period.placeholder == "several values"
    period.value = "21"
    assert [state.graph.node(name).params["period"] for name in ("fast", "slow")] == [21, 21]
    assert state.snapshot.history.undo_name == "set period of 2 nodes → 21"
    assert field(inspector, "Period").value == "21"
    state.undo()
    assert field(inspector, "Period").value == ""


def test_a_value_that_cannot_be_is_refused_for_all(front_end, state, look):
    inspector = Inspector(state, look)
    state.select(["fast", "slow"])
    before = state.graph
    field(inspector, "Period").value = "0"
    assert state.graph is before
    assert state.snapshot.refused


def test_nodes_of_several_kinds_show_what_they_share(front_end, state, look):
    inspector = Inspector(state, look)
    state.select(["fast", "bars"])
    assert inspector.widget.children[2].children == ()
