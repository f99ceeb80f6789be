"""Processes: cancelling ends all of them, none is left over, forks and exits are safe."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from backtest.corpus import SOURCES
from stratcraft_jupyter.backtest import (
    BacktestConfig,
    process,
    run_backtest,
    run_backtest_async,
    warm_up,
)
from stratcraft_jupyter.backtest.pool import POOL
from stratcraft_jupyter.errors import BacktestError

SMA = SOURCES["sma_cross"]
HEAD = "import backtrader as bt\nclass S(bt.Strategy):\n"
ENDLESS = f"{HEAD}    def next(self):\n        while True: pass\n"
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="these look into /proc")


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


@ON_LINUX
async def test_cancelling_ends_the_whole_process_group(daily):
    warm_up(wait=30)
    worker = POOL._spare._process.pid
    stages = []
    task = asyncio.create_task(run_backtest_async(ENDLESS, daily, on_progress=stages.append))
    while not stages or not group_members(worker):
        await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    wait_for(lambda: not group_members(worker), seconds=5)


@ON_LINUX
def test_a_strategy_starts_no_process(daily):
    with pytest.raises(BacktestError) as caught:
        run_backtest(FORKING, daily)
    assert "start programs" in caught.value.hint


@ON_LINUX
def test_what_a_worker_started_ends_with_it(monkeypatch):
    warm_up(wait=30)  # or the spare would be started with the patched text
    # a strategy can start nothing where system calls are filtered; elsewhere the group goes
    monkeypatch.setattr(process, "_BOOT", "import os, time; os.fork(); time.sleep(600)")
    worker = process.WorkerProcess()
    wait_for(lambda: len(group_members(worker._process.pid)) == 2)
    worker.close()
    wait_for(lambda: not group_members(worker._process.pid), seconds=5)


def test_a_child_that_sends_without_end_has_to_wait(monkeypatch):
    flood = (
        "import os, struct\n"
        "while True: os.write(1, struct.pack('<4sIQ', b'SCB1', 14, 0) + b'{\"arrays\": {}}')"
    )
    warm_up(wait=30)
    monkeypatch.setattr(process, "_BOOT", flood)
    worker = process.WorkerProcess()
    wait_for(worker.messages.full)
    assert worker.messages.qsize() == process._MOST_WAITING
    with pytest.raises(TimeoutError):  # although there is something to read
        worker.receive(time.monotonic() - 1.0)
    worker.close()
    assert not any(reader.is_alive() for reader in worker._readers)


@ON_LINUX
def test_no_process_is_left_but_the_spare(daily):
    others = set(children()) - {POOL._spare and POOL._spare._process.pid}
    for source in (SMA, "x = = 1", ENDLESS):
        with contextlib.suppress(BacktestError):
            run_backtest(source, daily, BacktestConfig(time_limit=0.5))
    wait_for(lambda: len(set(children()) - others) <= 1)
    assert "Z" not in [state for child, state in children().items() if child not in others]


def test_a_run_does_not_reuse_a_process(daily):
    source = f"import os\n{HEAD}    def stop(self):\n        print(os.getpid())\n"
    assert run_backtest(source, daily).output != run_backtest(source, daily).output


@ON_LINUX
def test_a_spare_that_died_is_replaced(daily):
    warm_up(wait=30)
    os.kill(POOL._spare._process.pid, signal.SIGKILL)
    time.sleep(0.1)
    assert run_backtest(SMA, daily).fills


@ON_LINUX
def test_the_interrupt_key_ends_the_run(daily):
    warm_up(wait=30)
    worker = POOL._spare._process.pid
    # a shell's background job starts with the key switched off
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run_backtest(ENDLESS, daily)
    finally:
        signal.signal(signal.SIGINT, before)
    wait_for(lambda: not group_members(worker), seconds=5)


def run_program(text: str, **options) -> subprocess.CompletedProcess:
    here = Path(__file__).parent
    head = f"import sys; sys.path[:0] = [{str(here.parent)!r}, {str(here.parents[1])!r}]\n"
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", head + textwrap.dedent(text)],
        capture_output=True,
        text=True,
        timeout=120,
        **options,
    )


PROGRAM = """
    import os
    from backtest.corpus import SOURCES
    from backtest.some_bars import make_bars
    from stratcraft_jupyter.backtest import run_backtest, warm_up
    from stratcraft_jupyter.backtest.pool import POOL
    bars = make_bars(100)
"""


@ON_LINUX
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


@ON_LINUX
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
