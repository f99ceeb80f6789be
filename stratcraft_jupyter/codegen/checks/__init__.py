"""Looks at strategy code without running it; each finding has its line, the reason and the fix."""

from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks import (
    against_graph,
    lines,
    look_ahead,
    orders,
    parameters,
    reach,
    shape,
    source_text,
    surroundings,
)
from stratcraft_jupyter.codegen.checks.meaning import Meaning, read_meaning
from stratcraft_jupyter.codegen.checks.module import (
    Class,
    Module,
    methods_of,
    per_bar,
    read_module,
)
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import WrongTypeError, told
from stratcraft_jupyter.graph import StrategyGraph

__all__ = ["MAX_FINDINGS", "check_code"]

MAX_FINDINGS = 50
"""Findings that are told; more would help nobody."""


def check_code(source: str, graph: StrategyGraph | None = None) -> tuple[Diagnostic, ...]:
    """What is wrong with strategy code, errors first, then by line; empty if nothing is.

    Nothing is run. Good code can hide from it: what it does is judged where it runs, apart from
    the rest of the system.

    Args:
        source: The code of one strategy.
        graph: The valid document it was made from; its parameters and further bars are compared.

    Raises:
        GraphInvalidError: The document has errors; holds every finding.
        WrongTypeError: The source is no text, or the graph no document.
    """
    if not isinstance(source, str):
        raise WrongTypeError(f"The source is {told(source)}, not a text.", hint="Give the code.")
    promise = None if graph is None else against_graph.promise_of(graph)
    text = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = list(source_text.text_findings(text))
    if not any(item.severity == "error" for item in found):
        tree = source_text.parse(text)
        if isinstance(tree, Diagnostic):
            found += [*source_text.notebook_commands(text)] or [tree]
        else:
            found += source_text.odd_identifiers(text)
            try:
                found += _module_findings(read_module(tree), promise)
            except RecursionError:
                found.append(source_text.too_deep())
    return _sorted(found)


def _sorted(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    order = {"error": 0, "warning": 1, "info": 2}
    unique = {(item.code, item.line, item.message): item for item in found}
    ranked = sorted(unique.values(), key=lambda item: (order[item.severity], item.line or 0))
    return tuple(ranked[:MAX_FINDINGS])


def _module_findings(module: Module, promise: against_graph.Promise | None) -> Iterator[Diagnostic]:
    out = [*reach.imports(module), *reach.calls(module)]
    yield from out
    told = {item.line for item in out}
    yield from (item for item in surroundings.looks_around(module) if item.line not in told)
    yield from surroundings.decides_by_name(module)
    yield from reach.known_names(module)
    yield from reach.clocks_and_chance(module)
    yield from reach.endless_or_silent(module)
    yield from shape.nothing_besides(module)
    yield from shape.one_strategy(module)
    for item in module.own_code:
        yield from _indicator_findings(module, item)
    for item in module.strategies[:1]:
        yield from _strategy_findings(module, item)
    yield from against_graph.feed_names(module)
    if promise is not None:
        yield from against_graph.feeds_kept(module, promise)
        for item in module.strategies[:1]:
            yield from against_graph.parameters_kept(module, item, promise)


def _read(module: Module, found: Class) -> Meaning:
    meaning = read_meaning(module, found, per_bar(methods_of(module, found)))
    meaning.defaults = parameters.declared_parameters(module, found) or {}
    return meaning


def _indicator_findings(module: Module, found: Class) -> Iterator[Diagnostic]:
    meaning = _read(module, found)
    yield from lines.made_on_bars(module, meaning)
    yield from lines.truth_of_lines(meaning)
    yield from look_ahead.looks_ahead(meaning, is_indicator=True)


def _strategy_findings(module: Module, found: Class) -> Iterator[Diagnostic]:
    meaning = _read(module, found)
    yield from shape.decides_on_bars(module, found)
    yield from shape.own_names(module, found)
    yield from shape.no_engine_class_attributes(found)
    yield from parameters.misspelt(module, found, meaning)
    yield from parameters.periods(module, meaning)
    yield from lines.made_on_bars(module, meaning)
    yield from lines.truth_of_lines(meaning)
    yield from lines.slices(meaning)
    yield from lines.values_in_init(meaning)
    yield from lines.indicators_read(meaning)
    yield from look_ahead.looks_ahead(meaning)
    yield from orders.places_orders(module, meaning)
    yield from orders.broker_untouched(meaning)
    yield from orders.objects_unchanged(meaning)
    yield from orders.sizes(meaning)
