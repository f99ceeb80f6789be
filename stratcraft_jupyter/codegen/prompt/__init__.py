"""What a model is asked: rules, meanings, and the strategy as data; the same bytes are sent."""

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property

from stratcraft_jupyter.codegen.compiler import compile_strategy
from stratcraft_jupyter.codegen.compiler.plan import Plan, make_plan
from stratcraft_jupyter.codegen.compiler.text import plain
from stratcraft_jupyter.codegen.prompt.data_part import data_part
from stratcraft_jupyter.codegen.prompt.findings import prompt_findings
from stratcraft_jupyter.codegen.prompt.repair import repair_message
from stratcraft_jupyter.codegen.prompt.sections import meanings_for, rules_for
from stratcraft_jupyter.codegen.prompt.texts import text
from stratcraft_jupyter.codegen.prompt.tokens import estimate_tokens
from stratcraft_jupyter.errors import GraphInvalidError, StratCraftError
from stratcraft_jupyter.graph import StrategyGraph, load_template, validate

__all__ = [
    "MAX_NOTES",
    "Prompt",
    "build_prompt",
    "estimate_tokens",
    "prompt_findings",
    "repair_message",
]

MAX_NOTES = 4_000
"""Characters of the user's notes to the model."""

_EXAMPLES = ("rsi_mean_reversion", "donchian_turtle")


@dataclass(frozen=True)
class Prompt:
    """A prompt as it is sent, to the byte.

    Attributes:
        system: What is the same for every strategy, so that providers can cache it.
        user: Meanings, rules and data of this strategy, and the user's notes.
    """

    system: str
    user: str

    @property
    def text(self) -> str:
        """All of it, as it is shown."""
        return f"{self.system}\n\n{self.user}"

    @cached_property
    def hash(self) -> str:
        """SHA-256 (hex) of all of it."""
        return hashlib.sha256(f"{self.system}\0{self.user}".encode()).hexdigest()


def build_prompt(graph: StrategyGraph, *, notes: str = "") -> Prompt:
    """The prompt for a strategy; the same strategy and notes always give the same bytes.

    Texts of the document stand in its data part alone.

    Args:
        graph: A strategy without errors.
        notes: What the user wants the model to know beside it.

    Raises:
        GraphInvalidError: The strategy has errors; holds every finding.
        WrongTypeError: This is no strategy graph.
        StratCraftError: The strategy or the notes are too long to be sent.
    """
    diagnostics = validate(graph)
    if any(item.severity == "error" for item in diagnostics):
        raise GraphInvalidError(diagnostics)
    plan = make_plan(graph)
    return Prompt(_system(_example_for(graph)), _user(plan, notes))


def _example_for(graph: StrategyGraph) -> str:
    """The worked example: another strategy than the one that is asked for."""
    first, second = _EXAMPLES
    return second if graph.hash == load_template(first).hash else first


@cache
def _system(example: str) -> str:
    graph = load_template(example)
    return "\n\n".join(
        [
            text("role"),
            text("bar_cycle"),
            text("answer"),
            "# A worked example, for another strategy",
            _strategy(make_plan(graph)),
            f"The answer to it:\n\n```python\n{compile_strategy(graph)}```",
        ]
    )


def _user(plan: Plan, notes: str) -> str:
    parts = [_strategy(plan), text("closing")]
    if notes.strip():
        parts.append(f"# Notes from the user\n\n{_clean_notes(notes)}")
    return "\n\n".join(parts)


def _strategy(plan: Plan) -> str:
    """Meanings, rules and data of one strategy."""
    parts = [meanings_for(plan.document, plan.graph), rules_for(plan.graph)]
    return "\n\n".join([*filter(None, parts), "# The strategy", data_part(plan)])


def _clean_notes(notes: str) -> str:
    if len(notes) > MAX_NOTES:
        raise StratCraftError(
            f"The notes to the model have {len(notes):,} characters; at most {MAX_NOTES:,} fit.",
            hint="Shorten them; what the strategy does belongs into its graph.",
        )
    return "\n".join(plain(line) for line in notes.strip().splitlines())
