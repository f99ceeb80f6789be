"""The likely cause of a difference, from the orders and from what the code says of itself."""

from dataclasses import replace

import pytest
from semantics.desk import closes
from sketch import sketch

from stratcraft_jupyter import BacktestConfig, compile_strategy, load_template
from stratcraft_jupyter.backtest.batch import Run, Series, run_batch
from stratcraft_jupyter.verify import verify
from stratcraft_jupyter.verify.code_facts import CodeFacts, read_code
from stratcraft_jupyter.verify.equivalence import compare
from stratcraft_jupyter.verify.explain import explain
from stratcraft_jupyter.verify.findings import plain_cause
from stratcraft_jupyter.verify.report import Check
from stratcraft_jupyter.verify.stress import search_stress
from stratcraft_jupyter.verify.stress_cache import keep_plan
from stratcraft_jupyter.verify.verification import config_of
from verify.codes import RSI_BY_HAND, SMA_BY_HAND, rsi

CLASSES = """import backtrader as bt
class Smooth(bt.Indicator): pass
class Shares(bt.Sizer): pass
class State: pass
"""
SIZE = "int(self.broker.getvalue() * 0.95 / self.data.close[0])"


def changed(source: str, before: str, after: str) -> str:
    assert before in source
    return source.replace(before, after)


@pytest.fixture(scope="module")
def sma(kept_bars):
    """A strategy whose bars are searched shortly."""
    graph = load_template("sma_cross")
    config = config_of(graph)
    plan = search_stress(graph, "1d", config, rounds=1, wall_limit=600)
    keep_plan(replace(plan, reached=None), graph, "1d", config)
    return graph


@pytest.mark.parametrize(
    ("line", "order_types", "unread"),
    [
        ("self.sell(exectype=bt.Order.Stop)", {"stop"}, ()),
        ("self.sell(exectype=Order.StopLimit)", {"stop_limit"}, ()),
        ("self.buy_bracket()", {"stop", "limit"}, ()),
        ("self.sell()", set(), ()),
        ("self.seen = set()", set(), ()),
        ("self.text = open('x').read()", set(), ()),
        ("self.trend = bt.ind.SMA(self.data)", set(), ("trend",)),
        ("self.trend = Smooth(self.data)", set(), ("trend",)),
        ("self.trend = bt.talib.SMA(self.data)", set(), ("trend",)),
        ("self.trend = bt.ind.SMA(self.data); self.trend[0]", set(), ()),
        ("self.trend = bt.ind.SMA(self.data); getattr(self, 'trend')", set(), ()),
        ("self.trend = bt.And(self.data > 1, self.data > 2)", set(), ("trend",)),
        ("self.sizer = bt.sizers.FixedSize()", set(), ()),
        ("self.sizer = Shares()", set(), ()),
        ("self.returns = bt.analyzers.Returns()", set(), ()),
        ("self.state = State()", set(), ()),
    ],
)
def test_code_says_what_it_orders_and_never_reads(line, order_types, unread):
    found = read_code(f"{CLASSES}class S(bt.Strategy):\n    def __init__(self):\n        {line}\n")
    assert (found.order_types, found.unread) == (order_types, unread)
    assert read_code("self.trend = (") == CodeFacts(is_readable=False)


@pytest.mark.usefixtures("short_plan")
def test_a_stop_sent_as_a_market_order_is_no_wrong_exit():
    stop = changed(RSI_BY_HAND, "exectype=bt.Order.Stop, ", "")
    difference = verify(stop, rsi()).first_difference
    assert difference.cause == "order type"
    assert "nowhere does it send a stop order" in difference.explanation
    assert difference.node_id == "stop"
    exits = changed(RSI_BY_HAND, "self.rsi[0] > self.p.high", "self.rsi[0] < self.p.high")
    assert verify(exits, rsi()).first_difference.cause == "operator"


def test_an_indicator_that_nobody_reads_makes_the_code_begin_late(sma):
    trend = "        self.trend = bt.ind.SMA(self.data.close, period=200)\n        self.cross ="
    report = verify(changed(SMA_BY_HAND, "        self.cross =", trend), sma)
    assert report.first_difference.cause == "warm-up"
    assert "it makes self.trend, reads it nowhere" in report.first_difference.explanation


def test_a_period_longer_than_the_first_difference_is_away_is_found(sma):
    report = verify(changed(SMA_BY_HAND, "period=30", "period=50"), sma)
    assert "the period of Slow SMA was 50 instead of 30" in report.first_difference.explanation
    assert report.first_difference.node_id == "slow"


