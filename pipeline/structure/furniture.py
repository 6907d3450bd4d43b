"""Lines of a page that belong to the site, not to the document: navigation, info bars, share buttons, links."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.head_runs import VALUE_RE, info_rows, info_table, menu, path, site_name
from pipeline.structure.info_labels import LABELS
from pipeline.structure.numbers import is_number
from pipeline.structure.page_lines import Line, body_of, lines_of, reason_of, squeezed, teaser_at

INFO_BAR_RE = lazy_re(
    rf"(?:[•·●◆■▪*-]\s{{0,3}})?[【（(\[]?(?:(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?:[T ]\s?\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?[\s|｜]{{1,6}})?(?:{LABELS})\s?[：:]\s?[^。！？；]{{0,60}}?"
    rf"(?:[\s|｜】）\]]+(?:{LABELS})\s?[：:]\s?[^。！？；]{{0,60}}?){{0,12}}[】）\]]?"
)  # 发布时间：2023-11-19 16:00:00 来源：陕西省教育厅网站
# an info table that lost its table: a label in a line of its own, its value in the next
BARE_LABEL_RE = lazy_re(rf"[•·●◆■▪*\-\s]{{0,4}}(?:{LABELS})\s?[：:]")
SITE_TITLE_RE = lazy_re(r"(?P<title>.{6,120}?)\s?(?:[-—–_|｜]{1,2}|::)\s?.{2,30}")  # …高质量发展-新华网
SITE_BEHIND_RE = lazy_re(r"\s?(?:[-—–_|｜]{1,2}|::)\s?.{2,30}")
RELATED_RE = lazy_re(
    r"[【\[]?(?:(?:延伸|相关|推荐|更多|热门|往期)\s?[·•]?\s?(?:阅读|推荐|新闻|报道|文章|回顾)|猜你喜欢|[为给][您你]推荐)[】\]]?\s?[：:]?"
)  # 延伸 · 推荐
SECTION_RE = lazy_re(r"\d{1,2}[.．、]|[（(]?[一二三四五六七八九十]{1,3}[、）)]|第.{1,4}[章节部条]")
EDITOR_RE = lazy_re(r"编辑|审核|浏览|点击|阅读")
TRAILING_LINK_RE = lazy_re(
    r"\s{0,4}(?:返回[\u4e00-\u9fff]{2,6}(?:[，,]\s?查看更多|首页\s?(?:>{1,2}|》)?)|[【\[]?(?:阅读原文|查看原文|查看更多)[】\]]?(?:>{1,2})?)$"
)  # 整顿仍将持续。返回腾讯网首页>>
SHORTEST_TITLE = 8
FARTHEST_PATH = 40  # lines above the path of a site: a menu, a list of links
COUNTER_RE = lazy_re(r"(?:阅读|评论|浏览|点击|访问)[次数量]{0,2}\s?：$")  # the number stands in the next line


def _head(lines: list[Line], first: int) -> Iterator[tuple[str, int]]:
    """Yield the furniture among the lines before the document's first paragraph."""
    shown = [i for i in range(first) if lines[i].shown]
    yield from (("info_bar", i) for run in (info_table, info_rows) for i in run(lines, shown))
    yield from (("menu", i) for i in menu(lines, shown))
    yield from (("breadcrumb", i) for i in path(lines, shown))
    yield from (("site_name", i) for run in (site_name, _above_path) for i in run(lines, shown))
    titles: set[str] = set()
    for rank, i in enumerate(shown):
        line = lines[i].shown
        for k in teaser_at(lines, i):
            yield "teaser", k
        before = lines[shown[rank - 1]].shown if rank else ""
        if len(line) <= 200 and (reason := reason_of(line, "any", "head")):
            yield reason, i
        elif (len(line) <= 300 and (INFO_BAR_RE.fullmatch(line) or BARE_LABEL_RE.fullmatch(line))) or (
            BARE_LABEL_RE.fullmatch(before)
            and VALUE_RE.fullmatch(line)
            and type_of_title(line) is None
            and ("号" in before or not is_number(line))  # 来源： without a value, above a document's number
        ):
            yield "info_bar", i
        elif line.isdigit() and COUNTER_RE.search(before):
            yield "counter", i
        elif rank < 3 and not titles and len(shown) > rank + 1 and reason_of(line, "first"):
            if len(squeezed(lines[shown[rank + 1]].shown)) > len(line):
                yield "column", i
        elif squeezed(line) in titles and not SECTION_RE.match(line):  # an entry of the contents is no title
            yield "repeated_title", i
        elif SITE_TITLE_RE.fullmatch(line) and any(
            line.startswith(lines[k].shown) and SITE_BEHIND_RE.fullmatch(line, len(lines[k].shown))
            for k in shown[rank + 1 : rank + 6]
        ):
            yield "site_title", i
        elif len(line) >= SHORTEST_TITLE:
            titles.add(squeezed(line))


