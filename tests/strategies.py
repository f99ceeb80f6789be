"""Hypothesis strategies that other tests draw from: documents, node ids, valid trading graphs."""

import string
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st
from repairing import repaired

from stratcraft_jupyter.graph import KINDS, BacktestSettings, Edge, Kind, Node, Param, StrategyGraph
from stratcraft_jupyter.graph.catalog.base import Value

MOST = 10**15
_REFUSED = ("Cc", "Cs", "Zl", "Zp")

letters = st.sampled_from(string.ascii_lowercase)
ids = st.builds(
    str.__add__, letters, st.text(string.ascii_lowercase + string.digits + "_", max_size=39)
)
lines = st.text(st.characters(exclude_categories=_REFUSED), max_size=80)
texts = st.text(st.characters(exclude_categories=_REFUSED) | st.sampled_from("\n\t"), max_size=200)
values = (
    st.booleans()
    | st.integers(-MOST, MOST)
    | st.sampled_from([MOST, -MOST, -0.0, 5e-324, 1.7976931348623157e308])
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)


def _exactly(**keys: st.SearchStrategy) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(keys)


def _floats(low: float, high: float, **open_ends: bool) -> st.SearchStrategy[float]:
    return st.floats(low, high, **open_ends)


@st.composite
def _backtests(draw: st.DrawFn) -> dict:
    days = sorted(draw(st.lists(st.dates(date.min), min_size=2, max_size=2)))
    start, end = (draw(st.sampled_from([None, day.isoformat()])) for day in days)
    return {
        "source": draw(st.text(string.ascii_lowercase, min_size=1, max_size=40)),
        "symbol": draw(lines.filter(bool))[:40],
        "start": start,
        "end": end,
        "timeframe": draw(st.sampled_from(["1m", "30m", "1h", "1d", "1w", "1M"])),
        "cash": draw(_floats(0, 1e15, exclude_min=True)),
        "commission": draw(_floats(0, 1, exclude_max=True)),
        "slippage": draw(_floats(0, 1, exclude_max=True)),
        "sizing_percent": draw(_floats(0, 100, exclude_min=True)),
    }


@st.composite
def documents(draw: st.DrawFn) -> dict:
    """A document as its file has it, with every key; kinds and ports need not exist."""
    nodes = draw(
        st.lists(
            _exactly(
                id=ids,
                kind=st.sampled_from(list(KINDS)) | st.builds("{}.{}".format, ids, ids),
                params=st.dictionaries(ids, values, max_size=4),
                label=st.none() | lines,
                note=st.none() | texts,
            )
            | _exactly(
                id=ids,
                kind=st.just("some.kind"),
                params=st.just({}),
                label=st.none(),
                note=st.none(),
                enabled=st.just(False),
            ),
            max_size=6,
            unique_by=lambda node: node["id"],
        )
    )
    pairs = [(a["id"], b["id"]) for at, a in enumerate(nodes) for b in nodes[at + 1 :]]
    edges = draw(
        st.lists(st.tuples(st.sampled_from(pairs), ids, ids), max_size=8, unique=True)
        if pairs
        else st.just([])
    )
    places = _exactly(x=_floats(-1e6, 1e6), y=_floats(-1e6, 1e6))
    placed = draw(st.sets(st.sampled_from([node["id"] for node in nodes]))) if nodes else ()
    return {
        "schema_version": 1,
        "name": draw(lines.filter(bool)),
        "description": draw(texts),
        "nodes": nodes,
        "edges": [
            {"source": f"{giver}.{out}", "target": f"{taker}.{into}"}
            for (giver, taker), out, into in edges
        ],
        "backtest": draw(_backtests()),
        "layout": {node_id: draw(places) for node_id in sorted(placed)}
        | draw(_areas([node["id"] for node in nodes])),
    }


