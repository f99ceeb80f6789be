"""The canvas with the keyboard alone: everything the mouse does, heard, and nothing leaks."""

import string

import pytest
from playwright.sync_api import expect

from tests.browser.canvas_hand import EDGES, IDS, into
from tests.browser.keyboard_hand import KeyboardHand

FRONT_ENDS = ["lab", "notebook"]
TEMPLATE = {"bars", "cross_down", "cross_up", "enter_long", "exit_long", "fast", "slow"}
CANVAS = """
from ipywidgets.widgets.widget import _instances
from stratcraft_jupyter.widgets.canvas import StrategyCanvas
next(item for item in _instances.values() if isinstance(item, StrategyCanvas))"""
SELECTED = ".jp-StratCraft-Node.jp-mod-selected"
# Jupyter's command mode acts on some of these, alone or pressed twice
OTHER_KEYS = ["Space", "Enter", "Shift+Enter", "Backspace", "Delete", "PageUp", "PageDown"]


@pytest.fixture(params=FRONT_ENDS)
def hand(request, open_notebook):
    page = open_notebook(request.param)
    page.show_builder()
    return KeyboardHand(page)


def test_the_keyboard_does_what_the_mouse_does(hand):
    before = hand.page.cells()
    walks(hand)
    connects(hand)
    reconnects(hand)
    moves(hand)
    inserts_and_deletes(hand)
    frames_and_comments(hand)
    shows_its_keys(hand)
    assert hand.page.cells() == before
    gives_the_focus_back(hand)


def test_no_key_reaches_the_notebook(hand):
    before = hand.page.cells()
    outputs = hand.page.page.locator(".jp-Notebook .jp-Cell").count()
    for place in ("canvas", "node", "port", "edge"):
        start_afresh(hand)
        for key in [*string.printable.strip(), *OTHER_KEYS]:
            put_focus(hand, place)
            hand.press(key)
        assert hand.page.cells() == before, place
    for part in ("target", "inspector .jp-StratCraft-text:visible", "views-toggle", "toolbar"):
        hand.page.builder.locator(f".jp-StratCraft-{part}").first.click(position={"x": 3, "y": 3})
        for key in ["b", "x", "d", "d", "Shift+m"]:
            hand.press(key)
    assert hand.page.cells() == before
    start_afresh(hand)
    hand.enter()
    for opened in (open_menu, open_sheet):
        opened(hand)
        for key in string.ascii_letters + string.digits:
            hand.press(key)
        hand.press("Escape")
    assert hand.page.cells() == before
    assert hand.page.page.locator(".jp-Notebook .jp-Cell").count() == outputs
    assert hand.page.in_kernel("print('still here')") == "still here"


def test_a_canvas_to_look_at_obeys_no_key_that_changes_it(open_notebook):
    page = open_notebook("lab")
    page.show_builder()
    hand = KeyboardHand(page)
    hand.select("fast", "slow")
    hand.press("Control+c")
    page.in_kernel(f"{CANVAS}.read_only = True")
    expect(page.builder.locator(".jp-StratCraft-Canvas")).to_contain_class("jp-mod-readOnly")
    ids, edges, layout = hand.ask(IDS), hand.ask(EDGES), hand.ask("str(graph.layout)")
    hand.enter()
    keys = (
        "Control+x Control+v Delete Backspace Control+Delete Control+d e c / Control+g F2 Control+z"
    )
    for key in [*keys.split(), "ArrowRight", "Shift+ArrowRight"]:
        hand.press(key)
        expect(page.builder.locator(".jp-StratCraft-Picker, textarea:focus")).to_have_count(0)
    hand.go_to("fast")
    hand.press("p", "Enter", "Enter", "Escape", "Escape", "Delete")
    page.in_kernel(f"{CANVAS}.read_only = False")
    expect(page.builder.locator(".jp-mod-readOnly")).to_have_count(0)
    assert (hand.ask(IDS), hand.ask(EDGES), hand.ask("str(graph.layout)")) == (ids, edges, layout)
    assert hand.ask("builder._state.snapshot.history.can_undo") is False
    # the same keys do it where the strategy may be changed
    hand.press("Control+a", "Control+x")
    hand.wait(IDS, [])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_notebook, theme):
    page = open_notebook("lab", theme=theme)
    page.show_builder()
    hand = KeyboardHand(page)
    page.in_kernel(
        "from stratcraft_jupyter.graph import disconnect\n"
        "builder.graph = disconnect(builder.graph, 'fast.value', 'cross_up.left')"
    )
    expect(page.node("cross_up").locator(".jp-StratCraft-Node-badge")).to_be_visible()
    hand.go_to("fast")
    hand.press("Enter")
    expect(page.builder.locator(".jp-StratCraft-inspector")).to_contain_text("Fast SMA")
    assert hand.faults(page.builder) == []
    hand.press("p")
    assert hand.faults(hand.surface) == []
    hand.press("Escape")
    open_menu(hand)
    assert hand.faults(hand.menu) == []
    hand.press("Escape")
    open_sheet(hand)
    assert hand.faults(hand.sheet) == []
    page.screenshot(f"canvas-keys-{theme}")
    hand.press("Escape", "/")
    expect(hand.picker).to_be_visible()
    assert hand.faults(hand.picker) == []
    hand.press("Escape")
    page.builder.get_by_role("button", name="Table", exact=True).click()
    expect(page.builder.locator(".jp-StratCraft-table")).to_be_visible()
    assert hand.faults(page.builder) == []


