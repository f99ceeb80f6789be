"""Whether the code left money, prices and bars alone, used what it made, and had orders filled."""

import math
from collections.abc import Collection, Sequence

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.accounting import keep_account
from stratcraft_jupyter.backtest.batch import RunOutcome
from stratcraft_jupyter.backtest.records import Fill
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.verify.code_facts import read_code
from stratcraft_jupyter.verify.integrity import Tried
from stratcraft_jupyter.verify.report import Check

IMPOSSIBLE = "the rules of orders do not hold"
"""What is said of fills that cannot be, which may come of orders that are far too large."""
_SAME = 1e-6
_TINY = 1e-9
_REFUSALS = (
    ("refused for lack of cash", "margin"),
    ("refused, as their size was not a number", "unsized"),
    ("rejected", "rejected"),
)


def check_fairness(
    source: str,
    tried: Sequence[Tried],
    expected: Sequence[RunOutcome],
    config: BacktestConfig,
    ties: Collection[str] = (),
) -> list[Check]:
    """The checks that need no further run.

    Args:
        source: The code.
        tried: What the code did on each series.
        expected: What the graph did on the same.
        config: Money and costs.
        ties: Names of series on which orders differ where two values are equal but for rounding.
            What comes of other orders there says nothing against the code.
    """
    done = [item for item in tried if item.outcome.error is None]
    read = _indicators(source)
    pairs = [pair for pair in zip(tried, expected, strict=True) if pair[0].name not in ties]
    checks = [
        _money(done, config),
        _prices(done, config),
        _bars(done),
        read,
        _census(pairs),
        _trades(done, expected),
    ]
    if done or not tried:
        return checks
    nothing = "The code failed, so there is nothing to look at."
    return [c if c is read else Check(c.code, c.name, "skipped", nothing) for c in checks]


def _money(tried: Sequence[Tried], config: BacktestConfig) -> Check:
    """SC624: what the broker ended with is what its fills give."""
    name = "cash reconciles with the fills"
    for item in tried:
        account = keep_account(item.outcome.fills, item.series.bars.close, config.cash)
        value = float(account.value[-1])
        claimed = item.outcome.final_value
        if not math.isclose(value, claimed, rel_tol=_SAME, abs_tol=_SAME * config.cash):
            evidence = f"{item.name}: by the fills {value:,.2f}, by the broker {claimed:,.2f}"
            return Check(
                "SC624",
                name,
                "failed",
                "The code changes cash or costs of the broker: it ends with another value than "
                "its fills give.",
                "Leave cash, commission, slippage and leverage to the settings.",
                (evidence,),
            )
    return Check("SC624", name, "passed", "Cash and costs are those of the settings.")


def _prices(tried: Sequence[Tried], config: BacktestConfig) -> Check:
    """SC625: every fill is one that the bar and the settings allow."""
    name = "fills as the bars and costs allow"
    for item in tried:
        bars, outcome = item.series.bars, item.outcome
        if outcome.charged_otherwise:
            return _unfair(name, "fills have another commission than the settings say", item.name)
        at_market = {o.first + 1: o.side for o in outcome.book if o.type == "market"}
        only_market = {
            fill.bar
            for fill in outcome.fills
            if at_market.get(fill.bar) == fill.side
            and not any(
                o.first < fill.bar <= o.last + 1 for o in outcome.book if o.type != "market"
            )
        }
        for fill in outcome.fills:
            if not _is_inside(fill, bars):
                return _unfair(name, "a fill is outside the range of its bar", _told(item, fill))
            if fill.bar in only_market and not _is_at_open(fill, bars, config.slippage):
                words = "a market order did not fill at the open with the slippage of the settings"
                return _unfair(name, words, _told(item, fill))
        if outcome.impossible:
            words = f"{IMPOSSIBLE}: {outcome.impossible.removesuffix('.')}"
            return _unfair(name, words, f"{item.name}: {outcome.impossible}")
    return Check("SC625", name, "passed", "Every fill is within its bar, with the set costs.")


