"""Any sequence of edits, allowed or not, keeps the document sound, and undo takes back each."""

from datetime import date

import strategies
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from stratcraft_jupyter.errors import GraphEditError, UnknownNameError
from stratcraft_jupyter.graph import (
    KINDS,
    History,
    StrategyGraph,
    add_frame,
    add_node,
    add_part,
    as_text,
    connect,
    disconnect,
    duplicate_nodes,
    from_text,
    list_templates,
    load_template,
    move_nodes,
    new_node_id,
    part_of,
    remove_and_bridge,
    remove_nodes,
    rename_node,
    set_backtest,
    set_description,
    set_enabled,
    set_label,
    set_name,
    set_note,
    set_param,
    validate,
    why_not_connect,
)

SOME_IDS = ("a", "b_2", "fast", "x" * 40)
ODD_IDS = ("", "Fast", "1", "a.b", "x" * 41, "ä", "a\n")

node_ids = st.sampled_from((*SOME_IDS, *ODD_IDS)) | strategies.ids
kinds = st.sampled_from([*KINDS, "indicator.nothing", "", "sma"])
any_values = (
    strategies.values
    | st.sampled_from([float("nan"), float("inf"), 10**400, None, [1]])
    | st.integers(0, 20)
)
any_texts = strategies.texts | st.text(max_size=100) | st.none() | st.just("x" * 5_000)
numbers = st.floats() | st.integers(-2_000_000, 2_000_000) | st.just("1px")
positions = st.tuples(numbers, numbers) | st.just((1,))


def framed(graph, node_ids, title):
    return add_frame(graph, node_ids, (0.0, 0.0, 500.0, 400.0), title)[0]


def pasted(graph, node_ids):
    return add_part(graph, from_text(as_text(part_of(graph, node_ids))), (40.0, 40.0))[0]


