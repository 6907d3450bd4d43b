"""HTML pages: markup -> the paragraphs of the document, what was left out and why, and the page's facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.dammit import EncodingDetector

from pipeline.pages.html.facts import page_facts
from pipeline.pages.html.info_table import find_info_tables
from pipeline.pages.html.lines import element_lines
from pipeline.pages.html.main_text import find_main, link_lists
from pipeline.pages.html.survey import survey
from pipeline.pages.html.tree import parse
from pipeline.pages.html.unwanted import HARD_REASONS, dropped_records
from pipeline.pages.paragraphs import Decode, join_paragraphs
from pipeline.records import Dropped, Page, RawFile

__all__ = ["read_html"]

BLANK_RE = re.compile(r"[\s\u3000]{1,40}")
_TOP_LINES = 12
_DECLARED_WITHIN = 8192
_MAX_EXCERPT = 2000


def declared_charset(raw: bytes) -> str | None:
    """Return the charset that a page declares in a meta tag or its XML declaration, or None.

    >>> declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    'gb2312'
    """
    declared = EncodingDetector.find_declared_encoding(
        raw[:_DECLARED_WITHIN], is_html=True, search_entire_document=True
    )
    return str(declared) if declared else None


def join_headline(lines: Sequence[str], title: str | None) -> list[str]:
    """Join the lines that together are the page's title, which offices break by hand to centre it.

    >>> join_headline(["青溪县教育局关于印发", "行动方案的通知", "各学校："], "青溪县教育局关于印发行动方案的通知")
    ['青溪县教育局关于印发行动方案的通知', '各学校：']
    """
    bare = BLANK_RE.sub("", title or "")
    for start in range(min(_TOP_LINES, len(lines)) if bare else 0):
        joined = BLANK_RE.sub("", lines[start])
        end = start + 1
        while end < len(lines) and len(joined) < len(bare) and bare.startswith(joined):
            joined += BLANK_RE.sub("", lines[end])
            end += 1
        if joined == bare and end > start + 1:
            return [*lines[:start], "".join(lines[start:end]), *lines[end:]]
    return list(lines)


def read_html(file: RawFile, decode: Decode) -> Page:
    """Return the text of an HTML page; raises PageError when it holds no markup at all."""
    decoded = decode(file.raw, declared_charset(file.raw) or file.charset)
    root = parse(decoded.text)
    found = survey(root)
    main = find_main(root, found)
    tables = find_info_tables(root, main, found.unwanted)
    left_out = found.unwanted | tables | link_lists(main, found)
    lines = [line for element in main for line in element_lines(element, left_out)]
    if not lines:  # a page that is nothing but "furniture" is a page whose names mean something else
        left_out = {element: reason for element, reason in left_out.items() if reason in HARD_REASONS}
        lines = element_lines(root, left_out)
    around = element_lines(root, found.unwanted | dict.fromkeys(main, "main text"))
    table_lines = [line for table in tables for line in element_lines(table, found.unwanted)]
    facts = page_facts(root, decoded.text, [*table_lines, *around], lines, file.url)
    lines = join_headline(lines, facts.title)
    dropped = dropped_records(left_out)
    if around:
        dropped.append(Dropped("outside of the main text", "\n".join(around)[:_MAX_EXCERPT]))
    return Page(join_paragraphs(lines), decoded.encoding, facts, tuple(dropped))
