"""Reads dates and times from text, whole columns at once; never guesses day or month first."""

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.market.columns import ParsedTimes
from stratcraft_jupyter.market.number_text import is_missing
from stratcraft_jupyter.market.problems import show_value

Integers = NDArray[np.int64]

# A text's shape has "0" for every digit. A column has few shapes, so each is understood once.
_SHAPE = str.maketrans("123456789", "000000000")
_CLOCK = (
    r"(?:(?:T| +)(?P<hour>00?)(?::(?P<minute>00)(?::(?P<second>00)(?:[.,](?P<fraction>0{1,9}))?)?"
    r"|(?P<minute2>00)(?P<second2>00)?)"
    r"(?P<offset> ?(?:Z|[+-]00(?::?00)?))?)?"
)
_SHAPES = tuple(
    re.compile(date + _CLOCK)
    for date in (
        r"(?P<year>0000)(?P<mark>[-/.])(?P<month>00?)(?P=mark)(?P<day>00?)",
        r"(?P<year>0000)(?P<month>00)(?P<day>00)",
        # which of the two is the month is told later, from the whole column
        r"(?P<month>00?)(?P<mark>[-/.])(?P<day>00?)(?P=mark)(?P<year>0000)(?P<last>)",
    )
)
_COMPACT = re.compile(
    r"(?P<year>0000)(?P<month>00)(?P<day>00)(?:(?P<hour>00)(?P<minute>00)(?P<second>00)?)?"
)
_WHOLE_NUMBER = re.compile(r"-?0+(?:\.0+)?")
_EPOCH_UNITS = ((10**11, "s"), (10**14, "ms"), (10**17, "us"), (2**63, "ns"))
_SMALLEST_EPOCH = 10**8
FIRST_YEAR, LAST_YEAR = 1678, 2261  # what datetime64[ns] can hold
_LARGEST_OFFSET = 15 * 3600  # of all clocks on earth, none is further from UTC

FORMAT_HINT = "Write dates as 2020-01-31, times as 2020-01-31 15:30, or seconds since 1970."
_PARTS = ("year", "month", "day", "hour", "minute", "second", "nano", "offset")


@dataclass
class _Parts:
    """Numbers found so far, one array per part of a date, and the rows that have them."""

    rows: int
    known: NDArray[np.bool_] = field(init=False)
    zoned: NDArray[np.bool_] = field(init=False)
    year_last: NDArray[np.bool_] = field(init=False)
    values: dict[str, Integers] = field(init=False)
    offsets: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.known, self.zoned, self.year_last = (np.zeros(self.rows, bool) for _ in range(3))
        self.values = {part: np.zeros(self.rows, np.int64) for part in _PARTS}


def parse_times(texts: list[str]) -> ParsedTimes:
    """The times that ``texts`` say: ISO dates and times, year-last dates, or epoch numbers.

    Dates such as 03/04/2020 are read only if some row of the column proves whether the day or
    the month is first.
    """
    texts = [text.strip() for text in texts]
    shapes = _rows_by_shape(texts)
    if shapes and all(_WHOLE_NUMBER.fullmatch(shape) for shape in shapes):
        return _parse_whole_numbers(texts, shapes)
    return _finish(texts, shapes, _read_parts(texts, shapes, _SHAPES))


def _rows_by_shape(texts: list[str]) -> dict[str, list[int]]:
    """The rows that look alike, without those that say nothing."""
    shapes: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        shapes.setdefault(text.translate(_SHAPE), []).append(row)
    return {shape: rows for shape, rows in shapes.items() if not is_missing(shape)}


def _read_parts(
    texts: list[str], shapes: dict[str, list[int]], patterns: tuple[re.Pattern[str], ...]
) -> _Parts:
    parts = _Parts(len(texts))
    for shape, rows in shapes.items():
        match = next(filter(None, (pattern.fullmatch(shape) for pattern in patterns)), None)
        if match is not None:
            _read_shape(texts, np.array(rows, dtype=np.intp), match, parts)
    return parts


def _read_shape(
    texts: list[str], rows: NDArray[np.intp], match: re.Match[str], parts: _Parts
) -> None:
    """Take the parts of all rows that look alike out of a matrix of their characters."""
    width = len(match.string)
    lines = np.array([texts[row] for row in rows.tolist()], dtype=f"U{width}")
    codes = lines.view(np.uint32).reshape(len(rows), width).astype(np.int64)
    parts.known[rows] = True
    for name, group in match.groupdict().items():
        part = name.rstrip("2")
        if group is None or part not in _PARTS or part == "offset":
            continue
        parts.values[part][rows] = _integer(codes, match.span(name))
    groups = match.groupdict()
    parts.year_last[rows] = groups.get("last") is not None
    if groups.get("fraction"):
        digits = len(groups["fraction"])
        nano = _integer(codes, match.span("fraction")) * 10 ** (9 - digits)
        parts.values["nano"][rows] = nano
    if groups.get("offset"):
        _read_offset(codes, rows, match, parts)


def _integer(codes: Integers, span: tuple[int, int]) -> Integers:
    start, end = span
    powers: Integers = 10 ** np.arange(end - start - 1, -1, -1, dtype=np.int64)
    return (codes[:, start:end] - ord("0")) @ powers


def _read_offset(
    codes: Integers, rows: NDArray[np.intp], match: re.Match[str], parts: _Parts
) -> None:
    end = match.end("offset")
    parts.zoned[rows] = True
    text = match.group("offset").strip()
    if text == "Z":
        parts.offsets.add("+00:00")
        return
    sign_at = end - len(text)
    hours = _integer(codes, (sign_at + 1, sign_at + 3))
    minutes = _integer(codes, (end - 2, end)) if len(text) > len("+00") else 0 * hours
    sign = np.where(codes[:, sign_at] == ord("-"), -1, 1)
    parts.values["offset"][rows] = sign * (hours * 3600 + minutes * 60)
    pairs = np.unique(np.stack([sign, hours, minutes], axis=1), axis=0).tolist()
    parts.offsets |= {f"{'-' if s < 0 else '+'}{h:02d}:{m:02d}" for s, h, m in pairs}


