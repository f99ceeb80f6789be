"""The list of findings about the strategy; a press goes to the node or the field."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.refusal import Refusal
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_ICONS = {"error": "times-circle", "warning": "exclamation-triangle", "info": "info-circle"}
_MOST_SHOWN = 50


class DiagnosticsList:
    """Fields to correct, then findings, errors first; their text says what is wrong and to do."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._shown: tuple[Refusal | Diagnostic, ...] = ()
        self._summary = look.text("summary")
        self._list = ChoiceList(look, shows_errors(state)(self._go), classes="findings")
        self.widget: Any = look.box(self._summary, self._list.widget, css="diagnostics")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "diagnostics", "run_findings", "refused"):
            return
        found: tuple[Refusal | Diagnostic, ...] = (*new.refused, *new.findings)
        self._shown = found[:_MOST_SHOWN]
        more = f" (the first {_MOST_SHOWN} are shown)" if len(found) > _MOST_SHOWN else ""
        self._summary.value = paragraphs(f"{_summary(new)}{more}")
        if found:  # an empty list of buttons would leave the old ones on the page
            self._list.fill(_choices(self._shown))
        show_only_if(self._list.widget, bool(found))

    def _go(self, key: str) -> None:
        number = int(key)
        if number >= len(self._shown):
            return
        item = self._shown[number]
        if isinstance(item, Refusal):
            self._state.point_at(item)
        else:
            self._state.go_to(item)


def _choices(items: Sequence[Refusal | Diagnostic]) -> list[Choice]:
    """One for each; those that say the same of nodes with the same name say which."""
    choices = [_choice(number, item) for number, item in enumerate(items)]
    counts = Counter(choice.text for choice in choices)
    return [
        choice._replace(text=f"{choice.text} [{item.node_id}]")
        if counts[choice.text] > 1 and item.node_id
        else choice
        for choice, item in zip(choices, items, strict=True)
    ]


def _choice(number: int, item: Refusal | Diagnostic) -> Choice:
    if isinstance(item, Refusal):
        text = f"To correct: {item.message}"
        return Choice(str(number), text, "Press to go to the field.", _ICONS["error"])
    text = f"{item.severity.capitalize()}: {item.message} {item.hint}".strip()
    what = "connection" if item.edge else "node" if item.node_id else "strategy"
    return Choice(
        str(number), text, f"{item.code}. Press to go to the {what}.", _ICONS[item.severity]
    )


def _summary(new: Snapshot) -> str:
    counts = [f"{_counted(len(new.refused), 'field')} to correct"] if new.refused else []
    for severity, word in (("error", "error"), ("warning", "warning"), ("info", "note")):
        count = sum(item.severity == severity for item in new.findings)
        if count:
            counts.append(_counted(count, word))
    return ", ".join(counts) or "No problems found."


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"
