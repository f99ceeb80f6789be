"""A key that a server echoes is in no answer, however its pieces are cut; nothing else changes."""

import pytest
from canary.finding import CANARIES, find_canaries
from hypothesis import given
from hypothesis import strategies as st
from wire.dialects import DIALECTS, MODEL
from wire.raw_server import raw_server

from stratcraft_jupyter.providers.base import (
    Connection,
    Finished,
    Message,
    ModelRequest,
    TextDelta,
    Usage,
)
from stratcraft_jupyter.providers.key_mask import HIDDEN, KeyMask
from stratcraft_jupyter.providers.registry import provider_class

KEY = CANARIES["typed"]
REQUEST = ModelRequest(MODEL, "Be brief.", (Message("user", "Hello?"),), max_output_tokens=100)
END = Finished("complete", Usage(), MODEL)


def masked(key, pieces):
    mask = KeyMask(key)
    events = [event for item in (*map(TextDelta, pieces), END) for event in mask.take(item)]
    assert events[-1] == END
    return "".join(event.text for event in events[:-1])


@given(st.lists(st.text("ab", max_size=4), max_size=12))
def test_it_makes_no_difference_how_the_text_is_cut(pieces):
    assert masked("abababab", pieces) == "".join(pieces).replace("abababab", HIDDEN)


def test_a_word_that_is_no_secret_stays():
    assert masked("none", ["none of ", "none"]) == "none of none"
    assert masked("", ["text"]) == "text"


@pytest.mark.parametrize("name", list(DIALECTS))
@pytest.mark.parametrize("cut", [0, 1, 9, len(KEY) - 1])
async def test_an_answer_with_the_key_comes_without_it(name, cut):
    dialect = DIALECTS[name]
    pieces = (f"key = '{KEY[:cut]}", f"{KEY[cut:]}'\n", KEY[:5])

    async def echo(exchange):
        await exchange.begin()
        await exchange.send(*dialect.start(), *dialect.text(*pieces), *dialect.end())
        await exchange.end()

    async with raw_server(echo) as server:
        provider = provider_class(name)(Connection(KEY, dialect.base_url(server.url)))
        events = [event async for event in provider.stream(REQUEST)]
    text = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert text == f"key = '{HIDDEN}'\n{KEY[:5]}"
    assert find_canaries(repr(events)) == []
    assert isinstance(events[-1], Finished)
