"""Code of a model: shown before it is sent, streamed into a cell, kept whatever happens."""

from decimal import Decimal
from html import escape

import pytest
from model_answers import BROKEN, CODE, GOOD, PROSE, USAGE, crashes, slow

from stratcraft_jupyter.codegen.prompt import build_prompt
from stratcraft_jupyter.generation import quote
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.notebook import CellBridge
from stratcraft_jupyter.notebook.drafts import DRAFT_LINE
from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.preferences import change_preferences
from stratcraft_jupyter.providers.recordings import RecordedAnswer, pieces
from stratcraft_jupyter.providers.replay import ReplayProvider
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.generate import GeneratePanel
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.live_panel import live_html
from stratcraft_jupyter.widgets.models_area import ModelsArea
from stratcraft_jupyter.widgets.question_panel import head_html
from stratcraft_jupyter.widgets.status import failure_html


@pytest.fixture
def jobs(front_end, state):
    front_end.add_cell("builder")
    bars = load_bars("sample:AAPL").head(600)
    jobs = Jobs(state, CellBridge("b1", timeout=20), cell_id="builder", bars=bars)
    yield jobs
    jobs.close()


@pytest.fixture
def area(state, look, jobs):
    return ModelsArea(state, look, jobs)


@pytest.fixture
def panel(area):
    """What is about to be sent."""
    return next(w for w in area.widgets if "jp-StratCraft-question" in w._dom_classes)


@pytest.fixture
def generate(state, look, jobs, area):
    return GeneratePanel(state, look, jobs, area.asking).button


@pytest.fixture
def ask(state, generate, wait_for):
    """Presses Generate for a model and waits for the question."""

    def ask(model):
        state.choose_model(model)
        generate.click()
        wait_for(lambda: state.snapshot.question is not None, "the question")
        with state.lock:
            return state.snapshot.question

    return ask


@pytest.fixture
def finish(state, wait_for):
    def finish():
        wait_for(lambda: state.snapshot.job is None, "the end of the job")
        with state.lock:
            return state.snapshot

    return finish


@pytest.fixture
def send(panel, find):
    return lambda: find(panel, description="Send").click()


@pytest.fixture
def generated(front_end, ask, send, finish):
    """A whole generation with a page, up to its end."""

    def generated(model):
        front_end.hello()
        ask(model)
        send()
        return finish()

    return generated


def texts(widget):
    own = [value for value in (getattr(widget, "value", ""),) if isinstance(value, str)]
    return " ".join([*own, *(texts(child) for child in getattr(widget, "children", ()))])


