"""Code is found in every shape of answer; what is no code is said to be so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.corpus import answers
from codegen.corpus.answers import CODE, FENCED, NO_CODE, REFUSALS, VERSIONS, WHOLE, F
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.codegen.extract import MAX_ANSWER, extract_code
from stratcraft_jupyter.graph import list_templates, load_template

COMPILED = [compile_strategy(load_template(item.name)) for item in list_templates()]


STOPPED = {
    None: "The code breaks off in the middle",
    "cut": "The answer was cut off",
    "refusal": "The model declined to go on",
    "filter": "The provider's content filter stopped the answer",
}


def told(text, **how):
    return [(item.code, item.severity) for item in extract_code(text, **how).findings]


@pytest.mark.parametrize("name", WHOLE)
def test_the_code_is_found_to_the_letter(name):
    found = extract_code(WHOLE[name])
    assert found.source == CODE
    assert found.findings == ()


@pytest.mark.parametrize("name", VERSIONS)
def test_the_last_whole_version_is_taken(name):
    assert extract_code(VERSIONS[name]).source == CODE


def test_several_versions_are_told():
    assert told(VERSIONS["two_versions"]) == [("SC505", "warning")]
    assert told(VERSIONS["broken_last"]) == []


@pytest.mark.parametrize(
    "code",
    [
        answers.DOCSTRING_WITH_FENCES,
        answers.DOCSTRING_WITH_BARE_FENCES,
        answers.TEXTS_WITH_ENTITIES,
        answers.COMMENT_WITH_THINK,
    ],
)
def test_what_code_says_in_texts_stays(code):
    assert extract_code(f"{F}python\n{code}{F}").source == code


def test_a_strategy_spread_over_blocks_is_put_together():
    found = extract_code(answers.SPREAD)
    assert found.findings == ()
    assert found.source.index("class Mean") < found.source.index("class Dips")
    assert F not in found.source
    compile(found.source, "strategy", "exec")


@pytest.mark.parametrize("name", NO_CODE)
def test_an_answer_without_code_is_said_to_be_so(name):
    found = extract_code(NO_CODE[name])
    assert found.source is None
    (item,) = found.findings
    assert item.code == "SC503"
    assert "no code" in item.message
    assert NO_CODE[name][:12].replace("\n", " ") in item.message


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_said_to_be_one(name):
    (item,) = extract_code(REFUSALS[name]).findings
    assert "declined" in item.message


@pytest.mark.parametrize("text", ["", "   \n\t\n", "\ufeff"])
def test_an_empty_answer_is_said_to_be_so(text):
    (item,) = extract_code(text).findings
    assert (item.code, item.message) == ("SC501", "The answer is empty.")
    (item,) = extract_code(text, stop="cut").findings
    assert "ended before any text" in item.message


@pytest.mark.parametrize("stop", [None, "cut", "refusal", "filter"])
def test_reasoning_alone_is_no_answer(stop):
    for text in ("<think>Let me see", "<think>a</think>", f"<think>\n{FENCED}"):
        found = extract_code(text, stop=stop)
        assert found.source is None
        assert [item.code for item in found.findings] == ["SC502"]


def test_an_answer_cut_before_its_code_is_said_to_be_so():
    (item,) = extract_code("Here is the", stop="cut").findings
    assert "cut off before its code" in item.message


@pytest.mark.parametrize("opening", [f"{F}python\n", f"Sure:\n\n{F}\n", ""])
@pytest.mark.parametrize("stop", [None, "cut", "refusal", "filter"])
def test_code_that_breaks_off_is_found_and_not_called_a_draft(opening, stop):
    cut = CODE[: CODE.index(" > 100")]
    found = extract_code(opening + cut, stop=stop)
    assert found.source.rstrip() == cut.rstrip()
    (item,) = found.findings
    assert (item.code, item.severity) == ("SC504", "error")
    assert STOPPED[stop] in item.message
    assert "draft" not in f"{item.message} {item.hint}"


def test_code_that_breaks_off_between_lines_is_not_taken_for_whole():
    cut = CODE[: CODE.index("        elif")]
    assert told(f"{F}python\n{cut}", stop="cut") == [("SC504", "error")]
    assert told(cut, stop="cut") == [("SC504", "error")]


@pytest.mark.parametrize("stop", ["cut", "refusal", "filter"])
def test_an_answer_that_ends_behind_its_code_is_whole_and_says_why_it_ended(stop):
    found = extract_code(f"{FENCED}\n\nThis strategy bu", stop=stop)
    assert found.source == CODE
    (item,) = found.findings
    assert (item.code, item.severity) == ("SC504", "warning")
    assert item.message == f"{STOPPED[stop]} after its code."


@pytest.mark.parametrize("stop", ["cut", "refusal", "filter"])
@pytest.mark.parametrize("text", ["", "<think>Let me see", "Here is the"])
def test_why_an_answer_ended_before_its_code_is_said(text, stop):
    (item,) = extract_code(text, stop=stop).findings
    word = {"cut": ("cut off", "ended"), "refusal": ("declined",), "filter": ("filter",)}[stop]
    assert any(one in item.message for one in word)


def test_broken_code_in_a_closed_fence_is_given_to_the_checks():
    broken = CODE.replace("size=10)", "size=10")
    assert extract_code(f"{F}python\n{broken}{F}").source == broken
    assert told(f"{F}python\n{broken}{F}") == []


def test_far_too_long_answers_are_refused():
    found = extract_code("x" * (MAX_ANSWER + 1))
    assert found.source is None
    assert [item.code for item in found.findings] == ["SC506"]


@pytest.mark.parametrize(
    "text",
    [
        f"{F}a\n" * 100_000,
        "~~~\n" * 200_000,
        "<think>" * 100_000,
        "import x\n" * 100_000,
        "class A(\n" * 50_000,
        "&lt;" * 200_000,
        "(" * 500_000,
        '"""' * 100_000,
        "# a\n" * 200_000,
    ],
)
def test_odd_answers_of_full_length_are_read_in_bounded_steps(text):
    assert extract_code(text).source is None or len(extract_code(text).source) <= len(text) + 1


