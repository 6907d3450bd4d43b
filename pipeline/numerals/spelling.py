"""The many ways to write one numeral, made one: 壹佰, 兩萬, 廿三, ３.５, ½ -> 一百, 两万, 二十三, 3.5, 1/2."""

from __future__ import annotations

import re
import unicodedata

from pipeline.lazy_re import lazy_re

_FORMS = {
    "一": "壹弌幺", "二": "贰貳貮弍", "三": "叁叄參弎", "四": "肆", "五": "伍", "六": "陆陸", "七": "柒", "八": "捌", "九": "玖",
    "十": "拾", "百": "佰陌", "千": "仟阡", "万": "萬", "亿": "億", "零": "〇○", "两": "兩", "点": "點", "负": "負",
    "-": "−﹣", "半": "", "二十": "廿", "三十": "卅", "四十": "卌",
}  # fmt: skip
_TABLE = {ord(form): plain for plain, forms in _FORMS.items() for form in forms}
_TABLE |= {0xFF10 + digit: str(digit) for digit in range(10)}
_TABLE |= {ord("．"): ".", ord("，"): ",", ord("＋"): "+", ord("－"): "-", ord("／"): "/", ord("％"): "%"}
_SHARE_RE = lazy_re(r"[\u00bc-\u00be\u2150-\u215e]")  # ¼ ½ ⅓
_TENS_RE = lazy_re(r"[廿卅卌](?=[十拾])")


def plain_numeral(text: str) -> str:
    """Return a numeral in the one spelling that parse_number reads.

    >>> plain_numeral("壹佰贰拾叁"), plain_numeral("兩億三千萬"), plain_numeral("½")
    ('一百二十三', '两亿三千万', '1/2')

    What is no numeral comes out as some other text that is none.
    """
    text = _TENS_RE.sub("", text.strip()).translate(_TABLE)
    return _SHARE_RE.sub(_slashed, text)


def _slashed(match: re.Match[str]) -> str:
    share = unicodedata.normalize("NFKC", match.group()).replace("\u2044", "/")
    return f" {share}" if match.string[match.start() - 1 : match.start()].isdigit() else share
