"""The palette by keys, and the form of a node, in a browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

SOON = 30_000
PANEL = "window.jupyterapp.shell.currentWidget"
MARKED = re.compile("jp-StratCraft-marked")


@pytest.fixture(params=["lab", "notebook"])
def page(request, open_notebook, server):
    # what was used last would stand on top of the palette
    (Path(server.environment["STRATCRAFT_HOME"]) / "preferences.json").unlink(missing_ok=True)
    page = open_notebook(request.param)
    page.show_builder()
    return page


def test_the_palette_and_the_form(page):
    palette_by_keys(page)
    favourites_and_recent(page)
    form_by_keys(page)
    label_and_note(page)
    page.set_theme("JupyterLab Dark")
    page.screenshot(f"palette_dark_{page.front_end}")


def palette_by_keys(page):
    """Searches, walks, adds and leaves without a mouse; the notebook stays as it is."""
    palette = page.builder.locator(".jp-StratCraft-palette")
    keys, before = page.page.keyboard, page.cells()
    search = palette.get_by_placeholder("Search, Enter adds")
    heading = palette.locator(".jp-StratCraft-shelf-heading").first
    search.click()
    for text in ("RSI", "relative strength", "overbought"):
        search.fill(text)
        found = palette.locator(".jp-StratCraft-choices").filter(has_text="Found")
        best = found.get_by_role("button").first
        expect(best).to_contain_text("Relative strength index", timeout=SOON)
        expect(best).to_have_class(MARKED)
        keys.press("Escape")
        expect(search).to_have_value("")
        # the shelves come back when the kernel has answered; until then the list is in their place
        expect(heading).to_be_visible(timeout=SOON)
        expect(found).to_be_hidden(timeout=SOON)
    search.fill("momentm")
    expect(found.get_by_role("button").first).to_contain_text("Momentum oscillator", timeout=SOON)
    keys.press("ArrowDown")
    expect(found.get_by_role("button").nth(1)).to_have_class(MARKED)
    expect(search).to_be_focused()
    keys.press("Escape")
    expect(heading).to_be_visible(timeout=SOON)
    keys.press("ArrowDown")
    expect(heading).to_be_focused()
    heading.press("ArrowRight")
    shelf = palette.locator(".jp-StratCraft-shelf-body")
    bars = shelf.get_by_role("button", name="Timeframe", exact=True)
    expect(bars).to_be_visible(timeout=SOON)
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(bars).to_be_focused()
    tip = page.page.locator(".jp-StratCraft-Tip")
    expect(tip).to_contain_text("In: Bars (bars).")
    assert bars.get_attribute("title") == tip.inner_text()
    page.screenshot(f"palette_{page.front_end}")
    keys.press("Enter")
    page.wait_in_kernel("print(builder.graph.nodes[-1].id)", lambda now: now == "timeframe")
    expect(bars).to_be_focused()
    keys.press("Escape")
    expect(search).to_be_focused()
    expect(tip).to_have_count(0)
    keys.press("Escape")
    expect(page.builder.locator(".jp-StratCraft-Surface")).to_be_focused()
    assert page.cells() == before


def favourites_and_recent(page):
    """What was added is listed, what is starred stays on top."""
    palette = page.builder.locator(".jp-StratCraft-palette")
    recent = palette.locator(".jp-StratCraft-choices").filter(has_text="Recent")
    expect(recent.get_by_role("button", name="Timeframe", exact=True)).to_be_visible(timeout=SOON)
    page.builder.get_by_title("Keep Timeframe on top of the palette, as a favourite").click()
    favourites = palette.locator(".jp-StratCraft-choices").filter(has_text="Favourites")
    expect(favourites.get_by_role("button", name="Timeframe")).to_be_visible(timeout=SOON)
    list_at_the_pointer(page, recent)
    page.builder.get_by_label("Selected", exact=True).select_option(label="Timeframe")
    page.builder.get_by_title("Take Timeframe off the favourites of the palette").click()
    expect(favourites).to_be_hidden(timeout=SOON)


def list_at_the_pointer(page, recent):
    """Shows the same favourites and recent kinds; what is added from it is recent at once."""
    picker, keys = page.builder.locator(".jp-StratCraft-Picker"), page.page.keyboard
    page.builder.locator(".jp-StratCraft-Surface").focus()
    keys.press("/")
    shelf = picker.get_by_role("group").first
    expect(shelf).to_have_text("FavouritesTimeframe")
    expect(picker.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    expect(picker.get_by_role("status")).to_contain_text("In: Bars (bars).")
    page.screenshot(f"picker_{page.front_end}")
    search = picker.get_by_role("combobox")
    search.fill("momentm")
    expect(picker.get_by_role("option").first).to_have_text("Momentum oscillator")
    search.fill("bar before")
    expect(picker.get_by_role("option").first).to_have_text("Earlier value")
    expect(picker.get_by_role("status")).to_contain_text("“Bars ago” says how many.")
    search.fill("marubozu")
    expect(picker.get_by_role("option")).to_have_count(1)
    place = "part => [part.offsetHeight, part.scrollHeight - part.clientHeight]"
    assert search.evaluate("field => field.offsetHeight") == 28
    assert picker.get_by_role("listbox").evaluate(place) == [26, 0]
    search.fill("bar before")
    keys.press("Enter")
    expect(recent.get_by_role("button").first).to_have_text("Earlier value", timeout=SOON)


def form_by_keys(page):
    """Unit, refusal, reset and the live reading."""
    page.builder.get_by_label("Selected", exact=True).select_option(label="Fast SMA")
    form = page.builder.locator(".jp-StratCraft-node-form")
    period = form.get_by_label("Period")
    period.click()
    page.page.keyboard.press("Control+a")
    page.page.keyboard.type("0")
    page.page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("use 1 or more", timeout=SOON)
    page.screenshot(f"inspector_{page.front_end}")
    page.page.keyboard.press("Control+a")
    page.page.keyboard.type("12")
    page.page.keyboard.press("Enter")
    expect(form.locator(".jp-StratCraft-head")).to_contain_text("SMA(12) of close.", timeout=SOON)
    form.get_by_title("Back to 14").click()
    expect(form.locator(".jp-StratCraft-head")).to_contain_text("SMA(14) of close.", timeout=SOON)


def label_and_note(page):
    """A name of one's own is in the box and the plain English; a note stays with the node."""
    form, keys = page.builder.locator(".jp-StratCraft-node-form"), page.page.keyboard
    form.get_by_label("Name").click()
    keys.press("Control+a")
    keys.type("Quick mean")
    keys.press("Enter")
    expect(page.node("fast")).to_contain_text("Quick mean", timeout=SOON)
    expect(form.locator("h4")).to_have_text("Quick mean", timeout=SOON)
    note = form.get_by_label("Note")
    note.click()
    keys.type("Shorter than the other\nin most markets.")
    keys.press("Control+s")  # saves the notebook, and counts as the end of typing
    page.page.wait_for_function(f"() => !{PANEL}.context.model.dirty")
    expect(note).to_be_focused()
    said = "print(builder.graph.node('fast').label, builder.graph.node('fast').note, sep='|')"
    wanted = "Quick mean|Shorter than the other\nin most markets."
    page.wait_in_kernel(said, lambda now: now == wanted)
    undo = page.builder.get_by_role("button", name="Undo").first
    for _ in range(2):
        undo.click()
    page.wait_in_kernel(said, lambda now: now == "Fast SMA|None")
    expect(form.get_by_label("Name")).to_have_value("Fast SMA", timeout=SOON)
