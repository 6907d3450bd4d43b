"""The words around an amount: the noun phrase behind it, and what stands before it, stripped to its core."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pipeline.extract.quantities.words import Words, at_start, ends_with, word_list

_STOP_TAGS = frozenset(
    {"p", "ul", "uz", "uv", "ug", "ud", "y", "e", "o", "zg", "r", "rr", "rz", "d", "c", "m", "t"}
)
_PLACES = frozenset({"县", "村", "镇", "乡", "园", "市", "区"})  # jieba's dictionary gives these no class
_NUMERAL_RE = re.compile(r"[\d〇零一二三四五六七八九十两百千万亿]")
_BRACKET_RE = re.compile(r"（[一-鿿]{1,2}）")  # 成员校（园）, 校（科）级干部
_SHORT_NOUNS = frozenset("灯树人村桥井站路店车房牛羊猪")  # 15264盏灯, 覆盖133个村
_WHOLES = ("村", "镇", "乡", "县", "学校", "企业", "家庭", "农户", "社区", "小区", "人口")
_VILLAGES = frozenset({"行政村", "自然村", "建制村", "贫困村"})
_IN_A_VILLAGE_RE = re.compile(
    r".(?:卫生|干部|小|民|委|医|庄|史|级|文化|服务|综合|党|集体|企|镇|落|社区|街|居)"
)
_COMPOUND_RE = re.compile(
    r"(?:建设|发展|培训|支持|保障|安置)(?:用地|资金|基金|债券|经费|费|房|目标|规模|指标|周期)"
)  # 新增〔建设用地〕规模: here the verb is part of the name
_BOUND = frozenset({"率", "面积", "周期", "能力", "规模", "量", "时间", "费用", "标准", "期", "强度", "里程"})
_WHOLE_RE = re.compile(
    r"(?:计划|总)投资额?$|(?:总)?(?:建筑|占地|流转|种植|播种)面积$|总长度?$|全长$|总面积$|总里程$"
)  # 启动〔建筑面积〕
_COMPARED_RE = re.compile(
    r"(?:实际|名义|同比|环比|可比|同期|(?:(?<!占)比(?![例重率])|较|是|为|相当于|高于)(?:上年|去年|前年|上一年|同期|年初|上月|全国|全省|全市|计划|□{2,9}|[^，、；。]{1,10})"
    r"(?:同期|年末|年底|末|底|的|平均|水平|时)*|比重|分别|平均|年均|按可比价格?|可比口径|口径)+$"
)  # 同比, 比上年同期分别, 是2005年的
_LEVEL_RE = re.compile(r"(?P<parallel>分别)?[一-鿿]{2}[到至]了?")  # 由6.1平方公里〔拓展到〕
_LIST_LEAD_RE = re.compile(
    r"[一二三四五六七八九十]{1,2}[是要]|[^，。；]{1,24}[\]】”][:：]?(?:是)?指"
)  # 二是取消…收费35项, 19.[六个百分之百]指施工现场围挡率
_DEMONSTRATIVE_RE = re.compile(r"(?<=.)(?:这|该|其|上述|以下)$")  # 明确〔这〕2分钱
_HALF_WORDS = frozenset("为后时等计以由居在有")
_YEARS_RE = re.compile(
    r"[近过去未来这前今后]{0,2}[一二三四五六七八九十两\d]{1,3}年(?:来|间)?$"
)  # 五年〔年均增长〕
_MODAL_RE = re.compile(
    r"(?<![主需重纪摘简提概必])要$|(?<![比较])(?:今年|去年)(?:再|继续)?$"
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


@functools.cache
def _set(name: str) -> frozenset[str]:
    return frozenset(word_list(name))


def change_of(verb: str) -> str | None:
    """Return the direction a verb of change gives to its number: 新增 increase, 下降 decrease."""
    if verb in _set("increase"):
        return "increase"
    return "decrease" if verb in _set("decrease") else None


def noun_after(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the noun phrase that begins at an offset: 12名〔产业顾问、联络员〕.

    Returns None where a predicate, a mark or another number follows.
    """
    text = words.text
    while start < end and text[start] in "的 ":
        start += 1
    row = words.between(start, end)
    last = behind_bracket = start
    for k, (at, word, tag) in enumerate(row):
        if at < behind_bracket:
            continue
        following = row[k + 1][1] if k + 1 < len(row) else ""
        next_tag = row[k + 1][2] if k + 1 < len(row) else "x"
        if next_tag == "d" and k + 2 < len(row):  # 产业顾问、联络员
            next_tag = row[k + 2][2]
        has_noun_next = bool(following) and (next_tag[0] in "nbajlsi" or next_tag == "vn")
        if word in "“‘" or (word in "”’" and "“" in text[start:at]):
            last = at + 1 if word in "”’" else last
            continue
        if word == "的" and text[start:last].endswith(_WHOLES):  # 20个特色村〔的道路〕: villages are counted
            break
        if word in _VILLAGES and last == start:
            last = at + len(word)
            if following not in ("、", "和", "及", "的"):
                break
            continue
        if word in ("村", "镇", "乡") and last > start and _IN_A_VILLAGE_RE.match(text, at) is None:
            last = at + 1
            break
        if word in ("、", "和", "及", "以及", "或", "的", "等"):
            if word == "等":
                last = at if last > start else last
                break
            if (
                not has_noun_next
                or following in _set("predicate")
                or last == start
                or _NUMERAL_RE.match(following)
            ):
                break
            continue
        if word == "（" and last > start and (inner := _BRACKET_RE.match(text, at, end)):  # 校（科）级干部
            if text[inner.end() : inner.end() + 1] not in ("级", "类", "型"):
                break
            last = behind_bracket = inner.end()
            continue
        if _describes(row, k, text[start:last]):
            last = at + len(word)
            continue
        if tag == "x" or (
            tag in _STOP_TAGS
            and word not in _PLACES
            and not (tag in "dt" and has_noun_next and word not in _set("predicate"))
            and not (tag == "m" and not _NUMERAL_RE.search(word))  # 全方位
        ):
            break
        if _NUMERAL_RE.match(word) and tag == "m":
            break
        if word in _set("predicate") and following not in _set("head"):
            break
        if (
            tag.startswith("v")
            and tag != "vn"
            and word not in _set("measure_heads")
            and word != "会"
            and not (following in _set("head") or (k == 0 and has_noun_next) or following == "的")
        ):
            break
        last = at + len(word)
    if match := _BRACKET_RE.match(text, last):
        last = match.end()
    phrase = text[start:last].rstrip()
    while phrase and (cut := ends_with(phrase, "tail")) and len(cut) < len(phrase):
        phrase = phrase[: -len(cut)]
    return (start, start + len(phrase)) if len(phrase) > 1 or phrase in _SHORT_NOUNS else None


