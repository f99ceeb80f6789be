"""Enter in a search acts on what was typed, also when the last letters come after it."""

import pytest

from stratcraft_jupyter.widgets.search_field import SearchField


@pytest.fixture
def said():
    return []


@pytest.fixture
def field(front_end, look, said):
    made = SearchField(
        look,
        lambda: said.append(("shown", made.text)),
        lambda text: said.append(("entered", text)),
        description="Search",
        placeholder="Search",
    )
    return made


def enter(front_end, field, **content):
    front_end.send(field.widget.comm, {"event": "submit", **content})


def test_the_page_finds_the_field_by_its_class(field):
    assert f"jp-StratCraft-enters-{field.widget.model_id}" in field.widget._dom_classes


def test_enter_carries_its_text_and_the_late_letters_are_dropped(front_end, field, said):
    front_end.set(field.widget.comm, value="rs")
    enter(front_end, field, text="rsi ")
    assert said[-1] == ("entered", "rsi")
    field.clear()
    said.clear()
    front_end.set(field.widget.comm, value="rsi ")
    assert field.text == ""
    assert ("shown", "rsi") not in said
    # the same word again is a new search
    front_end.set(field.widget.comm, value="rsi ")
    assert field.text == "rsi"


@pytest.mark.parametrize("is_late", [True, False])
def test_what_is_typed_on_begins_anew(front_end, field, is_late):
    front_end.set(field.widget.comm, value="rs" if is_late else "rsi")
    enter(front_end, field, text="rsi")
    field.clear()
    front_end.set(field.widget.comm, value="c")
    front_end.set(field.widget.comm, value="rsi")
    assert field.text == "rsi"


def test_what_was_not_found_stays_when_it_arrives(front_end, field, said):
    front_end.set(field.widget.comm, value="zz")
    enter(front_end, field, text="zzz")
    front_end.set(field.widget.comm, value="zzz")
    assert said[-1] == ("shown", "zzz")
    field.clear()
    front_end.set(field.widget.comm, value="zzz")
    assert field.text == "zzz"


def test_without_our_extension_enter_means_what_has_arrived(front_end, field, said):
    front_end.set(field.widget.comm, value="rsi")
    enter(front_end, field)
    assert said[-1] == ("entered", "rsi")


def test_enter_in_an_empty_field_does_nothing(front_end, field, said):
    enter(front_end, field, text="  ")
    assert said == []
