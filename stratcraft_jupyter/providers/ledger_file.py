"""The SQLite file of the ledger: opened for each use, append-only, shared by several processes."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal, localcontext
from pathlib import Path
from typing import TypeVar

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.providers.cost import EXACT
from stratcraft_jupyter.providers.owner import is_gone

_VERSION = 2
_PATIENCE_SECONDS = 30.0
_T = TypeVar("_T")

_REQUEST_COLUMNS = """
    at TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    strategy TEXT NOT NULL,
    purpose TEXT NOT NULL,
    currency TEXT NOT NULL,
"""
# Amounts are text, because SQLite's numbers are binary fractions.
_SCHEMA = (
    f"""CREATE TABLE holds (
    id TEXT PRIMARY KEY NOT NULL,{_REQUEST_COLUMNS}    until TEXT NOT NULL,
    high TEXT
) STRICT""",
    f"""CREATE TABLE entries (
    id INTEGER PRIMARY KEY,{_REQUEST_COLUMNS}    hold TEXT UNIQUE,
    input_tokens INTEGER NOT NULL,
    cached_input_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL,
    is_estimate INTEGER NOT NULL,
    cost TEXT,
    outcome TEXT NOT NULL,
    is_partial INTEGER NOT NULL
) STRICT""",
    "CREATE INDEX entries_at ON entries (at)",
    *(
        f"CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        for table in ("entries", "holds")
        for verb in ("UPDATE", "DELETE")
    ),
    # A hold without an entry runs still, or its process ended without a word.
    """CREATE VIEW requests AS
    SELECT at, provider, model, strategy, purpose, currency, input_tokens, cached_input_tokens,
        cache_write_tokens, output_tokens, reasoning_tokens, is_estimate, cost, outcome,
        is_partial, NULL AS until, NULL AS high, hold, id
    FROM entries
    UNION ALL
    SELECT at, provider, model, strategy, purpose, currency, 0, 0, 0, 0, 0, 0, NULL, 'no_end',
        1, until, high, id, 0
    FROM holds WHERE NOT EXISTS (SELECT 1 FROM entries WHERE entries.hold = holds.id)""",
    "PRAGMA user_version = 1",
)
# Of a process that has ended without a word, at least the prompt counts, and at once.
_SECOND_SCHEMA = (
    "ALTER TABLE holds ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE holds ADD COLUMN input_tokens INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE holds ADD COLUMN least TEXT",
    "DROP VIEW requests",
    """CREATE VIEW requests AS
    SELECT at, provider, model, strategy, purpose, currency, input_tokens, cached_input_tokens,
        cache_write_tokens, output_tokens, reasoning_tokens, is_estimate, cost, outcome,
        is_partial, NULL AS until, NULL AS high, '' AS owner, hold, id
    FROM entries
    UNION ALL
    SELECT at, provider, model, strategy, purpose, currency, input_tokens, 0, 0, 0, 0,
        input_tokens > 0, least, 'no_end', 1, until, high, owner, id, 0
    FROM holds WHERE NOT EXISTS (SELECT 1 FROM entries WHERE entries.hold = holds.id)""",
    f"PRAGMA user_version = {_VERSION}",
)


class LedgerError(StratCraftError):
    """The ledger cannot be read or written."""


class _ExactSum:
    """The SQL function ``exact_sum``, over amounts that are text."""

    def __init__(self) -> None:
        self._sum = Decimal(0)

    def step(self, amount: str | None, /) -> None:
        if amount is not None:
            with localcontext(EXACT):
                self._sum += Decimal(amount)

    def finalize(self) -> str:
        return f"{self._sum:f}"


def reading(path: Path, job: Callable[[sqlite3.Connection], _T], empty: _T) -> _T:
    """Runs a job that only reads; a ledger that does not exist yet is not made by looking at it.

    Raises:
        LedgerError: The file cannot be read.
    """
    if not path.exists():
        return empty
    return _run(path, job)


def writing(path: Path, job: Callable[[sqlite3.Connection], _T]) -> _T:
    """Runs a job as one transaction that no other process interrupts.

    Raises:
        LedgerError: The file cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise _error(path, "written", error.strerror or str(error)) from None

    def transaction(connection: sqlite3.Connection) -> _T:
        # at once, because a transaction that read before it writes does not wait for others
        connection.execute("BEGIN IMMEDIATE")
        result = job(connection)
        connection.execute("COMMIT")
        return result

    return _run(path, transaction)


def _run(path: Path, job: Callable[[sqlite3.Connection], _T]) -> _T:
    """Runs a job on the file; again while another process is in the way, but not for ever.

    SQLite waits by itself for most locks, but now and then gives up at once when several
    processes begin a file or leave it.
    """
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with _connection(path) as connection:
                _prepare(connection, path)
                return job(connection)
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > end:
                raise _error(path, "used", str(error)) from None
        time.sleep(0.02)


@contextmanager
def _connection(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)
    try:
        connection.create_aggregate("exact_sum", 1, _ExactSum)  # type: ignore[arg-type]  # its stub knows int only
        connection.create_function("is_gone", 1, is_gone)
        yield connection
    finally:
        connection.close()  # what was not committed is undone


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection)
    if version == _VERSION:
        return
    if version > _VERSION:
        raise LedgerError(
            f"The ledger {str(path)!r} was written by a newer version of this package.",
            hint="Update stratcraft-jupyter.",
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    version = _version(connection)  # another process may have been faster
    steps = (_SCHEMA, _SECOND_SCHEMA)[version:]
    for statement in (statement for step in steps for statement in step):
        connection.execute(statement)
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _error(path: Path, verb: str, reason: str) -> LedgerError:
    return LedgerError(
        f"The ledger {str(path)!r} cannot be {verb}: {reason}.",
        hint="Move the file away to begin a new one, or set STRATCRAFT_HOME to a folder on a "
        "local disk.",
    )
