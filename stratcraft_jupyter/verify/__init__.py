"""What bars and runs say about the graph."""

from stratcraft_jupyter.verify.activity import explain_no_trades, signal_counts
from stratcraft_jupyter.verify.length import find_too_few_bars

__all__ = ["explain_no_trades", "find_too_few_bars", "signal_counts"]
