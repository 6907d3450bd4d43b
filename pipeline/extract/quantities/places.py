"""The place whose document it is, which names nothing where a clause opens with it: 〔柳河县〕粮食总产20万吨."""

from __future__ import annotations

import functools
import re


@functools.lru_cache(maxsize=64)
def _place_re(place: str) -> re.Pattern[str]:
    named_after = (
        r"[级域委内直老界]|政[府协]|城(?![镇乡市区])|长(?![期江])|人[民大]|(?![新改扩建投实完已累共将拟])[^，。；：、\d]{0,4}?"
        r"(?:医院|卫生院|福利院|法院|检察院|学院|小学|中学|高中|幼儿园|产业园|工业园|开发区|局|银行|公司|集团|协会|水库|机场)"
    )  # 柳河县〔人民医院〕, 柳河县〔城〕
    return re.compile(rf"(?<![^，。；：、（□\s]){re.escape(place)}(?!{named_after})")


def without_place(line: str, place: str) -> str:
    """Return a blanked sentence without the place whose document it is, where a clause opens with it.

    >>> without_place("柳河县粮食总产20万吨，柳河县人民医院床位500张", "柳河县")
    '□□□粮食总产20万吨，柳河县人民医院床位500张'
    """
    return _place_re(place).sub("□" * len(place), line)
