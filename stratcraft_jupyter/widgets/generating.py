"""Has a model write the code, or repair code that does not follow the strategy. No widgets."""

from decimal import Decimal
from typing import TYPE_CHECKING

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.result import Attempt
from stratcraft_jupyter.widgets.asking import refuse_to_send, require_same_settings
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.model_values import Live
from stratcraft_jupyter.widgets.preferring import refresh
from stratcraft_jupyter.widgets.snapshot import Snapshot
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.verified import is_outdated, who_repairs
from stratcraft_jupyter.widgets.writing import Writing

if TYPE_CHECKING:
    from stratcraft_jupyter.generation.quoting import Quote


class Generating:
    """Sends what the question shows, and puts what comes back where it belongs."""

    def __init__(self, state: BuilderState, jobs: Jobs) -> None:
        self._state = state
        self._jobs = jobs
        self._undecided: Writing | None = None
        state.subscribe(self._look)

    def send(self) -> None:
        """Sends the prompt as it is shown.

        Raises:
            StratCraftError: There is none, or it must not be sent.
        """
        with self._state.lock:
            question = self._state.snapshot.question
            if self._state.snapshot.job is None:
                require_same_settings(self._state)
                refuse_to_send(question)
            if question is None:
                return
            work = Writing(self._state, self._jobs, question.quotes[0], question.graph)
            if self._start(work):
                self._state.update(question=None)

    def fix(self) -> None:
        """Sends a model the code that does not follow the strategy, with what is wrong.

        Raises:
            StratCraftError: There is nothing to repair.
        """
        with self._state.lock:
            refresh(self._state)
            snapshot = self._state.snapshot
            model, verified = who_repairs(snapshot), snapshot.verified
            if not model or verified is None or is_outdated(snapshot):
                raise StratCraftError("There is nothing to repair.", hint="Press Verify first.")
            attempt = Attempt(
                1,
                "findings",
                source=verified.source,
                verification=verified.report,
                cost=Decimal(0),
            )
            quote = _quote(model, snapshot)
            self._start(
                Writing(self._state, self._jobs, quote, snapshot.graph, attempt, self._undecided)
            )

    def insert_draft(self) -> None:
        """Keeps code that does not follow the strategy, as a draft."""
        with self._state.lock:
            waiting, self._undecided = self._undecided, None
            if waiting is not None and not self._jobs.work.start("generate", waiting.keep_draft):
                self._undecided = waiting

    def _start(self, work: Writing) -> bool:
        async def run() -> str:
            try:
                return await work.run()
            finally:
                pair = (work, work.before)
                self._undecided = next((one for one in pair if one and one.is_undecided), None)

        waiting, self._undecided = self._undecided, None
        if not self._jobs.work.start("generate", run):
            self._undecided = waiting
            return False
        if waiting is not None and waiting is not work.before:
            self._jobs.work.in_background(waiting.settle)
        self._state.update(live=(Live(work.model),))
        return True

    def _look(self, new: Snapshot, old: Snapshot) -> None:
        """Code that waits for a decision becomes a draft when something else begins."""
        waiting = self._undecided
        if new.job is not None and old.job is None and waiting is not None:
            self._undecided = None
            self._jobs.work.in_background(waiting.settle)


def _quote(model: str, snapshot: Snapshot) -> "Quote":
    """What the model would be sent to write the code anew; a repair begins with the same."""
    from stratcraft_jupyter.generation.quoting import quote  # see preload_models

    preferences = snapshot.preferences
    return quote(
        snapshot.graph,
        model,
        notes=snapshot.notes,
        max_output_tokens=preferences.output_limits.get(model),
        reasoning_effort=preferences.efforts.get(model),
        preferences=preferences,
    )
