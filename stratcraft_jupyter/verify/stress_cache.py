"""Keeps the bars found for a strategy on disk, so that they are searched once."""

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.verify.stress import ROUNDS, WALL_LIMIT, search_stress
from stratcraft_jupyter.verify.stress_bars import FAMILIES
from stratcraft_jupyter.verify.stress_plan import StressPlan

_VERSION = 9
"""To be raised when recipes, mutants or the search change, so that old plans are not used."""
_NEXT_LIMIT = 2.0
"""Seconds of a search that goes on: from the second time on, verification is quick."""


def stress_plan(
    graph: StrategyGraph, timeframe: str, config: BacktestConfig, wall_limit: float = WALL_LIMIT
) -> StressPlan:
    """The bars for a strategy: as kept, or searched and then kept.

    A search that stops for lack of time goes on from there the next time.

    Args:
        graph: A valid strategy.
        timeframe: Length of its bars.
        config: Money and costs.
        wall_limit: Seconds after which the first search stops; the next ones are short.
    """
    kept = _read(_path(graph, timeframe, config))
    if kept is not None and not kept.is_cut_short:
        return kept
    if kept is not None:
        wall_limit = min(wall_limit, _NEXT_LIMIT)
    plan = search_stress(graph, timeframe, config, wall_limit=wall_limit, begun=kept)
    keep_plan(plan, graph, timeframe, config)
    return plan


def keep_plan(
    plan: StressPlan, graph: StrategyGraph, timeframe: str, config: BacktestConfig
) -> None:
    """Keep the bars found for a strategy."""
    _write(_path(graph, timeframe, config), plan)


def _path(graph: StrategyGraph, timeframe: str, config: BacktestConfig) -> Path:
    return _folder() / f"{_key(graph, timeframe, config)}.json"


def _folder() -> Path:
    cache, home = os.environ.get("STRATCRAFT_CACHE"), os.environ.get("STRATCRAFT_HOME")
    if cache:
        return Path(cache) / "verify"
    if home:
        return Path(home) / "cache" / "verify"
    from platformdirs import user_cache_path

    return user_cache_path("stratcraft-jupyter") / "verify"


def _key(graph: StrategyGraph, timeframe: str, config: BacktestConfig) -> str:
    from stratcraft_jupyter import __version__

    money = {
        name: value
        for name, value in config.to_dict().items()
        if name not in ("start", "end", "time_limit")
    }
    said = [_VERSION, __version__, ROUNDS, sorted(FAMILIES), graph.hash, timeframe, money]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:40]


@cache
def _adapter() -> TypeAdapter[StressPlan]:
    return TypeAdapter(StressPlan)


def _read(path: Path) -> StressPlan | None:
    """The plan in a file; None if there is none that can be used."""
    try:
        plan = _adapter().validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    known = all(recipe.family in FAMILIES and recipe.count > 0 for recipe in plan.recipes)
    return plan if known else None


def _write(path: Path, plan: StressPlan) -> None:
    """Keeps a plan, at once or not at all; a folder that cannot be written keeps none."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(plan), file)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
