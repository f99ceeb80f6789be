"""What nodes leave behind for the module while they are emitted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from stratcraft_jupyter.codegen.compiler.layout import Expression
from stratcraft_jupyter.codegen.compiler.names import Names
from stratcraft_jupyter.codegen.compiler.text import literal
from stratcraft_jupyter.graph.catalog.base import Value

_PARAM = re.compile(r"\bself\.p\.(\w+)")


@dataclass(frozen=True, slots=True)
class Output:
    """How emitted code refers to one output of a node; a number has the same text for both.

    Attributes:
        line: The line object in ``__init__`` (a number for a constant); for series and bars.
        now: Its value on the present bar, in ``next``; for series, signals and sizes.
        clock: The bars it moves with: the attribute of a further feed, or empty for the
            strategy's own bars and for what is the same on every bar.
    """

    line: str = ""
    now: str = ""
    clock: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a number and no line."""
        return bool(self.line) and self.line == self.now

    def as_line(self, clock: str = "") -> str:
        """A line object, also for a number: indicators take lines only."""
        feed = clock or "self.data"
        return f"{feed}.close * 0 + {self.line}" if self.is_number else self.line


@dataclass(slots=True)
class Parts:
    """What a module is put together from.

    Attributes:
        comments: What each node is, in words, by its id.
        owners: The node of the document that each node is of: itself, or an expression.
        params: Name, value and comment of each strategy parameter.
        attributes: For ``__init__``: node id, attribute name and value.
        signals: For ``next``: node id, variable or attribute, and value.
        states: What is remembered between bars: node id, attribute and its start value.
        needs: What the orders must keep for conditions: ``"entry_bar"``.
        classes: Names of the self-contained indicator classes that are used.
        outputs: How to refer to each output, by ``"node.port"``.
        latest: Lines of further feeds that are also read on the strategy's bars.
        made: Names of attributes by what their lines mean.
        shared: Ids of further nodes that read an attribute as their own, by its name.
        feeds: The further bars the strategy reads, by the name of their attribute: each with
            its ``symbol``, its ``timeframe``, or both.
    """

    comments: Mapping[str, str]
    owners: Mapping[str, str]
    params: list[tuple[str, Value, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, Expression]] = field(default_factory=list)
    signals: list[tuple[str, str, Expression]] = field(default_factory=list)
    states: list[tuple[str, str, str]] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    outputs: dict[str, Output] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    shared: dict[str, list[str]] = field(default_factory=dict)
    feeds: dict[str, Mapping[str, str]] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    param_names: Names = field(default_factory=Names)

    def meaning_of(self, value: Expression) -> str:
        """The code of a line with the values of parameters in place of their names."""
        values = {name: literal(known) for name, known, _ in self.params}
        return _PARAM.sub(lambda found: values[found[1]], str(value))

    def drop_unread_params(self) -> None:
        """Forgets parameters of lines that came to be shared: the first node has its own."""
        code = [str(item) for _, _, item in (*self.attributes, *self.signals, *self.states)]
        code += [text for output in self.outputs.values() for text in (output.line, output.now)]
        read = {name for text in code for name in _PARAM.findall(text)}
        self.params = [item for item in self.params if item[0] in read]
