"""The ``ledger`` command: what was spent on models, and the budgets."""

import argparse
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from stratcraft_jupyter.cli.output import say, write_json
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.providers.budget import Budgets, day_start, month_start
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.providers.ledger import Ledger, LedgerEntry, Spent, SpentOn
from stratcraft_jupyter.providers.preferences import edit_preferences, read_preferences

_PERIODS = ("request", "day", "month")
_MOST_DAYS = 36_500


def ledger(options: argparse.Namespace) -> int:
    """Prints what was spent by model and by strategy; sets budgets if some are given."""
    budgets, problem = _budgets(options)
    book = Ledger()
    since = None if options.days is None else datetime.now(UTC) - timedelta(days=options.days)
    sums = {"today": book.spent(day_start()), "this_month": book.spent(month_start())}
    sums["since"] = book.spent(since)
    by_model, by_strategy = book.by_model(since), book.by_strategy(since)
    if options.json:
        data = {
            "problem": problem,
            "since": since and since.isoformat(),
            "spent": {name: _spent_json(spent) for name, spent in sums.items()},
            "by_model": [_part_json(part) for part in by_model],
            "by_strategy": [_part_json(part) for part in by_strategy],
            "budgets": {name: _money(getattr(budgets, name)) for name in _PERIODS},
            "entries": [_entry_json(entry) for entry in book.entries(options.entries)],
        }
        write_json(options.json, data)
    if problem:
        say(f"warning: {problem}", options)
    of_day, of_month = (
        f" (budget: {shown_cost(x)})" if x is not None else "" for x in (budgets.day, budgets.month)
    )
    say(f"Spent today: {sums['today'].with_held()}{of_day}", options)
    say(f"Spent this month: {sums['this_month'].with_held()}{of_month}", options)
    period = "in all" if since is None else f"in {options.days} days"
    say(f"Spent {period}: {sums['since'].with_held()}", options)
    if budgets.request is not None:
        say(f"Budget for one request: {shown_cost(budgets.request)}", options)
    for title, parts in (("model", by_model), ("strategy", by_strategy)):
        _print_parts(title, parts, options)
    return 0


def amount(text: str) -> Decimal | str:
    """An amount in USD for a budget, or ``"none"``.

    Raises:
        argparse.ArgumentTypeError: It is neither.
    """
    if text == "none":
        return text
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no amount; write it as 2.50, or none")
    return value


def days(text: str) -> int:
    """A number of days.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days, such as 30")
    return int(text)


def _budgets(options: argparse.Namespace) -> tuple[Budgets, str]:
    """The budgets, changed if some are given, and why they could not be read."""
    preferences, problem = read_preferences()
    given = {name: getattr(options, f"budget_{name}") for name in _PERIODS}
    changes: dict[str, Any] = {
        name: None if value == "none" else value
        for name, value in given.items()
        if value is not None
    }
    if not changes:
        return preferences.budgets, problem
    if problem:
        raise StratCraftError(problem, hint="Then set the budgets again.")
    return edit_preferences(lambda now: {"budgets": replace(now.budgets, **changes)}).budgets, ""


def _print_parts(title: str, parts: tuple[SpentOn, ...], options: argparse.Namespace) -> None:
    if not parts:
        return
    say("", options)
    say(f"{title:40} {'requests':>8} {'tokens in':>12} {'tokens out':>12}  spent", options)
    for part in parts:
        name = "".join(c if c.isprintable() else "?" for c in part.name)
        say(
            f"{name:40} {part.spent.count:>8,} {part.usage.input_tokens:>12,} "
            f"{part.usage.output_tokens:>12,}  {part.spent.with_held()}",
            options,
        )


def _money(value: Decimal | None) -> str | None:
    """As text: JSON numbers are binary fractions."""
    return None if value is None else f"{value:f}"


def _spent_json(spent: Spent) -> dict[str, Any]:
    return asdict(spent) | {"amount": _money(spent.amount), "held": _money(spent.held)}


def _part_json(part: SpentOn) -> dict[str, Any]:
    return {"name": part.name, "spent": _spent_json(part.spent), "usage": asdict(part.usage)}


def _entry_json(entry: LedgerEntry) -> dict[str, Any]:
    return asdict(entry) | {"when": entry.when.isoformat(), "cost": _money(entry.cost)}
