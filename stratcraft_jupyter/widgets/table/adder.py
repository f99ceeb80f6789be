"""The list of what fits into a place of the table, with a search; Enter takes the best match."""

from collections.abc import Callable
from typing import Any

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.search_field import SearchField
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table.gaps import Gap, gap_of
from stratcraft_jupyter.widgets.table.offers import Offer, offers, why_nothing

_MOST = 24


class Adder:
    """Offers what fits into one gap.

    Args:
        state: The builder's state.
        look: Makes the widgets.
        on_choose: Called with the gap and the key of what was chosen.
        on_close: Called when nothing is wanted after all.
    """

    def __init__(
        self,
        state: BuilderState,
        look: Look,
        on_choose: Callable[[Gap, str], None],
        on_close: Callable[[], None],
    ) -> None:
        self._state = state
        self._on_choose = on_choose
        self.gap: Gap | None = None
        boundary = shows_errors(state)
        self._head = look.text("adder-head")
        self._search = SearchField(
            look,
            boundary(self._fill),
            boundary(self._entered),
            description="Search what fits",
            placeholder="Search what fits, Enter takes the first",
        )
        close = look.button("Close", "closes", icon="times", tooltip="Add nothing")
        close.on_click(boundary(lambda _: on_close()))
        press = boundary(self._pressed)
        self._there = ChoiceList(
            look, press, title="Already in the strategy", classes="offers hidden"
        )
        self._new = ChoiceList(look, press, title="New", classes="offers hidden")
        self._nothing = look.text("hint", "hidden")
        self._bar = look.box(self._head, self._search.widget, close, css="row")
        self.widget: Any = look.box(css="adder")
        self._put_first(self._there)

    def open(self, gap: Gap) -> None:
        """Shows what fits into a gap, and puts the cursor into the search."""
        self.gap = gap
        self._search.clear()
        self._fill()
        self._search.focus()

    def show(self, graph: StrategyGraph) -> bool:
        """Follows the strategy; False if the gap is gone."""
        if self.gap is None:
            return False
        try:
            self.gap = gap_of(graph, self.gap.key)
        except UnknownNameError:
            self.gap = None
            return False
        self._fill()
        return True

    def _fill(self) -> None:
        if self.gap is None:
            return
        self._head.value = paragraphs(f"{self.gap.title}:")
        found = offers(self._state.graph, self.gap, self._search.text)
        there, new = found.there, found.new
        self._put_first(self._new if found.is_new_first else self._there)
        more = len(new) - _MOST
        for choices, shown in ((self._there, there), (self._new, new[:_MOST])):
            if shown:  # an empty list of buttons would leave the old ones on the page
                choices.fill([_choice(offer) for offer in shown], about=self.gap.key)
                choices.mark(None)
            show_only_if(choices.widget, bool(shown))
        said = f"{more} more: type what you look for." if more > 0 else ""
        if not there and not new:
            said = why_nothing(self._state.graph, self.gap, self._search.text)
        self._nothing.value = paragraphs(said)
        show_only_if(self._nothing, bool(said))

    def _put_first(self, choices: ChoiceList) -> None:
        """Shows a list above the other one; the bar keeps its place, and so the cursor."""
        lists = sorted((self._there, self._new), key=lambda item: item is not choices)
        children = (self._bar, *(item.widget for item in lists), self._nothing)
        if self.widget.children != children:
            self.widget.children = children

    def _entered(self, text: str) -> None:
        if self.gap is None:
            return
        if first := offers(self._state.graph, self.gap, text).first:
            self._on_choose(self.gap, first.key)

    def _pressed(self, key: str) -> None:
        if self.gap is not None:
            self._on_choose(self.gap, key)


def _choice(offer: Offer) -> Choice:
    icon = "link" if offer.key.startswith("node:") else "plus"
    return Choice(offer.key, offer.text, offer.help, icon)
