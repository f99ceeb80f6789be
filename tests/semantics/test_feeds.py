"""Coarser timeframes and second symbols: what is known on which bar, on bars made by hand."""

from sketch import sketch

from semantics.feed_desk import dated, fills_of, trade, values
from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.graph import get_kind
from stratcraft_jupyter.verify import explain_no_trades, signal_counts

WEEKLY = """
bars: data.bars
weekly: data.timeframe timeframe=1w
bars.bars -> weekly.bars
"""
MSFT = """
bars: data.bars
msft: data.symbol symbol=MSFT
"""
TEN = """
ten: sizing.fixed_shares shares=10
ten.size -> enter.size
"""


def watched(data: str, *lines: str, **settings: object) -> StrategyGraph:
    """A strategy that reads these lines and never trades."""
    compared = (
        f"""
        never_{number}: condition.compare operator=> value=1e11
        {line} -> never_{number}.left
        never_{number}.signal -> never.signals
        """
        for number, line in enumerate(lines)
    )
    return sketch(
        data,
        "never: logic.or",
        *compared,
        """
        enter: action.enter_long
        leave: action.exit_long
        never.signal -> enter.when
        never.signal -> leave.when
        """,
        **settings,
    )


def while_above(data: str, left: str, value: float) -> StrategyGraph:
    """Long while a line is above a number."""
    return sketch(
        data,
        TEN,
        f"""
        above: condition.compare value={value}
        below: logic.not
        enter: action.enter_long
        leave: action.exit_long
        {left} -> above.left
        above.signal -> below.signal
        above.signal -> enter.when
        below.signal -> leave.when
        """,
    )


# The calendar: 1 January 2024 is a Monday.

THREE_WEEKS = dated(
    """
    Thu 2024-01-04: 10 12 9 11
    Fri 2024-01-05: 11 15 10 14
    Mon 2024-01-08: 20
    Tue 2024-01-09: 21
    Wed 2024-01-10: 22
    Tue 2024-01-16: 30
    Wed 2024-01-17: 31
    Mon 2024-01-29: 40
    Tue 2024-01-30: 41
    """
)
"""The bars begin on a Thursday; Monday 15 is a holiday; the week from Monday 22 is missing."""


def test_a_week_becomes_known_on_the_first_bar_of_the_next_and_stands_until_then():
    closes = values(watched(WEEKLY, "weekly.close"), THREE_WEEKS, "weekly.close")
    assert closes == [None, None, 14, 14, 14, 22, 22, 31, 31]


def test_a_week_has_the_first_open_the_extremes_the_last_close_and_the_whole_volume():
    def on_bar_2(line: str) -> float | None:
        return values(watched(WEEKLY, f"weekly.{line}"), THREE_WEEKS, f"weekly.{line}")[2]

    found = [on_bar_2(line) for line in ("open", "high", "low", "close", "volume")]
    assert found == [10, 15, 9, 14, 2]


def test_what_a_week_decides_is_filled_on_the_bar_after_it_became_known():
    result = trade(while_above(WEEKLY, "weekly.close", 14), THREE_WEEKS)
    assert [fill[:4] for fill in fills_of(result)] == [(6, "buy", 10, 31)]


MONTHLY = WEEKLY.replace("1w", "1M")


def test_a_month_that_starts_on_a_weekend_makes_the_one_before_known_on_its_first_bar():
    bars = dated(
        """
        Thu 2024-05-30: 1
        Fri 2024-05-31: 2
        Mon 2024-06-03: 3
        Tue 2024-06-04: 4
        Fri 2024-06-28: 5
        Mon 2024-07-01: 6
        """
    )
    closes = values(watched(MONTHLY, "weekly.close"), bars, "weekly.close")
    assert closes == [None, None, 2, 2, 2, 5]


def test_a_market_that_never_closes_has_weeks_from_monday():
    bars = dated(
        """
        Sat 2024-01-06: 1
        Sun 2024-01-07: 2
        Mon 2024-01-08: 3
        Sun 2024-01-14: 4
        Mon 2024-01-15: 5
        """
    )
    closes = values(watched(WEEKLY, "weekly.close"), bars, "weekly.close")
    assert closes == [None, None, 2, 2, 4]


def test_a_market_that_opens_on_sunday_has_its_sunday_in_the_week_before():
    bars = dated(
        """
        Thu 2024-01-04: 1
        Sun 2024-01-07: 2
        Mon 2024-01-08: 3
        Thu 2024-01-11: 4
        Sun 2024-01-14: 5
        Mon 2024-01-15: 6
        """
    )
    closes = values(watched(WEEKLY, "weekly.close"), bars, "weekly.close")
    assert closes == [None, None, 2, 2, 2, 5]


