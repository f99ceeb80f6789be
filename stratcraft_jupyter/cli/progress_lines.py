"""How a generation goes on, as lines for a terminal or a log."""

from itertools import islice
from typing import TYPE_CHECKING, TextIO

from stratcraft_jupyter import generation
from stratcraft_jupyter.cli.hints import in_options
from stratcraft_jupyter.generation.attempt_words import OUTCOME_WORDS
from stratcraft_jupyter.providers.cost import shown_cost

if TYPE_CHECKING:
    from stratcraft_jupyter.generation import (
        Attempt,
        GeneratedStrategy,
        GenerationEvent,
        Progress,
        Stage,
    )

_STAGES = {
    "waiting": "Waiting for the model",
    "thinking": "The model is thinking",
    "writing": "Writing",
    "checking": "Checking the code",
    "verifying": "Running and verifying the code",
    "repairing": "Repairing",
}
_MOST_ERRORS, _MOST_DIFF = 3, 40  # lines


class ProgressLines:
    """Progress on a terminal as one line that changes; elsewhere one line a stage.

    Attributes:
        draft: What arrived, if the generation did not get to its end.
        has_sent: Whether a request was sent.
    """

    def __init__(self, out: TextIO) -> None:
        self.draft: GeneratedStrategy | None = None
        self.has_sent = False
        self._out = out
        self._is_live = out.isatty()
        self._width = 0
        self._stage = ""

    def show(self, event: "GenerationEvent") -> None:
        """Shows one event."""
        match event:
            case generation.Stage():
                self._show_stage(event)
            case generation.Progress() if self._is_live:
                self._show_progress(event)
            case generation.Notice(message):
                self._tell(in_options(message))
            case generation.Tried(attempt=attempt):
                if attempt.number > 1 or attempt.outcome != "accepted":
                    self._tell(attempt_in_words(attempt))
            case generation.Ended(strategy=strategy):
                if strategy is not None and strategy.is_draft:
                    self.draft = strategy
                if self._is_live:
                    self._write("")
            case _:
                pass

    def _show_stage(self, stage: "Stage") -> None:
        self.has_sent = self.has_sent or stage.name == "waiting"
        self._stage = _STAGES[stage.name]
        if stage.attempt > 1:
            self._stage += f", attempt {stage.attempt} of {stage.of}"
        self._write(f"{self._stage} ...")
        if not self._is_live:
            self._end()

    def _show_progress(self, now: "Progress") -> None:
        rate = f", {now.tokens_per_second:.0f} tokens/s" if now.tokens_per_second else ""
        self._write(
            f"{self._stage}: {now.elapsed:.1f} s, {now.usage.output_tokens:,} tokens"
            f"{rate}, {shown_cost(now.cost)}"
        )

    def _tell(self, text: str) -> None:
        """Something that stays."""
        if self._is_live:
            self._write("")
        self._out.write(text)
        self._end()

    def _write(self, text: str) -> None:
        if self._is_live:
            self._out.write(f"\r{text:<{self._width}}" + ("" if text else "\r"))
            self._width = len(text)
        else:
            self._out.write(text)
        self._out.flush()

    def _end(self) -> None:
        self._out.write("\n")
        self._width = 0
        self._out.flush()


def attempt_in_words(attempt: "Attempt") -> str:
    """What came of an attempt, what it cost, what is wrong with it, and what changed in it."""
    cost = shown_cost(attempt.cost, is_partial=attempt.is_partial)
    lines = [f"Attempt {attempt.number}: {OUTCOME_WORDS[attempt.outcome]}, {cost}."]
    if attempt.fault is not None:
        lines.append(in_options(attempt.fault.message))
    for item in attempt.errors[:_MOST_ERRORS]:
        line = f"Line {item.line}: " if item.line else ""
        lines.append(f"{line}{item.message}")
    more = len(attempt.errors) - _MOST_ERRORS
    if more > 0:
        lines.append(f"And {more} more.")
    if attempt.diff:
        lines += ["What changed:", *_beginning(attempt.diff.splitlines()[2:])]
    return "\n  ".join(lines)


def _beginning(lines: list[str]) -> list[str]:
    """The first lines of a diff, and how many there are of the rest."""
    left = len(lines) - _MOST_DIFF
    rest = [f"... {left} more lines of it are in the file that --json writes."] if left > 0 else []
    return [*islice(lines, _MOST_DIFF), *rest]
