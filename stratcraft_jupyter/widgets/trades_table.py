"""All trades of a result, a page at a time; a click on one tells which it was."""

from collections.abc import Callable
from html import escape

import ipywidgets

from stratcraft_jupyter.backtest import Trade
from stratcraft_jupyter.widgets import numbers
from stratcraft_jupyter.widgets.error_line import Guard
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.pager import Pager

PAGE_SIZE = 15

_ORDERS: dict[str, tuple[str, bool]] = {
    "Newest first": ("number", True),
    "Oldest first": ("number", False),
    "Best return first": ("return", True),
    "Worst return first": ("return", False),
    "Longest first": ("bars", True),
}

_HEADINGS = (
    "No.",
    "Side",
    "Entry",
    "Entry price",
    "Exit",
    "Exit price",
    "Profit",
    "Return",
    "Bars",
    "Size",
    "Commission",
)

_TEXT_COLUMNS = frozenset({"Side", "Entry", "Exit"})


class TradesTable:
    """A paged table of trades.

    Args:
        look: Makes the widgets.
        on_choose: Called with a trade when its row is clicked.
        guard: Wraps every callback, so that its errors are shown somewhere.

    Attributes:
        widget: The table to display.
    """

    def __init__(self, look: Look, on_choose: Callable[[Trade], None], guard: Guard) -> None:
        self._on_choose = on_choose
        self._trades: tuple[Trade, ...] = ()
        self._order: list[int] = []
        self._page = 0
        self._chosen: int | None = None
        self._table = look.text()
        # Clear buttons lie over the rows, because HTML alone cannot tell Python of a click.
        self._rows = [look.button("") for _ in range(PAGE_SIZE)]
        for row in self._rows:
            row.on_click(guard(self._clicked))
        self._row_box = look.box(css="trade-rows")
        self._sort = look.make(ipywidgets.Dropdown, "sort", options=list(_ORDERS))
        self._sort.observe(guard(self._sorted), names="value")
        self._title = look.text()
        self._pager = Pager(look, guard(self._turn))
        self.widget = look.box(
            look.box(self._title, self._sort, self._pager.widget, css="result-row"),
            look.box(look.box(self._table, self._row_box, css="trade-stack"), css="trade-scroll"),
            css="trades",
        )

    @property
    def page_trades(self) -> list[Trade]:
        """The trades on the page in view."""
        return [self._trades[index] for index in self._page_indexes()]

    def show(self, trades: tuple[Trade, ...]) -> None:
        """Show other trades, from the first page."""
        self._trades = trades
        self._chosen = None
        open_count = sum(trade.is_open for trade in trades)
        told = f", {open_count} still open" if open_count else ""
        self._title.value = f"<b>{len(trades):,} trades{told}</b>"
        self._arrange()

    def _arrange(self) -> None:
        key, is_descending = _ORDERS[self._sort.value]
        keys: dict[str, Callable[[int], float]] = {
            "number": float,
            "return": lambda index: self._trades[index].return_,
            "bars": lambda index: self._trades[index].bars,
        }
        self._order = sorted(range(len(self._trades)), key=keys[key], reverse=is_descending)
        self._turn(0)

    def _turn(self, page: int) -> None:
        pages = max(1, -(-len(self._trades) // PAGE_SIZE))
        self._page = min(max(page, 0), pages - 1)
        self._pager.tell(self._page, pages)
        self._draw()

    def _draw(self) -> None:
        indexes = self._page_indexes()
        self._table.value = trades_html(self._trades, indexes, self._chosen)
        rows = self._rows[: len(indexes)]
        for row, index in zip(rows, indexes, strict=True):
            row.tooltip = f"Show trade {index + 1} in the charts"
        self._row_box.children = rows

    def _page_indexes(self) -> list[int]:
        start = self._page * PAGE_SIZE
        return self._order[start : start + PAGE_SIZE]

    def _sorted(self, _change: object) -> None:
        self._arrange()

    def _clicked(self, button: ipywidgets.Button) -> None:
        self._chosen = self._page_indexes()[self._rows.index(button)]
        self._draw()
        self._on_choose(self._trades[self._chosen])


def trades_html(trades: tuple[Trade, ...], indexes: list[int], chosen: int | None) -> str:
    """The trades at ``indexes`` as a table, the chosen one marked."""
    if not trades:
        return "<p>No trades. Loosen the entry conditions or run on more bars.</p>"
    head = "".join(f'<th scope="col"{_align(name)}>{name}</th>' for name in _HEADINGS)
    body = "".join(_row(trades[index], index, is_chosen=index == chosen) for index in indexes)
    return (
        '<table class="jp-StratCraft-TradesTable"><thead><tr>'
        f"{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(trade: Trade, index: int, *, is_chosen: bool) -> str:
    cells = (
        f"{index + 1:,}",
        trade.side,
        numbers.moment(trade.entry_time),
        numbers.price(trade.entry_price),
        "open" if trade.is_open else numbers.moment(trade.exit_time),
        numbers.MISSING if trade.is_open else numbers.price(trade.exit_price),
        numbers.plain(trade.profit),
        numbers.signed_percent(trade.return_, 2),
        f"{trade.bars:,}",
        numbers.size(trade.size),
        numbers.plain(trade.commission),
    )
    tone = "gain" if trade.profit > 0 else "loss" if trade.profit < 0 else ""
    shown = "".join(
        f"<td{_align(name)}{_tone(name, tone)}>{escape(cell)}</td>"
        for name, cell in zip(_HEADINGS, cells, strict=True)
    )
    return f"<tr{' class=chosen' if is_chosen else ''}>{shown}</tr>"


def _align(name: str) -> str:
    return "" if name in _TEXT_COLUMNS else ' data-number=""'


def _tone(name: str, tone: str) -> str:
    return f' data-tone="{tone}"' if tone and name in ("Profit", "Return") else ""
