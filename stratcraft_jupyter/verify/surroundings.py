"""Whether code decides by its bars alone, as far as reading it tells."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from stratcraft_jupyter.codegen.checks.looked_at import looks_elsewhere
from stratcraft_jupyter.codegen.checks.module import read_module
from stratcraft_jupyter.codegen.checks.source_text import parse
from stratcraft_jupyter.codegen.checks.surroundings import (
    decides_by_name,
    looks_around,
    reads_names,
)
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.verify.report import Check, Status

_NAME = "decides by bars, money and orders alone"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What code looks at besides the values of its bars.

    Attributes:
        around: Where it looks at what runs it.
        named: Where it decides by what its bars are called.
        reads_names: Whether it reads that at all.
    """

    around: tuple[Diagnostic, ...]
    named: tuple[Diagnostic, ...]
    reads_names: bool


def read_surroundings(source: str) -> Surroundings | None:
    """What the code looks at; None for code that cannot be read."""
    tree = parse(source)
    if not isinstance(tree, ast.Module):
        return None
    try:
        module = read_module(tree)
        around = _by_line([*looks_around(module), *looks_elsewhere(module)])
        return Surroundings(around, tuple(decides_by_name(module)), reads_names(module))
    except RecursionError:  # it is nested too deeply
        return None


def check_surroundings(source: str) -> Check:
    """SC631: code that knows when it is verified may do something else at other times."""
    found = read_surroundings(source)
    if found is None:
        return Check("SC631", _NAME, "skipped", "The code cannot be read.")
    sure = [item for item in found.around if item.severity == "error"]
    if sure:
        words = f"{_told(sure[0])}, so the code may trade otherwise elsewhere."
        return _found("failed", words, sure)
    if found.named:
        words = (
            f"The code asks what its bars are called, in line {found.named[0].line}. It was "
            "compared under some names; under others it may trade otherwise."
        )
        return _found("warning", words, found.named)
    if found.around:
        return _found("warning", f"{_told(found.around[0])}.", found.around)
    return Check("SC631", _NAME, "passed", "Nothing else was found in the code.")


def _by_line(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """One finding a line, those that are sure before others."""
    ranked = sorted(found, key=lambda item: (item.severity != "error", item.line or 0))
    lines = {item.line: item for item in reversed(ranked)}
    return tuple(sorted(lines.values(), key=lambda item: item.line or 0))


def _told(item: Diagnostic) -> str:
    return f"{item.message.removesuffix('.')} (line {item.line})"


def _found(status: Status, words: str, places: Sequence[Diagnostic]) -> Check:
    evidence = tuple(f"line {item.line}: {item.message}" for item in places)
    return Check("SC631", _NAME, status, words, places[0].hint, evidence)
