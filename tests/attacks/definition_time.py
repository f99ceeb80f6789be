"""Code that runs when a class or a function is made, before any backtest."""

from attacks.attack import family, module, with_class

GONE = "open(CANARY, 'w').write('gone')"

ATTACKS = family(
    "definition time",
    {
        "the module": with_class(GONE),
        "the body of a class": module(f"class S(bt.Strategy):\n    {GONE}\n"),
        "a decorator": with_class(
            f"@lambda function: {GONE}\ndef average(): pass",
        ),
        "a default": with_class(f"def average(period={GONE}): pass"),
        "an annotation": with_class(f"def average(period: {GONE}): pass"),
        "an annotated name": with_class(f"period: {GONE} = 3"),
        "a metaclass": with_class(
            f"class Meta(type):\n    def __new__(*parts):\n        {GONE}\n"
            "        return type.__new__(*parts)\nclass Average(metaclass=Meta): pass"
        ),
        "__prepare__": with_class(
            f"class Meta(type):\n    def __prepare__(*parts):\n        {GONE}\n"
            "        return {}\nclass Average(metaclass=Meta): pass"
        ),
        "__init_subclass__": with_class(
            f"class Base:\n    def __init_subclass__(cls):\n        {GONE}\n"
            "class Average(Base): pass"
        ),
        "__set_name__": with_class(
            f"class Period:\n    def __set_name__(self, owner, name):\n        {GONE}\n"
            "class Average:\n    period = Period()"
        ),
        "__class_getitem__": with_class(
            f"class Period:\n    def __class_getitem__(cls, item):\n        {GONE}\n"
            "average: Period[3] = None"
        ),
        "__mro_entries__": with_class(
            f"class Period:\n    def __mro_entries__(self, bases):\n        {GONE}\n"
            "        return ()\nclass Average(Period()): pass"
        ),
        "__del__": with_class(f"class Period:\n    def __del__(self):\n        {GONE}\nPeriod()"),
        "a comprehension": with_class(f"[{GONE} for _ in (1,)]"),
        "a dataclass": with_class(
            "from dataclasses import dataclass, field\n@dataclass\nclass Average:\n"
            f"    period: int = field(default_factory=lambda: {GONE})\nAverage()"
        ),
        "the doc of a property": module(
            f"class S(bt.Strategy):\n    params = dict(period={GONE})\n"
        ),
    },
)
