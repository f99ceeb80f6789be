"""Install Python packages with uv where that works, else with pip: the same, only slower.

Takes the arguments of `pip install`, and `--needs-of pyproject.toml [--extra NAME]` for what a
project needs. uv does not read pip's configuration, so the settings that matter are handed over.
"""

import argparse
import os
import subprocess
import sys
import tomllib
from pathlib import Path

# pip's name -> uv's name; the values mean the same
SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "cert": "SSL_CERT_FILE",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


def pip_settings() -> dict[str, str]:
    """Return what the user set for pip, in files and in the environment."""
    listing = subprocess.run([*PIP, "config", "list"], capture_output=True, text=True, check=True)
    settings = {}
    for line in listing.stdout.splitlines():
        key, _, value = line.partition("=")
        settings[key.rpartition(".")[2]] = value.strip("'\"").replace("\\n", " ")
    return settings


def uv_environment() -> dict[str, str]:
    """Return an environment in which uv finds packages where pip would."""
    # pip looks for the best version in all indexes, uv by default only in the first
    environment = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for name, value in pip_settings().items():
        if name in SETTINGS and value:
            separator = "," if name == "find-links" else " "
            environment[SETTINGS[name]] = separator.join(value.split())
    return {**os.environ, **environment}


def needs_of(project: Path, extra: str | None) -> list[str]:
    """Return the requirements a pyproject.toml lists, or those of one of its extras."""
    table = tomllib.loads(project.read_text("utf-8"))["project"]
    needs = table["optional-dependencies"][extra] if extra else table["dependencies"]
    return list(needs)


def has_uv() -> bool:
    """Tell whether uv is in this environment; install it if it is not."""
    uv = [sys.executable, "-m", "uv", "--version"]
    if subprocess.run(uv, capture_output=True).returncode == 0:
        return True
    return subprocess.run([*PIP, "install", "--quiet", "uv"], capture_output=True).returncode == 0


def install(arguments: list[str]) -> int:
    """Install with uv; if that fails for whatever reason, let pip try and tell."""
    if has_uv():
        uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", sys.executable]
        if subprocess.run([*uv, *arguments], env=uv_environment()).returncode == 0:
            return 0
        print("uv could not install this; trying pip.", file=sys.stderr)
    return subprocess.run([*PIP, "install", "--quiet", *arguments]).returncode


def main() -> int:
    """Install what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--needs-of", type=Path)
    parser.add_argument("--extra")
    options, arguments = parser.parse_known_args()
    if options.needs_of:
        arguments += needs_of(options.needs_of, options.extra)
    return install(arguments) if arguments else 0


if __name__ == "__main__":
    sys.exit(main())
