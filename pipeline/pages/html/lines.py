"""Elements -> paragraphs, as a browser would lay them out: blocks and <br> end a line, inline elements do not."""

from __future__ import annotations

from collections.abc import Container

from lxml import etree

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.data_table import is_data_table
from pipeline.pages.html.table_grid import TableGrid, span_of
from pipeline.pages.html.tree import Element
from pipeline.pages.html.unwanted import style_of
from pipeline.pages.paragraphs import LINE_END_RE, SUPERSCRIPTS, one_space, trim

BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "marquee",
        "frameset",
        "noframes",
        "title",
    ]
)
_MAX_STYLE = 2000
_PRE_TAGS = frozenset({"pre", "xmp", "listing", "plaintext"})
TEXT_MARK = "\0"  # the line where the main text was left out
SPACE_RE = lazy_re(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
SUPERSCRIPT_RE = lazy_re(r"\s{0,9}[-+−]?[0-9]{1,3}\s{0,9}")  # m<sup>2</sup>


def squeeze(text: str) -> str:
    """Return text with white space as a browser prints it, but no space where the source breaks Chinese lines.

    >>> squeeze("夯实创建\\n      责任  A \\n B")
    '夯实创建责任 A B'
    """
    return SPACE_RE.sub(one_space, text)


def element_lines(
    root: Element,
    skipped: Container[Element] = (),
    marked: Container[Element] = (),
    *,
    is_spaced: bool = False,
    most: int | None = None,
) -> list[str]:
    """Return the paragraphs of an element, those of `skipped` elements left out; TEXT_MARK stands for a marked one.

    `is_spaced` sets inline elements apart, as style sheets do in an info bar: <span>date</span><span>source</span>.
    """
    return _Layout(skipped, marked, is_spaced=is_spaced).lay_out(root, most)


class _Layout:
    """The state of one walk: the line being filled, the rows and cells being filled."""

    def __init__(self, skipped: Container[Element], marked: Container[Element], *, is_spaced: bool) -> None:
        self._skipped = skipped
        self._is_spaced = is_spaced
        self._marked = marked
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._table: Element | None = None  # the data table we are in; those hold no other table
        self._grid = TableGrid()
        self._cell: list[str] | None = None
        self._spans = (1, 1)  # columns and rows of the cell we are in
        self._pre: list[Element] = []
        self._superscript: tuple[Element, int] | None = None

    def lay_out(self, root: Element, most: int | None) -> list[str]:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if most is not None and len(self._lines) >= most:
                return self._lines[:most]
            if event == "start":
                if element in self._skipped:
                    if element.tag in BLOCK_TAGS:
                        self._end_line()
                    if element in self._marked:
                        self._end_line()
                        self._lines.append(TEXT_MARK)
                    walker.skip_subtree()
                else:
                    self._enter(element)
                continue
            if element not in self._skipped:
                self._leave(element)
            if element is not root and element.tail:
                self._add(element.tail)
        self._end_line()
        self._end_row()
        return self._lines

    def _enter(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS or tag == "br":
            self._end_line()
            if tag == "table":
                self._enter_table(element)
            elif self._table is not None and tag == "tr":
                self._end_row()
            elif self._table is not None and tag in ("td", "th"):
                self._end_cell()
                self._cell = []
                self._spans = (span_of(element, "colspan"), span_of(element, "rowspan"))
        elif tag == "sup" and self._superscript is None:
            self._superscript = (element, len(self._pieces))
        style = element.get("style")
        if tag in _PRE_TAGS or (style is not None and style_of(style[:_MAX_STYLE]).keeps_lines):
            self._pre.append(element)
        if element.text:
            self._add(element.text)

    def _leave(self, element: Element) -> None:
        tag = element.tag
        if self._superscript is not None and self._superscript[0] is element:
            start = self._superscript[1]
            raised = "".join(self._pieces[start:])
            if SUPERSCRIPT_RE.fullmatch(raised):
                self._pieces[start:] = [raised.strip().translate(SUPERSCRIPTS)]
            self._superscript = None
        if tag in BLOCK_TAGS:
            self._end_line()
            if self._table is element:
                self._end_row()
                self._table = None
            elif self._table is not None and tag in ("td", "th"):
                self._end_cell()
            elif self._table is not None and tag == "tr":
                self._end_row()
        elif self._is_spaced and self._pieces:
            self._pieces.append(" ")
        if self._pre and self._pre[-1] is element:
            self._pre.pop()

    def _enter_table(self, table: Element) -> None:
        if self._table is None and is_data_table(table):
            self._table = table
            self._grid = TableGrid()

    def _add(self, text: str) -> None:
        if not self._pre:
            self._pieces.append(text)
            return
        first, *others = LINE_END_RE.split(text)
        self._pieces.append(first)
        for line in others:
            self._end_line()
            self._pieces.append(line)

    def _end_line(self) -> None:
        if not self._pieces:
            return
        line = trim(squeeze("".join(self._pieces).strip(" \t\n\r\f")))
        self._pieces.clear()
        if self._superscript is not None:
            self._superscript = (self._superscript[0], 0)
        if line:
            (self._lines if self._cell is None else self._cell).append(line)

    def _end_cell(self) -> None:
        if self._cell is not None:
            self._grid.add(_join_cell(self._cell), *self._spans)
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        line = self._grid.end_row()
        if line:
            self._lines.append(line)


def _join_cell(lines: list[str]) -> str:
    """Join the lines of one cell; a line broken within Chinese is one word again (建设 / 任务)."""
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        joined += f" {line}" if joined[-1].isascii() and line[0].isascii() else line
    return joined.replace("\t", " ")
