"""The process that runs strategies knows no key, and a strategy cannot find one there."""

import os
import sys
from pathlib import Path

import pytest

from canary.finding import CANARIES, find_canaries
from canary.planting import planted
from stratcraft_jupyter.backtest import BacktestConfig, run_backtest
from stratcraft_jupyter.backtest.process import WorkerProcess
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.market import load_bars

# It tells all it can see of the place it runs in, and of the processes around it.
CURIOUS = """
import os
import backtrader as bt

class Curious(bt.Strategy):
    def next(self):
        seen = [repr(dict(os.environ))]
        for name in ("self/environ", "self/cmdline", f"{os.getppid()}/environ"):
            try:
                with open(f"/proc/{name}", "rb") as file:
                    seen.append(repr(file.read()))
            except OSError as error:
                seen.append(repr(error))
        print("SEEN", *seen)
        raise RuntimeError(f"SEEN {seen}")
"""


@pytest.fixture(params=CANARIES)
def key(request):
    """A key is planted for every provider, each time in another place."""
    with (
        planted(request.param, "openai", "OPENAI_API_KEY"),
        planted(request.param, "anthropic", "ANTHROPIC_API_KEY"),
        planted(request.param, "compatible", "STRATCRAFT_COMPATIBLE_KEY"),
    ):
        yield request.param


def test_the_search_would_find_a_key_in_the_environment(key):
    assert bool(find_canaries(repr(dict(os.environ)))) == (key == "environment")


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc here")
def test_environment_and_command_line_of_the_child_hold_no_key(key):
    process = WorkerProcess()
    try:
        assert process.is_ready.wait(60)
        place = Path("/proc") / str(process._process.pid)
        environment = (place / "environ").read_bytes()
        assert b"PATH=" in environment
        assert find_canaries(environment) == []
        assert find_canaries((place / "cmdline").read_bytes()) == []
    finally:
        process.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_curious_strategy_sees_no_key(key):
    with pytest.raises(BacktestError) as caught:
        run_backtest(CURIOUS, load_bars("sample:AAPL"), BacktestConfig())
    assert "SEEN" in str(caught.value)
    assert find_canaries(f"{caught.value!r} {caught.value} {vars(caught.value)}") == []
