"""Limits the current process before it runs a strategy: files, network, memory, time, children.

Run in the worker process only. Everything here is a one-way street: what is given up cannot be
taken back. What the system cannot enforce is reported, never passed over in silence.
"""

import _thread
import os
import sys
import sysconfig
from collections.abc import Callable

from stratcraft_jupyter.backtest import landlock

MEMORY_LIMIT = 4 * 1024**3
_OPEN_FILES = 256


def restrict_access(readable: list[str]) -> tuple[list[str], list[str]]:
    """Give up files, network and other processes; threads started later are bound as well.

    Args:
        readable: Files and directories that stay readable, see ``readable_paths``.

    Returns:
        Phrases for what is in force, and phrases for what this system could not enforce.
    """
    enforced, missing = landlock.restrict(readable)
    # Landlock knows files, TCP and abstract sockets; other sockets need a filter of their own.
    missing.append("no UDP or other sockets")
    enforced += ["clean environment", "private result pipe"]
    (enforced if os.name == "posix" else missing).append("own process group")
    return enforced, missing


def limit_resources(time_limit: float) -> tuple[list[str], list[str]]:
    """Cap CPU time (``time_limit`` seconds from now), memory, files and processes.

    Returns:
        As ``restrict_access``.
    """
    enforced: list[str] = []
    missing: list[str] = []
    for name, apply in _steps(time_limit):
        (enforced if apply() else missing).append(name)
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


def _steps(time_limit: float) -> list[tuple[str, Callable[[], bool]]]:
    return [
        ("CPU time limit", lambda: _limit_cpu(time_limit)),
        ("memory limit", lambda: _limit("RLIMIT_AS", MEMORY_LIMIT)),
        ("no file writing", lambda: _limit("RLIMIT_FSIZE", 0)),
        ("no core dumps", lambda: _limit("RLIMIT_CORE", 0)),
        ("open file limit", lambda: _limit("RLIMIT_NOFILE", _OPEN_FILES)),
        ("no new processes", _limit_processes),
    ]


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


def _limit_cpu(seconds: float) -> bool:
    used = sum(os.times()[:2])
    return _limit("RLIMIT_CPU", int(used + seconds) + 2)


def _limit_processes() -> bool:
    """No more processes or threads. The limit has no force for some users, so it is tried."""
    if not _limit("RLIMIT_NPROC", 0):
        return False
    try:
        _thread.start_new_thread(int, ())
    except RuntimeError:
        return True
    return False
