"""Makes it impossible that a test reaches another machine or uses a real key."""

import ipaddress
import os
import sys

_LOCAL_NAMES = frozenset({"", "localhost", "localhost.localdomain", "ip6-localhost"})
_KEY_ENDINGS = ("_API_KEY", "_AUTH_TOKEN", "_ADMIN_KEY", "_ACCESS_TOKEN")
_VENDORS = ("OPENAI_", "ANTHROPIC_", "AZURE_OPENAI_", "STRATCRAFT_COMPATIBLE_")


class NetworkBlockedError(BaseException):
    """A test wanted to reach another machine. No ``except Exception`` hides it."""


def install_guard():
    """Blocks the network but this machine, for good, and forgets the keys of the environment."""
    for name in list(os.environ):
        if name.endswith(_KEY_ENDINGS) or name.startswith(_VENDORS):
            del os.environ[name]
    sys.addaudithook(_look_at)  # it sees C code as well, and cannot be removed


def _look_at(event, details):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = details[1]
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise NetworkBlockedError(f"a test wanted to reach {address}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and not _is_local(details[0]):
        raise NetworkBlockedError(f"a test wanted the address of {details[0]!r}")


def _is_local(host):
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name is None or name.lower() in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
