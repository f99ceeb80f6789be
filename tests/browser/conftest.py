"""Fixtures: one server and one browser for all tests, a fresh page and notebook for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.notebook_page import NotebookPage
from tests.browser.own_notebook import OwnNotebook
from tests.browser.server import NOTEBOOKS, Server, start_server

ARTIFACTS = Path(__file__).parents[2] / "artifacts" / "screenshots"

# As long as what waits for a page: on a busy machine an answer takes its time.
expect.set_options(timeout=30_000)

TOLERATED = (
    "reading 'schema'",  # Notebook 7 on a notebook without a schema
    "Not same Y.Doc",  # Notebook 7 and yjs
    "'filebrowser:open-path' not registered",  # JupyterLab's own start, on a slow machine
    "Unsatisfied version",  # ipycytoscape's fallback view asks for an older widgets base
)
"""Page errors that stock Jupyter logs without us."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_server(tmp_path_factory.mktemp("jupyter"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = launch(playwright)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all pages, so that Jupyter's scripts are loaded and compiled once."""
    # the canvas jumps where it would glide, so that what a test aims at stands still
    context = browser.new_context(viewport={"width": 1500, "height": 1100}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, server: Server) -> Iterator[Page]:
    """A tab of its own, without what the pages before it left in the browser."""
    opened = context.new_page()
    yield opened
    if opened.url.startswith(server.url):
        opened.evaluate("localStorage.clear()")
    opened.close()


@pytest.fixture
def open_notebook(server: Server, page: Page, request: pytest.FixtureRequest):
    """Opens a copy of a shipped notebook: ``open_notebook("lab", theme="dark")``."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    opened: list[NotebookPage] = []

    def open_(
        front_end: str, *, theme: str = "light", notebook: str = "01-first-strategy.ipynb"
    ) -> NotebookPage:
        name = f"{request.node.name.translate(str.maketrans('[]-', '___'))}_{len(opened)}.ipynb"
        shutil.copy(NOTEBOOKS / notebook, server.root / name)
        server.trust(name)
        notebook_page = NotebookPage(page, front_end, ARTIFACTS)
        notebook_page.open(server.address(front_end, name), theme)
        opened.append(notebook_page)
        return notebook_page

    yield open_
    for notebook_page in opened:
        notebook_page.shut_down()
    assert_quiet(opened)


@pytest.fixture
def own_notebook(server: Server, page: Page, request: pytest.FixtureRequest):
    """Opens notebooks that the test writes itself, in a folder of its own."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    name = request.node.name.translate(str.maketrans("[]-", "___"))
    own = OwnNotebook(server, page, ARTIFACTS, name)
    yield own
    server.end_kernels()
    assert_quiet(own.opened)


def assert_quiet(opened: list[NotebookPage]) -> None:
    """No page logged an error that stock Jupyter does not log without us."""
    failures = [
        text
        for notebook_page in opened
        for text in notebook_page.errors
        if not any(known in text for known in TOLERATED)
    ]
    assert not failures, failures
