import numpy as np
import pytest

from stratcraft_jupyter.market.time_text import FORMAT_HINT, parse_times


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2020-01-31", "2020-01-31T00:00:00"),
        ("2020/1/5", "2020-01-05T00:00:00"),
        ("2020.01.31", "2020-01-31T00:00:00"),
        (" 2020-01-31 ", "2020-01-31T00:00:00"),
        ("2020-01-31 9:30", "2020-01-31T09:30:00"),
        ("2020-01-31T09:30:15", "2020-01-31T09:30:15"),
        ("2020-01-31 09:30:15.125", "2020-01-31T09:30:15.125"),
        ("2020-01-31 09:30:15,123456789", "2020-01-31T09:30:15.123456789"),
        ("20200131", "2020-01-31T00:00:00"),
        ("202001310930", "2020-01-31T09:30:00"),
        ("20200131093015", "2020-01-31T09:30:15"),
        ("20200131 093015", "2020-01-31T09:30:15"),
        ("20200131 0930", "2020-01-31T09:30:00"),
        ("1965-12-31", "1965-12-31T00:00:00"),
        ("2024-02-29", "2024-02-29T00:00:00"),
        ("31/01/2020", "2020-01-31T00:00:00"),
        ("1/31/2020 15:30", "2020-01-31T15:30:00"),
        ("31.1.2020", "2020-01-31T00:00:00"),
    ],
)
def test_one_date_in_many_forms(text, time):
    times = parse_times([text])
    assert not times.bad
    assert times.wall[0] == np.datetime64(time)
    assert times.utc is None
    assert times.zone is None


def test_forms_may_differ_within_a_column():
    times = parse_times(["2020-1-2", "2020-01-03", "2020-01-06 00:00"])
    assert times.wall.tolist() == parse_times(["20200102", "20200103", "20200106"]).wall.tolist()


@pytest.mark.parametrize(
    ("text", "utc", "offset", "zone"),
    [
        ("2020-01-31 09:30-05:00", "2020-01-31T14:30", "-05:00", None),
        ("2020-01-31T09:30:00+0530", "2020-01-31T04:00", "+05:30", None),
        ("2020-01-31 09:30:00 -05", "2020-01-31T14:30", "-05:00", None),
        ("2020-01-31T09:30:00Z", "2020-01-31T09:30", "+00:00", "UTC"),
        ("2020-01-31T09:30:00.5+00:00", "2020-01-31T09:30:00.5", "+00:00", "UTC"),
    ],
)
def test_offsets_give_instants_and_keep_the_wall_clock(text, utc, offset, zone):
    times = parse_times([text])
    assert times.utc[0] == np.datetime64(utc)
    assert str(times.wall[0])[:16] == "2020-01-31T09:30"
    assert times.offsets == (offset,)
    assert times.zone == zone


def test_offsets_that_change_with_daylight_saving_are_all_kept():
    times = parse_times(["2020-03-06 09:30:00-05:00", "2020-03-09 09:30:00-04:00"])
    assert times.offsets == ("-04:00", "-05:00")
    assert (times.wall[1] - times.wall[0]) == np.timedelta64(3, "D")
    assert (times.utc[1] - times.utc[0]) == np.timedelta64(71, "h")


@pytest.mark.parametrize(
    ("count", "time"),
    [
        ("1577977800", "2020-01-02T15:10"),
        ("1577977800.0", "2020-01-02T15:10"),
        ("1577977800000", "2020-01-02T15:10"),
        ("1577977800000000", "2020-01-02T15:10"),
        ("1577977800000000000", "2020-01-02T15:10"),
        ("-315619200", "1960-01-01"),
    ],
)
def test_counts_since_1970_are_utc_in_the_unit_of_their_size(count, time):
    times = parse_times([count])
    assert times.utc[0] == np.datetime64(time)
    assert times.wall[0] == times.utc[0]
    assert times.zone == "UTC"


def test_the_unit_of_counts_is_that_of_the_largest():
    times = parse_times(["951868800000", "1577977800000"])
    assert str(times.utc[0])[:10] == "2000-03-01"


def test_a_column_shows_by_one_row_whether_the_day_is_first():
    day_first = parse_times(["03/04/2020", "13/04/2020"])
    assert str(day_first.wall[0])[:10] == "2020-04-03"
    month_first = parse_times(["03/04/2020", "04/13/2020"])
    assert str(month_first.wall[0])[:10] == "2020-03-04"


def test_dates_that_could_be_read_both_ways_are_refused():
    times = parse_times(["2020-01-01", "03/04/2020", "04/05/2020"])
    assert times.bad == {1: "'03/04/2020' can be read with the day or with the month first"}
    assert times.hint == "Write dates with the year first, such as 2020-01-31."


def test_a_column_that_changes_its_mind_is_refused():
    times = parse_times(["13/01/2020", "01/14/2020", "01/15/2020"])
    assert times.bad == {
        1: "'01/14/2020' and '13/01/2020' disagree on day and month, which comes first"
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2020-02-30", "'2020-02-30' is not a valid date"),
        ("2020-13-01", "'2020-13-01' is not a valid date"),
        ("2020-00-01", "'2020-00-01' is not a valid date"),
        ("2020-01-00", "'2020-01-00' is not a valid date"),
        ("2020-01-01 24:00", "'2020-01-01 24:00' is not a valid date"),
        ("2020-01-01 10:60", "'2020-01-01 10:60' is not a valid date"),
        ("2020-01-01 10:10:61", "'2020-01-01 10:10:61' is not a valid date"),
        ("1500-01-01", "'1500-01-01' is not a valid date"),
        ("2500-01-01", "'2500-01-01' is not a valid date"),
        ("2020-01-01 10:00+16:00", "'2020-01-01 10:00+16:00' is not a valid date"),
        ("20201301", "'20201301' is not a valid date"),
        ("yesterday", "'yesterday' is not a date in a known form"),
        ("2 Jan 2020", "'2 Jan 2020' is not a date in a known form"),
        ("01/02/20", "'01/02/20' is not a date in a known form"),
        ("12345", "'12345' is not a date in a known form"),
        ("1577977800.5", "'1577977800.5' is not a date in a known form"),
        ("99999999999999999", "'99999999999999999' is not a date in a known form"),
        ("9" * 30, f"'{'9' * 30}' is not a date in a known form"),
        (
            "\u0968\u0966\u0968\u0966-01-01",
            "'\u0968\u0966\u0968\u0966-01-01' is not a date in a known form",
        ),
        ("x" * 99, f"'{'x' * 35}...' is not a date in a known form"),
        ("\x1b[31m", r"'\x1b[31m' is not a date in a known form"),
    ],
)
def test_what_is_no_date_is_named(text, reason):
    times = parse_times([text])
    assert times.bad == {0: reason}
    assert times.hint == FORMAT_HINT
    assert np.isnat(times.wall[0])


def test_rows_without_a_time_are_missing_and_not_bad():
    for filled in ("2020-01-31", "1577977800", "20200131"):
        times = parse_times(["", filled, "NaT"])
        assert times.bad == {}
        assert np.isnat(times.wall).tolist() == [True, False, True]
    assert np.isnat(parse_times(["", ""]).wall).all()


def test_offsets_in_some_rows_only_are_refused():
    times = parse_times(["2020-01-01 10:00Z", "2020-01-01 11:00", "2020-01-01 12:00Z"])
    assert times.bad == {1: "'2020-01-01 11:00' has no UTC offset while other rows have one"}
