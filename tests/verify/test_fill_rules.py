"""Runs in a batch are held to the rules of fills, as a single backtest is."""

import pytest

from stratcraft_jupyter.backtest.batch import Run, run_batch
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.verify.stress_bars import Recipe, make_series
from verify.codes import changed, rsi

INIT = "    def __init__(self):\n"


def impossible(source: str) -> str:
    series = make_series(Recipe("swings", 0, 260, "1d", 50.0))
    (outcome,) = run_batch([Run(source, series)]).runs
    assert outcome.error is None
    return outcome.impossible


def test_fills_of_honest_code_may_be():
    assert impossible(compile_strategy(rsi())) == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("self.broker.setcommission(commission=0.0)", "commission of the settings"),
        ("self.broker.set_slippage_perc(0.02, slip_out=True)", "the bar reaches from"),
        ("self.broker.set_coc(True)", "later bar than the one it was made on"),
    ],
)
def test_fills_that_cannot_be_are_told(line, words):
    assert words in impossible(changed(INIT, f"{INIT}        {line}\n"))
