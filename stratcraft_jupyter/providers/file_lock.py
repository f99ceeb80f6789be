"""A lock that processes and threads take before they change a file that they share."""

import errno
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE_SECONDS = 10.0
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock of a file; the lock is a file of its own, which stays.

    Raises:
        OSError: The lock cannot be made, or another process does not give it back.
    """
    with path.with_name(f".{path.name}.lock").open("a+b") as file:
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                _take(file.fileno())
                break
            except OSError as error:
                if error.errno not in _TAKEN or time.monotonic() > end:
                    raise
            time.sleep(0.01)
        yield  # closing the file gives the lock back, as does the end of the process


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
