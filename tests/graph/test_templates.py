"""The templates."""

from importlib.resources import files
from itertools import combinations

import pytest

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import KINDS, list_templates, load_template, templates, validate
from stratcraft_jupyter.graph.boxes import boxes_of

NAMES = [template.name for template in list_templates()]


def test_every_document_in_the_folder_is_listed():
    ending = ".strategy.json"
    names = (entry.name for entry in files(templates).iterdir())
    assert sorted(NAMES) == sorted(n.removesuffix(ending) for n in names if n.endswith(ending))
    assert len(NAMES) == 18


def test_the_simplest_template_is_listed_first_and_the_largest_last():
    sizes = [len(load_template(name).nodes) for name in NAMES]
    assert (NAMES[0], NAMES[-1]) == ("sma_cross", "two_regimes")
    assert sizes[-1] == max(sizes)


@pytest.mark.parametrize("template", list_templates(), ids=lambda template: template.name)
def test_a_template_says_what_it_does_in_a_sentence(template):
    assert template.description.startswith(template.summary)
    assert 30 < len(template.summary) <= 220
    assert template.summary.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_nothing_to_complain_about(name):
    assert validate(load_template(name)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_no_box_of_a_template_touches_another(name):
    for one, other in combinations(boxes_of(load_template(name)).values(), 2):
        beside = one.right + 15 <= other.left or other.right + 15 <= one.left
        apart = one.bottom + 15 <= other.top or other.bottom + 15 <= one.top
        assert beside or apart


@pytest.mark.parametrize("name", NAMES)
def test_edges_of_a_template_lead_to_the_right(name):
    graph = load_template(name)
    for edge in graph.edges:
        assert graph.layout[edge.source_node].x < graph.layout[edge.target_node].x


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_kept_as_it_would_be_saved(name):
    file = files(templates) / f"{name}.strategy.json"
    assert file.read_text(encoding="utf-8") == load_template(name).to_json()


@pytest.mark.parametrize("name", NAMES)
def test_a_template_can_be_shown_at_once(name):
    graph = load_template(name)
    assert set(graph.layout) == {node.id for node in graph.nodes}
    places = [(place.x, place.y) for place in graph.layout.values()]
    assert len(set(places)) == len(places)
    assert graph.description.endswith(".")
    for node in graph.nodes:
        assert set(node.params) <= {param.name for param in KINDS[node.kind].params}


def test_a_misspelt_template_gets_a_hint():
    with pytest.raises(UnknownNameError, match=r"no template named 'sma_crossing'\. Did you mean"):
        load_template("sma_crossing")
