"""Entries and exits that can never act, and ends that never come, are found with their reason."""

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter import validate

SHORT = """
short: action.enter_short
cover: action.exit_short
down.signal -> short.when
up.signal -> cover.when
"""
POSITION = "p: data.position"
MORE = """
more: action.enter_long priority=2
dip: condition.compare operator=< value=90
bars.close -> dip.left
dip.signal -> more.when
"""


def errors(*texts):
    return [item for item in validate(sketch(*texts)) if item.severity == "error"]


@pytest.mark.parametrize("port", ["is_open", "is_long", "is_short"])
def test_the_only_entry_cannot_ask_for_a_position(port):
    (item,) = errors(LONG, POSITION, f"p.{port} -> enter.filter")
    assert (item.code, item.node_id) == ("SC218", "enter")
    assert "(p) needs an open position, and no entry opens the first one." in item.message


def test_nor_for_the_age_of_one():
    (item,) = errors(
        LONG, POSITION, "old: condition.compare operator=> value=3", "p.bars -> old.left",
        "old.signal -> enter.filter",
    )  # fmt: skip
    assert item.code == "SC218"
    assert "Compare (old) needs an open position" in item.message


def test_an_entry_of_the_same_side_cannot_ask_for_a_position_that_another_opened():
    (item,) = errors(LONG, POSITION, MORE, "p.is_open -> more.filter")
    assert (item.code, item.node_id) == ("SC218", "more")
    assert "Entries at most" in item.hint


@pytest.mark.parametrize(
    "texts",
    [
        (SHORT, "p.is_long -> short.filter"),
        ("n: logic.not\np.is_open -> n.signal\nn.signal -> enter.filter",),
        (MORE, "calm: condition.compare operator=<= value=0\np.bars -> calm.left",
         "calm.signal -> more.filter"),
        (SHORT, "p.is_short -> enter.filter"),
        ("either: logic.or\np.is_open -> either.signals\nup.signal -> either.signals",
         "either.signal -> enter.filter"),
    ],
    ids=["a turn", "no position", "age 0", "a turn of the first", "one way of an Or"],
)  # fmt: skip
def test_an_entry_that_can_be_taken_is_left_alone(texts):
    assert errors(LONG, POSITION, *texts) == []


def test_two_entries_that_wait_for_each_other_are_both_refused():
    found = errors(LONG, SHORT, POSITION, "p.is_short -> enter.filter\np.is_long -> short.filter")
    assert [(item.code, item.node_id) for item in found] == [("SC218", "enter"), ("SC218", "short")]


def test_an_exit_cannot_ask_for_another_position_than_its_own():
    (item,) = errors(LONG, POSITION, "x: action.exit_long", "p.is_short -> x.when")
    assert (item.code, item.node_id) == ("SC219", "x")
    assert "is never true while a long position is open" in item.message


def test_an_exit_on_the_age_of_its_position_is_left_alone():
    text = "old: condition.compare operator=> value=3\np.bars -> old.left"
    assert errors(LONG, POSITION, text, "x: action.exit_long\nold.signal -> x.when") == []


def test_a_guard_that_blocks_what_the_entry_needs_is_found():
    (item,) = errors(LONG, "g: risk.indicator_guard", "up.signal -> g.when")
    assert (item.code, item.node_id) == ("SC208", "enter")
    assert "Use Or" not in item.hint
    assert "change or remove" in item.hint
    assert "Crosses above (up) and Indicator guard (g)" in item.message
    assert errors(LONG, "g: risk.indicator_guard side=short", "up.signal -> g.when") == []


def test_hours_that_the_entry_never_has_are_found():
    (item,) = errors(
        LONG, "t: condition.time_of_day from_time=09:30 until_time=10:00\nbars.bars -> t.bars",
        "t.signal -> enter.filter", "h: risk.entry_hours from_time=10:00 until_time=15:00",
    )  # fmt: skip
    assert item.code == "SC208"
    assert "Time of day (t) and Entry hours (h)" in item.message


def test_an_equal_entry_is_hidden_though_its_condition_is_another_node():
    twin = "up2: condition.crosses_above value=100\nbars.close -> up2.left"
    (item,) = validate(sketch(LONG, twin, "t: action.enter_long priority=2\nup2.signal -> t.when"))
    assert (item.code, item.severity, item.node_id) == ("SC210", "warning", "t")


