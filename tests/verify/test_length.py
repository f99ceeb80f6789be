"""Bars that are too few for an indicator are refused with the node; Backtrader draws the line."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sketch import LONG, sketch

from stratcraft_jupyter import compile_strategy, load_bars, run_backtest
from stratcraft_jupyter.cli import main
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.verify import find_too_few_bars

SMA = """
slow: indicator.sma period=200
bars.close -> slow.source
slow.value -> up.right
"""
AVERAGE_OF_AVERAGE = """
first: indicator.sma period=30
second: indicator.sma period=20
bars.close -> first.source
first.value -> second.source
second.value -> up.right
"""
MONTHLY = """
months: data.timeframe timeframe=1M
slow: indicator.sma period=12
bars.bars -> months.bars
months.close -> slow.source
slow.value -> up.right
"""


@pytest.fixture(scope="module")
def bars():
    return load_bars("sample:AAPL")


def test_the_node_the_number_and_what_to_do_are_said(bars):
    assert find_too_few_bars(sketch(LONG, SMA), bars.head(120)) == (
        Diagnostic(
            "SC302",
            "error",
            "Simple moving average needs 200 bars for its first value, and there are 120.",
            "Shorten its period, or choose more bars.",
            "slow",
        ),
    )


@pytest.mark.parametrize(
    ("texts", "needed", "node_id"),
    [(SMA, 200, "slow"), (AVERAGE_OF_AVERAGE, 49, "second")],
    ids=["one average", "an average of an average"],
)
def test_one_bar_less_than_needed_is_too_few(bars, texts, needed, node_id):
    graph = sketch(LONG, texts)
    (found,) = find_too_few_bars(graph, bars.head(needed - 1))
    assert (found.node_id, f"needs {needed} bars" in found.message) == (node_id, True)
    # the cross compares with the bar before
    (found,) = find_too_few_bars(graph, bars.head(needed))
    assert (found.node_id, f"needs {needed + 1} bars" in found.message) == ("up", True)
    assert find_too_few_bars(graph, bars.head(needed + 1)) == ()


def test_coarser_bars_are_counted_as_such(bars):
    graph = sketch(LONG, MONTHLY)
    (found,) = find_too_few_bars(graph, bars.head(200))
    assert found.node_id == "slow"
    assert "needs 12 bars of Timeframe for its first value, and there are 9." in found.message
    assert find_too_few_bars(graph, bars.head(300)) == ()


def test_the_bars_before_another_symbol_begins_do_not_count(bars):
    symbol = "msft: data.symbol symbol=MSFT\nmsft.close -> up.left"
    graph = sketch(LONG.replace("bars.close -> up.left\n", ""), SMA, symbol)
    late = load_bars("sample:MSFT").between(bars.time[150])
    (found,) = find_too_few_bars(graph, bars.head(350), others={"MSFT": late})
    assert found.node_id == "up"
    assert find_too_few_bars(graph, bars.head(351), others={"MSFT": late}) == ()


def test_a_node_that_leads_nowhere_needs_nothing(bars):
    graph = sketch(LONG, "slow: indicator.sma period=200", "bars.close -> slow.source")
    assert find_too_few_bars(graph, bars.head(120)) == ()


def test_an_expression_is_named_and_not_its_parts(bars):
    text = 'text: condition.expression text="close\\u0020>\\u0020sma(close,200)"'
    graph = sketch(LONG, text, "bars.bars -> text.bars", "text.signal -> enter.filter")
    (found,) = find_too_few_bars(graph, bars.head(120))
    assert found.node_id == "text"


@settings(max_examples=25)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(2, 90))
def test_backtrader_runs_where_nothing_is_found_and_nowhere_else(bars, first, second, count):
    texts = AVERAGE_OF_AVERAGE.replace("=30", f"={first}").replace("=20", f"={second}")
    graph = sketch(LONG, texts)
    few = bars.head(count)
    if find_too_few_bars(graph, few):
        with pytest.raises(BacktestError):
            run_backtest(compile_strategy(graph), few)
    else:
        run_backtest(compile_strategy(graph), few)


def test_the_command_line_refuses_before_it_runs(tmp_path, bars, capsys):
    document = tmp_path / "slow.strategy.json"
    sketch(LONG, SMA).save(document)
    prices = tmp_path / "prices.csv"
    bars.head(120).to_frame().to_csv(prices)
    assert main(["backtest", str(document), "--data", str(prices)]) == 2
    said = capsys.readouterr().err
    assert "Simple moving average needs 200 bars" in said
    assert "choose more bars" in said
    assert json.loads(document.read_text())["name"] == "Sketch"
