"""Emitters of data, indicators and arithmetic: lines made once, in ``__init__``."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call


def _bars(node: NodeContext) -> None:
    node.output("bars", line="self.data")
    for port in ("open", "high", "low", "close", "volume"):
        node.output(port, line=f"self.data.{port}")


def _of_source(function: str, *extra: tuple[str, str]) -> Emitter:
    """A Backtrader indicator of one series with a period and one line."""

    def emit(node: NodeContext) -> None:
        source = node.input("source").as_line()
        call = Call(function, (source, ("period", node.param("period")), *extra))
        node.output("value", line=node.attribute(call))

    return emit


def _atr(node: NodeContext) -> None:
    bars = node.input("bars").line
    call = Call("bt.ind.ATR", (bars, ("period", node.param("period"))))
    node.output("value", line=node.attribute(call))


def _macd(node: NodeContext) -> None:
    function = "bt.ind.MACDHisto" if node.is_used("histogram") else "bt.ind.MACD"
    call = Call(
        function,
        (
            node.input("source").as_line(),
            ("period_me1", node.param("fast_period")),
            ("period_me2", node.param("slow_period")),
            ("period_signal", node.param("signal_period")),
        ),
    )
    name = node.attribute(call)
    for port, line in (("macd", "macd"), ("signal", "signal"), ("histogram", "histo")):
        node.output(port, line=f"{name}.{line}")


def _bollinger_bands(node: NodeContext) -> None:
    call = Call(
        "bt.ind.BollingerBands",
        (
            node.input("source").as_line(),
            ("period", node.param("period")),
            ("devfactor", node.param("deviations")),
        ),
    )
    name = node.attribute(call)
    for port, line in (("upper", "top"), ("middle", "mid"), ("lower", "bot")):
        node.output(port, line=f"{name}.{line}")


def _donchian_channels(node: NodeContext) -> None:
    function = node.use_class("DonchianChannels")
    bars = node.input("bars").line
    name = node.attribute(Call(function, (bars, ("period", node.param("period")))))
    for port in ("upper", "middle", "lower"):
        node.output(port, line=f"{name}.{port}")


def _constant(node: NodeContext) -> None:
    value = node.param("value")
    node.output("value", line=value, now=value)


def _shift(node: NodeContext) -> None:
    source = node.input("source")
    if source.is_number:  # it was the same before
        node.output("value", line=source.line, now=source.now)
        return
    node.output("value", line=node.attribute(Call(source.line, (f"-{node.param('bars')}",))))


EMITTERS: Mapping[str, Emitter] = {
    "data.bars": _bars,
    "indicator.sma": _of_source("bt.ind.SMA"),
    "indicator.ema": _of_source("bt.ind.EMA"),
    "indicator.wma": _of_source("bt.ind.WMA"),
    "indicator.rsi": _of_source("bt.ind.RSI", ("safediv", "True")),
    "indicator.macd": _macd,
    "indicator.atr": _atr,
    "indicator.standard_deviation": _of_source("bt.ind.StdDev"),
    "indicator.bollinger_bands": _bollinger_bands,
    "indicator.highest": _of_source("bt.ind.Highest"),
    "indicator.lowest": _of_source("bt.ind.Lowest"),
    "indicator.donchian_channels": _donchian_channels,
    "math.constant": _constant,
    "math.shift": _shift,
}
