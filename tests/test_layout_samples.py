"""Every sample file has one oddity and reads into what is written down beside it."""

import json
from pathlib import Path

import pytest

from orebook.reading.formats import layout, open_document
from orebook.reading.layout import Block, Layout

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix != ".json")


def said(found: Layout) -> list[object]:
    """What a layout says, in a form that can be written down."""
    return [_block(block) for block in found.blocks]


def _block(block: Block) -> object:
    if block.table is None:
        return [block.part, block.kind, block.plain]
    table = block.table
    return {
        "part": block.part,
        "how": table.how,
        "caption": table.caption.plain if table.caption else "",
        "header": [" / ".join(words) for words in table.header],
        "rows": [[row.plain(column) for column in range(table.width)] for row in table.rows],
        "notes": [note.plain for note in table.notes],
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_reads_as_written_down(name: str) -> None:
    """The blocks and tables of a sample are those of the JSON file of the same name."""
    path = SAMPLES / name
    found = said(layout(open_document(name, path.read_bytes())))
    assert found == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
