"""Writes docs/components.md and docs/components/ from the catalog.

``--measure`` also compares all indicators anew and keeps the differences in
tests/indicators/measured.json, which takes a few minutes.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MEASURED = ROOT / "tests" / "indicators" / "measured.json"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # the second implementations are in the tests

from indicators.listed import LISTED
from indicators.talib_values import DIFFERS, FUNCTIONS

from stratcraft_jupyter.graph import FAMILIES, KINDS, Family, Kind, Param, Port

MADE = "<!-- Made by tools/components_page.py from the catalog. Change that, not this. -->"
LIMIT = 1e-9


def pages() -> dict[str, str]:
    """The text of each page by its path below docs/."""
    measured = json.loads(MEASURED.read_text("utf-8"))
    return {
        "components.md": _text(_overview(measured)),
        **{f"components/{family.name}.md": _text(_family_page(family)) for family in FAMILIES},
    }


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _overview(measured: Mapping[str, Any]) -> Iterator[str]:
    yield from (MADE, "", "# Components", "")
    yield (
        f"Everything a strategy can be made of: {len(KINDS)} kinds of nodes in {len(FAMILIES)} "
        "families. Here and in the palette they have the same names. How they work together is "
        "in [What a strategy means](semantics.md)."
    )
    yield from ("", "| Family | Kinds | What they are for |", "|---|---:|---|")
    counts = Counter(kind.family for kind in KINDS.values())
    for family in FAMILIES:
        link = f"[{family.title}](components/{family.name}.md)"
        yield f"| {link} | {counts[family.name]} | {family.help} |"
    yield from ("", *_table(measured))


def _table(measured: Mapping[str, Any]) -> Iterator[str]:
    found = sum(kind in KINDS for kind in LISTED.values())
    worst = max(measured[kind]["difference"] for kind in LISTED.values())
    yield from (f"## {found} of {len(LISTED)} indicators", "")
    yield (
        "Each indicator that other strategy builders offer, and the kind that holds it. Every "
        "output of it was computed by compiled code on real bars (AAPL, 700 days from March "
        "2000), with its defaults and with other parameters, and compared with TA-Lib where that "
        "has the same definition, and with a second implementation written from the formula. "
        "*Difference* is the largest one on any bar, relative to the value (near zero: to the "
        f"mean size of the values). The largest of all is {worst:.0e}; "
        f"the tests allow {LIMIT:.0e}."
    )
    yield from ("", "| Listed as | Kind | Checked with | Difference |", "|---|---|---|---:|")
    for title, name in LISTED.items():
        kind = KINDS[name]
        link = f"[{kind.title}](components/{kind.family}.md#{anchor(kind)})"
        difference = measured[name]["difference"]
        shown = f"{difference:.0e}" if difference else "0"
        yield f"| {_cell(title)} | {link} | {_cell(_checked(name))} | {shown} |"


def _checked(name: str) -> str:
    if name in FUNCTIONS:
        return f"TA-Lib {FUNCTIONS[name]}, and a second implementation"
    differs = DIFFERS.get(name, "")
    return f"second implementation. {differs}" if differs else "second implementation"


def _family_page(family: Family) -> Iterator[str]:
    kinds = [kind for kind in KINDS.values() if kind.family == family.name]
    yield from (MADE, "", f"# {family.title}", "", f"{family.help.capitalize()}.", "")
    yield " · ".join(f"[{kind.title}](#{anchor(kind)})" for kind in kinds)
    for kind in kinds:
        yield from ("", *_kind_section(kind))
    yield from ("", "[All families](../components.md)")


def _kind_section(kind: Kind) -> Iterator[str]:
    yield from (f'<a id="{anchor(kind)}"></a>', "", f"## {kind.title}", "")
    yield f"`{kind.name}`: {kind.help}."
    yield from ("", kind.semantics, "")
    if kind.aliases:
        yield f"- Also called: {', '.join(kind.aliases)}"
    if kind.formula:
        yield f"- Formula: `{kind.formula}`"
    if kind.reference:
        yield f"- Source: {kind.reference}"
    for title, ports in (("Inputs", kind.inputs), ("Outputs", kind.outputs)):
        if ports:
            yield f"- {title}: {'; '.join(_port(port) for port in ports)}"
    if kind.outputs and kind.outputs[0].type == "series" and kind.inputs:
        yield f"- First value: {_first(kind.lookback)}"
    if kind.params:
        yield from ("", "| Parameter | Default | Range | Unit | |", "|---|---|---|---|---|")
        for param in kind.params:
            yield (
                f"| {param.title} `{param.name}` | {_value(param.default)} | {_range(param)} "
                f"| {_cell(param.unit)} | {_cell(_param_note(param))} |"
            )


def anchor(kind: Kind) -> str:
    """Where the kind is on the page of its family."""
    return kind.name.partition(".")[2].replace("_", "-")


def _first(lookback: str) -> str:
    if lookback == "0":
        return "with the first values of its inputs"
    return f"`{lookback}` bars after the first values of its inputs"


def _port(port: Port) -> str:
    notes: list[str] = [port.type]
    if not port.required:
        notes.append("optional")
    if port.multiple:
        notes.append("any number")
    if port.when_choice:
        notes.append(f"while {port.when_choice[0]} is {_listed(port.when_choice[1])}")
    return f"`{port.name}` ({', '.join(notes)})" + (f", {port.help}" if port.help else "")


def _listed(values: tuple[str, ...]) -> str:
    return " or ".join(values)


def _range(param: Param) -> str:
    if param.choices:
        return ", ".join(param.choices)
    if param.minimum is not None and param.maximum is not None:
        return f"{_value(param.minimum)} to {_value(param.maximum)}"
    if param.format == "time":
        return "a time of day"
    return "yes or no" if param.type == "bool" else "a text"


def _param_note(param: Param) -> str:
    notes = [param.help] if param.help else []
    if param.unless_connected and "not connected" not in param.help:
        notes.append(f"while {param.unless_connected} is not connected")
    if param.when_connected:
        notes.append(f"while {param.when_connected} is connected")
    if param.when_choice:
        notes.append(f"while {param.when_choice[0]} is {_listed(param.when_choice[1])}")
    return "; ".join(notes)


def _value(value: float | bool | str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.12g}" if isinstance(value, int | float) else _cell(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(words: list[str]) -> int:
    """Writes the pages."""
    if "--measure" in words:
        from indicators.measuring import measured

        MEASURED.write_text(json.dumps(measured(), indent=1, sort_keys=True) + "\n", "utf-8")
    for path, text in pages().items():
        file = DOCS / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(f"docs/{path}: {text.count(chr(10)):,} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
