"""A hand on the canvas: where things are on the screen, and drags between them."""

import json
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.notebook_page import NotebookPage

SOON = 20_000
expect.set_options(timeout=SOON)  # a busy machine takes its time

_FREE = """surface => {
    const box = surface.getBoundingClientRect();
    const isFree = (x, y) => document.elementFromPoint(x, y) === surface;
    for (let y = box.bottom - 50; y > box.top + 40; y -= 20) {
        for (let x = box.right - 60; x > box.left + 60; x -= 20) {
            const around = [[0, 0], [45, 0], [-45, 0], [0, 30], [0, -30]];
            if (around.every(([dx, dy]) => isFree(x + dx, y + dy))) return [x, y];
        }
    }
    return null;
}"""
_STANDS = """async element => {
    const place = () => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return element.isConnected && width > 0 ? [x + width / 2, y + height / 2] : null;
    };
    const before = place();
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    for (let count = 0; count < 3; count += 1) await frame();
    return before && String(before) === String(place()) ? before : null;
}"""
"""The middle of an element if it is in sight and did not move for three frames."""
_TRIES = 100
_PAUSE = 100
Point = tuple[float, float]


def centre(locator: Locator) -> Point:
    """The middle of something once it stands still: an answer of the kernel draws boxes anew."""
    for _ in range(_TRIES):
        place = locator.evaluate(_STANDS)
        if place:
            return place[0], place[1]
        locator.page.wait_for_timeout(_PAUSE)
    raise AssertionError(f"{locator} is not in sight, or moves on and on")


class CanvasHand:
    """What a user does on the canvas of one notebook, and what the strategy is then."""

    def __init__(self, page: NotebookPage) -> None:
        self.page = page
        self.mouse = page.page.mouse
        self.keys = page.page.keyboard
        self.surface = page.builder.locator(".jp-StratCraft-Surface")

    @property
    def menu(self) -> Locator:
        return self.page.builder.locator(".jp-StratCraft-Menu")

    @property
    def picker(self) -> Locator:
        return self.page.builder.locator(".jp-StratCraft-Picker")

    @property
    def bubble(self) -> Locator:
        return self.page.builder.locator(".jp-StratCraft-Bubble")

    def title(self, node_id: str) -> Point:
        """A point of a box that is no port."""
        return centre(self.page.node(node_id).locator(".jp-StratCraft-Node-title"))

    def grip(self, node_id: str, port: str) -> Point:
        return centre(
            self.page.node(node_id).locator(f"[data-port='{port}'] .jp-StratCraft-Port-grip")
        )

    def area(self, kind: str) -> Locator:
        """The frame or the comment on the canvas."""
        return self.page.builder.locator(f".jp-StratCraft-Area[data-kind='{kind}']")

    def free_point(self) -> Point:
        """A place with nothing on it and room around, once there is one: views glide."""
        for _ in range(_TRIES):
            place = self.surface.evaluate(_FREE)
            if place:
                return place[0], place[1]
            self.page.page.wait_for_timeout(_PAUSE)
        raise AssertionError("no place on the canvas is free")

    def click_free(self) -> None:
        self.mouse.click(*self.free_point())

    def select(self, *node_ids: str) -> None:
        """Clicks one node, then the others with Shift."""
        self.mouse.click(*self.title(node_ids[0]))
        for node_id in node_ids[1:]:
            self.keys.down("Shift")
            self.mouse.click(*self.title(node_id))
            self.keys.up("Shift")
        expect(self.page.builder.locator(".jp-StratCraft-Node.jp-mod-selected")).to_have_count(
            len(node_ids)
        )

    def begin_drag(self, start: Point, end: Point) -> None:
        self.mouse.move(*start)
        self.mouse.down()
        self.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
        self.mouse.move(*end, steps=4)

    def drag(self, start: Point, end: Point) -> None:
        self.begin_drag(start, end)
        self.mouse.up()

    def choose(self, label: str, group: str = "") -> None:
        """Presses an item of the open menu."""
        expect(self.menu).to_be_visible(timeout=SOON)
        if group:
            self.menu.get_by_role("menuitem", name=group).click()
        self.menu.get_by_role("menuitem", name=label).first.click()

    def open_menu(self, at: Point) -> None:
        self.mouse.click(*at, button="right")
        expect(self.menu).to_be_visible(timeout=SOON)

    def start_over(self) -> None:
        """The template again, shown whole."""
        self.page.in_kernel("builder.graph = sc.load_template('sma_cross')")
        self.show_all()

    def show_all(self) -> None:
        """The whole strategy: a drag near the rim has moved the canvas along."""
        self.click_free()
        self.keys.press("f")
        self.page.page.wait_for_timeout(300)

    def ask(self, expression: str) -> Any:
        """What a Python expression about ``graph`` is in the kernel."""
        code = f"import json; graph = builder.graph; print(json.dumps({expression}))"
        return json.loads(self.page.in_kernel(code))

    def wait(self, expression: str, wanted: Any) -> None:
        """Waits until a Python expression about ``graph`` has a value."""
        code = f"import json; graph = builder.graph; print(json.dumps({expression}))"
        self.page.wait_in_kernel(code, lambda said: json.loads(said) == wanted)

    def expect_undo(self, name: str) -> None:
        button = self.page.builder.get_by_role("button", name="Undo").first
        expect(button).to_have_attribute("title", f"Undo: {name}", timeout=SOON)


EDGES = "sorted(map(str, graph.edges))"
IDS = "sorted(node.id for node in graph.nodes)"


def into(node_id: str) -> str:
    return f"sorted(map(str, graph.edges_into({node_id!r})))"
