"""Strategies and bars written by hand, and what they fill by three readings of the same rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pytest
from book.playing import run_by_the_book
from handwritten import plain_run
from sketch import sketch

from semantics import feed_desk
from semantics.by_hand.engine import Fill, run_in_engine
from stratcraft_jupyter import BacktestConfig, Bars, StrategyGraph
from stratcraft_jupyter.codegen import compile_unchecked

TEN = "ten: sizing.fixed_shares shares=10"

LONG = """
    enter: action.enter_long
    leave: action.exit_long
    buy -> enter.when
    sell -> leave.when
"""
"""Long on the marks ``buy`` and ``sell``."""

SHORT = """
    enter_short: action.enter_short
    leave_short: action.exit_short
    short -> enter_short.when
    cover -> leave_short.when
"""
"""Short on the marks ``short`` and ``cover``."""

_NO_VOLUME = 1 << 30
"""What no bar has: the marks of a bar make smaller numbers."""


@dataclass(frozen=True)
class Played:
    """What a strategy came to.

    Attributes:
        refused: How many orders the broker refused.
        value: What the account is worth on the last close.
    """

    fills: list[Fill]
    refused: int
    value: float


def covers(*paragraphs: str) -> Callable[[Callable], Callable]:
    """Names the paragraphs of docs/semantics.md that a test holds; see `paragraphs.py`."""
    assert paragraphs
    return lambda test: test


def bars_of(text: str, *, symbol: str = "TEST", timezone: str | None = None) -> Bars:
    """Bars from lines such as ``3: 100 104 99 102 buy`` or ``Mon 2024-01-01 09:30: 100``.

    A number is a day; a date goes with its day of the week. Then come open, high, low and close,
    or one price for all four, and words that mark the bar. The marks become the volume.
    """
    rows = [_row(line) for line in text.strip().splitlines()]
    words = marks_of(text)
    volume = [sum(1 << words.index(mark) for mark in marks) for _, _, marks in rows]
    prices = np.array([prices for _, prices, _ in rows]).T
    days = np.array([_time(stamp, number) for number, (stamp, _, _) in enumerate(rows)])
    return Bars(symbol, _timeframe(days), days, *prices, np.array(volume, dtype=float), timezone)


def marks_of(text: str) -> list[str]:
    """The words that mark these bars, in the order of the alphabet."""
    return sorted({mark for line in text.strip().splitlines() for mark in _row(line)[2]})


def strategy_of(text: str, bars: str, **settings: object) -> StrategyGraph:
    """The strategy of these lines on the marks of these bars.

    A source without a dot is a mark: ``buy -> enter.when`` is true on the bars marked ``buy``.
    Entries without a size order ten shares, unless ``ten`` is among the settings and false. A
    side that is entered and has no exit gets one that is never taken.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    lines += _exit_lines(lines)
    sources = [line.partition(" -> ")[0] for line in lines if " -> " in line]
    wanted = sorted({source for source in sources if "." not in source})
    signals = [line for mark in wanted for line in _mark_lines(mark, bars)]
    named = [
        f"{source}.signal -> {target}" if arrow and "." not in source else line
        for line in lines
        for source, arrow, target in [line.partition(" -> ")]
    ]
    ten = _ten_lines(lines) if settings.pop("ten", True) else []
    return sketch("bars: data.bars", "\n".join([*signals, *named, *ten]), **settings)


def play(
    text: str,
    bars: str,
    *,
    cash: float = 100_000.0,
    commission: float = 0.0,
    slippage: float = 0.0,
    others: Mapping[str, Bars] | None = None,
    **settings: object,
) -> Played:
    """Runs a strategy by our backtest, in plain Backtrader and by the book, which must agree."""
    table = bars_of(bars)
    settings.setdefault("timeframe", table.timeframe)
    strategy = strategy_of(text, bars, **settings)
    account = {"cash": cash, "commission": commission, "slippage": slippage}
    played = play_source(compile_unchecked(strategy), table, others=others, **account)
    assert run_by_the_book(strategy, table, others=others, **account) == [
        (bar, side, size, pytest.approx(price, rel=1e-12))
        for bar, side, size, price in played.fills
    ]
    return played


