"""Positions: one at a time, exits before entries, long before short, turning in one bar."""

from semantics.desk import Stop, graph, market, on_marks, trade_plain


def test_entry_does_nothing_while_a_position_is_open():
    bars = market("""
        0: 100 100 100 100 buy
        1: 101 101 101 101 buy
        2: 102 102 102 102 buy
        3: 103 103 103 103 sell
        4: 104 104 104 104
        5: 105 105 105 105
    """)
    assert trade_plain(on_marks(bars), bars).fills == [(1, "buy", 10, 101), (4, "sell", 10, 104)]


def test_exit_does_nothing_without_a_position_of_its_side():
    bars = market("""
        0: 100 100 100 100 sell cover
        1: 100 100 100 100 buy
        2: 100 100 100 100 cover
        3: 100 100 100 100 sell
        4: 100 100 100 100 sell cover
        5: 100 100 100 100 short
        6: 100 100 100 100 sell
        7: 100 100 100 100 cover
        8: 100 100 100 100
    """)
    assert trade_plain(on_marks(bars), bars).fills == [
        (2, "buy", 10, 100),
        (4, "sell", 10, 100),
        (6, "sell", 10, 100),
        (8, "buy", 10, 100),
    ]


def test_same_side_is_not_entered_again_on_the_bar_of_its_exit():
    bars = market("""
        0: 100 100 100 100 buy
        1: 101 101 101 101
        2: 102 102 102 102 buy sell
        3: 103 103 103 103
        4: 104 104 104 104 buy
        5: 105 105 105 105
    """)
    assert trade_plain(on_marks(bars), bars).fills == [
        (1, "buy", 10, 101),
        (3, "sell", 10, 103),
        (5, "buy", 10, 105),
    ]


def test_same_side_may_be_entered_again_on_the_close_of_the_bar_whose_stop_ended_it():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100  94  96 buy
        3:  97  97  97  97
        4:  97  97  97  97
    """)
    assert trade_plain(on_marks(bars, stops=[Stop("stop_loss", percent=5)]), bars).fills == [
        (1, "buy", 10, 100),
        (2, "sell", 10, 95),
        (3, "buy", 10, 97),
    ]


def test_position_turns_on_one_bar_when_exit_and_opposite_entry_fire_together():
    bars = market("""
        0: 100 100 100 100 buy
        1: 101 101 101 101
        2: 102 102 102 102 sell short
        3: 103 103 103 103
        4: 104 104 104 104 cover buy
        5: 105 105 105 105
    """)
    assert trade_plain(on_marks(bars), bars).fills == [
        (1, "buy", 10, 101),
        (3, "sell", 10, 103),
        (3, "sell", 10, 103),
        (5, "buy", 10, 105),
        (5, "buy", 10, 105),
    ]


def test_opposite_entry_without_exit_does_not_turn_the_position():
    bars = market("""
        0: 100 100 100 100 buy
        1: 101 101 101 101
        2: 102 102 102 102 short
        3: 103 103 103 103 sell
        4: 104 104 104 104
    """)
    assert trade_plain(on_marks(bars), bars).fills == [(1, "buy", 10, 101), (4, "sell", 10, 104)]


def test_long_wins_when_both_entries_may_be_taken():
    bars = market("""
        0: 100 100 100 100 buy short
        1: 101 101 101 101 sell cover
        2: 102 102 102 102
    """)
    assert trade_plain(on_marks(bars), bars).fills == [(1, "buy", 10, 101), (2, "sell", 10, 102)]


def test_long_wins_after_a_short_is_closed_on_the_same_bar():
    bars = market("""
        0: 100 100 100 100 short
        1: 101 101 101 101
        2: 102 102 102 102 cover buy short
        3: 103 103 103 103
    """)
    assert trade_plain(on_marks(bars), bars).fills == [
        (1, "sell", 10, 101),
        (3, "buy", 10, 103),
        (3, "buy", 10, 103),
    ]


def test_long_that_is_being_closed_does_not_keep_the_short_out():
    bars = market("""
        0: 100 100 100 100 buy
        1: 101 101 101 101
        2: 102 102 102 102 sell buy short
        3: 103 103 103 103
    """)
    assert trade_plain(on_marks(bars), bars).fills == [
        (1, "buy", 10, 101),
        (3, "sell", 10, 103),
        (3, "sell", 10, 103),
    ]


def test_exit_on_the_close_of_the_bar_of_the_fill():
    bars = market("""
        0: 100 100 100 100 buy
        1: 101 101 101 101 sell
        2: 102 102 102 102
    """)
    assert trade_plain(on_marks(bars), bars).fills == [(1, "buy", 10, 101), (2, "sell", 10, 102)]


def test_several_exits_of_a_side_act_as_one_or():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100 sell
        2: 100 100 100 100 buy
        3: 100 100 100 100
        4: 120 120 120 120
        5: 119 119 119 119
        6: 119 119 119 119
    """)
    strategy = on_marks(
        bars,
        extra_nodes={
            "high_price": ("condition.compare", {"operator": ">=", "value": 120.0}),
            "take_it": ("action.exit_long", {}),
        },
        extra_edges="bars.close -> high_price.left\nhigh_price.signal -> take_it.when",
    )
    assert trade_plain(strategy, bars).fills == [
        (1, "buy", 10, 100),
        (2, "sell", 10, 100),
        (3, "buy", 10, 100),
        (5, "sell", 10, 119),
    ]


