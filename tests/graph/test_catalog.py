"""The catalog agrees with itself, and is found by the words people use."""

import json
import re

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter.codegen.compiler.plan import EMITTERS
from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import (
    EXPRESSION_KINDS,
    FAMILIES,
    KINDS,
    catalog_json,
    get_kind,
    has_effect,
    search_kinds,
    semantics_in_words,
    why_not_value,
)
from stratcraft_jupyter.graph.catalog import PORT_TYPES, Param
from stratcraft_jupyter.graph.trading_rules import SIDES_OF, STOP_KINDS

EMITTED_ALONE = {"data", "indicator", "math", "condition", "logic", "regime"}
"""Families whose kinds become lines of code by themselves."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
PARAMS = [(kind, param) for kind in KINDS.values() for param in kind.params]


def ids(value: object) -> str:
    return getattr(value, "name", str(value))


@pytest.mark.parametrize("kind", KINDS.values(), ids=ids)
def test_a_kind_says_what_it_is(kind):
    assert kind.title == kind.title.strip() != ""
    assert kind.title[0].isupper()
    assert kind.help
    assert not kind.help[0].isupper()
    assert not kind.help.endswith(".")
    assert kind.semantics.endswith(".")
    assert len(kind.semantics) > 15
    assert kind.aliases
    assert kind.title not in kind.aliases
    if kind.family == "indicator":
        assert kind.formula
        assert kind.reference


@pytest.mark.parametrize("kind", KINDS.values(), ids=ids)
def test_a_kind_is_named_as_documents_need_it(kind):
    family, _, name = kind.name.partition(".")
    assert family in {item.name for item in FAMILIES}
    assert NAME.fullmatch(family)
    assert NAME.fullmatch(name)
    assert KINDS[kind.name] is kind is get_kind(kind.name)


def test_no_two_kinds_have_the_same_title():
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


def test_every_family_has_kinds_together():
    order = list(dict.fromkeys(kind.family for kind in KINDS.values()))
    assert order == [family.name for family in FAMILIES]


@pytest.mark.parametrize("kind", KINDS.values(), ids=ids)
def test_ports_and_parameters_of_a_kind_are_sound(kind):
    for items in (kind.inputs, kind.outputs, kind.params):
        assert len({item.name for item in items}) == len(items)
        assert len({item.title for item in items}) == len(items)
        assert all(NAME.fullmatch(item.name) and item.title for item in items)
    assert {port.type for port in (*kind.inputs, *kind.outputs)} <= set(PORT_TYPES)
    assert all(port.help for port in kind.inputs)
    assert all(kind.input(port.name) is port for port in kind.inputs)
    assert all(kind.output(port.name) is port for port in kind.outputs)
    assert kind.input("nothing") is kind.output("nothing") is kind.param("nothing") is None


@pytest.mark.parametrize(("kind", "param"), PARAMS, ids=ids)
def test_a_parameter_is_sound(kind, param):
    assert why_not_value(param, param.default) is None
    if param.type in ("int", "float"):
        assert param.minimum is not None
        assert param.maximum is not None
        assert param.minimum < param.maximum
        assert type(param.default).__name__ == param.type
        assert why_not_value(param, param.minimum) is None or param.type == "int"
        assert why_not_value(param, param.maximum + 1)
        assert why_not_value(param, param.minimum - 1)
    assert (param.type == "choice") == bool(param.choices)
    inputs = {port.name for port in kind.inputs}
    assert {param.unless_connected, param.when_connected} <= inputs | {None}


@pytest.mark.parametrize(
    ("param", "value", "reason"),
    [
        (Param("x", "X", "bool", False), 1, "use true or false."),
        (Param("x", "X", "bool", False), True, None),
        (Param("x", "X", "text", ""), 1, "use a text."),
        (Param("x", "X", "text", ""), "anything", None),
        (Param("x", "X", "int", 1), 10**9, None),
        (Param("x", "X", "float", 1.0, 0, 1e6), 1, None),
        (Param("x", "X", "float", 1.0, 0, 1e6), 1e6 + 1, "use 1,000,000 or less."),
        (Param("x", "X", "float", 1.0, 0.05), 0.01, "use 0.05 or more."),
        (Param("x", "X", "float", 1.0), float("nan"), "use a number."),
    ],
)
def test_a_value_is_held_against_its_parameter(param, value, reason):
    assert why_not_value(param, value) == reason


def test_a_parameter_has_effect_only_where_it_counts():
    stop = KINDS["risk.stop_loss"]
    by_percent = sketch(LONG, "stop: risk.stop_loss", "enter.order -> stop.entry")
    by_distance = sketch(
        LONG, "stop: risk.stop_loss", "enter.order -> stop.entry", "bars.open -> stop.distance"
    )
    for graph, effects in ((by_percent, [True, False]), (by_distance, [False, True])):
        node = graph.node("stop")
        assert [has_effect(graph, node, param) for param in stop.params] == effects


def test_every_kind_that_computes_has_an_emitter_and_no_other():
    computed = {kind for kind in KINDS if KINDS[kind].family in EMITTED_ALONE}
    assert computed - set(EXPRESSION_KINDS) == set(EMITTERS)


def test_the_kinds_the_rules_name_exist():
    assert {*SIDES_OF, *STOP_KINDS} <= set(KINDS)
    giving = {k.name for k in KINDS.values() if any(p.type == "order" for p in k.outputs)}
    assert giving == set(SIDES_OF)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("RSI", "indicator.rsi"),
        ("relative strength", "indicator.rsi"),
        ("strength relative", "indicator.rsi"),
        ("overbought", "indicator.rsi"),
        ("moving average", "indicator.sma"),
        ("  MOVING   Average ", "indicator.sma"),
        ("EMA", "indicator.ema"),
        ("bb", "indicator.bollinger_bands"),
        ("turtle", "indicator.donchian_channels"),
        ("golden cross", "condition.crosses_above"),
        ("buy", "action.enter_long"),
        ("cover", "action.exit_short"),
        (">", "condition.compare"),
        ("atr trailing", "risk.trailing_stop"),
        ("1% risk", "sizing.risk"),
        ("yesterday", "math.shift"),
        ("price", "data.bars"),
    ],
)
def test_search_finds_what_people_call_it(text, first):
    assert search_kinds(text)[0].name == first


@pytest.mark.parametrize("kind", KINDS.values(), ids=ids)
def test_a_kind_is_found_by_its_title_and_every_alias(kind):
    for name in (kind.title, *kind.aliases):
        assert kind in search_kinds(name), name
    assert kind in search_kinds(kind.title[:4])
    assert search_kinds(kind.title)[0] == kind


def test_all_averages_are_found_together():
    names = {kind.name for kind in search_kinds("moving average")}
    assert names >= {"indicator.sma", "indicator.ema", "indicator.wma", "indicator.macd"}


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_an_empty_search_shows_everything(text):
    assert search_kinds(text) == tuple(KINDS.values())


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("bar before", "math.shift"),
        ("previous bar", "math.shift"),
        ("breakout", "condition.compare"),
        ("breakout", "condition.crosses_above"),
        ("breakout", "indicator.donchian_channels"),
        ("momentm", "indicator.momentum_oscillator"),
        ("donchain", "indicator.donchian_channels"),
        ("moving avrage", "indicator.sma"),
        ("bolinger band", "indicator.bollinger_bands"),
        ("macdd", "indicator.macd"),
    ],
)
def test_other_words_and_one_wrong_letter_find_it_among_the_first(text, among):
    assert among in [kind.name for kind in search_kinds(text)[:4]]


def test_a_misspelt_word_counts_only_where_nothing_is_called_so():
    assert all(
        "moment" in f"{kind.title} {kind.aliases} {kind.help} {kind.semantics}".lower()
        for kind in search_kinds("moment")
    )


@pytest.mark.parametrize("text", ["rsj", "mooving avrege", "rsi and pizza"])
def test_a_search_for_what_is_not_there_finds_nothing(text):
    assert search_kinds(text) == ()


@pytest.mark.parametrize("kind", KINDS.values(), ids=ids)
def test_what_a_kind_means_is_said_in_titles_not_in_names(kind):
    said = semantics_in_words(kind)
    coded = {param.name for item in KINDS.values() for param in item.params if "_" in param.name}
    assert not coded & set(re.findall(r"\w+", said))
    assert "`" not in said
    assert not re.search(r"\b(\w+) \1\b", said)


def test_the_sentences_of_earlier_value_and_enter_long():
    earlier, enter = (semantics_in_words(KINDS[n]) for n in ("math.shift", "action.enter_long"))
    assert "; “Bars ago” says how many." in earlier
    assert "“Confirm within” says how many closes later at most" in enter


def test_a_misspelt_kind_gets_a_hint():
    with pytest.raises(UnknownNameError, match=r"Did you mean 'indicator\.rsi'"):
        get_kind("indicator.rsii")


def test_the_catalog_goes_to_json_and_stays_the_same():
    data = catalog_json()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert catalog_json() == data
    assert set(data) == {"families", "port_types", "kinds"}
    assert [item["kind"] for item in data["kinds"]] == list(KINDS)
    data["kinds"].clear()
    assert catalog_json()["kinds"]


def test_a_kind_in_json_has_everything_a_form_needs():
    (compare,) = [i for i in catalog_json()["kinds"] if i["kind"] == "condition.compare"]
    assert set(compare) == {
        "kind", "title", "family", "aliases", "help", "semantics", "formula", "reference",
        "lookback", "ports", "params",
    }  # fmt: skip
    assert compare["ports"]["inputs"][1] == {
        "name": "right",
        "type": "series",
        "title": "Right",
        "help": "the series it is held against",
        "required": False,
        "multiple": False,
        "gaps": True,
        "history": False,
        "when_choice": None,
        "minimum": None,
        "maximum": None,
        "within_input": False,
        "never_below": [],
        "never_above": [],
    }
    assert compare["params"][0]["choices"] == [">", ">=", "<", "<="]
    assert compare["params"][1]["unless_connected"] == "right"


def test_the_catalog_cannot_be_changed():
    with pytest.raises(TypeError):
        KINDS["x.y"] = None
    with pytest.raises(AttributeError):
        KINDS["data.bars"].title = "x"
