"""Sizing: how many shares an entry orders, worked out by hand."""

import pytest

from semantics.by_hand.playing import LONG, SHORT, covers, fills_of, strategy_of
from stratcraft_jupyter import compile_strategy
from stratcraft_jupyter.errors import GraphInvalidError

CHANGING = "0: 100\n1: 110\n2: 99 buy\n3: 50\n4: 50"
"""Changes of +10 and -10 percent before the close of bar 2, at 99."""


def shares(kind: str, bars: str = "0: 100 buy\n1: 50", edges: str = "", **how: object) -> float:
    """The shares of the first fill; 0 if there is none. The cash is 10,000."""
    text = f"{LONG}\nsize: sizing.{kind}\nsize.size -> enter.size\n{edges}"
    found = fills_of(text, bars, cash=10_000, **how)
    return found[0][2] if found else 0


@covers("Sizing in shares: Sizes are whole shares, rounded")
def test_sizes_go_by_the_close_of_the_decision_and_its_equity():
    text = f"{LONG}{SHORT}size: sizing.percent_of_equity percent=50\n"
    text += "size.size -> enter.size\nsize.size -> enter_short.size"
    bars = "0: 100 buy\n1: 50\n2: 150 sell short\n3: 10\n4: 10"
    # Half of 1,000 at 100: five, though the open of 50 would buy ten. On close 2 equity is
    # 750 + 5 at 150 = 1,500: half of it at 150 is five again.
    assert fills_of(text, bars, cash=1_000) == [
        (1, "buy", 5, 50),
        (3, "sell", 5, 10),
        (3, "sell", 5, 10),
    ]


@covers("Sizing in shares: Sizes are whole shares, rounded")
@pytest.mark.parametrize(("percent", "expected"), [(95, 9), (40, 4), (49.9, 4), (9.9, None)])
def test_an_entry_without_a_size_buys_the_percentage_of_the_settings(percent, expected):
    found = fills_of(LONG, "0: 100 buy\n1: 100", cash=1_000, ten=False, sizing_percent=percent)
    assert found == ([(1, "buy", expected, 100)] if expected else [])


@covers("Sizing: Fixed shares", "Sizing: Fixed cash", "Sizing: Percent of equity")
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("fixed_shares shares=7", 7),
        ("fixed_cash cash=799.99", 7),
        ("fixed_cash cash=800", 8),
        ("fixed_cash cash=99", 0),
        ("percent_of_equity percent=50", 50),
        ("percent_of_equity percent=50.9", 50),
    ],
)
def test_fixed_sizes_and_a_percentage(kind, expected):
    assert shares(kind) == expected


NEAREST = """
    far: risk.stop_loss percent=10
    near: risk.{}
    enter.order -> far.entry
    enter.order -> near.entry
    four: math.constant value=4
"""


@covers("Sizing: Percent risk to the stop")
@pytest.mark.parametrize(
    ("near", "expected"),
    [
        # two percent of 10,000 are 200
        ("stop_loss percent=5", 40),  # 5 at the close of 100
        ("trailing_stop percent=8", 25),
        ("bracket stop_percent=7", 28),
        ("stop_loss multiple=2\nfour.value -> near.distance", 25),
        ("bracket stop_multiple=1\nfour.value -> near.distance", 50),
        ("stop_loss percent=20", 20),  # the other one is nearer
        ("stop_loss percent=1", 95),  # 95 percent of equity at most
        ("break_even trigger_percent=1", 20),  # no distance
    ],
)
def test_risk_to_the_nearest_stop(near, expected):
    assert shares("risk percent=2", edges=NEAREST.format(near)) == expected


@covers("Sizing: Percent risk to the stop")
def test_risk_without_a_distance_orders_nothing():
    none = "none: math.constant value=0\nnone.value -> near.distance"
    assert shares("risk percent=2", edges=NEAREST.format(f"stop_loss\n{none}")) == 0


@covers("Sizing: Percent risk to the stop")
def test_risk_to_a_stop_that_is_not_there_is_refused():
    text = f"{LONG}\nsize: sizing.risk\nsize.size -> enter.size"
    with pytest.raises(GraphInvalidError, match="stop"):
        compile_strategy(strategy_of(text, "0: 100 buy\n1: 100"))


@covers("Sizing: Risk by distance")
@pytest.mark.parametrize(
    ("params", "distance", "expected"),
    [
        ("percent=2 multiple=2", 4, 25),  # 200 / 8
        ("percent=2 multiple=2", 3, 33),
        ("percent=2 multiple=1 max_percent=60", 1, 60),  # 200 by risk
        ("percent=2 multiple=2", 0, 0),
    ],
)
def test_risk_by_distance(params, distance, expected):
    edges = f"away: math.constant value={distance}\naway.value -> size.distance"
    assert shares(f"atr_risk {params}", edges=edges) == expected