def test_orders_that_are_all_refused_are_not_called_no_trades(sma):
    source = changed(SMA_BY_HAND, SIZE, "self.broker.getcash() / self.data.close[0] * 1.2")
    report = verify(source, sma)
    assert report.first_difference.cause == "orders refused"
    assert "refused for lack of cash" in report.first_difference.explanation
    silent = verify(changed(SMA_BY_HAND, "self.cross[0] > 0", "self.cross[0] > 2"), sma)
    assert silent.first_difference.cause == "no trades"


def test_the_report_begins_with_the_difference_and_then_tells_what_failed(sma):
    report = verify(changed(SMA_BY_HAND, "self.cross[0] > 0", "self.cross[-1] > 0"), sma)
    lines = str(report).splitlines()
    assert lines[1].startswith("First difference on ")
    marks = [line.split()[0] for line in lines if " SC6" in line]
    assert marks == sorted(marks, key=["FAILED", "note", "ok", "skipped"].index)
    assert marks[0] == "FAILED"


def test_a_value_just_on_the_threshold_is_no_signal_seen_late():
    graph = sketch(
        """
        bars: data.bars
        high: condition.compare operator=">" value=100
        enter: action.enter_long
        end: risk.time_limit limit=3
        bars.close -> high.left
        high.signal -> enter.when
        """
    )
    series = [Series(closes(*[99] * 20, top, *[99] * 20)) for top in (100, 99, 98)]
    sources = [
        compile_strategy(graph),
        changed(compile_strategy(graph), "close[0] > ", "close[0] >= "),
    ]
    runs = run_batch([Run(source, one) for one in series for source in sources]).runs
    pairs = zip(series, runs[::2], runs[1::2], strict=True)
    compared = [compare("", one, ours, theirs, 10_000) for one, ours, theirs in pairs]
    assert [item.is_equal for item in compared] == [False, True, True]
    assert explain(graph, compared, BacktestConfig(), source=sources[1]).cause == "touching"


def test_an_exit_too_early_is_not_told_as_the_stop_that_goes_with_it():
    graph = sketch(
        """
        bars: data.bars
        high: condition.compare operator=">" value=100
        low: condition.compare operator="<" value=50
        far: condition.compare operator="<" value=60
        both: logic.and
        enter: action.enter_long
        leave: action.exit_long
        stop: risk.stop_loss percent=90
        bars.close -> high.left
        bars.close -> low.left
        bars.close -> far.left
        low.signal -> both.signals
        far.signal -> both.signals
        high.signal -> enter.when
        both.signal -> leave.when
        enter.order -> stop.entry
        """
    )
    series = Series(closes(*[99] * 5, 101, *[99] * 5, *[55] * 5, *[45] * 5))
    right = compile_strategy(graph)
    wrong = changed(right, "far and low", "far or low")
    ours, theirs = run_batch([Run(source, series) for source in (right, wrong)]).runs
    compared = compare("", series, ours, theirs, 10_000)
    found = explain(graph, [compared], BacktestConfig(), source=wrong)
    assert found.cause == "logic"


@pytest.mark.parametrize(
    ("line", "cause", "words"),
    [
        ("self.sell(size=35)", "extra exit", "sells 35 of the"),
        ("self.buy(size=1)", "pyramiding", "adds to a position"),
        ("self.sell(size=1e6)", "extra exit", "ends the position"),
    ],
)
def test_an_order_more_is_told_by_what_it_does(line, cause, words):
    graph = sketch(
        """
        bars: data.bars
        high: condition.compare operator=">" value=100
        enter: action.enter_long
        end: risk.time_limit limit=9
        bars.close -> high.left
        high.signal -> enter.when
        """
    )
    right = compile_strategy(graph)
    more = f"if self.position and self.data.close[0] == 77: {line}\n"
    wrong = changed(
        right, "        if not self.position", f"        {more}        if not self.position"
    )
    series = Series(closes(*[99] * 5, 101, *[99] * 3, 77, *[99] * 20))
    ours, theirs = run_batch([Run(source, series) for source in (right, wrong)]).runs
    compared = compare("", series, ours, theirs, 10_000)
    found = explain(graph, [compared], BacktestConfig(), source=wrong)
    assert found.cause == cause
    assert words in found.explanation


