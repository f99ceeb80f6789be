"""Recorded answers: the shipped ones, and what a recording may hold."""

import json

import pytest

from stratcraft_jupyter.providers.base import (
    Connection,
    Failed,
    Finished,
    Message,
    ModelRequest,
    ProviderError,
    Started,
    TextDelta,
    Thinking,
    Usage,
)
from stratcraft_jupyter.providers.deadlines import guarded_stream
from stratcraft_jupyter.providers.recordings import (
    RecordedAnswer,
    Recording,
    RecordingError,
    load_recording,
    pieces,
    save_recording,
)
from stratcraft_jupyter.providers.replay import FOLDER_VARIABLE, SHIPPED, ReplayProvider

FIRST = (Message("user", "write"),)
SECOND = (*FIRST, Message("assistant", "code"), Message("user", "repair"))


async def play(model, messages=FIRST, place=""):
    provider = ReplayProvider(Connection(base_url=str(place)))
    request = ModelRequest(model, "system", messages)
    return [event async for event in guarded_stream(provider, request)]


def text_of(events):
    return "".join(event.text for event in events if isinstance(event, TextDelta))


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.json")), ids=lambda path: path.stem)
async def test_shipped_recordings_play(path):
    recording = load_recording(path)
    assert recording.title
    for number, answer in enumerate(recording.answers):
        turns = (Message("user", "x"), Message("assistant", "y")) * number
        events = await play(recording.name, (*turns, Message("user", "z")))
        assert text_of(events) == answer.text
        assert "class SmaCross(bt.Strategy)" in answer.text
        assert isinstance(events[-1], Finished)


async def test_the_second_message_gets_the_second_answer():
    first, second = [text_of(await play("sma-cross-repaired", m)) for m in (FIRST, SECOND)]
    assert "self.p.slow_length" in first
    assert "self.p.slow_length" not in second


async def test_shipped_recordings_are_listed():
    listed = await ReplayProvider(Connection()).list_models()
    assert {"sma-cross", "sma-cross-repaired"} <= {model.id for model in listed}


@pytest.fixture
def recording():
    answer = RecordedAnswer(
        pieces("The whole text", 5), "Hm.", Usage(9, output_tokens=4, reasoning_tokens=1), "length"
    )
    return Recording("mine", (answer, RecordedAnswer(())), "My answer")


async def test_a_recording_comes_back_as_it_was_saved(tmp_path, recording):
    path = tmp_path / "mine.json"
    save_recording(path, recording)
    assert load_recording(path) == recording
    events = await play("mine", place=tmp_path)
    assert events[0] == Started("mine")
    assert events[1] == Thinking("Hm.")
    assert text_of(events) == "The whole text"
    assert events[-1] == Finished("length", recording.answers[0].usage, "mine")
    assert text_of(await play("mine", place=path)) == "The whole text"


async def test_the_environment_names_the_folder(tmp_path, recording, monkeypatch):
    save_recording(tmp_path / "mine.json", recording)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert text_of(await play("mine")) == "The whole text"


async def test_usage_is_estimated_if_it_is_not_recorded(tmp_path):
    save_recording(tmp_path / "m.json", Recording("m", (RecordedAnswer(("12345678",)),)))
    events = await play("m", place=tmp_path)
    assert events[-1].usage.is_estimate
    assert events[-1].usage.output_tokens == 2


@pytest.mark.parametrize("chunks", [(), ("some text",)])
async def test_a_fault_can_be_recorded(tmp_path, chunks):
    answer = RecordedAnswer(chunks, fault="wrong_key")
    save_recording(tmp_path / "m.json", Recording("m", (answer,)))
    events = await play("m", place=tmp_path)
    assert text_of(events) == "".join(chunks)
    assert events[-1].fault.code == "wrong_key"


async def test_an_unknown_recording_is_told_with_the_known_ones():
    events = await play("nothing")
    assert isinstance(events[-1], Failed)
    assert events[-1].fault.code == "unknown_model"
    assert "sma-cross" in events[-1].fault.hint


async def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(ProviderError):
        await ReplayProvider(Connection(base_url=str(tmp_path / "no"))).list_models()


BAD = {
    "not json": "{",
    "no object": "[]",
    "another format": {"format": 2, "answers": [{"text": "x"}]},
    "no answers": {"format": 1, "answers": []},
    "unknown key": {"format": 1, "answers": [{"txt": "x"}]},
    "unknown finish": {"format": 1, "answers": [{"text": "x", "finish": "well"}]},
    "unknown fault": {"format": 1, "answers": [{"text": "x", "fault": "bad luck"}]},
    "unknown usage": {"format": 1, "answers": [{"text": "x", "usage": {"tokens": 1}}]},
    "file elsewhere": {"format": 1, "answers": [{"text_file": "../secret"}]},
    "no such file": {"format": 1, "answers": [{"text_file": "no.md"}]},
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
async def test_a_bad_recording_is_told(tmp_path, body):
    path = tmp_path / "bad.json"
    path.write_text(body if isinstance(body, str) else json.dumps(body), encoding="utf-8")
    with pytest.raises(RecordingError, match=r"bad\.json"):
        load_recording(path)
    events = await play("bad", place=tmp_path)
    assert events[-1].fault.code == "malformed"
    assert await ReplayProvider(Connection(base_url=str(tmp_path))).list_models() == ()
