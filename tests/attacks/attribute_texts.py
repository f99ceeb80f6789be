"""Texts that become attributes: formatting and look-ups by name."""

from attacks.attack import at_start, family

ATTACKS = family(
    "attribute texts",
    {
        "str.format": at_start("print('{0.os.environ}'.format(bt))"),
        "str.format through a class": at_start(
            "print('{0.__init__.__globals__[os].environ}'.format(Tool()))",
            before="""
            import os
            class Tool:
                def __init__(self): pass
            """,
        ),
        "format_map": at_start("print('{tool.os.environ}'.format_map({'tool': bt}))"),
        "an f-string": at_start("print(f'{bt.os.environ!r}')"),
        "Formatter": at_start(
            "print(string.Formatter().get_field('0.os.environ', (bt,), {})[0])",
            before="import string",
        ),
        "attrgetter": at_start(
            "operator.attrgetter('os.remove')(bt)(CANARY)", before="import operator"
        ),
        "methodcaller": at_start(
            "operator.methodcaller('remove', CANARY)(bt.os)", before="import operator"
        ),
        "a class pattern": at_start(
            """
            match bt:
                case object(os=tool):
                    tool.remove(CANARY)
            """
        ),
        "getattr": at_start("getattr(getattr(bt, 'o' + 's'), 'remo' + 've')(CANARY)"),
        "vars": at_start("vars(vars(bt)['o' + 's'])['remove'](CANARY)"),
        "reduce": at_start(
            "functools.reduce(getattr, ['os', 'remove'], bt)(CANARY)", before="import functools"
        ),
        "the style of a log": at_start(
            """
            record = logging.makeLogRecord({"tool": bt})
            print(logging.Formatter("{tool.os.environ}", style="{").format(record))
            """,
            before="import logging",
        ),
    },
)
