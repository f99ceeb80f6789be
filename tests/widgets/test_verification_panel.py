"""Code held to its strategy in the builder: verified, explained, repaired, kept as a draft."""

import pytest
from generation.reports import DIFFERS, SAME
from model_answers import CODE, GOOD, LATE, LATE_CODE, PROSE
from test_generating import texts

from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.notebook import CellBridge
from stratcraft_jupyter.notebook.drafts import DRAFT_LINE
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.generate import GeneratePanel
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.model_values import Live
from stratcraft_jupyter.widgets.models_area import ModelsArea
from stratcraft_jupyter.widgets.snapshot import Job
from stratcraft_jupyter.widgets.verified import Verified, headline


@pytest.fixture
def jobs(front_end, state):
    front_end.add_cell("builder")
    bars = load_bars("sample:AAPL").head(800)
    bridge = CellBridge("b1", timeout=20)
    bridge.on_error = state.report
    jobs = Jobs(state, bridge, cell_id="builder", bars=bars, verifies=True)
    bridge.on_cells_changed = jobs.look_again
    yield jobs
    jobs.close()


@pytest.fixture
def area(state, look, jobs):
    return ModelsArea(state, look, jobs)


def part(area, name):
    return next(w for w in area.widgets if f"jp-StratCraft-{name}" in w._dom_classes)


@pytest.fixture
def panel(area):
    return part(area, "verified")


@pytest.fixture
def finish(state, wait_for):
    """Waits until no job and no verification goes on."""

    def is_over():
        with state.lock:
            verified = state.snapshot.verified
            return state.snapshot.job is None and not (verified is not None and verified.step)

    def finish():
        wait_for(is_over, "the end of the job and of the verification")
        with state.lock:
            return state.snapshot

    return finish


@pytest.fixture
def generated(state, look, jobs, area, front_end, find, finish, wait_for):
    """A generation with a model, up to its end."""
    generate = GeneratePanel(state, look, jobs, area.asking).button

    def generated(model):
        front_end.hello()
        state.choose_model(model)
        generate.click()
        wait_for(lambda: state.snapshot.question is not None, "the question")
        with state.lock:  # the question is all there
            send = find(part(area, "question"), description="Send")
        send.click()
        return finish()

    return generated


@pytest.fixture
def shown_button(panel, find, is_shown):
    """A button of the panel, if it is in sight."""

    def shown_button(name):
        button = find(panel, description=name)
        row = next((w for w in panel.children if button in getattr(w, "children", ())), None)
        return button if all(map(is_shown, filter(None, (panel, row, button)))) else None

    return shown_button


class TestBuiltIn:
    def test_compiled_code_is_verified_beside_other_work(
        self, state, jobs, panel, front_end, finish, wait_for, is_shown, shown_button
    ):
        front_end.hello()
        assert not is_shown(panel)
        jobs.generate()
        wait_for(lambda: state.snapshot.verified is not None, "the verification")
        with state.lock:
            assert state.snapshot.job is None  # Run can be pressed
            assert "Verifying: " in texts(panel)
            assert shown_button("Stop verifying")
        finish()
        said = texts(panel)
        assert "Verified: same orders as the graph on" in said
        assert "jp-StratCraft-verified-good" in said
        assert "7 of 7 nodes exercised" in said
        assert not shown_button("Verify")
        assert not shown_button("Ask the model to fix it")
        assert not shown_button("Insert anyway as a draft")

    def test_it_can_be_stopped_and_started_again(
        self, state, jobs, panel, front_end, finish, wait_for, shown_button
    ):
        front_end.hello()
        jobs.generate()
        wait_for(lambda: shown_button("Stop verifying"), "the verification")
        shown_button("Stop verifying").click()
        assert state.snapshot.verified.step == ""
        assert "Not verified: the verification was cancelled." in texts(panel)
        assert "jp-StratCraft-verified-open" in texts(panel)
        shown_button("Verify").click()
        wait_for(lambda: state.snapshot.verified.step, "the verification")
        finish()
        assert "Verified: same orders" in texts(panel)

    def test_without_wanting_it_nothing_is_verified(self, state, jobs, area, finish):
        jobs.verifies = False
        jobs.generate()
        assert finish().verified is None

    def test_another_strategy_makes_it_outdated(self, state, jobs, panel, finish, shown_button):
        jobs.generate()
        finish()
        actions.set_param(state, "fast", "period", 12)
        assert "The strategy has changed since the code was verified." in texts(panel)
        assert "jp-StratCraft-verified-good" not in texts(panel)
        state.undo()
        assert "Verified: same orders" in texts(panel)


