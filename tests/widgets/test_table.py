"""The table, its lists of what fits, and the plain-English view, driven through their comms."""

import pytest

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.graph import KINDS, StrategyGraph, as_table
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.reading import ReadingView
from stratcraft_jupyter.widgets.snapshot import Snapshot
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table import TableView
from stratcraft_jupyter.widgets.table.gaps import Gap, gap_of
from stratcraft_jupyter.widgets.table.offers import offers
from stratcraft_jupyter.widgets.views import Views


class Hand:
    """What a user does in the table."""

    def __init__(self, front_end, state, view):
        self.front_end = front_end
        self.state = state
        self.view = view

    def lists(self):
        return [item for item in below(self.view.widget) if hasattr(item, "_options_labels")]

    def shown(self):
        """The texts of all buttons in sight."""
        return [text for item in self.lists() for text in item._options_labels]

    def press(self, text, among=None):
        (found,) = [
            item
            for item in self.lists()
            if text in item._options_labels and (among is None or item.description == among)
        ]
        index = found._options_labels.index(text)
        if found.index != index:
            self.front_end.set(found.comm, index=index)
        self.front_end.send(found.comm, {"event": "click"})

    def click(self, tooltip):
        (found,) = [
            item for item in below(self.view.widget) if getattr(item, "tooltip", None) == tooltip
        ]
        found.click()

    def search(self, text):
        (field,) = [
            item for item in below(self.view.widget) if getattr(item, "continuous_update", False)
        ]
        field.value = text
        return field

    def take(self, text):
        """Types into the list of what fits and presses Enter."""
        self.front_end.send(self.search(text).comm, {"event": "submit"})


def below(widget):
    if "jp-StratCraft-hidden" in getattr(widget, "_dom_classes", ()):
        return
    yield widget
    for child in getattr(widget, "children", ()):
        yield from below(child)


@pytest.fixture
def ready():
    return []


@pytest.fixture
def table(front_end, state, look, ready):
    view = TableView(state, look, lambda: ready.append(state.snapshot.selected_nodes))
    view.open(True)
    return Hand(front_end, state, view)


@pytest.fixture
def blank(front_end, look, ready):
    state = BuilderState(Snapshot(g.History(StrategyGraph())))
    view = TableView(state, look, lambda: ready.append(state.snapshot.selected_nodes))
    view.open(True)
    return Hand(front_end, state, view)


def test_an_entry_is_a_row_of_chips_that_read_as_english(table):
    assert "Enter long" in table.shown()
    assert "When SMA(10) of close crosses above SMA(30) of close" in table.shown()
    assert any(text.startswith("Exit long") for text in table.shown())


def test_a_chip_selects_its_node_and_shows_what_it_is_made_of(table):
    table.press("When SMA(10) of close crosses above SMA(30) of close")
    assert table.state.snapshot.selected_nodes == ("cross_up",)
    table.press("Fast SMA", among="Made of")
    assert table.state.snapshot.selected_nodes == ("fast",)
    assert "Slow SMA" in table.shown()


def test_a_selection_made_elsewhere_is_marked(table):
    table.state.select(["cross_up"])
    (cell,) = [item for item in table.lists() if item.description == "Entry"]
    assert cell._options_labels[cell.index].startswith("When SMA(10)")
    assert table.state.snapshot.history.undo_name is None


def test_a_whole_strategy_is_built_from_nothing(blank, ready):
    blank.click("Add a row: long entry")
    for typed in ("compare", "rsi", "bars close"):
        blank.take(typed)
    assert ready == [("rsi",)]  # the newest: its numbers are what is to be set
    graph = blank.state.graph
    assert g.describe_node(graph, "compare").startswith("RSI(14) of close is")
    blank.press("Add", among="Exit")
    blank.take("exit")
    blank.take("not")
    blank.press("Compare", among="Already in the strategy")
    blank.press("Add", among="Risk")
    blank.take("stop loss")
    blank.press("95 % of equity (default)", among="Sizing")
    blank.take("fixed cash")
    blank.press("Add", among="Filter")
    blank.take("weekday")
    blank.press("Add", among="Whole strategy")
    blank.take("cooldown")
    graph = blank.state.graph
    assert not [item for item in g.validate(graph) if item.severity == "error"]
    (row,) = as_table(graph).rows
    cells = {column: [chip.node_id for chip in chips] for column, chips in row.cells.items()}
    assert cells == {
        "regime": [],
        "filter": ["weekday"],
        "entry": ["enter_long", "compare"],
        "exit": ["exit_long"],
        "sizing": ["fixed_cash"],
        "risk": ["stop_loss"],
    }
    assert [chip.node_id for chip in as_table(graph).whole] == ["cooldown"]
    while blank.state.snapshot.history.undo_name:
        blank.state.undo()
    assert blank.state.graph == StrategyGraph()


