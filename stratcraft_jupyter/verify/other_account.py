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
_HIGH = (0.02, 0.15)
"""Commissions that eat up an account, as fractions: rules about losses act then.

The higher one is for strategies that put little at stake; one that buys for all its cash is
refused its orders then.
"""


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
    done = [item for item in compared if item.found.error is None and item.expected.book]
    alike = [item for item in done if item.is_equal and not item.is_tie]
    if not alike or not all(item.is_equal for item in done):
        return Check(_CODE, _NAME, "skipped", "Nothing to try: the orders differ already.")
    chosen = max(alike, key=lambda item: len(item.expected.book))
    accounts = _accounts(config)
    runs = zip(accounts, *_run(source, reference, chosen, accounts), strict=True)
    with_high = ", high ones among them"
    for other, ours, theirs in runs:
        found = compare(chosen.name, chosen.series, ours, theirs, other.cash)
        if ours.error is not None or found.is_equal:
            continue
        if not _is_refused(other, ours, theirs):
            return _differs(found, other)
        with_high = ""
    money = " and ".join(f"{other.cash:,.0f}" for other in accounts if other.cash != config.cash)
    words = f"The orders agree with {money} in cash and with other costs too{with_high}."
    return Check(_CODE, _NAME, "passed", words)


def _accounts(config: BacktestConfig) -> list[BacktestConfig]:
    """One with less and one with more, each with costs that the other has not; two that lose."""
    costs = config.commission, config.slippage
    commission, slippage = (_SOME if cost == 0 else 0.0 for cost in costs)
    return [
        replace(config, cash=config.cash * _POORER, commission=commission),
        replace(config, cash=config.cash * _RICHER, slippage=slippage),
        *(replace(config, commission=max(config.commission, high)) for high in _HIGH),
    ]


def _is_refused(account: BacktestConfig, *runs: RunOutcome) -> bool:
    """Whether high costs had orders refused: one order for two is refused as a whole then."""
    return account.commission in _HIGH and any(run.census.margin for run in runs)


def _run(
    source: str, reference: str, chosen: Compared, accounts: Sequence[BacktestConfig]
) -> tuple[Sequence[RunOutcome], Sequence[RunOutcome]]:
    """The graph and the code with every account, each in a process of its own."""

    def run(code: str) -> Sequence[RunOutcome]:
        runs = [Run(code, chosen.series, config=account) for account in accounts]
        return run_batch(runs, config=accounts[0], time_limit=accounts[0].time_limit).runs

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
