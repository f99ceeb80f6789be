"""Arguments of a wrong type: one error of ours that says what was given and what to do."""

from pathlib import Path

import pandas as pd
import pytest

import stratcraft_jupyter as sc
from stratcraft_jupyter.errors import BacktestError, BarsError, StratCraftError, UnknownNameError

SOURCE = "import backtrader as bt\nclass S(bt.Strategy):\n    pass\n"
GET_A_GRAPH = 'Give what load_template("sma_cross") or StrategyGraph.load(path) returns.'
GET_A_SOURCE = "Give the text of a module, as compile_strategy(graph) returns it."
GET_BARS = 'Give "sample:AAPL", the path of a .csv or .parquet file, or a DataFrame.'


@pytest.fixture(scope="module")
def bars():
    return sc.load_bars("sample:AAPL")


def refusal(call, *arguments, **named) -> str:
    with pytest.raises(StratCraftError) as caught:
        call(*arguments, **named)
    return str(caught.value)


@pytest.mark.parametrize(
    "call", [sc.validate, sc.compile_strategy, sc.StrategyBuilder], ids=lambda call: call.__name__
)
@pytest.mark.parametrize(
    ("value", "told"),
    [
        (42, "42 (int)"),
        ({}, "a value of type dict"),
        (sc.StrategyGraph, "a value of type ModelMetaclass"),
    ],
)
def test_what_takes_a_graph_takes_nothing_else(call, value, told):
    assert refusal(call, value) == f"The strategy is {told}, not a StrategyGraph. {GET_A_GRAPH}"


@pytest.mark.parametrize("call", [sc.validate, sc.compile_strategy], ids=lambda call: call.__name__)
@pytest.mark.parametrize(
    ("text", "told"),
    [("sma_cross", "'sma_cross' (str)"), ("x" * 1_000, "a value of type str")],
    ids=["name", "long"],
)
def test_a_name_is_no_graph(call, text, told):
    assert refusal(call, text) == f"The strategy is {told}, not a StrategyGraph. {GET_A_GRAPH}"


def test_no_graph_is_refused_too():
    for call in (sc.validate, sc.compile_strategy):
        assert "is None, not a StrategyGraph" in refusal(call, None)
    with pytest.raises(TypeError):  # also what Python calls such a mistake
        sc.validate(None)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            sc.load_template("sma_cross"),
            "The strategy is a value of type StrategyGraph, not source code. "
            "Compile the graph first: compile_strategy(graph).",
        ),
        (None, f"The strategy is None, not source code. {GET_A_SOURCE}"),
        ("sma_cross", f"The strategy is 'sma_cross' (str), not source code. {GET_A_SOURCE}"),
        (
            "my/x.py",
            "The strategy is 'my/x.py' (str), not source code. "
            "Read the file first: Path(...).read_text().",
        ),
        (
            Path("x.py"),
            "The strategy is a value of type PosixPath, not source code. "
            "Read the file first: Path(...).read_text().",
        ),
    ],
)
def test_a_backtest_takes_source_code_only(bars, source, message):
    assert refusal(sc.run_backtest, source, bars) == message


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "sample:AAPL",
            "The bars are 'sample:AAPL' (str), not Bars. "
            "Load them first: load_bars('sample:AAPL').",
        ),
        (
            pd.DataFrame(),
            "The bars are a value of type DataFrame, not Bars. Load them first: load_bars(...).",
        ),
    ],
)
def test_a_backtest_and_a_builder_take_bars_only(value, message):
    assert refusal(sc.run_backtest, SOURCE, value) == message
    assert refusal(sc.StrategyBuilder, bars=value) == message
    with pytest.raises(BacktestError, match="are None, not Bars"):
        sc.run_backtest(SOURCE, None)


@pytest.mark.parametrize("config", [{}, {"cash": 1}, 0, 100_000, "x"], ids=repr)
def test_a_backtest_takes_a_config_only(bars, config):
    told = refusal(sc.run_backtest, SOURCE, bars, config)
    assert "not a BacktestConfig. Give BacktestConfig(cash=100_000), or leave them out." in told


@pytest.mark.parametrize(
    ("value", "told"), [(None, "None"), (42, "42 (int)"), ([], "a value of type list")]
)
def test_bars_are_loaded_from_what_holds_bars(value, told):
    assert refusal(sc.load_bars, value) == f"Bars cannot be loaded from {told}. {GET_BARS}"


def test_bars_are_not_loaded_twice(bars):
    with pytest.raises(BarsError, match=r"bars already. Use them as they are"):
        sc.load_bars(bars)


def test_a_name_that_is_no_text_does_not_exist():
    with pytest.raises(UnknownNameError, match=r"no template named None. Known: 'adx"):
        sc.load_template(None)
    with pytest.raises(UnknownNameError, match=r"no timeframe named 3. Known: "):
        sc.load_bars("sample:AAPL", timeframe=3)
