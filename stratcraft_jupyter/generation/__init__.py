"""From a strategy to checked code: prompt, model, checks, repair, comparison.

Names are resolved on first use, so that looking at one costs little.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stratcraft_jupyter.generation.compare import Candidate, compare_models
    from stratcraft_jupyter.generation.drafts import DRAFT_LINE, draft_source
    from stratcraft_jupyter.generation.events import (
        Ended,
        GenerationEvent,
        Notice,
        Progress,
        Stage,
        Text,
        Tried,
    )
    from stratcraft_jupyter.generation.failure import GenerationError
    from stratcraft_jupyter.generation.history import Version, VersionHistory, source_hash
    from stratcraft_jupyter.generation.pipeline import generate
    from stratcraft_jupyter.generation.quoting import MAX_ATTEMPTS, Quote, count_exactly, quote
    from stratcraft_jupyter.generation.result import BUILTIN, Attempt, GeneratedStrategy

_HOME = {
    "Attempt": "result",
    "BUILTIN": "result",
    "Candidate": "compare",
    "DRAFT_LINE": "drafts",
    "Ended": "events",
    "GeneratedStrategy": "result",
    "GenerationError": "failure",
    "GenerationEvent": "events",
    "MAX_ATTEMPTS": "quoting",
    "Notice": "events",
    "Progress": "events",
    "Quote": "quoting",
    "Stage": "events",
    "Text": "events",
    "Tried": "events",
    "Version": "history",
    "VersionHistory": "history",
    "compare_models": "compare",
    "count_exactly": "quoting",
    "draft_source": "drafts",
    "generate": "pipeline",
    "quote": "quoting",
    "source_hash": "history",
}

__all__ = [
    "BUILTIN",
    "DRAFT_LINE",
    "MAX_ATTEMPTS",
    "Attempt",
    "Candidate",
    "Ended",
    "GeneratedStrategy",
    "GenerationError",
    "GenerationEvent",
    "Notice",
    "Progress",
    "Quote",
    "Stage",
    "Text",
    "Tried",
    "Version",
    "VersionHistory",
    "compare_models",
    "count_exactly",
    "draft_source",
    "generate",
    "quote",
    "source_hash",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type is the attribute's own
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
