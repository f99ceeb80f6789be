"""What cannot be true together, or at all, is found however it is written; no more than that."""

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter import validate

TWO = """
enter: action.enter_long
a.signal -> enter.regime
b.signal -> enter.filter
"""


def pair(*lines):
    """Two conditions that the entry needs on the same close, beside its own."""
    return sketch(LONG.replace("bars.close", "bars.volume"), *lines, TWO)


def alone(*lines):
    """One condition ``c`` that the entry needs."""
    return sketch(LONG, *lines, "c.signal -> enter.filter")


def found(graph, code):
    return [item for item in validate(graph) if item.code == code]


RSI = """
r1: indicator.rsi period=14
r2: indicator.rsi
bars.close -> r1.source
bars.close -> r2.source
"""

TOGETHER = {
    "two nodes of the same indicator": (
        RSI,
        "a: condition.compare operator=> value=70\nr1.value -> a.left",
        "b: condition.compare operator=< value=30\nr2.value -> b.left",
    ),
    "numbers of constants": (
        "high: math.constant value=70\nlow: math.constant value=30",
        "a: condition.compare operator=>\nbars.close -> a.left\nhigh.value -> a.right",
        "b: condition.compare operator=<\nbars.close -> b.left\nlow.value -> b.right",
    ),
    "sides exchanged": (
        "a: condition.compare operator=>\nbars.close -> a.left\nbars.open -> a.right",
        "b: condition.compare operator=>\nbars.open -> b.left\nbars.close -> b.right",
    ),
    "a number on the left": (
        "k: math.constant value=70",
        "a: condition.compare operator=> value=70\nbars.close -> a.left",
        "b: condition.compare operator=>=\nk.value -> b.left\nbars.close -> b.right",
    ),
    "both crosses of a pair": (
        "a: condition.crosses_above\nbars.close -> a.left\nbars.open -> a.right",
        "b: condition.crosses_below\nbars.close -> b.left\nbars.open -> b.right",
    ),
    "a cross and its other side": (
        "a: condition.crosses_above value=50\nbars.close -> a.left",
        "b: condition.compare operator=<= value=50\nbars.close -> b.left",
    ),
    "opposite trends": (
        "a: regime.trending_up adx=20\nbars.bars -> a.bars",
        "b: regime.trending_down adx=30\nbars.bars -> b.bars",
    ),
    "a trend and a range of the same ADX": (
        "a: regime.trending_up adx=25\nbars.bars -> a.bars",
        "b: regime.ranging adx=20\nbars.bars -> b.bars",
    ),
    "high and low volatility": (
        "a: regime.high_volatility percent=80\nbars.bars -> a.bars",
        "b: regime.low_volatility percent=20\nbars.bars -> b.bars",
    ),
    "a signal and its Not": (
        "a: condition.rising\nbars.close -> a.source",
        "b: logic.not\na.signal -> b.signal",
    ),
    "the Not of an equal signal": (
        "a: condition.rising\nbars.close -> a.source",
        "b: logic.not\nrise: condition.rising bars=3\nbars.close -> rise.source",
        "rise.signal -> b.signal",
    ),
    "rising and falling": (
        "a: condition.rising\nbars.close -> a.source",
        "b: condition.falling bars=1\nbars.close -> b.source",
    ),
    "a range above a limit": (
        "a: condition.between low_value=10 high_value=20\nbars.close -> a.source",
        "b: condition.compare operator=> value=20\nbars.close -> b.left",
    ),
    "days that do not meet": (
        "a: condition.weekday tuesday=false wednesday=false thursday=false friday=false",
        "b: condition.weekday monday=false",
        "bars.bars -> a.bars\nbars.bars -> b.bars",
    ),
    "times that do not meet": (
        "a: condition.time_of_day from_time=09:30 until_time=11:00\nbars.bars -> a.bars",
        "b: condition.time_of_day from_time=11:00 until_time=16:00\nbars.bars -> b.bars",
    ),
    "every way of an Or": (
        "over: condition.compare operator=> value=90\nbars.close -> over.left",
        "under: condition.compare operator=< value=10\nbars.close -> under.left",
        "a: logic.or\nover.signal -> a.signals\nunder.signal -> a.signals",
        "b: condition.between low_value=20 high_value=80\nbars.close -> b.source",
    ),
    "sides of the position": (
        "p: data.position\na: logic.and\nb: logic.and",
        "p.is_long -> a.signals\np.is_short -> b.signals",
    ),
}


@pytest.mark.parametrize("lines", TOGETHER.values(), ids=TOGETHER)
def test_what_excludes_one_another_is_found_with_both_nodes(lines):
    (item,) = found(pair(*lines), "SC208")
    assert (item.severity, item.node_id) == ("error", "enter")
    assert "exclude one another" in item.message
    assert "Enter long (enter) can never be taken" in item.message
    named = [name for name in ("(a)", "(b)", "(p)") if name in item.message]
    assert named in (["(a)", "(b)"], ["(p)"])


