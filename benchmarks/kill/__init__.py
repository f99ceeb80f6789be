"""Kills kernels, pages and servers in the middle of edits, and looks what is left."""
