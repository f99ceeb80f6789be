"""Whether a strategy looks into the future, gives the same orders every time, and plays fair."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, RunOutcome, Series, run_batch
from stratcraft_jupyter.backtest.orders import WorkingOrder, first_mismatch
from stratcraft_jupyter.backtest.process import WorkerProcess
from stratcraft_jupyter.verify.altered_bars import beginning_of, with_other_future
from stratcraft_jupyter.verify.report import Check

OTHER_SEED = 20_011
"""Seed of hashes and random numbers of the second process; the first has 0."""
_MOST_BARS = 1_500
_HINT_FUTURE = (
    "Read the present and earlier values only: [0], [-1] and so on in next(), and no shift below 0."
)
_HINT_EARLY = (
    "Where a line of your own has no earlier value yet, [-1] is none: ask len(self) first, or wait "
    "with self.addminperiod(2)."
)


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """A series and what the code did on it.

    Attributes:
        name: The series.
        series: Its bars.
        outcome: The run of the code.
    """

    name: str
    series: Series
    outcome: RunOutcome


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """One more run, and what it must agree with.

    Attributes:
        code: The check it belongs to.
        tried: The series.
        run: What to run.
        until: Last bar on which orders must agree; None for all.
    """

    code: str
    tried: Tried
    run: Run
    until: int | None


_READS_AHEAD = "it reads bars that are still to come"
READS_EARLY = "it reads bars that are still to come, or values from before the first bar of a line"
"""Why orders differ that only bars handed over one by one make differ."""
_NAMES = {
    "SC620": "no look-ahead: orders on the beginning of the bars",
    "SC621": "no look-ahead: bar by bar",
    "SC622": "no look-ahead: another future",
    "SC623": "the same orders every time",
}


def check_integrity(
    source: str,
    reference: str,
    tried: Sequence[Tried],
    config: BacktestConfig,
    worker: WorkerProcess | None = None,
) -> list[Check]:
    """The checks that need further runs, in a process of their own.

    It has other seeds than the first, and no run in it knows more of a series than the ones before.

    Args:
        source: The code.
        reference: The code of the compiler, for a difference that lies with Backtrader.
        tried: What the code did on each series; those on which it failed are left out.
        config: Money and costs.
        worker: A process with other hashes, started already.
    """
    usable = [item for item in tried if item.outcome.error is None]
    trials = [trial for item in _chosen(usable) for trial in _trials(source, item)]
    runs = [trial.run for trial in trials]
    worker = worker or WorkerProcess(hash_seed=OTHER_SEED)
    outcomes = run_batch(runs, config=config, worker=worker).runs
    found = []
    for code in _NAMES:
        pairs = [(t, o) for t, o in zip(trials, outcomes, strict=True) if t.code == code]
        found.append(_check(code, pairs, reference, config))
    if found[-1].status == "failed":
        # what differs from run to run differs on any bars, so it says nothing of the future
        message = "The orders differ from run to run, so this cannot be told."
        found[:-1] = [Check(item.code, item.name, "skipped", message) for item in found[:-1]]
    return [_by_bar_alone(found, item) for item in found]


def _by_bar_alone(found: Sequence[Check], check: Check) -> Check:
    """Says what else it may be where only bars that come one by one make a difference."""
    future = [item.status for item in found if item.code in ("SC620", "SC622")]
    if check.code != "SC621" or check.status != "failed" or "failed" in future:
        return check
    message = check.message.replace(_READS_AHEAD, READS_EARLY)
    return replace(check, message=message, hint=f"{_HINT_FUTURE} {_HINT_EARLY}")


def _chosen(tried: Sequence[Tried]) -> list[Tried]:
    """The user's bars and the two series with the most orders."""
    made = [item for item in tried if item.outcome.book]
    busiest = sorted(made[1:], key=lambda item: -len(item.outcome.book))[:2]
    return [*made[:1], *busiest]


