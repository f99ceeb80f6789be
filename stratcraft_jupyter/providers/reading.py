"""What reading a vendor's stream comes down to: events of ours, tokens so far, and its end."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from stratcraft_jupyter.providers.base import (
    Finished,
    FinishReason,
    ModelEvent,
    ModelRequest,
    TextDelta,
    Usage,
)
from stratcraft_jupyter.providers.complaints import Complaint

_CHARACTERS_A_TOKEN = 4


class ComplaintError(Exception):
    """A stream in which the server complains.

    Attributes:
        complaint: Of what.
    """

    def __init__(self, complaint: Complaint) -> None:
        super().__init__("the server complains in its stream")
        self.complaint = complaint


class StreamReader(ABC):
    """Turns the events of one vendor's stream into ours.

    Attributes:
        model: The model that answers.
        usage: Tokens, as far as the provider said.
        reason: Why the answer ended; None before its end.
        is_over: Whether nothing more is to be read.
        has_begun: Whether the provider began to answer.
        has_text: Whether text arrived.
    """

    def __init__(self, request: ModelRequest) -> None:
        self.model = request.model
        self.usage: Usage | None = None
        self.reason: FinishReason | None = None
        self.is_over = False
        self.has_begun = False
        self.has_text = False
        self._request = request
        self._characters = 0

    @abstractmethod
    def read(self, event: Any) -> Iterator[ModelEvent]:  # noqa: ANN401 - the SDK's own
        """Events of ours for one event of the vendor.

        Raises:
            ComplaintError: The server complains.
        """

    def finished(self) -> Finished:
        """The end of a good stream; tokens are estimated if the provider did not say."""
        guessed, told = self._estimate(), self.usage
        usage = told or guessed
        if told is not None and not told.output_tokens and guessed.output_tokens:
            usage = replace(told, output_tokens=guessed.output_tokens, is_estimate=True)
        return Finished(self.reason or "complete", usage, self.model)

    def text(self, delta: object) -> Iterator[TextDelta]:
        """More text, if it is any."""
        if isinstance(delta, str) and delta:
            self.has_text = True
            self._characters += len(delta)
            yield TextDelta(delta)

    def _estimate(self) -> Usage:
        request = self._request
        sent = len(request.system) + sum(len(message.text) for message in request.messages)
        return Usage(
            input_tokens=-(-sent // _CHARACTERS_A_TOKEN),
            output_tokens=-(-self._characters // _CHARACTERS_A_TOKEN),
            is_estimate=True,
        )


def count(value: object) -> int:
    """A number of tokens as servers send it: absent, null or odd means none."""
    return value if isinstance(value, int) and value > 0 else 0


def day_of(value: object) -> date | None:
    """A day as servers send it: a date, a time, or the text of one; None if it is none."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
