"""Three-way merge of code: last generated, edited by hand, newly generated; and two-way rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

HunkKind = Literal["same", "mine", "theirs", "both", "conflict"]
Choice = Literal["base", "mine", "theirs", "mine_theirs", "theirs_mine"]
RowKind = Literal["same", "changed", "removed", "added"]

_TAKEN: Mapping[HunkKind, Choice] = {
    "same": "base",
    "mine": "mine",
    "theirs": "theirs",
    "both": "mine",
    "conflict": "mine",
}
"""What a hunk gives without a choice; an open conflict keeps what was written by hand."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of lines that one side, both or neither have changed.

    Attributes:
        kind: ``"same"``: nobody changed it; ``"mine"`` or ``"theirs"``: one side did; ``"both"``:
            both did the same; ``"conflict"``: they did different things.
        base: The lines as they were.
        mine: The lines as edited by hand.
        theirs: The lines as generated anew.
    """

    kind: HunkKind
    base: str
    mine: str
    theirs: str

    def text(self, choice: Choice | None = None) -> str:
        """The lines of one side, or of both, one after the other."""
        taken = choice or _TAKEN[self.kind]
        if taken == "mine_theirs":
            return _joined([self.mine, self.theirs])
        if taken == "theirs_mine":
            return _joined([self.theirs, self.mine])
        return {"base": self.base, "mine": self.mine, "theirs": self.theirs}[taken]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge whose hunks can be taken or left one by one.

    Attributes:
        hunks: All lines, in order.
    """

    hunks: tuple[Hunk, ...]

    @property
    def has_conflicts(self) -> bool:
        """Whether both sides changed the same lines in different ways."""
        return any(hunk.kind == "conflict" for hunk in self.hunks)

    def open_conflicts(self, choices: Mapping[int, Choice] | None = None) -> tuple[int, ...]:
        """Numbers of the conflicts that no choice has been made for."""
        made = choices or {}
        return tuple(
            number
            for number, hunk in enumerate(self.hunks)
            if hunk.kind == "conflict" and number not in made
        )

    def text(self, choices: Mapping[int, Choice] | None = None) -> str:
        """The merged code.

        Without a choice a change of one side is taken, and an open conflict keeps mine.

        Args:
            choices: What is taken of a hunk, by its number.
        """
        made = choices or {}
        return _joined([hunk.text(made.get(number)) for number, hunk in enumerate(self.hunks)])


@dataclass(frozen=True, slots=True)
class Row:
    """One row of two texts side by side.

    Attributes:
        kind: What happened from the left to the right.
        left_number: Number of the line on the left, from 1; None if there is none.
        left: The line on the left.
        right_number: Number of the line on the right, from 1; None if there is none.
        right: The line on the right.
    """

    kind: RowKind
    left_number: int | None
    left: str
    right_number: int | None
    right: str


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Merges two versions of a text by lines.

    Args:
        base: What both come from.
        mine: The version edited by hand.
        theirs: The version generated anew.
    """
    lines = [_lines(text) for text in (base, mine, theirs)]
    hunks: list[Hunk] = []
    at = (0, 0, 0)
    for common, length in _anchors(*lines):
        _add(hunks, lines, at, common)
        at = (common[0] + length, common[1] + length, common[2] + length)
        _add(hunks, lines, common, at)
    _add(hunks, lines, at, (len(lines[0]), len(lines[1]), len(lines[2])))
    return Merge(tuple(hunks))


_Place = tuple[int, int, int]


def _anchors(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[_Place, int]]:
    """Stretches of the base that both sides still have: where each begins, and how long it is."""
    in_mine = _matches(base, mine)
    in_theirs = _matches(base, theirs)
    start = 0
    while start < len(base):
        length = 0
        while (
            start + length < len(base)
            and in_mine.get(start + length, -1) == in_mine.get(start, -2) + length
            and in_theirs.get(start + length, -1) == in_theirs.get(start, -2) + length
        ):
            length += 1
        if length:
            yield (start, in_mine[start], in_theirs[start]), length
        start += max(length, 1)


def _matches(base: list[str], other: list[str]) -> dict[int, int]:
    """Where each line of the base that the other text still has stands in it."""
    found = {}
    for block in SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks():
        found.update({block.a + step: block.b + step for step in range(block.size)})
    return found


def _add(hunks: list[Hunk], lines: list[list[str]], start: _Place, end: _Place) -> None:
    base, mine, theirs = ("".join(lines[side][start[side] : end[side]]) for side in range(3))
    if base or mine or theirs:
        hunks.append(Hunk(_kind(base, mine, theirs), base, mine, theirs))


def _kind(base: str, mine: str, theirs: str) -> HunkKind:
    if mine == theirs:
        return "same" if mine == base else "both"
    if mine == base:
        return "theirs"
    return "mine" if theirs == base else "conflict"


def diff_rows(one: str, other: str) -> tuple[Row, ...]:
    """Two texts side by side, line by line, without line ends."""
    left, right = _shown(one), _shown(other)
    rows: list[Row] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for step in range(max(b - a, d - c)):
            has_left, has_right = a + step < b, c + step < d
            kind: RowKind = "same" if tag == "equal" else "changed"
            if not has_left or not has_right:
                kind = "removed" if has_left else "added"
            rows.append(
                Row(
                    kind,
                    a + step + 1 if has_left else None,
                    left[a + step] if has_left else "",
                    c + step + 1 if has_right else None,
                    right[c + step] if has_right else "",
                )
            )
    return tuple(rows)


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, as in a notebook's cell."""
    lines = text.split("\n")
    ended = [f"{line}\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


def _shown(text: str) -> list[str]:
    return [line.removesuffix("\n") for line in _lines(text)]


def _joined(texts: list[str]) -> str:
    """The texts one after the other; a last line that has no end gets one if more follows."""
    found = ""
    for text in texts:
        if found and text and not found.endswith("\n"):
            found += "\n"
        found += text
    return found
