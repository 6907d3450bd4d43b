"""Amounts that state no quantity of their own: parts of words, limits of a class, parts of a name, spans of time."""

from __future__ import annotations

import functools
import re

from pipeline.extract.quantities.amounts import MAGNITUDES, Found
from pipeline.extract.quantities.per import PER_RE
from pipeline.extract.quantities.words import whole_word, word_list
from pipeline.lazy_re import compiled_once, lazy_re
from pipeline.numerals import one_of
from pipeline.tagged import TaggedText

_CLASS_COUNTED_RE = lazy_re(
    r"(?:以上|以下|及以上)(?!”)(?:(?:的)?(?![或和及并且])[^\d，。；、]{1,14}[\d一二两三四五六七八九十]|(?=\d))"
)
_REACHED_CLASS_RE = lazy_re(
    r"的[^\d，。；、的]{0,8}?(?:达到?|有|共)?\s?\d{1,6}\s?[个户家人所名]"
)  # 集体经济收入达到100万元〔的村2个〕
_GIVEN = ("申请", "给予", "提供", "发放", "享受", "获得", "申请到", "予以")
_REACHED = ("达到", "达", "满", "不足", "低于", "高于")
_CLASS_RE = lazy_re(r"(?:以上|以下)?(?:企业|项目|工程|产业|乡镇|单位|村|户|大户)")
_BIG_CLASS_RE = lazy_re(r"的?[^，。；、\d的]{0,6}(?:项目|企业|工程|园区|产业|集群)")  # 投资超千万元的项目
_SIZE_CLASS_RE = lazy_re(
    r"以上(?:的)?(?:超?大班额|大班|自然村|自然屯|村组|村民小组|集中居住点|易地搬迁点)"
)  # 56人以上大班额
_RATINGS = frozenset(
    {"千伏", "伏", "kV", "kVA", "GW", "MW", "kW", "KW", "兆伏", "英寸", "马力", "蒸吨"}
)  # 110千伏变电站, 5GW光伏, 8英寸晶圆
_WITH_IT_RE = lazy_re(r"[（(]不?含$")
_NONE = ("无", "没有", "未发生", "未出现", "未有")
_SIGNS = ("×", "÷", "*")
_RANKED = frozenset({"位", "名", "强"})
_ONE_OF_RE = lazy_re(r"[^，。；、\d]{1,20}?(?<!分)之一(?![百千万亿二三四五六七八九十])")
_EVER_SINCE_RE = lazy_re(r"以来|来[，、]")
_SET_ABOVE_RE = lazy_re(
    r"(?:超过|高于|优于|好于|低于|达到|完成)了?(?:国家|[省市县区州]|上级|年度|年初|全国|全省|全市)(?:[规既核]?定|下达|确定|要求|平均)?的?$"
)
_AIM_RE = lazy_re(r"的(?:年度|约束性|既定|控制|平均)?(?:目标|任务|标准|要求|指标|水平|控制线|红线)")
_CIRCLE_RE = lazy_re(r"[^，。；、]{1,10}圈")  # 15分钟〔便民生活圈〕
DUTIES = "值班值守|值班|值守|带班|轮守|巡[查逻护]|监[控测]|待命|备勤|在岗"  # what goes on all day long
_SAMPLE_RE = lazy_re(r"[^，。；]{0,10}抽样")  # 5‰人口变动抽样调查
SORTS = frozenset({"种", "类", "级", "档", "等", "部分", "个等级", "个档次", "个部分", "个类别"})
_SORTED_RE = lazy_re(r"分[为成][^，。；]{2,40}$")  # 号牌分为汽车号牌和摩托车号牌〔两种〕
_BOUNDED_RE = lazy_re(
    r"(?P<what>[一-鿿]{2,10}?)(?:首次)?(?:不低于|不少于|在|达到?|超过?|突破|不足|低于|高于|满)?$"
)
# what those have whom a rule is for: 〔存栏能繁母猪〕20头以上（含20头）的养殖场
HELD_THING_RE = lazy_re(r"(?:存栏|出栏|拥有|持有|流转|招用|吸纳|种植|养殖)[一-鿿、]{0,10}$|专利$")
_WHOSE_RE = lazy_re(
    r"(?:（含[^（）]{0,6}）)?的[^，。；、\d“”的]{0,8}(?=[，。；：、]|$|应|须|可|给予|按|由|在|享)"
)
_RECKONED_RE = lazy_re(r"(?:的?(?:规模|标准|基数))?(?:予以|进行)?(?:核[定算拨]|计算|测算|拨付|补足)")
_SPANS = frozenset({"年", "天", "日", "周"})
TERMS = frozenset({"年", "周年", "学年"})  # 工作满6年
AGES = frozenset({"岁", "周岁"})
_LONG_TIMES = frozenset(
    {"年", "周年", "岁", "周岁", "周", "季度", "学年", "学期", "个学期", "个季度", "星期", "日"}
)
_GREAT_THING_RE = lazy_re(
    r"[^，。；、\d“”的]{0,6}?(?:产业|园区|基地|企业|集团|煤矿|片区|区域|协会|网络|平台|公园|品牌|市场|商圈|中心|联络处|流域|电站|园|库)"
    r"(?![^，。；！\[]{0,20}\d|集群|化|集聚|[工项]|链)"
)
_HELD_RE = lazy_re(r"担任|任[^务期]{0,6}[长师员]$|(?:经历|经验|合同|协议|资历)$")  # 3年以上〔劳动合同〕
_PAIRED_RE = lazy_re(r"[\d一二两三四五六七八九多]")
_VERY_RE = lazy_re(r"(?![的之以及为至制])[一-鿿]{2}")
_SPLIT_DECIMAL_RE = lazy_re(r"\d\.\d{1,3} $")  # 10.1 7亿元
_HEADLESS = ("其中", "，", "、", "；", "有")  # 其中〔超亿元的〕12家
KEPT = ("留存", "保存", "保管", "存档")
_LOST_NUMBER_RE = lazy_re(r"[万亿]{1,2}元(?!大关|以上|左右|级|俱乐部)")
_LOST_BEHIND = frozenset("达到为成收入资 ")
# what makes a word with a numeral that counts nothing: 二期, 四面, 八方, 三伏
_WORDLIKE = frozenset({"期", "面", "方", "度", "门", "本", "季", "节", "伏", "安", "孔", "回", "间", "口"})
_TORN = frozenset("?？\ufffd")
_LEFT_BLANK = frozenset("XxＸｘ×*＊○_")  # for a figure in a model paper: X亿元


