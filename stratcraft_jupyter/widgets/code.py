"""The code of the strategy: written, put into a cell, and found there again. No widgets."""

import asyncio
from collections.abc import Sequence

from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.errors import GraphInvalidError, StratCraftError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.notebook import Cell, CellBridge, CellStamp, source_hash
from stratcraft_jupyter.widgets.snapshot import Generated
from stratcraft_jupyter.widgets.state import BuilderState


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
        """Writes the code anew, into a cell where that can be done; says where it is.

        Raises:
            StratCraftError: The strategy has errors, or the page refused.
        """
        graph = self._state.graph
        source = await self._compiled(graph)
        stamp = CellStamp.now(
            builder_id=self._cells.builder_id,
            graph_hash=graph.hash,
            source=source,
            origin="builtin",
            model=self._state.snapshot.model,
        )
        cell_id, where = await self._put(source, stamp)
        generated = Generated(source, stamp, cell_id, graph)
        self._state.update(generated=generated, is_code_lost=False)
        return generated, where

    async def _compiled(self, graph: StrategyGraph) -> str:
        if not graph.nodes:
            raise StratCraftError(
                "The strategy is empty.",
                hint="Add Bars and an entry from the palette, or choose a template.",
            )
        snapshot = self._state.snapshot
        if snapshot.errors:
            place = next((item.node_id for item in snapshot.errors if item.node_id), None)
            if place:
                self._state.select([place])
            raise GraphInvalidError(snapshot.diagnostics)
        return await asyncio.to_thread(compile_strategy, graph)

    async def _put(self, source: str, stamp: CellStamp) -> tuple[str | None, str]:
        """Puts code into a cell: in place of the last one, unless that was edited by hand."""
        if not self.can_use_cells or self.cell_id is None:
            return None, "below."
        last = await self.seen()
        if last is None or last.cell_id is None or last.is_edited:
            cell_id = await self._cells.insert_cell(self.cell_id, source, stamp)
            kept = " The cell that you edited is kept." if last else ""
            return cell_id, f"in a new cell below.{kept}"
        cell_id = await self._cells.replace_cell(last.cell_id, last.source, source, stamp)
        return cell_id, "in place of the last code. Undo in the notebook brings that back."

    async def seen(self) -> Generated | None:
        """The code as it is now: in its cell, where the user may have edited or deleted it.

        Raises:
            NotebookError: The page did not answer.
        """
        if self.can_use_cells:
            self._take(await self._cells.find_cells())
        return self._state.snapshot.generated

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
        """Shows the cell known so far, else the newest; ``found`` has the newest first."""
        known = self._state.snapshot.generated
        if known is not None and known.cell_id is None:
            return  # shown in the panel; no cell holds it
        same = [cell for cell in found if known is not None and cell.cell_id == known.cell_id]
        chosen = next(iter(same or found), None)
        if chosen is None or chosen.stamp is None:
            is_lost = known is not None or self._state.snapshot.is_code_lost
            self._state.update(generated=None, is_code_lost=is_lost)
            return
        graph = known.graph if same and known else self._graph_of(chosen.stamp)
        now = Generated(chosen.source, chosen.stamp, chosen.cell_id, graph, chosen.is_edited)
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
