"""Writes a picture of every template into docs/images/templates/."""

import sys
from pathlib import Path

from stratcraft_jupyter.graph import list_templates, load_template
from stratcraft_jupyter.graph.picture import picture_of

FOLDER = Path(__file__).parents[1] / "docs" / "images" / "templates"


def pictures() -> dict[str, str]:
    """The text of each file by its name."""
    return {
        f"{template.name}.svg": picture_of(load_template(template.name))
        for template in list_templates()
    }


def main() -> int:
    """Writes them all, and removes those of templates that are no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = pictures()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for path in FOLDER.glob("*.svg"):
        if path.name not in made:
            path.unlink()
    print(f"{len(made)} pictures in {FOLDER.name}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
