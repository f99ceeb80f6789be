"""Disabled nodes: as if absent, and nothing is passed through them."""

from semantics.by_hand.playing import bars_of, covers, play, play_source, strategy_of
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.graph import set_enabled

BARS = """
    0: 100 buy
    1: 101 sell
    2: 102 buy calm
    3: 103
    4: 104 sell
    5: 105
"""
TEXT = """
    enter: action.enter_long
    buy -> enter.when
    calm -> enter.filter
    exit: action.exit_long
    sell -> exit.when
"""


@covers("Disabled nodes: A disabled node")
def test_an_input_beside_others_counts_as_not_connected():
    strategy = strategy_of(TEXT, BARS)
    filters = [edge.source_node for edge in strategy.edges_into("enter", "filter")]
    off = play_source(compile_strategy(set_enabled(strategy, filters, False)), bars_of(BARS))
    assert play(TEXT, BARS).fills == [(3, "buy", 10, 103.0), (5, "sell", 10, 105.0)]
    assert off.fills == [
        (1, "buy", 10, 101.0),
        (2, "sell", 10, 102.0),
        (3, "buy", 10, 103.0),
        (5, "sell", 10, 105.0),
    ]


@covers("Disabled nodes: A disabled node")
def test_a_disabled_action_orders_nothing():
    strategy = strategy_of(TEXT + "other: action.enter_long\nsell -> other.when", BARS)
    alone = compile_strategy(strategy_of(TEXT, BARS))
    assert compile_strategy(strategy) != alone
    off = play_source(compile_strategy(set_enabled(strategy, ["other"], False)), bars_of(BARS))
    assert off.fills == play(TEXT, BARS).fills
