"""The chooser: templates, a blank canvas, files, with mouse and with keys."""

import pytest
from playwright.sync_api import expect

from stratcraft_jupyter.graph import list_templates, load_template
from tests.browser.notebook_page import NODE
from tests.browser.own_notebook import SOON, START, choose, run_first, set_period, type_at_once

FRONT_ENDS = [("lab", "dark"), ("notebook", "light")]


@pytest.mark.parametrize(("front_end", "theme"), FRONT_ENDS)
def test_the_chooser_shows_templates_and_opens_one(own_notebook, front_end, theme):
    page = own_notebook.open(front_end, theme=theme)
    run_first(page)
    cards = page.builder.locator(".jp-StratCraft-card")
    expect(cards).to_have_count(len(list_templates()))
    assert page.page.evaluate(
        "() => [...document.querySelectorAll('.jp-StratCraft-card img')]"
        ".every(picture => picture.complete && picture.naturalWidth > 50)"
    )
    expect(page.builder.locator(".jp-StratCraft-desk")).to_be_hidden()
    expect(page.builder.get_by_text("Recover unsaved")).to_have_count(0)
    page.screenshot(f"{front_end}-{theme}-start")
    choose(page, "SMA cross")
    expect(page.page.locator(NODE)).to_have_count(7)
    expect(page.builder.locator(START)).to_be_hidden()
    page.screenshot(f"{front_end}-{theme}-started")
    # the canvas was made out of sight: it has to fill its place all the same
    box = page.node("fast").bounding_box()
    stage = page.builder.locator(".jp-StratCraft-stage").bounding_box()
    assert box
    assert stage
    assert stage["x"] < box["x"] < stage["x"] + stage["width"]
    set_period(page, 12)


def test_it_fits_a_narrow_window(own_notebook):
    own_notebook.page.set_viewport_size({"width": 700, "height": 900})
    page = own_notebook.open("notebook", theme="dark")
    run_first(page)
    page.screenshot("notebook-dark-start-700")
    width = "node => node.scrollWidth <= node.clientWidth"
    assert page.builder.locator(START).evaluate(width)


def test_a_blank_strategy_is_reached_by_keys_alone(own_notebook):
    page = own_notebook.open("lab")
    run_first(page)
    blank = page.builder.get_by_role("button", name="Blank strategy")
    blank.focus()
    path = page.builder.get_by_label("Path of a strategy file")
    page.page.keyboard.press("Tab")
    expect(path).to_be_focused()
    page.page.keyboard.press("Shift+Tab")
    expect(blank).to_be_focused()
    page.page.keyboard.press("Enter")
    expect(page.builder.locator(".jp-StratCraft-desk")).to_be_visible(timeout=SOON)
    page.wait_in_kernel("print(len(builder.graph.nodes))", lambda now: now == "0")


def test_a_card_is_opened_by_keys(own_notebook):
    page = own_notebook.open("lab")
    run_first(page)
    before = [(cell["id"], cell["source"]) for cell in page.cells()]
    page.builder.get_by_role("button", name="MACD cross", exact=True).focus()
    page.page.keyboard.press("x")  # must not cut the cell
    page.page.keyboard.press("Enter")
    expect(page.page.locator(NODE).first).to_be_visible(timeout=SOON)
    page.wait_in_kernel("print(builder.graph.name)", lambda now: now == "MACD cross")
    assert [(cell["id"], cell["source"]) for cell in page.cells()] == before


@pytest.mark.parametrize("front_end", ["lab", "notebook"])
def test_a_file_is_opened_by_its_path(own_notebook, front_end):
    load_template("macd_cross").save(own_notebook.folder / "mine.strategy.json")
    (own_notebook.folder / "bad.strategy.json").write_text("{")
    page = own_notebook.open(front_end)
    run_first(page)
    path = page.builder.get_by_label("Path of a strategy file")
    type_at_once(page, path, "bad.strategy.json")
    page.page.keyboard.press("Enter")
    alert = page.builder.locator(".jp-StratCraft-start-files [role=alert]")
    expect(alert).to_contain_text("is no strategy document", timeout=SOON)
    type_at_once(page, path, "gone.strategy.json")
    page.builder.get_by_role("button", name="Open file").click()
    expect(alert).to_contain_text("There is no file")
    expect(alert).to_contain_text("/gone.strategy.json'")
    page.screenshot(f"{front_end}-no-such-file")
    page.builder.get_by_role("button", name="mine.strategy.json").click()
    expect(page.page.locator(NODE).first).to_be_visible(timeout=SOON)
    page.wait_in_kernel("print(builder.graph.name)", lambda now: now == "MACD cross")
    assert (own_notebook.folder / "bad.strategy.json").read_text() == "{"
