"""Undo and redo: an unchangeable list of documents with the name of the edit behind each."""

from dataclasses import dataclass

from stratcraft_jupyter.graph.document import StrategyGraph

MAX_STEPS = 200


@dataclass(frozen=True)
class History:
    """The present document with those before it and those undone.

    Attributes:
        present: The document shown.
        past: Earlier documents, oldest first, each with the name of the edit that left it.
        future: Undone documents, nearest first, each with the name of the edit that leads to it.
    """

    present: StrategyGraph
    past: tuple[tuple[str, StrategyGraph], ...] = ()
    future: tuple[tuple[str, StrategyGraph], ...] = ()

    def push(self, name: str, graph: StrategyGraph) -> "History":
        """The history after an edit; an edit that changes nothing leaves it as it is."""
        if graph == self.present:
            return self
        return History(graph, (*self.past, (name, self.present))[-MAX_STEPS:])

    def undo(self) -> "History":
        """The history one edit back; at the beginning, itself."""
        if not self.past:
            return self
        name, before = self.past[-1]
        return History(before, self.past[:-1], ((name, self.present), *self.future))

    def redo(self) -> "History":
        """The history one undone edit forward; at the end, itself."""
        if not self.future:
            return self
        name, after = self.future[0]
        return History(after, (*self.past, (name, self.present)), self.future[1:])

    @property
    def undo_name(self) -> str | None:
        """Name of the edit that undo takes back."""
        return self.past[-1][0] if self.past else None

    @property
    def redo_name(self) -> str | None:
        """Name of the edit that redo brings again."""
        return self.future[0][0] if self.future else None

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone edit to bring again."""
        return bool(self.future)
