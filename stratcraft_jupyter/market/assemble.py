"""Turns a table into `Bars`: reads its columns, settles zone and timeframe, applies the checks."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.bars import Bars
from stratcraft_jupyter.market.checks import (
    PRICES,
    ROUNDING,
    Numbers,
    check_times,
    check_values,
    widen_by_rounding,
)
from stratcraft_jupyter.market.columns import Column, ParsedTimes, match_columns
from stratcraft_jupyter.market.number_text import FORMAT_HINT as NUMBER_HINT
from stratcraft_jupyter.market.problems import Problems, show_time
from stratcraft_jupyter.market.table import Table, TextColumn
from stratcraft_jupyter.market.timeframe_check import settle_timeframe
from stratcraft_jupyter.market.zones import first_fold, wall_clock

Times = NDArray[np.datetime64]


def assemble(
    table: Table,
    *,
    symbol: str | None,
    timeframe: str | None,
    timezone: str | None,
    adjust: bool,
) -> Bars:
    """The bars that ``table`` holds; the arguments are those of `load_bars`."""
    names = match_columns(table.name, [name for name, _ in table.columns])
    by_name = dict(table.columns)
    columns = {what: by_name[name] for what, name in names.items()}
    if table.rows < 2:
        raise BarsError(f"{table.name} holds only one bar.", hint="Give at least two.")
    symbol = symbol or _only_symbol(table, columns) or table.symbol
    parsed_times, values = _read(table, columns, names)
    time, zone, zone_notes = _settle_zone(table, parsed_times, timezone)
    values, value_notes = _settle_values(table, columns, names, values, adjust=adjust)

    problems = Problems(table.name, lambda row: f"{table.place(row)} ({show_time(time[row])})")
    check_times(time, problems, table.sort_hint(names["time"]))
    check_values(values, problems, {what: repr(names.get(what, what)) for what in values})
    problems.raise_any()
    settled = settle_timeframe(time, timeframe or table.timeframe, problems)
    return Bars(
        symbol=symbol,
        timeframe=settled.name,
        time=time,
        **values,
        timezone=zone,
        origin=table.origin,
        notes=(*table.notes, *zone_notes, *value_notes),
    )


def _only_symbol(table: Table, columns: Mapping[str, Column]) -> str | None:
    """The symbol in the table's own column for it, if there is such a column."""
    if "symbol" not in columns:
        return None
    symbols = sorted(set(columns["symbol"].texts()))
    if len(symbols) > 1:
        raise BarsError(
            f"{table.name} holds bars of {len(symbols)} symbols: {', '.join(symbols[:5])}"
            f"{', ...' if len(symbols) > 5 else ''}.",
            hint="Load the rows of one symbol at a time, for example from a DataFrame.",
        )
    return symbols[0].strip()


def _read(
    table: Table, columns: Mapping[str, Column], names: Mapping[str, str]
) -> tuple[ParsedTimes, dict[str, Numbers]]:
    """The columns as times and numbers; what is neither is refused, what is empty is not yet."""
    problems = Problems(table.name, table.place)
    times = columns["time"].times()
    _add_bad(problems, names["time"], times.bad, times.hint)
    if "clock" in columns and not times.bad:
        days = times.wall.astype("M8[D]").tolist()
        clocks = columns["clock"].texts()
        joined = [f"{day or ''} {clock}" for day, clock in zip(days, clocks, strict=True)]
        times = TextColumn(joined).times()
        _add_bad(problems, f"{names['time']} and {names['clock']}", times.bad, times.hint)
    values: dict[str, Numbers] = {}
    for what in (*PRICES, "volume"):
        if what in columns:
            numbers = columns[what].numbers()
            _add_bad(problems, names[what], numbers.bad, NUMBER_HINT)
            values[what] = numbers.values
    problems.raise_any()
    return times, values


def _add_bad(problems: Problems, label: str, bad: Mapping[int, str], hint: str) -> None:
    rows = np.array(sorted(bad), dtype=np.intp)
    problems.add(rows, lambda row: f"column {label!r}: {bad[row]}", hint)


