"""Each template fills as docs/semantics.md says, read by the second implementation."""

import pytest
from book.playing import run_by_the_book

from semantics.feed_desk import fills_of
from stratcraft_jupyter import (
    BacktestConfig,
    compile_strategy,
    list_templates,
    load_bars,
    load_template,
    run_backtest,
)

COUNT = 900
COMMISSION = 0.001
SYMBOLS = {"williams_r": "IBM"}
"""Where the last digit decides something on the template's own bars."""


@pytest.mark.parametrize("slippage", [0.0, 0.0005])
@pytest.mark.parametrize("name", [template.name for template in list_templates()])
def test_a_template_fills_by_the_book(name: str, slippage: float):
    strategy = load_template(name)
    symbol = SYMBOLS.get(name, strategy.backtest.symbol)
    bars = load_bars(f"sample:{symbol}").head(COUNT)
    others = {"MSFT": load_bars("sample:MSFT").head(COUNT)}
    config = BacktestConfig(commission=COMMISSION, slippage=slippage)
    found = fills_of(run_backtest(compile_strategy(strategy), bars, config, others=others))
    expected = run_by_the_book(
        strategy, bars, others=others, commission=COMMISSION, slippage=slippage
    )
    assert len(found) >= 10
    assert [fill[:4] for fill in found] == expected
