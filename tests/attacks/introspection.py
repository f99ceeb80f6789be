"""Frames, tracebacks and classes that lead back to what was not handed out."""

from attacks.attack import at_start, family

ATTACKS = family(
    "introspection",
    {
        "a walk over subclasses": at_start(
            """
            found = [c for c in ().__class__.__base__.__subclasses__()
                     if c.__name__ == "_wrap_close"]
            found[0].__init__.__globals__["system"]("/bin/rm " + CANARY)
            """
        ),
        "a frame of a generator": at_start(
            "(x for x in ()).gi_frame.f_builtins['open'](CANARY, 'w')"
        ),
        "a frame of a coroutine": at_start(
            """
            async def wait(): pass
            task = wait()
            task.cr_frame.f_builtins["open"](CANARY, "w")
            task.close()
            """
        ),
        "a frame of a traceback": at_start(
            """
            try:
                1 / 0
            except ZeroDivisionError as error:
                error.__traceback__.tb_frame.f_builtins["open"](CANARY, "w")
            """
        ),
        "the frames above": at_start(
            """
            frame = sys._getframe()
            while frame.f_back:
                frame = frame.f_back
                if "os" in frame.f_globals:
                    frame.f_globals["os"].remove(CANARY)
                    break
            """,
            before="import sys",
        ),
        "globals of a function": at_start(
            "bt.num2date.__globals__['__builtins__']['open'](CANARY, 'w')"
        ),
        "globals of a method": at_start(
            "self.buy.__func__.__globals__['__builtins__']['open'](CANARY, 'w')"
        ),
        "the module of a warning": at_start(
            "warnings.catch_warnings()._module.sys.modules['os'].remove(CANARY)",
            before="import warnings",
        ),
        "the text of the licence": at_start(
            """
            printer = site._sitebuiltins._Printer("license", "")
            printer._Printer__filenames = [SECRET_FILE]
            print(printer)
            """,
            before="import site",
        ),
        "the breakpoint hook": at_start(
            "sys.breakpointhook = open\nbreakpoint(CANARY, 'w')", before="import sys"
        ),
        "the garbage collector": at_start(
            """
            for thing in gc.get_referents(vars(bt)):
                if getattr(thing, "__name__", "") == "os":
                    thing.remove(CANARY)
            """,
            before="import gc",
        ),
        "the module of pickling": at_start(
            "print(copyreg._reduce_ex.__globals__['__builtins__']['open'](SECRET_FILE).read())",
            before="import copyreg",
        ),
    },
)
