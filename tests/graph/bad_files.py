"""Files that are no strategy document, with what is said about each: message and hint."""

import json

from stratcraft_jupyter.graph import load_template, set_name
from stratcraft_jupyter.graph.reading import MAX_BYTES

GRAPH = set_name(load_template("sma_cross"), "Größe")
GOOD = GRAPH.to_json()

BROKEN = "Nothing was opened or changed. Restore it from a backup, or correct it by hand."
INVALID = "Nothing was opened or changed. Correct these places and open it again."
TOP = "'backtest', 'description', 'edges', 'layout', 'name', 'nodes', 'schema_version'"
LIKE_AN_ID = 'use lower-case letters, digits and underscores, as in "fast_sma"'
LIKE_AN_END = 'use lower-case letters, digits and underscores, as in "bars.close"'
NUMBER = "use a text, true, false or a number (a whole one up to 10^15)"


def broken(problem: str) -> tuple[str, str]:
    return f"The document is no strategy document: {problem}.", BROKEN


def invalid(*problems: str) -> tuple[str, str]:
    return f"The strategy document is not valid: {'; '.join(problems)}.", INVALID


def document(**parts: object) -> bytes:
    return json.dumps({"schema_version": 1, **parts}).encode()


def node(node_id: str = "a", **parts: object) -> dict:
    return {"id": node_id, "kind": "indicator.sma", **parts}


def edges(*pairs: str) -> list[dict]:
    ends = [pair.split(">") for pair in pairs]
    return [{"source": source, "target": target} for source, target in ends]


def nested(depth: int) -> bytes:
    return b'{"schema_version": 1, "name": ' + b"[" * depth + b"]" * depth + b"}"


ABC = [node("a"), node("b"), node("c")]

