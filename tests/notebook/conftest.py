import pytest
from page import connect_page


@pytest.fixture
def front_end(monkeypatch):
    return connect_page(monkeypatch)