class TestEditedCells:
    @pytest.fixture
    def edited(self, jobs, front_end, finish, wait_for, state):
        def edited(source):
            front_end.hello()
            jobs.generate()
            finish()
            front_end.cells[1]["source"] = source
            front_end.cells_changed()
            wait_for(lambda: state.snapshot.generated.is_edited, "the edit")

        return edited

    def test_an_edit_that_changes_nothing_is_said_to_be_the_same(
        self, edited, panel, finish, shown_button, wait_for, state
    ):
        edited(CODE.replace("self.fast", "self.quick"))
        assert "The code was edited: Verify says whether" in texts(panel)
        shown_button("Verify").click()
        wait_for(lambda: state.snapshot.verified.source != CODE, "the verification")
        finish()
        assert "The code was edited; it still makes the same orders as the graph" in texts(panel)

    def test_an_edit_that_leaves_the_graph_is_shown_where_it_does(
        self, edited, panel, jobs, finish, state, shown_button
    ):
        edited(LATE_CODE)
        jobs.run()
        finish()
        said = texts(panel)
        difference = state.snapshot.verified.report.first_difference
        assert f"The code was edited; it leaves the graph at bar {difference.bar}" in said
        assert "one bar late" in said
        assert "Fast SMA" in said
        assert shown_button("Ask the model to fix it") is None
        state.choose_model("replay:other")
        assert shown_button("Ask the model to fix it")


class TestModels:
    def test_a_late_signal_is_repaired_by_itself(self, generated, record, front_end, panel):
        snapshot = generated(record("late", LATE, GOOD))
        assert front_end.cells[1]["source"] == CODE
        assert "Verified: same orders as the graph" in texts(panel)
        first, second = snapshot.live[0].attempts
        assert first.verification.first_difference.cause == "one bar late"
        assert "On the close of bar" in second.reason

    def test_a_difference_that_stays_waits_for_a_decision(
        self, generated, record, front_end, panel, shown_button, finish, state
    ):
        snapshot = generated(record("stubborn", LATE, LATE))
        assert snapshot.verified.is_undecided
        assert "does not do what the strategy says, after 2 attempts" in snapshot.failure.message
        said = texts(panel)
        assert "jp-StratCraft-verified-bad" in said
        assert "Not verified: the code leaves the graph at bar" in said
        assert shown_button("Ask the model to fix it")
        assert front_end.cells[1]["source"].startswith(DRAFT_LINE)
        shown_button("Insert anyway as a draft").click()
        finish()
        source = front_end.cells[1]["source"]
        assert source.startswith("# DRAFT, not finished code: its orders are not those")
        assert DRAFT_LINE in source.splitlines()
        assert LATE_CODE.strip() in source
        assert len(front_end.cells) == 2
        assert "as a draft that stops when it is run" in texts(panel)
        assert shown_button("Insert anyway as a draft") is None
        assert state.snapshot.generated.is_draft

    def test_asking_again_goes_on_in_the_same_cell(
        self, generated, record, front_end, panel, shown_button, finish, state
    ):
        generated(record("stubborn", LATE, LATE))
        state.choose_model(record("clever", PROSE, GOOD))
        shown_button("Ask the model to fix it").click()
        snapshot = finish()
        assert "Verified: same orders" in texts(panel)
        assert [cell["source"] for cell in front_end.cells][1:] == [CODE]
        assert [item.number for item in snapshot.live[0].attempts] == [1, 2]
        assert not snapshot.generated.is_draft

    def test_what_nobody_decided_is_a_draft_once_something_else_begins(
        self, generated, record, front_end, jobs, finish, wait_for
    ):
        generated(record("stubborn", LATE, LATE))
        jobs.generate()
        finish()
        drafts = [cell for cell in front_end.cells if "DRAFT" in cell["source"]]
        wait_for(
            lambda: any(cell["source"].startswith("# DRAFT") for cell in front_end.cells),
            "the draft",
        )
        assert len(drafts) <= 1


