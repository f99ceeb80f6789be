"""Reading and writing through what libraries offer."""

from attacks.attack import at_start, family

NUMPY, PANDAS = "import numpy as np", "import pandas as pd"
FRAME = "frame = pd.DataFrame({'close': [1.0, 2.0]})\n"

ATTACKS = family(
    "library files",
    {
        "np.save": at_start("np.save(CANARY, np.arange(3))\nnp.save(NEW, [1])", before=NUMPY),
        "tofile": at_start("np.arange(3).tofile(CANARY)", before=NUMPY),
        "memmap": at_start(
            "np.memmap(CANARY, mode='r+', dtype='u1', shape=(3,))[:] = 65", before=NUMPY
        ),
        "dump": at_start("np.arange(3).dump(NEW)", before=NUMPY),
        "fromfile": at_start(
            "print(np.fromfile(SECRET_FILE, dtype='u1').tobytes().decode())", before=NUMPY
        ),
        "genfromtxt": at_start("print(np.genfromtxt(SECRET_FILE, dtype=str))", before=NUMPY),
        "DataSource": at_start(
            "print(np.lib.npyio.DataSource(None).open(SECRET_FILE).read())", before=NUMPY
        ),
        "to_csv": at_start(FRAME + "frame.to_csv(CANARY)", before=PANDAS),
        "to_pickle": at_start(FRAME + "frame.to_pickle(NEW)", before=PANDAS),
        "to_sql": at_start(
            FRAME + "frame.to_sql('bars', sqlite3.connect(NEW))",
            before=f"{PANDAS}\nimport sqlite3",
        ),
        "read_csv of a file": at_start(
            "print(list(pd.read_csv(SECRET_FILE).columns))", before=PANDAS
        ),
        "read_csv of an address": at_start(
            "pd.read_csv(f'http://127.0.0.1:{TCP}/bars.csv')", before=PANDAS
        ),
        "read_pickle": at_start("pd.read_pickle(HOME + '/planted.pickle')", before=PANDAS),
        "GenericCSVData": at_start(
            """
            feed = bt.feeds.GenericCSVData(dataname=SECRET_FILE, headers=False)
            feed.start()
            print(feed.f.read())
            """
        ),
        "WriterFile": at_start(
            "bt.WriterFile(out=CANARY, csv=True).start()",
        ),
        "sqlite": at_start(
            "sqlite3.connect(NEW).execute('create table t (c)')", before="import sqlite3"
        ),
        "log file": at_start(
            "logging.basicConfig(filename=NEW)\nlogging.error('gone')", before="import logging"
        ),
        "shelve": at_start("shelve.open(NEW)['a'] = 1", before="import shelve"),
        "temporary file": at_start("tempfile.mkstemp(dir=HOME)", before="import tempfile"),
        "archive": at_start(
            "zipfile.ZipFile(NEW, 'w').write(SECRET_FILE)", before="import zipfile"
        ),
        "pathlib": at_start("pathlib.Path(CANARY).write_text('gone')", before="import pathlib"),
    },
)
