"""What expressions in a class stand for: lines, bars, the broker, a number known beforehand."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from stratcraft_jupyter.codegen.checks.backtrader_names import LINE_FUNCTIONS
from stratcraft_jupyter.codegen.checks.module import (
    Class,
    Function,
    Module,
    methods_of,
    self_name,
)

LINES = frozenset({"line", "indicator", "data", "own_line"})
"""What has one value a bar."""

_PRICES = frozenset({"open", "high", "low", "close", "volume", "openinterest", "datetime"})
_DATA = re.compile(r"data\d*")
_DATA_LINE = re.compile(r"data\d*_\w+")
_OF_SELF = {
    "datas": "datas",
    "broker": "broker",
    "env": "env",
    "cerebro": "env",
    "position": "position",
    "p": "params",
    "params": "params",
    "lines": "own_lines",
    "l": "own_lines",
    "datetime": "line",
}
_OF_BROKER = {"getposition": "position"}
_ROUNDS = 3
_DEEPEST = 30


@dataclass(slots=True, eq=False)
class Meaning:
    """What the names of one class stand for.

    Attributes:
        module: The module it is in.
        found: The class.
        methods: Its methods, inherited ones included.
        attributes: What its attributes stand for.
        locals: What the local names of each method stand for.
        returned: What each method returns.
        defaults: The default of each parameter, as far as it can be read.
        own_lines: The lines that the class itself declares.
        on_bars: The methods that run on bars.
    """

    module: Module
    found: Class
    methods: dict[str, Function]
    attributes: dict[str, str] = field(default_factory=dict)
    locals: dict[str, dict[str, str]] = field(default_factory=dict)
    returned: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, object] = field(default_factory=dict)
    own_lines: set[str] = field(default_factory=set)
    on_bars: set[str] = field(default_factory=set)
    _depth: int = 0

    def of(self, node: ast.AST, method: str) -> str:
        """What an expression in a method stands for; empty if it is not known."""
        if self._depth >= _DEEPEST:
            return ""
        self._depth += 1
        try:
            return self._of(node, method)
        finally:
            self._depth -= 1

    def _of(self, node: ast.AST, method: str) -> str:
        if isinstance(node, ast.Name):
            if node.id == self_name(self.methods[method]):
                return "self"
            return self.locals[method].get(node.id, "")
        if isinstance(node, ast.Attribute):
            return self._attribute(node, method)
        if isinstance(node, ast.Subscript):
            return {"datas": "data", "many": "line", "own_lines": "own_line", "lines": "line"}.get(
                self.of(node.value, method), ""
            )
        if isinstance(node, ast.Call):
            return self._call(node, method)
        return self._composed(node, method)

    def _attribute(self, node: ast.Attribute, method: str) -> str:
        base, name = self.of(node.value, method), node.attr
        if base == "self":
            if name in self.own_lines:
                return "own_line"
            if name in self.attributes:
                return self.attributes[name]
            if _DATA.fullmatch(name):
                return "data"
            return "line" if _DATA_LINE.fullmatch(name) else _OF_SELF.get(name, "")
        if base == "data":
            return {"lines": "lines", "l": "lines"}.get(name, "line" if name in _PRICES else "")
        if base == "indicator":
            return "" if name in ("p", "params", "array") else "line"
        if base == "lines":
            return "line"
        if base == "own_lines":
            return "own_line"
        return "broker" if base == "env" and name == "broker" else ""

    def _call(self, node: ast.Call, method: str) -> str:
        name = self.module.dotted(node.func)
        if name in self.module.indicators or name.startswith(
            ("backtrader.indicators.", "backtrader.talib.")
        ):
            return "indicator"
        if name.startswith("backtrader.") and name.partition(".")[2] in LINE_FUNCTIONS:
            return "line"
        if isinstance(node.func, ast.Attribute):
            base, called = self.of(node.func.value, method), node.func.attr
            if base == "self":
                return self._own_call(called)
            if base == "broker":
                return _OF_BROKER.get(called, "")
        if self.of(node.func, method) in LINES:
            return "line"
        if name == "abs" and node.args and self.of(node.args[0], method) in LINES:
            return "line" if method == "__init__" else ""
        return ""

    def _own_call(self, called: str) -> str:
        if called == "getdatabyname":
            return "data"
        if called == "getposition":
            return "position"
        if called in self.module.indicators:
            return "indicator"
        return self.returned.get(called, "")

    def _composed(self, node: ast.AST, method: str) -> str:
        if isinstance(node, ast.IfExp):
            return self.of(node.body, method) or self.of(node.orelse, method)
        if isinstance(node, ast.NamedExpr):
            return self.of(node.value, method)
        if isinstance(node, ast.List | ast.Tuple):
            kinds = {self.of(item, method) for item in node.elts}
            return "many" if kinds & LINES else ""
        if isinstance(node, ast.Dict):
            kinds = {self.of(item, method) for item in node.values}
            return "many" if kinds & LINES else ""
        if isinstance(node, ast.ListComp | ast.GeneratorExp):
            return "many" if self.of(node.elt, method) in LINES else ""
        if isinstance(node, ast.DictComp):
            return "many" if self.of(node.value, method) in LINES else ""
        # on bars, arithmetic on lines gives numbers
        if method in self.on_bars:
            return ""
        return "line" if any(self.of(item, method) in LINES for item in _operands(node)) else ""


def _operands(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
        return [node.operand]
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    return []


def read_meaning(module: Module, found: Class, on_bars: set[str]) -> Meaning:
    """Works out what the names of a class stand for."""
    methods = methods_of(module, found)
    meaning = Meaning(module, found, methods, locals={name: {} for name in methods})
    meaning.on_bars = on_bars - {"__init__"}
    for item in module.bases_of(found):
        meaning.own_lines |= _declared_lines(item)
    order = sorted(methods, key=lambda name: name != "__init__")
    for _ in range(_ROUNDS):
        for name in order:
            for target, value in _assignments(methods[name]):
                _note(meaning, name, target, value)
            meaning.returned[name] = _returned(meaning, name)
    return meaning


def _returned(meaning: Meaning, name: str) -> str:
    kinds = (
        meaning.of(node.value, name)
        for node in ast.walk(meaning.methods[name])
        if isinstance(node, ast.Return) and node.value is not None
    )
    return next((kind for kind in kinds if kind), "")


def _declared_lines(found: Class) -> set[str]:
    for item in found.node.body:
        if isinstance(item, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "lines" for target in item.targets
        ):
            try:
                declared = ast.literal_eval(item.value)
            except (ValueError, TypeError):
                return set()
            names = (declared,) if isinstance(declared, str) else declared
            return {name for name in names if isinstance(name, str)}
    return set()


def _note(meaning: Meaning, method: str, target: ast.expr, value: ast.expr) -> None:
    kind = meaning.of(value, method)
    if isinstance(target, ast.Name):
        if kind:
            meaning.locals[method][target.id] = kind
    elif (
        isinstance(target, ast.Attribute)
        and kind not in ("", "self")
        and meaning.of(target.value, method) == "self"
    ):
        meaning.attributes.setdefault(target.attr, kind)


def _assignments(function: Function) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets and what is assigned to them; a loop assigns an element of what it goes through."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _pairs(target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            yield node.target, node.value
        elif isinstance(node, ast.For | ast.comprehension):
            element = ast.Subscript(node.iter, ast.Constant(0), ast.Load())
            yield from _pairs(node.target, element)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple | ast.List):
        if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
            for one, other in zip(target.elts, value.elts, strict=True):
                yield from _pairs(one, other)
    else:
        yield target, value