# --- properties ----------------------------------------------------------------------------------

codes = st.sampled_from([CODE, answers.OTHER, *COMPILED])
prose = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="`~<&\ufeff") | st.just("\n"),
    max_size=120,
)
fences = st.tuples(st.sampled_from("`~"), st.integers(3, 6)).map(lambda pair: pair[0] * pair[1])


@given(codes, prose, prose, fences, st.sampled_from(["", "python", "py"]))
def test_code_between_fences_is_found_in_any_prose(code, before, behind, fence, language):
    text = f"{before}\n{fence}{language}\n{code}{fence}\n{behind}"
    assert extract_code(text).source == code


@given(codes, prose, fences, st.sampled_from(["\n", "\r\n", "\r"]))
def test_line_ends_do_not_matter(code, before, fence, end):
    text = f"{before}\n{fence}python\n{code}{fence}\n".replace("\n", end)
    assert extract_code(text).source == code


@given(codes, prose, fences)
def test_reasoning_changes_nothing(code, thought, fence):
    answer = f"{fence}python\n{code}{fence}\n"
    assert extract_code(f"<think>{thought}</think>\n{answer}").source == code
    assert extract_code(f"<think>{thought}\n{answer}</think>\n{answer}").source == code


@given(codes, st.data())
def test_a_cut_answer_is_never_taken_for_a_whole_one(code, data):
    place = data.draw(st.integers(0, len(code)))
    found = extract_code(f"{F}python\n{code[:place]}", stop="cut")
    assert any(item.severity == "error" for item in found.findings)


@given(st.text(max_size=400), st.sampled_from([None, "cut", "refusal", "filter"]))
def test_no_text_breaks_the_extraction(text, stop):
    found = extract_code(text, stop=stop)
    assert found.source is not None or found.findings


pieces = st.sampled_from(
    [
        *(F, "~~~", f"{F}python", "<think>", "</think>", "&lt;", "import a", '"""', "(", ""),
        *("class A(bt.Strategy):", "    x = 1", "words", "<pre><code>", "\r"),
    ]
)


@given(st.lists(pieces, max_size=30), st.sampled_from([None, "cut", "refusal", "filter"]))
def test_no_mixture_breaks_the_extraction(lines, stop):
    found = extract_code("\n".join(lines), stop=stop)
    assert found.source is None or (found.source.endswith("\n") and "\r" not in found.source)
    assert extract_code("\n".join(lines), stop=stop) == found


@given(codes, prose, prose)
def test_what_was_extracted_is_extracted_as_it_is(code, before, behind):
    found = extract_code(f"{before}\n{F}python\n{code}{F}\n{behind}").source
    assert extract_code(found).source == found
