"""Modules with further bars run by themselves on CSV files, with plain Backtrader."""

import subprocess
import sys

import backtrader as bt
import pytest
from sketch import sketch

from codegen.test_feeds import STRATEGY
from stratcraft_jupyter import BacktestConfig, compile_strategy, load_bars, run_backtest


@pytest.fixture(scope="module")
def source() -> str:
    return compile_strategy(sketch(STRATEGY))


def test_the_module_runs_as_a_script_on_csv_files(source, tmp_path):
    bars = load_bars("sample:AAPL").head(900)
    other = load_bars("sample:MSFT").head(900)
    (tmp_path / "strategy.py").write_text(source, "utf-8")
    bars.to_frame().to_csv(tmp_path / "aapl.csv")
    other.to_frame().rename(columns=str.title).to_csv(tmp_path / "msft.csv")
    command = [sys.executable, "strategy.py", "aapl.csv", "MSFT=msft.csv"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr == ""
    value = run_backtest(source, bars, others={"MSFT": other}).equity_curve.value[-1]
    assert value != 100_000
    assert done.stdout == f"Final value: {value:,.2f}\n"


def run_as_script(folder, source, *words) -> subprocess.CompletedProcess:
    (folder / "strategy.py").write_text(source, "utf-8")
    command = [sys.executable, "strategy.py", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_the_script_has_the_money_and_costs_of_the_document(tmp_path):
    settings = {"cash": 12_345.5, "commission": 0.002, "slippage": 0.003}
    strategy = sketch(STRATEGY)
    backtest = strategy.backtest.model_copy(update=settings)
    source = compile_strategy(strategy.model_copy(update={"backtest": backtest}))
    bars, other = load_bars("sample:AAPL").head(900), load_bars("sample:MSFT").head(900)
    bars.to_frame().to_csv(tmp_path / "aapl.csv")
    other.to_frame().to_csv(tmp_path / "msft.csv")
    done = run_as_script(tmp_path, source, "aapl.csv", "MSFT=msft.csv")
    result = run_backtest(source, bars, BacktestConfig(**settings), others={"MSFT": other})
    assert len(result.fills) > 4
    assert done.stdout == f"Final value: {result.equity_curve.value[-1]:,.2f}\n"
    assert "slippage" not in compile_strategy(strategy)


@pytest.mark.parametrize(
    "words", [[], ["aapl.csv"], ["MSFT=msft.csv"], ["aapl.csv", "MSFT=msft.csv", "IBM=ibm.csv"]]
)
def test_the_script_says_which_files_it_needs(source, tmp_path, words):
    done = run_as_script(tmp_path, source, *words)
    assert done.returncode == 1
    assert done.stderr == "Usage: python strategy.py BARS.csv MSFT=FILE.csv\n"


@pytest.mark.parametrize(
    "form",
    [
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y%m%d",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M:%SZ",
        "%Y-%m-%d %H:%M:%S-05:00",
        "%Y-%m-%dT%H:%M:%S.000+0900",
    ],
)
def test_the_script_reads_times_as_the_product_does(source, tmp_path, form):
    for symbol in ("AAPL", "MSFT"):
        frame = load_bars(f"sample:{symbol}").head(400).to_frame()
        frame.set_axis(frame.index.strftime(form)).to_csv(tmp_path / f"{symbol}.csv")
    bars, other = (load_bars(tmp_path / f"{symbol}.csv") for symbol in ("AAPL", "MSFT"))
    values = run_backtest(source, bars, others={"MSFT": other}).equity_curve.value
    done = run_as_script(tmp_path, source, "AAPL.csv", "MSFT=MSFT.csv")
    assert done.stderr == ""
    assert done.stdout == f"Final value: {values[-1]:,.2f}\n" != "Final value: 100,000.00\n"


def test_the_module_does_not_run_by_itself_in_a_notebook(source):
    names = {"__name__": "__main__"}  # a kernel has no __file__
    exec(compile(source, "<cell>", "exec"), names)
    assert issubclass(names["Sketch"], bt.Strategy)
