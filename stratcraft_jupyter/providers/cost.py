"""What requests cost, in US dollars, from the price list that comes with genai-prices."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Context, Decimal, localcontext
from typing import Any

from stratcraft_jupyter.providers.base import Usage

CURRENCY = "USD"
UNKNOWN = "price unknown"
# the user's own decimal context may round to few digits, or trap
EXACT = Context(prec=60, traps=[])
_SMALLEST_SHOWN = Decimal("0.000001")
# a text request can cause these, and no provider tells us how many there were
_NOT_COUNTED = ("output_citation_mtok",)


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, in USD per million tokens.

    Attributes:
        input: Tokens sent.
        output: Tokens of the answer.
        cached_input: Tokens read from the provider's cache.
        cache_write: Tokens written to the provider's cache.
        reasoning: Tokens of reasoning.
        request: Per request, whatever its length.
        above: Prices for requests with more input tokens than the number, smallest number first.
    """

    input: Decimal
    output: Decimal
    cached_input: Decimal
    cache_write: Decimal
    reasoning: Decimal
    request: Decimal = Decimal(0)
    above: tuple[tuple[int, "Price"], ...] = ()

    @classmethod
    def flat(cls, input: Decimal, output: Decimal) -> "Price":
        """A price without discounts, such as a user sets for a server of their own."""
        return cls(input, output, cached_input=input, cache_write=input, reasoning=output)

    def at(self, input_tokens: int) -> "Price":
        """The price of a request with so many input tokens."""
        reached = [price for start, price in self.above if input_tokens > start]
        return reached[-1] if reached else self


@dataclass(frozen=True, slots=True)
class Listing:
    """What the price list says of a model.

    Attributes:
        price: Its price; None if the list has none that we can count.
        title: Its name on screen; may be empty.
        context_tokens: Tokens that fit.
        is_deprecated: Whether its provider advises against it.
    """

    price: Price | None = None
    title: str = ""
    context_tokens: int | None = None
    is_deprecated: bool = False


def price_of(
    provider_name: str, model: str, *, base_url: str = "", at: datetime | None = None
) -> Price | None:
    """The price of a model; None if it is unknown.

    Args:
        provider_name: The provider's name, as in ``"openai"``.
        model: The model's id.
        base_url: Where the server is, if not at the provider's own address. An address that is
            not in the price list has no known price, whatever its models are called.
        at: When the request is made; now by default. Some prices change by date or hour.
    """
    return look_up(provider_name, model, base_url=base_url, at=at).price


def look_up(
    provider_name: str, model: str, *, base_url: str = "", at: datetime | None = None
) -> Listing:
    """What the price list says of a model; takes the arguments of `price_of`."""
    if provider_name == "replay":
        return Listing(price=Price.flat(Decimal(0), Decimal(0)))
    from genai_prices import Usage as ListUsage
    from genai_prices import calc_price

    try:
        found = (
            calc_price(ListUsage(), model, provider_api_url=base_url, genai_request_timestamp=at)
            if base_url
            else calc_price(
                ListUsage(), model, provider_id=provider_name, genai_request_timestamp=at
            )
        )
    except (LookupError, ValueError):  # not in the list, or its entry is damaged
        return Listing()
    if not base_url and found.provider.id != provider_name:
        return Listing()  # the list guesses from similar names
    return Listing(
        price=_price_from(found.model_price),
        title=found.model.name or "",
        context_tokens=found.model.context_window,
        is_deprecated=bool(found.model.deprecated),
    )


def cost_of(usage: Usage | None, price: Price | None) -> Decimal | None:
    """What a request cost; None if usage or price is unknown."""
    if usage is None or price is None:
        return None
    rates = price.at(usage.input_tokens)
    cached = max(usage.cached_input_tokens, 0)
    written = max(usage.cache_write_tokens, 0)
    reasoning = min(max(usage.reasoning_tokens, 0), max(usage.output_tokens, 0))
    with localcontext(EXACT):
        tokens = (
            max(usage.input_tokens - cached - written, 0) * rates.input
            + cached * rates.cached_input
            + written * rates.cache_write
            + max(usage.output_tokens - reasoning, 0) * rates.output
            + reasoning * rates.reasoning
        )
        return rates.request + tokens.scaleb(-6)


