"""A provider of models outside stratcraft-jupyter: all it needs is this file and an entry point."""

from collections.abc import AsyncIterator

from stratcraft_jupyter.providers.base import (
    Connection,
    Finished,
    ModelEvent,
    ModelInfo,
    ModelRequest,
    Started,
    TextDelta,
    Usage,
)

USELESS = "no class at all"


class EchoProvider:
    """Answers with the last message, word by word."""

    name = "echo"
    title = "Echo"
    key_variable = ""
    needs_key = False
    needs_base_url = False

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def list_models(self) -> tuple[ModelInfo, ...]:
        return (ModelInfo("parrot", "Parrot"),)

    async def count_tokens(self, request: ModelRequest) -> int | None:
        return len(request.messages[-1].text.split())

    async def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        yield Started(request.model)
        words = request.messages[-1].text.split()
        for word in words:
            yield TextDelta(f"{word} ")
        yield Finished("complete", Usage(len(words), output_tokens=len(words)), request.model)
