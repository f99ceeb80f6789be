"""Nothing here depends on the proxies of the machine, or on what another test learned."""

import pytest

from stratcraft_jupyter.providers.learned import LEARNED

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch):
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    LEARNED.forget()
    yield
    LEARNED.forget()