def test_refused_entry_leaves_no_position_and_the_next_signal_counts():
    bars = market("""
        0: 100 100 100 100 buy
        1: 110 110 110 110 buy sell
        2: 100 100 100 100 buy
        3: 100 100 100 100
        4: 100 100 100 100
    """)
    outcome = trade_plain(on_marks(bars), bars, cash=1_050)
    assert outcome.refused == [1, 2]
    assert outcome.fills == [(3, "buy", 10, 100)]


def test_turn_whose_entry_is_refused_still_exits():
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
        2: 100 100 100 100 cover buy
        3: 120 120 120 120
        4: 120 120 120 120
    """)
    outcome = trade_plain(on_marks(bars), bars, cash=1_000)
    assert outcome.fills == [(1, "sell", 10, 100), (3, "buy", 10, 120)]
    assert outcome.refused == [3]
    assert outcome.position == 0


def test_turn_counts_the_cash_that_the_exit_leaves():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100 100 100 sell short
        3: 100 100 100 100 cover buy
        4: 100 100 100 100
    """)
    outcome = trade_plain(on_marks(bars), bars, cash=1_000)  # ten shares at 100 are all of it
    assert [fill[:3] for fill in outcome.fills] == [
        (1, "buy", 10),
        (3, "sell", 10),
        (3, "sell", 10),
        (4, "buy", 10),
        (4, "buy", 10),
    ]
    assert outcome.refused == []


def test_signals_are_states_so_a_lasting_one_enters_again_after_each_exit():
    bars = market("""
        0: 100 100 100 100
        1: 110 110 110 110
        2: 111 111 111 111 sell
        3: 112 112 112 112
        4: 113 113 113 113
    """)
    strategy = graph(
        {
            "bars": ("data.bars", {}),
            "high_price": ("condition.compare", {"operator": ">", "value": 105.0}),
            "marked": ("condition.compare", {"operator": ">", "value": 0.0}),
            "size": ("sizing.fixed_shares", {"shares": 10}),
            "enter": ("action.enter_long", {}),
            "leave": ("action.exit_long", {}),
        },
        """
        bars.close -> high_price.left
        bars.volume -> marked.left
        high_price.signal -> enter.when
        marked.signal -> leave.when
        size.size -> enter.size
        """,
    )
    assert trade_plain(strategy, bars).fills == [
        (2, "buy", 10, 111),
        (3, "sell", 10, 112),
        (4, "buy", 10, 113),
    ]
