"""A whole string as number, unit and words of comparison: 不少于1课时, 50-300元, 2300多个, 一年半."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from pipeline.errors import NotANumberError
from pipeline.lazy_re import compiled_once
from pipeline.numerals.amount import RANGE_MARK, Amount, amount_of
from pipeline.numerals.number import NUMBER
from pipeline.numerals.units import comparators, one_of, units


@functools.cache
def _amount_re() -> re.Pattern[str]:
    unit = one_of(units())
    return compiled_once(
        rf"(?P<before>{one_of(comparators('before'))})?(?P<sign>零下|负|正|[-+])?"
        rf"(?P<low>\d{{1,9}}(?:\.\d{{1,6}})?[kK](?![mMgGWwVB])|\d{{1,3}}(?: \d{{3}}){{1,4}}|{NUMBER}(?:又{NUMBER}分之{NUMBER})?)"
        rf"(?:(?:[万亿]{{0,2}}{unit}?)?(?:{RANGE_MARK}|、|(?:和|与)(?=.{{1,20}}之间))-?(?P<high>{NUMBER}))?"
        rf"(?P<more>[多余来])?(?P<magnitude>[万亿]{{0,2}})(?P<unit>个[多余]月|{unit})?(?P<late>[多余])?(?P<half>半)?"
        rf"(?:之间|(?P<after>{one_of(comparators('after'))}))?"
    )  # 不少于1课时, 50-300元, 2300多个, 300余万元, 90%以上, 一年半


def plain_amount(text: str) -> Amount | None:
    """Return an amount in one unit, or None where the text is something else."""
    if "分之" in text and "又" not in text:
        return None
    match = _amount_re().fullmatch(text)
    if match is None or (match["half"] and not match["unit"]):
        return None
    low, unit, more = match["low"], match["unit"] or "", match["more"] or match["late"]
    if unit == "大":  # 二十大, 10大工程
        return None
    if unit in ("个多月", "个余月"):
        unit, more = "个月", "多"
    if low.endswith("两") and len(low) > 1 and not unit:  # 二两, 两万两
        low, unit = low[:-1], "两"
    is_compared = match["before"] or more or match["after"]
    if not is_compared and (
        not low.strip("百千万亿") or low + unit == "一批"
    ):  # 万元, 一批: how many is not said
        return None
    if match["unit"] in ("成", "折", "番"):  # 五成半, 七五折, 翻一番 have their own rules
        if (
            match["unit"] == "番"
            or match["half"]
            or (match["low"].strip("0123456789.") and len(match["low"]) == 2)
        ):
            return None
        if match["unit"] == "折" and match["low"].isdigit() and len(match["low"]) == 2:
            return None
    try:
        amount = amount_of(
            low,
            match["high"],
            unit=unit,
            magnitude=match["magnitude"],
            before=match["before"],
            more=more in ("多", "余"),
            after=match["after"],
        )
    except NotANumberError:
        return None
    if match["more"] == "来":  # 十来个: about ten
        amount = replace(amount, comparator="~")
    if match["half"]:
        amount = replace(amount, value=amount.value + 0.5)
    if match["sign"] in ("零下", "负", "-"):
        amount = replace(amount, value=-amount.value)
        if amount.value_high is not None and amount.value_high < amount.value:
            amount = replace(amount, value=amount.value_high, value_high=amount.value)
    return amount


def compared(text: str) -> tuple[str, str, str]:
    """Return the word of comparison before a quantity, its core, and the one behind it."""
    before = after = ""
    for size in range(5, 0, -1):
        if not before and len(text) > size and text[:size] in comparators("before"):
            before = text[:size]
            text = text[size:]
        if not after and len(text) > size and text[-size:] in comparators("after"):
            after = text[-size:]
            text = text[:-size]
    return before, text, after