def test_a_year_end_does_not_end_a_week():
    bars = dated(
        """
        Mon 2024-12-30: 1
        Tue 2024-12-31: 2
        Thu 2025-01-02: 3
        Mon 2025-01-06: 4
        """
    )
    closes = values(watched(WEEKLY, "weekly.close"), bars, "weekly.close")
    assert closes == [None, None, None, 3]


def test_hours_count_from_midnight_so_the_first_of_a_session_may_be_short():
    bars = dated(
        """
        Mon 2024-01-01 09:30: 1
        Mon 2024-01-01 09:45: 2
        Mon 2024-01-01 10:00: 3
        Mon 2024-01-01 10:45: 4
        Tue 2024-01-02 09:30: 5
        Tue 2024-01-02 11:00: 6
        """,
        timeframe="15m",
    )
    hourly = WEEKLY.replace("1w", "1h")
    closes = values(watched(hourly, "weekly.close", timeframe="15m"), bars, "weekly.close")
    assert closes == [None, None, 2, 2, 4, 5]
    daily = WEEKLY.replace("1w", "1d")
    closes = values(watched(daily, "weekly.close", timeframe="15m"), bars, "weekly.close")
    assert closes == [None, None, None, None, 4, 4]


# Two clocks.

FIVE_WEEKS = dated(
    """
    Mon 2024-01-01: 1
    Tue 2024-01-02: 10
    Mon 2024-01-08: 2
    Tue 2024-01-09: 20
    Mon 2024-01-15: 3
    Tue 2024-01-16: 30
    Mon 2024-01-22: 4
    Tue 2024-01-23: 5
    Mon 2024-01-29: 6
    Tue 2024-01-30: 7
    """
)
AVERAGE = """
average: indicator.sma period=2
weekly.close -> average.source
"""


def test_an_average_of_weeks_counts_weeks_and_decisions_wait_for_it():
    found = values(watched(WEEKLY + AVERAGE, "average.value"), FIVE_WEEKS, "average")
    assert found == [None, None, None, None, 15, 15, 25, 25, 17.5, 17.5]


def test_an_earlier_value_of_a_week_is_that_of_the_week_before():
    earlier = """
    earlier: math.shift bars=1
    weekly.close -> earlier.source
    """
    found = values(watched(WEEKLY + earlier, "earlier.value"), FIVE_WEEKS, "earlier")
    assert found == [None, None, None, None, 10, 10, 20, 20, 30, 30]


def test_decisions_wait_for_a_week_that_only_an_exit_reads():
    strategy = sketch(
        WEEKLY,
        AVERAGE,
        TEN,
        """
        always: condition.compare value=0
        never: condition.compare value=1000
        enter: action.enter_long
        leave: action.exit_long
        bars.close -> always.left
        average.value -> never.left
        always.signal -> enter.when
        never.signal -> leave.when
        """,
    )
    assert [fill[:2] for fill in fills_of(trade(strategy, FIVE_WEEKS))] == [(5, "buy")]


def test_a_cross_of_two_weekly_series_is_true_on_every_bar_on_which_its_week_stands():
    strategy = sketch(
        WEEKLY,
        AVERAGE,
        """
        over: condition.crosses_below
        enter: action.enter_long
        leave: action.exit_long
        weekly.close -> over.left
        average.value -> over.right
        over.signal -> enter.when
        over.signal -> leave.when
        """,
    )
    # closes of weeks: 10, 20, 30, 5; averages: 15, 25, 17.5
    counts = signal_counts(strategy, FIVE_WEEKS)
    assert counts == {"decided bars": 4, "over": 2}


def test_a_daily_series_crosses_the_week_that_is_known_on_each_bar():
    strategy = sketch(
        WEEKLY,
        TEN,
        """
        up: condition.crosses_above
        down: condition.crosses_below
        enter: action.enter_long
        leave: action.exit_long
        bars.close -> up.left
        weekly.close -> up.right
        bars.close -> down.left
        weekly.close -> down.right
        up.signal -> enter.when
        down.signal -> leave.when
        """,
    )
    assert signal_counts(strategy, FIVE_WEEKS)["decided bars"] == 7  # a bar more than the week
    # weeks as known from bar 2 on: 10 10 20 20 30 30 5 5
    # closes from bar 2 on:          2 20  3 30  4  5 6 7
    result = trade(strategy, FIVE_WEEKS)
    assert [fill[:2] for fill in fills_of(result)] == [
        (4, "buy"),
        (5, "sell"),
        (6, "buy"),
        (7, "sell"),
        (9, "buy"),
    ]


# Second symbols.

