"""Every fault with every SDK: one message, what it cost, and the text that stays."""

import importlib.util
from pathlib import Path

import pytest
from wire.cases import CASES, KEY, observe_once

from stratcraft_jupyter.providers.base import Failed, Finished, Retrying, TextDelta

ALL = [
    pytest.param(case, provider, id=f"{provider}-{case.name}")
    for case in CASES
    for provider in case.providers
]


@pytest.mark.parametrize(("case", "provider"), ALL)
async def test_fault(case, provider):
    events, server = await observe_once(case, provider)
    *before, last = events
    assert not any(isinstance(event, Failed | Finished) for event in before)
    assert "".join(event.text for event in before if isinstance(event, TextDelta)) == case.kept
    if case.charged:
        assert isinstance(last, Failed), last
        assert (last.fault.code, last.fault.charged) == (case.expected, case.charged), last
        assert last.fault.message.endswith(".")
        assert last.fault.hint.endswith(".")
        assert "None" not in f"{last.fault.message}{last.fault.hint}"
    else:
        assert isinstance(last, Finished), last
        assert last.reason == case.expected
    assert case.tries in (len(server.seen), None)
    retries = sum(isinstance(event, Retrying) for event in before)
    assert retries == (2 if case.tries == 3 or "istens there" in case.title else 0)
    shown = repr(events)
    assert not any(KEY[at : at + 6] in shown for at in range(len(KEY) - 5))


async def test_the_page_is_current():
    root = Path(__file__).parents[2]
    spec = importlib.util.spec_from_file_location("page", root / "tools" / "faults_page.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    kept = (root / "docs" / "faults.md").read_text("utf-8")
    assert kept == tool.page(await tool.rows()), "run tools/faults_page.py"
