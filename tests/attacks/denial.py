"""Taking more than a run may have: time, memory, processes, descriptors, output, disk.

A run that has to be stopped, and one that dies, show that the limit held: without it they would
go on. Where something can be taken at once, the strategy says that it got it.
"""

from attacks.attack import at_start, family, module

ENDLESS = family(
    "denial of service",
    {
        "a loop": at_start("while True: pass"),
        "a loop that catches everything": at_start(
            """
            while True:
                try:
                    while True: pass
                except BaseException: pass
            """
        ),
        "a loop deaf to signals": at_start(
            """
            for number in range(1, 65):
                try: signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError): pass
            while True: pass
            """,
            before="import signal",
        ),
        "a loop that stops the watch": at_start(
            "faulthandler.cancel_dump_traceback_later()\nwhile True: pass",
            before="import faulthandler",
        ),
        "sleep": at_start("time.sleep(10**6)", before="import time"),
        "a stop of itself": at_start(
            "os.kill(os.getpid(), signal.SIGSTOP)", before="import os, signal"
        ),
        "a number of many digits": at_start("print(9**9**9)"),
        "a regular expression": at_start("re.match(r'(a+)+$', 'a' * 60 + 'b')", before="import re"),
        "a finaliser that never ends": at_start(
            "self.thing = Thing()\ndel self.thing",
            before="class Thing:\n    def __del__(self):\n        while True: pass",
        ),
        "an end that never ends": module(
            """
            class S(bt.Strategy):
                def stop(self):
                    while True: pass
            """
        ),
        "no end of nesting": at_start(
            "sys.setrecursionlimit(10**9)\ndeeper = lambda: deeper()\ndeeper()",
            before="import sys",
        ),
    },
    time_limit=0.3,
)

GREEDY = family(
    "denial of service",
    {
        "a long text": at_start("self.text = 'x' * 10**10\nprint(THROUGH)"),
        "much memory": at_start("self.room = bytearray(5 * 1024**3)\nprint(THROUGH)"),
        "many processes": at_start(
            """
            for number in range(20):
                if os.fork() == 0:
                    time.sleep(3)
                    os._exit(0)
            print(THROUGH)
            """,
            before="import os, time",
        ),
        "many threads": at_start(
            """
            for number in range(100):
                threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
            print(THROUGH)
            """,
            before="import threading, time",
        ),
        "many descriptors": at_start(
            "self.files = [open('/dev/null') for number in range(600)]\nprint(THROUGH)"
        ),
        "much output": at_start("for number in range(200): print('x' * 100_000)"),
        "much disk": at_start("open(NEW, 'wb').write(bytes(30_000_000))"),
        "higher limits": at_start(
            """
            for name in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE):
                highest = resource.getrlimit(name)[1]
                resource.setrlimit(name, (highest, highest))
            print(THROUGH)
            """,
            before="import resource",
        ),
        "a crash": at_start("ctypes.string_at(1)", before="import ctypes"),
    },
)
ATTACKS = [*ENDLESS, *GREEDY]
