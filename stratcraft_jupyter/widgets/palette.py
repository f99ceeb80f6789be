"""The palette: every kind of node by family, found by name, alias or help, added by a press."""

from typing import Any

import ipywidgets

from stratcraft_jupyter.graph import FAMILIES, KINDS, Kind, search_kinds
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.state import BuilderState

_MOST_FOUND = 25


class Palette:
    """Adds nodes: press a kind, or type and press Enter for the best match."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        boundary = shows_errors(state)
        add = boundary(self._add)
        self._search: Any = look.make(
            ipywidgets.Text,
            "search",
            "quiet",
            description="Search for a node to add",
            placeholder="Search, Enter adds",
            continuous_update=True,
        )
        self._search.observe(boundary(self._searched), "value")
        self._search.on_msg(boundary(self._entered))
        self._found = ChoiceList(look, add, title="Found", css="hidden")
        self._nothing = look.text("hint", "hidden")
        self._families = []
        for family in FAMILIES:
            kinds = [kind for kind in KINDS.values() if kind.family == family.name]
            if kinds:
                choices = [_choice(kind) for kind in kinds]
                shelf = ChoiceList(look, add, choices, title=family.title)
                self._families.append(shelf)
        shelves = look.box(
            self._found.widget,
            self._nothing,
            *(shelf.widget for shelf in self._families),
            css="shelves",
        )
        self.widget: Any = look.box(self._search, shelves, css="palette")

    def _add(self, kind: str) -> None:
        actions.add_node(self._state, kind)

    def _searched(self, _change: object) -> None:
        text = self._search.value.strip()
        found = search_kinds(text)[:_MOST_FOUND] if text else ()
        self._found.fill([_choice(kind) for kind in found])
        self._nothing.value = paragraphs(f"Nothing is called {text!r}. Try another word.")
        show_only_if(self._found.widget, bool(found))
        show_only_if(self._nothing, bool(text) and not found)
        for shelf in self._families:
            show_only_if(shelf.widget, not text)

    def _entered(self, _widget: object, content: Any, _buffers: object) -> None:  # noqa: ANN401
        """Enter in the search field adds the best match."""
        if content.get("event") != "submit" or not self._search.value.strip():
            return
        found = search_kinds(self._search.value)
        if found:
            self._add(found[0].name)
            self._search.value = ""


def _choice(kind: Kind) -> Choice:
    return Choice(kind.name, kind.title, f"{kind.help[:1].upper()}{kind.help[1:]}")