BOTH = """
bars: data.bars
rsi: indicator.rsi
wave: indicator.rsi period=14
low: action.enter_long
lower: action.enter_long priority=2
end: risk.time_limit
bars.close -> rsi.source
bars.close -> wave.source
a.signal -> low.when
b.signal -> lower.when
"""
RSI_BELOW = "a: condition.compare operator=< value=30\nrsi.value -> a.left"
UP = "u: condition.compare\nbars.close -> u.left\nbars.open -> u.right"
BUSY = "v: condition.compare value=5\nbars.volume -> v.left"
EITHER = "logic.or\nu.signal -> {0}.signals\nv.signal -> {0}.signals"


@pytest.mark.parametrize(
    "texts",
    [
        (RSI_BELOW, "b: condition.compare operator=< value=20\nwave.value -> b.left"),
        (RSI_BELOW, "b: condition.between low_value=10 high_value=20\nwave.value -> b.source"),
        (UP, BUSY, "a: " + EITHER.format("a"), "b: logic.and\nu.signal -> b.signals",
         "v.signal -> b.signals"),
        (UP, BUSY, "a: " + EITHER.format("a"), "b: logic.lasts bars=3\nu.signal -> b.signal"),
        ("a: regime.ranging adx=30\nbars.bars -> a.bars",
         "b: regime.ranging adx=20\nbars.bars -> b.bars"),
    ],
    ids=["a lower number", "a range below it", "an And of the parts of an Or",
         "one part of an Or that lasts", "a lower ADX"],
)  # fmt: skip
def test_an_entry_is_hidden_by_one_that_is_true_whenever_it_is(texts):
    (item,) = [item for item in validate(sketch(BOTH, *texts)) if item.code != "SC206"]
    assert (item.code, item.severity, item.node_id) == ("SC210", "warning", "lower")


@pytest.mark.parametrize(
    "texts",
    [
        (RSI_BELOW, "b: condition.compare operator=< value=40\nwave.value -> b.left"),
        (RSI_BELOW, "rsi2: indicator.rsi period=2\nbars.close -> rsi2.source",
         "b: condition.compare operator=< value=20\nrsi2.value -> b.left"),
        (UP, BUSY, "a: logic.and\nu.signal -> a.signals\nv.signal -> a.signals",
         "b: logic.lasts bars=3\nu.signal -> b.signal"),
        (UP, "a: logic.lasts bars=3\nu.signal -> a.signal",
         "b: logic.becomes_true\nu.signal -> b.signal"),
    ],
    ids=["a higher number", "another indicator", "one part of an And", "a longer time"],
)  # fmt: skip
def test_an_entry_that_is_true_without_the_first_is_not_hidden(texts):
    assert "SC210" not in {item.code for item in validate(sketch(BOTH, *texts))}


def test_an_entry_that_is_never_true_is_not_called_hidden_as_well():
    never = "b: condition.compare operator=> value=120\nrsi.value -> b.left"
    found = validate(sketch(BOTH, RSI_BELOW, never))
    assert [item.code for item in found if item.code != "SC206"] == ["SC216"]


def test_an_entry_of_the_other_side_is_hidden_only_if_nothing_turns():
    short = (
        "s: action.enter_short priority=2\nup.signal -> s.when\nb: risk.bracket\ns.order -> b.entry"
    )
    stop = "stop: risk.stop_loss\nenter.order -> stop.entry"
    text = """
    bars: data.bars
    up: condition.crosses_above value=100
    enter: action.enter_long
    bars.close -> up.left
    up.signal -> enter.when
    """
    assert [item.code for item in validate(sketch(text, short, stop))] == ["SC210"]
    assert validate(sketch(LONG, short, stop)) == ()


@pytest.mark.parametrize(
    ("choice", "asked"),
    [("mode=vote votes=2", "2 votes"), ("mode=weight threshold=1.5", "a weight of 1.5")],
)
def test_a_choice_that_allows_no_entry_is_refused(choice, asked):
    (item,) = errors(LONG, f"ch: action.choice {choice}")
    assert (item.code, item.node_id) == ("SC222", "ch")
    assert f"asks for {asked}, and the entries have at most 1 for long" in item.message
    found = [item for item in validate(sketch(LONG, MORE, SHORT, f"ch: action.choice {choice}"))]
    assert [(item.code, item.severity) for item in found] == [("SC222", "warning")]
    assert errors(LONG, MORE, f"ch: action.choice {choice}") == []


