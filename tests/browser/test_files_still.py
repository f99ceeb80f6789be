"""Without a kernel, or without a page, the cell still shows the strategy."""

import base64
import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.notebook_page import NODE
from tests.browser.own_notebook import SOON, STILL, choose, run_first, set_period

MIME = "application/vnd.stratcraft.strategy+json"


def strategy_in(path) -> dict | None:
    """The document in the outputs of a notebook file."""
    notebook = json.loads(path.read_text())
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    found = [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]
    return found[0]["document"] if found else None


def period_in(document: dict | None) -> object:
    nodes = {node["id"]: node for node in (document or {"nodes": []})["nodes"]}
    return nodes.get("fast", {"params": {}})["params"].get("period")


@pytest.mark.parametrize(("front_end", "theme"), [("lab", "dark"), ("notebook", "light")])
def test_a_notebook_without_its_kernel_shows_the_strategy(own_notebook, front_end, theme):
    page = own_notebook.open(front_end, theme=theme)
    run_first(page)
    choose(page, "SMA cross")
    expect(page.page.locator(STILL)).to_be_hidden()
    set_period(page, 17)
    path = own_notebook.folder / "own.ipynb"
    for _ in range(50):  # the picture follows a little later
        page.run_command("docmanager:save")
        page.page.wait_for_timeout(300)
        if period_in(strategy_in(path)) == 17:
            break
    assert period_in(strategy_in(path)) == 17
    page.reload()
    expect(page.page.locator(NODE)).to_have_count(7, timeout=SOON)
    expect(page.page.locator(STILL)).to_be_hidden()
    # also after a reload the picture follows
    set_period(page, 18)
    for _ in range(50):
        page.run_command("docmanager:save")
        page.page.wait_for_timeout(300)
        if period_in(strategy_in(path)) == 18:
            break
    assert period_in(strategy_in(path)) == 18
    page.restart_kernel()
    page.reload()
    still = page.page.locator(STILL)
    expect(still).to_be_visible(timeout=SOON)
    expect(still).to_contain_text("SMA cross, as last shown.")
    assert still.locator("img").evaluate("img => img.naturalWidth") > 300
    page.page.wait_for_timeout(500)
    page.screenshot(f"{front_end}-{theme}-still")
    still.get_by_role("button", name="Copy strategy as JSON").click()
    expect(still).to_contain_text("Copied.")
    copied = json.loads(page.page.evaluate("() => navigator.clipboard.readText()"))
    assert period_in(copied) == 18


def test_nbconvert_shows_the_picture(own_notebook):
    page = own_notebook.open("lab")
    run_first(page)
    choose(page, "SMA cross")
    path = own_notebook.folder / "own.ipynb"
    for _ in range(50):
        page.run_command("docmanager:save")
        page.page.wait_for_timeout(300)
        if strategy_in(path) and strategy_in(path)["nodes"]:
            break
    target = own_notebook.folder / "own.html"
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    pictures = re.findall(r'<img[^>]* src="data:image/svg\+xml;base64,([^"]+)', target.read_text())
    assert len(pictures) == 1
    picture = base64.b64decode(pictures[0]).decode()
    assert ">Fast SMA<" in picture
    # and in words; nothing speaks of the strategy as it was before the template was chosen
    assert ">1. Enter long when SMA(10) of close crosses above" in picture
    assert "No entry yet" not in picture + path.read_text() + target.read_text()
    page.page.goto(target.as_uri())
    picture = page.page.locator("img[src^='data:image/svg+xml']")
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.complete && img.naturalWidth") > 300
    page.screenshot("nbconvert")
