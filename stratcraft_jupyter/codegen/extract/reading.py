"""Takes an answer apart: reasoning, prose, and blocks of code between fences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stratcraft_jupyter.codegen.extract.pieces import unescaped

_FENCE = re.compile(r"(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})(?P<info>[^\n]*)")
_OPEN = re.compile(r"<(think|thinking|reasoning|thought)>", re.IGNORECASE)
_CLOSE = re.compile(r"</(think|thinking|reasoning|thought)>", re.IGNORECASE)
_DEEPEST = 4
_HTML_BLOCK = re.compile(r"</?(pre|code)\b[^>\n]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """Text between two fences.

    Attributes:
        text: Its lines, without what the fence is indented by.
        language: First word behind the opening fence, in lower case.
        is_open: Whether its closing fence is missing.
    """

    text: str
    language: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer taken apart.

    Attributes:
        text: All of it with plain line ends, without the reasoning.
        blocks: What stands between fences, inner blocks before the ones they stand in.
        span: All that stands between the first and the last of more than two fences.
        has_reasoning: Whether there was reasoning in it.
    """

    text: str
    blocks: tuple[Block, ...]
    span: str
    has_reasoning: bool


def read_answer(text: str) -> Answer:
    """Takes an answer apart."""
    lines = with_plain_line_ends(text).split("\n")
    shown, has_reasoning = _without_reasoning(lines)
    blocks = tuple(_blocks(shown))
    if not blocks and any(_HTML_BLOCK.search(line) for line in shown):
        shown = unescaped(_HTML_BLOCK.sub("\n", "\n".join(shown))).split("\n")
    return Answer("\n".join(shown), blocks, _span(shown), has_reasoning)


def with_plain_line_ends(text: str) -> str:
    """The text with line feeds alone, and without byte order marks."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")


def _without_reasoning(lines: list[str]) -> tuple[list[str], bool]:
    """The lines outside of reasoning; tags between fences are code."""
    lines, has_reasoning = _after_lone_end(lines)
    shown: list[str] = []
    fence = ""
    thinks = False
    for line in lines:
        if not thinks and not fence and (opening := _OPEN.search(line)):
            before = line[: opening.start()]
            thinks = has_reasoning = True
            line = line[opening.end() :]
            if before.strip():
                shown.append(before)
        if thinks:
            closing = _CLOSE.search(line)
            if closing is None:
                continue
            thinks = False
            line = line[closing.end() :]
            if not line.strip():
                continue
        fence = _fence_after(fence, line)
        shown.append(line)
    return shown, has_reasoning


def _after_lone_end(lines: list[str]) -> tuple[list[str], bool]:
    """Some servers drop the opening tag: all up to a closing tag alone is reasoning."""
    for number, line in enumerate(lines):
        if _OPEN.search(line):
            break
        if _CLOSE.fullmatch(line.strip()):
            return lines[number + 1 :], True
    return lines, False


def _fence_after(fence: str, line: str) -> str:
    """The fence that is open after a line, or nothing."""
    match = _FENCE.fullmatch(line)
    if match is None:
        return fence
    if not fence:
        return match["marks"] if _can_open(match) else ""
    return "" if _closes(match, fence) else fence


def _can_open(match: re.Match[str]) -> bool:
    # three backticks and more of them on the line are code within a sentence
    return not (match["marks"][0] == "`" and "`" in match["info"])


def _closes(match: re.Match[str], fence: str) -> bool:
    marks = match["marks"]
    return marks[0] == fence[0] and len(marks) >= len(fence) and not match["info"].strip()


@dataclass(slots=True)
class _Open:
    marks: str
    indent: str
    language: str
    lines: list[str]


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Blocks between fences; a fence with a language inside a block opens an inner one."""
    stack: list[_Open] = []
    for line in lines:
        match = _FENCE.fullmatch(line)
        opens = None
        if match and stack and _closes(match, stack[-1].marks):
            yield _block(stack.pop(), is_open=False)
        elif match and _can_open(match) and _may_nest(stack, match["info"]):
            words = match["info"].split()
            opens = _Open(match["marks"], match["indent"], words[0].lower() if words else "", [])
        for outer in stack:
            outer.lines.append(line)
        if opens:
            stack.append(opens)
    while stack:
        yield _block(stack.pop(), is_open=True)


def _may_nest(stack: list[_Open], info: str) -> bool:
    return not stack or (len(stack) < _DEEPEST and bool(info.strip()))


def _block(opened: _Open, *, is_open: bool) -> Block:
    lines = [line.removeprefix(opened.indent) for line in opened.lines]
    return Block("\n".join(lines), opened.language, is_open)


def _span(lines: list[str]) -> str:
    """All between the first and the last fence: a docstring can have fences of its own."""
    fences = [number for number, line in enumerate(lines) if _FENCE.fullmatch(line)]
    return "\n".join(lines[fences[0] + 1 : fences[-1]]) if len(fences) > 2 else ""
