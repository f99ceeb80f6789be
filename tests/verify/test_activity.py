"""What never came true on given bars is told with its node, whatever else traded."""

import json

import pytest
from sketch import LONG, sketch

import stratcraft_jupyter as sc
from stratcraft_jupyter.cli import main
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.verify import explain_no_trades

TRADES = LONG.replace("=100", "=1.4")
HIGH = "high: condition.compare operator=> value=100000\nbars.close -> high.left"


@pytest.fixture(scope="module")
def bars():
    return sc.load_bars("sample:AAPL").head(400)


def found(bars, *texts, **config):
    graph = sketch(*texts)
    return sc.find_never_true(graph, bars, sc.BacktestConfig(**config))


def test_nothing_is_told_of_what_was_true(bars):
    assert found(bars, TRADES) == ()


def test_the_second_entry_is_told_of_though_the_first_traded(bars):
    more = "more: action.enter_long priority=2\nhigh.signal -> more.when"
    assert found(bars, TRADES, HIGH, more) == (
        Diagnostic(
            "SC301",
            "warning",
            "Compare (high), close is above 100,000, was never true on any of the 399 bars, "
            "so Enter long (more) was never taken.",
            "Loosen its threshold, or try other bars.",
            "high",
        ),
    )


@pytest.mark.parametrize(
    ("text", "severity", "said"),
    [
        ("out: action.exit_long\nhigh.signal -> out.when", "warning", "long (out) never acted"),
        ("g: risk.indicator_guard\nhigh.signal -> g.when", "info", "guard (g) never acted"),
        ("either: logic.or\nhigh.signal -> either.signals\nup.signal -> either.signals\n"
         "either.signal -> enter.filter", "warning", "never true on any of the 399 bars."),
        ("r: regime.custom\nhigh.signal -> r.signal\nmore: action.enter_long priority=2\n"
         "r.signal -> more.regime\nup.signal -> more.when", "warning", "(more) was never taken"),
    ],
    ids=["exit", "guard", "one way of an Or", "regime"],
)  # fmt: skip
def test_every_place_of_a_signal_is_looked_at(bars, text, severity, said):
    items = found(bars, TRADES, HIGH, text)
    assert {item.node_id for item in items} <= {"high", "r"}
    assert items
    assert {item.severity for item in items} == {severity}
    assert said in items[0].message


def test_a_condition_that_a_not_turns_round_is_no_finding(bars):
    text = "n: logic.not\nhigh.signal -> n.signal\nn.signal -> enter.filter"
    assert found(bars, TRADES, HIGH, text) == ()


def test_conditions_that_never_met_are_told_at_their_entry(bars):
    near = "near: condition.compare operator=> value=4\nbars.close -> near.left"
    text = "more: action.enter_long priority=2\nup.signal -> more.when\nnear.signal -> more.filter"
    (item,) = [item for item in found(bars, TRADES, near, text) if item.node_id == "more"]
    assert "When and Filter of Enter long (more) were never true on the same" in item.message


def test_a_size_of_zero_says_what_to_do(bars):
    (item,) = found(bars, TRADES, cash=0.5)
    assert (item.code, item.node_id) == ("SC303", "enter")
    assert "ordered nothing: its size came to 0 shares." in item.message
    assert "raise the cash" in item.hint
    limit = "h: risk.entry_hours from_time=10:00 until_time=11:00"
    (item,) = found(bars, TRADES, limit)
    assert "or h stood in the way" in item.message
    assert item.hint.startswith("Look at h first")


def test_orders_that_were_all_refused_are_told_at_their_entry(bars):
    huge = "size: sizing.fixed_shares shares=10000000\nsize.size -> enter.size"
    (item,) = found(bars, TRADES, huge)
    assert (item.code, item.severity, item.node_id) == ("SC304", "warning", "enter")
    assert "nothing filled: of " in item.message
    assert "refused for lack of cash" in item.message
    assert "smaller size" in item.hint


def test_orders_at_prices_that_never_come_are_told_at_their_entry(bars):
    far = "enter: action.enter_long order_type=limit offset_percent=50"
    low = LONG.replace("=100", "=4")
    (item,) = [item for item in found(bars.head(150), low, far) if item.node_id == "enter"]
    assert item.code == "SC304"
    assert "lack of cash" not in item.message
    assert "nearer to the market" in item.hint


def test_without_orders_the_entries_alone_explain_it(bars):
    text = "out: action.exit_long\nhigh.signal -> out.when\nhigh.signal -> enter.filter"
    low = "low: condition.compare operator=< value=0.001\nbars.close -> low.left"
    gone = "gone: action.exit_long\nlow.signal -> gone.when"
    graph = sketch(TRADES, HIGH, text, low, gone)
    assert {item.node_id for item in sc.find_never_true(graph, bars)} == {"high", "low"}
    assert {item.node_id for item in explain_no_trades(graph, bars)} == {"high"}


def test_the_command_line_tells_it_too(tmp_path, capsys):
    graph = sketch(TRADES, HIGH, "more: action.enter_long priority=2\nhigh.signal -> more.when")
    assert isinstance(graph, StrategyGraph)
    graph.save(tmp_path / "it.strategy.json")
    arguments = ["backtest", str(tmp_path / "it.strategy.json"), "--data", "sample:AAPL"]
    assert main([*arguments, "--json", str(tmp_path / "out.json")]) == 0
    assert "warning: Compare (high), close is above 100,000, was never" in capsys.readouterr().out
    written = json.loads((tmp_path / "out.json").read_text())
    assert [item["node_id"] for item in written["findings"]] == ["high"]
    assert any("Compare (high)" in text for text in written["warnings"])


def test_too_few_bars_are_told_with_the_node_and_nothing_is_called_never_true(bars):
    slow = "slow: indicator.sma period=300\nbars.close -> slow.source\nslow.value -> up.right"
    (item,) = found(bars.head(200), LONG, slow)
    assert (item.code, item.node_id) == ("SC302", "slow")
    assert "needs 300 bars for its first value, and there are 200." in item.message
    (item,) = found(bars, LONG, slow, end=str(bars.time[99])[:10])
    assert "there are 100." in item.message


def test_nor_of_coarser_bars_that_are_never_complete(bars):
    monthly = "m: data.timeframe timeframe=1M\nbars.bars -> m.bars\nm.close -> up.right"
    (item,) = found(bars.head(10), LONG, monthly)
    assert (item.code, item.node_id) == ("SC302", "m")
    assert "no 1M bar is complete on the 10 bars" in item.message
    assert "finer timeframe" in item.hint
