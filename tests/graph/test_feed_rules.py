"""The rules about coarser timeframes and other symbols find what they are about, and no more."""

import inspect
import json
import re

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import KINDS, feed_rules, validate
from stratcraft_jupyter.graph.catalog.data import TIMEFRAMES
from stratcraft_jupyter.graph.document import BacktestSettings
from stratcraft_jupyter.market import TIMEFRAMES as MARKET_TIMEFRAMES

WEEKLY = """
weekly: data.timeframe timeframe=1w
bars.bars -> weekly.bars
weekly.close -> up.right
"""
SYMBOL = """
msft: data.symbol symbol=MSFT
msft.close -> up.right
"""

FINDINGS = {
    "a timeframe that is that of the bars": (
        sketch(LONG, WEEKLY.replace("1w", "1d")),
        Diagnostic(
            "SC211",
            "error",
            "Timeframe asks for 1d bars, and the strategy runs on 1d bars.",
            "Choose a coarser timeframe (1w, 1M), or run on finer bars.",
            "weekly",
            "timeframe",
        ),
    ),
    "a finer timeframe": (
        sketch(LONG, WEEKLY.replace("1w", "4h label=Hours")),
        Diagnostic(
            "SC211",
            "error",
            "Hours asks for 4h bars, and the strategy runs on 1d bars.",
            "Choose a coarser timeframe (1w, 1M), or run on finer bars.",
            "weekly",
            "timeframe",
        ),
    ),
    "bars than which there is none coarser": (
        sketch(LONG, WEEKLY.replace("1w", "1M"), timeframe="1M"),
        Diagnostic(
            "SC211",
            "error",
            "Timeframe asks for 1M bars, and the strategy runs on 1M bars.",
            "Run on finer bars, or remove it.",
            "weekly",
            "timeframe",
        ),
    ),
    "a timeframe of a timeframe": (
        sketch(
            LONG,
            WEEKLY.replace("weekly.close -> up.right", ""),
            "monthly: data.timeframe timeframe=1M label=Months",
            "weekly.bars -> monthly.bars",
            "monthly.close -> up.right",
        ),
        Diagnostic(
            "SC212",
            "error",
            "Months is made of Timeframe, not of bars as they come.",
            "Connect its Bars to Bars or to Symbol.",
            "monthly",
            "bars",
        ),
    ),
    "a symbol without a name": (
        sketch(LONG, SYMBOL.replace("=MSFT", '=""')),
        Diagnostic(
            "SC213",
            "error",
            "The symbol of Symbol has no name.",
            "Write its name, such as MSFT: at most 40 characters, no quotes.",
            "msft",
            "symbol",
        ),
    ),
    "the traded symbol": (
        sketch(LONG, SYMBOL.replace("=MSFT", "=IBM"), symbol="IBM"),
        Diagnostic(
            "SC214",
            "warning",
            "Symbol reads IBM, the symbol that is traded.",
            "Use Bars, or choose another symbol.",
            "msft",
            "symbol",
        ),
    ),
}


@pytest.mark.parametrize(("graph", "finding"), FINDINGS.values(), ids=FINDINGS)
def test_a_rule_says_what_is_wrong_where_and_what_to_do(graph, finding):
    assert validate(graph) == (finding,)


@pytest.mark.parametrize("symbol", ['A"B', "A'B", "A\\B", "A\nB", "X" * 41, "\u202eMSFT", " "])
def test_a_symbol_that_could_end_its_text_in_the_code_is_refused(symbol):
    graph = sketch(LONG, SYMBOL.replace("=MSFT", f"={json.dumps(symbol)}".replace(" ", "\\u0020")))
    assert graph.node("msft").params["symbol"] == symbol
    assert [item.code for item in validate(graph)] == ["SC213"]


@pytest.mark.parametrize("symbol", ["^GSPC", "BRK-B", "EURUSD=X", "0700.HK", "BTC/USDT", "Ö"])
def test_symbols_as_vendors_write_them_are_taken(symbol):
    assert validate(sketch(LONG, SYMBOL.replace("=MSFT", f"={symbol}"))) == ()


@pytest.mark.parametrize("own", TIMEFRAMES[:-1])
def test_every_coarser_timeframe_is_taken(own):
    coarser = TIMEFRAMES[TIMEFRAMES.index(own) + 1 :]
    for timeframe in coarser:
        graph = sketch(LONG, WEEKLY.replace("1w", timeframe), timeframe=own)
        assert validate(graph) == ()


def test_weeks_of_another_symbol_are_taken():
    text = WEEKLY.replace("bars.bars", "msft.bars") + SYMBOL.splitlines()[1]
    assert validate(sketch(LONG, text)) == ()


def test_timeframes_are_the_same_everywhere():
    param = KINDS["data.timeframe"].param("timeframe")
    assert param.choices == TIMEFRAMES == tuple(MARKET_TIMEFRAMES)
    for name in TIMEFRAMES:
        assert BacktestSettings(timeframe=name).timeframe == name


def test_every_code_has_a_test():
    documented = {re.findall(r"SC\d+", rule.__doc__)[0] for rule in feed_rules.RULES}
    raised = set(re.findall(r'"(SC\d+)"', inspect.getsource(feed_rules)))
    assert documented == raised == {finding.code for _, finding in FINDINGS.values()}
