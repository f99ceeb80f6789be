import re
import subprocess
import sys

import pytest

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import StrategyGraph, load_template
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.widgets import StrategyBuilder, actions
from stratcraft_jupyter.widgets.look import style_sheet


@pytest.fixture
def make(front_end):
    made = []

    def make(*args, **kwargs):
        given = args or (() if "path" in kwargs else (load_template("sma_cross"),))
        made.append(StrategyBuilder(*given, **kwargs))
        return made[-1]

    yield make
    for builder in made:
        builder.close()


def test_it_asks_what_to_begin_with(front_end, find, is_shown):
    builder = StrategyBuilder()
    assert builder.graph.nodes == ()
    assert "jp-StratCraft-choosing" in builder._dom_classes
    find(builder, description="SMA cross").click()
    assert builder.graph == load_template("sma_cross")
    assert "jp-StratCraft-choosing" not in builder._dom_classes
    builder.close()


def test_the_graph_can_be_given_read_and_set(make):
    builder = make(load_template("macd_cross"))
    assert builder.graph.name == "MACD cross"
    builder.graph = load_template("sma_cross")
    assert builder.graph.name == "SMA cross"
    builder._state.undo()
    assert builder.graph.name == "MACD cross"


def test_without_widgets_the_first_output_says_nothing_that_grows_old(make):
    bundle = make()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == "Run this cell to show the strategy builder."


def test_readers_without_widgets_see_the_strategy_in_words(make):
    builder = make()
    said = (
        "SMA cross",
        "1. Enter long when SMA(10) of close crosses above SMA(30) of close, with 95 % of equity.",
        "2. Exit long when SMA(10) of close crosses below SMA(30) of close.",
    )
    bundle = builder._still._bundle()
    assert tuple(bundle["text/plain"].splitlines()) == said
    for line in said:
        assert f">{line}</text>" in bundle["image/svg+xml"]
    builder.graph = load_template("macd_cross")
    assert builder._still._bundle()["text/plain"].startswith("MACD cross\n1. ")


def test_a_builder_opens_in_few_messages(front_end, make):
    make()
    assert len(front_end.messages) < 170


def test_hello_brings_the_editor_and_finds_earlier_code(front_end, make, wait_for):
    builder = make()
    builder._jobs.cell_id = "builder"
    front_end.add_cell("builder")
    front_end.hello()
    assert len(front_end.models("StrategyCanvasModel")) == 1
    builder._jobs.generate()
    wait_for(lambda: len(front_end.cells) == 2)
    wait_for(lambda: builder._state.snapshot.generated is not None)
    builder._state.update(generated=None)
    front_end.hello("c-2")
    wait_for(lambda: builder._state.snapshot.generated is not None)
    assert builder._state.snapshot.generated.cell_id == front_end.cells[1]["cell_id"]


def test_without_a_hello_the_plain_picture_comes_by_itself(front_end, make, wait_for):
    make()
    wait_for(lambda: front_end.models("CytoscapeModel"), "the picture")
    assert front_end.models("StrategyCanvasModel") == []


class TestBuiltByButtons:
    @pytest.fixture
    def builder(self, make):
        return make(bars=load_bars("sample:AAPL").head(600))

    @pytest.fixture
    def finish(self, builder, wait_for):
        def finish():
            wait_for(lambda: builder._state.snapshot.job is None)
            with builder._state.lock:  # until all views have heard of it
                pass

        return finish

    def test_generate_shows_the_code_to_copy(self, builder, find, finish, is_shown):
        generate = find(builder, description="Generate")
        generate.click()
        finish()
        code = next(child for child in builder.children if "-code" in str(child._dom_classes))
        assert is_shown(code)
        assert "import backtrader as bt" in code.value
        assert "&lt;" in code.value or "<bt" not in code.value
        assert not generate.disabled

    def test_run_shows_progress_then_results_and_again_replaces_them(
        self, front_end, builder, find, finish, is_shown
    ):
        run = find(builder, description="Run")
        progress = next(w for w in walk(builder) if "-progress" in str(w._dom_classes))
        assert find(progress, description="Cancel")
        assert not is_shown(progress)
        run.click()
        assert run.disabled
        assert is_shown(progress)
        finish()
        assert not is_shown(progress)
        results = builder.children[-1]
        assert len(results.children) == 2
        assert len(front_end.models("FigureModel")) >= 1
        figures = len(front_end.models("FigureModel"))
        run.click()
        finish()
        assert len(results.children) == 2
        assert len(front_end.models("FigureModel")) == figures

    def test_what_run_runs_is_said(self, builder, find, finish):
        said = next(w for w in walk(builder) if "-target" in str(w._dom_classes))
        assert "writes the code first" in said.value
        find(builder, description="Generate").click()
        finish()
        assert re.search(r"Run uses the code shown below, generated at \d\d:\d\d\.<", said.value)
        actions.set_param(builder._state, "fast", "period", 12)
        assert "before your last change. Generate first to include it." in said.value


