"""Mark colours: told apart by the colour-blind, at least 3:1 against white and near-black."""

UP = "#2a87c8"
DOWN = "#d8661f"
LONG = "#00976a"
SHORT = "#b65fa6"
EQUITY = "#2a87c8"
QUIET = "#808080"
DRAWDOWN = "#d8661f"
