import gzip

import numpy as np
import pytest

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market import load_bars

HEADER = "Date,Open,High,Low,Close,Volume"
ROWS = (
    "2020-01-02,10,12,9,11,100",
    "2020-01-03,11,13,10,12,110",
    "2020-01-06,12,14,11,13,120",
    "2020-01-07,13,15,12,14,130",
    "2020-01-08,14,16,13,15,140",
)


def changed(row: int, text: str) -> tuple[str, ...]:
    """The good rows with another text in one of them."""
    return (*ROWS[:row], text, *ROWS[row + 1 :])


def error_of(path, **options) -> str:
    with pytest.raises(BarsError) as caught:
        load_bars(path, **options)
    return str(caught.value)


def test_a_plain_file_is_read_whole(write_csv):
    bars = load_bars(write_csv(*ROWS, name="ABC.csv"))
    assert (bars.symbol, bars.timeframe, bars.timezone) == ("ABC", "1d", None)
    assert bars.origin == "File ABC.csv"
    assert bars.notes == ()
    assert str(bars.time[0])[:10] == "2020-01-02"
    assert bars.open.tolist() == [10, 11, 12, 13, 14]
    assert bars.high.tolist() == [12, 13, 14, 15, 16]
    assert bars.low.tolist() == [9, 10, 11, 12, 13]
    assert bars.close.tolist() == [11, 12, 13, 14, 15]
    assert bars.volume.tolist() == [100, 110, 120, 130, 140]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_header(tmp_path, delimiter):
    path = tmp_path / "p.txt"
    path.write_text("\n".join([HEADER, *ROWS]).replace(",", delimiter))
    assert load_bars(path).close.tolist() == [11, 12, 13, 14, 15]


@pytest.mark.parametrize(
    "header",
    [
        "DATE,OPEN,HIGH,LOW,CLOSE,VOLUME",
        "timestamp,open,high,low,close,vol",
        " Datetime , o , h , l , c , v ",
        "time,Open Price,High Price,Low Price,Close Price,Volume",
        "<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>",
        "Open_Time,1. open,2. high,3. low,4. close,5. volume",
        ",Open,High,Low,Close/Last,Volume",
        '"Date","Open","High","Low","Close","Volume"',
    ],
)
def test_usual_names_of_columns_are_known(write_csv, header):
    bars = load_bars(write_csv(*ROWS, header=header))
    assert bars.close.tolist() == [11, 12, 13, 14, 15]
    assert bars.volume.tolist() == [100, 110, 120, 130, 140]


def test_date_and_time_in_two_columns_are_joined(write_csv):
    rows = [f"2020-01-02,{clock},10,12,9,11,100" for clock in ("09:30", "09:35", "09:40")]
    bars = load_bars(write_csv(*rows, header="Date,Time,Open,High,Low,Close,Volume"))
    assert (bars.timeframe, str(bars.time[1])[:16]) == ("5m", "2020-01-02T09:35")


def test_columns_that_are_not_needed_are_ignored(write_csv):
    rows = [f"{row},x,y" for row in ROWS]
    bars = load_bars(write_csv(*rows, header=f"{HEADER},Dividends,Dividends"))
    assert len(bars) == 5


def test_byte_order_mark_blank_lines_and_windows_line_ends_are_fine(tmp_path):
    path = tmp_path / "p.csv"
    text = "\r\n".join(["", HEADER, "", *ROWS[:2], "", *ROWS[2:], "", ""])
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert len(load_bars(path)) == 5
    path.write_bytes(text.replace("2020-01-06,12", "2020-01-06,x").encode())
    assert error_of(path).startswith("p.csv, line 7: column 'Open': 'x' is not a number.")


def test_gzipped_file_is_read_and_named_by_its_stem(tmp_path):
    path = tmp_path / "ABC.csv.gz"
    path.write_bytes(gzip.compress("\n".join([HEADER, *ROWS]).encode()))
    assert load_bars(path).symbol == "ABC"
    path.write_bytes(path.read_bytes()[:40])
    assert error_of(path).startswith("ABC.csv.gz is not a whole gzip file: ")
    path.write_bytes(b"Date,Open")
    assert error_of(path) == (
        "ABC.csv.gz is not a whole gzip file: Not a gzipped file (b'Da'). Fetch it again."
    )


def test_a_missing_volume_column_is_zero_and_told(write_csv):
    rows = [row.rpartition(",")[0] for row in ROWS]
    bars = load_bars(write_csv(*rows, header="Date,Open,High,Low,Close"))
    assert not bars.volume.any()
    assert bars.notes == ("The volume column is missing; volume is 0 everywhere.",)