def play_source(
    source: str,
    bars: Bars,
    *,
    others: Mapping[str, Bars] | None = None,
    **account: float,
) -> Played:
    """Runs code by the engine of our backtest and in plain Backtrader, which must agree."""
    fills, refused, value = run_in_engine(source, bars, BacktestConfig(**account), others)
    if "add_bars" in source:
        assert account == {"cash": 100_000.0, "commission": 0.001, "slippage": 0.0}
        plain = feed_desk.run_plain(source, bars, others or {})
    else:
        plain = plain_run.run_plain(plain_run.strategy_of(source), bars, **account)
        assert refused == len(plain.refused)
    assert fills == [fill[:4] for fill in plain.fills]
    assert value == plain.value
    return Played(fills, refused, value)


def fills_of(text: str, bars: str, **how: object) -> list[Fill]:
    """What a strategy fills."""
    return play(text, bars, **how).fills


def sized(name: str, shares: int, params: str = "", side: str = "long", mark: str = "go") -> str:
    """An entry of so many shares, to tell which one was taken."""
    return f"""
        {name}: action.enter_{side} {params}
        of_{name}: sizing.fixed_shares shares={shares}
        of_{name}.size -> {name}.size
        {mark} -> {name}.when
    """


def _row(line: str) -> tuple[str, list[float], list[str]]:
    stamp, _, rest = line.strip().rpartition(": ")
    items = rest.split()
    count = next((at for at, item in enumerate(items) if not _is_number(item)), len(items))
    assert count in (1, 4), line
    return stamp, ([float(item) for item in items[:count]] * 4)[:4], items[count:]


def _is_number(text: str) -> bool:
    return text.replace(".", "").isdigit()


def _time(stamp: str, number: int) -> np.datetime64:
    if stamp.isdigit():
        assert int(stamp) == number, stamp
        return np.datetime64("2024-01-01", "ns") + np.timedelta64(number, "D")
    weekday, _, moment = stamp.partition(" ")
    assert np.datetime64(moment, "D").item().strftime("%a") == weekday, stamp
    return np.datetime64(moment, "ns")


def _timeframe(time: np.ndarray) -> str:
    return "1d" if (time == time.astype("M8[D]")).all() else "30m"


def _mark_lines(mark: str, bars: str) -> list[str]:
    """Nodes for the signal that is true on bars with this mark."""
    bit = 1 << words.index(mark) if mark in (words := marks_of(bars)) else 0
    values = sorted({int(value) for value in bars_of(bars).volume if int(value) & bit}) or [
        _NO_VOLUME
    ]
    if len(values) == 1:
        return _is_volume(mark, values[0])
    lines = [f"{mark}: logic.or"]
    for value in values:
        lines += _is_volume(f"{mark}_{value}", value)
        lines.append(f"{mark}_{value}.signal -> {mark}.signals")
    return lines


def _is_volume(name: str, value: int) -> list[str]:
    return [
        f"{name}: condition.between low_value={value} high_value={value}",
        f"bars.volume -> {name}.source",
    ]


def _exit_lines(lines: list[str]) -> list[str]:
    kinds = " ".join(lines)
    return [
        line
        for side in ("long", "short")
        if f"action.enter_{side}" in kinds and f"action.exit_{side}" not in kinds
        for line in (f"out_{side}: action.exit_{side}", f"never -> out_{side}.when")
    ]


def _ten_lines(lines: list[str]) -> list[str]:
    """Ten shares for every entry that says no size."""
    entries = [
        name.strip()
        for name, _, kind in (line.partition(":") for line in lines if " -> " not in line)
        if kind.strip().startswith(("action.enter", "action.reverse"))
    ]
    without = [
        name
        for name in dict.fromkeys(entries)
        if not any(f"-> {name}.size" in line for line in lines)
    ]
    return [TEN, *(f"ten.size -> {name}.size" for name in without)] if without else []
