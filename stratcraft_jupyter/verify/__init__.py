"""What a run says about the graph it came from."""

from stratcraft_jupyter.verify.activity import explain_no_trades, signal_counts

__all__ = ["explain_no_trades", "signal_counts"]