class TestQuestion:
    def test_the_whole_prompt_is_shown_with_tokens_price_and_what_is_vague(
        self, state, record, ask, panel, is_shown
    ):
        ask(record("one", GOOD))
        assert is_shown(panel)
        said = texts(panel)
        prompt = build_prompt(state.graph)
        assert escape(prompt.system) in said
        assert escape(prompt.user) in said
        assert "about 5," in said
        assert "0 USD" in said
        assert "No budget is set." in said
        assert "SC404" in said

    def test_the_worst_case_is_told_with_repairs_and_for_all_models(self, state):
        models = ("openai:gpt-5", "openai:gpt-5-mini", "compatible:x")
        quotes = tuple(quote(state.graph, model) for model in models)
        worst = [item.worst_cost() for item in quotes[:2]]
        said = head_html("compare", quotes, Budgets())
        for cost in worst:
            assert f"<td>{shown_cost(cost)}</td>" in said
        together = f"{shown_cost(sum(worst))} at most, and 1 of unknown price."
        assert f"All 3 models together, with repairs: {together}" in said

    def test_generate_says_that_it_asks_one_model_though_more_are_ticked(self, state):
        quotes = (quote(state.graph, "openai:gpt-5"),)
        said = "Only this model is asked. To ask all that are ticked, press Compare."
        assert said not in head_html("generate", quotes, Budgets())
        assert said not in head_html("generate", quotes, Budgets(), ("openai:gpt-5",))
        assert said in head_html("generate", quotes, Budgets(), ("openai:gpt-5", "compatible:x"))
        assert said not in head_html("compare", quotes, Budgets(), ("compatible:x",))

    def test_nothing_is_sent_before_send_is_pressed(
        self, state, record, ask, panel, find, is_shown
    ):
        ask(record("one", GOOD))
        find(panel, description="Do not send").click()
        assert not is_shown(panel)
        assert state.snapshot.job is None
        assert Ledger().entries() == ()

    def test_what_was_shown_is_what_is_sent_notes_included(
        self, monkeypatch, front_end, state, record, ask, panel, find, send, finish
    ):
        sent = []
        stream = ReplayProvider.stream

        def watched(self, request):
            sent.append(request)
            return stream(self, request)

        monkeypatch.setattr(ReplayProvider, "stream", watched)
        ask(record("one", GOOD))
        notes = find(panel, description="Notes for the model")
        front_end.set(notes.comm, value="Keep it <short>.")
        shown = texts(panel)
        assert "Keep it &lt;short&gt;." in shown
        send()
        finish()
        prompt = build_prompt(state.graph, notes="Keep it <short>.")
        (request,) = sent
        assert (request.system, request.messages[0].text) == (prompt.system, prompt.user)
        assert state.snapshot.generated.stamp.prompt_hash == prompt.hash

    def test_notes_that_are_too_long_are_refused_and_not_sent(
        self, front_end, state, record, ask, panel, find, send
    ):
        ask(record("one", GOOD))
        front_end.set(find(panel, description="Notes for the model").comm, value="x" * 10_000)
        assert 'role="alert"' in texts(panel)
        send()
        assert state.snapshot.job is None

    def test_a_request_over_the_budget_cannot_be_sent(self, state, ask, panel, find, send):
        model = "openai:gpt-5"
        state.update(preferences=change_preferences(budgets=Budgets(request=Decimal("0.0001"))))
        ask(model)
        assert find(panel, description="Send").disabled
        assert "over your budget of 0.00010 USD for one request" in texts(panel)
        send()
        assert state.snapshot.job is None
        assert "over your budget" in state.snapshot.failure.message

    def test_a_budget_set_elsewhere_counts_when_asking(self, state, ask, panel, find):
        change_preferences(budgets=Budgets(request=Decimal("0.0001")))
        ask("openai:gpt-5")
        assert find(panel, description="Send").disabled
        assert "over your budget of 0.00010 USD for one request" in texts(panel)

    def test_a_budget_set_elsewhere_counts_when_sending(
        self, state, ask, panel, find, send, wait_for
    ):
        ask("openai:gpt-5")
        assert not find(panel, description="Send").disabled
        change_preferences(budgets=Budgets(request=Decimal("0.0001")))
        send()
        assert state.snapshot.job is None
        assert "the settings were changed elsewhere" in state.snapshot.failure.message
        wait_for(lambda: find(panel, description="Send").disabled, "the refusal")
        assert "over your budget of 0.00010 USD for one request" in texts(panel)

    def test_a_favourite_chosen_elsewhere_is_no_reason_not_to_send(
        self, front_end, state, record, ask, send, finish
    ):
        front_end.hello()
        ask(record("one", GOOD))
        change_preferences(favourites=("replay:one",))
        send()
        snapshot = finish()
        assert snapshot.generated.source == CODE
        assert snapshot.question is None

    def test_an_unknown_price_is_said_and_never_0(self, ask, panel):
        ask("compatible:llama")
        assert "price unknown" in texts(panel)

    def test_an_edit_of_the_strategy_takes_the_question_away(
        self, state, record, ask, panel, is_shown
    ):
        ask(record("one", GOOD))
        actions.set_param(state, "fast", "period", 12)
        assert not is_shown(panel)
        assert "has changed, so nothing was sent" in state.snapshot.notice

    def test_an_invalid_strategy_is_not_asked_about(self, state, record, generate, wait_for):
        actions.delete(state, ["bars"])
        state.choose_model(record("one", GOOD))
        generate.click()
        wait_for(lambda: state.snapshot.failure is not None, "the failure")
        assert "the strategy has" in state.snapshot.failure.message
        assert state.snapshot.question is None

    def test_another_model_chosen_meanwhile_is_quoted_anew(self, state, record, ask, wait_for):
        ask(record("one", GOOD))
        state.choose_model(record("two", GOOD))
        wait_for(lambda: state.snapshot.question.quotes[0].model == "replay:two", "the new quote")

    def test_the_built_in_compiler_needs_no_question(self, front_end, state, generate, finish):
        front_end.hello()
        generate.click()
        snapshot = finish()
        assert snapshot.generated.source == CODE
        assert snapshot.question is None