class Editing(RuleBasedStateMachine):
    """A person at the canvas: edits that may be refused, undo and redo."""

    def __init__(self):
        super().__init__()
        self.history = History(StrategyGraph())
        self.before = []  # what undo has to bring back, with the edit's name
        self.undone = []

    @property
    def graph(self) -> StrategyGraph:
        return self.history.present

    def edit(self, change, *arguments, **options):
        before = self.graph.to_json()
        try:
            changed = change(self.graph, *arguments, **options)
        except (GraphEditError, UnknownNameError):
            assert self.graph.to_json() == before
            return False
        assert self.graph.to_json() == before
        if changed != self.graph:
            self.before.append((change.__name__, self.graph))
            self.undone.clear()
        self.history = self.history.push(change.__name__, changed)
        return True

    def some_id(self, data):
        present = [node.id for node in self.graph.nodes]
        return data.draw(st.sampled_from(present) | node_ids if present else node_ids)

    def some_port(self, data, side):
        """An output or input of a node that is there, or something else."""
        ends = [
            f"{node.id}.{port.name}"
            for node in self.graph.nodes
            for port in getattr(KINDS[node.kind], side)
        ]
        odd = st.sampled_from(["", "a", ".", "fast.nothing", "a.b.c"])
        return data.draw(st.sampled_from(ends) | odd if ends else odd)

    @rule(name=st.sampled_from([template.name for template in list_templates()]))
    def open_template(self, name):
        self.edit(lambda graph: load_template(name))

    @rule(kind=kinds, node_id=st.none() | node_ids, position=st.none() | positions)
    def add(self, kind, node_id, position):
        self.edit(add_node, kind, node_id=node_id, position=position)

    @rule(data=st.data(), kind=st.sampled_from(list(KINDS)), label=any_texts)
    def add_with_values(self, data, kind, label):
        names = st.sampled_from([param.name for param in KINDS[kind].params] or ["none"])
        params = data.draw(st.dictionaries(names, any_values, max_size=2))
        self.edit(add_node, kind, params=params, label=label)

    @rule(kind=st.sampled_from(list(KINDS)))
    def add_again(self, kind):
        expected = new_node_id(self.graph, kind)
        assert self.edit(add_node, kind)
        assert self.graph.node(expected).kind == kind

    @rule(data=st.data())
    def remove(self, data):
        self.edit(remove_nodes, [self.some_id(data) for _ in range(data.draw(st.integers(0, 2)))])

    @rule(data=st.data())
    def connect_some(self, data):
        source, target = self.some_port(data, "outputs"), self.some_port(data, "inputs")
        reason = why_not_connect(self.graph, source, target)
        assert self.edit(connect, source, target) == (reason is None)

    @rule(data=st.data())
    def connect_fitting(self, data):
        inputs = [(node.id, port) for node in self.graph.nodes for port in KINDS[node.kind].inputs]
        if inputs:
            taker, wanted = data.draw(st.sampled_from(inputs))
            target = f"{taker}.{wanted.name}"
            fitting = [
                f"{node.id}.{port.name}"
                for node in self.graph.nodes
                for port in KINDS[node.kind].outputs
                if port.type == wanted.type
            ]
            if fitting:
                self.edit(connect, data.draw(st.sampled_from(fitting)), target)

    @precondition(lambda self: self.graph.edges)
    @rule(data=st.data())
    def disconnect_some(self, data):
        edge = data.draw(st.sampled_from(self.graph.edges))
        assert self.edit(disconnect, edge.source, edge.target)
        assert not self.edit(disconnect, edge.source, edge.target)

    @rule(data=st.data(), value=any_values)
    def change_param(self, data, value):
        names = {param.name for kind in KINDS.values() for param in kind.params} | {"nothing"}
        self.edit(set_param, self.some_id(data), data.draw(st.sampled_from(sorted(names))), value)

    @rule(data=st.data(), text=any_texts, change=st.sampled_from([set_label, set_note]))
    def write_on_node(self, data, text, change):
        self.edit(change, self.some_id(data), text)

    @rule(text=any_texts, change=st.sampled_from([set_name, set_description]))
    def write_on_document(self, text, change):
        self.edit(change, text)

    @rule(data=st.data(), new_id=node_ids)
    def rename(self, data, new_id):
        self.edit(rename_node, self.some_id(data), new_id)

    @rule(data=st.data())
    def move(self, data):
        self.edit(move_nodes, {self.some_id(data): data.draw(positions)})

    @rule(data=st.data(), is_on=st.booleans())
    def switch(self, data, is_on):
        self.edit(set_enabled, [self.some_id(data)], is_on)

    @rule(data=st.data())
    def bridge(self, data):
        self.edit(remove_and_bridge, [self.some_id(data)])

    @rule(data=st.data(), text=any_texts)
    def frame(self, data, text):
        self.edit(framed, [self.some_id(data)], text)

    @precondition(lambda self: self.graph.layout.frames)
    @rule(data=st.data())
    def move_frame(self, data):
        frame = data.draw(st.sampled_from(self.graph.layout.frames))
        self.edit(move_nodes, {}, areas={frame.id: data.draw(positions)})

    @rule(data=st.data())
    def paste(self, data):
        if len(self.graph.nodes) < 40:
            self.edit(pasted, [self.some_id(data)])

    @rule(data=st.data())
    def duplicate(self, data):
        count = data.draw(st.integers(0, 3))
        if len(self.graph.nodes) < 40:
            self.edit(duplicate_nodes, [self.some_id(data) for _ in range(count)])

    @rule(
        changes=st.dictionaries(
            st.sampled_from(["cash", "commission", "slippage", "sizing_percent", "symbol", "x"]),
            any_values,
            max_size=2,
        ),
        start=st.none() | st.dates() | st.just("2020-01-01"),
    )
    def change_settings(self, changes, start):
        self.edit(set_backtest, start=start, end=date(2020, 1, 1), **changes)

    @rule()
    def undo(self):
        present = self.graph
        name, graph = self.before.pop() if self.before else (None, present)
        assert self.history.undo_name == name
        self.history = self.history.undo()
        assert self.graph == graph
        assert self.graph.to_json() == graph.to_json()
        if name:
            self.undone.append((name, present))

    @rule()
    def redo(self):
        present = self.graph
        name, graph = self.undone.pop() if self.undone else (None, present)
        assert self.history.redo_name == name
        self.history = self.history.redo()
        assert self.graph == graph
        assert self.graph.to_json() == graph.to_json()
        if name:
            self.before.append((name, present))

    @invariant()
    def the_document_loads_and_can_be_checked(self):
        assert StrategyGraph.from_json(self.graph.to_json()) == self.graph
        codes = {item.code for item in validate(self.graph)}
        # what edits cannot make: unknown kinds, parameters, values, ports, misfits, two on one
        assert not codes & {"SC101", "SC102", "SC103", "SC104", "SC105", "SC107"}

    @invariant()
    def the_buttons_are_right(self):
        assert self.history.can_undo == bool(self.before) == (self.history.undo_name is not None)
        assert self.history.can_redo == bool(self.undone) == (self.history.redo_name is not None)


Editing.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestEditing = Editing.TestCase
