"""Anthropic, through the Messages API."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

from stratcraft_jupyter.providers.adapter import SDKProvider
from stratcraft_jupyter.providers.base import (
    FinishReason,
    ModelEvent,
    ModelInfo,
    ModelRequest,
    Started,
    Thinking,
    Usage,
    UsageSoFar,
)
from stratcraft_jupyter.providers.connection import SDK
from stratcraft_jupyter.providers.reading import StreamReader, count, day_of

# The interface demands a limit, also for a request that sets none; a server whose limit is lower
# says so, and it is lowered.
_OUTPUT_TOKENS = 16_000
_EFFORTS = ("low", "medium", "high", "xhigh", "max")
_REASONS: dict[str, FinishReason] = {
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "refusal",
}


class AnthropicProvider(SDKProvider):
    """Anthropic's own models; the instructions are marked for its cache."""

    name = "anthropic"
    title = "Anthropic"
    key_variable = "ANTHROPIC_API_KEY"
    own_address = "https://api.anthropic.com"
    url_hint = "Correct the base URL; Anthropic's interface is addressed without /v1."
    optional: ClassVar[dict[str, str]] = {
        "cache_control": "",
        "max_tokens": "",
        "output_config": "",
        "thinking": "",
    }

    def _load_sdk(self) -> SDK:
        import anthropic.resources.messages.messages
        import anthropic.types.message  # what a request would load

        return anthropic

    def _client(self) -> AbstractAsyncContextManager[SDK]:
        client: AbstractAsyncContextManager[SDK] = self._sdk.AsyncAnthropic(
            api_key=self._connection.key,
            base_url=self.url,
            max_retries=0,
            http_client=self._http_client(),
        )
        return client

    def _arguments(self, request: ModelRequest) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "model": request.model,
            "max_tokens": request.max_output_tokens or _OUTPUT_TOKENS,
            "messages": [{"role": item.role, "content": item.text} for item in request.messages],
        }
        if request.system:
            arguments["system"] = request.system
            arguments["cache_control"] = {"type": "ephemeral"}
        if request.reasoning_effort is not None:
            arguments["output_config"] = {"effort": request.reasoning_effort}
            arguments["thinking"] = {"type": "adaptive"}
        return arguments

    async def _open(self, client: SDK, arguments: dict[str, Any]) -> SDK:
        return await client.messages.create(stream=True, **_with_cached_system(arguments))

    def _reader(self, request: ModelRequest) -> StreamReader:
        return MessagesReader(request)

    async def _list(self, client: SDK) -> tuple[ModelInfo, ...]:
        answer = await client.models.with_raw_response.list(limit=1000)
        listed = await self._listed(answer)
        found = [item for item in listed if getattr(item, "lifecycle", "") != "retired"]
        return tuple(_model_info(item) for item in found)

    async def _count(self, client: SDK, request: ModelRequest) -> int | None:
        arguments = self._arguments(request)
        sent = {key: arguments[key] for key in ("model", "messages", "system") if key in arguments}
        answer = await client.messages.count_tokens(**sent)
        return count(answer.input_tokens)


class MessagesReader(StreamReader):
    """Reads the stream of the Messages API."""

    def __init__(self, request: ModelRequest) -> None:
        super().__init__(request)
        self._stop = ""

    def read(self, event: SDK) -> Iterator[ModelEvent]:
        """Events of ours for one event of the vendor."""
        kind = event.type
        if kind == "message_start":
            self.has_begun = True
            self.model = event.message.model or self.model
            yield Started(self.model)
            yield from self._count(event.message.usage, is_start=True)
        elif kind == "content_block_start" and event.content_block.type == "thinking":
            yield Thinking()
        elif kind == "content_block_delta":
            yield from self._delta(event.delta)
        elif kind == "message_delta":
            self._stop = event.delta.stop_reason or self._stop
            yield from self._count(event.usage)
        elif kind == "message_stop":
            self.is_over = True
            if self._stop:
                self.reason = _REASONS.get(self._stop, "complete")

    def _delta(self, delta: SDK) -> Iterator[ModelEvent]:
        if delta.type == "text_delta":
            yield from self.text(delta.text)
        elif delta.type == "thinking_delta":
            yield Thinking(delta.thinking)

    def _count(self, usage: SDK | None, *, is_start: bool = False) -> Iterator[ModelEvent]:
        """Tokens so far: each report is of the whole, but may leave out what it does not know.

        What the first one says of an answer that has not begun is no count of it.
        """
        if usage is None:
            return
        before = self.usage or Usage()
        read = count(usage.cache_read_input_tokens) or before.cached_input_tokens
        written = count(usage.cache_creation_input_tokens) or before.cache_write_tokens
        fresh = count(usage.input_tokens) or (
            before.input_tokens - before.cached_input_tokens - before.cache_write_tokens
        )
        details = getattr(usage, "output_tokens_details", None)
        self.usage = Usage(
            input_tokens=fresh + read + written,
            cached_input_tokens=read,
            cache_write_tokens=written,
            output_tokens=(0 if is_start else count(usage.output_tokens)) or before.output_tokens,
            reasoning_tokens=count(getattr(details, "thinking_tokens", 0))
            or before.reasoning_tokens,
        )
        yield UsageSoFar(self.usage)


def _with_cached_system(arguments: dict[str, Any]) -> dict[str, Any]:
    """The mark for the cache belongs to the instructions: they stay the same between attempts."""
    sent = dict(arguments)
    cache = sent.pop("cache_control", None)
    if cache is not None:
        sent["system"] = [{"type": "text", "text": sent["system"], "cache_control": cache}]
    return sent


def _model_info(model: SDK) -> ModelInfo:
    return ModelInfo(
        model.id,
        getattr(model, "display_name", "") or "",
        count(getattr(model, "max_input_tokens", 0)) or None,
        count(getattr(model, "max_tokens", 0)) or None,
        _efforts(getattr(model, "capabilities", None)),
        day_of(getattr(model, "retires_at", None)),
    )


def _efforts(capabilities: SDK | None) -> tuple[str, ...]:
    effort = getattr(capabilities, "effort", None)
    if not getattr(effort, "supported", False):
        return ()
    levels = ((name, getattr(effort, name, None)) for name in _EFFORTS)
    return tuple(name for name, level in levels if getattr(level, "supported", False))
