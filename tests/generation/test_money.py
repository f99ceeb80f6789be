"""Prices before, budgets during, and the ledger after a generation."""

import asyncio
import warnings
from decimal import Decimal

import pytest

from generation.answers import CRASHES, GOOD, generate
from generation.conftest import of_kind
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation import (
    Ended,
    GenerationError,
    Notice,
    Progress,
    Stage,
    compare_models,
    quote,
)
from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.cost import cost_of
from stratcraft_jupyter.providers.ledger import Ledger, LedgerError
from stratcraft_jupyter.providers.preferences import OwnPrice, Preferences
from stratcraft_jupyter.providers.recordings import RecordedAnswer, pieces

PRICE = OwnPrice(input=Decimal(1), output=Decimal(10))
LONG = "# a long comment that goes on\n" * 4_000


def priced(model: str, **budgets) -> Preferences:
    limits = Budgets(**{name: Decimal(value) for name, value in budgets.items()})
    return Preferences(prices={model: PRICE}, budgets=limits)


def test_a_quote_tells_the_price_without_key_or_network(graph, monkeypatch):
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    model = "openai:gpt-x"
    asked = quote(graph, model, max_output_tokens=2_000, preferences=priced(model))
    low, high = asked.cost_range
    assert asked.input_tokens > 1_000
    assert asked.is_estimate
    assert low == Decimal(asked.input_tokens) / 1_000_000
    assert high == low + Decimal(2_000) * 10 / 1_000_000
    assert asked.request.system == asked.prompt.system
    assert [m.text for m in asked.request.messages] == [asked.prompt.user]
    assert asked.request.max_output_tokens == 2_000
    assert str(asked).startswith(f"{model}: about {asked.input_tokens:,} tokens in, up to 2,000 ")


def test_a_quote_without_a_known_price_says_so(graph):
    asked = quote(graph, "compatible:some-model")
    assert asked.cost_range is None
    assert asked.budget_fault is None
    assert "price unknown" in str(asked)
    guarded = quote(graph, "compatible:some-model", max_cost="0.10")
    assert guarded.budget_fault.code == "over_budget"


def test_the_built_in_compiler_has_no_quote(graph):
    with pytest.raises(StratCraftError, match="costs nothing"):
        quote(graph, "builtin")


@pytest.mark.parametrize("limit", [0, -5, True, 1.5, "many"])
def test_an_output_limit_is_a_number_of_tokens(graph, limit):
    with pytest.raises(StratCraftError, match="output limit"):
        quote(graph, "openai:gpt-x", max_output_tokens=limit)


@pytest.mark.parametrize("amount", ["much", -1, float("nan"), "Infinity", object()])
def test_the_most_it_may_cost_is_an_amount(graph, amount):
    with pytest.raises(StratCraftError, match="amount of money"):
        quote(graph, "openai:gpt-x", max_cost=amount)


async def test_a_request_over_budget_is_not_sent(graph, record):
    model = record("good", GOOD)
    events = []
    with pytest.raises(GenerationError) as caught:
        await generate(
            graph, model, preferences=priced(model), max_cost="0.001", on_event=events.append
        )
    assert caught.value.fault.code == "over_budget"
    assert caught.value.fault.charged == "no"
    assert Ledger().entries() == ()
    assert events[-1] == Ended("failed", None, caught.value.fault, str(caught.value))


async def test_the_most_a_quote_may_cost_holds_when_it_is_sent(graph, record):
    model = record("good", GOOD)
    preferences = priced(model)
    asked = quote(graph, model, max_cost="0.001", preferences=preferences)
    with pytest.raises(GenerationError) as caught:
        await generate(graph, asked, preferences=preferences)
    assert caught.value.fault.code == "over_budget"
    assert Ledger().entries() == ()
    made = await generate(graph, asked, max_cost="5", preferences=preferences)
    assert made.ok


@pytest.mark.parametrize(
    "given", [{"notes": "Be brief."}, {"max_output_tokens": 100}, {"reasoning_effort": "low"}]
)
async def test_what_a_quote_has_settled_is_refused_beside_it(graph, record, given):
    asked = quote(graph, record("good", GOOD))
    with pytest.raises(StratCraftError, match=next(iter(given))):
        await generate(graph, asked, **given)
    assert Ledger().entries() == ()


@pytest.mark.parametrize("effort", ["turbo", "", 3])
def test_an_effort_the_model_does_not_know_is_refused(graph, effort):
    with pytest.raises(StratCraftError, match="no reasoning effort"):
        quote(graph, "openai:gpt-5", reasoning_effort=effort)


async def test_an_answer_over_budget_is_cut_off_and_kept(graph, record):
    model = record("long", RecordedAnswer(pieces(f"```python\n{LONG}", 400), delay=0.005))
    preferences = priced(model, request="0.2")
    assert quote(graph, model, preferences=preferences).budget_fault is None
    with pytest.raises(GenerationError, match="cut off") as caught:
        await generate(graph, model, preferences=preferences)
    error = caught.value
    assert error.fault.code == "over_budget"
    assert error.fault.charged == "yes"
    assert Decimal("0.2") < error.cost < Decimal("0.3")
    assert 0 < len(error.kept_text) < len(LONG)
    assert error.draft.is_draft
    (entry,) = Ledger().entries()
    assert (entry.outcome, entry.is_partial, entry.cost) == ("over_budget", True, error.cost)


