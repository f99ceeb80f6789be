"""Whole strategies in plain English: whose stop is whose, orders that wait, names, sentences."""

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import (
    KINDS,
    describe,
    describe_node,
    load_template,
    node_sentence,
    set_enabled,
    set_label,
    set_param,
)

TWO = """
bars: data.bars
up: condition.crosses_above value=100
down: condition.crosses_below value=100
dip: action.enter_long label="Dip" priority=2
rise: action.enter_long label="Rise"
fall: action.enter_short
bars.close -> up.left
bars.close -> down.left
up.signal -> dip.when
up.signal -> rise.when
down.signal -> fall.when
"""


def said(*texts: str) -> tuple[str, ...]:
    return describe(sketch(*texts))


def test_every_entry_order_and_stop_of_two_regimes_is_said():
    assert describe(load_template("two_regimes")) == (
        'Enter long ("Follow up") when close is at its highest in 20 bars while the market is '
        "trending up (ADX(14) above 25, +DI above -DI), with 95 % of equity.",
        'Enter long ("Buy dip") when close is below the lower band of Bollinger bands(20, 2) of '
        "close while the market is ranging (ADX(14) below 20), priority 2, with 95 % of equity.",
        'Enter short ("Follow down") when close is at its lowest in 20 bars while the market is '
        "trending down (ADX(14) above 25, -DI above +DI), with 95 % of equity.",
        'Enter short ("Sell rally") when close is above the upper band of Bollinger bands(20, 2) '
        "of close while the market is ranging (ADX(14) below 20), priority 2, with 95 % of equity.",
        "Of several true entries, take the one with the lowest priority number, long before short "
        "among equals.",
        'Exit long positions of "Buy dip" when close is above the middle band of Bollinger '
        "bands(20, 2) of close.",
        'Exit short positions of "Sell rally" when close is below the middle band of Bollinger '
        "bands(20, 2) of close.",
        'Protect positions of "Buy dip" and "Sell rally" with a stop loss 8 % from the entry '
        "price.",
        'Protect positions of "Follow down" and "Follow up" with a trailing stop 3 x ATR(14) from '
        "the close.",
        "When equity is 15 % or more below its peak, allow no entry for the next 60 bars.",
    )


def test_what_is_too_long_goes_by_its_name_and_is_said_at_the_end():
    sentences = describe(load_template("ichimoku_cloud"))
    assert sentences[0] == 'Enter long when "All three agree" is true, with 95 % of equity.'
    assert sentences[-1].startswith('"All three agree" means that close is above the larger of (')
    for part in ("senkou A", "senkou B", "chikou", "tenkan"):
        assert f"the {part} of Ichimoku(9, 26, 52, 26)" in sentences[-1]


def test_two_nodes_of_one_name_are_told_apart_by_their_ids():
    graph = load_template("ichimoku_cloud")
    graph = set_label(set_label(graph, "aligned", "Same"), "below_kijun", "Same")
    assert '"Same [aligned]" is true' in describe(graph)[0]


@pytest.mark.parametrize(
    ("edges", "whose"),
    [
        (("dip",), 'positions of "Dip"'),
        (("dip", "rise"), "long positions"),
        (("fall",), "short positions"),
        (("dip", "fall"), 'short positions and positions of "Dip"'),
        (("dip", "rise", "fall"), "long and short positions"),
        ((), "…"),
    ],
)
def test_a_stop_says_whose_it_is(edges, whose):
    ends = [f"{entry}.order -> stop.entry" for entry in edges]
    sentence = said(TWO, "stop: risk.stop_loss", *ends)[-1]
    assert sentence == f"Protect {whose} with a stop loss 5 % from the entry price."


def test_a_reversal_opens_positions_of_both_sides():
    turning = (TWO, "turn: action.reverse\nup.signal -> turn.when\nstop: risk.stop_loss")
    assert 'Turn an open position round ("Reverse") when' in " ".join(said(*turning))
    both = said(*turning, "fall.order -> stop.entry\nturn.order -> stop.entry")
    assert 'Protect short positions and positions of "Reverse" with' in both[-1]
    alone = said(*turning, "fall.order -> stop.entry")
    assert 'Protect positions of "Enter short" with' in alone[-1]
    assert 'Enter short ("Enter short") when' in " ".join(alone)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "x: action.exit_long\nup.signal -> x.when\ndip.order -> x.entry",
            'Exit long positions of "Dip" when close crosses above 100.',
        ),
        (
            "x: action.exit_long percent=50\nup.signal -> x.when\ndip.order -> x.entry",
            'Exit 50 % of long positions of "Dip" when close crosses above 100.',
        ),
        (
            "x: action.exit_long percent=50\nup.signal -> x.when",
            "Exit 50 % of the long position when close crosses above 100.",
        ),
        (
            "x: action.exit_long\nup.signal -> x.when\ndip.order -> x.entry\nrise.order -> x.entry",
            "Exit long when close crosses above 100.",
        ),
        (
            "x: risk.time_limit limit=7\ndip.order -> x.entry",
            'Close positions of "Dip" once they have been held for 7 bars.',
        ),
        (
            "x: risk.time_limit limit=1 unit=hours decay=linear",
            "Close every position once it has been held for one hour, shrinking linearly until "
            "then.",
        ),
        (
            "x: risk.break_even offset_percent=1\ndip.order -> x.entry",
            'Move the stop of positions of "Dip" to 1 % better than the entry price once they are '
            "5 % ahead.",
        ),
    ],
)
def test_exits_and_limits_say_whose_they_are(text, sentence):
    assert sentence in said(TWO, text)


