"""Which argument of a call is which input or parameter of its kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stratcraft_jupyter.errors import ExpressionError, did_you_mean
from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port, Value
from stratcraft_jupyter.graph.expressions.tree import (
    Call,
    Expression,
    Name,
    Negative,
    Number,
    Words,
)
from stratcraft_jupyter.graph.params import why_not_value

Slot = Port | Param

_NUMBERS = ("int", "float")


@dataclass(frozen=True, slots=True)
class Given:
    """What a call gives.

    Attributes:
        ports: Inputs with the arguments for them; one that takes several can be there often.
        params: Values of parameters that are given.
    """

    ports: list[tuple[Port, Expression]] = field(default_factory=list)
    params: dict[str, Value] = field(default_factory=dict)


def match_arguments(call: Call, kind: Kind) -> Given:
    """The arguments of a call by what they are for.

    Raises:
        ExpressionError: One is missing, too many, unknown, given twice, or of a wrong value.
    """
    ports, params = ports_of(kind), params_of(kind)
    slots = _slots(ports, params, len(call.arguments))
    if len(call.arguments) > len(slots):
        raise ExpressionError(
            f"{call.function} takes {_counted(len(slots))}.",
            call.arguments[len(slots)].at,
            hint=f"Write {signature(call.function, kind)}.",
        )
    given = Given()
    for slot, argument in zip(slots, call.arguments, strict=False):
        _give(given, call, slot, argument)
    known: dict[str, Slot] = {port.name: port for port in ports if not port.multiple}
    known |= {param.name: param for param in params}
    for name, argument in call.keywords:
        if name not in known:
            raise ExpressionError(
                f"{call.function} has no argument named {name}.",
                argument.at,
                hint=did_you_mean(name, known) or f"Write {signature(call.function, kind)}.",
            )
        if name in given.params or name in {port.name for port, _ in given.ports}:
            raise ExpressionError(f"{name} is given twice.", argument.at)
        _give(given, call, known[name], argument)
    _require(given, call, kind, ports)
    return given


def ports_of(kind: Kind) -> list[Port]:
    """The inputs that a call names; bars are always those of the expression."""
    return [port for port in kind.inputs if port.type != "bars"]


def params_of(kind: Kind) -> list[Param]:
    """The parameters that a call names; a number for an input is given in its place."""
    return [param for param in kind.params if not param.unless_connected]


def signature(function: str, kind: Kind) -> str:
    """How a call looks, such as ``sma(source, period=14)``."""
    shown = [f"{port.name}, ..." if port.multiple else port.name for port in ports_of(kind)]
    shown += [f"{param.name}={_shown(param.default)}" for param in params_of(kind)]
    return f"{function}({', '.join(shown)})"


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else f"{value:.15g}"


def _counted(count: int) -> str:
    if count == 0:
        return "no arguments"
    return "one argument" if count == 1 else f"at most {count} arguments"


def _slots(ports: list[Port], params: list[Param], count: int) -> list[Slot]:
    """What the arguments without a name are for, of which there are so many."""
    if ports and ports[-1].multiple:  # what it takes has no end, so parameters need their names
        return [*ports, *[ports[-1]] * max(count - len(ports), 0)]
    return [*ports, *params]


def _give(given: Given, call: Call, slot: Slot, argument: Expression) -> None:
    if isinstance(slot, Port):
        given.ports.append((slot, argument))
    else:
        given.params[slot.name] = _value(call, slot, argument)


def _require(given: Given, call: Call, kind: Kind, ports: Sequence[Port]) -> None:
    there = {port.name for port, _ in given.ports}
    for port in ports:
        if port.name not in there:
            raise ExpressionError(
                f"{port.title} of {call.function} is missing.",
                call.at,
                hint=f"Write {signature(call.function, kind)}.",
            )


def _value(call: Call, param: Param, argument: Expression) -> Value:
    value = _literal(argument)
    if value is None:
        what = "the same on every bar" if param.type in _NUMBERS else "no series"
        raise ExpressionError(
            f"The {param.name} of {call.function} is {what}.",
            argument.at,
            hint=_what_to_use(param) or f"Write a plain value such as {_shown(param.default)}.",
        )
    value = _as_number(param, value)
    if reason := why_not_value(param, value):
        raise ExpressionError(
            f"{call.function} cannot have {param.name}={_shown(value)}.",
            argument.at,
            hint=_what_to_use(param) or f"{reason[0].upper()}{reason[1:]}",
        )
    return value


def _as_number(param: Param, value: Value) -> Value:
    """The value as the type of number that the parameter has; 1e1 is a whole number too."""
    if isinstance(value, bool | str):
        return value
    if param.type == "float":
        return float(value)
    return int(value) if param.type == "int" and value == int(value) else value


def _what_to_use(param: Param) -> str:
    """The values of a parameter that is no number, as they are written."""
    if param.type == "bool":
        return "Use true or false."
    if param.type == "choice":
        return f"Use one of {', '.join(map(_shown, param.choices))}."
    is_time = param.format == "time"
    what = "a time of day" if is_time else "a text"
    return f"Use {what} in quotes, such as {_shown(param.default)}." if param.type == "text" else ""


def _literal(argument: Expression) -> Value | None:
    match argument:
        case Number(value):
            return value
        case Negative(Number(value)):
            return -value
        case Words(text):
            return text
        case Name("true" | "false" as word):
            return word == "true"
    return None
