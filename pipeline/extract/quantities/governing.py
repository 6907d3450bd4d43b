"""What stands before an amount, stripped to its core: the indicator, the verb of change, the marks of a list."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.quantities.actors import cut_actor
from pipeline.extract.quantities.cuts import cut_inside, cut_subject, cut_to_core
from pipeline.extract.quantities.front import Front
from pipeline.extract.quantities.openings import strip_opening
from pipeline.extract.quantities.words import ends_with
from pipeline.lazy_re import lazy_re
from pipeline.tagged import TaggedText

_LEVELS = r"上年|去年|前年|上一年|同期|年初|上月|全国|全省|全市|计划|□{2,9}"
_LEVEL_TAIL = r"(?:同期|年末|年底|末|底|的|平均|水平|时)"
_COMPARED_RE = lazy_re(
    r"(?:[与和同][^，。；、与和同]{2,16}相比|[比较][一-鿿]{2,6}前|实际|名义|同比|环比|可比|同期"
    rf"|(?:(?<![占贷可])比(?![例重率武拼选学赛]|缩小|扩大|降低|下降|提高|上升|优化|调整|控制|保持|稳定)|较|相当于|高于|(?<![不得应能])低于|快于)(?:{_LEVELS}|[^，、；。]{{1,10}}){_LEVEL_TAIL}*"
    r"|(?<=..)[比较]□{4,8}[^，、；。□\d]{2,12}(?:收入|支出|产值|总值|[数额值量])"  # 比2020年调整预算收入
    r"|(?:达到?|相当于|是|为)?[“”■□]{2,12}(?:期?末|年底|年末)?的(?=$)"
    rf"|[是为](?:(?:{_LEVELS}){_LEVEL_TAIL}*|[^，、；。]{{1,10}}{_LEVEL_TAIL}+)"
    r"|分别|平均|年均|按[一-鿿\d□■]{2,10}(?:计算|测算|核算)|按?(?:可比|不变)价格?|可比口径|口径)+$"
)  # 同比, 比上年同期分别, 是2005年的
RAISED_AS = r"[提上下降增减扩缩调][升高降低加少大小短整]为"  # 由46%〔提升为〕52%
_LEVEL_RE = lazy_re(rf"(?P<parallel>分别)?(?:[一-鿿]{{2}}[到至]了?|{RAISED_AS})")  # 由6.1平方公里〔拓展到〕
_LIST_LEAD_RE = lazy_re(
    r"(?:\d{1,2}[.、．])?[^，。；]{1,24}[\]】”][:：]?(?:是)?指(?![标导])|[一二三四五六七八九十]{1,2}[是要]|[一二三四五六七八九十]{1,3}、(?=请)|\d{1,2}[、.．)）]\s?|[（(][一二三四五六七八九十\d]{1,3}[)）]"
)  # 二是取消…收费35项, 19.[六个百分之百]指施工现场围挡率
# 教育经费支出〔五年〕累计, 粮食产量〔连续6年〕稳定在
_SPAN_RE = lazy_re(
    r"(?<=[一-鿿]{3})(?:由?[前后近这]?[一二三四五六七八九十两]{1,2}|已?连续\s?[\d一二三四五六七八九十两]{1,2}\s?)年$"
)
_DATE_END_RE = lazy_re(r"(?<=[一-鿿]{4})(?<![到至在前于])□{2,12}(?:年?[底末])?$")  # 国内生产总值〔2003年〕达
_YEAR_END_RE = lazy_re(r"(?<=[一-鿿]{4})[在到至去上]?年[底末]$")  # 国家外汇储备〔年底〕达到
_BORNE_RE = lazy_re(r"(?<=..)由[^，。；、]{2,12}(?:承担|负担|解决|补助|补贴)$")  # 展位费〔由县里承担〕七成
_DUE_IN_RE = lazy_re(r"(?<=..)(?:到|至)\s?(?:□{2,14})(?:底|末|年底|年末)?$")  # 人口〔到2030年〕要控制在
_ORIGIN_RE = lazy_re(r"(?<=..)(?:从(?![业事军])|由(?!于))[^，。；、]{2,8}$")  # 开办时间〔从一个月以上〕压缩到
_BASE_RE = lazy_re(
    r"(?:[在于]?(?:□{2,14}|上年|去年|前一年|原有|现有|原来)的?|(?:^|(?<=..))[在于][^，。；、]{2,14})基础上$"
)
# 外贸进出口〔在复杂形势下〕增长12%
CASES = "情况|背景|形势|前提|条件|环境|压力|影响|基数|冲击"
_CASE_RE = lazy_re(rf"(?<=..)在[^，。；、]{{2,24}}(?:{CASES})之?下$")
_DUE_END_RE = lazy_re(
    r"(?<=[^□]{2})(?:□{2,14}|年|[月季]底|年底)(?:底|末)?之?前(?:全部)?$"
)  # 欠款〔年底前〕清零
_SHARED = frozenset({"均", "各", "均为", "均达", "均达到", "均超过", "都达到", "都", "全部达到"})
_ADVERBIAL = frozenset("共已拟将")
_GROWTHS = frozenset({"增速", "增幅"})  # 财政收入〔增速达〕5.6%
_MORE_THAN_RE = lazy_re(r"[比较][^，。；、]{2,12}多$")
# what may be left in front of an amount and names nothing: 两个文件〔中〕各十条措施, 从53%〔大幅〕提升至97%
_NO_NAME = frozenset(["中", "大幅", "大幅度", "显著", "明显", "进一步"])
_HALF_WORDS = frozenset("为后时等计以由居在有约")
# what a budget or a plan sets aside: 一般公共预算支出〔安排〕, 粮食播种面积〔安排〕; of 县财政安排 the name is elsewhere
_ALLOTTED_RE = lazy_re(
    r"(?<=支出|收入|预算|资金|经费|投资|面积|赤字|规模|总额|总量|产量|债券|指标|任务|基金|补助|比例)(?:初步|预期|拟|共|总)?安排$"
)
_MODAL_RE = lazy_re(
    r"(?<![主需重纪摘简提概必])要$|(?<![许认])可$|(?<=..)(?:必须|应当|[必须]|(?<![供对反适响效相感呼顺内])应)$|(?<=..)(?:最[长高多低少短]|至少|年内|(?<=[率量额值产入平重])计划|一般|通常|大致|大体|原则上|大约|严格|始终|长期|常年|(?<!社会)稳定|却|全部)$|(?<![比较])(?:今年|去年)(?:再|继续)?$"
    r"|(?<=..)(?:继续|稳步|(?<!可)持续|逐年|进一步|大幅度?|显著|明显|(?<=[率量额值入])全年|、全年)$"
)  # 排放量〔要〕下降2%, 基本养老金〔今年再〕提高10%
_MODAL_ENDS = frozenset(
    "要可须当必应长高多低少短内划般常致体上约格终期年定再续步幅度著显却部\n"
)  # how what it matches ends


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before an amount: the noun phrase, the change verb that governs it, marks of a list."""

    start: int
    end: int
    change: str | None
    change_at: int | None
    is_shared: bool  # 均达到95%以上, 各1小时: every name has this amount
    is_parallel: bool  # 分别完成7.3亿元、1.4亿元: each name has its own


