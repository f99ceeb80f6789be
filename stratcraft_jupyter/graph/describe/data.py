"""What data says: the bars go by the names of their prices."""

from stratcraft_jupyter.graph.describe.reader import Phrases, Reader
from stratcraft_jupyter.graph.describe.words import visible
from stratcraft_jupyter.graph.document import Node

_EVERY = {
    "1m": "1-minute",
    "5m": "5-minute",
    "15m": "15-minute",
    "30m": "30-minute",
    "1h": "hourly",
    "2h": "2-hour",
    "4h": "4-hour",
    "1d": "daily",
    "1w": "weekly",
    "1M": "monthly",
}


def _bars(reader: Reader, node: Node) -> str:
    return "the bars"


def _price(reader: Reader, node: Node, port: str) -> str:
    return port


def _every(reader: Reader, node: Node) -> str:
    timeframe = reader.number(node, "timeframe")
    return _EVERY.get(timeframe, timeframe)


def _timeframe(reader: Reader, node: Node) -> str:
    return f"{_every(reader, node)} bars"


def _timeframe_price(reader: Reader, node: Node, port: str) -> str:
    owner = next(iter(reader.inputs(node, "bars")), "bars")
    text = f"{_every(reader, node)} {port}"
    return text if owner == "bars" else f"{text} of {owner.removeprefix('bars of ')}"


def _symbol_name(reader: Reader, node: Node) -> str:
    return visible(str(reader.param(node, "symbol"))) or "an unnamed symbol"


def _symbol(reader: Reader, node: Node) -> str:
    return f"the bars of {_symbol_name(reader, node)}"


def _symbol_price(reader: Reader, node: Node, port: str) -> str:
    return f"{port} of {_symbol_name(reader, node)}"


_POSITION = {
    "is_open": "a position is open",
    "is_long": "a long position is open",
    "is_short": "a short position is open",
    "bars": "bars held",
    "profit": "profit of the position in %",
    "gain": "gain of the position",
}


def _position(reader: Reader, node: Node) -> str:
    return "the position"


def _position_output(reader: Reader, node: Node, port: str) -> str:
    return _POSITION.get(port, port)


PHRASES = Phrases(
    nodes={
        "data.bars": _bars,
        "data.timeframe": _timeframe,
        "data.symbol": _symbol,
        "data.position": _position,
    },
    outputs={
        "data.bars": _price,
        "data.timeframe": _timeframe_price,
        "data.symbol": _symbol_price,
        "data.position": _position_output,
    },
)