class TestStreaming:
    def test_the_code_is_in_a_new_cell_below_with_its_record(self, front_end, record, generated):
        snapshot = generated(record("one", RecordedAnswer(pieces(GOOD), usage=USAGE)))
        assert snapshot.failure is None
        cell = front_end.cells[1]
        assert cell["source"] == snapshot.generated.source == CODE
        stamp = cell["metadata"]["stratcraft"]
        assert (stamp["origin"], stamp["model"], stamp["is_draft"]) == (
            "model",
            "replay:one",
            False,
        )
        assert stamp["usage"]["cached_input_tokens"] == 1000
        assert "replay:one wrote" in snapshot.notice
        assert "Cost: 0 USD" in snapshot.notice

    def test_text_is_in_the_cell_while_it_arrives_as_a_draft(
        self, front_end, state, record, ask, send, finish, wait_for
    ):
        front_end.hello()
        ask(record("one", slow(GOOD, 0.02)))
        send()
        wait_for(lambda: len(front_end.cells) == 2, "the cell")
        streamed = front_end.cells[1]["source"]
        assert streamed.startswith(DRAFT_LINE)
        wait_for(lambda: state.snapshot.live[0].usage.output_tokens > 0, "tokens")
        live = state.snapshot.live[0]
        assert "about" in live_html(live)
        assert '<li aria-current="step">Writing</li>' in live_html(live)
        assert "cost so far: 0 USD" in live_html(live)
        finish()
        assert front_end.cells[1]["source"] == CODE

    def test_progress_ends_with_done_and_the_real_usage(self, record, generated):
        snapshot = generated(record("one", RecordedAnswer(pieces(GOOD), usage=USAGE)))
        shown = live_html(snapshot.live[0])
        assert '<li aria-current="step">Done</li>' in shown
        assert "5,000 tokens in (1,000 cached), 400 out" in shown

    def test_without_a_page_the_code_is_in_the_panel_and_the_text_is_seen_as_it_comes(
        self, state, record, ask, send, finish, wait_for
    ):
        ask(record("one", slow(GOOD, 0.02)))
        send()
        wait_for(lambda: "import backtrader" in state.snapshot.live[0].tail, "the text")
        snapshot = finish()
        assert snapshot.generated.cell_id is None
        assert snapshot.generated.source == CODE

    def test_a_second_press_is_refused_politely(
        self, front_end, state, record, ask, send, finish, generate, jobs
    ):
        front_end.hello()
        ask(record("one", slow(GOOD)))
        send()
        assert generate.disabled
        generate.click()  # as from another tab, where the button is not grey yet
        assert state.snapshot.notice == "Something is running already. Cancel it first."
        jobs.run()
        assert state.snapshot.notice == "Something is running already. Cancel it first."
        jobs.cancel()
        finish()

    def test_errors_are_repaired_and_each_attempt_stays_visible(
        self, front_end, record, generated, area
    ):
        snapshot = generated(record("one", BROKEN, crashes(), GOOD))
        assert snapshot.failure is None
        assert front_end.cells[1]["source"] == CODE
        shown = " ".join(texts(widget) for widget in area.widgets)
        assert "3 attempts of replay:one" in shown
        assert "Attempt 2: errors found." in shown
        assert "Why it was made:" in shown
        assert "What changed" in shown

    def test_run_uses_what_the_model_wrote(self, record, generated, jobs, finish):
        generated(record("one", GOOD))
        jobs.run()
        snapshot = finish()
        assert snapshot.failure is None
        assert snapshot.outcome.code.stamp.model == "replay:one"

    def test_run_writes_no_code_with_a_model_by_itself(self, state, record, jobs, finish):
        state.choose_model(record("one", GOOD))
        jobs.run()
        assert finish().failure.message == "Nothing was run: there is no code yet."


