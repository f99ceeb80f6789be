"""The command that says what differs between two strategies."""

import argparse

from stratcraft_jupyter.cli.documents import load_graph
from stratcraft_jupyter.cli.output import say, write_json
from stratcraft_jupyter.graph.difference import DocumentDifference


def diff(options: argparse.Namespace) -> int:
    """Prints what differs; 1 if anything but places on the canvas does."""
    before, after = load_graph(options.before), load_graph(options.after)
    difference = DocumentDifference(before, after, (options.before, options.after))
    if options.json:
        write_json(options.json, difference.to_dict())
    say(str(difference), options)
    return 0 if difference.is_same else 1
