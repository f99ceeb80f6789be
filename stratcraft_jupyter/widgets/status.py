"""The line that says what happened last, and the box that says what went wrong."""

from typing import Any

from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Failure, Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState


class StatusLine:
    """One notice, and one error with what to do about it.

    Attributes:
        notice: What happened last.
        failure: What went wrong; out of sight while nothing did.
    """

    def __init__(self, state: BuilderState, look: Look) -> None:
        self.notice: Any = look.text("notice")
        self._failure_text = look.text("failure-text")
        dismiss = look.button("", "reset", icon="times", tooltip="Take this message away")
        dismiss.on_click(shows_errors(state)(lambda _: state.dismiss()))
        self.failure: Any = look.box(self._failure_text, dismiss, css="failure hidden")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "notice"):
            # screen readers read these two aloud
            self.notice.value = f'<div role="status">{paragraphs(new.notice)}</div>'
        if changed(new, old, "failure"):
            show_only_if(self.failure, new.failure is not None)
            if new.failure is not None:
                told = failure_html(new.failure)
                self._failure_text.value = f'<div role="alert">{told}</div>'


def failure_html(failure: Failure) -> str:
    """The error as escaped HTML: where, what, what to do."""
    told = failure.line is None or f"line {failure.line}" in failure.message.lower()
    where = "" if told else f"Line {failure.line} of the code: "
    return paragraphs(*f"{where}{failure.message}".splitlines(), failure.money, failure.hint)
