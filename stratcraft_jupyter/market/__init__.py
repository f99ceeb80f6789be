"""Market data: `Bars`, where they come from, and the rules they keep."""

from stratcraft_jupyter.market.bars import Bars
from stratcraft_jupyter.market.load import load_bars
from stratcraft_jupyter.market.sources import Sample, list_samples
from stratcraft_jupyter.market.timeframe import TIMEFRAMES, Timeframe

__all__ = ["TIMEFRAMES", "Bars", "Sample", "Timeframe", "list_samples", "load_bars"]
