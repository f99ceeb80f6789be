"""Modules with further bars: what they declare, and that they run without us."""

import ast

import backtrader as bt
import pytest
from handwritten.plain_run import strategy_of
from semantics.feed_desk import fills_of, run_plain, trade
from sketch import sketch

from codegen.emitted import formatted, lint_findings
from stratcraft_jupyter import compile_strategy, load_bars, run_backtest

STRATEGY = """
bars: data.bars
weekly: data.timeframe timeframe=1w
msft: data.symbol symbol=MSFT
months: data.timeframe timeframe=1M
trend: indicator.ema period=4
above: condition.compare
rising: condition.compare
cheap: condition.compare
both: logic.and
enter: action.enter_long
leave: action.exit_long
stop: risk.stop_loss percent=8
bars.bars -> weekly.bars
msft.bars -> months.bars
weekly.close -> trend.source
bars.close -> above.left
trend.value -> above.right
months.close -> rising.left
months.open -> rising.right
bars.close -> cheap.left
msft.close -> cheap.right
above.signal -> both.signals
rising.signal -> both.signals
both.signal -> enter.when
cheap.signal -> leave.when
enter.order -> stop.entry
"""
"""A daily strategy that reads weeks of its own bars, and days and months of another symbol."""


@pytest.fixture(scope="module")
def source() -> str:
    return compile_strategy(sketch(STRATEGY))


def declared(source: str) -> dict[str, dict[str, str]]:
    (value,) = (
        item.value
        for item in ast.parse(source).body
        if isinstance(item, ast.Assign) and item.targets[0].id == "FEEDS"
    )
    return ast.literal_eval(value)


def test_a_module_declares_its_feeds_and_takes_them_by_name(source):
    assert declared(source) == {
        "months": {"symbol": "MSFT", "timeframe": "1M"},
        "msft": {"symbol": "MSFT"},
        "weekly": {"timeframe": "1w"},
    }
    for name in declared(source):
        assert f'self.{name} = self.getdatabyname("{name}")\n' in source


def test_a_strategy_on_its_own_bars_has_no_feeds():
    plain = compile_strategy(
        sketch(
            "bars: data.bars\nup: condition.compare\nenter: action.enter_long\n"
            "leave: action.exit_long\nbars.close -> up.left\nbars.open -> up.right\n"
            "up.signal -> enter.when\nup.signal -> leave.when"
        )
    )
    assert "FEEDS" not in plain
    assert "__main__" not in plain


def test_a_module_with_feeds_is_formatted_and_lint_free(source):
    assert formatted(source) == source
    assert lint_findings(source) == ""


def test_many_feeds_with_long_names_are_laid_out_as_ruff_does():
    lines = ["up: logic.and", "enter: action.enter_long", "leave: action.exit_long"]
    lines += ["up.signal -> enter.when", "up.signal -> leave.when"]
    for number in range(3):
        name = f"{'a_rather_long_name_of_a_symbol'}_{number}"
        lines += [
            f"{name}: data.symbol symbol=A.SYMBOL-WITH-FORTY-CHARACTERS-AT.MOST.{number}",
            f"month_{name}: data.timeframe timeframe=1M",
            f"over_{number}: condition.compare",
            f"{name}.bars -> month_{name}.bars",
            f"{name}.close -> over_{number}.left",
            f"month_{name}.close -> over_{number}.right",
            f"over_{number}.signal -> up.signals",
        ]
    source = compile_strategy(sketch("\n".join(lines)))
    assert formatted(source) == source
    assert len(declared(source)) == 6


def test_nodes_that_mean_the_same_bars_share_a_feed_and_a_clock():
    source = compile_strategy(
        sketch(
            """
            bars: data.bars
            again: data.bars
            one: data.timeframe
            two: data.timeframe
            up: condition.crosses_above
            enter: action.enter_long
            leave: action.exit_long
            bars.bars -> one.bars
            again.bars -> two.bars
            one.close -> up.left
            two.open -> up.right
            up.signal -> enter.when
            up.signal -> leave.when
            """
        )
    )
    assert declared(source) == {"one": {"timeframe": "1w"}}
    assert "Latest" not in source


@pytest.mark.parametrize("name", ["data", "next", "class_", "feeds", "rows_of", "bt_", "msft"])
def test_any_node_id_makes_a_name_that_works(name):
    strategy = sketch(
        f"""
        {name}: data.symbol symbol=MSFT
        up: condition.compare value=0
        enter: action.enter_long
        leave: action.exit_long
        {name}.close -> up.left
        up.signal -> enter.when
        up.signal -> leave.when
        """
    )
    result = trade(strategy, load_bars("sample:AAPL").head(5), {"MSFT": load_bars("sample:MSFT")})
    assert len(result.fills) == 4


# What it does.


def test_our_runner_and_the_module_alone_fill_alike(source):
    bars = load_bars("sample:AAPL")
    others = {"MSFT": load_bars("sample:MSFT").between("2002-03-13")}
    result = trade(sketch(STRATEGY), bars, others)
    assert len(result.fills) > 20
    assert min(fill.bar for fill in result.fills) > 500


@pytest.mark.parametrize(("timeframe", "unit"), [("1w", "Weeks"), ("1M", "Months")])
def test_fills_are_those_on_the_bars_that_backtrader_resamples(timeframe, unit):
    strategy = sketch(
        f"""
        bars: data.bars
        weekly: data.timeframe timeframe={timeframe}
        trend: indicator.sma period=3
        up: condition.crosses_above
        down: condition.crosses_below
        enter: action.enter_long
        leave: action.exit_long
        bars.bars -> weekly.bars
        weekly.close -> trend.source
        bars.close -> up.left
        trend.value -> up.right
        bars.close -> down.left
        trend.value -> down.right
        up.signal -> enter.when
        down.signal -> leave.when
        """
    )
    source = compile_strategy(strategy)
    bars = load_bars("sample:IBM")
    ours = fills_of(run_backtest(source, bars))
    assert len(ours) > 100
    assert ours == run_plain(source, bars, {}).fills
    assert ours == resampled_fills(source, bars, getattr(bt.TimeFrame, unit))


class _Fills(bt.Analyzer):
    def start(self):
        self.fills = []

    def notify_order(self, order):
        if order.status == order.Completed:
            (bit,) = order.executed.exbits
            side = "buy" if bit.size > 0 else "sell"
            bar = len(self.strategy.data) - 1
            self.fills.append((bar, side, abs(bit.size), bit.price, bit.comm))


def resampled_fills(source, bars, timeframe) -> list[tuple]:
    cerebro = bt.Cerebro()
    cerebro.adddata(data := bt.feeds.PandasData(dataname=bars.to_frame()))
    cerebro.resampledata(data, name="weekly", timeframe=timeframe)
    cerebro.broker.setcash(100_000.0)
    cerebro.broker.setcommission(0.001)
    cerebro.addstrategy(strategy_of(source))
    cerebro.addanalyzer(_Fills, _name="fills")
    (run,) = cerebro.run()
    return run.analyzers.fills.fills
