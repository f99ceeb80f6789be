"""Code generated anew beside edits by hand: nothing is lost, and every hunk is a choice."""

import pytest
from model_answers import CODE

from stratcraft_jupyter.graph import load_template
from stratcraft_jupyter.notebook import CellBridge, CellStamp
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.changes import changes_in_words
from stratcraft_jupyter.widgets.code_jobs import CodeJobs
from stratcraft_jupyter.widgets.diff_html import side_by_side
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.merge_panel import MergePanel
from stratcraft_jupyter.widgets.runner import target_in_words
from stratcraft_jupyter.widgets.versions import history_of
from stratcraft_jupyter.widgets.versions_panel import VersionsPanel

MINE = '    """Mine."""\n'
CLASS = "class SmaCross(bt.Strategy):\n"


@pytest.fixture
def jobs(front_end, state):
    front_end.add_cell("builder")
    jobs = Jobs(state, CellBridge("b1", timeout=20), cell_id="builder")
    front_end.hello()
    yield jobs
    jobs.close()


@pytest.fixture
def code_jobs(state, jobs):
    return CodeJobs(state, jobs.work, jobs.code)


@pytest.fixture
def merge_panel(state, look, code_jobs):
    return MergePanel(state, look, code_jobs).widget


@pytest.fixture
def versions_panel(state, look, code_jobs):
    return VersionsPanel(state, look, code_jobs).widget


@pytest.fixture
def finish(state, wait_for):
    def finish():
        wait_for(lambda: state.snapshot.job is None, "the end of the job")
        with state.lock:
            return state.snapshot

    return finish


@pytest.fixture
def generate(jobs, finish):
    def generate():
        jobs.generate()
        return finish()

    return generate


@pytest.fixture
def edited(front_end, state, generate):
    """A cell that was edited by hand, and new code beside it for another period."""
    generate()
    cell = front_end.cells[1]
    assert CLASS in cell["source"]
    cell["source"] = cell["source"].replace(CLASS, CLASS + MINE)
    actions.set_param(state, "fast", "period", 12)
    generate()
    return cell


def texts(widget):
    own = [value for value in (getattr(widget, "value", ""),) if isinstance(value, str)]
    return " ".join([*own, *(texts(child) for child in getattr(widget, "children", ()))])


def choices(widget):
    """The buttons of all hunks, from top to bottom."""
    found = [widget] if getattr(widget, "description", "").startswith("Change ") else []
    for child in getattr(widget, "children", ()):
        found += choices(child)
    return found


class TestMerge:
    def test_the_edited_cell_is_kept_and_a_merge_offered(
        self, front_end, edited, merge_panel, is_shown
    ):
        assert len(front_end.cells) == 3
        assert MINE in edited["source"]
        assert is_shown(merge_panel)
        assert "The cell that you edited is kept" in texts(merge_panel)
        assert choices(merge_panel) == []

    def test_without_an_edit_nothing_is_offered(self, state, generate, merge_panel, is_shown):
        generate()
        actions.set_param(state, "fast", "period", 12)
        generate()
        assert not is_shown(merge_panel)

    def test_both_changes_are_in_the_merged_code(
        self, front_end, state, edited, merge_panel, find, finish, is_shown
    ):
        find(merge_panel, description="Compare and merge").click()
        shown = texts(merge_panel)
        assert "Only you changed this." in shown
        assert "Only the new code changed this." in shown
        find(merge_panel, description="Put the merged code into the new cell").click()
        snapshot = finish()
        assert snapshot.failure is None
        merged = front_end.cells[1]["source"]
        assert MINE in merged
        assert '"fast_period": 12' in merged
        assert MINE in edited["source"]
        assert edited in front_end.cells
        assert snapshot.generated.source == merged
        assert snapshot.generated.is_edited
        assert not is_shown(merge_panel)

    def test_each_hunk_can_be_left(self, front_end, edited, merge_panel, find, finish):
        find(merge_panel, description="Compare and merge").click()
        for choice in choices(merge_panel):
            choice.value = "mine"
        find(merge_panel, description="Put the merged code into the new cell").click()
        finish()
        assert front_end.cells[1]["source"] == edited["source"]

    def test_each_hunk_can_be_taken(self, front_end, state, edited, merge_panel, find, finish):
        find(merge_panel, description="Compare and merge").click()
        for choice in choices(merge_panel):
            choice.value = "theirs"
        theirs = state.snapshot.proposal.theirs
        assert state.snapshot.proposal.text == theirs
        find(merge_panel, description="Put the merged code into the new cell").click()
        finish()
        assert front_end.cells[1]["source"] == theirs

    def test_a_conflict_waits_for_a_choice(
        self, front_end, state, generate, merge_panel, find, finish
    ):
        generate()
        cell = front_end.cells[1]
        cell["source"] = cell["source"].replace('"fast_period": 10', '"fast_period": 99')
        actions.set_param(state, "fast", "period", 12)
        generate()
        find(merge_panel, description="Compare and merge").click()
        conflict = next(choice for choice in choices(merge_panel) if choice.value is None)
        insert = find(merge_panel, description="Put the merged code into the new cell")
        insert.click()
        assert "1 conflict waits for your choice." in state.snapshot.failure.message
        conflict.value = "mine"
        insert.click()
        assert finish().failure is None
        assert '"fast_period": 99' in front_end.cells[1]["source"]

    def test_merged_code_counts_as_edited_so_it_is_merged_again(
        self, front_end, state, edited, merge_panel, find, finish, generate, is_shown
    ):
        find(merge_panel, description="Compare and merge").click()
        find(merge_panel, description="Put the merged code into the new cell").click()
        finish()
        actions.set_param(state, "slow", "period", 40)
        generate()
        assert is_shown(merge_panel)
        proposal = state.snapshot.proposal
        assert not proposal.merge.has_conflicts
        assert MINE in proposal.text
        assert '"slow_period": 40' in proposal.text

    def test_a_new_cell_changed_meanwhile_is_not_overwritten(
        self, front_end, state, edited, merge_panel, find, finish
    ):
        find(merge_panel, description="Compare and merge").click()
        front_end.cells[1]["source"] += "# late\n"
        find(merge_panel, description="Put the merged code into the new cell").click()
        assert "Nothing was merged" in finish().failure.message
        assert front_end.cells[1]["source"].endswith("# late\n")

    def test_an_offer_can_be_declined(self, edited, merge_panel, find, is_shown):
        find(merge_panel, description="Keep both cells as they are").click()
        assert not is_shown(merge_panel)

    def test_a_cell_without_its_history_shows_every_difference_and_begins_with_mine(
        self, front_end, state, generate, merge_panel, find
    ):
        stamp = CellStamp.now(
            builder_id="b1", graph_hash="00", source=CODE, origin="model", model="m:x"
        )
        mine = CODE.replace(CLASS, CLASS + MINE)
        front_end.add_cell("old", mine, stamp.to_metadata(), after="builder")
        actions.set_param(state, "fast", "period", 12)
        generate()
        proposal = state.snapshot.proposal
        assert not proposal.has_base
        assert proposal.text == mine
        find(merge_panel, description="Compare and merge").click()
        assert "is not known" in texts(merge_panel)


