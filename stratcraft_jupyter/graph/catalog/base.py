"""The words of the catalog: port types, ports, parameters, kinds and families."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
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
        gaps: An output that can be without a value on a bar, also after the warm-up; an input
            that copes with such a series.
        history: An input that looks at earlier values too, so that it takes no series that is
            known only now. Every input of an indicator does, said or not.
        when_choice: A parameter and those of its choices with which an input has an effect;
            None if it always has.
        minimum: Least value that an output can have; None if there is none.
        maximum: Greatest value that an output can have; None if there is none.
        within_input: An output whose values lie among those that the inputs had.
        never_below: Inputs, other outputs, or lines of the bars read such as ``"bars.high"``, that
            an output is never below.
        never_above: The same, that an output is never above.
    """

    name: str
    type: PortType
    title: str
    help: str = ""
    required: bool = True
    multiple: bool = False
    gaps: bool = False
    history: bool = False
    when_choice: tuple[str, tuple[str, ...]] | None = None
    minimum: float | None = None
    maximum: float | None = None
    within_input: bool = False
    never_below: tuple[str, ...] = ()
    never_above: tuple[str, ...] = ()


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
        when_choice: A choice parameter and the values of it with which this one has an effect.
        format: What a text must look like; ``"time"`` is a time of day such as ``"09:30"``.
        reach: For a distance in percent, which way the price has to go for it: ``"against"`` the
            position, or ``"along"``. No price falls by 100 %.
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
    when_choice: tuple[str, tuple[str, ...]] | None = None
    format: Literal["", "time"] = ""
    reach: Literal["", "against", "along"] = ""


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
        short: Name in phrases such as "RSI(14) of close"; the title if empty.
        lookback: How many bars its values begin after those of its inputs, as an expression of
            its integer parameters, such as ``"slow_period + signal_period - 2"``.
        group: Part of its family that the palette shows it in; empty for none.
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
    short: str = ""
    lookback: str = "0"
    group: str = ""

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
            "lookback": self.lookback,
            "ports": {
                "inputs": [_as_data(port) for port in self.inputs],
                "outputs": [_as_data(port) for port in self.outputs],
            },
            "params": [{**_as_data(item), "choices": list(item.choices)} for item in self.params],
        }


def _as_data(item: Port | Param) -> dict[str, Any]:
    data = asdict(item)
    if isinstance(item, Port):
        data |= {name: list(data[name]) for name in ("never_below", "never_above")}
    if item.when_choice:
        name, values = item.when_choice
        data["when_choice"] = {"param": name, "values": list(values)}
    return data


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


def grouped(group: str, kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    """The kinds as one group of their family."""
    return tuple(replace(kind, group=group) for kind in kinds)


def source_input(help: str = "the series it is computed from") -> tuple[Port, ...]:
    """The one input of a kind that is computed from any series."""
    return (Port("source", "series", "Source", help),)


def bars_input() -> tuple[Port, ...]:
    """The one input of a kind that needs whole bars."""
    return (Port("bars", "bars", "Bars", "the bars it is computed from"),)


def expression_inputs() -> tuple[Port, ...]:
    """The inputs of a kind whose meaning is a text."""
    return (
        Port("bars", "bars", "Bars", "the bars whose prices the text names"),
        *(
            Port(name, "series", name, f"what {name} in the text is", required=False, gaps=True)
            for name in "abcd"
        ),
    )


def value_output(
    title: str = "Value",
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    within_input: bool = False,
) -> tuple[Port, ...]:
    """The one output of a kind with a single line."""
    return (
        Port(
            "value",
            "series",
            title,
            minimum=minimum,
            maximum=maximum,
            within_input=within_input,
        ),
    )


def signal_output() -> tuple[Port, ...]:
    """The one output of a condition."""
    return (Port("signal", "signal", "Signal"),)


def period_param(default: int, *, name: str = "period", title: str = "Period") -> Param:
    """A number of bars that an indicator looks back over."""
    return Param(name, title, "int", default, 1, 5_000, unit="bars", help="bars looked back over")
