"""Print the path of a Chromium for the browser tests; get one if there is none.

First the system's own, then Debian's package (installed as root, else unpacked into the virtual
environment), then Playwright's download.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def starts(path: str | None) -> bool:
    """Tell whether a path is a browser that runs here; Ubuntu's package may be an empty shell."""
    return bool(path) and run([str(path), "--no-sandbox", "--version"])


def run(command: list[str], **environment: str) -> bool:
    """Run a command with its output on stderr and tell whether it worked."""
    print("$", *command, file=sys.stderr, flush=True)
    variables = {**os.environ, **environment}
    try:
        return subprocess.run(command, stdout=sys.stderr, env=variables).returncode == 0
    except OSError as error:
        print(error, file=sys.stderr)
        return False


def debian_browser() -> str | None:
    """Return the path of Debian's chromium after getting it, with or without being root."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", "chromium"]
        if run(["apt-get", "update", "-qq"], **quiet):
            run(install, **quiet)
        return shutil.which("chromium")
    folder = Path(sys.prefix) / "chromium"
    run([sys.executable, str(Path(__file__).with_name("unpack_chromium.py")), str(folder)])
    return str(folder / "chromium")


def playwright_browser() -> str | None:
    """Return the path of Playwright's own Chromium after downloading it."""
    if not run([sys.executable, "-m", "playwright", "install", "chromium"]):
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def candidates() -> Iterator[str | None]:
    """Yield one browser after the other, the cheapest first."""
    yield os.environ.get("STRATCRAFT_CHROMIUM")
    yield from map(shutil.which, NAMES)
    yield debian_browser()
    yield playwright_browser()


def main() -> None:
    """Print the path, or say what to install."""
    browser = next(filter(starts, candidates()), None)
    if not browser:
        sys.exit(
            "No Chromium for the browser tests. Install it (on Debian: apt install chromium) "
            "or set STRATCRAFT_CHROMIUM to the path of a Chromium or Chrome."
        )
    print(browser)


if __name__ == "__main__":
    main()
