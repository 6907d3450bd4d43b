"""The object of a measure's verb as worded, without the counts that trail behind it."""

from __future__ import annotations

from pipeline.extract.measures.clauses import AMOUNT_TAGS, Unit, joined_text
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE, Lexicon
from pipeline.lazy_re import lazy_re
from pipeline.numerals import one_of, units

NO_COUNTS = frozenset({"share", "points", "multiple", "score", "rate"})
_COUNTED = (
    r"(?:等?(?:各|共|近|约|超|达|累计|总计|共计|至少)?\s?[\d.]{1,12}(?:[-—–~～至]{1,2}[\d.]{1,12})?(?:余|多)?\s?[万亿]?(?:余|多)?\s?"
    rf"(?:个?{one_of(name for name, unit in units().items() if unit.kind not in NO_COUNTS)})(?:以上|左右|以内)?"
    r"|各[一1二2三3两][所个项名家]|(?<=[\u4e00-\u9fff])(?<![第统之百千零万一二两三四五六七八九十])[一二两三四五六七八九十]{1,3}[所座处条栋间台辆轮次场个家名套项支根口盏](?:以上|左右|以内)?)"
)
COUNT_ENDS = frozenset("上右内所个项名家座处条栋间台辆轮次场套支根口盏）").union(
    name[-1] for name in units()
)  # the last characters of what COUNT_RE finds
COUNT_RE = lazy_re(
    rf"{_COUNTED}(?:（[一-鿿]{{1,2}}）)?(?:[、，]?{_COUNTED}){{0,3}}$"
)  # 小规模学校25所, 乡村道路51条、164.3公里
COMPARED_RE = lazy_re(
    r"(?:每(?:[周天日月年]|学[期年]))?(?:不(?:低于|少于|超过|高于|多于)|达到?|超过?|突破|控制在|稳定在|保持在|(?:提高|增加|扩大|降低|压减|[增减升降缩])?[到至])$"
)
# without one of these or of those at the end no count is left off
COUNTED_RE = lazy_re(r"[\d.各等、 ]")
COUNTED_ENDS = frozenset("所座处条栋间台辆轮次场个家名套项支根口盏上右内")
SHARE_RE = lazy_re(
    r"(?<=[\u4e00-\u9fff])(?<![的率度例重比])[\d.]{1,5}%(?:以上|左右)?$"
)  # 压减一般性支出5%以上
LISTED_RE = lazy_re(r"(?:\d[^、和及]{0,8}|[一-鿿][一二两三四五六七八九十][所座处条栋个家名套项支])[、和及]")
ALIKE = frozenset(
    ["平等", "均等", "同等", "对等", "相等", "高等", "中等", "初等"]
)  # words whose 等 ends no list
TIMES_RE = lazy_re(
    r"^(?:至少)?(?:\d{1,3}|[一两二三四五六七八九十])次(?!性|过关|通过|成功|成型)(?=[\u4e00-\u9fff]{2})"
)  # 每3年修订1次教材
FOOTNOTE_RE = lazy_re(r"(?:(?<=”)\d{1,2}|\[\d{1,2}\]|【\d{1,2}】)$")  # “三项制度”23
INNER_NOTE_RE = lazy_re(r"(?<=”)(?:\[\d{1,2}\]|【\d{1,2}】)")
FOOTNOTE_ENDS = frozenset("0123456789]】")
ASIDE_RE = lazy_re(
    r"（(?:即|如|含|包括|不含|原|详?见|参见|附|以下简称|简称|下同|其中|责任|牵头|配合)[^（）]{0,80}）$|（[^（）]{0,40}(?:均|都|全部|已)[为列纳属由系是][^（）]{1,40}）$|（[^（）]{0,80}[、：；][^（）]{0,80}）$"
    r"|（[^（）]{2,60}(?:负责|牵头|配合|参与|落实)）$"
)  # 方式（师德承诺制、…）, 管网改造（责任单位：县住建局）
SPENT_ON = frozenset(["在", "对", "为", "从", "向", "给"])
FUNDS = frozenset(["资金", "经费", "专款"])
MEANS = frozenset(["资金", "经费", "专项资金", "力量", "警力", "人力"])
HANDLED = frozenset(
    ["使用", "拨付", "分配", "支付", "管理", "监管", "筹集", "筹措", "统筹"]
)  # 加强|资金使用监管
HOW_OFTEN_RE = lazy_re(
    r"(?:至少|最少)?(?:[\d.]{1,6}余?多?|[一两二三四五六七八九十]{1,3})(?:次|轮|遍|场次|节|年|个月|天|小时)(?:以上|左右)?"
)  # 巡查|1次
WAYS_OF_ACTING = frozenset([
    "年度", "季度", "专项", "集中", "全面", "综合", "重点", "统一", "系统", "联合", "中期", "定期", "现场", "跟踪",
])  # fmt: skip
POSTED = ("任", "担任", "兼任")
SAYING = frozenset(["明确", "提出", "要求", "指出", "强调", "规定"])
# words that begin the next verb in line; the others do so only before a verb or an adverb
SERIAL_ALWAYS = frozenset(["进行", "予以", "进而", "从而", "以便", "用于", "促"])
LIGHT = frozenset(["进行", "予以", "加以"])
SEEN_TO = frozenset(["做好", "抓好"])  # whatever they are about: the next deed in a row
SERIAL_WORDS = SERIAL_ALWAYS | SEEN_TO | {"并", "来", "以", "或者"}
SERIAL_RE = lazy_re("|".join(["、", *sorted(SERIAL_WORDS)]))
SERIAL_SLOGAN_RE = lazy_re(
    r"^(?P<object>[\u4e00-\u9fff]{2,4}?)[促保强提惠稳优解塑树拓求防带兴抓聚破激][\u4e00-\u9fff]{2}$"
)  # 资源促均衡
SERIAL_SLOGAN = range(5, 8)  # of its characters


