"""Answers of models to the strategy sma_cross, recorded for the replay provider."""

from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.graph import load_template
from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.recordings import RecordedAnswer, pieces

CODE = compile_strategy(load_template("sma_cross"))
HEAD = "    def next(self):\n"
USAGE = Usage(input_tokens=5000, cached_input_tokens=1000, output_tokens=400)


def fenced(code):
    return f"Here is the strategy.\n\n```python\n{code}```\n"


# every signal counts one bar late: it runs and trades, and is another strategy
LATE_CODE = CODE.replace("if self.cross_up[0]:", "if self.cross_up[-1] > 0:").replace(
    "elif self.cross_down[0]:", "elif self.cross_down[-1] > 0:"
)
GOOD = fenced(CODE)
LATE = fenced(LATE_CODE)
BROKEN = fenced(CODE.replace("def next(self):", "def next(self)"))
PROSE = "Moving averages are a classic. Shall I write the code?"


def crashes(code=CODE):
    return fenced(code.replace(HEAD, f"{HEAD}        1 // (len(self) - len(self))\n"))


def slow(text, delay=0.05, **more):
    """An answer that takes its time, so that it can be cancelled."""
    return RecordedAnswer(pieces(text), delay=delay, **more)
