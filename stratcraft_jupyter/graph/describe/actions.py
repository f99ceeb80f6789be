"""What actions and sizing say."""

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader, bars, number
from stratcraft_jupyter.graph.document import Node, StrategyGraph


def _enter(side: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        size = reader.inputs(node, "size")
        amount = size[0] if size else _default_size(reader.graph)
        return f"enter {side} when {_conditions(reader, node)}{_order(reader, node)}, with {amount}"

    return phrase


def _conditions(reader: Reader, node: Node) -> str:
    said = reader.input(node, "when")
    for port, word in (("filter", " and"), ("regime", ", while")):
        for phrase in reader.inputs(node, port):
            said += f"{word} {phrase}"
    for phrase in reader.inputs(node, "confirm"):
        within = bars(reader.param(node, "confirm_bars"))
        said += f", confirmed within {within} by {phrase}"
    return said


def _order(reader: Reader, node: Node) -> str:
    """What is said of an order that waits, of additions and of the priority."""
    said = ""
    kind = str(reader.param(node, "order_type"))
    if kind != "market":
        price = reader.inputs(node, "price")
        at = price[0] if price else "the close"
        if reader.graph.edges_into(node.id, "distance"):
            multiple = reader.number(node, "offset_multiple")
            away = f"{multiple} x {reader.input(node, 'distance')} from {at}"
        else:
            away = f"{reader.number(node, 'offset_percent')} % from {at}"
        said += f", by a {kind.replace('_', '-')} order {away}"
        wait = reader.param(node, "expiry_bars")
        said += f" that waits {bars(wait)}" if wait else " that waits until it is cancelled"
    most = reader.param(node, "max_entries")
    said += f", up to {number(most)} times" if most != 1 else ""
    priority = reader.param(node, "priority")
    return said + (f", priority {number(priority)}" if priority != 1 else "")


def _default_size(graph: StrategyGraph) -> str:
    return f"{number(graph.backtest.sizing_percent)} % of equity"


def _exit(side: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        percent = reader.param(node, "percent")
        part = "" if percent == 100 else f"{number(percent)} % of "
        mine = whose(reader, node)
        return f"exit {part}{side}{f' (opened by {mine})' if mine else ''} when " + reader.input(
            node, "when"
        )

    return phrase


def whose(reader: Reader, node: Node) -> str:
    """The entries connected to an exit or guard, by their names; empty if none is, or all are."""
    ids = {edge.source_node for edge in reader.graph.edges_into(node.id, "entry")}
    entries = [n for n in reader.graph.nodes if n.kind.startswith(("action.enter", "action.rev"))]
    if ids >= {entry.id for entry in entries}:
        return ""
    return " and ".join(entry.label or entry.id for entry in entries if entry.id in ids)


def _reverse(reader: Reader, node: Node) -> str:
    size = reader.inputs(node, "size")
    amount = size[0] if size else _default_size(reader.graph)
    return f"turn an open position round when {reader.input(node, 'when')}, with {amount}"


def _choice(reader: Reader, node: Node) -> str:
    mode = str(reader.param(node, "mode"))
    if mode == "vote":
        return f"of several entries, enter a side when {reader.number(node, 'votes')} or more agree"
    if mode == "weight":
        return (
            "of several entries, enter the side whose weights exceed the other's by "
            f"{reader.number(node, 'threshold')} or more"
        )
    if mode == "priority":
        return (
            "of several entries, take the one with the lowest priority number; it may also turn "
            "a position with a higher one"
        )
    return "of several entries, take the one with the lowest priority number"


def _size(text: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        params = KINDS[node.kind].params
        values = {param.name: reader.number(node, param.name) for param in params}
        inputs = {port.name: reader.input(node, port.name) for port in KINDS[node.kind].inputs}
        return text.format(**values, **inputs)

    return phrase


PHRASES = Phrases(
    {
        "action.enter_long": _enter("long"),
        "action.enter_short": _enter("short"),
        "action.exit_long": _exit("long"),
        "action.exit_short": _exit("short"),
        "action.reverse": _reverse,
        "action.choice": _choice,
        "sizing.fixed_shares": _size("{shares} shares"),
        "sizing.fixed_cash": _size("{cash} in cash"),
        "sizing.percent_of_equity": _size("{percent} % of equity"),
        "sizing.risk": _size("{percent} % of equity at risk (at most {max_percent} % invested)"),
        "sizing.atr_risk": _size(
            "{percent} % of equity at risk over {multiple} x {distance} "
            "(at most {max_percent} % invested)"
        ),
        "sizing.volatility_target": _size(
            "a volatility of {target} % a year (over {period} bars, at most {max_percent} % "
            "invested)"
        ),
        "sizing.kelly": _size(
            "{fraction} of Kelly's share over {trades} trades (at most {max_percent} % of equity)"
        ),
        "sizing.confidence": _size("{percent} % of equity times {confidence}"),
    }
)