@st.composite
def _areas(draw: st.DrawFn, node_ids: list[str]) -> dict:
    """Frames and comments; a node is in one frame at most."""
    names = sorted(draw(st.sets(ids, max_size=4)))
    sizes = st.floats(20, 1e5)
    drawn = [
        {
            "id": name,
            "x": draw(_floats(-1e6, 1e6)),
            "y": draw(_floats(-1e6, 1e6)),
            "width": draw(sizes),
            "height": draw(sizes),
        }
        for name in names
    ]
    cut = draw(st.integers(0, len(drawn)))
    left = set(node_ids)
    frames = []
    for area in drawn[:cut]:
        inside = sorted(draw(st.sets(st.sampled_from(sorted(left))))) if left else []
        left -= set(inside)
        frames.append({**area, "title": draw(lines), "nodes": inside})
    comments = [{**area, "text": draw(texts)} for area in drawn[cut:]]
    parts = {"frames": frames, "comments": comments}
    return {name: items for name, items in parts.items() if items}


one_name = st.just("Drawn strategy")

PLAIN_KINDS = {
    *("data.bars", "math.constant", "math.shift", "logic.and", "logic.or", "logic.not"),
    *("indicator.sma", "indicator.ema", "indicator.wma", "indicator.rsi", "indicator.macd"),
    *("indicator.atr", "indicator.standard_deviation", "indicator.bollinger_bands"),
    *("indicator.highest", "indicator.lowest", "indicator.donchian_channels"),
    *("condition.compare", "condition.crosses_above", "condition.crosses_below"),
    *("action.enter_long", "action.enter_short", "action.exit_long", "action.exit_short"),
    *("sizing.fixed_shares", "sizing.fixed_cash", "sizing.percent_of_equity", "sizing.risk"),
    *("risk.stop_loss", "risk.trailing_stop"),
}
"""Kinds that compile to the short form of the code and stop on no bars."""

# --- graphs that compile -------------------------------------------------------------------------


def _kinds_giving(port_type: str) -> list[Kind]:
    return [
        kind for kind in KINDS.values() if [port.type for port in kind.outputs][:1] == [port_type]
    ]


def _kinds_taking(port_type: str) -> list[Kind]:
    return [kind for kind in KINDS.values() if any(port.type == port_type for port in kind.inputs)]


@st.composite
def tame_values(draw: st.DrawFn, param: Param) -> Value:
    """A value that lets things happen within two hundred bars at prices around 30."""
    usual = float(param.default) if param.type == "float" else 0.0
    low, high = (usual / 2, usual * 2) if usual > 1_000 else (0.5, 60.0)
    low, high = max(param.minimum or 0.0, low), min(param.maximum or 0.0, high)
    return _value(draw, param, low, high, longest=12)


@st.composite
def extreme_values(draw: st.DrawFn, param: Param) -> Value:
    """Any value the parameter allows."""
    low, high = param.minimum or 0.0, param.maximum or 0.0
    return _value(draw, param, low, high, longest=int(high))


