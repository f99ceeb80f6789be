import datetime

import pytest
from sketch import sketch

from stratcraft_jupyter.backtest import run_backtest
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.graph.rebuilding import rebuilt
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.notebook import CellBridge, source_hash
from stratcraft_jupyter.verify import find_never_true
from stratcraft_jupyter.widgets import actions, canvas_actions
from stratcraft_jupyter.widgets.jobs import Jobs, config_of

NEVER_ENDS = """
import backtrader as bt


class Endless(bt.Strategy):
    def next(self):
        while True:
            pass
"""
BREAKS = """
import backtrader as bt


class Broken(bt.Strategy):
    def next(self):
        raise ValueError("this line")
"""
IDLE = """
import backtrader as bt


class Idle(bt.Strategy):
    def next(self):
        pass
"""


@pytest.fixture
def cells(front_end):
    front_end.add_cell("builder")
    return CellBridge("b1", timeout=20)


@pytest.fixture
def jobs(state, cells):
    jobs = Jobs(state, cells, cell_id="builder")
    yield jobs
    jobs.close()


@pytest.fixture
def finish(state, wait_for):
    def finish():
        wait_for(lambda: state.snapshot.job is None, "the end of the job")
        return state.snapshot

    return finish


class TestGenerate:
    def test_the_code_goes_into_a_cell_below_the_builder(self, front_end, state, jobs, finish):
        front_end.hello()
        jobs.generate()
        snapshot = finish()
        assert snapshot.failure is None
        cell = front_end.cells[1]
        assert cell["source"] == compile_strategy(state.graph) == snapshot.generated.source
        stamp = cell["metadata"]["stratcraft"]
        assert stamp["graph_hash"] == state.graph.hash
        assert stamp["source_hash"] == source_hash(cell["source"])
        assert (stamp["origin"], stamp["model"]) == ("builtin", "builtin")
        assert snapshot.generated.cell_id == cell["cell_id"]
        assert "in a new cell below" in snapshot.notice

    def test_again_takes_the_place_of_the_last_cell(self, front_end, state, jobs, finish):
        front_end.hello()
        jobs.generate()
        first = finish().generated.cell_id
        front_end.add_cell("between", after="builder")
        actions.set_param(state, "fast", "period", 12)
        assert state.snapshot.generated.is_stale(state.graph)
        jobs.generate()
        snapshot = finish()
        second = snapshot.generated.cell_id
        assert second != first
        assert [cell["cell_id"] for cell in front_end.cells] == ["builder", "between", second]
        assert front_end.cells[2]["source"] == compile_strategy(state.graph)
        assert not state.snapshot.generated.is_stale(state.graph)
        assert "Undo in the notebook" in snapshot.notice

    def test_again_keeps_a_cell_edited_by_hand(self, front_end, jobs, finish):
        front_end.hello()
        jobs.generate()
        first = finish().generated.cell_id
        front_end.cells[1]["source"] += "# mine\n"
        jobs.generate()
        snapshot = finish()
        second = snapshot.generated.cell_id
        assert [cell["cell_id"] for cell in front_end.cells] == ["builder", second, first]
        assert front_end.cells[2]["source"].endswith("# mine\n")
        assert "The cell that you edited is kept" in snapshot.notice

    def test_an_edit_made_at_that_very_moment_is_kept(
        self, front_end, state, jobs, finish, monkeypatch
    ):
        front_end.hello()
        jobs.generate()
        finish()
        find_cells = front_end._find_cells

        def find_then_edit(request):
            found = {"cells": [dict(cell) for cell in find_cells(request)["cells"]]}
            front_end.cells[1]["source"] = "# mine"
            return found

        monkeypatch.setattr(front_end, "_find_cells", find_then_edit)
        jobs.generate()
        assert "has just changed" in finish().failure.message
        assert front_end.cells[1]["source"] == "# mine"

    def test_again_after_the_cell_was_deleted_makes_one_below_the_builder(
        self, front_end, jobs, finish
    ):
        front_end.hello()
        jobs.generate()
        finish()
        del front_end.cells[1]
        front_end.add_cell("notes")
        jobs.generate()
        assert finish().failure is None
        assert [cell["cell_id"] for cell in front_end.cells][::2] == ["builder", "notes"]

    def test_an_empty_strategy_is_said_with_what_to_do_first(self, state, jobs, finish):
        actions.replace_graph(state, StrategyGraph())
        for start in (jobs.generate, jobs.run):
            start()
            failure = finish().failure
            assert failure.message == "The strategy is empty."
            assert failure.hint == ("Add Bars and an entry from the palette, or choose a template.")

    @pytest.mark.parametrize(
        ("start", "done"), [("generate", "No code was written"), ("run", "Nothing was run")]
    )
    def test_nothing_starts_while_a_field_waits_to_be_corrected(
        self, front_end, state, jobs, finish, start, done
    ):
        front_end.hello()
        state.refuse("backtest.cash", "-5", "Cash must be more than 0.")
        state.refuse("nodes.fast.params.period", "2.5", "Period must be a whole number.")
        getattr(jobs, start)()
        snapshot = finish()
        assert snapshot.failure.message == "Cash must be more than 0."
        assert snapshot.failure.hint == (
            f"{done}: correct this field and 1 more in the list of problems first."
        )
        assert snapshot.pointed_at.place == "backtest.cash"
        assert len(front_end.cells) == 1
        assert snapshot.outcome is None
        state.accept("backtest.cash")
        getattr(jobs, start)()
        assert finish().selected_nodes == ("fast",)
        state.accept("nodes.fast.params.period")
        getattr(jobs, start)()
        assert finish().failure is None
        assert len(front_end.cells) == 2

    def test_without_the_extension_the_code_is_kept_for_the_panel(
        self, front_end, state, jobs, finish
    ):
        jobs.generate()
        generated = finish().generated
        assert generated.cell_id is None
        assert generated.source == compile_strategy(state.graph)
        assert len(front_end.cells) == 1

    def test_errors_stop_it_and_their_node_is_selected(self, front_end, state, jobs, finish):
        front_end.hello()
        actions.delete(state, ["fast"])
        jobs.generate()
        snapshot = finish()
        assert "the strategy has 2 errors" in snapshot.failure.message
        assert snapshot.selected_nodes == ("cross_down",)
        assert snapshot.generated is None
        assert len(front_end.cells) == 1

    def test_a_page_that_refuses_is_quoted(self, front_end, jobs, finish):
        front_end.hello()
        front_end.refuses = "The notebook is read-only."
        jobs.generate()
        assert finish().failure.message == "The notebook is read-only."

    def test_a_silent_page_ends_with_what_to_do(self, front_end, cells, jobs, finish):
        front_end.hello()
        front_end.answers = False
        cells.timeout = 0.1
        jobs.generate()
        failure = finish().failure
        assert "did not answer" in failure.message
        assert "reload" in failure.hint


