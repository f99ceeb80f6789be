"""Everything that can go wrong with a request: what the server does, and what must be said.

The tests run each case with each provider's real SDK; ``tools/faults_page.py`` runs them as well
and writes down what came out.
"""

import socket
import tempfile
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path

from stratcraft_jupyter.providers.base import Connection, Message, ModelRequest
from stratcraft_jupyter.providers.deadlines import Limits, guarded_stream
from stratcraft_jupyter.providers.registry import provider_class
from wire.certificate import server_context
from wire.dialects import DIALECTS, MODEL, PIECES, TEXT, sse
from wire.raw_server import Script, raw_server

KEY = "sk-test-51f8c2a97be04d36a1b2"
REQUEST = ModelRequest(MODEL, "You write code.", (Message("user", "A strategy, please."),), 9000)
# A server that says nothing is noticed at once; one that answers has all the time it needs.
PATIENT = Limits(connect=60, first=60, idle=60, total=120, pause=0)
ALL = tuple(DIALECTS)
PAGE = "<!doctype html><html><body>Please sign in</body></html>"


@dataclass(frozen=True)
class Case:
    """One thing that goes wrong.

    Attributes:
        title: What it is, for the page.
        expected: Class of fault, or how the answer finished.
        charged: What must be said about money; empty if the answer finished.
        script: What the server does, for a dialect.
        kept: Text that must have arrived before.
        tries: How often the request is sent in all; None if time may run out before it is.
        providers: With whom it can happen.
        limits: The deadlines.
        connection: Changes the connection, for a dialect and the server's address.
        is_tls: Whether the server speaks TLS, with a certificate nobody has signed.
    """

    title: str
    expected: str
    charged: str
    script: Callable[[object], Script]
    kept: str = ""
    tries: int | None = 1
    providers: tuple[str, ...] = ALL
    limits: Limits = PATIENT
    connection: Callable[[object, str], dict[str, str]] = field(default=lambda dialect, root: {})
    is_tls: bool = False

    @property
    def name(self):
        return self.title.lower().replace(",", "").replace(" ", "_")


_observed: dict[tuple[str, str], tuple[list, object]] = {}


async def observe_once(case, provider):
    """Runs a case, unless it was run before."""
    if (case.name, provider) not in _observed:
        _observed[case.name, provider] = await observe(case, provider)
    return _observed[case.name, provider]


async def observe(case, provider, request=REQUEST):
    """Runs a case; returns the events and the server."""
    dialect = DIALECTS[provider]
    with tempfile.TemporaryDirectory() as folder:
        tls = server_context(Path(folder)) if case.is_tls else None
        async with raw_server(case.script(dialect), tls=tls) as server:
            given = Connection(key=KEY, base_url=dialect.base_url(server.url))
            given = replace(given, **case.connection(dialect, server.url))
            made = provider_class(provider)(given)
            made.end_limit = 0.05
            async with aclosing(guarded_stream(made, request, case.limits)) as events:
                return [event async for event in events], server


def says(name):
    """A server that refuses."""
    return lambda dialect: dialect.errors()[name].send


def answers(body, *, kind="application/json", status=200, **headers):
    """A server that answers with one body."""

    def script_of(dialect):
        async def script(exchange):
            await exchange.answer(status, body, kind=kind, **headers)

        return script

    return script_of


def streams(*parts, then="end"):
    """A server that begins a stream, sends parts of it, and then does something else."""

    def script_of(dialect):
        async def script(exchange):
            await exchange.begin()
            frames = [frame for part in parts for frame in part(dialect)]
            await exchange.send("".join(frames))
            if then == "end":
                await exchange.end()
            elif then == "cut":
                exchange.cut()
            else:
                await exchange.hang()

        return script

    return script_of


def silent(dialect):
    """A server that takes the request and says nothing."""

    async def script(exchange):
        await exchange.hang()

    return script


def leaves(dialect):
    """A server that hangs up instead of answering."""

    async def script(exchange):
        exchange.cut()

    return script


def refuses_once(name, parameter):
    """A server that refuses a parameter, and answers without it."""

    def script_of(dialect):
        refused = getattr(dialect, parameter)

        async def script(exchange):
            limit = exchange.json.get(refused)
            if limit is not None and limit != 4096:
                await dialect.errors()[name].send(exchange)
            else:
                await streams(start, text, end)(dialect)(exchange)

        return script

    return script_of


def start(dialect):
    return dialect.start()


def text(dialect):
    return dialect.text(*PIECES)


def end(dialect):
    return dialect.end()


def ends(reason):
    return lambda dialect: dialect.end(reason)


def refusal(dialect):
    return dialect.refusal_text(TEXT)


def error_event(kind, message):
    return lambda dialect: dialect.error_event(kind, message)


