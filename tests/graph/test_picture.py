"""Pictures of documents."""

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter.graph import list_templates, load_template, move_nodes, set_label
from stratcraft_jupyter.graph.boxes import boxes_of
from stratcraft_jupyter.graph.layout import Layout
from stratcraft_jupyter.graph.picture import picture_of

ROOT = Path(__file__).parents[2]
NAMES = [template.name for template in list_templates()]


def tool(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_kept_pictures_are_current():
    kept = {
        path.name: path.read_text("utf-8")
        for path in (ROOT / "docs" / "images" / "templates").glob("*.svg")
    }
    assert kept == tool("template_pictures").pictures(), "run tools/template_pictures.py"


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_has_every_box_and_every_edge(name):
    graph = load_template(name)
    root = ElementTree.fromstring(picture_of(graph))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}rect")) == len(graph.nodes)
    assert len(root.findall(f"{space}path")) == len(graph.edges)


@pytest.mark.parametrize("name", NAMES)
def test_every_edge_ends_at_a_port_in_sight(name):
    graph = load_template(name)
    boxes = boxes_of(graph)
    for edge in graph.edges:
        outputs = {port.name for port in boxes[edge.source_node].outputs}
        inputs = {port.name for port in boxes[edge.target_node].inputs}
        assert (edge.source_port in outputs, edge.target_port in inputs) == (True, True)


def test_ports_that_nothing_needs_are_folded_away():
    boxes = boxes_of(sketch(LONG))
    assert [port.name for port in boxes["enter"].inputs] == ["when"]
    assert boxes["enter"].height == 70


def test_texts_of_a_document_stay_texts():
    graph = set_label(sketch(LONG), "enter", '<script>alert("1")</script>&')
    graph = graph.model_copy(update={"name": "</title><script/>", "description": "a < b & c"})
    text = picture_of(graph)
    tags = set(re.findall(r"<(\w+)", text))
    assert tags == {"svg", "title", "desc", "path", "rect", "g", "text", "circle"}
    assert "a &lt; b &amp; c" in text


def test_a_box_moves_with_its_place():
    graph = move_nodes(sketch(LONG), {"enter": (500.0, 300.0)})
    box = boxes_of(graph)["enter"]
    assert (box.left, box.top) == (500 - 83, 300 - 35)


def test_nodes_that_nobody_placed_stand_apart():
    graph = load_template("sma_cross").model_copy(update={"layout": Layout()})
    root = ElementTree.fromstring(picture_of(graph))
    rects = root.findall("{http://www.w3.org/2000/svg}rect")
    assert len({(rect.attrib["x"], rect.attrib["y"]) for rect in rects}) == len(graph.nodes)
    assert graph.layout == Layout()


def test_an_empty_document_is_an_empty_picture():
    empty = type(load_template("sma_cross"))(name="Nothing")
    assert ElementTree.fromstring(picture_of(empty)) is not None


def test_words_stand_below_the_graph_in_lines_as_wide_as_it():
    graph = load_template("macd_cross")
    words = ["1. " + "word " * 60, "2. <short>"]
    lowest = max(box.bottom for box in boxes_of(graph).values())
    root = ElementTree.fromstring(picture_of(graph, words))
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    space = "{http://www.w3.org/2000/svg}"
    lines = [text for text in root.findall(f"{space}text") if float(text.attrib["y"]) > lowest]
    assert len(lines) > 2
    assert " ".join(line.text for line in lines) == " ".join(words).replace("  ", " ")
    assert max(float(line.attrib["y"]) for line in lines) < top + height
    assert max(len(line.text) for line in lines) * 6.2 < width
    assert float(lines[0].attrib["x"]) > left
    plain = ElementTree.fromstring(picture_of(graph))
    assert plain.attrib["width"] == root.attrib["width"]