def _above_path(lines: list[Line], shown: list[int]) -> Iterator[int]:
    """Yield what a page says above the path of its site, where the title stands below it, with a bar of source and date behind."""
    at = next(
        (k for k, i in enumerate(shown[:FARTHEST_PATH]) if reason_of(lines[i].shown, "any") == "breadcrumb"),
        0,
    )
    while at and at + 1 < len(shown) and reason_of(lines[shown[at + 1]].shown, "any") == "breadcrumb":
        at += 1  # 当前位置： | 首页 > 动态
    if not at or at + 2 >= len(shown):
        return
    crumbs = lines[shown[at]].shown
    yield from (
        i for i in shown[:at] if len(lines[i].shown) > 1 and lines[i].shown in crumbs
    )  # the site's own name
    title, bar = (lines[i].shown for i in shown[at + 1 : at + 3])
    if len(title) >= SHORTEST_TITLE and "。" not in title and INFO_BAR_RE.fullmatch(bar[:300]):
        yield from (
            i for i in shown[:at] if "。" not in lines[i].shown and type_of_title(lines[i].shown) is None
        )


def _tail(lines: list[Line], last: int) -> Iterator[tuple[str, int]]:
    """Yield the furniture among the lines behind the document's last paragraph."""
    for i in range(last + 1, len(lines)):
        line = lines[i].shown
        if not line:
            continue
        if len(line) <= 100 and (reason := reason_of(line, "rest")):
            # nothing but short lines stands behind it: the last paragraph of prose is above
            yield from ((reason, k) for k in range(i, len(lines)))
            return
        if reason := reason_of(line, "any") or (reason_of(line, "tail") if len(line) <= 400 else None):
            yield reason, i
        elif len(line) <= 200 and INFO_BAR_RE.fullmatch(line) and EDITOR_RE.search(line):
            yield "info_bar", i


def _related(lines: list[Line], first: int, last: int) -> int:
    """Return the last paragraph before a heading of related articles near the end, with a teaser below; else `last`."""
    n_all = sum(len(line.shown) for line in lines)
    n_behind = len(lines[last].shown) if last >= 0 else 0
    for i in range(last - 1, max(first, last - 6), -1):
        if RELATED_RE.fullmatch(lines[i].shown) and n_behind * 4 <= n_all:
            return next((k for k in range(i - 1, first - 1, -1) if lines[k].shown), last)
        n_behind += len(lines[i].shown)
    return last


def _inner_tail(lines: list[Line], first: int, last: int) -> int:
    """Return where a list of links begins that holds a teaser or two, so that `last` lies inside it; else `last`."""
    prose = [i for i in range(first, last + 1) if lines[i].is_prose()]
    shown = [i for i in range(len(lines)) if lines[i].shown]
    for i in range(max(first + 1, len(lines) * 2 // 5), last):
        if len(lines[i].shown) <= 12 and reason_of(lines[i].shown, "rest"):
            n_behind = len(shown) - bisect.bisect_right(shown, i)
            n_prose = len(prose) - bisect.bisect_right(prose, i)
            if n_behind >= 8 and n_prose * 8 <= n_behind and n_prose < len(prose):
                return prose[len(prose) - n_prose - 1]
    return last


def find_furniture(text: str) -> list[tuple[str, Edit]]:
    """Return the lines to remove from a page with the reason for each, as edits that take the newline along.

    >>> page = "返回首页 > 位置：中学网 > 正文\\n连南加快实验区创建\\n日期：2024/4/29 9:48:17 浏览：\\n" + "强改革、勇探索。" * 6
    >>> [(reason, page[edit.start:edit.end].strip()) for reason, edit in find_furniture(page)]
    [('breadcrumb', '返回首页 > 位置：中学网 > 正文'), ('info_bar', '日期：2024/4/29 9:48:17 浏览：')]

    Head furniture stands before the first paragraph of prose, tail furniture behind the last. What a document
    says of itself stays: 附件, 抄送, 政府信息公开方式, signature and the line that ends with 印发.
    """
    lines = lines_of(text)
    first, last = body_of(lines)
    if last > first:
        last = _inner_tail(lines, first, _related(lines, first, last))
    found: dict[int, str] = {}
    for reason, i in _head(lines, first):
        found.setdefault(i, reason)
    for i in range(first, last + 1):
        if reason_inside := reason_of(lines[i].shown, "any"):
            found.setdefault(i, reason_inside)
    if last >= 0:
        for reason, i in _tail(lines, last):
            found.setdefault(i, reason)
    edges = _blank_edges(lines, found)
    rows = [(found.get(i, "blank"), Edit(lines[i].start, lines[i].end, "")) for i in sorted({*found, *edges})]
    if (
        last >= 0
        and last not in found
        and (link := TRAILING_LINK_RE.search(text, lines[last].start, _bare_end(text, lines[last])))
    ):
        rows.append(("link_note", Edit(link.start(), link.end(), "")))
    kept = [i for i in range(len(lines)) if i not in found and i not in edges]
    if kept and kept[-1] + 1 < len(lines):  # the newline in front of a tail that went
        end = lines[kept[-1]].end
        rows.append(("blank", Edit(end - 1, end, "")))
    return sorted((row for row in rows if row[1].end > row[1].start), key=lambda row: row[1].start)


def _bare_end(text: str, line: Line) -> int:
    return line.start + len(text[line.start : line.end].rstrip())


def _blank_edges(lines: list[Line], found: dict[int, str]) -> set[int]:
    """Return the blank lines that would begin or end the text once its furniture is gone."""
    edges: set[int] = set()
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for i in order:
            if not lines[i].shown:
                edges.add(i)
            elif i not in found:
                break
    return edges - found.keys()
