"""What the adapters of all SDKs share: one request, its faults, and its stream to the very end."""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, ClassVar

from stratcraft_jupyter.providers.base import (
    Connection,
    Failed,
    Fault,
    Finished,
    ModelEvent,
    ModelRequest,
    Usage,
)
from stratcraft_jupyter.providers.classify import allowed_maximum, is_filtered
from stratcraft_jupyter.providers.complaints import Complaint
from stratcraft_jupyter.providers.connection import SDK, SDKConnection
from stratcraft_jupyter.providers.failures import complaint_of, content_type
from stratcraft_jupyter.providers.key_mask import KeyMask
from stratcraft_jupyter.providers.learned import LEARNED, Change
from stratcraft_jupyter.providers.reading import ComplaintError, StreamReader

_LARGEST_BODY = 65_536


class SDKProvider(SDKConnection):
    """A provider that speaks through its vendor's SDK.

    Attributes:
        optional: Parameters a server may refuse, each with the name to try instead, if any.
        end_limit: Seconds to wait for the usage after the text has ended.
    """

    optional: ClassVar[dict[str, str]] = {}

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.end_limit: float = 5

    @abstractmethod
    def _arguments(self, request: ModelRequest) -> dict[str, Any]:
        """What is sent, by parameter."""

    @abstractmethod
    async def _open(self, client: SDK, arguments: dict[str, Any]) -> SDK:
        """Sends a request and returns the SDK's stream."""

    @abstractmethod
    def _reader(self, request: ModelRequest) -> StreamReader:
        """What reads the stream."""

    async def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """Sends the request; the events end with one `Finished` or `Failed`."""
        context = self._take_client()
        if isinstance(context, Fault):
            yield Failed(context)
            return
        async with context as client:
            arguments = self._arguments(request)
            for change in LEARNED.of(self.name, self.url, request.model):
                if change.parameter in arguments:
                    arguments = change.apply(arguments)
                    yield change.told()
            opened = await self._try_to_open(client, arguments, request)
            while isinstance(opened, Change):
                arguments = opened.apply(arguments)
                yield opened.told()
                opened = await self._try_to_open(client, arguments, request)
            if isinstance(opened, Failed | Finished):
                yield opened
                return
            mask = KeyMask(self._connection.key)
            async with opened:  # closes the connection, however this ends
                async for event in self._read(opened, request):
                    for shown in mask.take(event):
                        yield shown

    async def _try_to_open(
        self, client: SDK, arguments: dict[str, Any], request: ModelRequest
    ) -> SDK | Failed | Finished | Change:
        """The SDK's stream; or the end; or a change with which to try again."""
        try:
            return await self._open(client, arguments)
        except Exception as error:  # noqa: BLE001 - every failure becomes one message
            complaint = complaint_of(error)
            if complaint is None:
                return Failed(self.failures.of_exception(error, None))
        if is_filtered(complaint):
            return Finished("filter", Usage(), request.model)
        sent = tuple(name for name in self.optional if name in arguments)
        fault = self.failures.of_complaint(complaint, request.model, sent)
        return self._change(complaint, fault, arguments) or Failed(fault)

    def _change(
        self, complaint: Complaint, fault: Fault, arguments: dict[str, Any]
    ) -> Change | None:
        """What to do about a refused parameter; None if nothing helps."""
        name = fault.parameter
        if name is None:
            return None
        value = arguments[name]
        maximum = allowed_maximum(complaint, value) if isinstance(value, int) else None
        change = Change(name, "" if maximum else self.optional[name], maximum)
        is_new = LEARNED.learn(self.name, self.url, arguments["model"], change)
        return change if is_new else None

    async def _read(self, stream: SDK, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        """Events of a stream that was opened, to its end."""
        reader = self._reader(request)
        fault: Fault | None = None
        try:
            fault = await self._fault_of_body(stream.response, request.model)
            events = aiter(stream)
            while fault is None and not reader.is_over:
                item = await self._next(events, reader)
                if item is None:
                    break
                for event in reader.read(item):
                    yield event
        except ComplaintError as error:
            fault = self._fault_in_stream(error.complaint, reader)
        except Exception as error:  # noqa: BLE001 - every failure becomes one message
            complaint = complaint_of(error)
            if complaint is None:
                fault = self.failures.of_exception(error, reader)
            else:
                fault = self._fault_in_stream(complaint, reader)
        if reader.reason is not None:  # the answer is whole, whatever came after it
            yield reader.finished()
        else:
            fault = fault or self.failures.of_end(stream.response.headers, reader)
            yield Failed(fault, reader.usage)

    def _fault_in_stream(self, complaint: Complaint, reader: StreamReader) -> Fault | None:
        if is_filtered(complaint):
            reader.reason = "filter"
            return None
        return self.failures.of_complaint(complaint, reader.model, reader=reader)

    async def _fault_of_body(self, response: SDK, model: str) -> Fault | None:
        """The fault of a response that is no stream of events."""
        body = b""
        if "json" in content_type(response.headers):
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > _LARGEST_BODY:
                    break
        return self.failures.of_body(body, response.headers, model)

    async def _next(self, events: AsyncIterator[Any], reader: StreamReader) -> SDK | None:
        """The next event; None at the end, and if nothing comes after a whole answer."""
        if reader.reason is None:
            return await anext(events, None)
        try:
            async with asyncio.timeout(self.end_limit):
                return await anext(events, None)
        except TimeoutError:
            return None
