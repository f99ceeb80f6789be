"""The provider that plays recorded answers: for tests, notebooks and demonstrations."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

from stratcraft_jupyter.providers.base import (
    Connection,
    Failed,
    Fault,
    Finished,
    ModelEvent,
    ModelInfo,
    ModelRequest,
    ProviderError,
    Started,
    TextDelta,
    Thinking,
    Usage,
    UsageSoFar,
)
from stratcraft_jupyter.providers.faults import make_fault
from stratcraft_jupyter.providers.recordings import (
    RecordedAnswer,
    Recording,
    RecordingError,
    load_recording,
    pieces,
)

FOLDER_VARIABLE = "STRATCRAFT_REPLAY"
SHIPPED = Path(__file__).parents[1] / "data" / "replay"
_CHARACTERS_A_TOKEN = 4


class ReplayProvider:
    """Plays recordings from a folder, or one from a file; the model is the recording's name.

    Args:
        connection: Its ``base_url`` is the folder or the file; if it is empty, the environment
            variable ``STRATCRAFT_REPLAY`` names it, else the recordings shipped with us are used.
    """

    name = "replay"
    title = "Replay"
    key_variable = ""
    needs_key = False
    needs_base_url = False

    def __init__(self, connection: Connection) -> None:
        chosen = connection.base_url or os.environ.get(FOLDER_VARIABLE, "").strip()
        self._place = Path(chosen).expanduser() if chosen else SHIPPED

    async def list_models(self) -> tuple[ModelInfo, ...]:
        """The recordings that can be played.

        Raises:
            ProviderError: There is no such folder.
        """
        if not self._place.exists():
            detail = f"there is no {self._place}"
            raise ProviderError(make_fault("unexpected", self.title, detail=detail, charged="no"))
        models = []
        for path in self._files():
            try:
                recording = load_recording(path)
            except RecordingError:
                continue  # it is no recording, or it says so when it is chosen by name
            models.append(ModelInfo(recording.name, recording.title))
        return tuple(models)

    async def count_tokens(self, request: ModelRequest) -> int | None:
        """None: nothing is sent."""
        return None

    async def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        """Plays the answer whose turn it is: a conversation with one answer gets the second."""
        recording = self._recording(request.model)
        if isinstance(recording, Fault):
            yield Failed(recording)
            return
        turn = sum(message.role == "assistant" for message in request.messages)
        answer = recording.answer(turn)
        usage = answer.usage or _estimate(request, answer)
        if answer.fault is not None and not answer.text:
            yield Failed(make_fault(answer.fault, self.title, model=request.model))
            return
        yield Started(recording.name)
        for piece in pieces(answer.thinking):
            await asyncio.sleep(answer.delay)
            yield Thinking(piece)
        for piece in answer.chunks:
            await asyncio.sleep(answer.delay)
            yield TextDelta(piece)
        yield UsageSoFar(usage)
        if answer.fault is not None:
            yield Failed(make_fault(answer.fault, self.title, model=request.model), usage)
        else:
            yield Finished(answer.finish, usage, recording.name)

    def _files(self) -> list[Path]:
        return sorted(self._place.glob("*.json")) if self._place.is_dir() else [self._place]

    def _recording(self, model: str) -> Recording | Fault:
        found = {path.stem: path for path in self._files() if path.is_file()}
        if model not in found:
            names = ", ".join(sorted(found)) or "none"
            hint = f"Recordings here: {names}."
            return make_fault("unknown_model", self.title, model=model, hint=hint)
        try:
            return load_recording(found[model])
        except RecordingError as error:
            return Fault("malformed", error.message, error.hint)


def _estimate(request: ModelRequest, answer: RecordedAnswer) -> Usage:
    sent = len(request.system) + sum(len(message.text) for message in request.messages)
    reasoning = _tokens(len(answer.thinking))
    return Usage(
        input_tokens=_tokens(sent),
        output_tokens=_tokens(len(answer.text)) + reasoning,
        reasoning_tokens=reasoning,
        is_estimate=True,
    )


def _tokens(characters: int) -> int:
    return -(-characters // _CHARACTERS_A_TOKEN)
