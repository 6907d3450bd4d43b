"""Lines above a document that belong to the site: bars, buttons, counters, menus, a path, its title printed again."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.lazy_re import lazy_re
from pipeline.structure.cell_lines import FEWEST_FIGURES, cell_lines, is_figure
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.head_runs import VALUE_RE, info_rows, info_table, menu, path, site_name
from pipeline.structure.info_labels import LABELS
from pipeline.structure.numbers import is_number
from pipeline.structure.page_lines import Line, reason_of, squeezed, teaser_at

INFO_BAR_RE = lazy_re(
    rf"(?:[•·●◆■▪*-]\s{{0,3}})?[【（(\[]?(?:(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?:[T ]\s?\d{{1,2}}[:：]\d\d(?:[:：]\d\d)?)?[\s|｜]{{1,6}})?(?:{LABELS})\s?[：:]\s?[^。！？；]{{0,60}}?"
    rf"(?:[\s|｜】）\]]+(?:{LABELS})\s?[：:]\s?[^。！？；]{{0,60}}?){{0,12}}[】）\]]?"
)  # 发布时间：2023-11-19 16:00:00 来源：陕西省教育厅网站
# an info table that lost its table: a label in a line of its own, its value in the next
BARE_LABEL_RE = lazy_re(rf"[•·●◆■▪*\-\s]{{0,4}}(?:{LABELS})\s?[：:]")
SITE_TITLE_RE = lazy_re(r"(?P<title>.{6,120}?)\s?(?:[-—–_|｜]{1,2}|::)\s?.{2,30}")  # …高质量发展-新华网
SITE_BEHIND_RE = lazy_re(r"\s?(?:[-—–_|｜]{1,2}|::)\s?.{2,30}")
SECTION_RE = lazy_re(r"\d{1,2}[.．、]|[（(]?[一二三四五六七八九十]{1,3}[、）)]|第.{1,4}[章节部条]")
SHORTEST_TITLE = 8
FARTHEST_TITLE = 8  # lines of the document above which its title is printed again
LABELLED_RE = lazy_re(r"[^：:，、]{2,12}[：:]")  # 牵头单位：县教育局
FEWEST_RECORDS = 3
FARTHEST_PATH = 40  # lines above the path of a site: a menu, a list of links
COUNTER_RE = lazy_re(r"(?:阅读|评论|浏览|点击|访问)[次数量]{0,2}\s?：$")  # the number stands in the next line


def head_lines(lines: list[Line], first: int) -> dict[int, str]:
    """Return the furniture among the lines before the document's first paragraph."""
    shown = [i for i in range(first) if lines[i].shown]
    cells = cell_lines(lines, shown)
    others = [i for i in shown if i not in cells]
    found: dict[int, str] = {}
    for reason, run in (
        ("info_bar", info_table),
        ("info_bar", info_rows),
        ("menu", menu),
        ("breadcrumb", path),
        ("site_name", site_name),
        ("site_name", _above_path),
    ):
        for i in run(lines, others):
            found.setdefault(i, reason)
    labels = _labels_of_records(lines, shown)
    has_title = False  # a line that is long enough for one stands above
    for rank, i in enumerate(shown):
        for k in teaser_at(lines, i):
            found.setdefault(k, "teaser")
        line = lines[i].shown
        in_table = i in cells or (labels and _label(line) in labels)
        line_reason = (
            reason_of(line, *(("any",) if in_table else ("any", "head"))) if len(line) <= 200 else None
        )
        if line_reason is None and not in_table:
            line_reason = _reason_above(lines, shown, rank, has_title=has_title)
        if line_reason:
            found.setdefault(i, line_reason)
        has_title = has_title or (line_reason is None and len(line) >= SHORTEST_TITLE)
    for i in _no_counters(lines, shown, found):
        del found[i]
    found.update((i, "repeated_title") for i in _repeated_titles(lines, shown, found))
    return found


def _label(line: str) -> str | None:
    label = LABELLED_RE.match(line)
    return label.group() if label else None


def _labels_of_records(lines: list[Line], shown: list[int]) -> set[str]:
    """Return the labels of a page that lists one thing below the other, each by its name, number and day: a bar is of one document."""
    labels = Counter([label.group() for i in shown if (label := LABELLED_RE.match(lines[i].shown))])
    return {label for label, n in labels.items() if n >= FEWEST_RECORDS} if labels else set()


def _reason_above(lines: list[Line], shown: list[int], rank: int, *, has_title: bool) -> str | None:
    """Return why a line above the document is furniture by those beside it, or None."""
    line = lines[shown[rank]].shown
    before = lines[shown[rank - 1]].shown if rank else ""
    if len(line) <= 300 and (INFO_BAR_RE.fullmatch(line) or BARE_LABEL_RE.fullmatch(line)):
        return "info_bar"
    if (
        BARE_LABEL_RE.fullmatch(before)
        and VALUE_RE.fullmatch(line)
        and type_of_title(line) is None
        and ("号" in before or not is_number(line))  # 来源： without a value, above a document's number
    ):
        return "info_bar"
    if line.isdigit() and COUNTER_RE.search(before):
        return "counter"
    following = [lines[k].shown for k in shown[rank + 1 : rank + 6]]
    if rank < 3 and not has_title and following and reason_of(line, "first"):
        return "column" if len(squeezed(following[0])) > len(line) else None
    if SITE_TITLE_RE.fullmatch(line) and any(
        line.startswith(title) and SITE_BEHIND_RE.fullmatch(line, len(title)) for title in following
    ):
        return "site_title"
    return None


def _no_counters(lines: list[Line], shown: list[int], found: dict[int, str]) -> list[int]:
    """Return the bare figures, one or two, that stand beside nothing of the site: no 评论, no bar of date and source."""
    kept: list[int] = []

    def is_bare(rank: int) -> bool:
        return found.get(shown[rank]) == "counter" and is_figure(lines[shown[rank]].shown)

    for _, group in itertools.groupby(filter(is_bare, range(len(shown))), key=_place()):
        ranks = list(group)
        beside = [shown[rank] for rank in (ranks[0] - 1, ranks[-1] + 1) if 0 <= rank < len(shown)]
        if len(ranks) < FEWEST_FIGURES and not any(
            i in found or reason_of(lines[i].shown, "tail", "rest") for i in beside
        ):
            kept += [shown[rank] for rank in ranks]
    return kept


def _place() -> Callable[[int], int]:
    """Return a key that numbers in a row share."""
    counter = itertools.count()
    return lambda rank: rank - next(counter)


def _repeated_titles(lines: list[Line], shown: list[int], found: dict[int, str]) -> Iterator[int]:
    """Yield the lines above the document that repeat its title.

    Nothing but furniture stands between the two, or a few lines where it is the first one that is no furniture at all.
    A row of a table is no title, nor what its page says line by line: 完成时限：2024年12月.
    """
    titles: list[str] = []  # the lines so far that are no furniture, squeezed
    is_behind_furniture = False
    for i in shown:
        if i in found:
            is_behind_furniture = True
            continue
        line = lines[i].shown
        title = squeezed(line)
        is_first = title in titles[:1] and len(titles) <= FARTHEST_TITLE and _label(line) is None
        if (
            len(line) >= SHORTEST_TITLE
            and "\t" not in line
            and (is_first or (is_behind_furniture and title in titles[-1:]))
            and not SECTION_RE.match(line)  # an entry of the contents is no title
        ):
            yield i
            continue
        titles.append(title)
        is_behind_furniture = False


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
