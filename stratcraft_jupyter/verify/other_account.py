"""Whether code decides alike with more or less money and with other costs."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, RunOutcome, run_batch
from stratcraft_jupyter.verify.equivalence import Compared, compare
from stratcraft_jupyter.verify.report import Check

_CODE = "SC632"
_NAME = "the same with other money and costs"
_POORER, _RICHER = 0.23, 31.0
_SOME = 0.0015
"""A cost where there was none, as a fraction."""


def check_other_account(
    source: str, reference: str, compared: Sequence[Compared], config: BacktestConfig
) -> Check:
    """SC632: nothing but its sizes may change with the account.

    Args:
        source: The code.
        reference: The code of the compiler.
        compared: How the two compare so far.
        config: Money and costs so far.
    """
    alike = [item for item in compared if item.is_equal and not item.is_tie and item.expected.book]
    if len(alike) < sum(not item.is_tie for item in compared if item.expected.book) or not alike:
        return Check(_CODE, _NAME, "skipped", "Nothing to try: the orders differ already.")
    chosen = max(alike, key=lambda item: len(item.expected.book))
    for other in _accounts(config):
        ours, theirs = _run(source, reference, chosen, other)
        found = compare(chosen.name, chosen.series, ours, theirs, other.cash)
        if ours.error is None and not found.is_equal:
            return _differs(found, other)
    money = " and ".join(f"{other.cash:,.0f}" for other in _accounts(config))
    words = f"The orders agree with {money} in cash and with other costs too."
    return Check(_CODE, _NAME, "passed", words)


def _accounts(config: BacktestConfig) -> list[BacktestConfig]:
    """An account with less and one with more, each with costs that the other has not."""
    costs = config.commission, config.slippage
    commission, slippage = (_SOME if cost == 0 else 0.0 for cost in costs)
    return [
        replace(config, cash=config.cash * _POORER, commission=commission),
        replace(config, cash=config.cash * _RICHER, slippage=slippage),
    ]


def _run(
    source: str, reference: str, chosen: Compared, config: BacktestConfig
) -> tuple[RunOutcome, RunOutcome]:
    """The graph and the code, each in a process of its own."""

    def run(code: str) -> RunOutcome:
        runs = [Run(code, chosen.series)]
        return run_batch(runs, config=config, time_limit=config.time_limit).runs[0]

    with ThreadPoolExecutor(2) as threads:
        ours, theirs = threads.submit(run, reference), threads.submit(run, source)
        return ours.result(), theirs.result()


def _differs(found: Compared, config: BacktestConfig) -> Check:
    error, bar = found.found.error, found.mismatch.bar if found.mismatch else None
    what = "its fills or its account differ"
    if error is not None:
        what = f"it fails: {error.message}"
    elif bar is not None:
        moment = str(found.series.bars.time[bar].astype("datetime64[m]")).replace("T", " ")
        moment = moment.removesuffix(" 00:00")
        what = f"it orders otherwise on the close of bar {bar} ({moment})"
    return Check(
        _CODE,
        _NAME,
        "failed",
        f"With {config.cash:,.0f} in cash, {config.commission:.2%} commission and "
        f"{config.slippage:.2%} slippage the code does not do what the graph does: on {found.name} "
        f"{what}.",
        "Leave out rules about the account's money or costs that the graph does not have.",
    )
