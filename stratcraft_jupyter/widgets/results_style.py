"""The style sheet of the results view, as a piece of HTML."""

from functools import cache
from importlib.resources import files

from stratcraft_jupyter.backtest import colors


@cache
def results_style() -> str:
    """A style element; the theme gives the colours of text, the charts those of gain and loss."""
    sheet = files(__package__).joinpath("results.css").read_text(encoding="utf-8")
    own = f"--stratcraft-up: {colors.UP}; --stratcraft-down: {colors.DOWN};"
    return f"<style>.jp-StratCraft-Results {{ {own} }}\n{sheet}</style>"
