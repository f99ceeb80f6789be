"""Strategy code as text: made from a graph, checked, merged. Nothing is run here."""

from stratcraft_jupyter.codegen.compiler import DECIDED_BARS, compile_probe, compile_strategy

__all__ = ["DECIDED_BARS", "compile_probe", "compile_strategy"]
