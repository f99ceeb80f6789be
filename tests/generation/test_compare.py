"""`compare_models`: all at once, each for itself, held against the built-in compiler."""

import asyncio
from collections import defaultdict

import pytest

import stratcraft_jupyter as sc
from generation.answers import CRASHES, GOOD, PROSE, compare_models
from generation.conftest import of_kind
from stratcraft_jupyter.errors import GraphInvalidError, StratCraftError, UnknownNameError
from stratcraft_jupyter.generation import Ended, Stage, Text
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.recordings import RecordedAnswer, pieces


def slowly(text: str) -> RecordedAnswer:
    return RecordedAnswer(pieces(text), delay=0.02)


async def test_every_model_gets_a_row(graph, record):
    models = [
        record("good", GOOD),
        record("chatty", PROSE),
        record("crashes", CRASHES),
        "replay:missing",
    ]
    events = defaultdict(list)
    found = await compare_models(graph, models, on_event=lambda m, event: events[m].append(event))
    builtin, good, chatty, crashes, missing = found
    assert [candidate.model for candidate in found] == ["builtin", *models]
    assert builtin.result.fills == good.result.fills != ()
    assert builtin.result.metrics == good.result.metrics
    assert chatty.generated is None
    assert "no code" in chatty.error
    assert crashes.generated.stopped == "same_code"
    assert crashes.result is None
    assert "ZeroDivisionError" in crashes.run_error
    assert missing.fault.code == "unknown_model"
    assert [candidate.attempt_count for candidate in found] == [0, 1, 2, 2, 1]
    outcomes = {model: of_kind(told, Ended)[0].outcome for model, told in events.items()}
    assert outcomes == {
        "builtin": "done",
        models[0]: "done",
        models[1]: "failed",
        models[2]: "findings",
        models[3]: "failed",
    }
    assert {entry.purpose for entry in Ledger().entries()} == {"compare", "repair"}


async def test_all_run_on_the_bars_given(graph, record):
    bars = sc.load_bars("sample:MSFT").head(800)
    config = sc.BacktestConfig(cash=5_000)
    found = await compare_models(graph, [record("good", GOOD)], bars=bars, config=config)
    for candidate in found:
        assert (candidate.result.symbol, candidate.result.bar_count) == ("MSFT", 800)
        assert candidate.result.equity_curve.value[0] == 5_000


async def test_no_more_at_once_than_allowed(graph, record):
    running, most = set(), 0

    def note(model, event):
        nonlocal most
        if isinstance(event, Ended):
            running.discard(model)
        elif isinstance(event, Stage):
            running.add(model)
        most = max(most, len(running))

    models = [record(f"slow-{number}", slowly(GOOD)) for number in range(4)]
    found = await compare_models(graph, models, limit=2, on_event=note)
    assert all(candidate.result for candidate in found)
    assert most == 2


async def test_cancelling_stops_all_and_keeps_each_draft(graph, record):
    models = [record(f"slow-{number}", slowly(GOOD)) for number in range(3)]
    events = defaultdict(list)
    moment = asyncio.Event()

    def note(model, event):
        events[model].append(event)
        if all(of_kind(events[name], Text) for name in models):
            moment.set()

    task = asyncio.create_task(compare_models(graph, models, limit=4, on_event=note))
    await moment.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    for model in models:
        ended = events[model][-1]
        assert (ended.outcome, ended.strategy.is_draft) == ("cancelled", True)
    assert [entry.outcome for entry in Ledger().entries()] == ["cancelled"] * 3
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_model_named_twice_is_asked_once(graph, record):
    model = record("good", GOOD)
    assert len(await compare_models(graph, [model, "builtin", model])) == 2
    assert len(Ledger().entries()) == 1


async def test_nothing_is_asked_without_a_strategy_or_bars(graph, record):
    model = record("good", GOOD)
    with pytest.raises(GraphInvalidError):
        await compare_models(StrategyGraph(name="nothing"), [model])
    nowhere = graph.backtest.model_copy(update={"symbol": "NONE"})
    with pytest.raises(UnknownNameError, match="NONE"):
        await compare_models(graph.model_copy(update={"backtest": nowhere}), [model])
    assert Ledger().entries() == ()


@pytest.mark.parametrize("models", ["replay:good", None, [3]])
async def test_what_is_no_list_of_models_is_refused(graph, models):
    with pytest.raises(StratCraftError, match="not a list of models"):
        await compare_models(graph, models)


async def test_a_model_that_is_given_twice_is_asked_once(graph, record):
    model = record("good", GOOD)
    found = await compare_models(graph, [model, sc.quote(graph, model), model])
    assert [candidate.model for candidate in found] == ["builtin", model]
    assert len(Ledger().entries()) == 1


async def test_what_was_not_sent_cost_nothing(graph, monkeypatch):
    monkeypatch.delenv("STRATCRAFT_COMPATIBLE_KEY", raising=False)
    (_, missing) = await compare_models(graph, ["compatible:model"])
    assert missing.fault.code == "wrong_base_url"
    assert (missing.cost, missing.attempt_count) == (0, 0)
