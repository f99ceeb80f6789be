"""Recorded answers: JSON files that the replay provider plays like a model.

A recording is ``NAME.json``: ``{"format": 1, "title": …, "answers": [ANSWER, …]}``. The first
answer is for the first message, the second for the message after it, and so on; the last one stays.
An ANSWER has these keys, all but the text optional:

- ``text``, or ``text_file``: the answer itself, or the name of a file beside the recording;
- ``thinking``: reasoning that comes before it;
- ``chunk``: characters an event, 24 if not given; ``delay``: seconds before each event;
- ``usage``: as the fields of `Usage`; estimated from the texts if not given;
- ``finish``: ``"complete"``, ``"length"``, ``"refusal"`` or ``"filter"``;
- ``fault``: the class of fault with which it ends instead, after its text.
"""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, get_args

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.providers.base import FaultCode, FinishReason, Usage

FORMAT = 1
_CHUNK = 24
_LARGEST = 4_000_000
_HINT = "The format is described in stratcraft_jupyter.providers.recordings."


class RecordingError(StratCraftError):
    """A recording that cannot be read."""


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """One answer of a model.

    Attributes:
        chunks: Its text, in the pieces in which it arrives.
        thinking: Reasoning that comes before.
        usage: Tokens; None to estimate them.
        finish: Why it ended.
        fault: The class of fault with which it ends instead; empty for a good end.
        delay: Seconds before each piece.
    """

    chunks: tuple[str, ...]
    thinking: str = ""
    usage: Usage | None = None
    finish: FinishReason = "complete"
    fault: FaultCode | None = None
    delay: float = 0.0

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.chunks)


@dataclass(frozen=True, slots=True)
class Recording:
    """The answers of a model to one conversation.

    Attributes:
        name: The model's id.
        title: Name on screen.
        answers: One for each message of the user; at least one.
    """

    name: str
    answers: tuple[RecordedAnswer, ...]
    title: str = ""

    def answer(self, number: int) -> RecordedAnswer:
        """The answer to a message of the user, from 0; the last one stays."""
        return self.answers[min(number, len(self.answers) - 1)]


def load_recording(path: Path) -> Recording:
    """Reads a recording.

    Raises:
        RecordingError: It cannot be read.
    """
    data = _read_json(path)
    if data.get("format") != FORMAT:
        raise RecordingError(f"{path.name} is no recording of format {FORMAT}.", hint=_HINT)
    answers = data.get("answers")
    if not isinstance(answers, list) or not answers:
        raise RecordingError(f"{path.name} holds no answers.", hint=_HINT)
    try:
        played = tuple(_answer(item, path.parent) for item in answers)
    except (TypeError, ValueError) as error:
        raise RecordingError(f"{path.name} cannot be read: {error}.", hint=_HINT) from None
    return Recording(path.stem, played, str(data.get("title", "")))


def save_recording(path: Path, recording: Recording) -> None:
    """Writes a recording; its name is the name of the file."""
    answers = [_answer_json(answer) for answer in recording.answers]
    data = {"format": FORMAT, "title": recording.title, "answers": answers}
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def pieces(text: str, size: int = _CHUNK) -> tuple[str, ...]:
    """A text in pieces of one size, as a model sends it."""
    return tuple(text[start : start + size] for start in range(0, len(text), size))


def _read_json(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise RecordingError(f"{path.name} is too large for a recording.", hint=_HINT)
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        kind = type(error).__name__
        raise RecordingError(f"{path.name} cannot be read ({kind}).", hint=_HINT) from None
    if not isinstance(data, dict):
        raise RecordingError(f"{path.name} is no recording.", hint=_HINT)
    return data


def _answer(data: object, folder: Path) -> RecordedAnswer:
    known = {"text", "text_file", "thinking", "chunk", "delay", "usage", "finish", "fault"}
    if not isinstance(data, dict) or not set(data) <= known:
        raise ValueError("an answer is no object, or has keys that are not known")
    finish = data.get("finish", "complete")
    if finish not in get_args(FinishReason):
        raise ValueError(f"{finish!r} is no way to finish")
    fault = data.get("fault")
    if fault is not None and fault not in get_args(FaultCode):
        raise ValueError(f"{fault!r} is no class of fault")
    return RecordedAnswer(
        pieces(_text(data, folder), max(1, int(data.get("chunk", _CHUNK)))),
        str(data.get("thinking", "")),
        _usage(data.get("usage")),
        finish,
        fault,
        min(max(0.0, float(data.get("delay", 0))), 60.0),
    )


def _text(data: dict[str, Any], folder: Path) -> str:
    name = data.get("text_file")
    if name is None:
        return str(data.get("text", ""))
    if not isinstance(name, str) or Path(name).name != name:
        raise ValueError("text_file must be the name of a file beside the recording")
    try:
        return (folder / name).read_text(encoding="utf-8")
    except OSError:
        raise ValueError(f"there is no readable file {name}") from None


def _usage(data: object) -> Usage | None:
    if data is None:
        return None
    names = {field.name for field in fields(Usage)}
    if not isinstance(data, dict) or not set(data) <= names:
        raise ValueError("usage has keys that are not known")
    return Usage(**data)


def _answer_json(answer: RecordedAnswer) -> dict[str, Any]:
    data: dict[str, Any] = {"text": answer.text, "finish": answer.finish, "delay": answer.delay}
    if answer.chunks:
        data["chunk"] = len(answer.chunks[0])
    if answer.thinking:
        data["thinking"] = answer.thinking
    if answer.usage is not None:
        data["usage"] = asdict(answer.usage)
    if answer.fault is not None:
        data["fault"] = answer.fault
    return data
