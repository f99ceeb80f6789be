"""Code cannot tell by what it sees that it is verified, and code that looks is told of."""

import re
from pathlib import Path

import pytest
from backtest.corpus import SOURCES

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
    assert f"(line {number})" in check.message
    assert check.evidence


_IMPORTS = """import datetime, logging, os, resource, sys, threading, time, uuid
import operator
import numpy as np
import pandas as pd
from datetime import date
from time import time as seconds
log = logging.getLogger(__name__)
"""


def _with(line: str) -> str:
    """A correct strategy with one more line in its decision."""
    source = RSI_BY_HAND.replace("if self.guard is", f"{line}\n        if self.guard is", 1)
    assert source != RSI_BY_HAND
    return f"{_IMPORTS}{source}"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("if time.time() > 2e9: return", "asks for the clock"),
        ("if seconds() > 2e9: return", "asks for the clock"),
        ("if time.strftime('%Y') > '2030': return", "asks for the clock"),
        ("if time.perf_counter() > 5000: return", "asks for the clock"),
        ("clock = time\n        if clock.time() > 2e9: return", "asks for the clock"),
        ("if datetime.datetime.now().year > 2030: return", "asks for the clock"),
        ("if datetime.datetime.utcnow().year > 2030: return", "asks for the clock"),
        ("if date.today().year > 2030: return", "asks for the clock"),
        ("if type(self.day).today() > self.day: return", "asks for the clock"),
        ("if pd.Timestamp.now().year > 2030: return", "asks for the clock"),
        ('if pd.Timestamp("now").year > 2030: return', "asks for the clock"),
        ('if np.datetime64("today") > self.day: return', "asks for the clock"),
        ("if getattr(time, 'time')() > 2e9: return", "asks for the clock"),
        ('if "x" in __import__("sys").modules: return', "leads out"),
        ('if "__file__" in globals(): return', "leads out"),
        ("if not sys.flags.safe_path: return", "what runs the strategy"),
        ("if bt.sys.argv: return", "what runs the strategy"),
        ("if 'HOME' in os.environ: return", "what runs the strategy"),
        ("if os.path.exists('x'): return", "what runs the strategy"),
        ("if resource.getrlimit(0)[0] < 9: return", "what runs the strategy"),
        ("if threading.active_count() > 3: return", "what runs the strategy"),
        ("if logging.root.handlers: return", "how messages are written"),
        ("if log.handlers: return", "how messages are written"),
        ("if log.isEnabledFor(10): return", "how messages are written"),
        ('if __name__ == "__main__": return', "who runs the code"),
        ("if self.__module__ != 'x': return", "looks inside"),
        ("if 'x' in vars(self): return", "looks inside"),
        ("if 'x' in self.__dict__: return", "looks inside"),
        ("if any('x' in c.__module__ for c in object.__subclasses__()): return", "inside"),
        ("if len(self.stats) > 0: return", "what watches the run"),
        ("if len(list(self.analyzers)) == 0: return", "what watches the run"),
        ("if self.cerebro.p.stdstats: return", "the engine"),
        ("if len(self.env.datas) > 5: return", "the engine"),
        ('if getattr(self, "cerebro").p.stdstats: return', "the engine"),
        ('if operator.attrgetter("env.p")(self): return', "the engine"),
        ("me = self\n        if me.cerebro.p.stdstats: return", "the engine"),
        ("if self.broker.p.slip_perc > 0: return", "how the broker is set up"),
        ("if self.broker.params.coc: return", "how the broker is set up"),
        ("desk = self.broker\n        if desk.p.coc: return", "how the broker is set up"),
        ("if self.broker.get_slippage(): return", "how the broker is set up"),
        ("if type(self.broker).__name__ != 'BackBroker': return", "kind of object"),
        ("if type(self.data).__name__ == 'PandasData': return", "kind of object"),
        ("if self.data.__class__.__name__ == 'PandasData': return", "kind of object"),
        ("if isinstance(self.data, bt.feeds.PandasData): return", "kind of object"),
        ("if any(type(d).__name__ == 'X' for d in self.datas): return", "kind of object"),
        ("if 'adjclose' in self.data.p.dataname.columns: return", "where the bars come from"),
        ("if self.data0.p.fromdate: return", "where the bars come from"),
        ("if self.data.islive(): return", "where the bars come from"),
        ("if open('x').read(): return", "reads a file"),
        ("if len(pd.read_csv('x')): return", "reads a file"),
    ],
)
def test_code_that_asks_for_the_clock_or_the_surroundings_is_refused(line, words):
    source = _with(line)
    check = check_surroundings(source)
    assert check.status == "failed", check
    told = next(item for item in check.evidence if words in item)
    number = int(told.split(":")[0].removeprefix("line "))
    assert source.split("\n")[number - 1].strip() in line
    assert f"(line {number})" in check.message


def test_what_to_do_about_the_clock_is_said():
    check = check_surroundings(_with("if time.time() > 2e9: return"))
    assert check.hint == "Take the time of the bar, self.data.datetime."


