"""Tables that hold rows and cells, told from those that only lay out a page."""

from __future__ import annotations

from pipeline.pages.html.tree import Element

_MAX_CELL = 600  # characters; a longer cell with paragraphs in it is laid out, not tabled


def is_data_table(table: Element) -> bool:
    """Tell a table that holds rows and cells from one that only lays out a page.

    One that holds another table, has one column, or holds a cell of many paragraphs, is layout.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return False
    n_wide_rows = 0
    for row in table.iterdescendants("tr"):
        n_wide_rows += len(row) >= 2
        for cell in row:
            if _is_prose(cell):
                return False
    return n_wide_rows > 0


def _is_prose(cell: Element) -> bool:
    n_paragraphs = sum(1 for _ in cell.iterdescendants("p", "div", "br", "li"))
    if n_paragraphs < 3:
        return False
    length = 0
    for text in cell.itertext():
        length += len(text.strip())
        if length > _MAX_CELL:
            return True
    return False