def _value(draw: st.DrawFn, param: Param, low: float, high: float, *, longest: int) -> Value:
    if param.type == "int":
        return draw(st.integers(int(param.minimum or 0), longest))
    if param.type == "float":
        whole = range(-int(-low // 1), int(high) + 1)  # none between 0.5 and 0.99
        return draw(
            st.floats(low, high) | st.sampled_from(whole) if whole else st.floats(low, high)
        )
    if param.type == "bool":
        return draw(st.booleans())
    if param.type == "text":
        return _text(draw, param)
    return draw(st.sampled_from(param.choices))


def _text(draw: st.DrawFn, param: Param) -> str:
    if param.format == "time":
        return f"{draw(st.integers(0, 23)):02}:{draw(st.integers(0, 59)):02}"
    return str(param.default)


@dataclass
class _Drawing:
    """A graph while it is drawn, and what its outputs can still be connected to."""

    draw: st.DrawFn
    node_ids: st.SearchStrategy[str]
    param_values: object
    texts: bool
    plain: bool = False
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    outputs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: Kind, **connected: Iterable[str]) -> str:
        """A node of a kind, connected to what is given and otherwise to anything that fits."""
        wanted = self.draw(self.node_ids)
        node_id, number = wanted, 1
        while node_id in self.nodes:
            number += 1
            node_id = f"{wanted[:36]}{number}"
        self.nodes[node_id] = Node(
            id=node_id,
            kind=kind.name,
            params={
                p.name: self.draw(self.param_values(p))
                for p in kind.params
                if not (self.plain and (kind.family == "action" or p.name == "anchor"))
            },
            label=self.draw(st.none() | lines) if self.texts else None,
            note=self.draw(st.none() | texts) if self.texts else None,
        )
        for port in kind.inputs:
            if port.name in connected:
                sources = connected[port.name]
            else:
                most = 3 if port.multiple else 1
                fitting = self.outputs[port.type]
                least = 1 if port.required else 0
                if self.plain and kind.family == "action" and port.name not in ("when", "size"):
                    continue
                sources = self.draw(_some(fitting, least, most))
            self.edges += [Edge(source=s, target=f"{node_id}.{port.name}") for s in sources]
        for port in kind.outputs:
            self.outputs[port.type].append(f"{node_id}.{port.name}")
        return node_id


def _some(items: list[str], least: int, most: int) -> st.SearchStrategy[list[str]]:
    if not items:
        return st.just([])
    return st.lists(st.sampled_from(items), min_size=least, max_size=most, unique=True)


@st.composite
def valid_graphs(
    draw: st.DrawFn,
    node_ids: st.SearchStrategy[str] = ids,
    param_values: object = tame_values,
    names: st.SearchStrategy[str] = one_name,
    texts: bool = False,
    plain: bool = False,
) -> StrategyGraph:
    """A strategy without errors; it may have idle nodes and exits.

    Of any kinds of the catalog, or of the plain ones alone: one entry of a side at the market.
    """

    def allowed(kinds: list[Kind]) -> list[Kind]:
        return [kind for kind in kinds if not plain or kind.name in PLAIN_KINDS]

    drawing = _Drawing(draw, node_ids, param_values, texts, plain)
    drawing.add(KINDS["data.bars"])
    for kind in draw(st.lists(st.sampled_from(allowed(_kinds_giving("series"))), max_size=6)):
        drawing.add(kind)
    signals = allowed(_kinds_giving("signal"))
    conditions = [kind for kind in signals if not _takes(kind, "signal")]
    logic = [kind for kind in signals if _takes(kind, "signal")]
    for kind in draw(st.lists(st.sampled_from(conditions), min_size=1, max_size=4)):
        drawing.add(kind)
    for kind in draw(st.lists(st.sampled_from(logic), max_size=3)):
        drawing.add(kind)
    for kind in draw(st.lists(st.sampled_from(allowed(_kinds_giving("size"))), max_size=2)):
        drawing.add(kind)
    _trade(drawing)
    graph = StrategyGraph(
        name=draw(names),
        nodes=tuple(drawing.nodes.values()),
        edges=tuple(drawing.edges),
        backtest=BacktestSettings(sizing_percent=draw(st.floats(1, 100))),
    )
    return repaired(graph)


def _takes(kind: Kind, port_type: str) -> bool:
    return any(port.type == port_type for port in kind.inputs)


def _trade(drawing: _Drawing) -> None:
    """One entry at least, and any other kinds that trade or protect."""
    draw = drawing.draw
    entries = [KINDS["action.enter_long"], KINDS["action.enter_short"]]
    most = 2 if drawing.plain else 3
    drawn = draw(
        st.lists(st.sampled_from(entries), min_size=1, max_size=most, unique=drawing.plain)
    )
    for kind in drawn:
        drawing.add(kind)
    others = [kind for kind in KINDS.values() if kind.family in ("action", "risk")]
    if drawing.plain:
        others = [kind for kind in others if kind.name in PLAIN_KINDS and kind not in entries]
    for kind in draw(st.lists(st.sampled_from(others), max_size=5)):
        drawing.add(kind)
