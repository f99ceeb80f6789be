"""What is decided on a close, in the order of docs/semantics.md."""

from book.account import Account, Order
from book.entries import Choice, Entry, entries_in_order, number, owners, source, word
from book.guarding import Guards, Verdict
from book.moment import Moment, Position, whole
from book.protecting import Protection
from book.shares import shares
from stratcraft_jupyter import StrategyGraph


class Trading:
    """A strategy's rules on an account; call `see` and then `decide` on every close."""

    def __init__(self, strategy: StrategyGraph, account: Account) -> None:
        self.strategy = strategy
        self.account = account
        self.entries = entries_in_order(strategy)
        self.choice = Choice(strategy)
        self.protection = Protection(strategy, account)
        self.guards = Guards(strategy, account, account.cash)
        self.owner = {1: "", -1: ""}  # the entry that opened the position of each side
        self.count = 0  # entries ordered for the present position
        self.side = 0
        self.entry_bar: int | None = None
        self.largest = 0.0
        self.resting: Order | None = None
        self.expires: float = 0.0

    def see(self, bar: int) -> Position:
        """Takes in what the bar has filled; gives the position on its close."""
        account = self.account
        side = (account.size > 0) - (account.size < 0)
        self.protection.forget_filled()
        if side != self.side:
            if self.side and not side:
                self.guards.ended_bar, self.guards.ended_with = bar, account.results[-1]
            self.side, self.entry_bar, self.largest = side, bar if side else None, 0.0
            self.protection.begin()
        if side:
            self.protection.see(bar)
            self.largest = max(self.largest, abs(account.size))
        else:
            self.protection.forget()
        if self.resting is not None:
            if self.resting.rests and bar >= self.expires:
                account.cancel(self.resting)
            if not self.resting.rests:
                self.resting = None
        return Position(account.size, account.price, self.entry_bar)

    def decide(self, moment: Moment, bar: int) -> None:
        """Sends and cancels orders."""
        for entry in self.entries:
            entry.look(moment, bar, self.account.size)
        verdict = self.guards.judge(moment, bar)
        self._exits(moment, bar, verdict)
        closes = bool(self.side) and (verdict.closes or self._is_overruled(verdict))
        sold = 0 if closes or not self.side else min(verdict.sold, int(abs(self.account.size)))
        self._drop_resting(moment, verdict, closes)
        if closes:
            self._close(bar)
        elif self.side:
            self._reduce(sold, bar)
            left = abs(self.account.size) - sold
            if left:
                self.protection.place(self.owner[self.side], moment, bar, left)
        self._enter(moment, bar, verdict, closes, sold)

    # --- leaving ---------------------------------------------------------------------------

    def _exits(self, moment: Moment, bar: int, verdict: Verdict) -> None:
        if not self.side:
            return
        kind = f"action.exit_{'long' if self.side > 0 else 'short'}"
        for node in self.strategy.nodes:
            mine = owners(self.strategy, node)
            is_mine = not mine or self.owner[self.side] in mine
            if node.kind == kind and is_mine and self._is_true(node.id, moment):
                percent = number(node, "percent")
                if percent == 100:
                    verdict.closes = True
                else:
                    part = whole(abs(self.account.size) * percent / 100)
                    verdict.sold = max(verdict.sold, part)
        if any(entry.turns and entry.is_true for entry in self.entries):
            verdict.closes = True
        assert self.entry_bar is not None
        self.guards.limit_time(self.owner[self.side], self.entry_bar, bar, self.largest, verdict)

    def _is_true(self, node_id: str, moment: Moment) -> bool:
        return moment.signal(self.strategy.edges_into(node_id, "when")[0].source)

    def _has(self, kind: str) -> bool:
        return any(node.kind == kind for node in self.strategy.nodes)

    def _is_overruled(self, verdict: Verdict) -> bool:
        """Whether an entry of the other side has a lower priority number than the position."""
        if self.choice.mode != "priority" or -self.side in verdict.blocked:
            return False
        if self.resting is not None or self._has("risk.cooldown"):
            return False
        held = self.strategy.node(self.owner[self.side])
        return any(
            entry.is_true and entry.side == -self.side and entry.priority < number(held, "priority")
            for entry in self.entries
        )

    def _drop_resting(self, moment: Moment, verdict: Verdict, closes: bool) -> None:
        """An entry order that rests is cancelled by an exit of its side, or when it is blocked."""
        if self.resting is None:
            return
        side = 1 if self.resting.size > 0 else -1
        kind = f"action.exit_{'long' if side > 0 else 'short'}"
        leaves = any(
            node.kind == kind
            and (not owners(self.strategy, node) or self.owner[side] in owners(self.strategy, node))
            and self._is_true(node.id, moment)
            for node in self.strategy.nodes
        )
        if leaves or closes or side in verdict.blocked:
            self.account.cancel(self.resting)
            self.resting = None

    def _close(self, bar: int) -> None:
        self.protection.cancel()
        self.account.send(Order(-self.account.size, float(self.account.bars.close[bar])))

    def _reduce(self, sold: int, bar: int) -> None:
        if sold:
            close = float(self.account.bars.close[bar])
            self.account.send(Order(-self.side * sold, close))

    # --- entering --------------------------------------------------------------------------

    def _enter(self, moment: Moment, bar: int, verdict: Verdict, closes: bool, sold: int) -> None:
        if self.resting is not None:
            return
        for entry in self.entries:
            side = entry.side
            if not entry.is_true or side in verdict.blocked:
                continue
            if not self.choice.allows(side, self.entries):
                continue
            adds = (
                side == self.side
                and not closes
                and not sold
                and self.owner[side] == entry.node.id
                and not entry.turns
                and self.count < number(entry.node, "max_entries")
            )
            turns = closes and side == -self.side and not self._has("risk.cooldown")
            if not self.side or turns or adds:
                self._order(entry, moment, bar, adds=adds)
                return

    def _order(self, entry: Entry, moment: Moment, bar: int, *, adds: bool) -> None:
        protection, account = self.protection, self.account
        close = float(account.bars.close[bar])
        distance = protection.distance(entry.node.id, moment, close)
        size = shares(self.strategy, entry.node, account, moment, bar, distance)
        size = self.guards.allowed_shares(
            size,
            bar,
            account.size if adds else 0.0,
            protection.stop.price if adds and protection.stop else None,
            distance,
        )
        if not size:
            return
        order = self._made(entry, size, moment, close)
        if order is None:
            return
        protection.fix_distances(entry.node.id, moment)
        self.owner[entry.side] = entry.node.id
        self.count = self.count + 1 if adds else 1
        self.guards.ordered.append(self.guards._time(bar))
        account.send(order)
        if order.type != "market":
            self.resting = order
            expiry = number(entry.node, "expiry_bars")
            self.expires = bar + expiry if expiry else float("inf")

    def _made(self, entry: Entry, size: int, moment: Moment, close: float) -> Order | None:
        """The order of an entry; None if it would wait for a price that is not above zero."""
        kind = "market" if entry.turns else word(entry.node, "order_type")
        if kind == "market":
            return Order(entry.side * size, close)
        node = entry.node
        at = source(self.strategy, node, "price")
        anchor = moment.series(at) if at else close
        # a limit waits on the better side of the anchor, a stop on the worse one
        direction = -entry.side if kind == "limit" else entry.side
        step = source(self.strategy, node, "distance")
        if step:
            price = anchor + direction * (number(node, "offset_multiple") * moment.series(step))
        else:
            price = anchor * (100 + direction * number(node, "offset_percent")) / 100
        if not price > 0:
            return None
        limit = price * (1 + entry.side * number(node, "limit_percent") / 100)
        return Order(entry.side * size, price, "limit" if kind == "limit" else kind, limit)
