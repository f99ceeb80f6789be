"""New code beside a cell edited by hand: what each hunk gives. No widgets."""

from dataclasses import replace
from types import MappingProxyType

from stratcraft_jupyter.codegen.merge import Choice, Merge, merge
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.widgets.model_values import Proposal
from stratcraft_jupyter.widgets.snapshot import Generated
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.versions import base_of


def propose(edited: Generated, theirs: str) -> Proposal:
    """The edits of a cell and new code, with what they come from if it is known.

    Without that, every difference is a choice, and begins with what was written by hand.
    """
    base = base_of(edited)
    merged = merge(edited.source if base is None else base, edited.source, theirs)
    choices: dict[int, Choice] = {}
    if base is None:
        choices = {number: "mine" for number in changed_hunks(merged)}
    return Proposal(
        edited.source, theirs, merged, MappingProxyType(choices), has_base=base is not None
    )


def changed_hunks(merged: Merge) -> tuple[int, ...]:
    """Numbers of the hunks in which the two differ."""
    return tuple(n for n, hunk in enumerate(merged.hunks) if hunk.mine != hunk.theirs)


def taken(proposal: Proposal, number: int) -> Choice:
    """What a hunk gives at present."""
    chosen = proposal.choices.get(number)
    if chosen is not None:
        return chosen
    return "theirs" if proposal.merge.hunks[number].kind == "theirs" else "mine"


def set_open(state: BuilderState, is_open: bool) -> None:
    """Shows the hunks of a proposal, or takes them out of sight."""
    with state.lock:
        if state.snapshot.proposal is not None:
            state.update(proposal=replace(state.snapshot.proposal, is_open=is_open))


def take(state: BuilderState, number: int, choice: Choice) -> None:
    """Chooses what a hunk gives."""
    with state.lock:
        proposal = state.snapshot.proposal
        if proposal is not None and proposal.choices.get(number) != choice:
            choices = MappingProxyType(dict(proposal.choices) | {number: choice})
            state.update(proposal=replace(proposal, choices=choices))


def refuse_open_conflicts(proposal: Proposal) -> None:
    """Refuses while lines that both changed wait for a choice.

    Raises:
        StratCraftError: Some do.
    """
    waiting = proposal.merge.open_conflicts(proposal.choices)
    if waiting:
        count = "1 conflict waits" if len(waiting) == 1 else f"{len(waiting)} conflicts wait"
        raise StratCraftError(
            f"{count} for your choice.",
            hint="Choose yours, the new code, or both, wherever both changed the same lines.",
        )