BRACKETED = """
    bars: data.bars
    high: condition.compare operator=">" value=100
    low: condition.compare operator="<" value=90
    enter: action.enter_long {entry}
    leave: action.exit_long
    stop: risk.stop_loss percent=50
    take: risk.take_profit percent=50
    bars.close -> high.left
    bars.close -> low.left
    high.signal -> enter.when
    low.signal -> leave.when
    enter.order -> stop.entry
    enter.order -> take.entry
"""
BY_HAND = """
import backtrader as bt

class Bracketed(bt.Strategy):
    def __init__(self):
        self.held = []

    def next(self):
        close = self.data.close[0]
        size = int(self.broker.getvalue() * 0.95 / close)
        LINES
"""


def told(entry: str, lines: str, *prices: float, wide: int = -1):
    """The first difference between a strategy with stop and target, and code."""
    graph = sketch(BRACKETED.format(entry=entry))
    bars = closes(*prices)
    if wide >= 0:
        high, low = bars.high.copy(), bars.low.copy()
        high[wide], low[wide] = 1_000, 1
        bars = replace(bars, high=high, low=low)
    series, source = Series(bars), BY_HAND.replace("LINES", lines)
    ours, theirs = run_batch([Run(s, series) for s in (compile_strategy(graph), source)]).runs
    assert theirs.error is None, theirs.error
    compared = compare("", series, ours, theirs, 10_000)
    return explain(graph, [compared], BacktestConfig(), source=source)


def test_an_entry_order_that_waits_too_long_is_no_order_of_a_position():
    waits = 'order_type="limit" offset_percent=9 expiry_bars=3'
    line = "if close > 100: self.buy(size=size, exectype=bt.Order.Limit, price=close * 0.91)"
    found = told(waits, line, *[99] * 5, 101, *[99] * 9)
    assert found.cause == "order left behind"
    assert "the entry order of bar 5 still waits" in found.explanation
    assert "after 3 bars" in found.explanation
    assert found.node_id == "enter"


def test_a_stop_sent_with_the_entry_is_called_so():
    line = (
        "if close > 100: self.buy(size=size); "
        "self.sell(size=size, exectype=bt.Order.Stop, price=close / 2)"
    )
    found = told("", line, *[99] * 5, 101, *[99] * 9)
    assert found.cause == "stop early"
    assert "the stop together with the entry" in found.explanation


def test_an_entry_on_the_close_of_an_exit_is_called_so():
    line = """if self.position:
            if not self.held:
                stop = self.sell(size=self.position.size, exectype=bt.Order.Stop, price=50.5)
                self.held = [stop, self.sell(
                    size=self.position.size, exectype=bt.Order.Limit, price=151.5, oco=stop
                )]
            if close < 90:
                self.cancel(self.held[0])
                self.close()
                self.buy(size=size)
        elif close > 100:
            self.buy(size=size)
"""
    found = told("", line, *[101] * 8, 80, *[99] * 9)
    assert found.cause == "extra entry"
    assert "enters again on the close on which the position is ended" in found.explanation


def test_a_stop_and_a_target_that_are_not_linked_are_called_so():
    line = """if self.position.size > 0 and not self.held:
            for kind, price in ((bt.Order.Stop, 50.5), (bt.Order.Limit, 151.5)):
                size = self.position.size
                self.held.append(self.sell(size=size, exectype=kind, price=price))
        elif close > 100 and not self.held:
            self.buy(size=size)
"""
    found = told("", line, *[99] * 5, *[101] * 2, *[99] * 5, 101, *[99] * 3, wide=10)
    assert found.cause == "order left behind"
    assert "on bar 10 two resting orders of the code filled" in found.explanation


def test_code_that_fails_is_told_once(sma):
    report = verify(changed(SMA_BY_HAND, "def next(self):", "def next(self, other):"), sma)
    assert [check.code for check in report.failures] == ["SC613"]
    passed = {check.code for check in report.checks if check.status == "passed"}
    assert passed <= {"SC627", "SC630", "SC631"}  # what needs no run


def test_fills_that_cannot_be_do_not_hide_the_first_difference():
    def failed(code: str, message: str) -> Check:
        return Check(code, "", "failed", message)

    huge = failed("SC625", "In the code's run the rules of orders do not hold: A sale of 1e33.")
    assert plain_cause([huge]) is None
    assert plain_cause([failed("SC625", "fills have another commission")])[0] == "broker changed"
