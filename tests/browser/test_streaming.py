"""Text that streams into a cell, while the user does what users do meanwhile."""

import pytest
from playwright.sync_api import Locator, expect

from stratcraft_jupyter.notebook.drafts import as_draft
from tests.browser.notebook_page import NotebookPage
from tests.browser.streaming import Stream

FRONT_ENDS = pytest.mark.parametrize("front_end", ["lab", "notebook"])
CODE = "import backtrader as bt\n\n\nclass Finished(bt.Strategy):\n    pass\n"
PANEL = "window.jupyterapp.shell.currentWidget"
_SOON = 20_000
_LINE_IN_THE_MIDDLE = """() => {
    const lines = [...document.querySelectorAll('.cm-line')];
    const line = lines.find(line => line.getBoundingClientRect().top > innerHeight / 2);
    return [line.textContent, line.getBoundingClientRect().top];
}"""


@pytest.fixture
def begin(open_notebook):
    """Opens the notebook and shows the first text of a stream in it."""

    def begin(front_end: str, text: str = "first = 1\n") -> tuple[NotebookPage, Stream]:
        page: NotebookPage = open_notebook(front_end)
        stream = Stream(page)
        stream.show(text)
        return page, stream

    return begin


def editor(cell: Locator) -> Locator:
    return cell.locator(".cm-content")


def select(page: NotebookPage, cell: Locator) -> None:
    """Makes a cell the active one, in command mode."""
    cell.locator(".jp-InputPrompt").click()
    page.page.keyboard.press("Escape")


def sources(page: NotebookPage) -> list[str]:
    return [cell["source"] for cell in page.cells()]


@FRONT_ENDS
def test_one_undo_removes_all_of_it_and_one_redo_restores_it(begin, front_end):
    page, stream = begin(front_end)
    before = [source for source in sources(page) if source != as_draft(stream.text)]
    for number in range(3):
        stream.show(f"more_{number} = {number}\n")
        page.page.wait_for_timeout(600)  # more than what one step of typing may last
    assert stream.finish(CODE) == "written"
    after = sources(page)
    assert after[stream.place] == CODE
    keyboard, cell = page.page.keyboard, stream.element

    # in the cell: its text
    editor(cell).click()
    keyboard.press("Control+z")
    assert stream.cell["source"] == ""
    keyboard.press("Control+Shift+z")
    assert stream.cell["source"] == CODE

    # in the notebook: the cell
    page.page.locator(".jp-Notebook .jp-Cell").first.click()
    keyboard.press("Escape")
    keyboard.press("z")
    assert sources(page) == before
    keyboard.press("Shift+z")
    assert sources(page) == after
    stamp = stream.cell["metadata"]["stratcraft"]
    assert (stamp["is_draft"], stamp["model"]) == (False, "replay:test")


@FRONT_ENDS
def test_typing_in_another_cell_goes_there_and_nowhere_else(begin, front_end):
    page, stream = begin(front_end)
    other = page.page.locator(".jp-Notebook .jp-CodeCell").first  # above the new cell
    place = page.cells().index(next(cell for cell in page.cells() if cell["type"] == "code"))
    before = page.cells()[place]["source"]
    editor(other).click()
    page.page.keyboard.press("Control+End")
    page.page.keyboard.press("Enter")
    stream.flow(count=60, pause=0.02)
    typed = "# typed while a model writes below"
    page.page.keyboard.type(typed, delay=25)
    stream.wait_for_flow()
    stream.wait_for(as_draft(stream.text))
    assert page.cells()[place]["source"] == f"{before}\n{typed}"
    assert other.locator(".cm-editor.cm-focused").count() == 1
    assert stream.finish(CODE) == "written"
    assert other.locator(".cm-editor.cm-focused").count() == 1
    # and Undo there takes back what was typed there
    page.page.keyboard.press("Control+z")
    assert stream.cell["source"] == CODE
    assert page.cells()[place]["source"].startswith(before)


