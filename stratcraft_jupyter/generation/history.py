"""The versions of a strategy's code: bounded, as plain data for the metadata of a cell."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.result import GeneratedStrategy

SCHEMA_VERSION = 1
MAX_VERSIONS = 10
MAX_CHARACTERS = 200_000
EDITED = "edited"


def source_hash(source: str) -> str:
    """SHA-256 of code as it stands in a cell: line ends and the last newline do not count."""
    plain = source.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the code.

    Attributes:
        source: The code.
        origin: ``"builtin"``, ``"model"``, or ``"edited"`` by hand.
        created: When it was made, as ISO 8601 in UTC.
        model: ``"builtin"``, or provider and model; empty if it was edited.
        graph_hash: Hash of the strategy it was made for.
        prompt_hash: Hash of the prompt; empty if there was none.
        is_draft: Whether it is part of an answer.
    """

    source: str
    origin: str
    created: str
    model: str = ""
    graph_hash: str = ""
    prompt_hash: str = ""
    is_draft: bool = False

    @property
    def source_hash(self) -> str:
        """What tells whether a cell still holds this version."""
        return source_hash(self.source)


@dataclass(frozen=True, slots=True)
class VersionHistory:
    """The versions of one builder's code, oldest first.

    Attributes:
        versions: At most `MAX_VERSIONS`, with at most `MAX_CHARACTERS` of code together. The
            newest one and the last generated one are always among them, and no version that
            is longer than that by itself: a notebook cannot carry it.
    """

    versions: tuple[Version, ...] = ()

    @property
    def newest(self) -> Version | None:
        """The version made last."""
        return self.versions[-1] if self.versions else None

    @property
    def last_generated(self) -> Version | None:
        """The newest version that nobody edited: the base of a merge."""
        return _last_generated(self.versions)

    def find(self, hash: str) -> Version | None:
        """The newest version with that source hash."""
        return next((v for v in reversed(self.versions) if v.source_hash == hash), None)

    def add(self, version: Version) -> "VersionHistory":
        """The history with one version more; the same code again moves to the end."""
        earlier = (v for v in self.versions if v.source_hash != version.source_hash)
        return VersionHistory(_bounded((*earlier, version)))

    def add_generated(
        self, strategy: GeneratedStrategy, *, at: datetime | None = None
    ) -> "VersionHistory":
        """The history after a generation."""
        return self.add(
            Version(
                source=strategy.source,
                origin=strategy.origin,
                created=_moment(at),
                model=strategy.model,
                graph_hash=strategy.graph_hash,
                prompt_hash=strategy.prompt_hash,
                is_draft=strategy.is_draft,
            )
        )

    def add_edited(
        self, source: str, *, graph_hash: str = "", at: datetime | None = None
    ) -> "VersionHistory":
        """The history after an edit by hand; code that is known already changes nothing."""
        if self.find(source_hash(source)) is not None:
            return self
        return self.add(Version(source, EDITED, _moment(at), graph_hash=graph_hash))

    def to_data(self) -> dict[str, Any]:
        """The history as JSON-ready data."""
        versions = [asdict(version) for version in self.versions]
        return {"schema_version": SCHEMA_VERSION, "versions": versions}

    @classmethod
    def from_data(cls, data: object) -> "VersionHistory":
        """The history in data that ``to_data`` gave.

        Raises:
            StratCraftError: It is something else, or of a newer version: keep it as it is.
        """
        if not isinstance(data, Mapping) or not isinstance(data.get("versions"), list):
            raise _unreadable()
        if data.get("schema_version") != SCHEMA_VERSION:
            raise StratCraftError(
                "The earlier versions of this code were kept by another version of the package.",
                hint="Update stratcraft-jupyter to see them.",
            )
        return cls(_bounded(tuple(_version(item) for item in data["versions"])))


def _bounded(versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """The newest versions that fit, with the one that a merge starts from."""
    versions = tuple(v for v in versions if len(v.source) <= MAX_CHARACTERS)
    base = _last_generated(versions)
    count, size = 0, 0
    kept: list[Version] = []
    for version in reversed(versions):
        count, size = count + 1, size + len(version.source)
        is_needed = version is versions[-1] or version is base
        if is_needed or (count <= MAX_VERSIONS and size <= MAX_CHARACTERS):
            kept.append(version)
    if len(kept) > MAX_VERSIONS:  # the base is older than all the others
        del kept[-2]
    return tuple(reversed(kept))


def _last_generated(versions: tuple[Version, ...]) -> Version | None:
    whole = (v for v in reversed(versions) if v.origin != EDITED and not v.is_draft)
    return next(whole, None)


def _version(data: object) -> Version:
    names = {field.name for field in fields(Version)}
    if not isinstance(data, Mapping) or set(data) - names:
        raise _unreadable()
    for name, value in data.items():
        if not isinstance(value, bool if name == "is_draft" else str):
            raise _unreadable()
    try:
        return Version(**data)
    except TypeError:
        raise _unreadable() from None


def _moment(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _unreadable() -> StratCraftError:
    return StratCraftError(
        "The earlier versions of this code cannot be read.",
        hint="They stay in the notebook's metadata as they are.",
    )
