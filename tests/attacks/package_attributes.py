"""Modules that hang on the packages every strategy imports."""

from attacks.attack import at_start, family

ATTACKS = family(
    "package attributes",
    {
        "bt.os.system": at_start("bt.os.system('echo gone > ' + CANARY)"),
        "bt.os.popen": at_start("bt.os.popen('echo gone > ' + CANARY).read()"),
        "bt.io.open": at_start("bt.io.open(CANARY, 'w').write('gone')"),
        "bt.sys.modules": at_start("bt.sys.modules['os'].remove(CANARY)"),
        "bt.inspect.builtins": at_start(
            "bt.inspect.builtins.exec(\"open(CANARY, 'w')\", {'CANARY': CANARY})"
        ),
        "bt.utils.py3.sys": at_start(
            "bt.utils.py3.sys.modules['shutil'].copy(SECRET_FILE, NEW)", before="import shutil"
        ),
        "np.f2py.subprocess": at_start(
            "np.f2py.subprocess.run(['/bin/cp', SECRET_FILE, NEW])", before="import numpy as np"
        ),
        "np.ctypeslib.ctypes": at_start(
            """
            libc = np.ctypeslib.ctypes.CDLL(None, use_errno=True)
            print(libc.unlink(CANARY.encode()))
            """,
            before="import numpy as np",
        ),
        "pd.io.common.os": at_start(
            "pd.io.common.os.rename(CANARY, NEW)", before="import pandas as pd"
        ),
        "collections._sys": at_start(
            "collections._sys.modules['os'].truncate(CANARY, 0)", before="import collections"
        ),
        "random._os": at_start("random._os.unlink(CANARY)", before="import random"),
        "logging.os": at_start("logging.os.utime(CANARY, (0, 0))", before="import logging"),
        "json.codecs": at_start(
            "json.codecs.open(CANARY, 'w').write('gone')", before="import json"
        ),
        "statistics.sys": at_start(
            "statistics.sys.modules['os'].chmod(CANARY, 0o777)", before="import statistics"
        ),
    },
)
