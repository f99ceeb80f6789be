"""Texts that try to be more than data, and code with mistakes and cheats."""
