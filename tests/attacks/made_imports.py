"""Imports that Backtrader or the import system makes for a strategy."""

from attacks.attack import at_start, family, module

INDICATOR = """
class Average(bt.Indicator):
    lines = ("average",)
    {declared}
    def __init__(self):
        {does}
class S(bt.Strategy):
    def __init__(self):
        Average()
"""


def declared(line: str, does: str) -> str:
    return module(
        f"""
        class S(bt.Strategy):
            {line}
            def start(self):
                {does}
        """
    )


ATTACKS = family(
    "made imports",
    {
        "packages": declared("packages = ('os',)", "os.remove(CANARY)"),
        "packages with a name": declared("packages = (('os', 'o'),)", "o.rename(CANARY, NEW)"),
        "packages of an indicator": module(
            INDICATOR.format(
                declared="packages = ('shutil',)", does="shutil.copy(SECRET_FILE, NEW)"
            )
        ),
        "frompackages": declared("frompackages = (('os', 'remove'),)", "remove(CANARY)"),
        "frompackages with a name": declared(
            "frompackages = (('subprocess', [('run', 'average')]),)",
            "average(['/bin/rm', CANARY])",
        ),
        "frompackages of an indicator": module(
            INDICATOR.format(
                declared="frompackages = (('pathlib', 'Path'),)", does="Path(CANARY).unlink()"
            )
        ),
        "from backtrader import os": at_start("os.mkdir(NEW)", before="from backtrader import os"),
        "from a feed": at_start(
            "urlopen(f'http://127.0.0.1:{TCP}/', timeout=2)",
            before="from backtrader.feeds.quandl import urlopen",
        ),
        "from py3": at_start(
            "build_opener(ProxyHandler({'http': f'http://127.0.0.1:{TCP}'}))"
            ".open('http://prices.test/', timeout=2)",
            before="from backtrader.utils.py3 import ProxyHandler, build_opener",
        ),
        "__import__": at_start("__import__('o' + 's').symlink(SECRET_FILE, NEW)"),
        "importlib": at_start(
            "importlib.import_module('os').link(SECRET_FILE, NEW)", before="import importlib"
        ),
        "a module beside the notebook": at_start(
            "sys.path.insert(0, HOME)\nimport planted\nprint(planted.SECRET)", before="import sys"
        ),
        "a module by its file": at_start(
            "print(runpy.run_path(HOME + '/planted.py')['SECRET'])", before="import runpy"
        ),
        "the loader of a module": at_start(
            "print(bt.__spec__.loader.get_data(SECRET_FILE).decode())"
        ),
        "the loader writes": at_start("bt.__spec__.loader.set_data(CANARY, b'gone')"),
    },
)
