"""A home of its own for every test, and recordings that the replay provider plays."""

from collections.abc import Callable, Sequence

import pytest

from stratcraft_jupyter.graph import StrategyGraph, load_template
from stratcraft_jupyter.providers.recordings import RecordedAnswer, Recording, save_recording

Record = Callable[..., str]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("STRATCRAFT_HOME", str(folder))
    monkeypatch.setenv("STRATCRAFT_REPLAY", str(tmp_path / "recordings"))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return folder


@pytest.fixture
def record(tmp_path) -> Record:
    """Records the answers of a model and gives its name, with its provider."""
    folder = tmp_path / "recordings"
    folder.mkdir()

    def make(name: str, *answers: str | RecordedAnswer) -> str:
        save_recording(folder / f"{name}.json", Recording(name, tuple(map(answered, answers))))
        return f"replay:{name}"

    return make


def answered(answer: str | RecordedAnswer) -> RecordedAnswer:
    return answer if isinstance(answer, RecordedAnswer) else RecordedAnswer((answer,))


def of_kind(events: Sequence[object], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


@pytest.fixture(scope="session")
def graph() -> StrategyGraph:
    return load_template("sma_cross")
