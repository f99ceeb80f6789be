"""Trials in a real browser: JupyterLab's page is reloaded while the user types."""

import json
import random
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from benchmarks.kill.editing import FILE
from benchmarks.kill.trials import Trial
from stratcraft_jupyter.graph import load_template
from tests.browser.chromium import launch
from tests.browser.notebook_page import NODE, NotebookPage
from tests.browser.own_notebook import SOON, notebook
from tests.browser.server import start_server

_SOURCE = f'import stratcraft_jupyter as sc\n\nbuilder = sc.StrategyBuilder("{FILE}")\nbuilder'
_FIRST = 100  # periods from here on, so that none is the template's
_PERIOD = "print(int(builder.graph.node('fast').params['period']))"


@contextmanager
def pages(folder: Path):
    """A page of JupyterLab with the builder, for one trial after another."""
    server = start_server(folder / "server")
    load_template("sma_cross").save(server.root / FILE)
    (server.root / "own.ipynb").write_text(notebook(_SOURCE))
    server.trust("own.ipynb")
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            page = NotebookPage(browser.new_page(), "lab", folder)
            # the notebook has unsaved changes when it is loaded again
            page.page.on("dialog", lambda dialog: dialog.accept())
            page.open(server.address("lab", "own.ipynb"))
            page.run_cell(1)
            expect(page.page.locator(NODE)).to_have_count(7, timeout=SOON)
            page.run_command("docmanager:save")
            yield page, server.root
            browser.close()
    finally:
        server.stop()


def reload_page(page: NotebookPage, root: Path, chance: random.Random) -> Trial:
    """Types periods until a random moment, when the page is loaded again."""
    page.node("fast").click(position={"x": 30, "y": 10})
    field = page.builder.locator(".jp-StratCraft-inspector").get_by_label("Period")
    typed: dict[int, float] = {}
    end = time.monotonic() + chance.uniform(0.5, 5)
    first = number = max(_FIRST, int(page.in_kernel(_PERIOD)))
    while time.monotonic() < end:
        number += 1
        field.fill(str(number))
        field.press("Enter")
        typed[number] = time.monotonic()
        page.page.wait_for_timeout(chance.expovariate(1 / 150))
    moment = time.monotonic()
    page.reload()
    expect(page.page.locator(NODE)).to_have_count(7, timeout=SOON)
    kept = int(page.in_kernel(_PERIOD))
    assert kept >= first or not typed
    lost = [moment - when for value, when in typed.items() if value > kept]
    return Trial("page", len(typed), max(lost, default=0.0), _broken(root))


def _broken(root: Path) -> tuple[str, ...]:
    """Files that are not whole."""
    broken = []
    for name in (FILE, "own.ipynb"):
        try:
            json.loads((root / name).read_text(encoding="utf-8"))
        except ValueError:
            broken.append(name)
    return tuple(broken)
