"""The turtle built from nothing as a trader would who sees the canvas for the first time.

The run is recorded; ``playwright show-trace artifacts/turtle-from-blank.zip`` plays it.
"""

import json

from playwright.sync_api import expect

from stratcraft_jupyter.graph import KINDS, StrategyGraph, load_template
from tests.browser.canvas_hand import SOON, CanvasHand, Point
from tests.browser.conftest import ARTIFACTS
from tests.browser.notebook_page import NODE
from tests.browser.own_notebook import run_first

_NEAREST_FREE = """(surface, [x, y]) => {
    const box = surface.getBoundingClientRect();
    // no box beside it in any direction: near a port a drop would go there
    const around = [-40, 0, 40].flatMap(dx => [-25, 0, 25].map(dy => [dx, dy]));
    const isFree = (left, top) =>
        around.every(([dx, dy]) => document.elementFromPoint(left + dx, top + dy) === surface);
    let [best, least] = [null, Infinity];
    for (let top = box.top + 45; top < box.bottom - 75; top += 15) {
        for (let left = box.left + 60; left < box.right - 60; left += 15) {
            const distance = Math.hypot(left - x, top - y);
            if (distance < least && isFree(left, top)) {
                [best, least] = [[left, top], distance];
            }
        }
    }
    return best;
}"""
RIGHT, LEFT = 130, -190


def test_the_turtle_is_built_by_mouse(own_notebook):
    page = own_notebook.open("lab")
    tracing = page.page.context.tracing
    tracing.start(screenshots=True)
    try:
        build_the_turtle(page)
    finally:
        tracing.stop(path=ARTIFACTS.parent / "turtle-from-blank.zip")


def build_the_turtle(page):
    run_first(page)
    page.builder.get_by_role("button", name="Blank strategy").click()
    hand = CanvasHand(page)
    expect(page.builder.get_by_text("Begin with Bars")).to_be_visible(timeout=SOON)
    Turtle(hand).build()
    page.screenshot("turtle-from-blank")
    built = page.in_kernel("print(builder.graph.to_json())")
    assert meaning(StrategyGraph.from_json(built)) == meaning(load_template("donchian_turtle"))
    expect(page.builder.get_by_text("No problems found.")).to_be_visible(timeout=SOON)


def meaning(graph: StrategyGraph) -> list[str]:
    """What every node computes, without the names and places of nodes."""

    def of(node_id: str) -> list[object]:
        node = graph.node(node_id)
        sources = [
            [edge.target_port, edge.source_port, of(edge.source_node)]
            for edge in graph.edges_into(node_id)
        ]
        params = {param.name: param.default for param in KINDS[node.kind].params}
        return [node.kind, {**params, **node.params}, sorted(sources, key=json.dumps)]

    return sorted(json.dumps(of(node.id), sort_keys=True) for node in graph.nodes)


class Turtle:
    """The steps, each by mouse but for the words of a search and the numbers of a form."""

    def __init__(self, hand: CanvasHand) -> None:
        self.hand = hand
        self.made: set[str] = set()

    def build(self) -> None:
        self.start_with_bars()
        entry = self.add("bars", "bars", "turtle", "Donchian channels")
        leave = self.add("bars", "bars", "channel", "Donchian channels")
        self.set_period(leave, "10")
        high, low = self.before(entry, "upper"), self.before(entry, "lower")
        exit_high, exit_low = self.before(leave, "upper"), self.before(leave, "lower")
        long = self.act(high, "above", ">", "buy", "Enter long")
        short = self.act(low, "below", "<", "sell short", "Enter short")
        self.act(exit_low, "below", "<", "exit long", "Exit long")
        self.act(exit_high, "above", ">", "cover", "Exit short")
        stop = self.add(long, "order", "stop loss", "Stop loss")
        self.join(short, "order", stop, "entry")
        range_ = self.add("bars", "bars", "atr", "Average true range")
        self.set_period(range_, "20")
        self.join(range_, "value", stop, "distance")
        size = self.add(long, "size", "1% risk", "Percent risk to the stop", LEFT)
        self.join(size, "size", short, "size")

    def start_with_bars(self) -> None:
        search = self.hand.page.builder.get_by_placeholder("Search, Enter adds")
        search.click()
        self.hand.keys.type("bars")
        self.hand.keys.press("Enter")
        expect(self.hand.page.page.locator(NODE)).to_have_count(1, timeout=SOON)
        self.made.add("bars")

    def before(self, channel: str, line: str) -> str:
        """The line one bar ago."""
        return self.add(channel, line, "previous", "Earlier value")

    def act(self, level: str, words: str, sign: str, order: str, title: str) -> str:
        """Orders when the close is beyond a level."""
        condition = self.add("bars", "close", words, "Compare", near=level)
        if sign != ">":
            form = self.hand.page.builder.locator(".jp-StratCraft-node-form")
            form.locator("select").first.select_option(label=sign)
            self.hand.wait(f"graph.node('{condition}').params['operator']", sign)
        self.join(level, "value", condition, "right")
        return self.add(condition, "signal", order, title)

    def add(
        self, node: str, port: str, words: str, title: str, aside: int = RIGHT, near: str = ""
    ) -> str:
        """Drags from a port onto nothing and takes what is found first; the new node's id."""
        self.hand.show_all()
        start = self.grip(node, port)
        x, y = self.hand.title(near) if near else start
        self.hand.begin_drag(start, (start[0] + 12, start[1]))  # ports that fit unfold
        end = self.hand.surface.evaluate(_NEAREST_FREE, [x + aside, y])
        self.hand.mouse.move(end[0], end[1], steps=4)
        self.hand.mouse.up()
        rows = self.hand.picker.get_by_role("option")
        expect(self.hand.picker).to_be_visible(timeout=SOON)
        self.hand.keys.type(words)
        expect(rows.first).to_have_text(title)
        rows.first.click()
        expect(self.hand.page.page.locator(NODE)).to_have_count(len(self.made) + 1, timeout=SOON)
        ids = self.hand.ask("[node.id for node in graph.nodes]")
        (made,) = set(ids) - self.made
        self.made.add(made)
        return str(made)

    def join(self, source: str, port: str, target: str, into: str) -> None:
        """Drags from a port to another one; folded ports open on the way."""
        self.hand.show_all()
        self.hand.begin_drag(self.grip(source, port), self.hand.title(target))
        self.hand.mouse.move(*self.hand.grip(target, into), steps=4)
        self.hand.mouse.up()
        edge = f"{source}.{port}->{target}.{into}"
        self.hand.wait(f"{edge!r} in set(map(str, graph.edges))", True)

    def grip(self, node: str, port: str) -> Point:
        """A port, which may be folded until the mouse is on its box."""
        self.hand.mouse.move(*self.hand.title(node))
        return self.hand.grip(node, port)

    def set_period(self, node: str, value: str) -> None:
        form = self.hand.page.builder.locator(".jp-StratCraft-node-form")
        field = form.get_by_label("Period")
        expect(field).to_be_visible(timeout=SOON)  # what was added is selected
        field.fill(value)
        field.press("Enter")
        self.hand.wait(f"graph.node('{node}').params['period']", int(value))
