"""Time zones: from instants to the wall clock of an exchange, without pandas."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.errors import BarsError, did_you_mean

Times = NDArray[np.datetime64]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_SECONDS = 86_400


def get_zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name, such as ``"America/New_York"``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = did_you_mean(name, available_timezones())
        raise BarsError(f"There is no time zone named {name!r}.", hint=hint) from error


def is_zone(name: str | None) -> bool:
    """Whether ``name`` is the IANA name of a time zone, which fixed offsets are not."""
    if not name:
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def wall_clock(utc: Times, zone_name: str) -> Times:
    """What a clock in that zone shows at the instants ``utc``.

    The offset is looked up twice a day, and for each time only on days on which it changes.
    """
    zone = get_zone(zone_name)
    missing = np.isnat(utc)
    seconds = np.where(missing, 0, utc.astype("M8[s]").astype(np.int64))
    days, which = np.unique(seconds // _DAY_SECONDS, return_inverse=True)
    at_start = np.array([_offset(day * _DAY_SECONDS, zone) for day in days.tolist()])
    at_end = np.array([_offset((day + 1) * _DAY_SECONDS, zone) for day in days.tolist()])
    offsets = at_start[which]
    for row in np.flatnonzero((at_start != at_end)[which]).tolist():
        offsets[row] = _offset(int(seconds[row]), zone)
    wall: Times = utc + offsets.astype("m8[s]")
    return wall


def convert(wall: Times, from_zone: str, to_zone: str) -> Times:
    """What a clock in ``to_zone`` shows when one in ``from_zone`` shows ``wall``; never backwards.

    An hour that occurs twice is taken to be the first; one that is skipped, the hour after.
    """
    zone = get_zone(from_zone)
    seconds = wall.astype("M8[s]").astype(np.int64)
    days, which = np.unique(seconds // _DAY_SECONDS, return_inverse=True)
    at_start = np.array([_offset_of_wall(day * _DAY_SECONDS, zone) for day in days.tolist()])
    at_end = np.array([_offset_of_wall((day + 1) * _DAY_SECONDS, zone) for day in days.tolist()])
    offsets = at_start[which]
    for row in np.flatnonzero((at_start != at_end)[which]).tolist():
        offsets[row] = _offset_of_wall(int(seconds[row]), zone)
    shown: Times = wall_clock(wall - offsets.astype("m8[s]"), to_zone)
    return np.maximum.accumulate(shown)


def _offset_of_wall(second: int, zone: ZoneInfo) -> int:
    wall = (_EPOCH + timedelta(seconds=second)).replace(tzinfo=zone)
    return int((wall.utcoffset() or timedelta()).total_seconds())


def _offset(second: int, zone: ZoneInfo) -> int:
    local = (_EPOCH + timedelta(seconds=second)).astimezone(zone)
    return int((local.utcoffset() or timedelta()).total_seconds())


def first_fold(utc: Times, wall: Times) -> int | None:
    """The first row where time goes on but the wall clock does not: daylight saving ends."""
    fold = (utc[1:] > utc[:-1]) & (wall[1:] <= wall[:-1])
    rows = np.flatnonzero(fold)
    return int(rows[0]) + 1 if len(rows) else None
