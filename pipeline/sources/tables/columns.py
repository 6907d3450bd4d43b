"""What the columns of a table of pages are called, in Chinese and English, and what each holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pipeline.lazy_re import lazy_re

PAGE_NAMES = ("raw", "html", "rawhtml", "contenthtml", "htmlcontent", "网页", "网页源码", "源码", "content", "body", "正文", "正文内容",
              "文章内容", "政策内容", "政策正文", "文件内容", "内容", "全文", "articlecontent", "fulltext", "maintext", "text", "文本")  # fmt: skip
URL_NAMES = ("url", "pageurl", "sourceurl", "articleurl", "link", "href", "网址", "链接", "链接地址", "原文链接", "文章链接", "来源链接",
             "详情链接", "网页链接")  # fmt: skip
NAME_NAMES = ("path", "file", "filename", "文件名", "name", "docid", "id", "编号")
FACT_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "标题", "文章标题", "政策标题", "新闻标题", "文件标题", "文件名称", "政策名称", "题目", "headline"),
    "publish_date": ("publishdate", "publishtime", "pubdate", "pubtime", "publishedat", "发布时间", "发布日期", "公布日期", "公开日期",
                     "日期", "时间", "date", "time", "datetime"),
    "written_date": ("成文日期", "写作日期", "writtendate"),
    "outlet": ("来源", "信息来源", "文章来源", "媒体", "网站", "outlet", "source", "site", "sitename"),
    "issuer": ("发文机关", "发文单位", "发布机构", "发文机构", "制定机关", "issuer"),
    "doc_number": ("文号", "发文字号", "发文文号", "docnumber"),
}  # fmt: skip
APART_RE = lazy_re(r"[\s_\-\ufeff（）()]{1,20}")
MARKUP_RE = lazy_re(r"<(?:p|div|br|span|table|html|body|font|a|h\d)\b[^<>]{0,400}>", re.IGNORECASE)
N_SEEN = 40  # rows that are looked at before a table is taken for one of pages
_LONG = 100  # characters of a text that is a page and no note
_LEAST_SHARE = 0.5  # of the rows that were looked at


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table of pages: where a page may stand (the first that is filled), its address, name and facts."""

    pages: tuple[str, ...]
    url: str | None
    name: str | None
    facts: Mapping[str, str] = field(default_factory=dict)


def key_of(name: str) -> str:
    """Return a column's name as it is compared.

    >>> key_of("Publish_Time"), key_of(" 发布时间 ")
    ('publishtime', '发布时间')
    """
    return APART_RE.sub("", name[:80]).lower()


def columns_of(names: Sequence[str]) -> Columns | None:
    """Return what the columns of a table hold, None where none of them is called like one of pages."""
    keyed = {key_of(name): name for name in reversed(names)}

    def first(known: Sequence[str]) -> str | None:
        return next((keyed[key] for key in known if key in keyed), None)

    pages = tuple(keyed[key] for key in PAGE_NAMES if key in keyed)
    if not pages:
        return None
    facts = {fact: name for fact, known in FACT_NAMES.items() if (name := first(known)) is not None}
    return Columns(pages, first(URL_NAMES), first(NAME_NAMES), facts)


def has_pages(rows: Sequence[Mapping[str, Any]], columns: Columns) -> bool:
    """Tell whether rows are pages: with an address or a title, and most of them with a long text or markup."""
    if columns.url is None and "title" not in columns.facts:
        return False
    texts = [text for row in rows if (text := page_of(row, columns))]
    n_pages = sum(
        len(text) >= _LONG or (isinstance(text, str) and bool(MARKUP_RE.search(text[:2000])))
        for text in texts
    )
    return n_pages > 0 and n_pages >= _LEAST_SHARE * len(texts)


def columns_of_pages(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Columns | None:
    """Return what the columns of a table of pages hold, None where its names or its first rows are of another table."""
    columns = columns_of(names)
    return columns if columns is not None and has_pages(list(islice(rows, N_SEEN)), columns) else None


def page_of(row: Mapping[str, Any], columns: Columns) -> str | bytes:
    """Return the page of a row: what stands in the first of its columns that is filled."""
    for name in columns.pages:
        value = row.get(name)
        if isinstance(value, str | bytes) and value.strip():
            return value
    return ""
