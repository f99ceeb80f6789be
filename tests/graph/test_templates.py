"""The templates."""

from importlib.resources import files

import pytest

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import KINDS, list_templates, load_template, templates

NAMES = [template.name for template in list_templates()]


def test_the_templates_are_listed_by_name():
    assert NAMES == [
        "bollinger_breakout",
        "donchian_turtle",
        "ema_atr_trend",
        "macd_cross",
        "rsi_mean_reversion",
        "sma_cross",
    ]


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
        assert set(node.params) == {param.name for param in KINDS[node.kind].params}


def test_a_misspelt_template_gets_a_hint():
    with pytest.raises(UnknownNameError, match=r"no template named 'sma_crossing'\. Did you mean"):
        load_template("sma_crossing")
