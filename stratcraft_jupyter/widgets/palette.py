"""The palette: every kind of node by family and group; found by name, alias or help."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import ipywidgets

from stratcraft_jupyter.graph import FAMILIES, KINDS, Kind, search_kinds
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.shelf import Shelf
from stratcraft_jupyter.widgets.state import BuilderState

_MOST_FOUND = 25


class Palette:
    """Adds nodes: press a kind, or type and press Enter for the best match."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._look = look
        self._boundary = boundary = shows_errors(state)
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
        self._found = ChoiceList(look, boundary(self._add), title="Found", css="hidden")
        self._nothing = look.text("hint", "hidden")
        families = [
            self._family(family.title, kinds).widget
            for family in FAMILIES
            if (kinds := [kind for kind in KINDS.values() if kind.family == family.name])
        ]
        # each scrolls on its own, so that what is found begins at the top
        self._results = look.box(self._found.widget, self._nothing, css="shelves hidden")
        self._shelves = look.box(*families, css="shelves")
        self.widget: Any = look.box(self._search, self._results, self._shelves, css="palette")

    def _family(self, title: str, kinds: list[Kind]) -> Shelf:
        """A closed shelf of kinds; those in groups are on shelves of their own within it."""

        def contents() -> list[Any]:
            parts: list[Any] = []
            for group, members in groupby(kinds, key=lambda kind: kind.group):
                inner = list(members)
                parts.append(
                    self._group(group, inner).widget if group else self._list(inner).widget
                )
            return parts

        return Shelf(self._look, title, contents, self._boundary)

    def _group(self, title: str, kinds: list[Kind]) -> Shelf:
        def contents() -> list[Any]:
            return [self._list(kinds).widget]

        return Shelf(self._look, title, contents, self._boundary, css="shelf-inner")

    def _list(self, kinds: Iterable[Kind]) -> ChoiceList:
        add = self._boundary(self._add)
        return ChoiceList(self._look, add, [_choice(kind) for kind in kinds])

    def _add(self, kind: str) -> None:
        actions.add_node(self._state, kind)

    def _searched(self, _change: object) -> None:
        text = self._search.value.strip()
        found = search_kinds(text)[:_MOST_FOUND] if text else ()
        self._found.fill([_choice(kind) for kind in found])
        self._nothing.value = paragraphs(f"Nothing is called {text!r}. Try another word.")
        show_only_if(self._found.widget, bool(found))
        show_only_if(self._nothing, bool(text) and not found)
        show_only_if(self._results, bool(text))
        show_only_if(self._shelves, not text)

    def _entered(self, _widget: object, content: Any, _buffers: object) -> None:
        """Enter in the search field adds the best match."""
        if content.get("event") != "submit" or not self._search.value.strip():
            return
        found = search_kinds(self._search.value)
        if found:
            self._add(found[0].name)
            self._search.value = ""


def _choice(kind: Kind) -> Choice:
    return Choice(kind.name, kind.title, f"{kind.help[:1].upper()}{kind.help[1:]}")
