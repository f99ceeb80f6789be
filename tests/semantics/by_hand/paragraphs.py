"""The paragraphs of docs/semantics.md, and the tests that hold each of them."""

import ast
import re
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parents[1]
DOCUMENT = TESTS.parent / "docs" / "semantics.md"

WORDS = 5
"""A paragraph that begins with no title is called by so many of its first words."""


def paragraphs() -> list[str]:
    """All of them, as ``Fills: Market orders`` or ``Targets: A target is a limit``."""
    found, section = [], ""
    text = re.sub(r"^(\d+\. )", r"\n\1", DOCUMENT.read_text(encoding="utf-8"), flags=re.M)
    for block in filter(None, (block.strip() for block in re.split(r"\n\s*\n", text))):
        if block.startswith("#"):
            section = block.lstrip("# ")
        elif block != "---":
            found.append(f"{section}: {_name(block)}")
    return found


def _name(block: str) -> str:
    titled = re.match(r"(?:\d+\. )?\*\*(.+?)\.?\*\*", block)
    return titled[1] if titled else " ".join(block.strip("`").split()[:WORDS]).rstrip(".,:")


def covered_here() -> dict[str, list[str]]:
    """By paragraph, the tests of this folder that name it with `covers`."""
    found = defaultdict(list)
    for path in sorted(HERE.glob("test_*.py")):
        for test in _tests(path):
            for decorator in test.decorator_list:
                for name in _named(decorator):
                    found[name].append(f"{path.name}::{test.name}")
    return found


def names_of_tests(file: str) -> set[str]:
    """The names of the tests of a file, given by its place in `tests/`."""
    return {test.name for test in _tests(TESTS / file)}


def _tests(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def _named(decorator: ast.expr) -> list[str]:
    if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name)):
        return []
    if decorator.func.id != "covers":
        return []
    return [ast.literal_eval(item) for item in decorator.args]
