"""The sizer of a strategy that sets none. Imported in the worker process only.

``cerebro.addsizer`` would put it in the place of the one that a strategy sets in ``__init__``.
"""

from typing import Any

import backtrader as bt

_ATTRIBUTE = "begin_with_sizer"


def install() -> None:
    """Let strategies begin with the sizer of their engine, in this process only."""
    meta = type(bt.Strategy)
    original = meta.dopreinit

    def dopreinit(cls: Any, strategy: Any, *args: Any, **kwargs: Any) -> Any:
        made = original(cls, strategy, *args, **kwargs)
        make = getattr(strategy.env, _ATTRIBUTE, None)
        if make is not None:
            strategy._sizer = make()
        return made

    meta.dopreinit = dopreinit


def begin_with(engine: Any, percents: float) -> None:
    """Let strategies of an engine invest a share of the cash where they say no size."""
    setattr(engine, _ATTRIBUTE, lambda: bt.sizers.PercentSizer(percents=percents))
