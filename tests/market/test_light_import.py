import subprocess
import sys

import pytest

CODE = """
import sys
{work}
heavy = sorted({{"pandas", "pyarrow", "polars", "narwhals"}} & set(sys.modules))
print(",".join(heavy))
"""


@pytest.mark.parametrize(
    ("work", "heavy"),
    [
        ("import stratcraft_jupyter.market, stratcraft_jupyter.market.synthetic", ""),
        (
            "from stratcraft_jupyter.market import load_bars\n"
            "load_bars('sample:AAPL').between('2010', '2011')",
            "",
        ),
        (
            "from stratcraft_jupyter.market import load_bars\nload_bars('sample:AAPL').to_frame()",
            "pandas",
        ),
    ],
)
def test_samples_need_no_table_library(work, heavy):
    shown = subprocess.run(
        [sys.executable, "-c", CODE.format(work=work)], capture_output=True, text=True, check=True
    )
    loaded = shown.stdout.strip().split(",")
    assert (heavy in loaded) if heavy else (loaded == [""])
