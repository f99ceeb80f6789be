"""Limits the current process before it runs a strategy: files, network, memory, time, children.

Run in the worker process only. Everything here is a one-way street: what is given up cannot be
taken back. What the system cannot enforce is reported, never passed over in silence.
"""

import _thread
import contextlib
import os
import sys
import sysconfig
from pathlib import Path

from stratcraft_jupyter.backtest import callfilter, landlock, linux

MEMORY_LIMIT = 4 * 1024**3
_OPEN_FILES = 256
# The parent ends a run that is over its time; this is for the case that it is gone.
_LATE = 5.0
_MOST_DESCRIPTORS = 4096

_FILTER = "filter"
_FILES, _TRUNCATE = landlock.FILES, landlock.TRUNCATE
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("files read-only from an allow-list", (_FILES,)),
    ("no file writing", (_TRUNCATE, _FILTER)),
    ("no changes to file permissions, owners and times", (_FILTER,)),
    ("no other programs", (_FILES, _FILTER)),
    ("no new processes or threads", (_FILTER, "RLIMIT_NPROC")),
    ("no TCP", (landlock.TCP, _FILTER)),
    ("no UDP or other sockets", (_FILTER,)),
    ("no signals to other processes", (landlock.SCOPES, _FILTER)),
    ("no reading of other processes", (_FILES,)),
    ("no limits or priorities of other processes", (_FILTER,)),
    ("no shared memory or message queues", (_FILTER,)),
    ("list of system calls", (_FILTER,)),
    ("no new privileges", ("privileges",)),
    ("no rights of the superuser", ("capabilities",)),
    ("time limit", ("timer",)),
    ("CPU time limit", ("RLIMIT_CPU",)),
    ("memory limit", ("RLIMIT_AS",)),
    ("file size limit", ("RLIMIT_FSIZE",)),
    ("open file limit", ("RLIMIT_NOFILE",)),
    ("no core dumps", ("RLIMIT_CORE",)),
    ("own process group", ("group",)),
    ("closed descriptors", ("descriptors",)),
    ("clean environment", ("environment",)),
    ("private result pipe", ("pipe",)),
)
"""Every part of the boundary, and what can hold it; one of these is enough."""


def prepare(results: int) -> set[str]:
    """Do what needs no strategy yet, so that a run has less to wait for.

    Args:
        results: The descriptor of the result pipe, which stays open beside the first three.

    Returns:
        What holds already; see ``report``.
    """
    callfilter.prepare()
    _close_others(results)
    _go_first()
    held = {"environment", "pipe", "descriptors"}
    return held | {"group"} if os.name == "posix" and os.getpgrp() == os.getpid() else held


def restrict_access(readable: list[str]) -> set[str]:
    """Give up files and privileges; threads started later are bound as well.

    Args:
        readable: Files and directories that stay readable, see ``readable_paths``.

    Returns:
        What holds now; see ``report``.
    """
    if not linux.forbid_new_privileges():
        return set()
    held = {"privileges"} | landlock.restrict(readable)
    return held | {"capabilities"} if linux.drop_capabilities() else held


def limit_resources(time_limit: float) -> set[str]:
    """Cap CPU time (``time_limit`` seconds from now), memory, files, processes, system calls.

    Threads that the process needs must run already; there are no more from now on.

    Returns:
        What holds now; see ``report``.
    """
    used = sum(os.times()[:2])
    limits = {
        "RLIMIT_CPU": int(used + time_limit) + 2,
        "RLIMIT_AS": MEMORY_LIMIT,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": _OPEN_FILES,
        "RLIMIT_NPROC": 0,
    }
    held = {name for name, value in limits.items() if _limit(name, value)}
    if linux.end_after(time_limit + _LATE):
        held.add("timer")
    if callfilter.install():
        held.add(_FILTER)
    if _can_start_thread():  # the limit has no force for some users, so it is tried
        held.discard("RLIMIT_NPROC")
    return held


def report(held: set[str]) -> tuple[list[str], list[str]]:
    """Phrases for the parts that are in force, and for those that nothing holds."""
    enforced: list[str] = []
    missing: list[str] = []
    for phrase, holders in PARTS:
        (missing if held.isdisjoint(holders) else enforced).append(phrase)
    return enforced, missing


def readable_paths() -> list[str]:
    """What stays readable: Python, its installed packages, system libraries, time zones."""
    paths = sysconfig.get_paths()
    wanted = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    wanted += [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}:
        wanted += [os.path.join(prefix, name) for name in ("lib", "lib64")]  # noqa: PTH118 - plain text is enough
    wanted += ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/usr/share/zoneinfo"]
    wanted += ["/etc/localtime", "/etc/ld.so.cache", "/dev/null", "/dev/zero", "/dev/urandom"]
    return list(dict.fromkeys(wanted))


def _close_others(results: int) -> None:
    """Close what a library may have opened; nothing of the parent's came along to begin with."""
    os.closerange(3, results)
    os.closerange(results + 1, _MOST_DESCRIPTORS)


def _go_first() -> None:
    """If the system runs out of memory, this process is to end rather than the user's own."""
    with contextlib.suppress(OSError):  # not every system has this; it is no part of the boundary
        Path("/proc/self/oom_score_adj").write_text("1000")


def _limit(name: str, value: int) -> bool:
    try:
        import resource
    except ImportError:  # Windows has none
        return False
    number = getattr(resource, name, None)
    if number is None:
        return False
    _, hard = resource.getrlimit(number)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(number, (value, value))
    except (ValueError, OSError):  # macOS refuses some of them
        return False
    return True


def _can_start_thread() -> bool:
    try:
        _thread.start_new_thread(int, ())
    except RuntimeError:
        return False
    return True
