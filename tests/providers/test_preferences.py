"""Settings on disk: kept whole, never overwritten silently, no passwords in them."""

import json
import os
import subprocess
import sys
import traceback
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.providers import preferences as preferences_module
from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.places import records_folder, settings_folder
from stratcraft_jupyter.providers.preferences import (
    Preferences,
    PreferencesError,
    PreferencesWarning,
    change_preferences,
    load_preferences,
    preferences_path,
    read_preferences,
)

MODELS = st.from_regex(r"[a-z]{1,9}:[a-z0-9./:-]{1,20}", fullmatch=True)
AMOUNTS = st.decimals(0, 10_000, places=6)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "base_urls": st.dictionaries(st.sampled_from("ab"), st.just("http://localhost:11434/v1")),
        "favourites": st.lists(MODELS, max_size=3).map(tuple),
        "last_model": MODELS | st.just("") | st.just("builtin"),
        "efforts": st.dictionaries(MODELS, st.sampled_from(["low", "high"]), max_size=3),
        "output_limits": st.dictionaries(MODELS, st.integers(1, 10**6), max_size=3),
        "prices": st.dictionaries(
            MODELS, st.fixed_dictionaries({"input": AMOUNTS, "output": AMOUNTS}), max_size=2
        ),
        "budgets": st.builds(Budgets, *(st.none() | AMOUNTS for _ in range(3)), st.booleans()),
    },
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new folder" / "preferences.json"


def files_of(path):
    return [file.name for file in path.parent.iterdir() if not file.name.endswith(".lock")]


def test_without_a_file_there_are_defaults_and_no_file_is_made(path):
    assert read_preferences(path) == (Preferences(), "")
    assert not path.parent.exists()


@given(CHANGES)
def test_what_is_saved_comes_back(tmp_path_factory, changes):
    path = tmp_path_factory.mktemp("settings") / "preferences.json"
    saved = change_preferences(path, **changes)
    assert load_preferences(path) == saved
    for name, value in changes.items():
        if name != "prices":
            assert getattr(saved, name) == value


def test_one_setting_is_changed_and_the_others_stay(path):
    change_preferences(path, favourites=("openai:a",), budgets=Budgets(day=Decimal("5.10")))
    change_preferences(path, last_model="openai:b")
    saved = load_preferences(path)
    assert saved.favourites == ("openai:a",)
    assert saved.last_model == "openai:b"
    assert saved.budgets.day == Decimal("5.10")
    assert files_of(path) == ["preferences.json"]


def test_settings_cannot_be_changed_in_place(path):
    saved = change_preferences(path, base_urls={"a": "http://localhost"})
    with pytest.raises(TypeError):
        saved.base_urls["a"] = "http://elsewhere"
    with pytest.raises(ValueError, match="frozen"):
        saved.last_model = "openai:x"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"unknown": 1}', '{"schema_version": 2}', "\ud800", "{}\0"]
    + [json.dumps({"budgets": {"day": amount}}) for amount in ("-1", "NaN", "lots")],
)
def test_a_broken_file_gives_defaults_a_warning_and_is_kept(path, text):
    path.parent.mkdir()
    content = text.encode("utf-8", "surrogatepass")
    path.write_bytes(content)
    with pytest.warns(PreferencesWarning, match="cannot be read .* no budget applies"):
        assert load_preferences(path) == Preferences()
    assert path.read_bytes() == content
    change_preferences(path, last_model="builtin")
    assert load_preferences(path).last_model == "builtin"
    assert path.with_name("preferences.broken-1.json").read_bytes() == content
    path.write_bytes(content)
    change_preferences(path, last_model="builtin")
    assert path.with_name("preferences.broken-2.json").read_bytes() == content


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"base_urls": {"a": "http://user:SECRET@host"}}, "password"),
        ({"base_urls": {"a": "http://host/v1?key=SECRET"}}, "password"),
        ({"proxies": {"a": "SECRET"}}, "begins with http"),
        ({"proxies": {"a": "http://ho st/SECRET"}}, "no spaces"),
        ({"last_model": "SECRET"}, "provider:model"),
        ({"favourites": ["SECRET"]}, "provider:model"),
        ({"efforts": {"SECRET": "low"}}, "provider:model"),
        ({"budgets": Budgets(day=Decimal(-1))}, "0 or more"),
        ({"api_key": "SECRET"}, "no such setting"),
    ],
)
def test_what_cannot_be_a_setting_is_refused_without_quoting_it(path, changes, reason):
    with pytest.raises(PreferencesError, match=reason) as caught:
        change_preferences(path, **changes)
    error = caught.value
    assert "SECRET" not in "".join(traceback.format_exception_only(error))
    assert error.__context__ is None
    ours = error.__traceback__.tb_next
    assert "SECRET" not in repr(ours.tb_frame.f_locals)
    assert not path.exists()


def test_a_write_that_fails_leaves_the_file_as_it_was(path, monkeypatch):
    change_preferences(path, last_model="openai:a")
    before = path.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(preferences_module.os, "fsync", full)
    with pytest.raises(PreferencesError, match="No space left"):
        change_preferences(path, last_model="openai:b")
    assert path.read_bytes() == before
    assert files_of(path) == ["preferences.json"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_others_may_not_read_it(path):
    change_preferences(path, last_model="openai:a")
    assert path.stat().st_mode & 0o077 == 0


def test_several_processes_that_save_leave_a_whole_file(path):
    code = (
        "import sys; from pathlib import Path\n"
        "from stratcraft_jupyter.providers.preferences import *\n"
        "for n in range(20): change_preferences(Path(sys.argv[1]), last_model=f'a:{n}' * 20)"
    )
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=root) for _ in range(3)
    ]
    while any(process.poll() is None for process in processes):
        assert read_preferences(path)[1] == ""
    assert [process.wait() for process in processes] == [0] * 3


def test_several_processes_that_add_to_one_setting_lose_nothing(path):
    code = (
        "import sys; from pathlib import Path\n"
        "from stratcraft_jupyter.providers.preferences import *\n"
        "who = sys.argv[2]\n"
        "for n in range(20): edit_preferences(lambda now:"
        " {'favourites': (*now.favourites, f'{who}:{n}')}, Path(sys.argv[1]))"
    )
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(path), who], cwd=root) for who in "abc"
    ]
    assert [process.wait() for process in processes] == [0] * 3
    assert len(set(load_preferences(path).favourites)) == 60


def test_the_folder_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path))
    assert settings_folder() == records_folder() == tmp_path
    assert preferences_path() == tmp_path / "preferences.json"
    monkeypatch.setenv("STRATCRAFT_HOME", "~/there")
    assert settings_folder() == Path.home() / "there"
    monkeypatch.delenv("STRATCRAFT_HOME")
    assert settings_folder().name == records_folder().name == "stratcraft-jupyter"
