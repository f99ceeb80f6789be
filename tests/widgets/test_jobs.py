import datetime

import pytest

from stratcraft_jupyter.backtest import run_backtest
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.notebook import CellBridge, source_hash
from stratcraft_jupyter.widgets import actions
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

    def test_again_makes_another_cell_above_the_first(self, front_end, state, jobs, finish):
        front_end.hello()
        jobs.generate()
        first = finish().generated.cell_id
        actions.set_param(state, "fast", "period", 12)
        assert state.snapshot.generated.is_stale(state.graph)
        jobs.generate()
        second = finish().generated.cell_id
        assert [cell["cell_id"] for cell in front_end.cells] == ["builder", second, first]
        assert not state.snapshot.generated.is_stale(state.graph)

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
            lambda state: actions.move(state, {"fast": (0, 0)}),
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

    def test_a_deleted_cell_is_said_and_nothing_runs(self, front_end, jobs, finish):
        front_end.hello()
        jobs.generate()
        finish()
        del front_end.cells[1]
        jobs.run()
        snapshot = finish()
        assert "That cell was deleted" in snapshot.failure.message
        assert "Press Generate" in snapshot.failure.hint
        assert snapshot.outcome is None

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

        def explain(graph, bars, config):
            asked.append((graph, bars, config))
            return ["The entry was never true."]

        bars = load_bars("sample:AAPL").head(40)
        return Jobs(state, cells, cell_id="builder", bars=bars, explain_no_trades=explain), asked

    def test_no_trades_are_explained(self, state, explained, finish):
        jobs, asked = explained
        actions.set_param(state, "slow", "period", 39)
        jobs.run()
        outcome = finish().outcome
        assert outcome.result.fills == ()
        assert outcome.notes == ("The entry was never true.",)
        ((graph, bars, config),) = asked
        assert graph is state.graph
        assert bars.digest == outcome.result.bars_digest
        assert config == outcome.result.config

    def test_trades_need_no_explanation(self, state, explained, finish):
        jobs, asked = explained
        actions.set_param(state, "fast", "period", 2)
        actions.set_param(state, "slow", "period", 5)
        jobs.run()
        assert finish().outcome.result.fills
        assert asked == []

    def test_code_edited_by_hand_is_not_explained_by_the_graph(self, front_end, explained, finish):
        jobs, asked = explained
        front_end.hello()
        jobs.generate()
        finish()
        front_end.cells[1]["source"] = IDLE
        jobs.run()
        assert finish().outcome.notes == ()
        assert asked == []


class TestAdopt:
    def test_a_new_builder_in_the_same_place_finds_the_old_cell(
        self, front_end, state, jobs, finish, wait_for
    ):
        front_end.hello()
        jobs.generate()
        old = finish().generated
        front_end.cells[1]["source"] += "# mine\n"
        state.update(generated=None)
        jobs.adopt()
        wait_for(lambda: state.snapshot.generated is not None, "adoption")
        found = state.snapshot.generated
        assert (found.cell_id, found.stamp) == (old.cell_id, old.stamp)
        assert found.is_edited
        assert not found.is_stale(state.graph)
        actions.set_param(state, "fast", "period", 12)
        assert found.is_stale(state.graph)

    def test_run_looks_for_it_before_it_writes_a_new_one(self, front_end, state, jobs, finish):
        front_end.hello()
        jobs.generate()
        finish()
        state.update(generated=None)
        jobs.run()
        assert finish().failure is None
        assert len(front_end.cells) == 2
