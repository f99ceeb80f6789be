"""The ``backtest`` command."""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from stratcraft_jupyter.backtest import (
    METRIC_DEFINITIONS,
    BacktestConfig,
    BacktestResult,
    format_metric,
    needed_symbols,
    run_backtest,
)
from stratcraft_jupyter.cli.documents import load_graph
from stratcraft_jupyter.cli.output import say, write_json
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.errors import BacktestError, StratCraftError
from stratcraft_jupyter.graph import BacktestSettings, StrategyGraph
from stratcraft_jupyter.market import Bars, load_bars
from stratcraft_jupyter.verify import find_never_true, find_too_few_bars


def backtest(options: argparse.Namespace) -> int:
    """Runs a strategy on bars; prints metrics, trades count and warnings."""
    _refuse_one_file_for_two(options)
    graph, source = _strategy(options.strategy)
    settings = graph.backtest if graph else BacktestSettings()
    data = options.data or f"{settings.source}:{settings.symbol}"
    bars = load_bars(data)
    if not options.data:
        whose = "the strategy's own choice" if graph else "the default"
        say(f"Bars: {data} ({whose}; choose others with --data).", options)
    others = _others(source, data, bars, options.other)
    config = _config(settings, options)
    if graph:
        _refuse_too_few(graph, bars.between(config.start, config.end), others)
    result = run_backtest(source, bars, config, others=others)
    warnings = [*bars.notes, *result.warnings]
    findings = find_never_true(graph, bars, config, others=others) if graph else ()
    warnings += [f"{item.message} {item.hint}" for item in findings if item.severity == "warning"]
    if options.json:
        found = {"warnings": warnings, "findings": [item.to_dict() for item in findings]}
        write_json(options.json, {**json.loads(result.to_json()), **found})
    _print_summary(result, warnings, options)
    if options.report:
        say(f"Report: {_report(result, options.report)}", options)
    return 0


def _refuse_one_file_for_two(options: argparse.Namespace) -> None:
    if options.report and options.json and Path(options.report) == Path(options.json):
        raise StratCraftError(
            f"{options.report!r} is named for the report and for the JSON.",
            hint="Name two files.",
        )


def _strategy(name: str) -> tuple[StrategyGraph | None, str]:
    """The graph, if it is one, and the code."""
    if not name.endswith(".py"):
        graph = load_graph(name)
        return graph, compile_strategy(graph)
    try:
        return None, Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StratCraftError(
            f"{name!r} cannot be read: {reason}.", hint="Check the path and that it is UTF-8 text."
        ) from None


def _refuse_too_few(graph: StrategyGraph, bars: Bars, others: Mapping[str, Bars]) -> None:
    found = find_too_few_bars(graph, bars, others=others)
    if found:
        messages = " ".join(item.message for item in found)
        raise BacktestError(messages, hint=found[0].hint, kind="config")


def _others(
    source: str, data: str, bars: Bars, given: Sequence[tuple[str, str]]
) -> dict[str, Bars]:
    """Bars of the further symbols that the code reads: as given, or of the source of the bars."""
    found = {symbol: load_bars(where, symbol=symbol) for symbol, where in given}
    place, is_named, _ = data.partition(":")
    for symbol in needed_symbols(source):
        if symbol in found or symbol == bars.symbol:
            continue
        if not is_named or Path(data).exists():
            raise StratCraftError(
                f"The strategy also needs bars of {symbol}.",
                hint=f"Give them with --other {symbol}=FILE.",
            )
        try:
            found[symbol] = load_bars(f"{place}:{symbol}")
        except StratCraftError as error:
            raise StratCraftError(
                f"The strategy also needs bars of {symbol}. {error.message}",
                hint=f"Give them with --other {symbol}=FILE. {error.hint}".strip(),
            ) from error
    return found


def _config(settings: BacktestSettings, options: argparse.Namespace) -> BacktestConfig:
    names = {field.name for field in fields(BacktestConfig)}
    values = {name: getattr(settings, name) for name in names if hasattr(settings, name)}
    given = {name: getattr(options, name, None) for name in names}
    return BacktestConfig(**values | {k: v for k, v in given.items() if v is not None})


def _report(result: BacktestResult, path: str) -> Path:
    try:
        return result.report(path)
    except OSError as error:
        raise StratCraftError(
            f"{path!r} cannot be written: {error.strerror or error}.",
            hint="Choose a folder that exists and that you may write to.",
        ) from None


def _print_summary(
    result: BacktestResult, warnings: list[str], options: argparse.Namespace
) -> None:
    curve = result.equity_curve
    say(
        f"{result.strategy_name} on {result.symbol}, {result.bar_count:,} bars "
        f"({result.timeframe}), {str(curve.time[0])[:10]} to {str(curve.time[-1])[:10]}",
        options,
    )
    say(f"{'final_value':24} {curve.value[-1]:>14,.2f}", options)
    say(f"{'buy_and_hold_value':24} {curve.benchmark[-1]:>14,.2f}", options)
    for name in METRIC_DEFINITIONS:
        shown = format_metric(name, getattr(result.metrics, name))
        say(f"{name:24} {shown:>14}", options)
    say(f"{'fills':24} {len(result.fills):>14,}", options)
    for warning in warnings:
        say(f"warning: {warning}", options)
    say("Past results say little about the future. This is no investment advice.", options)
