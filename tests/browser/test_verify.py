"""Code held to its strategy on the page: caught, explained, repaired, verified, inserted."""

import re

import pytest
from playwright.sync_api import Locator, expect

from stratcraft_jupyter.notebook.drafts import DRAFT_LINE
from stratcraft_jupyter.providers.recordings import Recording, save_recording
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_generate_with_models import (
    _PANEL,
    _PREPARE,
    ANSWER,
    CODE,
    answer,
    ask,
    button,
    choose,
    live,
    source,
    wait_until_over,
)

_SOON = 30_000
_LATER = 120_000
# every signal counts one bar late: it runs and trades, and is another strategy
LATE_CODE = CODE.replace("if self.cross_up[0]:", "if self.cross_up[-1] > 0:").replace(
    "elif self.cross_down[0]:", "elif self.cross_down[-1] > 0:"
)
LATE = ANSWER.replace(CODE, LATE_CODE)
RECORDINGS = {
    "learns": [answer(LATE, 0.01), answer(ANSWER, 0.01)],
    "stubborn": [answer(LATE), answer(LATE)],
}
# the first bar on which the averages cross, counted without the package's own indicators
_FIRST_CROSS = """
import numpy as np
import stratcraft_jupyter as sc
close = sc.load_bars("sample:AAPL").close
mean = lambda n: np.convolve(close, np.ones(n) / n, "valid")
above = mean(10)[20:] > mean(30)
print(29 + 1 + int(np.argmax(above[1:] & ~above[:-1])))
"""
_LINES_OF_TEXT = """cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getClientRects().length;
}"""


