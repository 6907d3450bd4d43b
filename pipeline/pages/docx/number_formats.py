"""How Word prints the number of a list: 一、 壹、 甲、 01 ① A i."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("〇一二三四五六七八九十", "零壹贰叁肆伍陆柒捌玖拾")
_LEGAL_TRADITIONAL = str.maketrans("〇一二三四五六七八九十", "零壹貳參肆伍陸柒捌玖拾")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PARENTHESISED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_FULL_STOPPED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_CIRCLED_CHINESE = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"


def chinese_numeral(number: int) -> str:
    """Return a number below 100 as Chinese is counted; larger ones digit by digit.

    >>> [chinese_numeral(n) for n in (3, 10, 12, 20, 21)]
    ['三', '十', '十二', '二十', '二十一']
    """
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26)


def _one_of(signs: str, number: int) -> str:
    return signs[number - 1] if 0 < number <= len(signs) else str(number)


def _legal(number: int, signs: dict[int, int]) -> str:
    """Write a number as on a cheque, where 12 begins with its one: 壹拾贰."""
    counted = chinese_numeral(number)
    return (f"一{counted}" if counted.startswith("十") else counted).translate(signs)


def _roman(number: int) -> str:
    marks = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    roman = ""
    for value, mark in marks:
        while number >= value and len(roman) < 12:
            roman, number = roman + mark, number - value
    return roman


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese_numeral,
    "chineseCountingThousand": chinese_numeral,
    "japaneseCounting": chinese_numeral,
    "taiwaneseCounting": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "ideographDigital": chinese_numeral,
    "chineseLegalSimplified": lambda n: _legal(n, _LEGAL),
    "ideographLegalTraditional": lambda n: _legal(n, _LEGAL_TRADITIONAL),
    "japaneseLegal": lambda n: _legal(n, _LEGAL_TRADITIONAL),
    "ideographTraditional": lambda n: _one_of(_STEMS, n),
    "ideographZodiac": lambda n: _one_of(_BRANCHES, n),
    "ideographZodiacTraditional": lambda n: _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12],
    "ideographEnclosedCircle": lambda n: _one_of(_CIRCLED_CHINESE, n),
    "decimalEnclosedCircle": lambda n: _one_of(_CIRCLED, n),
    "decimalEnclosedCircleChinese": lambda n: _one_of(_CIRCLED, n),
    "decimalEnclosedParen": lambda n: _one_of(_PARENTHESISED, n),
    "decimalEnclosedFullstop": lambda n: _one_of(_FULL_STOPPED, n),
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: str(n).translate(_WIDE),
    "decimalFullWidth2": lambda n: str(n).translate(_WIDE),
    "numberInDash": lambda n: f"- {n} -",
    "upperLetter": _letter,
    "lowerLetter": lambda n: _letter(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "bullet": lambda n: "",
    "none": lambda n: "",
}