@covers("Sizing: Volatility target")
@pytest.mark.parametrize(
    ("params", "expected"),
    [
        # The deviation of +0.1 and -0.1 is 0.1, times the root of 4 bars a year 0.2: 20 percent.
        ("target=8", 40),  # 8 / 20 of 10,000 are 4,000, at 99
        ("target=15 max_percent=50", 50),  # 75 percent are too much
        ("target=15", 75),
    ],
)
def test_volatility_target(params, expected):
    assert shares(f"volatility_target period=2 bars_per_year=4 {params}", CHANGING) == expected


@covers("Sizing: Volatility target")
def test_a_volatility_target_waits_and_buys_the_most_while_nothing_moves():
    kind = "volatility_target period=2 max_percent=80"
    assert shares(kind, "0: 100 buy\n1: 100 buy\n2: 100\n3: 100") == 0
    assert shares(kind, "0: 100\n1: 100\n2: 100 buy\n3: 100") == 80


def kelly(*exits: float, params: str = "", commission: float = 0.0) -> float:
    """The shares at 100 that are ordered after trades of one share, bought at 100."""
    text = f"""
        enter: action.enter_long
        one: sizing.fixed_shares shares=1
        one.size -> enter.size
        buy -> enter.when
        leave: action.exit_long
        sell -> leave.when
        last: action.enter_long priority=2
        size: sizing.kelly {params}
        size.size -> last.size
        end -> last.when
    """
    rows = [row for price in exits for row in ("100 buy", "100 sell", str(price))]
    bars = "\n".join(f"{number}: {row}" for number, row in enumerate([*rows, "100 end", "100"]))
    found = fills_of(text, bars, cash=100_000, commission=commission)
    return found[-1][2] if len(found) > 2 * len(exits) else 0


@covers("Sizing: Capped Kelly")
@pytest.mark.parametrize(
    ("exits", "params", "expected"),
    [
        # fewer than four trades are closed: ten percent of 100,030 at 100
        ((130,), "start_percent=10 trades=4", 100),
        # W is 1/2 and R is 30 / 10 = 3: 1/2 - 1/2 / 3 = 1/3; half of it is 16.67 percent
        ((130, 90, 130, 90), "trades=4", 166),
        ((130, 90, 130, 90), "trades=4 fraction=0.9", 300),
        ((130, 90, 130, 90), "trades=4 max_percent=12", 120),
        # the last two of three: one of 20 won, one of 10 lost: 1/2 - 1/2 / 2 = 1/4
        ((50, 120, 90), "trades=2", 124),
        ((130, 130), "trades=2 fraction=0.4", 400),  # no trade lost: W is 1
        ((90, 90), "trades=2", 0),  # none won
        ((110, 70), "trades=2", 0),  # 1/2 - 1/2 / (1/3) = -1
        # 100 is no profit: W is 1/2, the mean of the others a loss of 0
        ((130, 100), "trades=2 fraction=1", 500),
    ],
)
def test_kelly(exits, params, expected):
    assert kelly(*exits, params=params) == expected


@covers("Sizing: Capped Kelly")
def test_kelly_counts_profits_after_commission():
    # 100.1 is a loss after one percent of 100 and of 100.1: of two trades none won.
    assert kelly(100.1, 100.1, params="trades=2", commission=0.01) == 0
    assert kelly(100.1, 100.1, params="trades=2") > 0


@covers("Sizing: Confidence weighted")
@pytest.mark.parametrize(
    ("confidence", "expected"), [(0.5, 25), (1, 50), (1.5, 50), (0, 0), (-1, 0), (0.019, 0)]
)
def test_confidence_is_cut_to_0_to_1(confidence, expected):
    edges = f"sure: math.constant value={confidence}\nsure.value -> size.confidence"
    assert shares("confidence percent=50", edges=edges) == expected


@covers("Sizing: Confidence weighted")
def test_a_missing_confidence_is_none():
    bars = """
        Mon 2024-01-01 09:30: 100 buy
        Mon 2024-01-01 10:00: 100 buy
        Mon 2024-01-01 10:30: 100
    """
    edges = "range: indicator.session_range minutes=30\nbars.bars -> range.bars\n"
    edges += (
        "share: math.divide value=200\nrange.high -> share.left\nshare.value -> size.confidence"
    )
    text = f"{LONG}\nsize: sizing.confidence percent=50\nsize.size -> enter.size\n{edges}"
    # Nothing is known at 09:30; then 100 / 200 of half of 10,000 buys 25.
    assert fills_of(text, bars, cash=10_000) == [(2, "buy", 25, 100)]