class TestVersions:
    def test_the_first_code_has_no_earlier_version(self, generate, versions_panel, is_shown):
        generate()
        assert not is_shown(versions_panel)

    def test_what_was_replaced_is_one_click_away(
        self, front_end, state, generate, versions_panel, find, finish, is_shown
    ):
        first = generate().generated.source
        actions.set_param(state, "fast", "period", 12)
        generate()
        assert is_shown(versions_panel)
        choice = find(versions_panel, description="Earlier versions")
        choice.value = 0
        assert "&quot;fast_period&quot;: 12" in texts(versions_panel)
        find(versions_panel, description="Put this version into a cell").click()
        snapshot = finish()
        assert snapshot.failure is None
        assert front_end.cells[1]["source"] == first == snapshot.generated.source
        assert len(front_end.cells) == 2
        assert [v.source for v in history_of(snapshot.generated).versions][-1] == first

    def test_edits_by_hand_are_versions_too(self, front_end, edited, state):
        origins = [version.origin for version in history_of(state.snapshot.generated).versions]
        assert origins == ["builtin", "edited", "builtin"]

    def test_a_new_builder_finds_the_versions_in_the_cell(
        self, front_end, state, jobs, generate, wait_for
    ):
        generate()
        actions.set_param(state, "fast", "period", 12)
        generate()
        state.update(generated=None)
        jobs.look_again()
        wait_for(lambda: state.snapshot.generated is not None)
        assert len(history_of(state.snapshot.generated).versions) == 2

    def test_versions_of_a_newer_package_are_left_where_they_are(
        self, front_end, state, generate, versions_panel, is_shown
    ):
        generate()
        kept = front_end.cells[1]
        kept["metadata"]["stratcraft"]["history"] = {"schema_version": 99, "versions": []}
        actions.set_param(state, "fast", "period", 12)
        generate()
        assert kept in front_end.cells
        assert len(front_end.cells) == 3
        assert kept["metadata"]["stratcraft"]["history"]["schema_version"] == 99


class TestChangesInWords:
    def changes(self, change):
        before = load_template("sma_cross")
        return changes_in_words(before, change(before))

    def test_the_mark_of_old_code_says_what_changed(self, state, generate):
        generate()
        actions.set_param(state, "fast", "period", 12)
        title = state.graph.node("fast").label or "Simple moving average"
        assert f"Changed since: {title}: period 10 → 12." in target_in_words(state.snapshot)

    def test_parameters_nodes_and_connections_are_told(self, state):
        before = state.graph
        actions.add_node(state, "indicator.rsi")
        actions.connect(state, "bars.close", "rsi.source")
        told = changes_in_words(before, state.graph)
        assert "was added" in told
        assert "connected" not in told  # it came with the node
        back = changes_in_words(state.graph, before)
        assert "was deleted" in back

    def test_a_connection_between_known_nodes_is_told(self, state):
        before = state.graph
        edge = next(iter(before.edges))
        actions.disconnect(state, str(edge.source), str(edge.target))
        assert "was cut" in changes_in_words(before, state.graph)
        assert "was connected" in changes_in_words(state.graph, before)

    def test_many_changes_are_counted(self, state):
        before = state.graph
        for _ in range(7):
            actions.add_node(state, "indicator.rsi")
        assert changes_in_words(before, state.graph).endswith("; and 3 more")

    def test_nothing_changed(self, state):
        assert changes_in_words(state.graph, state.graph) == ""


def test_the_side_by_side_view_escapes_what_it_shows():
    shown = side_by_side("<b>old</b>\n", "<i>new</i>\n", "<left>", "right")
    assert "<b>" not in shown
    assert "&lt;i&gt;new" in shown
    assert "&lt;left&gt;" in shown
    assert 'data-kind="changed"' in shown
    assert side_by_side("x", "x", "l", "r") == "<p>Both are the same.</p>"
