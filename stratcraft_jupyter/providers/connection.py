"""The connection of an SDK: its client, its address, and questions that are no stream."""

import asyncio
import inspect
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar, TypeVar

from stratcraft_jupyter.providers.address import address_problem
from stratcraft_jupyter.providers.base import (
    Connection,
    Fault,
    ModelInfo,
    ModelRequest,
    ProviderError,
)
from stratcraft_jupyter.providers.failures import Failures, complaint_of, content_type
from stratcraft_jupyter.providers.faults import make_fault
from stratcraft_jupyter.providers.keys import missing_key_message

# What belongs to an SDK has no type of ours; one adapter knows one SDK.
SDK = Any
_Answer = TypeVar("_Answer")
_Ready = tuple[float, AbstractAsyncContextManager[SDK] | Fault | None]
_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")


class SDKConnection(ABC):
    """What an SDK needs to reach its vendor.

    Making one imports the SDK, which takes a second or two the first time: do it in a thread.

    Attributes:
        own_address: Base URL if the user gives none.
        url_hint: What to do about a wrong base URL.
        connect_limit: Seconds for a connection.
        question_limit: Seconds for a question that is no stream, such as the list of models.
    """

    name: str
    title: str
    key_variable: str
    needs_key: bool = True
    needs_base_url: bool = False
    own_address: ClassVar[str] = ""
    url_hint: ClassVar[str] = ""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.connect_limit: float = 15
        self.question_limit: float = 30
        self._sdk = self._load_sdk()
        # making one takes a while, which would be missing when text is waited for
        self._ready: _Ready = (self.connect_limit, self._new_client())

    @abstractmethod
    def _load_sdk(self) -> SDK:
        """Imports the vendor's SDK."""

    @abstractmethod
    def _client(self) -> AbstractAsyncContextManager[SDK]:
        """A client of the SDK; it is closed after use."""

    @abstractmethod
    async def _list(self, client: SDK) -> tuple[ModelInfo, ...]:
        """Asks for the models."""

    async def _count(self, client: SDK, request: ModelRequest) -> int | None:
        """Asks for the tokens of a request; None if the provider cannot count."""
        return None

    @property
    def url(self) -> str:
        """Where requests go."""
        return self._connection.base_url.strip() or self.own_address

    @property
    def who(self) -> str:
        """The other side, as the user knows it."""
        return self.title

    @property
    def failures(self) -> Failures:
        """What makes the faults of this connection."""
        given = self._connection
        is_own = not given.base_url.strip()
        return Failures(self.who, self.url, is_own, self.url_hint, given.proxy, given.key)

    async def list_models(self) -> tuple[ModelInfo, ...]:
        """The models on offer now.

        Raises:
            ProviderError: It could not be asked.
        """
        return await self._ask(self._list)

    async def count_tokens(self, request: ModelRequest) -> int | None:
        """Tokens the request would send; None if the provider cannot count.

        Raises:
            ProviderError: It could not be asked.
        """
        return await self._ask(lambda client: self._count(client, request), request.model)

    async def _ask(self, question: Callable[[SDK], Awaitable[_Answer]], model: str = "") -> _Answer:
        """Asks a question that is no stream.

        Raises:
            ProviderError: It could not be asked. No exception of the SDK hangs on it: those hold
                the request, and with it the key.
        """
        context = self._take_client()
        if isinstance(context, Fault):
            raise ProviderError(context)
        try:
            async with asyncio.timeout(self.question_limit), context as client:
                return await question(client)
        except Exception as error:  # noqa: BLE001 - every failure becomes one message
            fault = self._fault_of_question(error, model)
        raise ProviderError(fault)

    def _fault_of_question(self, error: Exception, model: str) -> Fault:
        if isinstance(error, ProviderError):
            return error.fault
        complaint = complaint_of(error)
        if complaint is None:
            return self.failures.of_exception(error, None, is_question=True)
        return self.failures.of_complaint(complaint, model)

    async def _listed(self, response: SDK) -> list[SDK]:
        """The entries of a list of models.

        Raises:
            ProviderError: It is something else.
        """
        is_page = "html" in content_type(response.headers)
        page = None if is_page else response.parse()
        if inspect.isawaitable(page):
            page = await page
        entries = getattr(page, "data", None)
        if not isinstance(entries, list):
            raise ProviderError(self.failures.of_no_list(is_page=is_page))
        return entries

    def _http_client(self) -> SDK:
        """The HTTP client of an SDK. A redirect could carry the key elsewhere: none is followed."""
        timeout = self._sdk.Timeout(None, connect=self.connect_limit, pool=self.connect_limit)
        return self._sdk.DefaultAsyncHttpxClient(
            proxy=self._connection.proxy.strip() or None, follow_redirects=False, timeout=timeout
        )

    def _take_client(self) -> AbstractAsyncContextManager[SDK] | Fault:
        """A client for one use, or why there can be none."""
        limit, client = self._ready
        self._ready = (-1.0, None)
        return client if client and limit == self.connect_limit else self._new_client()

    def _new_client(self) -> AbstractAsyncContextManager[SDK] | Fault:
        obstacle = self._obstacle()
        if obstacle is not None:
            return obstacle
        try:
            return self._client()
        except (ImportError, ValueError):
            # of all that goes in, only a proxy is left that may be unusable
            return make_fault("proxy", self.who, detail="its address cannot be used here")

    def _obstacle(self) -> Fault | None:
        """Why nothing can be sent at all."""
        given = self._connection
        if self.needs_base_url and not self.url:
            return Fault(
                "wrong_base_url", f"{self.title} needs a base URL, and none is set.", self.url_hint
            )
        if problem := address_problem(self.url):
            message = f"The base URL cannot be used: {problem}."
            return Fault("wrong_base_url", message, self.url_hint)
        if given.proxy.strip() and (problem := address_problem(given.proxy, _PROXY_SCHEMES)):
            return make_fault("proxy", self.who, detail=f"its address cannot be used: {problem}")
        if self.needs_key and not given.key:
            return Fault("no_key", *missing_key_message(self))
        if not (given.key.isascii() and given.key.isprintable()):
            return make_fault("wrong_key", self.who, hint="It holds characters no key has.")
        return None
