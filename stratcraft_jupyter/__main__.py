"""``python -m stratcraft_jupyter`` is the ``stratcraft-jupyter`` command."""

import sys

from stratcraft_jupyter.cli import main

if __name__ == "__main__":
    sys.exit(main())
