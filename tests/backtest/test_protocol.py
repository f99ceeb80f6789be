"""Messages between the processes: what was packed comes out, and nothing else does."""

import io
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.backtest.messages import BarsDone, read_message
from stratcraft_jupyter.backtest.protocol import ProtocolError, pack, unpack

LIMITS = {"max_header": 10_000, "max_blob": 10_000}


def packed(header, **arrays) -> bytes:
    views = {name: np.array(values).data for name, values in arrays.items()}
    return b"".join(bytes(piece) for piece in pack(header, views))


class Dribble(io.BytesIO):
    """Gives a few bytes at a time, as a pipe may."""

    def readinto(self, buffer):
        return super().readinto(buffer[:3])


@given(
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=4),
    st.lists(st.floats(allow_nan=False), max_size=9),
)
def test_a_message_comes_out_as_it_went_in(header, values):
    header = {name: value for name, value in header.items() if name != "arrays"}
    data = packed(header, a=np.array(values, dtype=float), b=np.arange(3))
    read = Dribble(data * 2).readinto
    for _ in range(2):
        found, arrays = unpack(read, **LIMITS)
        assert found == header
        assert np.frombuffer(arrays["a"], dtype=float).tolist() == values
        assert np.frombuffer(arrays["b"], dtype=int).tolist() == [0, 1, 2]
    assert unpack(read, **LIMITS) is None


@pytest.mark.parametrize(
    "data",
    [
        b"S",
        b"nonsense that is long enough",
        packed({"a": 1})[:-1],
        struct.pack("<4sIQ", b"SCB1", 20_000, 0) + bytes(20_000),
        struct.pack("<4sIQ", b"SCB1", 2, 2**40) + b"{}",
        struct.pack("<4sIQ", b"SCB1", 2, 0) + b"[]",
        struct.pack("<4sIQ", b"SCB1", 2, 0) + b"{}",
        struct.pack("<4sIQ", b"SCB1", 2, 0) + b"\xff\xff",
        struct.pack("<4sIQ", b"SCB1", 17, 0) + b'{"arrays": {"a":1}}'[:17],
        struct.pack("<4sIQ", b"SCB1", 20, 0) + b'{"arrays": {"a":-1}}',
        struct.pack("<4sIQ", b"SCB1", 18, 8) + b'{"arrays": {"a":2}}'[:18] + bytes(8),
        struct.pack("<4sIQ", b"SCB1", 9_000, 0) + b"[" * 9_000,
    ],
)
def test_anything_else_is_refused(data):
    with pytest.raises(ProtocolError):
        unpack(io.BytesIO(data).readinto, **LIMITS)


GOOD = {"type": "progress", "nonce": "n", "bars": 3}


def test_a_known_message_is_read():
    assert read_message((GOOD, {}), "n") == BarsDone(**GOOD)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "other"},
        {"bars": -1},
        {"bars": 1.5},
        {"bars": "3"},
        {"bars": True},
        {"bars": 10**400},
        {"extra": 1},
        {"nonce": "another"},
        {"nonce": None},
        {"type": ["progress"]},
    ],
)
def test_a_message_that_is_off_is_refused(changes):
    with pytest.raises(ProtocolError):
        read_message(({**GOOD, **changes}, {}), "n")


def test_only_a_result_comes_with_arrays():
    with pytest.raises(ProtocolError):
        read_message((GOOD, {"bar": memoryview(bytes(8))}), "n")
