"""One clause as the parser sees it: its units, and what each of them may be."""

from __future__ import annotations

from itertools import repeat
from typing import NamedTuple

from pipeline.extract.measures.actors import ACTORS
from pipeline.extract.measures.bodies import NAMED, with_bodies
from pipeline.extract.measures.carrying import carries
from pipeline.extract.measures.clauses import Piece, Unit, joined_text
from pipeline.extract.measures.parting import may_change, parted_words
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE, Lexicon
from pipeline.lazy_re import lazy_re

GIVEN_RE = lazy_re(r"给予|奖励|补助|补贴|奖补|资助")
NO_ACTOR_RE = lazy_re(
    r"[到赴对]|[进入][村企户]|整[县乡镇村]$|(?:决|绝)?不(?:允许|准|许)|共有|现有|[^，]{1,8}已有|用于|通过|建议|希望|[^，]{2,4}(?:希望|要求)|同意|决定|自即日|即日|.{0,20}范围内|.{2,40}(?:项目|工程)[、和及]|.{0,40}(?:美丽|和美|数字|宜居|平安|智慧|未来|生态|文明|法治)乡村$"
)  # 决定自即日起全市范围内林区, 医院迁建项目、养老服务中心, 厕所革命、美丽乡村
# 发挥〔统筹协调作用〕: what is exerted may be named by verbs
EXERTED = frozenset(["作用", "优势", "功能", "职能", "效能", "效应", "效益", "力量", "潜力", "潜能", "特长"])
STAYING = frozenset(["驻村", "驻点", "驻企", "进村", "到村", "入企"])
STATING = frozenset(["有", "为", "是", "共", "包括"])
STATE = frozenset(["国家", "中央"])  # who acts by these names alone: 国家对该项目给予支持
REACH = 10  # units beyond its ends that the grammar asks a clause for
BEYOND = (NOTHING,) * REACH


def _with_what_is_exerted(units: list[Unit], first: int) -> list[Unit]:
    """Return the units of a clause with those behind 发挥 as one noun, particles left out: 发挥|好|党支部战斗堡垒作用."""
    while units[first].text in ("好", "了", "着", "出"):
        first += 1
    rest = units[first:]
    return [*units[:first], Unit(joined_text(rest), "n", rest[0].start, rest[-1].end)]


class Setting(NamedTuple):
    """What kind of document a clause stands in."""

    is_paper: bool  # of an office: a plan, a notice, a report; no news
    is_report: bool
    places: frozenset[str]  # its own county and city without their class
    is_norm: bool  # what it says is to be done; a report or news tells of it


