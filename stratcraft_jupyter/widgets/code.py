"""The code of the strategy: written, put into a cell, and found there again. No widgets."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.errors import GraphInvalidError, StratCraftError
from stratcraft_jupyter.generation.drafts import draft_source
from stratcraft_jupyter.generation.result import BUILTIN, GeneratedStrategy
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.notebook import Cell, CellBridge, CellStamp, CellStream, source_hash
from stratcraft_jupyter.widgets.merging import propose
from stratcraft_jupyter.widgets.snapshot import Generated
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.versions import can_be_replaced, with_history


class StrategyCode:
    """Knows which code Run runs: the text of the newest generated cell that is still there.

    Attributes:
        cell_id: The notebook cell that shows the builder; None outside a notebook.
    """

    def __init__(self, state: BuilderState, cells: CellBridge, cell_id: str | None) -> None:
        self.cell_id = cell_id
        self._state = state
        self._cells = cells

    @property
    def can_use_cells(self) -> bool:
        """Whether there is a page that can make and read cells."""
        return self._cells.is_connected and self.cell_id is not None

    async def generate(self) -> tuple[Generated, str]:
        """Compiles the strategy, into a cell where that can be done; says where the code is.

        Raises:
            StratCraftError: The strategy has errors, or the page refused.
        """
        graph = self._state.graph
        self.require_valid()
        source = await asyncio.to_thread(compile_strategy, graph)
        last = await self.seen()
        stamp = self.stamp_for(source, graph, last, origin="builtin", model=BUILTIN)
        return await self.put(Generated(source, stamp, graph=graph), last)

    def require_valid(self) -> None:
        """Refuses a strategy that cannot become code, and leads to what is wrong.

        Raises:
            StratCraftError: It is empty or has errors.
        """
        snapshot = self._state.snapshot
        if not snapshot.graph.nodes:
            raise StratCraftError(
                "The strategy is empty.",
                hint="Add Bars and an entry from the palette, or choose a template.",
            )
        if snapshot.errors:
            place = next((item.node_id for item in snapshot.errors if item.node_id), None)
            if place:
                self._state.select([place])
            raise GraphInvalidError(snapshot.diagnostics)

    def stamp_for(
        self,
        source: str,
        graph: StrategyGraph,
        last: Generated | None,
        *,
        origin: str,
        model: str,
        graph_hash: str = "",
        is_draft: bool = False,
    ) -> CellStamp:
        """The record of new code, with the versions before it."""
        stamp = CellStamp.now(
            builder_id=self._cells.builder_id,
            graph_hash=graph_hash or graph.hash,
            source=source,
            origin=origin,
            model=model,
        )
        return with_history(replace(stamp, is_draft=is_draft), source, last)

    async def put(
        self, made: Generated, last: Generated | None, *, offers_merge: bool = True
    ) -> tuple[Generated, str]:
        """Puts code into a cell: in place of the last one, unless that was edited by hand.

        Args:
            made: The code.
            last: The code that was seen just now.
            offers_merge: Whether edits of the last code can be merged into it.

        Raises:
            NotebookError: The page refused.
        """
        cell_id, where = await self._put(made.source, made.stamp, last)
        made = replace(made, cell_id=cell_id)
        self.show(made, last if offers_merge else None)
        return made, where

    async def _put(
        self, source: str, stamp: CellStamp, last: Generated | None
    ) -> tuple[str | None, str]:
        if not self.can_use_cells or self.cell_id is None:
            return None, "below."
        if last is None or last.cell_id is None or not can_be_replaced(last):
            cell_id = await self._cells.insert_cell(self.cell_id, source, stamp)
            return cell_id, f"in a new cell below.{kept_in_words(last)}"
        cell_id = await self._cells.replace_cell(last.cell_id, last.source, source, stamp)
        return cell_id, "in place of the last code. Undo in the notebook brings that back."

    def open_stream(self, stamp: CellStamp) -> CellStream | None:
        """A new cell for text that arrives bit by bit; None where there are no cells."""
        if not self.can_use_cells or self.cell_id is None:
            return None
        return CellStream(self._cells, self.cell_id, stamp)

    def show(self, made: Generated, last: Generated | None) -> None:
        """Shows new code; with what was edited by hand before, it can be merged."""
        proposal = None
        if last is not None and last.is_edited and not last.is_draft and last.source != made.source:
            proposal = propose(last, made.source)
        self._state.update(generated=made, is_code_lost=False, proposal=proposal)

    async def replace_text(self, code: Generated, source: str, stamp: CellStamp) -> Generated:
        """Puts another text in the place of code that was seen just now.

        Raises:
            NotebookError: The page refused, or the text has changed meanwhile.
        """
        made = replace(code, source=source, stamp=stamp)
        if code.cell_id is not None:
            cell_id = await self._cells.replace_cell(code.cell_id, code.source, source, stamp)
            made = replace(made, cell_id=cell_id)
        made = replace(made, is_edited=stamp.source_hash != source_hash(source))
        self._state.update(generated=made, is_code_lost=False)
        return made

    async def seen(self) -> Generated | None:
        """The code as it is now: in its cell, where the user may have edited or deleted it.

        Raises:
            NotebookError: The page did not answer.
        """
        if self.can_use_cells:
            self._take(await self._cells.find_cells())
        return self._state.snapshot.generated

    async def to_run(self) -> Generated | None:
        """The code as it is now, if it is finished.

        Raises:
            StratCraftError: There is only a draft, or the page did not answer.
        """
        code = await self.seen()
        if code is not None and code.is_draft:
            raise StratCraftError(
                "Nothing was run: the generated cell is a draft, not finished code.",
                hint="Press Generate for finished code, or delete the line of that cell that "
                "begins with raise to run it as it is.",
            )
        return code

    async def look_again(self) -> None:
        """Sees what became of the cells, unless something else changes the code meanwhile."""
        before = self._state.snapshot.generated
        if not self.can_use_cells:
            return
        found = await self._cells.find_cells()
        with self._state.lock:
            snapshot = self._state.snapshot
            if snapshot.job is None and snapshot.generated is before:
                self._take(found)
                now = self._state.snapshot.generated
                if (now and now.cell_id) != (before and before.cell_id):
                    self._state.update(notice="")  # it may speak of a cell that is gone

    def _take(self, found: Sequence[Cell]) -> None:
        """Shows the cell known so far, else the newest; ``found`` has the newest first.

        A draft only where there is nothing else: a generation that was cancelled takes nothing
        away.
        """
        known = self._state.snapshot.generated
        if known is not None and known.cell_id is None:
            return  # shown in the panel; no cell holds it
        usable = [cell for cell in found if not cell.is_draft] or found
        same = [cell for cell in usable if known is not None and cell.cell_id == known.cell_id]
        chosen = next(iter(same or usable), None)
        if chosen is None or chosen.stamp is None:
            is_lost = known is not None or self._state.snapshot.is_code_lost
            self._state.update(generated=None, is_code_lost=is_lost)
            return
        graph = known.graph if same and known else self._graph_of(chosen.stamp)
        now = Generated(
            chosen.source,
            chosen.stamp,
            chosen.cell_id,
            graph,
            is_edited=chosen.is_edited,
            is_draft=chosen.is_draft,
        )
        if now != known:
            self._state.update(generated=now, is_code_lost=False)

    def _graph_of(self, stamp: CellStamp) -> StrategyGraph | None:
        """The present strategy, if code of an earlier builder was made from one that trades so."""
        snapshot = self._state.snapshot
        if stamp.graph_hash == snapshot.graph.hash:
            return snapshot.graph
        if stamp.origin != "builtin" or snapshot.errors or not snapshot.graph.nodes:
            return None
        # the hash covers cash and dates too, which are no part of the code
        is_same = source_hash(compile_strategy(snapshot.graph)) == stamp.source_hash
        return snapshot.graph if is_same else None


def kept_in_words(last: Generated | None) -> str:
    """What becomes of the cell before, when new code goes into another one."""
    if last is None or last.cell_id is None:
        return ""
    what = "draft" if last.is_draft else "cell that you edited" if last.is_edited else "last cell"
    return f" The {what} is kept."


def text_for_cell(strategy: GeneratedStrategy) -> tuple[str, bool]:
    """What goes into a cell, and whether it is a draft: code with errors must not run unseen."""
    if strategy.ok or strategy.is_draft:
        return strategy.source, strategy.is_draft
    return draft_source(strategy.source, _why_draft(strategy)), True


def _why_draft(strategy: GeneratedStrategy) -> str:
    report = strategy.verification
    difference = report.first_difference if report is not None else None
    if difference is None:
        return "errors are left in it"
    return f"its orders are not those of the strategy, first on bar {difference.bar}"