class TestStale:
    @pytest.fixture
    def generated(self, state, jobs, finish):
        jobs.generate()
        return finish().generated

    @pytest.mark.parametrize(
        "edit",
        [
            lambda state: actions.set_backtest(state, cash=1.0),
            lambda state: actions.set_label(state, "fast", "Quick"),
            lambda state: canvas_actions.move(state, {"fast": (0, 0)}),
            lambda state: actions.set_name(state, "Mine"),
        ],
    )
    def test_what_does_not_change_the_trading_does_not_age_the_code(self, state, generated, edit):
        edit(state)
        assert not generated.is_stale(state.graph)

    def test_a_new_edge_does(self, state, generated):
        actions.connect(state, "bars.open", "fast.source")
        assert generated.is_stale(state.graph)


class TestRun:
    def test_it_generates_first_and_gives_what_the_runner_gives(
        self, front_end, state, jobs, finish
    ):
        front_end.hello()
        jobs.run()
        snapshot = finish()
        assert snapshot.failure is None
        assert len(front_end.cells) == 2
        graph = state.graph
        bars = load_bars("sample:AAPL")
        direct = run_backtest(compile_strategy(graph), bars, config_of(graph.backtest))
        assert snapshot.outcome.result.fills == direct.fills
        assert snapshot.outcome.result.metrics == direct.metrics
        assert snapshot.outcome.bars.digest == bars.digest
        assert snapshot.notice == f"3,270 bars of AAPL, {len(direct.trades)} trades."

    def test_settings_reach_the_run(self, state, jobs, finish):
        start = datetime.date(2005, 1, 1)
        actions.set_backtest(state, symbol="IBM", cash=5_000.0, start=start)
        jobs.run()
        result = finish().outcome.result
        assert result.symbol == "IBM"
        assert result.config.cash == 5_000.0
        assert str(result.equity_curve.time[0]).startswith("2005-01-03")

    def test_given_bars_are_used(self, state, cells, finish):
        bars = load_bars("sample:MSFT").head(500)
        jobs = Jobs(state, cells, bars=bars)
        jobs.run()
        assert finish().outcome.result.bars_digest == bars.digest

    def test_a_second_symbol_is_loaded_from_the_same_source(self, state, jobs, finish):
        node = actions.add_node(state, "data.symbol")
        actions.reconnect(state, "bars.close", f"{node}.close", "slow.source")
        jobs.run()
        snapshot = finish()
        assert snapshot.failure is None
        assert f'FEEDS = {{"{node}": {{"symbol": "MSFT"}}}}' in snapshot.generated.source
        assert snapshot.outcome.result.bar_count == 3_270

    def test_code_edited_by_hand_is_what_runs(self, front_end, state, jobs, finish):
        front_end.hello()
        jobs.generate()
        finish()
        front_end.cells[1]["source"] = IDLE
        jobs.run()
        snapshot = finish()
        assert snapshot.outcome.result.strategy_name == "Idle"
        assert snapshot.outcome.result.fills == ()
        assert snapshot.generated.is_edited
        assert len(front_end.cells) == 2

    def test_a_deleted_cell_is_said_and_written_again(self, front_end, jobs, finish):
        front_end.hello()
        jobs.generate()
        finish()
        del front_end.cells[1]
        jobs.run()
        snapshot = finish()
        assert snapshot.notice.startswith(
            "The generated cell was deleted, so the code was generated again. 3,270 bars"
        )
        assert snapshot.outcome is not None
        assert snapshot.generated.cell_id == front_end.cells[1]["cell_id"]

    def test_with_the_last_cell_deleted_the_one_before_runs(self, front_end, jobs, finish):
        front_end.hello()
        jobs.generate()
        finish()
        front_end.cells[1]["source"] = IDLE
        jobs.generate()
        finish()
        del front_end.cells[1]
        jobs.run()
        snapshot = finish()
        assert snapshot.outcome.result.strategy_name == "Idle"
        assert snapshot.generated.is_edited

    def test_without_the_extension_the_code_in_the_panel_runs(self, jobs, finish):
        jobs.run()
        assert finish().outcome.result.trades

    def test_an_error_in_the_code_names_its_line(self, front_end, jobs, finish):
        front_end.hello()
        jobs.generate()
        finish()
        front_end.cells[1]["source"] = BREAKS
        jobs.run()
        failure = finish().failure
        assert "this line" in failure.message
        assert (
            failure.line == BREAKS.splitlines().index('        raise ValueError("this line")') + 1
        )

    def test_a_wrong_symbol_is_said(self, state, jobs, finish):
        actions.set_backtest(state, symbol="NOPE")
        jobs.run()
        assert "NOPE" in finish().failure.message

    def test_cancel_ends_it(self, front_end, state, jobs, finish, wait_for):
        front_end.hello()
        jobs.generate()
        finish()
        front_end.cells[1]["source"] = NEVER_ENDS
        jobs.run()
        wait_for(lambda: state.snapshot.job.stage == "Running", "the run")
        wait_for(lambda: state.snapshot.job.elapsed > 0, "the clock")
        jobs.run()
        assert "running already" in state.snapshot.notice
        jobs.cancel()
        snapshot = finish()
        assert snapshot.notice == "Cancelled."
        assert snapshot.outcome is None
        jobs.cancel()

    @pytest.fixture
    def explained(self, state, cells):
        """Jobs on too few bars for a trade, and what they ask to have explained."""
        asked = []

        def explain(graph, bars, config, *, others):
            asked.append((graph, bars, config))
            return find_never_true(graph, bars, config, others=others)

        bars = load_bars("sample:AAPL").head(40)
        return Jobs(state, cells, cell_id="builder", bars=bars, find_never_true=explain), asked

    def test_no_trades_are_explained(self, state, explained, finish):
        jobs, asked = explained
        actions.set_param(state, "slow", "period", 39)
        jobs.run()
        snapshot = finish()
        assert snapshot.outcome.result.fills == ()
        ((graph, bars, config),) = asked
        assert graph is state.graph
        assert bars.digest == snapshot.outcome.result.bars_digest
        assert config == snapshot.outcome.result.config
        found = [(item.code, item.node_id) for item in snapshot.run_findings]
        assert found == [("SC301", "cross_up"), ("SC301", "cross_down")]
        assert snapshot.notice == "40 bars of AAPL, no trades. Why: see the list of problems."

    def test_what_never_came_true_is_told_beside_trades_too(
        self, state, explained, finish, wait_for
    ):
        jobs, asked = explained
        actions.set_param(state, "fast", "period", 2)
        actions.set_param(state, "slow", "period", 5)
        text = (
            "bars: data.bars\nmore: action.enter_long priority=2\nhigh: condition.compare value=1e5"
        )
        second = sketch(text, "bars.close -> high.left\nhigh.signal -> more.when")
        edges = (*state.graph.edges, *second.edges)
        nodes = (*state.graph.nodes, *second.nodes[1:])
        actions.replace_graph(state, rebuilt(state.graph, nodes=nodes, edges=edges))
        jobs.run()
        snapshot = finish()
        assert snapshot.outcome.result.fills
        assert "Why" not in snapshot.notice
        wait_for(lambda: state.snapshot.run_findings, "what never came true")
        (found,) = state.snapshot.run_findings
        assert (found.code, found.node_id) == ("SC301", "high")
        assert "so Enter long (more) was never taken" in found.message
        assert len(asked) == 1

    def test_an_explanation_ends_with_the_change_that_may_mend_it(self, state, explained, finish):
        jobs, _ = explained
        actions.set_param(state, "slow", "period", 39)
        jobs.run()
        assert finish().run_findings
        actions.set_param(state, "slow", "period", 5)
        assert state.snapshot.run_findings == ()

    def test_code_edited_by_hand_is_not_explained_by_the_graph(self, front_end, explained, finish):
        jobs, asked = explained
        front_end.hello()
        jobs.generate()
        finish()
        front_end.cells[1]["source"] = IDLE
        jobs.run()
        assert finish().run_findings == ()
        assert asked == []

    def test_code_of_an_older_strategy_is_not_explained_by_the_present_one(
        self, front_end, state, explained, finish
    ):
        jobs, asked = explained
        front_end.hello()
        actions.set_param(state, "slow", "period", 39)
        jobs.generate()
        finish()
        actions.set_param(state, "slow", "period", 38)
        jobs.run()
        assert finish().run_findings == ()
        assert asked == []

    def test_results_are_kept_if_their_explanation_fails(self, state, cells, finish):
        def explain(*_, others):
            raise BacktestError("It took too long.")

        bars = load_bars("sample:AAPL").head(40)
        actions.set_param(state, "slow", "period", 39)
        Jobs(state, cells, bars=bars, find_never_true=explain).run()
        snapshot = finish()
        assert snapshot.outcome is not None
        assert snapshot.failure.message == "It took too long."


