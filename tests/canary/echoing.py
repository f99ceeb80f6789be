"""A server of models that knows every way to fail, and quotes the caller's key in each."""

import contextlib
import html
import json
import socketserver
import struct
import threading
from socket import SO_LINGER, SOL_SOCKET

MODEL = "model-1"
# what can go wrong, beside "good"
FAILURES = (
    "wrong_key",
    "no_permission",
    "refused_parameter",
    "bad_request",
    "unknown_model",
    "rate_limit",
    "overloaded",
    "server_error",
    "page",
    "json",
    "error_in_stream",
    "cut",
    "no_end",
    "malformed",
    "not_http",
    "redirect",
)
# these quote the key in the head of the answer
IN_THE_HEAD = ("not_http", "redirect")
_ERRORS = {
    "wrong_key": (401, "authentication_error", "Incorrect API key provided: {key}."),
    "no_permission": (403, "permission_error", "The key '{key}' may not use this model."),
    "refused_parameter": (400, "invalid_request_error", "Unsupported parameter with {key}"),
    "bad_request": (400, "invalid_request_error", "No good, {part}... ({key})"),
    "unknown_model": (404, "not_found_error", "model-1 is not for {key}"),
    "rate_limit": (429, "rate_limit_error", "Too many requests with key={key}"),
    "overloaded": (529, "overloaded_error", "Overloaded, Bearer {key}"),
    "server_error": (500, "api_error", "Traceback: headers={{'x-api-key': '{key}'}}"),
}


