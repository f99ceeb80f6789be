"""The ``verify`` command."""

import argparse
from pathlib import Path

from stratcraft_jupyter.cli.documents import load_graph
from stratcraft_jupyter.cli.output import say, write_json
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.verify import verify


def verify_code(options: argparse.Namespace) -> int:
    """Prints whether code does what a graph says; 1 if it does not."""
    graph = load_graph(options.graph)
    source = _read(options.code)
    bars = load_bars(options.data) if options.data else None
    others = {symbol: load_bars(where, symbol=symbol) for symbol, where in options.other}
    report = verify(source, graph, bars, others=others)
    say(str(report), options)
    if options.json:  # last: a file that cannot be written takes nothing away
        write_json(options.json, report.to_dict())
    return 0 if report.ok else 1


def _read(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StratCraftError(
            f"{name!r} cannot be read: {reason}.", hint="Check the path and that it is UTF-8 text."
        ) from None
