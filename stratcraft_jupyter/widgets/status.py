"""The line that says what happened last, and the box that says what went wrong."""

from typing import Any

from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.state import BuilderState, Failure, Snapshot, changed


class StatusLine:
    """One notice, or one error with what to do about it."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._notice = look.text("notice")
        self._failure = look.text("failure-text")
        dismiss = look.button("", "reset", icon="times", tooltip="Take this message away")
        dismiss.on_click(shows_errors(state)(lambda _: state.dismiss()))
        self._box = look.box(self._failure, dismiss, css="failure hidden")
        self.widget: Any = look.box(self._notice, self._box, css="status")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "notice"):
            self._notice.value = paragraphs(new.notice)
        if changed(new, old, "failure"):
            show_only_if(self._box, new.failure is not None)
            if new.failure is not None:
                self._failure.value = failure_html(new.failure)


def failure_html(failure: Failure) -> str:
    """The error as escaped HTML: where, what, what to do."""
    where = f"Line {failure.line} of the code: " if failure.line is not None else ""
    return paragraphs(*f"{where}{failure.message}".splitlines(), failure.hint)
