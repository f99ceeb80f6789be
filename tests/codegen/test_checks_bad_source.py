"""Sources that are hardly sources give one clear finding, and never an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.corpus.mistakes import BAD_TEXTS, GOOD
from stratcraft_jupyter.codegen.checks import MAX_FINDINGS, check_code
from stratcraft_jupyter.errors import WrongTypeError


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_a_bad_text_gives_a_clear_finding(name):
    code, make = BAD_TEXTS[name]
    found = check_code(make())
    assert [item.code for item in found] == [code] * len(found)
    assert found
    assert all(item.severity == "error" and item.hint and len(str(item)) < 400 for item in found)


def test_line_ends_and_marks_of_files_do_not_matter():
    assert check_code("\ufeff" + GOOD.replace("\n", "\r\n")) == ()
    assert check_code(GOOD.replace("\n", "\r")) == ()


def test_a_source_has_to_be_a_text():
    with pytest.raises(WrongTypeError, match="not a text"):
        check_code(b"import backtrader")


def test_findings_are_bounded():
    source = GOOD + "".join(f"        x{n} = self.data.close[{n + 1}]\n" for n in range(400))
    assert len(check_code(source)) == MAX_FINDINGS


def test_long_generated_code_is_read_in_bounded_steps():
    body = "".join(f"        self.a{n} = self.rsi + {n}\n" for n in range(1500))
    source = GOOD.replace("\n\n    def next", f"\n{body}\n    def next", 1)
    assert {item.code for item in check_code(source)} == {"SC546"}


@given(st.text(max_size=300))
def test_no_text_breaks_the_checks(text):
    assert isinstance(check_code(text), tuple)


@given(st.integers(0, len(GOOD)), st.text(max_size=20), st.integers(0, 30))
def test_no_damage_breaks_the_checks(place, text, gone):
    assert isinstance(check_code(GOOD[:place] + text + GOOD[place + gone :]), tuple)
