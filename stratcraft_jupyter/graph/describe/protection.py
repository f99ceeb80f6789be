"""What stops, targets and time limits say."""

from stratcraft_jupyter.graph.describe.reader import Phrases, Reader
from stratcraft_jupyter.graph.describe.scope import limited, protected
from stratcraft_jupyter.graph.describe.words import bars, number
from stratcraft_jupyter.graph.document import Node


def _away(reader: Reader, node: Node, prefix: str = "", *, is_fixed: bool = False) -> str:
    """A distance: ``5 %`` or ``2 x ATR(14)``, which may be fixed when the entry is decided."""
    if reader.graph.edges_into(node.id, "distance"):
        multiple = reader.number(node, f"{prefix}multiple")
        fixed = ", taken at the signal," if is_fixed else ""
        return f"{multiple} x {reader.input(node, 'distance')}{fixed}"
    return f"{reader.number(node, f'{prefix}percent')} %"


def _stop_loss(reader: Reader, node: Node) -> str:
    away = _away(reader, node, is_fixed=True)
    return f"protect {protected(reader, node)} with a stop loss {away} from the entry price"


def _trailing_stop(reader: Reader, node: Node) -> str:
    is_extreme = reader.param(node, "anchor") == "extreme"
    anchor = "best price since the entry" if is_extreme else "close"
    away = _away(reader, node)
    return f"protect {protected(reader, node)} with a trailing stop {away} from the {anchor}"


def _break_even(reader: Reader, node: Node) -> str:
    offset = reader.param(node, "offset_percent")
    to = f"{number(offset)} % better than the entry price" if offset else "the entry price"
    ahead = _away(reader, node, "trigger_")
    return f"move the stop of {protected(reader, node)} to {to} once they are {ahead} ahead"


def _take_profit(reader: Reader, node: Node) -> str:
    away = _away(reader, node, is_fixed=True)
    return f"take the profit of {protected(reader, node)} {away} from the entry price"


def _bracket(reader: Reader, node: Node) -> str:
    stop = _away(reader, node, "stop_", is_fixed=True)
    target = _away(reader, node, "target_", is_fixed=True)
    return (
        f"protect {protected(reader, node)} with a stop {stop} and a target {target} from the "
        "entry price"
    )


def _time_limit(reader: Reader, node: Node) -> str:
    limit, unit = reader.param(node, "limit"), reader.number(node, "unit")
    hours = "one hour" if limit == 1 else f"{number(limit)} hours"
    held = bars(limit) if unit == "bars" else hours
    decay = {"linear": "linearly", "exponential": "exponentially"}
    how = decay.get(reader.number(node, "decay"))
    shrinking = f", shrinking {how} until then" if how else ""
    if mine := limited(reader, node):
        return f"close positions{mine} once they have been held for {held}{shrinking}"
    return f"close every position once it has been held for {held}{shrinking}"


PHRASES = Phrases(
    {
        "risk.stop_loss": _stop_loss,
        "risk.trailing_stop": _trailing_stop,
        "risk.break_even": _break_even,
        "risk.take_profit": _take_profit,
        "risk.bracket": _bracket,
        "risk.time_limit": _time_limit,
    }
)
