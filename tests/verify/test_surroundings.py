"""Code cannot tell by what it sees that it is verified, and code that looks is told of."""

import pytest

import stratcraft_jupyter as sc
from stratcraft_jupyter.backtest.batch import Run, Series, run_batch
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.verify.other_names import under_other_names
from stratcraft_jupyter.verify.surroundings import check_surroundings
from verify.codes import RSI_BY_HAND, rsi

LOOKING = """
import sys

import backtrader as bt


def callers():
    frame, found = sys._getframe(1), []
    while frame:
        found.append(f"{frame.f_code.co_qualname}:{frame.f_lineno}")
        frame = frame.f_back
    return found[-7:]


class Looking(bt.Strategy):
    def __init__(self):
        self.began = callers()

    def next(self):
        seen = [sorted(vars(self.broker)), sorted(vars(self.cerebro)), sorted(vars(self))]
        told = [*self.began, callers(), self.broker.next.__qualname__, __name__, __file__]
        raise ValueError(f"{told} {hash(str(seen))}")
"""


def test_a_strategy_sees_the_same_around_it_in_both_kinds_of_run():
    bars = sc.load_bars("sample:AAPL").head(50)
    with pytest.raises(BacktestError) as alone:
        sc.run_backtest(LOOKING, bars)
    among_others = run_batch([Run(LOOKING, Series(bars))]).runs[0].error
    assert "_serve" in alone.value.message
    assert str(alone.value) == str(among_others)


@pytest.mark.parametrize(
    "line",
    [
        "self.caller = sys._getframe(1)",
        "self.caller = look(1)",
        'self.caller = getattr(sys, "_getframe")(1)',
        "self.caller = bt.sys._getframe(1)",
        "self.caller = inspect.stack()",
        "self.caller = inspect.currentframe()",
        "self.caller = self.error.__traceback__",
        "self.caller = self.error.tb_frame.f_back",
        "self.others = gc.get_objects()",
        'self.is_verified = "stratcraft_jupyter" in sys.modules',
    ],
)
def test_code_that_looks_at_what_runs_it_is_refused(line):
    head = "import gc, inspect, sys\nfrom sys import _getframe as look\n"
    source = f"{head}{RSI_BY_HAND}".replace(
        "self.guard = None", f"{line}\n        self.guard = None", 1
    )
    check = check_surroundings(source)
    assert check.status == "failed"
    number = next(n for n, text in enumerate(source.split("\n"), 1) if line in text)
    assert f"line {number}." in check.message
    assert check.evidence


@pytest.mark.parametrize(
    "line",
    [
        'if self.data._name == "IBM": return',
        'if self.data.p.name.lower() == "ibm": return',
        'called = self.data._name\n        if called == "IBM": return',
        'share = 1 if "IBM" in self.getdatanames() else 0.5',
        'if any(data._name == "IBM" for data in self.datas): return',
    ],
)
def test_a_decision_by_the_name_of_the_bars_is_told(line):
    source = RSI_BY_HAND.replace("if self.guard is", f"{line}\n        if self.guard is", 1)
    check = check_surroundings(source)
    assert check.status == "warning", check
    assert "what its bars are called" in check.message


@pytest.mark.parametrize(
    "line",
    [
        "print(self.data._name, len(self))",
        'self.weekly = self.getdatabyname("weekly")',
        'self.weekly = next(data for data in self.datas if data._name == "weekly")',
        "self.name = self.__class__.__name__",
        "self.path = [1, 2]; self.modules = self.path",
    ],
)
def test_what_every_strategy_may_do_is_no_look_around(line):
    source = f'FEEDS = {{"weekly": {{"timeframe": "1w"}}}}\n{RSI_BY_HAND}'
    source = source.replace("self.guard = None", f"{line}\n        self.guard = None", 1)
    assert check_surroundings(source).status == "passed"


def test_code_that_cannot_be_read_is_left_out():
    assert check_surroundings("def next(self:").status == "skipped"


def test_the_bars_go_by_names_that_the_code_asks_for():
    bars = sc.load_bars("sample:AAPL").head(60)
    given, made = ("given", Series(bars)), [(str(number), Series(bars)) for number in range(4)]
    source = RSI_BY_HAND.replace(
        "if self.guard is", 'if self.data._name != "IBM" and self.guard is'
    )
    names = [series.bars.symbol for _, series in under_other_names(source, given, made, {"MSFT"})]
    assert names[0] == "AAPL"
    assert names[1] == "IBM"
    assert names[5] == "IBM"
    assert "AAPL" in names[2:5]
    assert "MSFT" not in names
    assert len(set(names)) > 3
    plain = under_other_names(RSI_BY_HAND, given, made, ())
    assert len(plain) == 5
    assert len({series.bars.symbol for _, series in plain}) > 3


@pytest.mark.usefixtures("short_plan")
def test_code_that_trades_by_the_name_differs_from_the_graph():
    condition = "if self.rsi[0] < self.p.low"
    assert condition in RSI_BY_HAND
    source = RSI_BY_HAND.replace(condition, f'{condition} and self.data._name != "IBM"')
    report = sc.verify(source, rsi())
    assert {"SC610"} <= {check.code for check in report.failures}
    apart = int(report.failures[0].message.split("differ on ")[1].split(" ")[0])
    assert 0 < apart < report.coverage.series  # under other names it trades


@pytest.mark.usefixtures("short_plan")
def test_a_syntax_error_is_told_once_with_its_line():
    source = RSI_BY_HAND.replace("def next(self):", "def next(self:")
    report = sc.verify(source, rsi())
    number = source[: source.index("def next(self:")].count("\n") + 1
    assert f"line {number}:" in report.summary
    assert " of " not in report.summary
    assert str(report).count("was never closed") == 2  # at the top, and at the check that failed
    status = {check.code: check.status for check in report.checks}
    assert status.pop("SC613") == "failed"
    assert status.pop("SC630") in ("passed", "warning")
    assert set(status.values()) == {"skipped"}
