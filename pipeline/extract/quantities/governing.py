"""What stands before an amount, stripped to its core: the indicator, the verb of change, the marks of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.quantities.words import at_start, ends_with, word_list, word_set, words_between
from pipeline.tagged import TaggedText

_COMPOUND_RE = re.compile(
    r"(?:建设|发展|培训|支持|保障|安置)(?:用地|资金|基金|债券|经费|费|房|目标|规模|指标|周期)"
)  # 新增〔建设用地〕规模: here the verb is part of the name
_BOUND = frozenset({"率", "面积", "周期", "能力", "规模", "量", "时间", "费用", "标准", "期", "强度", "里程"})
_WHOLE_RE = re.compile(
    r"(?:计划|总)投资额?$|(?:总)?(?:建筑|占地|流转|种植|播种)面积$|总长度?$|全长$|总面积$|总里程$"
)  # 启动〔建筑面积〕
_COMPARED_RE = re.compile(
    r"(?:[与和同][^，。；、与和同]{2,16}相比|实际|名义|同比|环比|可比|同期|(?:(?<!占)比(?![例重率])|较|是|为|相当于|高于)(?:上年|去年|前年|上一年|同期|年初|上月|全国|全省|全市|计划|□{2,9}|[^，、；。]{1,10})"
    r"(?:同期|年末|年底|末|底|的|平均|水平|时)*|分别|平均|年均|按可比价格?|可比口径|口径)+$"
)  # 同比, 比上年同期分别, 是2005年的
_LEVEL_RE = re.compile(r"(?P<parallel>分别)?[一-鿿]{2}[到至]了?")  # 由6.1平方公里〔拓展到〕
_LIST_LEAD_RE = re.compile(
    r"[一二三四五六七八九十]{1,2}[是要]|[一二三四五六七八九十]{1,3}、(?=请)|\d{1,2}[、.．)）]\s?|[（(][一二三四五六七八九十\d]{1,3}[)）]|[^，。；]{1,24}[\]】”][:：]?(?:是)?指"
)  # 二是取消…收费35项, 19.[六个百分之百]指施工现场围挡率
# names that begin like an opening or a verb: 新、改建
_NAMED_SO_RE = re.compile(r"新[、（]|继续教育|增加值|上年(?:结转|结余|滚存)")
_SUMMAND_RE = re.compile(
    r"(?:[再另])?加(?:上(?![级年解划缴交]))?(?![工快强大速油计固气权装密班入盟])|减(?:去|(?=支出|结转|上解|债务|调出))"
)  # 〔加〕上级补助收入, 〔减〕结转下年支出: of an account
_LASTING_RE = re.compile(
    r"(?:且|并|已)?(?:且|已)?连续\s?[\d一二两三四五六七八九十]{1,2}\s?(?:年|个月|个?季度)(?:持续)?"
)  # 〔且连续3年持续〕保持100%
_AUXILIARY_RE = re.compile(r"必须|应当|已经|[要应须已将拟]")
_DEMONSTRATIVE_RE = re.compile(r"(?<=.)(?:这|该|其|上述|以下)$")  # 明确〔这〕2分钱
_MAY_RE = re.compile(
    r"可(?!再生|支配|持续|回收|用|靠|比|燃|降解|利用|采|吸入|变|视|耕|逆|转|读)|应(?!急|届|用|收|付|税|对|缴|纳|变)|须(?!知)"
)  # 〔可〕返还缴纳的费用, but 可再生能源, 应收账款
_SPAN_RE = re.compile(r"(?<=[一-鿿]{3})[一二三四五六七八九十两]{1,2}年$")  # 教育经费支出〔五年〕累计
_ORIGIN_RE = re.compile(r"(?<=..)(?:从|由)[^，。；、]{2,8}$")  # 开办时间〔从一个月以上〕压缩到
_SHARED = frozenset({"均", "各", "均为", "均达", "均达到", "均超过", "都达到", "都", "全部达到"})
_HALF_WORDS = frozenset("为后时等计以由居在有")
_YEARS_RE = re.compile(
    r"[近过去未来这前今后]{0,2}[一二三四五六七八九十两\d]{1,3}年(?:来|间)?$"
)  # 五年〔年均增长〕
_MODAL_RE = re.compile(
    r"(?<![主需重纪摘简提概必])要$|(?<![许认])可$|(?<=..)(?:最[长高多低少短]|年内)$|(?<![比较])(?:今年|去年)(?:再|继续)?$"
)  # 排放量〔要〕下降2%, 基本养老金〔今年再〕提高10%
_LAST_SUM_RE = re.compile(r"、(?=(?:总|计划|完成)?投资$|占地$|投入$)")  # 投资33亿元的工业园、〔投资〕6.12亿元
_LIMIT_RE = re.compile(r"及?以[上下内外]的?")  # 500万元〔以下的〕小微企业
_TIME_RE = re.compile(
    r"(?:到|自|从|截至|截止到?|至|于)?\s?(?:□{2,14})(?:以来|起|底|末|年末|前|之前|期间|时期|间|内|初)?\s?[，,]?"
)  # 到2025年, 2020年以来，


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before an amount: the noun phrase, the change verb that governs it, marks of a list."""

    start: int
    end: int
    change: str | None
    change_at: int | None
    is_shared: bool  # 均达到95%以上, 各1小时: every name has this amount
    is_parallel: bool  # 分别完成7.3亿元、1.4亿元: each name has its own


