"""Code of a model runs without the whole boundary only after a question, once a notebook."""

import pytest
from model_answers import CODE, GOOD
from test_generating import texts

from stratcraft_jupyter.backtest.records import Isolation
from stratcraft_jupyter.generation import quote
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.notebook import CellBridge
from stratcraft_jupyter.widgets.consent_panel import ConsentPanel
from stratcraft_jupyter.widgets.generating import Generating
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.model_values import Question

PART = "no TCP"


@pytest.fixture
def missing():
    """What this system cannot enforce, as far as the builder knows."""
    return [PART]


@pytest.fixture
def make_jobs(front_end, state, missing):
    front_end.add_cell("builder")
    made = []

    def make():
        jobs = Jobs(
            state,
            CellBridge("b1", timeout=20),
            cell_id="builder",
            bars=load_bars("sample:AAPL").head(600),
            find_isolation=lambda: Isolation(("clean environment",), tuple(missing)),
        )
        made.append(jobs)
        front_end.hello()
        return jobs

    yield make
    for jobs in made:
        jobs.close()


@pytest.fixture
def send(state, record):
    def send(jobs, model):
        asked = quote(state.graph, model)
        state.update(question=Question("generate", (asked,), state.graph))
        Generating(state, jobs).send()

    return send


@pytest.fixture
def is_asked(state, wait_for):
    def is_asked():
        wait_for(lambda: state.snapshot.consent or state.snapshot.job is None, "the question")
        return state.snapshot.consent

    return is_asked


@pytest.fixture
def finish(state, wait_for):
    def finish():
        wait_for(lambda: state.snapshot.job is None, "the end of the job")
        return state.snapshot

    return finish


def test_the_part_is_named_and_nothing_is_sent_or_run_before_the_answer(
    make_jobs, send, record, state, look, front_end, is_asked, finish, find, is_shown
):
    jobs = make_jobs()
    panel = ConsentPanel(state, look, jobs.consent).widget
    assert not is_shown(panel)
    send(jobs, record("one", GOOD))
    assert is_asked() == (PART,)
    assert is_shown(panel)
    assert f"<li>{PART}</li>" in texts(panel)
    assert len(front_end.cells) == 1
    find(panel, description="Do not run").click()
    snapshot = finish()
    assert "cannot keep code of a model apart" in snapshot.failure.message
    assert len(front_end.cells) == 1
    assert not is_shown(panel)
    send(jobs, "replay:one")
    assert is_asked() == (PART,)  # a no is not for ever
    find(panel, description="Run anyway").click()
    finish()
    assert front_end.cells[1]["source"] == CODE


def test_it_is_asked_once_a_notebook(make_jobs, send, record, front_end, is_asked, finish):
    jobs = make_jobs()
    model = record("one", GOOD, GOOD, GOOD)
    send(jobs, model)
    assert is_asked()
    jobs.consent.answer(is_agreed=True)
    finish()
    assert front_end.metadata["stratcraft"]["boundary_accepted"]
    jobs.run()
    assert not is_asked()
    finish()
    again = make_jobs()  # a new kernel with the same notebook
    send(again, model)
    assert not is_asked()


def test_an_answer_of_somebody_else_or_for_fewer_parts_does_not_count(
    make_jobs, send, record, front_end, is_asked, finish, missing, home
):
    jobs = make_jobs()
    model = record("one", GOOD, GOOD, GOOD)
    send(jobs, model)
    is_asked()
    jobs.consent.answer(is_agreed=True)
    finish()
    missing.append("memory limit")
    send(jobs, model)
    assert is_asked() == (PART, "memory limit")
    jobs.consent.answer(is_agreed=True)
    finish()
    (home / "consent.key").unlink()
    send(make_jobs(), model)
    assert is_asked()


def test_our_own_code_runs_without_a_question(make_jobs, state, finish, is_asked):
    jobs = make_jobs()
    jobs.run()
    assert not is_asked()
    assert finish().outcome is not None


def test_a_whole_boundary_needs_no_question(make_jobs, send, record, missing, is_asked, finish):
    missing.clear()
    send(make_jobs(), record("one", GOOD))
    assert not is_asked()
    assert finish().failure is None


def test_cancel_takes_the_question_away(make_jobs, send, record, state, is_asked, finish):
    jobs = make_jobs()
    send(jobs, record("one", GOOD))
    assert is_asked()
    jobs.cancel()
    snapshot = finish()
    assert snapshot.consent == ()
    assert snapshot.generated is None
