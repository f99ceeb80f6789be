"""What the builder shows of models, requests and their answers, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from stratcraft_jupyter.codegen.merge import Choice, Merge
from stratcraft_jupyter.generation.events import Outcome, StageName
from stratcraft_jupyter.generation.result import Attempt, GeneratedStrategy
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.providers.base import Fault, Usage
from stratcraft_jupyter.providers.cost import Price
from stratcraft_jupyter.providers.ledger import Spent, SpentOn
from stratcraft_jupyter.providers.models import ModelList

if TYPE_CHECKING:  # what asks models takes a while to import; see preload_models
    from stratcraft_jupyter.generation.compare import Candidate
    from stratcraft_jupyter.generation.quoting import Quote

Purpose = Literal["generate", "compare"]


@dataclass(frozen=True)
class Listing:
    """The models of one provider, as far as they are known.

    Attributes:
        provider: Name of the provider.
        listed: Its models; None before the first answer.
        prices: What each costs, by id; None for a price that is unknown.
        is_asking: Whether it is being asked now.
        tested: What the connection test said last.
        has_key: Where its key comes from; empty if it has none.
    """

    provider: str
    listed: ModelList | None = None
    prices: Mapping[str, Price | None] = field(default_factory=lambda: MappingProxyType({}))
    is_asking: bool = False
    tested: str = ""
    has_key: str = ""


@dataclass(frozen=True)
class Question:
    """What is shown before anything is sent.

    Attributes:
        purpose: Whether one model writes the code, or several are compared.
        quotes: What is sent, one for each model.
        graph: The strategy that the quotes are for.
    """

    purpose: Purpose
    quotes: "tuple[Quote, ...]"
    graph: StrategyGraph


@dataclass(frozen=True)
class Live:
    """How far a model is, or how it ended.

    Attributes:
        model: ``"builtin"``, or provider and model.
        stage: What is being done; None before anything is.
        attempt: Number of the attempt, from 1.
        of: How many attempts there are at most.
        elapsed: Seconds since it began.
        usage: Tokens so far.
        tokens_per_second: Speed of the answer; None if it cannot be told.
        cost: US dollars so far; None if the price is unknown.
        notices: What the user should know, oldest first.
        attempts: Those that are over.
        tail: The last lines of the answer that streams.
        outcome: How it ended; None while it goes on.
        strategy: What it gave, code or a draft; None if nothing.
        fault: What failed, if a request did.
        message: What happened, if it did not end well.
    """

    model: str
    stage: StageName | None = None
    attempt: int = 1
    of: int = 1
    elapsed: float = 0.0
    usage: Usage = field(default_factory=Usage)
    tokens_per_second: float | None = None
    cost: Decimal | None = Decimal(0)
    notices: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    tail: str = ""
    outcome: Outcome | None = None
    strategy: GeneratedStrategy | None = None
    fault: Fault | None = None
    message: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether it came to code."""
        return self.outcome in ("done", "findings")

    @property
    def is_partial(self) -> bool:
        """Whether the cost is only what is known of more."""
        attempts = self.strategy.attempts if self.strategy is not None else self.attempts
        return self.outcome == "cancelled" or any(attempt.is_partial for attempt in attempts)


@dataclass(frozen=True)
class Proposal:
    """New code beside a cell that was edited by hand, and what can be merged of both.

    Attributes:
        mine: The text as edited by hand.
        theirs: The new code.
        merge: Both, hunk by hunk.
        choices: What is taken of a hunk, by its number.
        has_base: Whether the code that the edits began with is known.
        is_open: Whether the hunks are shown.
    """

    mine: str
    theirs: str
    merge: Merge
    choices: Mapping[int, Choice] = field(default_factory=lambda: MappingProxyType({}))
    has_base: bool = True
    is_open: bool = False

    @property
    def text(self) -> str:
        """The merged code as chosen so far."""
        return self.merge.text(self.choices)


@dataclass(frozen=True)
class Comparison:
    """What several models made of one strategy.

    Attributes:
        candidates: The built-in compiler's code first.
        graph: The strategy that all of them wrote.
    """

    candidates: "tuple[Candidate, ...]"
    graph: StrategyGraph


@dataclass(frozen=True)
class Costs:
    """What was spent, as of a moment.

    Attributes:
        today: Since midnight.
        month: Since the first of the month.
        all: Ever.
        models: By model, this month.
        strategies: By strategy, this month.
        problem: Why the ledger could not be read; empty if it was.
    """

    today: Spent = field(default_factory=Spent)
    month: Spent = field(default_factory=Spent)
    all: Spent = field(default_factory=Spent)
    models: tuple[SpentOn, ...] = ()
    strategies: tuple[SpentOn, ...] = ()
    problem: str = ""
