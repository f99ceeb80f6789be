"""The list of findings about the strategy; a press goes to the node."""

from typing import Any

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_ICONS = {"error": "times-circle", "warning": "exclamation-triangle", "info": "info-circle"}
_MOST_SHOWN = 50


class DiagnosticsList:
    """Findings, errors first; their text says what is wrong, the hover text what to do."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._summary = look.text("summary")
        self._list = ChoiceList(look, shows_errors(state)(self._go), css="findings")
        self.widget: Any = look.box(self._summary, self._list.widget, css="diagnostics")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "diagnostics"):
            return
        shown = new.diagnostics[:_MOST_SHOWN]
        self._summary.value = paragraphs(_summary(new.diagnostics))
        if shown:  # an empty list of buttons would leave the old ones on the page
            self._list.fill([_choice(number, item) for number, item in enumerate(shown)])
        show_only_if(self._list.widget, bool(shown))

    def _go(self, key: str) -> None:
        number = int(key)
        if number < len(self._state.snapshot.diagnostics):
            item = self._state.snapshot.diagnostics[number]
            self._state.select(
                [item.node_id] if item.node_id else [], [item.edge] if item.edge else []
            )


def _choice(number: int, item: Diagnostic) -> Choice:
    text = f"{item.severity.capitalize()}: {item.message} {item.hint}".strip()
    return Choice(
        str(number), text, f"{item.code}. Press to select the node.", _ICONS[item.severity]
    )


def _summary(found: tuple[Diagnostic, ...]) -> str:
    if not found:
        return "No problems found."
    counts = []
    for severity in ("error", "warning", "info"):
        count = sum(item.severity == severity for item in found)
        word = severity if severity != "info" else "note"
        if count:
            counts.append(f"{count} {word}{'s' if count > 1 else ''}")
    more = f" (the first {_MOST_SHOWN} are shown)" if len(found) > _MOST_SHOWN else ""
    return f"{', '.join(counts)}{more}"
