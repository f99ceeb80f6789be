"""The lines and the conditions on lines of a strategy, computed in advance on their own bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from book import conditions, math, regimes
from book.candles import GROUPS, PATTERNS
from book.certain import CERTAIN
from book.feeds import PRICES, aligned, coarse, first_known
from book.indicators import INDICATORS
from book.knowing import MISSING, Asked, Line, OnBar
from book.series import Given, Series, first_value
from book.vague import since, vague_bars
from stratcraft_jupyter import Bars, StrategyGraph
from stratcraft_jupyter.graph import Node, get_kind, param_value
from stratcraft_jupyter.graph.catalog.lookback import lookback_bars

ON_LINES = {**conditions.CONDITIONS, **PATTERNS, **regimes.REGIMES}


@dataclass
class Clock:
    """Bars that lines move with: the strategy's own, or coarser ones.

    Attributes:
        known: For each of these bars the strategy's bar on which it becomes known.
        times: Their time stamps.
        shown: For each of the strategy's bars the last of these that is known; -1 for none.
    """

    known: list[int]
    times: list[datetime]
    shown: list[int]


class Lines:
    """All lines of these nodes, given in an order in which each comes after its inputs.

    Attributes:
        start: The first bar on which all symbols are known; the strategy's bars count from it.
        lines: By output.
        conditions: Conditions on lines and the clock they move with, by node id.
        waits: What has to have a value before anything is decided: clocks and their bars.
    """

    def __init__(
        self,
        strategy: StrategyGraph,
        nodes: Sequence[Node],
        bars: Bars,
        others: Mapping[str, Bars],
    ) -> None:
        self.strategy = strategy
        self.others = {name: (_times(other), _prices(other)) for name, other in others.items()}
        self.start = self._start(nodes, _times(bars))
        self.times = _times(bars)[self.start :]
        self.prices = {name: column[self.start :] for name, column in _prices(bars).items()}
        count = range(len(self.times))
        self.clocks = {"": Clock(list(count), self.times, list(count))}
        self.lines: dict[str, Line] = {}
        self.conditions: dict[str, tuple[OnBar, str]] = {}
        self.waits: list[tuple[str, int]] = []
        for node in nodes:
            self._prepare(node)

    def _start(self, nodes: Sequence[Node], times: Sequence[datetime]) -> int:
        names = {params_of(node)["symbol"] for node in nodes if node.kind == "data.symbol"}
        return max((first_known(self.others[str(n).strip()][0], times) for n in names), default=0)

    def _prepare(self, node: Node) -> None:
        if node.kind.startswith("data."):
            self._prepare_data(node)
        elif node.kind == "math.constant":
            value = [float(params_of(node)["value"])] * len(self.times)
            self.lines[f"{node.id}.value"] = Line(value, exact=True, is_number=True)
        elif node.kind in INDICATORS:
            self._prepare_indicator(node)
        elif node.kind in math.OF_LINE:
            self._prepare_looking_back(node)
        elif node.kind in math.OF_BAR:
            self._prepare_arithmetic(node)
        elif node.kind in ON_LINES or node.kind == "condition.candle_pattern":
            self._prepare_condition(node)

    def _prepare_data(self, node: Node) -> None:
        if node.kind == "data.position":
            return
        prices, clock = self.prices, ""
        if node.kind == "data.symbol":
            times, rows = self.others[str(params_of(node)["symbol"]).strip()]
            prices = aligned(times, rows, self.times)
        elif node.kind == "data.timeframe":
            clock = node.id
            prices = self._coarse(node)
            self.waits.append((clock, 0))
        for name in PRICES:
            self.lines[f"{node.id}.{name}"] = Line(prices[name], clock=clock, exact=True)

    def _coarse(self, node: Node) -> Mapping[str, Series]:
        (edge,) = self.strategy.edges_into(node.id, "bars")
        giver, timeframe = self.strategy.node(edge.source_node), str(params_of(node)["timeframe"])
        if giver.kind == "data.symbol":
            times, prices = self.others[str(params_of(giver)["symbol"]).strip()]
            found = coarse(prices, times, timeframe, self.times)
        else:
            found = coarse(self.prices, self.times, timeframe)
        known = [bar for bar, _ in found]
        shown = [sum(bar <= now for bar in known) - 1 for now in range(len(self.times))]
        self.clocks[node.id] = Clock(known, [self.times[bar] for bar in known], shown)
        return {name: [row[name] for _, row in found] for name in PRICES}

    def _prepare_indicator(self, node: Node) -> None:
        asked, clock = self._asked(node)
        series = {port: lines[0].values for port, lines in asked.series.items()}
        inputs = [line for lines in asked.series.values() for line in lines]
        start = max((line.first for line in inputs), default=0)
        after = start + lookback_bars(get_kind(node.kind).lookback, asked.params)
        inputs_given = Given(series, asked.prices, asked.params, asked.times)
        found = INDICATORS[node.kind](inputs_given)
        exact = node.kind in CERTAIN and all(line.exact for line in inputs)
        vague = vague_bars(INDICATORS[node.kind], inputs_given, asked.series, found)
        for port in get_kind(node.kind).outputs:
            values = found[port.name]
            first = after if port.gaps else first_value(values)
            line = Line(values, first, clock, exact, vague=vague[port.name])
            self.lines[f"{node.id}.{port.name}"] = line
            self.waits.append((clock, max(first, after)))

    def _prepare_looking_back(self, node: Node) -> None:
        of, keeps_exact = math.OF_LINE[node.kind]
        asked, clock = self._asked(node)
        source = asked.line()
        if source.is_number and node.kind != "math.z_score":
            self.lines[f"{node.id}.value"] = math.of_number(node.kind, source)
            return
        first = source.first + lookback_bars(get_kind(node.kind).lookback, asked.params)
        vague = since(source.vague, len(source.values))
        line = Line(of(asked), first, clock, source.exact and keeps_exact, vague=vague)
        self._add(f"{node.id}.value", line)

    def _prepare_arithmetic(self, node: Node) -> None:
        if self._is_momentary(node):
            return
        asked, clock = self._asked(node)
        operands = [*asked.series["left" if asked.series.get("left") else "source"]]
        if "right" in asked.series:
            operands += asked.series["right"] or [asked.line("right")]
        of = math.OF_BAR[node.kind]
        rows = zip(*(line.values for line in operands), strict=True)
        values = [of(row, asked.params) for row in rows]  # type: ignore[arg-type]  # numbers
        self._add(
            f"{node.id}.{port_of(node)}",
            Line(
                values,
                max(line.first for line in operands),
                clock,
                all(line.exact for line in operands),
                all(line.is_number for line in operands),
                frozenset().union(*(line.vague for line in operands)),
            ),
        )

    def _prepare_condition(self, node: Node) -> None:
        asked, clock = self._asked(node)
        if node.kind == "condition.candle_pattern":
            is_true = _any_pattern(asked)
        else:
            is_true = ON_LINES[node.kind](asked)
        first = max((line.first for lines in asked.series.values() for line in lines), default=0)
        first += lookback_bars(get_kind(node.kind).lookback, asked.params)
        self.conditions[node.id] = (is_true, clock)
        self.waits.append((clock, first))

    def _add(self, endpoint: str, line: Line) -> None:
        self.lines[endpoint] = line
        self.waits.append((line.clock, line.first))

    def _asked(self, node: Node) -> tuple[Asked, str]:
        """What a node on lines gets, and the clock it moves with."""
        series = {
            port.name: [
                self.lines[edge.source] for edge in self.strategy.edges_into(node.id, port.name)
            ]
            for port in get_kind(node.kind).inputs
            if port.type == "series"
        }
        givers = [
            edge.source_node
            for port in get_kind(node.kind).inputs
            if port.type == "bars"
            for edge in self.strategy.edges_into(node.id, port.name)
        ]
        clocks = {line.clock for lines in series.values() for line in lines if not line.is_number}
        clocks |= {self.lines[f"{giver}.close"].clock for giver in givers}
        clock = clocks.pop() if len(clocks) == 1 else ""
        prices = {name: self.lines[f"{giver}.{name}"].values for giver in givers for name in PRICES}
        on_clock = {name: [self._on(clock, x) for x in lines] for name, lines in series.items()}
        return Asked(on_clock, prices, self.clocks[clock].times, params_of(node)), clock

    def _on(self, clock: str, line: Line) -> Line:
        """The line on a clock: a number is the same there, another shows its last value."""
        if line.clock == clock and not line.is_number:
            return line
        if line.is_number:
            values = line.values[:1] * len(self.clocks[clock].times)
            return Line(values, 0, clock, line.exact, is_number=True)
        shown = self.clocks[line.clock].shown
        values = [line.values[bar] if bar >= 0 else MISSING for bar in shown]
        vague = frozenset(now for now, bar in enumerate(shown) if bar in line.vague)
        known = self.clocks[line.clock].known
        first = known[line.first] if line.first < len(known) else len(values)
        return Line(values, first, clock, line.exact, vague=vague)

    def _is_momentary(self, node: Node) -> bool:
        edges = self.strategy.edges_into(node.id)
        return any(edge.source not in self.lines for edge in edges)


def _any_pattern(asked: Asked) -> OnBar:
    """Whether any pattern of the group is found, with the defaults of its kind."""
    patterns = []
    for name in GROUPS[str(asked.params["group"])]:
        defaults = get_kind(f"condition.{name}").defaults()
        each = Asked({}, asked.prices, asked.times, defaults)
        patterns.append(PATTERNS[f"condition.{name}"](each))
    return lambda bar: any(pattern(bar) for pattern in patterns)


def params_of(node: Node) -> Mapping[str, int | float | bool | str]:
    """Values of a node's parameters."""
    return {param.name: param_value(node, param) for param in get_kind(node.kind).params}


def port_of(node: Node) -> str:
    """The only output of a node."""
    return get_kind(node.kind).outputs[0].name


def _prices(bars: Bars) -> dict[str, Series]:
    return {name: [float(item) for item in getattr(bars, name)] for name in PRICES}


def _times(bars: Bars) -> list[datetime]:
    return list(bars.time.astype("datetime64[us]").astype(datetime))