class ClauseView:
    """The units of one clause with the lexicon's knowledge of them."""

    def __init__(
        self,
        words: Lexicon,
        piece: Piece,
        setting: Setting,
    ) -> None:
        self.lexicon = words
        self.is_paper, self.is_report, self.places, self.is_norm = setting
        _, self.units, self.text, texts = piece
        if any(map(may_change, texts)):
            self.units = parted_words(self.units, self.text, words, self.places)
            texts = [unit.text for unit in self.units]
        if not NAMED.isdisjoint(texts):
            self.units = with_bodies(self.units, words)
            texts = [unit.text for unit in self.units]
        if texts and texts[-1][-2:] in EXERTED and "发挥" in texts[:-2]:
            self.units = _with_what_is_exerted(self.units, texts.index("发挥") + 1)
            texts = [unit.text for unit in self.units]
        self.texts, self.size = texts, len(texts)
        # an index before the first or behind the last, up to REACH away, is one of nothing known: no look-up asks
        self.known = [*map(words.known.get, texts, repeat(NOTHING)), *BEYOND]

    def is_adverb(self, index: int) -> bool:
        """Return whether the unit at an index only says how or when: 全面, 因地制宜, 递进式."""
        if index >= self.size:
            return False
        text, tag = self.texts[index], self.units[index].tag
        acts_behind = self.known[index + 1].acts
        if text == "新" and tag == "a" and acts_behind:
            # 新培育龙头企业4家, not 新发展理念, 新认定的企业给予补助
            return self.texts[index + 1] != "发展" and not GIVEN_RE.search(self.text)
        if text[0] == "逐" and len(text) == 2:
            return True  # 逐校, 逐店
        if tag == "a" and index and self.texts[index - 1] == "更":
            return True  # 更快
        if "adverb" in self.known[index].classes or tag in ("d", "ad", "uv", "t", "tg", "y"):
            return True
        if not acts_behind:
            return False
        if text == "主要" and not self.follows_head(index + 2):
            return STATING.isdisjoint(self.texts[index + 2 :])  # 主要|支持|出口, not 主要|推广|品种|有三个
        if text in STAYING and index and self.texts[index - 1][0] == "每":
            return True  # 每年|驻村|调研
        if len(text) == 4 and tag in ("i", "l") and not self.known[index].acts:
            return True
        if not text.endswith(("式", "化", "性地")):
            return False
        # 集中式|处理设施: of a thing
        return NOUNLIKE.isdisjoint(self.known[index + 1].kinds) or "head" not in self.known[index + 2].classes

    def turns_to_deed(self, index: int) -> bool:
        """Return whether a clause turns from who acts to the deed: a modal, an adverb, a preposition or a verb that is no noun."""
        known = self.known[index]
        is_verb = known.acts and NOUNLIKE.isdisjoint(known.kinds)
        return is_verb or "modal" in known.kinds or "preposition" in known.classes or self.is_adverb(index)

    def is_actor(self, name: str) -> bool:
        """Return whether a noun phrase names who may act: 县教育局, 各乡镇（街道）, the document's own county without 县."""
        if name[-1:] == "）":
            name = name[: name.rfind("（")]
        return (
            name in self.places
            or (self.is_norm and name in STATE)
            or (ACTORS.end(name) and not NO_ACTOR_RE.match(name))
        )

    def body(self, name: str | None) -> str | None:
        """Return a name that stands in front of a verb where it is one of who may act, else None."""
        return name if name and self.is_actor(name) else None

    def follows_head(self, index: int) -> bool:
        """Return whether what follows makes a noun of the word before it: 培训|体系, 管理|水平, 建设|的."""
        if index >= self.size:
            return False
        unit = self.units[index]
        if unit.text in ("重点", "特色", "环境") and index + 1 < self.size:
            return self.units[index + 1].tag[:1] != "n"  # 处置|重点|领域风险
        return unit.text in ("的", "及", "之") or "head" in self.known[index].classes

    def describes(self, index: int) -> bool:
        """Return whether the unit at an index only says which the one behind it is: 试点|学校, 示范|园区."""
        if index == 0 and self.texts[0] == "创新" and self.size > 2:
            return False  # 创新学校管理机制
        return "describing" in self.known[index].classes and "described" in self.known[index + 1].classes

    def is_partner(self, index: int) -> bool:
        """Return whether 联合 or 配合 stands at an index with those who act together, and not with what they do."""
        if "partner" not in self.known[index].classes or index + 2 >= self.size or self.known[index + 1].acts:
            return False
        if self.texts[index] == "配合" and not self._acts_with(index + 1):
            return False  # 配合上级部门工作
        following = self.units[index + 1]
        return following.tag[:1] in "nrbjmsfl" or following.text[0] in "县市区省各"

    def _acts_with(self, index: int) -> bool:
        """Whether a verb follows upon those named at an index: 公安、纪检部门|开展检查."""
        if self.known[index + 1].acts or self.known[index + 2].acts:
            return True
        for n in range(index + 3, min(index + 8, self.size - 1)):
            if self.known[n].acts and NOUNLIKE.isdisjoint(self.known[n].kinds):
                return self.is_actor(joined_text(self.units[index:n]))
        return False

    def opens(self, index: int) -> bool:
        """Return whether the unit at an index can begin a predicate, and not the noun phrase 考核|结果."""
        return self.known[index].acts and not (
            "noun" in self.known[index].kinds and "head" in self.known[index + 1].classes
        )

    is_predicate = carries
