"""Undo and redo."""

import dataclasses
import pickle

import pytest

from stratcraft_jupyter.graph import History, StrategyGraph, set_name
from stratcraft_jupyter.graph.history import MAX_STEPS

START = StrategyGraph()


def named(name: str) -> StrategyGraph:
    return set_name(START, name)


def test_a_new_history_has_nothing_to_undo_or_redo():
    history = History(START)
    assert (history.undo_name, history.redo_name) == (None, None)
    assert (history.can_undo, history.can_redo) == (False, False)
    assert history.undo() is history
    assert history.redo() is history


def test_undo_and_redo_restore_exactly_and_say_what():
    history = History(START).push("Rename", named("one")).push("Rename again", named("two"))
    assert (history.present, history.undo_name) == (named("two"), "Rename again")
    back = history.undo()
    assert (back.present, back.undo_name, back.redo_name) == (
        named("one"),
        "Rename",
        "Rename again",
    )
    assert back.undo().present == START
    assert back.undo().redo_name == "Rename"
    assert back.undo().redo() == back
    assert back.redo() == history


def test_an_edit_after_undo_forgets_what_was_undone():
    history = History(START).push("First", named("one")).undo().push("Second", named("two"))
    assert history.redo_name is None
    assert history.undo().present == START


def test_an_edit_that_changes_nothing_is_no_step():
    history = History(START).push("First", named("one")).undo()
    assert history.push("Nothing", START) is history


def test_the_oldest_steps_are_forgotten():
    history = History(START)
    for number in range(MAX_STEPS + 5):
        history = history.push(f"Step {number}", named(str(number)))
    for number in reversed(range(5, MAX_STEPS + 5)):
        assert history.undo_name == f"Step {number}"
        history = history.undo()
    assert (history.present, history.can_undo) == (named("4"), False)


def test_a_history_cannot_be_changed_but_sent():
    history = History(START).push("First", named("one"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        history.present = START
    assert pickle.loads(pickle.dumps(history)) == history
