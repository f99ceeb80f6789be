"""Answers of models to the strategy sma_cross: good, broken, and odd."""

from functools import partial

from stratcraft_jupyter import generation
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.graph import load_template

GOOD_CODE = compile_strategy(load_template("sma_cross"))


def fenced(code: str) -> str:
    return f"Here is the strategy.\n\n```python\n{code}```\n"


def broken(statement: str) -> str:
    """The good code with a statement at the beginning of ``next``."""
    head = "    def next(self):\n"
    assert head in GOOD_CODE
    return GOOD_CODE.replace(head, f"{head}        {statement}\n")


# every signal counts one bar late: it runs and trades, and is another strategy
LATE_CODE = GOOD_CODE.replace("if self.cross_up[0]:", "if self.cross_up[-1] > 0:").replace(
    "elif self.cross_down[0]:", "elif self.cross_down[-1] > 0:"
)
GOOD = fenced(GOOD_CODE)
LATE = fenced(LATE_CODE)
CRASHES = fenced(broken("1 // (len(self) - len(self))"))
NEVER_TRADES = fenced(broken("if len(self) > 0:\n            return"))
NO_PYTHON = fenced(GOOD_CODE.replace("def next(self):", "def next(self)"))
PROSE = "Moving averages are a classic. Shall I write the code?"

# most tests are about requests; a verification takes seconds, and has tests of its own
generate = partial(generation.generate, verify=False)
compare_models = partial(generation.compare_models, verify=False)
