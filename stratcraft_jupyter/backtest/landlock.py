"""Linux Landlock through ctypes: the process keeps read access to some paths and nothing else.

See https://docs.kernel.org/userspace-api/landlock.html for the numbers used here.
"""

import contextlib
import ctypes
import os
import stat
import sys
from collections.abc import Iterable

from stratcraft_jupyter.backtest import linux

# The same on every architecture: new system calls have one number everywhere.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# Number of file rights a kernel knows, by ABI version; a later ABI knows the last one's.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NET_BIND_TCP, _NET_CONNECT_TCP = 1 << 0, 1 << 1
_SCOPE_ABSTRACT_SOCKET, _SCOPE_SIGNAL = 1 << 0, 1 << 1

FILES = "landlock files"
TCP = "landlock tcp"
SCOPES = "landlock scopes"
TRUNCATE = "landlock truncate"


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def abi_version() -> int:
    """The kernel's Landlock ABI, 0 where there is none."""
    if sys.platform != "linux":
        return 0
    version = linux.call(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)
    return max(version, 0)


def restrict(readable: Iterable[str]) -> set[str]:
    """Lock this process in, leaving read access to ``readable`` files and directories.

    The process must have given up new privileges before; Landlock asks for that.

    Returns:
        What this kernel keeps it to: some of ``FILES``, ``TRUNCATE``, ``TCP`` and ``SCOPES``.
    """
    version = abi_version()
    if not version:
        return set()
    ruleset = _Ruleset((1 << _FILE_RIGHTS.get(version, 16)) - 1, 0, 0)
    size, kept = 8, {FILES}
    if version >= 3:
        kept.add(TRUNCATE)
    if version >= 4:
        ruleset.handled_access_net = _NET_BIND_TCP | _NET_CONNECT_TCP
        size = 16
        kept.add(TCP)
    if version >= 6:
        ruleset.scoped = _SCOPE_ABSTRACT_SOCKET | _SCOPE_SIGNAL
        size = 24
        kept.add(SCOPES)
    return kept if _apply(ruleset, size, readable) else set()


def _apply(ruleset: _Ruleset, size: int, readable: Iterable[str]) -> bool:
    handle = linux.call(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if handle < 0:
        return False
    try:
        for path in readable:
            with contextlib.suppress(FileNotFoundError):  # not every system has every path
                _allow_reading(handle, path)
        return linux.call(_RESTRICT_SELF, handle, 0) == 0
    except OSError:
        return False
    finally:
        os.close(handle)


def _allow_reading(handle: int, path: str) -> None:
    target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        is_directory = stat.S_ISDIR(os.fstat(target).st_mode)
        rights = _READ_FILE | _READ_DIR if is_directory else _READ_FILE
        rule = _PathBeneath(rights, target)
        if linux.call(_ADD_RULE, handle, _RULE_PATH_BENEATH, ctypes.byref(rule), 0):
            raise OSError(ctypes.get_errno(), "the kernel refused a Landlock rule")
    finally:
        os.close(target)
