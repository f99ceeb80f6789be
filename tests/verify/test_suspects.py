"""What explains a difference: numbers and indicators of the code, turns, the broker, the time."""

import ast

import pytest
from semantics.desk import closes
from sketch import sketch

from stratcraft_jupyter import BacktestConfig, Bars, compile_strategy, load_bars, load_template
from stratcraft_jupyter.backtest.batch import Run, Series, run_batch
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.verify.code_facts import read_code, without_unread
from stratcraft_jupyter.verify.code_numbers import numbers_in
from stratcraft_jupyter.verify.deadline import Deadline
from stratcraft_jupyter.verify.difference import Difference
from stratcraft_jupyter.verify.equivalence import compare
from stratcraft_jupyter.verify.explain import explain
from stratcraft_jupyter.verify.mutants import list_mutants
from stratcraft_jupyter.verify.suspects import find_suspects
from verify.codes import RSI_BY_HAND, SMA_BY_HAND, rsi

NO_TIME = Deadline(0.0, lambda: 1.0)
TURNS = """
    bars: data.bars
    high: condition.compare operator=">" value=100
    low: condition.compare operator="<" value=100
    bars.close -> high.left
    bars.close -> low.left
    up: action.enter_long
    down: action.enter_short
    end_up: action.exit_long
    end_down: action.exit_short
    high.signal -> up.when
    high.signal -> end_down.when
    low.signal -> down.when
    low.signal -> end_up.when
"""
TURNS_BY_HAND = """
import backtrader as bt


class Turns(bt.Strategy):
    def next(self):
        close, held = self.data.close[0], self.position.size
        size = int(self.broker.getvalue() * 0.95 / close)
        if close > 100 and held <= 0:
            self.close()
            self.buy(size=size)
        elif close < 100 and held >= 0:
            self.close()
            self.sell(size=size)
"""

TRAIL_BY_HAND = """
import backtrader as bt


class Trail(bt.Strategy):
    def __init__(self):
        self.atr = bt.ind.ATR(self.data, period=14)
        self.cross = bt.ind.CrossUp(self.data.close, bt.ind.EMA(self.data.close, period=50))
        self.guard = None

    def next(self):
        if not self.position:
            self.guard = None
            if self.cross[0] > 0:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
            return
        price = self.data.close[0] - 3 * self.atr[0]
        if self.guard is None or price > self.guard.created.price:
            if self.guard is not None:
                self.cancel(self.guard)
            self.guard = self.sell(size=self.position.size, exectype=bt.Order.Stop, price=price)
"""
BRACKET = """
import backtrader as bt


class Bracket(bt.Strategy):
    def __init__(self):
        self.rsi = bt.ind.RSI(period=14, safediv=True)
        self.guard = None

    def next(self):
        close = self.data.close[0]
        if not self.position:
            if self.rsi[0] < 30:
                size = int(self.broker.getvalue() * 0.95 / close)
                prices = {"stopprice": close * 0.95, "limitprice": close * 10}
                self.guard = self.buy_bracket(size=size, exectype=bt.Order.Market, **prices)[1]
        elif self.rsi[0] > 70:
            self.cancel(self.guard)
            self.close()
"""


def changed(source: str, *pairs: tuple[str, str]) -> str:
    for before, after in pairs:
        assert before in source
        source = source.replace(before, after)
    return source


def explained(
    graph: StrategyGraph, source: str, *bars: Bars, deadline: Deadline | None = None
) -> Difference:
    """The first difference of code on these bars alone."""
    config = BacktestConfig(cash=10_000)
    series = [Series(one) for one in bars]
    sources = (compile_strategy(graph), source)
    runs = run_batch([Run(code, one) for one in series for code in sources], config=config).runs
    assert [run.error for run in runs] == [None] * len(runs)
    compared = [
        compare(f"series {at}", one, ours, theirs, config.cash)
        for at, (one, ours, theirs) in enumerate(zip(series, runs[::2], runs[1::2], strict=True))
    ]
    return explain(graph, compared, config, source=source, deadline=deadline)


