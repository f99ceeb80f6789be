"""The builder in a real kernel: comms over ZeroMQ, callbacks where ipykernel runs them."""

import time
import uuid

import pytest
from jupyter_client import KernelManager


class Kernel:
    """A kernel with one builder; plays the page at the other end.

    With a subshell, callbacks of widgets run in another thread than cells, as with JupyterLab on
    some versions of ipykernel.
    """

    def __init__(self, *, with_subshell):
        self.manager = KernelManager(kernel_name="python3", transport="ipc")  # no ports to clash
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.subshell = self._open_subshell() if with_subshell else None
        self.models = {}
        self.custom = []
        self.printed = ""
        self.errors = []
        self.cells = {"builder": {"source": "", "metadata": {}}}

    def _open_subshell(self):
        info = self.client.kernel_info(reply=True, timeout=60)["content"]
        if "kernel subshells" not in info.get("supported_features", ()):
            self.close()
            pytest.skip("this ipykernel has no subshells")
        message = self.client.session.msg("create_subshell_request", {})
        self.client.control_channel.send(message)
        while True:
            reply = self.client.get_control_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply["content"]["subshell_id"]

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code, cell_id="builder"):
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell_id})
        self.client.shell_channel.send(message)
        self.until(lambda got: is_idle(got, message), "the cell")

    def until(self, is_over, what):
        limit = time.monotonic() + 90
        while True:
            assert time.monotonic() < limit, f"waited in vain for {what}: {self.printed}"
            message = self.client.get_iopub_msg(timeout=90)
            self.take(message)
            if is_over(message):
                return

    def take(self, message):
        content = message["content"]
        match message["msg_type"]:
            case "comm_open":
                self.models[content["comm_id"]] = dict(content["data"]["state"])
            case "comm_msg" if content["data"]["method"] in ("update", "echo_update"):
                # the builders of earlier cells, which the tests forget, live on
                self.models.get(content["comm_id"], {}).update(content["data"]["state"])
            case "comm_msg" if content["data"]["method"] == "custom":
                self.answer(content["comm_id"], content["data"]["content"])
            case "stream":
                self.printed += content["text"]
            case "error":
                self.errors.append(content)

    def answer(self, comm_id, request):
        self.custom.append(request)
        reply = {"type": "reply", "request_id": request.get("request_id"), "ok": True}
        if request["type"] in ("insert_cell", "replace_cell"):
            if request["type"] == "replace_cell":
                assert self.cells.pop(request["cell_id"])["source"] == request["old_source"]
            cell_id = uuid.uuid4().hex
            self.cells[cell_id] = {
                "source": request["source"],
                "metadata": request["metadata"],
            }
            self.send(comm_id, reply | {"cell_id": cell_id})
        elif request["type"] == "find_cells":
            found = [
                {"cell_id": key, **cell}
                for key, cell in self.cells.items()
                if cell["metadata"].get("stratcraft", {}).get("builder_id") == request["builder_id"]
            ]
            self.send(comm_id, reply | {"cells": found})

    def send(self, comm_id, content):
        data = {"method": "custom", "content": content}
        message = self.client.session.msg("comm_msg", {"comm_id": comm_id, "data": data})
        if self.subshell:
            message["header"]["subshell_id"] = self.subshell
        self.client.shell_channel.send(message)

    def model(self, **traits):
        found = [
            key
            for key, state in self.models.items()
            if all(state.get(name) == value for name, value in traits.items())
        ]
        assert len(found) == 1, (traits, len(found))
        return found[0]

    def press(self, description):
        self.send(
            self.model(description=description, _model_name="ButtonModel"), {"event": "click"}
        )

    def notice(self):
        return " ".join(
            state["value"]
            for state in self.models.values()
            if "jp-StratCraft-notice" in state.get("_dom_classes", ())
        )


def is_idle(message, request):
    parent = message["parent_header"].get("msg_id")
    return (
        parent == request["header"]["msg_id"]
        and message["content"].get("execution_state") == "idle"
    )