def walks(hand):
    hand.go_to("fast")
    hand.expect_at("Fast SMA")
    hand.press("ArrowRight")
    hand.expect_at("Connection from Value of Fast SMA to ")
    hand.press("ArrowDown")
    hand.expect_at("Connection from Value of Fast SMA to ")
    hand.press("ArrowUp", "ArrowRight")
    hand.expect_at("Fast ")  # above or below slow
    hand.press("Shift+Tab", "Tab", "ArrowLeft", "ArrowLeft")
    hand.expect_at("Fast SMA")
    hand.press("p")
    hand.expect_at("output Value, series, connected")
    expect(hand.live).to_contain_text("output Value of Fast SMA, series, connected to Left of Fast")
    hand.press("ArrowLeft")
    hand.expect_at("input ")
    expect(hand.live).to_contain_text(
        "input Source of Fast SMA, series, connected to Close of Bars"
    )
    hand.press("Escape")
    hand.expect_at("Fast SMA")
    hand.press("Enter")
    expect(hand.live).to_contain_text("Fast SMA selected.")
    hand.press("Escape")
    expect(hand.live).to_contain_text("Nothing selected.")


def connects(hand):
    delete_edge(hand, "fast", 0)
    hand.wait(into("cross_up"), ["slow.value->cross_up.right"])
    hand.go_to("fast")
    hand.press("p", "Enter")
    expect(hand.live).to_contain_text("Connecting from Value of Fast SMA")
    hand.expect_at("input ")
    expect(hand.page.builder.locator(".jp-StratCraft-PortShape.jp-mod-aimed")).to_have_count(1)
    hand.press("Escape")
    expect(hand.live).to_contain_text("Not connected.")
    hand.expect_at("output Value")
    hand.press("Enter", "Enter")  # a required port that is free comes first
    hand.wait(into("cross_up"), ["fast.value->cross_up.left", "slow.value->cross_up.right"])
    expect(hand.live).to_contain_text("Done: connect")
    hand.press("Control+z")
    hand.wait(into("cross_up"), ["slow.value->cross_up.right"])
    expect(hand.live).to_contain_text("Undone: connect")
    hand.press("Control+y")
    hand.wait(into("cross_up"), ["fast.value->cross_up.left", "slow.value->cross_up.right"])
    connects_from_the_menu_of_a_port(hand)
    # to a node that is not there yet
    hand.go_to("fast")
    hand.press("p")
    expect(hand.live).to_contain_text("output Value of Fast SMA")
    hand.press("Enter", "/")
    expect(hand.picker).to_contain_text("Nodes that take a series")
    hand.press("Escape")
    expect(hand.picker).to_have_count(0)


def connects_from_the_menu_of_a_port(hand):
    hand.open_menu(hand.grip("cross_up", "left"))
    expect(hand.menu.get_by_role("menuitem").first).to_have_text("Connect from here…Enter")
    hand.choose("Disconnect")
    hand.wait(into("cross_up"), ["slow.value->cross_up.right"])
    hand.open_menu(hand.grip("cross_up", "left"))
    expect(hand.menu.get_by_role("menuitem", name="Disconnect")).to_have_count(0)
    hand.choose("Connect from here…")
    expect(hand.live).to_contain_text("Connecting from Left of Fast above slow")
    expect(hand.bubble).to_contain_text("Arrow keys go through the ports that fit.")
    while "Value of Fast SMA" not in hand.live.inner_text():
        hand.press("ArrowDown")
    hand.press("Enter")
    hand.wait(into("cross_up"), ["fast.value->cross_up.left", "slow.value->cross_up.right"])


def reconnects(hand):
    hand.start_over()
    hand.go_to("cross_up")
    hand.press("ArrowRight")
    hand.expect_at("Connection from ")
    before = hand.ask(EDGES)
    hand.press("r")
    expect(hand.live).to_contain_text("Connecting from")
    hand.press("ArrowDown", "Enter")
    hand.wait(f"len(set({EDGES}) - set({before!r}))", 1)
    assert len(hand.ask(EDGES)) == len(before)
    hand.press("Control+z")
    hand.wait(EDGES, before)


def moves(hand):
    hand.start_over()
    hand.go_to("fast")
    x, y = hand.ask("[graph.layout['fast'].x, graph.layout['fast'].y]")
    hand.press("Enter", "ArrowRight", "ArrowRight", "Shift+ArrowDown")
    hand.wait("[graph.layout['fast'].x, graph.layout['fast'].y]", [x + 20, y + 1])
    hand.press("Alt+ArrowRight")  # walks, though a node is selected
    hand.expect_at("Connection from Value of Fast SMA")


