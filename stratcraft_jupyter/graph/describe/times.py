"""What conditions on the clock and the calendar say."""

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader
from stratcraft_jupyter.graph.document import Node


def hours(reader: Reader, node: Node) -> str:
    """The hours between two parameters: from 10:00 until before 15:30."""
    start, end = reader.number(node, "from_time"), reader.number(node, "until_time")
    return f"from {start} until before {end}{' the next day' if end <= start else ''}"


def _time_of_day(reader: Reader, node: Node) -> str:
    return f"the time is {hours(reader, node)}{reader.of_bars(node, 'on')}"


def _chosen(what: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        titles = [
            param.title for param in KINDS[node.kind].params if reader.param(node, param.name)
        ]
        where = reader.of_bars(node, "on")
        if len(titles) == len(KINDS[node.kind].params):
            return f"it is any {what}{where}"
        chosen = f"one of {', '.join(titles)}" if len(titles) > 1 else "".join(titles)
        return f"it is {chosen or f'no {what} at all'}{where}"

    return phrase


def _first(reader: Reader, node: Node) -> str:
    return f"it is the first bar of the day{reader.of_bars(node, 'on')}"


def _last(reader: Reader, node: Node) -> str:
    at = reader.number(node, "at_time")
    return f"it is the first bar of the day at or after {at}{reader.of_bars(node, 'on')}"


PHRASES = Phrases(
    {
        "condition.time_of_day": _time_of_day,
        "condition.weekday": _chosen("day of the week"),
        "condition.month": _chosen("month"),
        "condition.first_bar_of_day": _first,
        "condition.last_bar_of_day": _last,
    }
)