class TestLookAgain:
    @pytest.fixture
    def generated(self, front_end, state, jobs, finish):
        front_end.hello()
        jobs.generate()
        return finish().generated

    @pytest.fixture
    def until(self, front_end, state, jobs, cells, wait_for):
        cells.on_cells_changed = jobs.look_again

        def until(condition):
            front_end.cells_changed()
            wait_for(lambda: condition(state.snapshot), "the news")

        return until

    def test_an_edit_by_hand_is_seen_at_once(self, front_end, generated, until):
        front_end.cells[1]["source"] += "# mine\n"
        until(lambda now: now.generated.is_edited)

    def test_a_deleted_cell_is_seen_at_once_and_its_return_too(self, front_end, generated, until):
        cell = front_end.cells.pop(1)
        until(lambda now: now.generated is None)
        front_end.cells.append(cell)
        until(lambda now: now.generated == generated)

    def test_with_the_last_cell_gone_the_one_before_counts(
        self, front_end, generated, jobs, finish, until
    ):
        front_end.cells[1]["source"] += "# mine\n"
        jobs.generate()
        finish()
        del front_end.cells[1]
        until(lambda now: now.generated.cell_id == generated.cell_id)

    def test_news_of_another_page_does_not_count(self, front_end, generated, until):
        asked = len(front_end.sent_to("BridgeModel"))
        front_end.cells_changed("c-2")
        assert len(front_end.sent_to("BridgeModel")) == asked

    def test_news_during_a_job_waits_for_its_end(
        self, front_end, state, generated, jobs, finish, until, wait_for
    ):
        front_end.cells[1]["source"] = NEVER_ENDS
        jobs.run()
        wait_for(lambda: state.snapshot.job.stage == "Running", "the run")
        del front_end.cells[1]
        front_end.cells_changed()
        assert state.snapshot.generated is not None
        jobs.cancel()
        finish()
        wait_for(lambda: state.snapshot.is_code_lost, "the news")


