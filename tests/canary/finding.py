"""Looks for planted keys, whole or in pieces, as they are or encoded."""

import base64
from pathlib import Path
from urllib.parse import quote

# By where each is planted. Without the prefixes of known vendors, so that hiding what looks like
# a key is not enough.
CANARIES = {
    "environment": "q8Zw.vK3!pRt~9fLm_2hYb(Xd7",
    "keyring": "Jt4!bGz.6wNc~Vq0y)Rk5m_Hs3",
    "typed": "mP7~Wd.k2!xFh_9QvLc(4tBz8Ng",
}
_PIECE = 9


def find_canaries(subject):
    """Where planted keys are in a text, bytes, a file, or a folder with all its files.

    Returns:
        One line for each find; empty if there is none.
    """
    if isinstance(subject, Path):
        files = sorted(path for path in subject.rglob("*") if path.is_file())
        files = files if subject.is_dir() else [subject]
        return [
            f"{path}: {found}"
            for path in files
            for found in [*find_canaries(path.read_bytes()), *find_canaries(path.name)]
        ]
    data = subject if isinstance(subject, bytes) else subject.encode("utf-8", "surrogatepass")
    data = data.lower()
    return [
        f"the {source} key, {form}"
        for source, key in CANARIES.items()
        for form, pieces in _forms(key).items()
        if any(piece.lower() in data for piece in pieces)
    ]


def _forms(key):
    """What to look for, in lower or upper case, by how the key may be written."""
    raw = key.encode()
    pieces = [raw[start : start + _PIECE] for start in range(len(raw) - _PIECE + 1)]
    return {
        "as it is": pieces,
        "reversed": [piece[::-1] for piece in pieces],
        "as UTF-16": [piece.decode().encode("utf-16-le") for piece in pieces],
        "quoted for an address": [
            quoted for piece in pieces if (quoted := quote(piece, safe="").encode()) != piece
        ],
        "in hexadecimal": [piece.hex().encode() for piece in pieces],
        # every place in a longer text that was encoded
        "in base64": [
            base64.b64encode(raw[shift:][: len(raw[shift:]) // 3 * 3]) for shift in range(3)
        ],
    }
