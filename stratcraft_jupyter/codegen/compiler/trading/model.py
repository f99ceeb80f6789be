"""What trades in a strategy, read from the graph: entries, exits, guards and limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stratcraft_jupyter.codegen.compiler.context import NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Expression, chain, joined
from stratcraft_jupyter.codegen.compiler.parts import Parts
from stratcraft_jupyter.codegen.compiler.sizing import Sizing
from stratcraft_jupyter.graph import StrategyGraph

CLOSE = "self.data.close[0]"
EQUITY = "self.broker.getvalue()"
SIGNS = {"long": ">", "short": "<"}
OTHER = {"long": "short", "short": "long"}
_BLOCKING = {"risk.cooldown", "risk.max_trades", "risk.entry_hours"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of one side; a reversal is two.

    Attributes:
        node: Its node.
        side: ``"long"`` or ``"short"``.
        name: Suffix of its methods.
        ready: Its condition, without a confirmation.
        sizing: How many shares it orders.
        protection: Nodes connected to its order.
    """

    node: NodeContext
    side: str
    name: str
    ready: Expression
    sizing: Sizing
    protection: tuple[NodeContext, ...]

    @property
    def id(self) -> str:
        """Id of its node."""
        return self.node.node.id

    @property
    def turns(self) -> bool:
        """Whether it is a reversal."""
        return self.node.kind.name == "action.reverse"

    @property
    def is_confirmed(self) -> bool:
        """Whether it waits for a confirmation."""
        return self.node.is_connected("confirm")

    @property
    def adds(self) -> bool:
        """Whether it may add to its position."""
        return not self.turns and self.node.value("max_entries") != 1

    @property
    def rests(self) -> bool:
        """Whether its order waits for a price."""
        return not self.turns and self.node.value("order_type") != "market"

    @property
    def order(self) -> str:
        """The method that orders it."""
        return "self.buy" if self.side == "long" else "self.sell"

    @property
    def sign(self) -> str:
        """The sign that moves a price to the worse side for buying it."""
        return "+" if self.side == "long" else "-"


@dataclass(frozen=True, slots=True)
class Exit:
    """An exit of one side.

    Attributes:
        node: Its node.
        side: ``"long"`` or ``"short"``.
        owners: Ids of the entries whose positions it ends; empty for all.
        signal: Its condition.
    """

    node: NodeContext
    side: str
    owners: frozenset[str]
    signal: Expression

    @property
    def is_partial(self) -> bool:
        """Whether it sells a part."""
        return self.node.value("percent") != 100


@dataclass(slots=True)
class Rules:
    """All that trades.

    Attributes:
        entries: In the order in which they are looked at.
        exits: In document order.
        guards: Nodes that close, reduce or block, in document order.
        limits: Nodes that limit new entries, in document order.
        time_limits: Nodes that end positions by time.
        choice: How entries are chosen among, if the strategy says.
    """

    graph: StrategyGraph
    parts: Parts
    entries: list[Entry] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    guards: list[NodeContext] = field(default_factory=list)
    limits: list[NodeContext] = field(default_factory=list)
    time_limits: list[NodeContext] = field(default_factory=list)
    choice: NodeContext | None = None

    @property
    def mode(self) -> str:
        """How entries are chosen among."""
        return str(self.choice.value("mode")) if self.choice else "first_match"

    def sides(self) -> list[str]:
        """The sides that are entered, long first."""
        found = {entry.side for entry in self.entries}
        return [side for side in ("long", "short") if side in found]

    def of_side(self, side: str) -> list[Entry]:
        """The entries of a side."""
        return [entry for entry in self.entries if entry.side == side]

    def tracks(self, side: str) -> bool:
        """Whether the code has to know which entry opened a position of the side."""
        return len(self.of_side(side)) > 1

    def has(self, kind: str) -> bool:
        """Whether a guard or limit of this kind is there."""
        return any(node.kind.name == kind for node in (*self.guards, *self.limits))

    @property
    def can_turn(self) -> bool:
        """Whether a position may be turned on one close."""
        return len(self.sides()) == 2 and not self.has("risk.cooldown")

    @property
    def rests(self) -> bool:
        """Whether any entry order waits for a price."""
        return any(entry.rests for entry in self.entries)

    @property
    def blocks(self) -> bool:
        """Whether a guard or limit may block the entries of both sides."""
        guards = [
            node
            for node in self.guards
            if node.kind.name != "risk.indicator_guard" or node.value("side") == "both"
        ]
        return bool(guards) or any(node.kind.name in _BLOCKING for node in self.limits)

    @property
    def blocked_sides(self) -> list[str]:
        """The sides whose entries a guard may block by themselves."""
        guards = [node for node in self.guards if node.kind.name == "risk.indicator_guard"]
        named = {str(node.value("side")) for node in guards}
        return [side for side in self.sides() if side in named]

    @property
    def shares(self) -> str:
        """The number of shares held, as code."""
        return "abs(self.position.size)" if len(self.sides()) == 2 else shares(*self.sides())

    def owned(self, side: str, owners: frozenset[str]) -> Expression | None:
        """The test whether one of these entries opened the position.

        None if that is always so; ``"False"`` if it never is.
        """
        mine = [entry.id for entry in self.of_side(side) if entry.id in owners]
        if not owners or len(mine) == len(self.of_side(side)):
            return None
        if not mine:
            return "False"
        names = ", ".join(f'"{name}"' for name in mine)
        holder = f"self.{side}_entry"
        return f"{holder} == {names}" if len(mine) == 1 else f"{holder} in ({names})"

    def protects(self) -> bool:
        """Whether any entry has stops or targets."""
        return any(entry.protection for entry in self.entries)

    def comment(self, node: NodeContext) -> str:
        """What a node is, in words."""
        return self.parts.comments[node.node.id]


def shares(side: str) -> str:
    """The number of shares held while a position of a side is open, as code."""
    return "self.position.size" if side == "long" else "-self.position.size"


def percent_of(value: str, node: NodeContext, name: str = "percent") -> Expression:
    """``value * percent / 100``."""
    return chain(value, "*", node.param(name), "/", "100")


def all_of(*conditions: Expression | None) -> Expression:
    """The conditions that are there, joined by ``and``."""
    return joined("and", [item for item in conditions if item is not None])


def connected_ids(node: NodeContext, port: str) -> frozenset[str]:
    """Ids of the nodes connected to an input."""
    return frozenset(edge.source_node for edge in node.graph.edges_into(node.node.id, port))


Contexts = Mapping[str, NodeContext]
