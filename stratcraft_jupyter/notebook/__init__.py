"""The notebook seen from Python: its cells, reached through the front end. No strategy logic."""

from stratcraft_jupyter.notebook.cells import Cell, CellBridge
from stratcraft_jupyter.notebook.frontend import FRONT_END_MODULE, FRONT_END_VERSION
from stratcraft_jupyter.notebook.place import current_cell_id, stable_builder_id
from stratcraft_jupyter.notebook.stamp import CellStamp, source_hash
from stratcraft_jupyter.notebook.streaming import CellStream, StreamEnd

__all__ = [
    "FRONT_END_MODULE",
    "FRONT_END_VERSION",
    "Cell",
    "CellBridge",
    "CellStamp",
    "CellStream",
    "StreamEnd",
    "current_cell_id",
    "source_hash",
    "stable_builder_id",
]
