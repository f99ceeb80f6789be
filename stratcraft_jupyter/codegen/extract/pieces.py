"""One text that could be code: cleaned, and looked at for a strategy."""

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from stratcraft_jupyter.python_source import parse_python

_ENTITIES = {
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "quot": '"',
    "apos": "'",
    "nbsp": " ",
    "#34": '"',
    "#38": "&",
    "#39": "'",
    "#60": "<",
    "#62": ">",
    "#x27": "'",
    "#x2f": "/",
    "#x3c": "<",
    "#x3e": ">",
}
_ENTITY = re.compile(rf"&({'|'.join(_ENTITIES)});", re.IGNORECASE)
_MOST = 200_000
"""Characters that are parsed; more is no strategy."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that could be code.

    Attributes:
        source: The text, cleaned, with a final newline.
        tree: Its syntax tree; None if it is no Python.
        is_whole: Whether it is Python with a strategy class in it.
    """

    source: str
    tree: ast.Module | None
    is_whole: bool


def piece_of(text: str) -> Piece:
    """Cleans a text and looks whether it is a strategy."""
    source, tree = _read(text)
    return Piece(source, tree, tree is not None and _has_strategy(tree))


def _read(text: str) -> tuple[str, ast.Module | None]:
    """The cleaned text and its tree: as it is, dedented, or without HTML entities."""
    source = _ended(text)
    tree = parsed(source)
    if tree is None:
        dedented = _ended(textwrap.dedent(text.expandtabs(4)))
        tree = parsed(dedented)
        source = dedented if tree is not None else source
    if _ENTITY.search(source) and (tree is None or _has_entities(tree)):
        plain = _ended(textwrap.dedent(unescaped(text)))
        plain_tree = parsed(plain)
        if plain_tree is not None:
            return plain, plain_tree
    return source, tree


def _has_entities(tree: ast.Module) -> bool:
    """Whether ``a &lt; b`` stands in the code: Python reads it as ``a & lt``."""
    return any(
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.BitAnd)
        and isinstance(node.right, ast.Name)
        and node.right.id in _ENTITIES
        for node in ast.walk(tree)
    )


def unescaped(text: str) -> str:
    """The text with the HTML entities that code suffers from turned into their characters."""
    return _ENTITY.sub(lambda match: _ENTITIES[match[1].lower()], text)


def _ended(text: str) -> str:
    lines = text.strip("\n").rstrip().split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines) + "\n" if lines else ""


def parsed(source: str) -> ast.Module | None:
    """The syntax tree; None if it is no Python, or more than is looked at."""
    if len(source) > _MOST:
        return None
    try:
        return parse_python(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def _has_strategy(tree: ast.Module) -> bool:
    """Whether a class derives from something named ``...Strategy``."""
    return any(
        isinstance(node, ast.ClassDef) and any(_is_strategy(base) for base in node.bases)
        for node in tree.body
    )


def _is_strategy(base: ast.expr) -> bool:
    name = base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
    return str(name).endswith("Strategy")


def bound_names(tree: ast.Module) -> set[str]:
    """Names that the top level of a module defines."""
    return {name for statement in tree.body for name in _bound_by(statement)}


def _bound_by(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.ClassDef | ast.FunctionDef):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0]
    elif isinstance(statement, ast.Assign):
        yield from (target.id for target in statement.targets if isinstance(target, ast.Name))


def missing_names(tree: ast.Module | None) -> set[str]:
    """Names that a module reads and defines nowhere."""
    if tree is None:
        return set()
    read: set[str] = set()
    bound = bound_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.Import | ast.ImportFrom | ast.ClassDef | ast.FunctionDef):
            bound.update(_bound_by(node))
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
    return read - bound
