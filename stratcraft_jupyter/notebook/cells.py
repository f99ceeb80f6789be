"""The Python side of the cell bridge: asks the page to insert, read and find notebook cells."""

import asyncio
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from stratcraft_jupyter.errors import NotebookError
from stratcraft_jupyter.notebook.drafts import is_draft
from stratcraft_jupyter.notebook.frontend import Bridge
from stratcraft_jupyter.notebook.messages import (
    Active,
    CellsChanged,
    Hello,
    Reply,
    parse_bridge_message,
)
from stratcraft_jupyter.notebook.stamp import CellStamp, source_hash

TIMEOUT = 10.0


@dataclass(frozen=True)
class Cell:
    """A notebook cell as it was when the page was asked.

    Attributes:
        cell_id: Its id in the notebook.
        source: Its text.
        stamp: Our metadata, None if it has none.
    """

    cell_id: str
    source: str
    stamp: CellStamp | None

    @property
    def is_edited(self) -> bool:
        """Whether the text is no longer what was generated."""
        return self.stamp is not None and self.stamp.source_hash != source_hash(self.source)

    @property
    def is_draft(self) -> bool:
        """Whether the text is no finished code, and may not be run by mistake.

        Who deletes the line that stops a draft has made it code of their own.
        """
        marked = self.stamp is not None and self.stamp.is_draft and not self.is_edited
        return marked or is_draft(self.source)


class CellBridge:
    """Requests to the page that shows a builder, each answered by one reply.

    Several pages may show the same notebook; every one would carry out a request. So a request is
    addressed to the page that said hello or was clicked last.

    Args:
        builder_id: The builder whose cells these are.
        timeout: Seconds to wait for an answer.
    """

    def __init__(self, builder_id: str, *, timeout: float = TIMEOUT) -> None:
        self.builder_id = builder_id
        self.timeout = timeout
        self.on_hello: Callable[[Hello], None] | None = None
        self.on_use: Callable[[], None] | None = None
        self.on_cells_changed: Callable[[], None] | None = None
        self.on_error: Callable[[Exception], None] | None = None
        self.client_id: str | None = None
        self._pending: dict[str, Future[Reply]] = {}
        self._lock = threading.Lock()
        self._bridge: Any = Bridge(builder_id)
        self._bridge.on_msg(self._receive)

    @property
    def is_connected(self) -> bool:
        """Whether a page with the labextension has said hello."""
        return self.client_id is not None

    async def insert_cell(self, after_cell_id: str, source: str, stamp: CellStamp) -> str:
        """Puts a new code cell directly below another one; the result is the new cell's id.

        Raises:
            NotebookError: The page refused or did not answer.
        """
        metadata = stamp.to_metadata()
        reply = await self.ask(
            "insert_cell", after_cell_id=after_cell_id, source=source, metadata=metadata
        )
        return _made(reply)

    async def replace_cell(
        self, cell_id: str, old_source: str, source: str, stamp: CellStamp
    ) -> str:
        """Puts a new code cell in the place of another one; the result is the new cell's id.

        Args:
            cell_id: The cell to replace.
            old_source: Its text; if it has another one by then, it is left alone.
            source: Text of the new cell.
            stamp: Record of the new cell.

        Raises:
            NotebookError: The page refused or did not answer.
        """
        reply = await self.ask(
            "replace_cell",
            cell_id=cell_id,
            old_source=old_source,
            source=source,
            metadata=stamp.to_metadata(),
        )
        return _made(reply)

    async def find_cells(self) -> tuple[Cell, ...]:
        """The cells this builder generated, newest first.

        Raises:
            NotebookError: The page did not answer.
        """
        reply = await self.ask("find_cells", builder_id=self.builder_id)
        found = [
            Cell(cell.cell_id, cell.source, CellStamp.from_metadata(cell.metadata))
            for cell in reply.cells or ()
        ]
        # sorted() is stable: of cells made at one moment (copies) the upper one comes first
        stamped = [cell for cell in found if cell.stamp is not None]
        return tuple(sorted(stamped, key=_created, reverse=True))

    async def read_notebook(self, key: str) -> str | None:
        """A text of ours in the notebook's own metadata; None if there is none.

        Raises:
            NotebookError: The page did not answer.
        """
        return (await self.ask("read_notebook", key=key)).value

    async def write_notebook(self, key: str, value: str) -> None:
        """Puts a text of ours into the notebook's own metadata.

        Raises:
            NotebookError: The page did not answer.
        """
        await self.ask("write_notebook", key=key, value=value)

    def close(self) -> None:
        """Ends the connection to the page."""
        self._bridge.close()

    async def ask(self, request: str, *, client_id: str | None = None, **fields: object) -> Reply:
        """Sends one request and waits for its answer.

        Args:
            request: Type of the request.
            client_id: The page it goes to; None for the one that was used last.
            fields: What the request says.

        Raises:
            NotebookError: The page refused or did not answer.
        """
        page = client_id or self.client_id
        if page is None:
            raise NotebookError(
                "No page with the StratCraft extension shows this builder.",
                hint="Reload the page; if that does not help, reinstall stratcraft-jupyter.",
            )
        request_id = uuid.uuid4().hex
        answer: Future[Reply] = Future()
        with self._lock:
            self._pending[request_id] = answer
        head = {"type": request, "request_id": request_id, "client_id": page}
        try:
            self._bridge.send({**head, **fields})
            # not wait_for: on Python 3.11 it loses a cancellation that meets a result
            async with asyncio.timeout(self.timeout):
                reply = await asyncio.wrap_future(answer)
        except TimeoutError:
            raise NotebookError(
                f"The notebook page did not answer within {self.timeout:g} seconds.",
                hint="If it was closed or is busy, reload it and try again.",
            ) from None
        finally:
            with self._lock:
                self._pending.pop(request_id, None)
        if not reply.ok:
            raise NotebookError(reply.reason or "The notebook page could not do it.")
        return reply

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        """Takes a message from the page; may be called from any thread."""
        try:
            self._handle(content)
        except Exception as error:
            if self.on_error is None:
                raise
            self.on_error(error)

    def _handle(self, content: object) -> None:
        message = parse_bridge_message(content)
        match message:
            case Hello():
                self.client_id = message.client_id
                if self.on_hello is not None:
                    self.on_hello(message)
            case Active():
                self.client_id = message.client_id
                if self.on_use is not None:
                    self.on_use()
            case CellsChanged():
                # another page's notebook may differ until it is saved and loaded
                if message.client_id == self.client_id and self.on_cells_changed is not None:
                    self.on_cells_changed()
            case Reply():
                with self._lock:
                    answer = self._pending.pop(message.request_id, None)
                # false when the waiting side has given up
                if answer is not None and answer.set_running_or_notify_cancel():
                    answer.set_result(message)


def _made(reply: Reply) -> str:
    if reply.cell_id is None:
        raise NotebookError("The page did not say which cell it made.")
    return reply.cell_id


def _created(cell: Cell) -> str:
    return cell.stamp.created if cell.stamp else ""
