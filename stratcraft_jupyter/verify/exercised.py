"""Which nodes of a strategy had an effect: signals both true and false, mutants told apart."""

from collections.abc import Iterable

from stratcraft_jupyter.backtest.batch import RunOutcome
from stratcraft_jupyter.codegen import DECIDED_BARS
from stratcraft_jupyter.graph import StrategyGraph, expansion, node_title
from stratcraft_jupyter.graph.trading_rules import used_nodes
from stratcraft_jupyter.verify.mutants import Mutant


class Exercised:
    """Notes what runs of a probe showed.

    Attributes:
        true: Signals that were true on some bar.
        false: Signals that were false on some bar.
        touched: Nodes of which a mutant was told apart.
        has_traded: Whether any series had a fill.
    """

    def __init__(self, graph: StrategyGraph, mutants: Iterable[Mutant]) -> None:
        self._graph, self._expanded = graph, expansion(graph)
        self._mutated = {mutant.node_id for mutant in mutants}
        self.owners = {
            self._expanded.owner(node_id) for node_id in used_nodes(self._expanded.graph)
        }
        self.true: set[str] = set()
        self.false: set[str] = set()
        self.touched: set[str] = set()
        self.has_traded = False

    def see(self, outcome: RunOutcome) -> bool:
        """Note which signals were true and false; whether one was so for the first time."""
        before = len(self.true), len(self.false), self.has_traded
        decided = outcome.probe.get(DECIDED_BARS, 0)
        for node_id, count in outcome.probe.items():
            if count > 0:
                self.true.add(node_id)
            if count < decided:
                self.false.add(node_id)
        self.has_traded |= bool(outcome.fills)
        return before != (len(self.true), len(self.false), self.has_traded)

    def untold_signals(self) -> list[str]:
        """Signals that were always true, or never."""
        probed = (self.true | self.false) - {DECIDED_BARS}
        both = self.true & self.false
        return [n.id for n in self._expanded.graph.nodes if n.id in probed - both]

    def idle(self) -> list[str]:
        """Titles of the nodes without effect: signals that never changed, others untouched."""
        untold = {self._expanded.owner(node_id) for node_id in self.untold_signals()}
        return [
            node_title(self._graph.node(node_id))
            for node_id in sorted(self.owners)
            if node_id in untold or node_id in self._mutated - self.touched
        ]
