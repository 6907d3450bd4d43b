"""The facts of a document (文头): title, type, issuer, number, date, outlet, each from where the genre puts it."""

from __future__ import annotations

import functools
import re

from pipeline.lexicon import table
from pipeline.records import Facts, PageFacts
from pipeline.structure.dates import DATE_RE, first_date, to_iso
from pipeline.structure.doc_types import NEWS, QUESTIONS, REPORT, find_doc_type
from pipeline.structure.issuers import (
    is_body,
    issuer_in_title,
    issuer_of_report,
    issuer_printed,
    issuer_signed,
    split_names,
)
from pipeline.structure.titles import DECREE_RE, DOC_NUMBER_RE, find_title

_N_HEAD = 40
_LABEL_END = r"\s?[：:]\s{0,4}"
PUBLISHED_RE = re.compile(rf"(?:发布|发文|刊发|上传|录入)(?:时间|日期){_LABEL_END}(?P<value>[^\n]{{6,24}})")
DATED_RE = re.compile(
    rf"(?<![为效止日新案])(?:时间|日期){_LABEL_END}(?P<value>[^\n]{{6,24}})"
)  # 日期：2024/4/29
CREATED_RE = re.compile(rf"(?:成文|生成|印发|发文)(?:时间|日期){_LABEL_END}(?P<value>[^\n]{{6,24}})")
DOUBTFUL_RE = re.compile(rf"来源时间为?{_LABEL_END}(?P<value>[^\n]{{6,24}})")  # 来源时间为：2022-3-24
BARE_DATE_RE = re.compile(
    r"^\s*(?P<value>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?:[T ]\s{0,2}\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?(?=\s|$)",
    re.MULTILINE,
)
NUMBER_LABEL_RE = re.compile(rf"(?:发文字号|文\s{{0,6}}号|文件编?号){_LABEL_END}(?P<value>[^\n]{{4,40}})")
ISSUER_LABEL_RE = re.compile(
    rf"(?:发文(?:机关|机构|单位)|发布(?:机关|机构|单位)|制定机关){_LABEL_END}(?P<value>[^\s：|｜]{{3,40}})"
)
OUTLET_RE = re.compile(
    rf"(?:信息|文章|稿件|本文|图文|新闻)?来源(?!时间|于){_LABEL_END}(?P<value>(?!https?)[^\s：:|｜）)】\]，。]{{2,30}})"
)  # （文章来源：南方plus）
CONTRIBUTOR_RE = re.compile(rf"(?:供稿|撰稿)(?:单位|人|员)?{_LABEL_END}(?P<value>[^\s：:|｜）)，。]{{3,30}})")
PRINTING_LINE_RE = re.compile(r"[^\n]{0,40}印发\s*$", re.MULTILINE)
DATE_ONLY_RE = re.compile(rf"^[^\n，。：]{{0,30}}?(?:{DATE_RE.pattern})[ 　）)]*$", re.MULTILINE)


@functools.cache
def _outlet_kinds() -> dict[str, str]:
    return {row["name"]: row["kind"] for row in table("outlets.csv")}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def normal_number(text: str) -> str | None:
    """Return the document number a short text holds, its year in 〔〕 and without stray spaces.

    >>> normal_number("柳城教通 [2023] 31 号"), normal_number("中华人民共和国国务院令 第712号")
    ('柳城教通〔2023〕31号', '国务院令第712号')
    """
    if match := DOC_NUMBER_RE.search(text):
        year = re.sub(r"\D", "", match["year"])
        return f"{match['code']}〔{year}〕{int(match['serial'])}号"
    if match := DECREE_RE.search(text):
        return f"{match['code'].removeprefix('中华人民共和国')}第{int(match['serial'])}号"
    return None


def _doc_number(head: list[str], page_head: str, page_facts: PageFacts) -> str | None:
    for value in (page_facts.doc_number, *(m["value"] for m in NUMBER_LABEL_RE.finditer(page_head))):
        if value and (number := normal_number(value)):
            return number
    for i, line in enumerate(head[:12]):
        if match := DOC_NUMBER_RE.match(line):  # at the start of its line: 柳城教通〔2023〕31号 关于…
            return normal_number(match[0])
        if (
            (match := DOC_NUMBER_RE.search(line))
            and line.endswith(match[0])
            and len(line) <= 60
            and "《" not in line
        ):
            return normal_number(match[0])
        if re.fullmatch(r".{2,30}令", line) and i + 1 < len(head):
            return normal_number(line + head[i + 1])
        if DECREE_RE.fullmatch(line):
            return normal_number(line)
        if len(line) > 60 and "。" in line:
            break
        if (
            (match := DOC_NUMBER_RE.search(line))
            and re.search(r"[（(]$", line[: match.start()])
            and line.endswith(("）", ")"))
        ):
            return normal_number(match[0])
    return None


