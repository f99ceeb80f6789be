"""Whether code does what its graph says, and what bars and runs say about a graph.

The module can be called: ``stratcraft_jupyter.verify`` is this package once it is imported, and
the function of that name before.
"""

import sys
from types import ModuleType

from stratcraft_jupyter.verify.activity import (
    explain_no_trades,
    find_never_true,
    signal_counts,
)
from stratcraft_jupyter.verify.background import verify_async
from stratcraft_jupyter.verify.difference import Difference, NodeValue, OrderShown
from stratcraft_jupyter.verify.findings import findings_for_repair
from stratcraft_jupyter.verify.length import find_too_few_bars
from stratcraft_jupyter.verify.report import Check, Coverage, VerificationReport
from stratcraft_jupyter.verify.verification import verify

__all__ = [
    "Check",
    "Coverage",
    "Difference",
    "NodeValue",
    "OrderShown",
    "VerificationReport",
    "explain_no_trades",
    "find_never_true",
    "find_too_few_bars",
    "findings_for_repair",
    "signal_counts",
    "verify",
    "verify_async",
]


class _CallableModule(ModuleType):
    __call__ = staticmethod(verify)


sys.modules[__name__].__class__ = _CallableModule
