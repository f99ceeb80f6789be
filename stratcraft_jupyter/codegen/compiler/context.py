"""What an emitter sees of its node."""

from collections.abc import Callable

from stratcraft_jupyter.codegen.compiler.layout import Call, Expression
from stratcraft_jupyter.codegen.compiler.parts import Output, Parts
from stratcraft_jupyter.graph import Edge, Node, StrategyGraph, get_kind, node_title, param_value
from stratcraft_jupyter.graph.catalog.base import Param, Value


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

    @property
    def clock(self) -> str:
        """The bars the node moves with: those of its inputs, or the strategy's if they differ."""
        clocks = {
            source.clock
            for port in self.kind.inputs
            if port.type in ("bars", "series")
            for source in self.inputs(port.name)
            if not source.is_number
        }
        return clocks.pop() if len(clocks) == 1 else ""

    def line(self, port: str) -> str:
        """The line connected to an input, on the bars that the node moves with."""
        source = self.input(port)
        return self._constant(source.now) if source.is_number else self.operand(source)

    def _constant(self, number: str) -> str:
        """A number as a line on the bars that the node moves with."""
        if not self.clock:
            return Output(number, number).as_line()
        arguments = (self.clock, ("number", number))
        return self.attribute(Call(self.use_class("Constant"), arguments), "_constant")

    def operand(self, source: Output) -> str:
        """A number as it is, or a line on the bars that the node moves with."""
        if source.is_number or source.clock == self.clock:
            return source.line
        return self.latest(source)

    def bare_line(self, port: str) -> str:
        """The same without the indicator it belongs to, for a class that has no ``once``.

        Backtrader runs such a class bar by bar, but does not move the indicators it reads: it
        would read their last value, from the end of the data, on every bar.
        """
        line = self.line(port)
        made = {f"self.{name}": value for _, name, value in self.parts.attributes}.get(line)
        if isinstance(made, Call) and (
            made.function.startswith("bt.ind.") or made.function in self.parts.classes
        ):
            return f"{line}.line"
        return line

    def latest(self, source: Output) -> str:
        """A line of another feed, as its last value on each of the strategy's bars."""
        if source.line not in self.parts.latest:
            name = self.parts.names.take(
                f"latest_{source.line.replace('self.', '', 1).replace('.', '_')}"
            )
            arguments = ("self.data", ("of", source.line), ("bars", source.clock))
            call = Call(self.use_class("Latest"), arguments)
            self.parts.attributes.append((self.node.id, name, call))
            self.parts.latest[source.line] = f"self.{name}"
        return self.parts.latest[source.line]

    def source_kind(self, port: str) -> str:
        """The kind of the node connected to an input that takes one edge."""
        (edge,) = self.graph.edges_into(self.node.id, port)
        return self.graph.node(edge.source_node).kind

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

    def attribute(self, value: Expression, suffix: str = "") -> str:
        """Assigns a line to an attribute in ``__init__``; gives how to refer to it.

        A line that is there already, with the same values of its parameters, is shared.
        """
        meaning = self.parts.meaning_of(value)
        if meaning in self.parts.made:
            name = self.parts.made[meaning]
            self.parts.shared.setdefault(name, []).append(self.node.id)
            return f"self.{name}"
        name = self.parts.names.take(self.node.id + suffix)
        self.parts.attributes.append((self.node.id, name, value))
        self.parts.made[meaning] = name
        return f"self.{name}"

    def on_bars(self, value: Expression) -> Expression:
        """Arithmetic on lines, for an indicator to read.

        Backtrader loses track of the bars of a line that is arithmetic on another feed: an
        indicator of it would count the strategy's bars until its first value.
        """
        return Call(self.use_class("OnBars"), (self.clock, value)) if self.clock else value

    def waiting(self, indicator: Call) -> Call:
        """An indicator whose line starts with its first value, also for what reads the line."""
        return Call(self.use_class("OnBars"), (self.clock or "self.data", indicator))

    def variable(self, value: Expression, suffix: str = "", port: str | None = None) -> str:
        """Assigns a value to a variable in ``next``; gives its name.

        What orders read in methods of their own becomes an attribute.

        Args:
            value: What is assigned.
            suffix: Behind the name of the node, for one of several variables.
            port: The output it is, if the node has several; a part of the way has none.
        """
        name = self.parts.names.take(self.node.id + suffix)
        if (port or not suffix) and self._is_read_by_orders(port):
            name = f"self.{name}"
        self.parts.signals.append((self.node.id, name, value))
        return name

    def _is_read_by_orders(self, output: str | None) -> bool:
        """Whether a series of the node is a price, a distance or a share of an order."""
        for edge in self.graph.edges_from(self.node.id, output):
            kind = get_kind(self.graph.node(edge.target_node).kind)
            port = kind.input(edge.target_port)
            if kind.family in ("action", "sizing", "risk") and port and port.type == "series":
                return True
        return False

    def state(self, start: str, suffix: str = "") -> str:
        """Declares an attribute that is remembered between bars; gives how to refer to it."""
        name = self.parts.names.take(self.node.id + suffix)
        self.parts.states.append((self.node.id, f"self.{name}", start))
        return f"self.{name}"

    def remember(self, state: str, value: Expression) -> None:
        """Gives a state its new value in ``next``, after what has been assigned so far."""
        self.parts.signals.append((self.node.id, state, value))

    def use_class(self, name: str) -> str:
        """Adds a self-contained indicator class to the module; gives its name."""
        self.parts.classes.add(name)
        return name

    def output(self, port: str, *, line: str = "", now: str = "", clock: str | None = None) -> None:
        """Says how to refer to an output; the value of a line is its present element."""
        moves_with = self.clock if clock is None else clock
        self.parts.outputs[f"{self.node.id}.{port}"] = Output(line, now or f"{line}[0]", moves_with)


Emitter = Callable[[NodeContext], None]
