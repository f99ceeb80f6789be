"""What guards, and limits on new entries, say."""

from stratcraft_jupyter.graph.catalog.base import Value
from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader
from stratcraft_jupyter.graph.describe.times import hours
from stratcraft_jupyter.graph.describe.words import bare, bars, number
from stratcraft_jupyter.graph.document import Node


def _act(reader: Reader, node: Node, what: str = "the position") -> str:
    """What a guard does to an open position; nothing when it only halts."""
    match reader.number(node, "action"):
        case "reduce":
            return f"reduce {what} to {reader.number(node, 'reduce_to')} %"
        case "halt":
            return ""
    return f"close {what}"


def _and(action: str, more: str) -> str:
    return f"{action} and {more}" if action else more


def _next(wait: Value) -> str:
    return f"for the next {'bar' if wait == 1 else bars(wait)}"


def _circuit_breaker(reader: Reader, node: Node) -> str:
    percent, wait = reader.number(node, "trigger_percent"), reader.param(node, "cooldown_bars")
    is_position = reader.param(node, "scope") == "position"
    lost = "the position has lost" if is_position else "equity has lost"
    since = "" if is_position else " since the start or the last such wait"
    until = _next(wait) if wait else "on that close"
    then = _and(_act(reader, node), f"allow no entry {until}")
    return f"when {lost} {percent} % or more{since}, {then}"


def _drawdown_limit(reader: Reader, node: Node) -> str:
    percent, wait = reader.number(node, "percent"), reader.param(node, "recovery_bars")
    until = _next(wait) if wait else "for the rest of the run"
    then = _and(_act(reader, node), f"allow no entry {until}")
    return f"when equity is {percent} % or more below its peak, {then}"


def _safety_stop(reader: Reader, node: Node) -> str:
    loss = reader.number(node, "max_loss_percent")
    return (
        f"when equity is {loss} % or more below the cash at the start, close the position and stop "
        "trading"
    )


def _once(reader: Reader, node: Node) -> str:
    return " when that begins" if reader.param(node, "action") == "reduce" else ""


def _regime_exit(reader: Reader, node: Node) -> str:
    action = _act(reader, node)
    act = f" and {action}{_once(reader, node)}" if action else ""
    is_manual = reader.param(node, "recovery") == "manual"
    good = "; once it ends with a position open, it counts as ended for good" if is_manual else ""
    regime = bare(reader.input(node, "regime"))
    return f"enter only while {regime}; otherwise allow no entry{act}{good}"


def _indicator_guard(reader: Reader, node: Node) -> str:
    side = reader.number(node, "side")
    which = "" if side == "both" else f"{side} "
    action = _act(reader, node, f"the {which}position")
    then = f"allow no {which}entry and {action}{_once(reader, node)}"
    return f"while {bare(reader.input(node, 'when'))}, {then}"


def _cooldown(reader: Reader, node: Node) -> str:
    after = "an exit" if reader.param(node, "after") == "any exit" else "a losing trade"
    return f"after {after}, allow no entry for {bars(reader.param(node, 'bars'))}"


def _max_trades(reader: Reader, node: Node) -> str:
    count, per = reader.param(node, "count"), reader.number(node, "per")
    return f"enter at most {'once' if count == 1 else f'{number(count)} times'} a {per}"


def _entry_hours(reader: Reader, node: Node) -> str:
    start, end = reader.number(node, "from_time"), reader.number(node, "until_time")
    if start == end:
        return f"never enter, as there is no time from {start} until before {end}"
    return f"enter only {hours(reader, node)}"


def _percent(text: str) -> Phrase:
    return lambda reader, node: text.format(reader.number(node, "percent"))


PHRASES = Phrases(
    {
        "risk.circuit_breaker": _circuit_breaker,
        "risk.drawdown_limit": _drawdown_limit,
        "risk.safety_stop": _safety_stop,
        "risk.regime_exit": _regime_exit,
        "risk.indicator_guard": _indicator_guard,
        "risk.cooldown": _cooldown,
        "risk.max_trades": _max_trades,
        "risk.max_open_risk": _percent(
            "allow no entry with which the stops would lose more than {} % of equity"
        ),
        "risk.exposure_limit": _percent(
            "keep entries so small that the position is worth at most {} % of equity"
        ),
        "risk.entry_hours": _entry_hours,
    }
)
