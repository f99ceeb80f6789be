"""The strategy as a table: a row an entry, built and changed without a canvas."""

from stratcraft_jupyter.widgets.table.view import TableView

__all__ = ["TableView"]
