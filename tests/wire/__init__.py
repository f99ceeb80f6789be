"""Servers of ours on this machine that behave like a vendor's, well or badly."""
