"""Recovery copies: unsaved strategies as files of the user, written whole or not at all."""

import contextlib
import hashlib
import json
import logging
import os
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.graph.reading import parse_json, read_bytes, write_atomically
from stratcraft_jupyter.providers.places import HOME_VARIABLE, records_folder

logger = logging.getLogger(__name__)

MOST_COPIES = 50
MOST_DAYS = 30
_ENDING = ".recovery.json"
_HALF_WRITTEN = 3_600.0  # seconds after which a temporary file belongs to nobody


class RecoveryCopy(BaseModel):
    """An unsaved strategy as it was last kept.

    Attributes:
        key: Name of the copy; each builder that is made has its own.
        builder_id: The builder it belongs to; stays the same when its cell runs again.
        notebook: The notebook of that builder; empty if unknown.
        name: Name of the strategy.
        path: The file the strategy belongs to; None if it has none.
        saved_hash: What that file held when it was last read or written; empty if nothing.
        time: When it was kept, in ISO 8601.
        document: The strategy document, as JSON data.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: int = Field(default=1, ge=1, le=1)
    key: str = Field(default_factory=lambda: uuid.uuid4().hex, pattern="^[0-9a-f]{32}$")
    builder_id: str
    notebook: str = ""
    name: str
    path: str | None = None
    saved_hash: str = ""
    time: str
    document: dict[str, Any] = Field(repr=False)

    def graph(self) -> StrategyGraph:
        """The strategy.

        Raises:
            GraphFileError: The document in the copy is not valid.
        """
        return StrategyGraph.from_json(json.dumps(self.document))

    @property
    def moment(self) -> datetime:
        """When it was kept."""
        return datetime.fromisoformat(self.time)


def content_hash(graph: StrategyGraph | None) -> str:
    """What tells one content of a file from another; empty for no file."""
    return hashlib.sha256(graph.to_json().encode()).hexdigest() if graph else ""


def now_as_text() -> str:
    """The present moment, as copies have it."""
    return datetime.now(UTC).isoformat()


def current_notebook() -> str:
    """The notebook of this kernel as its server named it at the start; empty if unknown."""
    return os.environ.get("JPY_SESSION_NAME", "")


def recovery_folder() -> Path:
    """Where the copies are: below this product's folder, Jupyter's own, or the user's data."""
    jupyter = os.environ.get("JUPYTER_DATA_DIR", "").strip()
    if jupyter and not os.environ.get(HOME_VARIABLE, "").strip():
        return Path(jupyter).expanduser() / "stratcraft-jupyter" / "recovery"
    return records_folder() / "recovery"


def write_copy(copy: RecoveryCopy) -> None:
    """Keeps a copy; an older one with its key is replaced in one step.

    Raises:
        GraphFileError: The folder cannot be written to.
    """
    path = _path(copy.key)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise GraphFileError(
            f"{str(path.parent)!r} cannot be made: {error.strerror or error}.",
            hint=f"Name a folder that you may write to in {HOME_VARIABLE}.",
        ) from None
    write_atomically(path, json.dumps(copy.model_dump(), sort_keys=True) + "\n")


def delete_copy(key: str) -> None:
    """Removes a copy; nothing happens if it is gone already."""
    with contextlib.suppress(OSError):
        _path(key).unlink()


def delete_recovered(copy: RecoveryCopy) -> None:
    """Removes a copy that was brought back, unless something newer was kept under its name."""
    with contextlib.suppress(GraphFileError):  # gone already, or no longer to be read
        if _read(_path(copy.key)) == copy:
            delete_copy(copy.key)


def list_copies() -> tuple[RecoveryCopy, ...]:
    """All copies that can be read, newest first."""
    found = []
    for path in _files():
        try:
            found.append(_read(path))
        except GraphFileError as error:
            # it stays where it is: a newer version may be able to read it
            logger.warning("A recovery copy was left out: %s", error)
    return tuple(sorted(found, key=lambda copy: copy.moment, reverse=True))


def own_copies(builder_id: str, notebook: str) -> tuple[RecoveryCopy, ...]:
    """The copies that an earlier run of the same cell left, newest first.

    A copied notebook has cells with the same ids as its original. So a copy that another notebook
    left counts only if that notebook is no longer there, because it was renamed or moved.
    """
    return tuple(
        copy
        for copy in list_copies()
        if copy.builder_id == builder_id
        and (copy.notebook in ("", notebook) or not notebook or not Path(copy.notebook).exists())
    )


def copies_of_file(path: Path) -> tuple[RecoveryCopy, ...]:
    """The copies of what was edited in a strategy file and not saved to it, newest first."""
    file = os.path.realpath(path)
    return tuple(
        copy for copy in list_copies() if copy.path and os.path.realpath(copy.path) == file
    )


def prune_copies() -> None:
    """Removes what is too old or too much, and what an interrupted write left."""
    now = time.time()
    for path in recovery_folder().glob(f".*{_ENDING}.*.tmp"):
        _remove_if_older(path, now - _HALF_WRITTEN)
    files = sorted(_files(), key=_changed_at, reverse=True)
    for path in files[MOST_COPIES:]:
        _remove_if_older(path, now)
    for path in files[:MOST_COPIES]:
        _remove_if_older(path, now - MOST_DAYS * 86_400)


def _remove_if_older(path: Path, limit: float) -> None:
    if _changed_at(path) < limit:
        with contextlib.suppress(OSError):  # another kernel may have removed it
            path.unlink()


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")


def _files() -> list[Path]:
    return [path for path in recovery_folder().glob(f"*{_ENDING}") if path.name[0] != "."]


def _path(key: str) -> Path:
    return recovery_folder() / f"{key}{_ENDING}"


def _read(path: Path) -> RecoveryCopy:
    try:
        copy = RecoveryCopy.model_validate(parse_json(read_bytes(path)))
        is_dated = copy.moment.tzinfo is not None
    except (ValidationError, ValueError) as error:
        raise GraphFileError(f"{path.name} is no recovery copy: {error}") from None
    if not is_dated or path.name != f"{copy.key}{_ENDING}":
        raise GraphFileError(f"{path.name} is no recovery copy of this name.")
    return copy
