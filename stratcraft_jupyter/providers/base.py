"""What every provider of models speaks: a request, a stream of events, one class of fault."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, TypeAlias, runtime_checkable

Role = Literal["user", "assistant"]
Charged = Literal["no", "maybe", "yes"]
FinishReason = Literal["complete", "length", "refusal", "filter"]
FaultCode = Literal[
    "no_key",
    "wrong_key",
    "no_permission",
    "no_credit",
    "unknown_model",
    "wrong_base_url",
    "refused_parameter",
    "context_too_long",
    "bad_request",
    "rate_limit",
    "overloaded",
    "connection",
    "proxy",
    "tls",
    "timeout",
    "not_a_stream",
    "no_end",
    "cut",
    "malformed",
    "server_error",
    "over_budget",
    "unexpected",
]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """What a model is asked.

    Attributes:
        model: Id of the model, as its provider names it.
        system: Instructions that stand before the conversation.
        messages: The conversation, oldest first; the last one is the user's.
        max_output_tokens: Limit of the answer with reasoning; None for the provider's own.
        reasoning_effort: One of the model's levels; None for the provider's own.
    """

    model: str
    system: str
    messages: tuple[Message, ...]
    max_output_tokens: int | None = None
    reasoning_effort: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request, as counted by the provider.

    Attributes:
        input_tokens: Tokens sent, cached ones included.
        cached_input_tokens: Of these, read from the provider's cache.
        cache_write_tokens: Of these, written to the provider's cache.
        output_tokens: Tokens of the answer, reasoning included.
        reasoning_tokens: Of these, spent on reasoning.
        is_estimate: Whether we counted, because the provider did not say.
    """

    input_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a request failed, for the user.

    Attributes:
        code: The class of fault.
        message: What happened, one sentence.
        hint: What to do next, one sentence.
        charged: Whether money was spent on it.
        retry_after: Seconds the provider asks to wait, if it said so.
        parameter: The parameter the provider refused, if that is the fault.
    """

    code: FaultCode
    message: str
    hint: str
    charged: Charged = "no"
    retry_after: float | None = None
    parameter: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The provider accepted the request and began to answer."""

    model: str


@dataclass(frozen=True, slots=True)
class Retrying:
    """The request did not start and is sent again, before any text arrived."""

    fault: Fault
    wait: float
    attempt: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A parameter was dropped or renamed because this model's server refuses it."""

    parameter: str
    message: str


@dataclass(frozen=True, slots=True)
class Thinking:
    """The model reasons; the text may be empty where the provider hides it."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More text of the answer; the first one is the first visible text."""

    text: str


@dataclass(frozen=True, slots=True)
class UsageSoFar:
    """Tokens so far; each report replaces the one before."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Finished:
    """The terminal event of a good stream.

    Attributes:
        reason: ``"complete"``, or why the answer is not what was asked for.
        usage: Tokens of the whole request.
        model: The model that answered, as the provider names it.
    """

    reason: FinishReason
    usage: Usage
    model: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The terminal event of a stream that failed; text that arrived before it stays valid.

    Attributes:
        fault: What happened.
        usage: Tokens known to be used, None if the provider did not say.
    """

    fault: Fault
    usage: Usage | None = None


ModelEvent: TypeAlias = (
    Started | Retrying | Adjusted | Thinking | TextDelta | UsageSoFar | Finished | Failed
)


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What is known of a model; None is "not known".

    Attributes:
        id: Name in requests.
        title: Name on screen.
        context_tokens: Tokens that fit, request and answer together.
        max_output_tokens: Longest answer.
        reasoning_efforts: Levels of reasoning it takes, lowest first; empty if it has none.
        retires_on: The day its provider switches it off.
        is_fallback: Whether it comes from our dated short list, not from the provider.
    """

    id: str
    title: str = ""
    context_tokens: int | None = None
    max_output_tokens: int | None = None
    reasoning_efforts: tuple[str, ...] = ()
    retires_on: date | None = None
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class Connection:
    """How a provider is reached. The key is kept out of its repr.

    Attributes:
        key: The API key; empty if none is needed or known.
        base_url: Where the server is; empty for the provider's own address.
        proxy: URL of a proxy; empty for what the environment says.
    """

    key: str = field(default="", repr=False)
    base_url: str = ""
    proxy: str = ""


class ProviderError(Exception):
    """A fault outside a stream: while listing models, counting tokens or testing.

    Attributes:
        fault: What happened.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.message} {fault.hint}".rstrip())
        self.fault = fault


@runtime_checkable
class Provider(Protocol):
    """A vendor of models, or a server that speaks like one.

    A class registered under the entry point group ``stratcraft_jupyter.providers`` is made with
    a `Connection` for each use. It raises nothing but `ProviderError` (and cancellation).

    Attributes:
        name: One word, the part before the colon in ``"openai:gpt-x"``.
        title: Name on screen.
        key_variable: Environment variable that holds the key; empty if it needs none.
        needs_key: Whether it refuses to work without a key.
        needs_base_url: Whether it has no address of its own.
    """

    name: str
    title: str
    key_variable: str
    needs_key: bool
    needs_base_url: bool

    def __init__(self, connection: Connection) -> None: ...

    async def list_models(self) -> tuple[ModelInfo, ...]:
        """The models on offer now; also the connection test.

        Raises:
            ProviderError: It could not be asked.
        """
        ...

    async def count_tokens(self, request: ModelRequest) -> int | None:
        """Tokens the request would send; None if the provider cannot count.

        Raises:
            ProviderError: It could not be asked.
        """
        ...

    def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        """Sends the request; the events end with one `Finished` or `Failed`.

        Cancelling the task that iterates closes the connection at once.
        """
        ...
