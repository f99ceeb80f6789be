"""What the palette remembers, and what it says of a kind."""

import json

import pytest

from stratcraft_jupyter.graph import KINDS, meaning_of
from stratcraft_jupyter.providers.preferences import change_preferences, read_preferences
from stratcraft_jupyter.widgets import preferring
from stratcraft_jupyter.widgets.palette import Palette


def titles(choices, is_shown):
    return list(choices.widget._options_labels) if is_shown(choices.widget) else []


@pytest.fixture
def palette(front_end, state, look):
    return Palette(state, look)


def test_what_was_added_last_comes_first(palette, state, is_shown):
    assert titles(palette._recent, is_shown) == []
    for kind in ("indicator.rsi", "logic.and", "indicator.rsi"):
        palette._add(kind)
    assert titles(palette._recent, is_shown) == ["Relative strength index", "And"]
    assert read_preferences()[0].recent_kinds == ("indicator.rsi", "logic.and")


def test_only_the_last_few_are_remembered(palette, state):
    for kind in list(KINDS)[:12]:
        palette._add(kind)
    recent = read_preferences()[0].recent_kinds
    assert len(recent) == preferring.RECENT_KINDS
    assert recent[0] == list(KINDS)[11]


def test_a_favourite_is_on_top_and_not_among_the_recent(palette, state, is_shown):
    palette._add("indicator.rsi")
    preferring.set_favourite_kind(state, "indicator.rsi", True)
    assert titles(palette._favourites, is_shown) == ["Relative strength index"]
    assert titles(palette._recent, is_shown) == []
    preferring.set_favourite_kind(state, "indicator.rsi", False)
    assert titles(palette._favourites, is_shown) == []


def test_a_kind_that_is_no_more_is_left_out(front_end, state, look, is_shown):
    saved = change_preferences(favourite_kinds=("indicator.gone", "logic.not"))
    state.update(preferences=saved)
    assert titles(Palette(state, look)._favourites, is_shown) == ["Not"]


def test_a_node_is_added_where_nothing_can_be_saved(palette, state, home, is_shown):
    home.parent.mkdir(parents=True, exist_ok=True)
    home.write_text("a file where the folder should be")
    palette._add("indicator.rsi")
    assert state.snapshot.selected_nodes == ("rsi",)
    assert state.snapshot.failure is None
    assert titles(palette._recent, is_shown) == ["Relative strength index"]


@pytest.mark.parametrize("name", ["../x", "indicator.", "Indicator.rsi", "a" * 41 + ".b"])
def test_no_other_text_is_kept_as_a_kind(home, name):
    home.mkdir(parents=True)
    path = home / "preferences.json"
    path.write_text(json.dumps({"favourite_kinds": [name]}))
    preferences, problem = read_preferences(path)
    assert "favourite_kinds" in problem
    assert preferences.favourite_kinds == ()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_says_what_it_means_and_its_ports(kind):
    first, *ports = meaning_of(kind).split("\n")
    assert first.endswith(".")
    assert "`" not in first
    assert len(ports) == bool(kind.inputs) + bool(kind.outputs)
    for port in (*kind.inputs, *kind.outputs):
        assert port.title in "\n".join(ports)


def test_the_ports_say_type_and_need():
    said = meaning_of(KINDS["condition.compare"])
    assert "In: Left (series), Right (series, optional)." in said
    assert "Out: Signal (signal)." in said
    assert "Signals (signal, several)" in meaning_of(KINDS["logic.and"])
