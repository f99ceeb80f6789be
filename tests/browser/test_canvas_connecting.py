"""Connecting on the canvas with a real mouse: from either end, onto nothing, into an edge."""

import pytest
from playwright.sync_api import expect

from tests.browser.canvas_hand import EDGES, SOON, CanvasHand, centre, into

FRONT_ENDS = ["lab", "notebook"]


@pytest.fixture(params=FRONT_ENDS)
def hand(request, open_notebook):
    page = open_notebook(request.param)
    page.show_builder()
    return CanvasHand(page)


def test_edges_are_drawn_from_either_end_refused_and_offered_what_fits(hand):
    folds_the_legend_away(hand)
    draws_from_either_end(hand)
    refuses_at_the_pointer(hand)
    offers_what_fits(hand)
    opens_the_list_by_keys_and_double_click(hand)
    hand.start_over()
    connects_from_far_away(hand)


def test_a_node_goes_into_an_edge_and_ends_of_edges_to_other_ports(hand):
    puts_a_node_into_an_edge(hand)
    hand.start_over()
    draws_ends_anew(hand)


def folds_the_legend_away(hand):
    legend = hand.page.builder.locator(".jp-StratCraft-PortLegend")
    items = legend.locator(".jp-StratCraft-PortLegend-item")
    expect(items).to_have_text(["bars", "series", "signal", "size", "order"])
    shapes = items.locator("path").evaluate_all("paths => paths.map(p => p.getAttribute('d'))")
    colours = items.locator("svg").evaluate_all("all => all.map(s => getComputedStyle(s).fill)")
    assert len(set(shapes)) == len(set(colours)) == 5
    legend.get_by_role("button").click()
    expect(items.first).to_be_hidden()
    legend.get_by_role("button").click()
    expect(items.first).to_be_visible()


def draws_from_either_end(hand):
    hand.page.in_kernel(
        "builder.graph = sc.graph.disconnect(builder.graph, 'bars.close', 'fast.source')"
    )
    hand.wait(into("fast"), [])
    # from an input to an output
    hand.begin_drag(hand.grip("fast", "source"), hand.grip("bars", "close"))
    bars, other = hand.page.node("bars"), hand.page.node("exit_long")
    expect(bars.locator(".jp-StratCraft-PortShape.jp-mod-fits[data-port='open']")).to_be_attached()
    assert "jp-mod-faded" in (other.get_attribute("class") or "")
    hand.page.screenshot(f"{hand.page.front_end}-canvas-connecting")
    hand.mouse.move(*hand.grip("bars", "open"), steps=4)
    hand.mouse.up()
    hand.wait(into("fast"), ["bars.open->fast.source"])
    # from an output to an input that has an edge already: it takes its place, and says so
    hand.begin_drag(hand.grip("bars", "close"), hand.grip("fast", "source"))
    expect(hand.bubble).to_have_text("Replaces Open → Fast SMA.")
    hand.mouse.up()
    hand.wait(into("fast"), ["bars.close->fast.source"])
    expect(hand.bubble).to_have_text("Replaced Open → Fast SMA.")
    hand.expect_undo("connect Bars → Fast SMA in place of Open")
    # the end of an edge goes to inputs alone
    hand.begin_drag(hand.grip("fast", "source"), hand.grip("cross_up", "left"))
    lit = hand.page.builder.locator(
        ".jp-StratCraft-Port .jp-mod-fits, .jp-StratCraft-Port.jp-mod-fits"
    )
    expect(lit.first).to_be_attached()
    sides = "all => all.map(one => one.closest('.jp-StratCraft-Port').dataset.side)"
    assert set(lit.evaluate_all(sides)) == {"input"}
    hand.keys.press("Escape")
    hand.mouse.up()


def refuses_at_the_pointer(hand):
    end = hand.grip("fast", "source")
    reason = "A signal does not fit here: Source of Fast SMA takes a series."
    hand.begin_drag(hand.grip("cross_up", "signal"), end)
    expect(hand.bubble).to_have_text(reason)  # before the drop already
    hand.mouse.up()
    expect(hand.bubble).to_have_text(reason)
    box = hand.bubble.bounding_box()
    assert box
    assert abs(box["x"] - end[0]) < 60
    assert abs(box["y"] - end[1]) < 120


def offers_what_fits(hand):
    # a folded port stays in sight, with its line, until the list is closed
    folded = hand.page.node("enter_long").locator(".jp-StratCraft-Port[data-port='filter']")
    hand.mouse.move(*hand.title("enter_long"))
    expect(folded).to_be_visible()
    hand.drag(hand.grip("enter_long", "filter"), hand.free_point())
    expect(hand.picker).to_contain_text("Nodes that give a signal")
    line = hand.page.builder.locator(".jp-StratCraft-Draft:visible")
    expect(folded).to_be_visible()
    expect(line).to_have_count(1)
    hand.keys.press("Escape")
    expect(line).to_have_count(0)
    hand.drag(hand.grip("bars", "close"), hand.free_point())
    rows = hand.picker.get_by_role("option")
    expect(hand.picker).to_be_visible()
    hand.page.screenshot(f"{hand.page.front_end}-canvas-picker")
    hand.keys.type("constant")  # it takes nothing, so it is not offered
    expect(rows).to_have_count(0)
    hand.keys.press("Control+a")
    hand.keys.type("relative strength")
    expect(rows.first).to_have_text("Relative strength index")
    before = hand.page.cells()
    hand.keys.press("Enter")
    hand.wait(into("rsi"), ["bars.close->rsi.source"])
    hand.expect_undo("add Relative strength index to Bars")
    assert hand.page.cells() == before


