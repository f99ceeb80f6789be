"""Emits how many shares an entry orders."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from stratcraft_jupyter.codegen.compiler.context import NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call, assignment, chain, condition

EQUITY_PERCENT = "equity_percent"
"""Parameter of entries that have no sizing of their own."""

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
        uses_results: Whether it reads the results of closed trades.
    """

    docstring: str = ""
    body: tuple[str, ...] = ()
    expression: str = ""
    by_risk: bool = False
    method: str = "position_size"
    uses_results: bool = False

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


def entry_sizing(entry: NodeContext, nodes: Mapping[str, NodeContext]) -> Sizing:
    """How an entry is sized: by the node connected to it, or by the settings of the document."""
    edges = entry.graph.edges_into(entry.node.id, "size")
    if edges:
        return sizing_of(nodes[edges[0].source_node])
    settings, params = entry.graph.backtest, entry.parts.params
    declared = (EQUITY_PERCENT, settings.sizing_percent, "Equity an entry buys, %")
    if declared not in params:
        params.append(declared)
    return percent_sizing(f"self.p.{EQUITY_PERCENT}")


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
    if node.kind.name == "sizing.risk":
        return _risk_sizing(node.param("percent"), node.param("max_percent"))
    return _OTHERS[node.kind.name](node)


def _atr_risk_sizing(node: NodeContext) -> Sizing:
    risk = _risk_sizing(node.param("percent"), node.param("max_percent"))
    distance = chain(node.param("multiple"), "*", node.input("distance").now)
    return replace(
        risk,
        docstring="Whole shares that lose this part of equity over a distance; none in debt.",
        body=(*assignment("distance", distance, _BODY), *risk.body),
        by_risk=False,
    )


def _confidence_sizing(node: NodeContext) -> Sizing:
    cash = chain("self.broker.getvalue()", "*", node.param("percent"), "/", "100", "*", "trust")
    return Sizing(
        "Whole shares that the trusted part of equity buys now; none in debt.",
        (
            *assignment("trust", node.input("confidence").now, _BODY),
            f"{_BODY}trust = min(max(trust, 0.0), 1.0) if trust == trust else 0.0",
            *assignment("cash", cash, _BODY),
            f"{_BODY}return max(0, int(cash / {_CLOSE}))",
        ),
    )


def _volatility_sizing(node: NodeContext) -> Sizing:
    change = Call("bt.ind.PctChange", ("self.data.close", ("period", "1")))
    deviation = Call("bt.ind.StdDev", (change, ("period", node.param("period"))))
    made = [name for owner, name, _ in node.parts.attributes if owner == node.node.id]
    # several entries may be sized by the node
    line = f"self.{made[0]}" if made else node.attribute(deviation, "_deviation")
    yearly = chain(f"{line}[0]", "*", f"{node.param('bars_per_year')}**0.5", "*", "100")
    most = node.param("max_percent")
    share = chain(node.param("target"), "/", "volatility", "*", "100")
    return Sizing(
        "Whole shares for the wanted volatility a year; none in debt.",
        (
            *assignment("volatility", yearly, _BODY),
            *assignment("percent", most, _BODY),
            f"{_BODY}if volatility > 0:",
            *assignment("percent", Call("min", (share, "percent")), f"{_BODY}    "),
            f"{_BODY}cash = self.broker.getvalue() * percent / 100",
            f"{_BODY}return max(0, int(cash / {_CLOSE}))",
        ),
    )


def _kelly_sizing(node: NodeContext) -> Sizing:
    count = node.param("trades")
    kelly = chain(chain(node.param("fraction"), "*", "share"), "*", "100")
    return Sizing(
        "Whole shares by Kelly's formula from the last trades; none in debt.",
        (
            *assignment("last", f"self.results[-{count} :]", _BODY),
            *condition("if", f"len(last) < {count}", _BODY),
            *assignment("percent", node.param("start_percent"), f"{_BODY}    "),
            f"{_BODY}else:",
            f"{_BODY}    wins = [result for result in last if result > 0]",
            f"{_BODY}    losses = [-result for result in last if result <= 0]",
            f"{_BODY}    won = len(wins) / len(last)",
            f"{_BODY}    lost = sum(losses) / len(losses) if losses else 0",
            f"{_BODY}    share = won",
            f"{_BODY}    if wins and lost > 0:",
            f"{_BODY}        share = won - (1 - won) / (sum(wins) / len(wins) / lost)",
            *assignment("percent", Call("min", (kelly, node.param("max_percent"))), f"{_BODY}    "),
            f"{_BODY}cash = self.broker.getvalue() * percent / 100",
            f"{_BODY}return max(0, int(cash / {_CLOSE}))",
        ),
        uses_results=True,
    )


_OTHERS: Mapping[str, Callable[[NodeContext], Sizing]] = {
    "sizing.atr_risk": _atr_risk_sizing,
    "sizing.volatility_target": _volatility_sizing,
    "sizing.kelly": _kelly_sizing,
    "sizing.confidence": _confidence_sizing,
}


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
