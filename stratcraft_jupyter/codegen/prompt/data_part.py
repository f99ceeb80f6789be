"""The strategy as data between two lines that nothing in it can imitate."""

import hashlib
import json
import re
import unicodedata
from typing import Any

from stratcraft_jupyter.codegen.compiler.names import class_name
from stratcraft_jupyter.codegen.compiler.plan import Plan
from stratcraft_jupyter.codegen.compiler.text import literal, plain
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.graph import StrategyGraph, describe

MAX_DATA = 150_000
"""Characters of the data part; a strategy of a hundred nodes takes about 20,000."""

MAX_DESCRIPTION = 1_000
MAX_NOTE = 300
MAX_SENTENCE = 1_200

_MARK_LENGTH = 32
# what models and their servers may take for the end of a text, or for somebody else speaking
_MARKUP = re.compile(r"<(?=[|/!?<A-Za-z])|\[(?=/?[A-Za-z])|>(?=>)|`")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def data_part(plan: Plan) -> str:
    """The strategy as data: plain English, parameters, further bars, and canonical JSON.

    Raises:
        StratCraftError: It is too large to be sent to a model.
    """
    body = _body(plan, MAX_NOTE)
    if len(body) > MAX_DATA:
        body = _body(plan, 0)
    if len(body) > MAX_DATA:
        raise StratCraftError(
            f"The strategy takes {len(body):,} characters; models are sent {MAX_DATA:,} at most.",
            hint="Use the built-in compiler, or split the strategy.",
        )
    return fenced(body)


def fenced(body: str) -> str:
    """The text between two lines with a mark made of the text itself, so it cannot hold them."""
    mark = hashlib.sha256(body.encode()).hexdigest()[:_MARK_LENGTH]
    return f"<<<<< data {mark}\n{body}\n>>>>> end of data {mark}"


def _body(plan: Plan, note_limit: int) -> str:
    document = plan.document
    sentences = [
        f"{number}. {safe_line(sentence, MAX_SENTENCE)}"
        for number, sentence in enumerate(describe(document), start=1)
    ]
    parameters = [
        f"- {name} = {_safe_json(literal(value))} ({safe_line(meaning, MAX_NOTE)})"
        for name, value, meaning in plan.parts.params
    ]
    lines = [
        f"Name: {safe_line(document.name, 120)}",
        f"Class name: {class_name(document.name)}",
        "",
        "On the close of every bar:",
        *sentences,
        "",
        "Parameters with their defaults:",
        *(parameters or ["- none"]),
        *_feeds(plan),
        "",
        "The document:",
        canonical_json(document, note_limit),
    ]
    return "\n".join(lines)


def _feeds(plan: Plan) -> list[str]:
    if not plan.parts.feeds:
        return []
    feeds = {name: dict(spec) for name, spec in plan.parts.feeds.items()}
    return ["", f"FEEDS = {_safe_json(json.dumps(feeds, ensure_ascii=False))}"]


def canonical_json(graph: StrategyGraph, note_limit: int = MAX_NOTE) -> str:
    """The document as sorted JSON without its layout: one line a node and an edge."""
    data = graph.model_dump(mode="json", exclude={"layout"})
    data["description"] = _cut(data["description"], MAX_DESCRIPTION)
    for node in data["nodes"]:
        node["note"] = _cut(node["note"] or "", note_limit) or None
        for name in ("label", "note"):
            if not node[name]:
                del node[name]
    entries = [f' "{name}": {_value(data[name])}' for name in sorted(data)]
    return "{\n" + ",\n".join(entries) + "\n}"


def _value(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if not isinstance(value, list):
        return _safe_json(_dumped(value))
    rows = ",\n".join(f"  {_safe_json(_dumped(item))}" for item in value)
    return f"[\n{rows}\n ]" if rows else "[]"


def _dumped(value: Any) -> str:  # noqa: ANN401 - any JSON value
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _safe_json(text: str) -> str:
    """JSON of the same value, in which nothing is hidden and nothing looks like markup."""
    shown = "".join(_escaped(char) if _is_odd(char) else char for char in text)
    return _MARKUP.sub(lambda match: _escaped(match[0]), shown)


def _is_odd(char: str) -> bool:
    if char.isascii():
        return not char.isprintable()
    if unicodedata.category(char) in _HIDDEN or char.isspace():
        return True
    return any(other in "<>[]`" for other in unicodedata.normalize("NFKC", char))


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1] if ord(char) > 0x7F else f"\\u{ord(char):04x}"


def safe_line(text: str, limit: int) -> str:
    """A text on one line in which nothing looks like markup, cut to a length."""
    line = unicodedata.normalize("NFKC", plain(text))
    return _cut(_MARKUP.sub(lambda match: "'" if match[0] == "`" else f"{match[0]} ", line), limit)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: max(0, limit - 3)]}..." if limit else ""
