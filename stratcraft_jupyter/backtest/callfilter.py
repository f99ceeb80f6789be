"""A list of the system calls a process may still make, held by the Linux kernel (seccomp).

Whatever is not on the list fails with EPERM: sockets, new processes and threads, other programs,
writing and changing files, limits, signals and memory of other processes, clocks, mounts.
See https://docs.kernel.org/userspace-api/seccomp_filter.html for the numbers used here.
"""

import ctypes
import errno
import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from stratcraft_jupyter.backtest import linux
from stratcraft_jupyter.backtest.callnumbers import (
    MACHINES,
    NEWEST,
    looked_at_calls,
    plain_calls,
)

ALLOW = 0x7FFF0000
_ERROR = 0x00050000
REFUSE, UNKNOWN = _ERROR | errno.EPERM, _ERROR | errno.ENOSYS

_SET_FILTER = 1
# All threads at once; and older kernels need not slow the process down, which has no secrets.
_FLAGS = 1 << 0 | 1 << 2
# Instructions: load a word of the call, jump if equal, above, at least or with common bits, return.
LOAD, EQUAL, ABOVE, AT_LEAST, COMMON, RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_OTHER_ABI = 0x40000000
_SIZE = 8

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# What is asked about terminals, whether a descriptor survives a program, and how much waits in it.
_IOCTL = (0x5401, 0x5413, 0x5450, 0x5451, 0x5421, 0x541B)
# Copies and flags of a descriptor, the size of a pipe; no owner for signals, no locks.
_FCNTL = (0, 1, 2, 3, 4, 1030, 1032)
# Names of threads and memory, and questions; nothing that would outlast or undo a limit.
_PRCTL = (3, 15, 16, 21, 23, 38, 39, 0x53564D41)


class Instruction(NamedTuple):
    """One step of the filter; the jumps count the steps that are left out.

    Attributes:
        code: What to do.
        if_true: Jump if the comparison holds.
        if_false: Jump if it does not.
        value: What to compare with, load or return.
    """

    code: int
    if_true: int
    if_false: int
    value: int


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def install() -> bool:
    """Bind all threads of this process to the list, for good; whether that is in force.

    The process must have given up new privileges before.
    """
    code = prepare()
    if not code:
        return False
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // _SIZE, ctypes.cast(buffer, ctypes.c_void_p))
    return linux.named_call("seccomp", _SET_FILTER, _FLAGS, ctypes.byref(program)) == 0


@cache
def prepare() -> bytes:
    """The filter for this process as the kernel takes it; empty on a machine it is not for."""
    machine = linux.machine()
    if not machine:
        return b""
    return b"".join(
        step.code.to_bytes(2, "little")
        + bytes((step.if_true, step.if_false))
        + step.value.to_bytes(4, "little")
        for step in filter_program(machine, os.getpid())
    )


def filter_program(machine: str, process: int) -> list[Instruction]:
    """The filter for a machine; ``process`` is the one that may be sent signals."""
    steps = [
        Instruction(LOAD, 0, 0, _ARCHITECTURE),
        Instruction(EQUAL, 1, 0, MACHINES[machine]),
        _end(REFUSE),
        Instruction(LOAD, 0, 0, _NUMBER),
        Instruction(AT_LEAST, 0, 1, _OTHER_ABI),
        _end(REFUSE),
        Instruction(ABOVE, 0, 1, NEWEST),
        _end(UNKNOWN),  # a newer C library then does it in the older way
    ]
    for number in plain_calls(machine).values():
        steps += [Instruction(EQUAL, 0, 1, number), _end(ALLOW)]
    for name, number in looked_at_calls(machine).items():
        body = _LOOKS[name](process)
        steps += [Instruction(EQUAL, 0, len(body), number), *body]
    return [*steps, _end(REFUSE)]


def _end(result: int) -> Instruction:
    return Instruction(RETURN, 0, 0, result)


def _argument(place: int, *, upper: bool = False) -> Instruction:
    return Instruction(LOAD, 0, 0, _ARGUMENTS + 8 * place + 4 * upper)


def _one_of(place: int, values: Iterable[int]) -> list[Instruction]:
    steps = [_argument(place)]
    for value in values:
        steps += [Instruction(EQUAL, 0, 1, value), _end(ALLOW)]
    return [*steps, _end(REFUSE)]


def _reading(place: int) -> list[Instruction]:
    return [_argument(place), Instruction(COMMON, 0, 1, _WRITING), _end(REFUSE), _end(ALLOW)]


def _asking_for_own_limits(process: int) -> list[Instruction]:
    none = [
        step
        for upper in (False, True)
        for step in (_argument(2, upper=upper), Instruction(EQUAL, 1, 0, 0), _end(REFUSE))
    ]
    return [*none, *_one_of(0, (0, process))]


_LOOKS: dict[str, Callable[[int], list[Instruction]]] = {
    "open": lambda process: _reading(1),
    "openat": lambda process: _reading(2),
    "kill": lambda process: _one_of(0, (process,)),
    "tgkill": lambda process: _one_of(0, (process,)),
    "prlimit64": _asking_for_own_limits,
    "ioctl": lambda process: _one_of(1, _IOCTL),
    "fcntl": lambda process: _one_of(1, _FCNTL),
    "prctl": lambda process: _one_of(0, _PRCTL),
}
