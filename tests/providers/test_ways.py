"""Ways to a server that work: through a proxy, and encrypted with a certificate one trusts."""

import pytest
from wire.cases import KEY, REQUEST, end, start, streams, text
from wire.certificate import server_context
from wire.dialects import DIALECTS
from wire.raw_server import raw_server

from stratcraft_jupyter.providers.base import Connection, Finished
from stratcraft_jupyter.providers.registry import provider_class

every_provider = pytest.mark.parametrize("provider", DIALECTS)


async def last_event(provider, connection):
    return [event async for event in provider_class(provider)(connection).stream(REQUEST)][-1]


@every_provider
async def test_a_chosen_proxy_carries_the_request(provider):
    dialect = DIALECTS[provider]
    async with raw_server(streams(start, text, end)(dialect)) as proxy:
        base_url = dialect.base_url("http://models.example")
        last = await last_event(provider, Connection(KEY, base_url, proxy.url))
        assert isinstance(last, Finished)
        assert proxy.seen[0].path == f"http://models.example{dialect.path}"


@every_provider
@pytest.mark.parametrize("variable", ["http_proxy", "ALL_PROXY"])
async def test_a_proxy_of_the_environment_carries_the_request(provider, variable, monkeypatch):
    dialect = DIALECTS[provider]
    async with raw_server(streams(start, text, end)(dialect)) as proxy:
        monkeypatch.setenv(variable, proxy.url)
        base_url = dialect.base_url("http://models.example")
        assert isinstance(await last_event(provider, Connection(KEY, base_url)), Finished)


@every_provider
async def test_a_proxy_of_the_environment_that_is_not_there_is_told(provider, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    base_url = DIALECTS[provider].base_url("http://models.example")
    last = await last_event(provider, Connection(KEY, base_url))
    assert last.fault.code == "proxy"


@every_provider
async def test_a_proxy_of_the_environment_that_cannot_be_one_is_told(provider, monkeypatch):
    monkeypatch.setenv("http_proxy", "gopher://127.0.0.1:1")
    base_url = DIALECTS[provider].base_url("http://models.example")
    last = await last_event(provider, Connection(KEY, base_url))
    assert last.fault.code == "proxy"


@every_provider
async def test_a_certificate_the_user_trusts_is_trusted(provider, tmp_path, monkeypatch):
    dialect = DIALECTS[provider]
    context = server_context(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    async with raw_server(streams(start, text, end)(dialect), tls=context) as server:
        last = await last_event(provider, Connection(KEY, dialect.base_url(server.url)))
    assert isinstance(last, Finished)
