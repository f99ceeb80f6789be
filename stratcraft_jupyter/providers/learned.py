"""What servers refused: parameters left out, renamed or lowered from then on, for each model."""

from dataclasses import dataclass, field
from typing import Any

from stratcraft_jupyter.providers.base import Adjusted


@dataclass(frozen=True, slots=True)
class Change:
    """What is done about a parameter that was refused.

    Attributes:
        parameter: Its name.
        renamed_to: The name it has there; empty if it has none.
        lowered_to: The largest value allowed there; None if that is not the matter.
    """

    parameter: str
    renamed_to: str = ""
    lowered_to: int | None = None

    def apply(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """The arguments of a request, changed."""
        if self.parameter not in arguments:
            return arguments
        changed = dict(arguments)
        value = changed.pop(self.parameter)
        if self.renamed_to:
            changed[self.renamed_to] = value
        elif self.lowered_to is not None:
            changed[self.parameter] = min(value, self.lowered_to)
        return changed

    def told(self) -> Adjusted:
        """The event that tells the user."""
        if self.renamed_to:
            done = f"the server calls it {self.renamed_to}"
        elif self.lowered_to is not None:
            done = f"it was lowered to {self.lowered_to:,}, the most this model takes"
        elif self.parameter == "store":
            done = "it was left out, so the server may keep the answer"
        else:
            done = "it was left out"
        message = f"The server refused the setting {self.parameter}; {done}."
        return Adjusted(self.parameter, message)


@dataclass(slots=True)
class LearnedChanges:
    """Changes by model, for as long as this process lives."""

    _known: dict[tuple[str, str, str], tuple[Change, ...]] = field(default_factory=dict)

    def of(self, provider: str, address: str, model: str) -> tuple[Change, ...]:
        """What was learned of a model at an address."""
        return self._known.get((provider, address, model), ())

    def learn(self, provider: str, address: str, model: str, change: Change) -> bool:
        """Remembers a change.

        Returns:
            Whether it is new; the same one twice would help no more.
        """
        known = self.of(provider, address, model)
        if change in known:
            return False
        self._known[provider, address, model] = (*known, change)
        return True

    def forget(self) -> None:
        """Forgets everything."""
        self._known.clear()


LEARNED = LearnedChanges()
