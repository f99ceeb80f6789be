"""Create a virtual environment that has pip, also where Debian's python3-venv is not installed.

Standard library only: it runs before anything else is there. It installs nothing but pip.
"""

import argparse
import configparser
import hashlib
import html.parser
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

DEFAULT_INDEX = "https://pypi.org/simple"
PIP_WHEEL = re.compile(r"pip-(\d+(?:\.\d+)*)-py3-none-any\.whl")


class WheelLinks(html.parser.HTMLParser):
    """The links to pip's final wheels on a package index page, by version."""

    def __init__(self, page_url: str) -> None:
        super().__init__()
        self.page_url = page_url
        self.urls: dict[tuple[int, ...], str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the target of a link if it is a wheel nobody withdrew."""
        attributes = dict(attrs)
        url = urllib.parse.urljoin(self.page_url, attributes.get("href") or "")
        name = PIP_WHEEL.fullmatch(urllib.parse.urlsplit(url).path.rpartition("/")[2])
        if tag == "a" and name and "data-yanked" not in attributes:
            self.urls[tuple(int(part) for part in name[1].split("."))] = url


def pip_setting(name: str) -> str | None:
    """Return one of the user's pip settings, from the environment or the configuration files."""
    if value := os.environ.get(f"PIP_{name.upper().replace('-', '_')}"):
        return value
    config_home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    config = configparser.RawConfigParser()
    config.read(
        [
            "/etc/pip.conf",
            Path.home() / ".pip" / "pip.conf",
            config_home / "pip" / "pip.conf",
            os.environ.get("PIP_CONFIG_FILE", os.devnull),
        ],
        encoding="utf-8",
    )
    for section in ("install", "global"):
        if value := config.get(section, name, fallback=None):
            return value
    return None


def download(url: str) -> bytes:
    """Return what is at a URL, trusting the certificates that pip is told to trust."""
    trust = ssl.create_default_context(cafile=pip_setting("cert"))
    with urllib.request.urlopen(url, timeout=60, context=trust) as reply:  # noqa: S310 - an index
        return bytes(reply.read())


def fetch_pip_wheel(folder: Path) -> Path:
    """Download the newest pip into a folder and check it against the index's digest."""
    page_url = f"{(pip_setting('index-url') or DEFAULT_INDEX).rstrip('/')}/pip/"
    links = WheelLinks(page_url)
    links.feed(download(page_url).decode())
    if not links.urls:
        sys.exit(f"No pip wheel at {page_url}. Check index-url in your pip configuration.")
    url, _, digest = links.urls[max(links.urls)].partition("#sha256=")
    content = download(url)
    if not digest or hashlib.sha256(content).hexdigest() != digest:
        sys.exit(f"The download of {url} does not match its digest. Try again.")
    wheel = folder / url.rpartition("/")[2]
    wheel.write_bytes(content)
    return wheel


def has_pip(folder: Path) -> bool:
    """Tell whether a folder holds a virtual environment with a working pip."""
    python = folder / "bin" / "python"
    if not python.exists():
        return False
    return subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def create(folder: Path) -> None:
    """Create the environment, with Python's own pip or one from the package index."""
    if folder.exists() and not (folder / "pyvenv.cfg").exists() and any(folder.iterdir()):
        sys.exit(f"{folder} exists and is no virtual environment. Move it away.")
    venv = [sys.executable, "-m", "venv", "--clear", str(folder)]
    if subprocess.run(venv, capture_output=True).returncode == 0:
        return
    print(
        "Python has no pip of its own here (python3-venv); getting it from the index.", flush=True
    )
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([*venv, "--without-pip"], check=True)
    with tempfile.TemporaryDirectory() as temporary:
        wheel = fetch_pip_wheel(Path(temporary))
        # a wheel is a zip archive, and Python runs packages from those
        python, pip = folder / "bin" / "python", wheel / "pip"
        subprocess.run([python, pip, "install", "--quiet", "--no-index", wheel], check=True)


def main() -> None:
    """Create the environment if it is not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.absolute()
    if not has_pip(folder):
        print(f"Creating {folder}", flush=True)
        create(folder)


if __name__ == "__main__":
    main()
