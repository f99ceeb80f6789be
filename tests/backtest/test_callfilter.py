"""The list of system calls: the filter, worked out step by step for made-up calls."""

import errno
import os
import re
import sys
from pathlib import Path

import pytest

from stratcraft_jupyter.backtest import callfilter, linux, sandbox
from stratcraft_jupyter.backtest.callfilter import ALLOW, REFUSE, UNKNOWN, filter_program
from stratcraft_jupyter.backtest.callnumbers import MACHINES, looked_at_calls, plain_calls

ME, OTHER = 4321, 1234
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
# newer than the headers of some systems, and alike on all machines
NEW = {"futex_wake": 454, "futex_wait": 455, "futex_requeue": 456, "mseal": 462}


def outcome(machine, number, *arguments, architecture=None):
    """What the kernel would do: it runs the same steps on the same words."""
    words = {0: number, 4: MACHINES[machine] if architecture is None else architecture}
    for place, value in enumerate((*arguments, *(0,) * (6 - len(arguments)))):
        words[16 + 8 * place] = value & 0xFFFFFFFF
        words[20 + 8 * place] = value >> 32 & 0xFFFFFFFF
    steps, at, word = filter_program(machine, ME), 0, 0
    while True:
        step = steps[at]
        at += 1
        if step.code == callfilter.RETURN:
            return step.value
        if step.code == callfilter.LOAD:
            word = words[step.value]
            continue
        holds = {
            callfilter.EQUAL: word == step.value,
            callfilter.ABOVE: word > step.value,
            callfilter.AT_LEAST: word >= step.value,
            callfilter.COMMON: bool(word & step.value),
        }[step.code]
        at += step.if_true if holds else step.if_false


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_that_reach_nothing_are_allowed(machine):
    for number in plain_calls(machine).values():
        assert outcome(machine, number) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_all_other_calls_are_refused(machine):
    known = {*plain_calls(machine).values(), *looked_at_calls(machine).values()}
    for number in set(range(463)) - known:
        assert outcome(machine, number) == REFUSE
    assert outcome(machine, 463) == UNKNOWN
    assert outcome(machine, 0x40000000) == REFUSE
    allowed = plain_calls(machine)["getpid"]
    assert outcome(machine, allowed, architecture=0x40000003) == REFUSE


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("openat", (0, 0, os.O_RDONLY | os.O_CLOEXEC), ALLOW),
        ("openat", (0, 0, os.O_WRONLY), REFUSE),
        ("openat", (0, 0, os.O_RDWR), REFUSE),
        ("openat", (0, 0, os.O_CREAT), REFUSE),
        ("openat", (0, 0, os.O_TRUNC), REFUSE),
        ("kill", (ME, 15), ALLOW),
        ("kill", (OTHER, 15), REFUSE),
        ("kill", (2**32 - 1, 15), REFUSE),
        ("kill", (0, 15), REFUSE),
        ("tgkill", (ME, OTHER, 6), ALLOW),
        ("tgkill", (OTHER, OTHER, 6), REFUSE),
        ("prlimit64", (0, 0, 0, 1), ALLOW),
        ("prlimit64", (ME, 0, 0, 1), ALLOW),
        ("prlimit64", (OTHER, 0, 0, 1), REFUSE),
        ("prlimit64", (0, 0, 1, 0), REFUSE),
        ("prlimit64", (0, 0, 2**40, 0), REFUSE),
        ("ioctl", (0, 0x5401), ALLOW),
        ("ioctl", (0, 0x5412), REFUSE),
        ("fcntl", (0, 3), ALLOW),
        ("fcntl", (0, 8, OTHER), REFUSE),
        ("prctl", (15, 0), ALLOW),
        ("prctl", (1, 0), REFUSE),
    ],
)
def test_some_calls_depend_on_what_they_are_given(machine, name, arguments, expected):
    assert outcome(machine, looked_at_calls(machine)[name], *arguments) == expected


def test_errors_are_those_a_program_expects():
    assert REFUSE & 0xFFFF == errno.EPERM
    assert UNKNOWN & 0xFFFF == errno.ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_of_the_kernel(machine):
    if not HEADERS[machine].exists():
        pytest.skip("the headers of the kernel are not installed")
    text = HEADERS[machine].read_text()
    numbers = {
        name: int(number)
        for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\b", text)
    } | NEW
    if machine == "aarch64":  # the header gives it another name
        numbers["newfstatat"] = numbers["fstatat"]
    ours = plain_calls(machine) | looked_at_calls(machine)
    assert {name: numbers[name] for name in ours} == ours
    assert linux._NUMBERS[machine] == {name: numbers[name] for name in linux._NUMBERS[machine]}


def test_every_part_is_either_in_force_or_missing():
    phrases = [phrase for phrase, _ in sandbox.PARTS]
    assert sandbox.report(set()) == ([], phrases)
    everything = {holder for _, holders in sandbox.PARTS for holder in holders}
    assert sandbox.report(everything) == (phrases, [])
    enforced, missing = sandbox.report({"filter", "pipe"})
    assert "no UDP or other sockets" in enforced
    assert "files read-only from an allow-list" in missing
    assert sorted([*enforced, *missing]) == sorted(phrases)


@pytest.mark.skipif(sys.platform != "linux", reason="it is a list of calls of Linux")
def test_a_machine_that_is_not_known_is_told(monkeypatch):
    monkeypatch.setattr(linux.platform, "machine", lambda: "s390x")
    callfilter.prepare.cache_clear()
    assert callfilter.install() is False
    assert linux.drop_capabilities() is False
    assert linux.end_after(1.0) is False
    callfilter.prepare.cache_clear()
