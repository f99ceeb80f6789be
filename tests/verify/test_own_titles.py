"""Nodes that are called the same are told apart, in names that a document may hold."""

from collections import Counter

import pytest
from hypothesis import given, settings
from strategies import valid_graphs

from stratcraft_jupyter import StrategyGraph, list_templates, load_template
from stratcraft_jupyter.graph import node_title, set_label
from stratcraft_jupyter.verify.trace import with_own_titles


def is_told_apart(graph):
    named = with_own_titles(graph)
    before = Counter(map(node_title, graph.nodes))
    titles = [
        node_title(node) for node in named.nodes if before[node_title(graph.node(node.id))] > 1
    ]
    assert len(set(titles)) == len(titles)
    assert StrategyGraph.from_json(named.to_json()) == named


@pytest.mark.parametrize("name", [template.name for template in list_templates()])
def test_in_templates_without_names(name):
    graph = load_template(name)
    for node in graph.nodes:
        graph = set_label(graph, node.id, None)
    is_told_apart(graph)


def test_nodes_with_the_same_long_name():
    graph = load_template("sma_cross")
    for node in graph.nodes:
        graph = set_label(graph, node.id, "A" * 80)
    is_told_apart(graph)


@given(valid_graphs())
@settings(max_examples=50, deadline=None)
def test_in_drawn_strategies(graph):
    is_told_apart(graph)
