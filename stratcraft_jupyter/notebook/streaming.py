"""Text that arrives bit by bit, shown in a new cell as it comes. Nothing that came is lost here."""

import asyncio
import codecs
import io
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from stratcraft_jupyter.errors import NotebookError
from stratcraft_jupyter.notebook.cells import CellBridge
from stratcraft_jupyter.notebook.drafts import as_draft
from stratcraft_jupyter.notebook.messages import Reply, StreamState
from stratcraft_jupyter.notebook.stamp import CellStamp, source_hash

PAUSE = 0.1  # seconds between two updates of the cell: the page takes 10 to 20 a second
LOOK_AGAIN = 1.0  # seconds: a cell that was cut may be pasted, a deletion undone
_NEVER_SHOWN = "No text arrived."


@dataclass(frozen=True)
class StreamEnd:
    """Where the text is in the end.

    Attributes:
        state: ``"written"``: in the cell of the stream. ``"edited"``: the user had written in
            that cell, so it is kept as a draft; finished code is in a new cell below it.
            ``"gone"``: in no cell.
        cell_id: The cell that holds the text; None if none does.
        reason: Why no cell holds it, one sentence.
    """

    state: StreamState
    cell_id: str | None
    reason: str = ""


class CellStream:
    """Shows text in a new cell while it arrives, until it is finished or abandoned.

    The cell appears with the first text, marked as a draft that stops when it is run. Nothing the
    user does to the notebook meanwhile raises here: `problem` says why the text is not shown.
    Use it from one event loop.

    Args:
        cells: The way to the page.
        after_cell_id: The cell it goes below.
        stamp: The record of the cell; marked as a draft until `finish`.
        on_change: Called when `cell_id`, `problem` or `is_edited` changed.
        pause: Seconds between two updates of the cell.
        look_again: Seconds after which a cell that was gone is looked for again.

    Attributes:
        text: All text since the beginning or the last restart.
        cell_id: The cell; None before the first text is shown.
        problem: Why new text is not shown at present, one sentence; empty while it is.
        is_edited: Whether the user wrote in the cell too.
    """

    def __init__(
        self,
        cells: CellBridge,
        after_cell_id: str,
        stamp: CellStamp,
        *,
        on_change: Callable[[], None] = lambda: None,
        pause: float = PAUSE,
        look_again: float = LOOK_AGAIN,
    ) -> None:
        self.text = ""
        self.cell_id: str | None = None
        self.problem = ""
        self.is_edited = False
        self._cells = cells
        self._client_id: str | None = None
        self._after_cell_id = after_cell_id
        self._stamp = stamp
        self._on_change = on_change
        self._pause = pause
        self._look_again = look_again
        self._decoder = _decoder()
        self._waiting: list[str] = []
        self._is_restarting = False
        self._is_anew = False
        self._pieces = 0
        self._news = asyncio.Event()
        self._closing = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None

    def append(self, text: str) -> None:
        """Adds text; it is shown soon, together with what else came by then."""
        self._take(self._decoder.decode(_units(text)))

    def restart(self) -> None:
        """Lets the next text begin anew, in place of the present one, as another attempt does."""
        self._decoder = _decoder()
        self._is_restarting = True

    async def finish(self, source: str, stamp: CellStamp) -> StreamEnd:
        """Puts the final text in place of the streamed one, in one step for Undo.

        Args:
            source: Finished code, or a draft that is more than what was streamed.
            stamp: Its record, which says whether it is a draft.
        """
        code = _decoder().decode(_units(source), final=True)
        record = replace(stamp, source_hash=source_hash(code))
        await self._close()
        return await self._end("finish_stream", record, source=code)

    async def abandon(self, stamp: CellStamp | None = None) -> StreamEnd:
        """Leaves what came as a draft in the cell; for the end of a failure or a cancellation.

        Args:
            stamp: Its record; None for the one of the beginning.
        """
        await self._close()
        return await self._end("abandon_stream", self._as_draft(stamp or self._stamp))

    def _take(self, text: str) -> None:
        if not text:
            return
        if self._is_restarting:
            self.text = ""
            self._waiting.clear()
            self._is_restarting, self._is_anew = False, self._writer is not None
        self.text += text
        self._waiting.append(text)
        self._news.set()
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())

    def _as_draft(self, stamp: CellStamp) -> CellStamp:
        return replace(stamp, is_draft=True, source_hash=source_hash(as_draft(self.text)))

    async def _write(self) -> None:
        """Sends what waits, one piece at a time, until the stream is closed."""
        if not await self._begin(self._collect()):
            return
        while self._waiting or not self._closing.is_set():
            await self._rest(self._pause)
            await self._news.wait()
            if self._waiting:
                is_anew, self._is_anew = self._is_anew, False
                await self._send(self._collect(), is_anew=is_anew)

    def _collect(self) -> str:
        text = "".join(self._waiting)
        self._waiting.clear()
        self._news.clear()
        return text

    async def _rest(self, seconds: float) -> None:
        """Waits, but no longer than the stream is open."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):  # wait_for may lose a cancellation
                await self._closing.wait()

    async def _begin(self, text: str) -> bool:
        """Makes the cell. Tried once: a page that is late would make a second one."""
        metadata = self._as_draft(self._stamp).to_metadata()
        self._client_id = self._cells.client_id  # of two pages with the notebook one gets the cell
        try:
            reply = await self._ask(
                "begin_stream",
                after_cell_id=self._after_cell_id,
                source=as_draft(text),
                metadata=metadata,
            )
        except NotebookError as error:
            self._note(problem=str(error))
            return False
        self.cell_id = reply.cell_id
        self._on_change()
        return True

    async def _send(self, text: str, *, is_anew: bool) -> None:
        """Sends one piece until a cell has taken it, or the stream is closed without one."""
        sent = as_draft(text) if is_anew else text
        while True:
            try:
                reply = await self._ask(
                    "append_stream",
                    cell_id=self.cell_id,
                    piece=self._pieces,  # the page writes a piece once, however often it comes
                    text=sent,
                    is_anew=is_anew,
                )
            except NotebookError as error:
                # loaded again, the page has another id; it may have the cell as it was saved
                self._client_id = self._cells.client_id
                self._note(problem=str(error), is_edited=self.is_edited)
            else:
                if reply.state != "gone":
                    self._pieces += 1
                    self._note(is_edited=reply.state == "edited")
                    return
                self._note(problem=reply.reason, is_edited=self.is_edited)
            if self._closing.is_set():
                return
            await self._rest(self._look_again)

    async def _close(self) -> None:
        """Takes no more text, and sends what waits."""
        self._take(self._decoder.decode(b"", final=True))
        self._closing.set()
        self._news.set()
        if self._writer is not None:
            await self._writer

    async def _end(self, request: str, stamp: CellStamp, **fields: str) -> StreamEnd:
        if self.cell_id is None:
            return StreamEnd("gone", None, self.problem or _NEVER_SHOWN)
        metadata = stamp.to_metadata()
        streamed = as_draft(self.text)
        try:
            reply = await self._ask(
                request, cell_id=self.cell_id, streamed=streamed, **fields, metadata=metadata
            )
        except NotebookError as error:
            return StreamEnd("gone", None, str(error))
        if reply.state is None or reply.state == "gone":
            return StreamEnd("gone", None, reply.reason)
        return StreamEnd(reply.state, reply.cell_id)

    async def _ask(self, request: str, **fields: object) -> Reply:
        return await self._cells.ask(request, client_id=self._client_id, **fields)

    def _note(self, *, problem: str = "", is_edited: bool = False) -> None:
        if (problem, is_edited) != (self.problem, self.is_edited):
            self.problem, self.is_edited = problem, is_edited
            self._on_change()


def _decoder() -> io.IncrementalNewlineDecoder:
    r"""What joins pieces of text that were cut in an awkward place.

    A pair of surrogates may come in two halves, and ``\r\n`` too; the page's editor counts that as
    one character where its model has two, so every line end becomes a plain ``\n``.
    """
    return io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder("utf-16-le")("replace"), translate=True
    )


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
