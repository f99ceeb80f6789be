"""Defects planted in the code of a template, as models write them, with the causes that fit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.verification.causes import STOP
from benchmarks.verification.kinds import KINDS
from stratcraft_jupyter.verify.mutants import shape_of


@dataclass(frozen=True)
class Change:
    """A change of a graph: a parameter set, a cross as a state, an operator that takes equality.

    Attributes:
        name: Name of the parameter or attribute in the code.
        value: What the parameter is set to; None for the other two.
    """

    name: str
    value: float | None = None


@dataclass(frozen=True)
class Defect:
    """Code with one thing wrong.

    Attributes:
        kind: What is wrong.
        what: The change, for people.
        source: The code.
        causes: Causes of a difference, or codes of checks, that are a right explanation.
        changed: The same change in the graph, where it has one: whether it changes anything can be
            looked at there.
    """

    kind: str
    what: str
    source: str
    causes: frozenset[str]
    changed: Change | None = None


def plant(source: str) -> Iterator[Defect]:
    """Every defect that fits this code; none of them means the same as it."""
    seen = {shape_of(source)}
    for kind, causes, change in KINDS:
        for what, changed in change(source):
            shape = shape_of(changed)
            if shape not in seen:
                seen.add(shape)
                right = frozenset(causes | STOP if _is_about_a_stop(source, changed) else causes)
                yield Defect(kind, what, changed, right, _in_graph(kind, source, changed))


def _in_graph(kind: str, source: str, changed: str) -> Change | None:
    """What a change of the code is in the graph, for the kinds that may change nothing."""
    before, after = source.splitlines(), changed.splitlines()
    number = _first_changed(before, after)
    if number is None:
        return None
    if kind == "number" and (found := re.match(r' *"(\w+)": (-?[\d.]+),', after[number])):
        return Change(found[1], float(found[2]))
    if kind in ("cross as state", "touching"):
        while number >= 0 and not (found := re.match(r" *(?:self\.)?(\w+) = ", before[number])):
            number -= 1
        return Change(found[1]) if found else None
    return None


def _first_changed(before: Sequence[str], after: Sequence[str]) -> int | None:
    """Number of the first line that was changed."""
    pairs = zip(before, after, strict=False)  # what comes after an added line is another line
    return next((at for at, pair in enumerate(pairs) if pair[0] != pair[1]), None)


def _is_about_a_stop(source: str, changed: str) -> bool:
    """Whether the first line that was changed says something of a stop."""
    before = source.splitlines()
    number = _first_changed(before, changed.splitlines())
    return number is not None and "stop" in before[number]
