"""Limits on entries, and on how long a position is held."""

import pytest

from semantics.by_hand.playing import LONG, SHORT, covers, fills_of

DAY = """
    Mon 2024-01-01 09:30: 100 {}
    Mon 2024-01-01 10:00: 101 {}
    Mon 2024-01-01 10:30: 102 {}
    Mon 2024-01-01 11:00: 103 {}
    Tue 2024-01-02 09:30: 104 {}
    Tue 2024-01-02 10:00: 105 {}
    Tue 2024-01-02 10:30: 106 {}
"""


def sides(text: str, bars: str, **how) -> list:
    """Bars and sides of the fills."""
    return [fill[:2] for fill in fills_of(text, bars, **how)]


def on_days(*marks: str) -> str:
    """A bar of 100 a day."""
    return "\n".join(f"{day}: 100 {mark}" for day, mark in enumerate(marks))


@covers("Risk: Cooldown")
def test_a_cooldown_of_three_blocks_three_closes_without_a_position():
    text = LONG + "limit: risk.cooldown bars=3"
    bars = on_days("buy", "", "sell", "buy", "buy", "buy", "buy", "")
    # Sold on bar 3: closes 3, 4 and 5 are blocked.
    assert sides(text, bars) == [(1, "buy"), (3, "sell"), (7, "buy")]


@covers("Risk: Cooldown")
@pytest.mark.parametrize(
    ("price", "commission", "next_bar"),
    [(99, 0, 6), (100, 0, 4), (100, 0.001, 6), (101, 0.001, 4)],
)
def test_a_cooldown_after_losing_exits_alone(price, commission, next_bar):
    text = LONG + 'limit: risk.cooldown bars=2 after="losing\\u0020exit"'
    bars = f"0: 100 buy\n1: 100\n2: 100 sell\n3: {price} buy\n4: 100 buy\n5: 100 buy\n6: 100"
    assert sides(text, bars, commission=commission)[2] == (next_bar, "buy")


@covers("Risk: Cooldown", "Positions and priorities: Turning")
def test_a_strategy_with_a_cooldown_does_not_turn():
    bars = on_days("buy", "", "sell short", "short", "short", "")
    limit = "limit: risk.cooldown bars=1"
    assert sides(LONG + SHORT, bars)[1:] == [(3, "sell"), (3, "sell")]
    # Close 3 is the first without a position and blocked; close 4 is free.
    assert sides(LONG + SHORT + limit, bars)[1:] == [(3, "sell"), (5, "sell")]


@covers("Risk: Trades at most")
def test_two_entries_a_day_by_the_time_stamps():
    # In and out on every second bar: entries are ordered at 09:30 and 10:30, then on Tuesday.
    text = LONG + "limit: risk.max_trades count={} per={}"
    bars = DAY.format("buy", "sell", "buy", "sell", "buy", "sell", "")
    all_of_them = [(1, "buy"), (2, "sell"), (3, "buy"), (4, "sell"), (5, "buy"), (6, "sell")]
    assert sides(text.format(2, "day"), bars) == all_of_them
    assert sides(text.format(1, "day"), bars) == [*all_of_them[:2], *all_of_them[4:]]
    assert sides(text.format(1, "week"), bars) == all_of_them[:2]


@covers("Risk: Trades at most")
@pytest.mark.parametrize(
    ("per", "expected"),
    [
        # Sunday is in the week of Friday, Monday begins another, Thursday is in that one.
        ("week", [(1, "buy"), (2, "sell"), (4, "buy"), (5, "sell")]),
        # Thursday is the first of February.
        ("month", [(1, "buy"), (2, "sell"), (7, "buy")]),
    ],
)
def test_weeks_begin_on_monday_and_months_on_the_first(per, expected):
    bars = """
        Fri 2024-01-26: 100 buy
        Sat 2024-01-27: 100 sell
        Sun 2024-01-28: 100 buy
        Mon 2024-01-29: 100 buy
        Tue 2024-01-30: 100 sell
        Wed 2024-01-31: 100 buy
        Thu 2024-02-01: 100 buy
        Fri 2024-02-02: 100
    """
    assert sides(LONG + f"limit: risk.max_trades count=1 per={per}", bars) == expected


