"""The record that a generated cell carries in its metadata. No comm, no widgets."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

STAMP_KEY = "stratcraft"


def source_hash(source: str) -> str:
    """SHA-256 (hex) of a cell's text: if it differs, the text was edited."""
    return hashlib.sha256(source.encode()).hexdigest()


@dataclass(frozen=True)
class CellStamp:
    """What is written into the metadata of a generated cell.

    Attributes:
        builder_id: The builder it belongs to.
        graph_hash: Hash of the strategy it was generated from.
        origin: Who wrote it, such as ``"builtin"``.
        model: The model's id, or ``"builtin"``.
        source_hash: Hash of the text as generated.
        created: When, ISO 8601 in UTC.
        prompt_hash: Hash of the prompt, if there was one.
        usage: Tokens used, if any.
        is_draft: Whether the text was left unfinished.
        history: Earlier versions of the text, as plain data, if any are kept.
        schema_version: Version of this record.
    """

    builder_id: str
    graph_hash: str
    origin: str
    model: str
    source_hash: str
    created: str
    prompt_hash: str | None = None
    usage: dict[str, Any] | None = None
    is_draft: bool = False
    history: dict[str, Any] | None = None
    schema_version: int = 1

    @classmethod
    def now(cls, *, builder_id: str, graph_hash: str, source: str, origin: str, model: str) -> Self:
        """The stamp of text generated at this moment."""
        created = datetime.now(UTC).isoformat(timespec="milliseconds")
        return cls(builder_id, graph_hash, origin, model, source_hash(source), created)

    @classmethod
    def from_metadata(cls, metadata: dict[str, Any]) -> Self | None:
        """The stamp in a cell's metadata, or None if there is none that can be read."""
        data = metadata.get(STAMP_KEY)
        if not isinstance(data, dict) or data.get("schema_version") != 1:
            return None
        words = ("builder_id", "graph_hash", "origin", "model", "source_hash", "created")
        if not all(isinstance(data.get(word), str) for word in words):
            return None
        prompt_hash, usage = data.get("prompt_hash"), data.get("usage")
        history = data.get("history")
        return cls(
            **{word: data[word] for word in words},
            prompt_hash=prompt_hash if isinstance(prompt_hash, str) else None,
            usage=usage if isinstance(usage, dict) else None,
            is_draft=data.get("is_draft") is True,
            history=history if isinstance(history, dict) else None,
        )

    def to_metadata(self) -> dict[str, Any]:
        """The stamp as cell metadata."""
        return {STAMP_KEY: asdict(self)}
