"""Reads signals into facts: logic is taken apart into the conditions that it joins."""

from collections.abc import Iterable
from dataclasses import replace

from stratcraft_jupyter.graph.contradictions.facts import STATES, Facts, Literal, Nodes
from stratcraft_jupyter.graph.contradictions.sayings import SAYINGS
from stratcraft_jupyter.graph.document import Node

_MOST_PARTS = 200
"""So many signals behind those that are asked for are read."""


class Reader(Nodes):
    """Reads what signals say, those of logic from what they join."""

    def facts(self, literals: Iterable[Literal]) -> Facts:
        """All that these say together; of very large logic, what the first parts say."""
        facts = Facts()
        pending = [replace(item, says=item.says or item.signal) for item in literals][::-1]
        most = len(pending) + _MOST_PARTS
        seen: set[tuple[int, bool]] = set()
        while pending and len(facts.truths) < most:
            literal = pending.pop()
            what = self.same.of[literal.signal], literal.is_true
            if what not in seen:
                seen.add(what)
                facts.truths.append((*what, literal.says))
                pending += reversed(self._read(literal, facts))
        return facts

    def _read(self, literal: Literal, facts: Facts) -> list[Literal]:
        """Adds what a signal says; gives the signals that say the rest."""
        node = self.graph.node(literal.signal.partition(".")[0])
        if node.kind == "data.position":
            facts.choices.append(_position(literal))
        elif node.kind.startswith("logic.") or node.kind == "regime.custom":
            return self._read_logic(node, literal, facts)
        elif node.kind in SAYINGS:
            SAYINGS[node.kind](self, node, literal.is_true, literal.says, facts)
        return []

    def _read_logic(self, node: Node, literal: Literal, facts: Facts) -> list[Literal]:
        signals, is_true = self.sources(node), literal.is_true
        if node.kind in ("logic.not", "regime.custom"):
            is_true = is_true is (node.kind != "logic.not")
            return [replace(literal, signal=signals[0], is_true=is_true)]
        if node.kind == "logic.latch":
            return self._read_latch(node, literal, facts)
        if node.kind in ("logic.lasts", "logic.becomes_true", "logic.sequence"):
            port = "second" if node.kind == "logic.sequence" else "signal"
            return [replace(literal, signal=self.sources(node, port)[0])] if is_true else []
        return self._read_many(node, signals, literal, facts)

    def _read_latch(self, node: Node, literal: Literal, facts: Facts) -> list[Literal]:
        (given,), (reset,) = (self.sources(node, port) for port in ("set", "reset"))
        is_reset = replace(literal, signal=reset, is_true=not literal.is_true)
        if literal.is_true:
            return [is_reset]
        facts.options.append((replace(literal, signal=given), is_reset))
        return []

    def _read_many(
        self, node: Node, signals: list[str], literal: Literal, facts: Facts
    ) -> list[Literal]:
        (least, most), count = self.wanted(node, len(signals)), len(signals)
        parts = [replace(literal, signal=signal) for signal in signals]
        if literal.is_true and least > count:
            facts.impossible = literal.says, f"it wants {least} true signals and has {count}"
        are_all = least == count if literal.is_true else least == 1 and most == count
        is_one = least == 1 if literal.is_true else least == count
        if are_all:
            return parts
        if is_one:
            facts.options.append(tuple(parts))
        return []

    def wanted(self, node: Node, count: int) -> tuple[int, int]:
        """How many of the signals have to be true, at least and at most."""
        if node.kind == "logic.and":
            return count, count
        if node.kind == "logic.or":
            return 1, count
        wanted = int(self.param(node, "count"))
        return wanted, wanted if self.text(node, "how") == "exactly" else count


def _position(literal: Literal) -> tuple[str, frozenset[str], str]:
    states = {
        "is_open": frozenset({"long", "short"}),
        "is_long": frozenset({"long"}),
        "is_short": frozenset({"short"}),
    }[literal.signal.partition(".")[2]]
    return "state", states if literal.is_true else STATES - states, literal.says
