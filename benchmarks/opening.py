"""How long until the builder is there, and until the charts are?

Run it from the checkout with ``python -m benchmarks.opening``; it needs the tools of
``make dev-tools``. In turns it opens the same notebook in a real JupyterLab in Chromium, without
any of our extensions and with them, each time on a new page with an empty cache:

- cells: from asking for the page until the notebook's cells are drawn and its kernel answers;
- first cell: from there until the first code cell has run, which shows a number in the bare one
  and the builder with its drawn graph in ours;
- run: in ours, from the first press of Run on the shipped daily bars (3,270 of them) until the
  charts are drawn.

These are times by the clock: give it a machine of its own, or read the turns against each other.
"""

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.notebook_page import NotebookPage
from tests.browser.server import NOTEBOOKS, Server, start_server

OPENING_LIMIT, RUN_LIMIT = 2.0, 2.0  # seconds
_OURS = (
    *("stratcraft-jupyter", "jupyter-cytoscape", "bqplot", "bqplot-gl"),
    "@jupyter-widgets/jupyterlab-manager",
)
_BARE_CELL = "6 * 7"
_STICK = ".jp-StratCraft-Chart .stick"


class Opening(NamedTuple):
    """Seconds of one opening; the run is there in ours alone."""

    cells: float
    first_cell: float
    run: float | None = None

    @property
    def total(self) -> float:
        return self.cells + self.first_cell


def bare_notebook() -> str:
    """The tutorial as it is, but that its first code cell only does a sum."""
    notebook = json.loads((NOTEBOOKS / "01-first-strategy.ipynb").read_text())
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first["source"] = _BARE_CELL
    return json.dumps(notebook)


@contextmanager
def server_of(kind: str) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if kind == "bare":
            page_config = folder / "config" / "labconfig" / "page_config.json"
            page_config.parent.mkdir(parents=True)
            page_config.write_text(json.dumps({"disabledExtensions": dict.fromkeys(_OURS, True)}))
        server = start_server(folder)
        try:
            yield server
        finally:
            server.stop()


def open_once(browser: Browser, server: Server, kind: str, turn: int) -> Opening:
    """Opens the notebook on a new page, runs its first cell and, in ours, the strategy."""
    name = f"{kind}{turn}.ipynb"
    if kind == "bare":
        (server.root / name).write_text(bare_notebook())
    else:
        shutil.copy(NOTEBOOKS / "01-first-strategy.ipynb", server.root / name)
    server.trust(name)
    context = browser.new_context(viewport={"width": 1500, "height": 1100})
    notebook = NotebookPage(context.new_page(), "lab", server.root)
    began = time.monotonic()
    notebook.open(server.address("lab", name))
    there = time.monotonic()
    if kind == "bare":
        notebook.run_cell(1)
        output = notebook.page.locator(".jp-OutputArea-output").filter(has_text="42")
        expect(output.first).to_be_visible(timeout=60_000)
    else:
        notebook.show_builder()
    shown = time.monotonic()
    run = None if kind == "bare" else run_once(notebook)
    notebook.shut_down()
    context.close()
    return Opening(there - began, shown - there, run)


def run_once(notebook: NotebookPage) -> float:
    """Seconds from pressing Run to the first charts."""
    button = notebook.builder.get_by_role("button", name=re.compile(r"Run$"))
    expect(button).to_be_enabled(timeout=60_000)
    notebook.page.wait_for_timeout(2_000)  # as long as anyone looks at a new builder
    began = time.monotonic()
    button.click()
    expect(notebook.builder.locator(_STICK).first).to_be_attached(timeout=60_000)
    return time.monotonic() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--turns", type=int, default=5, help="openings of each kind")
    options = parser.parse_args()
    seen: dict[str, list[Opening]] = {"bare": [], "ours": []}
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(server_of(kind)) for kind in seen}
        browser = launch(stack.enter_context(sync_playwright()))
        for turn in range(options.turns + 1):
            for kind, openings in seen.items():
                opening = open_once(browser, servers[kind], kind, turn)
                if turn:  # the first turn only warms the servers and the disk
                    openings.append(opening)
        browser.close()
    print(f"{'':<8}{'cells':>10}{'first cell':>13}{'together':>11}   (medians, seconds)")
    for kind, openings in seen.items():
        cells, first, total = (
            statistics.median(getattr(item, name) for item in openings)
            for name in ("cells", "first_cell", "total")
        )
        print(f"{kind:<8}{cells:>10.2f}{first:>13.2f}{total:>11.2f}")
    more = statistics.median(item.total for item in seen["ours"]) - statistics.median(
        item.total for item in seen["bare"]
    )
    runs = [item.run for item in seen["ours"] if item.run is not None]
    print(f"ours takes {more:+.2f} s; at most {OPENING_LIMIT:g} s is asked")
    print(
        f"from Run to charts: median {statistics.median(runs):.2f} s, slowest {max(runs):.2f} s; "
        f"under {RUN_LIMIT:g} s is asked"
    )
    return int(more > OPENING_LIMIT or statistics.median(runs) >= RUN_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
