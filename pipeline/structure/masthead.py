"""The facts of a document (文头), each from where the genre puts it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.lazy_re import lazy_re
from pipeline.records import Facts, PageFacts, Part
from pipeline.structure.bodies import is_body, names_in, split_names
from pipeline.structure.committees import issuer_of_committee
from pipeline.structure.doc_types import NEWS, QUESTIONS, REPORT, find_doc_type
from pipeline.structure.document_dates import find_dates
from pipeline.structure.headlines import is_of_another_page
from pipeline.structure.info_bars import spelt_out
from pipeline.structure.info_labels import LABEL_END
from pipeline.structure.issuers import (
    issuer_in_title,
    issuer_of_letterhead,
    issuer_of_own_title,
    issuer_of_own_work,
    issuer_of_redhead,
    issuer_of_report,
    issuer_printed,
    issuer_signed,
    issuer_speaking,
    whole_name,
)
from pipeline.structure.mailbox import read_letter
from pipeline.structure.numbers import find_doc_number
from pipeline.structure.outlets import find_outlet
from pipeline.structure.parts import find_parts
from pipeline.structure.placeless import named_in_full
from pipeline.structure.run_on import parted, rejoined
from pipeline.structure.title_lines import past_contents
from pipeline.structure.titles import find_title

_N_HEAD = 40
ISSUER_LABEL_RE = lazy_re(
    rf"(?:发文(?:机关|机构|单位|部门)|发布(?:机关|机构|单位)|制[定发]机关)(?:{LABEL_END}|\s{{0,2}}\n\s{{0,2}}|[ \t　]{{1,6}})(?P<value>[^\s：|｜]{{3,40}})"
)
INDEX_RE = lazy_re(
    rf"索\s{{0,4}}引\s{{0,4}}号?(?:{LABEL_END}|\s{{0,2}}\n\s{{0,2}})(?P<value>[\w\u4e00-\u9fff][\w\u4e00-\u9fff\-/.()（）〔〕\[\]]{{3,48}})"
)  # 索引号：000014349/2019-00007
_TITLE_CELL_RE = lazy_re(
    r"^(?:[-•·][ 　])?(?:信息名称|文件名称|标题|名称|中文名)：(?P<title>[^\n]{4,120})$", re.MULTILINE
)


def _lines(text: str) -> list[str]:
    cells = (line.strip().strip("|｜").strip() for line in text.split("\n"))  # of a table that was lost
    return [cell for cell in cells if cell]


def _index_number(page_head: str, page_facts: PageFacts) -> str | None:
    for value in (page_facts.index_number, *(m["value"] for m in INDEX_RE.finditer(page_head))):
        if value and any(c.isdigit() for c in value):
            return value.strip()
    return None


def _issuer(
    doc_type: str,
    title: str | None,
    head: Sequence[str],
    page_head: str,
    text: str,
    page_facts: PageFacts,
    parts: Sequence[Part],
    outlet: str | None,
) -> str | None:
    if doc_type in (NEWS, QUESTIONS):
        return issuer_speaking(title, outlet)
    if committee := issuer_of_committee(title, "\n".join(head[:12])[:1500]):
        return committee
    if doc_type == REPORT:
        return issuer_of_report(title, "\n".join(head[:12])[:1500])
    if decreed := issuer_of_letterhead(head):
        whole = issuer_in_title(title or "") or ""
        return whole if whole.endswith(decreed) else decreed  # a letterhead may be broken over two lines
    own = next((part.start for part in parts if part.kind == "attachment"), len(text))
    signatures = [text[p.start : p.end].split("\n") for p in parts if p.kind == "signature" and p.start < own]
    signed = next((names for block in signatures if (names := names_in(block))), None)
    if title and (named := issuer_in_title(title) or issuer_of_own_title(title)):
        return named_in_full(named, signed)
    lines = [line for line in _lines(text) if len(line) <= 80]
    labelled = (m["value"] for m in ISSUER_LABEL_RE.finditer(page_head))
    found = (
        signed
        or "、".join(split_names(page_facts.issuer or ""))
        or next(filter(is_body, labelled), None)
        or issuer_signed(lines)
        or issuer_printed(text)
        or issuer_of_redhead(head)[0]
        or issuer_of_redhead(head[1:])[0]  # a site prints the title above the letterhead
        or issuer_of_own_work(head)
    )
    return found and whole_name(found, lines)


def read_masthead(
    page_text: str, text: str, page_facts: PageFacts, parts: tuple[Part, ...] | None = None
) -> Facts:
    """Return the facts of a document; what belongs to its region is left for region.find_region.

    `page_text` is the whole page, info bars in it; `text` the document alone, `parts` its parts.

    >>> page = "旬邑县推动义务教育优质均衡发展\\n发布时间：2023-11-19 16:00:00 来源：陕西省教育厅网站\\n近年来，旬邑县全面落实教育优先发展战略。"
    >>> facts = read_masthead(page, page.replace("发布时间：2023-11-19 16:00:00 来源：陕西省教育厅网站\\n", ""), PageFacts())
    >>> facts.title, facts.doc_type, facts.publish_date, facts.outlet
    ('旬邑县推动义务教育优质均衡发展', '新闻报道', '2023-11-19', '陕西省教育厅网站')
    """
    parts = find_parts(text) if parts is None else parts
    lines = _lines(text[:6000])
    if lines and lines[0][0] == "目":
        lines = past_contents(lines)
    if "人民代表大会\n" in text[:6000]:
        lines = rejoined(lines)
    if len(lines) > 2 and is_of_another_page(lines[0], lines[1], text[len(lines[0]) + len(lines[1]) : 6000]):
        lines = lines[1:]
    head = parted(lines[:_N_HEAD])
    page_head = spelt_out(page_text[:4000])
    named = _TITLE_CELL_RE.search(page_head)
    letter = read_letter(text[:6000])
    title = letter and letter.title
    title = title or find_title(head, page_facts.title or (named["title"] if named else None))
    doc_number = find_doc_number(head, page_head[:1500], page_facts)
    outlet = find_outlet(page_text, page_facts)
    doc_type = (
        QUESTIONS
        if letter
        else find_doc_type(title, text, has_outlet=outlet is not None, has_doc_number=doc_number is not None)
    )
    dates = find_dates(
        doc_type,
        title,
        head,
        page_head,
        text,
        page_facts,
        parts,
        is_sourced=outlet is not None,
        doc_number=doc_number,
    )
    return Facts(
        title=title,
        doc_type=doc_type,
        issuer=letter.issuer
        if letter
        else _issuer(doc_type, title, head, page_head, text, page_facts, parts, outlet),
        doc_number=doc_number,
        index_number=_index_number(page_head, page_facts),
        publish_date=(letter and letter.answered) or dates.publish,
        written_date=dates.written,
        effective_date=dates.effective,
        expiry_date=dates.expiry,
        meeting_date=dates.meeting,
        outlet=outlet,
        url=page_facts.url,
    )
