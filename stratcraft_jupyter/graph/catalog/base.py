"""The words of the catalog: port types, ports, parameters, kinds and families."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

PortType = Literal["bars", "series", "signal", "size", "order"]
ParamType = Literal["int", "float", "bool", "choice", "text"]
Value = int | float | bool | str

PORT_TYPES: Mapping[str, str] = {
    "bars": "open, high, low, close and volume of every bar",
    "series": "one number a bar",
    "signal": "true or false on every bar",
    "size": "how many shares an entry orders",
    "order": "an entry, for what protects or limits it",
}
"""What flows through a port of each type."""


@dataclass(frozen=True, slots=True)
class Port:
    """An input or output of a kind.

    Attributes:
        name: Name in edges, such as ``"source"``.
        type: What flows through it.
        title: Name shown to the user.
        help: What it is, one phrase.
        required: An input that must be connected.
        multiple: An input that takes any number of edges.
    """

    name: str
    type: PortType
    title: str
    help: str = ""
    required: bool = True
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a kind.

    Attributes:
        name: Name in documents, such as ``"period"``.
        title: Name shown to the user.
        type: Type of its value.
        default: Value when the document gives none.
        minimum: Smallest value allowed (inclusive), for numbers.
        maximum: Largest value allowed (inclusive), for numbers.
        choices: Allowed values, for choices.
        unit: Unit of the number, such as ``"bars"`` or ``"%"``.
        help: What it does, one phrase.
        unless_connected: Input port that takes the parameter's place when connected.
        when_connected: Input port without which the parameter has no effect.
    """

    name: str
    title: str
    type: ParamType
    default: Value
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    help: str = ""
    unless_connected: str | None = None
    when_connected: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node: everything that palette, forms, docs, prompt and compiler know of it.

    Attributes:
        name: Dotted name in documents, such as ``"indicator.sma"``.
        title: Name shown to the user.
        help: What it is for, one phrase.
        semantics: Exactly what it means, one or a few sentences.
        inputs: Input ports, in the order shown.
        outputs: Output ports, in the order shown.
        params: Parameters, in the order shown.
        aliases: Other names people search for.
        formula: Definition of the numbers, if it computes any.
        reference: Where the definition comes from.
    """

    name: str
    title: str
    help: str
    semantics: str
    inputs: tuple[Port, ...] = ()
    outputs: tuple[Port, ...] = ()
    params: tuple[Param, ...] = ()
    aliases: tuple[str, ...] = ()
    formula: str = ""
    reference: str = ""

    @property
    def family(self) -> str:
        """First part of the name, such as ``"indicator"``."""
        return self.name.partition(".")[0]

    def input(self, name: str) -> Port | None:
        """The input port with this name, if there is one."""
        return next((port for port in self.inputs if port.name == name), None)

    def output(self, name: str) -> Port | None:
        """The output port with this name, if there is one."""
        return next((port for port in self.outputs if port.name == name), None)

    def param(self, name: str) -> Param | None:
        """The parameter with this name, if there is one."""
        return next((param for param in self.params if param.name == name), None)

    def defaults(self) -> dict[str, Value]:
        """Every parameter with its default."""
        return {param.name: param.default for param in self.params}

    def to_dict(self) -> dict[str, Any]:
        """The kind as JSON-ready data."""
        return {
            "kind": self.name,
            "title": self.title,
            "family": self.family,
            "aliases": list(self.aliases),
            "help": self.help,
            "semantics": self.semantics,
            "formula": self.formula,
            "reference": self.reference,
            "ports": {
                "inputs": [asdict(port) for port in self.inputs],
                "outputs": [asdict(port) for port in self.outputs],
            },
            "params": [{**asdict(item), "choices": list(item.choices)} for item in self.params],
        }


@dataclass(frozen=True, slots=True)
class Family:
    """A group of kinds.

    Attributes:
        name: First part of its kinds' names.
        title: Name shown to the user.
        help: What its kinds are for.
    """

    name: str
    title: str
    help: str


def source_input(help: str = "the series it is computed from") -> tuple[Port, ...]:
    """The one input of a kind that is computed from any series."""
    return (Port("source", "series", "Source", help),)


def bars_input() -> tuple[Port, ...]:
    """The one input of a kind that needs whole bars."""
    return (Port("bars", "bars", "Bars", "the bars it is computed from"),)


def value_output(title: str = "Value") -> tuple[Port, ...]:
    """The one output of a kind with a single line."""
    return (Port("value", "series", title),)


def signal_output() -> tuple[Port, ...]:
    """The one output of a condition."""
    return (Port("signal", "signal", "Signal"),)


def period_param(default: int, *, name: str = "period", title: str = "Period") -> Param:
    """A number of bars that an indicator looks back over."""
    return Param(name, title, "int", default, 1, 5_000, unit="bars", help="bars looked back over")
