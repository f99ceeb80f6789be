"""The palette: every kind of node by family and group; favourites, the last used, a search."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from stratcraft_jupyter.graph import FAMILIES, KINDS, Kind, meaning_of, search_kinds
from stratcraft_jupyter.widgets import actions, preferring
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.search_field import SearchField
from stratcraft_jupyter.widgets.shelf import Shelf
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_MOST_FOUND = 25


class Palette:
    """Adds nodes: press a kind, or type and press Enter for the best match."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._look = look
        self._boundary = boundary = shows_errors(state)
        self._search = SearchField(
            look,
            boundary(self._searched),
            boundary(self._entered),
            description="Search for a node to add",
            placeholder="Search, Enter adds",
        )
        self._found = ChoiceList(look, boundary(self._add), title="Found", classes="hidden")
        self._nothing = look.text("hint", "hidden")
        families = [
            self._family(family.title, kinds).widget
            for family in FAMILIES
            if (kinds := [kind for kind in KINDS.values() if kind.family == family.name])
        ]
        add = boundary(self._add)
        self._favourites = ChoiceList(look, add, title="Favourites", classes="hidden")
        self._recent = ChoiceList(look, add, title="Recent", classes="hidden")
        # each scrolls on its own, so that what is found begins at the top
        self._results = look.box(self._found.widget, self._nothing, css="shelves results hidden")
        known = (self._favourites.widget, self._recent.widget)
        self._shelves = look.box(*known, *families, css="shelves")
        self.widget: Any = look.box(
            self._search.widget, self._results, self._shelves, css="palette"
        )
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        """Follows the settings: what is a favourite, what was used last."""
        if not changed(new, old, "preferences"):
            return
        favourites = new.preferences.favourite_kinds
        recent = [name for name in new.preferences.recent_kinds if name not in favourites]
        for choices, names in ((self._favourites, favourites), (self._recent, recent)):
            kinds = [KINDS[name] for name in names if name in KINDS]
            if kinds:  # an empty list of buttons would leave the old ones on the page
                choices.fill([choice_of(kind) for kind in kinds])
            show_only_if(choices.widget, bool(kinds))

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
        return ChoiceList(self._look, add, [choice_of(kind) for kind in kinds])

    def _add(self, kind: str) -> None:
        actions.add_node(self._state, kind)
        preferring.note_use(self._state, kind)

    def _searched(self) -> None:
        text = self._search.text
        found = search_kinds(text)[:_MOST_FOUND] if text else ()
        self._found.fill([choice_of(kind) for kind in found])
        self._nothing.value = paragraphs(f"Nothing is called {text!r}. Try another word.")
        show_only_if(self._found.widget, bool(found))
        show_only_if(self._nothing, bool(text) and not found)
        show_only_if(self._results, bool(text))
        show_only_if(self._shelves, not text)

    def _entered(self, text: str) -> None:
        """Enter in the search field adds the best match."""
        found = search_kinds(text)
        if found:
            self._add(found[0].name)
            self._search.clear()


def choice_of(kind: Kind) -> Choice:
    """A kind as a button; its text on hover says what it means and what goes in and out."""
    return Choice(kind.name, kind.title, meaning_of(kind))
