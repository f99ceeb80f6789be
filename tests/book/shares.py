"""How many shares an entry orders."""

import math
from itertools import pairwise

from book.account import Account
from book.entries import number, source
from book.moment import Moment, TooCloseError, whole
from book.series import deviation
from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.graph import Node


def shares(
    strategy: StrategyGraph,
    entry: Node,
    account: Account,
    moment: Moment,
    bar: int,
    stop_distance: float | None,
) -> int:
    """Whole shares by the sizing of an entry; 0 for nothing."""
    close, equity = float(account.bars.close[bar]), account.equity(bar)
    endpoint = source(strategy, entry, "size")
    if endpoint is None:
        return _bought(equity * strategy.backtest.sizing_percent / 100, close)
    node = strategy.node(endpoint.partition(".")[0])
    name = node.kind.partition(".")[2]
    if name == "fixed_shares":
        return int(number(node, "shares"))
    if name == "fixed_cash":
        return _bought(number(node, "cash"), close)
    if name == "percent_of_equity":
        return _bought(equity * number(node, "percent") / 100, close)
    if name == "confidence":
        trust = moment.series(f"{source(strategy, node, 'confidence')}")
        trust = 0.0 if math.isnan(trust) else min(max(trust, 0.0), 1.0)
        return _bought(equity * number(node, "percent") / 100 * trust, close)
    if name in ("risk", "atr_risk"):
        if name == "risk":
            distance = stop_distance
        else:
            at = f"{source(strategy, node, 'distance')}"
            distance = number(node, "multiple") * moment.series(at)
        if distance is None or not distance > 0:
            return 0
        at_risk = equity * number(node, "percent") / 100 / distance
        at_most = equity * number(node, "max_percent") / 100 / close
        return max(0, whole(min(at_risk, at_most)))
    percent = _kelly(node, account) if name == "kelly" else _by_volatility(node, account, bar)
    return _bought(equity * percent / 100, close)


def _bought(cash: float, close: float) -> int:
    return max(0, whole(cash / close))


def _by_volatility(node: Node, account: Account, bar: int) -> float:
    period = int(number(node, "period"))
    closes = [float(x) for x in account.bars.close[bar - period : bar + 1]]
    changes = [after / before - 1 for before, after in pairwise(closes)]
    yearly = deviation(changes, period)[-1] * number(node, "bars_per_year") ** 0.5 * 100
    most = number(node, "max_percent")
    return min(number(node, "target") / yearly * 100, most) if yearly > 0 else most


def _kelly(node: Node, account: Account) -> float:
    count = int(number(node, "trades"))
    last = account.results[-count:]
    if len(last) < count:
        return number(node, "start_percent")
    if any(0 < abs(result) < 1e-6 for result in last):
        raise TooCloseError("a trade that hardly won or lost")
    wins = [result for result in last if result > 0]
    losses = [-result for result in last if result <= 0]
    won = len(wins) / len(last)
    lost = math.fsum(losses) / len(losses) if losses else 0.0
    if not wins:
        share = 0.0
    elif not lost > 0:
        share = won
    else:
        share = won - (1 - won) / (math.fsum(wins) / len(wins) / lost)
    return max(0.0, min(number(node, "fraction") * share * 100, number(node, "max_percent")))
