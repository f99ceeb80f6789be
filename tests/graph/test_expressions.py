"""Text expressions: what can be written, what the errors say, and writing them down again."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.errors import ExpressionError
from stratcraft_jupyter.graph import KINDS, parse_expression
from stratcraft_jupyter.graph.expressions import print_expression
from stratcraft_jupyter.graph.expressions.names import function_name, functions
from stratcraft_jupyter.graph.expressions.parser import MAX_DEPTH, MAX_LENGTH, MAX_PARTS
from stratcraft_jupyter.graph.expressions.resolver import read_meaning
from stratcraft_jupyter.graph.expressions.tree import (
    Arithmetic,
    Call,
    Comparison,
    Earlier,
    Expression,
    Joined,
    Name,
    Negative,
    Not,
    Number,
    Words,
)

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b * c", Arithmetic("+", A, Arithmetic("*", B, C))),
        ("a - b - c", Arithmetic("-", Arithmetic("-", A, B), C)),
        ("a / b / c", Arithmetic("/", Arithmetic("/", A, B), C)),
        ("a - (b - c)", Arithmetic("-", A, Arithmetic("-", B, C))),
        ("-a * b", Arithmetic("*", Negative(A), B)),
        ("-a[1]", Negative(Earlier(A, 1))),
        ("a > b + c", Comparison(">", A, Arithmetic("+", B, C))),
        ("not a > b", Not(Comparison(">", A, B))),
        ("a or b and not c", Joined("or", (A, Joined("and", (B, Not(C)))))),
        ("a and b or c", Joined("or", (Joined("and", (A, B)), C))),
        ("a and b and c", Joined("and", (A, B, C))),
        ("a and (b and c)", Joined("and", (A, Joined("and", (B, C))))),
        ("A AND Not B", Joined("and", (A, Not(B)))),
        ("sma(a,\n 20)[2]", Earlier(Call("sma", (A, Number(20))), 2)),
        (
            "macd(a, slow_period=9).signal",
            Call("macd", (A,), (("slow_period", Number(9)),), "signal"),
        ),
        ("f('up', \"down\")", Call("f", (Words("up"), Words("down")))),
        (
            "1e-3 + .5 + 2.",
            Arithmetic("+", Arithmetic("+", Number(0.001), Number(0.5)), Number(2.0)),
        ),
        ("((a))", A),
    ],
)
def test_precedence(text, tree):
    assert parse_expression(text) == tree


def test_a_part_knows_where_it_is():
    tree = parse_expression("close >  sma(open, 3)")
    assert isinstance(tree, Comparison)
    assert (tree.at, tree.left.at, tree.right.at) == (6, 0, 9)


names = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("and", "or", "not")
)
leaves = (
    st.builds(
        Number, st.integers(0, 10**12) | st.floats(0, 1e12).filter(lambda x: str(x) != "-0.0")
    )
    | st.builds(
        Words,
        st.text(st.characters(categories=["L", "N", "P", "Zs"]))
        .filter(str.isprintable)
        .filter(lambda text: not ('"' in text and "'" in text)),
    )
    | st.builds(Name, names)
)


def _compounds(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return (
        st.builds(Negative, parts)
        | st.builds(Not, parts)
        | st.builds(Arithmetic, st.sampled_from("+-*/"), parts, parts)
        | st.builds(Comparison, st.sampled_from([">", ">=", "<", "<="]), parts, parts)
        | st.builds(
            Joined,
            st.sampled_from(["and", "or"]),
            st.lists(parts, min_size=2, max_size=4).map(tuple),
        )
        | st.builds(Earlier, parts, st.integers(1, 9_999))
        | st.builds(
            Call,
            names,
            st.lists(parts, max_size=3).map(tuple),
            st.dictionaries(names, parts, max_size=2).map(lambda found: tuple(found.items())),
            st.just("") | names,
        )
    )


trees = st.recursive(leaves, _compounds, max_leaves=12)


@given(trees)
def test_what_is_written_down_reads_the_same(tree):
    text = print_expression(tree)
    if len(text) <= MAX_LENGTH:
        assert parse_expression(text) == tree


def one_step(parts: Sequence[Expression]) -> list[Expression]:
    """Every operator over these parts."""
    pairs = list(itertools.product(parts, repeat=2))
    return [
        *(Negative(part) for part in parts),
        *(Not(part) for part in parts),
        *(Earlier(part, 2) for part in parts),
        *(Arithmetic(sign, *pair) for sign in "+-*/" for pair in pairs),
        *(Comparison(sign, *pair) for sign in (">", "<=") for pair in pairs),
        *(Joined(word, pair) for word in ("and", "or") for pair in pairs),
    ]


def test_every_operator_within_every_other_reads_the_same():
    for tree in one_step([A, *one_step([A])]):
        assert parse_expression(print_expression(tree)) == tree


PIECES = [
    *"+-*/()[],.=><!&|%^ \n\t0123456789\"'",
    *("and", "or", "not", "close", "a", "d", "true", "sma(", "macd(close).signal", "close[1]"),
    *(">=", "<=", "==", "1e9", "1e999", "20", "0.5", "crosses_above(", "min(", "period=", "“", "é"),
]


def problem_of(text: str, kind: str) -> ExpressionError | None:
    try:
        assert read_meaning(text, kind).nodes
    except ExpressionError as error:
        return error
    return None


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_read_or_refused_at_a_place_in_it(text):
    for kind in ("condition.expression", "math.expression"):
        problem = problem_of(text, kind)
        if problem:
            assert 0 <= problem.position <= len(text)
            assert problem.message.endswith(".")
            assert not problem.hint or problem.hint[-1] in ".?"


CONDITION = "condition.expression"


REFUSED = """
close >                   |  8 | The expression ends too early. | Write a series
close > 5%                | 10 | % cannot be used here. | Write 5 % as 0.05.
close == 5                |  7 | == cannot be used here. | Values are seldom equal
close > 5 && a > 1        | 11 | && cannot be used here. | Write and.
close > $5                |  9 | The character $ cannot be used here. |
close > "5                |  9 | " cannot be used here. | Close the quotes.
close > 1e13              |  9 | This number is too large. | Use 1,000,000,000,000 or less.
(close > 1                | 11 | A closing bracket is missing. |
sma(close 20) > 1         | 11 | A comma or a closing bracket is missing. |
close 5                   |  7 | 5 is not expected here. | Put an operator
1 < close < 3             | 11 | A comparison has two sides. | Write a < x < b as
close > not open          |  9 | not is not expected here. | Put the part with not in brackets.
close[0] > 1              |  7 | A whole number of bars ago is missing. | Write close[1]
close[a] > 1              |  7 | A whole number of bars ago is missing. | Write close[1]
close[9999] > 1           |  6 | 9999 bars ago is too far back. | Use 5,000 or less.
close.high > 1            |  6 | A dot names an output of a function. | Write it as in
close and volume          |  1 | and takes conditions, and close is a series. | Compare it
not 1                     |  5 | not takes conditions, and 1 is a number. | Compare it
(close > 1) + 1 > 2       |  8 | + takes numbers, and close > 1 is true or false. | Conditions are
close + 1                 |  7 | The expression is a series; here it has to be true or | Compare it
smaa(close) > 1           |  1 | There is no function named smaa. | Did you mean 'sma'
open > clos               |  8 | There is no series named clos. | Did you mean 'close'
open > x1                 |  8 | There is no series named x1. | There are open, high, low
sma > 1                   |  1 | sma is a function. | Write its arguments after it, as in sma(...).
close(1) > 1              |  1 | close is a series, not a function. |
sma(20) > 1               |  5 | Source of sma is a series, and 20 is a number. | Write a series
sma() > 1                 |  1 | Source of sma is missing. | Write sma(source, period=14).
sma(close, 3, 4) > 1      | 15 | sma takes at most 2 arguments. | Write sma(source, period=14).
sma(close, 0) > 1         | 12 | sma cannot have period=0. | Use 1 or more.
sma(close, 2.5) > 1       | 12 | sma cannot have period=2.5. | Use a whole number.
sma(close, open) > 1      | 12 | The period of sma is the same on every bar. | Write a plain
sma(close, perod=3) > 1   | 18 | sma has no argument named perod. | Did you mean 'period'?
sma(close, 3, period=3) > 1 | 22 | period is given twice. |
sma(source=close, 3) > 1  | 19 | This argument has no name. | Put it before
macd(close).line > 1      | 13 | macd has no output named line. | Write .macd or .signal
envelope(close) > 1       |  1 | envelope has several outputs. | Write .upper or .middle
1 < macd(close)[2].line   | 19 | A dot names an output of a function. | Write it as
highest(high, 20)[1]      |  1 | The expression is a series; here it has to be true or | Compare it
position.profit > 3       |  1 | The position has no name in a text. | Connect an output
3 < position              |  5 | The position has no name in a text. | Connect an output
vwap('hour') > 1          |  6 | vwap cannot have anchor="hour". | Use one of "session", "week",
vwap(5) > 1               |  6 | vwap cannot have anchor=5. | Use one of "session", "week",
vwap(session) > 1         |  6 | The anchor of vwap is no series. | Use one of "session", "week",
time_of_day(9)            | 13 | time_of_day cannot have from_time=9. | Use a time of day in quotes
time_of_day('9:30')       | 13 | time_of_day cannot have from_time="9:30". | Use a time of day in q
weekday(monday=1)         | 16 | weekday cannot have monday=1. | Use true or false.
weekday(close)            |  9 | The monday of weekday is no series. | Use true or false.
sma(close, '20') > 1      | 12 | sma cannot have period="20". | Use a number
sma(close, 1.5e0) > 1     | 12 | sma cannot have period=1.5. | Use a whole number.
close > '5'               |  9 | Words in quotes are values of parameters, | Write a number without
close > true              |  9 | true is a value of parameters, nothing to compute with. | Write the
close[1.5] > 1            |  7 | A whole number of bars ago is missing. | Write close[1]
'up' > 1                  |  1 | Words in quotes are values of parameters |
min(close) > 1            |  1 | Right of min is missing. | Write min(left, right, ...).
constant(true) > 1        | 10 | constant cannot have value=true. | Use a number.
"""
ROWS = [[cell.strip() for cell in line.split(" | ")] for line in REFUSED.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_error_says_where_and_what_to_do(row):
    text, column, message, hint = [*row, ""][:4]
    message, hint = message.removesuffix(" |"), hint.removesuffix("|")
    with pytest.raises(ExpressionError) as caught:
        read_meaning(text, CONDITION)
    assert caught.value.column == int(column)
    assert caught.value.message.startswith(message)
    assert caught.value.hint.startswith(hint)
    assert str(caught.value).startswith(f"Column {column}: {message}")


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("close >\u2028 5", 7, "There is an unusual space here (U+2028). Write a plain space."),
        ("close\u00a0> 5", 5, "There is an unusual space here (U+00A0). Write a plain space."),
        ("close > 5\x00", 9, "There is a character here that is not shown (U+0000). Delete it."),
        ("close > 5\u202e", 9, "There is a character here that is not shown (U+202E). Delete it."),
        (
            "vwap('a\x1fb') > 1",
            7,
            "There is a character here that is not shown (U+001F). Delete it.",
        ),
        (
            "vwap('a\u2029b') > 1",
            7,
            "There is an unusual space here (U+2029). Write a plain space.",
        ),
    ],
)
def test_a_character_that_is_not_shown_is_refused_where_it_is(text, position, message):
    problem = problem_of(text, CONDITION)
    assert problem is not None
    assert (problem.position, str(problem)) == (position, f"Column {position + 1}: {message}")


@given(
    st.sampled_from(["close > 1 and ", "  a > b[1]\n or ", "not (", "sma(close, 20) > "]),
    st.characters(exclude_characters="\t\n\r ").filter(lambda char: not char.isprintable()),
)
def test_a_character_that_is_not_shown_is_where_the_problem_is(before, character):
    problem = problem_of(f"{before}{character} open > 2", CONDITION)
    assert problem is not None
    assert problem.position == len(before)


@given(st.integers(0, 5), st.sampled_from(["clos", "smaa(close)", "sma(close, 0)", "'x'", "true"]))
def test_a_wrong_part_is_where_the_problem_is(place, wrong):
    parts = ["close > 1", "sma(close, 5) <= high", "a >= b", "open[1] > 2", "not c > d", "low < 9"]
    parts[place] = f"open >= {wrong}"
    text = " and ".join(parts)
    problem = problem_of(text, CONDITION)
    assert problem is not None
    begin = text.index(f"open >= {wrong}") + len("open >= ")
    assert begin <= problem.position < begin + len(wrong)


@pytest.mark.parametrize("number", ["20", "20.0", "2e1", "20.", "200e-1"])
def test_a_whole_number_may_be_written_in_any_way(number):
    for text in (f"sma(close, {number}) > 1", f"sma(close, period={number}) > 1"):
        params = dict(read_meaning(text, CONDITION).nodes[0].params)
        assert [(params["period"], type(params["period"]))] == [(20, int)]
    earlier = read_meaning(f"close[{number}] > 1", CONDITION).nodes[0]
    assert (earlier.kind, dict(earlier.params)) == ("math.shift", {"bars": 20})


def test_the_end_of_a_text_is_after_its_last_sign():
    problem = problem_of("close >   \n", CONDITION)
    assert problem is not None
    assert problem.position == len("close >")


def test_an_empty_text_is_refused():
    with pytest.raises(ExpressionError, match="The text is empty"):
        read_meaning(" \n", CONDITION)


def test_a_formula_is_no_condition():
    with pytest.raises(ExpressionError, match="true or false; here it has to be a series"):
        read_meaning("close > 1", "math.expression")


def nested(depth: int) -> str:
    return f"{'(' * depth}close{')' * depth} > 1"


def test_the_limits():
    read_meaning(nested(MAX_DEPTH - 1), CONDITION)
    for text in (nested(MAX_DEPTH), "not " * 60 + "a > 1", "1" + " + 1" * 60 + " > 1"):
        with pytest.raises(ExpressionError, match="deeper than 50 levels"):
            read_meaning(text, CONDITION)
    wide = " or ".join(["a>1"] * (MAX_PARTS // 3))
    read_meaning(wide, CONDITION)
    with pytest.raises(ExpressionError, match="more than 200 parts"):
        read_meaning(f"{wide} or a>1", CONDITION)
    with pytest.raises(ExpressionError, match="has 1,005 characters; 1,000 fit") as caught:
        read_meaning("a > 1" + " " * MAX_LENGTH, CONDITION)
    assert caught.value.position == MAX_LENGTH
    assert "connect that to a, b, c or d" in caught.value.hint


def test_functions_are_the_kinds_of_the_catalog():
    families = ("indicator", "math", "condition", "logic", "regime")
    unsaid = {"math.expression", "condition.expression", "condition.compare", "regime.custom"}
    unsaid |= {"logic.and", "logic.or", "logic.not"}
    kinds = {name for name, kind in KINDS.items() if kind.family in families}
    assert {kind.name for kind in functions().values()} == kinds - unsaid
    for name, kind in functions().items():
        own = function_name(kind)
        assert own is not None
        assert functions()[own] is kind
        assert name == name.lower()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sma", "indicator.sma"),
        ("highest", "indicator.highest"),
        ("min", "math.minimum"),
        ("max", "math.maximum"),
        ("abs", "math.absolute"),
        ("bbands", "indicator.bollinger_bands"),
        ("zscore", "math.z_score"),
        ("shift", "math.shift"),
        ("momentum", None),  # an alias of several
        ("volume", None),
    ],
)
def test_a_name_means_one_kind(name, kind):
    found = functions().get(name)
    assert (found.name if found else None) == kind
