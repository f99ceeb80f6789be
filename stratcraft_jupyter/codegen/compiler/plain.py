"""The plain case: at most one entry of each side, at the market, with stops and exits."""

from dataclasses import replace

from stratcraft_jupyter.codegen.compiler.context import NodeContext
from stratcraft_jupyter.codegen.compiler.layout import chain
from stratcraft_jupyter.codegen.compiler.orders import Side
from stratcraft_jupyter.codegen.compiler.stops import Stop, Stops
from stratcraft_jupyter.codegen.compiler.trading.model import Entry, Rules

_PLAIN_STOPS = {"risk.stop_loss", "risk.trailing_stop"}


def is_plain(rules: Rules) -> bool:
    """Whether the short form of the code holds all that trades."""
    if rules.guards or rules.limits or rules.time_limits or rules.choice or rules.parts.needs:
        return False
    if any(rules.tracks(side) for side in rules.sides()):
        return False
    if [entry.side for entry in rules.entries] == ["short", "long"]:
        return False  # the short form looks at the long side first
    if any(item.is_partial or rules.owned(item.side, item.owners) for item in rules.exits):
        return False
    return all(_is_plain_entry(entry) for entry in rules.entries)


def _is_plain_entry(entry: Entry) -> bool:
    if entry.turns or entry.is_confirmed or entry.adds or entry.rests or entry.sizing.uses_results:
        return False
    return all(
        node.kind.name in _PLAIN_STOPS
        and (node.kind.name == "risk.stop_loss" or node.value("anchor") == "close")
        for node in entry.protection
    )


def plain_sides(rules: Rules) -> tuple[Side | None, Side | None]:
    """The long and the short side."""
    long, short = (_side(rules, name) for name in ("long", "short"))
    if long and short and long.sizing != short.sizing:
        return (
            replace(long, sizing=replace(long.sizing, method="long_size")),
            replace(short, sizing=replace(short.sizing, method="short_size")),
        )
    return long, short


def _side(rules: Rules, name: str) -> Side | None:
    if name not in rules.sides():
        return None
    (entry,) = rules.of_side(name)
    exits = [item for item in rules.exits if item.side == name]
    return Side(
        name,
        entry.ready,
        rules.comment(entry.node),
        tuple(item.signal for item in exits),
        tuple(rules.comment(item.node) for item in exits),
        _stops(rules, entry),
        entry.sizing,
    )


def _stops(rules: Rules, entry: Entry) -> Stops:
    return Stops(
        tuple(_stop(node) for node in entry.protection),
        tuple(rules.comment(node) for node in entry.protection),
    )


def _stop(node: NodeContext) -> Stop:
    trails = node.kind.name == "risk.trailing_stop"
    if node.is_connected("distance"):
        distance = chain(node.param("multiple"), "*", node.input("distance").now)
        return Stop(trails, distance=distance)
    return Stop(trails, percent=node.param("percent"))
