"""A small HTTP server that does exactly what a test tells it to, byte for byte."""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_TLS = b"\x16"


@dataclass
class Exchange:
    """One request, and the means to answer it rightly or wrongly."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    writer: asyncio.StreamWriter = field(repr=False)
    reader: asyncio.StreamReader = field(repr=False)

    @property
    def json(self):
        return json.loads(self.body)

    async def answer(self, status, body, *, kind="application/json", **headers):
        """A whole response."""
        if not isinstance(body, str | bytes):
            body = json.dumps(body)
        data = body.encode() if isinstance(body, str) else body
        await self.raw(self._head(status, kind, {"content-length": str(len(data)), **headers}))
        await self.raw(data)

    async def begin(self, *, kind="text/event-stream", status=200):
        """The head of a stream; its body comes in chunks."""
        await self.raw(self._head(status, kind, {"transfer-encoding": "chunked"}))

    async def send(self, *frames):
        """Frames of a stream, each in one chunk of its own."""
        for frame in frames:
            data = frame.encode() if isinstance(frame, str) else frame
            await self.raw(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def end(self):
        """The proper end of a stream."""
        await self.raw(b"0\r\n\r\n")

    async def raw(self, data):
        self.writer.write(data)
        await self.writer.drain()

    def cut(self):
        """Breaks the connection off."""
        self.writer.transport.abort()

    async def hang(self):
        """Says nothing more until the other side leaves."""
        while await self.reader.read(65_536):
            pass

    @staticmethod
    def _head(status, kind, headers):
        lines = [f"HTTP/1.1 {status} Said", f"content-type: {kind}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


Script = Callable[[Exchange], Awaitable[None]]


@dataclass
class RawServer:
    """A server on a port of this machine.

    Attributes:
        seen: The requests, oldest first.
        gone: Set once a client has left while a script still ran.
    """

    script: Script
    port: int = 0
    scheme: str = "http"
    seen: list[Exchange] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set = field(default_factory=set)

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    async def serve(self, reader, writer):
        self._tasks.add(asyncio.current_task())
        try:
            while (exchange := await read_request(reader, writer)) is not None:
                self.seen.append(exchange)
                await self.script(exchange)
                if writer.is_closing():
                    break
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # the client left, or was cut off
        except asyncio.CancelledError:
            pass  # the test is over
        finally:
            self._tasks.discard(asyncio.current_task())
            self.gone.set()
            writer.transport.abort()

    async def stop(self):
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def read_request(reader, writer):
    """A request; None if the client left, or speaks something else."""
    try:
        begin = await reader.readexactly(1)
        if begin == _TLS:  # what servers without it do
            writer.write(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n")
            await writer.drain()
            return None
        head = begin + await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").rstrip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Exchange(method, path, headers, body, writer, reader)


@asynccontextmanager
async def raw_server(script: Script, *, tls: ssl.SSLContext | None = None):
    """Runs a server with a script for each request."""
    server = RawServer(script, scheme="https" if tls else "http")
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await server.stop()