@FRONT_ENDS
def test_a_cell_below_stays_under_the_hands_that_type_in_it(begin, front_end):
    page, stream = begin(front_end)
    other = page.page.locator(".jp-Notebook .jp-CodeCell").last
    editor(other).click()
    page.page.keyboard.press("Control+End")
    page.page.wait_for_timeout(500)  # the notebook measures its cells after a while
    before = editor(other).bounding_box()
    stream.flow(count=80, pause=0.01)
    page.page.keyboard.type("# typed while a model writes above", delay=25)
    stream.wait_for_flow()
    stream.wait_for(as_draft(stream.text))
    after = editor(other).bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 40
    assert sources(page)[-1].endswith("# typed while a model writes above")
    assert stream.finish(CODE) == "written"


@FRONT_ENDS
def test_what_is_typed_into_the_streaming_cell_stays(begin, front_end):
    page, stream = begin(front_end)
    editor(stream.element).click()
    page.page.keyboard.press("Control+End")
    page.page.keyboard.type("# mine\n")
    stream.send("second = 2\n")
    draft = as_draft("first = 1\n# mine\nsecond = 2\n")
    stream.wait_for(draft)
    assert stream.finish(CODE) == "edited"
    place = stream.place
    assert sources(page)[place : place + 2] == [draft, CODE]
    drafts = [cell["metadata"]["stratcraft"]["is_draft"] for cell in page.cells()[place:][:2]]
    assert drafts == [True, False]


@FRONT_ENDS
def test_a_moved_cell_is_filled_where_it_is(begin, front_end):
    page, stream = begin(front_end)
    place = stream.place
    select(page, stream.element)
    page.run_command("notebook:move-cell-up")
    assert stream.place == place - 1
    stream.show("second = 2\n")
    page.run_command("notebook:move-cell-up")
    stream.show("third = 3\n")
    assert stream.finish(CODE) == "written"
    assert sources(page)[place - 2] == CODE
    assert sources(page).count(CODE) == 1


@FRONT_ENDS
def test_a_deleted_cell_ends_the_showing_and_undo_brings_it_back(begin, front_end):
    page, stream = begin(front_end)
    place = stream.place
    select(page, stream.element)
    page.page.keyboard.press("d")
    page.page.keyboard.press("d")
    stream.send("second = 2\n")
    assert stream.problem() == "The cell was deleted."
    assert not any("second" in source for source in sources(page))
    assert page.in_kernel("print(stream.text)") == stream.text.strip()
    page.page.keyboard.press("z")
    stream.wait_for(as_draft(stream.text))
    assert stream.place == place
    page.page.keyboard.press("Shift+z")
    before = page.cells()
    assert stream.finish(CODE) == "gone"
    assert page.cells() == before


@FRONT_ENDS
def test_a_converted_cell_is_left_alone(begin, front_end):
    page, stream = begin(front_end)
    select(page, stream.element)
    page.page.keyboard.press("m")
    stream.send("second = 2\n")
    assert stream.problem() == "The cell was made a markdown cell."
    page.page.keyboard.press("y")
    stream.wait_for(as_draft(stream.text))
    page.page.keyboard.press("m")
    before = page.cells()
    assert stream.abandon() == "gone"
    assert page.cells() == before


@FRONT_ENDS
def test_renaming_the_notebook_changes_nothing(begin, front_end):
    page, stream = begin(front_end)
    page.page.evaluate(f"name => {PANEL}.context.rename(name)", f"renamed-{front_end}.ipynb")
    page.page.wait_for_function(f"() => {PANEL}.context.path.startsWith('renamed')")
    stream.show("second = 2\n")
    assert stream.finish(CODE) == "written"
    assert stream.cell["source"] == CODE


