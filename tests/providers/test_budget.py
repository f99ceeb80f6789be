"""Budgets: refused before sending, cut off while streaming, kept by requests sent at once."""

import os
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.providers import budget as budget_module
from stratcraft_jupyter.providers.base import Fault, Usage
from stratcraft_jupyter.providers.budget import (
    BudgetGuard,
    Budgets,
    check_before,
    day_start,
    hold_for,
    month_start,
)
from stratcraft_jupyter.providers.cost import Price
from stratcraft_jupyter.providers.ledger import Hold, Ledger, LedgerEntry

PRICE = Price.flat(Decimal(1), Decimal(10))
WHO = {"provider": "openai", "model": "m", "strategy": "s", "purpose": "generate"}


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger.sqlite")


def spend(ledger, cost, when=None):
    when = when or datetime.now(UTC)
    cost = None if cost is None else Decimal(cost)
    ledger.record(LedgerEntry(when, "openai", "m", "s", "generate", Usage(), cost))


def dollars(amount):
    """Usage that costs that much at PRICE."""
    return Usage(output_tokens=int(Decimal(amount) * 100_000))


def test_without_budgets_nothing_is_refused_nor_looked_up(ledger):
    assert check_before(ledger, Budgets(), None) is None
    assert check_before(ledger, Budgets(), Decimal(1_000_000)) is None
    assert BudgetGuard(ledger, Budgets(), PRICE).exceeded(dollars(1_000)) is None
    assert not ledger.path.exists()


@pytest.mark.parametrize(
    ("budgets", "word"),
    [
        (Budgets(request=Decimal("0.99")), "one request"),
        (Budgets(day=Decimal("2.99")), "today"),
        (Budgets(month=Decimal("2.99")), "this month"),
    ],
)
def test_a_request_that_could_pass_a_budget_is_refused_before_sending(ledger, budgets, word):
    spend(ledger, 2)
    fault = check_before(ledger, budgets, Decimal(1))
    assert fault.code == "over_budget"
    assert fault.charged == "no"
    assert word in fault.message
    assert "1.00 USD" in fault.message
    assert fault.hint


def test_exactly_the_budget_may_be_spent(ledger):
    spend(ledger, 2)
    budgets = Budgets(Decimal(1), Decimal(3), Decimal(3))
    assert check_before(ledger, budgets, Decimal(1)) is None


def test_what_was_spent_before_today_counts_for_the_month_only(ledger):
    spend(ledger, 50, day_start() - timedelta(minutes=1))
    assert check_before(ledger, Budgets(day=Decimal(5)), Decimal(1)) is None
    spend(ledger, 50, month_start() - timedelta(minutes=1))
    spend(ledger, 4, month_start())
    spent = ledger.spent(month_start()).amount
    assert check_before(ledger, Budgets(month=spent + 1), Decimal(1)) is None
    assert check_before(ledger, Budgets(month=spent), Decimal(1))


def test_an_unknown_price_is_refused_when_a_budget_is_set_unless_allowed(ledger):
    fault = check_before(ledger, Budgets(day=Decimal(5)), None)
    assert fault.code == "over_budget"
    assert "price" in fault.message
    allowed = Budgets(day=Decimal(5), allow_unknown_price=True)
    assert check_before(ledger, allowed, None) is None
    assert isinstance(hold_for(ledger, allowed, None, **WHO), Hold)


def test_requests_of_unknown_cost_are_told_with_what_was_spent(ledger):
    spend(ledger, 5)
    spend(ledger, None)
    fault = check_before(ledger, Budgets(day=Decimal(5)), Decimal(1))
    assert "Spent today: at least 5.00 USD, cost unknown for 1 request. " in fault.message


def test_requests_sent_at_once_keep_a_budget_together(ledger):
    budgets = Budgets(day=Decimal(5))
    answers = [hold_for(ledger, budgets, Decimal(2), **WHO) for _ in range(3)]
    assert [type(answer) for answer in answers] == [Hold, Hold, Fault]
    assert "up to 4.00 USD set aside for requests that run now" in answers[2].message