def _unfair(name: str, words: str, evidence: str) -> Check:
    hint = "Leave the broker's commission, slippage and fill rules to the settings."
    return Check("SC625", name, "failed", f"In the code's run {words}.", hint, (evidence,))


def _is_inside(fill: Fill, bars: Bars) -> bool:
    low, high = float(bars.low[fill.bar]), float(bars.high[fill.bar])
    return low * (1 - _TINY) <= fill.price <= high * (1 + _TINY)


def _is_at_open(fill: Fill, bars: Bars, slippage: float) -> bool:
    price = float(bars.open[fill.bar]) * (1 + (slippage if fill.side == "buy" else -slippage))
    price = min(max(price, float(bars.low[fill.bar])), float(bars.high[fill.bar]))
    return math.isclose(price, fill.price, rel_tol=1e-9)


def _told(item: Tried, fill: Fill) -> str:
    return f"{item.name}, bar {fill.bar}: {fill.side} at {fill.price:,.8g}"


def _bars(tried: Sequence[Tried]) -> Check:
    """SC626: the bars are the same after the run."""
    name = "bars unchanged"
    changed = [item.name for item in tried if item.outcome.is_feed_changed]
    if changed:
        return Check(
            "SC626",
            name,
            "failed",
            "The code writes into the bars it is given.",
            "Copy values before you change them.",
            tuple(changed),
        )
    return Check("SC626", name, "passed", "The bars are the same before and after each run.")


def _indicators(source: str) -> Check:
    """SC627: what is made in ``__init__`` is read somewhere."""
    name = "indicators read"
    facts = read_code(source)
    if not facts.is_readable:
        return Check("SC627", name, "skipped", "The code cannot be read.")
    if unread := facts.unread:
        names = ", ".join(f"self.{item}" for item in unread)
        return Check(
            "SC627",
            name,
            "warning",
            f"Made and never read: {names}. Each still makes the strategy wait for its values.",
            "Read them, or leave them out.",
        )
    return Check("SC627", name, "passed", "Every indicator the code makes is read.")


def _census(pairs: Sequence[tuple[Tried, RunOutcome]]) -> Check:
    """SC628: no order was refused that the graph's were not."""
    name = "orders accepted"
    for words, status in _REFUSALS:
        ours = sum(getattr(outcome.census, status) for _, outcome in pairs)
        theirs = sum(getattr(item.outcome.census, status) for item, _ in pairs)
        if theirs > ours:
            return Check(
                "SC628",
                name,
                "failed",
                f"{theirs} of the code's orders were {words}, {ours} of the graph's.",
                "Check how sizes are worked out, and that an exit is sent before an entry.",
            )
    never = sum(item.outcome.census.pending for item, _ in pairs)
    usual = sum(outcome.census.pending for _, outcome in pairs)
    if never > usual + len(pairs):
        words = f"{never} of the code's orders never filled, {usual} of the graph's."
        return Check("SC628", name, "warning", words, "Cancel orders that are no longer meant.")
    return Check("SC628", name, "passed", "No more orders were refused than the graph's.")


def _trades(tried: Sequence[Tried], expected: Sequence[RunOutcome]) -> Check:
    """SC629: the code trades where the graph does."""
    name = "trades"
    ours = sum(len(outcome.fills) for outcome in expected)
    theirs = sum(len(item.outcome.fills) for item in tried)
    if ours and not theirs:
        ordered = any(item.outcome.book for item in tried)
        why = ": none of its orders was filled" if ordered else ": it sends no order"
        return Check(
            "SC629",
            name,
            "failed",
            f"The code traded nothing, where the graph has {ours:,} fills{why}.",
            "Check the sizes and prices of its orders."
            if ordered
            else "Check that indicators are read in next() and that the conditions can be true.",
        )
    if not ours:
        words = "Neither the graph nor the code traded on these bars, so little is proved."
        return Check("SC629", name, "warning", words, "Loosen the entries, or choose other bars.")
    return Check("SC629", name, "passed", f"The code has {theirs:,} fills, the graph {ours:,}.")
