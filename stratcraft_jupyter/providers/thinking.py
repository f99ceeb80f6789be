"""Reasoning that local models write into their answer, between tags at its beginning."""

from collections.abc import Iterator

from stratcraft_jupyter.providers.base import TextDelta, Thinking

_OPEN = ("<think>", "<thinking>")


class ThinkingSplitter:
    """Separates ``<think>…</think>`` at the beginning of an answer from the answer itself.

    Of a tag that is never closed, nobody can tell where the thoughts end: at the end all of it is
    text, with the tag, so that nothing is lost and nothing is taken for an answer.
    """

    def __init__(self) -> None:
        self._state = "start"
        self._held = ""
        self._opening = self._closing = ""
        self._thoughts: list[str] = []

    def feed(self, text: str) -> Iterator[TextDelta | Thinking]:
        """More text; a piece that may be half a tag is held back."""
        self._held += text
        if self._state == "start":
            self._find_opening()
        if self._state == "thinking":
            yield from self._think()
        if self._state == "gap":  # the empty lines before the answer
            self._held = self._held.lstrip("\n")
            self._state = "answer" if self._held else "gap"
        if self._state == "answer" and self._held:
            yield TextDelta(self._take(len(self._held)))

    def end(self) -> Iterator[TextDelta | Thinking]:
        """What is still held back when the stream ends."""
        is_open = self._state == "thinking"
        held = (self._opening if is_open else "") + "".join(self._thoughts)
        held += self._take(len(self._held))
        if held:
            yield TextDelta(held)

    def _find_opening(self) -> None:
        text = self._held.lstrip()
        for tag in _OPEN:
            if text.startswith(tag):
                self._state = "thinking"
                self._opening = tag
                self._closing = tag.replace("<", "</")
                self._held = text[len(tag) :]
                return
        if text and not any(tag.startswith(text) for tag in _OPEN):
            self._state = "answer"

    def _think(self) -> Iterator[Thinking]:
        before, found, after = self._held.partition(self._closing)
        if found:
            self._state = "gap"
            self._held = after
            self._thoughts.clear()
        else:
            before = self._held[: len(self._held) - self._half_tag()]
            self._held = self._held[len(before) :]
            self._thoughts.append(before)
        if before:
            yield Thinking(before)

    def _half_tag(self) -> int:
        """Length of the end of the text that may be the beginning of the closing tag."""
        lengths = range(min(len(self._closing) - 1, len(self._held)), 0, -1)
        return next((n for n in lengths if self._closing.startswith(self._held[-n:])), 0)

    def _take(self, length: int) -> str:
        taken, self._held = self._held[:length], self._held[length:]
        return taken
