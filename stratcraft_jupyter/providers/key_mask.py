"""Takes the key in use out of an answer: a server may echo it, and an answer is kept in a cell."""

from collections.abc import Iterator

from stratcraft_jupyter.providers.base import Failed, Finished, ModelEvent, TextDelta

HIDDEN = "[hidden]"
# Servers of one's own take keys such as "none", which are no secret and are words of an answer.
_SHORTEST = 8


class KeyMask:
    """Hides a key in text that comes in pieces; what may be its beginning is held back.

    Args:
        key: The key; one of a few characters is no secret.
    """

    def __init__(self, key: str) -> None:
        self._key = key if len(key) >= _SHORTEST else ""
        self._held = ""

    def take(self, event: ModelEvent) -> Iterator[ModelEvent]:
        """The event as it may be shown, after what was held back if it is the last one."""
        if isinstance(event, TextDelta) and self._key:
            text = self._shown(event.text)
            if text:
                yield TextDelta(text)
            return
        if isinstance(event, Finished | Failed) and self._held:
            yield TextDelta(self._held)
            self._held = ""
        yield event

    def _shown(self, text: str) -> str:
        text = (self._held + text).replace(self._key, HIDDEN)
        lengths = range(min(len(self._key) - 1, len(text)), 0, -1)
        begun = next((n for n in lengths if text.endswith(self._key[:n])), 0)
        self._held = text[len(text) - begun :]
        return text[: len(text) - begun]
