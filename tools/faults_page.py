"""Writes docs/faults.md: what each fault tells the user, as it comes out of the real SDKs.

Runs every case of tests/wire/cases.py against servers on this machine.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "faults.md"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # the cases are in the tests

from wire.cases import CASES, observe_once

from stratcraft_jupyter.providers.base import (
    Adjusted,
    Failed,
    Fault,
    Finished,
    Retrying,
)
from stratcraft_jupyter.providers.budget import Budgets, check_before
from stratcraft_jupyter.providers.faults import (
    CHARGED_TEXTS,
    ENDING_TEXTS,
    Ending,
)
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.registry import provider_class

MADE = "<!-- Made by tools/faults_page.py from tests/wire/cases.py. Change that, not this. -->"
INTRODUCTION = """\
# When a model does not answer

What you are told when a request to a model goes wrong: what happened, whether money was spent, and
what to do. Every row was observed: each provider's own SDK spoke to a server that misbehaved in
exactly this way.

- A request that did not begin to be answered is sent again at most twice, and you see it. Once
  anything has arrived, nothing is sent again by itself.
- Text that arrived is kept as a draft, which cannot be run by mistake.
- The sentence about money stands in the error itself, in the notebook, in Python and on the command
  line, with the amount as far as it is known. It is about all attempts together.
- A parameter that a server refuses is left out, renamed or lowered once; you are told, and it is
  remembered until Jupyter stops.
- No message holds a key, or a page that a server sent.
"""
HEADER = (
    "| Fault | Provider | What you are told | Money | Text kept | Sent |",
    "|---|---|---|---|---|---:|",
)
Row = tuple[str, str, str, str, str, str]


async def rows() -> list[Row]:
    """A row for each case with each provider."""
    found = []
    for case in CASES:
        for provider in case.providers:
            events, server = await observe_once(case, provider)
            seen = 1 if case.tries is None else len(server.seen)
            sent = str(seen) if seen else _sent_into_nothing(events)
            kept = "yes" if case.kept else "-"
            title = provider_class(provider).title
            found.append((case.title, title, *_told(events), kept, sent))
    return [*found, *_other_rows()]


def page(table: Sequence[Row]) -> str:
    """The text of the page."""
    return "\n".join([MADE, "", INTRODUCTION, *HEADER, *_lines(table)]) + "\n"


def _told(events: Sequence[Any]) -> tuple[str, str]:
    """What the user is told, and about money."""
    last = events[-1]
    notes = [event.message for event in events if isinstance(event, Adjusted)]
    if isinstance(last, Failed):
        return _words(*notes, last.fault.message, last.fault.hint), CHARGED_TEXTS[
            last.fault.charged
        ]
    assert isinstance(last, Finished)  # noqa: S101 - the guarded stream promises it
    if last.reason == "complete":
        return _words(*notes), CHARGED_TEXTS["yes"]
    return _ending(last.reason, is_free=not last.usage.output_tokens)


def _ending(ending: Ending, *, is_free: bool = False) -> tuple[str, str]:
    text = ENDING_TEXTS[ending]
    return _words(text.message, text.hint), CHARGED_TEXTS["no" if is_free else text.charged]


def _other_rows() -> Iterator[Row]:
    """What does not come from a server."""
    yield ("Cancelled", "every", *_ending("cancelled"), "yes", "1")
    yield ("No code in the answer", "every", *_ending("no_code"), "yes", "1")
    for high in (Decimal("0.25"), None):
        fault = _over_budget(high)
        told = (_words(fault.message, fault.hint), CHARGED_TEXTS[fault.charged])
        yield ("Over budget" if high else "Budget, but no price", "every", *told, "-", "0")


def _over_budget(high: Decimal | None) -> Fault:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite")
        fault = check_before(ledger, Budgets(request=Decimal("0.10")), high)
    if fault is None:
        raise RuntimeError("the budget refuses nothing any more")
    return fault


def _sent_into_nothing(events: Sequence[Any]) -> str:
    """Attempts that no server could see."""
    retries = sum(isinstance(event, Retrying) for event in events)
    return str(retries + 1) if retries else "-"


def _words(*sentences: str) -> str:
    """Sentences for a cell of the table; ports differ from run to run."""
    text = " ".join(sentence for sentence in sentences if sentence)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8000", text).replace("|", "\\|")


def _lines(table: Sequence[Row]) -> Iterator[str]:
    before = ""
    for title, *cells in table:
        shown = "" if title == before else title
        yield f"| {' | '.join([shown, *cells])} |"
        before = title


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(asyncio.run(rows())), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
