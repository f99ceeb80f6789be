"""Text that something evaluates."""

from attacks.attack import at_start, family

PANDAS = "import pandas as pd\nframe = pd.DataFrame({'close': [1.0, 2.0]})"
GONE = "open(CANARY, 'w').write('gone')"

ATTACKS = family(
    "expression engines",
    {
        "df.query": at_start(
            "frame.query(\"@pd.io.common.os.remove(@CANARY) == 1\", engine='python')",
            before=PANDAS,
        ),
        "df.eval": at_start(
            "path = CANARY\nframe.eval(\"@pd.io.common.os.remove(@path)\", engine='python')",
            before=PANDAS,
        ),
        "pd.eval": at_start(
            "pd.eval('tool.remove(path)', engine='python', parser='pandas',"
            " local_dict={'tool': bt.os, 'path': CANARY})",
            before=PANDAS,
        ),
        "eval": at_start(f'eval("{GONE}")'),
        "exec": at_start(f'exec("{GONE}")'),
        "compile": at_start(f"exec(compile(\"{GONE}\", '<other>', 'exec'))"),
        "timeit": at_start(
            f'timeit.timeit("{GONE}", number=1, globals=globals())', before="import timeit"
        ),
        "cProfile": at_start(
            f'cProfile.runctx("{GONE}", globals(), {{}})', before="import cProfile"
        ),
        "InteractiveInterpreter": at_start(
            f'code.InteractiveInterpreter(globals()).runsource("{GONE}")', before="import code"
        ),
        "type hints": at_start(
            """
            def wanted(price: "open(CANARY, 'w').write('gone') and int"): pass
            typing.get_type_hints(wanted)
            """,
            before="import typing",
        ),
        "doctest": at_start(
            "doctest.run_docstring_examples(wanted, globals())",
            before="""
            import doctest
            def wanted():
                '''
                >>> open(CANARY, 'w').write('gone')
                4
                '''
            """,
        ),
        "logging.config": at_start(
            "logging.config.dictConfig({'version': 1, 'handlers': {'h': {'class':"
            " 'logging.FileHandler', 'filename': NEW}}})",
            before="import logging.config",
        ),
        "pickle": at_start(
            'pickle.loads(b"cos\\nsystem\\n(V/bin/rm " + CANARY.encode() + b"\\ntR.")',
            before="import pickle",
        ),
        "a code object": at_start(
            f"types.FunctionType(compile(\"{GONE}\", 'f', 'exec'), globals())()",
            before="import types",
        ),
    },
)