def change_of(verb: str) -> str | None:
    """Return the direction a verb of change gives to its number: 新增 increase, 下降 decrease."""
    if verb in word_set("increase"):
        return "increase"
    return "decrease" if verb in word_set("decrease") else None


@dataclass(slots=True)
class _Front:
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
        return _begins_word(self.words, self.start + at)


def words_before(words: TaggedText, line: str, offset: int, start: int, end: int) -> Before:
    """Return what governs an amount from the left, `start` being where its clause begins.

    `line` is the blanked sentence beginning at `offset`.
    """
    front = _Front(words, start, line[start - offset : end - offset])
    if lead := _LIST_LEAD_RE.match(front.raw):
        front.start, front.raw = start + lead.end(), front.raw[lead.end() :]
    _strip_end(front)
    _strip_opening(front)
    _cut_subject(front)
    _cut_inside(front)
    _cut_to_core(front)
    return Before(
        front.start + front.left,
        front.start + len(front.raw),
        front.change,
        front.change_at,
        front.is_shared,
        front.is_parallel,
    )


def _strip_end(front: _Front) -> None:
    """Strip the verb that leads to the number and what it is compared with: 生产总值〔同比分别增长〕."""
    raw, is_to_level = _MODAL_RE.sub("", front.raw.rstrip(" “”")), False
    is_level_reached = False
    while raw:
        compared = _COMPARED_RE.search(raw[-24:])
        word = ends_with(raw, "reached", "increase", "decrease")
        if match := _LEVEL_RE.fullmatch(raw):
            raw = ""
            front.is_parallel = front.is_parallel or match["parallel"] is not None
        elif word:
            at = len(raw) - len(word)
            if word in _HALF_WORDS and not front.begins_word(at):  # 制止违规行〔为〕
                break
            if not is_to_level and not is_level(raw):
                front.turn(word, at)
            is_to_level = word in ("到", "至")
            is_level_reached = is_level_reached or word[-1] in "到至"
            front.is_shared = front.is_shared or word in _SHARED
            front.is_parallel = front.is_parallel or word.startswith("分别")
            raw = raw[:at].rstrip(" “”")
        elif compared and compared.group():
            front.is_parallel = front.is_parallel or "分别" in compared.group()
            raw = raw[: len(raw) - len(compared.group())].rstrip(" “”")
        else:
            break
    raw = _SPAN_RE.sub("", _MODAL_RE.sub("", raw))
    if is_level_reached and (origin := _ORIGIN_RE.search(raw)):
        raw = raw[: origin.start()]
    front.raw = raw


def _strip_opening(front: _Front) -> None:
    """Move past times, adverbs and the verbs that bring something about: 〔今年以来，累计发放〕助学金."""
    raw, is_first = front.raw, True
    while front.left < len(raw):
        left = front.left
        if match := _TIME_RE.match(raw, left):
            front.left = match.end()
            continue
        if match := _LASTING_RE.match(raw, left):
            front.left = match.end()
            continue
        if (match := _MAY_RE.match(raw, left)) and front.begins_word(match.end()):
            front.left = match.end()
            continue
        if _NAMED_SO_RE.match(raw, left):
            break
        if left == 0 and (match := _SUMMAND_RE.match(raw)) and match.end() < len(raw):
            front.left = match.end()
            continue
        opening = at_start("opening").match(raw, left)
        verb = at_start("increase", "decrease", "light").match(raw, left) if is_first else None
        if verb and (not opening or verb.end() > opening.end()):
            if raw[verb.end() : verb.end() + 1] in ("到", "至"):  # 增加到2011年的: a level
                front.left = verb.end() + 1
                continue
            front.turn(verb.group(), left)
            is_first = False
            if verb.group() in word_set("light") or change_of(verb.group()) == "increase":
                if not _can_leave(front, verb.end()):
                    break
                front.left, is_first = verb.end(), True  # 谋划启动
        elif opening and opening.group() == "有" and "的" in raw[opening.end() + 1 : opening.end() + 12]:
            break  # 有学习能力的残疾儿童
        elif opening and raw[opening.end() :] in _BOUND:
            break  # 保障|率
        elif opening and opening.end() <= len(raw) and front.begins_word(opening.end()):
            front.left = opening.end()
        else:
            break


