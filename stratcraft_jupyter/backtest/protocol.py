"""Messages between us and the process that runs a strategy: a JSON header and raw arrays.

Used on both sides, so it imports nothing heavy. Nothing is pickled, and the reader decides how
much it is ready to take.
"""

import json
import struct
from collections.abc import Callable, Mapping
from typing import Any

_PREFIX = struct.Struct("<4sIQ")
_MAGIC = b"SCB1"
_ITEM_BYTES = 8

Frame = tuple[dict[str, Any], dict[str, memoryview]]


class ProtocolError(Exception):
    """A message that is not one of ours, or longer than allowed."""


def pack(header: Mapping[str, Any], arrays: Mapping[str, memoryview]) -> list[bytes | memoryview]:
    """The pieces of one message, to be written one after the other.

    Args:
        header: JSON-ready data.
        arrays: Named buffers of 8-byte items, in native byte order.
    """
    listed = {name: view.nbytes // _ITEM_BYTES for name, view in arrays.items()}
    text = json.dumps({**header, "arrays": listed}).encode()
    blob = sum(view.nbytes for view in arrays.values())
    prefix = _PREFIX.pack(_MAGIC, len(text), blob)
    return [prefix + text, *(view.cast("B") for view in arrays.values() if view.nbytes)]


def unpack(
    read_into: Callable[[memoryview], int], *, max_header: int, max_blob: int
) -> Frame | None:
    """The next message, or None at the end of the stream.

    Args:
        read_into: Fills a part of the buffer it is given; returns how many bytes, 0 at the end.
        max_header: Most bytes of JSON to take.
        max_blob: Most bytes of arrays to take.

    Raises:
        ProtocolError: If the stream does not hold a message within these limits.
    """
    prefix = _read(read_into, _PREFIX.size, end_allowed=True)
    if prefix is None:
        return None
    magic, header_size, blob_size = _PREFIX.unpack(prefix)
    if magic != _MAGIC or header_size > max_header or blob_size > max_blob:
        raise ProtocolError("a message with a wrong start or size")
    text = _read(read_into, header_size)
    blob = _read(read_into, blob_size)
    try:
        header = json.loads(bytes(text or b""))
    except (ValueError, RecursionError) as error:
        raise ProtocolError("a message that is not JSON") from error
    if not isinstance(header, dict):
        raise ProtocolError("a message that is not a JSON object")
    return header, _split(header.pop("arrays", None), blob or memoryview(b""))


def _split(listed: object, blob: memoryview) -> dict[str, memoryview]:
    if not isinstance(listed, dict):
        raise ProtocolError("a message without a list of arrays")
    arrays, offset = {}, 0
    for name, count in listed.items():
        if type(count) is not int or count < 0:
            raise ProtocolError("an array with a wrong length")
        end = offset + count * _ITEM_BYTES
        arrays[name], offset = blob[offset:end], end
    if offset != len(blob):
        raise ProtocolError("arrays that do not fill the message")
    return arrays


def _read(
    read_into: Callable[[memoryview], int], size: int, *, end_allowed: bool = False
) -> memoryview | None:
    view = memoryview(bytearray(size))
    done = 0
    while done < size:
        count = read_into(view[done:])
        if not count:
            if end_allowed and done == 0:
                return None
            raise ProtocolError("a message that breaks off")
        done += count
    return view
