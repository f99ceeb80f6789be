"""A trial run of generated code on real bars: it crashed, it never traded, or it works."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from stratcraft_jupyter.backtest import (
    BacktestConfig,
    BacktestResult,
    needed_symbols,
    run_backtest_async,
)
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import BacktestError, StratCraftError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.market import Bars, load_bars

_MOST_BARS = 20_000
_LONGEST = 300
# what kept the run from taking place lies with us or the bars, not with the code
_NOT_THE_CODE = {"worker", "cancelled"}
_PATHS = re.compile(r"(?<![\w.])(?:/[\w.+@-]+){2,}/?|\b[A-Za-z]:[\\/][^\s'\"]+")


@dataclass(frozen=True, slots=True)
class Ground:
    """The bars code is tried on, and how.

    Attributes:
        bars: The bars.
        config: Money, costs, dates and limits.
        others: Bars of further symbols that the strategy reads, by symbol.
    """

    bars: Bars
    config: BacktestConfig
    others: Mapping[str, Bars]


async def find_ground(
    graph: StrategyGraph,
    bars: Bars | None = None,
    config: BacktestConfig | None = None,
    others: Mapping[str, Bars] | None = None,
) -> Ground:
    """What the strategy itself names, where nothing else was given.

    Raises:
        StratCraftError: There are no such bars.
    """
    return await asyncio.to_thread(_find_ground, graph, bars, config, others)


def _find_ground(
    graph: StrategyGraph,
    bars: Bars | None,
    config: BacktestConfig | None,
    others: Mapping[str, Bars] | None,
) -> Ground:
    place = graph.backtest.source
    chosen = load_bars(f"{place}:{graph.backtest.symbol}") if bars is None else bars
    found = dict(others or {})
    for symbol in needed_symbols(compile_strategy(graph)):
        if symbol not in found and symbol != chosen.symbol:
            found[symbol] = load_bars(f"{place}:{symbol}")
    return Ground(chosen, config or config_of(graph), found)


def config_of(graph: StrategyGraph) -> BacktestConfig:
    """The settings that the strategy document holds."""
    names = [field.name for field in fields(BacktestConfig)]
    settings = graph.backtest
    return BacktestConfig(**{n: getattr(settings, n) for n in names if hasattr(settings, n)})


async def run_on(source: str, ground: Ground) -> BacktestResult:
    """The result of code on the chosen bars, in a process of its own.

    Raises:
        BacktestError: It did not finish.
        BarsError: There are no bars between the dates.
    """
    return await run_backtest_async(source, ground.bars, ground.config, others=ground.others)


async def try_out(source: str, graph: StrategyGraph, ground: Ground) -> tuple[Diagnostic, ...]:
    """What is wrong with code when it runs; empty if it runs and trades.

    The built-in compiler's code runs on the same bars where something is wrong, so that a model
    is not told to repair what lies with the strategy or its bars.
    """
    try:
        ground = _shortened(ground)
        result = await run_on(source, ground)
    except StratCraftError as error:
        return (await _crash(error, graph, ground),)
    if result.fills:
        return ()
    return (await _no_fills(result, graph, ground),)


def not_tried(error: StratCraftError) -> Diagnostic:
    """The finding that there was nothing to try the code on."""
    return Diagnostic(
        "SC603",
        "warning",
        f"The code was not run: {_plain(error.message)}",
        _plain(error.hint),
    )


def not_verified(error: StratCraftError) -> Diagnostic:
    """The finding that the code could not be held to the strategy."""
    return Diagnostic(
        "SC605",
        "warning",
        f"The code was not verified: {_plain(error.message)}",
        _plain(error.hint),
    )


def _shortened(ground: Ground) -> Ground:
    bars = ground.bars.between(ground.config.start, ground.config.end)
    return replace(ground, bars=bars.head(_MOST_BARS))


async def _crash(error: StratCraftError, graph: StrategyGraph, ground: Ground) -> Diagnostic:
    if not isinstance(error, BacktestError) or error.kind in _NOT_THE_CODE:
        return not_tried(error)
    try:
        await run_on(compile_strategy(graph), ground)
    except StratCraftError as reference:
        return not_tried(reference)
    return Diagnostic(
        "SC601",
        "error",
        f"The code failed when it was run on bars: {_plain(error.message)}",
        _plain(error.hint),
        line=error.line,
    )


async def _no_fills(result: BacktestResult, graph: StrategyGraph, ground: Ground) -> Diagnostic:
    """Whether it is the code or the strategy that never trades: the built-in compiler knows."""
    try:
        reference = await run_on(compile_strategy(graph), ground)
    except StratCraftError as error:
        return not_tried(error)
    bars = f"{result.bar_count:,} bars"
    if not reference.fills:
        return Diagnostic(
            "SC604",
            "warning",
            f"The code traded nothing on {bars}, nor does the built-in compiler's.",
            "Loosen the conditions of the entries, or choose other bars.",
        )
    made = result.orders.submitted
    what = f"made {made:,} orders, none of which filled" if made else "made no order"
    return Diagnostic(
        "SC602",
        "error",
        f"The code {what} on {bars}, where the strategy as drawn fills {len(reference.fills):,}.",
        " ".join(_plain(warning) for warning in result.warnings[:2])
        or "Check that indicators are read in next(), that the conditions can be true, and that "
        "sizes are numbers above 0.",
    )


def without_paths(text: str) -> str:
    """Text without the paths of this system, which are nobody else's business."""
    return _PATHS.sub("<path>", text)


def _plain(text: str) -> str:
    """Text from a run as one short line without control characters and paths."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    line = without_paths(line)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."
