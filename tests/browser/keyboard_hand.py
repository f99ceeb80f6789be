"""The keyboard on the canvas: where it is, what is read out, and what axe says about it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.canvas_hand import CanvasHand

AXE = Path(__file__).parents[2] / "labextension" / "node_modules" / "axe-core" / "axe.min.js"

_FOCUSED = """() => {
    const active = document.activeElement;
    const inner = active && active.getAttribute('aria-activedescendant');
    const told = inner ? document.getElementById(inner) : active;
    return told ? told.getAttribute('aria-label') || told.className : '';
}"""

_AXE = """async element => {
    const rules = {'color-contrast': {enabled: true}};
    const found = await window.axe.run(element, {resultTypes: ['violations'], rules});
    return found.violations
        .filter(item => ['serious', 'critical'].includes(item.impact))
        .map(item => ({
            id: item.id,
            where: item.nodes.map(node => `${node.html.slice(0, 160)} ${node.failureSummary}`),
        }));
}"""


class KeyboardHand(CanvasHand):
    """What a user without a mouse does on the canvas of one notebook."""

    @property
    def live(self) -> Locator:
        return self.page.builder.locator(".jp-StratCraft-live")

    @property
    def sheet(self) -> Locator:
        return self.page.builder.get_by_role("dialog", name="Keys of the canvas")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys.press(key)

    def enter(self) -> None:
        """Puts the keyboard on the canvas itself."""
        self.surface.focus()
        expect(self.surface).to_be_focused()

    def expect_at(self, label: str) -> None:
        """Waits until a screen reader would hear this of what has the focus."""
        self.page.page.wait_for_function(
            f"label => (({_FOCUSED})() || '').startsWith(label)", arg=label
        )

    def go_to(self, node_id: str) -> None:
        """Steps with Tab until a node has the focus."""
        self.enter()
        node = self.page.node(node_id)
        for _ in range(40):
            self.press("Tab")
            if node.evaluate("node => node === document.activeElement"):
                return
        raise AssertionError(f"Tab does not reach {node_id}")

    def faults(self, part: Locator) -> list[dict[str, Any]]:
        """Serious and critical problems that axe finds in a part of the page."""
        page = self.page.page
        if not page.evaluate("() => 'axe' in window"):
            # a module loader on the page would take it for a module of its own
            page.evaluate(f"() => {{ const define = undefined; {AXE.read_text('utf-8')} }}")
        return part.evaluate(_AXE)
