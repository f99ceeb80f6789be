"""What is left of a generation without an end: the draft, its JSON, and what it cost."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from stratcraft_jupyter.cli.hints import for_command_line, in_options
from stratcraft_jupyter.cli.output import write_code, write_json
from stratcraft_jupyter.cli.progress_lines import ProgressLines
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.failure import GenerationError
from stratcraft_jupyter.generation.money import charge_in_words, charged_for
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.providers.faults import CHARGED_TEXTS, ENDING_TEXTS

if TYPE_CHECKING:
    from stratcraft_jupyter.generation import GeneratedStrategy

_Failure = StratCraftError | KeyboardInterrupt


def keep_failed(
    error: _Failure, graph: StrategyGraph | None, lines: ProgressLines, options: argparse.Namespace
) -> None:
    """Keeps what arrived and writes the JSON; the error itself is told elsewhere.

    Args:
        error: Why there is no code.
        graph: The strategy; None if it could not be read.
        lines: What was told until then.
        options: Where code and JSON go.
    """
    money = _money(error, lines)
    if lines.draft is not None:
        _keep_draft(lines.draft, options)
    if isinstance(error, KeyboardInterrupt):
        _tell(money)
    if options.json:
        told = {"name": graph.name if graph else None, **_draft_data(lines.draft)}
        try:
            write_json(options.json, {**told, "error": _error_data(error, money)})
        except StratCraftError as unwritten:  # what ended the generation is still to be told
            _tell(str(unwritten))


def _money(error: _Failure, lines: ProgressLines) -> str:
    if isinstance(error, GenerationError):
        return error.money
    if lines.draft is not None:
        draft = lines.draft
        return charge_in_words(
            charged_for(draft.attempts), draft.usage, draft.cost, is_partial=True
        )
    return CHARGED_TEXTS["maybe" if lines.has_sent else "no"]


def _draft_data(draft: "GeneratedStrategy | None") -> dict[str, object]:
    if draft is None:
        return {"ok": False}
    data: dict[str, object] = json.loads(draft.to_json())
    return data


def _error_data(error: _Failure, money: str) -> dict[str, str | None]:
    if isinstance(error, KeyboardInterrupt):
        text = ENDING_TEXTS["cancelled"]
        return {"code": "cancelled", "message": text.message, "hint": "", "money": money}
    fault = getattr(error, "fault", None)
    return {
        "code": fault.code if fault else None,
        "message": in_options(error.message),
        "hint": for_command_line(error.hint),
        "money": money,
    }


def _keep_draft(draft: "GeneratedStrategy", options: argparse.Namespace) -> None:
    """Keeps what arrived beside the file that was asked for; that one stays as it is."""
    if options.output:
        path = Path(options.output)
        path = path.with_name(f"{path.stem}.draft{path.suffix or '.py'}")
        try:
            write_code(str(path), draft.source)
        except StratCraftError as error:  # what ended the request is still to be told
            print(draft.source, end="")
            _tell(f"{error.message} What arrived is above, on stdout: nothing is lost.")
        else:
            _tell(f"What arrived is kept in {path}, as a draft that does not run.")
    elif options.json != "-":  # else it is in the JSON
        print(draft.source, end="")
        _tell("What arrived is above, as a draft that does not run.")


def _tell(text: str) -> None:
    print(text, file=sys.stderr)
