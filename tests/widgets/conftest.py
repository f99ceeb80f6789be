import time

import pytest
from page import connect_page

from stratcraft_jupyter.graph import History, load_template
from stratcraft_jupyter.providers.recordings import (
    RecordedAnswer,
    Recording,
    pieces,
    save_recording,
)
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.snapshot import Snapshot
from stratcraft_jupyter.widgets.state import BuilderState


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """Settings and ledger of their own; the folder is made when something is saved."""
    folder = tmp_path_factory.mktemp("settings") / "home"
    monkeypatch.setenv("STRATCRAFT_HOME", str(folder))
    return folder


@pytest.fixture
def record(tmp_path_factory, monkeypatch):
    """Records the answers of a model; gives its name, with its provider."""
    folder = tmp_path_factory.mktemp("recordings")
    monkeypatch.setenv("STRATCRAFT_REPLAY", str(folder))

    def make(name, *answers):
        recorded = [
            item if isinstance(item, RecordedAnswer) else RecordedAnswer(pieces(item))
            for item in answers
        ]
        save_recording(folder / f"{name}.json", Recording(name, tuple(recorded)))
        return f"replay:{name}"

    return make


@pytest.fixture
def front_end(monkeypatch):
    return connect_page(monkeypatch)


@pytest.fixture
def state():
    return BuilderState(Snapshot(History(load_template("sma_cross"))))


@pytest.fixture
def look():
    return Look()


@pytest.fixture
def wait_for():
    """Waits for another thread to make something true; a limit so that a bug ends the test."""

    def wait(condition, what="what was waited for"):
        limit = time.monotonic() + 240
        while not condition():
            assert time.monotonic() < limit, f"{what} did not happen"
            time.sleep(0.01)

    return wait


@pytest.fixture
def find():
    """Widgets below another one whose traits have the given values."""

    def below(widget):
        yield widget
        for child in getattr(widget, "children", ()):
            yield from below(child)

    def find(widget, **traits):
        found = [
            item
            for item in below(widget)
            if all(getattr(item, name, None) == value for name, value in traits.items())
        ]
        assert len(found) == 1, f"{len(found)} widgets with {traits}"
        return found[0]

    return find


@pytest.fixture
def is_shown():
    return lambda widget: "jp-StratCraft-hidden" not in widget._dom_classes
