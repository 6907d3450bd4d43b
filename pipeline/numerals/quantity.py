"""A whole string read as one quantity: 不少于1课时, 五成半, 翻一番, 5元3角, 大于20小于35, ±5%."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from pipeline.errors import NotANumberError
from pipeline.lazy_re import compiled_once, lazy_re
from pipeline.numerals.amount import Amount, amount_of, share_of
from pipeline.numerals.number import NUMBER, parse_number
from pipeline.numerals.printed import compared, plain_amount
from pipeline.numerals.spelling import plain_numeral
from pipeline.numerals.units import comparators, one_of

_SPACE_RE = lazy_re(r"(?<!\d)\s+|\s+(?!\d)")  # 六 个 百分点; the gap of 12 500 stays
_LONE_DIGITS_RE = lazy_re(r"(?<![\d.])(\d) (\d)(?!\d)")
_PREFIX_RE = lazy_re(r"(?:达到了?|达|为|共计?|计|有|位于|介于|在(?=.{1,40}之间))(?=.)|(?<=^)打(?=.{1,6}折)")
_SHARE_RE = lazy_re(
    r"(?P<parts>[一二三四五六七八九十百千万]{1,6})分之(?P<count>[^以左上及或]{1,16})"
)  # 百分之九十五, 五分之一
_SLASHED_RE = lazy_re(r"(?P<count>\d{1,4})/(?P<parts>\d{1,4})")  # 3/4
_TENTHS_RE = lazy_re(
    rf"(?P<low>{NUMBER}|半)(?P<unit>成|折)(?P<rest>[一二三四五六七八九半\d])?"
)  # 五成半, 七成六, 8.5折
_TWO_DIGITS_RE = lazy_re(r"(?P<tens>[1-9一二三四五六七八九])(?P<ones>[1-9一二三四五六七八九])折")  # 七五折
_HALF_RE = lazy_re(r"一半|半数|一半数|对半|大半|对折|过半数?")
_HALF_UNIT_RE = lazy_re(r"半(?P<unit>个?小时|年|天|个月|公里|米|斤|公斤|吨|亩|倍)")  # 半小时
_DOUBLED_RE = lazy_re(r"翻(?:了)?(?P<times>[一两二三四五六七八九\d.]{0,4})番")
_CURRENCY_RE = lazy_re(r"(?P<sign>￥|¥|RMB|人民币|US\$|HK\$|美元|\$|€|£)(?P<rest>.*\d.*|[^元]*元?)")
_CURRENCIES = {"US$": "美元", "$": "美元", "美元": "美元", "HK$": "港元", "€": "欧元", "£": "英镑"}
_PARTS = {  # what a second, smaller unit is worth of the first: 5元3角, 1小时30分钟
    "元": {"角": 0.1, "毛": 0.1, "分": 0.01},
    "块": {"角": 0.1, "毛": 0.1, "分": 0.01, "": 0.1},
    "美元": {"美分": 0.01, "分": 0.01},
    "年": {"个月": 1 / 12},
    "天": {"小时": 1 / 24, "个小时": 1 / 24},
    "小时": {"分钟": 1 / 60, "分": 1 / 60},
    "个小时": {"分钟": 1 / 60, "分": 1 / 60},
    "分钟": {"秒": 1 / 60},
    "公里": {"米": 0.001},
    "公斤": {"克": 0.001},
    "米": {"厘米": 0.01, "": 0.1},
}
_MIXED_RE = lazy_re(
    rf"(?P<first>{NUMBER})(?P<unit>{one_of(_PARTS)})又?(?P<rest>(?:{NUMBER}(?:{one_of({p for row in _PARTS.values() for p in row if p})})){{1,2}}|[1-9一二三四五六七八九])"
)
_PART_RE = lazy_re(rf"(?P<count>{NUMBER})(?P<part>[^\d零一二两三四五六七八九十百]{{0,2}})")


@functools.cache
def _bound_re() -> re.Pattern[str]:
    before, after = one_of(comparators("before")), one_of(comparators("after"))
    return compiled_once(
        rf"(?P<first>{before}.{{1,12}}?|[^以及]{{1,12}}?{after})[,，且并]?(?:并且)?(?P<second>{before}.{{1,16}}|.{{1,16}}?{after})"
    )  # 大于20小于35, 5人以上10人以下


def parse_quantity(text: str) -> Amount:
    """Return a printed quantity as number, range, comparison and unit.

    >>> parse_quantity("不少于1课时")
    Amount(value=1.0, value_high=None, comparator='>=', unit='课时')
    >>> parse_quantity("50-300元")
    Amount(value=50.0, value_high=300.0, comparator='range', unit='元')
    >>> parse_quantity("十几个").comparator, parse_quantity("五成半").value, parse_quantity("过半").unit
    ('>', 5.5, '%')

    An open number (十几, 数百) gives its lower end with `>`; a fraction is a share in %. Raises NotANumberError when
    the text is not one quantity through and through, or its unit is in no line of models/units.csv: 四个强化, 一带一路.
    """
    plain = _SPACE_RE.sub("", plain_numeral(_LONE_DIGITS_RE.sub(r"\1\2", text.strip()[:80])))
    plain = _PREFIX_RE.sub("", plain, count=1) if _PREFIX_RE.match(plain) else plain
    try:
        for parse in (plain_amount, _share, _tenths, _half, _mixed, _currency, _tolerance, _bounded):
            amount = parse(plain)
            if amount is not None:
                return amount
    except NotANumberError:
        pass
    raise NotANumberError(
        f"“{text.strip()[:20]}” is not a quantity", hint="a number with a known unit is wanted: 不少于1课时"
    )


def _share(text: str) -> Amount | None:
    before, core, after = compared(text)
    sign = -1 if core.startswith(("-", "负")) else 1
    match = _SHARE_RE.fullmatch(core.lstrip("-负")) or _SLASHED_RE.fullmatch(core)
    if core == "百分百":
        return amount_of("100", unit="%", before=before, after=after)
    if match is None:
        return None
    if match["parts"].isdigit():
        share = parse_number(f"{match['count']}/{match['parts']}") * 100
        return amount_of(f"{share:.6g}", unit="%", before=before, after=after)
    amount = share_of(match["parts"], match["count"].rstrip("多余"), before=before, after=after)
    if match["count"][-1] in "多余":
        amount = replace(amount, comparator=">")
    return replace(amount, value=amount.value * sign)


def _tenths(text: str) -> Amount | None:
    before, core, after = compared(text.removeprefix("打"))
    if two := _TWO_DIGITS_RE.fullmatch(core):
        value = parse_number(two["tens"]) + parse_number(two["ones"]) / 10
        return amount_of(f"{value:.1f}", unit="折", before=before, after=after)
    match = _TENTHS_RE.fullmatch(core)
    if match is None:
        return None
    if match["low"] == "半":
        return amount_of(
            "0.5" if match["unit"] == "成" else "5", unit=match["unit"], before=before, after=after
        )
    amount = amount_of(match["low"], unit=match["unit"], before=before, after=after)
    rest = match["rest"]
    tenth = 0.5 if rest == "半" else parse_number(rest) / 10 if rest else 0.0
    return replace(amount, value=round(amount.value + tenth, 6))


def _half(text: str) -> Amount | None:
    if text in ("过半", "过半数", "大半"):
        return Amount(50.0, None, ">", "%")
    before, core, after = compared(text)
    if match := _DOUBLED_RE.fullmatch(core):
        return amount_of(match["times"] or "1", unit="番", before=before, after=after)
    if match := _HALF_UNIT_RE.fullmatch(core):
        return amount_of("0.5", unit=match["unit"], before=before, after=after)
    if _HALF_RE.fullmatch(core):
        return amount_of("50", unit="%", before=before, after=after)
    if "个半" in core:  # 两个半小时, 一个半月
        number, _, unit = core.partition("个半")
        if unit in ("小时", "月", "学时", "课时"):
            amount = amount_of(number, unit="个" + unit, before=before, after=after)
            return replace(amount, value=amount.value + 0.5)
    return None


def _mixed(text: str) -> Amount | None:
    """Return an amount in two units in the first of them: 5元3角, 1小时30分钟, 三块五."""
    before, core, after = compared(text)
    match = _MIXED_RE.fullmatch(core)
    if match is None:
        return None
    worth = _PARTS[match["unit"]]
    value = parse_number(match["first"])
    for part in _PART_RE.finditer(match["rest"]):
        if part["part"] not in worth:
            return None
        value += parse_number(part["count"]) * worth[part["part"]]
    return amount_of(f"{value:.6f}".rstrip("0").rstrip("."), unit=match["unit"], before=before, after=after)


def _currency(text: str) -> Amount | None:
    before, core, after = compared(text)
    match = _CURRENCY_RE.fullmatch(core)
    if match is None:
        return None
    amount = plain_amount(match["rest"])
    if amount is None:
        return None
    unit = _CURRENCIES.get(match["sign"], "元")
    bare = amount.unit.removesuffix("元")
    if bare.strip("万亿"):
        return None
    return replace(
        amount,
        unit=bare + unit,
        comparator=comparators("before").get(before, comparators("after").get(after, amount.comparator)),
    )


def _tolerance(text: str) -> Amount | None:
    """Return ±5% and 20±2℃ as the range they span."""
    middle, mark, rest = text.partition("±")
    spread = plain_amount(rest) if mark else None
    if spread is None or spread.comparator != "=":
        return None
    centre = parse_number(middle) if middle else 0.0
    return Amount(centre - spread.value, centre + spread.value, "range", spread.unit)


def _bounded(text: str) -> Amount | None:
    """Return two bounds as a range: 大于20小于35, 最少20最多100个, 5人以上10人以下."""
    match = _bound_re().fullmatch(text)
    ends = [plain_amount(match[name]) for name in ("first", "second")] if match else []
    if not ends or not all(ends):
        return None
    low, high = sorted((e for e in ends if e is not None), key=lambda e: e.comparator.startswith("<"))
    if not (low.comparator.startswith(">") and high.comparator.startswith("<")) or low.value > high.value:
        return None
    if low.unit and high.unit and low.unit != high.unit:
        return None
    return Amount(low.value, high.value, "range", low.unit or high.unit)
