"""A stream of text that a test sends from the notebook's kernel, bit by bit."""

from typing import Any

from playwright.sync_api import Locator

from stratcraft_jupyter.notebook.drafts import as_draft
from tests.browser.notebook_page import NotebookPage

_BEGIN = """
import asyncio
from stratcraft_jupyter.notebook import CellBridge, CellStamp, CellStream
bridge = CellBridge("streaming")
stamp = CellStamp.now(
    builder_id="streaming", graph_hash="00ff", source="", origin="model", model="replay:test")
stream = CellStream(bridge, {after!r}, stamp)
"""
_FLOW = """
async def flow():
    for number in range({count}):
        stream.append(f"value_{{number}} = {{number}}  # a line as a model writes it\\n")
        await asyncio.sleep({pause})
flowing = asyncio.ensure_future(flow())
"""
_END = """
bridge.timeout = 5
ending = asyncio.ensure_future({call})
"""


class Stream:
    """Drives a `CellStream` in the kernel; its cell goes below the first code cell."""

    def __init__(self, page: NotebookPage) -> None:
        self.page = page
        self.text = ""
        builder = next(cell for cell in page.cells() if cell["type"] == "code")
        self._before = {cell["id"] for cell in page.cells()}
        page.in_kernel(_BEGIN.format(after=builder["id"]))
        page.wait_in_kernel("print(bridge.is_connected)", lambda said: said == "True")

    @property
    def cell_id(self) -> str:
        return self.page.in_kernel("print(stream.cell_id)")

    @property
    def cell(self) -> dict[str, Any]:
        """The cell as the notebook has it."""
        return next(cell for cell in self.page.cells() if cell["id"] == self.cell_id)

    @property
    def place(self) -> int:
        return [cell["id"] for cell in self.page.cells()].index(self.cell_id)

    @property
    def element(self) -> Locator:
        return self.page.page.locator(".jp-Notebook .jp-Cell").nth(self.place)

    def send(self, text: str) -> None:
        """Sends text without waiting for it to be shown."""
        self.text += text
        self.page.in_kernel(f"stream.append({text!r})")

    def show(self, text: str) -> None:
        """Sends text and waits until the cell has all of it."""
        self.send(text)
        self.wait_for(as_draft(self.text))

    def wait_for(self, source: str) -> None:
        self.page.page.wait_for_function(
            """source => [...window.jupyterapp.shell.widgets('main')].some(panel =>
                panel.context && panel.content.model &&
                panel.content.model.sharedModel.cells.some(cell => cell.source === source))""",
            arg=source,
        )

    def flow(self, count: int, pause: float) -> None:
        """Sends many lines on its own."""
        self.page.in_kernel(_FLOW.format(count=count, pause=pause))
        self.text += "".join(
            f"value_{number} = {number}  # a line as a model writes it\n" for number in range(count)
        )

    def wait_for_flow(self) -> None:
        self.page.wait_in_kernel("print(flowing.done())", lambda said: said == "True")

    def problem(self) -> str:
        """Waits until the stream has a problem; gives it."""
        self.page.wait_in_kernel("print(bool(stream.problem))", lambda said: said == "True")
        return self.page.in_kernel("print(stream.problem)")

    def finish(self, source: str) -> str:
        """Finishes; gives the state the stream ends in."""
        return self._end(f"stream.finish({source!r}, stamp)")

    def abandon(self) -> str:
        return self._end("stream.abandon()")

    def _end(self, call: str) -> str:
        self.page.in_kernel(_END.format(call=call))
        self.page.wait_in_kernel("print(ending.done())", lambda said: said == "True")
        return self.page.in_kernel("print(ending.result().state)")
