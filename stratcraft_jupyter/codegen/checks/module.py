"""The parts of a module that checks ask for: names, classes, functions, and what runs when."""

import ast
from dataclasses import dataclass, field
from functools import cached_property

from stratcraft_jupyter.codegen.checks.backtrader_names import HOOKS
from stratcraft_jupyter.codegen.compiler.classes import indicator_classes
from stratcraft_jupyter.python_source import parse_python

Function = ast.FunctionDef | ast.AsyncFunctionDef
_SHORT = {"ind": "indicators"}


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class of the module.

    Attributes:
        node: Its syntax tree.
        bases: Its bases as dotted names, Backtrader's in full.
        methods: Its own methods, by name.
    """

    node: ast.ClassDef
    bases: tuple[str, ...]
    methods: dict[str, Function]

    @property
    def name(self) -> str:
        """Its name."""
        return self.node.name


@dataclass(eq=False)
class Module:
    """A source, read.

    Attributes:
        tree: Its syntax tree.
        names: What imported names stand for, such as ``{"bt": "backtrader"}``.
        classes: All classes, also those inside others, by name.
    """

    tree: ast.Module
    names: dict[str, str] = field(default_factory=dict)
    classes: dict[str, Class] = field(default_factory=dict)

    def dotted(self, node: ast.AST) -> str:
        """A name such as ``bt.ind.SMA`` in full: ``backtrader.indicators.SMA``; else empty."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        parts += reversed(self.names.get(node.id, node.id).split("."))
        parts.reverse()
        if parts[0] == "backtrader" and len(parts) > 1:
            parts[1] = _SHORT.get(parts[1], parts[1])
        return ".".join(parts)

    def bases_of(self, found: Class) -> list[Class]:
        """The class and those of the module that it derives from, nearest first."""
        line = [found]
        for item in line:
            for base in item.bases:
                other = self.classes.get(base)
                if other is not None and other not in line:
                    line.append(other)
        return line

    def is_a(self, found: Class, *endings: str) -> bool:
        """Whether it derives from a class of Backtrader with such an end of its name."""
        return any(
            base.startswith("backtrader.") and base.endswith(endings)
            for item in self.bases_of(found)
            for base in item.bases
        )

    @cached_property
    def strategies(self) -> list[Class]:
        """Classes of the top level that are strategies and that no other strategy derives from."""
        top = [item for item in self.classes.values() if item.node in self.tree.body]
        found = [item for item in top if self.is_a(item, "Strategy")]
        return [
            item
            for item in found
            if not any(other is not item and item in self.bases_of(other) for other in found)
        ]

    @cached_property
    def indicators(self) -> dict[str, Class]:
        """Classes that are indicators, by name."""
        return {
            name: item
            for name, item in self.classes.items()
            if self.is_a(item, "Indicator") or _derives_from_indicator(self, item)
        }

    @cached_property
    def own_code(self) -> list[Class]:
        """Indicators that are not, to the letter, of the built-in compiler's making."""
        return [item for item in self.indicators.values() if not _is_ours(item)]

    @cached_property
    def script(self) -> set[int]:
        """Ids of all nodes that run only when the file is started as a script."""
        return {
            id(node)
            for statement in self.tree.body
            if isinstance(statement, ast.If) and _is_of_script(statement.test)
            for part in (statement.test, *statement.body)
            for node in ast.walk(part)
        }

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes that run as part of a strategy: without scripts and our own indicators."""
        ours = {
            id(node)
            for item in self.indicators.values()
            if item not in self.own_code
            for node in ast.walk(item.node)
        }
        return [
            node
            for node in ast.walk(self.tree)
            if id(node) not in self.script and id(node) not in ours
        ]


def read_module(tree: ast.Module) -> Module:
    """Reads names and classes."""
    module = Module(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                module.names[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                module.names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            bases = tuple(module.dotted(base) for base in node.bases)
            methods = {item.name: item for item in node.body if isinstance(item, Function)}
            module.classes[node.name] = Class(node, bases, methods)
    return module


def _is_of_script(test: ast.expr) -> bool:
    """Whether it asks for ``__name__ == "__main__"``, to the letter, and maybe for more."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(_is_of_script(value) for value in test.values)
    return ast.unparse(test) in ("__name__ == '__main__'", "'__main__' == __name__")


def _derives_from_indicator(module: Module, found: Class) -> bool:
    return any(
        base.startswith("backtrader.indicators.")
        for item in module.bases_of(found)
        for base in item.bases
    )


def _is_ours(found: Class) -> bool:
    text = indicator_classes().get(found.name)
    return text is not None and ast.dump(parse_python(text).body[0]) == ast.dump(found.node)


def methods_of(module: Module, found: Class) -> dict[str, Function]:
    """All methods of a class that the module holds, inherited ones included."""
    methods: dict[str, Function] = {}
    for item in reversed(module.bases_of(found)):
        methods.update(item.methods)
    return methods


def reached(methods: dict[str, Function], start: set[str]) -> set[str]:
    """Names of the methods that are run when those of ``start`` are."""
    pending = [name for name in start if name in methods]
    found = set(pending)
    while pending:
        for name in named_on_self(methods[pending.pop()]):
            if name in methods and name not in found:
                found.add(name)
                pending.append(name)
    return found


def per_bar(methods: dict[str, Function]) -> set[str]:
    """Names of the methods that run on bars."""
    return reached(methods, set(HOOKS))


def self_name(function: Function) -> str:
    """What a method calls its object."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    return arguments[0].arg if arguments else ""


def named_on_self(function: Function) -> set[str]:
    """Attributes of its object that a method names, also by ``getattr(self, "name")``."""
    own = self_name(function)
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and _is_name(node.value, own):
            found.add(node.attr)
        elif (
            isinstance(node, ast.Call)
            and _is_name(node.func, "getattr")
            and len(node.args) > 1
            and _is_name(node.args[0], own)
            and isinstance(node.args[1], ast.Constant)
        ):
            found.add(str(node.args[1].value))
    return found


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
