"""Sizing: how many whole shares an entry orders, worked out by hand."""

import pytest

from semantics.desk import Stop, market, on_marks, trade_plain

ONE_BUY = market("""
    0: 100 100 100 100 buy
    1:  50  50  50  50
    2:  50  50  50  50
""")


def shares(kind, bars=ONE_BUY, *, stops=(), extra=None, edges="", **params):
    """The shares of the first fill; None if there is none."""
    size = (f"sizing.{kind}", params) if kind else None
    strategy = on_marks(bars, size=size, stops=stops, extra_nodes=extra, extra_edges=edges)
    fills = trade_plain(strategy, bars).fills
    return fills[0][2] if fills else None


def test_fixed_shares():
    assert shares("fixed_shares", shares=7) == 7


@pytest.mark.parametrize(("cash", "size"), [(1_000.0, 10), (1_099.99, 10), (1_100.0, 11)])
def test_fixed_cash_buys_whole_shares_at_the_decision_close(cash, size):
    assert shares("fixed_cash", cash=cash) == size


def test_less_cash_than_a_share_costs_orders_nothing():
    size = ("sizing.fixed_cash", {"cash": 99.99})
    assert trade_plain(on_marks(ONE_BUY, size=size), ONE_BUY).fills == []


@pytest.mark.parametrize(("percent", "size"), [(50.0, 500), (1.0, 10), (0.15, 1)])
def test_percent_of_equity_buys_whole_shares_at_the_decision_close(percent, size):
    assert shares("percent_of_equity", percent=percent) == size


@pytest.mark.parametrize("sizing_percent", [95.0, 40.0])
def test_entry_without_a_size_buys_the_percentage_in_the_backtest_settings(sizing_percent):
    strategy = on_marks(ONE_BUY, size=None, sizing_percent=sizing_percent)
    fills = trade_plain(strategy, ONE_BUY).fills
    assert fills == [(1, "buy", sizing_percent * 10, 50)]


def test_equity_counts_the_open_position_at_the_decision_close():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 200 200 200 200 sell short
        3: 250 250 250 250
    """)
    size = ("sizing.percent_of_equity", {"percent": 50.0})
    # 500 shares at 200 and 50,000 in cash: 150,000, half of which is 375 shares at 200
    assert trade_plain(on_marks(bars, size=size), bars).fills == [
        (1, "buy", 500, 100),
        (3, "sell", 500, 250),
        (3, "sell", 375, 250),
    ]


def test_risk_of_a_percent_stop():
    # 1,000 at risk, 5 a share
    assert shares("risk", stops=[Stop("stop_loss", percent=5)], percent=1.0) == 200


def test_risk_of_a_distance_times_its_multiple():
    # 1,000 at risk, 2 x 4 a share
    assert shares("risk", stops=[Stop("stop_loss", distance=4.0, multiple=2.0)], percent=1.0) == 125


def test_risk_rounds_down():
    assert shares("risk", stops=[Stop("stop_loss", distance=7.0)], percent=1.0) == 142


def test_risk_is_held_against_the_nearest_stop():
    stops = [
        Stop("stop_loss", percent=10),
        Stop("trailing_stop", distance=8.0),
        Stop("stop_loss", distance=20.0),
    ]
    assert shares("risk", stops=stops, percent=1.0) == 125
    assert shares("risk", stops=stops[::-1], percent=1.0) == 125
    assert shares("risk", stops=[*stops, Stop("trailing_stop", percent=5)], percent=1.0) == 200


def test_risk_never_buys_more_than_its_limit():
    stops = [Stop("stop_loss", percent=0.5)]  # 2,000 shares by risk
    assert shares("risk", stops=stops, percent=1.0, max_percent=30.0) == 300


def test_risk_without_any_distance_orders_nothing():
    assert shares("risk", stops=[Stop("stop_loss", distance=0.0)], percent=1.0) is None
    # the average true range of bars that never moved is 0
    flat = market("""
        0: 100 100 100 100
        1: 100 100 100 100
        2: 100 100 100 100 buy
        3: 100 100 100 100
    """)
    found = shares(
        "risk",
        flat,
        stops=[Stop("stop_loss", distance="atr.value")],
        extra={"atr": ("indicator.atr", {"period": 2})},
        edges="bars.bars -> atr.bars",
        percent=1.0,
    )
    assert found is None


def test_size_of_a_short():
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
    """)
    assert shares("percent_of_equity", bars, percent=50.0) == 500
    stops = [Stop("stop_loss", percent=5, entries=("enter_short",))]
    assert shares("risk", bars, stops=stops, percent=1.0) == 200
