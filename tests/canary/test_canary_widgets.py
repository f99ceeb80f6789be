"""No key is in the state of a widget, a message to the page, a cell or its metadata."""

import json
import time
from itertools import cycle, repeat

import pytest
from memory_keyring import MemoryKeyring, used
from page import connect_page

from canary.echoing import FAILURES, IN_THE_HEAD, MODEL, served
from canary.finding import CANARIES, find_canaries
from canary.planting import planted
from canary.watching import Evidence
from stratcraft_jupyter.graph import load_template
from stratcraft_jupyter.providers.keys import forget_key
from stratcraft_jupyter.providers.preferences import change_preferences
from stratcraft_jupyter.providers.registry import provider_class
from stratcraft_jupyter.widgets import StrategyBuilder

PROVIDERS = ("openai", "anthropic", "compatible")


@pytest.fixture
def page(monkeypatch, tmp_path):
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path))
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    return connect_page(monkeypatch)


def wait_for(condition):
    limit = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.01)


def below(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from below(child)


def press(builder, description):
    found = [w for w in below(builder) if getattr(w, "description", None) == description]
    found[0].click()


def address(name, server):
    return f"{server.address}{'' if name == 'anthropic' else '/v1'}"


def use_everything(page, builder, model, type_key=None):
    """Opens every panel, types a key, has code generated, compares, looks at the costs."""
    page.add_cell("builder")
    builder._jobs.cell_id = "builder"
    page.hello()
    state = builder._state
    provider = model.partition(":")[0]
    state.choose_model(model)
    press(builder, "Models")
    if type_key is not None:
        type_key()
    wait_for(lambda: not state.snapshot.listings[provider].is_asking)
    press(builder, "Test connection")
    wait_for(lambda: state.snapshot.listings[provider].tested)
    for purpose in ("generate", "compare"):
        state.update(ticked=(model,))
        builder._models.asking.ask(purpose)
        wait_for(lambda: state.snapshot.question is not None)
        with state.lock:  # until the panel has been told
            pass
        press(builder, "Send")
        wait_for(lambda: state.snapshot.question is None and state.snapshot.job is None)
    press(builder, "Cost")
    wait_for(lambda: state.snapshot.costs is not None)
    with state.lock:
        return state.snapshot


def gather(evidence, page, builder, snapshot):
    """Everything a notebook could save or show."""
    evidence.add("messages", json.dumps([m[2] for m in page.messages], default=repr))
    evidence.add("models", json.dumps([comm.state for comm in page.comms], default=repr))
    evidence.add("states", repr([widget.get_state() for widget in below(builder)]))
    evidence.add("cells", json.dumps(page.cells))
    evidence.add("what is shown", repr(vars(snapshot)))
    evidence.add("the builder", repr(builder))


# each failure with one provider; test_canary_providers.py has each with all
@pytest.mark.parametrize(
    ("name", "behaviour"),
    [*zip(PROVIDERS, repeat("good"), strict=False), *zip(cycle(PROVIDERS), FAILURES, strict=False)],
)
def test_the_builder_shows_no_key_whatever_a_server_does(page, tmp_path, name, behaviour, capfd):
    source = list(CANARIES)[(PROVIDERS.index(name) + len(behaviour)) % len(CANARIES)]
    variable = provider_class(name).key_variable
    but_for = ("log of httpcore", "log of openai.", "log of anthropic.")
    with served(behaviour) as server, planted(source, name, variable), Evidence() as evidence:
        change_preferences(base_urls={name: address(name, server)})
        builder = StrategyBuilder(load_template("sma_cross"))
        try:
            snapshot = use_everything(page, builder, f"{name}:{MODEL}")
            gather(evidence, page, builder, snapshot)
        finally:
            builder.close()
    assert CANARIES[source] in server.keys  # so the key was in use
    found = evidence.canaries(but_for=but_for if behaviour in IN_THE_HEAD else ())
    assert found == []
    assert find_canaries(tmp_path) == []
    assert find_canaries("".join(capfd.readouterr())) == []


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_key_typed_into_the_field_stays_out_of_everything(page, tmp_path, name, capfd):
    with served("good") as server, used(MemoryKeyring()), Evidence() as evidence:
        change_preferences(base_urls={name: address(name, server)})
        builder = StrategyBuilder(load_template("sma_cross"))

        def type_key():
            (field,) = page.models("KeyFieldModel")
            message = {"type": "key", "provider": name, "is_stored": False}
            page.send(field, message, [CANARIES["typed"].encode()])
            wait_for(lambda: "typed" in builder._state.snapshot.listings[name].has_key)

        try:
            snapshot = use_everything(page, builder, f"{name}:{MODEL}", type_key)
            gather(evidence, page, builder, snapshot)
        finally:
            builder.close()
            forget_key(name)
    assert CANARIES["typed"] in server.keys
    assert evidence.canaries() == []
    assert find_canaries(tmp_path) == []
    assert find_canaries("".join(capfd.readouterr())) == []
