"""A verification report as HTML for notebooks: every text in it is escaped."""

from collections.abc import Sequence
from html import escape

from stratcraft_jupyter.verify.difference import Difference, NodeValue, OrderShown
from stratcraft_jupyter.verify.report import Check, Status, VerificationReport, mutants_told

_ONE_LINE = 16
_MARKS: dict[Status, str] = {"passed": "✓", "failed": "✗", "warning": "!", "skipped": "-"}
_WORDS: dict[Status, str] = {
    "passed": "passed",
    "failed": "failed",
    "warning": "to know",
    "skipped": "left out",
}
# the theme's own colours; their names are those of JupyterLab and Notebook 7
_GOOD = "color:var(--jp-success-color0,#1b5e20)"
_BAD = "color:var(--jp-error-color1,#d32f2f)"


def report_html(report: VerificationReport) -> str:
    """The whole report, with the details folded."""
    style, mark = (_GOOD, "✓") if report.ok else (_BAD, "✗")
    head = (
        f'<p style="{style};font-weight:600">{mark} {escape(report.strategy)}: '
        f"{escape(report.summary)}</p>"
    )
    difference = report.first_difference
    shown = difference_html(difference) if difference else ""
    opened = "" if report.ok or difference else " open"
    return (
        f'<div class="jp-StratCraft-report">{head}{shown}'
        f"<details{opened}><summary>Details</summary>{details_html(report)}</details></div>"
    )


def difference_html(difference: Difference) -> str:
    """Where code and graph part: what each has, why, and the values on that bar."""
    where = (
        f"First difference: {difference.series}, decided on the close of bar {difference.bar} "
        f"({difference.time})"
    )
    rows = (
        ("The graph says", orders_in_words(difference.expected)),
        ("The code has", orders_in_words(difference.found)),
        ("Likely cause", difference.explanation[:1].upper() + difference.explanation[1:]),
    )
    body = "".join(
        f'<tr><th scope="row" style="white-space:nowrap">{name}</th><td>{escape(t)}</td></tr>'
        for name, t in rows
    )
    nodes = nodes_html(difference.nodes)
    return f"<p><b>{escape(where)}</b></p><table><tbody>{body}</tbody></table>{nodes}"


def orders_in_words(orders: Sequence[OrderShown]) -> str:
    """The orders, or that there are none."""
    return "; ".join(map(str, orders)) or "no such order"


def nodes_html(nodes: Sequence[NodeValue]) -> str:
    """Values of the graph's nodes on a bar, from the action back to the bars."""
    if not nodes:
        return ""
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Node", "What it is", "Value"))
    rows = "".join(
        f'<tr><td style="padding-left:{node.depth}em">{escape(node.title)}</td>'
        f"<td>{escape(node.says)}</td>{_value_cell(node.values_in_words)}</tr>"
        for node in nodes
    )
    return (
        "<table><caption>Values of the graph on the close of that bar</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _value_cell(words: str) -> str:
    """A value on one line; several may take more."""
    style = ' style="white-space:nowrap"' if len(words) <= _ONE_LINE else ""
    return f"<td{style}>{escape(words)}</td>"


def details_html(report: VerificationReport) -> str:
    """What was looked at, what the bars tried, where the time went, what was not enforced."""
    tried = report.coverage
    facts = [
        f"{tried.series} series, {tried.orders:,} orders compared.",
        f"{tried.exercised} of {tried.nodes} nodes exercised, "
        f"{mutants_told(tried.told_apart, tried.equivalent, tried.mutants)}.",
    ]
    same = (check for check in report.checks if check.code == "SC610" and check.evidence)
    facts += [check.evidence[-1] for check in same if check.status == "passed"]
    if report.seconds:
        parts = ", ".join(f"{name} {spent:.1f} s" for name, spent in report.seconds)
        facts.append(f"Time: {sum(spent for _, spent in report.seconds):.1f} s ({parts}).")
    if report.isolation:
        facts.append(f"Not enforced on this system: {'; '.join(report.isolation)}.")
    survivors = ""
    if tried.survivors:
        items = "".join(f"<li>{escape(text)}</li>" for text in tried.survivors)
        survivors = (
            "<details><summary>Changes of the graph that gave the same orders on all bars</summary>"
            f"<ul>{items}</ul></details>"
        )
    said = "".join(f"<p>{escape(fact)}</p>" for fact in facts)
    return f"{said}{survivors}{checks_html(report.checks_by_weight)}"


def checks_html(checks: Sequence[Check]) -> str:
    """Every check with what came of it."""
    rows = "".join(
        f'<tr><td title="{_WORDS[check.status]}">{_MARKS[check.status]}</td>'
        f'<td style="white-space:nowrap">{escape(check.code)}</td><td>{escape(check.name)}</td>'
        f"<td>{escape(f'{check.message} {check.hint}'.strip())}</td></tr>"
        for check in checks
    )
    heads = ("", "Code", "Looked at", "Found")
    head = "".join(f'<th scope="col" style="white-space:nowrap">{name}</th>' for name in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