def _describes(row: list[tuple[int, str, str]], k: int, phrase: str) -> bool:
    """Say whether a verb or adverb inside a noun phrase describes the noun behind it: 国家〔自主创新〕示范区."""
    word, tag = row[k][1], row[k][2]
    if not (tag.startswith("v") or tag in ("d", "b", "x") or word in _set("attributive")) or word in _set(
        "predicate"
    ):
        return False
    if tag == "x" or not (word in _set("attributive") or phrase.endswith(word_list("modifiers"))):
        return False
    for _, following, next_tag in row[k + 1 : k + 3]:
        if following in _set("predicate") or next_tag == "x":
            return False
        if next_tag[0] == "n" or following in _set("head"):
            return True
        if following not in _set("attributive") and not next_tag.startswith("v"):
            return False
    return False


def words_before(words: Words, line: str, offset: int, start: int, end: int) -> Before:
    """Return what governs an amount from the left, `start` being where its clause begins.

    `line` is the blanked sentence beginning at `offset`.
    """
    raw = line[start - offset : end - offset]
    change: str | None = None
    change_at: int | None = None
    is_shared = is_parallel = is_to_level = False
    if lead := _LIST_LEAD_RE.match(raw):
        start, raw = start + lead.end(), raw[lead.end() :]
    raw = _MODAL_RE.sub("", raw.rstrip(" “”"))
    while raw:
        compared = _COMPARED_RE.search(raw[-24:])
        word = ends_with(raw, "reached", "increase", "decrease")
        if match := _LEVEL_RE.fullmatch(raw):
            raw = ""
            is_parallel = is_parallel or match["parallel"] is not None
        elif word:
            if word in _HALF_WORDS and not _begins_word(
                words, start + len(raw) - len(word)
            ):  # 制止违规行〔为〕
                break
            to_level = is_to_level
            is_to_level = word in ("到", "至")
            if change is None and change_of(word) and not to_level and not is_level(raw):
                change, change_at = change_of(word), start + len(raw) - len(word)
            is_shared = is_shared or word in (
                "均",
                "各",
                "均为",
                "均达",
                "均达到",
                "均超过",
                "都达到",
                "都",
                "全部达到",
            )
            is_parallel = is_parallel or word.startswith("分别")
            raw = raw[: -len(word)].rstrip(" “”")
        elif compared and compared.group():
            is_parallel = is_parallel or "分别" in compared.group()
            raw = raw[: len(raw) - len(compared.group())].rstrip(" “”")
        else:
            break
    raw = _MODAL_RE.sub("", raw)
    left = 0
    is_first = True
    while left < len(raw):
        if match := _TIME_RE.match(raw, left):
            left = match.end()
            continue
        opening = at_start("opening").match(raw, left)
        if (
            opening and raw[opening.end() : opening.end() + 1] in ("、", "（") and opening.group() == "新"
        ):  # 新、改建
            break
        verb = at_start("increase", "decrease", "light").match(raw, left) if is_first else None
        if verb and (not opening or verb.end() > opening.end()):
            if change is None and change_of(verb.group()) and change_at is None:
                change, change_at = change_of(verb.group()), start + left
            is_first = False
            if verb.group() in _set("light") or change_of(verb.group()) == "increase":
                if (
                    verb.end() == len(raw)
                    or _COMPOUND_RE.match(raw, left)
                    or _is_bound(words, start + verb.end(), start + len(raw))
                    or not _begins_word(words, start + verb.end())
                ):
                    break
                left = verb.end()
                is_first = True  # 谋划启动
        elif opening and opening.end() <= len(raw) and _begins_word(words, start + opening.end()):
            left = opening.end()
        else:
            break
    for at, word, tag in words.between(start + left, start + len(raw)):
        inner = at + len(word) - start
        if (
            inner < len(raw) - 1
            and at > start + left
            and word in _set("inner")
            and tag == "v"
            and raw[at - start - 1] != "、"
            and raw[inner:] not in _BOUND
        ):
            left = inner
            if change_of(word):
                change, change_at = change or change_of(word), change_at or at
        elif word in ("将", "把", "使") and 2 < inner < len(raw) - 1:  # 中央决定将〔农民人均纯收入〕
            verb = at_start("light").match(raw, inner)
            if verb is None:
                left = inner
            elif verb.end() < len(
                raw
            ):  # 中央财政将安排〔科技支出〕; with no noun behind it the whole is the name
                left = verb.end()
        elif word in ("及", "以及") and inner < len(raw) and not is_parallel and not is_shared:
            left = inner
    for word in ("全年", "预计"):  # a heading that ran into its paragraph: 实力增强全年〔地区生产总值〕
        if (found := raw.rfind(word, left + 1)) >= 0 and len(raw) - found > 5:
            left = found + len(word)
    if (dated := raw.rfind("□", left)) >= 0 and len(raw) - dated > 3:
        left = dated + 1
    if (cut := _LAST_SUM_RE.search(raw, left)) and not raw[left : cut.start()].endswith(
        word_list("measure_heads")
    ):
        left = cut.end()
    if (whole := _WHOLE_RE.search(raw, left)) and whole.start() > left:
        leading = words.between(start + left, start + whole.start())
        if leading and leading[-1][2][0] in "vd":
            left = whole.start()
    if (limit := _LIMIT_RE.match(raw, left)) and limit.end() < len(raw):
        left = limit.end()
    if _YEARS_RE.fullmatch(raw, left):
        left = len(raw)
    while left < len(raw) and raw[left] in "、和及的 ，□了":
        left += 1
    raw = _DEMONSTRATIVE_RE.sub("", raw)
    return Before(start + left, start + len(raw), change, change_at, is_shared, is_parallel)


def is_level(raw: str) -> bool:
    """Say whether the clause ends in a verb that leads to a level: 提高到, 降至."""
    return raw.endswith(("到", "至", "为"))


def _is_bound(words: Words, start: int, end: int) -> bool:
    """Say whether what is left of a name cannot stand alone: 〔种植〕面积, 〔培训〕覆盖率."""
    rest = words.text[start:end]
    return rest in _BOUND or (rest.endswith("率") and len(words.between(start, end)) == 1)


def _begins_word(words: Words, at: int) -> bool:
    row = words.between(at - 1, at + 1)
    return len(row) != 1  # one word over both characters: the cut would split it