def test_each_thing_added_is_one_named_step(table):
    table.press("Add", among="Filter")
    table.take("weekday")
    assert table.state.snapshot.history.undo_name == "add Weekday as Filter of Enter long"
    assert [str(edge) for edge in table.state.graph.edges_into("weekday")] == [
        "bars.bars->weekday.bars"
    ]


def test_a_second_condition_is_joined_with_and(table):
    table.press("And", among="Entry")
    table.take("weekday")
    assert "and.signal->enter_long.when" in map(str, table.state.graph.edges)
    table.state.undo()
    assert table.state.graph == g.load_template("sma_cross")


def test_rows_are_added_copied_moved_switched_and_deleted(table):
    table.click("Duplicate Enter long")
    assert [row.entry_id for row in as_table(table.state.graph).rows] == [
        "enter_long",
        "enter_long_2",
    ]
    ups = [
        item
        for item in below(table.view.widget)
        if "up: it is looked at earlier" in (getattr(item, "tooltip", "") or "")
    ]
    assert [button.description for button in ups] == [
        "Move Enter long [enter_long] up",
        "Move Enter long [enter_long_2] up",
    ]
    assert [button.disabled for button in ups] == [True, False]
    ups[1].click()
    assert [row.entry_id for row in as_table(table.state.graph).rows] == [
        "enter_long_2",
        "enter_long",
    ]
    table.state.undo()
    table.state.undo()
    table.click("Disable Enter long")
    assert not table.state.graph.node("enter_long").enabled
    assert "Off: Enter long" in table.shown()
    table.click("Enable Enter long")
    table.click("Delete Enter long and what only it uses")
    assert [node.id for node in table.state.graph.nodes] == ["bars"]


def test_what_no_row_uses_is_a_chip(table):
    actions.add_node(table.state, "indicator.rsi")
    (free,) = [item for item in table.lists() if item.description == "Used by no row"]
    assert free._options_labels == ("RSI(14) of …",)
    table.state.undo()
    assert not [item for item in table.lists() if item.description == "Used by no row"]


def test_what_is_wrong_is_on_the_chip(table):
    actions.disconnect(table.state, "cross_up.signal", "enter_long.when")
    (cell,) = [item for item in table.lists() if item.description == "Entry"]
    assert cell.icons[0] == "times-circle"
    assert "not connected" in cell.tooltips[0]


def test_an_offer_that_fits_nothing_says_so(table):
    table.press("Add", among="Regime")
    table.search("<b>zzz</b>")
    texts = [getattr(item, "value", "") for item in below(table.view.widget)]
    assert any("&lt;b&gt;zzz" in str(text) for text in texts)
    table.take("zzz")
    assert table.state.snapshot.history.undo_name is None


def test_a_closed_list_adds_nothing(table):
    table.press("Add", among="Regime")
    assert "Trending up" in table.shown()
    table.click("Add nothing")
    assert "Trending up" not in table.shown()


def test_a_list_goes_with_the_row_it_was_for(table):
    table.press("Add", among="Regime")
    actions.delete(table.state, ["enter_long"])
    assert "Trending up" not in table.shown()


def test_only_what_fits_is_offered(state):
    for key in ("in:enter_long.filter", "in:enter_long.size", "exit:enter_long", "risk:enter_long"):
        gap = gap_of(state.graph, key)
        there, new, _ = offers(state.graph, gap)
        assert new
        for offer in there:
            end = offer.key.partition(":")[2]
            ends = (end, gap.end) if key.startswith("in:") else (f"{gap.end}.order", end)
            assert g.why_not_connect(state.graph, *ends) is None
        kinds = [KINDS[".".join(offer.key.partition(":")[2].split(".")[:2])] for offer in new]
        assert {kind.family for kind in kinds} <= {
            "in:enter_long.filter": {"condition", "logic", "regime", "data", "indicator", "math"},
            "in:enter_long.size": {"sizing"},
            "exit:enter_long": {"action"},
            "risk:enter_long": {"risk"},
        }[key]
    loops = offers(state.graph, Gap("in:fast.source", "Source"))[0]
    assert "node:fast.value" not in [offer.key for offer in loops]


