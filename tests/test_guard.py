"""No test can reach another machine."""

import asyncio
import os
import socket

import pytest
from guard import NetworkBlockedError


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0)])
def test_another_machine_cannot_be_reached(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as one, pytest.raises(NetworkBlockedError):
        one.connect(address)
    with socket.socket(family) as one, pytest.raises(NetworkBlockedError):
        one.connect_ex(address)
    with socket.socket(family, socket.SOCK_DGRAM) as one, pytest.raises(NetworkBlockedError):
        one.sendto(b"x", address)


@pytest.mark.parametrize("name", ["api.openai.com", "api.anthropic.com", b"example.org"])
def test_names_of_other_machines_are_not_looked_up(name):
    with pytest.raises(NetworkBlockedError):
        socket.getaddrinfo(name, 443)


async def test_asyncio_cannot_either():
    with pytest.raises(NetworkBlockedError):
        await asyncio.open_connection("192.0.2.1", 80)


def test_no_key_is_left_in_the_environment():
    assert not [name for name in os.environ if name.endswith("_API_KEY")]
