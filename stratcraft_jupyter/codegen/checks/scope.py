"""Which code can take part in decisions: not scripts, and not what only scripts use."""

import ast
from collections.abc import Iterable, Iterator

from stratcraft_jupyter.codegen.checks.module import Function, Module

_WATCHERS = ("Analyzer", "Observer", "Writer", "Cerebro")
_Definition = Function | ast.ClassDef


def deciding(module: Module) -> list[ast.AST]:
    """The nodes that classes of strategies may run, or take a value from, in order."""
    defined = {item.name: item for item in module.tree.body if isinstance(item, _Definition)}
    loose = [item for item in module.tree.body if not isinstance(item, _Definition)]
    loose = [item for item in loose if id(item) not in module.script]
    found: list[ast.stmt] = [item for item in defined.values() if _is_strategy_code(module, item)]
    read = _names(found)
    size = -1
    while size != len(found):
        size = len(found)
        for item in (*defined.values(), *loose):
            if item not in found and _takes_part(item, read, defined):
                found.append(item)
                read |= _names([item])
    kept = {id(node) for item in found for node in ast.walk(item)}
    return [node for node in module.nodes if id(node) in kept]


def _is_strategy_code(module: Module, item: ast.stmt) -> bool:
    if isinstance(item, ast.ClassDef):
        return not module.is_a(module.classes[item.name], *_WATCHERS)
    # A function may make the class of the strategy.
    return any(isinstance(node, ast.ClassDef) for node in ast.walk(item))


def _takes_part(item: ast.stmt, read: set[str], defined: dict[str, _Definition]) -> bool:
    if isinstance(item, _Definition):
        return item.name in read
    if isinstance(item, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = item.targets if isinstance(item, ast.Assign) else [item.target]
        return any(_root(target) in read | set(defined) for target in targets)
    if isinstance(item, ast.Expr) and isinstance(item.value, ast.Call):
        return _acts(item.value, read, defined)
    inner = [node for node in ast.walk(item) if isinstance(node, ast.stmt) and node is not item]
    # An import counts where it is used.
    return isinstance(item, ast.Raise) or any(_takes_part(part, read, defined) for part in inner)


def _acts(call: ast.Call, read: set[str], defined: dict[str, _Definition]) -> bool:
    """Whether a call for its own sake may change what strategies see."""
    root = _root(call.func)
    found = defined.get(root)
    if found is None:
        return root in read or any(isinstance(node, ast.NamedExpr) for node in ast.walk(call))
    return not any(_says(node, "Cerebro") for node in ast.walk(found))


def _says(node: ast.AST, name: str) -> bool:
    return name in (getattr(node, "attr", ""), getattr(node, "id", ""))


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call | ast.Starred):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _names(items: Iterable[ast.AST]) -> set[str]:
    """Names that are read and that no function around them sets."""
    return {name for item in items for name in _free(item)}


def _free(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id}
    found = _names(ast.iter_child_nodes(node))
    return found - bound(node) if isinstance(node, Function | ast.Lambda) else found


def bound(function: ast.AST) -> set[str]:
    """Names that a function sets for itself."""
    nodes = list(ast.walk(function))
    shared = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    stored = {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    }
    return (arguments | stored) - shared


def logged(parents: dict[int, ast.AST], node: ast.AST) -> bool:
    """Whether it is only written to a message."""
    for item in _above(parents, node):
        if isinstance(item, ast.NamedExpr | ast.Lambda | ast.stmt):
            return False
        if isinstance(item, ast.Call) and isinstance(parents.get(id(item)), ast.Expr):
            return writes(item)
    return False


_LEVELS = ("debug", "info", "warning", "error", "exception", "critical")


def writes(call: ast.expr) -> bool:
    """Whether it is a call that writes a message."""
    func = call.func if isinstance(call, ast.Call) else None
    if isinstance(func, ast.Name):
        return func.id == "print"
    return isinstance(func, ast.Attribute) and func.attr in _LEVELS and _root(func) != "self"


def _above(parents: dict[int, ast.AST], node: ast.AST) -> Iterator[ast.AST]:
    found = parents.get(id(node))
    while found is not None:
        yield found
        found = parents.get(id(found))


def parents_of(tree: ast.AST) -> dict[int, ast.AST]:
    """What each node stands in, by the id of the node."""
    return {id(part): node for node in ast.walk(tree) for part in ast.iter_child_nodes(node)}


def function_of(parents: dict[int, ast.AST], node: ast.AST) -> ast.AST | None:
    """The function a node stands in."""
    return next((item for item in _above(parents, node) if isinstance(item, Function)), None)


def class_of(parents: dict[int, ast.AST], node: ast.AST) -> ast.ClassDef | None:
    """The class a node stands in."""
    return next((item for item in _above(parents, node) if isinstance(item, ast.ClassDef)), None)
