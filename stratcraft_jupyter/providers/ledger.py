"""What was spent on models: one entry a request, added and never changed."""

import sqlite3
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from stratcraft_jupyter.providers.cost import CURRENCY, EXACT
from stratcraft_jupyter.providers.ledger_file import LedgerError, reading, writing
from stratcraft_jupyter.providers.ledger_values import (
    USAGE_COLUMNS,
    Hold,
    LedgerEntry,
    Spent,
    SpentOn,
    entry_from,
    spent_from,
    usage_from,
)
from stratcraft_jupyter.providers.owner import own_mark
from stratcraft_jupyter.providers.places import records_folder

__all__ = ["Hold", "Ledger", "LedgerEntry", "LedgerError", "Spent", "SpentOn"]

_LONGEST_NAME = 200
# longer than any request may take
_HOLD_TIME = timedelta(minutes=15)
_HOLD_COLUMNS = (
    "id, at, provider, model, strategy, purpose, currency, until, high, owner, input_tokens, least"
)
_RUNS = "CASE WHEN until > :now THEN NOT is_gone(owner) ELSE 0 END"  # so that few are looked at


class Ledger:
    """The record of all requests; several kernels may use one file at the same time.

    Args:
        path: The file; by default the user's own.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = Path(path) if path else records_folder() / "ledger.sqlite"

    def record(self, entry: LedgerEntry, hold: Hold | None = None) -> None:
        """Adds an entry.

        Args:
            entry: The request.
            hold: What was set aside for it, which ends with this.

        Raises:
            LedgerError: It cannot be written.
        """
        if entry.cost is not None and not (entry.cost.is_finite() and entry.cost >= 0):
            raise LedgerError(f"{entry.cost} is no amount of money.")
        usage = [max(getattr(entry.usage, name), 0) for name in USAGE_COLUMNS]
        row = (
            *_request(entry.when, entry.provider, entry.model, entry.strategy, entry.purpose),
            entry.currency,
            hold.id if hold else None,
            *usage,
            entry.usage.is_estimate,
            None if entry.cost is None else f"{entry.cost:f}",
            entry.outcome[:_LONGEST_NAME],
            entry.is_partial,
        )
        columns = (
            f"at, provider, model, strategy, purpose, currency, hold, {', '.join(USAGE_COLUMNS)}, "
            "is_estimate, cost, outcome, is_partial"
        )
        writing(self.path, lambda connection: _insert(connection, "entries", columns, row))

    def hold(
        self,
        provider: str,
        model: str,
        strategy: str,
        purpose: str,
        high: Decimal | None,
        limits: Sequence[tuple[datetime, Decimal]] = (),
        *,
        input_tokens: int = 0,
        least: Decimal | None = None,
    ) -> Hold | None:
        """Sets money aside for a request, so that requests sent at once keep a budget together.

        If the process ends before it records the request, the ledger shows it at once as one of
        which only the prompt is known.

        Args:
            provider: The provider's name.
            model: The model's id.
            strategy: Name of the strategy.
            purpose: What it is for.
            high: The most it can cost; None if that is unknown.
            limits: Since when no more than how much may be spent.
            input_tokens: Tokens of the prompt.
            least: What the prompt costs; None if that is unknown.

        Returns:
            None if a limit would be passed, with the most this and the running requests can cost.

        Raises:
            LedgerError: It cannot be written.
        """
        now = datetime.now(UTC)
        made = Hold(uuid.uuid4().hex)
        row = (
            made.id,
            *_request(now, provider, model, strategy, purpose),
            CURRENCY,
            _text(now + _HOLD_TIME),
            None if high is None else f"{high:f}",
            own_mark(),
            max(input_tokens, 0),
            None if least is None else f"{least:f}",
        )

        def job(connection: sqlite3.Connection) -> Hold | None:
            for since, limit in limits:
                spent = _spent(connection, since)
                with localcontext(EXACT):
                    if spent.amount + spent.held + (high or 0) > limit:
                        return None
            _insert(connection, "holds", _HOLD_COLUMNS, row)
            return made

        return writing(self.path, job)

    def spent(self, since: datetime | None = None, *, without: Hold | None = None) -> Spent:
        """The sum since a moment; of everything by default.

        Args:
            since: The moment.
            without: A hold that is left out.

        Raises:
            LedgerError: The ledger cannot be read.
        """
        return reading(self.path, lambda connection: _spent(connection, since, without), Spent())

    def by_model(self, since: datetime | None = None) -> tuple[SpentOn, ...]:
        """What was spent on each model, the most first."""
        return self._by("provider || ':' || model", since)

    def by_strategy(self, since: datetime | None = None) -> tuple[SpentOn, ...]:
        """What was spent on each strategy, the most first."""
        return self._by("strategy", since)

    def entries(self, limit: int = 100) -> tuple[LedgerEntry, ...]:
        """The newest entries, newest first, with requests that never ended."""

        def job(connection: sqlite3.Connection) -> tuple[LedgerEntry, ...]:
            rows = connection.execute(
                "SELECT at, provider, model, strategy, purpose, currency, outcome, is_partial, "  # noqa: S608 - our own column names
                f"cost, {', '.join(USAGE_COLUMNS)}, is_estimate FROM requests "
                f"WHERE NOT ({_RUNS}) ORDER BY at DESC, id DESC LIMIT :limit",
                {"now": _text(datetime.now(UTC)), "limit": limit},
            )
            return tuple(entry_from(row) for row in rows)

        return reading(self.path, job, ())

    def _by(self, name: str, since: datetime | None) -> tuple[SpentOn, ...]:
        def job(connection: sqlite3.Connection) -> tuple[SpentOn, ...]:
            found = [
                SpentOn(row[0], spent_from(row), usage_from(row[6:]))
                for row in _sums(connection, name, since)
            ]
            return tuple(sorted(found, key=lambda item: (-item.spent.amount, item.name)))

        return reading(self.path, job, ())


def _request(when: datetime, *names: str) -> tuple[str, ...]:
    return (_text(when), *(name[:_LONGEST_NAME] for name in names))


def _text(when: datetime) -> str:
    """A moment, so that texts sort as moments do."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def _insert(
    connection: sqlite3.Connection, table: str, columns: str, row: Sequence[object]
) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)  # noqa: S608 - our own names


def _spent(
    connection: sqlite3.Connection, since: datetime | None, without: Hold | None = None
) -> Spent:
    rows = _sums(connection, "''", since, without)
    return spent_from(rows[0]) if rows else Spent()


def _sums(
    connection: sqlite3.Connection, name: str, since: datetime | None, without: Hold | None = None
) -> list[tuple[Any, ...]]:
    """For each name: the name, the fields of `Spent`, the fields of `Usage`."""
    sql = (
        f"SELECT {name}, exact_sum(iif(runs, NULL, cost)), sum(cost IS NULL AND NOT runs), "  # noqa: S608 - our own column names
        "sum(cost IS NOT NULL AND is_partial AND NOT runs), sum(NOT runs), "
        "exact_sum(iif(runs, high, NULL)), "
        f"{', '.join(f'sum(iif(runs, 0, {column}))' for column in USAGE_COLUMNS)}, "
        "max(is_estimate AND NOT runs) "
        f"FROM (SELECT *, {_RUNS} AS runs FROM requests "
        "WHERE at >= :since AND hold IS NOT :without) GROUP BY 1"
    )
    values = {
        "now": _text(datetime.now(UTC)),
        "since": _text(since) if since else "",
        "without": without.id if without else "",
    }
    return connection.execute(sql, values).fetchall()
