"""Works out what an expression means: its names, its types, and the nodes it becomes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from stratcraft_jupyter.errors import ExpressionError, did_you_mean
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Kind, Port, Value
from stratcraft_jupyter.graph.expressions.arguments import match_arguments
from stratcraft_jupyter.graph.expressions.kinds import INPUTS, PRICES
from stratcraft_jupyter.graph.expressions.meaning import BARS, Meaning, NewNodes, Outlet
from stratcraft_jupyter.graph.expressions.names import called_output, functions, stand_in
from stratcraft_jupyter.graph.expressions.parser import POSITION, no_position, parse_expression
from stratcraft_jupyter.graph.expressions.printer import print_expression
from stratcraft_jupyter.graph.expressions.tree import (
    Arithmetic,
    Call,
    Comparison,
    Earlier,
    Expression,
    Joined,
    Name,
    Negative,
    Not,
    Number,
    Words,
)

ARITHMETIC: Mapping[str, str] = {
    "+": "math.add",
    "-": "math.subtract",
    "*": "math.multiply",
    "/": "math.divide",
}
"""The kind of each sign."""

COMMUTING = frozenset("+*")
MIRRORED: Mapping[str, str] = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
CHAINED = frozenset({"math.add", "math.multiply"})
"""Kinds whose result depends on the order of what they read: several become several nodes."""

_COMPARE_HINT = "Compare it with something, as in close > open."
_JOIN_HINT = "Conditions are joined by and, or and not."

Operand = Outlet | float
"""What a part of an expression gives; a number stays one while it can be a parameter."""


@lru_cache(maxsize=512)
def read_meaning(text: str, kind: str) -> Meaning:
    """What a text means as the expression of a node of this kind.

    Raises:
        ExpressionError: It cannot be read, or it is of the wrong type; says where and why.
    """
    expression = parse_expression(text)
    wants_signal = KINDS[kind].outputs[0].type == "signal"
    return _Resolver().resolve(expression, wants_signal=wants_signal)


class _Resolver:
    def __init__(self) -> None:
        self._nodes = NewNodes()
        self._inputs: dict[str, int] = {}

    def resolve(self, expression: Expression, *, wants_signal: bool) -> Meaning:
        found = self._operand(expression)
        is_signal = isinstance(found, Outlet) and found.type == "signal"
        if wants_signal and not is_signal:
            message = "The expression is a series; here it has to be true or false."
            raise ExpressionError(message, _beginning(expression), hint=_COMPARE_HINT)
        if is_signal and not wants_signal:
            message = "The expression is true or false; here it has to be a series."
            raise ExpressionError(message, expression.at, hint="Use the node Expression for it.")
        root = self._line(found, print_expression(expression))
        if not isinstance(root.owner, int):  # a price or an input alone: a node for it to be
            text = print_expression(expression)
            root = self._nodes.add("math.multiply", text, [("left", root)], {"value": 1.0})
        inputs = tuple(self._inputs.items())
        return Meaning(self._nodes.all(), int(root.owner), root.port, inputs)

    def _operand(self, part: Expression) -> Operand:
        match part:
            case Number(value):
                return float(value)
            case Words(at=at):
                message = "Words in quotes are values of parameters, nothing to compute with."
                raise ExpressionError(message, at, hint="Write a number without quotes.")
            case Name():
                return self._name(part)
            case Earlier(source, bars, at):
                return self._earlier(part, source, bars, at)
            case Call():
                return self._call(part)
        return self._operation(part)

    def _operation(self, part: Negative | Arithmetic | Comparison | Not | Joined) -> Operand:
        match part:
            case Negative(operand):
                return self._negative(part, operand)
            case Arithmetic():
                return self._arithmetic(part)
            case Comparison():
                return self._comparison(part)
            case Not(operand):
                signal = self._signal(operand, "not")
                return self._nodes.add("logic.not", print_expression(part), [("signal", signal)])
            case Joined():
                return self._joined(part)

    def _name(self, part: Name) -> Outlet:
        if part.name in PRICES:
            return Outlet("bars", part.name)
        if part.name in INPUTS:
            self._inputs.setdefault(part.name, part.at)
            return Outlet(part.name, "")
        if part.name in ("true", "false"):
            message = f"{part.name} is a value of parameters, nothing to compute with."
            raise ExpressionError(message, part.at, hint="Write the condition alone, or not (...).")
        if part.name in functions():
            hint = f"Write its arguments after it, as in {part.name}(...)."
            raise ExpressionError(f"{part.name} is a function.", part.at, hint=hint)
        if part.name == POSITION:
            raise no_position(part.at)
        near = _closest(part.name, PRICES) or _closest(part.name, functions())
        raise ExpressionError(
            f"There is no series named {part.name}.",
            part.at,
            hint=near or f"There are {', '.join((*PRICES, *INPUTS))}.",
        )

    def _number_or_line(self, part: Expression, reader: str) -> Operand:
        found = self._operand(part)
        if isinstance(found, Outlet) and found.type == "signal":
            message = f"{reader} takes numbers, and {_shown(part)} is true or false."
            raise ExpressionError(message, part.at, hint=_JOIN_HINT)
        return found

    def _signal(self, part: Expression, reader: str) -> Outlet:
        found = self._operand(part)
        if isinstance(found, Outlet) and found.type == "signal":
            return found
        what = "a series" if isinstance(found, Outlet) else "a number"
        message = f"{reader} takes conditions, and {_shown(part)} is {what}."
        raise ExpressionError(message, part.at, hint=_COMPARE_HINT)

    def _line(self, operand: Operand, text: str) -> Outlet:
        if isinstance(operand, Outlet):
            return operand
        return self._nodes.add("math.constant", text, [], {"value": operand})

    def _negative(self, part: Negative, operand: Expression) -> Operand:
        found = self._number_or_line(operand, "-")
        if isinstance(found, float):
            return 0.0 - found  # no minus zero
        text = print_expression(part)
        return self._nodes.add("math.multiply", text, [("left", found)], {"value": -1.0})

    def _arithmetic(self, part: Arithmetic) -> Outlet:
        left = self._number_or_line(part.left, part.sign)
        right = self._number_or_line(part.right, part.sign)
        if part.sign in COMMUTING and isinstance(left, float) and isinstance(right, Outlet):
            left, right = right, left  # the same to the last digit, and one node less
        line = self._line(left, print_expression(part.left))
        return self._two_sided(ARITHMETIC[part.sign], print_expression(part), line, right, {})

    def _comparison(self, part: Comparison) -> Outlet:
        left = self._number_or_line(part.left, part.sign)
        right = self._number_or_line(part.right, part.sign)
        sign: str = part.sign
        if isinstance(left, float) and isinstance(right, Outlet):
            left, right, sign = right, left, MIRRORED[sign]
        line = self._line(left, print_expression(part.left))
        params: dict[str, Value] = {"operator": sign}
        return self._two_sided("condition.compare", print_expression(part), line, right, params)

    def _two_sided(
        self, kind: str, text: str, left: Outlet, right: Operand, params: dict[str, Value]
    ) -> Outlet:
        if isinstance(right, float):
            return self._nodes.add(kind, text, [("left", left)], {**params, "value": right})
        return self._nodes.add(kind, text, [("left", left), ("right", right)], params)

    def _joined(self, part: Joined) -> Outlet:
        signals = list(dict.fromkeys(self._signal(item, part.word) for item in _flat(part)))
        if len(signals) == 1:  # the same twice
            return signals[0]
        edges = [("signals", signal) for signal in signals]
        return self._nodes.add(f"logic.{part.word}", print_expression(part), edges)

    def _earlier(self, part: Expression, source: Expression, bars: int, at: int) -> Outlet:
        line = self._line(self._number_or_line(source, "[ ]"), print_expression(source))
        shift = KINDS["math.shift"].param("bars")
        most = shift.maximum if shift else None
        if most is not None and bars > most:
            hint = f"Use {most:,.0f} or less."
            raise ExpressionError(f"{bars} bars ago is too far back.", at, hint=hint)
        return self._nodes.add(
            "math.shift", print_expression(part), [("source", line)], {"bars": bars}
        )

    def _call(self, part: Call) -> Outlet:
        kind = functions().get(part.function)
        if kind is None:
            what = "a series, not a function" if part.function in (*PRICES, *INPUTS) else ""
            raise ExpressionError(
                f"{part.function} is {what}."
                if what
                else f"There is no function named {part.function}.",
                part.at,
                hint="" if what else _closest(part.function, functions()),
            )
        port = called_output(part, kind)
        given = match_arguments(part, kind)
        edges: list[tuple[str, Outlet]] = [
            (wanted.name, BARS) for wanted in kind.inputs if wanted.type == "bars"
        ]
        params = dict(given.params)
        for wanted, argument in given.ports:
            is_alone = sum(other.name == wanted.name for other, _ in given.ports) == 1
            number = stand_in(kind, wanted) if is_alone else None
            found = self._argument(part.function, kind, wanted, argument)
            if isinstance(found, float) and number:
                params[number] = found
            else:
                edges.append((wanted.name, self._line(found, print_expression(argument))))
        text = print_expression(part)
        if kind.name in CHAINED:
            return self._chain(kind.name, text, edges, params)
        first = self._nodes.add(kind.name, text, edges, params)
        return self._nodes.outlet(int(first.owner), port)

    def _chain(
        self, kind: str, text: str, edges: Sequence[tuple[str, Outlet]], params: dict[str, Value]
    ) -> Outlet:
        """One node for each two operands, so that they are taken in the order given."""
        left, *others = edges
        found = self._nodes.add(kind, text, [left, *others[:1]], params)
        for _, right in others[1:]:
            found = self._nodes.add(kind, text, [("left", found), ("right", right)])
        return found

    def _argument(self, function: str, kind: Kind, wanted: Port, argument: Expression) -> Operand:
        reader = f"{wanted.title} of {function}"
        if wanted.type == "signal":
            return self._signal(argument, reader)
        found = self._number_or_line(argument, reader)
        if isinstance(found, float) and wanted.required and kind.family != "math":
            raise ExpressionError(
                f"{reader} is a series, and {_shown(argument)} is a number.",
                argument.at,
                hint="Write a series such as close there.",
            )
        return found


def _beginning(part: Expression) -> int:
    """Where an earlier value begins, rather than its brackets."""
    while isinstance(part, Earlier):
        part = part.source
    return part.at


def _flat(part: Joined) -> list[Expression]:
    """What a word joins, through brackets with the same word in them."""
    found: list[Expression] = []
    for item in part.parts:
        is_same = isinstance(item, Joined) and item.word == part.word
        found += _flat(item) if is_same and isinstance(item, Joined) else [item]
    return found


def _shown(part: Expression) -> str:
    text = print_expression(part)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _closest(name: str, known: Sequence[str] | Mapping[str, object]) -> str:
    hint = did_you_mean(name, known)
    return hint if hint.startswith("Did") else ""
