"""Made-up bars from a seed, for samples, tests and experiments; no real market behaves so.

Every bar follows the same formulas, with independent standard normal draws ``g, z, u, d, w``:

    open   = previous close * exp(gap * volatility * g + jump)
    close  = open * exp(drift + volatility * z)
    high   = max(open, close) * exp(volatility * |u| / 2)
    low    = min(open, close) * exp(-volatility * |d| / 2)
    volume = base * (1 + |z|) * exp(0.3 * w), a whole number

Prices are rounded to cents and never fall below one cent. The draws come from numpy's
``default_rng(seed)``: the same arguments give the same bars.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.bars import Bars
from stratcraft_jupyter.market.checks import FIELDS
from stratcraft_jupyter.market.timeframe import get_timeframe

Floats = NDArray[np.float64]
Times = NDArray[np.datetime64]

SESSION_ZONE = "America/New_York"
SESSION_OPEN = np.timedelta64(9 * 60 + 30, "m")
SESSION_MINUTES = 390
_ORIGIN = "Synthetic: made up from a random seed, not a real market"
_CENT = 0.01


@dataclass(frozen=True, slots=True)
class Regime:
    """A stretch of bars that behave alike.

    Attributes:
        bars: How many bars.
        drift: Mean logarithmic return of a bar; above 0 for a rising trend.
        volatility: Standard deviation of a bar's logarithmic return; 0 for a flat stretch.
    """

    bars: int
    drift: float = 0.0
    volatility: float = 0.01


def random_walk(
    count: int,
    *,
    seed: int,
    timeframe: str = "1d",
    start: str = "2020-01-01",
    price: float = 100.0,
    drift: float = 0.0003,
    volatility: float = 0.012,
    gap: float = 0.3,
    symbol: str = "SYNTH",
) -> Bars:
    """Bars of one regime.

    Args:
        count: How many bars.
        seed: Seed of the random numbers.
        timeframe: Their timeframe; intraday ones fill sessions from 9:30 to 16:00 on weekdays.
        start: Date of the first bar, or of the first weekday after it.
        price: What the first bar opens near.
        drift: Mean logarithmic return of a bar.
        volatility: Standard deviation of a bar's logarithmic return.
        gap: Size of the step from close to next open, in volatilities.
        symbol: Symbol of the bars.
    """
    return regime_walk(
        [Regime(count, drift, volatility)],
        seed=seed,
        timeframe=timeframe,
        start=start,
        price=price,
        gap=gap,
        symbol=symbol,
    )


def regime_walk(
    regimes: Sequence[Regime],
    *,
    seed: int,
    timeframe: str = "1d",
    start: str = "2020-01-01",
    price: float = 100.0,
    gap: float = 0.3,
    jump_share: float = 0.0,
    jump: float = 0.05,
    symbol: str = "SYNTH",
) -> Bars:
    """Bars of one regime after another.

    Args:
        regimes: The stretches, in order.
        seed: Seed of the random numbers.
        timeframe: Their timeframe.
        start: Date of the first bar, or of the first weekday after it.
        price: What the first bar opens near.
        gap: Size of the step from close to next open, in volatilities.
        jump_share: Share of bars that open with a jump up or down.
        jump: Size of such a jump, as a logarithmic return.
        symbol: Symbol of the bars.
    """
    drift = np.concatenate([np.full(regime.bars, regime.drift) for regime in regimes])
    volatility = np.concatenate([np.full(regime.bars, regime.volatility) for regime in regimes])
    draws = np.random.default_rng(seed)
    jumps = np.where(draws.random(len(drift)) < jump_share, jump, 0.0)
    jumps *= np.where(draws.random(len(drift)) < 0.5, -1, 1)
    values = _walk(draws, drift, volatility, gap * volatility, jumps, price)
    return _bars(bar_times(len(drift), timeframe, start), values, timeframe, symbol)


def session_walk(
    sessions: int,
    *,
    seed: int,
    timeframe: str = "5m",
    start: str = "2024-01-02",
    price: float = 100.0,
    daily_volatility: float = 0.012,
    symbol: str = "SYNTH",
) -> Bars:
    """Intraday bars with a busy open and close, a quiet noon, and gaps over night.

    Volatility and volume are multiplied by ``0.7 + 1.2 * x**2``, where x runs from -1 at the
    first to 1 at the last bar of a session; over night, price moves half as much as in a day.

    Args:
        sessions: How many days, weekdays from 9:30 to 16:00 New York time.
        seed: Seed of the random numbers.
        timeframe: An intraday timeframe.
        start: Date of the first session, or of the first weekday after it.
        price: What the first bar opens near.
        daily_volatility: Standard deviation of a session's logarithmic return, about.
        symbol: Symbol of the bars.
    """
    per_session = len(_session_offsets(timeframe))
    busy = 0.7 + 1.2 * np.linspace(-1, 1, per_session) ** 2
    volatility = np.tile(daily_volatility / np.sqrt(per_session) * busy, sessions)
    gaps = 0.1 * volatility
    gaps[per_session::per_session] = daily_volatility / 2
    draws = np.random.default_rng(seed)
    nothing = np.zeros(len(volatility))
    values = _walk(draws, nothing, volatility, gaps, nothing, price)
    values["volume"] = np.round(values["volume"] * np.tile(busy, sessions))
    return _bars(bar_times(len(volatility), timeframe, start), values, timeframe, symbol)


def from_closes(
    closes: ArrayLike,
    *,
    timeframe: str = "1d",
    start: str = "2020-01-01",
    spread: float = 0.0,
    volume: float = 1000.0,
    symbol: str = "MADE",
) -> Bars:
    """Bars with exactly these closes: each opens at the close before it.

    Args:
        closes: The closes; the first bar opens at its own.
        timeframe: Their timeframe.
        start: Date of the first bar, or of the first weekday after it.
        spread: How far high and low stand beyond open and close.
        volume: Volume of every bar.
        symbol: Symbol of the bars.
    """
    close = np.asarray(closes, dtype=np.float64)
    opens = np.concatenate([close[:1], close[:-1]])
    values = {
        "open": opens,
        "high": np.maximum(opens, close) + spread,
        "low": np.minimum(opens, close) - spread,
        "close": close,
        "volume": np.full(len(close), volume),
    }
    return _bars(bar_times(len(close), timeframe, start), values, timeframe, symbol)


def trend(
    count: int, *, growth: float = 0.001, price: float = 100.0, symbol: str = "TREND"
) -> Bars:
    """Daily bars whose close grows by the same fraction each day, without any noise."""
    return from_closes(price * (1 + growth) ** np.arange(count), symbol=symbol)


def flat(count: int, *, price: float = 100.0, symbol: str = "FLAT") -> Bars:
    """Daily bars that all stand at one price."""
    return from_closes(np.full(count, price), symbol=symbol)


def without_rows(bars: Bars, rows: Sequence[int]) -> Bars:
    """The bars with a hole where ``rows`` were."""
    kept = np.delete(np.arange(len(bars)), list(rows))
    arrays: dict[str, Any] = {name: getattr(bars, name)[kept] for name in ("time", *FIELDS)}
    return replace(bars, **arrays)


def bar_times(count: int, timeframe: str, start: str) -> Times:
    """Times of ``count`` bars: weekdays, Fridays, month starts, or slots of weekday sessions."""
    frame = get_timeframe(timeframe)
    first = np.datetime64(start, "D")
    if timeframe == "1M":
        months: Times = (first.astype("M8[M]") + np.arange(count)).astype("M8[ns]")
        return months
    if timeframe == "1w":
        fridays = np.busday_offset(first, np.arange(count), "forward", weekmask="Fri")
        return fridays.astype("M8[ns]")
    if not frame.is_intraday:
        return np.busday_offset(first, np.arange(count), "forward").astype("M8[ns]")
    offsets = _session_offsets(timeframe)
    sessions = -(-count // len(offsets))
    days = np.busday_offset(first, np.arange(sessions), "forward").astype("M8[m]")
    slots = (days[:, None] + SESSION_OPEN + offsets).ravel()[:count]
    times: Times = slots.astype("M8[ns]")
    return times


def _session_offsets(timeframe: str) -> NDArray[np.timedelta64]:
    step = get_timeframe(timeframe).step.astype("m8[m]").astype(int)
    offsets: NDArray[np.timedelta64] = np.arange(0, SESSION_MINUTES, step).astype("m8[m]")
    return offsets


def _walk(
    draws: np.random.Generator,
    drift: Floats,
    volatility: Floats,
    gaps: Floats,
    jumps: Floats,
    price: float,
) -> dict[str, Floats]:
    """The formulas of the module's docstring, for all bars at once."""
    g, z, u, d, w = draws.standard_normal((5, len(drift)))
    before_open = gaps * g + jumps
    in_bar = drift + volatility * z
    close = np.log(price) + np.cumsum(before_open + in_bar)
    opens = close - in_bar
    high = np.maximum(opens, close) + volatility * np.abs(u) / 2
    low = np.minimum(opens, close) - volatility * np.abs(d) / 2
    logs = {"open": opens, "high": high, "low": low, "close": close}
    values = {name: np.maximum(np.round(np.exp(log), 2), _CENT) for name, log in logs.items()}
    values["volume"] = np.round(100_000 * (1 + np.abs(z)) * np.exp(0.3 * w))
    return values


def _bars(times: Times, values: dict[str, Floats], timeframe: str, symbol: str) -> Bars:
    if not len(times):
        raise BarsError("No synthetic bars were asked for.", hint="Ask for at least one.")
    zone = SESSION_ZONE if get_timeframe(timeframe).is_intraday else None
    arrays: dict[str, Any] = {"time": times, **values}
    return Bars(symbol=symbol, timeframe=timeframe, **arrays, timezone=zone, origin=_ORIGIN)
