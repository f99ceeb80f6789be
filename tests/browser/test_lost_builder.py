"""What a user meets when the kernel behind a builder is gone, or the page is loaded again."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.notebook_page import NODE, NotebookPage

_SOON = 30_000
LOST = ".jp-StratCraft-Lost"
MISSING = "Run this cell to show the strategy builder."


@pytest.mark.parametrize(("front_end", "theme"), [("lab", "dark"), ("notebook", "light")])
def test_after_a_restart_one_panel_says_how_to_go_on(open_notebook, front_end, theme):
    page: NotebookPage = open_notebook(front_end, theme=theme)
    page.show_builder()
    page.node("fast").click(position={"x": 30, "y": 10})
    period = page.builder.locator(".jp-StratCraft-inspector").get_by_label("Period")
    period.fill("17")
    page.restart_kernel()
    lost = page.builder.locator(LOST)
    expect(lost).to_contain_text("The kernel was restarted. Run this cell again to go on.")
    page.screenshot(f"{front_end}-{theme}-restarted")
    # nothing but the panel can be used
    assert page.builder.locator(":scope > :not(.jp-StratCraft-Lost):not([inert])").count() == 0
    page.builder.get_by_role("button", name="Generate").click(force=True)
    page.node("slow").click(force=True)
    # the strategy is not lost
    lost.get_by_role("button", name="Copy strategy as JSON").click()
    expect(lost).to_contain_text("Copied.")
    copied = json.loads(page.page.evaluate("() => navigator.clipboard.readText()"))
    assert {node["id"] for node in copied["nodes"]} >= {"fast", "slow"}
    lost.get_by_role("button", name="Run this cell").click()
    expect(lost).to_have_count(0, timeout=_SOON)
    expect(page.node("fast")).to_be_visible(timeout=_SOON)
    page.node("fast").click(position={"x": 30, "y": 10})
    period.fill("18")
    period.press("Enter")
    number = "print(builder.graph.node('fast').params['period'])"
    page.wait_in_kernel(number, lambda now: now == "18")


def test_a_kernel_that_dies_is_told_too(open_notebook):
    page: NotebookPage = open_notebook("lab")
    page.show_builder()
    page.kill_kernel()
    expect(page.builder.locator(LOST)).to_contain_text("Run this cell again", timeout=_SOON)


@pytest.mark.parametrize("front_end", ["lab", "notebook"])
def test_a_reload_shows_the_builder_again(open_notebook, front_end):
    page: NotebookPage = open_notebook(front_end)
    page.show_builder()
    page.run_command("docmanager:save")
    page.reload()
    expect(page.page.locator(NODE)).to_have_count(7, timeout=_SOON)


@pytest.mark.parametrize("front_end", ["lab", "notebook"])
def test_a_reload_after_a_restart_says_what_to_do(open_notebook, front_end):
    page: NotebookPage = open_notebook(front_end)
    page.show_builder()
    page.run_command("docmanager:save")
    page.restart_kernel()
    page.reload()
    missing = page.page.locator(".jp-StratCraft-Missing")
    expect(missing).to_contain_text(MISSING, timeout=_SOON)
    page.screenshot(f"{front_end}-missing")
    missing.get_by_role("button", name="Run this cell").click()
    expect(page.page.locator(NODE)).to_have_count(7, timeout=_SOON)
