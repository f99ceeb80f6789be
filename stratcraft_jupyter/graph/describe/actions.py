"""What entries, exits, and the choice among entries say."""

from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader
from stratcraft_jupyter.graph.describe.scope import called, limited
from stratcraft_jupyter.graph.describe.words import bare, bars, bars_after, number
from stratcraft_jupyter.graph.document import Node

_ENTRIES = ("action.enter_long", "action.enter_short", "action.reverse")


def _enter(side: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        said = f"enter {side}{called(reader, node)} when {_conditions(reader, node)}"
        return f"{said}{_how(reader, node, side)}{_rank(reader, node)}{_size(reader, node)}"

    return phrase


def _how(reader: Reader, node: Node, side: str) -> str:
    """The kind of order, and how often in one position."""
    most = reader.param(node, "max_entries")
    often = f", up to {number(most)} times in one position" if most != 1 else ""
    return f"{_order(reader, node, side)}{often}"


def entry_words(reader: Reader, node: Node) -> str:
    """An entry by its name and side, with its own settings alone."""
    title, side = reader.title(node), node.kind.removeprefix("action.enter_")
    is_reverse = side == node.kind
    does = "turn an open position round" if is_reverse else f"enter {side}"
    is_told = not is_reverse and (node.label or does).lower() == does
    said = title if is_told or not (node.label or is_reverse) else f"{title}: {does}"
    how = "" if is_reverse else _how(reader, node, side)
    priorities = {reader.param(item, "priority") for item in reader.of_kind(*_ENTRIES)}
    first = ", priority 1" if len(priorities) > 1 and reader.param(node, "priority") == 1 else ""
    return f"{said}{how}{first}{_rank(reader, node)}"


def _conditions(reader: Reader, node: Node) -> str:
    when = reader.input(node, "when")
    filters, regimes = reader.inputs(node, "filter"), reader.inputs(node, "regime")
    confirmations = reader.inputs(node, "confirm")
    said = " and ".join([when, *filters]) if filters or regimes or confirmations else bare(when)
    for phrase in regimes:
        said += f" while {bare(phrase)}"
    for phrase in confirmations:
        setup = f"({said})" if filters or regimes else said
        said = f"{confirmation(reader, node, phrase)} {setup}"
    return said


def confirmation(reader: Reader, node: Node, phrase: str) -> str:
    """What confirms an entry, with the bars in which it may."""
    return f"{phrase}, {bars_after(reader.param(node, 'confirm_bars'))}"


def _order(reader: Reader, node: Node, side: str) -> str:
    """What is said of an order that waits for its price."""
    kind = reader.number(node, "order_type")
    if kind == "market":
        return ""
    price = reader.inputs(node, "price")
    anchor = price[0] if price else "the close"
    beyond, back = ("above", "below") if side == "long" else ("below", "above")
    towards = back if kind == "limit" else beyond
    if reader.graph.edges_into(node.id, "distance"):
        multiple = reader.number(node, "offset_multiple")
        at = f"{multiple} x {reader.input(node, 'distance')} {towards} {anchor}"
    else:
        offset = reader.number(node, "offset_percent")
        at = f"at {anchor}" if offset == "0" else f"{offset} % {towards} {anchor}"
    limit = ""
    if kind == "stop_limit":
        limit = f", its limit {reader.number(node, 'limit_percent')} % {beyond} that"
    wait = reader.param(node, "expiry_bars")
    until = f"good for {bars(wait)}" if wait else "good until cancelled"
    return f", by a {kind.replace('_', '-')} order {at}{limit}, {until}"


def _rank(reader: Reader, node: Node) -> str:
    """What counts when several entries are true."""
    priority, weight = reader.param(node, "priority"), reader.number(node, "weight")
    said = f", priority {number(priority)}" if priority != 1 else ""
    return f"{said}, weight {weight}" if "weight" in _modes(reader) else said


def _modes(reader: Reader) -> set[str]:
    return {reader.number(node, "mode") for node in reader.of_kind("action.choice")}


def _size(reader: Reader, node: Node) -> str:
    return f", with {next(iter(reader.inputs(node, 'size')), default_size(reader))}"


def default_size(reader: Reader) -> str:
    """What an entry buys that has no size of its own."""
    return f"{number(reader.graph.backtest.sizing_percent)} % of equity"


def _exit(side: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        percent, mine = reader.param(node, "percent"), limited(reader, node, side)
        what = f"{side} positions{mine}" if mine else side
        if percent != 100:
            what = f"{number(percent)} % of {side if mine else 'the ' + side} position"
            what += f"s{mine}" if mine else ""
        return f"exit {what} when {bare(reader.input(node, 'when'))}"

    return phrase


def _reverse(reader: Reader, node: Node) -> str:
    when = bare(reader.input(node, "when"))
    said = f"turn an open position round{called(reader, node)} when {when}"
    return f"{said}{_rank(reader, node)}{_size(reader, node)}"


FIRST_MATCH = (
    "of several true entries, take the one with the lowest priority number, long before short "
    "among equals"
)


def _choice(reader: Reader, node: Node) -> str:
    match reader.number(node, "mode"):
        case "vote":
            votes = reader.number(node, "votes")
            return f"enter a side only when at least {votes} of its entries are true; {FIRST_MATCH}"
        case "weight":
            threshold = reader.number(node, "threshold")
            return (
                "enter a side only when the weights of its true entries exceed those of the other "
                f"side's by {threshold} or more; {FIRST_MATCH}"
            )
        case "priority":
            return (
                f"{FIRST_MATCH}; it also turns a position of the other side that an entry with a "
                "higher number opened"
            )
    return FIRST_MATCH


PHRASES = Phrases(
    {
        "action.enter_long": _enter("long"),
        "action.enter_short": _enter("short"),
        "action.exit_long": _exit("long"),
        "action.exit_short": _exit("short"),
        "action.reverse": _reverse,
        "action.choice": _choice,
    }
)
