"""Lines above a document that are furniture by the company they keep: menus, lost tables, a path, the site's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.lazy_re import lazy_re
from pipeline.structure.bodies import split_names
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.info_labels import LABELS
from pipeline.structure.page_lines import Line, reason_of

# an info table that lost its table: a label in a line of its own, its value in the next
LONE_LABEL_RE = lazy_re(rf"(?:{LABELS})")
FEWEST_LABELS = 3  # of an info table without colons
TITLE_LABEL_RE = lazy_re(r"标[ ]{0,6}题|(?:信息|文件)?名[ ]{0,6}称")
VALUE_RE = lazy_re(r"(?=.{1,40}$)(?:.*\d.*|[^，。；！？]{1,16})")
ROW_RE = lazy_re(
    rf"(?:{LABELS})[ \t　|｜]{{1,6}}[^。！？；]{{1,100}}|(?:{LABELS})(?:{LABELS})"
)  # 发布机构 青山县人民政府 文 号 …
MENU_LINE_RE = lazy_re(r"(?:[•·●◆■▪*-]\s{0,3})?[\u4e00-\u9fff]{2,6}")
FEWEST_ENTRIES = 4  # of a menu
NAVIGATION_RE = lazy_re(
    r"首页|要闻|新闻|动态|资讯|公开|公告|公示|服务|互动|办事|概况|专题|专栏|专区|导航|信箱|留言|解读|回应|走进|招商|旅游|登录|注册|搜索|视频|图片|关于我们|联系|返回|更多|下载|数据"
)
TITLE_LENGTH = 8  # characters from which on a line may be the title
HOMES = frozenset({"首页", "网站首页", "返回首页"})  # with which a menu begins
LOCATION_RE = lazy_re(r"(?:您|你)?的?(?:现在|当前|目前)?的?(?:所在)?的?(?:位置|方位)(?:是|为)?\s?[：:]?")
PATH_RE = lazy_re(r"[^，。；：！？、（）《》]{2,24}")


def menu(lines: list[Line], shown: Sequence[int]) -> Iterator[int]:
    """Yield the lines of a site's menu: a run of at least four that are a word or two.

    Below the title a run without words of navigation is a list of the document: 王伟, 李娜, 张敏, 刘洋.
    """
    run: list[int] = []
    is_above = True  # nothing yet that may be the title
    for rank, i in enumerate([*shown, -1]):
        if i >= 0 and MENU_LINE_RE.fullmatch(lines[i].shown):
            run.append(i)
            continue
        if len(run) >= FEWEST_ENTRIES:
            n_known = sum(NAVIGATION_RE.search(lines[k].shown) is not None for k in run)
            if (is_above and rank < len(shown)) or 3 * n_known >= len(run):
                yield from run
        run = []
        is_above = is_above and (
            i < 0
            or len(lines[i].shown) < TITLE_LENGTH
            or reason_of(lines[i].shown, "any", "head") is not None
        )


def info_table(lines: list[Line], shown: Sequence[int]) -> Iterator[int]:
    """Yield the lines of a table that lost its cells, a label and its value in turn; the title in it stays."""
    labels = [rank for rank, i in enumerate(shown) if LONE_LABEL_RE.fullmatch(lines[i].shown)]
    near = [rank for rank in labels if {rank - 2, rank - 1, rank + 1, rank + 2} & set(labels)]
    if len(near) < FEWEST_LABELS:
        return
    for rank in near:
        yield shown[rank]
        value = rank + 1
        if value < len(shown) and value not in labels:
            said = lines[shown[value]].shown
            is_title = TITLE_LABEL_RE.fullmatch(lines[shown[rank]].shown) or type_of_title(said) is not None
            if not is_title and (VALUE_RE.fullmatch(said) or split_names(said)):
                yield shown[value]


def info_rows(lines: list[Line], shown: Sequence[int]) -> Iterator[int]:
    """Yield the rows of a table that lost its rules: at least two in a row that begin with a label and a space."""
    rows = [rank for rank, i in enumerate(shown) if ROW_RE.fullmatch(lines[i].shown)]
    yield from (shown[rank] for rank in rows if {rank - 1, rank + 1} & set(rows))


def path(lines: list[Line], shown: Sequence[int]) -> Iterator[int]:
    """Yield the line below a bare 当前位置：, the path that stands there; never the last one that may be a title."""
    for rank, i in enumerate(shown[:-2]):
        if "位" not in lines[i].shown:
            continue
        below, then = lines[shown[rank + 1]].shown, lines[shown[rank + 2]].shown
        if not LOCATION_RE.fullmatch(lines[i].shown) or not PATH_RE.fullmatch(below):
            continue
        is_title = type_of_title(below) is not None or reason_of(then, "any", "head") is not None
        if below.startswith("首页") or (not is_title and len(then) > 5 and "：" not in then):
            yield shown[rank + 1]


def site_name(lines: list[Line], shown: Sequence[int]) -> Iterator[int]:
    """Yield the first line when it is a body's name right above the path or menu of its site: 青山县人民政府 | 首页 > 公开."""
    if len(shown) <= 2:
        return
    below = lines[shown[1]].shown
    is_above = below in HOMES or reason_of(below, "any", "head") in ("breadcrumb", "menu")
    if is_above and split_names(lines[shown[0]].shown):
        yield shown[0]
