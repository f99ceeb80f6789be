"""Nothing is lost: save, save as, conflicts, and recovery after what happens to notebooks."""

import json
import re
import shutil

import pytest
from playwright.sync_api import Locator, expect

from stratcraft_jupyter.graph import StrategyGraph, load_template, set_name
from tests.browser.notebook_page import NODE, NotebookPage
from tests.browser.own_notebook import (
    CHOOSE,
    SOON,
    choose,
    run_first,
    set_period,
    type_at_once,
)

FRONT_ENDS = pytest.mark.parametrize("front_end", ["lab", "notebook"])
ON_FILE = "import stratcraft_jupyter as sc\n\n{0} = sc.StrategyBuilder('mine.strategy.json')\n{0}"
PERIOD = "print(builder.graph.node('fast').params['period'])"


def button(page: NotebookPage, name: str) -> Locator:
    # the sign of an icon is part of what a button is called
    return page.builder.get_by_role("button", name=re.compile(rf"^\W*{name}$"))


def in_file_menu(page: NotebookPage, name: str) -> None:
    button(page, "File").click()
    button(page, name).click()


def strategies(own) -> list[str]:
    """The strategy files of the test's folder."""
    return sorted(path.name for path in own.folder.glob("*.strategy.json"))


def wait_for_copy(own, page: NotebookPage) -> dict:
    """The one recovery copy, once it is there."""
    for _ in range(100):
        found = list(own.recovery.glob("[!.]*.json"))
        if found:
            assert len(found) == 1
            return json.loads(found[0].read_text())
        page.page.wait_for_timeout(100)
    raise AssertionError("no recovery copy was written")


def recover(page: NotebookPage) -> None:
    """Presses Recover where the chooser or the bar offers it."""
    button(page, "Recover").first.click()
    expect(page.page.locator(NODE).first).to_be_visible(timeout=SOON)
    page.wait_in_kernel(PERIOD, lambda now: now == "17")


@FRONT_ENDS
def test_save_save_as_and_the_mark(own_notebook, front_end):
    page = own_notebook.open(front_end)
    run_first(page)
    choose(page, "SMA cross")
    mark = page.builder.locator(".jp-StratCraft-unsaved")
    expect(mark).to_be_hidden()
    set_period(page, 17)
    expect(mark).to_have_text("Not saved")
    button(page, "Save").click()
    name = page.builder.get_by_label("File name")
    expect(name).to_have_value("sma_cross.strategy.json")
    type_at_once(page, name, "mine.strategy.json")
    page.page.keyboard.press("Enter")
    expect(mark).to_be_hidden(timeout=SOON)
    assert strategies(own_notebook) == ["mine.strategy.json"]
    saved = StrategyGraph.load(own_notebook.folder / "mine.strategy.json")
    assert saved.node("fast").params["period"] == 17
    assert list(own_notebook.recovery.glob("*.json")) == []
    in_file_menu(page, "Save as")
    expect(name).to_have_value("mine.strategy.json")
    page.screenshot(f"{front_end}-save-as")
    type_at_once(page, name, "other.strategy.json")
    button(page, "Save file").click()
    expect(page.builder.locator(".jp-StratCraft-saving")).to_be_hidden(timeout=SOON)
    assert strategies(own_notebook) == ["mine.strategy.json", "other.strategy.json"]
    other = own_notebook.folder / "other.strategy.json"
    assert StrategyGraph.load(other) == saved
    expect(button(page, "Save")).to_be_disabled()
    page.page.mouse.move(2, 2)
    other.unlink()
    page.builder.get_by_label("Name of the strategy").hover()
    expect(page.builder).to_contain_text("other.strategy.json is no longer there", timeout=SOON)
    page.screenshot(f"{front_end}-file-gone")
    button(page, "Save").click()
    expect(button(page, "Save")).to_be_disabled(timeout=SOON)
    assert StrategyGraph.load(other) == saved


@FRONT_ENDS
def test_the_later_of_two_builders_is_asked_before_it_overwrites(own_notebook, front_end):
    path = own_notebook.folder / "mine.strategy.json"
    load_template("sma_cross").save(path)
    page = own_notebook.open(front_end, ON_FILE.format("builder"), ON_FILE.format("second"))
    page.run_cell(1)
    expect(page.page.locator(NODE)).to_have_count(7, timeout=SOON)
    page.run_cell(2)
    expect(page.page.locator(NODE)).to_have_count(14, timeout=SOON)
    page.in_kernel("second.graph = sc.load_template('macd_cross')")
    other = page.page.locator(".jp-StratCraft-Builder").nth(1)
    other.get_by_role("button", name=re.compile(r"^\W*Save$")).click()
    expect(other).to_contain_text("Saved.", timeout=SOON)
    set_period(page, 17)
    button(page, "Save").click()
    note = page.builder.locator(".jp-StratCraft-saving [role=alert]")
    expect(note).to_contain_text("was changed by somebody else", timeout=SOON)
    page.screenshot(f"{front_end}-changed-by-others")
    assert StrategyGraph.load(path).name == "MACD cross"
    button(page, "Replace").click()
    expect(page.builder.locator(".jp-StratCraft-unsaved")).to_be_hidden(timeout=SOON)
    assert StrategyGraph.load(path).node("fast").params["period"] == 17


