"""The limit of an answer: it is sent as it was quoted, and kept to if the server does not."""

import pytest
from wire.dialects import DIALECTS, MODEL
from wire.raw_server import raw_server

from generation.answers import CRASHES, GOOD, generate
from generation.conftest import of_kind
from generation.test_over_the_wire import KEY, reached, saying
from stratcraft_jupyter.generation import GenerationError, Tried, VersionHistory, quote
from stratcraft_jupyter.generation.exchange import MAX_ANSWER
from stratcraft_jupyter.providers.keys import forget_key, type_key
from stratcraft_jupyter.providers.ledger import Ledger

LINE = "# a comment that goes on and on\n" * 2_000


@pytest.fixture(params=list(DIALECTS))
def dialect(request):
    found = DIALECTS[request.param]
    type_key(found.provider, KEY)
    yield found
    forget_key(found.provider)


@pytest.mark.parametrize(("wished", "sent"), [(None, 16_000), (3_000, 3_000)])
async def test_the_limit_that_is_quoted_is_the_one_that_is_sent(graph, dialect, wished, sent):
    async with raw_server(saying(dialect, GOOD)) as server:
        preferences = reached(dialect, server)
        model = f"{dialect.provider}:{MODEL}"
        asked = quote(graph, model, max_output_tokens=wished, preferences=preferences)
        await generate(graph, asked, preferences=preferences)
    assert asked.output_limit == asked.request.max_output_tokens == sent
    assert [seen.json[dialect.limit] for seen in server.seen] == [sent]


@pytest.mark.parametrize(("wished", "most"), [(None, 16_000 * 8), (10**6, MAX_ANSWER)])
async def test_a_server_that_goes_on_is_cut_off_and_not_asked_again(graph, dialect, wished, most):
    async def goes_on(exchange):
        await exchange.begin()
        await exchange.send(*dialect.start(), *dialect.text(CRASHES))
        for _ in range(80):
            await exchange.send(dialect.text(LINE)[-1])
        await exchange.send(*dialect.end())
        await exchange.end()

    events = []
    async with raw_server(goes_on) as server:
        model = f"{dialect.provider}:{MODEL}"
        with pytest.raises(GenerationError, match="cut off at the output limit") as caught:
            await generate(
                graph,
                model,
                max_output_tokens=wished,
                preferences=reached(dialect, server),
                on_event=events.append,
            )
    assert len(server.seen) == 1
    (tried,) = of_kind(events, Tried)
    assert tried.attempt.outcome == "truncated"
    assert len(tried.attempt.text) == most
    draft = caught.value.draft
    assert draft.is_draft
    assert Ledger().entries()[0].outcome == "length"
    if len(draft.source) > 200_000:  # a notebook cannot carry it
        assert VersionHistory().add_generated(draft).versions == ()
