"""A notebook page at the other end of the comms: takes what widgets send, and answers.

It stands where the browser is; the widgets, the bridge and all behind them are the real ones.
"""

import threading

import comm


class PageComm(comm.DummyComm):
    """A comm whose messages reach the page."""

    page = None

    def __init__(self, *args, data=None, **kwargs):
        self.state = dict((data or {}).get("state", {}))
        super().__init__(*args, data=data, **kwargs)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        self.page.take(self, msg_type, data or {})


class Page:
    """What is on the page: the models, the cells, and every message that came."""

    def __init__(self):
        self.comms = []
        self.messages = []
        self.cells = []
        self.metadata = {}
        self.streams = {}
        self.answers = True
        self.refuses = None

    def take(self, sender, msg_type, data):
        self.messages.append((sender, msg_type, data))
        if msg_type == "comm_open":
            self.comms.append(sender)
        elif msg_type == "comm_close":
            self.comms.remove(sender)
        elif data.get("method") == "update":
            sender.state.update(data["state"])
        elif data.get("method") == "custom" and sender.state.get("_model_name") == "BridgeModel":
            # the browser answers later and from elsewhere
            threading.Thread(target=self._answer, args=(sender, data["content"])).start()

    def models(self, name):
        return [item for item in self.comms if item.state.get("_model_name") == name]

    def sent_to(self, name):
        """Custom messages that models of this name got."""
        return [
            data["content"]
            for sender, _, data in self.messages
            if data.get("method") == "custom" and sender.state.get("_model_name") == name
        ]

    def send(self, receiver, content, buffers=()):
        """A custom message from a model on the page."""
        self._deliver(receiver, {"method": "custom", "content": content}, buffers)

    def set(self, receiver, **state):
        """Traits set by a view on the page."""
        self._deliver(receiver, {"method": "update", "state": state, "buffer_paths": []})

    def _deliver(self, receiver, data, buffers=()):
        memory = [memoryview(buffer) for buffer in buffers]
        receiver.handle_msg({"content": {"data": data}, "buffers": memory})

    def hello(self, client_id="c-1", version="0.1.0"):
        """What the labextension says when it is there."""
        for bridge in self.models("BridgeModel"):
            self.send(
                bridge,
                {
                    "type": "hello",
                    "client_id": client_id,
                    "version": version,
                    "front_end": "lab",
                },
            )

    def cells_changed(self, client_id="c-1"):
        """What the labextension says when generated cells came, went or got another text."""
        for bridge in self.models("BridgeModel"):
            self.send(bridge, {"type": "cells_changed", "client_id": client_id})

    def click(self, client_id):
        """What the labextension says when a page is clicked."""
        for bridge in self.models("BridgeModel"):
            self.send(bridge, {"type": "active", "client_id": client_id})

    def edit(self, **edit):
        """An edit made on the canvas."""
        message = {"type": "edit", "client_id": "c-1", "edit": edit}
        self.send(self.models("StrategyCanvasModel")[0], message)

    def select(self, nodes=(), edges=(), request="c-1-1"):
        """What the user selected on the canvas."""
        told = {"nodes": list(nodes), "edges": list(edges)}
        message = {"type": "select", "client_id": "c-1", "request_id": request, **told}
        self.send(self.models("StrategyCanvasModel")[0], message)

    def add_cell(self, cell_id, source="", metadata=None, *, after=None):
        ids = [cell["cell_id"] for cell in self.cells]
        at = ids.index(after) + 1 if after else len(ids)
        cell = {"cell_id": cell_id, "source": source, "metadata": metadata or {}}
        self.cells.insert(at, cell)
        return cell

    def _answer(self, bridge, request):
        if not self.answers:
            return
        reply = {"type": "reply", "request_id": request["request_id"]}
        try:
            if self.refuses:
                raise LookupError(self.refuses)
            reply |= {"ok": True} | getattr(self, f"_{request['type']}")(request)
        except LookupError as error:
            reply |= {"ok": False, "reason": error.args[0]}
        self.send(bridge, reply)

    def _insert_cell(self, request):
        if request["after_cell_id"] not in [cell["cell_id"] for cell in self.cells]:
            raise LookupError("The builder's cell was deleted.")
        cell_id = f"new-{len(self.cells)}"
        after = request["after_cell_id"]
        self.add_cell(cell_id, request["source"], request["metadata"], after=after)
        return {"cell_id": cell_id}

    def _replace_cell(self, request):
        place = next(
            (at for at, cell in enumerate(self.cells) if cell["cell_id"] == request["cell_id"]),
            None,
        )
        if place is None or self.cells[place]["source"] != request["old_source"]:
            raise LookupError("The generated cell has just changed. Press Generate again.")
        self._made = getattr(self, "_made", 0) + 1
        cell_id = f"replaced-{self._made}"
        self.cells[place] = {
            "cell_id": cell_id,
            "source": request["source"],
            "metadata": request["metadata"],
        }
        return {"cell_id": cell_id}

    def _read_notebook(self, request):
        return {"value": self.metadata.get("stratcraft", {}).get(request["key"])}

    def _write_notebook(self, request):
        self.metadata.setdefault("stratcraft", {})[request["key"]] = request["value"]
        return {}

    def _find_cells(self, request):
        mine = [
            cell
            for cell in self.cells
            if cell["metadata"].get("stratcraft", {}).get("builder_id") == request["builder_id"]
        ]
        return {"cells": mine}

    # Streams, as labextension/src/stream.ts has them.

    def _begin_stream(self, request):
        cell_id = self._insert_cell(request)["cell_id"]
        self.streams[cell_id] = [0, request["source"]]
        return {"cell_id": cell_id, "state": "written"}

    def _append_stream(self, request):
        cell_id = request["cell_id"]
        cell, stream = self._cell(cell_id), self.streams[cell_id]
        if cell is None:
            return {"cell_id": cell_id, "state": "gone", "reason": "The cell was deleted."}
        is_edited = cell["source"] != stream[1]
        if request["piece"] == stream[0]:
            stream[0] += 1
            before = "" if request["is_anew"] and not is_edited else stream[1]
            stream[1] = before + request["text"]
            cell["source"] = cell["source"] + request["text"] if is_edited else stream[1]
        return {"cell_id": cell_id, "state": "edited" if is_edited else "written"}

    def _finish_stream(self, request):
        cell_id = request["cell_id"]
        cell, (_, written) = self._cell(cell_id), self.streams.pop(cell_id)
        if cell is None:
            return {"cell_id": cell_id, "state": "gone", "reason": "The cell was deleted."}
        if cell["source"] != written:
            made = self._insert_cell({**request, "after_cell_id": cell_id})
            return {**made, "state": "edited"}
        cell.update(source=request["source"], metadata=request["metadata"])
        return {"cell_id": cell_id, "state": "written"}

    def _abandon_stream(self, request):
        cell = self._cell(request["cell_id"])
        is_edited = cell is not None and cell["source"] != self.streams[request["cell_id"]][1]
        if is_edited:
            self.streams.pop(request["cell_id"])
            cell["metadata"] = request["metadata"]
            return {"cell_id": request["cell_id"], "state": "edited"}
        return self._finish_stream({**request, "source": request["streamed"]})

    def _cell(self, cell_id):
        return next((cell for cell in self.cells if cell["cell_id"] == cell_id), None)


def connect_page(monkeypatch):
    """A page that every widget made from now on talks to."""
    page = Page()
    connected = type("ConnectedComm", (PageComm,), {"page": page})
    monkeypatch.setattr(comm, "create_comm", connected)
    return page