def closed_port():
    """An address where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def proxied(dialect, root):
    return {"base_url": dialect.base_url("http://models.example"), "proxy": root}


def tunnelled(dialect, root):
    return {"base_url": dialect.base_url("https://models.example"), "proxy": root}


def short(**limits):
    return replace(PATIENT, **limits)


CASES = (
    Case("No key", "no_key", "no", silent, tries=0, providers=("openai", "anthropic"),
         connection=lambda dialect, root: {"key": ""}),
    Case("Wrong key", "wrong_key", "no", says("wrong_key")),
    Case("No permission", "no_permission", "no", says("no_permission")),
    Case("No credit", "no_credit", "no", says("no_credit")),
    Case("Unknown model", "unknown_model", "no", says("unknown_model")),
    Case("Wrong base URL, such as one without /v1", "wrong_base_url", "no", says("wrong_base_url"),
         connection=lambda dialect, root: {"base_url": dialect.wrong_base_url(root)}),
    Case("Base URL without http", "wrong_base_url", "no", silent, tries=0,
         connection=lambda dialect, root: {"base_url": "localhost:11434/v1"}),
    Case("Redirect to another address", "wrong_base_url", "no",
         answers("", status=308, location="https://models.example/v1?token=x")),
    Case("Refused parameter, left out or changed", "complete", "",
         refuses_once("refused_limit", "limit"), kept=TEXT, tries=2),
    Case("Request not accepted", "bad_request", "no", says("bad_request")),
    Case("Context too long", "context_too_long", "no", says("context_too_long")),
    Case("Rate limit, with a long wait", "rate_limit", "no", says("rate_limit")),
    Case("Overloaded", "overloaded", "no", says("overloaded"), tries=3),
    Case("Overloaded, told in the stream", "overloaded", "no",
         streams(error_event("overloaded_error", "Overloaded")), tries=3),
    Case("Overloaded, in the middle of the answer", "overloaded", "yes",
         streams(start, text, error_event("overloaded_error", "Overloaded")), kept=TEXT),
    Case("Failure of the server", "server_error", "no", says("server_error"), tries=3),
    Case("Bad gateway, as a web page", "server_error", "no",
         answers(PAGE, kind="text/html", status=502), tries=3),
    Case("Nothing listens there", "connection", "no", silent, tries=0,
         connection=lambda dialect, root: {"base_url": closed_port()}),
    Case("Server hangs up", "connection", "maybe", leaves, tries=3),
    Case("Proxy not there", "proxy", "no", silent, tries=0,
         connection=lambda dialect, root: {"proxy": closed_port()}),
    Case("Proxy wants a password", "proxy", "no",
         answers("", status=407, proxy_authenticate="Basic"), connection=proxied),
    Case("Proxy refuses a tunnel", "proxy", "no", answers("", status=403), connection=tunnelled),
    Case("Certificate not trusted", "tls", "no", silent, tries=0, is_tls=True),
    Case("HTTPS to a server without it", "tls", "no", silent, tries=0,
         connection=lambda dialect, root: {
             "base_url": dialect.base_url(root.replace("http:", "https:"))}),
    Case("No answer in time", "timeout", "maybe", silent, tries=None, limits=short(first=0.1)),
    Case("Answer stops moving", "timeout", "yes", streams(start, text, then="hang"), kept=TEXT,
         limits=short(idle=0.1)),
    Case("HTML instead of a stream", "not_a_stream", "no", answers(PAGE, kind="text/html")),
    Case("JSON instead of a stream", "not_a_stream", "maybe", answers({"id": "x", "output": []})),
    Case("Error as JSON, called a success", "unknown_model", "no",
         answers({"error": {"message": f"model '{MODEL}' not found"}})),
    Case("Empty stream", "no_end", "maybe", streams()),
    Case("Stream without end", "no_end", "yes", streams(start, text), kept=TEXT),
    Case("Cut before the text", "cut", "maybe", streams(start, then="cut")),
    Case("Cut in the middle of the answer", "cut", "yes", streams(start, text, then="cut"),
         kept=TEXT),
    Case("Stream that cannot be read", "malformed", "yes",
         streams(start, text, lambda dialect: [sse("{not json", "content_block_delta")]),
         kept=TEXT),
    Case("Truncated at the output limit", "length", "", streams(start, text, ends("length")),
         kept=TEXT),
    Case("Refusal by the model", "refusal", "", streams(start, refusal, ends("refusal")),
         kept=TEXT),
    Case("Content filter", "filter", "", streams(start, text, ends("filter")), kept=TEXT,
         providers=("openai", "compatible")),
    Case("Content filter, on the prompt", "filter", "", says("filter"),
         providers=("openai", "compatible")),
)  # fmt: skip


def saying(dialect, *answers, reason="complete"):
    """A server's script that gives the answers in turn."""
    left = list(answers)

    async def script(exchange):
        await exchange.begin()
        await exchange.send(*dialect.start(), *dialect.text(left.pop(0)), *dialect.end(reason))
        await exchange.end()

    return script
