"""What was found in an answer."""

from dataclasses import dataclass

from stratcraft_jupyter.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Extraction:
    """The code of an answer, and what is odd about the answer.

    Attributes:
        source: The code with plain line ends and a final newline; None if there is none. It need
            not be whole, nor valid Python.
        findings: Why there is none, that it was cut off, or which of several was taken.
    """

    source: str | None
    findings: tuple[Diagnostic, ...] = ()
