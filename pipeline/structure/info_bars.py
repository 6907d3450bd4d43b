"""The bars in which a site says what a document is, spelt out as lines of label and value: 索引号：…, 发文字号：…"""

from __future__ import annotations

import itertools
import re

from pipeline.lazy_re import lazy_re
from pipeline.structure.page_lines import reason_of

_CELL_LABEL_RE = lazy_re(
    r"[\u4e00-\u9fff]{0,4}(?:索引号|目录|文号|字号|分类|标题|机构|机关|日期|时间|有效性|方式|范围|名称|主题词|浏览量)"
)
_BRACKETED_RE = lazy_re(
    r"[•·]?[ 　]?[【\[](?P<label>(?:制定|发文|发布)(?:机关|机构|部门)|(?:发文)?字号|文号|(?:公布|发布|施行|成文)日期|效力等级|时效性|主题分类)[】\]][ 　]?"
)  # •【字号】青府办〔2011〕65号•【公布日期】2011.05.30
_USUAL = {"字号": "发文字号", "公布日期": "发布日期", "制定机关": "发文机关"}


def spelt_out(page_head: str) -> str:
    """Return the head of a page with the rows of an info table as lines of label and value: 索引号 | 01526265 | 文号 |.

    >>> spelt_out("关于供水的通知•【字号】青府办〔2011〕65号•【公布日期】2011.05.30")
    '关于供水的通知\\n发文字号：青府办〔2011〕65号\\n发布日期：2011.05.30'
    """
    if "】" in page_head or "期]" in page_head or "号]" in page_head:
        page_head = _BRACKETED_RE.sub(
            lambda bar: f"\n{_USUAL.get(bar['label'], bar['label'])}：", page_head
        ).lstrip("\n")
    if "|" not in page_head and "｜" not in page_head:
        return page_head
    lines = page_head.split("\n")
    return "\n".join([(_pairs(line) or line) if "|" in line or "｜" in line else line for line in lines])


def _pairs(line: str) -> str:
    """Return the labels and values of a row, one a line, or "" for any other line."""
    if reason_of(line.strip(), "head") != "info_bar":
        return ""
    cells = [cell.strip(" \t：:") for cell in re.split(r"[|｜]", line)]
    cells = [squeezed if _CELL_LABEL_RE.fullmatch(squeezed := re.sub(r"\s", "", c)) else c for c in cells]
    return "\n".join(
        f"{label}：{value}"
        for label, value in itertools.pairwise([*cells, ""])
        if _CELL_LABEL_RE.fullmatch(label) and value and not _CELL_LABEL_RE.fullmatch(value)
    )