@FRONT_ENDS
def test_after_a_reload_the_saved_cell_gets_the_end(begin, front_end):
    page, stream = begin(front_end)
    page.run_command("docmanager:save")
    page.page.wait_for_function(f"() => !{PANEL}.context.model.dirty")
    page.in_kernel("bridge.timeout = 1; old = bridge.client_id")
    page.reload()
    page.wait_in_kernel("print(bridge.client_id != old)", lambda said: said == "True")
    stream.send("second = 2\n")
    page.wait_in_kernel("print(stream.problem)", lambda said: "loaded again" in said)
    assert stream.cell["source"] == as_draft("first = 1\n")
    assert stream.finish(CODE) == "written"
    assert stream.cell["source"] == CODE


def test_a_closed_notebook_gets_the_end_when_it_is_open_again(begin):
    page, stream = begin("lab")
    path = page.page.evaluate(f"() => {PANEL}.context.path")
    kernel = page.page.evaluate(f"() => {PANEL}.sessionContext.session.kernel.id")
    page.in_kernel("bridge.timeout = 1")
    stream.flow(count=100, pause=0.02)
    page.page.evaluate(f"() => {PANEL}.close()")
    page.page.locator(".jp-Dialog").get_by_role("button", name="Save").click()
    page.page.wait_for_function(
        "() => ![...window.jupyterapp.shell.widgets('main')].some(panel => panel.context)"
    )
    page.page.wait_for_timeout(1_500)
    open_ = "path => window.jupyterapp.commands.execute('docmanager:open', {path})"
    page.page.evaluate(f"path => {{ ({open_})(path); }}", path)
    page.wait_for_kernel()
    assert page.page.evaluate(f"() => {PANEL}.sessionContext.session.kernel.id") == kernel
    stream.wait_for_flow()
    assert page.in_kernel("print(stream.text)") == stream.text.strip()
    assert stream.finish(CODE) == "written"
    assert stream.cell["source"] == CODE


@FRONT_ENDS
def test_after_a_restart_the_cell_is_a_draft_that_cannot_be_run_by_mistake(begin, front_end):
    page, stream = begin(front_end)
    stream.show("second = 2\n")
    draft, place, cell = as_draft(stream.text), stream.place, stream.element
    page.restart_kernel()
    page.wait_for_kernel()
    kept = page.cells()[place]
    assert kept["source"] == draft
    assert kept["metadata"]["stratcraft"]["is_draft"] is True
    editor(cell).click()
    page.page.keyboard.press("Shift+Enter")
    output = cell.locator(".jp-OutputArea-output")
    expect(output).to_contain_text("This is a draft, not finished code", timeout=_SOON)
    assert page.in_kernel("print('first' in globals())") == "False"
    page.screenshot(f"{front_end}-draft")
    editor(cell).click()
    page.page.keyboard.press("Control+z")
    assert page.cells()[place]["source"] == ""
    page.page.keyboard.press("Control+Shift+z")
    assert page.cells()[place]["source"] == draft


def test_another_tab_on_screen_changes_nothing(begin):
    page, stream = begin("lab")
    page.run_command("launcher:create")
    expect(page.page.locator(".jp-Launcher").first).to_be_visible(timeout=_SOON)
    stream.show("second = 2\n")
    assert stream.finish(CODE) == "written"
    assert page.page.locator(".jp-Launcher").first.is_visible()
    assert stream.cell["source"] == CODE


@FRONT_ENDS
def test_the_end_of_a_long_text_does_not_move_the_page(begin, front_end):
    page, stream = begin(front_end)
    stream.flow(count=150, pause=0.0)
    stream.wait_for_flow()
    stream.wait_for(as_draft(stream.text))
    stream.element.hover()
    page.page.mouse.wheel(0, 1_200)
    page.page.wait_for_timeout(500)  # the notebook measures its cells after a while
    text, before = page.page.evaluate(_LINE_IN_THE_MIDDLE)
    assert text.startswith("value_")
    assert stream.finish(stream.text) == "written"
    page.page.wait_for_timeout(500)
    after = stream.element.locator(".cm-line", has_text=text).first.bounding_box()
    assert after
    assert abs(before - after["y"]) < 40  # one line less: the one that said draft