OWN = dated(
    """
    Mon 2024-01-01: 10
    Tue 2024-01-02: 11
    Wed 2024-01-03: 12
    Fri 2024-01-05: 13
    Mon 2024-01-08: 14
    Tue 2024-01-09: 15
    """
)
OTHER = dated(
    """
    Fri 2023-12-29: 99
    Tue 2024-01-02: 101
    Thu 2024-01-04: 102
    Fri 2024-01-05: 103
    Tue 2024-01-09: 104
    Wed 2024-01-10: 105
    """,
    symbol="MSFT",
)


def test_a_second_symbol_shows_its_latest_bar_that_is_not_later():
    found = values(watched(MSFT, "msft.close"), OWN, "msft.close", {"MSFT": OTHER})
    assert found == [99, 101, 101, 103, 103, 104]


def test_a_second_symbol_decides_for_the_traded_one():
    result = trade(while_above(MSFT, "msft.close", 102), OWN, {"MSFT": OTHER})
    assert [fill[:4] for fill in fills_of(result)] == [(4, "buy", 10, 14)]


def test_an_average_of_a_second_symbol_counts_the_bars_of_the_strategy():
    average = """
    average: indicator.sma period=2
    msft.close -> average.source
    """
    found = values(watched(MSFT + average, "average.value"), OWN, "average", {"MSFT": OTHER})
    assert found == [None, 100, 101, 102, 103, 103.5]


def test_a_symbol_that_begins_later_holds_back_the_run_and_fills_keep_their_numbers():
    late = OTHER.between("2024-01-04")
    result = trade(while_above(MSFT, "msft.close", 100), OWN, {"MSFT": late})
    assert [fill[:2] for fill in fills_of(result)] == [(4, "buy")]
    assert result.bar_count == len(OWN) == len(result.equity_curve.value)
    assert result.fills[0].time == OWN.time[4]
    assert result.warnings[0] == (
        "The run starts on 2024-01-05, because the bars of MSFT begin only then: nothing was "
        "computed or decided on the first 3 bars."
    )


def test_bars_that_are_skipped_are_in_no_coarse_bar():
    late = OTHER.between("2024-01-05")
    data = f"{WEEKLY}\nmsft: data.symbol symbol=MSFT\n"
    strategy = watched(data, "weekly.open", "msft.close")
    found = values(strategy, OWN, "weekly.open", {"MSFT": late})
    assert found == [None, None, None, None, 13, 13]


def test_weeks_of_a_second_symbol_are_made_of_all_its_own_bars():
    data = f"{MSFT}\nweekly: data.timeframe\nmsft.bars -> weekly.bars\n"
    other = dated(
        """
        Tue 2024-01-02: 100
        Thu 2024-01-04: 150
        Fri 2024-01-05: 103
        Tue 2024-01-09: 104
        """,
        symbol="MSFT",
    )
    bars = dated("Tue 2024-01-02: 1\nFri 2024-01-05: 2\nMon 2024-01-08: 3\nTue 2024-01-09: 4")
    found = values(watched(data, "weekly.high"), bars, "weekly.high", {"MSFT": other})
    assert found == [None, None, 150, 150]


def test_of_two_weeks_that_become_known_at_once_the_later_one_does():
    data = f"{MSFT}\nweekly: data.timeframe\nmsft.bars -> weekly.bars\n"
    other = dated(
        """
        Mon 2024-01-01: 100
        Mon 2024-01-08: 101
        Mon 2024-01-15: 102
        Mon 2024-01-22: 103
        """,
        symbol="MSFT",
    )
    bars = dated("Mon 2024-01-01: 1\nTue 2024-01-16: 2\nMon 2024-01-22: 3")
    found = values(watched(data, "weekly.close"), bars, "weekly.close", {"MSFT": other})
    assert found == [None, 101, 102]
    trade(watched(data, "weekly.close"), bars, {"MSFT": other})


def test_no_trades_are_explained_on_several_feeds():
    strategy = watched(MSFT, "msft.close")
    (finding,) = explain_no_trades(strategy, OWN, others={"MSFT": OTHER})
    assert finding.node_id == "never_0"
    assert "on any of the 6 bars" in finding.message


def test_a_run_on_several_feeds_decides_once_on_every_bar():
    strategy = watched(f"{WEEKLY}\nmsft: data.symbol symbol=MSFT", "weekly.close", "msft.close")
    counts = signal_counts(strategy, OWN, others={"MSFT": OTHER})
    assert counts["decided bars"] == 2


def test_further_bars_have_the_outputs_of_the_strategys_own():
    own = [(port.name, port.type, port.title) for port in get_kind("data.bars").outputs]
    for name in ("data.timeframe", "data.symbol"):
        assert [(port.name, port.type, port.title) for port in get_kind(name).outputs] == own
