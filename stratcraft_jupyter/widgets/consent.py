"""Asks once per notebook before code of a model runs without the whole boundary. No widgets."""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

from stratcraft_jupyter.backtest.records import Isolation
from stratcraft_jupyter.errors import NotebookError, StratCraftError
from stratcraft_jupyter.notebook import CellBridge
from stratcraft_jupyter.providers.places import settings_folder
from stratcraft_jupyter.widgets.state import BuilderState

FindIsolation = Callable[[], Isolation]
"""Says what this system can enforce; it may take a while."""

_KEY_FILE = "consent.key"


class Consent:
    """Whether code of a model may run although a part of the boundary cannot be enforced.

    The answer is remembered in the notebook, signed with a key of this user: a notebook that
    somebody else made cannot answer in the user's place.
    """

    def __init__(self, state: BuilderState, cells: CellBridge, find: FindIsolation) -> None:
        self._state = state
        self._cells = cells
        self._find = find
        self._answer: Future[bool] | None = None
        self._agreed: frozenset[str] = frozenset()

    async def require(self, origin: str) -> None:
        """Returns when code of this origin may run; asks the user first if need be.

        Raises:
            StratCraftError: The user does not want it to run.
        """
        if origin == "builtin":
            return
        missing = (await asyncio.to_thread(self._find)).missing
        if not missing or self._agreed.issuperset(missing) or await self._is_remembered(missing):
            return
        if not await self._ask(missing):
            raise StratCraftError(
                "Nothing was run: this system cannot keep code of a model apart as it should.",
                hint="Use the built-in compiler, or a system that can: a recent Linux.",
            )
        self._agreed = frozenset(missing)
        await self._remember(missing)

    def answer(self, *, is_agreed: bool) -> None:
        """Takes what the user pressed."""
        with self._state.lock:
            if self._answer is not None and not self._answer.done():
                self._answer.set_result(is_agreed)

    async def _ask(self, missing: Sequence[str]) -> bool:
        """Shows the question until it is answered, or nobody waits for the answer any more."""
        with self._state.lock:
            if self._answer is None or self._answer.done():
                self._answer = Future()
            answer = self._answer
            self._state.update(consent=tuple(missing))
        self._state.progress(stage="Waiting for your answer")
        try:
            # the future is shared by all who wait: one of them may be cancelled
            return await asyncio.shield(asyncio.wrap_future(answer))
        finally:
            self._state.update(consent=())

    async def _is_remembered(self, missing: Sequence[str]) -> bool:
        with suppress(NotebookError):
            token = await self._cells.read_notebook("boundary_accepted")
            return isinstance(token, str) and hmac.compare_digest(
                token.encode("utf-8", "replace"), _signed(missing).encode()
            )
        return False

    async def _remember(self, missing: Sequence[str]) -> None:
        with suppress(NotebookError):  # then it is asked again after a restart
            await self._cells.write_notebook("boundary_accepted", _signed(missing))


def _signed(missing: Sequence[str]) -> str:
    text = "\n".join(sorted(missing)).encode()
    return hmac.new(_key(), text, hashlib.sha256).hexdigest()


def _key() -> bytes:
    """This user's key; one for this moment only where none can be kept."""
    path = settings_folder() / _KEY_FILE
    kept = _read(path)
    if kept:
        return kept
    fresh = secrets.token_bytes(32)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            path.chmod(0o600)
            file.write(fresh)
    return _read(path) or fresh


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