@pytest.fixture(scope="module")
def days() -> Bars:
    return load_bars("sample:AAPL").head(900)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("x = 29.9", 29.9),
        ("x = -7", -7),
        ("WIDTH = 21\ny = WIDTH + 1", 22),
        ("class S:\n    params = dict(entry=20)\n    def f(self): return self.p.entry + 1", 21),
        ("class S:\n    params = (('dev', 2.0),)\n    x = 0\n    self.params.dev * 1.5", 3.0),
        ("class S:\n    params = {'dev': 4}\n    self.p.dev ** 0.5", 2.0),
    ],
)
def test_code_says_the_numbers_it_counts_with(code, number):
    assert number in numbers_in(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["x = True", "x = 1 / 0", "x = 9 ** 9 ** 9", "x = 'a' * 3", "f(y)"]
)
def test_what_is_no_number_is_left_out(code):
    assert set(numbers_in(ast.parse(code))) <= {0, 1, 3, 9, 9.0**9}
    assert max(numbers_in(ast.parse(f"x = {'1+' * 2_000}1"))) < 20


def test_where_a_threshold_was_met_only_what_compares_is_looked_at(days):
    graph = sketch(
        """
        bars: data.bars
        third: math.divide value=3
        high: condition.compare operator=">" value=1.2
        enter: action.enter_long
        end: risk.time_limit limit=5
        bars.close -> third.left
        third.value -> high.left
        high.signal -> enter.when
        """
    )
    config = BacktestConfig()
    mutants = list_mutants(graph)[0]
    for node, expected in (("third", False), ("high", True)):
        source = next(m.source for m in mutants if m.node_id == node and "value" in m.words)
        ours, theirs = run_batch(
            [Run(s, Series(days)) for s in (compile_strategy(graph), source)]
        ).runs
        compared = [compare("", Series(days), ours, theirs, config.cash)]
        assert compared[0].mismatch is not None
        others = {m.node_id for m in find_suspects(graph, compared, None, config)}
        alone = find_suspects(graph, compared, None, config, conditions_alone=True)
        assert node in others
        assert any(mutant.node_id == node for mutant in alone) is expected


def test_a_number_of_the_code_is_tried_where_it_fits(days):
    found = explained(rsi(), changed(RSI_BY_HAND, ('"low", 30', '"low", 33.3')), days)
    assert found.cause == "threshold"
    assert "the value of Oversold was 33.3 instead of 30" in found.explanation


@pytest.mark.parametrize("number", [30, 1])
def test_a_number_of_the_strategy_is_tried_in_another_place(number, days):
    source = changed(RSI_BY_HAND, ("period=14", f"period={number}"))
    found = explained(rsi(), source, days)
    assert found.cause == "period"
    assert f"the period of Relative strength index was {number} instead of 14" in found.explanation


def test_a_number_may_be_another_for_one_of_two_readers(days):
    end = "        self.end = bt.ind.CrossOver(self.fast, bt.ind.SMA(self.data.close, period=37))\n"
    source = changed(
        SMA_BY_HAND,
        ("\n    def next", f"{end}\n    def next"),
        ("self.cross[0] < ", "self.end[0] < "),
    )
    found = explained(load_template("sma_cross"), source, days)
    assert found.cause == "period"
    assert "was 37 instead of 30 where Fast below slow reads it" in found.explanation


@pytest.mark.parametrize(
    ("name", "source", "before", "after", "words"),
    [
        ("rsi_mean_reversion", RSI_BY_HAND, "RSI_Safe(", "RSI_SMA(", "index"),
        ("sma_cross", SMA_BY_HAND, "fast = bt.ind.SMA", "fast = bt.ind.WMA", "Weighted moving"),
    ],
)
def test_an_indicator_of_the_code_is_tried(name, source, before, after, words, days):
    found = explained(load_template(name), changed(source, (before, after)), days)
    assert found.cause == "indicator"
    assert words.lower() in found.explanation.lower()


