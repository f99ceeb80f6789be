"""Source is parsed in several threads at once, and says nothing on the user's screen."""

import ast
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from stratcraft_jupyter.python_source import compile_python, parse_expression, parse_python

DEEP = "x = " + "+".join(["(1+(2*(3-(4))))"] * 40) + "\n"
ODD = "x = 1 is 1\n"


class Garbage:
    """What only the collector finds, and whose end lets other threads run."""

    def __init__(self):
        self.me = self

    def __del__(self):
        time.sleep(0)


def parse_among_garbage(_):
    for _ in range(200):
        Garbage()
    return len(parse_python(DEEP * 30).body)


def test_threads_do_not_disturb_each_other():
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(parse_among_garbage, range(80))) == {30}


def test_threads_leave_warnings_as_they_were():
    before = list(warnings.filters)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(parse_among_garbage, range(20)))
    assert warnings.filters == before


@pytest.mark.parametrize("read", [parse_python, lambda text: compile_python(text, "<text>")])
def test_nothing_is_said_of_odd_code(read, recwarn):
    warnings.simplefilter("always")
    read(ODD)
    assert list(recwarn) == []


def test_a_tree_is_what_python_makes_of_it():
    assert ast.dump(parse_python(DEEP)) == ast.dump(ast.parse(DEEP))
    assert ast.unparse(parse_expression("period * 2 + 1")) == "period * 2 + 1"


@pytest.mark.parametrize(
    ("text", "error"), [("x = (", SyntaxError), ("x\0", (SyntaxError, ValueError))]
)
def test_what_is_no_python_is_an_error(text, error):
    for read in (parse_python, parse_expression):
        with pytest.raises(error):
            read(text)


def test_compiling_finds_what_parsing_does_not():
    parse_python("return 1")
    with pytest.raises(SyntaxError):
        compile_python("return 1", "<text>")
