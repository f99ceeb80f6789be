"""Results that were not earned: forged messages, a changed broker, changed notes."""

from attacks.attack import at_start, family, module

# One share is bought, so that there is something to forge.
TRADING = """
import json, os, struct, sys
class S(bt.Strategy):
    def next(self):
        if len(self) == 5: self.buy(size=1)
        if len(self) == 50: self.sell(size=1)
    def stop(self):
        log = self.broker.fills
        %s
"""
# What a worker would send, as a strategy can make it that has found the nonce and the pipe.
SENDING = """
def nonce():
    frame = sys._getframe()
    while frame:
        if isinstance(frame.f_locals.get("nonce"), str):
            return frame.f_locals["nonce"]
        frame = frame.f_back
    return "guess"
def send(message, **columns):
    arrays = {name: len(data) // 8 for name, data in columns.items()}
    text = json.dumps({"nonce": nonce(), **message, "arrays": arrays}).encode()
    blob = b"".join(columns.values())
    for number in range(3, 20):
        try: os.write(number, struct.pack("<4sIQ", b"SCB1", len(text), len(blob)) + text + blob)
        except OSError: pass
CENSUS = dict.fromkeys(("submitted", "completed", "cancelled", "expired", "margin", "rejected",
                        "partial", "pending", "unsized"), 0)
def result(**columns):
    send({"type": "result", "strategy": "S", "orders": CENSUS, "lean": True, "probe": {},
          "places": {"first_refused": None, "at_the_end": 0}, "final_value": 1e9}, **columns)
def column(code, *values):
    return struct.pack(f"={len(values)}{code}", *values)
FILLS = dict(bar=column("q", 5, 50), size=column("d", 1e6, -1e6), price=column("d", 1.0, 1e3),
             commission=column("d", 0, 0), made=column("q", 4, 49), kind=column("q", 0, 0),
             wanted=column("d", 0, 0))
"""


def at_end(code: str) -> str:
    return module(TRADING % code.strip().replace("\n", "\n        "))


def sent(code: str) -> str:
    return module(
        TRADING.replace("class S", SENDING + "class S") % code.replace("\n", "\n        ")
    )


def broker(setting: str, *, size: str = "1", turns: int = 1) -> str:
    """A strategy that changes the broker when it begins, and then buys at each close it can."""
    return module(
        f"""
        class S(bt.Strategy):
            def start(self):
                {setting}
            def next(self):
                if not self.position: self.buy(size={size})
                elif len(self) % {turns} == 0: self.close()
        """
    )


ATTACKS = family(
    "forged results",
    {
        "a printed result": at_end(
            "print(json.dumps({'type': 'result', 'final_value': 1e9}))\nsys.stdout.flush()\n"
            "self.broker.getvalue = lambda *rest: 1e9"
        ),
        "a message with the nonce": sent("result(**FILLS)\nos._exit(0)"),
        "a message without fills": sent("result(**{name: b'' for name in FILLS})\nos._exit(0)"),
        "a value that was not reached": at_end("self.broker.getvalue = lambda *rest: 1e9"),
        "a price below the bar": at_end("log.price[0] = 0.01; log.size[:] = [1e6, -1e6]"),
        "a price above the bar": at_end("log.price[1] = 1e8"),
        "a size nobody could pay": at_end("log.size[:] = [1e7, -1e7]; log.price[1] += 1"),
        "fills in another order": at_end(
            "log.bar.reverse(); log.size[:] = [1e6, -1e6]; log.price[:] = [1.0, 1e3]"
        ),
        "a fill before its order": at_end(
            "log.made[0] = 40; log.price[1] = 1e8; log.kind[:] = [2, 2]"
        ),
        "columns of one's own": at_end(
            "import numpy as np\nlog.price[1] = 1e9\nmade = log.columns()\n"
            "log.columns = lambda: made"
        ),
        "a gift of cash": broker("self.broker.add_cash(1e9)", size="1e5"),
        "other cash": broker("self.broker.setcash(1e9)", size="1e5"),
        "leverage": broker(
            "self.broker.setcommission(leverage=1e6, stocklike=True)", size="1e6", turns=3
        ),
        "slippage that pays": broker(
            "self.broker.set_slippage_perc(-0.5, slip_out=True, slip_match=False)",
            size="int(self.broker.getcash() * 0.4 / self.data.close[0])",
        ),
        "commission that pays": broker(
            "self.broker.setcommission(commission=-0.9)",
            size="int(self.broker.getcash() * 0.4 / self.data.close[0])",
        ),
        "no check of the cash": broker("self.broker.get_cash; self.broker.cash = 1e10", size="1e6"),
        "bars that were changed": at_start(
            """
            line = self.data.lines.open.array
            for number in range(10, 50): line[number] = 1.0
            for number in range(50, 100): line[number] = 1e6
            """
        )
        + "    def next(self):\n        if len(self) == 20: self.buy(size=100)\n"
        + "        if len(self) == 60: self.close()\n",
        "a result at the exit": at_end(
            "import atexit\nself.broker.getvalue = lambda *rest: 1e9\n"
            "atexit.register(print, 'final_value 1e9')"
        ),
        "a protection that is not there": sent(
            "send({'type': 'isolation', 'enforced': [THROUGH], 'missing': []})"
        ),
        "progress without end": sent("while True: send({'type': 'progress', 'bars': 1})"),
        "progress of many digits": sent(
            "send({'type': 'progress', 'bars': 10**4000})\nos._exit(0)"
        ),
    },
    time_limit=2.0,
)