async def test_attempts_share_the_budget_of_a_request(graph, record):
    usage = Usage(input_tokens=4_000, output_tokens=9_000)
    model = record("costly", RecordedAnswer((CRASHES,), usage=usage), GOOD)
    made = await generate(graph, model, preferences=priced(model, request="0.2"))
    assert (made.stopped, made.ok, len(made.attempts)) == ("budget", False, 1)
    assert made.cost == cost_of(usage, quote(graph, model, preferences=priced(model)).choice.price)
    again = await generate(graph, model, preferences=priced(model, request="0.5"))
    assert (again.ok, len(again.attempts)) == (True, 2)


async def test_the_cost_is_that_of_all_attempts(graph, record):
    model = record("learns", CRASHES, GOOD)
    events = []
    made = await generate(graph, model, preferences=priced(model), on_event=events.append)
    assert made.cost == sum(attempt.cost for attempt in made.attempts) > 0
    assert Ledger().spent().amount == made.cost
    costs = [event.cost for event in of_kind(events, Progress)]
    assert costs[0] < costs[-1] == made.cost


async def test_a_cancelled_request_counts_what_is_known(graph, record):
    model = record("slow", RecordedAnswer(pieces(GOOD), delay=0.02))
    moment = asyncio.Event()

    def note(event):
        if isinstance(event, Progress) and event.usage.output_tokens > 40:
            moment.set()

    preferences = priced(model, day="1")
    task = asyncio.create_task(generate(graph, model, on_event=note, preferences=preferences))
    await moment.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    spent = Ledger().spent()
    assert (spent.partial_count, spent.unknown_count, spent.held) == (1, 0, 0)
    assert spent.amount > Decimal(quote(graph, model).input_tokens) / 1_000_000
    assert str(spent).startswith("at least ")


async def test_cancelling_before_anything_is_sent_gives_the_money_back(graph, record):
    model = record("good", GOOD)

    def cancel(event):
        if isinstance(event, Stage):
            asyncio.current_task().cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(
            generate(graph, model, on_event=cancel, preferences=priced(model, day="1"))
        )
    spent = Ledger().spent()
    assert (spent.amount, spent.held, spent.unknown_count, spent.partial_count) == (0, 0, 0, 0)
    (entry,) = Ledger().entries()
    assert entry.outcome == "cancelled"


async def test_models_at_once_keep_a_budget_together(graph, record):
    models = [record(f"slow-{n}", RecordedAnswer(pieces(GOOD), delay=0.01)) for n in range(3)]
    one = quote(graph, models[0], preferences=priced(models[0])).cost_range[1]
    budgets = Budgets(day=one * Decimal("1.5"))
    preferences = Preferences(prices=dict.fromkeys(models, PRICE), budgets=budgets)
    found = await compare_models(graph, models, preferences=preferences)
    faults = [candidate.fault.code for candidate in found if candidate.fault]
    assert faults == ["over_budget", "over_budget"]
    assert Ledger().spent().amount < budgets.day


async def test_a_ledger_that_cannot_be_written_is_said(graph, record, home):
    model = record("good", GOOD)
    home.mkdir()
    (home / "ledger.sqlite").write_text("no database, but long enough to be read as one" * 9)
    events = []
    made = await generate(graph, model, on_event=events.append, preferences=Preferences())
    assert made.ok
    told = [event.message for event in of_kind(events, Notice)]
    assert len(told) == 2
    assert all("ledger" in message for message in told)


async def test_no_budget_can_be_kept_without_a_ledger(graph, record, home):
    model = record("good", GOOD)
    home.mkdir()
    (home / "ledger.sqlite").write_text("no database, but long enough to be read as one" * 9)
    with pytest.raises(LedgerError):
        await generate(graph, model, preferences=priced(model, day="1"))


async def test_settings_that_cannot_be_read_are_said(graph, record, home):
    home.mkdir()
    (home / "preferences.json").write_text("{")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        await generate(graph, record("good", GOOD))
    assert any("cannot be read" in str(warning.message) for warning in caught)


class TestWorstCost:
    def test_repairs_send_what_was_sent_and_written_before(self, graph, record):
        model = record("good", GOOD)
        asked = quote(graph, model, max_output_tokens=2_000, preferences=priced(model))
        once, twice, thrice = (asked.worst_cost(attempts) for attempts in (1, 2, 3))
        assert once == asked.cost_range[1]
        assert twice > 2 * once
        assert thrice - twice > twice - once

    def test_no_more_than_the_budget_is_spent(self, graph, record):
        model = record("good", GOOD)
        asked = quote(graph, model, preferences=priced(model, request="0.5"))
        once = asked.cost_range[1]
        limit = once + Decimal("0.01")
        assert quote(graph, model, max_cost=limit, preferences=priced(model)).worst_cost() == limit

    async def test_three_costly_attempts_stay_below_it(self, graph, record):
        limit = 4_000
        usage = Usage(input_tokens=6_000, output_tokens=limit)
        answers = (
            RecordedAnswer((CRASHES.replace("1 // (", f"{n} // ("),), usage=usage) for n in range(3)
        )
        model = record("costly", *answers)
        asked = quote(graph, model, max_output_tokens=limit, preferences=priced(model))
        made = await generate(graph, asked, preferences=priced(model))
        assert len(made.attempts) == 3
        assert 2 * asked.cost_range[1] < made.cost <= asked.worst_cost()

    def test_of_an_unknown_price_there_is_none(self, graph):
        assert quote(graph, "compatible:some-model").worst_cost() is None
