"""Editing on the canvas with mouse and keys: select, copy, arrange, frame, comment, disable."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.canvas_hand import EDGES, IDS, SOON, CanvasHand, centre, into

FRONT_ENDS = ["lab", "notebook"]
SELECTED = ".jp-StratCraft-Node.jp-mod-selected"


@pytest.fixture(params=FRONT_ENDS)
def hand(request, open_notebook):
    page = open_notebook(request.param)
    page.show_builder()
    return CanvasHand(page)


def test_a_selection_is_made_copied_and_deleted(hand, tmp_path):
    selects(hand)
    hand.start_over()
    copies_and_pastes(hand)
    hand.start_over()
    works_ahead_of_a_busy_builder(hand, tmp_path)
    hand.start_over()
    deletes_and_reconnects(hand)


def test_nodes_are_arranged_framed_and_commented(hand):
    aligns_and_distributes(hand)
    hand.start_over()
    frames(hand)
    hand.start_over()
    comments(hand)


def test_nodes_are_disabled_and_changed_together(hand):
    disables(hand)
    hand.start_over()
    opens_the_menu_by_keys(hand)
    hand.start_over()
    sets_a_shared_parameter(hand)
    hand.start_over()
    names_steps(hand)
    hand.start_over()
    takes_back_a_template(hand)


def selects(hand):
    builder = hand.page.builder
    fast, slow = hand.page.node("fast").bounding_box(), hand.page.node("slow").bounding_box()
    assert fast
    assert slow
    hand.keys.down("Shift")
    hand.drag(
        (fast["x"] - 6, fast["y"] - 12),
        (slow["x"] + slow["width"] + 6, slow["y"] + slow["height"] + 12),
    )
    hand.keys.up("Shift")
    expect(builder.locator(SELECTED)).to_have_count(2)
    hand.keys.down("Shift")
    hand.mouse.click(*hand.title("fast"))
    hand.keys.up("Shift")
    expect(builder.locator(SELECTED)).to_have_count(1)
    hand.keys.press("Control+a")
    expect(builder.locator(SELECTED)).to_have_count(7)
    hand.keys.press("Escape")
    expect(builder.locator(SELECTED)).to_have_count(0)


def copies_and_pastes(hand):
    before = hand.page.cells()
    ids = hand.ask(IDS)
    hand.select("fast", "cross_up")
    hand.keys.press("Control+c")
    copied = json.loads(hand.page.page.evaluate("navigator.clipboard.readText()"))
    assert copied["stratcraft"] == "nodes"
    assert [node["id"] for node in copied["nodes"]] == ["cross_up", "fast"]
    hand.mouse.move(*hand.free_point())
    hand.keys.press("Control+v")
    hand.wait(into("cross_up_2"), ["fast_2.value->cross_up_2.left"])
    hand.expect_undo("paste 2 nodes")
    for pasted in ("fast_2", "cross_up_2"):
        expect(hand.page.node(pasted)).to_have_class(re.compile("jp-mod-selected"))
    hand.keys.press("Control+x")
    hand.wait(IDS, ids)
    hand.expect_undo("cut 2 nodes")
    hand.keys.press("Control+v")
    hand.wait(f"len({IDS})", len(ids) + 2)
    hand.keys.press("Control+d")
    hand.wait(f"len({IDS})", len(ids) + 4)
    hand.expect_undo("duplicate 2 nodes")
    for _ in range(4):
        hand.keys.press("Control+z")
    hand.wait(IDS, ids)
    assert hand.page.cells() == before


def works_ahead_of_a_busy_builder(hand, folder):
    ids = hand.ask(IDS)
    with hand.page.busy_builder(folder):
        hand.select("fast", "slow")
        hand.keys.press("Control+c")
        hand.keys.press("Control+v")
    hand.expect_undo("paste 2 nodes")
    for pasted in ("fast_2", "slow_2"):
        expect(hand.page.node(pasted)).to_have_class(re.compile("jp-mod-selected"))
    hand.keys.press("Control+x")
    hand.expect_undo("cut 2 nodes")
    hand.wait(IDS, ids)


def test_what_was_copied_is_pasted_in_another_notebook(open_notebook):
    first = open_notebook("lab")
    first.show_builder()
    one = CanvasHand(first)
    one.select("fast", "slow")
    one.keys.press("Control+c")
    first.shut_down()
    second = open_notebook("notebook")
    second.show_builder()
    other = CanvasHand(second)
    other.click_free()
    other.keys.press("Control+v")
    other.wait("sorted(n.id for n in graph.nodes if n.kind == 'indicator.sma')",
               ["fast", "fast_2", "slow", "slow_2"])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import os", "The clipboard holds no strategy nodes."),
        ('{"stratcraft": "nodes", "version": 1, "evil": 1}', "unknown key 'evil'"),
        (
            '{"stratcraft": "nodes", "version": 1, "nodes": [{"id": "../x", "kind": "a.b"}]}',
            "nodes[0].id: use lower-case letters",
        ),
        ('{"stratcraft": "nodes", "version": 9, "nodes": []}', "schema version 9"),
    ],
    ids=["no nodes", "unknown key", "bad id", "newer version"],
)
def test_what_cannot_be_pasted_says_why_and_changes_nothing(open_notebook, text, reason):
    page = open_notebook("lab")
    page.show_builder()
    hand = CanvasHand(page)
    before = hand.ask(EDGES)
    hand.click_free()
    page.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    hand.keys.press("Control+v")
    expect(hand.bubble).to_contain_text(reason, timeout=SOON)
    assert hand.ask(EDGES) == before
    assert hand.ask("builder._state.snapshot.history.can_undo") is False


def deletes_and_reconnects(hand):
    hand.page.in_kernel(
        "builder.graph = sc.graph.insert_node("
        "sc.graph.add_node(builder.graph, 'indicator.ema'), 'ema', 'bars.close->fast.source')"
    )
    hand.wait(into("fast"), ["ema.value->fast.source"])
    hand.open_menu(hand.title("ema"))
    hand.choose("Delete and reconnect")
    hand.wait(into("fast"), ["bars.close->fast.source"])
    hand.expect_undo("delete Exponential moving average and reconnect")


def aligns_and_distributes(hand):
    hand.drag(hand.title("slow"), tuple(p + 25 for p in hand.title("slow")))
    hand.expect_undo("move Slow SMA")
    place = "[graph.layout[n].{} for n in ('fast', 'slow')]"
    assert hand.ask(f"len(set({place.format('x')}))") == 2
    hand.select("fast", "slow")
    hand.open_menu(hand.title("fast"))
    hand.choose("Left edges", group="Align")
    hand.wait(f"len(set({place.format('x')}))", 1)
    hand.expect_undo("align 2 nodes left")
    unfolds_by_hover_and_arrows(hand)
    hand.select("fast", "slow", "cross_up")
    hand.open_menu(hand.title("fast"))
    hand.choose("Down, top to bottom", group="Distribute")
    ys = "sorted(graph.layout[n].y for n in ('fast', 'slow', 'cross_up'))"
    hand.expect_undo("distribute 3 nodes down")
    low, middle, high = hand.ask(ys)
    assert abs((middle - low) - (high - middle)) <= 40


def unfolds_by_hover_and_arrows(hand):
    """What a row of the menu holds opens when the pointer comes, and by the right arrow."""
    hand.page.page.wait_for_function(
        """() => new Set(['fast', 'slow'].map(id => document.querySelector(
            `.jp-StratCraft-Node[data-node=${id}]`).getBoundingClientRect().left)).size === 1"""
    )  # the kernel knows of the move before the page shows it
    hand.open_menu(hand.title("fast"))
    group, inner = (hand.menu.get_by_role("menuitem", name=n) for n in ("Align", "Left edges"))
    expect(inner).to_be_hidden()
    hand.mouse.move(*centre(group), steps=4)
    expect(inner).to_be_visible()
    hand.keys.press("ArrowRight")
    expect(inner).to_be_focused()
    hand.keys.press("ArrowLeft")
    expect(inner).to_be_hidden()
    expect(group).to_be_focused()
    hand.keys.press("Escape")


def frames(hand):
    hand.select("fast", "slow")
    hand.keys.press("Control+g")
    frame = hand.area("frame")
    field = frame.locator("textarea")
    expect(field).to_be_focused(timeout=SOON)
    hand.keys.type("Averages x")  # x must not cut the cell
    hand.keys.press("Enter")
    expect(frame).to_contain_text("Averages x", timeout=SOON)
    hand.wait("[[f.title, list(f.nodes)] for f in graph.layout.frames]",
              [["Averages x", ["fast", "slow"]]])  # fmt: skip
    hand.page.screenshot(f"{hand.page.front_end}-canvas-frame")
    before = hand.ask("[graph.layout['fast'].y, graph.layout['slow'].y, graph.layout['bars'].y]")
    x, y = centre(frame.locator(".jp-StratCraft-Area-text"))
    hand.drag((x, y), (x, y + 40))
    hand.expect_undo("move 2 nodes and frame")
    after = hand.ask("[graph.layout['fast'].y, graph.layout['slow'].y, graph.layout['bars'].y]")
    assert after[0] - before[0] == after[1] - before[1] > 0
    assert after[2] == before[2]
    # a node dragged out leaves it
    x, y = hand.title("fast")
    hand.drag((x, y), (x, y - 230))
    hand.wait("[list(f.nodes) for f in graph.layout.frames]", [["slow"]])


def comments(hand):
    cells = hand.page.cells()
    hand.click_free()
    hand.mouse.move(*(p - 160 for p in hand.free_point()))
    hand.keys.press("c")
    comment = hand.area("comment")
    expect(comment.locator("textarea")).to_be_focused(timeout=SOON)
    hand.keys.type("Why these numbers?")
    hand.keys.press("Control+Enter")
    hand.wait("[c.text for c in graph.layout.comments]", ["Why these numbers?"])
    hand.mouse.dblclick(*centre(comment))
    hand.keys.type("Because")
    hand.click_free()
    hand.wait("[c.text for c in graph.layout.comments]", ["Because"])
    hand.expect_undo("change comment")
    hand.mouse.click(*centre(comment))
    selected = hand.page.builder.locator(".jp-StratCraft-Area.jp-mod-selected")
    expect(selected).to_have_count(1)
    hand.select("fast")
    expect(selected).to_have_count(0)
    hand.mouse.click(*centre(comment))
    hand.keys.press("Delete")
    hand.wait("len(graph.layout.comments)", 0)
    hand.expect_undo("delete comment")
    # beside the node under the pointer; left empty there is none; Escape keeps what was typed
    hand.mouse.move(*hand.title("slow"))
    hand.keys.press("c")
    expect(comment.locator("textarea")).to_be_focused()
    box, node = comment.bounding_box(), hand.page.node("slow").bounding_box()
    assert box
    assert node
    is_beside = box["x"] >= node["x"] + node["width"] or node["x"] >= box["x"] + box["width"]
    assert (
        is_beside or box["y"] >= node["y"] + node["height"] or node["y"] >= box["y"] + box["height"]
    )
    hand.keys.press("Escape")
    expect(comment).to_have_count(0)
    hand.expect_undo("delete comment")
    hand.keys.press("c")
    hand.keys.type("Kept x")
    hand.keys.press("Escape")
    hand.wait("[c.text for c in graph.layout.comments]", ["Kept x"])
    expect(comment).to_be_focused()
    hand.keys.press("Control+z")
    hand.wait("len(graph.layout.comments)", 0)
    assert hand.page.cells() == cells


def disables(hand):
    hand.open_menu(hand.title("slow"))
    hand.choose("Disable")
    hand.wait("graph.node('slow').enabled", False)
    node = hand.page.node("slow")
    expect(node.locator(".jp-StratCraft-Node-detail")).to_contain_text("disabled", timeout=SOON)
    hand.expect_undo("disable Slow SMA")
    problems = hand.page.builder.locator(".jp-StratCraft-diagnostics")
    expect(problems).to_contain_text("because Slow SMA is disabled", timeout=SOON)
    hand.page.screenshot(f"{hand.page.front_end}-canvas-disabled")
    hand.select("slow")
    hand.keys.press("e")
    hand.wait("graph.node('slow').enabled", True)


def opens_the_menu_by_keys(hand):
    cells = hand.page.cells()
    hand.select("fast")
    hand.keys.press("Shift+F10")
    expect(hand.menu).to_be_visible()
    hand.page.screenshot(f"{hand.page.front_end}-canvas-menu")
    hand.keys.press("Escape")
    expect(hand.menu).to_have_count(0)
    hand.keys.press("ContextMenu")
    expect(hand.menu.get_by_role("menuitem", name="Cut")).to_be_focused()
    for _ in range(3):
        hand.keys.press("ArrowDown")
    expect(hand.menu.get_by_role("menuitem", name="Duplicate")).to_be_focused()
    hand.keys.press("Enter")
    hand.wait("'fast_2' in [node.id for node in graph.nodes]", True)
    assert hand.page.cells() == cells


def sets_a_shared_parameter(hand):
    hand.select("fast", "slow")
    inspector = hand.page.builder.locator(".jp-StratCraft-inspector")
    expect(inspector).to_contain_text("2 nodes selected")
    period = inspector.get_by_label("Period")
    expect(period).to_be_visible(timeout=SOON)
    period.fill("21")
    period.press("Enter")
    hand.wait("[graph.node(n).params['period'] for n in ('fast', 'slow')]", [21, 21])
    hand.expect_undo("set period of 2 nodes → 21")


def names_steps(hand):
    hand.select("fast")
    period = hand.page.builder.locator(".jp-StratCraft-inspector").get_by_label("Period")
    period.fill("12")
    period.press("Enter")
    hand.expect_undo("set period of Fast SMA 10 → 12")
    x, y = hand.title("fast")
    hand.drag((x, y), (x, y - 30))
    hand.expect_undo("move Fast SMA")


def takes_back_a_template(hand):
    ids = hand.ask(IDS)
    hand.page.builder.get_by_label("Start from a template").select_option(label="MACD cross")
    hand.wait("graph.name", "MACD cross")
    hand.expect_undo("start from MACD cross")
    hand.page.builder.get_by_role("button", name="Undo").first.click()
    hand.wait("graph.name", "SMA cross")
    assert hand.ask(IDS) == ids
    hand.page.builder.get_by_role("button", name="Redo").first.click()
    hand.wait("graph.name", "MACD cross")
