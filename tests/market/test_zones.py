from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.zones import convert, first_fold, get_zone, is_zone, wall_clock

ZONES = ["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"]


@given(
    st.lists(st.integers(-2_000_000_000, 4_000_000_000), min_size=1, max_size=30),
    st.sampled_from(ZONES),
)
def test_wall_clock_is_what_the_standard_library_says(seconds, zone):
    utc = np.array(seconds, dtype="M8[s]").astype("M8[ns]")
    wall = wall_clock(utc, zone)
    for second, time in zip(seconds, wall, strict=True):
        local = datetime.fromtimestamp(second, UTC).astimezone(ZoneInfo(zone))
        assert time == np.datetime64(local.replace(tzinfo=None))


def test_every_minute_around_a_change_of_clocks_is_right():
    utc = np.datetime64("2020-11-01T00:00", "ns") + np.arange(1440) * np.timedelta64(1, "m")
    wall = wall_clock(utc, "America/New_York")
    assert str(wall[359])[:16] == "2020-11-01T01:59"
    assert str(wall[360])[:16] == "2020-11-01T01:00"
    assert first_fold(utc, wall) == 360


def test_a_clock_set_forward_is_no_fold():
    utc = np.datetime64("2020-03-08T00:00", "ns") + np.arange(1440) * np.timedelta64(1, "m")
    assert first_fold(utc, wall_clock(utc, "America/New_York")) is None


def test_missing_times_stay_missing():
    utc = np.array(["2020-01-01", "NaT"], dtype="M8[ns]")
    assert np.isnat(wall_clock(utc, "Asia/Tokyo")).tolist() == [False, True]


def test_a_wall_clock_is_converted_to_that_of_another_zone_across_both_changes_of_time():
    utc = np.datetime64("2020-01-01T00:30", "ns") + np.arange(366 * 24) * np.timedelta64(1, "h")
    there, here = wall_clock(utc, "Europe/London"), wall_clock(utc, "America/New_York")
    found = convert(there, "Europe/London", "America/New_York")
    # in London 01:30 is there twice on 25 October
    assert (found != here).sum() == 1
    assert str(there[found != here][0])[:16] == "2020-10-25T01:30"


def test_an_hour_that_the_clock_skips_does_not_go_backwards():
    wall = np.array(["2020-03-08T01:59", "2020-03-08T02:30", "2020-03-08T03:10"], dtype="M8[ns]")
    found = convert(wall, "America/New_York", "Europe/London")
    assert found.astype("M8[m]").astype(str).tolist() == [
        "2020-03-08T06:59",
        "2020-03-08T07:30",
        "2020-03-08T07:30",
    ]


@pytest.mark.parametrize("name", ["Europe/Pariss", "", "../etc/passwd", "EST5EDT/x"])
def test_unknown_zone_is_refused(name):
    assert not is_zone(name)
    with pytest.raises(BarsError, match=f"There is no time zone named '{name}'"):
        get_zone(name)


def test_unknown_zone_gets_a_suggestion():
    with pytest.raises(BarsError, match=r"Did you mean 'Europe/Paris'"):
        get_zone("Europe/Pariss")


def test_zone_names_are_told_from_fixed_offsets():
    assert is_zone("America/New_York")
    assert not is_zone("UTC-05:00")
    assert not is_zone(None)