@pytest.mark.parametrize(
    "line",
    [
        "if self.broker.getcommissioninfo(self.data).p.commission > 0: return",
        "if uuid.uuid4().int % 2: return",
    ],
)
def test_what_correct_code_may_ask_for_too_is_only_told(line):
    check = check_surroundings(_with(line))
    assert check.status == "warning", check
    assert "(line " in check.message


@pytest.mark.parametrize(
    "code",
    [
        'BAD = __name__ != "__main__"',
        'if __name__ != "__main__":\n    BAD = True',
        "BAD = time.time() > 2e9",
        "def late():\n    return time.time() > 2e9\n\n\nBAD = late()",
        "def late():\n    global BAD\n    BAD = time.time() > 2e9\n\n\nlate()",
        "BAD = 'ipykernel' in sys.modules",
    ],
)
def test_what_the_module_looks_at_for_its_strategy_counts(code):
    source = _with("if BAD: return").replace("log = ", f"{code}\nlog = ")
    assert check_surroundings(source).status == "failed"


def test_a_class_that_only_a_script_changes_is_told():
    source = f'{RSI_BY_HAND}\n\nif __name__ == "__main__":\n    RsiByHand.calm = True\n'
    name = re.search(r"class (\w+)\(bt.Strategy", source)
    check = check_surroundings(source.replace("RsiByHand.calm", f"{name[1]}.calm"))
    assert check.status == "warning"
    assert "as a script" in check.message


_SCRIPT = """
class Wins(bt.Analyzer):
    def stop(self):
        self.wins = len(self.strategy.stats)


def main(path=os.path.join("data", "bars.csv")):
    cerebro = bt.Cerebro(stdstats=False)
    cerebro.broker.setcommission(commission=0.001)
    ended = datetime.datetime.now()
    bars = pd.read_csv(sys.argv[1] if len(sys.argv) > 1 else path)
    cerebro.adddata(bt.feeds.PandasData(dataname=bars, todate=ended))
    cerebro.addanalyzer(Wins)
    began = time.time()
    print(cerebro.run()[0].analyzers.wins, time.time() - began, cerebro.broker.p.slip_perc)


"""


@pytest.mark.parametrize("call", ["", "main()", 'if __name__ == "__main__":\n    main()'])
def test_scripts_around_a_strategy_may_look_at_anything(call):
    source = f"{_with('pass')}\n{_SCRIPT}{call}\n"
    check = check_surroundings(source)
    assert check.status == "passed", check


@pytest.mark.parametrize(
    "path",
    [
        path
        for folder in ("benchmarks/verification/rewrites", "tests/handwritten", "tests/golden")
        for path in sorted((Path(__file__).parents[2] / folder).glob("*.py"))
    ],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_correct_code_is_not_told_of_its_surroundings(path):
    check = check_surroundings(path.read_text(encoding="utf-8"))
    assert check.status == "passed", check


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
        'logging.getLogger(__name__).info("at %s", len(self))',
        'log.info("%s of %s", type(self.data).__name__, __name__)',
        "print(self.__class__.__name__, type(self).__name__, datetime.datetime.now())",
        'print("late", file=sys.stderr)',
        "sys.stdout.write('x'); sys.stdout.flush()",
        "if log.isEnabledFor(10): log.debug('x')",
        "self.last = datetime.time(15, 0)",
        "time = self.data.datetime.time(0); self.late = time.hour > 15",
        "self.today = self.data.datetime.date(0); self.now = self.today; print(self.now)",
        "self.stats = {'wins': 0}; self.stats['wins'] += 1; self.env = 1; print(self.env)",
        "self.frame = self.data.p.timeframe, self.data.p.compression, self.data.close.get(size=3)",
        "self.cash = self.broker.get_cash() + self.broker.getvalue() + self.broker.cash",
        "self.held = self.broker.getposition(self.data).size; self.broker.cancel(None)",
        "self.most = self.broker.getcommissioninfo(self.data).getsize(1.0, 2.0)",
        "self.when = pd.Timestamp(self.data.datetime.datetime(0)) + pd.Timedelta(days=1)",
        "self.mean = np.array([1.0]).mean() + np.random.default_rng(1).random()",
        "super().__init__()",
        "self.kept = {key: value for key, value in self.p._getitems()}",
        "self.kind = isinstance(self.share, float) and type(self.share) is float",
    ],
)
def test_what_every_strategy_may_do_is_no_look_around(line):
    source = f'FEEDS = {{"weekly": {{"timeframe": "1w"}}}}\n{RSI_BY_HAND}'
    source = source.replace("self.guard = None", f"{line}\n        self.guard = None", 1)
    check = check_surroundings(f"{_IMPORTS}{source}")
    assert check.status == "passed", check
    assert check.message == "Nothing else was found in the code."


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_what_people_write_for_backtrader_is_not_told_of(name):
    assert check_surroundings(SOURCES[name]).status == "passed"


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
