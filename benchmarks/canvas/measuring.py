"""What a page takes to draw a graph, and how many frames it shows while a node is dragged."""

import math
import time
from typing import NamedTuple

from playwright.sync_api import Page

from benchmarks.opened import Frames, seen, watch
from tests.browser.notebook_page import NotebookPage

_PATIENCE = 120_000.0
_CELL = 1
_DRAW = """async ({index, source, nodes, edges, patience}) => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cell = panel.content.widgets[index];
    panel.content.activeCellIndex = index;
    cell.model.sharedModel.setSource(source);
    const graph = () => {
        for (const element of cell.node.querySelectorAll('.jp-OutputArea-output div')) {
            const cy = element._cyreg && element._cyreg.cy;
            if (cy) return cy;
        }
        return null;
    };
    const isThere = () => {
        const cy = graph();
        if (!cy || cy.nodes().length < nodes || cy.edges().length < edges) return false;
        const boxes = cell.node.querySelectorAll('.jp-StratCraft-Node').length;
        return boxes === nodes || !cell.node.querySelector('.jp-StratCraft-Canvas');
    };
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    const began = performance.now();
    window.jupyterapp.commands.execute('notebook:run-cell');
    while (!isThere()) {
        await frame();
        if (performance.now() - began > patience) return null;
    }
    await frame();
    await frame();
    window.drawn = graph();
    return performance.now() - began;
}"""
_CLOSE_UP = """() => {
    const cy = window.drawn;
    const {width, height} = cy.container().getBoundingClientRect();
    cy.zoom({level: 1, renderedPosition: {x: width / 2, y: height / 2}});
}"""
_MIDDLE = """() => {
    const cy = window.drawn;
    const {left, top, width, height} = cy.container().getBoundingClientRect();
    const far = node => {
        const {x, y} = node.renderedPosition();
        return Math.hypot(x - width / 2, y - height / 2);
    };
    const node = cy.nodes().min(far).ele;
    window.grabbed = node;
    const {x, y} = node.renderedPosition();
    return [left + x, top + y];
}"""
_IS_UNDER = """([x, y]) => {
    const box = document.elementFromPoint(x, y)?.closest('[data-node]');
    return !document.querySelector('.jp-StratCraft-Canvas')
        || (box && box.dataset.node === window.grabbed.id());
}"""
_PLACE = "() => { const {x, y} = window.grabbed.position(); return [x, y]; }"


class Drag(NamedTuple):
    """Dragging a node of the whole graph, and of a part of it at its full size."""

    whole: Frames
    close: Frames


def draw(notebook: NotebookPage, way: str, count: int, edges: int) -> float:
    """Milliseconds from asking the kernel for a graph until it is on the screen."""
    wanted = {
        "index": _CELL,
        "source": f"WAYS[{way!r}]({count})",
        "nodes": count,
        "edges": edges,
        "patience": _PATIENCE,
    }
    took = notebook.page.evaluate(_DRAW, wanted)
    if took is None:
        raise RuntimeError(f"{way} did not draw {count} nodes in {_PATIENCE / 1_000:g} s")
    return took


def drag(notebook: NotebookPage, way: str, seconds: float) -> Drag:
    """Drags a node in the middle of what was drawn last, by the mouse."""
    page = notebook.page
    whole = _drag_middle(page, seconds)
    if way == "ours":
        page.mouse.move(*page.evaluate(_MIDDLE))
        page.locator(".jp-StratCraft-Surface").focus()
        page.keyboard.press("0")
        page.wait_for_function("() => Math.abs(window.drawn.zoom() - 1) < 0.01")
    else:
        page.evaluate(_CLOSE_UP)
    return Drag(whole, _drag_middle(page, seconds))


def _drag_middle(page: Page, seconds: float) -> Frames:
    """The frames while a node goes round in circles."""
    x, y = page.evaluate(_MIDDLE)
    before = page.evaluate(_PLACE)
    page.wait_for_function(_IS_UNDER, arg=[x, y])
    page.mouse.move(x, y)
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
    page.wait_for_timeout(300)
    if after == before:
        raise RuntimeError("the node did not move")
    return frames
