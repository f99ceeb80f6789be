"""Linux Landlock through ctypes: the process keeps read access to some paths and nothing else.

See https://docs.kernel.org/userspace-api/landlock.html for the numbers used here.
"""

import contextlib
import ctypes
import os
import stat
import sys
from collections.abc import Iterable

# The same on every architecture: new system calls have one number everywhere.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# Number of file rights a kernel knows, by ABI version; a later ABI knows the last one's.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NET_BIND_TCP, _NET_CONNECT_TCP = 1 << 0, 1 << 1
_SCOPE_ABSTRACT_SOCKET, _SCOPE_SIGNAL = 1 << 0, 1 << 1

_FILES = "files read-only from an allow-list, no execution"
_TCP = "no TCP"
_SIGNALS = "no signals to other processes"
_SOCKETS = "no abstract sockets"
_PRIVILEGES = "no new privileges"


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
    version = _syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)
    return max(version, 0)


def restrict(readable: Iterable[str]) -> tuple[list[str], list[str]]:
    """Lock this process in, leaving read access to ``readable`` files and directories.

    Returns:
        What is in force now, and what this kernel could not enforce.
    """
    version = abi_version()
    if not version or not _drop_privileges():
        return [], [_FILES, _TCP, _SIGNALS, _SOCKETS, _PRIVILEGES]
    ruleset = _Ruleset((1 << _FILE_RIGHTS.get(version, 16)) - 1, 0, 0)
    size = 8
    done, left = [_PRIVILEGES, _FILES], list[str]()
    if version >= 4:
        ruleset.handled_access_net = _NET_BIND_TCP | _NET_CONNECT_TCP
        size = 16
    if version >= 6:
        ruleset.scoped = _SCOPE_ABSTRACT_SOCKET | _SCOPE_SIGNAL
        size = 24
    (done if version >= 4 else left).append(_TCP)
    (done if version >= 6 else left).extend([_SIGNALS, _SOCKETS])
    if not _apply(ruleset, size, readable):
        return [_PRIVILEGES], [_FILES, _TCP, _SIGNALS, _SOCKETS]
    return done, left


def _apply(ruleset: _Ruleset, size: int, readable: Iterable[str]) -> bool:
    handle = _syscall(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if handle < 0:
        return False
    try:
        for path in readable:
            with contextlib.suppress(FileNotFoundError):  # not every system has every path
                _allow_reading(handle, path)
        return _syscall(_RESTRICT_SELF, handle, 0) == 0
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
        if _syscall(_ADD_RULE, handle, _RULE_PATH_BENEATH, ctypes.byref(rule), 0):
            raise OSError(ctypes.get_errno(), "the kernel refused a Landlock rule")
    finally:
        os.close(target)


def _drop_privileges() -> bool:
    """Promise never to gain privileges by running another program; Landlock asks for it."""
    return bool(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def _syscall(number: int, *arguments: object) -> int:
    return int(_libc().syscall(ctypes.c_long(number), *arguments))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
