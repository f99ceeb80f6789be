"""Commands about strategy documents: validate, compile, catalog, templates, schema."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from stratcraft_jupyter.cli.output import say, write_code, write_json
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph import (
    FAMILIES,
    KINDS,
    StrategyGraph,
    catalog_json,
    describe,
    list_templates,
    load_template,
    validate,
)


def load_graph(name: str) -> StrategyGraph:
    """The strategy in a file, or the template of that name.

    Raises:
        GraphFileError: The file cannot be read.
        UnknownNameError: There is neither a file nor a template.
    """
    looks_like_file = "." in name or "/" in name or "\\" in name
    if looks_like_file or Path(name).exists():
        return StrategyGraph.load(name)
    try:
        return load_template(name)
    except UnknownNameError as error:
        raise UnknownNameError("file or template", name, [t.name for t in list_templates()]) from (
            error
        )


def validate_graph(options: argparse.Namespace) -> int:
    """Prints every finding; 1 if there is an error among them."""
    graph = load_graph(options.graph)
    found = validate(graph)
    has_errors = any(item.severity == "error" for item in found)
    if options.json:
        data = {"ok": not has_errors, "diagnostics": [item.to_dict() for item in found]}
        write_json(options.json, {"name": graph.name, "hash": graph.hash, **data})
    for item in found:
        say(str(item), options)
    if not found:
        say(f"{graph.name}: no findings.", options)
        for number, sentence in enumerate(describe(graph), start=1):
            say(f"{number}. {sentence}", options)
    return 1 if has_errors else 0


def compile_graph(options: argparse.Namespace) -> int:
    """Prints or writes the code of a strategy."""
    graph = load_graph(options.graph)
    source = compile_strategy(graph)
    if options.output:
        kept = write_code(options.output, source)
        if kept:
            say(f"What was in {options.output} before is kept in {kept}.", options)
        say(f"Wrote {options.output}. It is a draft: review it before you rely on it.", options)
    elif options.json != "-":
        print(source, end="")
    if options.json:
        write_json(options.json, {"name": graph.name, "hash": graph.hash, "source": source})
    return 0


def catalog(options: argparse.Namespace) -> int:
    """Prints every kind of node, by family."""
    if options.json:
        write_json(options.json, catalog_json())
    for family in FAMILIES:
        say(f"{family.title}: {family.help}", options)
        for kind in KINDS.values():
            if kind.family == family.name:
                say(f"  {kind.name:32} {kind.title}: {kind.help}", options)
    return 0


def templates(options: argparse.Namespace) -> int:
    """Prints every template."""
    found = list_templates()
    if options.json:
        write_json(options.json, {"templates": [asdict(template) for template in found]})
    for template in found:
        say(f"{template.name:24} {template.title}: {template.summary}", options)
    return 0


def schema(options: argparse.Namespace) -> int:
    """Prints the JSON Schema of strategy documents."""
    data = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **StrategyGraph.model_json_schema(),
    }
    if options.json:
        write_json(options.json, data)
    else:
        print(json.dumps(data, indent=2))
    return 0
