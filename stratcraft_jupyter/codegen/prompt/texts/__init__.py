"""The parts of a prompt that are the same for every strategy, as Markdown files beside this one."""

from functools import cache
from importlib.resources import files


@cache
def text(name: str) -> str:
    """The text with this name, without its final newline."""
    return files(__name__).joinpath(f"{name}.md").read_text("utf-8").rstrip("\n")
