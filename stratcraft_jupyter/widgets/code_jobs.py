"""What a user does with code that is there already: merge it, bring an earlier version back."""

import asyncio

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.history import Version
from stratcraft_jupyter.generation.result import GeneratedStrategy
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.widgets.code import StrategyCode, text_for_cell
from stratcraft_jupyter.widgets.merging import refuse_open_conflicts
from stratcraft_jupyter.widgets.snapshot import Generated
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.work import Work


class CodeJobs:
    """Puts merged code, earlier versions and chosen candidates into cells."""

    def __init__(self, state: BuilderState, work: Work, code: StrategyCode) -> None:
        self._state = state
        self._work = work
        self._code = code

    def insert_merged(self) -> None:
        """Puts the merged code in place of the new code; the edited cell stays as it is.

        Raises:
            StratCraftError: A conflict waits for a choice.
        """
        proposal = self._state.snapshot.proposal
        if proposal is not None:
            refuse_open_conflicts(proposal)
            self._work.start(
                "generate", lambda: self._insert_merged(proposal.theirs, proposal.text)
            )

    def bring_back(self, version: Version) -> None:
        """Puts an earlier version into a cell."""
        self._work.start("generate", lambda: self._bring_back(version))

    def insert(self, strategy: GeneratedStrategy, graph: StrategyGraph) -> None:
        """Puts the code of a candidate into a cell."""
        self._work.start("generate", lambda: self._insert(strategy, graph))

    async def _insert_merged(self, theirs: str, merged: str) -> str:
        code = await self._code.seen()
        if code is None or code.source != theirs:
            raise StratCraftError(
                "Nothing was merged: the new code was changed or deleted meanwhile.",
                hint="Press Generate again, then merge.",
            )
        # the record stays that of the generated text, so that the edits count as edits
        await self._code.replace_text(code, merged, code.stamp)
        self._state.update(proposal=None)
        found = await asyncio.to_thread(_check, merged)
        errors = [item for item in found if item.severity == "error"]
        said = f" Checks: {errors[0].message} {errors[0].hint}" if errors else ""
        return f"The merged code is in the new cell. The cell that you edited is kept.{said}"

    async def _bring_back(self, version: Version) -> str:
        last = await self._code.seen()
        graph = self._state.graph
        stamp = self._code.stamp_for(
            version.source,
            graph,
            last,
            origin=version.origin,
            model=version.model,
            graph_hash=version.graph_hash,
        )
        own = graph if graph.hash == version.graph_hash else None
        made = Generated(version.source, stamp, graph=own, is_draft=version.is_draft)
        _, where = await self._code.put(made, last, offers_merge=False)
        return f"The earlier version is {where}"

    async def _insert(self, strategy: GeneratedStrategy, graph: StrategyGraph) -> str:
        last = await self._code.seen()
        source, is_draft = text_for_cell(strategy)
        stamp = self._code.stamp_for(
            source,
            graph,
            last,
            origin=strategy.origin,
            model=strategy.model,
            is_draft=is_draft,
        )
        made = Generated(source, stamp, graph=graph, is_draft=is_draft)
        _, where = await self._code.put(made, last)
        return f"The code of {strategy.model} is {where}"


def _check(source: str) -> tuple[Diagnostic, ...]:
    from stratcraft_jupyter.codegen.checks import check_code  # seldom needed

    return check_code(source)
