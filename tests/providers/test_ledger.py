"""The ledger: exact sums, nothing changed or lost, several processes on one file."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.providers import ledger as ledger_module
from stratcraft_jupyter.providers import ledger_file
from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.ledger import Hold, Ledger, LedgerEntry, LedgerError, Spent
from stratcraft_jupyter.providers.ledger_file import reading
from stratcraft_jupyter.providers.owner import is_gone, own_mark

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ENTRY = LedgerEntry(
    NOON, "openai", "gpt-6-sol", "SMA cross", "generate", Usage(100, 10, 5, 50, 20), Decimal("0.1")
)
COSTS = st.none() | st.decimals(0, 1000, places=9)
NAMES = st.sampled_from(["a", "b", "c:d", "é ' \" ;--"])
ENTRIES = st.builds(
    LedgerEntry,
    when=st.integers(0, 10**8).map(lambda seconds: NOON + timedelta(seconds=seconds)),
    provider=NAMES,
    model=NAMES,
    strategy=NAMES,
    purpose=st.just("generate"),
    usage=st.builds(Usage, *(st.integers(0, 10**9) for _ in range(5)), is_estimate=st.booleans()),
    cost=COSTS,
    outcome=st.sampled_from(["complete", "cancelled", "rate_limit"]),
    is_partial=st.booleans(),
)


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "new folder" / "ledger.sqlite")


def test_an_entry_comes_back_as_it_was(ledger):
    ledger.record(ENTRY)
    assert ledger.entries() == (ENTRY,)
    assert ledger.spent() == Spent(Decimal("0.1"), count=1)


def test_looking_makes_no_file(ledger):
    assert ledger.spent() == Spent()
    assert ledger.entries() == ledger.by_model() == ledger.by_strategy() == ()
    assert not ledger.path.parent.exists()


@given(st.lists(ENTRIES, max_size=12), st.integers(0, 10**8))
def test_sums_are_exact(tmp_path_factory, entries, since):
    since = NOON + timedelta(seconds=since)
    ledger = Ledger(tmp_path_factory.mktemp("ledger") / "ledger.sqlite")
    for entry in entries:
        ledger.record(entry)
    recent = [entry for entry in entries if entry.when >= since]
    known = [entry for entry in recent if entry.cost is not None]
    spent = ledger.spent(since)
    assert spent.amount == sum((entry.cost for entry in known), Decimal(0))
    assert spent.count == len(recent)
    assert spent.unknown_count == len(recent) - len(known)
    assert spent.partial_count == sum(entry.is_partial for entry in known)
    for parts in (ledger.by_model(since), ledger.by_strategy(since)):
        assert sum((part.spent.amount for part in parts), Decimal(0)) == spent.amount
        assert sum(part.spent.count for part in parts) == spent.count
        tokens = sum(part.usage.output_tokens for part in parts)
        assert tokens == sum(entry.usage.output_tokens for entry in recent)
    assert {part.name for part in ledger.by_strategy(since)} == {e.strategy for e in recent}
    assert sorted(map(repr, ledger.entries())) == sorted(map(repr, entries))


def test_a_hundred_tenths_are_ten(ledger):
    # binary fractions give 9.99999999999998
    for _ in range(100):
        ledger.record(ENTRY)
    assert ledger.spent().amount == Decimal("10.0")


def test_unknown_costs_are_said_never_counted_as_nothing(ledger):
    ledger.record(replace(ENTRY, cost=None))
    assert str(ledger.spent()) == "cost unknown for 1 request"
    ledger.record(ENTRY)
    ledger.record(replace(ENTRY, cost=None))
    assert str(ledger.spent()) == "at least 0.1000 USD, cost unknown for 2 requests"


def test_a_cancelled_request_counts_what_is_known_and_says_so(ledger):
    ledger.record(replace(ENTRY, outcome="cancelled", is_partial=True))
    assert ledger.spent() == Spent(Decimal("0.1"), partial_count=1, count=1)
    assert str(ledger.spent()) == "at least 0.1000 USD"


@pytest.mark.parametrize("cost", [Decimal(-1), Decimal("NaN"), Decimal("Infinity")])
def test_no_amount_of_money_is_no_entry(ledger, cost):
    with pytest.raises(LedgerError, match="no amount of money"):
        ledger.record(replace(ENTRY, cost=cost))
    assert ledger.spent().count == 0


def test_local_times_are_the_same_moments(ledger):
    ledger.record(replace(ENTRY, when=NOON.astimezone().replace(tzinfo=None)))
    assert ledger.entries()[0].when == NOON
    assert ledger.spent(NOON).count == 1
    assert ledger.spent(NOON + timedelta(microseconds=1)).count == 0


@pytest.mark.parametrize(
    "sql", ["UPDATE entries SET cost = '0'", "DELETE FROM entries", "DELETE FROM holds"]
)
def test_what_is_written_stays(ledger, sql):
    ledger.record(ENTRY)
    ledger.hold("openai", "m", "s", "generate", Decimal(1))
    connection = sqlite3.connect(ledger.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(sql)
    connection.close()
    assert ledger.spent().amount == Decimal("0.1")


class TestHolds:
    """Money set aside for a request that runs."""

    def test_a_hold_is_no_expense_until_it_is_recorded(self, ledger):
        hold = ledger.hold("openai", "m", "s", "generate", Decimal(2))
        assert ledger.spent() == Spent(held=Decimal(2))
        assert ledger.entries() == ()
        assert ledger.spent(without=hold) == Spent()
        ledger.record(ENTRY, hold)
        assert ledger.spent() == Spent(Decimal("0.1"), count=1)

    def test_it_is_refused_where_it_could_pass_a_limit(self, ledger):
        now = datetime.now(UTC)
        ledger.record(replace(ENTRY, when=now, cost=Decimal(3)))
        limits = [(now - timedelta(days=1), Decimal(5))]
        assert ledger.hold("p", "m", "s", "generate", Decimal("2.01"), limits) is None
        assert ledger.hold("p", "m", "s", "generate", Decimal(2), limits)
        assert ledger.hold("p", "m", "s", "generate", Decimal("0.01"), limits) is None
        assert ledger.spent().held == Decimal(2)

    def test_a_request_that_never_ended_is_of_unknown_cost(self, ledger, monkeypatch):
        monkeypatch.setattr(ledger_module, "_HOLD_TIME", timedelta(seconds=-1))
        ledger.hold("openai", "m", "s", "generate", Decimal(2))
        assert ledger.spent() == Spent(unknown_count=1, count=1)
        (entry,) = ledger.entries()
        assert (entry.outcome, entry.cost, entry.is_partial) == ("no_end", None, True)

    def test_a_hold_is_recorded_once(self, ledger):
        hold = ledger.hold("openai", "m", "s", "generate", Decimal(2))
        ledger.record(ENTRY, hold)
        with pytest.raises(LedgerError):
            ledger.record(ENTRY, hold)
        assert ledger.spent().count == 1


KILLED = """
import os, sys
from decimal import Decimal
from stratcraft_jupyter.providers.ledger import Ledger
Ledger(sys.argv[1]).hold("openai", "m", "s", "generate", Decimal(2), input_tokens=700,
                         least=Decimal("0.25"))
