"""The errors this package raises: what happened, where, and what to do next."""

import difflib
import traceback
from collections.abc import Iterable
from pathlib import Path

from stratcraft_jupyter.diagnostics import Diagnostic


class StratCraftError(Exception):
    """Base of every error a user can meet here.

    Args:
        message: What is wrong and where, as one sentence.
        hint: What to do next, as one sentence.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def money(self) -> str:
        """Whether it cost money, one sentence; empty where nothing could."""
        return ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.message, self.money, self.hint) if part)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows below a cell: the sentence and the user's own line, not our frames."""
        places = traceback.extract_tb(self.__traceback__)
        own = str(Path(__file__).parent)
        ours = [at for at, place in enumerate(places) if place.filename.startswith(own)]
        line = places[ours[0] - 1] if ours and ours[0] > 0 else None
        where = f"Line {line.lineno}: {line.line}" if line and line.line else ""
        return [part for part in (where, f"{type(self).__name__}: {self}") if part]


class UnknownNameError(StratCraftError):
    """A name (kind, sample, template, parameter, ...) that does not exist."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no {what} named {name!r}.", hint=did_you_mean(name, known))
        self.name = name


class WrongTypeError(StratCraftError, TypeError):
    """An argument of a type that cannot be used there."""


class GraphFileError(StratCraftError):
    """A strategy document that cannot be read or may not be written."""


class GraphEditError(StratCraftError):
    """An edit that the strategy document cannot take; the document is unchanged."""


class GraphInvalidError(StratCraftError):
    """A strategy with errors, so that it cannot be compiled.

    Args:
        diagnostics: Every finding, errors first.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        errors = [item for item in diagnostics if item.severity == "error"]
        shown = "\n".join(f"- {item}" for item in errors[:3])
        more = f"\n- and {len(errors) - 3} more" if len(errors) > 3 else ""
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        super().__init__(f"The strategy has {count}:\n{shown}{more}")
        self.diagnostics = diagnostics


class ExpressionError(StratCraftError):
    """A text expression that cannot be read.

    Args:
        message: What is wrong, as one sentence.
        position: Where in the text, from 0.
        hint: What to write instead.
    """

    def __init__(self, message: str, position: int, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.position = position

    @property
    def column(self) -> int:
        """Where in the text, from 1, as people count."""
        return self.position + 1

    def __str__(self) -> str:
        return f"Column {self.column}: {super().__str__()}"


class BarsError(StratCraftError):
    """Market data that cannot be used."""


class BacktestError(StratCraftError):
    """A backtest that did not finish.

    Args:
        message: What went wrong.
        hint: What to do next.
        line: Line of the strategy source (from 1) where it happened, if known.
        kind: One word for the class of failure, such as ``"exception"`` or ``"timeout"``.
    """

    def __init__(
        self, message: str, *, hint: str = "", line: int | None = None, kind: str = "exception"
    ) -> None:
        super().__init__(message, hint=hint)
        self.line = line
        self.kind = kind


class NotebookError(StratCraftError):
    """The notebook page did not do, or did not answer, what it was asked."""


def told(value: object) -> str:
    """A wrong argument for a message: itself if it is short and plain, else its type."""
    if value is None:
        return "None"
    if isinstance(value, str | int | float) and len(repr(value)) <= 60:
        return f"{value!r} ({type(value).__name__})"
    return f"a value of type {type(value).__name__}"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The hint for a misspelt name: close matches, or the first known names."""
    names = sorted(known)
    close = difflib.get_close_matches(str(name), names, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(repr(item) for item in close)}?"
    shown = ", ".join(repr(item) for item in names[:10])
    return f"Known: {shown}{', ...' if len(names) > 10 else ''}." if names else ""
