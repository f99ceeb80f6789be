"""The Cost panel: what was spent, what is set aside, and budgets wherever they were set."""

from decimal import Decimal

import pytest

from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.preferences import change_preferences, load_preferences
from stratcraft_jupyter.widgets.cost_panel import CostPanel
from stratcraft_jupyter.widgets.work import Work


@pytest.fixture
def work(state):
    work = Work(state)
    yield work
    work.close()


@pytest.fixture
def opened(front_end, state, look, work, wait_for):
    """Opens the panel, and waits until it has read the ledger."""

    def opened():
        panel = CostPanel(state, look, work)
        panel.button.click()
        wait_for(lambda: state.snapshot.costs is not None, "the costs")
        with state.lock:  # until the views have been told
            return panel.widget

    return opened


def test_what_is_set_aside_is_shown(opened):
    Ledger().hold("openai", "m", "SMA cross", "generate", Decimal("0.5"))
    said = "0 USD, and up to 0.5000 USD set aside for requests that run now"
    assert f'<th scope="row">Today</th><td>{said}</td>' in opened().children[0].value


def test_a_budget_set_elsewhere_is_shown_and_stays(opened, front_end, find):
    change_preferences(budgets=Budgets(day=Decimal(5)))
    widget = opened()
    assert find(widget, description="A day, USD").value == "5"
    change_preferences(budgets=Budgets(day=Decimal(6)))
    front_end.set(find(widget, description="A month, USD").comm, value="20")
    assert load_preferences().budgets == Budgets(day=Decimal(6), month=Decimal(20))
    assert find(widget, description="A day, USD").value == "6"
