"""Rules about the account's money or its costs are found, and nobody else is accused of them."""

import pytest
from semantics.desk import closes
from sketch import sketch

from stratcraft_jupyter import compile_strategy, load_bars, load_template
from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, Series, run_batch
from stratcraft_jupyter.graph import set_backtest
from stratcraft_jupyter.verify.equivalence import compare
from stratcraft_jupyter.verify.other_account import check_other_account
from verify.codes import SMA_BY_HAND

ENTRY = "if not self.position"


def checked(source, config=None, template="sma_cross"):
    graph, settings = load_template(template), config or BacktestConfig()
    reference = compile_strategy(graph)
    series = Series(load_bars("sample:AAPL").head(600))
    ours, theirs = run_batch([Run(reference, series), Run(source, series)], config=settings).runs
    item = compare("AAPL", series, ours, theirs, settings.cash)
    return check_other_account(source, reference, [item], settings)


def with_rule(rule):
    assert SMA_BY_HAND.count(ENTRY) == 1
    return SMA_BY_HAND.replace(ENTRY, f"{ENTRY} and {rule}")


@pytest.mark.parametrize(
    "rule",
    [
        "self.broker.getcash() > 30_000",
        "self.broker.getvalue() < 2_000_000",
        "self.broker.getcommissioninfo(self.data).p.commission == 0.001",
    ],
)
def test_a_rule_about_the_account_is_found(rule):
    check = checked(with_rule(rule))
    assert check.status == "failed"
    assert "in cash" in check.message
    assert "on the close of bar" in check.message


@pytest.mark.parametrize("config", [BacktestConfig(), BacktestConfig(commission=0, slippage=0.001)])
def test_code_that_does_what_the_graph_does_passes(config):
    assert checked(SMA_BY_HAND, config).status == "passed"


@pytest.mark.parametrize("template", ["donchian_turtle", "volatility_target_trend", "two_regimes"])
def test_sizes_may_change_with_the_account(template):
    source = compile_strategy(load_template(template))
    assert checked(source, template=template).status == "passed"


def test_a_loss_of_what_is_put_at_stake_is_found_too():
    """Of a strategy that buys little, only high costs eat up the account."""
    graph = load_template("sma_cross")
    graph = set_backtest(graph, sizing_percent=5.0)
    source = compile_strategy(graph)
    rule = "self.broker.getvalue() > 0.9 * self.broker.startingcash"
    wrong = source.replace("if not self.position:", f"if not self.position and {rule}:")
    assert wrong != source
    series, settings = Series(load_bars("sample:AAPL").head(600)), BacktestConfig()
    ours, theirs = run_batch([Run(source, series), Run(wrong, series)], config=settings).runs
    item = compare("AAPL", series, ours, theirs, settings.cash)
    assert item.is_equal
    assert check_other_account(wrong, source, [item], settings).status == "failed"
    assert check_other_account(source, source, [item], settings).status == "passed"


def test_code_that_fails_on_still_bars_alone_is_tried_on_the_others():
    graph = load_template("sma_cross")
    source, settings = compile_strategy(graph), BacktestConfig()
    series = Series(load_bars("sample:AAPL").head(600))
    fails = source.replace("    def next(self):\n", "    def next(self):\n        1 / 0\n")
    good, bad = run_batch([Run(source, series), Run(fails, series)], config=settings).runs
    items = [compare(n, series, good, run, settings.cash) for n, run in (("a", good), ("b", bad))]
    assert check_other_account(source, source, items, settings).status == "passed"


NET = """
import backtrader as bt


class Net(bt.Strategy):
    def next(self):
        close, held = self.data.close[0], self.position.size
        size = int(self.broker.getvalue() * 0.9 / close)
        if close > 100 and held <= 0:
            self.buy(size=size - held)
        elif close < 100 and held >= 0:
            self.sell(size=size + held)
"""


def test_one_order_for_two_may_be_refused_as_a_whole_where_costs_are_high():
    graph = sketch(
        """
        bars: data.bars
        high: condition.compare operator=">" value=100
        low: condition.compare operator="<" value=100
        up: action.enter_long
        down: action.enter_short
        end_up: action.exit_long
        end_down: action.exit_short
        bars.close -> high.left
        bars.close -> low.left
        high.signal -> up.when
        high.signal -> end_down.when
        low.signal -> down.when
        low.signal -> end_up.when
        """
    )
    source = compile_strategy(set_backtest(graph, sizing_percent=90.0))
    series, settings = Series(closes(*[99, 101] * 30)), BacktestConfig()
    ours, theirs = run_batch([Run(source, series), Run(NET, series)], config=settings).runs
    item = compare("", series, ours, theirs, settings.cash)
    assert item.is_equal
    check = check_other_account(NET, source, [item], settings)
    assert check.status == "passed", check.message
    assert "high ones" not in check.message


def test_nothing_is_tried_where_orders_differ_already():
    assert checked(SMA_BY_HAND.replace("> 0", "< 0")).status == "skipped"