print("ready", flush=True)
sys.stdin.readline()
"""


class TestKilled:
    """A process that ends in the middle of a request, without a word."""

    @pytest.fixture
    def killed(self, ledger):
        process = started(KILLED, ledger.path)
        assert ledger.spent() == Spent(held=Decimal(2))
        assert ledger.spent().with_held() == (
            "0 USD, and up to 2.00 USD set aside for requests that run now"
        )
        process.kill()
        return process

    @pytest.mark.skipif(os.name != "posix", reason="processes of POSIX")
    def test_it_counts_at_once_and_with_its_prompt_at_least(self, ledger, killed):
        killed.wait()
        assert ledger.spent() == Spent(Decimal("0.25"), partial_count=1, count=1)
        assert str(ledger.spent()) == "at least 0.2500 USD"
        (entry,) = ledger.entries()
        assert (entry.outcome, entry.cost, entry.is_partial) == ("no_end", Decimal("0.25"), True)
        assert entry.usage == Usage(700, is_estimate=True)
        limits = [(datetime.now(UTC) - timedelta(days=1), Decimal(2))]
        assert ledger.hold("p", "m", "s", "generate", Decimal("1.76"), limits) is None
        assert ledger.hold("p", "m", "s", "generate", Decimal("1.75"), limits)
        killed.communicate()

    @pytest.mark.skipif(sys.platform != "linux", reason="told by Linux only")
    def test_also_before_its_parent_has_noticed(self, ledger, killed):
        os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)
        assert ledger.spent().held == 0
        killed.communicate()

    @pytest.mark.skipif(sys.platform != "linux", reason="told by Linux only")
    def test_another_process_with_its_number_is_not_taken_for_it(self):
        place, pid, start = own_mark().split(" ")
        assert not is_gone(own_mark())
        assert is_gone(f"{place} {pid} {int(start) - 1}")
        assert not is_gone(f"another-machine {pid} {int(start) - 1}")
        assert not is_gone("")

    def test_a_ledger_of_the_first_version_is_kept_and_goes_on(self, ledger):
        ledger.path.parent.mkdir()
        connection = sqlite3.connect(ledger.path)
        for statement in ledger_file._SCHEMA:
            connection.execute(statement)
        until = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="microseconds")
        connection.execute(
            "INSERT INTO holds VALUES ('h', ?, 'p', 'm', 's', 'generate', 'USD', ?, '3')",
            (NOON.isoformat(timespec="microseconds"), until),
        )
        connection.commit()
        connection.close()
        assert ledger.spent() == Spent(held=Decimal(3))
        ledger.record(ENTRY, Hold("h"))
        assert ledger.spent() == Spent(Decimal("0.1"), count=1)


class TestBadFiles:
    """A ledger that cannot be used is left alone, with a message."""

    def test_another_file_is_not_overwritten(self, ledger):
        ledger.path.parent.mkdir()
        ledger.path.write_bytes(b"something else entirely, and long enough to look at" * 40)
        before = ledger.path.read_bytes()
        for use in (lambda: ledger.record(ENTRY), ledger.spent):
            with pytest.raises(LedgerError, match="not a database"):
                use()
        assert ledger.path.read_bytes() == before

    def test_a_newer_version_is_refused(self, ledger):
        ledger.record(ENTRY)
        connection = sqlite3.connect(ledger.path)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        with pytest.raises(LedgerError, match="newer version"):
            ledger.record(ENTRY)

    def test_a_folder_that_cannot_be_made(self, tmp_path):
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(LedgerError, match="cannot be written") as caught:
            Ledger(tmp_path / "file" / "ledger.sqlite").record(ENTRY)
        assert "STRATCRAFT_HOME" in caught.value.hint

    @pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
    def test_others_may_not_read_it(self, ledger):
        ledger.record(ENTRY)
        assert ledger.path.stat().st_mode & 0o077 == 0


WRITER = """
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.ledger import Ledger, LedgerEntry
path, name, count = sys.argv[1:]
ledger = Ledger(path)
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(count)):
    ledger.record(LedgerEntry(datetime.now(UTC), "openai", "m", name, "generate",
                              Usage(1, output_tokens=number), Decimal("0.1")))
    print(number, flush=True)
