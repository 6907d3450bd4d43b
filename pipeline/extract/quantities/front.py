"""The words before an amount while they are stripped to the indicator."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from pipeline.extract.quantities.words import word_set
from pipeline.lazy_re import lazy_re
from pipeline.tagged import TaggedText

# what cannot be a name without the verb before it: 〔种植〕面积
BOUND = frozenset(
    {
        "率",
        "面积",
        "周期",
        "能力",
        "规模",
        "量",
        "时间",
        "费用",
        "标准",
        "期",
        "时限",
        "强度",
        "里程",
        "比例",
        "比重",
        "进度",
        "次数",
    }
)
RATES = frozenset({"率和", "率、", "率及", "率与"})  # 办结〔率和〕满意率
MAY_RE = lazy_re(
    r"可(?!再生|支配|持续|回收|用|靠|比|燃|降解|利用|采|吸入|变|视|耕|逆|转|读)|应(?!急|届|用|收|付|税|对|缴|纳|变)|须(?!知)"
)  # 〔可〕返还缴纳的费用, but 可再生能源, 应收账款


@dataclass(slots=True)
class Front:
    """The words before an amount while they are stripped: `raw` begins at `start` of the text, the name at `left`."""

    words: TaggedText
    start: int
    raw: str
    left: int = 0
    change: str | None = None
    change_at: int | None = None
    is_shared: bool = False
    is_parallel: bool = False

    def turn(self, verb: str, at: int) -> None:
        """Note a verb of change, unless one nearer to the amount was noted."""
        if self.change is None and self.change_at is None and change_of(verb):
            self.change, self.change_at = change_of(verb), self.start + at

    def begins_word(self, at: int) -> bool:
        """Say whether a word of the text begins at an offset of `raw`."""
        at += self.start
        over = bisect.bisect_left(self.words.starts, at + 1) - bisect.bisect_right(self.words.ends, at - 1)
        return over != 1  # one word over both characters: the cut would split it


def is_bound(rest: str) -> bool:
    """Say whether what would be left of a name cannot stand without the verb before it.

    >>> is_bound("率、满意率"), is_bound("面积"), is_bound("满意率")
    (True, True, False)
    """
    if rest[-1:] in "]□":
        rest = rest.rstrip("□").partition("[")[0]  # 办结〔率[2]〕
    return rest in BOUND or rest[:2] in RATES


def change_of(verb: str) -> str | None:
    """Return the direction a verb of change gives to its number: 新增 increase, 下降 decrease."""
    if verb in word_set("increase"):
        return "increase"
    return "decrease" if verb in word_set("decrease") else None
