from pathlib import Path

import pytest

HEADER = "Date,Open,High,Low,Close,Volume"


@pytest.fixture
def write_csv(tmp_path):
    """Writes rows of text under a header line, as a user's file has them."""

    def write(*rows: str, header: str = HEADER, name: str = "prices.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write
