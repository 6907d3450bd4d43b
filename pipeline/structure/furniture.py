"""Lines of a page that belong to the site, not to the document: navigation, info bars, share buttons, links."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from pipeline.edits import Edit, TracedText
from pipeline.lazy_re import lazy_re
from pipeline.structure.head_lines import INFO_BAR_RE, head_lines
from pipeline.structure.head_runs import NAVIGATION_RE
from pipeline.structure.page_lines import Line, body_of, lines_of, reason_of

RELATED_RE = lazy_re(
    r"[【\[]?(?:(?:延伸|相关|推荐|更多|热门|往期)\s?[·•]?\s?(?:阅读|推荐|新闻|报道|文章|回顾)|猜你喜欢|[为给][您你]推荐)[】\]]?\s?[：:]?"
)  # 延伸 · 推荐
_ADDRESS = r"(?:(?:单位|办公|联系)?地址|邮(?:政)?编码?|电话|联系(?:电话|我们)|传真|值班电话|E-?mail|邮箱)"
_KEEPS = r"(?:主办|主管|承办|协办|运维|技术支持|网站(?:维护|管理|建设)|维护)"
KEEPER_RE = lazy_re(r"主办|承办|技术支持|网站(?:维护|管理|建设)")
# 主办：青山县人民政府办公室; 青山县教育局主办 青山县电教站承办
FOOT_RE = lazy_re(
    rf"(?:网站)?(?:{_KEEPS}|{_ADDRESS})(?:单位|部门)?\s?[：:][^。；！？]{{0,120}}"
    rf"|[\u4e00-\u9fff]{{4,30}}{_KEEPS}(?:[ \u3000]{{1,4}}[\u4e00-\u9fff]{{4,30}}{_KEEPS}){{0,3}}"
    r"|建议使用.{0,60}(?:分辨率|浏览器).{0,40}"
)
SIGNED_RE = lazy_re(
    r"(?:(?:19|20)\d\d|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日(?:印发)?$|[（(]此件[\u4e00-\u9fff]{2,20}[）)]$"
)
_LONGEST_FOOT = 160
UNFOLDS_RE = lazy_re(r"(?:点击)?展开(?:阅读)?全文.{0,3}")
EDITOR_RE = lazy_re(r"编辑|审核|浏览|点击|阅读")
TRAILING_LINK_RE = lazy_re(
    r"\s{0,4}(?:返回[\u4e00-\u9fff]{2,6}(?:[，,]\s?查看更多|首页\s?(?:>{1,2}|》)?)|[【\[]?(?:阅读原文|查看原文|查看更多)[】\]]?(?:>{1,2})?)$"
)  # 整顿仍将持续。返回腾讯网首页>>

LISTS = frozenset({"injected_links", "tags"})  # by their bars alone
ANNOUNCES_RE = lazy_re(r"[：:]$|(?:名单|名录|一览表?|目录|如下)$")  # 以下县（市、区）达到标准：
INJECTED = frozenset({"injected_links", "injected_spam"})
INJECTED_CONFIDENCE = 0.8


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


def _foot(lines: list[Line]) -> list[int]:
    """The lines in which a site ends: who keeps it and where he sits, right below the day that signs a document, or its note."""
    at = len(lines) - 1
    run: list[int] = []
    while at > 0 and (not (shown := lines[at].shown) or _is_of_foot(shown)):
        if shown:
            run.append(at)
        at -= 1
    is_below = run and SIGNED_RE.search(lines[at].shown[-40:]) is not None
    return run if is_below and any(KEEPER_RE.search(lines[i].shown) for i in run) else []


def _is_of_foot(line: str) -> bool:
    if len(line) > _LONGEST_FOOT or line[-1] in "。；":
        return False
    return FOOT_RE.fullmatch(line) is not None or reason_of(line, "any") is not None


def _related(lines: list[Line], first: int, last: int) -> int:
    """Return the last paragraph before a heading of related articles near the end, with a teaser below; else `last`."""
    n_all = sum(len(line.shown) for line in lines)
    n_behind = len(lines[last].shown) if last >= 0 else 0
    for i in range(last - 1, max(first, last - 6), -1):
        if RELATED_RE.fullmatch(lines[i].shown) and n_behind * _most_behind(lines, first, i) <= n_all:
            return next((k for k in range(i - 1, first - 1, -1) if lines[k].shown), last)
        n_behind += len(lines[i].shown)
    return last


def _most_behind(lines: list[Line], first: int, at: int) -> int:
    """What part of a page the articles below their heading may be; an app folds an article up, and says so at its end."""
    return 2 if any(UNFOLDS_RE.fullmatch(line.shown) for line in lines[max(first, at - 2) : at]) else 4


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


def _drop_announced(lines: list[Line], found: dict[int, str]) -> None:
    """Leave what bars part and the document announces, or goes on with in the next line: a list, the rows of a table."""
    listed = [
        i
        for i, reason in found.items()
        if reason in LISTS and _n_bars(lines[i].shown) and not NAVIGATION_RE.search(lines[i].shown)
    ]
    if not listed:
        return
    shown = [i for i in range(len(lines)) if lines[i].shown]
    for rank in (bisect.bisect_left(shown, i) for i in listed):
        line, above, below = (
            lines[shown[k]].shown if 0 <= k < len(shown) else "" for k in (rank, rank - 1, rank + 1)
        )
        is_announced = rank and shown[rank - 1] not in found and ANNOUNCES_RE.search(above)
        if is_announced or _n_bars(line) in (_n_bars(above), _n_bars(below)):
            del found[shown[rank]]


def _n_bars(line: str) -> int:
    return line.count("|") + line.count("｜")


def take_off(traced: TracedText) -> TracedText:
    """Return a page without its furniture; what was injected into it is damage, and enters the ledger.

    >>> page = TracedText("青山县教育局\\n国产精品原创 遵义县| 常熟市| 永善县|\\n2023年3月30日")
    >>> [(repair.kind, repair.before) for repair in take_off(page).repairs()]
    [('injected_spam', '国产精品原创 遵义县| 常熟市| 永善县|\\n')]
    """
    site: list[Edit] = []
    injected: list[Edit] = []
    n_gone = 0
    for reason, edit in find_furniture(traced.text):
        if reason in INJECTED:
            injected.append(Edit(edit.start - n_gone, edit.end - n_gone, "", INJECTED_CONFIDENCE))
        else:
            site.append(edit)
            n_gone += edit.end - edit.start
    return traced.edited(site, kind=None).edited(injected, kind="injected_spam")


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
    found = head_lines(lines, first)
    for i in range(first, last + 1):
        if reason_inside := reason_of(lines[i].shown, "any"):
            found.setdefault(i, reason_inside)
    if last >= 0:
        for reason, i in _tail(lines, last):
            found.setdefault(i, reason)
    for i in _foot(lines):
        found.setdefault(i, "site_foot")
    _drop_announced(lines, found)
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
