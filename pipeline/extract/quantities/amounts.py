"""Printed amounts in running text, and the numerals that are none: dates, ordinals, names, slogans, titles."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.errors import NotANumberError
from pipeline.lazy_re import compiled_once, lazy_re
from pipeline.lexicon import any_of, words
from pipeline.numerals import NUMBER, RANGE_MARK, Amount, amount_of, comparators, one_of, share_of, units

_C = "[〇零○一二三四五六七八九十]"
#: Dates and periods; ordinals; footnote marks; codes. What they cover is blanked out before amounts are looked for.
_BARRED_RE = lazy_re(
    r"(?=[\d〇零○一二三四五六七八九十第党上下前“\[［〔【①-⑳（(A-Za-z])(?:"  # no other character begins one
    r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"  # 2023-03-30
    r"|(?:19|20)\d{2}\s?年?\s?(?:-|—|–|~|～|至|到){1,2}\s?(?:(?:19|20)\d{2})\s?年?"  # 2021—2030年
    r"|(?:19|20)\d{2}(?:[、和](?:19|20)\d{2}){1,4}年?这?[两三四五](?:个年度|年)"  # 1979、1980两年
    r"|(?:19|20)\d{2}\s?年度?(?:\s?\d{1,2}\s?月份?)?(?:\s?\d{1,2}\s?日)?"  # 2023年3月30日
    r"|(?<!提)前\s?\d{1,3}\s?[天日](?!内)"  # 开学前14天
    r"|[上下前]半年|[第前]?[一二三四]季度"
    r"|(?<!\d)(?:\d{1,2}\s?(?:月份?)?\s?[-—–~～至]{1,2}\s?)?\d{1,2}\s?月(?:\s?\d{1,2}\s?日|份|初|中旬|上旬|下旬|底|末)?(?![^\W\d_]?度)"  # 7月底
    rf"|[一二]{_C}{{3}}年|{_C}{{1,3}}月{_C}{{1,3}}[日号]|{_C}{{1,3}}月份"  # 二〇二三年, 五月一日
    rf"|{_C}{{1,3}}届(?:{_C}{{1,3}}次)?(?:[、和]{_C}{{1,3}}次)*"  # 十一届九次
    rf"|第(?!一书记)\s?(?:\d{{1,4}}|{_C}{{1,4}})(?:[、至到和-](?:第?{_C}{{1,3}}|\d{{1,3}}))*(?!(?:[、和]第?[一二三]){{0,2}}产业|[一二三]?产)[^\W\d_]?"  # 第一批, but 第一产业, 第二、三年
    r"|“?(?<![分之点百千万零一二三四五六七八九])(?:十[一二三四五]?|[一二三四六七八九])五”?(?=期间|时期|规划|末|以来|以后|初|开局|发展|[，。、”])"  # “十四五”
    rf"|(?<!{_C})十[一二三四]五(?![个名人户家所年])"  # 十三五安全生产规划
    r"|(?<![^\n])\d{1,2}(?:\.\d{1,2}){1,3}(?=[ \u3000]{1,4}(?![万亿千百%％元个公人吨亩米倍])[一-鿿])"  # 2.3 成员单位职责
    r"|[\[［〔【]\s?\d{1,3}\s?[\]］〕】]|[①-⑳]"  # [1]
    r"|[〔\[（(](?:19|20)\d{2}[〕\]）)]\s?第?\d{1,4}\s?号"  # 〔2023〕31号
    r"|\d{1,5}(?:国道|省道|县道|热线|高速|线|号)|(?<![\d.])[A-Za-z]{1,12}-?\d{1,12}(?:\.\d{1,6})?(?!(?<=[A-Z]\d)\d{0,3}[台套辆](?:[，。；、]|$))|(?<!\d)\d{1,8}[A-Za-z](?=级|$|[^\W\d_A-Za-z])"  # PM2.5, 5G
    r"|(?<=[国省县乡]道)\d{2,3}(?=项目|工程|[线段改绕沿至、和与及（])"  # 省道227项目
    r"|(?<!\d)\d{1,2}\s?[时点]\s?(?:\d{1,2}\s?分(?![钟之]))"  # 20时35分
    rf"|党的{_C}{{1,3}}大|(?:十[四五六七八九]|二十)大"  # 党的二十大
    r"|\d{3,4}-\d{7,8}|(?<!\d)1\d{10}(?![\d.]|\s?元))"  # telephone numbers, but 12345678901元
)
_TITLE_RE = lazy_re(r"《[^《》\n]{1,120}》")
_ONE_RE = lazy_re(
    r"至少|最少|不少于|不低于|不得少于|不超过|[各每仅]|只有"
)  # 每年至少举办一次: here 一 counts
_BARS = ("内不", "内取消", "内暂停", "内停止", "内禁止")
LENGTHENED = ("延长", "缩短")  # a span behind them is by how much
_LETTER_RE = lazy_re(r"[A-Za-z]")
RATE_KINDS = frozenset(
    {"share", "points", "multiple"}
)  # of units: how much of something, and no amount of it
_NOT_MORE = "(?!多(?:媒体|功能|层|用途|边|晶|式))"  # 12间〔多媒体〕教室
_COUNTED_NOUNS = frozenset("人户次件个票岁天班级项倍")  # 人数, 户数: this 数 is no 数百
_HALF_DONE_RE = lazy_re(r"时间|任务|年$")  # 时间过半、任务过半 is a saying
# 一半 is a share where something is cut or grown by it, or makes it up: 减少〔一半〕, 占总数的〔一半〕
_HALVED_RE = lazy_re(
    r"(?:减少|减|下降|降低|压[缩减]|缩[短减]|削减|增长|增加|提高|节[省约])了?近?$|占[^，。；]{0,12}近?$"
)
_MINUS_RE = lazy_re(r"(?<![\d□%A-Za-z])[-－−]$")


@functools.cache
def _names_re() -> re.Pattern[str]:
    begins = r"(?=[一二两三四五六七八九十百千万\d上下前半])"
    return any_of("quantity_names.txt", words("quantity_names.txt"), led_by=begins)


@functools.cache
def _core_re() -> re.Pattern[str]:
    unit, after = one_of(units()), one_of(comparators("after"))
    return compiled_once(
        rf"(?=[\d零〇○一二两三四五六七八九十百千万亿几数半过])(?:"
        rf"(?P<parts>[一二三四五六七八九十百千万]{{1,3}})分之(?P<count>{NUMBER})(?:{RANGE_MARK}(?:百分之)?(?P<count_high>{NUMBER}))?(?P<count_after>{after})?"
        rf"|(?P<top>(?<=的)[1-9](?=/)|(?<![\d/])[1-9](?=/[2-9]以[上下]))/(?P<bottom>[2-9])(?![\d/年月日])(?P<part_after>{after})?"
        r"|(?P<half>半数(?:以上)?|一半(?:以上)?|过半(?:数)?(?![径小天年个]))"
        rf"|(?P<low>(?<![\d.])\d{{1,3}}(?:[ \u2009]\d{{3}}){{1,4}}(?!\d)(?=\s?[万亿]?{unit})|{NUMBER})(?:\s?(?:[万亿]?{unit}(?:（含[^（）]{{0,4}}）|及?以上)?)?{RANGE_MARK}(?P<high>{NUMBER}))?"
        rf"(?:\s(?=[多余]))?(?P<more>[多余])?(?:\s(?=[万亿])|个(?=亿元?(?:[，。；、）（\n]|\Z)))?(?P<magnitude>[万亿]{{0,2}})(?P<odd>[多余](?=\s?{unit}))?\s?(?P<split>个[多余](?=百分点|小时|工作日|月|学期|季度))?(?P<unit>(?<=个[多余])月|{unit}(?!(?<=[A-Za-z])[A-Za-z])(?!(?<=人)(?:[口员才大民均工体气物士文类]|居(?!住))|(?<=人年)[度均龄底末]|(?<=方)[面案向式法针队舱便位]|(?<=折)[算合旧扣]|(?<=角)[度落色公]|(?<=节课)[例程题]|(?<=名)[称]|(?<=大)[关会军]|(?<=部)[分门队署委]|(?<=组)[织]|(?<=家)庭(?!院|农)|(?<=季)度|(?<=大项)目))?(?:{_NOT_MORE}(?P<late>[多余]))?"
        rf"(?P<spare>(?<=[成倍])半)?(?:{_NOT_MORE}(?!许[可多诺])(?P<after>{after}))?)"
    )  # 1200万元, 1 122个, 50-300元, 2300多个, 155人（次）, 百分之九十五以上, 三分之二, 2/3以上, 过半, 五成半


@dataclass(frozen=True, slots=True)
class Found:
    """An amount where it stands: `start` before its words of comparison (近300万元), `number` at the numeral."""

    start: int
    number: int
    unit_end: int  # behind the unit; words of comparison may follow up to `end`
    end: int
    amount: Amount
    kind: str
    is_chinese: bool


def blank_out(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> str:
    """Return a sentence with all that counts nothing blanked out at the same length: dates by □, names by ■."""
    line = text[start:end]
    names = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    names += [m.span() for pattern in (_TITLE_RE, _names_re()) for m in pattern.finditer(line)]
    dates = [m.span() for m in _BARRED_RE.finditer(line)]
    if not names and not dates and _NOTED_SO not in line:
        return line
    chars = list(line.replace(_NOTED_SO, "，，，，"))  # 剔除价格因素（下同），…
    for a, b in dates:  # PM2.5 and 5G stay part of a name, without their figures
        chars[a:b] = ("ａ" if _LETTER_RE.search(line, a, b) else "□") * (b - a)
    for a, b in names:
        chars[a:b] = "■" * (b - a)
    return "".join(chars)


_NOTED_SO = "（下同）"
_ASIDE_RE = lazy_re(r"[（(]含\d{1,8}[万亿]?[一-鿿]{1,3}[）)]")  # 2000人以上〔（含2000人）〕5000人以下
MAGNITUDES = frozenset("百千万亿")
_BOTH_BOUNDS = frozenset({(">=", "<="), (">=", "<")})  # 70分以上不满90分
# characters that make a word of their own with one that compares: 意向签约16.5亿元, 彩超11台
_HALVES = {
    "约": frozenset("签合履节预契邀违集条公"),
    "超": frozenset("彩B赶反"),
    "上": frozenset("础以及之"),
    "过": frozenset("经通走跨越度迈不有见来"),
}
_SUMMED = frozenset("入资税值额收款本量数价润益")  # 纳税过10万元, beside 召开过3次会议 and 去过10个村


def comparing_word(line: str, at: int) -> str:
    """Return the word of comparison that ends before an offset, with a space behind it if one stands there, or ""."""
    known = comparators("before")
    for size in (5, 4, 3, 2, 1):
        if at >= size and (word := line[at - size : at]) in known:
            before = line[at - 2 : at - 1]
            if word == "过" and before not in _SUMMED and line[at : at + 1] not in MAGNITUDES:
                return ""
            return "" if word in _HALVES and before in _HALVES[word] else word
    if line[at - 1 : at] == " " and (word := comparing_word(line, at - 1)):
        return word + " "  # 不低于 95%
    return ""


def _counts(line: str, match: re.Match[str], kind: str, *, is_compared: bool) -> bool:
    """Say whether a Chinese numeral states a quantity: 两所高中 does, 千家万户, 一所学校 and 统一 do not."""
    low, at = match["low"], match.start()
    if low in ("零", "〇"):
        return False
    if low == "一":
        if match["unit"] in ("倍", "成") or (match["unit"] == "番" and "翻" in line[max(0, at - 2) : at]):
            return True  # 增长一倍, 翻一番
        if match["unit"] == "批":
            return False
        if kind == "time" and (
            is_compared or line.startswith(_BARS, match.end("unit")) or line.endswith(LENGTHENED, 0, at)
        ):
            return True  # 服务满一年, 一年内不得申报, 延长一年
        return line[at - 1 : at] != "每" and bool(kind and _ONE_RE.search(line, max(0, at - 16), at))
    if low == "二" and match["unit"] == "次":
        return False  # 不得要求二次提交: again
    if low == "十" and match["unit"] == "分":  # 十分紧缺
        return line[max(0, at - 1) : at] in ("得", "满", "扣", "加", "减")
    if low[0] == "数" and line[at - 1 : at] in _COUNTED_NOUNS:  # 人数百分之五, 户数千余
        return False
    if not low.strip("百千万亿"):  # 百件以上, 达百亿: a bare 百 needs a word of comparison
        return is_compared or line[max(0, at - 1) : at] in ("达", "过", "在", "到", "破")
    return bool(kind) or (is_compared and low[-1] in "万亿")  # 产值超二百亿


def _share(match: re.Match[str], before: str) -> Amount:
    if match["half"]:
        if match["half"] == "一半":
            return amount_of("50", unit="%", before=before)
        return Amount(50.0, None, ">" if match["half"][0] == "过" or before in ("超", "超过") else ">=", "%")
    if match["top"]:  # 投资的2/3
        part = 100 * int(match["top"]) / int(match["bottom"])
        return amount_of(f"{part:.6g}", unit="%", before=before, after=match["part_after"])
    share = share_of(match["parts"], match["count"], before=before, after=match["count_after"])
    if match["count_high"] is None:
        return share
    high = share_of(match["parts"], match["count_high"])  # 百分之二十到三十
    return replace(share, comparator="range", value_high=high.value)


def _printed(match: re.Match[str], before: str, unit: str, *, more: bool) -> Amount:
    low, magnitude = match["low"], match["magnitude"]
    if magnitude == "万" and low[-1] in "千百" and "亿" in low:  # 1亿3千多万
        low, magnitude = low + magnitude, ""
    amount = amount_of(
        low,
        match["high"],
        unit=unit,
        magnitude=magnitude,
        before=before,
        more=more,
        after=match["after"],
    )
    return replace(amount, value=amount.value + 0.5) if match["spare"] else amount


def find_amounts(line: str, offset: int) -> list[Found]:
    """Return the amounts of a blanked sentence that begins at an offset of the text."""
    amounts: list[Found] = []
    known_units = units()
    for match in _core_re().finditer(line):
        at = match.start()
        before = comparing_word(line, at)
        n_before, before = len(before), before.rstrip()
        low, unit, after = match.group("low", "unit", "after")
        if match["split"]:
            unit = "个" + unit  # 2个多百分点
        is_share = low is None
        known = known_units.get(unit or "")
        kind = "share" if is_share else known.kind if known else ""
        is_chinese = is_share or not low[0].isdigit()
        more = (match["more"] or match["odd"] or match["late"] or match["split"]) is not None  # 2300多个
        if is_chinese and not is_share:
            is_compared = more or bool(before or after)
            if not _counts(line, match, kind, is_compared=is_compared):
                continue
        if match["half"] == "一半" and not (before or _HALVED_RE.search(line, max(0, at - 16), at)):
            continue
        if is_share and match["half"] and _HALF_DONE_RE.search(line, max(0, at - 4), at):
            continue
        if before == "上" and (not is_chinese or is_share or low.strip("百千万亿")):  # 上千人, but 马上10个
            before = ""
        unit = known.base if known and known.base == "人次" else unit or ""
        try:
            amount = _share(match, before) if is_share else _printed(match, before, unit, more=more)
        except NotANumberError:
            continue
        start = at - n_before if before else at
        may_fall = kind in ("share", "points") or (not kind and line[max(0, at - 2) : at - 1] in ("、", "为"))
        if may_fall and not before and _MINUS_RE.search(line, max(0, at - 2), at):
            amount, start = replace(amount, value=-amount.value), at - 1  # 增长-3.5%: printed as it is
        unit_end = match.end() - len(after or match["count_after"] or match["part_after"] or "")
        while line[unit_end - 1] == " ":
            unit_end -= 1
        found = Found(
            offset + start,
            offset + at,
            offset + unit_end,
            offset + match.end(),
            amount,
            kind,
            is_chinese and not is_share,
        )
        lower = amounts[-1] if amounts and (after or before in ("不满", "不足")) else None
        if (
            lower is not None
            and (lower.amount.comparator, amount.comparator) in _BOTH_BOUNDS
            and lower.amount.unit == amount.unit
            and (
                lower.end == found.start
                or _ASIDE_RE.fullmatch(line, lower.end - offset, found.start - offset)
            )
        ):  # 500元以上2000元以下
            bounds = replace(lower.amount, comparator="range", value_high=amount.value)
            amounts[-1] = replace(found, start=lower.start, number=lower.number, amount=bounds)
        else:
            amounts.append(found)
    return amounts