def inserts_and_deletes(hand):
    hand.start_over()
    hand.go_to("fast")
    hand.press("ArrowRight", "/")
    expect(hand.picker).to_contain_text("Put a node into the connection")
    hand.keys.type("absolute")
    hand.press("Enter")
    hand.wait("len(graph.nodes)", 8)
    # the keyboard is on the new node: to its ports, on from it, and only then to be moved
    hand.expect_at("Absolute ")
    hand.press("p")
    hand.expect_at("output ")
    hand.press("Escape", "ArrowLeft")
    hand.expect_at("Connection from Value of Fast SMA")
    hand.press("ArrowRight")
    hand.expect_at("Absolute ")
    hand.press("Control+Delete")
    hand.wait(f"set({IDS}) == {TEMPLATE!r}", True)
    # a node that is there already, into an edge
    hand.go_to("fast")
    hand.press("Control+d")
    hand.wait("'fast_2' in [n.id for n in graph.nodes]", True)
    hand.go_to("fast_2")
    hand.press("Enter")
    hand.go_to("slow")
    hand.press("Alt+ArrowRight", "i")
    hand.wait(into("fast_2"), ["slow.value->fast_2.source"])
    hand.go_to("fast_2")
    hand.press("Escape", "Delete")
    hand.wait(f"set({IDS}) == {TEMPLATE!r}", True)


def frames_and_comments(hand):
    hand.start_over()
    hand.go_to("fast")
    hand.press("Enter", "Tab", "Shift+Enter")
    expect(hand.page.builder.locator(SELECTED)).to_have_count(2)
    hand.press("Control+g")
    field = hand.page.builder.get_by_label("Title of the frame")
    expect(field).to_be_focused()
    hand.keys.type("Averages")
    hand.press("Enter")
    hand.wait("[frame.title for frame in graph.layout.frames]", ["Averages"])
    hand.expect_at("Frame: Averages")
    width = hand.ask("graph.layout.frames[0].width")
    hand.press("Control+ArrowRight")
    hand.wait("graph.layout.frames[0].width", width + 10)
    hand.press("F2")
    expect(field).to_be_focused()
    hand.press("Escape", "Delete")
    hand.wait("len(graph.layout.frames)", 0)
    hand.enter()
    hand.press("c")
    expect(hand.page.builder.get_by_label("Text of the comment")).to_be_focused()
    hand.keys.type("Mind x")
    hand.press("Control+Enter")
    hand.wait("[comment.text for comment in graph.layout.comments]", ["Mind x"])
    hand.expect_at("Comment: Mind x")


def shows_its_keys(hand):
    hand.start_over()
    hand.go_to("fast")
    open_sheet(hand)
    expect(hand.sheet).to_contain_text("Move its end to another port")
    expect(hand.sheet).to_contain_text("Shift+DragSelect by box")
    hand.page.screenshot(f"{hand.page.front_end}-canvas-keys")
    hand.press("Escape")
    expect(hand.sheet).to_have_count(0)
    hand.expect_at("Fast SMA")
    open_menu(hand)
    expect(hand.menu.get_by_role("menuitem").first).to_be_focused()
    hand.press("d")
    expect(hand.menu.get_by_role("menuitem", name="Duplicate")).to_be_focused()
    hand.press("Escape")
    hand.expect_at("Fast SMA")


def gives_the_focus_back(hand):
    """Escape leads back to the notebook's own keys: `b` makes a cell below."""
    hand.enter()
    hand.press("Escape")
    expect(hand.page.builder.locator(SELECTED)).to_have_count(0)
    count = len(hand.page.cells())
    hand.press("Escape")
    expect(hand.page.page.locator(".jp-Cell:has(.jp-StratCraft-Builder)")).to_be_focused()
    hand.press("b")
    hand.page.wait_for_cells(count)


def start_afresh(hand):
    """The template again, with nothing open over it: a press elsewhere closes that."""
    if hand.sheet.count():
        hand.sheet.get_by_role("button", name="Close").click()
    hand.page.in_kernel("builder.graph = sc.load_template('sma_cross')")
    hand.page.builder.get_by_role("button", name="Show everything (F)").click()
    expect(hand.page.builder.locator(".jp-StratCraft-Node")).to_have_count(7)


def put_focus(hand, place):
    """Puts the keyboard on a part of the canvas, whatever the key before did."""
    if place == "canvas":
        hand.surface.evaluate("surface => surface.focus()")
        return
    hand.surface.evaluate("surface => surface.querySelector('[data-node]')?.focus()")
    if place == "port":
        hand.press("p")
    elif place == "edge":
        hand.press("Alt+ArrowRight")


def delete_edge(hand, node_id, place):
    hand.go_to(node_id)
    hand.press("ArrowRight", *["ArrowDown"] * place, "Delete")


def open_menu(hand):
    hand.press("Shift+F10")
    expect(hand.menu).to_be_visible()


def open_sheet(hand):
    hand.press("?")
    expect(hand.sheet).to_be_visible()