@functools.cache
def _class_re() -> re.Pattern[str]:
    return compiled_once(
        rf"的(?:[^，。；、\d“”]{{0,4}})?{one_of(word_list('classes'))}(?=[，。；！、（）\d□]|$|[的应须可给予按由在享达有共占均都已]|全[部面])"
    )  # 人口超过100万的城市，


@functools.cache
def _uncounted_re() -> re.Pattern[str]:
    return compiled_once(
        rf"(?:[^，。；、\d的]{{0,4}}){one_of(word_list('uncounted'))}(?=[，。；！：、（）“”□]|$|[的中是，同已均都也]|分别)"
    )


def great_thing(text: str, at: int) -> int | None:
    """Return where the thing ends that 三大 counts from its unit on, or None if it counts none: 三大〔主导产业〕."""
    thing = _GREAT_THING_RE.match(text, at)
    return thing.end() if thing else None


def is_torn(line: str, offset: int, found: Found) -> bool:
    """Say whether what stands before a number took its first digits: a lost byte (?0亿元), a blank left for them (X亿元)."""
    at = found.start - offset
    if at > 0 and line[at - 1] in _LEFT_BLANK and line[at] in MAGNITUDES:
        return True
    return at > 0 and (
        line[at - 1] in _TORN
        or (line[at - 1] in " \n" and _SPLIT_DECIMAL_RE.search(line, max(0, at - 8), at) is not None)
    )


def _is_ordinal_or_named(text: str, found: Found) -> bool:
    """Say whether a Chinese numeral ranks a sort (二类新药: two are 两类), or is one of a pair (一人一床) or of a name (“一站救”)."""
    at, unit = found.number, found.amount.unit
    if text[at] == "二" and found.amount.value == 2 and unit in SORTS:
        return True
    if text[at : at + 2] == "十分" and found.unit_end == at + 2 and _VERY_RE.match(text, at + 2):
        return True  # 干得十分起劲
    if text[at] == "一" and (text[at + 2 : at + 3] == "一" or text[max(0, at - 2) : at - 1] == "一"):
        return True
    return text[at - 1 : at] == "“" and text[at + 3 : at + 4] == "”"


