"""Compares what a random strategy's code fills with what the second implementation fills."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from book.moment import TooCloseError
from book.playing import run_by_the_book
from handwritten.hard_bars import HARD_BARS
from handwritten.plain_run import run_plain, strategy_of

from semantics import feed_desk
from semantics.random_strategies import random_strategy
from stratcraft_jupyter import Bars, StrategyGraph, compile_strategy, load_bars

Fill = tuple[int, str, float, float]

ACCOUNT = {"cash": 100_000.0, "commission": 0.001}


@dataclass(frozen=True)
class Compared:
    """What came of one strategy on one set of bars.

    Attributes:
        outcome: ``"same"``, ``"differs"``, ``"too close"`` (the last digit decides) or
            ``"stops"`` (both divide by zero, or there are too few bars).
        fills: How many fills there were.
        said: The first difference, in words.
    """

    outcome: str
    fills: int = 0
    said: str = ""


@cache
def bars_to_compare_on() -> Mapping[str, Bars]:
    """Three sets of bars: two of real daily prices in wild years, one of 5-minute bars."""
    return {
        "AAPL": load_bars("sample:AAPL").head(170),
        "IBM": load_bars("sample:IBM").between("2008-06-01", "2009-02-10"),
        "SYNTH-5M": load_bars("sample:SYNTH-5M").head(230),
    }


@cache
def hard_bars_to_compare_on() -> Mapping[str, Bars]:
    """Bars with gaps, flat stretches, crashes and prices in whole steps."""
    return {name: make().head(200) for name, make in HARD_BARS.items()}


@cache
def other_symbol(bars_name: str) -> Bars:
    """The second symbol that strategies may read beside these bars."""
    if bars_name == "AAPL":
        return load_bars("sample:MSFT").head(170)
    return load_bars("sample:MSFT").between("2008-06-01", "2009-02-10")


def compare(seed: int, name: str) -> Compared:
    """The strategy of this seed on the bars of this name."""
    strategy = random_strategy(seed)
    source = compile_strategy(strategy)
    bars = {**bars_to_compare_on(), **hard_bars_to_compare_on()}[name]
    others = {"MSFT": other_symbol(name)} if "FEEDS" in source else {}
    if others and name not in ("AAPL", "IBM"):
        return Compared("too close")  # there is no second symbol for these bars
    slippage = 0.002 if seed % 3 == 0 else 0.0
    try:
        expected = run_by_the_book(strategy, bars, others=others, slippage=slippage, **ACCOUNT)
    except TooCloseError:
        return Compared("too close")
    except ZeroDivisionError:
        return _stops(strategy, source, bars, others)
    try:
        found = _found(source, bars, others, slippage)
    except IndexError as error:  # Backtrader's word for too few bars
        return Compared("differs" if expected else "stops", said=repr(error))
    except (ArithmeticError, RuntimeError, StopIteration, ValueError) as error:
        return Compared("differs", said=f"it stopped: {error!r}")
    return _compared(found, expected)


def _found(source: str, bars: Bars, others: Mapping[str, Bars], slippage: float) -> list[Fill]:
    if not others:
        run = run_plain(strategy_of(source), bars, slippage=slippage, **ACCOUNT)
        return [fill[:4] for fill in run.fills]
    fed = feed_desk.run_plain(source, bars, others, slippage=slippage)
    return [fill[:4] for fill in fed.fills]


def _stops(
    strategy: StrategyGraph, source: str, bars: Bars, others: Mapping[str, Bars]
) -> Compared:
    try:
        _found(source, bars, others, 0.0)
    except ZeroDivisionError:
        return Compared("stops")
    except IndexError:
        return Compared("stops")
    return Compared("differs", said="only the second implementation divides by zero")


def _compared(found: list[Fill], expected: list[Fill]) -> Compared:
    for number, (one, other) in enumerate(zip(found, expected, strict=False)):
        if one[:3] != other[:3] or abs(one[3] - other[3]) > 1e-9 * abs(other[3]):
            return Compared("differs", len(found), f"fill {number}: {one}, by the book {other}")
    if len(found) != len(expected):
        more = (found if len(found) > len(expected) else expected)[min(len(found), len(expected))]
        whose = "the code" if len(found) > len(expected) else "the book"
        return Compared("differs", len(found), f"{whose} has one more: {more}")
    return Compared("same", len(found))
