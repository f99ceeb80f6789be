"""Drafts: text of a model in a cell before it is finished code."""

# A draft has to be safe wherever the notebook is opened: in any front end, with or without this
# package, after a restart, under nbconvert. So what stops it is Python, in the first line: broken
# text is refused by the parser before anything runs, text that parses stops here with a message.
# A cell magic would do the same in IPython only, and the mark in the metadata only for us; the
# mark is there so that we know a draft without reading it.
DRAFT_LINE = (
    'raise RuntimeError("This is a draft, not finished code. Delete this line to run it anyway.")'
)


def as_draft(text: str) -> str:
    """The text as it stands in a cell until it is finished."""
    return f"{DRAFT_LINE}\n{text}"


def is_draft(source: str) -> bool:
    """Whether a cell's text still has the line that stops a draft."""
    return any(line.strip() == DRAFT_LINE for line in source.splitlines())
