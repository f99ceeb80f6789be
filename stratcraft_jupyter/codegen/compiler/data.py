"""Emits data: the strategy's own bars, a coarser timeframe of them, and other symbols."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call

PRICES = ("open", "high", "low", "close", "volume")


def _bars(node: NodeContext) -> None:
    _outputs(node, "self.data", clock="")


def _timeframe(node: NodeContext) -> None:
    spec = {"timeframe": str(node.value("timeframe"))}
    source = node.graph.node(node.graph.edges_into(node.node.id, "bars")[0].source_node)
    if source.kind == "data.symbol":
        spec = {"symbol": _symbol_of(NodeContext(node.graph, source, node.parts)), **spec}
    feed = _feed(node, spec)
    _outputs(node, feed, clock=feed)


def _symbol(node: NodeContext) -> None:
    takers = node.graph.edges_from(node.node.id)
    if all(node.graph.node(edge.target_node).kind == "data.timeframe" for edge in takers):
        return  # only its coarser bars are read, which are a feed of their own
    _outputs(node, _feed(node, {"symbol": _symbol_of(node)}), clock="")


def _symbol_of(node: NodeContext) -> str:
    return str(node.value("symbol")).strip()


def _outputs(node: NodeContext, feed: str, *, clock: str) -> None:
    node.output("bars", line=feed, clock=clock)
    for port in PRICES:
        node.output(port, line=f"{feed}.{port}", clock=clock)


def _feed(node: NodeContext, spec: Mapping[str, str]) -> str:
    """The attribute with these bars; nodes that mean the same bars share it."""
    known = [name for name, other in node.parts.feeds.items() if other == spec]
    if known:
        return f"self.{known[0]}"
    name = node.parts.names.take(node.node.id)
    call = Call("self.getdatabyname", (f'"{name}"',))
    node.parts.attributes.append((node.node.id, name, call))
    node.parts.feeds[name] = spec
    return f"self.{name}"


EMITTERS: Mapping[str, Emitter] = {
    "data.bars": _bars,
    "data.timeframe": _timeframe,
    "data.symbol": _symbol,
}
