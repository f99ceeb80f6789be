"""The search finds what it has to find: without that, finding nothing means nothing."""

import base64
import json
import sqlite3
from urllib.parse import quote

import pytest

from canary.finding import CANARIES, find_canaries
from canary.planting import planted
from canary.watching import Evidence

KEY = CANARIES["typed"]
DISGUISES = {
    "plain": f"Authorization: Bearer {KEY}",
    "bytes": f"x-api-key: {KEY}".encode(),
    "cut": f"your key {KEY[:12]}... is wrong",
    "tail": f"key ending in {KEY[-9:]}",
    "json": json.dumps({"key": KEY}),
    "address": f"http://host/?key={quote(KEY, safe='')}",
    "hexadecimal": KEY.encode().hex(),
    "basic": base64.b64encode(f"user:{KEY}".encode()).decode(),
    "basic with another user": base64.b64encode(f"a:{KEY}".encode()).decode(),
    "base64 alone": base64.b64encode(KEY.encode()).decode(),
    "utf-16": KEY.encode("utf-16"),
    "lower case": KEY.lower(),
}


@pytest.mark.parametrize("text", DISGUISES.values(), ids=DISGUISES)
def test_a_key_is_found_in_each_disguise(text):
    found = find_canaries(text)
    assert found
    assert all(line.startswith("the typed key") for line in found)


@pytest.mark.parametrize("source", CANARIES)
def test_every_canary_is_found_and_told_apart(source):
    assert find_canaries(CANARIES[source]) == [f"the {source} key, as it is"]


@pytest.mark.parametrize("text", ["", "sk-proj-1234567890abcdef", KEY[:8], "\ud800", b"\xff\0"])
def test_other_texts_hold_none(text):
    assert find_canaries(text) == []


def test_files_and_folders_are_searched(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.ipynb").write_text(json.dumps({"cells": [{"source": KEY}]}))
    connection = sqlite3.connect(tmp_path / "two.sqlite")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("INSERT INTO t VALUES (?)", [KEY])
    connection.commit()
    connection.close()
    (tmp_path / "three.txt").write_text("nothing here")
    (tmp_path / KEY).write_text("in the name")
    assert len(find_canaries(tmp_path)) == 3
    assert find_canaries(tmp_path / "three.txt") == []
    assert len(find_canaries(tmp_path / "two.sqlite")) == 1


def test_the_evidence_holds_local_variables_of_a_traceback():
    def fails(key):
        raise RuntimeError("no")

    evidence = Evidence()
    with planted("typed", "vendor", "") as key:
        try:
            fails(key)
        except RuntimeError as error:
            evidence.add_error("call", error)
    leaky = [place for place, text in evidence.texts if find_canaries(text)]
    assert leaky == ["locals of call", "verbose traceback of call"]
