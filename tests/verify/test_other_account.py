"""Rules about the account's money or its costs are found, and nobody else is accused of them."""

import pytest

from stratcraft_jupyter import compile_strategy, load_bars, load_template
from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, Series, run_batch
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


def test_nothing_is_tried_where_orders_differ_already():
    assert checked(SMA_BY_HAND.replace("> 0", "< 0")).status == "skipped"
