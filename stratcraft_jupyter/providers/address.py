"""Addresses of servers and proxies: what is wrong with one, and how it may be shown."""

import os
import urllib.request
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


_NOT_USED = {"openai": "OPENAI_BASE_URL", "anthropic": "ANTHROPIC_BASE_URL"}


def unused_variable(provider_name: str) -> str:
    """The variable in which the environment has an address for a provider; empty for none.

    It is not used, so that no variable sends a key to another server.
    """
    variable = _NOT_USED.get(provider_name, "")
    return variable if os.environ.get(variable, "").strip() else ""


def address_problem(url: str, schemes: tuple[str, ...] = ("http", "https")) -> str:
    """Why an address cannot be used, as part of a sentence; empty if it can."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return "it cannot be read"
    if parts.scheme not in schemes:
        return f"it must begin with {schemes[0]}:// or {schemes[1]}://"
    if not has_host or any(character.isspace() for character in url):
        return "it names no server"
    return ""


def shown_address(url: str) -> str:
    """An address without what may be secret in it: user, password, query."""
    try:
        parts = urlsplit(url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "the given address"
    if not host:
        return "the given address"
    return f"{parts.scheme}://{host}{port}{parts.path}".rstrip("/")


def shown_host(url: str) -> str:
    """The server of an address, with its port."""
    return shown_address(url).partition("://")[2].partition("/")[0] or "the given address"


def has_proxy(url: str, chosen: str) -> bool:
    """Whether requests to an address go through a proxy.

    Args:
        url: The address.
        chosen: The proxy chosen by the user; empty for what the environment says.
    """
    if chosen:
        return True
    parts = urlsplit(url)
    proxies = urllib.request.getproxies()
    if parts.scheme not in proxies and "all" not in proxies:
        return False
    return not urllib.request.proxy_bypass(parts.hostname or "")
