"""Choosing a model: the list, its facts, keys and addresses, as real widgets."""

import importlib
import json
from decimal import Decimal

import pytest
from canary.echoing import MODEL, served
from canary.finding import CANARIES, find_canaries
from memory_keyring import MemoryKeyring, used

from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.keys import find_key, forget_key
from stratcraft_jupyter.providers.models import fallback_date
from stratcraft_jupyter.providers.preferences import change_preferences, load_preferences
from stratcraft_jupyter.widgets import preferring
from stratcraft_jupyter.widgets.listing import ModelListing
from stratcraft_jupyter.widgets.models import ModelSelector
from stratcraft_jupyter.widgets.models_panel import ModelsPanel
from stratcraft_jupyter.widgets.work import Work


@pytest.fixture
def work(state):
    work = Work(state)
    yield work
    work.close()


@pytest.fixture
def panel(front_end, state, look, work):
    return ModelsPanel(state, look, ModelListing(state, work))


@pytest.fixture
def open_at(state, panel, wait_for, find):
    """Opens the panel at a provider and waits for its models."""

    def open_at(provider):
        panel.button.click()
        control = find(panel.widget, description="Provider")
        control.value = provider
        known(state, provider, wait_for)
        return panel.widget

    return open_at


def known(state, provider, wait_for):
    def is_known():
        listing = state.snapshot.listings.get(provider)
        return listing is not None and listing.listed is not None and not listing.is_asking

    wait_for(is_known, f"the list of {provider}")
    with state.lock:  # until the views have been told
        pass
    return state.snapshot.listings[provider]


def texts(widget):
    """All that the panel says."""
    own = [value for value in (getattr(widget, "value", ""),) if isinstance(value, str)]
    return " ".join([*own, *(texts(child) for child in getattr(widget, "children", ()))])


def test_nobody_is_asked_before_the_panel_is_opened(state, panel, is_shown):
    assert not is_shown(panel.widget)
    assert panel.widget.children == ()
    assert state.snapshot.listings == {}


def test_the_models_of_a_provider_are_listed_when_it_is_chosen(record, open_at, find):
    record("one", "a")
    record("two", "b")
    widget = open_at("replay")
    assert find(widget, description="Models").options == (
        ("one", "replay:one"),
        ("two", "replay:two"),
    )
    assert "2 models, listed by Replay" in texts(widget)


def test_a_single_model_is_no_plural(record, open_at):
    record("one", "a")
    assert "1 model, listed by Replay" in texts(open_at("replay"))


def test_what_is_highlighted_writes_the_code_and_is_remembered(
    front_end, state, look, record, open_at, find
):
    record("one", "a")
    record("two", "b")
    widget = open_at("replay")
    models = find(widget, description="Models")
    assert models.index is None
    front_end.set(models.comm, index=1)
    assert state.snapshot.model == "replay:two"
    assert load_preferences().last_model == "replay:two"
    selector = ModelSelector(state, look).widget
    assert selector.value == "replay:two"
    assert selector.options[0] == ("Built-in compiler", "builtin")


def test_a_new_builder_offers_the_last_model_but_begins_with_the_compiler(state, look):
    preferring.choose_model(state, "replay:two")
    state.update(model="builtin")
    selector = ModelSelector(state, look).widget
    assert selector.value == "builtin"
    assert [model for _, model in selector.options] == ["builtin", "replay:two"]


def test_the_search_narrows_the_list_and_takes_a_name_as_typed(
    front_end, state, record, open_at, find
):
    record("small", "a")
    record("large", "b")
    widget = open_at("replay")
    search, models = find(widget, description="Search"), find(widget, description="Models")
    front_end.set(search.comm, value="lar")
    assert models.options == (("large", "replay:large"), ("lar (as typed)", "replay:lar"))
    front_end.set(search.comm, value="unlisted-7b")
    front_end.set(models.comm, index=0)
    assert state.snapshot.model == "replay:unlisted-7b"


