"""Every way a request can end badly, in words: what happened, whether it cost, what to do."""

from dataclasses import dataclass
from typing import Literal

from stratcraft_jupyter.providers.base import Charged, Fault, FaultCode

Ending = Literal["length", "refusal", "filter", "cancelled", "no_code"]


@dataclass(frozen=True, slots=True)
class FaultText:
    """The words of one class of fault; names in braces are filled in.

    Attributes:
        message: What happened.
        hint: What to do next.
        charged: Whether money was spent, unless the place where it happened knows better.
    """

    message: str
    hint: str
    charged: Charged = "no"


FAULT_TEXTS: dict[FaultCode, FaultText] = {
    "no_key": FaultText(
        "{who} needs an API key, and none was found.",
        "Type the key into the key field, or set the provider's environment variable.",
    ),
    "wrong_key": FaultText(
        "{who} refused the API key.",
        "Copy the key again, whole, from the provider's site; it may have been revoked.",
    ),
    "no_permission": FaultText(
        "{who} does not allow this key to use {model}.",
        "Choose another model, or ask for access in the provider's console.",
    ),
    "no_credit": FaultText(
        "The account at {whom} has no credit left.",
        "Add credit or raise the spending limit in the provider's console; waiting does not help.",
    ),
    "unknown_model": FaultText(
        "{who} has no model named {model}.",
        "Choose a model from the list; names change and models are retired.",
    ),
    "wrong_base_url": FaultText(
        "No models answer at {url}.",
        "Correct the base URL; most servers want it to end in /v1.",
    ),
    "refused_parameter": FaultText(
        "{who} refused the setting {parameter} for {model}.",
        "Set it back to the model's default, or choose another model.",
    ),
    "context_too_long": FaultText(
        "The prompt and the answer do not fit into {model}.",
        "Shorten the notes, lower the output limit, or choose a model with a larger context.",
    ),
    "bad_request": FaultText(
        "{who} did not accept the request{detail}.",
        "Choose another model; if it goes on, report it with this message.",
    ),
    "rate_limit": FaultText(
        "{who} allows no more requests at the moment.",
        "Wait {wait} and try again, or choose another model.",
    ),
    "overloaded": FaultText(
        "{who} has more requests than it can answer.",
        "Wait {wait} and try again, or choose another model.",
    ),
    "connection": FaultText(
        "{who} could not be reached at {url}{detail}.",
        "Check the network connection and the base URL, and that the server runs.",
    ),
    "proxy": FaultText(
        "The proxy did not let the request to {whom} through{detail}.",
        "Check the proxy's address and password in the connection settings.",
    ),
    "tls": FaultText(
        "The connection to {whom} could not be encrypted{detail}.",
        "Check that the address begins with the right http:// or https://; behind a company "
        "proxy, set SSL_CERT_FILE to its certificates.",
    ),
    "timeout": FaultText(
        "{who} did not answer in time{detail}.",
        "Try again, or choose a faster model.",
        "maybe",
    ),
    "not_a_stream": FaultText(
        "{who} answered with {detail} instead of a stream of text.",
        "Check the base URL: it may be a web page or a login; most servers want it to end in /v1.",
    ),
    "no_end": FaultText(
        "The answer of {whom} stopped without its end.",
        "Try again; text that arrived is kept as a draft.",
        "maybe",
    ),
    "cut": FaultText(
        "The connection to {whom} broke before the answer was whole.",
        "Try again; text that arrived is kept as a draft.",
        "maybe",
    ),
    "malformed": FaultText(
        "{who} sent something that cannot be read{detail}.",
        "Try again; if it goes on, the server does not speak the protocol of this provider.",
        "maybe",
    ),
    "server_error": FaultText(
        "{who} failed while it answered{detail}.",
        "Try again in a minute, or choose another model.",
    ),
    "over_budget": FaultText(
        "The request would cost more than the budget allows.",
        "Raise the budget, or choose a cheaper model.",
    ),
    "unexpected": FaultText(
        "The request to {whom} failed in a way that is not known here{detail}.",
        "Try again; if it goes on, report it with this message.",
        "maybe",
    ),
}

CHARGED_TEXTS: dict[Charged, str] = {
    "no": "No money was spent.",
    "maybe": "Money may have been spent.",
    "yes": "What arrived is charged.",
}

# Endings that are no fault of the connection: the provider did its part, and it is paid.
ENDING_TEXTS: dict[Ending, FaultText] = {
    "length": FaultText(
        "The answer was cut off at the output limit.",
        "Raise the output limit, lower the reasoning effort, or simplify the strategy.",
        "yes",
    ),
    "refusal": FaultText(
        "The model declined to answer.",
        "Reword the notes of the strategy, or choose another model.",
        "yes",
    ),
    "filter": FaultText(
        "The provider's content filter stopped the answer.",
        "Reword the notes of the strategy, or choose another model.",
        "yes",
    ),
    "cancelled": FaultText(
        "The request was cancelled.",
        "What arrived is kept as a draft; generate again when you are ready.",
        "maybe",
    ),
    "no_code": FaultText(
        "The answer holds no code.",
        "Read the answer, reword the notes, or choose another model.",
        "yes",
    ),
}


def make_fault(
    code: FaultCode,
    who: str,
    *,
    model: str = "",
    url: str = "",
    detail: str = "",
    hint: str = "",
    charged: Charged | None = None,
    retry_after: float | None = None,
    parameter: str | None = None,
) -> Fault:
    """Fills in the words of a class of fault.

    Args:
        code: The class.
        who: The provider or the server, as the user knows it.
        model: The model that was asked for.
        url: Where the request went; no part of it may be secret.
        detail: What the other side said, already free of secrets.
        hint: A better hint than the usual one.
        charged: Whether money was spent, if that is known better than usual.
        retry_after: Seconds to wait, if the provider said so.
        parameter: The parameter it refused.
    """
    text = FAULT_TEXTS[code]
    if detail and code != "not_a_stream":
        detail = f" ({detail.rstrip('.')})"
    values = {
        "who": who,
        "whom": f"t{who[1:]}" if who.startswith("The ") else who,
        "model": f"“{model}”" if model else "the model",
        "url": url or "its address",
        "detail": detail or ("something else" if code == "not_a_stream" else ""),
        "parameter": parameter or "of the request",
        "wait": wait_text(retry_after),
    }
    return Fault(
        code,
        text.message.format_map(values),
        hint or text.hint.format_map(values),
        charged or text.charged,
        retry_after,
        parameter,
    )


def wait_text(seconds: float | None) -> str:
    """How long to wait, in words."""
    if seconds is None:
        return "a minute"
    rounded = max(1, round(seconds))
    if rounded >= 120:
        return f"{round(rounded / 60)} minutes"
    return "1 second" if rounded == 1 else f"{rounded} seconds"
