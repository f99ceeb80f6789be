import logging
import threading

import pytest

from stratcraft_jupyter.errors import BacktestError, GraphEditError, GraphFileError
from stratcraft_jupyter.graph import History, StrategyGraph, load_template, set_param
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.saving import save
from stratcraft_jupyter.widgets.snapshot import Snapshot
from stratcraft_jupyter.widgets.state import BuilderState


def test_a_listener_is_told_at_once_and_after_each_change(state):
    seen = []
    state.subscribe(lambda new, old: seen.append((new.notice, old.notice)))
    state.update(notice="one")
    state.update(notice="two")
    assert seen == [("", ""), ("one", ""), ("two", "one")]


def test_a_change_to_the_same_value_tells_nobody(state):
    seen = []
    state.subscribe(lambda new, old: seen.append(new))
    state.update(notice=state.snapshot.notice, job=None)
    state.select(state.snapshot.selected_nodes)
    assert len(seen) == 1


def test_changes_made_by_listeners_reach_all_listeners_in_order(state):
    def answer(new, old):
        if new.notice == "question":
            state.update(notice="answer")

    seen = []
    state.subscribe(answer)
    state.subscribe(lambda new, old: seen.append(new.notice))
    state.update(notice="question")
    assert seen == ["", "question", "answer"]


def test_a_broken_view_is_shown_and_logged_and_the_others_go_on(state, caplog):
    def broken(new, old):
        if new.notice == "now":
            raise RuntimeError("cannot draw")

    seen = []
    state.subscribe(broken)
    state.subscribe(lambda new, old: seen.append(new.notice))
    with caplog.at_level(logging.ERROR):
        state.update(notice="now")
    assert "now" in seen
    assert "cannot draw" in state.snapshot.failure.message
    assert "cannot draw" in caplog.text


def test_a_view_that_cannot_show_errors_does_not_go_round_in_circles(state):
    def broken(new, old):
        if new.failure is not None:
            raise RuntimeError("again")

    state.subscribe(broken)
    state.report(ValueError("first"))
    assert "first" in state.snapshot.failure.message


def test_threads_do_not_lose_edits(state):
    def add():
        for _ in range(20):
            with state.lock:
                actions.add_node(state, "math.constant")

    before = len(state.graph.nodes)
    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(state.graph.nodes) == before + 80


def test_an_edit_can_be_undone_and_redone_by_name(state):
    first = state.graph
    actions.set_param(state, "fast", "period", 12)
    edited = state.graph
    assert state.snapshot.history.undo_name == "set period of Fast SMA 10 → 12"
    state.undo()
    assert state.graph == first
    assert state.snapshot.notice == "Undone: set period of Fast SMA 10 → 12."
    state.redo()
    assert state.graph == edited
    assert state.snapshot.notice == "Redone: set period of Fast SMA 10 → 12."


def test_nothing_to_undo_is_said(state):
    state.undo()
    assert state.snapshot.notice == "There is nothing to undo."
    state.redo()
    assert state.snapshot.notice == "There is nothing to redo."


def test_a_refused_edit_leaves_everything_as_it_is(state):
    before = state.snapshot
    with pytest.raises(GraphEditError):
        actions.set_param(state, "fast", "period", 0)
    assert state.snapshot is before


def test_an_edit_that_changes_nothing_is_no_step(state):
    actions.set_param(state, "fast", "period", 10)
    assert state.snapshot.history.undo_name is None


def test_findings_follow_the_strategy(state):
    assert state.snapshot.errors == ()
    actions.delete(state, ["fast"])
    assert {item.node_id for item in state.snapshot.errors} == {"cross_up", "cross_down"}
    state.undo()
    assert state.snapshot.errors == ()


def test_what_is_deleted_is_selected_no_more(state):
    edge = str(state.graph.edges_from("fast")[0])
    state.select(["fast", "slow"], [edge])
    actions.delete(state, ["fast"])
    assert state.snapshot.selected_nodes == ("slow",)
    assert state.snapshot.selected_edges == ()


def test_only_what_exists_can_be_selected(state):
    state.select(["fast", "nobody"], ["a.b->c.d"])
    assert state.snapshot.selected_nodes == ("fast",)
    assert state.snapshot.selected_edges == ()


def test_an_edit_takes_the_last_error_away(state):
    state.report(BacktestError("It broke.", line=7))
    assert state.snapshot.failure.line == 7
    actions.set_name(state, "Better")
    assert state.snapshot.failure is None


def test_an_unforeseen_error_is_shown_in_words_and_logged_in_full(state, caplog):
    with caplog.at_level(logging.ERROR):
        state.report(KeyError("lost"))
    assert "KeyError: 'lost'" in state.snapshot.failure.message
    assert state.snapshot.failure.hint
    assert "KeyError" in caplog.text


def test_one_job_at_a_time(state):
    assert state.begin("run")
    assert not state.begin("generate")
    assert state.snapshot.job.kind == "run"
    assert "running already" in state.snapshot.notice
    state.end("Done.")
    assert state.begin("generate")


def test_progress_without_a_job_is_nothing(state):
    state.progress(stage="Running")
    assert state.snapshot.job is None


class TestSave:
    def test_without_a_file_it_says_what_to_do(self, state):
        with pytest.raises(GraphFileError, match=r"builder\.save\(path\)"):
            save(state)

    def test_it_writes_and_remembers_the_file(self, state, tmp_path):
        path = tmp_path / "mine.strategy.json"
        save(state, path)
        assert StrategyGraph.load(path) == state.graph
        assert not state.snapshot.has_unsaved_changes
        actions.set_name(state, "Other")
        assert state.snapshot.has_unsaved_changes
        save(state)
        assert StrategyGraph.load(path).name == "Other"

    def test_a_file_changed_by_somebody_else_is_left_alone(self, state, tmp_path):
        path = tmp_path / "mine.strategy.json"
        save(state, path)
        theirs = set_param(state.graph, "fast", "period", 77)
        theirs.save(path)
        actions.set_name(state, "Other")
        with pytest.raises(GraphFileError, match="changed by somebody else"):
            save(state)
        assert StrategyGraph.load(path) == theirs


def test_without_a_file_the_first_edit_is_the_first_unsaved_change(tmp_path):
    graph = load_template("sma_cross")
    state = BuilderState(Snapshot(History(graph)))
    assert not state.snapshot.has_unsaved_changes
    actions.set_name(state, "Mine")
    assert state.snapshot.has_unsaved_changes
    fresh = Snapshot(History(graph), path=tmp_path / "x.strategy.json")
    assert BuilderState(fresh).snapshot.has_unsaved_changes
