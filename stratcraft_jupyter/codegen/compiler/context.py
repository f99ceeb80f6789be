"""What an emitter sees of its node, and what it leaves behind for the module."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stratcraft_jupyter.codegen.compiler.layout import Expression
from stratcraft_jupyter.codegen.compiler.names import Names
from stratcraft_jupyter.graph import Edge, Node, StrategyGraph, get_kind, node_title, param_value
from stratcraft_jupyter.graph.catalog.base import Param, Value


@dataclass(frozen=True, slots=True)
class Output:
    """How emitted code refers to one output of a node; a number has the same text for both.

    Attributes:
        line: The line object in ``__init__`` (a number for a constant); for series and bars.
        now: Its value on the present bar, in ``next``; for series, signals and sizes.
    """

    line: str = ""
    now: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a number and no line."""
        return bool(self.line) and self.line == self.now

    def as_line(self) -> str:
        """A line object, also for a number: indicators take lines only."""
        return f"self.data.close * 0 + {self.line}" if self.is_number else self.line


@dataclass(slots=True)
class Parts:
    """What a module is put together from.

    Attributes:
        comments: What each node is, in words, by its id.
        params: Name, value and comment of each strategy parameter.
        attributes: For ``__init__``: node id, attribute name and value.
        signals: For ``next``: node id, variable name and value.
        classes: Names of the self-contained indicator classes that are used.
        outputs: How to refer to each output, by ``"node.port"``.
    """

    comments: Mapping[str, str]
    params: list[tuple[str, Value, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, Expression]] = field(default_factory=list)
    signals: list[tuple[str, str, Expression]] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    outputs: dict[str, Output] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    param_names: Names = field(default_factory=Names)


class NodeContext:
    """One node while it is emitted."""

    def __init__(self, graph: StrategyGraph, node: Node, parts: Parts) -> None:
        self.graph = graph
        self.node = node
        self.kind = get_kind(node.kind)
        self.parts = parts
        self._params: dict[str, str] = {}

    def is_connected(self, port: str) -> bool:
        """Whether anything is connected to an input."""
        return bool(self.graph.edges_into(self.node.id, port))

    def inputs(self, port: str) -> list[Output]:
        """What is connected to an input, in edge order."""
        return [self._source(edge) for edge in self.graph.edges_into(self.node.id, port)]

    def input(self, port: str) -> Output:
        """What is connected to an input that takes one edge."""
        return self.inputs(port)[0]

    def _source(self, edge: Edge) -> Output:
        return self.parts.outputs[edge.source]

    def is_used(self, port: str) -> bool:
        """Whether anything is connected to an output."""
        return bool(self.graph.edges_from(self.node.id, port))

    def value(self, name: str) -> Value:
        """The value of a parameter, for decisions at compile time."""
        return param_value(self.node, self._declared(name))

    def param(self, name: str) -> str:
        """A parameter as emitted code refers to it, such as ``self.p.fast_period``."""
        if name not in self._params:
            declared = self._declared(name)
            taken = self.parts.param_names.take(f"{self.node.id}_{name}")
            remark = f"{node_title(self.node)}: {declared.title.lower()}"
            remark += f", {declared.unit}" if declared.unit not in ("", name) else ""
            self.parts.params.append((taken, param_value(self.node, declared), remark))
            self._params[name] = f"self.p.{taken}"
        return self._params[name]

    def _declared(self, name: str) -> Param:
        declared = self.kind.param(name)
        if declared is None:
            raise LookupError(f"{self.kind.name} has no parameter {name}")
        return declared

    def attribute(self, value: Expression) -> str:
        """Assigns a line to an attribute in ``__init__``; gives how to refer to it."""
        name = self.parts.names.take(self.node.id)
        self.parts.attributes.append((self.node.id, name, value))
        return f"self.{name}"

    def signal(self, value: Expression) -> str:
        """Assigns a condition to a variable in ``next``; gives its name."""
        name = self.parts.names.take(self.node.id)
        self.parts.signals.append((self.node.id, name, value))
        return name

    def use_class(self, name: str) -> str:
        """Adds a self-contained indicator class to the module; gives its name."""
        self.parts.classes.add(name)
        return name

    def output(self, port: str, *, line: str = "", now: str = "") -> None:
        """Says how to refer to an output; the value of a line is its present element."""
        self.parts.outputs[f"{self.node.id}.{port}"] = Output(line, now or f"{line}[0]")


Emitter = Callable[[NodeContext], None]
