"""Running: results, progress, cancelling, threads, event loops, forks, and no process left over."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from conftest import make_bars
from corpus import SOURCES

from stratcraft_jupyter.backtest import (
    BacktestConfig,
    BacktestResult,
    run_backtest,
    run_backtest_async,
    warm_up,
)
from stratcraft_jupyter.backtest.pool import POOL
from stratcraft_jupyter.errors import BacktestError, BarsError

SMA = SOURCES["sma_cross"]
HEAD = "import backtrader as bt\nclass S(bt.Strategy):\n"
ENDLESS = f"{HEAD}    def next(self):\n        while True: pass\n"
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="process groups and forks are POSIX")


def children() -> dict[int, str]:
    """State of the live and dead children of this process, by number."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found[int(entry.parent.name)] = fields[0]
    return found


def wait_for(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


def test_a_result_holds_everything_about_the_run(daily):
    config = BacktestConfig(cash=50_000)
    result = run_backtest(SMA, daily, config)
    assert (result.strategy_name, result.symbol, result.timeframe) == ("Corpus", "TEST", "1d")
    assert (result.bar_count, result.bars_digest) == (600, daily.digest)
    assert result.config == config
    assert result.orders.submitted == result.orders.completed == len(result.fills)
    assert len(result.equity_curve) == 600
    assert result.equity_curve.value[0] == 50_000
    assert result.equity_curve.benchmark[-1] == pytest.approx(
        50_000 * daily.close[-1] / daily.close[0]
    )
    assert result.metrics.total_return == result.equity_curve.value[-1] / 50_000 - 1
    assert result.elapsed > 0
    assert result.bars is daily
    for fill in result.fills:
        assert fill.time == daily.time[fill.bar]
        assert daily.low[fill.bar] <= fill.price <= daily.high[fill.bar]
        assert fill.price == daily.open[fill.bar]
    assert "Corpus on TEST 1d, 600 bars" in repr(result)


def test_the_same_run_gives_the_same_result(daily):
    first, second = (run_backtest(SMA, daily) for _ in range(2))
    assert first.fills == second.fills
    assert first.metrics == second.metrics
    assert first.equity_curve == second.equity_curve


def test_chance_repeats_itself(daily):
    source = (
        f"import random\nimport numpy as np\n{HEAD}    def stop(self):\n"
        "        print(random.random(), np.random.rand(), list({'a', 'b', 'c', 'd', 'e'}))\n"
    )
    assert run_backtest(source, daily).output == run_backtest(source, daily).output


def test_dates_choose_a_part_of_the_bars(daily):
    result = run_backtest(SMA, daily, BacktestConfig(start="2001-03-01", end="2001-12-31"))
    assert result.equity_curve.time[0] == np.datetime64("2001-03-01")
    assert result.equity_curve.time[-1] == np.datetime64("2001-12-31")
    assert result.bars_digest == daily.between("2001-03-01", "2001-12-31").digest


def test_dates_without_bars_are_an_error(daily):
    with pytest.raises(BarsError):
        run_backtest(SMA, daily, BacktestConfig(start="1990-01-01", end="1990-02-01"))


def test_one_bar_is_enough():
    assert run_backtest(f"{HEAD}    pass\n", make_bars(600).head(1)).bar_count == 1


def test_printing_is_kept_and_capped(daily):
    source = f"{HEAD}    def next(self):\n        print('bar', len(self), 'x' * 200)\n"
    output = run_backtest(source, daily).output
    assert output.startswith("bar 1 xxx")
    assert len(output) < 70_000
    assert output.endswith("[more was printed and is not shown]\n")


def test_all_that_was_printed_is_there(daily):
    source = f"{HEAD}    def stop(self):\n        print('the end')\n"
    assert run_backtest(source, daily).output == "the end\n"


def test_probe_counts_come_back(daily):
    source = (
        f"{HEAD}    def __init__(self):\n        self.probe_counts = {{'entry': 0, 'odd': 'x'}}\n"
        "    def next(self):\n        self.probe_counts['entry'] += 1\n"
    )
    assert run_backtest(source, daily).probe == {"entry": 600}


def test_progress_goes_from_starting_to_done():
    bars = make_bars(20_000, timeframe="1m", volatility=0.001)
    seen = []
    run_backtest(SMA, bars, on_progress=seen.append)
    stages = [progress.stage for progress in seen]
    assert stages[:2] == ["starting", "running"]
    assert stages[-2:] == ["collecting", "done"]
    fractions = [progress.fraction for progress in seen if progress.stage == "running"]
    assert fractions == sorted(fractions)
    assert len(fractions) > 1
    assert [p.elapsed for p in seen] == sorted(p.elapsed for p in seen)


def test_progress_is_told_on_the_stock_loop_too():
    bars = make_bars(10_000, timeframe="1m", volatility=0.001)
    seen = []
    run_backtest(SOURCES["own_analyzer"], bars, on_progress=seen.append)
    assert any(0 < p.fraction < 1 for p in seen if p.stage == "running")


def test_an_error_in_the_progress_callback_ends_the_run(daily):
    def fail(progress):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        run_backtest(SMA, daily, on_progress=fail)


async def test_async_gives_the_same_result(daily):
    seen = []
    result = await run_backtest_async(SMA, daily, on_progress=seen.append)
    assert result.fills == run_backtest(SMA, daily).fills
    assert seen[0].stage == "starting"


async def test_async_leaves_the_loop_free(daily):
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticker = asyncio.create_task(tick())
    with pytest.raises(BacktestError):
        await run_backtest_async(ENDLESS, daily, BacktestConfig(time_limit=0.5))
    ticker.cancel()
    assert ticks > 10


async def test_errors_arrive_in_the_task(daily):
    with pytest.raises(BacktestError) as caught:
        await run_backtest_async("x = = 1", daily)
    assert caught.value.kind == "syntax"


def test_sync_works_inside_a_running_loop(daily):
    async def cell():
        return run_backtest(SMA, daily)

    assert isinstance(asyncio.run(cell()), BacktestResult)


def test_several_threads_and_loops_at_once(daily):
    def work(number):
        if number % 2:
            return run_backtest(SMA, daily)
        return asyncio.run(run_backtest_async(SMA, daily))

    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(work, range(4)))
    assert len({result.fills for result in results}) == 1


