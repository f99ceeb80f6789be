"""In a real kernel, because the cell's id comes with the request that runs it."""

import pytest
from jupyter_client import KernelManager

from stratcraft_jupyter.notebook import current_cell_id, stable_builder_id


@pytest.fixture(scope="module")
def run():
    manager = KernelManager(kernel_name="python3", transport="ipc")  # no ports to clash
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)

    def run(code, cell_id=None):
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        metadata = {} if cell_id is None else {"cellId": cell_id}
        message = client.session.msg("execute_request", content, metadata=metadata)
        client.shell_channel.send(message)
        printed = ""
        while True:
            reply = client.get_iopub_msg(timeout=60)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if reply["msg_type"] == "stream":
                printed += reply["content"]["text"]
            assert reply["msg_type"] != "error", reply["content"]
            if reply["content"].get("execution_state") == "idle":
                return printed.split()

    run("from stratcraft_jupyter.notebook import current_cell_id, stable_builder_id")
    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_the_running_cell_is_known(run):
    assert run("print(current_cell_id())", "cell-7") == ["cell-7"]


def test_a_front_end_that_tells_no_cell_is_no_error(run):
    assert run("print(current_cell_id())") == ["None"]


def test_running_a_cell_again_gives_the_same_builder_id(run):
    first = run("print(stable_builder_id())", "cell-7")
    assert run("print(stable_builder_id())", "cell-7") == first
    assert run("print(stable_builder_id())", "cell-8") != first


def test_two_builders_in_a_cell_have_two_ids_which_stay(run):
    code = "print(stable_builder_id(), stable_builder_id())"
    first = run(code, "cell-7")
    assert first[0] != first[1]
    assert run(code, "cell-7") == first


def test_without_a_cell_every_builder_has_its_own_id(run):
    assert run("print(stable_builder_id())") != run("print(stable_builder_id())")


def test_outside_a_notebook_there_is_no_cell():
    assert current_cell_id() is None
    assert stable_builder_id() != stable_builder_id()
