"""Follows one generation: its events become what the builder shows. No widgets."""

import time
from dataclasses import replace
from typing import Any

from stratcraft_jupyter.generation.events import (
    Ended,
    GenerationEvent,
    Notice,
    Progress,
    Stage,
    StageName,
    Text,
    Tried,
)
from stratcraft_jupyter.notebook import CellStream
from stratcraft_jupyter.widgets.model_values import Live
from stratcraft_jupyter.widgets.state import BuilderState

STAGE_WORDS: dict[StageName, str] = {
    "waiting": "Waiting",
    "thinking": "Thinking",
    "writing": "Writing",
    "checking": "Checking",
    "verifying": "Verifying",
    "repairing": "Repairing",
}
_PAUSE = 0.2  # seconds between two updates: the page takes 10 to 20 a second of all together
_TAIL_LINES, _TAIL_CHARACTERS = 12, 2_000


class Watch:
    """Shows how far one model is.

    Args:
        state: Takes what is shown.
        model: The model.
        stream: The cell that its text goes into, if there is one.

    Attributes:
        ended: How it ended; None while it goes on.
    """

    def __init__(self, state: BuilderState, model: str, stream: CellStream | None = None) -> None:
        self.ended: Ended | None = None
        self._state = state
        self._model = model
        self._stream = stream
        self._attempt = 1
        self._text = ""
        self._told = float("-inf")

    def take(self, event: GenerationEvent) -> None:
        """Takes an event of the generation."""
        match event:
            case Stage(name, attempt, of):
                self._show(stage=name, attempt=attempt, of=of)
                self._state.progress(stage=stage_in_words(name, attempt, of))
            case Text(delta, attempt):
                self._take_text(delta, attempt)
            case Notice(message):
                self._show(notices=(*self._live.notices, message)[-5:])
            case Progress():
                self._take_progress(event)
            case Tried(attempt=attempt):
                self._show(attempts=(*self._live.attempts, attempt))
            case Ended():
                self._end(event)

    @property
    def _live(self) -> Live:
        found = (live for live in self._state.snapshot.live if live.model == self._model)
        return next(found, Live(self._model))

    def _take_text(self, delta: str, attempt: int) -> None:
        is_anew, self._attempt = attempt != self._attempt, attempt
        self._text = delta if is_anew else self._text + delta
        if self._stream is not None:
            if is_anew:
                self._stream.restart()
            self._stream.append(delta)

    def _take_progress(self, event: Progress) -> None:
        now = time.monotonic()
        if now - self._told < _PAUSE:
            return
        self._told = now
        is_seen = self._stream is not None and not self._stream.problem
        self._show(
            elapsed=event.elapsed,
            usage=event.usage,
            tokens_per_second=event.tokens_per_second,
            cost=event.cost,
            tail="" if is_seen else tail_of(self._text),
        )

    def _end(self, event: Ended) -> None:
        self.ended = event
        strategy = event.strategy
        known: dict[str, Any] = {}
        if strategy is not None:
            known = {
                "usage": strategy.usage,
                "cost": strategy.cost,
                "elapsed": strategy.seconds,
                "attempts": strategy.attempts,
            }
        self._show(
            outcome=event.outcome,
            strategy=strategy,
            fault=event.fault,
            message=event.message,
            tail="",
            **known,
        )

    def _show(self, **changes: Any) -> None:
        with self._state.lock:
            now = replace(self._live, **changes)
            others = [live for live in self._state.snapshot.live if live.model != self._model]
            order = [live.model for live in self._state.snapshot.live]
            place = order.index(self._model) if self._model in order else len(others)
            self._state.update(live=(*others[:place], now, *others[place:]))


def stage_in_words(name: StageName, attempt: int, of: int) -> str:
    """What is being done, and in which attempt if it is not the first."""
    word = STAGE_WORDS[name]
    if attempt == 1:
        return word
    return f"Repairing {attempt} of {of}" + ("" if name == "repairing" else f": {word.lower()}")


def tail_of(text: str) -> str:
    """The last lines of a text that streams."""
    return "\n".join(text[-_TAIL_CHARACTERS:].splitlines()[-_TAIL_LINES:])
