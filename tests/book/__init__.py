"""A second implementation of everything in docs/semantics.md, in plain Python without Backtrader.

It shares nothing with the compiler. A series is a list with one number a bar, NaN where missing.
"""