class TestGuard:
    """The cost of one request while its answer comes."""

    def test_an_answer_is_cut_off_when_it_passes_the_budget_of_a_request(self, ledger):
        guard = BudgetGuard(ledger, Budgets(request=Decimal(1)), PRICE)
        assert guard.exceeded(dollars(1)) is None
        fault = guard.exceeded(dollars("1.01"))
        assert (fault.code, fault.charged) == ("over_budget", "yes")
        assert "cut off" in fault.message

    def test_it_counts_what_others_spent(self, ledger):
        spend(ledger, 4)
        guard = BudgetGuard(ledger, Budgets(day=Decimal(5)), PRICE)
        assert guard.exceeded(dollars(1)) is None
        assert "today" in guard.exceeded(dollars("1.5")).message

    def test_it_sees_what_others_spend_meanwhile(self, ledger, monkeypatch):
        now = [100.0]
        monkeypatch.setattr(budget_module.time, "monotonic", lambda: now[0])
        guard = BudgetGuard(ledger, Budgets(month=Decimal(5)), PRICE)
        assert guard.exceeded(dollars(1)) is None
        monkeypatch.setattr(budget_module.time, "monotonic", time.monotonic)
        spend(ledger, 5)
        monkeypatch.setattr(budget_module.time, "monotonic", lambda: now[0] + 3)
        assert guard.exceeded(dollars(1))

    def test_what_is_set_aside_for_it_is_not_counted_twice(self, ledger):
        budgets = Budgets(day=Decimal(5))
        hold = hold_for(ledger, budgets, Decimal(5), **WHO)
        guard = BudgetGuard(ledger, budgets, PRICE, hold)
        assert guard.exceeded(dollars(5)) is None

    def test_an_unknown_price_cannot_be_watched(self, ledger):
        budgets = Budgets(day=Decimal(5), allow_unknown_price=True)
        assert BudgetGuard(ledger, budgets, None).exceeded(dollars(100)) is None

    @given(st.lists(st.integers(0, 100_000), max_size=30), st.integers(0, 2_000_000))
    def test_it_says_so_exactly_from_the_first_token_over(self, tmp_path_factory, steps, limit):
        ledger = Ledger(tmp_path_factory.mktemp("guard") / "ledger.sqlite")
        guard = BudgetGuard(ledger, Budgets(request=Decimal(limit).scaleb(-6)), PRICE)
        tokens = 0
        for step in steps:
            tokens += step
            is_over = tokens * 10 > limit
            assert (guard.exceeded(Usage(output_tokens=tokens)) is not None) == is_over


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be changed here")
class TestDays:
    """A day begins at midnight where the user is."""

    @pytest.fixture
    def zone(self):
        before = os.environ.get("TZ")

        def go(name):
            os.environ["TZ"] = name
            time.tzset()

        yield go
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()

    def test_in_another_zone(self, zone):
        zone("Asia/Tokyo")
        now = datetime(2026, 11, 30, 16, tzinfo=UTC)  # 1 December, one o'clock
        assert day_start(now) == month_start(now) == datetime(2026, 11, 30, 15, tzinfo=UTC)

    def test_on_the_day_the_clocks_change(self, zone):
        zone("Europe/Berlin")
        now = datetime(2026, 10, 25, 12, tzinfo=UTC)
        assert day_start(now) == datetime(2026, 10, 24, 22, tzinfo=UTC)
        assert month_start(now) == datetime(2026, 9, 30, 22, tzinfo=UTC)
        after = datetime(2026, 3, 30, 12, tzinfo=UTC)
        assert month_start(after) == datetime(2026, 2, 28, 23, tzinfo=UTC)
        assert month_start(datetime(2026, 11, 1, 12)) == datetime(2026, 10, 31, 23, tzinfo=UTC)
