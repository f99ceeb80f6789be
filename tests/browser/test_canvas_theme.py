"""The canvas follows theme, system contrast, zoom and a narrow page, without a reload."""

import pytest
from playwright.sync_api import expect

from tests.browser.canvas_hand import CanvasHand

GROUND = ".jp-StratCraft-Surface"
CARD = ".jp-StratCraft-Node[data-node='fast']"

_COLOUR = """element => {
    const canvas = document.createElement('canvas').getContext('2d');
    canvas.fillStyle = getComputedStyle(element).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""

# the colour that is painted most strongly on the layer of edges
_EDGE = """() => {
    const layers = document.querySelectorAll('canvas.jp-StratCraft-Edges');
    for (const layer of layers) {
        const {width, height} = layer;
        if (width === 0) continue;
        const {data} = layer.getContext('2d').getImageData(0, 0, width, height);
        const seen = new Map();
        for (let at = 0; at < data.length; at += 4) {
            if (data[at + 3] === 255) {
                const key = [...data.slice(at, at + 3)].join();
                seen.set(key, (seen.get(key) || 0) + 1);
            }
        }
        const [most] = [...seen].sort((a, b) => b[1] - a[1]);
        if (most) return most[0];
    }
    return '';
}"""

# the colour that the theme gives to most edges
_WANTED = """() => {
    const probe = document.createElement('span');
    probe.style.color = 'var(--jp-StratCraft-series)';
    document.querySelector('.jp-StratCraft-Canvas').append(probe);
    const canvas = document.createElement('canvas').getContext('2d');
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    probe.remove();
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).join();
}"""

# parts that reach out of what holds them, or out of the page
_CUT = """builder => {
    const own = builder.getBoundingClientRect();
    const kinds = 'button, input, select, textarea, h4, .jp-StratCraft-Surface';
    return [...builder.querySelectorAll(kinds)]
        .filter(part => part.checkVisibility({checkVisibilityCSS: true, checkOpacity: true}))
        .filter(part => part.closest('.jp-StratCraft-Surface > *') === null)
        .filter(part => {
            const {left, right, width} = part.getBoundingClientRect();
            return width > 1 && (left < own.left - 1 || right > own.right + 1);
        })
        .map(part => part.outerHTML.slice(0, 120));
}"""


@pytest.fixture
def hand(open_notebook):
    page = open_notebook("lab")
    page.show_builder()
    return CanvasHand(page)


def test_colours_follow_at_once(hand):
    page = hand.page
    expect_edges_in_theme(hand)
    light = colours(hand)
    assert sum(light[0]) > 600
    assert sum(light[1]) > 600
    for theme in ("JupyterLab Dark", "JupyterLab Dark High Contrast"):
        page.set_theme(theme)
        page.page.wait_for_selector(f"body[data-jp-theme-name='{theme}']", state="attached")
        expect_edges_in_theme(hand)
        ground, card, edge = colours(hand)
        assert sum(ground) < 200
        assert sum(card) < 250
        assert edge != light[2]
        page.screenshot(f"canvas-theme-{theme.split(' ', 1)[1].replace(' ', '-').lower()}")
    page.set_theme("JupyterLab Light")
    expect_edges_in_theme(hand)
    page.page.wait_for_function(f"before => ({_EDGE})() === before", arg=light[2])
    assert colours(hand) == light
    follows_the_system(hand)


def follows_the_system(hand):
    page = hand.page.page
    before = page.evaluate(_EDGE)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.wait_for_function(f"before => ({_EDGE})() !== before", arg=before)
    hand.select("fast")
    outline = page.locator(CARD).first.evaluate("box => getComputedStyle(box).outlineStyle")
    assert outline != "none"  # the shadow that marks it elsewhere is not painted
    hand.page.screenshot("canvas-theme-forced-colors")
    page.emulate_media(forced_colors="none", reduced_motion="reduce")
    page.wait_for_function(f"before => ({_EDGE})() === before", arg=before)


@pytest.mark.parametrize("front_end", ["lab", "notebook"])
def test_nothing_is_cut_at_700_pixels(open_notebook, front_end):
    page = open_notebook(front_end)
    page.page.set_viewport_size({"width": 700, "height": 900})
    if front_end == "lab":
        page.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    builder = page.show_builder()
    hand = CanvasHand(page)
    expect(builder).to_be_visible()
    assert builder.evaluate(_CUT) == []
    box = hand.surface.bounding_box()
    assert box
    assert box["width"] > 330
    page.node("fast").click()
    expect(builder.locator(".jp-StratCraft-inspector")).to_contain_text("Fast SMA")
    assert builder.evaluate(_CUT) == []
    page.screenshot(f"canvas-700-{front_end}")
    page.page.set_viewport_size({"width": 1500, "height": 1100})


def test_the_canvas_scales_with_the_page(hand):
    """A browser zoom of 200 %: half the room, twice the pixels, and the mouse still hits."""
    page = hand.page.page
    devtools = page.context.new_cdp_session(page)
    metrics = {"width": 750, "height": 900, "deviceScaleFactor": 2, "mobile": False}
    devtools.send("Emulation.setDeviceMetricsOverride", metrics)
    page.wait_for_function(
        """() => {
            const layer = document.querySelector('canvas.jp-StratCraft-Edges');
            return devicePixelRatio === 2 && Math.abs(layer.width / layer.clientWidth - 2) < 0.1;
        }"""
    )
    hand.page.node("fast").scroll_into_view_if_needed()
    hand.show_all()
    hand.select("fast")
    hand.drag(hand.title("slow"), hand.free_point())
    hand.expect_undo("move Slow SMA")
    hand.page.screenshot("canvas-zoom-200")
    devtools.send("Emulation.clearDeviceMetricsOverride")


def colours(hand):
    page = hand.page.page
    return [
        page.locator(GROUND).first.evaluate(_COLOUR),
        page.locator(CARD).first.evaluate(_COLOUR),
        page.evaluate(_EDGE),
    ]


def expect_edges_in_theme(hand):
    """Waits until the edges, which are painted, have the colour that the theme gives a series."""
    hand.page.page.wait_for_function(f"() => ({_EDGE})() === ({_WANTED})()")
