"""What a running generation tells whoever listens: stages, text, progress, how it ended."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from stratcraft_jupyter.generation.result import Attempt, GeneratedStrategy
from stratcraft_jupyter.providers.base import Fault, Usage

StageName = Literal["waiting", "thinking", "writing", "checking", "verifying", "repairing"]
Outcome = Literal["done", "findings", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Stage:
    """Another part of the work begins.

    Attributes:
        name: What is being done now.
        attempt: Number of the attempt, from 1.
        of: How many attempts there are at most.
    """

    name: StageName
    attempt: int
    of: int


@dataclass(frozen=True, slots=True)
class Text:
    """More of the model's answer, as it arrives: prose and fences included.

    Attributes:
        delta: What is new.
        attempt: Number of the attempt, from 1; another attempt begins its answer anew.
    """

    delta: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know while it goes on: a retry, a dropped parameter.

    Attributes:
        message: One or two sentences.
    """

    message: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the generation stands, about ten times a second while a model answers.

    Attributes:
        elapsed: Seconds since the start.
        usage: Tokens of all attempts so far; an estimate while an answer streams.
        tokens_per_second: Speed of the answer that streams; None before its first token.
        cost: US dollars so far; None if the price is unknown.
        attempt: Number of the attempt, from 1.
        of: How many attempts there are at most.
    """

    elapsed: float
    usage: Usage
    tokens_per_second: float | None
    cost: Decimal | None
    attempt: int
    of: int


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt is over; another one may follow.

    Attributes:
        attempt: What came of it.
    """

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Ended:
    """The last event of every generation.

    Attributes:
        outcome: ``"done"``; ``"findings"`` if the code still has errors; ``"failed"`` or
            ``"cancelled"`` if there is no answer, or part of one.
        strategy: What there is: the code, or a draft of what arrived; None if nothing did.
        fault: What failed, if a request did.
        message: What happened, one or two sentences; empty when done.
    """

    outcome: Outcome
    strategy: GeneratedStrategy | None
    fault: Fault | None = None
    message: str = ""


GenerationEvent: TypeAlias = Stage | Text | Notice | Progress | Tried | Ended
OnEvent: TypeAlias = Callable[[GenerationEvent], None]