BAD = {
    # no document at all
    "empty": (b"", broken("it is empty")),
    "only spaces": (b" \n\t ", broken("it is empty")),
    "text": (
        b"SMA cross",
        broken("it is no complete JSON: Expecting value (line 1, column 1)"),
    ),
    "two documents": (
        GOOD.encode() * 2,
        broken(f"it is no complete JSON: Extra data (line {GOOD.count(chr(10)) + 1}, column 1)"),
    ),
    "no colon": (
        b'{"schema_version" 1}',
        broken("it is no complete JSON: Expecting ':' delimiter (line 1, column 19)"),
    ),
    "Python, not JSON": (
        b"{'schema_version': 1}",
        broken(
            "it is no complete JSON: Expecting property name enclosed in double quotes "
            "(line 1, column 2)"
        ),
    ),
    "a list": (b"[]", broken("it holds a JSON list, not an object")),
    "a text in JSON": (b'"x"', broken("it holds a JSON string, not an object")),
    "true": (b"true", broken("it holds a JSON boolean, not an object")),
    "null": (b"null", broken("it holds a JSON number or null, not an object")),
    "Latin-1": (GOOD.encode("latin-1"), broken(f"byte {GOOD.index('ö')} is no UTF-8")),
    "UTF-16": (GOOD.encode("utf-16"), broken("byte 0 is no UTF-8")),
    "UTF-16 without a mark": (
        GOOD.encode("utf-16-le"),
        broken(f"byte {2 * GOOD.index('ö')} is no UTF-8"),
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n", broken("byte 0 is no UTF-8")),
    "NaN": (
        b'{"schema_version": 1, "backtest": {"cash": NaN}}',
        broken("the number NaN is not allowed"),
    ),
    "minus infinity": (
        b'{"schema_version": 1, "layout": {"a": {"x": -Infinity, "y": 0}}}',
        broken("the number -Infinity is not allowed"),
    ),
    "a key twice": (
        b'{"schema_version": 1, "name": "a", "name": "b"}',
        broken("the key 'name' is there twice"),
    ),
    "a key twice, deep": (
        b'{"schema_version": 1, "nodes": [{"id": "a", "id": "b"}]}',
        broken("the key 'id' is there twice"),
    ),
    "a number of 5,000 digits": (
        b'{"schema_version": 1, "name": ' + b"9" * 5_000 + b"}",
        broken("the number 99999999999999999999... has 5,000 digits"),
    ),
    "nested 250 deep": (nested(250), invalid("its JSON is nested too deeply")),
    "nested 100,000 deep": (nested(100_000), broken("its JSON is nested too deeply")),
    "too large": (
        document(name="x" * MAX_BYTES),
        (
            "The document is no strategy document: "
            f"it has {len(document(name='')) + MAX_BYTES:,} bytes; "
            f"strategy documents have at most {MAX_BYTES:,}.",
            BROKEN,
        ),
    ),
    "a raw control character": (
        b'{"schema_version": 1, "name": "a\x07"}',
        broken("it is no complete JSON: Invalid control character at (line 1, column 33)"),
    ),
    # versions
    "no version": (
        b"{}",
        (
            "schema_version is missing, which is no version number.",
            'Strategy documents begin with "schema_version": 1.',
        ),
    ),
    **{
        f"version {shown}": (
            json.dumps({"schema_version": value}).encode(),
            (
                f"schema_version is {shown}, which is no version number.",
                'Strategy documents begin with "schema_version": 1.',
            ),
        )
        for value, shown in [("1", "'1'"), (1.0, "1.0"), (True, "True"), (0, "0"), (-1, "-1")]
    },
    "newer version": (
        document(schema_version=2, something_new=[1]),
        (
            "The document has schema version 2; this program reads up to 1.",
            "Update stratcraft-jupyter to open it: pip install -U stratcraft-jupyter.",
        ),
    ),
    # keys
    "unknown key": (
        document(nmae="x"),
        invalid("nmae: this key is not known here (Did you mean 'name')"),
    ),
    "key of another part": (
        document(cash=1),
        invalid(f"cash: this key is not known here (Known: {TOP})"),
    ),
    "unknown key of a node": (
        document(nodes=[node(), node("b", parms={})]),
        invalid("nodes[1].parms: this key is not known here (Did you mean 'params')"),
    ),
    "unknown key of an edge": (
        document(nodes=ABC, edges=[{**edges("a.x>b.y")[0], "label": "x"}]),
        invalid("edges[0].label: this key is not known here (Known: 'source', 'target')"),
    ),
    "unknown key of the backtest": (
        document(backtest={"comission": 0.1}),
        invalid("backtest.comission: this key is not known here (Did you mean 'commission')"),
    ),
    "unknown key of a position": (
        document(nodes=[node()], layout={"a": {"x": 1, "y": 1, "z": 1}}),
        invalid("layout.a.z: this key is not known here (Known: 'x', 'y')"),
    ),
    "a key that acts on a terminal": (
        document(**{"\x1b[2Jx\n": 1}),
        invalid(f"'\\x1b[2Jx\\n': this key is not known here (Known: {TOP})"),
    ),
    "four problems": (
        document(nodes=[{}], edges=[{}]),
        invalid(
            "nodes[0].id: this key is missing",
            "nodes[0].kind: this key is missing",
            "edges[0].source: this key is missing",
            "and 1 more",
        ),
    ),
    # types
    "a name of a number": (document(name=1), invalid("name: Input should be a valid string")),
    "no name": (document(name=""), invalid("name: String should have at least 1 character")),
    "a long name": (
        document(name="x" * 121),
        invalid("name: String should have at most 120 characters"),
    ),
    "no description": (
        document(description=None),
        invalid("description: Input should be a valid string"),
    ),
    "nodes by name": (document(nodes={}), invalid("nodes: Input should be a valid array")),
    "a node of text": (document(nodes=["a"]), invalid("nodes[0]: Input should be an object")),
    "2,001 nodes": (
        document(nodes=[node(f"n{number}") for number in range(2_001)]),
        invalid("nodes: Tuple should have at most 2000 items after validation, not 2001"),
    ),
    "an id with a line break": (
        document(nodes=[node("a\n")]),
        invalid(f"nodes[0].id: {LIKE_AN_ID}"),
    ),
    "an id of 41 characters": (
        document(nodes=[node("a" * 41)]),
        invalid(f"nodes[0].id: {LIKE_AN_ID}"),
    ),
    "a kind without family": (
        document(nodes=[node(kind="sma")]),
        invalid(
            'nodes[0].kind: use lower-case letters, digits and underscores, as in "indicator.sma"'
        ),
    ),
    "parameters in a list": (
        document(nodes=[node(params=[])]),
        invalid("nodes[0].params: Input should be an object"),
    ),
    "a parameter named oddly": (
        document(nodes=[node(params={"Period": 1})]),
        invalid(f"nodes[0].params.Period: {LIKE_AN_ID}"),
    ),
    **{
        f"parameter {json.dumps(value)[:12]}": (
            document(nodes=[node(params={"period": value})]),
            invalid(f"nodes[0].params.period: {NUMBER}"),
        )
        for value in (None, [1], {"a": 1}, 10**15 + 1, -(10**20), "bell \a")
    },
    "a parameter of 1,001 characters": (
        document(nodes=[node(params={"text": "x" * 1_001})]),
        invalid("nodes[0].params.text: the text has 1,001 characters; 1,000 fit"),
    ),
    "an infinite parameter": (
        b'{"schema_version":1,"nodes":[{"id":"a","kind":"b.c","params":{"p":1e999}}]}',
        invalid(f"nodes[0].params.p: {NUMBER}"),
    ),
    "a label of two lines": (
        document(nodes=[node(label="a\u2028b")]),
        invalid("nodes[0].label: control characters and line breaks are not allowed here"),
    ),
    "a note with a NUL": (
        document(nodes=[node(note="a\0")]),
        invalid("nodes[0].note: control characters are not allowed here"),
    ),
    "half a character": (
        b'{"schema_version": 1, "name": "\\ud800"}',
        invalid("a text holds half a character (one of \\ud800 to \\udfff alone); remove it"),
    ),
    "an edge without port": (
        document(nodes=ABC, edges=edges("a>b.y")),
        invalid(f"edges[0].source: {LIKE_AN_END}"),
    ),
    "cash in words": (
        document(backtest={"cash": "1000"}),
        invalid("backtest.cash: Input should be a valid number"),
    ),
    "no cash": (
        document(backtest={"cash": 0}),
        invalid("backtest.cash: Input should be greater than 0"),
    ),
    "a day that is none": (
        document(backtest={"start": "2021-02-29"}),
        invalid(
            "backtest.start: Input should be a valid date in the format YYYY-MM-DD, "
            "day value is outside expected range"
        ),
    ),
    "a day of digits": (
        document(backtest={"start": 20210101}),
        invalid("backtest.start: Input should be a valid date"),
    ),
    "end before start": (
        document(backtest={"start": "2021-01-02", "end": "2021-01-01"}),
        invalid("backtest: start 2021-01-02 is after end 2021-01-01"),
    ),
    "a timeframe that does not exist": (
        document(backtest={"timeframe": "7d"}),
        invalid(
            "backtest.timeframe: Input should be '1m', '5m', '15m', '30m', '1h', '2h', '4h', "
            "'1d', '1w' or '1M'"
        ),
    ),
    "a position far away": (
        document(nodes=[node()], layout={"a": {"x": 0, "y": 1e7}}),
        invalid("layout.a.y: Input should be less than or equal to 1000000"),
    ),
    # the graph
    "an id twice": (
        document(nodes=[node(), node()]),
        invalid("two nodes have the id 'a'; give each its own"),
    ),
    "an edge from nowhere": (
        document(nodes=ABC, edges=edges("d.x>a.y")),
        invalid("the edge d.x->a.y names 'd', which is no node; remove the edge"),
    ),
    "an edge to nowhere": (
        document(nodes=ABC, edges=edges("a.x>d.y")),
        invalid("the edge a.x->d.y names 'd', which is no node; remove the edge"),
    ),
    "an edge three times": (
        document(nodes=ABC, edges=edges("a.x>b.y", "a.x>b.y", "a.x>b.y")),
        invalid("the edge a.x->b.y is there 3 times; keep one"),
    ),
    "a loop of one": (
        document(nodes=ABC, edges=edges("a.x>a.y")),
        invalid("the edges make a loop: a -> a; remove one edge"),
    ),
    "a loop of three": (
        document(nodes=ABC, edges=edges("a.x>b.y", "b.x>c.y", "c.x>a.y")),
        invalid("the edges make a loop: a -> b -> c -> a; remove one edge"),
    ),
    "a loop behind others": (
        document(nodes=ABC, edges=edges("a.x>b.y", "b.x>c.y", "c.x>b.z")),
        invalid("the edges make a loop: b -> c -> b; remove one edge"),
    ),
    "a position of nothing": (
        document(nodes=[node()], layout={"b": {"x": 1, "y": 1}}),
        invalid("the layout places 'b', which is no node; remove that position"),
    ),
}