@covers("Risk: Trades at most")
def test_orders_count_also_those_of_additions_and_those_refused():
    adds = LONG.replace("action.enter_long", "action.enter_long max_entries=5")
    limit = "limit: risk.max_trades count=2 per=week"
    bars = on_days("buy", "buy", "buy", "buy")
    assert sides(adds + limit, bars) == [(1, "buy"), (2, "buy")]
    # 1,050 do not pay for ten at 110 on bar 1, nor at that close on bar 2. Two orders were sent, so
    # the third, which could be paid, is not.
    refused = "0: 100 buy\n1: 110 buy\n2: 100 buy\n3: 100"
    assert fills_of(LONG + limit, refused, cash=1_050) == []


OPEN_RISK = f"""
    {LONG.replace("action.enter_long", "action.enter_long max_entries=5")}
    stop: risk.stop_loss multiple=2
    away: math.constant value=5
    away.value -> stop.distance
    enter.order -> stop.entry
    limit: risk.max_open_risk percent=
"""


@covers("Risk: Open risk at most")
@pytest.mark.parametrize(("percent", "entries"), [(0.99, 0), (1, 1), (1.5, 1), (1.51, 2)])
def test_open_risk_is_that_of_the_position_and_of_the_entry(percent, entries):
    bars = "0: 100 buy\n1: 100\n2: 95 buy\n3: 95"
    # Close 0: ten shares with a stop 10 away risk 100, one percent of 10,000. Close 2: the stop
    # rests at 90, 5 below the close: 50 for the ten held, 100 for the new ones. 150 are 1.508 %
    # of 9,950.
    assert len(fills_of(f"{OPEN_RISK.strip()}{percent}", bars, cash=10_000)) == entries


@covers("Risk: Open risk at most")
@pytest.mark.parametrize(("percent", "entries"), [(1.01, 1), (1.03, 2)])
def test_a_position_whose_stop_is_beyond_the_close_risks_nothing(percent, entries):
    bars = "0: 100 buy\n1: 100 100 80 80 buy\n2: 80\n3: 80"
    # On close 1 the stop is placed at 90, above the close. The new ten risk 100 of 9,800: 1.02 %.
    found = fills_of(f"{OPEN_RISK.strip()}{percent}", bars, cash=10_000)
    assert [fill[1] for fill in found].count("buy") == entries


@covers("Risk: Exposure limit")
def test_an_exposure_limit_cuts_entries_and_additions():
    text = LONG.replace("action.enter_long", "action.enter_long max_entries=5")
    bars = "0: 100 buy\n1: 100 buy\n2: 50 buy\n3: 50"
    # 60 % of 1,000 are six shares at 100, and no more on close 1. On close 2 equity is 700:
    # 420 less the 300 held buy two at 50.
    found = fills_of(text + "limit: risk.exposure_limit percent=60", bars, cash=1_000)
    assert found == [(1, "buy", 6, 100), (3, "buy", 2, 50)]


@covers("Risk: Exposure limit")
def test_shares_that_are_closed_do_not_count_and_exposure_comes_before_open_risk():
    limit = "limit: risk.exposure_limit percent=60"
    bars = on_days("buy", "", "sell short", "")
    assert fills_of(LONG + SHORT + limit, bars, cash=1_000)[1:] == [
        (3, "sell", 6, 100),
        (3, "sell", 6, 100),
    ]
    # Ten shares would risk 50 of 1,000, more than 3.5 %; the six that remain risk 30.
    stop = "stop: risk.stop_loss percent=5\nenter.order -> stop.entry\n"
    risk = "a_limit: risk.max_open_risk percent=3.5\n"
    assert fills_of(LONG + stop + risk + limit, on_days("buy", ""), cash=1_000) == [
        (1, "buy", 6, 100)
    ]