def _publish_date(
    doc_type: str, head: list[str], page_head: str, text: str, page_facts: PageFacts
) -> str | None:
    if doc_type == REPORT:  # the day of delivery counts, not the day a site put it up
        for line in head[:12]:
            if len(line) > 120 or line.startswith("各位"):
                break
            if (
                (match := DATE_RE.search(line))
                and (len(line) <= 24 or "大会" in line)
                and (iso := to_iso(match))
            ):
                return iso
        return _labelled(PUBLISHED_RE, page_head) or (
            first_date(page_facts.publish_date) if page_facts.publish_date else None
        )
    signed = DATE_ONLY_RE.search(text)
    return (
        _site_date(page_head, page_facts)
        or (first_date(signed[0]) if signed else None)
        or _labelled(CREATED_RE, page_head)
        or next((iso for m in PRINTING_LINE_RE.finditer(text[-400:]) if (iso := first_date(m[0]))), None)
        or _labelled(DOUBTFUL_RE, page_head)
    )


def _labelled(pattern: re.Pattern[str], page_head: str) -> str | None:
    return next((iso for m in pattern.finditer(page_head) if (iso := first_date(m["value"]))), None)


def _site_date(page_head: str, page_facts: PageFacts) -> str | None:
    if iso := _labelled(PUBLISHED_RE, page_head):
        return iso
    if page_facts.publish_date and (iso := first_date(page_facts.publish_date)):
        return iso
    return _labelled(DATED_RE, page_head) or _labelled(BARE_DATE_RE, page_head)


def _outlet(page_text: str, page_facts: PageFacts) -> str | None:
    edges = page_text[:3000] + "\n" + page_text[-1500:]
    named = [m["value"] for m in OUTLET_RE.finditer(edges)]
    named += [page_facts.outlet] if page_facts.outlet else []
    named += [m["value"] for m in CONTRIBUTOR_RE.finditer(edges)]
    for name in named:
        bare = name.strip(" 《》“”【】[]-|　")
        if (
            len(bare) >= 2
            and _outlet_kinds().get(bare, "outlet") == "outlet"
            and not re.search(r"时间|日期|作者|浏览|^\d", bare)
        ):
            return bare
    return None


def _issuer(
    doc_type: str, title: str | None, head: list[str], page_head: str, text: str, page_facts: PageFacts
) -> str | None:
    if doc_type in (NEWS, QUESTIONS):
        return None
    if doc_type == REPORT:
        return issuer_of_report(title, "\n".join(head[:12])[:1500])
    if title and (named := issuer_in_title(title)):
        return named
    if any(re.fullmatch(r"(?:中华人民共和国)?国务院令", line) for line in head[:3]):
        return "国务院"
    lines = [line for line in _lines(text) if len(line) <= 80]
    labelled = (m["value"] for m in ISSUER_LABEL_RE.finditer(page_head))
    letterhead = (line.removesuffix("文件") for line in head[:3] if line.endswith("文件"))
    return (
        "、".join(split_names(page_facts.issuer or ""))
        or next(filter(is_body, labelled), None)
        or issuer_signed(lines)
        or issuer_printed(text)
        or next(filter(is_body, letterhead), None)
    )


def read_masthead(page_text: str, text: str, page_facts: PageFacts) -> Facts:
    """Return the facts of a document; what belongs to its region is left for region.find_region.

    `page_text` is the whole page, info bars in it; `text` the document alone.

    >>> page = "旬邑县推动义务教育优质均衡发展\\n发布时间：2023-11-19 16:00:00 来源：陕西省教育厅网站\\n近年来，旬邑县全面落实教育优先发展战略。"
    >>> facts = read_masthead(page, page.replace("发布时间：2023-11-19 16:00:00 来源：陕西省教育厅网站\\n", ""), PageFacts())
    >>> facts.title, facts.doc_type, facts.publish_date, facts.outlet
    ('旬邑县推动义务教育优质均衡发展', '新闻报道', '2023-11-19', '陕西省教育厅网站')
    """
    head = _lines(text[:6000])[:_N_HEAD]
    page_head = page_text[:4000]
    title = find_title(head, page_facts.title)
    doc_number = _doc_number(head, page_head[:1500], page_facts)
    outlet = _outlet(page_text, page_facts)
    doc_type = find_doc_type(
        title, text, has_outlet=outlet is not None, has_doc_number=doc_number is not None
    )
    return Facts(
        title=title,
        doc_type=doc_type,
        issuer=_issuer(doc_type, title, head, page_head, text, page_facts),
        doc_number=doc_number,
        publish_date=_publish_date(doc_type, head, page_head, text, page_facts),
        outlet=outlet,
    )