def _settle_zone(
    table: Table, times: ParsedTimes, timezone: str | None
) -> tuple[Times, str | None, list[str]]:
    """The wall clock of the bars, the zone it is in, and notes on that."""
    if times.utc is None:
        if table.timezone and timezone not in (None, table.timezone):
            raise BarsError(
                f"{table.name} is in the time zone {table.timezone}.", hint="Leave timezone out."
            )
        return times.wall, timezone or table.timezone, []
    wall, zone = times.wall, times.zone
    if timezone is not None:
        wall, zone = wall_clock(times.utc, timezone), timezone
    fold = first_fold(times.utc, wall)
    if fold is not None:
        raise BarsError(
            f"{table.name}, {table.place(fold)}: the clock {f'in {zone} ' if zone else ''}is set "
            f"back, so that {show_time(wall[fold])} follows {show_time(wall[fold - 1])}.",
            hint='Pass timezone="UTC" to keep such bars in order.',
        )
    if zone is not None:
        return wall, zone, []
    offsets = f" (UTC offsets {', '.join(times.offsets)})" if times.offsets else ""
    note = f"Times are kept as written{offsets}; timezone= converts them to a named zone."
    return wall, None, [note]


def _settle_values(
    table: Table,
    columns: Mapping[str, Column],
    names: Mapping[str, str],
    values: dict[str, Numbers],
    *,
    adjust: bool,
) -> tuple[dict[str, Numbers], list[str]]:
    """The numbers with volume filled in, rescaled if asked, and notes on what was done."""
    notes = []
    if "volume" not in values or np.isnan(values["volume"]).all():
        state = "empty" if "volume" in values else "missing"
        values = values | {"volume": np.zeros(table.rows)}
        notes.append(f"The volume column is {state}; volume is 0 everywhere.")
    if adjust:
        values = _adjust(table, columns, names, values)
        notes.append(f"Prices are rescaled so that close equals {names['adjusted']!r}.")
    elif "adjusted" in columns:
        adjusted = columns["adjusted"].numbers().values
        if not np.allclose(adjusted, values["close"], rtol=ROUNDING, equal_nan=True):
            notes.append(
                f"Column {names['adjusted']!r} is not used; adjust=True rescales prices by it "
                "to take out splits and dividends."
            )
    values, widened = widen_by_rounding(values)
    if widened:
        bars = "1 bar" if widened == 1 else f"{widened} bars"
        notes.append(f"High or low of {bars} was moved by rounding to hold open and close.")
    return values, notes


def _adjust(
    table: Table,
    columns: Mapping[str, Column],
    names: Mapping[str, str],
    values: dict[str, Numbers],
) -> dict[str, Numbers]:
    """Prices times adjusted close over close, so that close is the adjusted close itself."""
    if table.is_adjusted:
        raise BarsError(f"{table.name} is adjusted already.", hint="Leave adjust out.")
    if "adjusted" not in columns:
        raise BarsError(
            f"{table.name} has no column for the adjusted close.",
            hint='Leave adjust out, or add a column named "Adj Close".',
        )
    numbers = columns["adjusted"].numbers()
    problems = Problems(table.name, table.place)
    _add_bad(problems, names["adjusted"], numbers.bad, NUMBER_HINT)
    useless = ~(np.isfinite(numbers.values) & (numbers.values > 0))
    useless[list(numbers.bad)] = False
    problems.add(
        np.flatnonzero(useless),
        lambda row: f"column {names['adjusted']!r}: {float(numbers.values[row])!r} is no price",
        "Correct it or remove the row.",
    )
    problems.raise_any()
    # a row without a close that can be rescaled stays as it is, so that the checks name it
    close = values["close"]
    usable = np.isfinite(close) & (close > 0)
    factor = np.divide(numbers.values, close, out=np.ones(table.rows), where=usable)
    scaled = {what: values[what] * factor for what in ("open", "high", "low")}
    return values | scaled | {"close": np.where(usable, numbers.values, close)}
