"""Sends requests to one model, within the budgets, and tells how their answers come in."""

import time

from stratcraft_jupyter.generation.events import Notice, OnEvent, Progress, Stage, StageName, Text
from stratcraft_jupyter.generation.exchange import Answer, Exchange, Listener
from stratcraft_jupyter.generation.meter import Meter
from stratcraft_jupyter.generation.result import add_costs, add_usage
from stratcraft_jupyter.generation.spending import CANCELLED, Permit, Spending
from stratcraft_jupyter.providers.base import Fault, ModelRequest, Provider
from stratcraft_jupyter.providers.cost import Price
from stratcraft_jupyter.providers.deadlines import Limits, guarded_stream


class Sending(Listener):
    """The requests of one generation.

    Args:
        provider: Whom to ask.
        price: Of the model; None if it is unknown.
        spending: Budgets and ledger.
        limits: How long to wait.
        at_most: How many requests there can be.
        tell: Is told what happens.

    Attributes:
        exchange: The request that runs, or the last one.
    """

    def __init__(
        self,
        provider: Provider,
        price: Price | None,
        spending: Spending,
        limits: Limits,
        at_most: int,
        tell: OnEvent,
    ) -> None:
        self.exchange: Exchange | None = None
        self._provider = provider
        self._price = price
        self._spending = spending
        self._limits = limits
        self._at_most = at_most
        self._tell = tell
        self._answers: list[Answer] = []
        self._stage: StageName | None = None
        self._began = time.monotonic()

    async def permit(
        self, request: ModelRequest, input_tokens: int, purpose: str
    ) -> Permit | Fault:
        """Leave to send a request, or why it must not be sent.

        Raises:
            LedgerError: There are budgets, and what was spent cannot be read.
        """
        self.exchange = None
        return await self._spending.permit(input_tokens, request.max_output_tokens, purpose)

    async def ask(self, request: ModelRequest, input_tokens: int, permit: Permit) -> Answer:
        """Sends a request for which there is leave."""
        self.on_waiting()
        events = guarded_stream(self._provider, request, self._limits)
        meter = Meter(input_tokens, self._price)
        limit = request.max_output_tokens
        exchange = self.exchange = Exchange(events, meter, permit.over_budget, self, limit)
        try:
            answer = await exchange.run()
        except BaseException:  # whatever happens: it may have cost money
            await self._spending.record(permit, exchange.answer(), CANCELLED)
            raise
        self._answers.append(answer)
        outcome = answer.fault.code if answer.fault else answer.reason or "no_end"
        await self._spending.record(permit, answer, outcome)
        return answer

    def on_waiting(self) -> None:
        """Nothing came yet."""
        self._to_stage("waiting")

    def on_thinking(self) -> None:
        """The model reasons."""
        self._to_stage("thinking")

    def on_text(self, delta: str) -> None:
        """More text arrived."""
        self._to_stage("writing")
        self._tell(Text(delta, self._number))

    def on_notice(self, message: str) -> None:
        """Something the user should know."""
        self._tell(Notice(message))

    def on_tick(self, meter: Meter) -> None:
        """Time went by."""
        earlier = self._answers
        self._tell(
            Progress(
                elapsed=time.monotonic() - self._began,
                usage=add_usage(*(answer.usage for answer in earlier), meter.usage),
                tokens_per_second=meter.tokens_per_second,
                cost=add_costs(*(answer.cost for answer in earlier), meter.cost),
                attempt=self._number,
                of=self._at_most,
            )
        )

    @property
    def _number(self) -> int:
        return len(self._answers) + 1

    def _to_stage(self, name: StageName) -> None:
        # a model that thinks between its words is still writing
        is_step_back = self._stage == "writing" and name == "thinking"
        if name != self._stage and not is_step_back:
            self._stage = name
            self._tell(Stage(name, self._number, self._at_most))
