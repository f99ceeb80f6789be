"""Drawn strategies run in plain Backtrader and keep order among their orders."""

from collections import Counter

import pytest
from graph.large import LARGE
from hypothesis import given, settings
from strategies import valid_graphs

from codegen.emitted import BARS, Run, run
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.graph.trading_rules import entries, stops_of


def check_orders(watched: Run, graph: StrategyGraph) -> None:
    """What holds after every bar, whatever the strategy."""
    stops_for = {entry.kind: stops_of(graph, entry.id) for entry in entries(graph)}
    signs = {{"action.enter_long": 1, "action.enter_short": -1}[kind] for kind in stops_for}
    before = 0.0
    for end in watched.ends:
        size = end.position
        assert size == int(size)
        assert size == 0 or size / abs(size) in signs, "a position on a side never entered"
        assert size in (0, before) or size * before <= 0, "a position grew or was partly closed"
        assert len(end.stops) <= 1, "two stops"
        assert len(end.markets) <= 2, "more than an exit and an entry"
        if size == 0:
            assert end.stops == [], "a stop without a position"
            assert len(end.markets) <= 1
        else:
            stops = stops_for["action.enter_long" if size > 0 else "action.enter_short"]
            # a distance can be longer than the price: then no stop can stand
            surely = any(not graph.edges_into(stop.id, "distance") for stop in stops)
            assert all(stop == -size for stop, _ in end.stops), "a stop of another size"
            assert end.markets[:1] in ([], [-size]), "an order that does not close the position"
            assert not (end.stops and end.markets), "a stop beside an exit"
            if surely and not watched.refused:
                assert end.stops or end.markets, "a position without its stop"
            if not stops:
                assert end.stops == [], "a stop that the strategy has not"
        before = size


def check_trailing(watched: Run) -> None:
    """While a position is open, its stop only moves nearer."""
    for earlier, later in zip(watched.ends, watched.ends[1:], strict=False):
        if earlier.position == later.position and earlier.stops and later.stops:
            (_, was), (_, now) = earlier.stops[0], later.stops[0]
            assert (now >= was) if earlier.position > 0 else (now <= was)


def test_drawn_strategies_run_and_keep_order_among_their_orders():
    seen = Counter()

    @settings(max_examples=200)
    @given(valid_graphs(plain=True))
    def try_one(graph):
        watched = run(compile_strategy(graph))
        check_orders(watched, graph)
        check_trailing(watched)
        seen["graphs"] += 1
        seen["fills"] += len(watched.fills)
        seen["long"] += any(end.position > 0 for end in watched.ends)
        seen["short"] += any(end.position < 0 for end in watched.ends)
        seen["stops"] += any(end.stops for end in watched.ends)
        seen["turns"] += any(len(end.markets) == 2 for end in watched.ends)

    try_one()
    # the rules above were put to the test
    assert seen["graphs"] >= 200
    assert seen["fills"] > 1_000
    assert min(seen["long"], seen["short"], seen["stops"]) > 20
    assert seen["turns"] > 3


@pytest.mark.parametrize("shape", ["chain", "fan"])
def test_a_large_strategy_runs(shape):
    watched = run(compile_strategy(LARGE[shape]), BARS.head(30))
    assert len(watched.ends) == 30
    assert len(watched.fills) == {"chain": 0, "fan": 29}[shape]
