"""What the data of a page, in its scripts and hidden fields, says of its document: the group of names that holds the text, or its title."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator, Sequence

from pipeline import lexicon
from pipeline.lazy_re import lazy_re
from pipeline.pages.html.headline import key_of
from pipeline.pages.html.labels import Candidate, outlet_of
from pipeline.pages.html.page_dates import from_clock, iso_date
from pipeline.pages.html.script_groups import Group, groups_of, plain_name
from pipeline.pages.html.script_text import TAG_RE
from pipeline.pages.html.stored_text import scripts_of, stored_fields
from pipeline.pages.html.tree import Element
from pipeline.pages.paragraphs import HAN_RE

# a script without any of these states nothing of a document
STATES_RE = lazy_re(r"title|headline|name\b|pub|source|fbsj|laiyuan|\bct\b", re.IGNORECASE)
NUMBER_RE = lazy_re(r"[〔\[（(](?:19|20)\d\d[〕\]）)]\s?第?\d{1,5}\s?号|第\s?\d{1,5}\s?号")
INDEX_RE = lazy_re(r"(?=.{0,40}\d{4})[\dA-Za-z][\w/-]{5,50}")
ARTICLE_RE = lazy_re(r"Article$|^Report$|^BlogPosting$")  # of schema.org
_SURE = "msgtitle"  # a name that only the message itself has
_SAMPLE = 24  # Chinese characters by which a value is found in the text
_MIN_SAMPLE = 16
_LONGEST_TITLE, _LONGEST_NAME = 150, 40


@functools.cache
def _known() -> dict[str, tuple[str, int]]:
    return {row["name"]: (row["field"], int(row["priority"])) for row in lexicon.table("page_data_keys.csv")}


class PageData:
    """The data of one page, those groups of it chosen that tell of its document and not of another page.

    >>> from pipeline.pages.html.tree import parse
    >>> text = "全县新建改建农村公路一百二十公里，惠及群众"
    >>> code = '{"title": "农村公路提质", "pubDate": "2023-03-30", "content": "<p>' + text + '</p>"}'
    >>> data = PageData(parse(f"<p>首页</p><script>var a = {code};</script>"), [text])
    >>> [value for _, _, value in (*data.titles(), *data.facts(None))]
    ['农村公路提质', '2023-03-30']
    """

    def __init__(self, root: Element, lines: Sequence[str]) -> None:
        fields = {plain_name(name): value for name, value in stored_fields(root)}
        self._groups = [Group(values=fields)] if fields else []
        for _, code in scripts_of(root):
            if (HAN_RE.search(code) or "\\u" in code) and STATES_RE.search(code):
                self._groups += groups_of(code)
        text = _han("".join(lines)) if self._groups else ""
        holding = [group for group in self._groups if _holds(group, text)]
        around = [g.around for g in holding if g.around is not None and "title" in g.around.values]
        articles = [g for g in self._groups if ARTICLE_RE.search(g.values.get("@type", ""))]
        sure = [group for group in self._groups if _SURE in group.values]
        self._own = [*holding, *around, *(articles if len(articles) == 1 else ()), *sure]

    def titles(self) -> Iterator[Candidate]:
        """Yield the titles that stand beside the text."""
        yield from _candidates(self._own, {"title"})

    def facts(self, title: str | None) -> Iterator[Candidate]:
        """Yield what else stands beside the text, or beside the title of the page."""
        key = key_of(title or "")
        alike = [group for group in self._groups if key and key in map(key_of, _titles(group))]
        fields = {name for name, _ in _known().values()} - {"title"}
        yield from _candidates([*self._own, *alike], fields)


def _han(text: str) -> str:
    return "".join(HAN_RE.findall(text))


def _holds(group: Group, text: str) -> bool:
    """Tell whether a value of a group is the text of the page, or begins it."""
    for value in group.values.values():
        if len(value) >= _MIN_SAMPLE:
            sample = _han(TAG_RE.sub("", html.unescape(value)))[:_SAMPLE]
            if len(sample) >= _MIN_SAMPLE and sample in text:
                return True
    return False


def _titles(group: Group) -> Iterator[str]:
    return (value for name, value in group.values.items() if _known().get(name, ("",))[0] == "title")


def _candidates(groups: Sequence[Group], fields: set[str]) -> Iterator[Candidate]:
    for group in dict.fromkeys(groups):
        for name, value in group.values.items():
            field, priority = _known().get(name, ("", 0))
            if field in fields and (checked := _checked(field, value)) is not None:
                yield priority * 10 + 15, field, checked  # behind the tags that the page has for it


def _checked(field: str, value: str) -> str | None:
    """Return a value as a fact, None where it cannot be one."""
    value = html.unescape(TAG_RE.sub("", value)).strip()
    if field.endswith("_date"):
        return iso_date(value) or from_clock(value)
    if field == "doc_number":
        return value if len(value) <= _LONGEST_NAME and NUMBER_RE.search(value) else None
    if field == "index_number":
        return value if INDEX_RE.fullmatch(value) else None
    if not HAN_RE.search(value) or len(value) > (_LONGEST_TITLE if field == "title" else _LONGEST_NAME):
        return None
    return outlet_of(value) if field == "outlet" else value
