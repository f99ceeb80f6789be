"""Three versions become one, hunk by hunk; nothing that was written by hand is lost unseen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.codegen.merge import diff_rows, merge
from stratcraft_jupyter.graph import load_template, set_param

BASE = "one\ntwo\nthree\nfour\nfive\n"


def kinds(merged):
    return [hunk.kind for hunk in merged.hunks]


def test_changes_of_different_lines_are_both_taken():
    merged = merge(BASE, BASE.replace("two", "TWO"), BASE.replace("five", "FIVE"))
    assert merged.text() == "one\nTWO\nthree\nfour\nFIVE\n"
    assert kinds(merged) == ["same", "mine", "same", "theirs"]
    assert not merged.has_conflicts


def test_the_same_change_is_taken_once():
    changed = BASE.replace("two", "TWO")
    merged = merge(BASE, changed, changed)
    assert merged.text() == changed
    assert kinds(merged) == ["same", "both", "same"]


def test_different_changes_of_a_line_are_a_conflict_that_keeps_mine():
    merged = merge(BASE, BASE.replace("two", "mine"), BASE.replace("two", "theirs"))
    assert merged.has_conflicts
    assert merged.open_conflicts() == (1,)
    assert merged.hunks[1].kind == "conflict"
    assert merged.text() == BASE.replace("two", "mine")


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("base", "two\n"),
        ("mine", "mine\n"),
        ("theirs", "theirs\n"),
        ("mine_theirs", "mine\ntheirs\n"),
        ("theirs_mine", "theirs\nmine\n"),
    ],
)
def test_a_conflict_is_settled_by_a_choice(choice, expected):
    merged = merge(BASE, BASE.replace("two", "mine"), BASE.replace("two", "theirs"))
    assert merged.text({1: choice}) == BASE.replace("two\n", expected)
    assert merged.open_conflicts({1: choice}) == ()


def test_every_hunk_can_be_left():
    merged = merge(BASE, BASE.replace("two", "TWO"), BASE.replace("five", "FIVE"))
    assert merged.text({1: "base", 3: "base"}) == BASE
    assert merged.text({1: "theirs", 3: "mine"}) == BASE
    assert merged.text({3: "base"}) == BASE.replace("two", "TWO")


def test_lines_added_and_removed_are_hunks():
    merged = merge(BASE, BASE + "six\n", BASE.replace("one\n", ""))
    assert merged.text() == "two\nthree\nfour\nfive\nsix\n"
    assert kinds(merged) == ["theirs", "same", "mine"]


def test_a_removal_and_a_change_of_the_same_line_are_a_conflict():
    merged = merge(BASE, BASE.replace("two\n", ""), BASE.replace("two", "TWO"))
    assert kinds(merged) == ["same", "conflict", "same"]
    assert merged.text() == BASE.replace("two\n", "")
    assert merged.text({1: "theirs"}) == BASE.replace("two", "TWO")


def test_a_last_line_without_end_gets_one_when_more_follows():
    merged = merge("a", "a mine", "a theirs")
    assert merged.text({0: "mine_theirs"}) == "a mine\na theirs"


def test_empty_versions_are_versions():
    assert merge("", "", "").hunks == ()
    assert merge("", "a\n", "").text() == "a\n"
    assert merge("a\n", "", "a\n").text() == ""
    assert merge("", "a\n", "b\n").has_conflicts


def test_an_edit_survives_a_change_of_the_graph():
    graph = load_template("rsi_mean_reversion")
    base = compile_strategy(graph)
    theirs = compile_strategy(set_param(graph, "rsi", "period", 21))
    mine = base.replace(
        "        self.close()\n", '        self.close()\n        self.log("left")\n'
    )
    merged = merge(base, mine, theirs)
    assert not merged.has_conflicts
    assert merged.text() == theirs.replace(
        "        self.close()\n", '        self.close()\n        self.log("left")\n'
    )
    assert "mine" in kinds(merged)
    assert "theirs" in kinds(merged)


# --- properties ----------------------------------------------------------------------------------

texts = st.lists(
    st.sampled_from(["a", "b", "c", "", "  d", "a\x0cb", "x\u2028y"]), max_size=12
).map("\n".join)
ends = st.sampled_from(["", "\n"])
versions = st.tuples(texts, ends).map("".join)


@given(versions, versions)
def test_an_unedited_version_gives_way_to_theirs(base, theirs):
    assert merge(base, base, theirs).text() == theirs


@given(versions, versions)
def test_an_unchanged_generation_keeps_mine(base, mine):
    merged = merge(base, mine, base)
    assert merged.text() == mine
    assert not merged.has_conflicts


@given(versions, versions)
def test_equal_versions_merge_to_themselves(base, both):
    merged = merge(base, both, both)
    assert merged.text() == both
    assert not merged.has_conflicts


@given(versions, versions, versions)
def test_hunks_hold_all_of_every_version(base, mine, theirs):
    merged = merge(base, mine, theirs)
    assert "".join(hunk.base for hunk in merged.hunks) == base
    assert "".join(hunk.mine for hunk in merged.hunks) == mine
    assert "".join(hunk.theirs for hunk in merged.hunks) == theirs


@given(versions, versions, versions, st.sampled_from(["base", "mine", "theirs"]))
def test_one_choice_for_all_hunks_gives_that_version(base, mine, theirs, side):
    merged = merge(base, mine, theirs)
    choices = dict.fromkeys(range(len(merged.hunks)), side)
    assert merged.text(choices) == {"base": base, "mine": mine, "theirs": theirs}[side]


@given(versions, versions, versions)
def test_exchanging_the_sides_exchanges_the_hunks(base, mine, theirs):
    other = {"mine": "theirs", "theirs": "mine"}
    one, two = merge(base, mine, theirs), merge(base, theirs, mine)
    assert kinds(two) == [other.get(kind, kind) for kind in kinds(one)]


@given(versions, versions, versions)
def test_kinds_say_what_happened(base, mine, theirs):
    for hunk in merge(base, mine, theirs).hunks:
        same = (hunk.base == hunk.mine, hunk.base == hunk.theirs, hunk.mine == hunk.theirs)
        expected = {
            "same": (True, True, True),
            "mine": (False, True, False),
            "theirs": (True, False, False),
            "both": (False, False, True),
            "conflict": (False, False, False),
        }
        assert same == expected[hunk.kind]


@settings(max_examples=60)
@given(versions, versions)
def test_rows_hold_both_texts_with_their_numbers(one, other):
    rows = diff_rows(one, other)
    left = [row for row in rows if row.left_number is not None]
    right = [row for row in rows if row.right_number is not None]
    assert "\n".join(row.left for row in left) == one.removesuffix("\n")
    assert "\n".join(row.right for row in right) == other.removesuffix("\n")
    assert [row.left_number for row in left] == list(range(1, len(left) + 1))
    assert [row.right_number for row in right] == list(range(1, len(right) + 1))
    for row in rows:
        if row.kind == "same":
            assert row.left == row.right
        assert (row.kind == "added") == (row.left_number is None)
        assert (row.kind == "removed") == (row.right_number is None)


def test_rows_of_a_change_stand_side_by_side():
    rows = diff_rows(BASE, BASE.replace("two", "TWO").replace("five\n", ""))
    assert [(row.kind, row.left, row.right) for row in rows] == [
        ("same", "one", "one"),
        ("changed", "two", "TWO"),
        ("same", "three", "three"),
        ("same", "four", "four"),
        ("removed", "five", ""),
    ]