COMPATIBLE = {
    "two limits with room between": (
        RSI,
        "a: condition.compare operator=> value=30\nr1.value -> a.left",
        "b: condition.compare operator=< value=70\nr2.value -> b.left",
    ),
    "the same number on both": (
        "a: condition.compare operator=>= value=50\nbars.close -> a.left",
        "b: condition.compare operator=<= value=50\nbars.close -> b.left",
    ),
    "indicators of other periods": (
        "r1: indicator.rsi period=14\nr2: indicator.rsi period=15",
        "bars.close -> r1.source\nbars.close -> r2.source",
        "a: condition.compare operator=> value=70\nr1.value -> a.left",
        "b: condition.compare operator=< value=30\nr2.value -> b.left",
    ),
    "indicators of other series": (
        "r1: indicator.rsi\nr2: indicator.rsi\nbars.close -> r1.source\nbars.open -> r2.source",
        "a: condition.compare operator=> value=70\nr1.value -> a.left",
        "b: condition.compare operator=< value=30\nr2.value -> b.left",
    ),
    "other bars": (
        "weekly: data.timeframe\nbars.bars -> weekly.bars",
        "a: regime.trending_up\nbars.bars -> a.bars",
        "b: regime.trending_down\nweekly.bars -> b.bars",
    ),
    "the Nots of two comparisons with a series that has gaps": (
        "range: indicator.session_range\nbars.bars -> range.bars",
        "over: condition.compare operator=> value=5\nrange.high -> over.left",
        "under: condition.compare operator=<= value=5\nrange.high -> under.left",
        "a: logic.not\nb: logic.not\nover.signal -> a.signal\nunder.signal -> b.signal",
    ),
    "one way of an Or": (
        "over: condition.compare operator=> value=90\nbars.close -> over.left",
        "wide: condition.compare operator=> value=30\nbars.close -> wide.left",
        "a: logic.or\nover.signal -> a.signals\nwide.signal -> a.signals",
        "b: condition.between low_value=20 high_value=80\nbars.close -> b.source",
    ),
    "a signal and what came before it": (
        "a: condition.rising\nbars.close -> a.source",
        "fell: condition.falling\nbars.close -> fell.source",
        "b: logic.sequence\nfell.signal -> b.first\na.signal -> b.second",
    ),
    "at its high and rising": (
        "a: condition.is_highest\nbars.close -> a.source",
        "b: condition.rising\nbars.close -> b.source",
    ),
}


@pytest.mark.parametrize("lines", COMPATIBLE.values(), ids=COMPATIBLE)
def test_what_can_be_true_together_is_left_alone(lines):
    assert [item for item in validate(pair(*lines)) if item.severity == "error"] == []


def test_a_series_with_gaps_counts_where_one_side_says_that_it_has_a_value():
    range_, over, _, _ = COMPATIBLE["the Nots of two comparisons with a series that has gaps"]
    above = "b: condition.compare operator=> value=6\nrange.high -> b.left"
    graph = pair(range_, over, "a: logic.not\nover.signal -> a.signal", above)
    (item,) = found(graph, "SC208")
    assert "Not (a) and Compare (b)" in item.message


NEVER = {
    "above its range": (
        "r: indicator.rsi\nbars.close -> r.source\nc: condition.compare operator=> value=120",
        "r.value -> c.left",
        "Relative strength index (r) is never above 100",
    ),
    "below its range": (
        "r: indicator.rsi\nbars.close -> r.source\nc: condition.compare operator=< value=-1",
        "r.value -> c.left",
        "Relative strength index (r) is never below 0",
    ),
    "the range of what arithmetic makes of it": (
        "r: indicator.rsi\nbars.close -> r.source\nm: math.subtract value=50\nr.value -> m.left",
        "c: condition.compare operator=> value=50\nm.value -> c.left",
        "Subtract (m) is never above 50",
    ),
    "an average of it": (
        "s: indicator.sma\nbars.volume -> s.source\nc: condition.compare operator=< value=0",
        "s.value -> c.left",
        "Simple moving average (s) is never below 0",
    ),
    "volume below zero": (
        "c: condition.compare operator=< value=0",
        "bars.volume -> c.left",
        "Volume of Bars (bars) is never below 0",
    ),
    "a cross out of the range": (
        "c: condition.crosses_below value=0",
        "bars.volume -> c.left",
        "Volume of Bars (bars) is never below 0",
    ),
    "limits the wrong way round": (
        "c: condition.between low_value=30 high_value=20",
        "bars.close -> c.source",
        "its lower limit is above its upper limit",
    ),
    "two numbers": (
        "k: math.constant value=5\nc: condition.compare operator=> value=7",
        "k.value -> c.left",
        "a number that never changes",
    ),
    "a rise of a number": (
        "k: math.constant value=5\nc: condition.rising",
        "k.value -> c.source",
        "a number that never changes",
    ),
    "more votes than signals": (
        "c: logic.vote count=3",
        "up.signal -> c.signals\ndown.signal -> c.signals",
        "it wants 3 true signals and has 2",
    ),
    "set and reset alike": (
        "c: logic.latch",
        "up.signal -> c.set\nup.signal -> c.reset",
        "Set and Reset are the same signal",
    ),
    "reset wherever set": (
        "any: logic.or\nup.signal -> any.signals\ndown.signal -> any.signals\nc: logic.latch",
        "up.signal -> c.set\nany.signal -> c.reset",
        "Reset is true whenever Set is",
    ),
    "no day": (
        "c: condition.weekday monday=false tuesday=false wednesday=false thursday=false "
        "friday=false",
        "bars.bars -> c.bars",
        "nothing is chosen",
    ),
    "a rank that none has": (
        "c: regime.high_volatility percent=100",
        "bars.bars -> c.bars",
        "the rank of the ATR is never above 99",
    ),
    "a trend stronger than any": (
        "c: regime.trending_up adx=100",
        "bars.bars -> c.bars",
        "the ADX is never above 100",
    ),
    "a close above the highest high of the same bars": (
        "h: indicator.highest\nbars.high -> h.source\nc: condition.compare operator=>",
        "bars.close -> c.left\nh.value -> c.right",
        "is never above Highest value (h)",
    ),
    "a break of the channel of the same bars": (
        "d: indicator.donchian_channels\nbars.bars -> d.bars\nc: condition.crosses_below",
        "bars.close -> c.left\nd.lower -> c.right",
        "Lower of Donchian channels (d) is never above Low of Bars (bars)",
    ),
    "a fall of more than all": (
        "c: condition.percent_move percent=120 direction=down",
        "k: math.constant value=3\nk.value -> c.source",
        "a number that never changes",
    ),
    "swings nearer than they can be": (
        "c: condition.divergence swing_bars=5 max_bars=5",
        "bars.close -> c.price\nbars.volume -> c.oscillator",
        "two swings are at least 6 bars apart",
    ),
}