"""
HOLDER = """
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from stratcraft_jupyter.providers.ledger import Ledger
ledger = Ledger(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
limits = [(datetime.now(UTC) - timedelta(days=1), Decimal(5))]
print(sum(bool(ledger.hold("p", "m", "s", "generate", Decimal(1), limits)) for _ in range(4)))
sys.stdout.flush()
sys.stdin.readline()  # a process that has ended holds nothing
"""


def started(code, *words):
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout.readline() == "ready\n"
    return process


def go(processes):
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()


class TestProcesses:
    """Several kernels use one file at the same time."""

    def test_nothing_is_lost_when_all_begin_a_new_ledger_at_once(self, ledger):
        processes = [started(WRITER, ledger.path, f"strategy {n}", 40) for n in range(4)]
        go(processes)
        outputs = [process.communicate()[0] for process in processes]
        assert [process.returncode for process in processes] == [0] * 4
        assert all(len(output.splitlines()) == 40 for output in outputs)
        assert ledger.spent() == Spent(Decimal("16.0"), count=160)
        assert [part.spent.count for part in ledger.by_strategy()] == [40] * 4

    @pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
    def test_a_killed_process_loses_nothing_it_recorded_and_blocks_nobody(self, ledger):
        victim = started(WRITER, ledger.path, "victim", 100_000)
        go([victim])
        written = [victim.stdout.readline() for _ in range(10)]
        os.kill(victim.pid, signal.SIGKILL)
        written += victim.communicate()[0].splitlines()
        ledger.record(ENTRY)
        counts = {part.name: part.spent.count for part in ledger.by_strategy()}
        assert counts["SMA cross"] == 1
        # the last one may be recorded and not yet printed
        assert counts["victim"] - len(written) in (0, 1)
        connection = sqlite3.connect(ledger.path)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()

    def test_a_limit_holds_for_all_together(self, ledger):
        processes = [started(HOLDER, ledger.path) for _ in range(4)]
        go(processes)
        assert sum(int(process.stdout.readline()) for process in processes) == 5
        assert ledger.spent().held == Decimal(5)
        for process in processes:
            process.communicate()

    def test_it_tries_again_where_sqlite_does_not_wait(self, ledger):
        ledger.record(ENTRY)
        calls = []

        def reads_then_writes(connection):
            calls.append(connection.execute("SELECT 1 FROM entries").fetchone())
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM entries").fetchone()
            if len(calls) == 1:
                ledger.record(ENTRY)  # as another process would: SQLite gives up at once
            hold = (f"hold {len(calls)}", *[""] * 7)
            names = "id, at, provider, model, strategy, purpose, currency, until"
            connection.execute(f"INSERT INTO holds ({names}) VALUES (?,?,?,?,?,?,?,?)", hold)
            connection.execute("COMMIT")

        reading(ledger.path, reads_then_writes, None)
        assert len(calls) == 2
        assert ledger.spent().count == 3

    def test_it_waits_for_another_process_that_writes(self, ledger):
        ledger.record(ENTRY)
        other = sqlite3.connect(ledger.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        process = started(WRITER, ledger.path, "waits", 1)
        go([process])
        time.sleep(0.2)
        assert ledger.spent().count == 1  # reading does not wait
        other.execute("ROLLBACK")
        other.close()
        assert process.communicate()[0] == "0\n"
        assert ledger.spent().count == 2
