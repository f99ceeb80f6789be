"""The same bars under other names: what code does must not hang on what its bars are called."""

import ast
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from stratcraft_jupyter.backtest.batch import Series
from stratcraft_jupyter.python_source import parse_python
from stratcraft_jupyter.verify.surroundings import read_surroundings

_USUAL = ("MSFT", "EURUSD", "BTC-USD", "7203.T", "QQQ")
_SYMBOL = re.compile(r"[A-Z0-9^][A-Z0-9.^=:/_-]{0,19}")
_MOST = 4

Named = tuple[str, Series]


def under_other_names(
    source: str, given: Named, made: Sequence[Named], kept: Collection[str]
) -> list[Named]:
    """All series to run: those made go by different names, some by that of the given bars.

    Where the code reads names, the given bars are run under every name it may ask for as well.

    Args:
        source: The code.
        given: The bars of the user, which keep their name.
        made: The bars made for the graph.
        kept: Names that other bars have already.
    """
    title, series = given
    asked = [name for name in _asked_for(source) if name not in {*kept, series.bars.symbol}]
    usual = [name for name in _USUAL if name not in kept]
    names = [*asked[:1], usual[0], series.bars.symbol, *usual[1:]]
    again = [(f"{title} as {name}", _called(series, name)) for name in asked[:_MOST]]
    others = [
        (name, _called(item, names[place % len(names)])) for place, (name, item) in enumerate(made)
    ]
    return [given, *others, *again]


def _called(series: Series, name: str) -> Series:
    return Series(replace(series.bars, symbol=name), series.others)


def _asked_for(source: str) -> list[str]:
    """Names that the code may compare with; none if it reads no names."""
    found = read_surroundings(source)
    if found is None or not found.reads_names:
        return []
    tree = parse_python(source)
    compared = (item for item in ast.walk(tree) if isinstance(item, ast.Compare))
    likely = [text for item in compared for text in _symbols(item)]
    return list(dict.fromkeys([*likely, *_symbols(tree)]))


def _symbols(tree: ast.AST) -> list[str]:
    """Texts that may be symbols, those in capital letters first."""
    nodes = ast.walk(tree)
    texts = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [text for text in (*texts, *map(str.upper, texts)) if _SYMBOL.fullmatch(text)]
