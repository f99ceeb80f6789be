"""Code from models, as a user has it written: chosen, shown, sent, streamed, merged, compared."""

import json
import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.graph import load_template
from stratcraft_jupyter.notebook.drafts import DRAFT_LINE
from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.recordings import (
    RecordedAnswer,
    Recording,
    pieces,
    save_recording,
)
from tests.browser.notebook_page import NotebookPage

sys.path.append(str(Path(__file__).parents[1]))

from canary.finding import CANARIES, find_canaries

FRONT_ENDS = [("lab", "dark"), ("notebook", "light")]
CODE = compile_strategy(load_template("sma_cross"))
ANSWER = f"Here is the strategy.\n\n```python\n{CODE}```\n"
MARK = "# Written by a model.\n"
OTHER = ANSWER.replace("import backtrader as bt\n", f"{MARK}import backtrader as bt\n")
CRASHES = ANSWER.replace(
    "    def next(self):\n", "    def next(self):\n        1 // (len(self) - len(self))\n"
)
USAGE = Usage(input_tokens=5958, cached_input_tokens=2048, output_tokens=512)
_SOON = 30_000
_PREPARE = """
import os
os.environ["STRATCRAFT_HOME"] = {home!r}
os.environ["STRATCRAFT_REPLAY"] = {recordings!r}
"""
_PANEL = """[...window.jupyterapp.shell.widgets('main')].find(
    widget => widget.sessionContext && widget.content && widget.content.widgets)"""


def answer(text: str, delay: float = 0.0, thinking: str = "") -> RecordedAnswer:
    return RecordedAnswer(pieces(text), usage=USAGE, delay=delay, thinking=thinking)


RECORDINGS = {
    "careful": [answer(ANSWER, 0.02, "Two averages and their crossings.")],
    "slow": [answer(ANSWER, 0.2)],
    "hasty": [answer(CRASHES), answer(ANSWER)],
    "other": [answer(OTHER)],
}


