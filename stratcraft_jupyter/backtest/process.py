"""One process that runs one strategy: started with next to nothing, read, and ended as a group."""

import contextlib
import importlib.util
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from stratcraft_jupyter.backtest.protocol import Frame, ProtocolError, unpack
from stratcraft_jupyter.backtest.texts import plain_text

OUTPUT_LIMIT = 64 * 1024
_MAX_HEADER = 1024**2
_MAX_BLOB = 256 * 1024**2
_READ_SIZE = 64 * 1024
_OUTPUT_WAIT = 0.5
# A child that sends faster than we read has to wait; it cannot fill our memory.
_MOST_WAITING = 4
_LOOK_EVERY = 0.1
# As -I, but the (clean) environment may fix the hash seed.
_FLAGS = ("-s", "-P", "-X", "utf8")
_BOOT = (
    "import sys; ours, *others = sys.argv[1:]; "
    "sys.path[:0] = [ours] * (ours not in sys.path); "
    "sys.path += [path for path in others if path not in sys.path]; "
    "from stratcraft_jupyter.backtest.worker import main; main()"
)


class WorkerProcess:
    """A child process, ready to take one job.

    Two threads read what it sends and what it prints, so that it never waits for us. The child
    ends by itself when this process does: its stdin closes then. (Linux could also signal it,
    but does so when the *thread* that started it ends.)

    Attributes:
        messages: What the child sent. ``None`` marks the end of its results.
        is_ready: Set once the child has sent anything, or has ended.

    Args:
        hash_seed: Seed of the hashes of texts in the child; alike in all runs unless said.
    """

    def __init__(self, *, hash_seed: int = 0) -> None:
        self.messages: queue.Queue[Frame | ProtocolError | None] = queue.Queue(_MOST_WAITING)
        self.is_ready = threading.Event()
        self._lock = threading.Lock()
        self._printed = bytearray()
        self._printed_more = False
        self._is_closing = threading.Event()
        self._process = subprocess.Popen(  # noqa: S603 - our own code; no shell
            [sys.executable, *_FLAGS, "-c", _BOOT, *_import_roots()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            close_fds=True,
            cwd=Path(sys.executable).anchor,
            env=_environment(hash_seed),
            start_new_session=os.name == "posix",
        )
        self._readers = [
            threading.Thread(target=target, name="stratcraft-worker-reader", daemon=True)
            for target in (self._read_output, self._read_results)
        ]
        for reader in self._readers:
            reader.start()

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        with self._lock:
            return self._process.poll() is None

    def send(self, pieces: Iterable[bytes | memoryview]) -> None:
        """Write a message; a child that has gone is noticed on reading instead."""
        stdin = self._process.stdin
        if stdin is None:
            return
        with contextlib.suppress(BrokenPipeError, OSError, ValueError):
            for piece in pieces:
                view = memoryview(piece)
                while view:
                    view = view[stdin.write(view) or 0 :]

    def receive(self, deadline: float) -> Frame | ProtocolError | None:
        """The next message; None is the end of them.

        Args:
            deadline: How long to wait, by the monotonic clock. It counts also if messages wait.

        Raises:
            TimeoutError: The time is over.
        """
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            return self.messages.get(timeout=left)
        except queue.Empty:
            raise TimeoutError from None

    def kill(self) -> None:
        """End the child and everything in its process group, at once. Safe from any thread."""
        with self._lock:
            if self._process.returncode is not None:
                return
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if os.name == "posix":
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()

    def close(self) -> int:
        """End the child and free what it held; its exit status (negative: the signal).

        The status is the child's own if it had ended before.
        """
        self.kill()
        self._is_closing.set()
        with contextlib.suppress(OSError):
            if self._process.stdin:
                self._process.stdin.close()
        status = self._process.wait()
        for reader in self._readers:
            reader.join(timeout=1.0)
        return status

    def abandon(self) -> None:
        """Let go of a child that belongs to the process this one was forked from."""
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        self._process.returncode = 0

    def output(self) -> str:
        """What the child printed, shortened to ``OUTPUT_LIMIT`` bytes.

        The child closes its output before it sends the last message, so the wait is short; it
        is cut off for the case that something the child started still holds it open.
        """
        self._readers[0].join(timeout=_OUTPUT_WAIT)
        text = plain_text(bytes(self._printed).decode("utf-8", "replace"))
        return f"{text}\n[more was printed and is not shown]\n" if self._printed_more else text

    def _read_results(self) -> None:
        stdout = self._process.stdout
        if stdout is None:
            return
        message: Frame | ProtocolError | None
        with stdout:
            while True:
                try:
                    message = unpack(
                        stdout.readinto,  # type: ignore[attr-defined]  # a raw file: bufsize is 0
                        max_header=_MAX_HEADER,
                        max_blob=_MAX_BLOB,
                    )
                except (ProtocolError, OSError, ValueError) as error:
                    message = ProtocolError(str(error))
                is_taken = self._hand_over(message)
                self.is_ready.set()
                if not isinstance(message, tuple):
                    self._hand_over(None)
                    return
                if not is_taken:
                    return

    def _hand_over(self, message: Frame | ProtocolError | None) -> bool:
        """Put a message where it is read; False if nobody reads any more."""
        while not self._is_closing.is_set():
            with contextlib.suppress(queue.Full):
                self.messages.put(message, timeout=_LOOK_EVERY)
                return True
        return False

    def _read_output(self) -> None:
        stderr = self._process.stderr
        if stderr is None:
            return
        with stderr, contextlib.suppress(OSError, ValueError):
            while chunk := stderr.read(_READ_SIZE):
                room = OUTPUT_LIMIT - len(self._printed)
                self._printed += chunk[:room]
                self._printed_more |= len(chunk) > room


def _environment(hash_seed: int) -> dict[str, str]:
    """No variable of ours: no keys, no proxies, no paths into the user's files."""
    kept = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONHASHSEED": str(hash_seed)}
    # the allocator of Arrow, which pandas imports, otherwise prints that it may start no thread
    kept["JE_ARROW_MALLOC_CONF"] = "background_thread:false"
    if os.name == "nt":
        kept["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", r"C:\Windows")
    return kept


def _import_roots() -> list[str]:
    """Where this package and Backtrader are, for an interpreter that ignores our settings."""
    roots = [str(Path(__file__).parents[2])]
    for name in ("backtrader", "numpy"):
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            roots.append(str(Path(spec.origin).parents[1]))
    return roots
