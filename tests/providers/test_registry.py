"""Providers by name: ours, and those of a package that is really installed."""

import subprocess
import sys
from pathlib import Path

import pytest

from stratcraft_jupyter.errors import StratCraftError, UnknownNameError
from stratcraft_jupyter.providers.base import (
    Connection,
    Finished,
    Message,
    ModelRequest,
    Provider,
    TextDelta,
)
from stratcraft_jupyter.providers.deadlines import guarded_stream
from stratcraft_jupyter.providers.registry import (
    ProviderPluginError,
    provider_class,
    provider_names,
    split_model,
)

PLUGIN = Path(__file__).parents[1] / "plugin_provider"
OURS = ("openai", "anthropic", "compatible", "replay")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder into which pip has installed the plugin; hatchling is there, so no network."""
    folder = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    command = [*pip, "--no-build-isolation", "--target", str(folder), str(PLUGIN)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def plugin(site, monkeypatch):
    monkeypatch.syspath_prepend(str(site))


def test_ours_come_first_in_their_order():
    assert provider_names()[:4] == OURS


@pytest.mark.parametrize("name", OURS)
def test_ours_keep_the_contract(name):
    made = provider_class(name)(Connection())
    assert isinstance(made, Provider)
    assert made.name == name
    assert made.title


@pytest.mark.usefixtures("plugin")
async def test_a_provider_of_another_package_works_like_ours():
    assert provider_names()[:4] == OURS
    assert "echo" in provider_names()
    assert split_model("echo:parrot") == ("echo", "parrot")
    provider = provider_class("echo")(Connection())
    assert [model.id for model in await provider.list_models()] == ["parrot"]
    request = ModelRequest("parrot", "", (Message("user", "buy low sell high"),))
    assert await provider.count_tokens(request) == 4
    events = [event async for event in guarded_stream(provider, request)]
    said = "".join(event.text for event in events if isinstance(event, TextDelta))
    assert said == "buy low sell high "
    assert isinstance(events[-1], Finished)


@pytest.mark.usefixtures("plugin")
def test_no_package_takes_the_place_of_ours():
    assert provider_class("openai").__module__ == "stratcraft_jupyter.providers.openai"


@pytest.mark.usefixtures("plugin")
@pytest.mark.parametrize(
    ("name", "problem"),
    [("broken", "cannot be loaded (ModuleNotFoundError"), ("useless", "it is no class")],
)
def test_a_faulty_package_is_named(name, problem):
    with pytest.raises(ProviderPluginError) as caught:
        provider_class(name)
    assert "stratcraft-echo 1.2.3" in caught.value.message
    assert problem in caught.value.message


def test_an_unknown_provider_is_told_with_the_known_ones():
    with pytest.raises(UnknownNameError, match="Did you mean 'openai'"):
        provider_class("opnai")
    with pytest.raises(UnknownNameError, match="no provider named 'llama3'"):
        split_model("llama3:8b")


def test_colons_of_a_model_stay_in_its_name():
    assert split_model(" compatible:llama3:8b ") == ("compatible", "llama3:8b")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gpt", "provider and a model"),
        ("", "provider and a model"),
        (":", "':' names no provider"),
        ("openai:", "'openai:' names no model"),
        (":gpt", "':gpt' names no provider"),
        ("openai: ", "'openai: ' names no model"),
    ],
)
def test_what_is_no_model_is_told(text, said):
    with pytest.raises(StratCraftError, match=said):
        split_model(text)
