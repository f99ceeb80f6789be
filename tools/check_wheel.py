"""Check that the wheel in a folder is complete, and that it installs and works without Node.js."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from fnmatch import fnmatch
from pathlib import Path

FRONT_END = "*.data/data/share/jupyter/labextensions/stratcraft-jupyter/"
# pattern -> how often a file like that must be in the wheel
CONTENTS = {
    f"{FRONT_END}package.json": 1,
    f"{FRONT_END}install.json": 1,
    f"{FRONT_END}static/remoteEntry.*.js": 1,
    "stratcraft_jupyter/py.typed": 1,
    "stratcraft_jupyter/labextension/*": 0,
    "tests/*": 0,
    "tools/*": 0,
}


def check_contents(wheel: Path) -> None:
    """Stop unless the wheel holds each part exactly as often as it must."""
    names = zipfile.ZipFile(wheel).namelist()
    for pattern, wanted in CONTENTS.items():
        found = sum(fnmatch(name, pattern) for name in names)
        if found != wanted:
            sys.exit(f"{wheel.name}: {found} files like {pattern}, expected {wanted}.")
    print(f"{wheel.name}: {len(names)} files, the front end among them, once.")


class CleanEnvironment:
    """A new virtual environment whose PATH holds nothing but its own programs: no Node.js."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "venv" / "bin"
        here = Path(__file__).parent
        subprocess.run([sys.executable, here / "bootstrap_venv.py", folder / "venv"], check=True)
        self.install = [self.programs / "python", here / "pip_install.py"]

    def add(self, wheel: Path) -> None:
        """Install a wheel with what it depends on."""
        subprocess.run([*self.install, wheel], check=True, env=self.variables())

    def variables(self) -> dict[str, str]:
        """Return the variables its programs run with."""
        return {**os.environ, "PATH": str(self.programs), "JUPYTER_CONFIG_DIR": str(self.folder)}

    def run(self, *command: str) -> str:
        """Run one of its programs away from the checkout and return everything it printed."""
        print("$", *command, flush=True)
        done = subprocess.run(
            [self.programs / command[0], *command[1:]],
            cwd=self.folder,
            env=self.variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            sys.exit(f"{done.stdout}\n{command[0]} ended with {done.returncode}.")
        return done.stdout


def check_use(environment: CleanEnvironment) -> None:
    """Stop unless JupyterLab accepts the front end and the command line does the main job."""
    listing = environment.run("jupyter-labextension", "list")
    line = next((text for text in listing.splitlines() if "stratcraft-jupyter v" in text), "")
    if "enabled" not in line or "OK" not in line:
        sys.exit(f"{listing}\nJupyterLab does not accept the front end.")
    environment.run("stratcraft-jupyter", "compile", "sma_cross", "-o", "strategy.py")
    backtest = ["backtest", "strategy.py", "--data", "sample:AAPL", "--json", "result.json"]
    environment.run("stratcraft-jupyter", *backtest)
    result = json.loads((environment.folder / "result.json").read_text("utf-8"))
    if not result["trades"]:
        sys.exit("The backtest of the SMA cross on the sample made no trade.")
    print(f"The wheel works without Node.js: {len(result['trades'])} trades in the backtest.")


def main() -> None:
    """Check the one wheel in the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    wheels = list(parser.parse_args().folder.glob("*.whl"))
    if len(wheels) != 1:
        sys.exit(f"Expected one wheel, found {len(wheels)}. Run make wheel.")
    check_contents(wheels[0])
    with tempfile.TemporaryDirectory() as folder:
        environment = CleanEnvironment(Path(folder))
        environment.add(wheels[0].absolute())
        check_use(environment)


if __name__ == "__main__":
    main()
