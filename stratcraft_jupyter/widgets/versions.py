"""The versions of a builder's code, as its cells carry them in their metadata. No widgets."""

from dataclasses import replace
from datetime import UTC, datetime

from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.history import EDITED, Version, VersionHistory
from stratcraft_jupyter.notebook import CellStamp, source_hash
from stratcraft_jupyter.widgets.snapshot import Generated


def history_of(code: Generated | None) -> VersionHistory:
    """The versions up to this code, itself included.

    Raises:
        StratCraftError: Its cell holds a history of another version of this package.
    """
    if code is None:
        return VersionHistory()
    data = code.stamp.history
    kept = VersionHistory() if data is None else VersionHistory.from_data(data)
    if code.is_draft:
        return kept
    origin = EDITED if code.is_edited else code.stamp.origin
    version = version_of(code.source, code.stamp, origin=origin)
    known = kept.find(version.source_hash)
    return kept if known is not None else kept.add(version)


def version_of(source: str, stamp: CellStamp, *, origin: str = "") -> Version:
    """One version, from the text of a cell and its record."""
    chosen = origin or stamp.origin
    is_edited = chosen == EDITED
    return Version(
        source=source,
        origin=chosen,
        created=datetime.now(UTC).isoformat(timespec="seconds") if is_edited else stamp.created,
        model="" if is_edited else stamp.model,
        graph_hash=stamp.graph_hash,
        prompt_hash=stamp.prompt_hash or "",
        is_draft=stamp.is_draft,
    )


def with_history(stamp: CellStamp, source: str, last: Generated | None) -> CellStamp:
    """A record of new code that also carries the versions before it.

    A history that cannot be read stays where it is: with the last cell.
    """
    try:
        earlier = history_of(last)
    except StratCraftError:
        earlier = VersionHistory()
    if source:  # nothing has arrived yet where there is none
        earlier = earlier.add(version_of(source, stamp))
    return replace(stamp, history=earlier.to_data())


def can_be_replaced(code: Generated | None) -> bool:
    """Whether new code may take the place of this one: it holds nothing that would be lost."""
    if code is None or code.cell_id is None or code.is_edited or code.is_draft:
        return False
    try:
        history_of(code)
    except StratCraftError:
        return False
    return True


def base_of(code: Generated) -> str | None:
    """The text as generated, before it was edited by hand; None if nobody kept it."""
    wanted = code.stamp.source_hash
    try:
        versions = history_of(code).versions
    except StratCraftError:
        versions = ()
    kept = next((v.source for v in reversed(versions) if source_hash(v.source) == wanted), None)
    if kept is None and code.graph is not None and code.stamp.origin == "builtin":
        compiled = compile_strategy(code.graph)
        return compiled if source_hash(compiled) == wanted else None
    return kept
