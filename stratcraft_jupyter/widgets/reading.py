"""The whole strategy as numbered sentences; a press on one selects what it is about."""

from typing import Any

from stratcraft_jupyter.graph import Sentence, sentences_of
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_EMPTY = "There is nothing to read yet: add an entry on the canvas or in the table."


class ReadingView:
    """Follows the strategy in words; nothing can be typed here."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._is_open = False
        self._shown: tuple[Sentence, ...] = ()
        self._name = look.text("reading-name")
        self._list = ChoiceList(
            look, shows_errors(state)(self._pressed), classes="sentences hidden"
        )
        self._empty = look.text("hint", value=paragraphs(_EMPTY))
        self.widget: Any = look.box(self._name, self._list.widget, self._empty, css="reading")
        state.subscribe(self._show)

    def open(self, is_open: bool) -> None:
        """Shows the sentences, or leaves them alone while they are out of sight."""
        self._is_open = is_open
        self._show(self._state.snapshot, self._state.snapshot)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not self._is_open:
            return
        if changed(new, old, "history"):
            self._shown = sentences_of(new.graph)
            self._name.value = paragraphs(new.graph.name, tag="h4")
            if self._shown:  # an empty list of buttons would leave the old ones on the page
                self._list.fill([_choice(at, item) for at, item in enumerate(self._shown)])
            show_only_if(self._list.widget, bool(self._shown))
            show_only_if(self._empty, not self._shown)
        if changed(new, old, "history", "selected_nodes"):
            own = {item.node_id: str(at) for at, item in reversed([*enumerate(self._shown)])}
            one = new.selected_nodes[0] if len(new.selected_nodes) == 1 else ""
            self._list.mark(own.get(one))

    def _pressed(self, key: str) -> None:
        item = self._shown[int(key)]
        self._state.select([item.node_id] if item.node_id else [])
        self._show(self._state.snapshot, self._state.snapshot)


def _choice(at: int, item: Sentence) -> Choice:
    return Choice(str(at), f"{at + 1}. {item.text}", "Press to select it." if item.node_id else "")
