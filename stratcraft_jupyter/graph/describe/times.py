"""What conditions on the clock and the calendar say."""

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader
from stratcraft_jupyter.graph.document import Node


def _time_of_day(reader: Reader, node: Node) -> str:
    start, end = reader.param(node, "from_time"), reader.param(node, "until_time")
    return f"the time is from {start} until before {end}"


def _chosen(what: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        titles = [
            param.title for param in KINDS[node.kind].params if reader.param(node, param.name)
        ]
        if len(titles) == len(KINDS[node.kind].params):
            return f"the {what} is any"
        *others, last = titles or ["never"]
        return f"the {what} is {' or '.join([', '.join(others), last] if others else [last])}"

    return phrase


def _first(reader: Reader, node: Node) -> str:
    return "it is the first bar of the day"


def _last(reader: Reader, node: Node) -> str:
    return f"it is the first bar of the day at or after {reader.param(node, 'at_time')}"


PHRASES = Phrases(
    {
        "condition.time_of_day": _time_of_day,
        "condition.weekday": _chosen("weekday"),
        "condition.month": _chosen("month"),
        "condition.first_bar_of_day": _first,
        "condition.last_bar_of_day": _last,
    }
)
