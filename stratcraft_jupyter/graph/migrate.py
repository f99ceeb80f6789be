"""Brings older strategy documents to the present schema version, one step a version."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from stratcraft_jupyter.errors import GraphFileError

CURRENT_VERSION: Final = 1

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Mapping[int, Step] = {}
"""``STEPS[n]`` turns a document of version n into one of version n + 1."""


def migrate(
    data: dict[str, Any], *, steps: Mapping[int, Step] = STEPS, current: int = CURRENT_VERSION
) -> dict[str, Any]:
    """The document in the present schema version.

    Args:
        data: The parsed document; it is not changed.
        steps: One step for each older version.
        current: The version to reach.

    Raises:
        GraphFileError: The version is missing, no whole number, or newer than this program.
    """
    version = data.get("schema_version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise GraphFileError(
            f"schema_version is {_shown(version)}, which is no version number.",
            hint=f'Strategy documents begin with "schema_version": {current}.',
        )
    if version > current:
        raise GraphFileError(
            f"The document has schema version {version}; this program reads up to {current}.",
            hint="Update stratcraft-jupyter to open it: pip install -U stratcraft-jupyter.",
        )
    for step_version in range(version, current):
        data = {**steps[step_version](data), "schema_version": step_version + 1}
    return data


def _shown(value: object) -> str:
    return "missing" if value is None else repr(value)[:40]
