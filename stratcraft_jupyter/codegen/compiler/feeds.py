"""Writes what a module says of its further bars, and how to run it on them without us."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.text import WIDTH, comment
from stratcraft_jupyter.graph.document import BacktestSettings

Feeds = Mapping[str, Mapping[str, str]]

_COMMENT = (
    "Bars the strategy reads beside those it trades: of another symbol, in a coarser timeframe, "
    "or both. Cerebro gets them under these names, as rows_of() below makes them."
)

_SCRIPT = '''\
def period_starts(times, timeframe):
    """When the calendar period of each time began; weeks begin on Monday."""
    if timeframe in ("1w", "1M"):
        return times.to_period(timeframe[-1].upper()).start_time
    return times.floor(timeframe.replace("m", "min").replace("d", "D"))


def rows_of(feed, bars, others):
    """The rows of a feed, at the times of the bars on which they become known."""
    rows = others[feed["symbol"]] if "symbol" in feed else bars
    if "timeframe" not in feed:
        return rows.reindex(bars.index, method="ffill")
    merge = dict(open="first", high="max", low="min", close="last", volume="sum")
    rows = rows.groupby(period_starts(rows.index, feed["timeframe"])).agg(merge)
    # a period becomes known on the first bar of a later one
    begun = period_starts(bars.index, feed["timeframe"])
    at = begun.searchsorted(rows.index, side="right")
    rows = rows[at < len(bars)].set_index(bars.index[at[at < len(bars)]])
    return rows[~rows.index.duplicated(keep="last")]


def add_bars(cerebro, bars, others):
    """Gives Cerebro the bars and all feeds; `others` holds DataFrames by symbol."""
    # the run starts when all symbols are known
    bars = bars[max(rows.index[0] for rows in (bars, *others.values())) :]
    cerebro.adddata(bt.feeds.PandasData(dataname=bars))
    for name, feed in FEEDS.items():
        rows = rows_of(feed, bars, others)
        cerebro.adddata(bt.feeds.PandasData(dataname=rows), name=name)


if __name__ == "__main__" and "__file__" in globals():  # a script, not a notebook
    import sys

    import pandas as pd

    def read_bars(path):
        """Bars whose first column is the time; an offset from UTC is left out."""
        rows = pd.read_csv(path, index_col=0).rename(columns=str.lower)
        times = [pd.Timestamp(str(text)).replace(tzinfo=None) for text in rows.index]
        return rows.set_axis(pd.DatetimeIndex(times))

    files = dict(word.rpartition("=")[::2] for word in sys.argv[1:])
    symbols = {feed["symbol"] for feed in FEEDS.values() if "symbol" in feed}
    if set(files) != {"", *symbols}:
        more = [f"{symbol}=FILE.csv" for symbol in sorted(symbols)]
        sys.exit(" ".join(["Usage: python", sys.argv[0], "BARS.csv", *more]))
    frames = {symbol: read_bars(path) for symbol, path in files.items()}
    cerebro = bt.Cerebro()
    add_bars(cerebro, frames.pop(""), frames)
    SETTINGS
    cerebro.addstrategy(STRATEGY_CLASS)
    cerebro.run()
    print(f"Final value: {cerebro.broker.getvalue():,.2f}")
'''


def declaration(feeds: Feeds) -> list[str]:
    """The lines of the literal ``FEEDS``, as ``ruff format`` breaks them."""
    entries = [f'"{name}": {_dictionary(spec)}' for name, spec in feeds.items()]
    line = f"FEEDS = {{{', '.join(entries)}}}"
    if len(line) <= WIDTH:
        return [*comment(_COMMENT, ""), line]
    lines = ["FEEDS = {"]
    for name, spec in feeds.items():
        entry = f'    "{name}": {_dictionary(spec)},'
        if len(entry) <= WIDTH:
            lines.append(entry)
        else:
            items = [f'        "{key}": "{value}",' for key, value in spec.items()]
            lines += [f'    "{name}": {{', *items, "    },"]
    return [*comment(_COMMENT, ""), *lines, "}"]


def _dictionary(spec: Mapping[str, str]) -> str:
    # validation lets neither quotes nor backslashes into a symbol
    items = [f'"{key}": "{value}"' for key, value in spec.items()]
    return f"{{{', '.join(items)}}}"


def script(strategy_class: str, settings: BacktestSettings) -> list[str]:
    """The lines that run the module on CSV files with plain Backtrader and pandas."""
    money = f"{int(settings.cash):_}" if settings.cash.is_integer() else repr(settings.cash)
    calls = [f"setcash({money})", f"setcommission({settings.commission!r})"]
    if settings.slippage:
        calls.append(f"set_slippage_perc({settings.slippage!r})")
    text = _SCRIPT.replace("STRATEGY_CLASS", strategy_class)
    text = text.replace("SETTINGS", "\n    ".join(f"cerebro.broker.{call}" for call in calls))
    return text.splitlines()
