"""Random guards and limits, and how what trades is added to what was drawn."""

import random

from semantics.random_signals import SignalDraw
from semantics.random_triggers import TriggerDraw
from stratcraft_jupyter.graph import KINDS, Edge, Node


class GuardDraw:
    """Draws what blocks entries and closes or reduces positions.

    Args:
        rng: Where it draws from.
        drawn: The series and signals there are; takes what is drawn.
        triggers: Gives signals that are often true.
    """

    def __init__(self, rng: random.Random, drawn: SignalDraw, triggers: TriggerDraw) -> None:
        self.rng, self.drawn, self.triggers = rng, drawn, triggers
        self.signal = triggers.draw
        self.entries: dict[str, list[str]] = {"long": [], "short": []}
        self.has_stops: set[str] = set()

    def add(self, kind: str, **params: int | float | str) -> str:
        """Adds a node with those of the parameters that its kind has; gives its id."""
        name = f"{kind.partition('.')[2]}_{len(self.drawn.nodes)}"
        known = {param.name for param in KINDS[kind].params}
        kept = {key: value for key, value in params.items() if key in known}
        self.drawn.nodes.append(Node(id=name, kind=kind, params=kept))
        return name

    def connect(self, source: str, target: str) -> None:
        """Connects an output to an input."""
        self.drawn.edges.append(Edge(source=source, target=target))

    def _one_of(self, *values: int | float | str) -> int | float | str:
        return self.rng.choice(values)

    def draw_guards(self) -> None:
        """Guards that act now and then."""
        rng = self.rng
        action = rng.choice(["close", "reduce"])
        reduce_to = self._one_of(30, 50.0)
        if rng.random() < 0.2:
            self.add(
                "risk.circuit_breaker",
                trigger_percent=self._one_of(0.5, 2.0),
                cooldown_bars=self._one_of(0, 2, 5),
                scope=self._one_of("position", "portfolio"),
                action=action,
                reduce_to=reduce_to,
            )
        if rng.random() < 0.2:
            self.add(
                "risk.drawdown_limit",
                percent=self._one_of(1.0, 3.0, 10.0),
                recovery_bars=self._one_of(0, 3, 3, 10),
                action=self._one_of("close", "reduce", "halt"),
                reduce_to=reduce_to,
            )
        if rng.random() < 0.1:
            self.add("risk.safety_stop", max_loss_percent=self._one_of(3.0, 20.0))
        if rng.random() < 0.15:
            node = self.add(
                "risk.regime_exit",
                action=self._one_of("close", "reduce", "halt"),
                reduce_to=reduce_to,
                recovery=self._one_of("automatic", "automatic", "automatic", "manual"),
            )
            self.connect(self.triggers.mostly(), f"{node}.regime")
        if rng.random() < 0.2:
            node = self.add(
                "risk.indicator_guard",
                side=self._one_of("long", "short", "both"),
                action=action,
                reduce_to=reduce_to,
            )
            self.connect(self.signal(), f"{node}.when")

    def draw_limits(self) -> None:
        """Limits that leave most entries alone."""
        rng = self.rng
        if rng.random() < 0.15:
            after = self._one_of("any exit", "losing exit")
            self.add("risk.cooldown", bars=self._one_of(1, 3), after=after)
        if rng.random() < 0.15:
            per = self._one_of("day", "week", "month")
            count = self._one_of(3, 10, 20) if per == "month" else self._one_of(1, 2, 5)
            self.add("risk.max_trades", count=count, per=per)
        if rng.random() < 0.15:
            self.add("risk.exposure_limit", percent=self._one_of(20.0, 60.0, 150.0))
        entries = {*self.entries["long"], *self.entries["short"]}
        if entries <= self.has_stops and rng.random() < 0.3:
            self.add("risk.max_open_risk", percent=self._one_of(0.5, 3.0))
        if rng.random() < 0.08:
            self.add(
                "risk.entry_hours",
                from_time=self._one_of("00:00", "22:00", "10:00"),
                until_time=self._one_of("00:00", "12:00", "15:00"),
            )
