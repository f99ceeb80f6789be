"""A strategy that fails gives a message about the user's code, its line, and what to do."""

import numpy as np
import pytest

from backtest.some_bars import make_bars
from stratcraft_jupyter.backtest import BacktestConfig, run_backtest
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.market import Bars

HEAD = "import backtrader as bt\nclass S(bt.Strategy):\n"
FIRST = 3  # line of the first line of a body


def fail(source: str, bars: Bars, **config) -> BacktestError:
    with pytest.raises(BacktestError) as caught:
        run_backtest(source, bars, BacktestConfig(**config))
    return caught.value


# body of the class, kind, line within the body, part of the message, part of the hint
CASES = {
    "exception in next": (
        "    def next(self):\n        raise ValueError('odd value')",
        ("exception", 1, "ValueError: odd value", "Correct the code"),
    ),
    "exception in init": (
        "    def __init__(self):\n        int('x')",
        ("exception", 1, "invalid literal", "Correct the code"),
    ),
    "and on lines": (
        "    def __init__(self):\n        self.both = self.data.close > 1 and self.data.open > 1",
        ("exception", 1, "__bool__ should return bool", "bt.And"),
    ),
    "indicator in next": (
        "    def next(self):\n        if bt.ind.SMA(period=3)[0] > 1:\n            self.buy()",
        ("exception", 1, "array index out of range", "__init__"),
    ),
    "future bar": (
        "    def next(self):\n        return self.data.close[1]",
        ("exception", 1, "array index out of range", "positive index"),
    ),
    "slice of a line": (
        "    def next(self):\n        return self.data.close[-5:]",
        ("exception", 1, "slice", "get(size=5)"),
    ),
    "period longer than the data": (
        "    def __init__(self):\n        self.sma = bt.ind.SMA(period=5000)",
        ("exception", 1, "indicator SMA: its first value needs 5,000 bars, and", "fewer bars"),
    ),
    "long period inside an operation": (
        "    def __init__(self):\n        self.gap = self.data.close - bt.ind.EMA(period=900)\n",
        ("exception", None, "its first value needs 900 bars, and there are", "fewer bars"),
    ),
    "period zero": (
        "    def __init__(self):\n        self.sma = bt.ind.SMA(period=0)",
        ("exception", 1, "ZeroDivisionError", "period is 0"),
    ),
    "misspelt parameter": (
        "    params = dict(period=3)\n"
        "    def __init__(self):\n        self.sma = bt.ind.SMA(period=self.p.perido)",
        ("exception", 2, "no parameter named 'perido'", "'period'"),
    ),
    "misspelt attribute": (
        "    def __init__(self):\n        self.average = bt.ind.SMA(period=3)\n"
        "    def next(self):\n        return self.averag[0]",
        ("exception", 3, "the strategy has no attribute 'averag'", "'average'"),
    ),
    "misspelt column": (
        "    def next(self):\n        return self.data.clsoe[0]",
        ("exception", 1, "the bars have no 'clsoe'", "'close'"),
    ),
    "misspelt indicator": (
        "    def __init__(self):\n        self.x = bt.ind.SimpleMovingAvrage(period=3)",
        ("exception", 1, "no 'SimpleMovingAvrage'", "SimpleMovingAverage"),
    ),
    "misspelt argument": (
        "    def __init__(self):\n        self.x = bt.ind.SMA(perod=3)",
        ("exception", 1, "perod", "spelling"),
    ),
    "misspelt order type": (
        "    def next(self):\n        self.buy(exectype=bt.Order.Limitt)",
        ("exception", 1, "no 'Limitt' in Order", "'Limit'"),
    ),
    "misspelt line of an indicator": (
        "    def __init__(self):\n        self.x = bt.ind.MACD()\n"
        "    def next(self):\n        return self.x.signl[0]",
        ("exception", 3, "the indicator has no line 'signl'", "'signal'"),
    ),
    "parameter without its name": (
        "    def __init__(self):\n        self.x = bt.ind.SMA(self.data, 15)",
        ("exception", 1, "takes 1 positional argument", "period=15"),
    ),
    "period with a fraction": (
        "    def __init__(self):\n        self.x = bt.ind.EMA(period=5.5)",
        ("exception", 1, "indicator EMA", "whole numbers"),
    ),
    "second feed": (
        "    def next(self):\n        return self.datas[1].close[0]",
        ("exception", 1, "list index out of range", "one series"),
    ),
    "method overwritten": (
        "    def next(self):\n        self.stop = self.sell(size=1)",
        ("exception", None, "something as 'stop'.", "another name"),
    ),
    "sys.exit": (
        "    def next(self):\n        import sys\n        sys.exit()",
        ("exit", 2, "exit", "sys.exit()"),
    ),
    "os._exit": (
        "    def next(self):\n        import os\n        os._exit(0)",
        ("exit", None, "ended the process", "os._exit()"),
    ),
    "memory": (
        "    def next(self):\n        self.big = bytearray(10**11)",
        ("memory", 1, "MemoryError", "fewer values"),
    ),
    "recursion": (
        "    def next(self):\n        self.next()",
        ("exception", 1, "RecursionError", "calls itself"),
    ),
    "missing package": (
        "    def __init__(self):\n        import no_such_package",
        ("import", 1, "no_such_package", "install"),
    ),
    "reading a file": (
        "    def next(self):\n        open('/etc/passwd').read()",
        ("exception", 1, "Permission", "may not read"),
    ),
    "crash": (
        "    def next(self):\n        import ctypes\n        ctypes.string_at(0)",
        ("crash", 2, "SIGSEGV", "C libraries"),
    ),
    "skips itself": (
        "    def __init__(self):\n        raise bt.errors.StrategySkipError",
        ("strategy", None, "skip", "StrategySkipError"),
    ),
    "asks for KeyboardInterrupt": (
        "    def next(self):\n        raise KeyboardInterrupt",
        ("exception", 1, "KeyboardInterrupt", "Correct"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_failure_names_the_line_and_what_to_do(daily, name):
    body, (kind, offset, said, hint) = CASES[name]
    source = f"{HEAD}{body}\n"
    error = fail(source, daily)
    assert error.kind == kind
    assert error.line == (None if offset is None else FIRST + offset)
    assert said in error.message
    assert hint in error.hint
    if offset is not None:
        assert source.splitlines()[error.line - 1].strip() in error.message
    for ours in ("Traceback", "worker_", "Lines_", "AutoInfoClass", "site-packages", "File "):
        assert ours not in str(error)


WHOLE = {
    "syntax error": ("x = = 1\n", ("syntax", 1, "not valid Python", "Correct the line")),
    "bad indent": ("def f():\nreturn 1\n", ("syntax", 2, "expected an indented block", "")),
    "null character": ("x = '\0'\n", ("syntax", None, "null", "")),
    "no strategy": ("import backtrader as bt\nx = 1\n", ("strategy", None, "no strategy", "bt.S")),
    "only imported": (
        "from backtrader import Strategy, SignalStrategy\n",
        ("strategy", None, "no strategy class", "Write one"),
    ),
    "two strategies": (
        f"{HEAD}    pass\nclass T(bt.Strategy):\n    pass\n",
        ("strategy", None, "2 strategy classes: S, T", "Keep the one"),
    ),
    "module code fails": ("1 / 0\n", ("exception", 1, "ZeroDivisionError", "divisor")),
    "deep nesting": ("(" * 5000 + ")" * 5000, ("syntax", None, "", "")),
    "empty": ("", ("strategy", None, "no strategy class", "Write one")),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_source_that_is_no_strategy_is_refused(daily, name):
    source, (kind, line, said, hint) = WHOLE[name]
    error = fail(source, daily)
    assert error.kind == kind
    if line is not None:
        assert error.line == line
    assert said in error.message
    assert hint in error.hint


def test_main_block_does_not_run(daily):
    source = f"{HEAD}    pass\nif __name__ == '__main__':\n    raise RuntimeError\n"
    assert run_backtest(source, daily).fills == ()


def test_rsi_on_flat_prices_says_so():
    flat = np.full(200, 50.0)
    bars = make_bars(200)
    still = Bars("FLAT", "1d", bars.time, flat, flat, flat, flat, bars.volume)
    source = f"{HEAD}    def __init__(self):\n        self.rsi = bt.ind.RSI(period=5)\n"
    error = fail(source, still)
    assert error.line == 4
    assert "indicator RSI" in error.message
    assert "stand still" in error.hint
    assert "safediv=True" in error.hint


def test_an_endless_loop_is_stopped_and_located(daily):
    source = f"{HEAD}    def next(self):\n        while True:\n            pass\n"
    error = fail(source, daily, time_limit=1.0)
    assert error.kind == "timeout"
    assert error.line in (4, 5)
    assert "after 1 seconds in line" in error.message


def test_a_loop_in_c_code_is_stopped_too(daily):
    source = f"{HEAD}    def next(self):\n        sum(range(10**13))\n"
    error = fail(source, daily, time_limit=1.0)
    assert (error.kind, error.line) == ("timeout", 4)


def test_catching_everything_does_not_help(daily):
    source = (
        f"{HEAD}    def next(self):\n        while True:\n            try:\n"
        "                while True: pass\n            except BaseException:\n"
        "                pass\n"
    )
    assert fail(source, daily, time_limit=1.0).kind == "timeout"


def test_what_was_printed_before_a_failure_is_kept(daily):
    source = f"{HEAD}    def next(self):\n        print('so far')\n        raise ValueError\n"
    error = fail(source, daily)
    assert any("so far" in note for note in error.__notes__)


def test_what_was_printed_before_a_time_out_is_kept(daily):
    source = f"{HEAD}    def next(self):\n        print('stuck')\n        while True: pass\n"
    error = fail(source, daily, time_limit=0.5)
    assert error.__notes__ == ["Printed before the failure:\nstuck"]


def test_bars_of_another_kind_are_refused(daily):
    with pytest.raises(BacktestError, match=r"DataFrame, not Bars.*load_bars"):
        run_backtest("", daily.to_frame())


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"x", "not source code"),
        ("x" * 2_000_000, "2,000,000 characters"),
        ("x = '\ud800'", "no valid text"),
    ],
)
def test_what_cannot_be_code_is_refused_before_a_process_starts(daily, source, said):
    error = fail(source, daily)
    assert error.kind == "source"
    assert said in error.message
