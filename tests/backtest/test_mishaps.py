"""Workers that do not come up, or end in ways of their own."""

import pytest

from stratcraft_jupyter.backtest import process, run_backtest, runner
from stratcraft_jupyter.backtest.mishaps import killed, split_dump, timed_out
from stratcraft_jupyter.backtest.pool import WorkerPool
from stratcraft_jupyter.errors import BacktestError

SOURCE = "import backtrader as bt\nclass S(bt.Strategy):\n    pass\n"
DUMP = """printed by the strategy
Timeout (0:00:01)!
Thread 0x00007f0a4c5f7740 (most recent call first):
  File "<strategy>", line 3 in next
  File "/somewhere/cerebro.py", line 90 in _run_bars
"""


@pytest.mark.parametrize(
    ("boot", "kind", "said"),
    [
        ("raise SystemExit('no backtrader here')", "worker", "no backtrader here"),
        ("raise SystemExit(0)", "worker", "it said nothing"),
        ("print('hello' * 9, flush=True); import time; time.sleep(60)", "protocol", "wrong start"),
    ],
)
def test_a_worker_that_does_not_come_up_is_told(daily, monkeypatch, boot, kind, said):
    monkeypatch.setattr(process, "_BOOT", boot)
    pool = WorkerPool()
    monkeypatch.setattr(runner, "POOL", pool)
    with pytest.raises(BacktestError) as caught:
        run_backtest(SOURCE, daily)
    assert (caught.value.kind, said in caught.value.message) == (kind, True)
    assert caught.value.hint
    pool.close()


def test_the_line_of_a_time_out_comes_from_the_dump():
    error = timed_out(1.0, DUMP, SOURCE)
    assert error.line == 3
    assert error.message == "The strategy was stopped after 1 seconds in line 3: pass."


def test_a_time_out_without_a_dump_has_no_line():
    assert timed_out(1.0, "", SOURCE).line is None


def test_the_dump_is_no_output():
    assert split_dump(DUMP)[0] == "printed by the strategy\n"
    assert split_dump("Timeout is near") == ("Timeout is near", "")


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (0, "exit", "ended the process"),
        (3, "exit", "ended the process"),
        (-11, "crash", "SIGSEGV"),
        (-9, "crash", "SIGKILL"),
        (-24, "timeout", "processor time"),
        (-99, "crash", "signal 99"),
    ],
)
def test_every_end_has_its_words(status, kind, said):
    error = killed(status, DUMP, SOURCE)
    assert (error.kind, error.line) == (kind, 3)
    assert said in error.message
    assert error.hint
