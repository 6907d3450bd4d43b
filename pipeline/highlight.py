"""A document with its extractions marked, for the notebook (HTML) and the terminal (rich)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from pipeline.column_notes import in_chinese, value_names
from pipeline.columns import CHINESE_TITLES
from pipeline.naming import document_name, year_of
from pipeline.printable import printable
from pipeline.records import DocumentRow, Extractions, Reading

if TYPE_CHECKING:
    from rich.text import Text

KINDS = ("slogans", "quantities", "citations", "measures")

# backgrounds with their own dark ink read the same on a light and on a dark page; measures are underlined,
# because most of them hold other marks
_CSS = {
    "slogans": "background:#ffd54f;color:#1b1b1b",
    "quantities": "background:#a5d6a7;color:#1b1b1b",
    "citations": "background:#90caf9;color:#1b1b1b",
    "measures": "border-bottom:2px solid #e57373",
}
_TERMINAL = {"slogans": "black on yellow", "quantities": "black on green", "citations": "black on cyan"}
_FACTS = (
    ("doc_type", "文种"), ("issuer", "发文机关"), ("doc_number", "发文字号"), ("index_number", "索引号"),
    ("publish_date", "发布日期"), ("written_date", "成文日期"), ("effective_date", "施行日期"), ("expiry_date", "有效期至"),
    ("meeting_date", "会议日期"), ("outlet", "刊发媒体"), ("url", "网址"), ("province", "省"), ("city", "市"),
    ("county", "县"), ("adcode", "区划代码"), ("region_reason", "属地依据"),
    ("script", "字体"), ("encoding", "编码"), ("n_chars", "字数"), ("n_repairs", "修复处数"),
)  # fmt: skip


def fact_lines(row: DocumentRow) -> Iterator[tuple[str, str]]:
    """Yield the facts of a document that are known, with Chinese names."""
    for name, chinese in _FACTS:
        value = getattr(row, name)
        if value not in (None, ""):
            yield chinese, in_chinese(str(value), value_names("documents", name))
    if row.damage:
        yield "损坏种类", "、".join(row.damage)


def name_of(row: DocumentRow) -> str:
    """Return what one document is called, as in the lists."""
    return document_name(
        row.title,
        place=row.county or row.city or row.province,
        year=year_of({"publish_date": row.publish_date}),
        doc_type=row.doc_type,
        source=row.source,
    )


def pieces(reading: Reading, found: Extractions) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the text cut at every mark, each piece with the kinds of row that cover it."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for kind in KINDS:
        for row in getattr(found, kind):
            opens.setdefault(row.start, []).append(kind)
            closes.setdefault(row.end, []).append(kind)
    depth = dict.fromkeys(KINDS, 0)
    at = 0
    for cut in sorted({*opens, *closes, len(reading.text)}):
        if cut > at:
            yield reading.text[at:cut], frozenset(kind for kind in KINDS if depth[kind])
            at = cut
        for kind in closes.get(cut, ()):
            depth[kind] -= 1
        for kind in opens.get(cut, ()):
            depth[kind] += 1


def to_html(row: DocumentRow, reading: Reading, found: Extractions) -> str:
    """Return a fragment of HTML that shows the document; all of its text is escaped."""
    out = ['<div style="font-family:sans-serif;line-height:1.9;max-width:60em">']
    out.append(f'<h3 style="margin:.2em 0">{escape(name_of(row))}</h3>')
    facts = " · ".join(f"{escape(name)} {escape(value)}" for name, value in fact_lines(row))
    out.append(f'<p style="opacity:.75;margin:.2em 0">{facts}</p><p style="margin:.4em 0">')
    out += [
        f'<span style="{_CSS[kind]};padding:0 .3em">{CHINESE_TITLES[kind]} {len(getattr(found, kind))}</span> '
        for kind in KINDS
    ]
    out.append('</p><div style="white-space:pre-wrap">')
    for piece, kinds in pieces(reading, found):
        style = ";".join(_CSS[kind] for kind in reversed(KINDS) if kind in kinds)
        out.append(f'<span style="{style}">{escape(piece)}</span>' if style else escape(piece))
    out.append("</div></div>")
    return "".join(out)


def to_terminal(reading: Reading, found: Extractions) -> Text:
    """Return the document as rich Text with colours; measures are underlined."""
    from rich.text import Text

    text = Text()
    for piece, kinds in pieces(reading, found):
        styles = [_TERMINAL[kind] for kind in _TERMINAL if kind in kinds][:1]
        if "measures" in kinds:
            styles.append("underline")
        text.append(printable(piece), style=" ".join(styles))
    return text


def mark_lines(reading: Reading, found: Extractions) -> Iterator[str]:
    """Yield every mark of a document in text order, one a line: where it stands, its kind, its words.

    What `to_terminal` shows by colour, for a file or a pipe, which has none.
    """
    marks = [
        (row.start, row.end, order, kind) for order, kind in enumerate(KINDS) for row in getattr(found, kind)
    ]
    for start, end, _, kind in sorted(marks, key=lambda mark: (mark[0], -mark[1], mark[2])):
        words = " ".join(printable(reading.text[start:end]).split())
        yield f"{start}-{end}\t{CHINESE_TITLES[kind]} {kind}\t{words}"
