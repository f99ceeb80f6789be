"""Which notebook cell is running, and ids that stay the same when it runs again."""

import hashlib
import uuid
from collections import Counter
from typing import Any

from IPython import get_ipython

_built_by_request: Counter[str] = Counter()


def current_cell_id() -> str | None:
    """The id of the notebook cell that is running, or None outside a notebook.

    Only right while the cell runs: in a widget's callback it is another cell's.
    """
    cell_id = _parent().get("metadata", {}).get("cellId")
    return cell_id if isinstance(cell_id, str) and cell_id else None


def stable_builder_id() -> str:
    """An id for a builder made now: the same one each time the same cell makes it.

    The builder finds the cells it generated before by this id, also after a kernel restart.
    Without a notebook cell it is random.
    """
    cell_id = current_cell_id()
    if cell_id is None:
        return uuid.uuid4().hex
    request = str(_parent().get("header", {}).get("msg_id", ""))
    for old in [key for key in _built_by_request if key != request]:
        del _built_by_request[old]
    nth = _built_by_request[request]  # several builders may be made by one cell
    _built_by_request[request] += 1
    return hashlib.sha256(f"{cell_id}/{nth}".encode()).hexdigest()[:32]


def _parent() -> dict[str, Any]:
    shell: Any = get_ipython()
    get_parent = getattr(shell, "get_parent", None)  # a terminal's IPython has none
    parent = get_parent() if get_parent else None
    return parent if isinstance(parent, dict) else {}