def test_while_it_is_repaired_nothing_is_to_be_decided(state, area, panel, shown_button):
    verified = Verified(CODE, state.graph, "replay:a", report=DIFFERS, is_undecided=True)
    names = ("Ask the model to fix it", "Insert anyway as a draft")

    def said(stage, attempt):
        live = Live("replay:a", stage=stage, attempt=attempt, of=3)
        state.update(
            verified=verified, job=Job("generate", stage=f"{stage} {attempt}"), live=(live,)
        )
        assert not any(shown_button(name) for name in names)
        return texts(panel)

    assert "It is being repaired." in said("repairing", 2)
    assert "It is being repaired." in said("writing", 2)
    assert "Its repair is being verified." in said("verifying", 2)
    assert "repair" not in said("verifying", 1)
    state.update(job=None)
    assert all(shown_button(name) for name in names)
    assert "repaired" not in texts(panel)


def test_texts_of_a_report_are_never_markup(state, area, panel):
    from dataclasses import replace

    nasty = "<img src=x onerror=alert(1)>"
    difference = replace(
        DIFFERS.first_difference,
        explanation=nasty,
        series=nasty,
        nodes=(replace(DIFFERS.first_difference.nodes[0], title=nasty, says=nasty),),
    )
    report = replace(
        DIFFERS,
        strategy=nasty,
        first_difference=difference,
        checks=(replace(DIFFERS.checks[0], message=nasty, name=nasty),),
    )
    state.update(verified=Verified(CODE, state.graph, report=report, is_undecided=True))
    assert "&lt;img" in texts(panel)
    assert "<img" not in texts(panel)
    assert "<img" not in report._repr_html_()


def test_what_this_system_cannot_enforce_is_named(state, area, panel):
    report = DIFFERS
    state.update(verified=Verified(CODE, state.graph, report=report, is_undecided=True))
    assert "Not enforced on this system: no TCP." in texts(panel)
    assert "Not enforced on this system: no TCP." in report._repr_html_()


def test_a_report_shows_in_a_notebook_and_prints():
    assert "Verified: same orders as the graph on 4 series, 151 orders." in SAME._repr_html_()
    assert "Verified: same orders" in repr(SAME)
    assert "bar 57 (2000-03-23)" in DIFFERS._repr_html_()
    assert "no such order" in DIFFERS._repr_html_()


def test_text_and_notebook_count_mutants_alike_and_begin_with_what_failed():
    from dataclasses import replace

    report = replace(DIFFERS, coverage=replace(DIFFERS.coverage, equivalent=3))
    passed = replace(SAME.checks[0], code="SC613")
    report = replace(report, checks=(passed, *report.checks))
    for said in (str(report), report._repr_html_()):
        assert "31 of 34 mutants told apart, 3 shown to be equivalent." in said
        assert said.rindex("SC613") > said.rindex("SC610")
        assert said.index("57 (2000-03-23)") < said.index("SC610")


def test_without_code_there_is_nothing_to_say(state):
    assert headline(state.snapshot) == ""


class TestEarlierCode:
    """What is said of the code from before, when a request brings none."""

    def test_it_is_marked_and_not_green_after_a_request_that_failed(
        self, state, jobs, area, panel, record, generated, finish
    ):
        generated(record("good", GOOD))
        assert "verified-good" in texts(panel)
        generated(record("prose", PROSE, PROSE, PROSE))
        said = texts(panel)
        assert "The code you had before. Verified: same orders" in said
        assert "verified-good" not in said
        state.choose_model("builtin")
        jobs.generate()
        finish()
        assert "The code you had before" not in texts(panel)
        assert "verified-good" in texts(panel)
