"""Running: results, dates, printing, progress, event loops and threads."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from backtest.corpus import SOURCES
from backtest.some_bars import make_bars
from stratcraft_jupyter.backtest import (
    BacktestConfig,
    BacktestResult,
    run_backtest,
    run_backtest_async,
)
from stratcraft_jupyter.errors import BacktestError, BarsError

SMA = SOURCES["sma_cross"]
HEAD = "import backtrader as bt\nclass S(bt.Strategy):\n"
ENDLESS = f"{HEAD}    def next(self):\n        while True: pass\n"


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
