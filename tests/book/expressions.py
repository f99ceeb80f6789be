"""Text expressions, read a second time: with Python's own grammar, into nodes one operator each."""

import ast
import re
from collections.abc import Mapping

from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.graph import KINDS, Edge, Node, get_kind

OUTPUT = {"condition.expression": "signal", "math.expression": "value"}
PRICES = ("open", "high", "low", "close", "volume")
SIGNS: Mapping[type[ast.AST], str] = {
    ast.Add: "math.add",
    ast.Sub: "math.subtract",
    ast.Mult: "math.multiply",
    ast.Div: "math.divide",
    ast.And: "logic.and",
    ast.Or: "logic.or",
}
COMPARED: Mapping[type[ast.AST], str] = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<="}
NAMES = {
    **{name.partition(".")[2]: name for name in KINDS if not name.startswith(("risk.", "action."))},
    **{"min": "math.minimum", "max": "math.maximum", "abs": "math.absolute"},
}


class _Spelled:
    """The nodes and edges that one expression stands for."""

    def __init__(self, strategy: StrategyGraph, node: Node) -> None:
        self.givers = {edge.target_port: edge.source for edge in strategy.edges_into(node.id)}
        self.bars = self.givers["bars"].partition(".")[0]
        self.taken = {other.id for other in strategy.nodes}
        self.nodes: dict[str, tuple[str, dict[str, object]]] = {}
        self.edges: list[tuple[str, str]] = []
        text = str(node.params.get("text", get_kind(node.kind).defaults()["text"]))
        pieces = re.split(r"(\"[^\"]*\"|'[^']*')", " ".join(text.split()))
        text = "".join(piece if at % 2 else piece.lower() for at, piece in enumerate(pieces))
        self.value = self.say(ast.parse(text, mode="eval").body)
        if self.value.partition(".")[0] not in self.nodes:
            self.value = self.add("math.add", value=0.0, left=self.value)
        last, _, port = self.value.partition(".")
        self.nodes = {(node.id if name == last else name): x for name, x in self.nodes.items()}
        ends = [(source, target.split(".")) for source, target in self.edges]
        self.edges = [(s, f"{node.id if to == last else to}.{at}") for s, (to, at) in ends]
        self.value = f"{node.id}.{port}"

    def add(self, kind: str, *many: tuple[str, str], value: float = 0.0, **inputs: str) -> str:
        """A node that reads outputs; gives its first output."""
        params = {"value": value} if get_kind(kind).param("value") else {}
        return self.node(kind, params, [*inputs.items(), *many])

    def node(self, kind: str, params: dict[str, object], reads: list[tuple[str, str]]) -> str:
        name = f"x{len(self.nodes)}"
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        self.nodes[name] = (kind, params)
        ends = [(source, f"{name}.{port}") for port, source in reads]
        ends += [
            (f"{self.bars}.bars", f"{name}.{p.name}")
            for p in get_kind(kind).inputs
            if p.type == "bars"
        ]
        self.edges += ends
        return f"{name}.{get_kind(kind).outputs[0].name}"

    def say(self, tree: ast.expr) -> str:
        """The output with the value of a part of the text."""
        match tree:
            case ast.Constant(value=int() | float() as number):
                return self.add("math.constant", value=float(number))
            case ast.Name(id=name):
                return f"{self.bars}.{name}" if name in PRICES else self.givers[name]
            case ast.Subscript(value=part, slice=ast.Constant(value=bars)):
                return self.node("math.shift", {"bars": bars}, [("source", self.say(part))])
            case ast.Attribute(value=ast.Call() as call, attr=output):
                return f"{self.call(call).partition('.')[0]}.{output}"
            case ast.Call():
                return self.call(tree)
        return self.operation(tree)

    def operation(self, tree: ast.expr) -> str:
        """The output with the value of an operator."""
        match tree:
            case ast.UnaryOp(op=ast.USub(), operand=part):
                return self.add(
                    "math.subtract", left=self.say(ast.Constant(0)), right=self.say(part)
                )
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return self.add("logic.not", signal=self.say(part))
            case ast.BinOp(left=left, op=sign, right=right):
                return self.add(SIGNS[type(sign)], left=self.say(left), right=self.say(right))
            case ast.BoolOp(op=word, values=parts):
                signals = [("signals", self.say(part)) for part in parts]
                return self.add(SIGNS[type(word)], *signals)
            case ast.Compare(left=left, ops=[sign], comparators=[right]):
                sides = [("left", self.say(left)), ("right", self.say(right))]
                return self.node("condition.compare", {"operator": COMPARED[type(sign)]}, sides)
        raise ValueError(ast.unparse(tree))

    def call(self, call: ast.Call) -> str:
        """The value of a function: inputs come first, then what is not an input."""
        kind = get_kind(NAMES[ast.unparse(call.func)])
        ports = [port for port in kind.inputs if port.type != "bars"]
        rest = [p for p in kind.params if not p.unless_connected]
        slots = [*ports, *rest]
        if ports and ports[-1].multiple:
            slots = [*ports[:-1], *[ports[-1]] * (len(call.args) - len(ports) + 1)]
        given = [*zip([slot.name for slot in slots], call.args, strict=False)]
        given += [(str(keyword.arg), keyword.value) for keyword in call.keywords]
        names = {port.name for port in ports}
        reads = [(name, self.say(value)) for name, value in given if name in names]
        words = {"true": True, "false": False}
        params = {
            name: words[value.id] if isinstance(value, ast.Name) else ast.literal_eval(value)
            for name, value in given
            if name not in names
        }
        found = self.node(kind.name, params, reads)
        main = [
            port.name for port in kind.outputs if port.name in ("value", kind.name.split(".")[1])
        ]
        return f"{found.partition('.')[0]}.{main[0]}" if main else found


def spelled_out(strategy: StrategyGraph) -> StrategyGraph:
    """The strategy with nodes in the place of every expression; the last of them has its id."""
    chosen = [node for node in strategy.nodes if node.kind in OUTPUT]
    for node in chosen:
        said = _Spelled(strategy, node)
        kept = [edge for edge in strategy.edges if edge.target_node != node.id]
        ends = [
            (said.value if edge.source_node == node.id else edge.source, edge.target)
            for edge in kept
        ]
        made = [
            Node(id=name, kind=kind, params=params) for name, (kind, params) in said.nodes.items()
        ]
        strategy = StrategyGraph.model_validate(
            {
                **{name: getattr(strategy, name) for name in StrategyGraph.model_fields},
                "nodes": (*(n for n in strategy.nodes if n.id != node.id), *made),
                "edges": tuple(
                    Edge(source=s, target=t) for s, t in dict.fromkeys(ends + said.edges)
                ),
                "layout": {},
            }
        )
    return strategy
