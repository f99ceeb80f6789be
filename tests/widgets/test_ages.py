"""What the builder says about code and results that are older than the strategy shown."""

from datetime import UTC, datetime

import pytest

from stratcraft_jupyter.notebook import CellBridge
from stratcraft_jupyter.widgets import actions, canvas_actions
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.results_area import ResultsArea, age_in_words
from stratcraft_jupyter.widgets.runner import moment_in_words, target_in_words

OLD_CODE = "This runs the code as generated before your last change. Generate first to include it."
OLD_RESULTS = "Results of the strategy before your last change."


@pytest.fixture
def jobs(front_end, state):
    front_end.add_cell("builder")
    cells = CellBridge("b1", timeout=20)
    jobs = Jobs(state, cells, cell_id="builder")
    cells.on_cells_changed = jobs.look_again
    front_end.hello()
    yield jobs
    jobs.close()


@pytest.fixture
def do(state, wait_for):
    def do(work):
        work()
        wait_for(lambda: state.snapshot.job is None, "the end of the job")
        assert state.snapshot.failure is None

    return do


class TestTarget:
    def said(self, state):
        return target_in_words(state.snapshot)

    def test_without_code_run_writes_it(self, state, jobs):
        assert self.said(state) == "Run writes the code first, then backtests it."

    def test_the_cell_is_named_by_its_time_and_by_edits(self, front_end, state, jobs, do, wait_for):
        do(jobs.generate)
        at = moment_in_words(state.snapshot.generated.stamp.created)
        assert self.said(state) == f"Run uses the cell generated {at}."
        front_end.cells[1]["source"] += "# mine"
        front_end.cells_changed()
        wait_for(lambda: state.snapshot.generated.is_edited)
        assert self.said(state) == f"Run uses the cell generated {at}, edited by hand."

    def test_a_deleted_cell_is_told(self, front_end, state, jobs, do, wait_for):
        do(jobs.generate)
        del front_end.cells[1]
        front_end.cells_changed()
        wait_for(lambda: state.snapshot.generated is None)
        assert self.said(state) == (
            "The generated cell was deleted. Run writes the code first, then backtests it."
        )
        do(jobs.generate)
        assert "deleted" not in self.said(state)

    @pytest.mark.parametrize(
        "edit",
        [
            lambda state: actions.set_param(state, "fast", "period", 12),
            lambda state: actions.set_backtest(state, sizing_percent=50.0),
            lambda state: actions.start_from(state, "macd_cross"),
        ],
    )
    def test_code_older_than_the_strategy_is_told_until_it_is_generated(
        self, state, jobs, do, edit
    ):
        do(jobs.generate)
        edit(state)
        assert self.said(state).endswith(OLD_CODE)
        do(jobs.generate)
        assert OLD_CODE not in self.said(state)

    def test_a_moment_today_has_no_date(self):
        noon = datetime(2026, 5, 3, 12, tzinfo=UTC).astimezone()
        assert moment_in_words(noon.isoformat(), noon) == f"at {noon:%H:%M}"
        assert moment_in_words("2024-02-01T12:00:00+00:00", noon).startswith("on 2024-02-01 at ")
        assert moment_in_words("some time", noon) == "earlier"


class TestResults:
    @pytest.fixture
    def area(self, front_end, state, look, jobs):
        return ResultsArea(state, look)

    def said(self, state):
        return age_in_words(state.snapshot)

    def test_fresh_results_have_no_mark(self, state, area, jobs, do, is_shown):
        assert self.said(state) == ""
        do(jobs.run)
        assert self.said(state) == ""
        assert not is_shown(area.widget.children[0])

    def test_a_change_of_the_strategy_marks_them_until_they_are_run_again(
        self, state, area, jobs, do, is_shown
    ):
        do(jobs.run)
        actions.set_param(state, "fast", "period", 12)
        mark, view = area.widget.children
        assert is_shown(mark)
        assert f"{OLD_RESULTS} Generate and run again." in mark.value
        assert "jp-StratCraft-old" in view._dom_classes
        do(jobs.generate)
        assert f"{OLD_RESULTS} Run again." in mark.value
        do(jobs.run)
        assert not is_shown(mark)
        assert "jp-StratCraft-old" not in view._dom_classes

    def test_undo_of_the_change_takes_the_mark_away(self, state, area, jobs, do):
        do(jobs.run)
        actions.start_from(state, "macd_cross")
        assert self.said(state).startswith(OLD_RESULTS)
        state.undo()
        assert self.said(state) == ""

    def test_names_and_places_are_no_change(self, state, area, jobs, do):
        do(jobs.run)
        actions.set_label(state, "fast", "Quick")
        canvas_actions.move(state, {"fast": (0, 0)})
        assert self.said(state) == ""

    def test_other_settings_need_another_run_alone(self, state, area, jobs, do):
        do(jobs.run)
        actions.set_backtest(state, cash=5_000.0)
        assert self.said(state) == ("Results with the settings before your last change. Run again.")

    def test_an_edit_of_the_code_by_hand_counts(self, front_end, state, area, jobs, do, wait_for):
        do(jobs.run)
        front_end.cells[1]["source"] += "# mine"
        front_end.cells_changed()
        wait_for(lambda: state.snapshot.generated.is_edited)
        assert self.said(state) == "Results of the code before its last change. Run again."
        do(jobs.run)
        assert self.said(state) == ""

    def test_a_run_of_old_code_gives_results_that_say_so(self, state, area, jobs, do):
        do(jobs.generate)
        actions.set_param(state, "fast", "period", 12)
        do(jobs.run)
        assert self.said(state) == f"{OLD_RESULTS} Generate and run again."