def test_an_empty_volume_column_is_zero_and_told(write_csv):
    rows = [row.rpartition(",")[0] + "," for row in ROWS]
    bars = load_bars(write_csv(*rows))
    assert bars.notes == ("The volume column is empty; volume is 0 everywhere.",)


def test_symbol_column_names_the_symbol(write_csv):
    rows = [f"{row},XYZ" for row in ROWS]
    path = write_csv(*rows, header=f"{HEADER},Symbol")
    assert load_bars(path).symbol == "XYZ"
    assert load_bars(path, symbol="MINE").symbol == "MINE"


@pytest.mark.parametrize(
    ("row", "text", "message"),
    [
        (
            2,
            "2020-01-06,12,14,,13,120",
            "prices.csv, line 4 (2020-01-06): column 'Low': the value is missing. "
            "Fill it in or remove the row.",
        ),
        (
            2,
            "2020-01-06,12,14,inf,13,120",
            "prices.csv, line 4 (2020-01-06): column 'Low': the value is infinite. "
            "Correct it or remove the row.",
        ),
        (
            0,
            "2020-01-02,10,12,n/a?,11,100",
            "prices.csv, line 2: column 'Low': 'n/a?' is not a number. "
            "Write numbers as 1234.5, without currency signs or separators of thousands.",
        ),
        (
            4,
            "2020-01-08,14,16,13,-15,140",
            "prices.csv, line 6 (2020-01-08): column 'Close': -15.0 is not above zero. "
            "Correct it or remove the row.",
        ),
        (
            4,
            "2020-01-08,14,16,13,15,-140",
            "prices.csv, line 6 (2020-01-08): column 'Volume': -140.0 is negative. "
            "Correct it or remove the row.",
        ),
        (
            4,
            "2020-01-08,14,16,13,15,",
            "prices.csv, line 6 (2020-01-08): column 'Volume': the value is missing. "
            "Fill it in or remove the row.",
        ),
        (
            1,
            "2020-01-03,11,10,13,12,110",
            "prices.csv, line 3 (2020-01-03): high 10.0 is below low 13.0. Correct the row.",
        ),
        (
            1,
            "2020-01-03,11,13,10,13.01,110",
            "prices.csv, line 3 (2020-01-03): close 13.01 is above high 13.0. "
            "Correct the row: open and close lie between low and high.",
        ),
        (
            1,
            "2020-01-03,9.99,13,10,13,110",
            "prices.csv, line 3 (2020-01-03): open 9.99 is below low 10.0. "
            "Correct the row: open and close lie between low and high.",
        ),
        (
            3,
            "2020-01-06,13,15,12,14,130",
            "prices.csv, line 5 (2020-01-06): it has the same time as line 4 (2020-01-06). "
            "Keep one of the two rows.",
        ),
        (
            3,
            "2020-01-01,13,15,12,14,130",
            "prices.csv, line 5 (2020-01-01): the row before it is later (2020-01-06), so the "
            "rows are not in order of time. Sort the rows by time, for example "
            'load_bars(pandas.read_csv("prices.csv").sort_values("Date")).',
        ),
        (
            3,
            ",13,15,12,14,130",
            "prices.csv, line 5 (no time): the time is missing. Fill it in or remove the row.",
        ),
        (
            3,
            "2020-01-32,13,15,12,14,130",
            "prices.csv, line 5: column 'Date': '2020-01-32' is not a valid date. "
            "Write dates as 2020-01-31, times as 2020-01-31 15:30, or seconds since 1970.",
        ),
        (
            3,
            "2020-01-07,13,15",
            "prices.csv, line 5: the row has 3 values, the header 6 names. "
            "Complete or remove the row.",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_line(write_csv, row, text, message):
    assert error_of(write_csv(*changed(row, text))) == message


def test_rows_from_newest_to_oldest_are_told_as_such(write_csv):
    assert error_of(write_csv(*reversed(ROWS))) == (
        "prices.csv, line 3 (2020-01-07): the row before it is later (2020-01-08), so the rows "
        "are not in order of time. The rows run from newest to oldest. Sort the rows by time, "
        'for example load_bars(pandas.read_csv("prices.csv").sort_values("Date")).'
    )


def test_several_bad_rows_show_three_and_the_count(write_csv):
    rows = [f"2020-01-0{day},10,12,9,nothing,x" for day in (1, 2, 3)]
    hint = "Write numbers as 1234.5, without currency signs or separators of thousands."
    assert error_of(write_csv(*rows)) == (
        "prices.csv has 6 problems:\n"
        f"- line 2: column 'Close': 'nothing' is not a number. {hint}\n"
        f"- line 2: column 'Volume': 'x' is not a number. {hint}\n"
        f"- line 3: column 'Close': 'nothing' is not a number. {hint}\n"
        "- and 3 more"
    )


def test_many_rows_with_one_problem_are_all_counted(write_csv):
    rows = [f"2020-01-{day:02d},10,12,,11,1" for day in range(1, 21)]
    assert error_of(write_csv(*rows)).endswith(
        "- line 4 (2020-01-03): column 'Low': the value is missing. "
        "Fill it in or remove the row.\n"
        "- and 17 more"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "",
            "p.csv is empty. "
            "Write a header line such as Date,Open,High,Low,Close,Volume and the bars below.",
        ),
        (HEADER, "p.csv holds no bars, only a header. Add at least two rows."),
        (f"{HEADER}\n{ROWS[0]}", "p.csv holds only one bar. Give at least two."),
        (
            "\n".join(ROWS),
            "p.csv has no columns for time, open, high, low and close; it has '2020-01-02', "
            "'10', '12', '9', '11', '100'. Name the columns Date, Open, High, Low, Close and, if "
            "there is one, Volume (in a file: in its first line).",
        ),
        (
            "Date,Open,High,Low,Price\n2020-01-02,1,1,1,1",
            "p.csv has no column for close; it has 'Date', 'Open', 'High', 'Low', 'Price'. "
            "Name the columns Date, Open, High, Low, Close and, if there is one, Volume "
            "(in a file: in its first line).",
        ),
        (
            f"{HEADER},close\n{ROWS[0]},1",
            "p.csv has two columns for close: 'Close' and 'close'. Remove or rename one of them.",
        ),
        (
            f"{HEADER},Timestamp\n{ROWS[0]},1",
            "p.csv has two columns for time: 'Date' and 'Timestamp'. Remove or rename one of them.",
        ),
        (
            f"{HEADER},Ticker\n{ROWS[0]},A\n{ROWS[1]},B",
            "p.csv holds bars of 2 symbols: A, B. "
            "Load the rows of one symbol at a time, for example from a DataFrame.",
        ),
        (
            "Price,Close,High,Low,Open,Volume\nTicker,A,A,A,A,A\nDate,,,,,\n2020-01-02,1,1,1,1,1",
            "p.csv has three header lines, as yfinance writes them. "
            "Download with multi_level_index=False, or keep one header line.",
        ),
    ],
)
def test_a_file_that_cannot_be_bars_says_why(tmp_path, content, message):
    path = tmp_path / "p.csv"
    path.write_text(content)
    assert error_of(path) == message


def test_many_columns_are_not_all_listed(write_csv):
    header = ",".join(f"c{number}" for number in range(30))
    path = write_csv(",".join("1" * 30), header=header)
    assert "it has 'c0', 'c1'" in error_of(path)
    assert "'c9' and 20 more. Name the columns" in error_of(path)


def test_text_that_is_not_utf8_is_named_by_its_line(tmp_path):
    path = tmp_path / "p.csv"
    path.write_bytes(f"{HEADER}\n{ROWS[0]}\n".encode() + b"2020-01-03,\xff\xfe,1,1,1,1\n")
    assert error_of(path) == (
        'p.csv, line 3: this is not UTF-8 text. Save the file as CSV with the encoding "UTF-8".'
    )


def test_an_unclosed_quote_is_refused(write_csv):
    rows = [f"2020-01-02,{number},12,9,11,100" for number in range(9000)]
    path = write_csv(*rows[:3], '"2020-01-03,10', *rows)
    assert error_of(path).endswith(
        "this is not CSV text (field larger than field limit (131072)). "
        "Look for an unclosed quote or a file of another kind."
    )


def test_rounding_by_the_vendor_is_bridged_and_told(write_csv):
    rows = changed(1, "2020-01-03,9.999999,13,10,13.000001,110")
    bars = load_bars(write_csv(*rows))
    assert (bars.high[1], bars.low[1]) == (13.000001, 9.999999)
    assert bars.notes == ("High or low of 1 bar was moved by rounding to hold open and close.",)


def test_one_hundred_thousand_rows_are_checked_without_a_loop_per_check(write_csv):
    time = np.datetime64("2020-01-01T00:00") + np.arange(100_000) * np.timedelta64(5, "m")
    rows = [f"{moment},10,12,9,11,100" for moment in time.tolist()]
    path = write_csv(*rows)
    assert len(load_bars(path)) == 100_000
    rows[77_777] = rows[77_777].replace(",9,", ",13,")
    assert error_of(write_csv(*rows)).startswith(
        "prices.csv, line 77779 (2020-09-27 01:25): high 12.0 is below low 13.0."
    )
