"""OpenAI, through the Responses API."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

from stratcraft_jupyter.providers.adapter import SDKProvider
from stratcraft_jupyter.providers.base import (
    ModelEvent,
    ModelInfo,
    ModelRequest,
    Started,
    Thinking,
    Usage,
)
from stratcraft_jupyter.providers.complaints import Complaint
from stratcraft_jupyter.providers.connection import SDK
from stratcraft_jupyter.providers.reading import ComplaintError, StreamReader, count, day_of

# Models of the list that do not answer with text.
_OTHER_MODELS = (
    "audio",
    "babbage",
    "computer-use",
    "dall-e",
    "davinci",
    "embedding",
    "image",
    "moderation",
    "realtime",
    "sora",
    "transcribe",
    "tts",
    "whisper",
)


class OpenAIProvider(SDKProvider):
    """OpenAI's own models; answers are not stored there."""

    name = "openai"
    title = "OpenAI"
    key_variable = "OPENAI_API_KEY"
    own_address = "https://api.openai.com/v1"
    url_hint = "Correct the base URL; OpenAI's interface ends in /v1."
    optional: ClassVar[dict[str, str]] = {"reasoning": "", "max_output_tokens": "", "store": ""}

    def _load_sdk(self) -> SDK:
        import openai.resources.responses.responses
        import openai.types.responses  # what a request would load

        return openai

    def _client(self) -> AbstractAsyncContextManager[SDK]:
        client: AbstractAsyncContextManager[SDK] = self._sdk.AsyncOpenAI(
            api_key=self._connection.key,
            base_url=self.url,
            max_retries=0,
            http_client=self._http_client(),
        )
        return client

    def _arguments(self, request: ModelRequest) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "model": request.model,
            "input": [{"role": item.role, "content": item.text} for item in request.messages],
            "store": False,
        }
        if request.system:
            arguments["instructions"] = request.system
        if request.max_output_tokens is not None:
            arguments["max_output_tokens"] = request.max_output_tokens
        if request.reasoning_effort is not None:
            arguments["reasoning"] = {"effort": request.reasoning_effort}
        return arguments

    async def _open(self, client: SDK, arguments: dict[str, Any]) -> SDK:
        return await client.responses.create(stream=True, **arguments)

    def _reader(self, request: ModelRequest) -> StreamReader:
        return ResponsesReader(request)

    async def _list(self, client: SDK) -> tuple[ModelInfo, ...]:
        listed = await self._listed(await client.models.with_raw_response.list())
        found = [item for item in listed if not _is_other(item.id)]
        found.sort(key=lambda item: (count(getattr(item, "created", 0)), item.id), reverse=True)
        return tuple(
            ModelInfo(item.id, retires_on=day_of(getattr(item, "shutdown_date", None)))
            for item in found
        )

    async def _count(self, client: SDK, request: ModelRequest) -> int | None:
        counter = getattr(client.responses, "input_tokens", None)
        if counter is None:  # an early version of the SDK
            return None
        names = ("model", "input", "instructions")
        arguments = self._arguments(request)
        sent = {name: arguments[name] for name in names if name in arguments}
        answer = await counter.count(**sent)
        return count(answer.input_tokens)


class ResponsesReader(StreamReader):
    """Reads the stream of the Responses API."""

    def __init__(self, request: ModelRequest) -> None:
        super().__init__(request)
        self._is_refusal = False

    def read(self, event: SDK) -> Iterator[ModelEvent]:
        """Events of ours for one event of the vendor.

        Raises:
            ComplaintError: The server complains.
        """
        kind = event.type
        if kind == "error":
            said = (str(event.code or ""), str(event.message or ""), str(event.param or ""))
            raise ComplaintError(Complaint(200, *said))
        if not self.has_begun:
            self.has_begun = True
            self.model = _text(getattr(event, "response", None), "model") or self.model
            yield Started(self.model)
        if kind == "response.output_text.delta":
            yield from self.text(event.delta)
        elif kind == "response.refusal.delta":
            self._is_refusal = True
            yield from self.text(event.delta)
        elif kind in ("response.reasoning_text.delta", "response.reasoning_summary_text.delta"):
            yield Thinking(event.delta)
        elif kind == "response.output_item.added" and event.item.type == "reasoning":
            yield Thinking()
        elif kind in ("response.completed", "response.incomplete", "response.failed"):
            self._end(event.response)

    def _end(self, response: SDK) -> None:
        """The terminal event."""
        self.usage = _usage(response.usage) or self.usage
        if response.status == "failed":
            error = response.error
            raise ComplaintError(Complaint(200, _text(error, "code"), _text(error, "message")))
        self.is_over = True
        why = _text(response.incomplete_details, "reason")
        if why == "content_filter":
            self.reason = "filter"
        elif response.status == "incomplete":
            self.reason = "length"
        else:
            self.reason = "refusal" if self._is_refusal else "complete"


def _usage(usage: SDK | None) -> Usage | None:
    if usage is None:
        return None
    sent, answered = usage.input_tokens_details, usage.output_tokens_details
    return Usage(
        input_tokens=count(usage.input_tokens),
        cached_input_tokens=count(getattr(sent, "cached_tokens", 0)),
        cache_write_tokens=count(getattr(sent, "cache_write_tokens", 0)),
        output_tokens=count(usage.output_tokens),
        reasoning_tokens=count(getattr(answered, "reasoning_tokens", 0)),
    )


def _text(value: SDK | None, name: str) -> str:
    return str(getattr(value, name, None) or "")


def _is_other(model: str) -> bool:
    return any(word in model for word in _OTHER_MODELS)
