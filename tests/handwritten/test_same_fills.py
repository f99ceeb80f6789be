"""Each template, compiled, fills exactly as the strategy written by hand for the same rules."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import backtrader as bt
import pytest

from handwritten.by_hand import ON_DAILY_BARS, ON_MOVING_PRICES, ON_SPECIAL_BARS
from handwritten.hard_bars import HARD_BARS
from handwritten.plain_run import PlainRun, run_plain, strategy_of
from stratcraft_jupyter import (
    BacktestConfig,
    Bars,
    compile_strategy,
    list_templates,
    load_bars,
    load_template,
    run_backtest,
)
from stratcraft_jupyter.cli import main

BY_HAND: Mapping[str, type[bt.Strategy]] = {**ON_DAILY_BARS, **ON_MOVING_PRICES}
BARS: Mapping[str, Callable[[], Bars]] = {
    "AAPL": lambda: load_bars("sample:AAPL"),
    "IBM": lambda: load_bars("sample:IBM"),
    "MSFT": lambda: load_bars("sample:MSFT"),
    **HARD_BARS,
}

ON_SOME_BARS = (
    ("AAPL", 0.0),
    ("IBM", 0.0005),
    ("MSFT", 0.0005),
    ("gaps", 0.0005),
    ("squeezes", 0.0),
)
# every template on all bars, and on every second one with slippage
CASES = [
    *(
        (template, bars, (0, 5e-4)[(row + column) % 2])
        for row, template in enumerate(ON_DAILY_BARS)
        for column, bars in enumerate(BARS)
    ),
    *((template, *case) for template in ON_MOVING_PRICES for case in ON_SOME_BARS),
]

ENOUGH = 8  # fills; on some bars the account is lost after that

all_templates = pytest.mark.parametrize("template", BY_HAND)


@cache
def bars_of(name: str) -> Bars:
    return BARS[name]()


@cache
def by_hand(template: str, bars: str, slippage: float) -> PlainRun:
    return run_plain(BY_HAND[template], bars_of(bars), slippage=slippage)


def test_there_is_one_by_hand_for_every_template():
    written = {*BY_HAND, *ON_SPECIAL_BARS}
    assert written == {template.name for template in list_templates()}


@pytest.mark.parametrize(("template", "bars", "slippage"), CASES)
def test_compiled_template_fills_as_by_hand(template: str, bars: str, slippage: float):
    compiled = strategy_of(compile_strategy(load_template(template)))
    ours = run_plain(compiled, bars_of(bars), slippage=slippage)
    expected = by_hand(template, bars, slippage)
    assert len(expected.fills) >= ENOUGH
    assert ours.fills == expected.fills
    assert ours.refused == expected.refused
    assert (ours.value, ours.position) == (expected.value, expected.position)


@all_templates
@pytest.mark.parametrize("modes", [{"runonce": False}, {"runonce": False, "preload": False}])
def test_compiled_template_fills_the_same_bar_by_bar(template: str, modes: dict[str, bool]):
    compiled = strategy_of(compile_strategy(load_template(template)))
    bars = bars_of("gaps").head(700)
    expected = run_plain(BY_HAND[template], bars)
    assert len(expected.fills) >= ENOUGH
    assert run_plain(compiled, bars, **modes).fills == expected.fills


@all_templates
@pytest.mark.parametrize(
    ("bars", "slippage"), [("AAPL", 0.0005), ("gaps", 0.0005), ("squeezes", 0.0)]
)
def test_run_backtest_fills_as_by_hand(template: str, bars: str, slippage: float):
    source = compile_strategy(load_template(template))
    result = run_backtest(source, bars_of(bars), BacktestConfig(slippage=slippage))
    expected = by_hand(template, bars, slippage)
    assert len(expected.fills) >= ENOUGH
    assert [
        (fill.bar, fill.side, fill.size, fill.price, fill.commission) for fill in result.fills
    ] == expected.fills
    assert result.orders.margin == len(expected.refused)
    assert result.equity_curve.value[-1] == pytest.approx(expected.value, rel=1e-9)


@pytest.mark.parametrize("template", ON_DAILY_BARS)
@pytest.mark.parametrize("sample", ["AAPL", "IBM", "MSFT"])
def test_command_line_fills_as_by_hand(template: str, sample: str, tmp_path: Path):
    document, out = tmp_path / f"{template}.strategy.json", tmp_path / "result.json"
    load_template(template).save(document)
    words = ["backtest", str(document), "--data", f"sample:{sample}", "--json", str(out)]
    assert main(words) == 0
    assert_fills(out, template, sample)


def test_installed_command_fills_as_by_hand(tmp_path: Path):
    command = Path(sys.executable).with_name("stratcraft-jupyter")
    out = tmp_path / "result.json"
    words = ["backtest", "donchian_turtle", "--data", "sample:IBM", "--json", out]
    subprocess.run([command, *words], check=True, timeout=120)
    assert_fills(out, "donchian_turtle", "IBM")


def assert_fills(out: Path, template: str, sample: str):
    expected = by_hand(template, sample, 0.0).fills
    assert len(expected) >= ENOUGH
    keys = ("bar", "side", "size", "price", "commission")
    fills = json.loads(out.read_text(encoding="utf-8"))["fills"]
    assert [tuple(fill[key] for key in keys) for fill in fills] == expected
