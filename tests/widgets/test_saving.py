"""Save: a name is asked for where there is none, and no file is overwritten without a press."""

import pytest

from stratcraft_jupyter.graph import StrategyGraph, load_template
from stratcraft_jupyter.widgets import actions, canvas_actions
from stratcraft_jupyter.widgets.own_file import look_for_file
from stratcraft_jupyter.widgets.saving import file_name
from stratcraft_jupyter.widgets.toolbar import Toolbar


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The notebook's folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bar(front_end, state, look):
    return Toolbar(state, look)


@pytest.fixture
def save(bar, find):
    return find(bar.widget, description="Save")


@pytest.fixture
def name(bar, find):
    return find(bar.saving, description="File name")


def note_of(bar):
    return bar.saving.children[-1].value


def test_without_a_file_save_asks_for_a_name(state, bar, save, name, find, is_shown, folder):
    assert not save.disabled
    assert not is_shown(bar.saving)
    save.click()
    assert is_shown(bar.saving)
    assert name.value == "sma_cross.strategy.json"
    assert list(folder.iterdir()) == []
    find(bar.saving, description="Save file").click()
    assert not is_shown(bar.saving)
    assert StrategyGraph.load(folder / "sma_cross.strategy.json") == state.graph
    assert state.snapshot.notice == (
        'Saved. Open it next time with sc.StrategyBuilder("sma_cross.strategy.json").'
    )


def test_from_then_on_save_writes_to_that_file(state, bar, save, find, is_shown, folder):
    save.click()
    find(bar.saving, description="Save file").click()
    assert save.disabled
    actions.set_name(state, "Mine")
    save.click()
    assert not is_shown(bar.saving)
    assert StrategyGraph.load(folder / "sma_cross.strategy.json").name == "Mine"


def test_the_mark_says_when_there_is_something_to_save(state, bar, save, find, is_shown):
    mark = next(
        child for child in bar.widget.children if "Not saved" in str(getattr(child, "value", ""))
    )
    assert not is_shown(mark)
    canvas_actions.move(state, {"fast": (0, 0)})
    assert is_shown(mark)
    state.undo()
    assert not is_shown(mark)
    state.redo()
    save.click()
    find(bar.saving, description="Save file").click()
    assert not is_shown(mark)


def test_another_file_is_replaced_only_by_a_second_press(state, bar, save, name, find, folder):
    path = folder / "taken.strategy.json"
    other = load_template("macd_cross")
    other.save(path)
    save.click()
    name.value = "taken"
    find(bar.saving, description="Save file").click()
    assert StrategyGraph.load(path) == other
    assert "taken.strategy.json is there already." in note_of(bar)
    find(bar.saving, description="Replace").click()
    assert StrategyGraph.load(path) == state.graph


def test_a_consent_to_replace_is_for_that_file_alone(front_end, bar, save, name, find, folder):
    for stem in ("one", "two"):
        load_template("macd_cross").save(folder / f"{stem}.strategy.json")
    save.click()
    name.value = "one"
    find(bar.saving, description="Save file").click()
    name.value = "two"
    find(bar.saving, description="Save file").click()
    for stem in ("one", "two"):
        assert StrategyGraph.load(folder / f"{stem}.strategy.json").name == "MACD cross"


def test_enter_saves_but_does_not_replace(front_end, state, bar, save, name, folder):
    save.click()
    front_end.send(name.comm, {"event": "submit"})
    path = folder / "sma_cross.strategy.json"
    assert path.exists()
    load_template("macd_cross").save(folder / "taken.strategy.json")
    name.value = "taken"
    for _ in range(3):
        front_end.send(name.comm, {"event": "submit"})
    assert StrategyGraph.load(folder / "taken.strategy.json").name == "MACD cross"


def test_a_file_that_is_no_strategy_is_never_replaced(bar, save, name, find, folder, is_shown):
    path = folder / "package.json"
    path.write_text('{"name": "mine"}')
    save.click()
    name.value = "package.json"
    find(bar.saving, description="Save file").click()
    find(bar.saving, description="Replace").click()
    assert path.read_text() == '{"name": "mine"}'
    assert "was not overwritten" in note_of(bar)
    assert is_shown(bar.saving)


@pytest.mark.parametrize("typed", ["", "   ", "folder/"])
def test_a_file_needs_a_name(bar, save, name, find, folder, typed):
    save.click()
    name.value = typed
    find(bar.saving, description="Save file").click()
    assert "Give the file a name." in note_of(bar)
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(bar, save, name, find):
    save.click()
    name.value = "gone/mine"
    find(bar.saving, description="Save file").click()
    assert "gone" in note_of(bar)


def test_not_to_save_leaves_everything_as_it_was(bar, save, find, is_shown, folder):
    save.click()
    find(bar.saving, description="Do not save").click()
    assert not is_shown(bar.saving)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("strategy", "file"),
    [
        ("SMA cross", "sma_cross.strategy.json"),
        ("  ../../etc/passwd ", "etc_passwd.strategy.json"),
        ("Größe", "gr_e.strategy.json"),
        ("株", "strategy.strategy.json"),
    ],
)
def test_the_file_is_called_after_the_strategy(strategy, file):
    assert file_name(strategy) == file


@pytest.mark.parametrize("by", ["enter", "button"])
def test_the_file_has_the_whole_name_also_where_letters_come_late(
    front_end, bar, save, name, folder, is_shown, by
):
    save.click()
    front_end.set(name.comm, value="o")
    front_end.send(name.comm, {"event": "submit", "text": "other.strategy.json", "by": by})
    assert [path.name for path in folder.iterdir()] == ["other.strategy.json"]
    front_end.set(name.comm, value="other.strategy.json")
    assert [path.name for path in folder.iterdir()] == ["other.strategy.json"]
    assert not is_shown(bar.saving)


def test_a_press_on_replace_is_for_the_name_that_comes_with_it(
    front_end, bar, save, name, find, folder
):
    for stem in ("one", "two"):
        load_template("macd_cross").save(folder / f"{stem}.strategy.json")
    save.click()
    name.value = "one"
    find(bar.saving, description="Save file").click()
    front_end.send(name.comm, {"event": "submit", "text": "two", "by": "button"})
    assert "two.strategy.json is there already." in note_of(bar)
    for stem in ("one", "two"):
        assert StrategyGraph.load(folder / f"{stem}.strategy.json").name == "MACD cross"


def test_a_folder_is_no_file_to_replace(bar, save, name, find, folder):
    (folder / "dir.strategy.json").mkdir()
    save.click()
    name.value = "dir"
    find(bar.saving, description="Save file").click()
    assert "dir.strategy.json is a folder." in note_of(bar)
    find(bar.saving, description="Save file")  # and not Replace


def test_a_file_that_has_gone_is_said_and_written_again(state, bar, save, find, is_shown, folder):
    save.click()
    find(bar.saving, description="Save file").click()
    path = folder / "sma_cross.strategy.json"
    look_for_file(state)
    assert save.disabled
    path.unlink()
    look_for_file(state)
    assert state.snapshot.notice.startswith("sma_cross.strategy.json is no longer there")
    save.click()
    assert path.exists()
    assert not is_shown(bar.saving)


def test_what_was_saved_before_is_not_said_beside_an_error(state, bar, save, name, find, folder):
    save.click()
    find(bar.saving, description="Save file").click()
    find(bar.files, description="Save as").click()
    assert state.snapshot.notice.startswith("Saved.")
    name.value = ""
    find(bar.saving, description="Save file").click()
    assert "Give the file a name." in note_of(bar)
    assert state.snapshot.notice == ""
