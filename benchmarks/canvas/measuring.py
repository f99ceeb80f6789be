"""What a page takes to draw a graph, and how many frames it shows while a node is dragged."""

import math
import time
from typing import NamedTuple

from playwright.sync_api import Page

from benchmarks.opened import Frames, seen, watch
from tests.browser.notebook_page import NotebookPage

PATIENCE = 120_000.0
_CELL = 1
_PAUSE = 400.0
_DRAW = """async ({index, source, nodes, edges, patience}) => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cell = panel.content.widgets[index];
    panel.content.activeCellIndex = index;
    cell.model.sharedModel.setSource(source);
    const ours = () => {
        const surface = cell.node.querySelector('.jp-StratCraft-Surface');
        const boxes = surface && [...surface.querySelectorAll('.jp-StratCraft-Node')];
        const painted = surface && Number(surface.querySelector('canvas').dataset.edges);
        if (!boxes || boxes.length < nodes || painted < edges) return null;
        const place = ({style}) => [style.left, style.top];
        const middle = box => {
            const {x, y, width, height} = box.getBoundingClientRect();
            return [x + width / 2, y + height / 2];
        };
        const zoom = () => new DOMMatrix(boxes[0].parentElement.style.transform).a;
        return {surface, items: boxes, middle, place, zoom};
    };
    const theirs = () => {
        const held = [...cell.node.querySelectorAll('.jp-OutputArea-output div')];
        const cy = held.map(element => element._cyreg?.cy).find(Boolean);
        if (!cy || cy.nodes().length < nodes || cy.edges().length < edges) return null;
        const surface = cy.container();
        const place = node => Object.values(node.position());
        const middle = node => {
            const {left, top} = surface.getBoundingClientRect();
            const {x, y} = node.renderedPosition();
            return [left + x, top + y];
        };
        const closeUp = () => {
            const {width, height} = surface.getBoundingClientRect();
            cy.zoom({level: 1, renderedPosition: {x: width / 2, y: height / 2}});
        };
        return {surface, items: cy.nodes().toArray(), middle, place, closeUp};
    };
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    const began = performance.now();
    window.jupyterapp.commands.execute('notebook:run-cell');
    while (!(window.drawn = ours() ?? theirs())) {
        await frame();
        if (performance.now() - began > patience) return null;
    }
    await frame();
    await frame();
    return performance.now() - began;
}"""
_MIDDLE = """() => {
    const {surface, items, middle} = window.drawn;
    const {left, top, width, height} = surface.getBoundingClientRect();
    const far = item => {
        const [x, y] = middle(item);
        return Math.hypot(x - left - width / 2, y - top - height / 2);
    };
    window.grabbed = items.reduce((best, item) => far(item) < far(best) ? item : best);
    return middle(window.grabbed);
}"""
_PLACE = "() => window.drawn.place(window.grabbed)"


class Drag(NamedTuple):
    """Dragging a node of the whole graph, and of a part of it at its full size."""

    whole: Frames
    close: Frames


def draw(notebook: NotebookPage, way: str, count: int, edges: int) -> float:
    """Milliseconds from asking the kernel for a graph until it is on the screen.

    Infinity if it is not within `PATIENCE` milliseconds; the page is of no more use then.
    """
    wanted = {
        "index": _CELL,
        "source": f"WAYS[{way!r}]({count})",
        "nodes": count,
        "edges": edges,
        "patience": PATIENCE,
    }
    took = notebook.page.evaluate(_DRAW, wanted)
    return math.inf if took is None else took


def drag(notebook: NotebookPage, way: str, seconds: float) -> Drag:
    """Drags a node in the middle of what was drawn last, by the mouse."""
    page = notebook.page
    whole = _drag_middle(page, seconds)
    if way == "ours":
        page.mouse.move(*page.evaluate(_MIDDLE))
        page.locator(".jp-StratCraft-Surface").focus()
        page.keyboard.press("0")
        page.wait_for_function("() => Math.abs(window.drawn.zoom() - 1) < 0.01")
        page.wait_for_timeout(_PAUSE)  # it glides there
    else:
        page.evaluate("() => window.drawn.closeUp()")
    return Drag(whole, _drag_middle(page, seconds))


def _drag_middle(page: Page, seconds: float) -> Frames:
    """The frames while a node goes round in circles."""
    x, y = page.evaluate(_MIDDLE)
    before = page.evaluate(_PLACE)
    page.mouse.move(x, y)
    page.wait_for_timeout(_PAUSE)  # what opens under the pointer does so before it is watched
    page.mouse.down()
    page.mouse.move(x + 10, y + 10, steps=3)
    watch(page)
    began, turn = time.monotonic(), 0.0
    while time.monotonic() - began < seconds:
        turn += 0.15
        page.mouse.move(x + 60 * math.cos(turn), y + 60 * math.sin(turn))
    frames = seen(page)
    after = page.evaluate(_PLACE)
    page.mouse.up()
    page.wait_for_timeout(_PAUSE)
    if after == before:
        raise RuntimeError("the node did not move")
    return frames
