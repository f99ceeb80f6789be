"""Chooses, among all that could be the code of an answer, what is."""

import builtins
import re
from collections.abc import Iterable
from dataclasses import dataclass

from stratcraft_jupyter.codegen.extract.pieces import (
    Piece,
    bound_names,
    missing_names,
    piece_of,
)
from stratcraft_jupyter.codegen.extract.prose import (
    code_in_prose,
    code_to_the_end,
    without_words_behind,
)
from stratcraft_jupyter.codegen.extract.reading import Answer, Block

_PYTHON = {"", "python", "py", "python3", "ipython", "ipython3", "jupyter", "tool_code", "pycon"}
_CODE = re.compile(r"^\s*(import|from|class|def)\s+\w", re.MULTILINE)
_MOST_BLOCKS = 60
_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Choice:
    """The code of an answer.

    Attributes:
        source: The code.
        is_whole: Whether it is Python with a strategy in it.
        is_open: Whether it runs to the end of the answer without a closing fence.
        versions: How many whole versions the answer has.
    """

    source: str
    is_whole: bool
    is_open: bool
    versions: int = 1


def choose_code(answer: Answer) -> Choice | None:
    """The code of an answer; None if nothing in it looks like code."""
    blocks = answer.blocks[-_MOST_BLOCKS:]
    pieces = [(block, piece_of(block.text)) for block in blocks]
    wholes = [(block, piece) for block, piece in pieces if piece.is_whole]
    if wholes:
        block, piece = wholes[-1]
        source = _with_helpers(piece, [other for _, other in pieces])
        return Choice(source, True, block.is_open, len(_versions(p for _, p in wholes)))
    return (
        _whole(piece_of(answer.span))
        or _joined([piece for block, piece in pieces if block.language in _PYTHON])
        or _unfenced(answer)
        or _broken(pieces)
        or _broken_text(answer)
    )


def _versions(pieces: Iterable[Piece]) -> set[str]:
    """Texts that differ, and of which none is a part of another."""
    texts = {piece.source for piece in pieces}
    return {text for text in texts if not any(text != other and text in other for other in texts)}


def _with_helpers(piece: Piece, others: list[Piece]) -> str:
    """The code behind the blocks that define what it uses and does not define."""
    wanted = missing_names(piece.tree) - _BUILTINS
    earlier = others[: others.index(piece)]
    needed = [
        other
        for other in earlier
        if other.tree and not other.is_whole and wanted & bound_names(other.tree)
    ]
    if not needed:
        return piece.source
    joined = piece_of("\n\n".join(item.source for item in [*needed, piece]))
    return joined.source if joined.is_whole else piece.source


def _joined(pieces: list[Piece]) -> Choice | None:
    """A strategy that is spread over several blocks."""
    if len(pieces) < 2 or any(piece.tree is None for piece in pieces):
        return None
    return _whole(piece_of("\n\n".join(piece.source for piece in pieces)))


def _whole(piece: Piece) -> Choice | None:
    return Choice(piece.source, True, False) if piece.is_whole else None


def _unfenced(answer: Answer) -> Choice | None:
    alone = piece_of(answer.text)
    found = without_words_behind(alone) if alone.is_whole else code_in_prose(answer.text)
    # what was cut out of the text has no end that could be trusted
    return Choice(found.source, True, True) if found else None


def _broken(pieces: list[tuple[Block, Piece]]) -> Choice | None:
    """The block that was most likely meant, if none is whole."""
    likely = [
        (block, piece)
        for block, piece in pieces
        if piece.source.strip() and block.language in _PYTHON and _CODE.search(piece.source)
    ]
    if not likely:
        return None
    block, piece = max(likely, key=lambda item: ("Strategy" in item[1].source, len(item[1].source)))
    return Choice(piece.source, False, block.is_open)


def _broken_text(answer: Answer) -> Choice | None:
    source = code_to_the_end(answer.text) if not answer.blocks else None
    return Choice(source, False, True) if source else None