def connects_from_far_away(hand):
    """Where ports are too small for their names they can be taken all the same."""
    while "jp-mod-far" not in (hand.surface.get_attribute("class") or ""):
        hand.keys.press("-")
        hand.page.page.wait_for_timeout(100)
    hand.drag(hand.grip("fast", "value"), hand.grip("cross_down", "right"))
    hand.wait("'fast.value->cross_down.right' in set(map(str, graph.edges))", True)


def opens_the_list_by_keys_and_double_click(hand):
    hand.click_free()
    hand.keys.press("/")
    expect(hand.picker).to_be_visible()
    hand.keys.press("Escape")
    expect(hand.picker).to_have_count(0)
    at, view = hand.free_point(), hand.page.builder.locator(".jp-StratCraft-Boxes")
    scale = (view.get_attribute("style") or "").partition("scale")[2]
    hand.mouse.dblclick(*at)
    expect(hand.picker).to_be_visible()
    hand.keys.type("macd")
    hand.keys.press("ArrowDown")
    hand.keys.press("ArrowUp")
    hand.keys.press("Enter")
    expect(hand.page.node("macd")).to_be_focused(timeout=SOON)
    box = hand.page.node("macd").bounding_box()
    assert box
    assert box["x"] < at[0] < box["x"] + box["width"]
    assert box["y"] < at[1] < box["y"] + box["height"]
    assert (view.get_attribute("style") or "").endswith(scale)


def puts_a_node_into_an_edge(hand):
    hand.page.in_kernel(
        "place = builder.graph.layout['fast']\n"
        "builder.graph = sc.graph.add_node(builder.graph, 'indicator.ema',"
        " position=(place.x, place.y - 120))"
    )
    expect(hand.page.node("ema")).to_be_visible(timeout=SOON)
    hand.drag(hand.title("ema"), middle_of(hand, "fast", "value", "cross_up", "left"))
    hand.wait(into("cross_up"), ["ema.value->cross_up.left", "slow.value->cross_up.right"])
    hand.wait(into("ema"), ["fast.value->ema.source"])
    hand.expect_undo("insert Exponential moving average into Fast SMA → Fast above slow")
    hand.keys.press("Control+z")
    hand.wait(into("ema"), [])
    # a kind from the palette, and one from the list that a double click on an edge opens
    hand.start_over()
    search = hand.page.builder.locator(".jp-StratCraft-palette input").first
    search.fill("earlier")
    entry = hand.page.builder.locator(".jp-StratCraft-marked", has_text="Earlier value")
    expect(entry).to_have_count(1)
    before = hand.ask("graph.layout['cross_up'].x - graph.layout['fast'].x")
    hand.drag(centre(entry), middle_of(hand, "fast", "value", "cross_up", "left"))
    hand.wait(into("shift"), ["fast.value->shift.source"])
    hand.expect_undo("add Earlier value into Fast SMA → Fast above slow")
    expect(hand.page.node("shift")).to_be_focused()
    places = hand.ask("[graph.layout[name].x for name in ('fast', 'shift', 'cross_up')]")
    assert places[1] - places[0] >= before  # what stood right of it made way
    assert places[2] - places[1] >= before
    hand.start_over()
    hand.mouse.dblclick(*middle_of(hand, "slow", "value", "cross_down", "right"))
    expect(hand.picker).to_contain_text("Put a node into the connection")
    hand.keys.type("earlier")
    hand.keys.press("Enter")
    hand.wait(into("shift"), ["slow.value->shift.source"])


def middle_of(hand, source, output, target, port):
    start, end = hand.grip(source, output), hand.grip(target, port)
    return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2


def draws_ends_anew(hand):
    # the end at an input is pulled to another input
    hand.page.in_kernel(
        "builder.graph = sc.graph.disconnect(builder.graph, 'bars.close', 'slow.source')"
    )
    hand.wait(into("slow"), [])
    hand.drag(hand.grip("fast", "source"), hand.grip("slow", "source"))
    hand.wait(into("slow"), ["bars.close->slow.source"])
    hand.wait(into("fast"), [])
    hand.expect_undo("reconnect Bars → Slow SMA")
    # a longer edge has a handle at either end
    x, y = hand.title("enter_long")
    hand.drag((x, y), (x + 60, y - 20))  # not to the rim, where the canvas would move along
    hand.expect_undo("move Enter long")
    hand.show_all()
    x, y = hand.grip("enter_long", "when")
    handle = hand.page.builder.locator(".jp-StratCraft-Handle")
    for step in range(20):  # what the kernel answers meanwhile draws the edges anew
        hand.mouse.move(x - 18, y + step % 2)
        if handle.is_visible():
            break
        hand.page.page.wait_for_timeout(200)
    expect(handle).to_be_visible()
    hand.drag((x - 18, y), hand.grip("exit_long", "when"))
    hand.wait(into("exit_long"), ["cross_up.signal->exit_long.when"])
    hand.show_all()
    # onto nothing: it stays
    x, y = hand.grip("exit_long", "when")
    before = hand.ask(EDGES)
    hand.drag((x, y), hand.grip("fast", "value"))
    expect(hand.bubble).to_contain_text("does not fit here")
    assert hand.ask(EDGES) == before
