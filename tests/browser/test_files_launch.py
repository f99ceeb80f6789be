"""Strategies from the file browser, the launcher and the command palette."""

import json

import pytest
from playwright.sync_api import Page, expect

from stratcraft_jupyter.graph import load_template
from tests.browser.notebook_page import BUILDER, NODE, NotebookPage
from tests.browser.own_notebook import SOON, START


def shown(page: Page, own) -> NotebookPage:
    opened = NotebookPage(page, "lab", own._artifacts)
    own.opened.append(opened)
    return opened


def open_folder(own) -> NotebookPage:
    """JupyterLab with the launcher, in the test's folder."""
    page = shown(own.page, own)
    page.page.goto(own.address("lab", ""))
    page.page.wait_for_function("() => window.jupyterapp", timeout=SOON)
    page.page.evaluate("() => window.jupyterapp.restored")
    page.set_theme("JupyterLab Light")
    page.page.evaluate(
        "path => window.jupyterapp.commands.execute('filebrowser:go-to-path', {path})",
        own.folder.name,
    )
    page.page.evaluate("() => window.jupyterapp.commands.execute('filebrowser:activate')")
    return page


def test_a_double_click_on_a_strategy_opens_it_in_a_notebook(own_notebook):
    load_template("macd_cross").save(own_notebook.folder / "my cross.strategy.json")
    page = open_folder(own_notebook)
    item = page.page.locator(".jp-DirListing-item", has_text="my cross.strategy.json")
    expect(item).to_be_visible(timeout=SOON)
    expect(item.locator("svg[data-icon='stratcraft-jupyter:strategy']")).to_be_visible()
    page.screenshot("lab-file-browser")
    item.dblclick()
    expect(page.page.locator(NODE).first).to_be_visible(timeout=SOON)
    expect(page.page.locator(".jp-StratCraft-Opener")).to_have_count(0)
    page.screenshot("lab-double-click")
    # it is saved as soon as it shows the builder: a page loaded again has the picture
    path = own_notebook.folder / "my cross.ipynb"
    for _ in range(100):
        made = json.loads(path.read_text())
        if made["cells"][0]["outputs"]:
            break
        page.page.wait_for_timeout(100)
    assert "image/svg+xml" in made["cells"][0]["outputs"][1]["data"]
    assert 'StrategyBuilder("my cross.strategy.json")' in "".join(made["cells"][0]["source"])
    page.wait_in_kernel("print(builder.graph.name)", lambda now: now == "MACD cross")
    # the same notebook again, not another one
    item.dblclick()
    page.page.wait_for_timeout(1500)
    assert [p.name for p in own_notebook.folder.glob("*.ipynb")] == ["my cross.ipynb"]
    assert page.page.locator(BUILDER).count() == 1


def test_a_notebook_of_that_name_that_is_another_one_is_left_alone(own_notebook):
    load_template("macd_cross").save(own_notebook.folder / "mine.strategy.json")
    own_notebook.write("mine.ipynb", "print('something else')")
    before = (own_notebook.folder / "mine.ipynb").read_text()
    page = open_folder(own_notebook)
    page.page.locator(".jp-DirListing-item", has_text="mine.strategy.json").dblclick()
    expect(page.page.locator(NODE).first).to_be_visible(timeout=SOON)
    assert (own_notebook.folder / "mine.ipynb").read_text() == before
    assert (own_notebook.folder / "mine-1.ipynb").exists()
    # a file that cannot be read is said in one sentence
    (own_notebook.folder / "bad.strategy.json").write_text("{")
    page.run_command("filebrowser:refresh")
    page.page.locator(".jp-DirListing-item", has_text="bad.strategy.json").dblclick()
    error = page.page.locator(".jp-OutputArea-output:visible", has_text="bad.strategy")
    expect(error).to_contain_text("is no strategy document", timeout=SOON)
    page.screenshot("lab-unreadable")
    said = error.inner_text().strip().splitlines()
    assert said[0] == 'Line 3: builder = sc.StrategyBuilder("bad.strategy.json")'
    assert len(said) == 2
    assert (own_notebook.folder / "bad.strategy.json").read_text() == "{"


def test_the_launcher_makes_a_strategy_notebook(own_notebook):
    page = open_folder(own_notebook)
    page.page.evaluate("() => window.jupyterapp.commands.execute('launcher:create')")
    card = page.page.locator(".jp-LauncherCard", has_text="New strategy notebook").last
    expect(card).to_be_visible(timeout=SOON)
    page.screenshot("lab-launcher")
    card.click()
    expect(page.page.locator(START)).to_be_visible(timeout=SOON)
    assert [path.name for path in own_notebook.folder.glob("*.ipynb")] == ["Strategy.ipynb"]


def test_the_palette_opens_a_strategy(own_notebook):
    load_template("macd_cross").save(own_notebook.folder / "mine.strategy.json")
    page = open_folder(own_notebook)
    palette = page.page.locator(".lm-CommandPalette-input")
    for _ in range(20):  # the shortcut means nothing until the settings are loaded
        page.page.keyboard.press("Control+Shift+C")
        if palette.is_visible():
            break
        page.page.wait_for_timeout(500)
    palette.fill("Open strategy")
    wanted = page.page.locator(".lm-CommandPalette-item.lm-mod-active")
    expect(wanted).to_contain_text("Open strategy", ignore_case=True)
    page.page.keyboard.press("Enter")
    dialog = page.page.locator(".jp-Dialog")
    expect(dialog).to_be_visible(timeout=SOON)
    page.screenshot("lab-open-dialog")
    dialog.locator(".jp-DirListing-item", has_text="mine.strategy.json").click()
    page.page.locator(".jp-Dialog button.jp-mod-accept").click()
    expect(page.page.locator(NODE).first).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("how", ["file", "command"])
def test_notebook_7_opens_strategies_too(own_notebook, server, how):
    load_template("macd_cross").save(own_notebook.folder / "mine.strategy.json")
    page = shown(own_notebook.page, own_notebook)
    name = own_notebook.folder.name
    page.page.goto(f"{server.url}/tree/{name}?token={server.token}")
    page.page.wait_for_function("() => window.jupyterapp", timeout=SOON)
    item = page.page.locator(".jp-DirListing-item", has_text="mine.strategy.json")
    expect(item).to_be_visible(timeout=SOON)
    context = page.page.context
    if how == "command":
        with context.expect_page(timeout=SOON) as opened:
            page.run_command("stratcraft:new-notebook")
        wanted = START
    else:
        with context.expect_page(timeout=SOON) as opened:
            item.dblclick()
        opened.value.wait_for_url("**/notebooks/**", timeout=SOON)
        wanted = NODE
    editor = opened.value.locator(".jp-Notebook .cm-content").first
    expect(editor).to_contain_text("StrategyBuilder(", timeout=SOON)
    # the new page runs the cell by itself
    expect(opened.value.locator(wanted).first).to_be_visible(timeout=SOON)