class TestAdopt:
    def test_a_new_builder_in_the_same_place_finds_the_old_cell(
        self, front_end, state, jobs, finish, wait_for
    ):
        front_end.hello()
        jobs.generate()
        old = finish().generated
        front_end.cells[1]["source"] += "# mine\n"
        state.update(generated=None)
        jobs.look_again()
        wait_for(lambda: state.snapshot.generated is not None, "adoption")
        found = state.snapshot.generated
        assert (found.cell_id, found.stamp) == (old.cell_id, old.stamp)
        assert found.is_edited
        assert not found.is_stale(state.graph)
        actions.set_param(state, "fast", "period", 12)
        assert found.is_stale(state.graph)

    def test_costs_changed_since_do_not_make_its_code_old(
        self, front_end, state, jobs, finish, wait_for
    ):
        front_end.hello()
        jobs.generate()
        finish()
        actions.set_backtest(state, cash=5_000.0)
        state.update(generated=None)
        jobs.look_again()
        wait_for(lambda: state.snapshot.generated is not None, "adoption")
        assert not state.snapshot.generated.is_stale(state.graph)
        actions.set_backtest(state, sizing_percent=50.0)
        assert state.snapshot.generated.is_stale(state.graph)

    def test_run_looks_for_it_before_it_writes_a_new_one(self, front_end, state, jobs, finish):
        front_end.hello()
        jobs.generate()
        finish()
        state.update(generated=None)
        jobs.run()
        assert finish().failure is None
        assert len(front_end.cells) == 2
