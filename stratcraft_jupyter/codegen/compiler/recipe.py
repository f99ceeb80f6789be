"""How an indicator becomes one call: which class, with which inputs and parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stratcraft_jupyter.codegen.compiler.context import NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call, Expression


@dataclass(frozen=True, slots=True)
class Recipe:
    """An indicator as a call of a class of Backtrader's, or of ours.

    Attributes:
        function: ``"bt.ind.SMA"``; a name without a dot is a class in ``classes/``.
        inputs: Input ports whose lines are the first arguments.
        params: The class's keywords, each with the name of our parameter.
        lines: Output ports, each with the name of its line; empty for the only line.
        fixed: Further keywords with their values as code.
        has_once: Whether the class, and every one it passes its inputs to, computes all bars at
            once; if not, it cannot read an indicator, only its line.
        starts_early: Whether what reads its line, and not the indicator itself, would start before
            the first value: Backtrader does not tell the line how long it waits.
    """

    function: str
    inputs: tuple[str, ...] = ("source",)
    params: Mapping[str, str] = field(default_factory=lambda: {"period": "period"})
    lines: Mapping[str, str] = field(default_factory=lambda: {"value": ""})
    fixed: Mapping[str, str] = field(default_factory=dict)
    has_once: bool = True
    starts_early: bool = False

    def call(self, node: NodeContext) -> Call:
        """The call alone, for an argument of another."""
        function = self.function if "." in self.function else node.use_class(self.function)
        arguments: tuple[Expression | tuple[str, Expression], ...] = (
            *((node.line if self.has_once else node.bare_line)(port) for port in self.inputs),
            *((keyword, node.param(name)) for keyword, name in self.params.items()),
            *self.fixed.items(),
        )
        call = Call(function, arguments)
        return node.waiting(call) if self.starts_early else call

    def __call__(self, node: NodeContext) -> None:
        """Emits the node."""
        name = node.attribute(self.call(node))
        for port, line in self.lines.items():
            node.output(port, line=f"{name}.{line}" if line else name)
