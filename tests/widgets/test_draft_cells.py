from dataclasses import replace

import pytest

from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.notebook import CellBridge, CellStamp, source_hash
from stratcraft_jupyter.notebook.drafts import DRAFT_LINE, as_draft
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.runner import target_in_words


@pytest.fixture
def jobs(front_end, state):
    front_end.add_cell("builder")
    jobs = Jobs(state, CellBridge("b1", timeout=20), cell_id="builder")
    front_end.hello()
    yield jobs
    jobs.close()


@pytest.fixture
def add_draft(front_end, state):
    """Puts a draft below the builder, younger than everything else."""

    def add_draft(text):
        source = as_draft(text)
        stamp = CellStamp.now(
            builder_id="b1", graph_hash=state.graph.hash, source=source, origin="model", model="m:x"
        )
        stamp = replace(stamp, is_draft=True, created="2999-01-01T00:00:00+00:00")
        return front_end.add_cell("draft", source, stamp.to_metadata(), after="builder")

    return add_draft


@pytest.fixture
def finish(state, wait_for):
    def finish():
        wait_for(lambda: state.snapshot.job is None, "the end of the job")
        return state.snapshot

    return finish


def test_run_refuses_a_draft_and_says_what_to_do(state, jobs, add_draft, finish):
    add_draft(compile_strategy(state.graph))
    jobs.run()
    snapshot = finish()
    assert snapshot.failure.message == (
        "Nothing was run: the generated cell is a draft, not finished code."
    )
    assert "delete the line of that cell that begins with raise" in snapshot.failure.hint
    assert snapshot.outcome is None
    assert "draft" in target_in_words(snapshot)


def test_a_draft_takes_nothing_away_from_the_finished_code(
    front_end, state, jobs, add_draft, finish
):
    jobs.generate()
    first = finish().generated
    add_draft("class Unfinished")
    jobs.run()
    snapshot = finish()
    assert snapshot.failure is None
    assert snapshot.generated == first
    assert snapshot.outcome.code.source == first.source


def test_a_new_builder_takes_the_finished_code_not_the_younger_draft(
    front_end, state, jobs, add_draft, finish
):
    source = compile_strategy(state.graph)
    stamp = CellStamp.now(
        builder_id="b1", graph_hash=state.graph.hash, source=source, origin="builtin", model="m"
    )
    front_end.add_cell("finished", source, stamp.to_metadata())
    add_draft("class Unfinished")
    jobs.run()
    snapshot = finish()
    assert snapshot.failure is None
    assert snapshot.outcome.code.cell_id == "finished"


def test_a_draft_without_its_first_line_runs(front_end, state, jobs, add_draft, finish):
    draft = add_draft(compile_strategy(state.graph))
    draft["source"] = draft["source"].removeprefix(f"{DRAFT_LINE}\n")
    jobs.run()
    snapshot = finish()
    assert snapshot.failure is None
    assert snapshot.outcome.code.is_edited
    assert source_hash(snapshot.outcome.code.source) == source_hash(compile_strategy(state.graph))


def test_generating_keeps_the_draft(front_end, state, jobs, add_draft, finish):
    draft = add_draft("class Unfinished")
    jobs.generate()
    snapshot = finish()
    assert [cell["cell_id"] for cell in front_end.cells] == [
        "builder",
        snapshot.generated.cell_id,
        "draft",
    ]
    assert draft["source"] == as_draft("class Unfinished")
    assert "The draft is kept." in snapshot.notice
    assert not snapshot.generated.is_draft
