"""`generate`: what is sent, what comes back, when it repairs and when it stops."""

import asyncio
import threading

import pytest

import stratcraft_jupyter as sc
from generation.answers import (
    CRASHES,
    GOOD,
    GOOD_CODE,
    NEVER_TRADES,
    NO_PYTHON,
    PROSE,
    broken,
    fenced,
    generate,
)
from generation.conftest import of_kind
from stratcraft_jupyter.errors import (
    BacktestError,
    GraphInvalidError,
    StratCraftError,
    UnknownNameError,
)
from stratcraft_jupyter.generation import (
    DRAFT_LINE,
    Ended,
    GenerationError,
    Progress,
    Stage,
    Text,
    Tried,
    quote,
)
from stratcraft_jupyter.graph import StrategyGraph, set_param
from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.recordings import RecordedAnswer, pieces


def slowly(text: str) -> RecordedAnswer:
    return RecordedAnswer(pieces(text), delay=0.02)


def stages(events) -> list[str]:
    return [event.name for event in of_kind(events, Stage)]


async def test_the_built_in_compiler_asks_nobody(graph, home):
    events = []
    made = await generate(graph, on_event=events.append)
    assert made.source == sc.compile_strategy(graph)
    assert (made.origin, made.model, made.ok, made.cost) == ("builtin", "builtin", True, 0)
    assert made.attempts == ()
    assert made.prompt_hash == ""
    assert events[-1] == Ended("done", made)
    assert not home.exists()


async def test_a_good_answer_is_taken_at_once(graph, record):
    usage = Usage(3_000, 1_000, 0, 900, 100)
    model = record("good", RecordedAnswer(pieces(GOOD), "Let me think.", usage))
    events = []
    made = await generate(graph, model, on_event=events.append)
    assert made.source == GOOD_CODE
    assert (made.ok, made.stopped, made.is_draft) == (True, "accepted", False)
    assert (made.origin, made.model, made.usage) == ("model", model, usage)
    assert made.graph_hash == graph.hash
    assert made.prompt_hash == quote(graph, model).prompt.hash
    assert [a.outcome for a in made.attempts] == ["accepted"]
    assert stages(events) == ["waiting", "thinking", "writing", "checking", "verifying"]
    assert "".join(event.delta for event in of_kind(events, Text)) == GOOD
    assert of_kind(events, Tried) == [Tried(made.attempts[0])]
    assert events[-1] == Ended("done", made)
    (entry,) = Ledger().entries()
    assert (entry.provider, entry.model, entry.purpose) == ("replay", "good", "generate")
    assert (entry.strategy, entry.usage, entry.outcome) == (graph.name, usage, "complete")
    assert not entry.is_partial


