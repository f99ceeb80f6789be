"""Makes findings about code: each with its line, the reason and the fix."""

import ast

from stratcraft_jupyter.diagnostics import Diagnostic, Severity

_LONGEST = 60


def finding(
    code: str,
    place: ast.AST | int | None,
    message: str,
    hint: str,
    *,
    severity: Severity = "error",
) -> Diagnostic:
    """A finding at a node of the syntax tree, or at a line."""
    line = place if isinstance(place, int) else getattr(place, "lineno", None)
    return Diagnostic(code, severity, message, hint, line=line)


def shown(node: ast.AST) -> str:
    """A short piece of code as a message shows it."""
    try:
        text = " ".join(ast.unparse(node).split())
    except RecursionError:
        return "this expression"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