def _sum_spent(units: list[Unit], words: Lexicon) -> int:
    """Where a sum ends that is spent on what stands behind it: 10万元|在…, 资金500万元|对…, 58亿元财政资金|保障…; 0 for none."""
    at = next((n for n, u in enumerate(units[:4]) if u.text[-1] == "元"), len(units)) + 1
    if at >= len(units):
        return 0
    if units[at].text in SPENT_ON:
        return at
    for n in range(at, min(at + 4, len(units) - 1)):
        if units[n].text[-2:] in FUNDS:
            behind = units[n + 1]
            return n + 1 if behind.tag[:1] == "v" and words.acts(behind.text) else 0
        if units[n].tag[:1] not in "nb":
            return 0
    return 0


def plain_object(units: list[Unit], words: Lexicon, *, is_governed: bool = False) -> str:
    """Return the object among the units behind a verb: up to the next verb in line, trailing counts off.

    What a governed subject does belongs to it whole: 引导〔教师对学习情况进行评价〕.
    """
    size = end = len(units)
    if units and units[0].tag == "m":
        amount = next((n for n, u in enumerate(units) if u.tag not in AMOUNT_TAGS), end)
        if 0 < amount < end and words.acts(units[amount].text) and units[amount - 1].text.endswith("元"):
            return joined_text(units[:amount])  # 投资9.9亿元实施…
    if size > 2 and "m" in (units[0].tag, units[1].tag) and (spent := _sum_spent(units, words)):
        return joined_text(units[:spent])  # 投入10万元|在…开展, 安排58亿元财政资金|保障…
    is_spent = size > 2 and units[0].text in MEANS and words.acts(units[1].text) and units[1].tag == "v"
    if is_spent and units[1].text not in HANDLED:
        return units[0].text  # 投入资金开展…
    if size > 3 and "资金" in (units[0].text[-2:], units[1].text[-2:]):
        for n in range(2, size - 1):
            if units[n].text[-1] == "元" and units[n + 1].tag[0] == "v" and words.acts(units[n + 1].text):
                end = n + 1  # 安排专项资金500万元|支持…
                break
    said = size > 1 and units[0].text.startswith("《") and units[1].text in SAYING
    if said and not (size > 2 and units[2].text == "的"):  # 执行〔《办法》规定的标准〕
        return units[0].text  # 印发《…方案》明确，…
    if units and units[0].tag == "m":  # 选派8名干部|任第一书记
        end = next((n for n, u in enumerate(units) if u.tag == "v" and u.text.startswith(POSTED)), end)
    thing = joined_text(units[:end])
    if SERIAL_RE.search(thing):
        end = _end_before_serial(units, end, words, is_governed=is_governed)
        thing = joined_text(units[:end])
    if size > 2 and units[0].text in ("和", "并", "了") and not words.acts(units[0].text):
        verb = next((n for n, u in enumerate(units) if words.acts(u.text)), 0)
        return plain_object(units[verb + 1 :], words)
    if size > 2 and units[0].text in ("或", "或者"):  # 收取|或|变相|收取|费用
        verb = next((n for n, u in enumerate(units[1:3], start=1) if words.acts(u.text)), size)
        if verb + 1 < size and not words.acts(units[verb + 1].text):
            return plain_object(units[verb + 1 :], words)
    if thing[-1:] in FOOTNOTE_ENDS:
        thing = FOOTNOTE_RE.sub("", thing)
    if "”[" in thing or "”【" in thing:
        thing = INNER_NOTE_RE.sub("", thing)  # “四个不摘”〔[35]〕要求
    thing = thing.strip("、 ")
    if "次" in thing:
        thing = TIMES_RE.sub("", thing) or thing
    if thing[-2:] == "备查":
        thing = thing[:-2] or thing  # 留存证明资料|备查
    slogan = SERIAL_SLOGAN_RE.match(thing) if len(thing) in SERIAL_SLOGAN else None
    if slogan and any(
        u.start - units[0].start == slogan.end("object") and len(u.text) == 1 for u in units[1:]
    ):
        return slogan["object"]
    if thing.endswith("）"):
        shorter = ASIDE_RE.sub("", thing)
        thing = shorter if len(shorter) >= 2 else thing
    if thing[-1:] in COUNTED_ENDS or COUNTED_RE.search(thing):
        shorter = COUNT_RE.sub("", thing) if thing[-1] in COUNT_ENDS else thing
        if shorter[-2:] not in ALIKE:
            shorter = shorter.rstrip("、 等")
        if "%" in thing[-3:] and not is_governed:
            shorter = SHARE_RE.sub("", thing)
        if len(shorter) >= 2 and not LISTED_RE.search(shorter):
            is_bound = is_governed and COMPARED_RE.search(shorter)  # 确保学生每天锻炼不少于1小时
            if len(shorter) < len(thing) and not is_bound:
                thing = COMPARED_RE.sub("", shorter) or shorter
    return thing


