"""Verifications find the bars for the strategy that most tests use in a folder of the tests."""

import pytest

from stratcraft_jupyter.backtest import warm_up
from stratcraft_jupyter.verify import stress_cache, verification
from stratcraft_jupyter.verify.stress import search_stress
from stratcraft_jupyter.verify.stress_plan import StressPlan
from stratcraft_jupyter.verify.verification import config_of
from verify.codes import rsi


@pytest.fixture(scope="session", autouse=True)
def kept_bars(tmp_path_factory):
    """A folder for what is kept, and the worker started."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRATCRAFT_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("STRATCRAFT_CACHE")  # what is kept below is no whole search
        patch.setattr(verification, "EXPLAIN_SECONDS", 600.0)
        warm_up()
        yield


@pytest.fixture(scope="session")
def short_plan(kept_bars) -> StressPlan:
    """A short search for the strategy of most tests, kept as if it were the whole one."""
    graph = rsi()
    config, timeframe = config_of(graph), graph.backtest.timeframe
    plan = search_stress(graph, timeframe, config, rounds=1, wall_limit=600)
    stress_cache.keep_plan(plan, graph, timeframe, config)
    return plan
