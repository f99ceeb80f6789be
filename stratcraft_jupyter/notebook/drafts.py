"""Drafts: text of a model in a cell before it is finished code."""

# What stops a draft is its first line, which every Python obeys. A cell magic would do the same in
# IPython only, and the mark in the metadata only for us; the mark is there so that we know a draft
# without reading it.
from stratcraft_jupyter.generation import DRAFT_LINE


def as_draft(text: str) -> str:
    """The text as it stands in a cell until it is finished."""
    return f"{DRAFT_LINE}\n{text}"


def is_draft(source: str) -> bool:
    """Whether a cell's text still has the line that stops a draft."""
    return any(line.strip() == DRAFT_LINE for line in source.splitlines())
