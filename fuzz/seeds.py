"""Seeds: our own samples in pieces, and real releases where they lie beside the checkout."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_BESIDE = Path(os.environ.get("OREBOOK_SHARED", _ROOT.parent / "shared"))
_PIECE = 1_500
"""Characters: small inputs are tried more often in the same time, and say more clearly what they hit."""


def known(*names: str) -> list[str]:
    """The words of some kinds of file, as ``words`` has them."""
    files = (_ROOT / "fuzz" / "words" / f"{name}.json" for name in names)
    return [word for file in files for word in json.loads(file.read_text(encoding="utf-8"))]


def texts(*endings: str) -> Iterator[bytes]:
    """The texts with these endings, each in pieces that break between paragraphs."""
    for folder in ("tests/samples", "tests/releases", "examples/releases"):
        for file in sorted((_ROOT / folder).iterdir()):
            if file.suffix in endings:
                yield from _pieces(file.read_text(encoding="utf-8"))
    for ending in endings:
        folder = _BESIDE / "releases" / "dev" / ending.removeprefix(".")
        for file in sorted(folder.glob(f"*{ending}"))[:12]:
            yield from list(_pieces(file.read_text(encoding="utf-8", errors="replace")))[:6]


def _pieces(text: str) -> Iterator[bytes]:
    piece = ""
    for paragraph in re.split(r"(?<=\n\n)|(?<=</p>)|(?<=</tr>)", text):
        if piece and len(piece) + len(paragraph) > _PIECE:
            yield piece.encode()
            piece = ""
        piece += paragraph[: 4 * _PIECE]
    if piece:
        yield piece.encode()


def files(folder: str, *endings: str, most: int = 60_000) -> Iterator[bytes]:
    """The files of one of our own folders, as they are."""
    for file in sorted((_ROOT / folder).rglob("*")):
        if file.suffix in endings and file.stat().st_size <= most:
            yield file.read_bytes()