def test_favourites_stand_first_and_ticked_ones_are_marked(state, record, open_at, find):
    for name in ("a", "b", "c"):
        record(name, "x")
    widget = open_at("replay")
    state.choose_model("replay:c")
    find(widget, description="Favourite").value = True
    state.choose_model("replay:b")
    find(widget, description="Compare").value = True
    titles = [title for title, _ in find(widget, description="Models").options]
    assert titles == ["★ c", "a", "✓ b"]
    assert load_preferences().favourites == ("replay:c",)
    assert state.snapshot.ticked == ("replay:b",)
    find(widget, description="Compare").value = False
    assert state.snapshot.ticked == ()


def test_a_missing_key_is_said_with_how_to_set_it_and_our_list_is_dated(monkeypatch, open_at, find):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with used(MemoryKeyring()):
        widget = open_at("openai")
        said = texts(widget)
        assert "OpenAI needs an API key, and none was found." in said
        assert "set OPENAI_API_KEY before Jupyter starts" in said
        assert f"our own short list of {fallback_date()}" in said
        assert find(widget, description="Models").options


def test_facts_say_what_is_known_and_what_is_not(state, record, open_at):
    record("one", "a")
    widget = open_at("replay")
    state.choose_model("replay:one")
    assert '<th scope="row">Context</th><td>not known</td>' in texts(widget)
    assert "price unknown" not in texts(widget)  # recorded answers cost nothing
    state.choose_model("compatible:llama")
    assert "price unknown" in texts(widget)


def test_a_model_with_levels_of_reasoning_offers_them(state, open_at, find, is_shown):
    with used(MemoryKeyring()):
        widget = open_at("openai")
    listing = state.snapshot.listings["openai"]
    info = next(info for info in listing.listed.models if info.reasoning_efforts)
    state.choose_model(f"openai:{info.id}")
    effort = find(widget, description="Reasoning effort")
    assert is_shown(effort)
    assert [value for _, value in effort.options] == ["", *info.reasoning_efforts]
    effort.value = info.reasoning_efforts[0]
    assert load_preferences().efforts == {f"openai:{info.id}": info.reasoning_efforts[0]}
    effort.value = ""
    assert load_preferences().efforts == {}


def test_the_output_limit_is_kept_and_nonsense_refused(state, record, open_at, find):
    model = record("one", "a")
    widget = open_at("replay")
    state.choose_model(model)
    limit = find(widget, description="Output limit, tokens")
    limit.value = "4,000"
    assert load_preferences().output_limits == {model: 4000}
    limit.value = "many"
    assert "is no number of tokens" in texts(widget)
    assert load_preferences().output_limits == {model: 4000}


def test_a_base_url_is_kept_and_tested(state, panel, wait_for, find, open_at):
    with used(MemoryKeyring()), served("good") as server:
        widget = open_at("compatible")
        assert "needs the address of a server" in texts(widget)
        find(widget, description="Base URL").value = f"{server.address}/v1"
        wait_for(lambda: MODEL in str(find(widget, description="Models").options), "the models")
        find(widget, description="Test connection").click()
        wait_for(lambda: "The connection works" in texts(widget), "the test")
    assert load_preferences().base_urls == {"compatible": f"{server.address}/v1"}


def test_an_address_in_the_environment_is_said_not_to_be_used(monkeypatch, open_at, find):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:1/v1")
    with used(MemoryKeyring()):
        widget = open_at("openai")
        assert "OPENAI_BASE_URL is set and not used" in texts(widget)
        find(widget, description="Base URL").value = "http://localhost:1/v1"
        assert "OPENAI_BASE_URL" not in texts(widget)


def test_what_was_set_elsewhere_stays_when_one_setting_is_changed(state):
    elsewhere = {"openai": "http://localhost:1/v1"}
    change_preferences(budgets=Budgets(day=Decimal(5)), base_urls=elsewhere, favourites=("a:b",))
    preferring.set_budget(state, "request", "2")
    preferring.set_address(state, "base_urls", "compatible", "http://localhost:2/v1")
    preferring.set_favourite(state, "c:d", True)
    saved = load_preferences()
    assert saved == state.snapshot.preferences
    assert saved.budgets == Budgets(request=Decimal(2), day=Decimal(5))
    assert saved.base_urls == elsewhere | {"compatible": "http://localhost:2/v1"}
    assert saved.favourites == ("a:b", "c:d")


