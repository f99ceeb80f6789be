"""What is not saved is kept, offered again, and goes when it is saved."""

import pytest

from stratcraft_jupyter.graph import StrategyGraph, load_template, set_name
from stratcraft_jupyter.notebook.recovery import (
    RecoveryCopy,
    content_hash,
    list_copies,
    now_as_text,
    recovery_folder,
    write_copy,
)
from stratcraft_jupyter.widgets import StrategyBuilder, actions, recovery
from stratcraft_jupyter.widgets.chooser import content_in_words, copy_in_words
from stratcraft_jupyter.widgets.opening import Documents, file_since, nearby_files
from stratcraft_jupyter.widgets.recovery import RecoveryKeeper
from stratcraft_jupyter.widgets.saving import save


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(recovery, "DELAY", 0.01)
    return tmp_path


@pytest.fixture
def keeper(state):
    made = RecoveryKeeper(state, "the-builder")
    yield made
    made.close()


@pytest.fixture
def documents(state, keeper):
    return Documents(state, keeper)


def names():
    return sorted(copy.name for copy in list_copies())


class TestKeeper:
    def test_an_edit_is_kept_soon_and_the_copy_follows(self, state, keeper, wait_for):
        actions.set_name(state, "One")
        wait_for(lambda: names() == ["One"], "the copy")
        actions.set_name(state, "Two")
        wait_for(lambda: names() == ["Two"], "the next copy")
        assert list_copies()[0].graph() == state.graph
        assert list_copies()[0].builder_id == "the-builder"

    def test_nothing_unsaved_leaves_no_copy(self, state, keeper, wait_for, folder):
        keeper.keep_now()
        assert names() == []
        actions.set_name(state, "One")
        wait_for(lambda: names() == ["One"], "the copy")
        save(state, folder / "one.strategy.json")
        wait_for(lambda: names() == [], "the end of the copy")
        actions.set_name(state, "Two")
        wait_for(lambda: names() == ["Two"], "the copy")
        state.undo()
        wait_for(lambda: names() == [], "the end of the copy")

    def test_a_copy_is_gone_when_saving_is_done(self, state, keeper, monkeypatch, folder):
        keeper.keep_now()
        monkeypatch.setattr(recovery, "DELAY", 60)
        actions.set_name(state, "One")
        keeper.keep_now()
        assert names() == ["One"]
        save(state, folder / "one.strategy.json")
        assert names() == []

    def test_two_keepers_of_one_builder_do_not_share_a_copy(self, state, keeper):
        other = RecoveryKeeper(state, "the-builder")
        actions.set_name(state, "One")
        keeper.keep_now()
        other.keep_now()
        assert names() == ["One", "One"]
        other.close()

    def test_a_copy_that_cannot_be_written_is_said_once(self, state, keeper, monkeypatch, folder):
        (folder / "file").write_text("")
        monkeypatch.setenv("STRATCRAFT_HOME", str(folder / "file"))
        actions.set_name(state, "One")
        keeper._keep()
        assert "Unsaved changes cannot be kept" in state.snapshot.failure.message
        state.dismiss()
        keeper._keep()
        assert state.snapshot.failure is None


class TestDocuments:
    def test_recovering_brings_the_strategy_back_unsaved(self, state, keeper, documents):
        actions.set_name(state, "One")
        documents.open_template("macd_cross")
        assert not state.snapshot.has_unsaved_changes
        documents.recover(documents.copies()[0])
        assert state.graph.name == "One"
        assert state.snapshot.has_unsaved_changes
        assert names() == ["One"]  # its own copy now, the other one is gone

    def test_opening_keeps_what_was_not_saved(self, state, documents, folder):
        path = folder / "mine.strategy.json"
        load_template("macd_cross").save(path)
        before = path.read_bytes()
        actions.set_name(state, "One")
        documents.open_file(path)
        assert state.graph.name == "MACD cross"
        assert state.snapshot.path == path
        assert not state.snapshot.history.can_undo  # else Save would put the old one into the file
        assert names() == ["One"]
        assert "Unsaved changes of One are kept" in state.snapshot.notice
        assert path.read_bytes() == before

    def test_a_copy_of_a_file_that_was_changed_meanwhile_does_not_overwrite_it(
        self, state, keeper, documents, folder
    ):
        path = folder / "mine.strategy.json"
        load_template("sma_cross").save(path)
        documents.open_file(path)
        actions.set_name(state, "One")
        documents.open_blank()
        set_name(load_template("sma_cross"), "Theirs").save(path)
        documents.recover(documents.copies()[0])
        assert state.snapshot.path == path
        with pytest.raises(Exception, match="changed by somebody else"):
            save(state)
        assert StrategyGraph.load(path).name == "Theirs"

    def test_a_copy_of_a_file_that_is_as_it_was_saves_to_it(self, state, keeper, documents, folder):
        path = folder / "mine.strategy.json"
        load_template("sma_cross").save(path)
        documents.open_file(path)
        actions.set_name(state, "One")
        documents.open_blank()
        documents.recover(documents.copies()[0])
        save(state)
        assert StrategyGraph.load(path).name == "One"

    def test_files_near_the_notebook_are_found_newest_first(self, folder):
        (folder / "a" / "b").mkdir(parents=True)
        (folder / ".hidden").mkdir()
        for place in ("one", "a/b/two", ".hidden/three"):
            load_template("sma_cross").save(folder / f"{place}.strategy.json")
        (folder / "other.json").write_text("{}")
        assert sorted(nearby_files()) == ["a/b/two.strategy.json", "one.strategy.json"]


