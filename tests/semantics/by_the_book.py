"""Compares what a random strategy's code fills with what the second implementation fills."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from book.account import Fill
from book.playing import Played, play_by_the_book
from handwritten.plain_run import run_plain, strategy_of

from semantics import feed_desk
from semantics.comparing_bars import all_bars, other_symbol
from semantics.random_strategies import random_strategy
from stratcraft_jupyter import Bars, StrategyGraph, compile_strategy

ACCOUNT = {"cash": 100_000.0, "commission": 0.001}


@dataclass(frozen=True)
class Compared:
    """What came of one strategy on one set of bars.

    Attributes:
        outcome: ``"same"``, ``"differs"``, ``"cut short"`` (the same up to a bar on which the last
            digit decides) or ``"stops"`` (both divide by zero, or there are too few bars).
        fills: How many fills were compared.
        said: The first difference, in words.
        bars: How many bars there are.
        left: How many of them were not compared.
    """

    outcome: str
    fills: int = 0
    said: str = ""
    bars: int = 0
    left: int = 0


def compare(seed: int, name: str) -> Compared:
    """The strategy of this seed on the bars of this name."""
    strategy, source = _drawn(seed)
    bars = all_bars()[name]
    others = {"MSFT": other_symbol(name)} if "FEEDS" in source else {}
    slippage = 0.002 if seed % 3 == 0 else 0.0
    try:
        played = play_by_the_book(strategy, bars, others=others, slippage=slippage, **ACCOUNT)
    except ZeroDivisionError:
        return _stops(source, bars, others)
    try:
        found = fills_of_code(source, bars, others, slippage)
    except IndexError as error:  # Backtrader's word for too few bars
        return Compared("differs" if played.fills else "stops", said=repr(error), bars=len(bars))
    except (ArithmeticError, RuntimeError, StopIteration, ValueError) as error:
        return Compared("differs", said=f"it stopped: {error!r}", bars=len(bars))
    return _compared(found, played, len(bars))


@lru_cache(maxsize=4)
def _drawn(seed: int) -> tuple[StrategyGraph, str]:
    strategy = random_strategy(seed)
    return strategy, compile_strategy(strategy)


def fills_of_code(
    source: str, bars: Bars, others: Mapping[str, Bars], slippage: float
) -> list[Fill]:
    """What a module fills in plain Backtrader."""
    if not others:
        run = run_plain(strategy_of(source), bars, slippage=slippage, **ACCOUNT)
        return [fill[:4] for fill in run.fills]
    fed = feed_desk.run_plain(source, bars, others, slippage=slippage, stdstats=False)
    return [fill[:4] for fill in fed.fills]


def _stops(source: str, bars: Bars, others: Mapping[str, Bars]) -> Compared:
    try:
        fills_of_code(source, bars, others, 0.0)
    except (ZeroDivisionError, IndexError):
        return Compared("stops", bars=len(bars))
    return Compared("differs", said="only the second implementation divides by zero")


def _compared(found: list[Fill], played: Played, bars: int) -> Compared:
    """Compares the fills of the bars up to the one on which the last digit decides."""
    found = [fill for fill in found if fill[0] <= played.last_bar]
    expected, left = played.fills, bars - 1 - played.last_bar
    outcome = "cut short" if left else "same"
    for number, (one, other) in enumerate(zip(found, expected, strict=False)):
        if one[:3] != other[:3] or abs(one[3] - other[3]) > 1e-9 * abs(other[3]):
            said = f"fill {number}: {one}, by the book {other}"
            return Compared("differs", len(found), said, bars, left)
    if len(found) != len(expected):
        more = (found if len(found) > len(expected) else expected)[min(len(found), len(expected))]
        whose = "the code" if len(found) > len(expected) else "the book"
        return Compared("differs", len(found), f"{whose} has one more: {more}", bars, left)
    return Compared(outcome, len(found), bars=bars, left=left)