def test_the_reading_follows_the_strategy_and_selects(front_end, state, look):
    view = ReadingView(state, look)
    view.open(True)
    listed = view.widget.children[1]
    assert [text[3:] for text in listed._options_labels] == list(g.describe(state.graph))
    actions.set_param(state, "fast", "period", 12)
    assert "SMA(12)" in listed._options_labels[0]
    front_end.set(listed.comm, index=1)
    front_end.send(listed.comm, {"event": "click"})
    assert state.snapshot.selected_nodes == ("exit_long",)
    actions.delete(state, [node.id for node in state.graph.nodes])
    assert "jp-StratCraft-hidden" in listed._dom_classes


def test_one_view_is_in_sight(front_end, state, look, is_shown):
    views = Views(state, look, lambda: None)
    assert len(views.widget.children) == 1
    views.toggle.value = "Table"
    assert [is_shown(item) for item in views.widget.children] == [False, True]
    views.toggle.value = "Plain English"
    assert [is_shown(item) for item in views.widget.children] == [False, False, True]
    views.toggle.value = "Canvas"
    assert [is_shown(item) for item in views.widget.children] == [True, False, False]


def test_a_table_out_of_sight_is_in_step_once_it_is_seen(table, look):
    table.view.open(False)
    actions.add_node(table.state, "risk.cooldown")
    assert not any("ooldown" in text for text in table.shown())
    table.view.open(True)
    (whole,) = [item for item in table.lists() if item.description == "Whole strategy"]
    assert len(whole._options_labels) == 2


def test_a_mark_is_no_press(front_end, look):
    pressed = []
    choices = ChoiceList(look, pressed.append, [Choice("a", "A"), Choice("b", "B")])
    choices.mark("b")
    assert (choices.widget.index, pressed) == (1, [])
    front_end.send(choices.widget.comm, {"event": "click"})
    assert pressed == ["b"]
    choices.mark("gone")
    assert choices.widget.index is None


def test_the_name_of_a_kind_means_a_new_one(blank):
    blank.click("Add a row: long entry")
    for typed in ("compare", "rsi", "close"):
        blank.take(typed)
    blank.press("Add", among="Exit")
    blank.take("exit")
    blank.take("compare")
    graph = blank.state.graph
    assert [str(edge) for edge in graph.edges_into("exit_long", "when")] == [
        "compare_2.signal->exit_long.when"
    ]
    blank.search("relative strength")
    lists = [item.description for item in blank.lists()]
    assert lists.index("New") < lists.index("Already in the strategy")
    blank.take("close")  # what the bars give is there already
    assert "bars.close->compare_2.left" in map(str, blank.state.graph.edges)


def test_a_label_of_the_user_means_that_node(table):
    actions.set_label(table.state, "cross_up", "Compare")
    gap = gap_of(table.state.graph, "in:exit_long.when")
    assert offers(table.state.graph, gap, "compare").first.key == "node:cross_up.signal"
    assert offers(table.state.graph, gap, "between").first.key.startswith("kind:")


def test_numbers_where_a_signal_is_wanted_are_compared(blank, ready):
    blank.click("Add a row: long entry")
    blank.take("donchian")
    graph = blank.state.graph
    assert "compare.signal->enter_long.when" in map(str, graph.edges)
    (edge,) = graph.edges_into("compare", "left")
    assert graph.node(edge.source_node).kind == "indicator.donchian_channels"
    assert ready == [(edge.source_node,)]
    assert blank.state.snapshot.history.undo_name == (
        "add Donchian channels, compared, as When of Enter long"
    )


def test_why_nothing_fits_is_said(blank):
    blank.click("Add a row: long entry")
    blank.take("compare")
    blank.search("weekday")
    texts = [str(getattr(item, "value", "")) for item in below(blank.view.widget)]
    assert any("Weekday gives a signal, true or false. What is needed" in text for text in texts)


def test_a_node_is_put_between_two(table, ready):
    table.press("When SMA(10) of close crosses above SMA(30) of close")
    table.press("Fast SMA and here", among="Put a node between")
    table.take("earlier value")
    edges = [str(edge) for edge in table.state.graph.edges]
    assert "fast.value->shift.source" in edges
    assert "shift.value->cross_up.left" in edges
    assert ready == [("shift",)]
    name = "put Earlier value between Fast SMA and Left of"
    assert table.state.snapshot.history.undo_name.startswith(name)
    table.state.undo()
    assert table.state.graph == g.load_template("sma_cross")


def test_what_is_added_stands_left_of_what_reads_it(blank):
    blank.click("Add a row: long entry")
    for typed in ("compare", "close"):
        blank.take(typed)
    blank.press("When close is above 0")
    blank.press("Right of Compare (optional)")
    for typed in ("earlier value", "donchian"):
        blank.take(typed)
    graph = blank.state.graph
    for edge in graph.edges:
        assert graph.layout[edge.source_node].x < graph.layout[edge.target_node].x - 150, edge
