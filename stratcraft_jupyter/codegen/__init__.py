"""Strategy code as text: made from a graph, checked, merged. Nothing is run here."""

from stratcraft_jupyter.codegen.compiler import compile_strategy

__all__ = ["compile_strategy"]
