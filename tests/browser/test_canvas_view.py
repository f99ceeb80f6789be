"""The view of the canvas with mouse and keys: arrange, fit, map, grid, saved pictures."""

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.browser.canvas_hand import CanvasHand, centre

PLACES = "{name: [at.x, at.y] for name, at in graph.layout.items()}"
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def hand(open_notebook):
    page = open_notebook("lab")
    page.show_builder()
    return CanvasHand(page)


def test_the_view_is_arranged_moved_and_saved(hand):
    arranges(hand)
    hand.start_over()
    fits_the_selection(hand)
    moves_by_the_map(hand)
    hand.start_over()
    keeps_what_is_dragged_in_sight(hand)
    hand.start_over()
    snaps(hand)
    hand.start_over()
    saves_pictures(hand)


def zoom(hand):
    shown = hand.page.builder.locator("[data-command='zoom_reset']").inner_text()
    return int(shown.removesuffix(" %"))


def press(hand, command):
    hand.page.builder.locator(f".jp-StratCraft-Bar [data-command='{command}']").click()


def arranges(hand):
    before = hand.ask(PLACES)
    press(hand, "lay_out")
    hand.expect_undo("arrange 7 nodes")
    after = hand.ask(PLACES)
    assert after != before
    sides = hand.ask("[[e.source_node, e.target_node] for e in graph.edges]")
    assert all(after[source][0] < after[target][0] for source, target in sides)
    hand.page.screenshot("lab-canvas-arranged")
    hand.surface.focus()
    hand.keys.press("Control+z")
    hand.wait(PLACES, before)
    # a selection alone, by its key
    hand.show_all()
    hand.select("fast", "cross_up")
    hand.keys.press("a")
    hand.expect_undo("arrange 2 nodes")
    now = hand.ask(PLACES)
    assert {name for name in before if now[name] != before[name]} <= {"fast", "cross_up"}


def fits_the_selection(hand):
    whole = zoom(hand)
    hand.select("fast")
    hand.keys.press("Shift+F")
    expect(hand.page.builder.locator("[data-command='zoom_reset']")).to_have_text("100 %")
    hand.keys.press("f")
    expect(hand.page.builder.locator("[data-command='zoom_reset']")).to_have_text(f"{whole} %")


def moves_by_the_map(hand):
    small = hand.page.builder.locator(".jp-StratCraft-Map")
    expect(small).to_be_hidden()  # everything is in sight
    for _ in range(4):
        press(hand, "zoom_in")
    expect(small).to_be_visible()
    boxes = hand.surface.locator(".jp-StratCraft-Boxes")
    before = boxes.get_attribute("style")
    middle = centre(small)
    hand.drag(middle, (middle[0] + 30, middle[1]))
    expect(boxes).not_to_have_attribute("style", before or "")
    # what was dragged is the view, not the strategy
    assert hand.ask("builder._state.snapshot.selected_nodes") in ([], ["fast"])
    press(hand, "toggle_map")
    expect(small).to_be_hidden()
    press(hand, "toggle_map")
    expect(small).to_be_visible()


def keeps_what_is_dragged_in_sight(hand):
    """A node let go outside lies at the rim; what is shown whole is clear of the legend."""
    surface = hand.surface.bounding_box()
    legend = hand.page.builder.locator(".jp-StratCraft-PortLegend").bounding_box()
    boxes = [box.bounding_box() for box in hand.page.builder.locator(".jp-StratCraft-Node").all()]
    assert surface
    assert legend
    assert all(box and box["y"] + box["height"] <= legend["y"] for box in boxes)
    hand.drag(hand.title("bars"), (surface["x"] - 150, surface["y"] - 40))
    hand.expect_undo("move Bars")
    bars = hand.page.node("bars").bounding_box()
    assert bars
    assert bars["x"] >= surface["x"]
    assert bars["y"] >= surface["y"]


def snaps(hand):
    press(hand, "toggle_snapping")
    button = hand.page.builder.locator("[data-command='toggle_snapping']")
    expect(button).to_have_attribute("aria-pressed", "true")
    x, y = hand.title("fast")
    hand.drag((x, y), (x + 7, y - 43))
    hand.expect_undo("move Fast SMA")
    corner = hand.ask("[graph.layout['fast'].x - 83, graph.layout['fast'].y - 35]")
    assert [part % 20 for part in corner] == [0, 0]
    press(hand, "toggle_snapping")
    expect(button).to_have_attribute("aria-pressed", "false")


def saves_pictures(hand):
    svg = saved(hand, "SVG")
    assert svg.suffix == ".svg"
    text = svg.read_text()
    root = ElementTree.fromstring(text)
    words = "".join(root.itertext())
    assert "Fast SMA" in words
    assert "Slow SMA" in words
    assert not re.search(r"var\(|url\(|href|<style|<script", text)
    png = saved(hand, "PNG")
    content = png.read_bytes()
    assert content.startswith(PNG_HEAD)
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == tuple(2 * int(root.get(side) or 0) for side in ("width", "height"))
    hand.page.set_theme("JupyterLab Dark")
    dark, light = saved(hand, "SVG"), saved(hand, "SVG, light")
    assert ground(light) == "#ffffff"
    assert int(ground(dark)[1:3], 16) < 64
    hand.page.screenshot("lab-canvas-view-dark")


def ground(path):
    return re.search(r'<rect [^>]*fill="(#\w+)"', path.read_text()).group(1)


def saved(hand, label):
    press(hand, "picture_menu")
    with hand.page.page.expect_download() as waiting:
        hand.menu.get_by_role("menuitem", name=label, exact=True).click()
    download = waiting.value
    assert download.suggested_filename == f"{name_of(hand)}.{label[:3].lower()}"
    target = Path(hand.page.screenshot("lab-canvas-saved")).with_name(
        f"saved-{label.replace(', ', '-').lower()}.{label[:3].lower()}"
    )
    download.save_as(target)
    return target


def name_of(hand):
    return re.sub(r"[^a-z0-9]+", "_", hand.ask("graph.name").lower()).strip("_")
