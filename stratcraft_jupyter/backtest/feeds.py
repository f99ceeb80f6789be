"""The further bars that a source declares in ``FEEDS``: read without running it, and built."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from stratcraft_jupyter.backtest.job import check_bars
from stratcraft_jupyter.errors import BacktestError, UnknownNameError, told
from stratcraft_jupyter.python_source import parse_python

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars
    from stratcraft_jupyter.market.further import Arrivals

_NAME = "FEEDS"
_MOST = 50
_STALE = 5
"""So many bars may come after the last one of another symbol without a word."""
_FORM = 'Write it as FEEDS = {"weekly": {"timeframe": "1w"}, "msft": {"symbol": "MSFT"}}.'


@dataclass(frozen=True, slots=True)
class Feed:
    """One entry of ``FEEDS``.

    Attributes:
        name: What the strategy calls it.
        symbol: Whose bars they are; None for the strategy's own.
        timeframe: Length of the bars; None for that of the strategy's bars.
        line: Line of the source, for errors.
    """

    name: str
    symbol: str | None
    timeframe: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Lineup:
    """The bars of one run, and what is known of others on each of them.

    Attributes:
        bars: The bars that are run.
        skipped: How many of the bars as given come before the first that is run.
        feeds: The rows of each feed, with the bars on which they become known.
        notes: What a reader of the result should know, one sentence each.
    """

    bars: "Bars"
    skipped: int
    feeds: tuple[tuple[Feed, "Arrivals"], ...]
    notes: tuple[str, ...]


def needed_symbols(source: str) -> tuple[str, ...]:
    """The symbols whose bars a source needs beside those it trades, in the order it names them.

    Raises:
        BacktestError: What the source declares cannot be read.
    """
    found = (feed.symbol for feed in read_feeds(source))
    return tuple(dict.fromkeys(symbol for symbol in found if symbol is not None))


def read_feeds(source: str) -> tuple[Feed, ...]:
    """The further bars that a source declares; none if it declares nothing or is no Python.

    Raises:
        BacktestError: ``FEEDS`` is not the literal it has to be.
    """
    statement = _statement(source)
    if statement is None or statement.value is None:
        return ()
    line = statement.lineno
    try:
        declared = ast.literal_eval(statement.value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        _refuse("FEEDS is not a plain dictionary of texts.", _FORM, line)
    if not isinstance(declared, dict):
        _refuse(f"FEEDS is {told(declared)}, not a dictionary.", _FORM, line)
    if len(declared) > _MOST:
        _refuse(f"FEEDS has {len(declared)} entries; at most {_MOST} are run.", _FORM, line)
    return tuple(_feed(name, entry, line) for name, entry in declared.items())


def _statement(source: str) -> ast.Assign | ast.AnnAssign | None:
    """The statement that sets ``FEEDS``; None if there is none, or the source is no Python."""
    if not re.search(rf"\b{_NAME}\b", source):
        return None
    try:
        tree = parse_python(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None  # the worker says what is wrong, with its line
    found = [item for item in tree.body if _sets_feeds(item)]
    if len(found) > 1:
        _refuse("FEEDS is set more than once.", "Keep one of them.", found[1].lineno)
    return found[0] if found else None  # type: ignore[return-value]  # _sets_feeds says so


def _sets_feeds(item: ast.stmt) -> bool:
    if isinstance(item, ast.Assign):
        targets = item.targets
    elif isinstance(item, ast.AnnAssign):
        targets = [item.target]
    else:
        return False
    return any(isinstance(target, ast.Name) and target.id == _NAME for target in targets)


def _feed(name: object, entry: object, line: int) -> Feed:
    if not isinstance(name, str) or not name:
        _refuse(f"A name in FEEDS is {told(name)}, not a text.", _FORM, line)
    if not isinstance(entry, dict) or not entry:
        _refuse(f"FEEDS says nothing of {name!r} that can be read.", _FORM, line)
    for key, value in entry.items():
        if key not in ("symbol", "timeframe"):
            _refuse(f"FEEDS has the unknown key {key!r} in {name!r}.", _FORM, line)
        if not isinstance(value, str) or not value:
            _refuse(f"The {key} of {name!r} in FEEDS is {told(value)}, not a text.", _FORM, line)
    return Feed(name, entry.get("symbol"), entry.get("timeframe"), line)


def line_up_feeds(source: str, bars: "Bars", others: Mapping[str, "Bars"] | None) -> Lineup:
    """The bars to run and the rows of all feeds on them.

    Args:
        source: The strategy.
        bars: Its bars.
        others: Bars of other symbols, by symbol.

    Raises:
        BacktestError: A feed cannot be made from these bars.
    """
    feeds = read_feeds(source)
    _check_others(others)
    if not feeds:
        return Lineup(bars, 0, (), ())
    from stratcraft_jupyter.market.further import first_known, line_up, merge_into_periods

    rows = {feed.name: _rows_of(feed, bars, others or {}) for feed in feeds}
    begins = {given.symbol: first_known(given, bars) for given in rows.values()}
    latest = max(begins, key=lambda symbol: begins[symbol])
    skipped = begins[latest]
    if skipped >= len(bars):
        raise BacktestError(
            f"The bars of {latest} begin after the last bar of {bars.symbol}.",
            hint="Give bars of the same years.",
            kind="config",
        )
    run = bars.between(bars.time[skipped]) if skipped else bars
    made = []
    for feed in feeds:
        given = run if rows[feed.name] is bars else rows[feed.name]
        merged = merge_into_periods(given, feed.timeframe, run) if feed.timeframe else None
        made.append((feed, line_up(given, run) if merged is None else merged))
    notes = (
        *_notes(bars, skipped, latest),
        *_notes_of_periods(made, run),
        *_notes_of_others(feeds, rows, run),
    )
    return Lineup(run, skipped, tuple(made), notes)


def _notes_of_periods(made: Iterable[tuple[Feed, "Arrivals"]], run: "Bars") -> Iterator[str]:
    """Coarser bars of which none is ever complete, so that nothing of them has a value."""
    for length in dict.fromkeys(feed.timeframe for feed, rows in made if not len(rows)):
        yield (
            f"The strategy reads {length} bars, and none is complete on these {len(run):,} bars, "
            "so nothing it reads there has a value. Run more bars, or choose a finer timeframe."
        )


def _notes_of_others(
    feeds: tuple[Feed, ...], rows: Mapping[str, "Bars"], run: "Bars"
) -> Iterator[str]:
    """What is odd about the bars of other symbols: none of their own, or long out of date."""
    from stratcraft_jupyter.market.further import times_on_clock_of

    given = {feed.symbol: rows[feed.name] for feed in feeds if feed.symbol is not None}
    for symbol, other in given.items():
        if symbol == run.symbol:
            yield (
                f"The strategy reads {symbol} as another symbol, and it is the one that is traded, "
                "so it is compared with itself. Choose another symbol or other bars."
            )
            continue
        last = times_on_clock_of(run, other)[-1]
        stale = int((run.time > last).sum())
        if stale > _STALE:
            end = str(last.astype("datetime64[m]")).replace("T", " ").removesuffix(" 00:00")
            count = f"{stale:,} of the {len(run):,}" if stale < len(run) else f"all {stale:,}"
            yield (
                f"The bars of {symbol} end on {end}: on {count} bars its last values stand still. "
                "Give bars of the same years."
            )


def _notes(bars: "Bars", skipped: int, symbol: str) -> Iterator[str]:
    if skipped:
        begin = str(bars.time[skipped].astype("datetime64[m]")).replace("T", " ")
        count = "the first bar" if skipped == 1 else f"the first {skipped:,} bars"
        yield (
            f"The run starts on {begin.removesuffix(' 00:00')}, because the bars of {symbol} begin "
            f"only then: nothing was computed or decided on {count}."
        )


def _check_others(others: object) -> None:
    if others is None:
        return
    if not isinstance(others, Mapping):
        raise BacktestError(
            f"The other bars are {told(others)}, not a dictionary.",
            hint='Give others={"MSFT": load_bars(...)}.',
            kind="config",
        )
    for bars in others.values():
        check_bars(bars)


def _rows_of(feed: Feed, bars: "Bars", others: Mapping[str, "Bars"]) -> "Bars":
    """The bars that a feed is made from."""
    rows = bars
    if feed.symbol is not None and (feed.symbol != bars.symbol or feed.symbol in others):
        if feed.symbol not in others:
            raise BacktestError(
                f"The strategy also needs bars of {feed.symbol}.",
                hint=f"Pass others={{{feed.symbol!r}: load_bars(...)}}.",
                line=feed.line,
                kind="config",
            )
        rows = others[feed.symbol]
        if rows.timeframe != bars.timeframe:
            raise BacktestError(
                f"The bars of {feed.symbol} are {rows.timeframe} bars, and those of "
                f"{bars.symbol} are {bars.timeframe}.",
                hint=f"Give {bars.timeframe} bars of both.",
                kind="config",
            )
    if feed.timeframe is not None:
        _check_timeframe(feed.timeframe, bars, feed.line)
    return rows


def _check_timeframe(timeframe: str, bars: "Bars", line: int) -> None:
    from stratcraft_jupyter.market import TIMEFRAMES

    order = list(TIMEFRAMES)
    if timeframe not in order:
        unknown = UnknownNameError("timeframe", timeframe, order)
        _refuse(unknown.message, unknown.hint, line)
    if order.index(timeframe) <= order.index(bars.timeframe):
        _refuse(
            f"The strategy asks for {timeframe} bars, and the bars are {bars.timeframe} bars.",
            "Give finer bars, or choose a coarser timeframe in the strategy.",
            line,
        )


def _refuse(message: str, hint: str, line: int) -> NoReturn:
    raise BacktestError(message, hint=hint, line=line, kind="config")