def test_an_average_within_an_indicator_is_found():
    macd = """
import backtrader as bt


class Macd(bt.Strategy):
    def __init__(self):
        self.macd = bt.ind.MACD(self.data)
        signal = bt.ind.SMA(self.macd.macd, period=9)
        self.up = bt.And(self.macd.macd > 0, bt.ind.CrossUp(self.macd.macd, signal))
        self.down = bt.ind.CrossDown(self.macd.macd, self.macd.signal)

    def next(self):
        if not self.position:
            if self.up[0]:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif self.down[0]:
            self.close()
"""
    graph, bars = load_template("macd_cross"), load_bars("sample:AAPL")
    found = explained(graph, macd, bars)
    words = "the signal line of MACD were a simple moving average where MACD above signal line"
    assert words in found.explanation
    unfiltered = changed(
        macd, ("signal = bt.ind.SMA(self.macd.macd, period=9)", "signal = self.macd.signal")
    )
    unfiltered = changed(unfiltered, ("self.macd.macd > 0, ", ""), ("bt.And(", "("))
    assert explained(graph, unfiltered, bars).cause == "filter dropped"


@pytest.mark.parametrize(
    ("pairs", "cause", "words"),
    [
        ((("getvalue()", "getcash()"),), "size", "from the cash on hand"),
        ((("self.sell(size=size)", "pass"),), "entry missing", ""),
        ((("self.sell(size=size)", "self.sell(size=size + held)"),), "extra exit", "twice"),
    ],
)
def test_a_turn_is_told_in_its_two_parts(pairs, cause, words):
    bars = closes(*[105] * 3, *[95] * 20, *[105] * 20)
    found = explained(sketch(TURNS), changed(TURNS_BY_HAND, *pairs), bars)
    assert found.cause == cause
    assert words in found.explanation
    (turn,) = found.expected
    assert f"({turn.closes:,.0f} to close, {turn.size - turn.closes:,.0f} to enter short)" in str(
        turn
    )
    assert found.node_id == ("down" if cause != "entry missing" else found.node_id)
    assert "decided on the close of bar" in str(found)


def test_an_entry_on_a_side_that_is_not_traded_is_told_as_such():
    graph = sketch("\n".join(line for line in TURNS.splitlines() if "down" not in line))
    bars = closes(*[105] * 3, *[95] * 20, *[105] * 20)
    source = changed(TURNS_BY_HAND, ("close < 100 and held >= 0", "close < 100 and held > 0"))
    found = explained(graph, source, bars)
    assert found.cause == "extra entry"
    assert "where the graph only closes the position" in found.explanation


def test_fills_that_differ_before_any_order_does_show_the_broker(days):
    head = "    def __init__(self):\n"
    source = changed(SMA_BY_HAND, (head, f"{head}        self.broker.set_coc(True)\n"))
    found = explained(load_template("sma_cross"), source, days)
    assert found.cause == "broker changed"
    assert "with set_coc" in found.explanation
    assert "on bar 79, and in the code" in found.explanation


def test_what_is_never_read_is_blamed_only_where_that_is_shown(days):
    graph = load_template("sma_cross")
    unread = "        self.trend = bt.ind.SMA(self.data.close, period=PERIOD)\n        self.cross ="
    late = changed(SMA_BY_HAND, ("        self.cross =", unread.replace("PERIOD", "150")))
    assert explained(graph, late, days).cause == "warm-up"
    waits = ("self.cross[0] > 0", "self.cross[0] > 0 and len(self) > 150")
    other = changed(late, ("period=150", "period=5"), waits)
    assert explained(graph, other, days, deadline=NO_TIME).cause == "entry missing"


def test_lines_that_make_what_is_never_read_can_be_left_out():
    source = changed(
        SMA_BY_HAND, ("        self.cross =", "        self.x = bt.ind.RSI()\n        self.cross =")
    )
    assert read_code(source).unread == ("x",)
    assert read_code(without_unread(source, ("x",))).unread == ()