def is_inside_a_word(words: TaggedText, found: Found) -> bool:
    """Say whether a Chinese numeral is part of a longer word: 城乡二元, 三轮车."""
    if not found.is_chinese or found.kind == "multiple":  # 翻一番 is one word and a quantity
        return False
    if found.amount.unit == "大":  # 三大主导产业 are counted; 三大主导产业年产值达到49.7亿元 counts money
        return great_thing(words.text, found.unit_end) is None
    if _is_ordinal_or_named(words.text, found):
        return True
    start, word, tag = whole_word(words, found.number)
    if found.start < found.number and found.start <= start and start + len(word) <= found.unit_end:
        return False  # 近百家, 近百户: one word with what compares it, or a name but for that
    if start == found.number and start + len(word) == found.unit_end:
        if tag == "j":
            return False  # 四所: to the dictionary an abbreviation
        if tag == "t" and found.amount.unit in _SPANS:
            return False  # 五年, 七天: to the dictionary a time
        if found.kind in ("people", "money") or found.amount.unit not in _WORDLIKE:
            return False  # 六百人, 三场, 十块钱: to the dictionary a word
    return tag != "m" and len(word) > 1 and (start < found.number or start + len(word) >= found.unit_end)


def is_limit_or_name(line: str, offset: int, first: Found, found: Found, *, in_rules: bool) -> bool:
    """Say whether an amount only delimits a class or belongs to a name: 5000万元以上项目107个, 110千伏变电站.

    `line` begins at `offset` of the text; `first` is the first amount of the group that the amount ends.
    """
    at, number = found.start - offset, found.number - offset
    behind = line[found.unit_end - offset : found.unit_end - offset + 24]
    before = line[at - 1 : at] if at else ""
    unit = found.amount.unit
    if unit == "对" and _PAIRED_RE.match(behind):
        return True  # 1对1辅导
    if unit == "支" and behind[:1] == "部":
        return True  # 机关二支部
    if before == "每" or (before == "含" and _WITH_IT_RE.search(line, max(0, at - 3), at)):
        return True  # 每1万常住人口设置1所, 20头以上（含20头）, 6亩以下（不含6亩）
    if found.amount.value == 1 and line.endswith(_NONE, 0, at):
        return True  # 全县无1人感染
    if found.amount.value == 1 and _is_of_basis(line, at, found.unit_end - offset):
        return True
    if unit in _RATINGS:
        return "一" <= behind[:1] <= "鿿"
    if before in _SIGNS or behind[:1] in _SIGNS:  # a formula or a size: 人次数/总人次数×100%, 480毫米×140毫米
        return True
    if unit in ("人", "名") and before in "按照" and _RECKONED_RE.match(behind):
        return True  # 教学点按50人核定公用经费
    if unit in _RANKED and before in ("前", "后"):  # 退出全省后十位
        return True
    if unit in ("人", "户") and _SIZE_CLASS_RE.match(behind):
        return True
    if "之一" in behind and _ONE_OF_RE.match(behind):
        return True  # 全国20个试点县之一
    if unit == "个" and behind[:2] == "方面":
        return True  # 从3个方面
    if unit == "番" and behind[:1] == "的" and behind[1:3] not in ("目标", "任务", "要求"):
        return True  # 实现翻一番的重要引擎 speaks of the engine
    if unit == "番" and behind[:1] == "”" and "年" in line[max(0, at - 4) : at]:
        return True  # “大干十四五、五年翻一番”工作主线
    if found.is_chinese and found.kind == "count" and _uncounted_re().match(behind):
        return True
    if found.is_chinese and unit in SORTS and _SORTED_RE.search(line, max(0, at - 40), at):
        return True
    if found.kind == "time":
        is_name = before == "“" or _EVER_SINCE_RE.match(behind) or _CIRCLE_RE.match(behind)
        return bool(is_name or _CLASS_COUNTED_RE.match(behind))  # “24小时不打烊”服务, 八个多月以来
    if found.kind in ("share", "points"):
        if behind[:1] == "的" and _SET_ABOVE_RE.search(line, max(0, at - 12), at) and _AIM_RE.match(behind):
            return True  # 均超过省定〔30%〕的目标
        return _SAMPLE_RE.match(behind) is not None
    if behind[:1] == "的" and _is_reached_level(line, at, found) and _REACHED_CLASS_RE.match(behind):
        return True
    sign = line[number - 1 : number] if number else ""
    is_compared = found.amount.comparator != "=" or sign in ("过", "超")
    if found.kind == "money":
        if found.is_chinese and found.amount.comparator == "=" and _LOST_NUMBER_RE.match(line, number):
            return (
                line[max(0, at - 1) : at] in _LOST_BEHIND
            )  # 财政总收入达〔〕亿元: a model paper without its figures
        is_round = found.is_chinese and line[number] in "百千万亿" and found.amount.comparator != "~"
        if is_compared and is_round and _BIG_CLASS_RE.match(line, found.end - offset):
            return True  # 投资超千万元的项目
        if found.amount.comparator == "<=" and line.endswith(_GIVEN, 0, at):
            return False  # 可申请最高不超过15万元的创业担保贷款
    if in_rules and "的" in behind and _bounds_a_condition(line, offset, found, first):
        return False
    if _CLASS_COUNTED_RE.match(behind) or (is_compared and _class_re().match(line, found.end - offset)):
        return True
    is_limit = sign in ("过", "超") or found.end > found.unit_end
    return is_limit and found.kind == "money" and _CLASS_RE.match(behind) is not None


