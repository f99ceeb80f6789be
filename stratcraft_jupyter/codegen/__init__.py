"""Strategy code as text: compiled, asked for, extracted, checked, merged. Nothing is run here."""

from stratcraft_jupyter.codegen.compiler import (
    DECIDED_BARS,
    TRACED_BARS,
    compile_probe,
    compile_strategy,
    compile_trace,
    compile_unchecked,
)

__all__ = [
    "DECIDED_BARS",
    "TRACED_BARS",
    "compile_probe",
    "compile_strategy",
    "compile_trace",
    "compile_unchecked",
]