class TestBuilder:
    @pytest.fixture
    def cell(self, monkeypatch):
        """Every builder is made by the same cell, as after a restart."""
        monkeypatch.setattr(
            "stratcraft_jupyter.widgets.builder.stable_builder_id", lambda: "b" * 32
        )

    @pytest.mark.usefixtures("cell", "front_end")
    def test_the_same_cell_offers_what_its_last_run_left(self, find, is_shown):
        first = StrategyBuilder(load_template("sma_cross"))
        actions.set_name(first._state, "One")
        first.close()
        again = StrategyBuilder(load_template("sma_cross"))
        assert again.graph.name == "SMA cross"  # nothing is replaced unasked
        find(again, description="Recover").click()
        assert again.graph.name == "One"
        assert names() == ["One"]
        again.close()

    @pytest.mark.usefixtures("cell", "front_end")
    def test_the_chooser_lists_what_is_unsaved(self, find):
        first = StrategyBuilder(load_template("sma_cross"))
        actions.set_name(first._state, "One")
        first.close()
        again = StrategyBuilder()
        find(again, description="Recover").click()
        assert again.graph.name == "One"
        assert "jp-StratCraft-choosing" not in again._dom_classes
        again.close()

    @pytest.mark.usefixtures("cell", "front_end")
    def test_a_copy_can_be_deleted(self, find):
        first = StrategyBuilder(load_template("sma_cross"))
        actions.set_name(first._state, "One")
        first.close()
        again = StrategyBuilder(load_template("sma_cross"))
        find(again, description="Delete", tooltip="Delete the copy").click()
        assert list(recovery_folder().glob("*.json")) == []
        again.close()


class TestCopiesInWords:
    def copy(self, graph, **fields):
        made = RecoveryCopy(
            builder_id="other", name=graph.name, time=now_as_text(),
            document=graph.model_dump(mode="json"), **fields,
        )  # fmt: skip
        write_copy(made)
        return made

    def test_each_says_what_it_holds(self):
        told = content_in_words(self.copy(load_template("sma_cross")))
        assert told.startswith("7 nodes: Enter long when SMA(10) of close crosses above")
        assert len(told) < 130
        assert content_in_words(self.copy(StrategyGraph())) == "No nodes yet."

    def test_the_same_content_is_listed_once_and_deleted_at_once(self, documents):
        for _ in range(3):
            copy = self.copy(load_template("sma_cross"))
        self.copy(load_template("macd_cross"))
        assert [item.name for item in documents.copies()] == ["MACD cross", "SMA cross"]
        documents.forget(copy)
        assert names() == ["MACD cross"]

    def test_what_became_of_the_file_is_said(self, folder):
        path = folder / "mine.strategy.json"
        graph = load_template("sma_cross")
        graph.save(path)
        copy = self.copy(graph, path=str(path), saved_hash=content_hash(graph))
        assert file_since(copy) == ""
        set_name(graph, "Theirs").save(path)
        assert file_since(copy) == "mine.strategy.json was changed since."
        path.unlink()
        assert copy_in_words(copy).endswith(". mine.strategy.json is no longer there.")
        assert file_since(self.copy(graph)) == ""

    @pytest.mark.usefixtures("front_end")
    def test_many_are_shown_when_they_are_asked_for(self, find):
        for number in range(5):
            self.copy(set_name(load_template("sma_cross"), f"Copy {number}"))
        builder = StrategyBuilder()
        find(builder, tooltip="Recover Copy 4")
        find(builder, description="Show 2 more").click()
        find(builder, tooltip="Recover Copy 0").click()
        assert builder.graph.name == "Copy 0"
        builder.close()