class EchoingServer(socketserver.ThreadingTCPServer):
    """Serves Responses, Chat Completions and Messages; does as ``behaviour`` says.

    Attributes:
        behaviour: ``"good"``, one of `FAILURES`, or ``"silence"`` and ``"slow"``, which wait.
        keys: The keys that arrived.
        is_asked: Set when a request has arrived.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, behaviour):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviour = behaviour
        self.keys = []
        self.is_asked = threading.Event()
        self.is_over = threading.Event()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """Callers that leave are no error."""


@contextlib.contextmanager
def served(behaviour):
    """A server that runs for a while."""
    with EchoingServer(behaviour) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.is_over.set()
            server.shutdown()
            thread.join()


class _Handler(socketserver.StreamRequestHandler):
    def handle(self):
        path, headers, body = self._read()
        key = headers.get("x-api-key") or headers.get("authorization", "").removeprefix("Bearer ")
        self.server.keys.append(key)
        self.server.is_asked.set()
        streams = bool(body.get("stream"))
        behaviour = self.server.behaviour
        if behaviour in _ERRORS:
            self._error(*_ERRORS[behaviour], key)
        elif behaviour in ("good", "silence", "slow", "cut", "no_end", "error_in_stream"):
            self._answer(behaviour, path, key, streams)
        else:
            self._nonsense(behaviour, key)

    def _read(self):
        path = self.rfile.readline().split()[1].decode()
        headers = {}
        while line := self.rfile.readline().strip():
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0)))
        return path, headers, json.loads(body or b"{}")

    def _answer(self, behaviour, path, key, streams):
        if behaviour == "silence":
            self.server.is_over.wait()
        elif not streams:
            self._send(200, "application/json", json.dumps(_plain(path)))
        else:
            events = _events(path)
            if behaviour == "error_in_stream":
                events = [*events[:-3], _error_event(path, key)]
            elif behaviour != "good":
                events = events[:-3]
            self._head(200, "text/event-stream")
            self.wfile.write("".join(events).encode())
            if behaviour == "slow":
                self.server.is_over.wait()
            if behaviour == "cut":
                self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()

    def _nonsense(self, behaviour, key):
        if behaviour == "page":
            self._send(200, "text/html", f"<html><body>Hello {html.escape(key)}</body></html>")
        elif behaviour == "json":
            self._send(200, "application/json", json.dumps({"you": key, "data": {"key": key}}))
        elif behaviour == "malformed":
            self._head(200, "text/event-stream")
            self.wfile.write(f'event: x\ndata: {{"type": "{key}", broken {key}\n\n'.encode())
        elif behaviour == "redirect":
            head = f"HTTP/1.1 302 Found\r\nLocation: /login?key={key}\r\n"
            self.wfile.write(f"{head}Content-Length: 0\r\n\r\n".encode())
        else:
            self.wfile.write(f"HTTP/1.1 200 OK\r\nno colon here {key}\r\n\r\n".encode())

    def _error(self, status, kind, message, key):
        text = message.format(key=key, part=key[:12])
        error = {"type": kind, "message": text, "param": "store", "code": None}
        self._send(status, "application/json", json.dumps({"type": "error", "error": error}))

    def _send(self, status, kind, text):
        content = text.encode()
        self._head(status, kind, f"Content-Length: {len(content)}\r\n")
        self.wfile.write(content)

    def _head(self, status, kind, more=""):
        head = f"HTTP/1.1 {status} Status\r\nContent-Type: {kind}\r\nConnection: close\r\n"
        self.wfile.write(f"{head}Retry-After: 0\r\n{more}\r\n".encode())


def _plain(path):
    """Answers to questions."""
    if "input_tokens" in path:
        return {"object": "response.input_tokens", "input_tokens": 7}
    if "count_tokens" in path:
        return {"input_tokens": 7}
    model = {
        "id": MODEL,
        "object": "model",
        "type": "model",
        "created": 1,
        "created_at": "2026-01-01T00:00:00Z",
        "owned_by": "us",
        "display_name": "Model 1",
        "lifecycle": "active",
    }
    return {"object": "list", "data": [model], "has_more": False, "first_id": "", "last_id": ""}


def _event(kind, **data):
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n"


def _events(path):
    """The stream of a good answer; the last three events are its end."""
    if path.endswith("/messages"):
        message = {"id": "m", "type": "message", "role": "assistant", "model": MODEL}
        message |= {"content": [], "usage": {"input_tokens": 7, "output_tokens": 1}}
        block = {"type": "text", "text": ""}
        text = {"type": "text_delta", "text": "Hello"}
        return [
            _event("message_start", message=message),
            _event("content_block_start", index=0, content_block=block),
            _event("content_block_delta", index=0, delta=text),
            _event("content_block_stop", index=0),
            _event("message_delta", delta={"stop_reason": "end_turn"}, usage={"output_tokens": 3}),
            _event("message_stop"),
        ]
    if path.endswith("/responses"):
        usage = {"input_tokens": 7, "output_tokens": 3, "total_tokens": 10}
        usage |= {"input_tokens_details": {}, "output_tokens_details": {}}
        done = {"id": "r", "object": "response", "model": MODEL, "status": "completed"}
        done |= {"output": [], "usage": usage, "incomplete_details": None}
        delta = {"item_id": "i", "output_index": 0, "content_index": 0, "delta": "Hello"}
        return [
            _event("response.created", response=done | {"status": "in_progress", "usage": None}),
            _event("response.output_text.delta", **delta),
            _event("response.output_text.done", **delta | {"text": "Hello"}),
            _event("response.content_part.done", item_id="i", part={}),
            _event("response.completed", response=done),
        ]
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    parts = [
        chunk | {"choices": [{"index": 0, "delta": {"content": "Hello"}, "finish_reason": None}]},
        chunk | {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
        chunk | {"choices": [], "usage": usage},
    ]
    return [*(f"data: {json.dumps(part)}\n\n" for part in parts), "data: [DONE]\n\n"]


def _error_event(path, key):
    error = {"type": "api_error", "code": "x", "message": f"Failed for {key}", "param": None}
    if path.endswith("/chat/completions"):
        return f"data: {json.dumps({'error': error})}\n\n"
    if path.endswith("/responses"):
        return _event("error", sequence_number=1, code="x", message=error["message"], param=None)
    return _event("error", error=error)