@covers("Risk: Entry hours")
@pytest.mark.parametrize(
    ("hours", "first"),
    [
        ("from_time=10:00 until_time=11:00", 2),
        ("from_time=10:01 until_time=11:00", 3),
        ("from_time=11:00 until_time=10:00", 1),
        ("from_time=11:30 until_time=09:30", None),
        ("from_time=10:00 until_time=10:00", None),
        ("from_time=09:00 until_time=09:30", None),
    ],
)
def test_entry_hours(hours, first):
    bars = DAY.format(*["buy"] * 7)
    found = sides(LONG + f"limit: risk.entry_hours {hours}", bars)
    assert found == ([(first, "buy")] if first else [])


@covers("Risk: Time limit", "Guards and limits: Time")
def test_a_time_limit_counts_from_the_bar_of_the_fill():
    bars = on_days("buy", "", "", "", "")
    # Filled on bar 1: held for two bars on close 3.
    assert sides(LONG + "limit: risk.time_limit limit=2", bars) == [(1, "buy"), (4, "sell")]


@covers("Guards and limits: Time")
def test_the_time_goes_on_when_a_position_changes_and_begins_anew_when_it_turns():
    text = f"""
        {LONG.replace("action.enter_long", "action.enter_long max_entries=5")}
        {SHORT}
        half: action.exit_long percent=50
        some -> half.when
        limit: risk.time_limit limit=3
    """
    bars = on_days("buy", "buy", "some", "sell short", "", "", "", "")
    # Held from bar 1 on; added to on bar 2, halved on bar 3. It turns on bar 4, before close 4:
    # the short position is held from there, for three bars on close 7, which is the last.
    assert sides(text, bars) == [
        (1, "buy"),
        (2, "buy"),
        (3, "sell"),
        (4, "sell"),
        (4, "sell"),
    ]
    assert sides(text, f"{bars}\n8: 100")[5:] == [(8, "buy")]
    held = on_days("buy", "buy", "some", "", "", "")
    assert sides(text, held)[3:] == [(5, "sell")]


@covers("Risk: Time limit")
@pytest.mark.parametrize(("limit", "bar"), [(1, 5), (23, 5), (24, 7)])
def test_a_time_limit_in_hours(limit, bar):
    bars = DAY.format("", "buy", "", "", "", "", "") + "Tue 2024-01-02 11:00: 107"
    # Filled on the bar of 10:30. 11:00 is half an hour later, 09:30 of Tuesday (bar 4) 23 hours,
    # 10:30 (bar 6) 24.
    found = sides(LONG + f"limit: risk.time_limit limit={limit} unit=hours", bars)
    assert found == [(2, "buy"), (bar, "sell")]


@covers("Risk: Time limit", "Positions and priorities: Parts")
@pytest.mark.parametrize(
    ("decay", "sold"),
    [
        # of ten remain 7.5, 5 and 2.5, rounded up
        ("linear", [2, 3, 2, 3]),
        # 4.73, 2.24 and 1.06, rounded up: a twentieth to the power of 1/4, 2/4, 3/4
        ("exponential", [5, 2, 1, 2]),
    ],
)
def test_a_time_limit_with_a_decay(decay, sold):
    bars = on_days("buy", *[""] * 7)
    found = fills_of(LONG + f"limit: risk.time_limit limit=4 decay={decay}", bars)
    assert found[1:] == [(3 + at, "sell", size, 100) for at, size in enumerate(sold)]


@covers("Risk: Time limit")
def test_a_time_limit_with_entries_is_for_their_positions_alone():
    text = f"""
        {LONG}
        other: action.enter_long priority=2
        else -> other.when
        limit: risk.time_limit limit=1
        other.order -> limit.entry
    """
    bars = on_days("buy", "", "", "sell", "else", "", "", "")
    assert sides(text, bars) == [(1, "buy"), (4, "sell"), (5, "buy"), (7, "sell")]