FORKING = f"""{HEAD}    def __init__(self):
        import os, time
        if os.fork() == 0:
            time.sleep(600)
        print("forked", flush=True)
    def next(self):
        while True: pass
"""


def group_members(group: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(entry.parent.name))
    return found


@ON_POSIX
async def test_cancelling_ends_the_whole_process_group(daily):
    before = set(children())
    warm_up(wait=30)
    (worker,) = set(children()) - before or {POOL._spare._process.pid}
    task = asyncio.create_task(run_backtest_async(FORKING, daily))
    expected = 2 if os.geteuid() == 0 else 1  # for others the limit forbids the fork
    while len(group_members(worker)) < expected:
        await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    wait_for(lambda: not group_members(worker), seconds=5)


@ON_POSIX
def test_a_time_out_ends_what_the_strategy_started(daily):
    warm_up(wait=30)
    worker = POOL._spare._process.pid
    with pytest.raises(BacktestError):
        run_backtest(FORKING, daily, BacktestConfig(time_limit=1.0))
    wait_for(lambda: not group_members(worker), seconds=5)


@ON_POSIX
def test_no_process_is_left_but_the_spare(daily):
    for source in (SMA, "x = = 1", ENDLESS):
        with contextlib.suppress(BacktestError):
            run_backtest(source, daily, BacktestConfig(time_limit=0.5))
    wait_for(lambda: len(children()) <= 1)
    assert "Z" not in children().values()


def test_a_run_does_not_reuse_a_process(daily):
    source = f"import os\n{HEAD}    def stop(self):\n        print(os.getpid())\n"
    assert run_backtest(source, daily).output != run_backtest(source, daily).output


@ON_POSIX
def test_a_spare_that_died_is_replaced(daily):
    warm_up(wait=30)
    os.kill(POOL._spare._process.pid, signal.SIGKILL)
    time.sleep(0.1)
    assert run_backtest(SMA, daily).fills


@ON_POSIX
def test_the_interrupt_key_ends_the_run(daily):
    timer = threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        run_backtest(ENDLESS, daily)
    wait_for(lambda: len(children()) <= 1)


def run_program(text: str, **options) -> subprocess.CompletedProcess:
    here = Path(__file__).parent
    head = f"import sys; sys.path[:0] = [{str(here)!r}, {str(here.parents[1])!r}]\n"
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", head + textwrap.dedent(text)],
        capture_output=True,
        text=True,
        timeout=120,
        **options,
    )


PROGRAM = """
    import os
    from corpus import SOURCES
    from conftest import make_bars
    from stratcraft_jupyter.backtest import run_backtest, warm_up
    from stratcraft_jupyter.backtest.pool import POOL
    bars = make_bars(100)
"""


@ON_POSIX
@pytest.mark.parametrize("ending", ["", "raise SystemExit(3)", "os.kill(os.getpid(), 9)"])
def test_nothing_survives_the_interpreter(ending):
    done = run_program(
        f"""{PROGRAM}
    run_backtest(SOURCES["sma_cross"], bars)
    warm_up(wait=30)
    print(POOL._spare._process.pid, flush=True)
    {ending}
    """
    )
    worker = int(done.stdout)
    assert done.stderr == ""
    wait_for(lambda: not group_members(worker), seconds=10)


@ON_POSIX
def test_running_still_works_in_a_forked_process():
    done = run_program(
        f"""{PROGRAM}
    warm_up(wait=30)
    child = os.fork()
    if child == 0:
        assert POOL._spare is None
        run_backtest(SOURCES["sma_cross"], bars)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    assert POOL._spare.is_alive
    run_backtest(SOURCES["sma_cross"], bars)
    """
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_importing_the_package_stays_light():
    done = run_program(
        """
    from stratcraft_jupyter.backtest import run_backtest, BacktestConfig
    heavy = {"backtrader", "pandas", "IPython", "ipywidgets"} & set(sys.modules)
    print(heavy)
    """
    )
    assert done.stdout == "set()\n"