@pytest.fixture
def open_builder(open_notebook, tmp_path):
    """Opens the notebook with settings, ledger and recorded models of its own."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    for name, answers in RECORDINGS.items():
        save_recording(folder / f"{name}.json", Recording(name, tuple(answers)))

    def open_builder(front_end: str = "lab", theme: str = "light") -> NotebookPage:
        page: NotebookPage = open_notebook(front_end, theme=theme)
        page.in_kernel(_PREPARE.format(home=str(tmp_path / "home"), recordings=str(folder)))
        page.show_builder()
        return page

    return open_builder


def button(page: NotebookPage, name: str) -> Locator:
    return page.builder.get_by_role("button", name=re.compile(f"{name}$"))


def choose(page: NotebookPage, model: str, *, ticked: bool = False) -> None:
    """Chooses a recorded model in the panel, which stays open."""
    panel = page.builder.locator(".jp-StratCraft-models-panel")
    if not panel.is_visible():
        button(page, "Models").click()
        panel.get_by_label("Provider").select_option("Replay")
    models = panel.get_by_label("Models", exact=True)
    expect(models.locator("option", has_text=model)).to_be_attached(timeout=_SOON)
    title = models.locator("option", has_text=model).inner_text()
    models.select_option(label=title)
    expect(panel.locator("h4")).to_have_text(model, timeout=_SOON)
    if ticked:
        panel.get_by_label("Compare").check()
        button(page, r"Compare \d models?").wait_for()


def ask(page: NotebookPage) -> Locator:
    """Presses Generate; gives what is shown before it is sent."""
    button(page, "Generate").click()
    question = page.builder.locator(".jp-StratCraft-question")
    expect(question).to_be_visible(timeout=_SOON)
    return question


def wait_until_over(page: NotebookPage) -> None:
    expect(button(page, "Generate")).to_be_enabled(timeout=60_000)


def source(page: NotebookPage, place: int = 2) -> str:
    return page.cells()[place]["source"]


def live(page: NotebookPage) -> Locator:
    return page.builder.locator(".jp-StratCraft-progress-lines")


@pytest.mark.parametrize(("front_end", "theme"), FRONT_ENDS)
def test_a_model_is_chosen_asked_and_writes_into_a_new_cell(open_builder, front_end, theme):
    page: NotebookPage = open_builder(front_end, theme)
    shot = f"models-{front_end}-{theme}"
    choose(page, "careful")
    expect(page.builder.get_by_text("4 models, listed by Replay")).to_be_visible(timeout=_SOON)
    page.screenshot(f"{shot}-1-chosen")
    button(page, "Models").click()

    question = ask(page)
    expect(question.get_by_text("What the model would have to guess:")).to_be_visible()
    question.get_by_label("Notes for the model").fill("Keep it short, please.")
    question.get_by_label("Notes for the model").blur()
    expect(question.locator("pre").last).to_contain_text("Keep it short, please.", timeout=_SOON)
    page.screenshot(f"{shot}-2-asked")
    before = len(page.cells())
    button(page, "Send").click()

    page.wait_for_cells(more_than=before)
    assert source(page).startswith(DRAFT_LINE)
    expect(live(page).locator("[aria-current]")).to_have_text("Writing", timeout=_SOON)
    page.screenshot(f"{shot}-3-writing")
    wait_until_over(page)
    assert source(page) == CODE
    stamp = page.cells()[2]["metadata"]["stratcraft"]
    assert (stamp["model"], stamp["is_draft"]) == ("replay:careful", False)
    expect(live(page).locator("[aria-current]")).to_have_text("Done")
    expect(live(page)).to_contain_text("5,958 tokens in (2,048 cached), 512 out")
    page.screenshot(f"{shot}-4-done")


def test_cancel_keeps_what_arrived_as_a_draft_that_cannot_run_by_mistake(open_builder):
    page: NotebookPage = open_builder()
    choose(page, "slow")
    ask(page)
    before = len(page.cells())
    button(page, "Send").click()
    page.wait_for_cells(more_than=before)
    page.page.wait_for_timeout(2_000)
    button(page, "Cancel").click()
    wait_until_over(page)
    expect(page.builder.get_by_text("Cancelled. What arrived is in the cell below")).to_be_visible()
    assert DRAFT_LINE in source(page).splitlines()
    page.screenshot("models-cancelled")
    button(page, "Run").click()
    expect(page.builder.get_by_text("is a draft, not finished code")).to_be_visible(timeout=_SOON)


def test_errors_are_repaired_and_every_attempt_can_be_looked_at(open_builder):
    page: NotebookPage = open_builder()
    choose(page, "hasty")
    ask(page)
    button(page, "Send").click()
    expect(live(page).locator("[aria-current]")).to_have_text("Done", timeout=60_000)
    wait_until_over(page)
    assert source(page) == CODE
    page.builder.get_by_text("2 attempts of replay:hasty").click()
    expect(page.builder.get_by_text("Attempt 1: errors found.")).to_be_visible()
    page.builder.get_by_text("What changed").first.click()
    page.screenshot("models-attempts")


def test_edits_by_hand_are_merged_hunk_by_hunk(open_builder):
    page: NotebookPage = open_builder("lab")
    button(page, "Generate").click()
    page.wait_for_cells(more_than=len(page.cells()) - 1)
    wait_until_over(page)
    page.page.wait_for_function(
        f"() => {_PANEL}.model.sharedModel.cells[2].source.includes('SmaCross')"
    )
    page.page.evaluate(
        f"""() => {{
            const cell = {_PANEL}.model.sharedModel.cells[2];
            cell.setSource(cell.source.replace(
                'class SmaCross(bt.Strategy):\\n',
                'class SmaCross(bt.Strategy):\\n    mine = "kept"\\n'));
        }}"""
    )
    expect(page.builder.get_by_text("edited by hand")).to_be_visible(timeout=_SOON)
    mine = source(page)
    choose(page, "other")
    button(page, "Models").click()
    ask(page)
    button(page, "Send").click()
    expect(live(page).locator("[aria-current]")).to_have_text("Done", timeout=_SOON)
    wait_until_over(page)
    cells = [cell["source"] for cell in page.cells()]
    assert mine in cells  # nothing is overwritten
    button(page, "Compare and merge").click()
    merge = page.builder.locator(".jp-StratCraft-merge")
    expect(merge.get_by_text("Only you changed this.")).to_be_visible(timeout=_SOON)
    expect(merge.get_by_text("Only the new code changed this.")).to_be_visible()
    merge.scroll_into_view_if_needed()
    page.screenshot_in_both_themes("models-merge")
    button(page, "Put the merged code into the new cell").click()
    expect(page.builder.get_by_text("The merged code is in the new cell")).to_be_visible(
        timeout=_SOON
    )
    assert 'mine = "kept"' in source(page)
    assert MARK in source(page)
    assert mine in [cell["source"] for cell in page.cells()]

    versions = page.builder.locator(".jp-StratCraft-version-choice select")
    versions.select_option(index=1)
    button(page, "Put this version into a cell").wait_for()
    page.screenshot_in_both_themes("models-versions")


def test_several_models_are_compared_and_one_is_chosen(open_builder):
    page: NotebookPage = open_builder("lab")
    choose(page, "careful", ticked=True)
    choose(page, "other", ticked=True)
    button(page, "Models").click()
    button(page, "Compare 2 models").click()
    expect(page.builder.locator(".jp-StratCraft-question")).to_be_visible(timeout=_SOON)
    button(page, "Send").click()
    compare = page.builder.locator(".jp-StratCraft-compare")
    rows = compare.locator(".jp-StratCraft-compare-table tbody tr")
    expect(rows).to_have_count(3, timeout=60_000)
    expect(compare.locator(".jp-StratCraft-Chart path.line").first).to_be_attached(timeout=_SOON)
    compare.scroll_into_view_if_needed()
    page.page.wait_for_timeout(500)
    page.screenshot_in_both_themes("models-compare")
    compare.get_by_label("Right").select_option("replay:other")
    button(page, "Use the code on the right").click()
    expect(page.builder.get_by_text("The code of replay:other is")).to_be_visible(timeout=_SOON)
    assert MARK in source(page)
    button(page, "Cost").click()
    expect(page.builder.get_by_text("Spent on models")).to_be_visible(timeout=_SOON)
    page.page.wait_for_timeout(500)
    page.screenshot_in_both_themes("models-cost")


def test_a_typed_key_is_nowhere_in_the_page_or_the_saved_notebook(open_builder, server, request):
    page: NotebookPage = open_builder()
    secret = CANARIES["typed"]
    button(page, "Models").click()
    panel = page.builder.locator(".jp-StratCraft-models-panel")
    panel.get_by_label("Provider").select_option("Anthropic")
    field = panel.get_by_label("API key of Anthropic")
    expect(field).to_be_visible(timeout=_SOON)
    panel.get_by_label("Base URL").fill("http://127.0.0.1:9")  # nobody is there to be asked
    panel.get_by_label("Base URL").press("Enter")
    page.screenshot("models-key")
    field.fill(secret)
    field.press("Enter")
    expect(panel.get_by_text("API key: typed, kept in memory until")).to_be_visible(timeout=_SOON)
    assert field.input_value() == ""
    found = page.in_kernel(
        "from stratcraft_jupyter.providers.keys import find_key\n"
        "print(find_key('anthropic', '').source, len(find_key('anthropic', '').key))"
    )
    assert found == f"typed {len(secret)}"
    state = page.page.evaluate(
        f"async () => JSON.stringify(await {_PANEL}.context.model.toJSON()) "
        "+ document.documentElement.outerHTML"
    )
    assert find_canaries(state) == []
    page.run_command("docmanager:save")
    page.page.wait_for_function(f"() => !{_PANEL}.context.model.dirty")
    saved = [path for path in server.root.rglob("*.ipynb") if request.node.name[:20] in path.name]
    assert saved
    for path in saved:
        assert find_canaries(path) == []
        assert json.loads(path.read_text())["cells"]
    widgets = page.in_kernel(
        "import json, ipywidgets\n"
        "print(json.dumps(ipywidgets.Widget.get_manager_state(drop_defaults=False), default=str))"
    )
    assert "KeyFieldModel" in widgets
    assert find_canaries(widgets) == []
