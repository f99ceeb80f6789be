"""What modules are for: plain computing, or asking for what runs the code."""

import sys

COMPUTING = frozenset(
    {
        *("__future__", "abc", "array", "backtrader", "bisect", "calendar", "cmath", "collections"),
        *("colorsys", "contextlib", "copy", "dataclasses", "datetime", "dateutil", "decimal"),
        *("enum", "fractions", "functools", "heapq", "itertools", "json", "math", "matplotlib"),
        *("numba", "numbers", "numpy", "operator", "pandas", "pandas_ta", "pprint", "pytz"),
        *("random", "re", "scipy", "sklearn", "statistics", "statsmodels", "string", "struct"),
        *("ta", "tabulate", "talib", "textwrap", "types", "typing", "typing_extensions"),
        *("unicodedata", "weakref", "zoneinfo"),
    }
)
"""Modules that compute by what they are given, or write."""

WRITING = {
    "io": frozenset({"StringIO", "BytesIO"}),
    "os": frozenset({"linesep", "path.basename", "path.dirname", "path.join", "path.splitext"}),
    "sys": frozenset({"float_info", "maxsize", "path.append", "path.insert"}),
    "time": frozenset({"mktime", "sleep", "strptime", "struct_time"}),
    "traceback": frozenset({"print_exc"}),
    "warnings": frozenset(
        {"catch_warnings", "filterwarnings", "resetwarnings", "simplefilter", "warn"}
    ),
}
"""What else of modules tells nothing of the surroundings; their other names do."""

STREAMS = frozenset({"sys.stdout", "sys.stderr"})
"""Where messages are written to."""

AROUND = frozenset(
    {
        *("IPython", "argparse", "asyncio", "atexit", "bdb", "builtins", "code", "concurrent"),
        *("ctypes", "dis", "faulthandler", "fcntl", "fileinput", "gc", "getopt", "getpass"),
        *("glob", "http", "imp", "importlib", "inspect", "io", "ipykernel", "linecache"),
        *("locale", "mmap", "multiprocessing", "optparse", "os", "pathlib", "pdb", "pkgutil"),
        *("platform", "psutil", "pwd", "pytest", "requests", "resource", "runpy", "sched"),
        *("select", "selectors", "shutil", "signal", "site", "socket", "sqlite3", "ssl"),
        *("stratcraft_jupyter", "subprocess", "sys", "sysconfig", "tempfile", "termios"),
        *("threading", "timeit", "trace", "traceback", "tracemalloc", "unittest", "urllib"),
        *("warnings", "winreg", "_thread", "__main__", "posix", "nt"),
    }
)
"""Modules that are there to look at the process, the machine, files or other code."""

LEADS = frozenset(
    {
        *("sys", "_sys", "os", "_os", "inspect", "_inspect", "threading", "_threading", "gc"),
        *("builtins", "_builtins", "subprocess", "importlib", "_importlib", "traceback"),
        *("platform", "resource", "socket", "metabase", "Cerebro", "options", "get_option"),
        *("show_versions", "show_config", "show_runtime", "describe_option"),
    }
)
"""Names of computing modules that lead out of them."""

CLOCK_CALLS = frozenset({"now", "utcnow", "today"})
CLOCK_TEXTS = frozenset({"now", "today"})
TIMES = frozenset({"DatetimeIndex", "Timestamp", "datetime64", "to_datetime"})
"""What makes a time of a text, also of "now"."""

LOG_STATE = frozenset(
    {
        *("disabled", "filters", "getChild", "getChildren", "getEffectiveLevel"),
        *("getHandlerByName", "getHandlerNames", "getLoggerClass", "getLogRecordFactory"),
        *("handlers", "hasHandlers", "isEnabledFor", "lastResort", "level", "manager", "parent"),
        *("propagate", "raiseExceptions", "root", "_handlerList", "_handlers", "os", "sys"),
        *("threading", "time", "io", "warnings", "weakref", "traceback"),
    }
)
"""What of logging tells how messages are written."""


def is_library(name: str) -> bool:
    """Whether a module comes with Python."""
    return name in sys.stdlib_module_names
