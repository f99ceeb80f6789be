"""Charts of a backtest: the window in view, what is drawn in it, and the bqplot figures.

Import ``charts.view`` only when charts are about to be shown: it brings bqplot.
"""
