"""From an exception of the connection to the class of fault, whichever library raised it."""

import ssl
from dataclasses import dataclass

from stratcraft_jupyter.providers.base import FaultCode
from stratcraft_jupyter.providers.clean_text import clean_text

_MALFORMED = (ValueError, TypeError, AttributeError, KeyError, IndexError)
_TLS_DETAILS = {
    "hostname mismatch": "its certificate is for another name",
    "certificate has expired": "its certificate has expired",
    "self-signed": "its certificate is signed by nobody known here",
    "self signed": "its certificate is signed by nobody known here",
    "unable to get local issuer": "its certificate is signed by nobody known here",
    "wrong version number": "it does not speak TLS",
    "record layer failure": "it does not speak TLS",
    "packet length too long": "it does not speak TLS",
}


@dataclass(frozen=True, slots=True)
class TransportFault:
    """What went wrong on the way.

    Attributes:
        code: The class of fault.
        detail: What more is known, fit to show.
        has_left: Whether the request may have reached the other side.
    """

    code: FaultCode
    detail: str = ""
    has_left: bool = True


def transport_fault(error: BaseException, *, has_begun: bool, has_proxy: bool) -> TransportFault:
    """The class of an exception.

    The names of httpx's exceptions tell it, since the SDKs may sit on one of two httpx libraries.

    Args:
        error: What was raised.
        has_begun: Whether the answer had begun.
        has_proxy: Whether the request goes through a proxy.
    """
    chain = _chain(error)
    names = {kind.__name__ for link in chain for kind in type(link).__mro__}
    for link in chain:
        if isinstance(link, ssl.SSLError):
            return TransportFault("tls", _tls_detail(link), has_left=False)
    if "ProxyError" in names:
        return TransportFault("proxy", clean_text(str(_named(chain, "ProxyError"))), False)
    if names & {"ConnectError", "ConnectTimeout", "gaierror"}:
        if has_proxy:
            return TransportFault("proxy", "the proxy could not be reached", has_left=False)
        return TransportFault("connection", has_left=False)
    if names & {"UnsupportedProtocol", "InvalidURL"}:
        return TransportFault("wrong_base_url", has_left=False)
    if names & {"TimeoutException", "APITimeoutError", "TimeoutError"}:
        return TransportFault("timeout")
    return _broken(chain, names, has_begun)


def _broken(chain: list[BaseException], names: set[str], has_begun: bool) -> TransportFault:
    said = " ".join(str(link) for link in chain).lower()
    if "DecodingError" in names or "illegal" in said:
        return TransportFault("malformed", "it is no proper HTTP")
    if names & {"TransportError", "APIConnectionError", "OSError"}:
        if has_begun:
            return TransportFault("cut")
        return TransportFault("connection", "it hung up before it answered")
    if isinstance(chain[0], _MALFORMED) or "APIResponseValidationError" in names:
        return TransportFault("malformed")
    return TransportFault("unexpected", type(chain[0]).__name__)


def _chain(error: BaseException) -> list[BaseException]:
    """The exception and those behind it, nearest first."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain and len(chain) < 20:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain


def _named(chain: list[BaseException], name: str) -> BaseException:
    return next(link for link in chain if any(k.__name__ == name for k in type(link).__mro__))


def _tls_detail(error: ssl.SSLError) -> str:
    said = f"{error} {getattr(error, 'verify_message', '')}".lower().replace("_", " ")
    return next((text for words, text in _TLS_DETAILS.items() if words in said), "")
