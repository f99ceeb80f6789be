"""What the selected chip is made of: its nodes, and the inputs that can still be filled."""

from collections.abc import Callable
from typing import Any

from stratcraft_jupyter.graph import INPUTS, Chip, StrategyGraph, as_table
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import ChoiceList
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table.chips import CHIP, Words, gap_choice
from stratcraft_jupyter.widgets.table.gaps import gaps_of_node
from stratcraft_jupyter.widgets.table.offers import connections_of_node

_IN_CELLS = [name for column, names in INPUTS.items() if column != "entry" for name in names]
"""Inputs of an entry that have cells of their own."""


class Parts:
    """Below the row of the selected chip: reading, nodes, open inputs."""

    def __init__(self, state: BuilderState, look: Look, on_press: Callable[[str], None]) -> None:
        press = shows_errors(state)(on_press)
        self._reading = look.text("parts-reading")
        self._nodes = ChoiceList(look, press, title="Made of", classes="parts-list")
        self._needed = ChoiceList(look, press, title="Needed", classes="parts-list hidden")
        self._optional = ChoiceList(look, press, title="Can be added", classes="parts-list hidden")
        self._between = ChoiceList(
            look, press, title="Put a node between", classes="parts-list hidden"
        )
        self.widget: Any = look.box(
            self._reading,
            self._nodes.widget,
            self._needed.widget,
            self._optional.widget,
            self._between.widget,
            css="parts",
        )

    def show(self, words: Words, chip: Chip, node_id: str) -> None:
        """Shows a chip, one of whose nodes is selected."""
        graph = words.graph
        self._reading.value = paragraphs(words.reader.sentence(node_id))
        self._nodes.fill([words.part(item) for item in chip.nodes])
        self._nodes.mark(f"{CHIP}{node_id}")
        show_only_if(self._nodes.widget, len(chip.nodes) > 1)
        gaps = [gap for item in chip.nodes for gap in gaps_of_node(graph, item) if gap.is_needed]
        in_cells = (
            {f"in:{node_id}.{name}" for name in _IN_CELLS} if _is_entry(graph, node_id) else ()
        )
        more = [
            gap
            for gap in gaps_of_node(graph, node_id)
            if not gap.is_needed and gap.key not in in_cells
        ]
        between = list(connections_of_node(graph, node_id))
        for choices, found in (
            (self._needed, gaps),
            (self._optional, more),
            (self._between, between),
        ):
            if found:  # an empty list of buttons would leave the old ones on the page
                choices.fill([gap_choice(gap) for gap in found])
                choices.mark(None)
            show_only_if(choices.widget, bool(found))


def _is_entry(graph: StrategyGraph, node_id: str) -> bool:
    return as_table(graph).row(node_id) is not None