@pytest.fixture(scope="module", params=["one thread", "subshell"])
def kernel(request):
    kernel = Kernel(with_subshell=request.param == "subshell")
    kernel.run(
        "from IPython.display import display\n"
        "from stratcraft_jupyter.graph import load_template\n"
        "from stratcraft_jupyter.widgets import StrategyBuilder\n"
        "builder = StrategyBuilder(load_template('sma_cross'))\ndisplay(builder)"
    )
    yield kernel
    kernel.close()


def test_the_story_by_buttons(kernel):
    bridge = kernel.model(_model_name="BridgeModel")
    hello = {"type": "hello", "client_id": "c-1", "version": "0.1.0", "front_end": "lab"}
    kernel.send(bridge, hello)
    kernel.until(
        lambda _: any(
            m.get("_model_name") == "StrategyCanvasModel" for m in kernel.models.values()
        ),
        "the editor",
    )
    kernel.press("Generate")
    kernel.until(lambda _: "Generated" in kernel.notice(), "the code")
    assert kernel.custom[-1]["after_cell_id"] == "builder"
    kernel.press("Run")
    kernel.until(lambda _: "3,270 bars of AAPL" in kernel.notice(), "the results")
    assert any(m.get("_model_name") == "FigureModel" for m in kernel.models.values())
    assert kernel.errors == []
    assert kernel.printed == ""


def test_run_again_by_a_new_builder_in_the_same_cell_uses_the_old_code(kernel):
    inserted = sum(request["type"] == "insert_cell" for request in kernel.custom)
    kernel.models.clear()
    kernel.run("builder = StrategyBuilder(load_template('sma_cross'))\ndisplay(builder)")
    hello = {"type": "hello", "client_id": "c-2", "version": "0.1.0", "front_end": "lab"}
    kernel.send(kernel.model(_model_name="BridgeModel"), hello)
    kernel.press("Run")
    kernel.until(lambda _: "3,270 bars of AAPL" in kernel.notice(), "the results")
    assert sum(request["type"] == "insert_cell" for request in kernel.custom) == inserted
    assert kernel.errors == []


def test_edits_made_while_a_cell_runs_all_arrive(kernel):
    kernel.run(
        "import threading\nthreads = set()\nbefore = len(builder.graph.nodes)\n"
        "builder._state.subscribe(lambda *_: threads.add(threading.current_thread().name))\n"
        "threads.clear()"
    )
    code = "import time\nfor _ in range(10): builder.graph, time.sleep(0.02)"
    content = {"code": code, "silent": False, "allow_stdin": False}
    kernel.client.shell_channel.send(kernel.client.session.msg("execute_request", content))
    canvas = kernel.model(_model_name="StrategyCanvasModel")
    for number in range(20):
        edit = {"op": "add", "kind": "math.constant", "position": {"x": 300 * number, "y": 0}}
        kernel.send(canvas, {"type": "edit", "client_id": "c-2", "edit": edit})
    before = len(kernel.models[canvas]["document"]["nodes"])
    kernel.until(
        lambda _: len(kernel.models[canvas]["document"]["nodes"]) >= before + 20, "the edits"
    )
    kernel.printed = ""
    kernel.run("print(len(builder.graph.nodes) - before, threads == {'MainThread'})")
    assert kernel.printed.split() == ["20", str(kernel.subshell is None)]
    assert kernel.errors == []


def test_a_busy_kernel_takes_the_press_when_it_is_free(kernel):
    content = {"code": "import time; time.sleep(1)", "silent": False, "allow_stdin": False}
    kernel.client.shell_channel.send(kernel.client.session.msg("execute_request", content))
    kernel.custom.clear()
    kernel.press("Generate")
    kernel.until(lambda _: any(r["type"] == "replace_cell" for r in kernel.custom), "the code")
    assert kernel.errors == []