def test_a_file_changed_on_the_disk_is_seen_too(own_notebook):
    path = own_notebook.folder / "mine.strategy.json"
    load_template("sma_cross").save(path)
    page = own_notebook.open("lab", ON_FILE.format("builder"))
    page.run_cell(1)
    expect(page.page.locator(NODE)).to_have_count(7, timeout=SOON)
    set_period(page, 17)
    set_name(load_template("sma_cross"), "Theirs").save(path)
    button(page, "Save").click()
    note = page.builder.locator(".jp-StratCraft-saving [role=alert]")
    expect(note).to_contain_text("was changed by somebody else", timeout=SOON)
    button(page, "Do not save").click()
    assert StrategyGraph.load(path).name == "Theirs"
    # nor is it lost to a copy of the notebook that was made outside of Jupyter
    assert wait_for_copy(own_notebook, page)["name"] == "SMA cross"
    page.run_command("docmanager:save")
    shutil.copy(own_notebook.folder / "own.ipynb", own_notebook.folder / "copy.ipynb")
    again = own_notebook.show("lab", "copy.ipynb", theme="dark")
    again.run_cell(1)
    bar = again.builder.locator(".jp-StratCraft-recovery")
    expect(bar).to_contain_text("in own.ipynb. mine.strategy.json was changed", timeout=SOON)
    expect(bar).to_contain_text("Fast SMA: period 10 bars → 17 bars")
    again.screenshot("lab-dark-recovery-copied-notebook")
    in_file_menu(again, "New or open")
    entry = again.builder.locator(".jp-StratCraft-start-copy")
    expect(entry).to_contain_text("Changed from mine.strategy.json: Fast SMA: period", timeout=SOON)
    again.screenshot("lab-dark-recovery-chooser")
    recover(again)


def edited(own, front_end: str, **options) -> NotebookPage:
    """A notebook with an unsaved edit, kept."""
    page = own.open(front_end, **options)
    run_first(page)
    choose(page, "SMA cross")
    set_period(page, 17)
    assert wait_for_copy(own, page)["name"] == "SMA cross"
    return page


@FRONT_ENDS
def test_a_reload_loses_nothing(own_notebook, front_end):
    page = edited(own_notebook, front_end)
    page.run_command("docmanager:save")
    page.reload()
    expect(page.page.locator(NODE)).to_have_count(7, timeout=SOON)
    page.wait_in_kernel(PERIOD, lambda now: now == "17")


@FRONT_ENDS
def test_a_restarted_kernel_offers_what_was_not_saved(own_notebook, front_end):
    page = edited(own_notebook, front_end)
    page.restart_kernel()
    page.wait_for_kernel()
    run_first(page)
    expect(page.builder).to_contain_text("Recover unsaved")
    page.screenshot(f"{front_end}-recover")
    recover(page)
    expect(page.builder.locator(".jp-StratCraft-unsaved")).to_have_text("Not saved")
    assert wait_for_copy(own_notebook, page)["name"] == "SMA cross"


def test_a_cell_with_a_strategy_asks_before_it_replaces_that(own_notebook):
    source = CHOOSE.replace("StrategyBuilder()", "StrategyBuilder(sc.load_template('sma_cross'))")
    page = own_notebook.open("lab", source, theme="dark")
    page.run_cell(1)
    expect(page.page.locator(NODE)).to_have_count(7, timeout=SOON)
    set_period(page, 17)
    wait_for_copy(own_notebook, page)
    page.kill_kernel()
    expect(page.builder.locator(".jp-StratCraft-Lost")).to_be_visible(timeout=SOON)
    page.page.locator(".jp-Dialog").get_by_role("button", name="Ok").click()  # Jupyter's own news
    page.wait_for_kernel()
    page.builder.get_by_role("button", name="Run this cell").click()
    bar = page.builder.locator(".jp-StratCraft-recovery")
    expect(bar).to_contain_text("SMA cross has unsaved changes", timeout=SOON)
    page.screenshot("lab-dark-recovery-bar")
    page.wait_in_kernel(PERIOD, lambda now: now == "10")
    recover(page)
    expect(bar).to_be_hidden()


def test_a_closed_notebook_and_a_lost_browser_lose_nothing(own_notebook, browser):
    size = {"width": 1500, "height": 1100}
    context = browser.new_context(viewport=size)
    own_notebook.page = context.new_page()
    edited(own_notebook, "lab")
    context.close()  # at once: nothing is saved, no handler runs
    own_notebook.opened.clear()
    context = browser.new_context(viewport=size)
    own_notebook.page = context.new_page()
    again = own_notebook.show("lab", "own.ipynb")
    run_first(again)
    recover(again)
    context.close()


def test_a_second_builder_and_a_copied_cell_are_their_own(own_notebook):
    page = edited(own_notebook, "lab")
    run_command = page.run_command
    page.page.locator(".jp-Notebook .jp-Cell").nth(1).locator(".jp-InputPrompt").click()
    run_command("notebook:copy-cell")
    run_command("notebook:paste-cell-below")
    page.wait_for_cells(more_than=2)
    cells = page.cells()
    assert cells[1]["source"] == cells[2]["source"]
    assert cells[1]["id"] != cells[2]["id"]
    page.page.locator(".jp-Notebook .jp-Cell").nth(2).locator(".jp-InputPrompt").click()
    page.page.keyboard.press("Control+Enter")
    second = page.page.locator(".jp-Notebook .jp-Cell").nth(2).locator(".jp-StratCraft-start")
    expect(second).to_be_visible(timeout=SOON)
    second.get_by_role("button", name="MACD cross", exact=True).click()
    page.wait_in_kernel("print(builder.graph.name)", lambda now: now == "MACD cross")
    page.in_kernel(
        "from stratcraft_jupyter.widgets import actions\n"
        "actions.set_name(builder._state, 'The second')"
    )
    names = []
    for _ in range(100):
        names = sorted(json.loads(f.read_text())["name"] for f in own_notebook.recovery.glob("*"))
        if len(names) == 2:
            break
        page.page.wait_for_timeout(100)
    assert names == ["SMA cross", "The second"]
