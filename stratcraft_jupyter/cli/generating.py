"""The ``generate`` command: code from a model, with its price first and its progress on stderr."""

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stratcraft_jupyter import generation
from stratcraft_jupyter.cli.documents import load_graph
from stratcraft_jupyter.cli.failed import keep_failed
from stratcraft_jupyter.cli.hints import for_command_line, in_options
from stratcraft_jupyter.cli.output import require_targets, write_code, write_json
from stratcraft_jupyter.cli.progress_lines import ProgressLines
from stratcraft_jupyter.cli.settings import tell_unused_addresses
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.attempt_words import stop_in_words
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.providers.cost import shown_cost

if TYPE_CHECKING:
    from stratcraft_jupyter.generation import GeneratedStrategy, Quote

_NEXT = "Correct it by hand, or generate again."


def generate(options: argparse.Namespace) -> int:
    """Generates code; 1 if errors are left in it, 130 if it was cancelled."""
    require_targets(options.output, options.json)
    lines = ProgressLines(sys.stderr)
    graph: StrategyGraph | None = None
    try:
        graph = load_graph(options.graph)
        asked = None if options.model == generation.BUILTIN else _quote(graph, options)
        if options.show_prompt:
            print(asked.prompt.text if asked else "The built-in compiler needs no prompt.")
            return 0
        made = _run(graph, asked, options, lines)
    except (KeyboardInterrupt, StratCraftError) as error:
        keep_failed(error, graph, lines, options)
        raise
    _deliver(made, graph, options)
    return 0 if made.ok else 1


def _run(
    graph: StrategyGraph,
    asked: "Quote | None",
    options: argparse.Namespace,
    lines: ProgressLines,
) -> "GeneratedStrategy":
    bars = load_bars(options.data) if options.data else None
    return asyncio.run(
        generation.generate(
            graph,
            asked or generation.BUILTIN,
            on_event=lines.show,
            bars=bars,
            attempts=options.attempts,
            verify=options.verify,
            max_cost=options.max_cost,
        )
    )


def _quote(graph: StrategyGraph, options: argparse.Namespace) -> "Quote":
    """The prompt and its price, told before anything is sent."""
    tell_unused_addresses([options.model.partition(":")[0]])
    asked = generation.quote(
        graph,
        options.model,
        notes=options.notes,
        max_output_tokens=options.max_output_tokens,
        reasoning_effort=options.effort,
        max_cost=options.max_cost,
    )
    _tell(str(asked))
    worst = asked.worst_cost(options.attempts)
    if options.attempts > 1 and worst is not None and asked.budget_fault is None:
        _tell(f"With all {options.attempts} attempts it costs {shown_cost(worst)} at most.")
    for finding in asked.findings:
        _tell(str(finding))
    if asked.budget_fault is not None and options.show_prompt:
        fault = asked.budget_fault
        _tell(f"It would not be sent. {in_options(fault.message)} {for_command_line(fault.hint)}")
    return asked


def _deliver(made: "GeneratedStrategy", graph: StrategyGraph, options: argparse.Namespace) -> None:
    """Writes code and JSON, and tells what there is to know of them."""
    for finding in made.findings:
        _tell(str(finding))
    _tell_verification(made, options)
    try:
        _put(made, graph, options)
    finally:  # it was paid for, wherever it is
        _tell_cost(made)
    if not made.ok:
        why = stop_in_words(made)
        _tell(" ".join(f"The code still has errors. {why} {_NEXT}".split()))


def _put(made: "GeneratedStrategy", graph: StrategyGraph, options: argparse.Namespace) -> None:
    """Writes code and JSON where they were asked for."""
    if options.output:
        kept = _write_or_print(options.output, made.source)
        if kept:
            _tell(f"What was in {options.output} before is kept in {kept}.")
        _tell(f"Wrote {options.output}. Review it before you rely on it.")
    elif options.json != "-":
        print(made.source, end="")
    if options.json:
        write_json(options.json, {"name": graph.name, **json.loads(made.to_json())})


def _tell_cost(made: "GeneratedStrategy") -> None:
    if made.origin == "model":
        tries = len(made.attempts)
        _tell(
            f"{tries} attempt{'s' if tries != 1 else ''}, {made.seconds:.1f} s, "
            f"{made.usage.input_tokens:,} tokens in, {made.usage.output_tokens:,} out, "
            f"{_cost_text(made)}"
        )


def _tell_verification(made: "GeneratedStrategy", options: argparse.Namespace) -> None:
    """Whether the code does what the strategy says, or where it first does not."""
    report = made.verification
    if report is None:
        if options.verify and made.ok:
            _tell("The code was not verified.")
        return
    _tell(str(report) if report.first_difference else report.summary)
    if report.isolation:
        _tell(f"Not enforced on this system while it ran: {'; '.join(report.isolation)}.")


def _write_or_print(target: str, source: str) -> Path | None:
    """Writes code; what cannot be written is printed, for it was paid for.

    Raises:
        StratCraftError: The file cannot be written.
    """
    try:
        return write_code(target, source)
    except StratCraftError:
        print(source, end="")
        _tell(f"{target} could not be written, so the code is above, on stdout: nothing is lost.")
        raise


def _cost_text(made: "GeneratedStrategy") -> str:
    is_partial = any(attempt.is_partial for attempt in made.attempts)
    return shown_cost(made.cost, is_partial=is_partial)


def _tell(text: str) -> None:
    print(text, file=sys.stderr)