def words_before(words: TaggedText, line: str, offset: int, start: int, end: int) -> Before:
    """Return what governs an amount from the left, `start` being where its clause begins.

    `line` is the blanked sentence beginning at `offset`.
    """
    front = Front(words, start, line[start - offset : end - offset])
    if lead := _LIST_LEAD_RE.match(front.raw):
        front.start, front.raw = start + lead.end(), front.raw[lead.end() :]
    _strip_end(front)
    strip_opening(front)
    if front.raw[front.left + 5 :]:  # no shorter words hold a body, a deed and its object
        cut_actor(front)
    opened = front.left
    cut_subject(front)
    cut_inside(front)
    cut_to_core(front)
    if front.left > opened and front.raw[front.left : front.left + 1] in _ADVERBIAL:
        strip_opening(front)  # 青海省2009年|共投入资金
    rest = front.raw[front.left :]
    if "”" in rest and "“" not in rest:
        _keep_quotation(front)
    return Before(
        front.start + front.left,
        front.start + len(front.raw),
        front.change,
        front.change_at,
        front.is_shared,
        front.is_parallel,
    )


def _keep_quotation(front: Front) -> None:
    """Begin a name that was cut inside of a quotation where that begins: 〔“我为群众办实事”事项〕."""
    opening = front.raw.rfind("“", 0, front.left)
    if opening >= 0 and "”" not in front.raw[opening : front.left]:
        front.left = opening