def test_hours_that_allow_nothing_are_warned_of():
    (item,) = validate(sketch(LONG, "h: risk.entry_hours from_time=10:00 until_time=10:00"))
    assert (item.code, item.severity, item.node_id) == ("SC223", "warning", "h")


def test_a_part_is_no_end():
    (item,) = errors(LONG, "exit: action.exit_long percent=50")
    assert (item.code, item.node_id) == ("SC202", "enter")
    assert "Exit long (exit) sells 50 %, and a part is always left" in item.message
    assert errors(LONG, "exit: action.exit_long percent=50", "t: risk.time_limit") == []
    assert errors(LONG, "half: action.exit_long percent=50", "up.signal -> half.when") == []


@pytest.mark.parametrize(
    ("entry", "node", "param"),
    [
        ("enter", "risk.bracket stop_percent=100", "stop_percent"),
        ("short", "risk.bracket target_percent=120", "target_percent"),
        ("short", "risk.break_even trigger_percent=100", "trigger_percent"),
    ],
)
def test_a_price_of_zero_is_never_reached(entry, node, param):
    (item,) = errors(LONG, SHORT, f"x: {node}", f"{entry}.order -> x.entry")
    assert (item.code, item.node_id, item.port) == ("SC220", "x", param)
    other = {"enter": "short", "short": "enter"}[entry]
    assert errors(LONG, SHORT, f"x: {node}", f"{other}.order -> x.entry") == []
    assert errors(
        LONG, SHORT, f"x: {node}", f"{entry}.order -> x.entry", "a: indicator.atr",
        "bars.bars -> a.bars", "a.value -> x.distance",
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "port"), [("sizing.confidence", "confidence"), ("sizing.atr_risk", "distance")]
)
def test_a_size_that_is_always_zero_is_refused(kind, port):
    texts = (f"s: {kind}", f"k.value -> s.{port}", "s.size -> enter.size")
    (item,) = errors(LONG, "k: math.constant value=0", *texts)
    assert (item.code, item.node_id, item.port) == ("SC221", "s", port)
    assert errors(LONG, "k: math.constant value=0.5", *texts) == []


@pytest.mark.parametrize("confirm", ["up", "q"], ids=["a cross", "what becomes true"])
def test_a_signal_of_one_bar_cannot_confirm_itself_on_the_next(confirm):
    entry = "enter: action.enter_long confirm_bars={0}"
    twice = (
        "q: logic.becomes_true\nhigh: condition.compare value=90\nbars.close -> high.left\n"
        f"high.signal -> q.signal\nq.signal -> enter.filter\n{confirm}.signal -> enter.confirm"
    )
    (item,) = validate(sketch(LONG, twice, entry.format(1)))
    assert (item.code, item.severity, item.node_id) == ("SC226", "warning", "enter")
    assert f"({confirm}) is never true on two bars in a row" in item.message
    assert validate(sketch(LONG, twice, entry.format(2))) == ()
    assert (
        validate(
            sketch(
                LONG,
                twice.replace(f"{confirm}.signal -> enter.confirm", "high.signal -> enter.confirm"),
                entry.format(1),
            )
        )
        == ()
    )


TARGET = "t: risk.take_profit\nenter.order -> t.entry"
NO_EXIT = "\n".join(line for line in LONG.splitlines() if "exit" not in line and "down" not in line)


def test_a_target_as_the_only_end_is_warned_of():
    (item,) = validate(sketch(NO_EXIT, TARGET))
    assert (item.code, item.severity, item.node_id) == ("SC225", "warning", "enter")
    assert "Only Take profit (t) ends" in item.message


@pytest.mark.parametrize(
    "end",
    ["s: risk.stop_loss\nenter.order -> s.entry", "l: risk.time_limit",
     "out: action.exit_long\nup.signal -> out.when", "b: risk.circuit_breaker"],
)  # fmt: skip
def test_a_target_beside_another_end_is_fine(end):
    assert "SC225" not in {item.code for item in validate(sketch(NO_EXIT, TARGET, end))}
