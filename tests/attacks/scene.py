"""What attacks aim at, and what shows afterwards whether one of them hit."""

import ctypes
import os
import pickle
import resource
import secrets
import signal
import socket
import time
from pathlib import Path

_SIGNALS = (signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP, signal.SIGTERM)


class _Planted:
    """A pickle that changes a file when it is read."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __reduce__(self):
        return os.remove, (self._path,)


class Scene:
    """Files, secrets, sockets and this process, all of them out of bounds for a strategy.

    Args:
        home: An empty folder; its path is short enough for a socket.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.secret = secrets.token_hex(12)
        self.through = secrets.token_hex(12)
        self._memory = ctypes.create_string_buffer(self.secret.encode())
        self._key = secrets.randbelow(2**30) + 1
        self._signals: list[int] = []
        self._before = {
            number: signal.signal(number, lambda got, frame: self._signals.append(got))
            for number in _SIGNALS
        }
        os.environ["STRATCRAFT_TEST_TOKEN"] = self.secret
        self._sockets = self._listen()
        self._handle = os.open(self._write("secret.txt", f"{self.secret}\n"), os.O_RDONLY)
        self.reset()

    def names(self) -> str:
        """The targets, as the first lines of a source."""
        values = {
            "HOME": str(self.home),
            "CANARY": str(self.home / "canary.txt"),
            "NEW": str(self.home / "new"),
            "SECRET_FILE": str(self.home / "secret.txt"),
            "SECRET_HANDLE": self._handle,
            "SECRET_LENGTH": len(self.secret),
            "ADDRESS": ctypes.addressof(self._memory),
            "PARENT": os.getpid(),
            "MEMORY_KEY": self._key,
            "TCP": self._sockets[0].getsockname()[1],
            "UDP": self._sockets[1].getsockname()[1],
            "ABSTRACT": f"\0stratcraft-{self._key}",
            "THROUGH": self.through,
        }
        return "; ".join(f"{name} = {value!r}" for name, value in values.items()) + "\n"

    def reset(self) -> None:
        """Everything as it was."""
        self._clear()
        self._plant()
        self._signals.clear()
        self._memory.value = self.secret.encode()
        self._files = self._snapshot()
        self._settings = self._own_settings()

    def damage(self) -> list[str]:
        """What is not as it was, in words."""
        found = [f"a signal: {number}" for number in self._signals]
        now = self._snapshot()
        for path in sorted({*self._files, *now}):
            if self._files.get(path) != now.get(path):
                found.append(f"a file: {path}")
        found += [f"a connection: {name}" for name in self._visitors()]
        if self._memory.value.decode("latin-1") != self.secret:
            found.append("memory of this process")
        if self._own_settings() != self._settings:
            found.append("settings of this process")
        return found

    def close(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.environ.pop("STRATCRAFT_TEST_TOKEN", None)
        os.close(self._handle)
        for listener in self._sockets:
            listener.close()
        self._clear()

    # --- targets ---------------------------------------------------------------------------

    def _listen(self) -> list[socket.socket]:
        stream, datagram = socket.SOCK_STREAM, socket.SOCK_DGRAM
        places = [
            (socket.AF_INET, stream, ("127.0.0.1", 0)),
            (socket.AF_INET, datagram, ("127.0.0.1", 0)),
            (socket.AF_UNIX, stream, f"\0stratcraft-{self._key}"),
            (socket.AF_UNIX, datagram, f"\0stratcraft-{self._key}d"),
            (socket.AF_UNIX, stream, str(self.home / "socket")),
        ]
        made = []
        for family, kind, place in places:
            listener = socket.socket(family, kind)
            listener.bind(place)
            if kind == stream:
                listener.listen()
            listener.setblocking(False)
            made.append(listener)
        return made

    def _plant(self) -> None:
        self._write("canary.txt", "as it was")
        self._write("secret.txt", f"{self.secret}\n")
        self._write("planted.py", f"SECRET = {self.secret!r}\n")
        self._write(".netrc", f"machine prices.test login me password {self.secret}\n")
        self._write(".ssh/id_rsa", self.secret)
        self._write(".local/share/jupyter/runtime/kernel-1.json", f'{{"key": "{self.secret}"}}')
        self._write(f"name-{self.secret}", "")
        planted = pickle.dumps(_Planted(str(self.home / "canary.txt")))
        (self.home / "planted.pickle").write_bytes(planted)

    def _write(self, name: str, text: str) -> Path:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def _clear(self) -> None:
        kept = {"socket", "secret.txt"}  # one is listened to, the other is open
        for path in sorted(self.home.rglob("*"), reverse=True):
            if path.name not in kept:
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()

    # --- witnesses -------------------------------------------------------------------------

    def _snapshot(self) -> dict[str, tuple[object, ...]]:
        found = {}
        for path in self.home.rglob("*"):
            about = path.lstat()
            is_file = path.is_file() and not path.is_symlink()
            found[str(path.relative_to(self.home))] = (
                about.st_mode,
                about.st_uid,
                about.st_nlink if is_file else 0,
                about.st_mtime_ns if is_file else 0,
                path.read_bytes() if is_file else b"",
                tuple(os.listxattr(path, follow_symlinks=False)),
            )
        return found

    def _visitors(self) -> list[str]:
        names = ("TCP", "UDP", "abstract", "abstract datagram", "in a folder")
        found = []
        for name, listener in zip(names, self._sockets, strict=True):
            try:
                if listener.type == socket.SOCK_STREAM:
                    listener.accept()[0].close()
                else:
                    listener.recv(100)
            except BlockingIOError:
                continue
            found.append(name)
        return found

    def _own_settings(self) -> tuple[object, ...]:
        return (
            resource.getrlimit(resource.RLIMIT_CORE),
            os.getpriority(os.PRIO_PROCESS, 0),
            os.sched_getaffinity(0),
        )


def wait_a_moment() -> None:
    """For what an attack left behind to act."""
    time.sleep(0.3)
