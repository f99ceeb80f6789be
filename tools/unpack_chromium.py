"""Unpack Debian's chromium, with the libraries it lacks, into a folder: no root needed.

Prints the path of the program to start. apt works in the folder instead of the system's state.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

START = """\
#!/bin/sh
# made by tools/unpack_chromium.py
root="{root}"
libraries=$(find "$root/lib" "$root/usr/lib" -maxdepth 2 -type d -path '*-linux-gnu*' -printf '%p:')
export LD_LIBRARY_PATH="$libraries${{LD_LIBRARY_PATH:-}}"
export FONTCONFIG_FILE="$root/fonts.conf"
export XDG_DATA_DIRS="$root/usr/share:${{XDG_DATA_DIRS:-/usr/local/share:/usr/share}}"
exec "$root/usr/lib/chromium/chromium" "$@"
"""

FONTS = """\
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{root}/var/cache/fontconfig</cachedir>
</fontconfig>
"""


def apt(folder: Path, *command: str) -> None:
    """Run apt-get on its own lists and cache, with the system's sources and installed packages."""
    options = {
        "Dir::State": folder / "state",
        "Dir::State::status": "/var/lib/dpkg/status",
        "Dir::Cache": folder / "cache",
        "Debug::NoLocking": "true",
        "APT::Sandbox::User": "",
    }
    for name in ("state/lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    arguments = [part for key, value in options.items() for part in ("-o", f"{key}={value}")]
    subprocess.run(["apt-get", "-qq", *arguments, *command], check=True, stdout=sys.stderr)


def unpack(folder: Path) -> Path:
    """Download and unpack chromium; return the script that starts it."""
    root, start = folder / "root", folder / "chromium"
    apt(folder, "update")
    packages = ["chromium", "fonts-dejavu-core"]
    apt(folder, "install", "--yes", "--no-install-recommends", "--download-only", *packages)
    for package in sorted((folder / "cache" / "archives").glob("*.deb")):
        subprocess.run(["dpkg-deb", "--extract", package, root], check=True)
    for leftover in ("cache", "state"):
        shutil.rmtree(folder / leftover)
    (root / "fonts.conf").write_text(FONTS.format(root=root), "utf-8")
    start.write_text(START.format(root=root), "utf-8")
    start.chmod(0o755)
    return start


def main() -> None:
    """Unpack unless that was done before, and print the path."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.absolute()
    start = folder / "chromium"
    try:
        print(start if start.exists() else unpack(folder))
    except subprocess.CalledProcessError:  # apt-get or dpkg-deb has told why
        sys.exit("Debian's chromium could not be fetched or unpacked.")


if __name__ == "__main__":
    main()
