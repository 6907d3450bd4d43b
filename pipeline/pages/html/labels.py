"""What labels in info bars and info tables say: 来源：…, 发布日期：…."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipeline import lexicon
from pipeline.lazy_re import lazy_re

SPACED_RE = lazy_re(
    r"(?:[\u4e00-\u9fff]{1,8}[ \u3000\xa0]{1,8}){1,8}[\u4e00-\u9fff]{1,8}(?=[ \u3000\xa0]{0,8}[】\]]?[：:])"
)  # 小 索 引 号：
NOTE_RE = lazy_re(r"(?<=[\u4e00-\u9fff])[(（][a-zü\u00e0-\u01dc]{1,6}[)）]")  # 發(fā)佈時間：, of a mirror
# the characters of labels, which stand here before a page is made simplified
FOLDED = str.maketrans(
    "來發佈時間閱讀點擊覽瀏數題標關機構單號類訪問責編輯筆網頁轉載錄創開佔體門歸檔報實廢會議動試評審辦複資聯絡專欄頻戶衆眾聞務員國圖書館",
    "来发布时间阅读点击览浏数题标关机构单号类访问责编辑笔网页转载录创开占体门归档报实废会议动试评审办复资联络专栏频户众众闻务员国图书馆",
)
BEHIND_OUTLET_RE = lazy_re(
    r"[\s|｜]|(?:作者|编辑|浏览|点击|字体|字号|责任|责编|人气|阅读|记者|通讯员|摄影|供稿|审稿|撰稿|微信公众号|(?:19|20)\d\d[-年/.])|(?<=.{2})(?:举报|参与互动|我要评论|评论[：:]|评论\d{0,6}$|收藏|打印|分享|关注$|订阅$|时间：|日期：|发布时间|发布日期)"
)  # 来源：新京报举报
BLANK_RE = lazy_re(r"[\s\u3000:：【】\[\]]")  # what stands in and around a label: 【索 引 号】：
OUTLET_LABEL_RE = lazy_re(r"^(?:信息|文章|稿件|新闻)?(?:来源|來源|出处|稿源)于?[:：]\s{0,4}")
DATED_RE = lazy_re(r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
BAR_WORD_RE = lazy_re(r"来源|出处|作者|点击|浏览|阅读|字[号体]|编辑|发布|次数|打印|关闭|\d{1,2}:\d{2}")
BARE_BAR_RE = lazy_re(
    r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s{0,3}\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|字[号体大小]{1,3}[：:]?[\s大中小默认超特标准]{0,14}|(?:点击|浏览|阅读|访问|点阅)(?:数|量|次数|率)?[：:]?\s?\d{0,8}\s?次?"
)
CLOSERS = " \t\u3000\xa0|｜[]【】()（）"
_PAGE_MAKERS = frozenset(
    {
        "本站",
        "本网",
        "本站原创",
        "原创",
        "网络",
        "未知",
        "互联网",
        "转载",
        "本網",
        "網絡",
        "转载网络",
        "admin",
        "管理员",
    }
)
LONGEST_LABEL = 16  # characters of a label with its spaces
_SET_APART = 4  # characters of a label that needs no colon
_SURE_LABELS = frozenset({"索引号", "发文字号", "发文机关", "发布日期", "发布时间", "成文日期"})
_MAX_CELL = 60
MAX_BAR = 200  # characters; a longer line is running text

Candidate = tuple[int, str, str]  # priority, field, value


@functools.cache
def _labels() -> dict[str, tuple[str, int]]:
    return {row["label"]: (row["field"], int(row["priority"])) for row in lexicon.table("page_labels.csv")}


def label_in(text: str) -> str | None:
    """Return the label that a text is and nothing else, or None.

    >>> label_in("【索 引 號】："), label_in("青山县教育局")
    ('索引号', None)
    """
    label = BLANK_RE.sub("", text[:_MAX_CELL]).translate(FOLDED)
    return label if label in _labels() else None


def _set_close(run: re.Match[str]) -> str:
    """A run of characters before a colon with the label that ends it in one piece: 小 索 引 号 → 小 索引号."""
    pieces = run[0].split()
    for at in range(len(pieces) - 1):
        if label_in("".join(pieces[at:])):
            return " ".join([*pieces[:at], "".join(pieces[at:])])
    return run[0]


def _plain(line: str) -> str:
    """A line without what a mirror wrote into it and without the spaces within its labels."""
    return SPACED_RE.sub(_set_close, NOTE_RE.sub("", line))


@functools.cache
def _label_re() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _labels()), key=len, reverse=True))
    return re.compile(
        rf"(?P<open>[\[【] ?)?(?<![原副本])(?<!(?<!\d)[\u4e00-\u9fff](?=时间|日期))(?P<label>{names})"
        r"(?:\s{0,4}[】\]]?\s{0,4}[:：]|(?(open)[】\]](?=\s?[\d\u4e00-\u9fff])|(?!)))\s{0,8}"
    )  # 发文字号：, [发文字号]青农发


def labelled_facts(lines: Iterable[str]) -> Iterator[Candidate]:
    """Yield what labels say in info bars and info tables; a row of a table is one line with tabs.

    >>> [(field, value) for _, field, value in labelled_facts(["來源: 柳城縣教育局  發布日期：2023-03-30"])]
    [('outlet', '柳城縣教育局'), ('publish_date', '2023-03-30')]
    """
    alone = ""  # a label that is a line of its own, as a list of terms prints it: 发文单位： | 郎溪县人民政府
    for line in lines:
        if len(line) > MAX_BAR:
            alone = ""
            continue
        line = _plain(line)
        cells = line.split("\t")
        above, alone = alone, _lone_label(line)
        if above and not alone and not _label_re().match(line.translate(FOLDED)):
            yield from _candidate(above, line)
        for cell, value in zip(cells, [*cells[1:], ""], strict=True):
            if value and (label := label_in(cell)) and not _label_re().match(value.translate(FOLDED)):
                yield from _candidate(label, value)
        cells += _set_apart(line)
        for cell in cells:
            marks = list(_label_re().finditer(cell.translate(FOLDED)))
            for mark, following in zip(marks, [*marks[1:], None], strict=False):
                value = cell[mark.end() : following.start() if following else len(cell)]
                yield from _candidate(mark["label"], value)


def _set_apart(line: str) -> list[str]:
    """Labels and values that only elements part, with the colon that a style sheet sets: 信息来源 青山县教育局 发布时间 2023-05-26."""
    words = line.split(" ")
    pairs = [
        (word, value)
        for word, value in pairwise(words)
        if len(word) >= _SET_APART and word in _labels() and value not in _labels()
    ]
    return [f"{word}：{value}" for word, value in pairs] if len(pairs) > 1 else []


def _lone_label(line: str) -> str:
    """The label that a line is and nothing else, "" for any other line."""
    if len(line) > LONGEST_LABEL:
        return ""
    label = label_in(line) or ""
    # a style sheet may set the colon: 索引号 | 11450222/2023-00123
    return label if label in _SURE_LABELS or line.rstrip().endswith((":", "：")) else ""


def is_info_bar(line: str) -> bool:
    """Tell a line in which labels name source or date, such as stands under a headline."""
    return len(line) <= MAX_BAR and any(
        _labels()[mark["label"]][0] in ("outlet", "publish_date")
        for mark in _label_re().finditer(_plain(line).translate(FOLDED))
    )


def has_label(line: str) -> bool:
    """Tell a line that a label of an info bar or info table opens or parts, whatever it names.

    >>> has_label("索引号：\\t000014349/2019-00007\\t组配分类：\\t政策文件"), has_label("青山县：秸秆禁烧见实效")
    (True, False)
    """
    return _label_re().search(_plain(line[:MAX_BAR]).translate(FOLDED)) is not None


def is_bar(line: str) -> bool:
    """Tell a line that names date, source, clicks or size of the letters, with labels of any kind or none.

    >>> is_bar("[ 2010-3-2 ] 来源: 局办公室 [大 中 小] [关闭]"), is_bar("2010年3月2日，县政府召开会议，研究教育工作。")
    (True, False)
    """
    if len(line) > 120 or "。" in line or "；" in line:
        return False
    line = _plain(line).translate(FOLDED)
    return (
        is_info_bar(line)
        or BARE_BAR_RE.fullmatch(line.strip(CLOSERS)) is not None
        or (DATED_RE.search(line) is not None and BAR_WORD_RE.search(line) is not None)
    )


def outlet_of(value: str) -> str | None:
    """Return the name of a source freed from what stands around it in its bar, or None when it names nobody.

    >>> outlet_of("来源：新京报举报"), outlet_of("本站原创")
    ('新京报', None)
    """
    value = OUTLET_LABEL_RE.sub("", value.strip(CLOSERS))
    value = BEHIND_OUTLET_RE.split(value, maxsplit=1)[0].strip("：:，,-" + CLOSERS)
    if value.count("（") > value.count("）"):  # the bracket that closed was a closer of the bar
        value += "）"
    return value if 2 <= len(value) <= 30 and value not in _PAGE_MAKERS else None


def _candidate(label: str, value: str) -> Iterator[Candidate]:
    field, priority = _labels()[label]
    value = value.strip(CLOSERS.replace("(", "").replace(")", "").replace("（", "").replace("）", ""))
    if field == "outlet":
        outlet = outlet_of(value)
        if outlet is None:
            return
        value = outlet
    if field == "issuer":
        value = BEHIND_OUTLET_RE.split(value, maxsplit=1)[0]  # 发布机构：某县教育局浏览次数：71
    if field in ("issuer", "title"):
        value = re.split(r"[\s\u3000]{2,}", value, maxsplit=1)[0]
    if field and 2 <= len(value) <= 120:
        # a source named beside the text beats the site's own tag, other labels stand behind the tags
        yield priority + (4 if field == "outlet" else 10), field, value
