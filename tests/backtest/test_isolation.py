"""What a strategy tries outside its run has no effect, and a forged result is not believed."""

import os
import socket
import sys

import pytest

from stratcraft_jupyter.backtest import BacktestConfig, Isolation, check_isolation, run_backtest
from stratcraft_jupyter.backtest.landlock import abi_version
from stratcraft_jupyter.errors import BacktestError

HEAD = "import backtrader as bt\nimport os, sys\nclass S(bt.Strategy):\n    def start(self):\n"

NEEDS_LANDLOCK = pytest.mark.skipif(abi_version() < 6, reason="this kernel has no such Landlock")


def attempt(code: str, bars, **config):
    """Run ``code`` in a strategy; what it printed. Errors it meets are printed by type."""
    body = "\n".join(f"            {line}" for line in code.splitlines())
    source = (
        f"{HEAD}        try:\n{body}\n            print('done')\n"
        "        except Exception as error:\n            print(type(error).__name__)\n"
    )
    return run_backtest(source, bars, BacktestConfig(**config)).output.split()


def test_the_environment_is_clean(daily, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "secret-key")
    printed = attempt("print(sorted(os.environ))", daily)
    assert "LANG" in " ".join(printed)
    assert not {"HOME", "OPENAI_API_KEY"} & {name.strip("[],'") for name in printed}


@NEEDS_LANDLOCK
@pytest.mark.parametrize(
    "code",
    [
        "open('/etc/passwd').read()",
        "os.listdir('/')",
        "open('/proc/self/environ').read()",
        f"open('/proc/{os.getppid()}/environ').read()",
        "os.open('/dev/tty', os.O_RDONLY)",
        "os.execv(sys.executable, ['python', '-c', 'print(1)'])",
        "import socket; socket.create_connection(('127.0.0.1', PORT), timeout=2)",
        "import socket; socket.socket().bind(('127.0.0.1', 0))",
        "os.kill(os.getppid(), 0)",
        "import pathlib; pathlib.Path(bt.__file__).write_text('gone')",
        "os.mkdir('/tmp/made-by-a-strategy')",
        "os.symlink('/etc/passwd', '/tmp/linked-by-a-strategy')",
        "os.truncate(bt.__file__, 0)",
    ],
)
def test_files_programs_network_and_signals_are_out_of_reach(daily, code):
    with socket.create_server(("127.0.0.1", 0)) as server:
        printed = attempt(code.replace("PORT", str(server.getsockname()[1])), daily)
    assert printed == ["PermissionError"]


@NEEDS_LANDLOCK
def test_abstract_sockets_of_others_are_out_of_reach(daily):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0stratcraft-test-socket")
        server.listen()
        printed = attempt(
            "import socket; s = socket.socket(socket.AF_UNIX)\n"
            "s.connect('\\0stratcraft-test-socket')",
            daily,
        )
    assert printed == ["PermissionError"]


@NEEDS_LANDLOCK
def test_threads_of_the_strategy_are_bound_too(daily):
    code = (
        "import threading\nfound = []\n"
        "def look():\n"
        "    try: found.append(open('/etc/passwd').read())\n"
        "    except OSError: pass\n"
        "thread = threading.Thread(target=look); thread.start(); thread.join()\n"
        "print(len(found))"
    )
    assert attempt(code, daily)[0] in ("0", "RuntimeError")


@NEEDS_LANDLOCK
def test_a_program_cannot_be_started(daily):
    # root meets the rule about files, others the limit on processes before it
    printed = attempt("import subprocess; subprocess.run(['/bin/true'])", daily)
    assert printed in (["PermissionError"], ["BlockingIOError"])


def test_installed_packages_can_still_be_imported(daily):
    assert attempt("import numpy, pandas, zoneinfo, decimal, statistics", daily) == ["done"]
    assert attempt("import zoneinfo; zoneinfo.ZoneInfo('Europe/Berlin')", daily) == ["done"]


def test_what_this_system_enforces_is_told_without_a_run(daily):
    assert check_isolation() == run_backtest(f"{HEAD}        pass\n", daily).isolation
    assert check_isolation() is check_isolation()
    assert check_isolation().is_complete == (not check_isolation().missing)
    assert not Isolation().is_complete


def test_what_is_in_force_is_told(daily):
    isolation = run_backtest(f"{HEAD}        pass\n", daily).isolation
    assert "clean environment" in isolation.enforced
    assert not set(isolation.enforced) & set(isolation.missing)
    if sys.platform == "linux" and abi_version() >= 6:
        assert "files read-only from an allow-list" in isolation.enforced
        assert "no TCP" in isolation.enforced


