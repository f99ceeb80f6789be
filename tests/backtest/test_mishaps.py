"""Workers that do not come up, or end in ways of their own."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stratcraft_jupyter.backtest import linux, process, run_backtest, runner
from stratcraft_jupyter.backtest.messages import Failure
from stratcraft_jupyter.backtest.mishaps import failed, killed, split_dump, timed_out
from stratcraft_jupyter.backtest.pool import WorkerPool
from stratcraft_jupyter.backtest.texts import plain_text
from stratcraft_jupyter.errors import BacktestError

ROOT = Path(__file__).parents[2]
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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("naïve – 3 €\n\tnext", "naïve – 3 €\n\tnext"),
        ("\x1b]0;title\x07", "\ufffd]0;title\ufffd"),
        ("50 %\r100 %\r\ndone", "50 %\n100 %\ndone"),
        ("price \u202e001", "price \ufffd001"),
        ("\x00\x9b", "\ufffd\ufffd"),
    ],
)
def test_nothing_a_strategy_says_steers_a_terminal(text, shown):
    assert plain_text(text) == shown


def test_the_words_of_a_failure_steer_no_terminal():
    failure = Failure(
        type="error", nonce="n", message="\x1b[2J", hint="\x1b", line=None, kind="exception"
    )
    assert failed(failure).message == "\ufffd[2J"
    assert failed(failure).hint == "\ufffd"


@pytest.mark.skipif(not linux.machine(), reason="this system has no such timer here")
def test_the_system_ends_a_process_whose_time_is_over():
    code = (
        "import sys, time; from stratcraft_jupyter.backtest import linux\n"
        "assert linux.end_after(0.3)\ntime.sleep(60)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60)
    assert done.returncode == -signal.SIGKILL
