"""Which process set money aside, and whether it has ended."""

import os
import platform
import sys
from pathlib import Path

_ENDED = {"Z", "X"}  # a process that was killed and that its parent has not looked at yet
_PROCESSES = Path("/proc")
_IS_LINUX = (_PROCESSES / "self/stat").exists()
_STATE, _START = 0, 19  # fields of /proc/PID/stat after the name


def own_mark() -> str:
    """This process, so that another one with the same number is not taken for it."""
    pid = os.getpid()
    return f"{_place()} {pid} {_state_and_start(pid)[1]}"


def is_gone(mark: str) -> bool:
    """Whether the process of a mark has surely ended.

    Nothing is sure of a process on another machine, or on a system that does not tell.
    """
    place, _, rest = mark.rpartition(" ")[0].rpartition(" ")
    if place != _place() or sys.platform == "win32":  # asking would end the process there
        return False
    try:
        pid = int(rest)
        os.kill(pid, 0)
        state, start = _state_and_start(pid)
    except (ProcessLookupError, FileNotFoundError):
        return True
    except PermissionError:  # it belongs to another user, so the number was given anew
        return True
    return state in _ENDED or start != mark.rpartition(" ")[2]


def _place() -> str:
    """Where numbers of processes mean the same: the machine, and on Linux the container."""
    name = platform.node().replace(" ", "-")
    return f"{name}/{(_PROCESSES / 'self/ns/pid').readlink()}" if _IS_LINUX else name


def _state_and_start(pid: int) -> tuple[str, str]:
    if not _IS_LINUX:
        return "", "0"
    fields = (_PROCESSES / f"{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return fields[_STATE], fields[_START]
