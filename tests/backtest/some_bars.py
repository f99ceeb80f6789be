"""Made-up bars for the backtest tests: a seeded random walk."""

import numpy as np

from stratcraft_jupyter.market import Bars


def make_bars(
    count: int, *, seed: int = 1, timeframe: str = "1d", volatility: float = 0.012
) -> Bars:
    random = np.random.default_rng(seed)
    close = 100 * np.exp(np.cumsum(random.normal(0, volatility, count)))
    close = np.round(close, 2)
    opened = np.round(np.r_[100.0, close[:-1]] * np.exp(random.normal(0, 0.003, count)), 2)
    high = np.maximum(opened, close) + np.round(random.exponential(0.4, count), 2)
    low = np.minimum(opened, close) * (1 - random.exponential(0.004, count))
    step = {"d": np.timedelta64(1, "D"), "m": np.timedelta64(1, "m")}[timeframe[-1]]
    time = np.datetime64("2001-01-01T09:30", "ns") + np.arange(count) * step * int(timeframe[:-1])
    if timeframe[-1] == "d":
        time = time.astype("datetime64[D]")
    volume = np.round(random.uniform(0, 1e6, count))
    return Bars("TEST", timeframe, time.astype("datetime64[ns]"), opened, high, low, close, volume)
