"""The shape of a wording: is it a slogan at all, of which kind, and with which number.

Nothing here looks at the text around it; `quoted` and `bare` say where a wording may stand.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from pipeline.errors import NotANumberError
from pipeline.extract.slogans.words import known, never, one_of, word_class
from pipeline.lazy_re import lazy_re
from pipeline.numerals import chinese_digit

LONGEST = 24  # characters in a slogan; “大干十四五、五年翻一番” has 11

NUMERAL = r"(?:双|[一二两三四五六七八九十百千万]{1,4}|\d{1,2}(?![\d.·]))"
_HEAD = r"[^\W\d_一二两三四五六七八九十百千万双]"

# 一 and 两 that count nothing: 一体化管理, 和平统一, 四个一批, 两岸
_NOT_A_NUMERAL_RE = lazy_re(
    r"一体(?![两三四五六七八九])|一[致流批样起切定些直般贯并]|一方(?!案)|[统归唯第专]一|(?<!清)单一|(?<!结)合一|千方|百计|百姓|第[一二三四五六七八九十]{1,2}"
)
_GROUP_RE = lazy_re(rf"{NUMERAL}(?:个|大|项)?{_HEAD}{{1,8}}")  # 三创建, 一提升, 两个只增不减
_CLAUSE_RE = lazy_re(r"[、，,；;·\s]")
_FORMULA_RE = lazy_re(
    r"(?=.{0,20}[\d\u4e00-\u9fffN])[\dA-Za-z\u4e00-\u9fff、]{0,10}(?:[+＋][\dA-Za-z\u4e00-\u9fff]{0,10}){1,6}"
)  # 1+6+N, 互联网+督导, 思政+
_CODE_RE = lazy_re(
    rf"\d{{3,6}}|(?:1[3-9]|[2-9]\d)[·•]\d{{2}}|(?!(?:19|20)\d\d)\d{{3,6}}{one_of('slogan_noun')}{{1,2}}"
)  # 1530, 11258, 30·60, 1234发展思路; 3·15 is a day
_YEAR_RE = lazy_re(r"(?:19|20)\d\d")
_ROWS_RE = lazy_re(
    rf"[一二三四五六七八九]{{3,8}}|[十百千万]{{2,4}}(?:{_HEAD}{{2,8}})?|千百亿|百千亿|十百千亿"
)  # 三六八九, 十百千万, 百千万工程
# two numerals or three that name a programme: 八八战略; 八五 and the like are plans of five years
_ROW_NAMED_RE = lazy_re(
    r"(?!三八|六一|七一|九一)[一二三四五六七八九]{1,2}[一二三四六七八九](?:发展)?(?:战略|工程|计划|行动|行动计划|攻坚计划|扶贫攻坚计划)"
)
_TWO_COUNTS_RE = lazy_re(r"\d[名个户家所人位村].*\d[名个户家所人位村]")  # 1名党员联系5户群众
# 县级不少于3名、乡镇不少于2名 is a norm, and 30分钟通勤圈、1小时经济圈 are places; but 300米见绿、500米见园
_BOUND_RE = lazy_re(r"不(?:少|低|高|多)于|不超过|至少|\d(?:分钟|小时|公里)[^、，；]{0,6}圈")
_EACH_ONE_RE = lazy_re(r"(一[^一]).{0,4}\1")  # 建一所成一所: each one that …, no members
_PLAN_PERIOD_RE = lazy_re(
    r"(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?五(?:规划|计划|时期|期间)?"
)  # 十四五, 八五计划
_DISTRIBUTIVE_RE = lazy_re(rf"(?:一{_HEAD}{{1,4}}){{2,4}}")  # 一校一品一特
_DISTRIBUTIVE_PAIR_RE = lazy_re(
    rf"一(?:{one_of('distributive_base')}一{_HEAD}{{1,4}}|{_HEAD}{{1,4}}一{one_of('distributive_end')}\Z)"
)  # 一师一档案, 一厂一策
_DISTRIBUTIVE_ENDS_RE = lazy_re(
    rf"一{one_of('distributive_end')}一{one_of('distributive_end')}\Z"
)  # 一牛一标一档
_EACH_IN_FIGURES_RE = lazy_re(rf"(?:1{_HEAD}{{1,4}}){{2,4}}")
_ONE_FOR_MANY_RE = lazy_re(rf"一{_HEAD}{{1,3}}多{_HEAD}{{1,3}}")  # 一照多址, 一网多能
_EACH_AT_ONCE = frozenset({"一件事一次办", "一类事一站办"})
_EACH_WHOLE_RE = lazy_re(
    rf"一老一[小少幼]|一(?:乡镇?|镇|村|县|校|街道|社区){_HEAD}{{0,1}}一{_HEAD}{{5,9}}"
)  # 一老一小; 一乡镇一标准化寄宿制学校
_CENTRAL = frozenset("主核轴心")  # 一主一特: a plan of parts, not one for each
_DISTRIBUTIVE_END_RE = lazy_re(rf"一{one_of('distributive_end')}(?:一|\Z)")
_ENUMERATED_RE = lazy_re(
    rf"(?P<n>双|(?!二[^十])[一二两三四五六七八九十百千万]{{1,3}}|\d{{1,2}})(?P<measure>{one_of('measure_word')})?(?P<head>.{{1,14}})"
)  # 四个强化, 三方联动, 双减
_COUNT_RE = lazy_re(rf"(?!双){NUMERAL}(?:多|余|几)?{one_of('unit')}")  # 三年, 十五分钟, 第四期 …
_CONGRESS_RE = lazy_re(r"[二三]?十?[一二三四五六七八九十]大")  # 二十大
_GRADE_RE = lazy_re(r"\d[A-RT-Z](?:(?=[^\u4e00-\u9fff])|\Z|级|景区|信用|网络)")
_NAMED_HEAD_RE = lazy_re(_HEAD)
_SPOKEN_SUM_RE = lazy_re(r"[一二三四五六七八九]加[一二三四五六七八九](?:加[一二三四五六七八九N])?")  # 五加二
_ONE_WINDOW_RE = lazy_re(rf"一{one_of('one_window')}.{{0,3}}{one_of('one_window_end')}")  # 一网通办
_TAIL_RE = lazy_re(
    rf"[新老]?(?P<prefix>[\u4e00-\u9fff]{{0,6}}?)(?P<n>双?[两三四五六七八九十]{{1,2}}|双|\d{{1,2}})(?:{one_of('tail_head')}|个[一百])"
)  # 人才十条, 清四乱, 法律十进, 水50条
_RENEWED_RE = lazy_re(r"[新老](?P<rest>[两三四五六七八九双].{1,8})")  # 新三样, 老三篇, 新九通一平
_NAME_RE = lazy_re(one_of("name_start"))  # 八桂教学通, 三峡, 八一
_STARTS_RE = lazy_re(NUMERAL)
_SETTLED_RE = lazy_re(r"[一二两三四五六七八九十百千]")
_MEASURED_RE = lazy_re(rf"{NUMERAL}(?:个|大|项|类)")  # 四个…, 四大…, 三类500强
_MEASURED_GROUPS_RE = lazy_re(rf"(?:{NUMERAL}(?:个|大|项){_HEAD}{{2,8}}){{2,4}}")  # 两个确保一个不发生
_LARGE_RE = lazy_re(r"[百千万](?:企|村|园|校|店|镇|乡|县|城|项|名|户|人|家|馆|所|厂).{1,6}")  # 百企转型


@dataclass(frozen=True, slots=True)
class Shape:
    """What a wording is when it is a slogan: its kind, and the number of an enumerated one."""

    kind: str
    numeral: int | None = None


def number_of(text: str) -> int | None:
    """Return the value of a numeral, None for what is none."""
    try:
        return chinese_digit(text)
    except NotANumberError:
        return None


def groups(wording: str) -> list[str]:
    """Return the numeral groups of a wording, the 一 of 一体化 and 统一 not counted.

    >>> groups("三创建一提升一促进"), groups("一体化管理")
    (['三创建', '一提升', '一促进'], [])
    """
    masked = _NOT_A_NUMERAL_RE.sub(lambda m: "口" * len(m[0]), wording)
    return [m[0] for m in _GROUP_RE.finditer(masked)]


def is_distributive(wording: str) -> bool:
    """Say whether each A gets its B: 一校一品, 一师一档案; 一带一路 is a chain of another kind."""
    if wording[1:2] in _CENTRAL:
        return False
    if wording in _EACH_AT_ONCE or _EACH_WHOLE_RE.fullmatch(wording):
        return True
    if wording.count("一") > 2 and not _DISTRIBUTIVE_END_RE.search(wording):
        return False  # 一镇一梦一世界 names three places
    is_pair = _DISTRIBUTIVE_PAIR_RE.match(wording) or _DISTRIBUTIVE_ENDS_RE.search(wording)
    return bool(_DISTRIBUTIVE_RE.fullmatch(wording) and is_pair)


def _enumerated(wording: str) -> Shape | None:
    match = _ENUMERATED_RE.fullmatch(wording)
    if not match or _COUNT_RE.match(wording) or len(wording) > 14 or _CONGRESS_RE.fullmatch(wording):
        return None
    if not match["measure"] and match["n"] != "双" and not _NAMED_HEAD_RE.match(match["head"]):
        return None  # 4A级, 八七, 二次创业
    if _GRADE_RE.match(wording):
        return None  # 5G, 3D, 4A, 4A级旅游景区; 6S管理 counts
    numeral = number_of(match["n"])
    if numeral is None:
        return None
    if numeral == 1 and not _ONE_WINDOW_RE.fullmatch(wording):
        return None
    if not match["measure"] and match["n"][0] in "百千万" and not _LARGE_RE.fullmatch(wording):
        return None  # 百里画廊, 千年秀林; 百企转型 counts
    return Shape("enumerated", numeral)


def _clauses(wording: str) -> Shape | None:
    """Judge 双随机、一公开 or 只进一门、只到一窗: each clause holds a numeral, or 多 beside a numeral."""
    clauses = [c for c in _CLAUSE_RE.split(wording) if c]
    if _BOUND_RE.search(wording) or all(c.endswith(("一点", "一些")) for c in clauses):
        return None  # 政府补一点、企业让一点
    if len(clauses) < 2 or any(
        _TWO_COUNTS_RE.search(c) or (len(c) > 3 and c in never()) or len(c) > 10 or _EACH_ONE_RE.search(c)
        for c in clauses
    ):
        return None
    if all(is_distributive(c) for c in clauses):
        return Shape("distributive")
    counted = [bool(groups(c) or _PLAN_PERIOD_RE.search(c[-3:])) for c in clauses]
    if any(counted) and all(has or c.startswith("多") for has, c in zip(counted, clauses, strict=True)):
        return Shape("compound")
    return None


@functools.lru_cache(maxsize=8192)  # the same few hundred wordings come again in every document
def classify(wording: str) -> Shape | None:
    """Return the shape of a wording that stands in quotes, or None when it is no slogan.

    >>> classify("两个只增不减"), classify("三创建一提升一促进")
    (Shape(kind='enumerated', numeral=2), Shape(kind='compound', numeral=None))
    >>> classify("一师一档案"), classify("1+6+N")
    (Shape(kind='distributive', numeral=None), Shape(kind='formula', numeral=None))
    >>> [classify(w) for w in ("三年行动计划", "十四五", "一刀切", "12个片区", "两会", "县管校聘")][:3]
    [None, None, None]
    """
    return _shape_of(wording) or (_settled(wording) if wording in known() else None)


def _shape_of(wording: str) -> Shape | None:
    if not 2 <= len(wording) <= LONGEST or wording in never() or _PLAN_PERIOD_RE.fullmatch(wording):
        return None
    if wording[-1] in "+＋" and (shape := classify(wording[:-1])) and shape.kind == "enumerated":
        return shape  # 三名+
    if "+" in wording or "＋" in wording:
        return Shape("formula") if _FORMULA_RE.fullmatch(wording.replace(" ", "")) else None  # 5 + 2
    if _SPOKEN_SUM_RE.fullmatch(wording):
        return Shape("formula")
    if _CODE_RE.fullmatch(wording):
        return None if _YEAR_RE.fullmatch(wording) or len(wording) == 3 else Shape("formula")
    if _ROWS_RE.fullmatch(wording):
        return Shape("compound" if wording[0] in "十百千万" else "formula")  # 十百千万, 千万工程; 三六八九
    if _ROW_NAMED_RE.fullmatch(wording) and not _NAME_RE.match(wording):
        return Shape("formula")
    if _CLAUSE_RE.search(wording):
        return _clauses(wording)
    if wording[0] == "1" and _EACH_IN_FIGURES_RE.fullmatch(wording):
        wording = wording.replace("1", "一")  # 1村1品
    if is_distributive(wording) or _ONE_FOR_MANY_RE.fullmatch(wording):
        return Shape("distributive")
    if renewed := _RENEWED_RE.fullmatch(wording):
        return classify(renewed["rest"])
    measured = _MEASURED_RE.match(wording) and not _MEASURED_GROUPS_RE.fullmatch(wording)
    if len(groups(wording)) >= 2 and not measured and not _COUNT_RE.match(wording):
        starts = _STARTS_RE.match(wording)
        return Shape("compound") if starts and len(wording) <= 16 else None
    if _STARTS_RE.match(wording):
        return None if _NAME_RE.match(wording) else _enumerated(wording)
    if match := _TAIL_RE.fullmatch(wording):
        numeral = number_of(match["n"].lstrip("双") or "双")
        return Shape("enumerated", numeral) if "第" not in match["prefix"] else None
    return None


def _settled(wording: str) -> Shape:
    """The shape of a settled slogan whose numeral stands behind its verb: 约法三章, 收支两条线, 一包四."""
    numerals = _SETTLED_RE.findall(wording)
    return Shape("enumerated", number_of(numerals[0])) if len(numerals) == 1 else Shape("compound")


def is_weak(wording: str) -> bool:
    """Say whether a wording is a slogan only where quotes make it one: 六个方面, 三个问题."""
    return wording.endswith(_weak_heads())


@functools.cache
def _weak_heads() -> tuple[str, ...]:
    return tuple(word_class("weak_head"))