WAITING = {
    ("long", "limit"): "by a limit order 2 % below the close, good for 3 bars",
    ("long", "stop"): "by a stop order 2 % above the close, good for 3 bars",
    ("long", "stop_limit"): (
        "by a stop-limit order 2 % above the close, its limit 0.5 % above that, good for 3 bars"
    ),
    ("short", "limit"): "by a limit order 2 % above the close, good for 3 bars",
    ("short", "stop"): "by a stop order 2 % below the close, good for 3 bars",
    ("short", "stop_limit"): (
        "by a stop-limit order 2 % below the close, its limit 0.5 % below that, good for 3 bars"
    ),
}


@pytest.mark.parametrize(("side", "order"), WAITING)
def test_an_order_that_waits_says_on_which_side_of_what(side, order):
    params = f"order_type={order} offset_percent=2 expiry_bars=3"
    graph = sketch(LONG, f"x: action.enter_{side} {params}\nup.signal -> x.when")
    expected = f"when close crosses above 100, {WAITING[side, order]}, with 95 % of equity"
    assert describe_node(graph, "x").endswith(expected)


def test_an_order_can_wait_at_a_series_by_a_distance_until_it_is_cancelled():
    text = (
        "x: action.enter_long order_type=stop offset_multiple=2 expiry_bars=0\nup.signal -> x.when"
    )
    more = (
        "bars.high -> x.price\natr: indicator.atr\nbars.bars -> atr.bars\natr.value -> x.distance"
    )
    phrase = describe_node(sketch(LONG, text, more), "x")
    assert ", by a stop order 2 x ATR(14) above high, good until cancelled, with" in phrase
    at_market = describe_node(sketch(LONG, text.replace("stop", "market", 1), more), "x")
    assert "ATR" not in at_market


def test_a_confirmation_comes_after_all_that_it_confirms():
    text = "x: action.enter_long confirm_bars=4\nup.signal -> x.when\ndown.signal -> x.confirm"
    assert describe_node(sketch(LONG, text), "x").startswith(
        "enter long when close crosses below 100, 1 to 4 bars after close crosses above 100, with"
    )
    trend = "trend: regime.ranging\nbars.bars -> trend.bars\ntrend.signal -> x.regime"
    assert "after (close crosses above 100 while the market is ranging (ADX(14) below 20))" in (
        describe_node(sketch(LONG, text, trend), "x")
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("r: regime.ranging\nbars.bars -> r.bars", "the market is ranging (ADX(14) below 20)"),
        ("r: logic.not\nup.signal -> r.signal", "close does not cross above 100"),
    ],
)
def test_a_regime_exit_is_said_in_good_english(text, sentence):
    guard = "x: risk.regime_exit\nr.signal -> x.regime"
    expected = f"Enter only while {sentence}; otherwise allow no entry and close the position."
    assert said(LONG, text, guard)[-1] == expected
    rare = said(LONG, text, guard.replace("exit", "exit action=reduce recovery=manual", 1))[-1]
    assert rare.endswith(
        "otherwise allow no entry and reduce the position to 50 % when that begins; once it ends "
        "with a position open, it counts as ended for good."
    )


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("x: logic.not\nn: logic.and\nup.signal -> n.signals\ndown.signal -> n.signals\n"
         "n.signal -> x.signal",
         "it is not true that (close crosses below 100 and close crosses above 100)"),
        ("x: logic.not\np: data.position\np.is_long -> x.signal", "no long position is open"),
        ("x: logic.and\nn: logic.becomes_true\nup.signal -> n.signal\nn.signal -> x.signals\n"
         "down.signal -> x.signals",
         "(close crosses below 100 and (it becomes true that close crosses above 100))"),
    ],
)  # fmt: skip
def test_what_is_not_so_is_said_plainly(text, phrase):
    assert describe_node(sketch(LONG, text), "x") == phrase


SENTENCES = {
    "condition.compare": "True when … is above 0.",
    "indicator.bollinger_bands": (
        "Bollinger bands(20, 2) of …: upper band, middle band and lower band."
    ),
    "indicator.rsi": "RSI(14) of …",
    "logic.and": "True when …",
    "sizing.fixed_shares": "An entry with 100 shares.",
    "risk.max_trades": "Enter at most once a day.",
    "action.exit_long": "Exit long when …",
    "future.kind": "future.kind is a kind of node that this version does not know.",
}


@pytest.mark.parametrize("kind", [*KINDS, "future.kind"])
def test_every_node_has_a_sentence(kind):
    sentence = node_sentence(sketch(f"x: {kind}"), "x")
    assert sentence == SENTENCES.get(kind, sentence)
    assert sentence[-1] in ".…"
    assert sentence[0] == sentence[0].upper() or kind == "future.kind"


def test_a_sentence_needs_a_node():
    with pytest.raises(UnknownNameError, match="no node named 'nobody'"):
        node_sentence(sketch(LONG), "nobody")


def test_texts_of_the_user_stay_on_their_line_and_in_their_quotes():
    graph = sketch(LONG, "r: regime.custom\nup.signal -> r.signal\nr.signal -> enter.filter")
    graph = set_param(graph, "r", "name", 'calm"\n2. Sell\u202eall')
    assert 'the regime is "calm\' 2. Sell all" (close crosses above 100)' in describe(graph)[0]


def test_a_disabled_node_is_not_said_of_the_strategy_but_has_its_own_sentence():
    graph = sketch(LONG, "stop: risk.stop_loss\nenter.order -> stop.entry")
    graph = set_enabled(graph, ["stop"], False)
    assert len(describe(graph)) == 2
    assert node_sentence(graph, "stop").startswith("Protect long positions")