def test_a_connection_that_fails_says_why(state, wait_for, find, open_at, home):
    home.mkdir()
    address = json.dumps({"base_urls": {"compatible": "http://127.0.0.1:1/v1"}})
    (home / "preferences.json").write_text(address)
    state.update(preferences=load_preferences())
    with used(MemoryKeyring()):
        widget = open_at("compatible")
        find(widget, description="Test connection").click()
        wait_for(lambda: "could not be reached" in texts(widget), "the fault")


def test_an_address_with_a_password_is_refused_and_leaves_the_field(front_end, find, open_at):
    secret = CANARIES["typed"]
    widget = open_at("compatible")
    proxy = find(widget, description="Proxy")
    front_end.set(proxy.comm, value=f"http://me:{secret}@proxy:3128")
    assert proxy.value == ""
    assert "password" in texts(widget)
    assert find_canaries(json.dumps([comm.state for comm in front_end.comms], default=str)) == []


class TestKeys:
    @pytest.fixture(autouse=True)
    def forget(self):
        with used(MemoryKeyring()) as keyring:
            yield keyring
        forget_key("openai")

    @pytest.fixture
    def field(self, front_end, state, open_at):
        state.update(has_front_end=True)
        with served("good") as server:
            preferring.set_address(state, "base_urls", "openai", f"{server.address}/v1")
            open_at("openai")
            yield front_end.models("KeyFieldModel")[0]

    def send(self, front_end, field, key=CANARIES["typed"], **more):
        message = {"type": "key", "provider": "openai", "is_stored": False} | more
        front_end.send(field, message, [key.encode()])

    def test_a_typed_key_is_held_in_memory_and_nowhere_else(
        self, front_end, state, panel, field, wait_for, home
    ):
        self.send(front_end, field)
        assert find_key("openai", "").key == CANARIES["typed"]
        known(state, "openai", wait_for)
        wait_for(lambda: "kept in memory until" in texts(panel.widget), "what is said of the key")
        shown = json.dumps([comm.state for comm in front_end.comms], default=str)
        sent = json.dumps([data for _, _, data in front_end.messages], default=str)
        assert find_canaries(shown + sent + repr(vars(state.snapshot)) + texts(panel.widget)) == []
        assert find_canaries(home) == [] if home.exists() else True

    def test_it_can_be_put_into_the_keyring(self, front_end, panel, field, forget):
        self.send(front_end, field, is_stored=True)
        assert list(forget.passwords.values()) == [CANARIES["typed"]]

    @pytest.mark.parametrize(
        "message", [{"type": "other"}, {"provider": 3}, {"provider": "nobody"}, {"key": " "}]
    )
    def test_other_messages_are_refused_without_quoting_them(
        self, front_end, panel, field, message
    ):
        self.send(front_end, field, **message)
        assert find_key("openai", "").source == "none"
        assert 'role="alert"' in texts(panel.widget)
        assert find_canaries(texts(panel.widget)) == []

    def test_without_our_labextension_a_cell_asks_for_the_key(self, front_end, state, open_at):
        state.update(has_front_end=False)
        widget = open_at("openai")
        assert "sc.set_api_key" in texts(widget)
        assert front_end.models("KeyFieldModel") == []


def test_who_asks_while_a_provider_is_asked_gets_an_answer_of_its_own(
    monkeypatch, state, work, wait_for
):
    asked = []

    async def counting(provider, preferences):
        asked.append(provider)
        return await listing_module.list_models(provider, preferences)

    listing_module = importlib.import_module("stratcraft_jupyter.providers.models")
    monkeypatch.setattr("stratcraft_jupyter.widgets.listing.list_models", counting)
    listing = ModelListing(state, work)
    with state.lock:  # the first answer cannot be told before the second question
        listing.ask("replay")
        listing.ask("replay", is_test=True)
    wait_for(lambda: len(asked) == 2, "the second question")
    known(state, "replay", wait_for)
    assert "The connection works" in state.snapshot.listings["replay"].tested
