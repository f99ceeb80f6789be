"""One finding about a strategy graph or a piece of strategy code, as plain data."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong, where, and what to do.

    Attributes:
        code: Stable code of the rule, such as ``"SC103"``.
        severity: ``"error"`` stops code generation; ``"warning"`` and ``"info"`` do not.
        message: What is wrong, one sentence.
        hint: What to do next, one sentence.
        node_id: The node it is about, if any.
        port: The port of that node, if any.
        edge: The edge it is about as ``"node.port->node.port"``, if any.
        line: Line of source code, from 1, for findings about code.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    node_id: str | None = None
    port: str | None = None
    edge: str | None = None
    line: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON-ready data."""
        return asdict(self)

    def __str__(self) -> str:
        place = self.edge or (self.node_id or "")
        if self.port and not self.edge:
            place = f"{place}.{self.port}"
        if self.line is not None:
            place = f"line {self.line}"
        where = f" [{place}]" if place else ""
        return f"{self.code} {self.severity}{where}: {self.message} {self.hint}".rstrip()
