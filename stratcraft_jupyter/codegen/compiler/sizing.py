"""Emits how many shares an entry orders."""

from dataclasses import dataclass

from stratcraft_jupyter.codegen.compiler.context import NodeContext
from stratcraft_jupyter.codegen.compiler.layout import assignment, chain

_BODY = " " * 8
_CLOSE = "self.data.close[0]"


@dataclass(frozen=True, slots=True)
class Sizing:
    """How an entry is sized.

    Attributes:
        body: Statements of the sizing method, indented for a class; empty if none is needed.
        docstring: What the method gives.
        expression: The size itself, if no method is needed.
        by_risk: Whether the method takes the distance to the stop.
        method: Name of the method.
    """

    docstring: str = ""
    body: tuple[str, ...] = ()
    expression: str = ""
    by_risk: bool = False
    method: str = "position_size"

    def call(self, distance: str) -> str:
        """The size as an expression, given the distance to the nearest stop."""
        return self.expression or f"self.{self.method}({distance if self.by_risk else ''})"

    def lines(self) -> list[str]:
        """The sizing method; empty if none is needed."""
        if self.expression:
            return []
        parameters = "self, distance" if self.by_risk else "self"
        return [
            f"    def {self.method}({parameters}):",
            f'        """{self.docstring}"""',
            *self.body,
        ]


def sizing_of(node: NodeContext) -> Sizing:
    """How a sizing node sizes."""
    if node.kind.name == "sizing.fixed_shares":
        return Sizing(expression=node.param("shares"))
    if node.kind.name == "sizing.fixed_cash":
        return Sizing(
            "Whole shares that this amount of cash buys at this close.",
            (
                *assignment("cash", node.param("cash"), _BODY),
                f"{_BODY}return int(cash / {_CLOSE})",
            ),
        )
    if node.kind.name == "sizing.percent_of_equity":
        return percent_sizing(node.param("percent"))
    return _risk_sizing(node.param("percent"), node.param("max_percent"))


def percent_sizing(percent: str) -> Sizing:
    """Shares for a percentage of equity."""
    cash = chain("self.broker.getvalue()", "*", percent, "/", "100")
    return Sizing(
        "Whole shares that this part of equity buys at this close; none in debt.",
        (
            *assignment("cash", cash, _BODY),
            f"{_BODY}return max(0, int(cash / {_CLOSE}))",
        ),
    )


def _risk_sizing(percent: str, max_percent: str) -> Sizing:
    at_risk = chain("equity", "*", percent, "/", "100", "/", "distance")
    at_most = chain("equity", "*", max_percent, "/", "100", "/", _CLOSE)
    return Sizing(
        "Whole shares that lose this part of equity over `distance`; none in debt.",
        (
            f"{_BODY}if not distance > 0:",
            f"{_BODY}    return 0",
            f"{_BODY}equity = max(0, self.broker.getvalue())",
            *assignment("at_risk", at_risk, _BODY),
            *assignment("at_most", at_most, _BODY),
            f"{_BODY}return int(min(at_risk, at_most))",
        ),
        by_risk=True,
    )
