"""Targets, break-even stops and the sizings by distance, confidence and results, by hand."""

from semantics.desk import market, on_marks, trade

CLIMB = market("""
    0: 100 100 100 100 buy
    1: 100 101  99 100
    2: 101 112 100 111
    3: 111 111  98  99
    4:  99  99  97  98
""")


def fills(kind, params, bars=CLIMB, port="entry", edges=""):
    """What is filled with a node connected to the entry's order."""
    strategy = on_marks(
        bars,
        extra_nodes={"it": (kind, params)},
        extra_edges=f"enter_long.order -> it.{port}{edges}",
    )
    return [fill[:4] for fill in trade(strategy, bars).fills]


def test_take_profit_fills_at_its_price_on_the_bar_that_reaches_it():
    found = fills("risk.take_profit", {"percent": 10.0})
    assert found == [(1, "buy", 10, 100), (2, "sell", 10, 100 * 110 / 100)]


def test_bracket_ends_at_its_stop_or_its_target():
    params = {"stop_percent": 1.5, "target_percent": 50.0}
    assert fills("risk.bracket", params) == [(1, "buy", 10, 100), (3, "sell", 10, 98.5)]


def test_break_even_stop_waits_for_its_trigger_and_stands_at_the_entry_price():
    found = fills("risk.break_even", {"trigger_percent": 10.0})
    assert found == [(1, "buy", 10, 100), (3, "sell", 10, 100)]
    assert fills("risk.break_even", {"trigger_percent": 12.0}) == [(1, "buy", 10, 100)]


def sized(kind, params, edges=""):
    """Shares of the first entry on `CLIMB`, with 100,000 in cash at 100 a share."""
    strategy = on_marks(CLIMB, size=(kind, params), extra_edges=edges)
    return trade(strategy, CLIMB).fills[0][2]


def test_atr_risk_divides_the_risk_by_the_distance():
    # 1 % of 100,000 is 1,000; a move of 0.05 x 100 costs 5 a share
    params = {"percent": 1.0, "multiple": 0.05, "max_percent": 100.0}
    assert sized("sizing.atr_risk", params, "bars.close -> size.distance") == 200


def test_confidence_is_cut_to_one():
    params = {"percent": 50.0}
    assert sized("sizing.confidence", params, "bars.close -> size.confidence") == 500


def test_kelly_buys_its_first_part_until_enough_trades_are_closed():
    assert sized("sizing.kelly", {"start_percent": 20.0, "trades": 2}) == 200