def walk(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


class TestFile:
    def test_a_file_is_opened_and_saved_to(self, make, tmp_path):
        path = tmp_path / "mine.strategy.json"
        load_template("macd_cross").save(path)
        builder = make(path=path)
        assert builder.graph.name == "MACD cross"
        actions.set_name(builder._state, "Mine")
        builder.save()
        assert StrategyGraph.load(path).name == "Mine"

    def test_a_file_can_be_given_in_place_of_a_strategy(self, make, tmp_path):
        path = tmp_path / "mine.strategy.json"
        load_template("macd_cross").save(path)
        builder = make(str(path))
        assert builder.graph.name == "MACD cross"
        actions.set_name(builder._state, "Mine")
        builder.save()
        assert StrategyGraph.load(path).name == "Mine"
        with pytest.raises(GraphFileError, match=r"gone\.strategy\.json"):
            make(tmp_path / "gone.strategy.json")

    def test_a_new_file_is_written_only_on_save(self, make, tmp_path):
        path = tmp_path / "new.strategy.json"
        builder = make(path=path)
        assert not path.exists()
        builder.save()
        assert StrategyGraph.load(path) == builder.graph

    def test_a_broken_file_is_not_opened_as_something_else(self, make, tmp_path):
        path = tmp_path / "broken.strategy.json"
        path.write_text('{"name": ')
        with pytest.raises(GraphFileError):
            make(path=path)
        assert path.read_text() == '{"name": '

    def test_without_a_file_save_says_what_to_do(self, make):
        with pytest.raises(GraphFileError, match=r"builder\.save"):
            make().save()


def test_closing_leaves_nothing_behind(front_end, wait_for):
    builder = StrategyBuilder()
    front_end.hello()
    builder.graph = load_template("sma_cross")
    builder.close()
    names = {comm.state.get("_model_name") for comm in front_end.comms}
    assert names.isdisjoint({"BridgeModel", "VBoxModel"})


def test_two_builders_do_not_know_each_other(front_end, make):
    one, other = make(), make()
    actions.set_param(one._state, "fast", "period", 12)
    assert other.graph.node("fast").params["period"] == 10
    assert one._cells.builder_id != other._cells.builder_id


def test_colours_come_from_the_theme_alone():
    css = re.sub(r"/\*.*?\*/", "", style_sheet(), flags=re.DOTALL)
    fallbacks_gone = re.sub(r"var\([^()]*\)", "", css)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", fallbacks_gone)


def test_every_rule_of_the_style_sheet_stays_inside_the_builder():
    css = re.sub(r"/\*.*?\*/", "", style_sheet(), flags=re.DOTALL)
    selectors = [
        part.strip() for rule in re.findall(r"([^{};]+)\{", css) for part in rule.split(",")
    ]
    assert selectors
    for selector in selectors:
        inside = selector.removeprefix("[data-jp-theme-light='false'] ")
        assert inside.startswith(("@container", "@media", ".jp-StratCraft-Builder")), selector


def test_numbers_can_be_used_without_any_widget():
    program = (
        "import sys, stratcraft_jupyter.widgets.numbers;"
        "sys.exit(any(name in sys.modules for name in ('ipywidgets', 'ipycytoscape', 'bqplot')))"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_whoever_comes_to_the_builder_hears_that_its_file_has_gone(front_end, make, tmp_path):
    path = tmp_path / "mine.strategy.json"
    load_template("sma_cross").save(path)
    builder = make(path)
    path.unlink()
    front_end.send(front_end.models("BridgeModel")[0], {"type": "active", "client_id": "c-1"})
    assert "is no longer there" in builder._state.snapshot.notice
    assert builder._state.snapshot.has_unsaved_changes
