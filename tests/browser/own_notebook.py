"""Notebooks that a test writes itself, in a folder of their own."""

import json
import shutil
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.notebook_page import NODE, NotebookPage
from tests.browser.server import Server

SOON = 60_000
START = ".jp-StratCraft-start"
STILL = ".jp-StratCraft-Still"
CHOOSE = "import stratcraft_jupyter as sc\n\nbuilder = sc.StrategyBuilder()\nbuilder"


def notebook(*sources: str) -> str:
    """A notebook with a heading and these code cells."""
    cells = [{"cell_type": "markdown", "id": "head", "metadata": {}, "source": "# Own"}]
    cells += [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{number}",
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate(sources)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    data = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(data)


class OwnNotebook:
    """Opens notebooks of a test in its own folder on the server.

    Attributes:
        folder: The folder, where the kernels run.
        recovery: Where recovery copies are.
    """

    def __init__(self, server: Server, page: Page, artifacts: Path, name: str) -> None:
        self._server = server
        self._artifacts = artifacts
        self.page = page
        self.opened: list[NotebookPage] = []
        self._name = name
        self.folder = server.root / name
        self.folder.mkdir()
        self.recovery = Path(server.environment["STRATCRAFT_HOME"]) / "recovery"
        shutil.rmtree(self.recovery, ignore_errors=True)  # what tests before left unsaved

    def write(self, name: str, *sources: str) -> None:
        """Writes a notebook without opening it."""
        (self.folder / name).write_text(notebook(*sources))
        self._server.trust(f"{self._name}/{name}")

    def address(self, front_end: str, name: str) -> str:
        """Where a file of the folder is shown."""
        return self._server.address(front_end, f"{self._name}/{name}")

    def open(
        self, front_end: str, *sources: str, theme: str = "light", name: str = "own.ipynb"
    ) -> NotebookPage:
        """Writes a notebook and opens it."""
        self.write(name, *(sources or (CHOOSE,)))
        return self.show(front_end, name, theme=theme)

    def show(self, front_end: str, name: str, *, theme: str = "light") -> NotebookPage:
        """Opens a notebook that is there."""
        opened = NotebookPage(self.page, front_end, self._artifacts)
        self.opened.append(opened)
        opened.open(self.address(front_end, name), theme)
        return opened


def run_first(page: NotebookPage, *, index: int = 1) -> None:
    """Runs the first code cell and waits for the chooser."""
    page.run_cell(index)
    expect(page.builder.locator(START)).to_be_visible(timeout=SOON)


def choose(page: NotebookPage, title: str) -> None:
    """Presses a template's card and waits for its graph."""
    page.builder.get_by_role("button", name=title, exact=True).click()
    expect(page.page.locator(NODE).first).to_be_visible(timeout=SOON)


def type_at_once(page: NotebookPage, field: Locator, text: str) -> None:
    """Types over what a field holds, without waiting for the kernel to have any letter."""
    field.select_text()
    page.page.keyboard.type(text)


def set_period(page: NotebookPage, period: int) -> None:
    """Types the period of the fast average of the SMA cross."""
    page.node("fast").click(position={"x": 30, "y": 10})
    field = page.builder.locator(".jp-StratCraft-inspector").get_by_label("Period")
    field.fill(str(period))
    field.press("Enter")
    page.wait_in_kernel(
        "print(builder.graph.node('fast').params['period'])", lambda now: now == str(period)
    )
