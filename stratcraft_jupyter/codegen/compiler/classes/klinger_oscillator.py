"""Becomes part of emitted modules."""

import backtrader as bt


class KlingerOscillator(bt.Indicator):
    """Fast less slow average of the volume force, and a signal line."""

    lines = ("oscillator", "signal")
    params = {"fast_period": 34, "slow_period": 55, "signal_period": 13}

    def __init__(self):
        force = VolumeForce(self.data)
        fast = bt.ind.EMA(force, period=self.p.fast_period)
        slow = bt.ind.EMA(force, period=self.p.slow_period)
        self.lines.oscillator = oscillator = fast - slow
        self.lines.signal = bt.ind.EMA(oscillator, period=self.p.signal_period)
