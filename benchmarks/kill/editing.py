"""An edit session at the end of a real kernel: what a page sends, and when the kernel showed it."""

import queue
import random
import time

from jupyter_client import BlockingKernelClient

CELL = """
import stratcraft_jupyter as sc
from IPython.display import display
builder = sc.StrategyBuilder("mine.strategy.json")
display(builder)
"""
CELL_ID = "the-cell"
FILE = "mine.strategy.json"
_PATIENCE = 120
_PAUSE = 0.15  # seconds between two edits, on average
_SAVE_EVERY = 9


class Editing:
    """One cell with a builder on a file.

    Attributes:
        shown: When the kernel had shown each edit, by the edit's number.
    """

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client
        self.shown: dict[int, float] = {}
        self._states: dict[str, dict] = {}
        self._sent = 0

    def begin(self) -> None:
        """Shows the builder, and makes the first edit once all is there."""
        self.open()
        self._edit()
        self._until(lambda _: self.shown)

    def open(self) -> None:
        """Runs the cell and says hello, as a page does."""
        self.run(CELL)
        hello = {"type": "hello", "client_id": "page", "version": "0.1.0", "front_end": "lab"}
        self._send(self._model(_model_name="BridgeModel"), {"method": "custom", "content": hello})
        self._until(lambda _: self._find(_model_name="StrategyCanvasModel"))

    def run(self, code: str) -> None:
        """Runs code in the cell of the builder."""
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        request = self.client.session.msg("execute_request", content, metadata={"cellId": CELL_ID})
        self.client.shell_channel.send(request)
        self._until(
            lambda message: (
                message["parent_header"].get("msg_id") == request["header"]["msg_id"]
                and message["content"].get("execution_state") == "idle"
            )
        )

    def value(self, expression: str) -> str:
        """What an expression is in the kernel, as text."""
        reply = self.client.execute(
            "", silent=True, user_expressions={"it": expression}, reply=True, timeout=_PATIENCE
        )
        found = reply["content"]["user_expressions"]["it"]
        assert found["status"] == "ok", found
        return found["data"]["text/plain"]

    def edit_until(self, moment: float, chance: random.Random) -> None:
        """Edits, and saves now and then, until a moment of the monotonic clock."""
        following = time.monotonic()
        while (now := time.monotonic()) < moment:
            if now >= following:
                self._edit()
                following = now + chance.expovariate(1 / _PAUSE)
            try:
                self._take(self.client.get_iopub_msg(timeout=min(following, moment) - now))
            except (queue.Empty, ValueError):
                continue

    def recover(self) -> bool:
        """Presses Recover if the builder offers it; whether it did."""
        button = self._find(description="Recover", _model_name="ButtonModel")
        if button:
            self._press(button)
            self.value("0")  # after it, the press has been dealt with
        return button is not None

    def _edit(self) -> None:
        self._sent += 1
        place = {"x": float(self._sent), "y": 0.0}
        edit = {"op": "move", "positions": {"fast": place}}
        content = {"type": "edit", "client_id": "page", "edit": edit}
        canvas = self._model(_model_name="StrategyCanvasModel")
        self._send(canvas, {"method": "custom", "content": content})
        if self._sent % _SAVE_EVERY == 0:
            self._press(self._model(description="Save", _model_name="ButtonModel"))

    def _press(self, button: str) -> None:
        self._send(button, {"method": "custom", "content": {"event": "click"}})

    def _send(self, comm_id: str, data: dict) -> None:
        message = self.client.session.msg("comm_msg", {"comm_id": comm_id, "data": data})
        self.client.shell_channel.send(message)

    def _until(self, is_over) -> None:
        limit = time.monotonic() + _PATIENCE
        while True:
            message = self.client.get_iopub_msg(timeout=_PATIENCE)
            self._take(message)
            if is_over(message):
                return
            assert time.monotonic() < limit, "the kernel does not answer"

    def _take(self, message: dict) -> None:
        content = message["content"]
        if message["msg_type"] == "error":
            raise AssertionError("\n".join(content["traceback"]))
        if message["msg_type"] == "comm_open":
            self._states[content["comm_id"]] = dict(content["data"].get("state", {}))
        if message["msg_type"] == "comm_msg":
            state = content["data"].get("state", {})
            self._states.setdefault(content["comm_id"], {}).update(state)
            place = state.get("document", {}).get("layout", {}).get("fast")
            if place and place["y"] == 0 and place["x"] == int(place["x"]):
                self.shown.setdefault(int(place["x"]), time.monotonic())

    def _find(self, **traits) -> str | None:
        for comm_id, state in self._states.items():
            if all(state.get(name) == value for name, value in traits.items()):
                return comm_id
        return None

    def _model(self, **traits) -> str:
        found = self._find(**traits)
        assert found, f"the kernel made no widget with {traits}"
        return found
