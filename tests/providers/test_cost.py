"""Costs against genai-prices' own arithmetic, and the rule that unknown is never 0."""

import decimal
from datetime import UTC, datetime
from decimal import Decimal

import genai_prices
import pytest
from genai_prices import data_snapshot
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.cost import (
    Price,
    cost_of,
    cost_range,
    look_up,
    price_of,
    shown_cost,
    shown_price,
    shown_range,
)

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LISTED = [
    (provider.id, model)
    for provider in data_snapshot.get_snapshot().providers
    if provider.id in ("openai", "anthropic", "deepseek", "perplexity", "google")
    for model in provider.models
    if price_of(provider.id, model.id, at=AT)
]
TOKENS = st.integers(0, 2_000_000)
RATES = st.decimals(0, 1_000, places=4)
PRICES = st.builds(Price, RATES, RATES, RATES, RATES, RATES, RATES)


@st.composite
def usages(draw):
    cached, written, fresh = draw(TOKENS), draw(TOKENS), draw(TOKENS)
    output = draw(TOKENS)
    reasoning = draw(st.integers(0, output))
    return Usage(cached + written + fresh, cached, written, output, reasoning)


def test_the_list_has_prices_of_many_models():
    assert len(LISTED) > 100


@given(st.sampled_from(LISTED), usages())
def test_a_cost_is_what_the_price_list_computes(listed, usage):
    provider, model = listed
    theirs = genai_prices.Usage(
        input_tokens=usage.input_tokens,
        cache_read_tokens=usage.cached_input_tokens,
        cache_write_tokens=usage.cache_write_tokens,
        output_tokens=usage.output_tokens,
        output_reasoning_tokens=usage.reasoning_tokens,
    )
    expected = genai_prices.calc_price(
        theirs, model.id, provider_id=provider, genai_request_timestamp=AT
    )
    price = price_of(provider, model.id, at=AT)
    assert cost_of(usage, price) == expected.total_price


@given(usages(), usages(), PRICES)
def test_costs_of_two_requests_add_up(one, other, price):
    both = Usage(
        one.input_tokens + other.input_tokens,
        one.cached_input_tokens + other.cached_input_tokens,
        one.cache_write_tokens + other.cache_write_tokens,
        one.output_tokens + other.output_tokens,
        one.reasoning_tokens + other.reasoning_tokens,
    )
    with decimal.localcontext(decimal.Context(prec=60)):
        assert cost_of(one, price) + cost_of(other, price) == cost_of(both, price) + price.request


@given(usages(), PRICES, st.integers(0, 1_000_000))
def test_a_cost_lies_in_the_range_told_before(usage, price, more):
    low, high = cost_range(usage.input_tokens, usage.output_tokens + more, price)
    assert low <= cost_of(usage, price) <= high


def test_a_long_request_has_the_price_of_long_requests():
    price = price_of("openai", "gpt-6-sol", at=AT)
    start, above = price.above[0]
    assert price.at(start) is price
    assert price.at(start + 1) is above
    assert above.input > price.input


def test_the_users_decimal_context_changes_no_cost():
    price = price_of("anthropic", "claude-sonnet-5-5", at=AT)
    usage = Usage(123_457, 11, 13, 7_919, 3)
    expected = cost_of(usage, price)
    with decimal.localcontext(decimal.Context(prec=2, traps=[decimal.Inexact])):
        assert cost_of(usage, price) == expected
        assert shown_cost(expected) == shown_cost(expected)


def test_more_cached_tokens_than_tokens_is_no_discount_below_nothing():
    price = Price(Decimal(4), Decimal(8), Decimal(1), Decimal(5), Decimal(8))
    assert cost_of(Usage(input_tokens=10, cached_input_tokens=1_000_000), price) == Decimal(1)


@pytest.mark.parametrize(
    ("provider", "model", "base_url"),
    [
        ("openai", "gpt-of-tomorrow", ""),
        ("openai", "omni-moderation-latest", ""),  # listed, with no price at all
        ("openai", "text-embedding-3-small", ""),  # listed, with no price for an answer
        ("openai", "gpt-6-sol", "http://localhost:8000/v1"),  # called the same, but elsewhere
        ("compatible", "gpt-6-sol", ""),
        ("compatible", "gpt-oss-20b", "http://localhost:11434/v1"),
        ("my-openai", "gpt-6-sol", ""),  # the list would guess
        ("anthropic", "gpt-6-sol", ""),
        ("openai", "", ""),
    ],
)
def test_an_unknown_price_is_unknown(provider, model, base_url):
    price = price_of(provider, model, base_url=base_url, at=AT)
    assert price is None
    assert cost_of(Usage(1_000, output_tokens=1_000), price) is None
    assert cost_range(1_000, 1_000, price) is None
    assert {shown_cost(None), shown_range(None), shown_price(None)} == {"price unknown"}


def test_a_listed_address_has_listed_prices():
    url = "https://openrouter.ai/api/v1"
    assert price_of("compatible", "openai/gpt-4o", base_url=url, at=AT) is not None


def test_unknown_usage_has_no_cost():
    assert cost_of(None, Price.flat(Decimal(1), Decimal(1))) is None


def test_recorded_answers_cost_nothing():
    assert cost_of(Usage(10, output_tokens=10), price_of("replay", "any")) == 0


def test_the_list_knows_how_much_fits():
    assert look_up("anthropic", "claude-sonnet-5-5").context_tokens == 1_000_000


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "0 USD"),
        ("0.0000000001", "under 0.000001 USD"),
        ("0.0000123", "0.000012 USD"),
        ("0.00123", "0.0012 USD"),
        ("0.0312", "0.0312 USD"),
        ("1.005", "1.00 USD"),
        ("1234.5", "1,234.50 USD"),
    ],
)
def test_amounts_are_shown(amount, text):
    assert shown_cost(Decimal(amount)) == text


@given(st.decimals(min_value=Decimal("1e-20"), max_value=1000, allow_nan=False))
def test_what_cost_money_is_never_shown_as_nothing(amount):
    assert any(digit in shown_cost(amount) for digit in "123456789")


def test_a_part_of_a_cost_is_shown_as_such():
    assert shown_cost(Decimal("0.5"), is_partial=True) == "at least 0.5000 USD"
    assert shown_range((Decimal("0.01"), Decimal("0.25"))) == "0.0100 to 0.2500 USD"
    price = Price.flat(Decimal("2.50"), Decimal("10"))
    assert shown_price(price) == "2.5 in, 10 out (USD per million tokens)"