async def test_progress_counts_while_the_answer_comes(graph, record):
    model = record("slow", slowly(GOOD))
    events = []
    made = await generate(graph, model, on_event=events.append)
    progress = of_kind(events, Progress)
    counted = [event.usage.output_tokens for event in progress[:-1]]  # the last one is exact
    assert len(progress) > 2
    assert counted == sorted(counted)
    assert 0 == counted[0] < counted[len(counted) // 2] < counted[-1]
    assert any(event.tokens_per_second for event in progress)
    assert all(event.usage.is_estimate for event in progress[:-1])
    assert progress[-1].usage == made.usage


@pytest.mark.parametrize(
    ("bad", "code"),
    [(NO_PYTHON, "SC5"), (CRASHES, "SC601"), (NEVER_TRADES, "SC602"), (PROSE, "SC503")],
    ids=["no_python", "crash", "no_trades", "prose"],
)
async def test_a_bad_answer_is_repaired(graph, record, bad, code):
    events = []
    made = await generate(graph, record("learns", bad, GOOD), on_event=events.append)
    assert made.ok
    assert made.source == GOOD_CODE
    first, second = made.attempts
    assert (first.outcome == "accepted", second.outcome) == (False, "accepted")
    assert first.errors[0].code.startswith(code)
    assert first.errors[0].message in second.reason
    assert stages(events).count("repairing") == 1
    assert [event.attempt for event in of_kind(events, Tried)] == [first, second]
    assert [entry.purpose for entry in Ledger().entries()] == ["repair", "generate"]


async def test_a_crash_names_its_line_and_a_repair_its_difference(graph, record):
    made = await generate(graph, record("learns", CRASHES, GOOD))
    (crash,) = made.attempts[0].errors
    wrong = "1 // (len(self) - len(self))"
    assert wrong in made.attempts[0].source.splitlines()[crash.line - 1]
    assert "ZeroDivisionError" in crash.message
    assert f"-        {wrong}" in made.attempts[1].diff.splitlines()
    assert made.usage.output_tokens == sum(a.usage.output_tokens for a in made.attempts)


async def test_it_stops_after_three_attempts_with_the_best_code(graph, record):
    worse = fenced(broken("if len(self) > 1:\n            return"))
    made = await generate(graph, record("stubborn", NO_PYTHON, worse, CRASHES))
    assert (made.ok, made.stopped, len(made.attempts)) == (False, "attempts", 3)
    # both of the last two came as far; the later one is kept
    assert made.source == made.attempts[2].source
    assert [f.code for f in made.checks if f.severity == "error"] == ["SC601"]


async def test_earlier_code_is_kept_if_a_repair_makes_it_worse(graph, record):
    made = await generate(graph, record("worse", CRASHES, NO_PYTHON), attempts=2)
    assert made.source == made.attempts[0].source


async def test_it_stops_when_the_same_code_comes_back(graph, record):
    again = CRASHES.replace("def next(self):", "def next(self):  # corrected")
    made = await generate(graph, record("parrot", CRASHES, again))
    assert (made.ok, made.stopped, len(made.attempts)) == (False, "same_code", 2)
    assert made.attempts[1].findings == made.attempts[0].findings


async def test_it_stops_when_the_same_words_come_back(graph, record):
    with pytest.raises(GenerationError, match="no code") as caught:
        await generate(graph, record("chatty", PROSE))
    assert [a.outcome for a in caught.value.draft.attempts] == ["no_code", "no_code"]


async def test_one_attempt_can_be_enough(graph, record):
    made = await generate(graph, record("once", CRASHES, GOOD), attempts=1)
    assert (made.ok, made.stopped, len(made.attempts)) == (False, "attempts", 1)


@pytest.mark.parametrize("attempts", [0, 4, "3", None])
async def test_attempts_are_one_to_three(graph, record, attempts):
    with pytest.raises(StratCraftError, match="number of attempts"):
        await generate(graph, record("any", GOOD), attempts=attempts)


async def test_a_fault_in_a_repair_leaves_the_code_there_is(graph, record):
    cut = RecordedAnswer(("```python\nimport",), fault="cut")
    made = await generate(graph, record("breaks", CRASHES, cut))
    assert (made.stopped, made.ok) == ("fault", False)
    assert made.source == made.attempts[0].source
    assert made.attempts[1].fault.code == "cut"
    assert made.attempts[1].is_partial


@pytest.mark.parametrize(
    ("answer", "outcome", "said"),
    [
        (RecordedAnswer((GOOD[:400],), fault="cut"), "failed", "broke before the answer was whole"),
        (RecordedAnswer((GOOD[:400],), finish="length"), "truncated", "output limit"),
        (RecordedAnswer((GOOD[:400],), finish="filter"), "filtered", "content filter"),
        (RecordedAnswer(("I will not.",), finish="refusal"), "refused", "declined"),
    ],
    ids=["cut", "length", "filter", "refusal"],
)
async def test_what_arrived_of_a_broken_answer_is_a_draft(graph, record, answer, outcome, said):
    events = []
    with pytest.raises(GenerationError, match=said) as caught:
        await generate(graph, record("broken", answer), on_event=events.append)
    error = caught.value
    draft = error.draft
    assert draft.is_draft
    assert not draft.ok
    assert [a.outcome for a in draft.attempts] == [outcome]
    assert error.kept_text == answer.text
    assert error.usage.output_tokens > 0
    assert draft.source.startswith("# DRAFT, not finished code: ")
    assert DRAFT_LINE in draft.source.splitlines()
    assert events[-1].outcome == "failed"
    assert events[-1].strategy == draft
    (entry,) = Ledger().entries()
    assert entry.is_partial == (outcome == "failed")
    assert entry.usage.output_tokens > 0


async def test_a_draft_refuses_to_run(graph, record):
    whole_class = GOOD[: GOOD.rindex("```")]
    answer = RecordedAnswer((whole_class,), fault="cut")
    with pytest.raises(GenerationError) as caught:
        await generate(graph, record("nearly", answer))
    assert "class SmaCross" in caught.value.draft.source
    with pytest.raises(BacktestError, match="draft"):
        sc.run_backtest(caught.value.draft.source, sc.load_bars("sample:AAPL"))


async def test_a_fault_before_the_answer_leaves_nothing(graph, record):
    model = record("refuses", RecordedAnswer((), fault="wrong_key"))
    events = []
    with pytest.raises(GenerationError) as caught:
        await generate(graph, model, on_event=events.append)
    assert caught.value.fault.code == "wrong_key"
    assert caught.value.draft is None
    assert caught.value.cost == 0
    assert events[-1] == Ended("failed", None, caught.value.fault, str(caught.value))
    (entry,) = Ledger().entries()
    assert (entry.outcome, entry.cost, entry.is_partial) == ("wrong_key", 0, False)


async def cancelled_at(graph, model, is_time, **wishes) -> list:
    """All events of a generation that is cancelled when an event says so."""
    events = []
    moment = asyncio.Event()

    def note(event):
        events.append(event)
        if is_time(event):
            moment.set()

    task = asyncio.create_task(generate(graph, model, on_event=note, **wishes))
    await moment.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    return events


async def test_cancelling_keeps_what_arrived(graph, record):
    before = set(threading.enumerate())
    model = record("slow", slowly(GOOD))
    events = await cancelled_at(graph, model, lambda event: isinstance(event, Text))
    ended = events[-1]
    received = "".join(event.delta for event in of_kind(events, Text))
    assert ended.outcome == "cancelled"
    assert ended.strategy.is_draft
    assert ended.strategy.stopped == "cancelled"
    assert ended.strategy.attempts[0].outcome == "cancelled"
    assert ended.strategy.attempts[0].text == received
    assert GOOD.startswith(received)
    assert 0 < len(received) < len(GOOD)
    (entry,) = Ledger().entries()
    assert (entry.outcome, entry.is_partial, entry.usage.is_estimate) == ("cancelled", True, True)
    assert entry.usage.input_tokens > 1_000
    assert asyncio.all_tasks() == {asyncio.current_task()}
    left = {t.name for t in set(threading.enumerate()) - before}
    assert all(name.startswith("asyncio_") for name in left)


async def test_cancelling_before_any_text_leaves_no_draft(graph, record):
    model = record("slow", RecordedAnswer((GOOD,), delay=30))
    events = await cancelled_at(graph, model, lambda event: isinstance(event, Progress))
    assert events[-1].outcome == "cancelled"
    assert events[-1].strategy is None
    (entry,) = Ledger().entries()
    assert (entry.outcome, entry.is_partial) == ("cancelled", True)


async def test_cancelling_while_the_code_is_tried_keeps_it_as_a_draft(graph, record):
    def is_verifying(event):
        return isinstance(event, Stage) and event.name == "verifying"

    events = await cancelled_at(graph, record("good", GOOD), is_verifying)
    assert events[-1].strategy.is_draft
    assert GOOD_CODE.strip() in events[-1].strategy.source
    (entry,) = Ledger().entries()
    assert (entry.outcome, entry.is_partial) == ("complete", False)


async def test_cancelling_a_repair_keeps_the_newest_text(graph, record):
    model = record("slow", CRASHES, slowly(GOOD))
    events = await cancelled_at(graph, model, lambda e: isinstance(e, Text) and e.attempt == 2)
    draft = events[-1].strategy
    assert [a.outcome for a in draft.attempts] == ["findings", "cancelled"]
    assert draft.usage.output_tokens > draft.attempts[0].usage.output_tokens
    assert [e.outcome for e in Ledger().entries()] == ["cancelled", "complete"]


async def test_a_listener_that_fails_does_not_hide_the_cost(graph, record):
    def fail(event):
        if isinstance(event, Text):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await generate(graph, record("good", slowly(GOOD)), on_event=fail)
    (entry,) = Ledger().entries()
    assert entry.is_partial


async def test_code_is_tried_on_the_bars_given(graph, record):
    few = sc.load_bars("sample:IBM").head(31)
    made = await generate(graph, record("good", GOOD), bars=few)
    # too few bars for any order: no reason to blame the model
    assert made.ok
    (found,) = made.checks
    assert (found.code, found.severity) == ("SC604", "warning")
    assert "31 bars" in found.message


async def test_bars_that_cannot_be_found_do_not_stop_it(graph, record):
    nowhere = graph.model_copy(
        update={"backtest": graph.backtest.model_copy(update={"symbol": "NONE"})}
    )
    made = await generate(nowhere, record("good", GOOD))
    assert made.ok
    assert [f.code for f in made.checks] == ["SC603"]


async def test_an_invalid_strategy_is_refused_before_anything_is_sent(graph, record, home):
    invalid = StrategyGraph(name="nothing")
    events = []
    for model in (record("good", GOOD), "builtin"):
        with pytest.raises(GraphInvalidError):
            await generate(invalid, model, on_event=events.append)
        assert events[-1].outcome == "failed"
    assert not home.exists()


async def test_unknown_models_are_said(graph, record):
    with pytest.raises(UnknownNameError):
        await generate(graph, "nobody:x")
    with pytest.raises(StratCraftError, match="does not name"):
        await generate(graph, "gpt")


async def test_a_quote_is_sent_only_for_its_strategy(graph, record):
    model = record("good", GOOD)
    asked = quote(graph, model, notes="Use plain names.")
    assert "Use plain names." in asked.prompt.user
    made = await generate(graph, asked)
    assert made.prompt_hash == asked.prompt.hash
    changed = set_param(graph, "fast", "period", 12)
    with pytest.raises(StratCraftError, match="changed after"):
        await generate(changed, asked)
