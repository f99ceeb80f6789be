"""Whether code is good enough: by reading it, by running it, by holding it to the strategy."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.codegen.checks import check_code
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.trial import (
    Ground,
    find_ground,
    not_tried,
    not_verified,
    try_out,
)
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.verify import VerificationReport, verify_async


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification came to.

    Attributes:
        report: The report; None if there is none.
        findings: Why there is none, if it was wanted.
    """

    report: VerificationReport | None = None
    findings: tuple[Diagnostic, ...] = ()


class Proving:
    """The checks of one generation; each is asked for by itself, so that progress can be told.

    Args:
        graph: The strategy.
        bars: What code is tried on; None for what the strategy names.
        config: Money and costs; None for what the strategy names.
        others: Bars of further symbols.
        verifies: Whether code is held to the strategy, order by order.
    """

    def __init__(
        self,
        graph: StrategyGraph,
        bars: Bars | None,
        config: BacktestConfig | None,
        others: Mapping[str, Bars] | None,
        verifies: bool,
    ) -> None:
        self._graph = graph
        self._given = (bars, config, others)
        self._verifies = verifies
        self._ground: Ground | None = None

    async def read(self, source: str) -> tuple[Diagnostic, ...]:
        """What can be said of code without running it."""
        return await asyncio.to_thread(check_code, source, self._graph)

    async def run(self, source: str) -> tuple[Diagnostic, ...]:
        """What is wrong with code when it runs on the bars."""
        try:
            ground = await self.ground()
        except StratCraftError as error:
            return (not_tried(error),)
        return await try_out(source, self._graph, ground)

    async def verify(self, source: str) -> Verdict:
        """Whether code makes the same orders as the strategy."""
        if not self._verifies:
            return Verdict()
        try:
            ground = await self.ground()
            report = await verify_async(
                source, self._graph, ground.bars, ground.config, others=ground.others
            )
        except StratCraftError as error:
            return Verdict(None, (not_verified(error),))
        return Verdict(report)

    async def ground(self) -> Ground:
        """The bars and settings, loaded once.

        Raises:
            StratCraftError: There are no such bars.
        """
        if self._ground is None:
            self._ground = await find_ground(self._graph, *self._given)
        return self._ground
