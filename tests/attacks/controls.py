"""One harmless strategy for each family: it uses the same means and does what it should."""

from attacks.attack import HEAD

_TRADES = """
    def next(self):
        if len(self) == 5: self.buy(size=self.shares())
        if len(self) == 50: self.close()
    def shares(self):
        return 3
"""


def _strategy(above: str = "", inside: str = "") -> str:
    return f"{HEAD}{above}\nclass S(bt.Strategy):\n    pass\n{inside}{_TRADES}"


CONTROLS = {
    "package attributes": _strategy("import numpy as np\nassert np.mean([1, 3]) == 2"),
    "made imports": _strategy(inside="    packages = (('math', 'm'),)\n    frompackages = ()\n"),
    "library files": _strategy("import pandas as pd\nassert len(pd.Series([1, 2])) == 2"),
    "expression engines": _strategy(
        "import pandas as pd\nassert pd.DataFrame({'a': [1, 2]}).query('a > 1').a.sum() == 2"
    ),
    "introspection": _strategy("assert [c.__name__ for c in bt.Strategy.__mro__][0] == 'Strategy'"),
    "attribute texts": _strategy("assert '{0:.2f} {a}'.format(1.0, a=2) == '1.00 2'"),
    "definition time": _strategy(
        "from dataclasses import dataclass\n@dataclass\nclass Level:\n    price: float = 1.0\n"
        "assert Level().price == 1.0"
    ),
    "firing objects": _strategy(
        "class Size(float):\n    def __repr__(self): return 'Size'\nassert repr(Size(1)) == 'Size'"
    ),
    "source tricks": _strategy("größe = 3  # Größe\nassert größe == 3"),
    "denial of service": _strategy(
        "import re\nassert re.match('(a+)+$', 'a' * 9)\nroom = bytearray(100 * 1024**2)\n"
        "assert sum(range(10**6)) > 0"
    ),
    "forged results": _strategy(
        inside="    def stop(self):\n        print(self.broker.getvalue() > 0)\n"
    ),
    "secrets": _strategy("import os\nassert 'PATH' in os.environ"),
    "network": _strategy("import socket, urllib.request\nassert socket.AF_INET"),
    "other processes": _strategy("import os, signal\nos.kill(os.getpid(), 0)"),
    "programs and files": _strategy("import subprocess, tempfile\nassert subprocess.PIPE == -1"),
}
