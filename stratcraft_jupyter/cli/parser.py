"""What the command line takes: one subcommand a job, the same words as in the product."""

import argparse
import datetime
from typing import TypeAlias

from stratcraft_jupyter import __version__
from stratcraft_jupyter.cli import (
    comparing,
    documents,
    generating,
    lab,
    ledger,
    models,
    running,
    settings,
    verifying,
)

_GRAPH = "a *.strategy.json file, or the name of a template (see: templates)"


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands; each sets ``run`` to its function."""
    parser = argparse.ArgumentParser(
        prog="stratcraft-jupyter",
        description="Design trading strategies as graphs, get Backtrader code and run it. "
        "Generated code is a draft to review; nothing here is investment advice.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_validate(commands)
    _add_compile(commands)
    _add_backtest(commands)
    _add_verify(commands)
    _add_diff(commands)
    for name, function, help in (
        ("catalog", documents.catalog, "list every kind of node"),
        ("templates", documents.templates, "list the strategies to start from"),
        ("schema", documents.schema, "print the JSON Schema of strategy documents"),
    ):
        command = commands.add_parser(name, help=help, description=help.capitalize() + ".")
        _add_json(command)
        command.set_defaults(run=function)
    _add_generate(commands)
    _add_models(commands)
    _add_ledger(commands)
    _add_settings(commands)
    command = commands.add_parser("lab", help="open JupyterLab on the tutorial")
    command.add_argument("options", nargs=argparse.REMAINDER, help="passed to jupyter lab")
    command.set_defaults(run=lab.lab)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_validate(commands: Commands) -> None:
    command = commands.add_parser("validate", help="say what is wrong with a strategy")
    command.add_argument("graph", metavar="G", help=_GRAPH)
    _add_json(command)
    command.set_defaults(run=documents.validate_graph)


def _add_compile(commands: Commands) -> None:
    command = commands.add_parser("compile", help="turn a strategy into Backtrader code")
    command.add_argument("graph", metavar="G", help=_GRAPH)
    command.add_argument("-o", "--output", metavar="FILE", help="write the code here")
    _add_json(command)
    command.set_defaults(run=documents.compile_graph)


def _add_backtest(commands: Commands) -> None:
    command = commands.add_parser(
        "backtest",
        help="run a strategy on bars",
        description="Run a strategy, or a Backtrader module, on bars. Settings that are not given "
        "come from the strategy document, or are the defaults.",
    )
    command.add_argument("strategy", metavar="G_or_PY", help=f"{_GRAPH}; or a Python file")
    command.add_argument(
        "--data", metavar="D", help="sample:NAME, or a .csv or .parquet file (default: the sample)"
    )
    _add_other(command)
    command.add_argument("--cash", type=float, help="cash at the start")
    command.add_argument("--commission", type=float, help="fraction of the traded value")
    command.add_argument("--slippage", type=float, help="fraction of the price")
    command.add_argument("--start", type=_date, help="first day, as 2010-01-31")
    command.add_argument("--end", type=_date, help="last day, as 2010-01-31")
    command.add_argument(
        "--time-limit", type=float, metavar="SECONDS", help="stop the run after this (default: 60)"
    )
    command.add_argument("--report", metavar="FILE", help="write an HTML page with charts here")
    _add_json(command)
    command.set_defaults(run=running.backtest)


def _add_verify(commands: Commands) -> None:
    command = commands.add_parser(
        "verify",
        help="say whether code does what a strategy says",
        description="Run code and strategy on the same bars, also on bars made for the strategy, "
        "and compare their orders; look for look-ahead and other tricks. Exit code 1 if the code "
        "does something else.",
    )
    command.add_argument("code", metavar="PY", help="a Python file with one Backtrader strategy")
    command.add_argument("--graph", required=True, metavar="G", help=_GRAPH)
    command.add_argument(
        "--data", metavar="D", help="bars to compare on (default: what the strategy names)"
    )
    _add_other(command)
    _add_json(command)
    command.set_defaults(run=verifying.verify_code)


def _add_diff(commands: Commands) -> None:
    command = commands.add_parser(
        "diff",
        help="say what differs between two strategies",
        description="Compare two strategies by meaning: nodes, parameters, connections, settings. "
        "Places on the canvas do not count. Exit code 1 if they differ.",
    )
    command.add_argument("before", metavar="A", help=_GRAPH)
    command.add_argument("after", metavar="B", help=_GRAPH)
    _add_json(command)
    command.set_defaults(run=comparing.diff)


def _add_generate(commands: Commands) -> None:
    command = commands.add_parser(
        "generate",
        help="let a model write the code of a strategy",
        description="Let a model write the code of a strategy, check it, try it on bars, hold "
        "its orders to the strategy's, and have errors repaired. Tokens and price are told before "
        "anything is sent; progress is on stderr. Ctrl+C cancels, and what arrived is kept as a "
        "draft.",
    )
    command.add_argument("graph", metavar="G", help=_GRAPH)
    command.add_argument(
        "--model", required=True, metavar="PROVIDER:MODEL", help="who writes it, or builtin"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="write the code here")
    command.add_argument("--notes", default="", help="what you add for the model")
    command.add_argument(
        "--show-prompt", action="store_true", help="show the prompt and its price, send nothing"
    )
    command.add_argument(
        "--attempts", type=int, choices=(1, 2, 3), default=3, help="most attempts (default: 3)"
    )
    command.add_argument(
        "--no-verify",
        dest="verify",
        action="store_false",
        help="do not hold the code to the strategy, order by order",
    )
    command.add_argument("--max-cost", metavar="USD", help="the most it may cost, such as 0.05")
    command.add_argument("--effort", metavar="LEVEL", help="reasoning effort, if the model has it")
    command.add_argument(
        "--max-output-tokens", type=int, metavar="N", help="longest answer, reasoning included"
    )
    command.add_argument(
        "--data", metavar="D", help="bars to try the code on (default: what the strategy names)"
    )
    _add_json(command)
    command.set_defaults(run=generating.generate)


def _add_models(commands: Commands) -> None:
    command = commands.add_parser(
        "models",
        help="list the models that can write code",
        description="Ask each provider for its models; also shows which key or address is missing.",
    )
    command.add_argument(
        "provider", nargs="?", metavar="PROVIDER", help="ask this one only (default: all)"
    )
    _add_json(command)
    command.set_defaults(run=models.models)


def _add_ledger(commands: Commands) -> None:
    command = commands.add_parser(
        "ledger",
        help="show what models have cost, and set budgets",
        description="Show what was spent by model and by strategy, and set budgets in USD. A "
        "request that could pass a budget is not sent.",
    )
    command.add_argument(
        "--days", type=ledger.days, metavar="N", help="the last N days (default: all)"
    )
    for period, of in (("request", "one request"), ("day", "a day"), ("month", "a month")):
        command.add_argument(
            f"--budget-{period}",
            type=ledger.amount,
            metavar="USD",
            help=f"the most to spend on {of}, such as 2.50; none removes it",
        )
    command.add_argument(
        "--entries", type=int, default=100, metavar="N", help="newest entries in the JSON"
    )
    _add_json(command)
    command.set_defaults(run=ledger.ledger)


def _add_settings(commands: Commands) -> None:
    command = commands.add_parser(
        "settings",
        help="show and set addresses of servers and prices of models",
        description="Show the settings for models, and set some. They are the same as in the "
        "notebook. Budgets are set with the command ledger; keys are never kept here.",
    )
    command.add_argument(
        "name", nargs="?", metavar="PROVIDER", help="a provider, or PROVIDER:MODEL for a price"
    )
    for option, what in (("--base-url", "address of the server"), ("--proxy", "proxy to it")):
        command.add_argument(option, metavar="URL", help=f"{what}; none removes it")
    command.add_argument(
        "--price",
        type=settings.price,
        metavar="IN,OUT",
        help="USD per million tokens, such as 0.50,1.50, or 0,0 for a server of your own; none "
        "removes it",
    )
    command.add_argument(
        "--allow-unknown-price",
        choices=("yes", "no"),
        help="whether models of unknown price may be used although a budget is set",
    )
    _add_json(command)
    command.set_defaults(run=settings.settings)


def _add_other(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--other",
        metavar="SYMBOL=D",
        action="append",
        type=_symbol_and_data,
        default=[],
        help="bars of another symbol that the strategy reads; once for each",
    )


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--json", metavar="OUT", help="write the result as JSON here; - for stdout"
    )


def _symbol_and_data(text: str) -> tuple[str, str]:
    symbol, equals, data = (part.strip() for part in text.partition("="))
    if not (symbol and equals and data):
        raise argparse.ArgumentTypeError(f"write {text!r} as SYMBOL=FILE, such as MSFT=msft.csv")
    return symbol, data


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2010-01-31") from None
