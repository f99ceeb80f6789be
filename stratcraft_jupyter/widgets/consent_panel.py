"""The question whether code of a model may run where the boundary is not whole."""

from html import escape
from typing import Any

from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.consent import Consent
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_WHAT = (
    "Code of a model is about to run, and this system cannot enforce every part of the boundary "
    "around it. What is missing:"
)
_THEN = "Run it anyway? The answer is remembered in this notebook."


class ConsentPanel:
    """Names the parts that are missing, and takes the answer."""

    def __init__(self, state: BuilderState, look: Look, consent: Consent) -> None:
        boundary = shows_errors(state)
        self._text = look.text("consent-text")
        run = look.button("Run anyway", icon="play")
        run.on_click(boundary(lambda _: consent.answer(is_agreed=True)))
        leave = look.button("Do not run", "primary", icon="times")
        leave.on_click(boundary(lambda _: consent.answer(is_agreed=False)))
        buttons = look.box(leave, run, css="row")
        self.widget: Any = look.box(self._text, buttons, css="consent hidden")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "consent"):
            return
        show_only_if(self.widget, bool(new.consent))
        if new.consent:
            items = "".join(f"<li>{escape(part)}</li>" for part in new.consent)
            self._text.value = (
                f'<div role="alert">{paragraphs(_WHAT)}<ul>{items}</ul>{paragraphs(_THEN)}</div>'
            )
