"""What risk says: stops, targets, guards and limits."""

from stratcraft_jupyter.graph.describe.actions import whose
from stratcraft_jupyter.graph.describe.reader import GAP, Phrase, Phrases, Reader, bars, number
from stratcraft_jupyter.graph.document import Node


def _away(reader: Reader, node: Node, prefix: str = "") -> str:
    """A distance: ``5 %`` or ``2 x ATR(14)``."""
    if reader.graph.edges_into(node.id, "distance"):
        multiple = reader.number(node, f"{prefix}multiple")
        return f"{multiple} x {reader.input(node, 'distance')}"
    return f"{reader.number(node, f'{prefix}percent')} %"


def _who(reader: Reader, node: Node) -> str:
    """Whose positions are protected: ``long and short positions``."""
    kinds = [
        reader.graph.node(edge.source_node).kind
        for edge in reader.graph.edges_into(node.id, "entry")
    ]
    sides = {side for kind in kinds for side in ("long", "short") if kind.endswith(side)}
    if "action.reverse" in kinds:
        sides = {"long", "short"}
    return f"{' and '.join(sorted(sides))} positions" if sides else GAP


def _stop_loss(reader: Reader, node: Node) -> str:
    return f"protect {_who(reader, node)} with a stop loss {_away(reader, node)} away"


def _trailing_stop(reader: Reader, node: Node) -> str:
    peak = " from the best price" if reader.param(node, "anchor") == "extreme" else ""
    return f"protect {_who(reader, node)} with a trailing stop {_away(reader, node)} away{peak}"


def _break_even(reader: Reader, node: Node) -> str:
    offset = reader.param(node, "offset_percent")
    to = f"the entry price plus {number(offset)} %" if offset else "the entry price"
    ahead = _away(reader, node, "trigger_")
    return f"move the stop of {_who(reader, node)} to {to} once they are {ahead} ahead"


def _take_profit(reader: Reader, node: Node) -> str:
    return f"take the profit of {_who(reader, node)} {_away(reader, node)} away"


def _bracket(reader: Reader, node: Node) -> str:
    stop, target = _away(reader, node, "stop_"), _away(reader, node, "target_")
    return f"protect {_who(reader, node)} with a stop {stop} and a target {target} away"


def _time_limit(reader: Reader, node: Node) -> str:
    limit, unit = reader.param(node, "limit"), str(reader.param(node, "unit"))
    held = bars(limit) if unit == "bars" else f"{number(limit)} hours"
    decay = str(reader.param(node, "decay"))
    shrinking = "" if decay == "none" else f", shrinking it until then ({decay})"
    mine = whose(reader, node)
    return f"close a position{f' of {mine}' if mine else ''} after {held}{shrinking}"


def _then(reader: Reader, node: Node) -> str:
    action = str(reader.param(node, "action"))
    if action == "reduce":
        return f"reduce the position to {reader.number(node, 'reduce_to')} %"
    return "allow no entry" if action == "halt" else "close the position"


def _circuit_breaker(reader: Reader, node: Node) -> str:
    scope = "position" if reader.param(node, "scope") == "position" else "portfolio"
    loss, wait = reader.number(node, "trigger_percent"), reader.param(node, "cooldown_bars")
    return f"when the {scope} has lost {loss} %, {_then(reader, node)} and wait {bars(wait)}"


def _drawdown_limit(reader: Reader, node: Node) -> str:
    wait = reader.param(node, "recovery_bars")
    until = f"for {bars(wait)}" if wait else "for the rest of the run"
    percent = reader.number(node, "percent")
    return f"when equity is {percent} % below its peak, {_then(reader, node)}; no entry {until}"


def _safety_stop(reader: Reader, node: Node) -> str:
    loss = reader.number(node, "max_loss_percent")
    return f"when {loss} % of the cash at the start is lost, close everything and stop trading"


def _regime_exit(reader: Reader, node: Node) -> str:
    again = " for good" if reader.param(node, "recovery") == "manual" else ""
    action = _then(reader, node)
    also = "" if action == "allow no entry" else " and allow no entry"
    return f"while {reader.input(node, 'regime')} is not so, {action}{also}{again}"


def _indicator_guard(reader: Reader, node: Node) -> str:
    side = str(reader.param(node, "side"))
    which = "" if side == "both" else f"{side} "
    action = _then(reader, node).replace("the position", f"the {which}position")
    return f"while {reader.input(node, 'when')}, {action} and allow no {which}entry"


def _cooldown(reader: Reader, node: Node) -> str:
    after = "an exit" if reader.param(node, "after") == "any exit" else "a losing trade"
    return f"after {after}, allow no entry for {bars(reader.param(node, 'bars'))}"


def _max_trades(reader: Reader, node: Node) -> str:
    count, per = reader.param(node, "count"), reader.param(node, "per")
    return f"enter at most {'once' if count == 1 else f'{number(count)} times'} a {per}"


def _text(text: str, *names: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        return text.format(*(reader.number(node, name) for name in names))

    return phrase


PHRASES = Phrases(
    {
        "risk.stop_loss": _stop_loss,
        "risk.trailing_stop": _trailing_stop,
        "risk.break_even": _break_even,
        "risk.take_profit": _take_profit,
        "risk.bracket": _bracket,
        "risk.time_limit": _time_limit,
        "risk.circuit_breaker": _circuit_breaker,
        "risk.drawdown_limit": _drawdown_limit,
        "risk.safety_stop": _safety_stop,
        "risk.regime_exit": _regime_exit,
        "risk.indicator_guard": _indicator_guard,
        "risk.cooldown": _cooldown,
        "risk.max_trades": _max_trades,
        "risk.max_open_risk": _text(
            "allow no entry that puts more than {} % of equity at risk", "percent"
        ),
        "risk.exposure_limit": _text("hold no more than {} % of equity", "percent"),
        "risk.entry_hours": _text("enter only from {} to {}", "from_time", "until_time"),
    }
)