def _trials(source: str, item: Tried) -> list[_Trial]:
    found = []
    cuts = _cuts(item.outcome.book, len(item.series.bars))
    for cut in cuts:  # the shortest first: no run may have seen what a later one must not know
        series = beginning_of(item.series, cut + 1)
        found.append(_Trial("SC620", item, Run(source, series, seed=OTHER_SEED), cut))
    for cut in cuts[1:2] or cuts[:1]:
        series = with_other_future(item.series, cut)
        found.append(_Trial("SC622", item, Run(source, series, seed=OTHER_SEED), cut))
    count = min(len(item.series.bars), _MOST_BARS)
    run = Run(source, beginning_of(item.series, count), bar_by_bar=True, seed=OTHER_SEED)
    found.append(_Trial("SC621", item, run, count - 1))
    found.append(_Trial("SC623", item, Run(source, item.series, seed=OTHER_SEED), None))
    return found


def _cuts(book: Sequence[WorkingOrder], count: int) -> list[int]:
    """Bars on which something was decided: there a look at the next bar shows."""
    bars = sorted({order.first for order in book if order.first < count - 1})
    if not bars:
        return []
    picked = {bars[int(share * (len(bars) - 1))] for share in (0.15, 0.5, 0.85)}
    return sorted(picked)


def _check(
    code: str,
    pairs: Sequence[tuple[_Trial, RunOutcome]],
    reference: str,
    config: BacktestConfig,
) -> Check:
    name = _NAMES[code]
    if not pairs:
        return Check(code, name, "skipped", "Nothing to try: the code failed or sends no order.")
    for trial, outcome in pairs:
        told = _disagreement(trial, outcome)
        if told is None:
            continue
        if code == "SC621" and _is_backtraders_own(trial, reference, config):
            message = "Backtrader itself differs between its modes on this strategy."
            return Check(code, name, "skipped", message)
        return _failed(code, name, trial, told)
    runs = f"{len(pairs)} further run{'' if len(pairs) == 1 else 's'}"
    return Check(code, name, "passed", f"The orders agree in {runs}.")


def _disagreement(trial: _Trial, outcome: RunOutcome) -> tuple[int | None, str] | None:
    if outcome.error is not None:
        return None, outcome.error.message
    apart = first_mismatch(trial.tried.outcome.book, outcome.book, until=trial.until)
    if apart is None:
        return None
    time = str(trial.tried.series.bars.time[apart.bar].astype("M8[m]")).replace("T", " ")
    return apart.bar, f"{trial.tried.name}, bar {apart.bar} ({time.removesuffix(' 00:00')})"


def _is_backtraders_own(trial: _Trial, reference: str, config: BacktestConfig) -> bool:
    """Whether the compiler's code trades otherwise in that mode too: then it says nothing."""
    series = trial.run.series
    runs = [Run(reference, series), Run(reference, series, bar_by_bar=True)]
    usual, by_bar = run_batch(runs, config=config).runs
    if usual.error is not None or by_bar.error is not None:
        return by_bar.error is not None and usual.error is None
    return first_mismatch(usual.book, by_bar.book) is not None


def _failed(code: str, name: str, trial: _Trial, told: tuple[int | None, str]) -> Check:
    bar, where = told
    cut = trial.until
    if code == "SC623":
        return Check(
            code,
            name,
            "failed",
            f"A second run on the same bars gave other orders: {where}.",
            "Use no random numbers, no clock, and no order of a set.",
            (where,),
        )
    if bar is None:
        message = f"The code fails when the bars to come are not there: {where}"
        return Check(code, name, "failed", message, _HINT_FUTURE, (where,))
    message = {
        "SC620": f"With the bars after bar {cut} cut off",
        "SC621": "When bars are handed over one by one",
        "SC622": f"With other bars after bar {cut}",
    }[code]
    message += f", the code orders otherwise on bar {bar}: {_READS_AHEAD}."
    return Check(code, name, "failed", message, _HINT_FUTURE, (where,))
