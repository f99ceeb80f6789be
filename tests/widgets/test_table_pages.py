"""A table of hundreds of rows: so many at a time, and few messages at once."""

import pytest
from test_table import Hand
from test_table import below as widgets_below

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.graph import Edge, Node, StrategyGraph, as_table
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.snapshot import Snapshot
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table import TableView
from stratcraft_jupyter.widgets.table.pages import ROWS

ENTRIES = 333
MOST_MESSAGES = 700
"""At once: Jupyter drops what exceeds 1,000 a second."""


def large():
    nodes = [Node(id="bars", kind="data.bars"), Node(id="hold", kind="risk.time_limit")]
    edges = []
    for number in range(ENTRIES):
        names = f"sma_{number:03}", f"above_{number:03}", f"enter_{number:03}"
        kinds = ("indicator.sma", "condition.crosses_above", "action.enter_long")
        nodes += [Node(id=name, kind=kind) for name, kind in zip(names, kinds, strict=True)]
        edges += [
            Edge(source="bars.close", target=f"{names[0]}.source"),
            Edge(source="bars.close", target=f"{names[1]}.left"),
            Edge(source=f"{names[0]}.value", target=f"{names[1]}.right"),
            Edge(source=f"{names[1]}.signal", target=f"{names[2]}.when"),
        ]
    nodes += [Node(id=f"free_{number}", kind="logic.and") for number in range(60)]
    return StrategyGraph(name="Large", nodes=tuple(nodes), edges=tuple(edges))


@pytest.fixture
def hand(front_end, look):
    state = BuilderState(Snapshot(g.History(large())))
    view = TableView(state, look, lambda: None)
    hand = Hand(front_end, state, view)
    hand.opening = sent(front_end, lambda: view.open(True))
    return hand


def sent(front_end, action):
    """How many messages an action sends to the page."""
    before = len(front_end.messages)
    action()
    return len(front_end.messages) - before


def where(hand):
    """What is said of the rows in sight, and how many they are."""
    texts = [str(getattr(item, "value", "")) for item in below(hand)]
    entries = [item for item in hand.lists() if item.description == "Entry"]
    return next(text[3:-4] for text in texts if text.startswith("<p>Rows ")), len(entries)


def below(hand):
    return widgets_below(hand.view.widget)


def test_a_long_table_comes_by_pages_and_whole(hand):
    assert where(hand) == (f"Rows 1 to {ROWS} of 333", ROWS)
    assert any("held for" in text for text in hand.shown())
    assert not any("No entry yet" in str(getattr(item, "value", "")) for item in below(hand))
    assert hand.opening < MOST_MESSAGES


def test_each_page_is_few_messages_and_all_rows_are_on_one(hand):
    seen = []
    while True:
        seen += [text for text in hand.shown() if text.startswith("Enter long [")]
        (after,) = [item for item in below(hand) if getattr(item, "tooltip", "") == "Rows after"]
        if after.disabled:
            break
        assert sent(hand.front_end, after.click) < MOST_MESSAGES
    assert seen == [f"Enter long [{row.entry_id}]" for row in as_table(hand.state.graph).rows]
    hand.click("First rows")
    hand.click("Last rows")
    assert where(hand)[0].endswith("of 333")


def test_the_row_of_what_is_selected_comes_into_sight(hand):
    assert sent(hand.front_end, lambda: hand.state.select(["sma_100"])) < MOST_MESSAGES
    assert where(hand)[0] == "Rows 101 to 120 of 333"
    assert "Enter long [enter_100]" in hand.shown()
    hand.state.select(["bars"])  # it is in the rows in sight, too
    assert where(hand)[0] == "Rows 101 to 120 of 333"
    hand.click("Rows after")
    actions.set_param(hand.state, "sma_000", "period", 9)
    assert where(hand)[0] == "Rows 121 to 140 of 333"


def test_an_edit_of_rows_leads_to_the_page_of_the_row(hand):
    hand.click("Add a row: short entry")
    assert where(hand)[0] == "Rows 321 to 334 of 334"
    hand.click("Add nothing")
    hand.click("First rows")
    hand.click("Last rows")
    hand.click("Duplicate Enter long [enter_330]")
    (copy,) = hand.state.snapshot.selected_nodes
    assert f"Enter long [{copy}]" in hand.shown()
    hand.state.select([])
    hand.click("First rows")
    hand.click("Delete Enter long [enter_000] and what only it uses")
    assert where(hand)[0] == "Rows 1 to 20 of 334"


def test_a_row_that_moves_to_another_page_is_followed(hand):
    last = as_table(hand.state.graph).rows[ROWS - 1].entry_id
    hand.click(f"Move Enter long [{last}] down: it is looked at later")
    assert where(hand)[0] == f"Rows {ROWS + 1} to {2 * ROWS} of 333"
    assert f"Enter long [{last}], priority {ROWS + 1}" in hand.shown()


def test_a_list_that_was_asked_for_goes_with_its_page(hand):
    among = next(item for item in hand.lists() if item.description == "Regime")
    hand.front_end.set(among.comm, index=0)
    hand.front_end.send(among.comm, {"event": "click"})
    assert "Trending up" in hand.shown()
    hand.click("Rows after")
    assert "Trending up" not in hand.shown()


def test_a_long_list_of_chips_is_cut_until_the_rest_is_asked_for(hand):
    said = [text for text in hand.shown() if text.endswith("without inputs")]
    assert len(said) == 40
    hand.press("20 more")
    assert len([text for text in hand.shown() if text.endswith("without inputs")]) == 60


def test_what_is_selected_is_not_cut_off(hand):
    hand.state.select(["free_59"])
    assert any("free_59" in text for text in hand.shown())
