"""Finds the strategy code in the answer of a model, and says so when there is none."""

from stratcraft_jupyter.codegen.extract.choosing import choose_code
from stratcraft_jupyter.codegen.extract.extraction import Extraction
from stratcraft_jupyter.codegen.extract.findings import (
    Stop,
    code_breaks_off,
    code_was_cut,
    empty_answer,
    no_code,
    reasoning_alone,
    several_versions,
    too_long,
)
from stratcraft_jupyter.codegen.extract.reading import read_answer

__all__ = ["MAX_ANSWER", "Extraction", "Stop", "extract_code"]

MAX_ANSWER = 1_000_000
"""Characters of an answer that are looked at; a strategy has a few thousand."""


def extract_code(text: str, *, stop: Stop | None = None) -> Extraction:
    """The code in an answer: out of prose, fences, reasoning, HTML entities and odd line ends.

    Where there are several versions, the last whole one is taken.

    Args:
        text: The answer as it arrived.
        stop: Why it ended before its end; None if it did not.
    """
    if len(text) > MAX_ANSWER:
        return Extraction(None, (too_long(len(text), MAX_ANSWER),))
    answer = read_answer(text)
    if not answer.text.strip():
        reasons = reasoning_alone(stop) if answer.has_reasoning else empty_answer(stop)
        return Extraction(None, (reasons,))
    choice = choose_code(answer)
    if choice is None:
        return Extraction(None, (no_code(answer.text, stop),))
    found = []
    if choice.versions > 1:
        found.append(several_versions(choice.versions))
    if stop is not None:
        found.append(code_was_cut(stop, is_whole=choice.is_whole and not choice.is_open))
    elif choice.is_open and not choice.is_whole:
        found.append(code_breaks_off())
    return Extraction(choice.source, tuple(found))
