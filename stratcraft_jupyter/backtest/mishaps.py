"""Errors for runs that ended without a result: too long, crashed, or never started."""

import re
import signal

from stratcraft_jupyter.backtest.messages import Failure
from stratcraft_jupyter.backtest.texts import plain_text
from stratcraft_jupyter.errors import BacktestError

_DUMP_START = re.compile(r"^(Timeout \(|Fatal Python error: )", re.MULTILINE)
_OUR_FRAME = re.compile(r'File "<strategy>", line (\d+)')


def failed(failure: Failure) -> BacktestError:
    """The error a strategy raised, as the worker described it."""
    return BacktestError(
        plain_text(failure.message),
        hint=plain_text(failure.hint),
        line=failure.line,
        kind=plain_text(failure.kind),
    )


def timed_out(limit: float, printed: str, source: str) -> BacktestError:
    """The error for a run longer than ``limit`` seconds; it says where the strategy was."""
    line = _line_in_dump(printed)
    return BacktestError(
        f"The strategy was stopped after {limit:g} seconds{_place(line, source)}.",
        hint="Look for a loop that never ends, run fewer bars, or set a longer time_limit.",
        line=line,
        kind="timeout",
    )


def killed(status: int, printed: str, source: str) -> BacktestError:
    """The error for a process that ended on its own, without a result."""
    line = _line_in_dump(printed)
    if status >= 0:
        return BacktestError(
            "The strategy ended the process it ran in.",
            hint="Remove calls such as os._exit(); a run ends by itself after the last bar.",
            line=line,
            kind="exit",
        )
    name = _signal_name(-status)
    if name == "SIGXCPU":
        return BacktestError(
            f"The strategy used up its processor time{_place(line, source)}.",
            hint="Look for a loop that never ends, run fewer bars, or set a longer time_limit.",
            line=line,
            kind="timeout",
        )
    hint = "Look for code that calls into C libraries."
    if name == "SIGKILL":
        hint = "The system may have run out of memory: keep fewer values, or run fewer bars."
    return BacktestError(
        f"The process of the strategy crashed ({name}){_place(line, source)}.",
        hint=hint,
        line=line,
        kind="crash",
    )


def garbled(error: Exception) -> BacktestError:
    """The error for a process that sent something other than a result."""
    return BacktestError(
        f"The process of the strategy sent {error}.",
        hint="The strategy interferes with the process it runs in: remove such code.",
        kind="protocol",
    )


def not_started(printed: str) -> BacktestError:
    """The error for a worker that did not come up."""
    last = printed.strip().splitlines()[-1:] or ["it said nothing"]
    return BacktestError(
        f"The process that runs strategies did not start: {last[0][:300]}.",
        hint="Check that backtrader and numpy are installed for this Python.",
        kind="worker",
    )


def split_dump(printed: str) -> tuple[str, str]:
    """What the strategy printed, and the interpreter's note on where it was, if any."""
    found = None
    for found in _DUMP_START.finditer(printed):  # noqa: B007 - the last one counts
        pass
    if found is None:
        return printed, ""
    return printed[: found.start()], printed[found.start() :]


def _line_in_dump(printed: str) -> int | None:
    found = _OUR_FRAME.search(split_dump(printed)[1])
    return int(found[1]) if found else None


def _place(line: int | None, source: str) -> str:
    lines = source.splitlines()
    if line is None or not 0 < line <= len(lines):
        return ""
    return f" in line {line}: {lines[line - 1].strip()[:120]}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