@pytest.mark.parametrize(
    ("level", "cause", "words"),
    [
        (99, "true sooner", "2 bars earlier than the graph: a condition comes true sooner"),
        (103, "true later", "2 bars later: a condition comes true later"),
    ],
)
def test_without_time_the_orders_alone_are_told(level, cause, words):
    graph = sketch(
        """
        bars: data.bars
        high: condition.crosses_above value=101
        enter: action.enter_long
        end: risk.time_limit limit=3
        bars.close -> high.left
        high.signal -> enter.when
        """
    )
    bars = closes(*[98] * 10, *range(98, 112), *[98] * 20)
    source = changed(compile_strategy(graph), ('"high_value": 101', f'"high_value": {level}'))
    told = explained(graph, source, bars, deadline=NO_TIME)
    assert told.cause == cause
    assert words in told.explanation
    assert explained(graph, source, bars).cause == "threshold"


def test_two_nodes_of_one_title_are_told_apart():
    graph = sketch(
        """
        bars: data.bars
        high: condition.compare operator=">" value=100
        loud: condition.compare operator=">" value=0
        enter: action.enter_long
        end: risk.time_limit limit=3
        bars.close -> high.left
        bars.open -> loud.left
        high.signal -> enter.when
        loud.signal -> enter.filter
        """
    )
    bars = closes(*[98] * 10, *range(98, 112), *[98] * 20)
    source = changed(compile_strategy(graph), ('"high_value": 100', '"high_value": 104.5'))
    found = explained(graph, source, bars)
    assert "Compare (close is above 100) was 104.5 instead of 100" in found.explanation


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("price = self.data.close[0]", "price = self.data.high[0]", "from the high of the bar"),
        (
            "bt.Order.Stop, price=price",
            "bt.Order.StopTrail, trailamount=2.5 * self.atr[0]",
            "leaves it to the broker to move the stop",
        ),
    ],
)
def test_the_price_of_a_stop_says_what_it_was_worked_out_from(before, after, words, days):
    source = changed(TRAIL_BY_HAND, (before, after))
    found = explained(load_template("ema_atr_trend"), source, days, deadline=NO_TIME)
    assert found.cause == "stop distance"
    assert words in found.explanation


def test_a_stop_with_the_distance_of_a_later_bar_is_told(days):
    graph = sketch(
        """
        bars: data.bars
        atr: indicator.atr period=14
        mean: indicator.ema period=50
        up: condition.crosses_above
        enter: action.enter_long
        guard: risk.stop_loss multiple=3
        bars.bars -> atr.bars
        bars.close -> mean.source
        bars.close -> up.left
        mean.value -> up.right
        up.signal -> enter.when
        atr.value -> guard.distance
        enter.order -> guard.entry
        """
    )
    source = changed(TRAIL_BY_HAND, (" or price > self.guard.created.price", ""))
    source = changed(source, ("price = self.data.close[0]", "price = self.position.price"))
    found = explained(graph, source, days, deadline=NO_TIME)
    assert "as far from the entry price as Average true range says on bar" in found.explanation


def test_a_stop_is_compared_with_a_stop_where_a_limit_is_there_too(days):
    found = explained(rsi(), BRACKET, days)
    assert len(found.found) == 2
    assert found.cause == "stop distance"
    assert "from the close on which the entry was decided" in found.explanation


def test_an_indicator_that_explains_nothing_is_at_least_named(days):
    source = changed(RSI_BY_HAND, ("RSI_Safe(self.data.close,", "CCI(self.data,"))
    found = explained(rsi(), source, days, deadline=NO_TIME)
    assert "it reads Commodity channel index, which the strategy does not" in found.explanation


def test_code_that_waits_for_a_refused_order_is_told_what_is_known():
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
    stuck = """
import backtrader as bt


class Stuck(bt.Strategy):
    order = None

    def next(self):
        if self.order is None and self.data.close[0] > 100:
            size = int(self.broker.getvalue() * 0.95 / self.data.close[0])
            self.order = self.buy(size=size)
"""
    found = explained(graph, stuck, closes(*[98] * 5, 101, *[115] * 9), deadline=NO_TIME)
    assert "none from here to the end of the bars, and its last one, of bar 5" in found.explanation