def _end_before_serial(units: list[Unit], end: int, words: Lexicon, *, is_governed: bool) -> int:
    """The index of the word before `end` that begins the next verb in line, or how the deed is done; `end` without one."""
    size = len(units)
    for n, unit in enumerate(units[1:end], start=1):
        if unit.text == "、" and 2 <= size - n <= 3 and _is_way(units[n + 1 :], units[:n], words):
            return n  # 建立台账|、限期复耕
        if unit.text not in SERIAL_WORDS or n + 1 == size:
            continue
        if unit.text in SEEN_TO:
            told = not is_governed and units[n - 1].tag[:1] == "n" and "的" not in [u.text for u in units[n:]]
            if told and n + 1 < size:
                return n  # 拓展思路|做好融资工作
            continue
        if unit.text in SERIAL_ALWAYS:
            if unit.text == "促" and (units[n - 1].tag[:1] == "q" or units[n - 1].text == "、"):
                continue  # 系列|促|消费|活动, 稳|增长|、|促|改革|工作
            is_light = unit.text in LIGHT
            if is_light and units[0].text == "对":
                continue  # 探索〔对存量债务进行重组〕
            if not is_light or not (is_governed or "的" in [u.text for u in units[n:]]):
                return n
            continue
        goes_on = unit.text != "或者" or not any(u.text == "的" for u in units[n:])
        if goes_on and units[n - 1].text not in ("和", "、", "与") and _begins_verb(units[n + 1], words):
            return n
    return end


def _begins_verb(unit: Unit, words: Lexicon) -> bool:
    known = words.known.get(unit.text, NOTHING)
    return known.acts or unit.tag == "d" or "result" in known.kinds or "adverb" in known.classes


def _is_way(ways: list[Unit], things: list[Unit], words: Lexicon) -> bool:
    """Whether how it is done follows the things behind a 、: 工期、|挂图作战, 台账、|限期复耕."""
    hurries = len(ways) == 2 and ways[0].tag == "d" and ways[1].tag == "v"  # 机遇、|奋力|赶超
    if not (hurries or words.acts(ways[-1].text)) or any(_begins_verb(thing, words) for thing in things):
        return False
    if (
        not words.known.get(ways[-1].text, NOTHING).kinds.isdisjoint(NOUNLIKE | {"means"})
        or ways[0].text[-1] in "化式性"
    ):
        return False  # 专业化、规模化发展, 资源集约、高效利用
    if len(ways) == 1:
        return len(ways[0].text) == 4
    return not words.acts(ways[0].text) and "adverb" in words.known.get(ways[0].text, NOTHING).classes


def _is_action(unit: Unit, words: Lexicon) -> bool:
    return words.acts(unit.text) and unit.text not in words.words["adverb"] and len(unit.text) == 2


def light_object(units: list[Unit], words: Lexicon, patient: str) -> tuple[str, str]:
    """Return (verb, object) behind a light verb: 对教师进行培训 acts by 培训, 专题辅导1次 is the object of 进行."""
    if not units:
        return "", ""
    thing = plain_object(units, words)
    last = units[-1].text
    if not words.acts(last):
        way, act = last[:2], last[2:]
        is_way = way in WAYS_OF_ACTING or (units[0].tag == "m" and len(last) == len("安全检查"))
        if patient and is_way and words.acts(act):
            return act, ""  # 对户外广告进行专项整治
        return "", thing
    manner = all(u.text in words.words["adverb"] or u.text.endswith(("式", "化")) for u in units[:-1])
    if not manner and not patient:
        return "", thing
    joint = next((n for n, u in enumerate(units) if u.text in ("和", "与", "及")), 0)
    if (
        2 <= joint < len(units) - 2
        and _is_action(units[joint - 1], words)
        and not _is_action(units[joint - 2], words)
    ):
        return units[joint - 1].text, ""  # 进行具体部署和任务分解
    first = len(units) - 1
    while (
        first >= 2 and units[first - 1].text in ("和", "、", "与", "并") and words.acts(units[first - 2].text)
    ):
        first -= 2  # 进行监测和评估
    if first == len(units) - 1 and first >= 1 and _is_action(units[first - 1], words):
        first -= 1  # 进行安排部署
    return joined_text(units[first:]), ""
