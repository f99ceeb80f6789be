"""Whether code is good enough: by reading it, by running it, by what else there is."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.codegen.checks import check_code
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.trial import Ground, find_ground, not_tried, try_out
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.market import Bars

Verify: TypeAlias = Callable[
    [str, StrategyGraph, Bars], Sequence[Diagnostic] | Awaitable[Sequence[Diagnostic]]
]
"""Says what is wrong with code for a strategy, on bars; a plain function runs in a thread."""


class Proving:
    """The checks of one generation; each is asked for by itself, so that progress can be told.

    Args:
        graph: The strategy.
        bars: What code is tried on; None for what the strategy names.
        config: Money and costs; None for what the strategy names.
        others: Bars of further symbols.
        verify: Further checks.
    """

    def __init__(
        self,
        graph: StrategyGraph,
        bars: Bars | None,
        config: BacktestConfig | None,
        others: Mapping[str, Bars] | None,
        verify: Verify | None,
    ) -> None:
        self._graph = graph
        self._given = (bars, config, others)
        self._verify = verify
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

    async def verify(self, source: str) -> tuple[Diagnostic, ...] | None:
        """What the verification says; None if there is none, or nothing to verify on."""
        if self._verify is None:
            return None
        try:
            bars = (await self.ground()).bars
        except StratCraftError:
            return None  # `run` has said why
        if inspect.iscoroutinefunction(self._verify):
            return tuple(await self._verify(source, self._graph, bars))
        found = await asyncio.to_thread(self._verify, source, self._graph, bars)
        return tuple(await found if inspect.isawaitable(found) else found)

    async def ground(self) -> Ground:
        """The bars and settings, loaded once.

        Raises:
            StratCraftError: There are no such bars.
        """
        if self._ground is None:
            self._ground = await find_ground(self._graph, *self._given)
        return self._ground
