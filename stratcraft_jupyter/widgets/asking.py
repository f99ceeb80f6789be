"""What would be sent to models, shown first: quotes, notes, and whether it is still right."""

import asyncio
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.widgets.code import StrategyCode
from stratcraft_jupyter.widgets.model_values import Purpose, Question
from stratcraft_jupyter.widgets.preferring import refresh
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.work import Work

if TYPE_CHECKING:
    from stratcraft_jupyter.generation.quoting import Quote

Senders = Mapping[Purpose, Callable[[], None]]
"""What Send does, by what the question is for."""

_BUSY = "Something is running already. Cancel it first."
_CHANGED = "The strategy has changed, so nothing was sent. Press Generate again."
_OF_NO_REQUEST = {"favourites", "last_model", "favourite_kinds", "recent_kinds"}


class Asking:
    """Holds the question that stands before every request. Nothing is sent here."""

    def __init__(self, state: BuilderState, work: Work, code: StrategyCode) -> None:
        self._state = state
        self._work = work
        self._code = code
        state.subscribe(self._look)

    def ask(self, purpose: Purpose = "generate") -> None:
        """Shows what would be sent to the chosen model, or to all that are ticked."""
        with self._state.lock:
            if self._state.snapshot.job is not None:
                self._state.update(notice=_BUSY)
                return
            if self._work.may_start(purpose):
                self._work.in_background(lambda: self._ask(purpose))

    def set_notes(self, notes: str) -> None:
        """Changes what the user adds; the prompt that is shown changes with it, at once.

        Raises:
            StratCraftError: The notes are too long.
        """
        with self._state.lock:
            question = self._state.snapshot.question
            if question is None:
                self._state.update(notes=notes)
                return
            models = [item.model for item in question.quotes]
            quotes = self._quotes(question.graph, models, notes)
            self._state.update(
                notes=notes, question=Question(question.purpose, quotes, question.graph)
            )

    def drop(self) -> None:
        """Takes the question away; nothing is sent."""
        self._state.update(question=None)

    async def _ask(self, purpose: Purpose, *, is_again: bool = False) -> None:
        while True:
            refresh(self._state)
            before = self._state.snapshot
            self._code.require_valid()
            models = models_for(purpose, before)
            if not models:
                self._state.update(question=None)
                return
            quotes = await asyncio.to_thread(self._quotes, before.graph, models, before.notes)
            with self._state.lock:
                now = self._state.snapshot
                if is_again and now.question is None:  # sent or dropped meanwhile
                    return
                parts = ("history", "notes", "preferences", "model", "ticked")
                if not changed(now, before, *parts) or now is before:
                    question = Question(purpose, quotes, before.graph)
                    self._state.update(question=question, failure=None, notice="")
                    return

    def _quotes(
        self, graph: StrategyGraph, models: list[str] | tuple[str, ...], notes: str
    ) -> "tuple[Quote, ...]":
        from stratcraft_jupyter.generation.quoting import quote  # see preload_models

        preferences = refresh(self._state)
        return tuple(
            quote(
                graph,
                model,
                notes=notes,
                max_output_tokens=preferences.output_limits.get(model),
                reasoning_effort=preferences.efforts.get(model),
                preferences=preferences,
            )
            for model in models
        )

    def _look(self, new: Snapshot, old: Snapshot) -> None:
        """A question about another strategy is dropped; another model gets its own."""
        question = new.question
        if question is None or new is old:
            return
        if question.graph is not new.graph and question.graph.hash != new.graph.hash:
            self._state.update(question=None, notice=_CHANGED)
        elif changed(new, old, "model", "ticked", "preferences"):
            self._work.in_background(lambda: self._ask(question.purpose, is_again=True))


def preload_models() -> None:
    """Imports what asks models, which the first look at a builder can spare."""
    import_module("stratcraft_jupyter.generation.compare")


def models_for(purpose: Purpose, snapshot: Snapshot) -> tuple[str, ...]:
    """Whom a press asks."""
    if purpose == "compare":
        return snapshot.ticked
    return () if snapshot.model == BUILTIN else (snapshot.model,)


def require_same_settings(state: BuilderState) -> None:
    """Refuses to send a question whose price, address or budget was changed elsewhere.

    Raises:
        StratCraftError: It was; the question is asked anew.
    """
    before = state.snapshot.preferences
    now = refresh(state)
    if state.snapshot.question is None or before is now:
        return
    if before.model_dump(exclude=_OF_NO_REQUEST) != now.model_dump(exclude=_OF_NO_REQUEST):
        raise StratCraftError(
            "Nothing was sent: the settings were changed elsewhere, such as a budget.",
            hint="Look at the request as it is now, then press Send.",
        )


def refuse_to_send(question: Question | None) -> None:
    """Refuses what must not be sent.

    Raises:
        StratCraftError: There is nothing to send, or it would be over a budget.
    """
    if question is None:
        raise StratCraftError("Nothing was sent.", hint="Press Generate first.")
    fault = next((item.budget_fault for item in question.quotes if item.budget_fault), None)
    if fault is not None:
        raise StratCraftError(fault.message, hint=fault.hint)