def _can_leave(front: _Front, behind: int) -> bool:
    """Say whether a name can do without the verb before it: not 〔建设〕用地, 〔种植〕面积."""
    return (
        behind < len(front.raw)
        and _COMPOUND_RE.match(front.raw, front.left) is None
        and not _is_bound(front.words, front.start + behind, front.start + len(front.raw))
        and front.begins_word(behind)
    )


def _cut_subject(front: _Front) -> None:
    """Begin the name behind a subject and its modal: 担保机构要重点支持〔单户担保金额〕."""
    for match in reversed(list(_AUXILIARY_RE.finditer(front.raw, front.left + 1))):
        behind = match.end()
        if front.begins_word(match.start()) and front.begins_word(behind):
            kept = front.left, front.change, front.change_at
            front.left = behind
            _strip_opening(front)
            if front.left > behind and len(front.raw) - front.left > 2:
                return
            front.left, front.change, front.change_at = kept


def _cut_inside(front: _Front) -> None:
    """Begin the name behind the last verb inside the clause: 为困难群众发放〔救助资金〕."""
    raw, start = front.raw, front.start
    for at, word, tag in words_between(front.words, start + front.left, start + len(raw)):
        inner = at + len(word) - start
        if word == "达到" and raw.startswith("或", inner):
            continue  # 达到或优于Ⅲ类
        if word in word_set("inner"):
            is_late = at > start + front.left and inner < len(raw) - 1
            if is_late and tag == "v" and raw[at - start - 1] != "、" and raw[inner:] not in _BOUND:
                front.left = inner
                front.turn(word, at - start)
        elif word in ("将", "把", "使") and 2 < inner < len(raw) - 1:  # 中央决定将〔农民人均纯收入〕
            verb = at_start("light").match(raw, inner)
            if verb is None:
                front.left = inner + 2 * raw.startswith("用于", inner)  # 资金将用于〔新建校舍〕
            elif verb.end() < len(raw):  # 中央财政将安排〔科技支出〕; without a noun the whole is the name
                front.left = verb.end()
        elif word in ("按", "按照", "可按", "应按") and 0 < inner < len(raw) - 1 and front.change is None:
            if raw.count("（", front.left, at - start) > raw.count("）", front.left, at - start):
                continue  # 化肥（按有效成份计算）
            front.left = inner  # 由其中一方按〔扣除标准〕的100%扣除
        elif word == "可" and len(raw) - inner > 4 and _MAY_RE.match(raw, at - start):
            front.left = inner  # 学生可〔返还其缴纳的费用〕
        elif (
            word in ("及", "以及")
            and inner < len(raw)
            and raw[inner : inner + 2] not in ("以上", "以下")
            and not front.is_parallel
            and not front.is_shared
        ):
            front.left = inner


def _cut_to_core(front: _Front) -> None:
    """Cut headings that ran into the clause, dates, sums of another thing and limits off the name."""
    raw = front.raw
    for word in ("全年", "预计"):  # a heading that ran into its paragraph: 实力增强全年〔地区生产总值〕
        if (found := raw.rfind(word, front.left + 1)) >= 0 and len(raw) - found > 5:
            front.left = found + len(word)
    if (dated := raw.rfind("□", front.left)) >= 0 and len(raw) - dated > 3:
        front.left = dated + 1
    cut = _LAST_SUM_RE.search(raw, front.left)
    if cut and not raw[front.left : cut.start()].endswith(word_list("measure_heads")):
        front.left = cut.end()
    if (whole := _WHOLE_RE.search(raw, front.left)) and whole.start() > front.left:
        leading = words_between(front.words, front.start + front.left, front.start + whole.start())
        if leading and leading[-1][2][0] in "vd":
            front.left = whole.start()
    if (limit := _LIMIT_RE.match(raw, front.left)) and limit.end() < len(raw):
        front.left = limit.end()
    if _YEARS_RE.fullmatch(raw, front.left):
        front.left = len(raw)
    while front.left < len(raw) and raw[front.left] in "、和及的 ，□了—）":
        front.left += 1
    front.raw = _DEMONSTRATIVE_RE.sub("", raw)


def is_level(raw: str) -> bool:
    """Say whether the clause ends in a verb that leads to a level: 提高到, 降至."""
    return raw.endswith(("到", "至", "为"))


def _is_bound(words: TaggedText, start: int, end: int) -> bool:
    """Say whether what is left of a name cannot stand alone: 〔种植〕面积, 〔培训〕覆盖率."""
    rest = words.text[start:end]
    return rest in _BOUND or (rest.endswith("率") and len(words_between(words, start, end)) == 1)


def _begins_word(words: TaggedText, at: int) -> bool:
    row = words_between(words, at - 1, at + 1)
    return len(row) != 1  # one word over both characters: the cut would split it
