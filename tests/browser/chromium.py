"""The browser that the tests and benchmarks drive."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, or another one that is named, or Playwright's own."""
    path = os.environ.get("STRATCRAFT_CHROMIUM") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=path, args=_FLAGS)