@pytest.fixture
def open_builder(open_notebook, tmp_path):
    """Opens the notebook with settings, ledger and recorded models of its own."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    for name, answers in RECORDINGS.items():
        save_recording(folder / f"{name}.json", Recording(name, tuple(answers)))

    def open_builder(front_end: str = "lab", theme: str = "light", more: str = "") -> NotebookPage:
        page: NotebookPage = open_notebook(front_end, theme=theme)
        page.in_kernel(_PREPARE.format(home=str(tmp_path / "home"), recordings=str(folder)))
        page.in_kernel(more)
        page.show_builder()
        return page

    return open_builder


def panel(page: NotebookPage) -> Locator:
    return page.builder.locator(".jp-StratCraft-verified")


def line(page: NotebookPage) -> Locator:
    return panel(page).get_by_role("status")


def edit(page: NotebookPage, code: str) -> None:
    """Gives the generated cell another text, as a user who types does."""
    page.page.evaluate(f"code => {{ {_PANEL}.model.sharedModel.cells[2].setSource(code); }}", code)
    expect(page.builder.get_by_text("edited by hand")).to_be_visible(timeout=_SOON)


def test_a_signal_one_bar_late_is_caught_explained_and_repaired(open_builder):
    page: NotebookPage = open_builder("lab")
    choose(page, "learns")
    button(page, "Models").click()
    ask(page)
    button(page, "Send").click()
    first = int(page.in_kernel(_FIRST_CROSS))
    expect(line(page)).to_contain_text(
        re.compile(rf"Not verified: the code leaves the graph at bar {first} "), timeout=_LATER
    )
    expect(panel(page)).to_contain_text("every signal were seen one bar late")
    expect(line(page)).to_contain_text("Verified: same orders as the graph on", timeout=_LATER)
    expect(live(page).locator("[aria-current]")).to_have_text("Done", timeout=_SOON)
    wait_until_over(page)
    assert source(page) == CODE
    assert page.cells()[2]["metadata"]["stratcraft"]["is_draft"] is False
    panel(page).get_by_text("Details").click()
    expect(panel(page)).to_contain_text("7 of 7 nodes exercised")
    code = panel(page).get_by_role("cell", name="SC610", exact=True)
    assert code.evaluate(_LINES_OF_TEXT) == 1
    page.builder.get_by_text("2 attempts of replay:learns").click()
    attempts = page.builder.locator(".jp-StratCraft-attempts")
    expect(attempts).to_contain_text(f"Why it was made: On the close of bar {first} (")
    expect(attempts).to_contain_text("one bar late")
    panel(page).scroll_into_view_if_needed()
    page.screenshot_in_both_themes("verify-repaired")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_difference_that_stays_is_shown_and_decided_upon(open_builder, theme):
    page: NotebookPage = open_builder("lab", theme)
    choose(page, "stubborn")
    button(page, "Models").click()
    ask(page)
    button(page, "Send").click()
    fix, insert = (button(page, name) for name in ("Ask the model to fix it", "as a draft"))
    expect(fix).to_be_enabled(timeout=_LATER)
    wait_until_over(page)
    first = int(page.in_kernel(_FIRST_CROSS))
    expect(line(page)).to_contain_text(f"the code leaves the graph at bar {first} ")
    chart = panel(page).locator(".jp-StratCraft-Chart")
    expect(chart.locator(".dot").first).to_be_attached(timeout=_SOON)
    expect(panel(page).get_by_role("cell", name="Fast SMA", exact=True)).to_be_visible()
    assert source(page).startswith(DRAFT_LINE)
    chart.scroll_into_view_if_needed()
    page.page.wait_for_timeout(500)
    page.screenshot(f"verify-difference-{theme}")

    if theme == "light":
        insert.click()
        expect(panel(page).get_by_text("as a draft that stops when it is run")).to_be_visible(
            timeout=_SOON
        )
        wait_until_over(page)
        text = source(page)
        assert text.startswith("# DRAFT, not finished code: its orders are not those")
        assert DRAFT_LINE in text.splitlines()
        assert LATE_CODE.strip() in text
        return
    choose(page, "learns")
    button(page, "Models").click()
    fix.click()
    expect(line(page)).to_contain_text("Verified: same orders as the graph on", timeout=_LATER)
    wait_until_over(page)
    assert source(page) == CODE
    assert len(page.cells()) == 3 or source(page, 3) != CODE
    panel(page).scroll_into_view_if_needed()
    page.screenshot(f"verify-fixed-{theme}")


@pytest.mark.parametrize("front_end", ["lab", "notebook"])
def test_a_cell_edited_by_hand_can_be_verified(open_builder, front_end):
    page: NotebookPage = open_builder(front_end)
    button(page, "Generate").click()
    expect(line(page)).to_contain_text("Verified: same orders as the graph on", timeout=_LATER)
    page.screenshot(f"verify-built-in-{front_end}")
    edit(page, CODE.replace("self.fast", "self.quick"))
    expect(line(page)).to_contain_text("The code was edited: Verify says whether", timeout=_SOON)
    button(page, "Verify").click()
    expect(line(page)).to_contain_text(
        "it still makes the same orders as the graph on", timeout=_LATER
    )
    edit(page, CODE.replace("self.cross_up[0]", "self.cross_down[0]"))
    expect(line(page)).to_contain_text("The code was edited: Verify says whether", timeout=_SOON)
    button(page, "Verify").click()
    expect(line(page)).to_contain_text(
        re.compile(r"The code was edited; it leaves the graph at bar \d+"), timeout=_LATER
    )
    panel(page).scroll_into_view_if_needed()
    page.page.wait_for_timeout(500)
    page.screenshot(f"verify-edited-{front_end}")


def test_code_of_a_model_asks_once_where_the_boundary_is_not_whole(open_builder):
    page: NotebookPage = open_builder(
        more="from stratcraft_jupyter.backtest import isolation\n"
        "from stratcraft_jupyter.backtest.records import Isolation\n"
        "isolation._found.append(Isolation(('clean environment',), ('no TCP', 'memory limit')))"
    )
    choose(page, "learns")
    button(page, "Models").click()
    ask(page)
    button(page, "Send").click()
    question = page.builder.locator(".jp-StratCraft-consent")
    expect(question).to_contain_text("no TCP", timeout=_SOON)
    expect(question).to_contain_text("memory limit")
    page.screenshot("verify-consent")
    button(page, "Run anyway").click()
    expect(line(page)).to_contain_text("Verified: same orders as the graph on", timeout=_LATER)
    wait_until_over(page)
    assert page.page.evaluate(
        f"() => {_PANEL}.model.sharedModel.getMetadata('stratcraft').boundary_accepted"
    )
    ask(page)
    button(page, "Send").click()
    expect(live(page).locator("[aria-current]")).to_have_text("Writing", timeout=_SOON)
    expect(question).not_to_be_visible()
    wait_until_over(page)
