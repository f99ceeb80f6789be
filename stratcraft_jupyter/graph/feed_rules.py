"""Rules about bars beside the strategy's own: coarser timeframes and other symbols."""

from collections.abc import Callable, Iterator

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.data import TIMEFRAMES
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import param_value

_LONGEST_SYMBOL = 40


def _value(node: Node, name: str) -> str:
    param = KINDS[node.kind].param(name)
    return str(param_value(node, param)) if param else ""


def not_coarser(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC211: a timeframe that is not coarser than the strategy's bars cannot be made of them."""
    own = graph.backtest.timeframe
    for node in graph.nodes:
        wanted = _value(node, "timeframe") if node.kind == "data.timeframe" else None
        if wanted and TIMEFRAMES.index(wanted) <= TIMEFRAMES.index(own):
            coarser = TIMEFRAMES[TIMEFRAMES.index(own) + 1 :]
            yield Diagnostic(
                "SC211",
                "error",
                f"{node_title(node)} asks for {wanted} bars, and the strategy runs on {own} bars.",
                f"Choose a coarser timeframe ({', '.join(coarser)}), or run on finer bars."
                if coarser
                else "Run on finer bars, or remove it.",
                node.id,
                "timeframe",
            )


def timeframe_of_timeframe(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC212: coarser bars are made of bars as they come, not of bars that were merged before."""
    for node in graph.nodes:
        for edge in graph.edges_into(node.id) if node.kind == "data.timeframe" else ():
            source = graph.node(edge.source_node)
            if source.kind not in ("data.bars", "data.symbol"):
                yield Diagnostic(
                    "SC212",
                    "error",
                    f"{node_title(node)} is made of {node_title(source)}, not of bars as they "
                    "come.",
                    "Connect its Bars to Bars or to Symbol.",
                    node.id,
                    "bars",
                )


def bad_symbol(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC213: a symbol that cannot be the name of one."""
    for node in graph.nodes:
        symbol = _value(node, "symbol").strip() if node.kind == "data.symbol" else None
        if symbol is not None and not _is_symbol(symbol):
            problem = f"is {symbol[:40]!r}" if symbol else "has no name"
            yield Diagnostic(
                "SC213",
                "error",
                f"The symbol of {node_title(node)} {problem}.",
                f"Write its name, such as MSFT: at most {_LONGEST_SYMBOL} characters, no quotes.",
                node.id,
                "symbol",
            )


def _is_symbol(text: str) -> bool:
    # it becomes a text in the code: nothing in it may end that text
    is_plain = text.isprintable() and not set(text) & set("\"'\\")
    return is_plain and 0 < len(text) <= _LONGEST_SYMBOL


def own_symbol(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC214: the strategy's own symbol, read as if it were another."""
    for node in graph.nodes:
        is_own = _value(node, "symbol").strip() == graph.backtest.symbol
        if node.kind == "data.symbol" and is_own:
            yield Diagnostic(
                "SC214",
                "warning",
                f"{node_title(node)} reads {graph.backtest.symbol}, the symbol that is traded.",
                "Use Bars, or choose another symbol.",
                node.id,
                "symbol",
            )


RULES: tuple[Callable[[StrategyGraph], Iterator[Diagnostic]], ...] = (
    not_coarser,
    timeframe_of_timeframe,
    bad_symbol,
    own_symbol,
)
