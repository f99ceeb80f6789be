"""Finds the strategy code in the answer of a model, and says so when there is none."""

from stratcraft_jupyter.codegen.extract.choosing import choose_code
from stratcraft_jupyter.codegen.extract.extraction import Extraction
from stratcraft_jupyter.codegen.extract.findings import (
    code_was_cut,
    empty_answer,
    no_code,
    reasoning_alone,
    several_versions,
    too_long,
)
from stratcraft_jupyter.codegen.extract.reading import read_answer

__all__ = ["MAX_ANSWER", "Extraction", "extract_code"]

MAX_ANSWER = 1_000_000
"""Characters of an answer that are looked at; a strategy has a few thousand."""


def extract_code(text: str, *, is_complete: bool = True) -> Extraction:
    """The code in an answer: out of prose, fences, reasoning, HTML entities and odd line ends.

    Where there are several versions, the last whole one is taken.

    Args:
        text: The answer as it arrived.
        is_complete: Whether it arrived to its end.
    """
    if len(text) > MAX_ANSWER:
        return Extraction(None, (too_long(len(text), MAX_ANSWER),))
    answer = read_answer(text)
    if not answer.text.strip():
        reasons = (
            reasoning_alone(is_complete) if answer.has_reasoning else empty_answer(is_complete)
        )
        return Extraction(None, (reasons,))
    choice = choose_code(answer)
    if choice is None:
        return Extraction(None, (no_code(answer.text, is_complete),))
    found = []
    if choice.versions > 1:
        found.append(several_versions(choice.versions))
    if not is_complete or (choice.is_open and not choice.is_whole):
        found.append(code_was_cut(choice.is_whole and not choice.is_open))
    return Extraction(choice.source, tuple(found))
