"""Servers that speak like OpenAI's Chat Completions: Ollama, vLLM, LM Studio, gateways."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

from stratcraft_jupyter.providers.adapter import SDKProvider
from stratcraft_jupyter.providers.address import shown_host
from stratcraft_jupyter.providers.base import (
    FinishReason,
    ModelEvent,
    ModelInfo,
    ModelRequest,
    Started,
    TextDelta,
    Thinking,
    Usage,
    UsageSoFar,
)
from stratcraft_jupyter.providers.complaints import Complaint
from stratcraft_jupyter.providers.connection import SDK
from stratcraft_jupyter.providers.reading import ComplaintError, StreamReader, count
from stratcraft_jupyter.providers.thinking import ThinkingSplitter

# The SDK demands some key, and would take OpenAI's from the environment: that is not for others.
_NO_KEY = "none"
_REASONS: dict[str, FinishReason] = {"length": "length", "content_filter": "filter"}
_CONTEXT_NAMES = ("context_length", "context_window", "max_model_len", "max_context_length")


class CompatibleProvider(SDKProvider):
    """A server of one's own, or a gateway, by its base URL."""

    name = "compatible"
    title = "Compatible server"
    key_variable = "STRATCRAFT_COMPATIBLE_KEY"
    needs_key = False
    needs_base_url = True
    url_hint = "Set the server's base URL; most end in /v1, such as http://localhost:11434/v1."
    optional: ClassVar[dict[str, str]] = {
        "max_tokens": "max_completion_tokens",
        "max_completion_tokens": "",
        "reasoning_effort": "",
        "stream_options": "",
    }

    def _load_sdk(self) -> SDK:
        import openai.resources.chat.completions.completions
        import openai.types.chat  # what a request would load

        return openai

    @property
    def who(self) -> str:
        """The other side, as the user knows it."""
        return f"The server {shown_host(self.url)}" if self.url else self.title

    def _client(self) -> AbstractAsyncContextManager[SDK]:
        client: AbstractAsyncContextManager[SDK] = self._sdk.AsyncOpenAI(
            api_key=self._connection.key or _NO_KEY,
            # none of OpenAI's account, which the SDK would read from the environment
            organization="",
            project="",
            base_url=self.url,
            max_retries=0,
            http_client=self._http_client(),
        )
        return client

    def _arguments(self, request: ModelRequest) -> dict[str, Any]:
        turns = [{"role": item.role, "content": item.text} for item in request.messages]
        if request.system:
            turns.insert(0, {"role": "system", "content": request.system})
        arguments: dict[str, Any] = {
            "model": request.model,
            "messages": turns,
            "stream_options": {"include_usage": True},
        }
        if request.max_output_tokens is not None:
            arguments["max_tokens"] = request.max_output_tokens
        if request.reasoning_effort is not None:
            arguments["reasoning_effort"] = request.reasoning_effort
        return arguments

    async def _open(self, client: SDK, arguments: dict[str, Any]) -> SDK:
        return await client.chat.completions.create(stream=True, **arguments)

    def _reader(self, request: ModelRequest) -> StreamReader:
        return ChatReader(request)

    async def _list(self, client: SDK) -> tuple[ModelInfo, ...]:
        listed = await self._listed(await client.models.with_raw_response.list())
        return tuple(ModelInfo(item.id, context_tokens=_context(item)) for item in listed)


class ChatReader(StreamReader):
    """Reads the stream of Chat Completions, with what local servers add to it."""

    def __init__(self, request: ModelRequest) -> None:
        super().__init__(request)
        self._splitter = ThinkingSplitter()
        self._is_refusal = False

    def read(self, event: SDK) -> Iterator[ModelEvent]:
        """Events of ours for one event of the vendor.

        Raises:
            ComplaintError: The server complains.
        """
        if getattr(event, "object", "") == "error":
            raise ComplaintError(Complaint(200, "", str(getattr(event, "message", ""))))
        if not self.has_begun:
            self.has_begun = True
            self.model = event.model or self.model
            yield Started(self.model)
        for choice in event.choices or ():
            yield from self._choice(choice)
        if event.usage is not None:
            self.usage = _usage(event.usage)
            yield UsageSoFar(self.usage)
            self.is_over = self.reason is not None

    def _choice(self, choice: SDK) -> Iterator[ModelEvent]:
        delta = choice.delta
        if delta is not None:
            # two names are about for what no standard knows
            thought = getattr(delta, "reasoning_content", None) or getattr(delta, "reasoning", None)
            if isinstance(thought, str) and thought:
                yield Thinking(thought)
            if delta.refusal:
                self._is_refusal = True
            yield from self._split(delta.content or delta.refusal or "")
        if choice.finish_reason:
            yield from self._told(self._splitter.end())
            reason = _REASONS.get(choice.finish_reason, "complete")
            self.reason = "refusal" if self._is_refusal and reason == "complete" else reason

    def _split(self, text: object) -> Iterator[ModelEvent]:
        if isinstance(text, str) and text:
            yield from self._told(self._splitter.feed(text))

    def _told(self, events: Iterator[TextDelta | Thinking]) -> Iterator[ModelEvent]:
        for event in events:
            if isinstance(event, TextDelta):
                yield from self.text(event.text)
            else:
                yield event


def _usage(usage: SDK) -> Usage:
    sent = usage.prompt_tokens_details
    answered = usage.completion_tokens_details
    return Usage(
        input_tokens=count(usage.prompt_tokens),
        cached_input_tokens=count(getattr(sent, "cached_tokens", 0)),
        cache_write_tokens=count(getattr(sent, "cache_write_tokens", 0)),
        output_tokens=count(usage.completion_tokens),
        reasoning_tokens=count(getattr(answered, "reasoning_tokens", 0)),
    )


def _context(model: SDK) -> int | None:
    found = (count(getattr(model, name, 0)) for name in _CONTEXT_NAMES)
    return next(filter(None, found), None)
