"""Whether code decides by its bars alone, or looks at who runs it and what its bars are called."""

import ast
from dataclasses import dataclass

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
        around, named = tuple(looks_around(module)), tuple(decides_by_name(module))
        return Surroundings(around, named, reads_names(module))
    except RecursionError:  # it is nested too deeply
        return None


def check_surroundings(source: str) -> Check:
    """SC631: code that knows when it is verified may do something else at other times."""
    found = read_surroundings(source)
    if found is None:
        return Check("SC631", _NAME, "skipped", "The code cannot be read.")
    if found.around:
        words = (
            "The code looks at what runs it, so it may trade otherwise elsewhere: line "
            f"{found.around[0].line}."
        )
        return _found("failed", words, found.around)
    if found.named:
        words = (
            f"The code asks what its bars are called, in line {found.named[0].line}. It was "
            "compared under some names; under others it may trade otherwise."
        )
        return _found("warning", words, found.named)
    return Check("SC631", _NAME, "passed", "The code looks at nothing else.")


def _found(status: Status, words: str, places: tuple[Diagnostic, ...]) -> Check:
    evidence = tuple(f"line {item.line}: {item.message}" for item in places)
    return Check("SC631", _NAME, status, words, places[0].hint, evidence)