def cost_range(
    input_tokens: int, max_output_tokens: int, price: Price | None
) -> tuple[Decimal, Decimal] | None:
    """The least and the most a request can cost; None if the price is unknown.

    The least is all input from the cache and no answer; the most is input at its dearest and the
    longest answer.
    """
    if price is None:
        return None
    rates = price.at(input_tokens)
    kinds = (rates.input, rates.cached_input, rates.cache_write)
    with localcontext(EXACT):
        low = max(input_tokens, 0) * min(kinds)
        answer = max(max_output_tokens, 0) * max(rates.output, rates.reasoning)
        high = max(input_tokens, 0) * max(kinds) + answer
        return rates.request + low.scaleb(-6), rates.request + high.scaleb(-6)


def shown_cost(cost: Decimal | None, *, is_partial: bool = False) -> str:
    """An amount for people; "price unknown" for None, and never 0 for something that cost money.

    Args:
        cost: The amount in USD.
        is_partial: Whether it is only what is known of a larger amount.
    """
    if cost is None:
        return UNKNOWN
    with localcontext(EXACT):
        if cost == 0:
            text = f"0 {CURRENCY}"
        elif abs(cost) < _SMALLEST_SHOWN:
            text = f"under {_SMALLEST_SHOWN:f} {CURRENCY}"
        else:
            text = f"{cost:,.{_places(abs(cost))}f} {CURRENCY}"
    return f"at least {text}" if is_partial else text


def shown_range(costs: tuple[Decimal, Decimal] | None) -> str:
    """A range of amounts for people."""
    if costs is None:
        return UNKNOWN
    low, high = shown_cost(costs[0]), shown_cost(costs[1])
    return low if low == high else f"{low.removesuffix(f' {CURRENCY}')} to {high}"


def shown_price(price: Price | None) -> str:
    """A price per million tokens for people."""
    if price is None:
        return UNKNOWN
    amounts = (_trimmed(price.input), _trimmed(price.output))
    more = f", {_trimmed(price.request)} {CURRENCY} a request" if price.request else ""
    return f"{amounts[0]} in, {amounts[1]} out ({CURRENCY} per million tokens){more}"


def _places(amount: Decimal) -> int:
    """Digits after the point: cents, or at least two digits that are not 0."""
    return 2 if amount >= 1 else min(max(1 - amount.adjusted(), 4), 6)


def _trimmed(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _price_from(listed: Any) -> Price | None:  # noqa: ANN401 - its attributes are made at run time
    """Our form of a price in the list; None if it says nothing of text."""
    if listed.input_mtok is None or listed.output_mtok is None:
        return None
    if any(getattr(listed, name) is not None for name in _NOT_COUNTED):
        return None
    with localcontext(EXACT):
        request = _rate(_first(listed.requests_kcount, Decimal(0)), 0).scaleb(-3)
    cached_input = _first(listed.cache_read_mtok, listed.input_mtok)
    cache_write = _first(listed.cache_write_mtok, listed.input_mtok)
    reasoning = _first(listed.output_reasoning_mtok, listed.output_mtok)

    def at(input_tokens: int) -> Price:
        return Price(
            input=_rate(listed.input_mtok, input_tokens),
            output=_rate(listed.output_mtok, input_tokens),
            cached_input=_rate(cached_input, input_tokens),
            cache_write=_rate(cache_write, input_tokens),
            reasoning=_rate(reasoning, input_tokens),
            request=request,
        )

    rates = (listed.input_mtok, listed.output_mtok, cached_input, cache_write, reasoning)
    starts = sorted({tier.start for rate in rates for tier in getattr(rate, "tiers", ())})
    return replace(at(0), above=tuple((start, at(start + 1)) for start in starts))


def _first(one: Any, other: Any) -> Any:  # noqa: ANN401 - as above
    return other if one is None else one


def _rate(part: Any, input_tokens: int) -> Decimal:  # noqa: ANN401 - as above
    """The rate for a request of that length."""
    rate: Decimal = getattr(part, "base", part)
    for tier in getattr(part, "tiers", ()):
        if input_tokens > tier.start:
            rate = tier.price
    return rate
