"""Generated strategies to JSON text and back, exactly."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.result import Attempt, GeneratedStrategy
from stratcraft_jupyter.providers.base import Fault, Usage
from stratcraft_jupyter.verify.report import VerificationReport

SCHEMA_VERSION = 1


def strategy_to_json(strategy: GeneratedStrategy) -> str:
    """``strategy`` as JSON text; money is text, so that it stays exact."""
    data = {"schema_version": SCHEMA_VERSION, "ok": strategy.ok, **asdict(strategy)}
    data["verification"] = _report_data(strategy.verification)
    for told, attempt in zip(data["attempts"], strategy.attempts, strict=True):
        told["verification"] = _report_data(attempt.verification)
    return json.dumps(data, allow_nan=False, default=str)


def strategy_from_json(text: str) -> GeneratedStrategy:
    """The strategy that ``strategy_to_json`` wrote as ``text``.

    Raises:
        StratCraftError: The text is something else, or of a newer version.
    """
    try:
        data = json.loads(text)
        version = data.pop("schema_version")
        if version != SCHEMA_VERSION:
            raise StratCraftError(
                f"This generated strategy has the version {version!r}.",
                hint=f"This package reads version {SCHEMA_VERSION}: install a newer one.",
            )
        del data["ok"]
        return _strategy(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StratCraftError(
            "This is not a saved generated strategy.",
            hint="Give text that GeneratedStrategy.to_json() wrote.",
        ) from error


def _strategy(data: dict[str, Any]) -> GeneratedStrategy:
    _require_names(data, GeneratedStrategy)
    return GeneratedStrategy(
        **data
        | {
            "checks": _findings(data["checks"]),
            "verification": _report(data["verification"]),
            "usage": Usage(**data["usage"]),
            "cost": _money(data["cost"]),
            "attempts": tuple(_attempt(item) for item in data["attempts"]),
        }
    )


def _attempt(data: dict[str, Any]) -> Attempt:
    _require_names(data, Attempt)
    return Attempt(
        **data
        | {
            "findings": _findings(data["findings"]),
            "verification": _report(data["verification"]),
            "fault": None if data["fault"] is None else Fault(**data["fault"]),
            "usage": Usage(**data["usage"]),
            "cost": _money(data["cost"]),
        }
    )


def _findings(data: list[dict[str, Any]]) -> tuple[Diagnostic, ...]:
    return tuple(Diagnostic(**item) for item in data)


def _report_data(report: VerificationReport | None) -> dict[str, Any] | None:
    if report is None:
        return None
    data: dict[str, Any] = json.loads(report.to_json())
    return data


def _report(data: dict[str, Any] | None) -> VerificationReport | None:
    return None if data is None else VerificationReport.from_json(json.dumps(data))


def _money(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount") from None


def _require_names(data: Mapping[str, Any], kind: type[Attempt | GeneratedStrategy]) -> None:
    if set(data) != {field.name for field in fields(kind)}:
        raise KeyError(kind.__name__)
