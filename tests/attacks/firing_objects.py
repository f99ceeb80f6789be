"""Objects that act when something looks at them: an engine, a broker, whoever reads the result."""

from attacks.attack import at_start, family, module

GONE = "bt.os.remove(CANARY) if bt.os.path.exists(CANARY) else None"


def firing(method: str, code: str, *, base: str = "object", gives: str = "self") -> str:
    """A strategy with a ``Thing`` one of whose methods acts, and ``code`` that uses it."""
    return module(
        f"""
        class Thing({base}):
            def {method}(self, *rest):
                {GONE}
                return {gives}
        class S(bt.Strategy):
            def next(self):
                if len(self) == 5: {code}
        """
    )


ATTACKS = family(
    "firing objects",
    {
        "__repr__ of a print": firing("__repr__", "print([Thing()])", gives="'x'"),
        "__str__ of an error": firing("__str__", "raise Thing()", base="Exception", gives="'x'"),
        "__eq__": firing("__eq__", "[Thing()].index(1)", gives="True"),
        "__hash__": firing("__hash__", "self.probe_counts = {Thing(): 1}", gives="1"),
        "__format__": firing("__format__", "print(f'{Thing()}')", gives="'x'"),
        "__bool__": firing("__bool__", "list(filter(None, [Thing()]))", gives="False"),
        "__int__ of a count": firing(
            "__int__", "self.probe_counts = {'a': Thing(1)}", base="int", gives="1"
        ),
        "__str__ of a name": firing(
            "__str__", "self.probe_counts = {Thing('a'): 1}", base="str", gives="'a'"
        ),
        "size of an order": firing(
            "__abs__", "self.buy(size=Thing(1.0))", base="float", gives="1.0"
        ),
        "price of an order": firing(
            "__ge__",
            "self.buy(size=1, price=Thing(100.0), exectype=bt.Order.Limit)",
            base="float",
            gives="True",
        ),
        "__float__ of an account": firing(
            "__float__",
            "self.broker.getvalue = lambda *rest: Thing(5.0)",
            base="float",
            gives="5.0",
        ),
        "_repr_html_": firing(
            "_repr_html_", "self.probe_counts = {'a': Thing()._repr_html_() and 1}", gives="'x'"
        ),
        "__getattribute__ of a strategy": module(
            f"""
            class S(bt.Strategy):
                def __getattribute__(self, name):
                    {GONE}
                    return super().__getattribute__(name)
            """
        ),
        "control codes of a terminal": at_start("print('\\x1b]0;' + THROUGH + '\\x07')"),
    },
)
