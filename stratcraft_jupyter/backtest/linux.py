"""System calls of Linux that Python has no function for, through the C library."""

import ctypes
import os
import platform
import sys
from functools import cache

# By machine: numbers of the calls made here. Newer calls have one number everywhere.
_NUMBERS = {
    "x86_64": {"capset": 126, "seccomp": 317, "timer_create": 222, "timer_settime": 223},
    "aarch64": {"capset": 91, "seccomp": 277, "timer_create": 107, "timer_settime": 110},
}
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION = 0x20080522
_CAP_READ_ANY_FILE = 1 << 2
_CLOCK_MONOTONIC, _NOTIFY_BY_SIGNAL, _SIGKILL = 1, 0, 9


class _CapabilityHead(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int32))


class _Event(ctypes.Structure):
    _fields_ = (
        ("value", ctypes.c_uint64),
        ("signal", ctypes.c_int32),
        ("notify", ctypes.c_int32),
        ("room", ctypes.c_char * 48),
    )


class _Setting(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_int64) for name in ("every", "every_ns", "at", "at_ns"))


def machine() -> str:
    """The machine as Linux calls it; empty where the calls here are not known."""
    name = platform.machine()
    known = sys.platform == "linux" and sys.maxsize > 2**32
    return name if known and name in _NUMBERS else ""


def call(number: int, *arguments: object) -> int:
    """Make a system call by its number; below 0 if it failed."""
    return int(_libc().syscall(ctypes.c_long(number), *arguments))


def named_call(name: str, *arguments: object) -> int:
    """Make a system call by its name; below 0 also where its number is not known."""
    numbers = _NUMBERS.get(machine())
    return -1 if numbers is None else call(numbers[name], *arguments)


def forbid_new_privileges() -> bool:
    """Promise never to gain privileges by running another program; whether that is in force."""
    return sys.platform == "linux" and bool(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def drop_capabilities() -> bool:
    """Give up what sets the superuser apart; whether nothing of it is left.

    One thing is kept: reading any file, which Landlock narrows down to the allow-list. Packages
    may lie in a folder of another user, and Python still has to import them.
    """
    if not machine():
        return False
    head = _CapabilityHead(_CAPABILITY_VERSION, 0)
    kept = _CAP_READ_ANY_FILE if os.geteuid() == 0 else 0
    # effective, permitted and inheritable, of the lower and then of the upper half
    data = (ctypes.c_uint32 * 6)(kept, kept, 0, 0, 0, 0)
    return named_call("capset", ctypes.byref(head), data) == 0


def end_after(seconds: float) -> bool:
    """Have the system end this process when the time is over, whoever still waits for it."""
    event = _Event(0, _SIGKILL, _NOTIFY_BY_SIGNAL, b"")
    timer = ctypes.c_int32()
    made = named_call("timer_create", _CLOCK_MONOTONIC, ctypes.byref(event), ctypes.byref(timer))
    if made != 0:
        return False
    whole = int(seconds)
    setting = _Setting(0, 0, whole, int((seconds - whole) * 1e9))
    return named_call("timer_settime", timer, 0, ctypes.byref(setting), None) == 0


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