def _finish(texts: list[str], shapes: dict[str, list[int]], parts: _Parts) -> ParsedTimes:
    bad, hint = _order_day_and_month(texts, parts)
    wall, valid = _assemble(parts.values)
    good = parts.known & valid
    for row in (row for rows in shapes.values() for row in rows if not good[row]):
        reason = "is not a valid date" if parts.known[row] else "is not a date in a known form"
        bad.setdefault(row, f"{show_value(texts[row])} {reason}")
    wall[~good] = np.datetime64("NaT")
    if not parts.zoned.any():
        return ParsedTimes(wall, bad=bad, hint=hint)
    for row in np.flatnonzero(parts.known & ~parts.zoned).tolist():
        bad[row] = f"{show_value(texts[row])} has no UTC offset while other rows have one"
    utc = wall - parts.values["offset"].astype("m8[s]")
    zone = "UTC" if not parts.values["offset"].any() else None
    return ParsedTimes(wall, utc, zone, tuple(sorted(parts.offsets)), bad, hint)


def _order_day_and_month(texts: list[str], parts: _Parts) -> tuple[dict[int, str], str]:
    """Settle which of the two leading numbers of year-last dates is the month."""
    if not parts.year_last.any():
        return {}, FORMAT_HINT
    first, second = parts.values["month"], parts.values["day"]
    day_first = np.flatnonzero(parts.year_last & (first > 12))
    month_first = np.flatnonzero(parts.year_last & (second > 12))
    # in a column that disagrees, each row is read as it can be: only the disagreement is told
    swapped = day_first if len(month_first) else parts.year_last
    if len(day_first):
        first[swapped], second[swapped] = second[swapped], first[swapped]
    if len(day_first) and not len(month_first):
        return {}, FORMAT_HINT
    if len(month_first) and not len(day_first):
        return {}, FORMAT_HINT
    if len(day_first):
        row, other = sorted((int(day_first[0]), int(month_first[0])))[::-1]
        text = f"{show_value(texts[row])} and {show_value(texts[other])} disagree on day and month"
        return {row: f"{text}, which comes first"}, FORMAT_HINT
    row = int(np.flatnonzero(parts.year_last)[0])
    text = f"{show_value(texts[row])} can be read with the day or with the month first"
    return {row: text}, "Write dates with the year first, such as 2020-01-31."


def _assemble(values: dict[str, Integers]) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
    """Times from their parts, and which of them exist in the calendar."""
    valid = (values["year"] >= FIRST_YEAR) & (values["year"] <= LAST_YEAR)
    valid &= (values["month"] >= 1) & (values["month"] <= 12) & (values["day"] >= 1)
    valid &= (values["hour"] < 24) & (values["minute"] < 60) & (values["second"] < 60)
    valid &= np.abs(values["offset"]) <= _LARGEST_OFFSET
    year = np.where(valid, values["year"], 1970)
    month = np.where(valid, values["month"], 1)
    months = ((year - 1970) * 12 + month - 1).astype("M8[M]")
    days = months.astype("M8[D]") + np.where(valid, values["day"] - 1, 0)
    valid &= days.astype("M8[M]") == months  # 31 June would be 1 July
    seconds = values["hour"] * 3600 + values["minute"] * 60 + values["second"]
    wall = days.astype("M8[ns]") + seconds.astype("m8[s]") + values["nano"].astype("m8[ns]")
    return wall, valid


def _parse_whole_numbers(texts: list[str], shapes: dict[str, list[int]]) -> ParsedTimes:
    """Digits only: 20200131, 202001311530, or a count since 1970 in s, ms, us or ns."""
    compact = _finish(texts, shapes, _read_parts(texts, shapes, (_COMPACT,)))
    if not compact.bad or set(map(len, shapes)) == {len("20200131")}:
        return compact
    rows = np.array([row for found in shapes.values() for row in found], dtype=np.intp)
    counts = [_whole(texts[row]) for row in rows.tolist()]
    utc = np.full(len(texts), np.datetime64("NaT"), dtype="M8[ns]")
    moments = _since_1970(counts)
    if moments is None:
        row = int(rows.min())
        text = f"{show_value(texts[row])} is not a date in a known form"
        return ParsedTimes(utc, bad={row: text}, hint=FORMAT_HINT)
    utc[rows] = moments
    return ParsedTimes(utc.copy(), utc, "UTC")


def _whole(text: str) -> int | None:
    whole, _, fraction = text.partition(".")
    return None if fraction.strip("0") else int(whole)


def _since_1970(counts: list[int | None]) -> NDArray[np.datetime64] | None:
    """Counts since 1970 as times, in the unit that their size tells; None if they are none."""
    whole = [count for count in counts if count is not None]
    largest = max((abs(count) for count in whole), default=0)
    if len(whole) < len(counts) or not _SMALLEST_EPOCH <= largest < _EPOCH_UNITS[-1][0]:
        return None
    unit = next(unit for limit, unit in _EPOCH_UNITS if largest < limit)
    times = np.array(whole, dtype=np.int64).astype(f"M8[{unit}]")
    years = times.astype("M8[Y]").astype(np.int64) + 1970
    if years.min() < FIRST_YEAR or years.max() > LAST_YEAR:
        return None
    return times.astype("M8[ns]")