@pytest.mark.parametrize(
    "code",
    [
        'print(\'{"type": "result"}\'); sys.stdout.flush(); os._exit(0)',
        "os.write(1, b'x' * 100); os.write(2, b'y' * 100); os._exit(0)",
        "for number in range(3, 20):\n"
        "    try: os.write(number, b'SCB1' + bytes(1000))\n"
        "    except OSError: pass\n"
        "os._exit(0)",
        "import struct, json\n"
        "text = json.dumps({'type': 'result', 'nonce': 'guess', 'arrays': {}}).encode()\n"
        "for number in range(3, 20):\n"
        "    try: os.write(number, struct.pack('<4sIQ', b'SCB1', len(text), 0) + text)\n"
        "    except OSError: pass\n"
        "os._exit(0)",
        "import struct\n"
        "for number in range(3, 20):\n"
        "    try: os.write(number, struct.pack('<4sIQ', b'SCB1', 10, 2**60))\n"
        "    except OSError: pass\n"
        "os._exit(0)",
    ],
)
def test_a_forged_result_is_an_error(daily, code):
    body = "\n".join(f"        {line}" for line in code.splitlines())
    with pytest.raises(BacktestError) as caught:
        run_backtest(HEAD + body, daily)
    assert caught.value.kind in ("exit", "protocol")


def forge(changes: str) -> str:
    """A strategy that reaches into the broker's log and changes it at the end."""
    return (
        "import backtrader as bt\nclass S(bt.Strategy):\n"
        "    def next(self):\n        if len(self) == 5: self.buy(size=1)\n"
        f"    def stop(self):\n        log = self.broker.fills\n        {changes}\n"
    )


@pytest.mark.parametrize(
    "changes",
    [
        "log.bar[0] = 10**6",
        "log.bar[0] = -1",
        "log.price[0] = float('nan')",
        "log.price[0] = -5.0",
        "log.size[0] = float('inf')",
        "log.size[0] = 0.0",
        "log.price.append(1.0)",
        "log.columns = lambda: {}",
    ],
)
def test_fills_that_cannot_be_are_an_error(daily, changes):
    with pytest.raises(BacktestError) as caught:
        run_backtest(forge(changes), daily)
    assert caught.value.kind == "protocol"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("log.price[0] /= 10", "the bar reaches from"),
        ("log.commission[0] = 0.0", "the commission of the settings"),
        ("log.size[0] = 1e6", "the cash would be"),
        ("log.size[0] = -1e300", "no account is that large"),
        ("log.price[0] *= 1.0001", "fills at the open"),
        ("log.made[0] = log.bar[0]", "on a later bar"),
        ("log.kind[0] = 9", "no such type of order"),
        ("log.kind[0], log.wanted[0] = 2, 1.0", "its limit is 1"),
        ("log.kind[0], log.wanted[0] = 3, 1e6", "the stop at 1"),
        (
            "for name in ('size', 'price', 'commission', 'made', 'kind', 'wanted'):\n"
            "            getattr(log, name).append(getattr(log, name)[0])\n"
            "        log.bar.append(2)",
            "comes before the fill",
        ),
    ],
)
def test_fills_that_the_rules_do_not_allow_are_refused(daily, changes, said):
    with pytest.raises(BacktestError) as caught:
        run_backtest(forge(changes), daily)
    assert caught.value.kind == "broker"
    assert said in caught.value.message
    assert "set commission" in caught.value.hint or "settings" in caught.value.hint


@pytest.mark.parametrize(
    "setting",
    [
        "set_slippage_perc(0.01)",
        "set_coc(True)",
        "setcommission(commission=0.0)",
        "setcommission(leverage=100.0)",
    ],
)
def test_a_changed_broker_is_refused(daily, setting):
    source = (
        "import backtrader as bt\nclass S(bt.Strategy):\n"
        f"    def start(self):\n        self.broker.{setting}\n"
        "    def next(self):\n        if len(self) == 5: self.buy(size=5_000)\n"
    )
    honest = source.replace(setting, "getcash()").replace("5_000", "5")
    assert run_backtest(honest, daily).fills
    with pytest.raises(BacktestError) as caught:
        run_backtest(source if "leverage" in setting else source.replace("5_000", "5"), daily)
    assert caught.value.kind == "broker"


def test_another_value_than_the_fills_give_is_told(daily):
    result = run_backtest(forge("self.broker.setcash(1e9); self.broker._value = 1e9"), daily)
    assert any("another value" in text for text in result.warnings)


def test_changed_cash_changes_no_figures(daily):
    honest = forge("pass")
    rich = honest.replace(
        "    def next", "    def start(self):\n        self.broker.add_cash(1e9)\n    def next"
    )
    first, second = run_backtest(honest, daily), run_backtest(rich, daily)
    assert first.metrics == second.metrics
    assert any("another value" in text for text in second.warnings)