def _is_of_basis(line: str, at: int, unit_end: int) -> bool:
    """Say whether the one at an offset belongs to what something is given or taken for: 每发现〔一处〕扣减…."""
    each = line.rfind("每", max(0, at - 6), at)
    basis = PER_RE.match(line, each) if each >= 0 else None
    return basis is not None and basis.end() >= unit_end


def _is_reached_level(line: str, at: int, found: Found) -> bool:
    """Say whether an amount is a level that those who are counted behind it have reached: 集体经济收入达到〔100万元〕的村2个."""
    return (
        found.amount.comparator == "range"
        or line.endswith(_REACHED, 0, at)
        or (found.amount.comparator == ">" and line.endswith(_HEADLESS, 0, at))
    )


def _bounds_a_condition(line: str, offset: int, found: Found, first: Found) -> bool:
    """Say whether an amount bounds a measure of those a rule is for: 固定资产投资1000万元及以上〔的企业〕."""
    at = first.number - offset
    before = line[max(0, at - 12) : at]
    measure = _BOUNDED_RE.search(before)
    if measure is None or not (
        measure["what"].endswith(word_list("measure_heads")) or HELD_THING_RE.search(before)
    ):
        return False
    return _WHOSE_RE.match(line, found.end - offset) is not None


def is_measured_time(found: Found, name: str, *, is_distributed: bool, is_told: bool) -> bool:
    """Say whether a span of time is a quantity: 教龄5年以上, 每天至少2小时 are, 三年 and 用两年时间 are not.

    `is_distributed` says that it has a basis (每天), `is_told` that it is named as a span outright.
    """
    unit = found.amount.unit
    if name in ("时间", "的时间", "为期", "利用", "历时", "提前"):
        return False
    if is_told or "工作日" in unit:  # 缩减到四十五个工作日: no vague span is counted so
        return True
    if unit == "日":
        return found.amount.comparator == "<=" or name.endswith("期")  # 公示期不少于10日
    if unit in _LONG_TIMES:  # 任教1年以上, 工作满6年 is a norm
        is_held = name.endswith(word_list("tenure")) or _HELD_RE.search(name) is not None
        is_term = unit in TERMS and (
            (found.amount.comparator == ">=" and is_held)
            or (found.amount.comparator in (">=", "<=") and name.endswith("成立"))  # 成立10年以内
            or (found.amount.comparator == "=" and name.endswith(KEPT))  # 记录留存五年
        )
        return is_term or name.endswith(word_list("time_heads"))
    if found.is_chinese and name.endswith(word_list("time_heads")):
        return True  # 有效期三个月, 公示期五天
    return not found.is_chinese or is_distributed or found.amount.comparator != "="