def _strip_end(front: Front) -> None:
    """Strip the verb that leads to the number and what it is compared with: 生产总值〔同比分别增长〕."""
    raw, is_to_level = front.raw.rstrip(" “”"), False
    if raw[-1:] in _MODAL_ENDS:
        raw = _MODAL_RE.sub("", raw)
    is_level_reached = False
    while raw:
        if raw[-2:] == "至少":
            raw = raw[:-2].rstrip()  # 至少〔有〕1名: a bound, nothing less
            continue
        word = ends_with(raw, "reached", "increase", "decrease")
        if match := _LEVEL_RE.fullmatch(raw):
            raw = ""
            front.is_parallel = front.is_parallel or match["parallel"] is not None
        elif word:
            at = len(raw) - len(word)
            if word[:2] == "平均" and raw.endswith("水", 0, at):
                word, at = word[1:], at + 1  # 健康素养水平|均达到
            if word in _HALF_WORDS and not front.begins_word(at):  # 制止违规行〔为〕
                break
            if word[:2] in _GROWTHS:
                if front.change or raw.endswith("经济", 0, at):
                    raw = raw[: at + 2]  # 〔财政收入增速〕提高1个百分点, 〔经济增速〕
                    break
                front.turn("增长", at)
            elif not is_to_level and not _is_level(raw):
                front.turn(word, at)
            is_to_level = word in ("到", "至")
            is_level_reached = is_level_reached or word[-1] in "到至"
            front.is_shared = front.is_shared or word in _SHARED
            front.is_parallel = front.is_parallel or word.startswith("分别")
            raw = raw[:at].rstrip(" “”")
        elif raw[-1] == "多" and _MORE_THAN_RE.search(raw[-24:]):
            front.turn("增加", len(raw) - 1)  # 比去年同期〔多〕32名
            raw = raw[:-1]
        elif compared := _COMPARED_RE.search(raw[-24:]):
            front.is_parallel = front.is_parallel or "分别" in compared.group()
            raw = raw[: len(raw) - len(compared.group())].rstrip(" “”")
        elif raw[-2:] == "安排" and (allotted := _ALLOTTED_RE.search(raw[-12:])):
            raw = raw[: len(raw) - len(allotted.group())]  # 一般公共预算支出〔安排〕35亿元
        elif raw[-1] in _MODAL_ENDS and (led := _MODAL_RE.sub("", raw)) != raw:
            raw = led.rstrip()  # 排放量都〔要〕下降2%
        else:
            break
    if raw[-1:] in _MODAL_ENDS:
        raw = _MODAL_RE.sub("", raw)
    if "由" in raw:
        raw = _BORNE_RE.sub("", raw)
    if raw[-3:] == "基础上":
        raw = _BASE_RE.sub("", raw)
    if raw[-1:] == "下":
        raw = _CASE_RE.sub("", raw)
    if raw[-1:] == "前" or raw[-3:] == "前全部":
        raw = _DUE_END_RE.sub("", raw)
    if raw[-1:] == "年":
        raw = _SPAN_RE.sub("", raw)
    if raw[-1:] in ("□", "底", "末"):
        raw = _YEAR_END_RE.sub("", _DUE_IN_RE.sub("", _DATE_END_RE.sub("", raw)))
    if is_level_reached and (origin := _ORIGIN_RE.search(raw)):
        raw = raw[: origin.start()]
    front.raw = "" if raw in _NO_NAME else raw


def _is_level(raw: str) -> bool:
    """Say whether the clause ends in a verb that leads to a level: 提高到, 降至."""
    return raw.endswith(("到", "至", "为"))