class TestWhatGoesWrong:
    @pytest.fixture
    def cancelled(self, front_end, state, record, ask, send, finish, wait_for, jobs):
        front_end.hello()
        ask(record("one", slow(GOOD, usage=USAGE)))
        send()
        wait_for(lambda: len(front_end.cells) == 2 and "import" in front_end.cells[1]["source"])
        jobs.cancel()
        jobs.cancel()
        return finish()

    def test_cancel_keeps_what_arrived_as_a_draft_that_stops(self, front_end, cancelled):
        source = front_end.cells[1]["source"]
        assert DRAFT_LINE in source.splitlines()
        assert "import" in source
        with pytest.raises(RuntimeError, match="draft"):
            exec(compile(source.split("\n\n")[0], "cell", "exec"), {})
        assert front_end.cells[1]["metadata"]["stratcraft"]["is_draft"] is True
        assert "Cancelled. What arrived is in the cell below, as a draft" in cancelled.notice
        assert cancelled.generated.is_draft
        assert cancelled.failure is None

    def test_run_refuses_the_draft(self, cancelled, jobs, finish):
        jobs.run()
        assert "is a draft" in finish().failure.message

    def test_the_cost_of_a_cancelled_request_is_told_alike_everywhere(self, state, cancelled):
        (live,) = state.snapshot.live
        amount = shown_cost(live.cost, is_partial=True)
        assert amount.startswith("at least ")
        assert f"cost: {amount}" in live_html(live)

    def test_a_cancelled_request_is_in_the_ledger_as_partial(self, cancelled):
        (entry,) = Ledger().entries()
        assert (entry.outcome, entry.is_partial) == ("cancelled", True)

    def test_code_that_stays_wrong_is_a_draft_and_said_with_money_and_what_to_do(
        self, front_end, record, generated
    ):
        snapshot = generated(record("one", BROKEN, crashes(), crashes(CODE + "\n# other\n")))
        assert DRAFT_LINE in front_end.cells[1]["source"]
        failure = snapshot.failure
        assert "still has" in failure.message
        assert failure.money == "No money was spent."
        assert "as a draft" in failure.hint
        assert "No money was spent." in failure_html(failure)

    def test_an_answer_without_code_says_so(self, record, generated, front_end):
        snapshot = generated(record("one", PROSE, PROSE))
        assert snapshot.failure is not None
        assert "No code" in snapshot.failure.message or "no code" in snapshot.failure.message
        assert "# Moving averages are a classic" in front_end.cells[1]["source"]

    @pytest.mark.parametrize(
        ("fault", "money"),
        [
            ("wrong_key", "No money was spent."),
            ("overloaded", "No money was spent."),
            ("timeout", "Money may have been spent."),
        ],
    )
    def test_a_fault_says_what_happened_whether_it_cost_and_what_to_do(
        self, monkeypatch, record, generated, front_end, fault, money
    ):
        monkeypatch.setattr("stratcraft_jupyter.providers.deadlines._PAUSE", 0.01, raising=False)
        snapshot = generated(record("one", RecordedAnswer((), fault=fault)))
        assert snapshot.failure.message.startswith("Replay")
        assert money in snapshot.failure.money
        assert snapshot.failure.hint
        assert len(front_end.cells) == 1

    def test_a_connection_cut_in_the_middle_keeps_the_text(self, record, generated, front_end):
        snapshot = generated(record("one", RecordedAnswer(pieces(GOOD[:900]), fault="cut")))
        assert "broke before the answer" in snapshot.failure.message
        assert "as a draft" in snapshot.failure.hint
        assert DRAFT_LINE in front_end.cells[1]["source"]
        assert "import backtrader as bt" in front_end.cells[1]["source"]

    def test_a_draft_takes_nothing_from_the_finished_code(
        self, front_end, record, state, generated
    ):
        first = generated(record("one", GOOD)).generated
        actions.set_param(state, "fast", "period", 12)
        snapshot = generated(record("two", RecordedAnswer(pieces(GOOD[:900]), fault="cut")))
        assert snapshot.generated == first
        assert len(front_end.cells) == 3

    def test_a_cell_deleted_meanwhile_loses_nothing(
        self, front_end, record, ask, send, finish, wait_for
    ):
        front_end.hello()
        ask(record("one", slow(GOOD, 0.02)))
        send()
        wait_for(lambda: len(front_end.cells) == 2, "the cell")
        front_end.cells.pop()
        snapshot = finish()
        assert snapshot.generated.cell_id is None
        assert snapshot.generated.source == CODE
        assert "The cell was deleted" in snapshot.notice

    def test_a_cell_typed_in_meanwhile_is_kept_beside_the_code(
        self, front_end, record, ask, send, finish, wait_for
    ):
        front_end.hello()
        ask(record("one", slow(GOOD, 0.02)))
        send()
        wait_for(lambda: len(front_end.cells) == 2, "the cell")
        front_end.cells[1]["source"] += "# typed"
        snapshot = finish()
        assert len(front_end.cells) == 3
        assert snapshot.generated.cell_id == front_end.cells[2]["cell_id"]
        assert "# typed" in front_end.cells[1]["source"]


def test_nothing_of_a_generation_is_too_large_for_a_page(front_end, record, generated):
    """Few updates, however many pieces a model sends."""
    before = len(front_end.messages)
    generated(record("one", RecordedAnswer(tuple(GOOD))))
    assert len(front_end.messages) - before < 150
