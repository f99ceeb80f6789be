"""What is not saved is kept, offered again, and goes when it is saved."""

import pytest

from stratcraft_jupyter.graph import (
    StrategyGraph,
    add_node,
    load_template,
    move_nodes,
    remove_nodes,
    set_name,
    set_param,
)
from stratcraft_jupyter.notebook.recovery import (
    RecoveryCopy,
    content_hash,
    list_copies,
    now_as_text,
    recovery_folder,
    write_copy,
)
from stratcraft_jupyter.widgets import StrategyBuilder, actions, recovery
from stratcraft_jupyter.widgets.opening import Documents, file_since, nearby_files
from stratcraft_jupyter.widgets.recovery import RecoveryKeeper
from stratcraft_jupyter.widgets.saving import save
from stratcraft_jupyter.widgets.unsaved_words import (
    content_in_words,
    copy_in_words,
    entry_above,
)


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


class TestSameFileElsewhere:
    """A strategy file opened in a notebook that is a copy of another, or in another cell."""

    @pytest.fixture
    def file(self, folder):
        path = folder / "mine.strategy.json"
        load_template("sma_cross").save(path)
        return path

    @pytest.fixture
    def build(self, monkeypatch, folder, file):
        """Makes a builder on the file as a cell of a notebook does."""
        made = []

        def make(notebook, cell):
            (folder / notebook).touch()
            monkeypatch.setenv("JPY_SESSION_NAME", str(folder / notebook))
            monkeypatch.setattr(
                "stratcraft_jupyter.widgets.builder.stable_builder_id", lambda: cell * 32
            )
            made.append(StrategyBuilder(file))
            return made[-1]

        yield make
        for builder in made:
            builder.close()

    def bar(self, builder, find):
        return find(builder, _dom_classes=("jp-StratCraft-text", "jp-StratCraft-recovery-text"))

    @pytest.mark.usefixtures("front_end")
    @pytest.mark.parametrize("cell", ["a", "b"])
    def test_another_notebook_offers_it_and_says_where_it_was(self, build, find, cell):
        first = build("one.ipynb", "a")
        actions.set_param(first._state, "fast", "period", 17)
        first.close()
        again = build("two.ipynb", cell)
        assert again.graph.node("fast").params["period"] == 10
        told = self.bar(again, find).value
        assert "unsaved changes from a moment ago in one.ipynb." in told
        assert "Fast SMA: period 10 bars → 17 bars." in told
        find(again, description="Not now").click()
        assert names() == ["SMA cross"]
        once_more = build("two.ipynb", cell)
        find(once_more, description="Recover").click()
        assert once_more.graph.node("fast").params["period"] == 17
        assert len(names()) == 1

    @pytest.mark.usefixtures("front_end")
    def test_what_is_open_in_another_cell_is_said_and_keeps_its_copy(self, build, find, is_shown):
        first = build("one.ipynb", "a")
        actions.set_param(first._state, "fast", "period", 17)
        first._keeper.keep_now()
        second = build("one.ipynb", "b")
        told = self.bar(second, find).value
        assert "in another cell of this notebook, where it may still be open." in told
        assert not is_shown(find(second, description="Delete", tooltip="Delete the copy"))
        find(second, description="Recover").click()
        assert second.graph == first.graph
        assert len(names()) == 2  # each has its own

    @pytest.mark.usefixtures("front_end")
    def test_a_newer_copy_is_not_deleted_with_an_older_one(self, build, find):
        first = build("one.ipynb", "a")
        actions.set_param(first._state, "fast", "period", 17)
        first._keeper.keep_now()
        again = build("one.ipynb", "a")
        actions.set_param(first._state, "fast", "period", 18)
        first._keeper.keep_now()
        find(again, description="Recover").click()
        periods = [copy.graph().node("fast").params["period"] for copy in list_copies()]
        assert sorted(periods) == [17, 18]

    @pytest.mark.usefixtures("front_end")
    def test_what_the_file_has_by_now_is_not_offered(self, build, find, file, is_shown):
        first = build("one.ipynb", "a")
        actions.set_param(first._state, "fast", "period", 17)
        first.close()
        list_copies()[0].graph().save(file)
        again = build("two.ipynb", "a")
        with pytest.raises(AssertionError):
            self.bar(again, find)


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

    def test_two_of_one_file_say_what_differs_from_it(self, folder):
        path = folder / "turtle.strategy.json"
        graph = load_template("donchian_turtle")
        graph.save(path)
        sizing = next(node.id for node in graph.nodes if node.kind.startswith("sizing."))
        told = [
            content_in_words(self.copy(changed, path=str(path)))
            for changed in (
                set_param(graph, sizing, "percent", 4.0),
                set_param(graph, sizing, "percent", 6.0),
                add_node(add_node(graph, "indicator.rsi"), "indicator.sma"),
                remove_nodes(graph, ["exit_long"]),
                move_nodes(graph, {sizing: (1.0, 2.0)}),
                graph,
            )
        ]
        start = "Changed from turtle.strategy.json: "
        assert told == [
            f"{start}Percent risk to the stop: risk 1 % → 4 %.",
            f"{start}Percent risk to the stop: risk 1 % → 6 %.",
            f"{start}2 nodes added.",
            f"{start}Exit long removed; 1 connection changed.",
            f"{start}1 node was moved.",
            "The same as turtle.strategy.json.",
        ]

    def test_without_a_file_an_entry_says_what_differs_from_the_one_above(self):
        graph = load_template("sma_cross")
        other = load_template("macd_cross")
        copies = [
            self.copy(graph),
            self.copy(other),
            self.copy(set_param(graph, "fast", "period", 12)),
        ]
        told = [content_in_words(copy, entry_above(copies, at)) for at, copy in enumerate(copies)]
        assert [text.split(":")[0] for text in told[:2]] == ["7 nodes", f"{len(other.nodes)} nodes"]
        assert told[2] == "Changed from the one above: Fast SMA: period 10 bars → 12 bars."

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
