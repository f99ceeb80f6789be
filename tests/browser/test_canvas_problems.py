"""Findings on the canvas: badges with text, the list that leads there, what stops Generate."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.canvas_hand import centre
from tests.browser.keyboard_hand import KeyboardHand

# made-up findings beside the real ones: no rule speaks of an edge of a template, or of all of it
TELL = """
from dataclasses import replace
from stratcraft_jupyter.diagnostics import Diagnostic
edge = "slow.value->cross_up.right"
builder._state.update(run_findings=(
    Diagnostic("SC998", "warning", "This line is odd.", "Look at it.", "cross_up", "right", edge),
    Diagnostic("SC999", "warning", "The bars are few.", "Take more bars."),
))
"""


@pytest.fixture
def hand(open_notebook):
    page = open_notebook("lab")
    page.show_builder()
    return KeyboardHand(page)


def test_every_finding_is_seen_heard_and_gone_to(hand):
    page = hand.page
    page.in_kernel(
        "from stratcraft_jupyter.graph import disconnect\n"
        "builder.graph = disconnect(builder.graph, 'fast.value', 'cross_up.left')"
    )
    page.in_kernel(TELL)
    hand.show_all()
    shows_badges(hand)
    tells_on_focus(hand)
    leads_from_the_list(hand)
    stops_generate(hand)


def shows_badges(hand):
    builder = hand.page.builder
    badge = hand.page.node("cross_up").locator(".jp-StratCraft-Node-badge")
    expect(badge).to_be_visible()
    hand.mouse.move(*centre(badge))
    expect(hand.bubble).to_contain_text("Fast above slow")
    edge = builder.locator(".jp-StratCraft-Edge-badge")
    expect(edge).to_have_attribute("aria-label", re.compile("warning: This line is odd"))
    hand.mouse.move(*centre(edge))
    expect(hand.bubble).to_contain_text("This line is odd. Look at it.")
    whole = builder.locator(".jp-StratCraft-Strategy-badge")
    expect(whole).to_have_text("Strategy: 1 warning")
    hand.mouse.move(*centre(whole))
    expect(hand.bubble).to_contain_text("The bars are few. Take more bars.")
    hand.page.screenshot("canvas-problems")


def tells_on_focus(hand):
    hand.mouse.move(*hand.free_point())
    hand.go_to("cross_up")
    expect(hand.bubble).to_contain_text("Fast above slow")
    hand.expect_at("Fast above slow")
    assert "error: " in hand.page.node("cross_up").get_attribute("aria-label")
    hand.go_to("slow")
    expect(hand.bubble).to_be_hidden()
    hand.press("ArrowRight")
    hand.expect_at("Connection from Value of Slow SMA")
    for _ in range(2):
        if hand.bubble.is_hidden():
            hand.press("ArrowDown")
    expect(hand.bubble).to_contain_text("This line is odd.")


def leads_from_the_list(hand):
    builder = hand.page.builder
    findings = builder.locator(".jp-StratCraft-findings button")
    expect(findings).to_have_count(3)
    hand.page.builder.locator(".jp-StratCraft-ResizeHandle").focus()
    findings.filter(has_text="Error:").click()
    expect(hand.page.node("cross_up")).to_be_focused()
    expect(hand.page.node("cross_up")).to_have_class(re.compile("jp-mod-selected"))
    expect(hand.page.node("cross_up")).to_be_in_viewport()
    findings.filter(has_text="This line is odd").click()
    hand.expect_at("Connection from Value of Slow SMA to ")
    assert hand.ask("builder._state.snapshot.selected_edges") == ["slow.value->cross_up.right"]
    findings.filter(has_text="The bars are few").click()
    expect(hand.surface).to_be_focused()
    findings.filter(has_text="Error:").press("Enter")
    expect(hand.page.node("cross_up")).to_be_focused()


def stops_generate(hand):
    builder, count = hand.page.builder, len(hand.page.cells())
    button = builder.get_by_role("button", name="Generate")
    expect(button).to_have_attribute(
        "title", re.compile("Correct this first: Left of Fast above slow")
    )
    button.click()
    expect(builder.locator(".jp-StratCraft-failure")).to_contain_text("Fast above slow")
    assert len(hand.page.cells()) == count
    # warnings stop nothing
    hand.page.in_kernel("builder._state.undo()")
    hand.page.in_kernel(TELL)
    expect(builder.locator(".jp-StratCraft-findings button")).to_have_count(2)
    button.click()
    hand.page.wait_for_cells(count)
