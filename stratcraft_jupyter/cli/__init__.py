"""The ``stratcraft-jupyter`` command: exit 0 good, 1 findings, 2 bad usage or unreadable input."""

import sys
from collections.abc import Sequence

from stratcraft_jupyter.cli.hints import for_command_line, in_options
from stratcraft_jupyter.cli.parser import make_parser
from stratcraft_jupyter.errors import GraphInvalidError, StratCraftError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code.

    Args:
        arguments: Words after the program's name; those of the process by default.
    """
    options = make_parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except GraphInvalidError as error:
        print(f"error: {error}", file=sys.stderr)
        print("Correct the strategy and try again.", file=sys.stderr)
        return 1
    except StratCraftError as error:
        print(f"error: {in_options(error.message)} {error.money}".rstrip(), file=sys.stderr)
        hint = for_command_line(error.hint)
        if hint:
            print(hint, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # the reader of our output left early, as `| head` does
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("Cancelled.", file=sys.stderr)
        return 130
    return code
