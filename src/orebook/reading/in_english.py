"""In English: the layout of a document in French, its blocks and tables read through the glossary."""

from dataclasses import replace

from orebook.reading.language.french import english, english_head, is_french
from orebook.reading.layout import Block, Cell, Layout, Row, Table
from orebook.reading.layout.boilerplate import settle
from orebook.reading.text import inline


def in_english(layout: Layout) -> Layout:
    """The same layout, words and numbers in English where the document is in French; else the layout itself."""
    if not is_french(" ".join(block.plain for block in layout.blocks[:40])):
        return layout
    blocks = [_block(block) for block in layout.blocks]
    settle(blocks)
    return Layout(layout.document, blocks)


def _block(block: Block) -> Block:
    table = _table(block.table) if block.table is not None else None
    return Block(block.kind, english(block.text), block.part, block.section, block.level, table)


def _table(table: Table) -> Table:
    return replace(
        table,
        rows=tuple(Row(tuple(_cell(cell) for cell in row.cells)) for row in table.rows),
        header_rows=tuple(
            Row(tuple(Cell(english_head(cell.text), cell.column, cell.span) for cell in row.cells))
            for row in table.header_rows
        ),
        header=tuple(tuple(_head(words) for words in column) for column in table.header),
        caption=english(table.caption) if table.caption else None,
        notes=tuple(english(note) for note in table.notes),
    )


def _cell(cell: Cell) -> Cell:
    return Cell(english(cell.text), cell.column, cell.span)


def _head(words: str) -> str:
    return english_head(inline(words, 0, len(words), markup=False)).plain