@pytest.mark.parametrize("lines", NEVER.values(), ids=NEVER)
def test_a_condition_that_can_never_be_true_is_refused_with_its_reason(lines):
    *texts, reason = lines
    graph = alone(*texts)
    (item,) = [item for item in validate(graph) if item.severity == "error"]
    assert (item.code, item.node_id) == ("SC216", "c")
    assert "(c) can never be true: " in item.message
    assert reason in item.message
    assert item.hint


ALWAYS = {
    "the whole range": (
        "r: indicator.rsi\nbars.close -> r.source",
        "c: condition.between\nr.value -> c.source",
    ),
    "two numbers": (
        "k: math.constant value=7\nc: condition.compare operator=> value=5",
        "k.value -> c.left",
    ),
    "a signal or its Not": (
        "n: logic.not\nup.signal -> n.signal\nc: logic.or",
        "up.signal -> c.signals\nn.signal -> c.signals",
    ),
    "all times": (
        "c: condition.time_of_day from_time=10:00 until_time=10:00",
        "bars.bars -> c.bars",
    ),
}


@pytest.mark.parametrize("lines", ALWAYS.values(), ids=ALWAYS)
def test_a_condition_that_is_always_true_is_warned_of(lines):
    (item,) = validate(alone(*lines))
    assert (item.code, item.severity, item.node_id) == ("SC217", "warning", "c")
    assert "(c) is always true" in item.message


POSSIBLE = {
    "at the end of the range": (
        "r: indicator.rsi\nbars.close -> r.source",
        "c: condition.compare operator=>= value=100\nr.value -> c.left",
    ),
    "a channel of the bar before": (
        "d: indicator.donchian_channels\nbars.bars -> d.bars\ns: math.shift",
        "d.upper -> s.source\nc: condition.compare operator=>",
        "bars.close -> c.left\ns.value -> c.right",
    ),
    "the highest close": (
        "h: indicator.highest\nbars.close -> h.source\nc: condition.compare operator=>=",
        "bars.close -> c.left\nh.value -> c.right",
    ),
    "an average that may be below": (
        "s: indicator.dema\nbars.volume -> s.source",
        "c: condition.compare operator=< value=0\ns.value -> c.left",
    ),
    "as many votes as signals": (
        "c: logic.vote count=2",
        "up.signal -> c.signals\nmore: condition.rising\nbars.close -> more.source",
        "more.signal -> c.signals",
    ),
}


@pytest.mark.parametrize("lines", POSSIBLE.values(), ids=POSSIBLE)
def test_a_condition_that_can_be_true_is_left_alone(lines):
    assert validate(alone(*lines)) == ()


def test_what_follows_from_a_finding_is_not_reported_again():
    graph = alone(
        "never: condition.compare operator=< value=0\nbars.volume -> never.left",
        "c: logic.and\nup.signal -> c.signals\nnever.signal -> c.signals",
    )
    (item,) = validate(graph)
    assert (item.code, item.node_id) == ("SC216", "never")


def test_a_finding_about_an_expression_names_the_expression():
    graph = alone(
        "c: condition.expression text=close>highest(high,20)",
        "bars.bars -> c.bars",
    )
    (item,) = validate(graph)
    assert (item.code, item.node_id) == ("SC216", "c")
    assert "(in c)" in item.message
    assert "c_" not in item.message
    assert "Earlier value" in item.hint
