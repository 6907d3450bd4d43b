"""Marks as Chinese is printed: ，；：（）！？ full-width, digits, letters and % half-width.

Every change is one character for one character, so offsets survive. Full NFKC would be wrong here:
it turns （一） into (一) and ① into 1, and so destroys the outline of a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.lazy_re import lazy_re

_HANZI = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # with 。、「」, which stand in no English
HAN = _HANZI + r"\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"  # and the marks that are made full-width here
_HALF_TO_FULL = {mark: chr(ord(mark) + 0xFEE0) for mark in ",;:!?()"}

_ALNUM = {
    chr(code): chr(code - 0xFEE0)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
# forms that stand for one mark whatever is around them: full-width alphanumerics, Big5's small marks, half-width katakana marks, marks of upright lines
_PLAIN = str.maketrans(
    _ALNUM
    | {"％": "%", "﹪": "%"}
    | dict(zip("﹐﹑﹒﹔﹕︰﹖﹗﹙﹚﹝﹞｡､｢｣", "，、·；：：？！（）〔〕。、「」", strict=True))
    | dict(
        zip(
            "︐︑︒︓︔︕︖︙︱︵︶︹︺︻︼︽︾︿﹀﹁﹂﹃﹄",
            "，、。：；！？…—（）〔〕【】《》〈〉“”‘’",
            strict=True,
        )
    )  # of upright lines
)
_PLAIN_RE = lazy_re(r"[０-９Ａ-Ｚａ-ｚ％﹪︐-︖︙︰︱︵-﹄﹐-﹗﹙﹚﹝﹞｡-､]")

_JOINERS = str.maketrans("．＋－／＆＝", ".+-/&=")
_JOINER_CLASS_RE = lazy_re(r"[．＋－／＆＝]")
_JOINER_RE = lazy_re(
    r"(?<=[0-9A-Za-z%])[．＋－／＆＝]|[＋－](?=[0-9A-Za-z])"
)  # 3．5, 5＋2, R＆D; １．加强 as marker too

_MARK_RE = lazy_re(
    r"https?://[!-~]{1,500}(?<=[0-9A-Za-z/=_#])"  # http://www.liucheng.gov.cn/?id=3
    r"|www\.[!-~]{1,500}(?<=[0-9A-Za-z/=_#])"
    r"|&(?:#?[0-9A-Za-z]{1,8});"  # &nbsp;
    r"|\?\?+"  # ????柳城县教育局: signs of damage, not questions
    r"|,|;|:|!|\?"  # each branch begins with a sign of its own: they are looked for at once
)
_BETWEEN_DIGITS_RE = lazy_re(r"(?<=\d),(?=\d{3}(?!\d))|(?<=\d):(?=\d)|:(?=//)")  # 1,100; 16:00, 1:1; ftp://
_GROUP_RE = lazy_re(r"，\d{3}(?!\d)")  # the mark first: few lines hold one
# 1，200元, 62，000万吨; a first group of three digits may be a number of its own: 125，130人
_GROUPED_RE = lazy_re(
    r"(?<![\d.,，第附件图表条页])(?:[1-9]\d?(?:，\d{3})+|[1-9]\d\d(?:(?:，\d{3}){2,}|，000))"
    r"(?:\.\d{1,4})?(?=[\u4e00-\u9fff])(?![年月日时分号点条章])"
)
_POINT_RE = lazy_re(
    r"·(?<=\d·)(?=\d{1,3}(?:[%％‰]|个百分点|[万亿]?(?:元|吨|亩|人(?!民)|公顷|千米|公里)))"
)  # 上涨1·8%, not 3·15
_NOTHING_ASKED_RE = lazy_re(r"[。！；，：、\s]\Z")  # 。?完成: a blank or a byte was lost here
_CONTEXT = 16  # characters to each side in which a mark looks for its neighbours
_LEFT_RE = lazy_re(rf"([{HAN}]|[A-Za-z])[^{HAN}A-Za-z\n]{{0,{_CONTEXT}}}\Z")
_RIGHT_RE = lazy_re(rf"[^{HAN}A-Za-z\n]{{0,{_CONTEXT}}}([{HAN}]|[A-Za-z])")
_HAN_RE = lazy_re(f"[{HAN}]")
_HANZI_RE = lazy_re(f"[{_HANZI}]")  # a full-width comma does not make English Chinese
_LATIN_RE = lazy_re(r"[A-Za-z]")
_PHRASE_RE = lazy_re(r"[0-9A-Za-z] [A-Za-z]")  # 1 of 3: words set apart by spaces are English
_PAIR_RE = lazy_re(r'"([^"\n]*)"')  # "两免一补", one pair after the other
_CODE_RE = lazy_re(r"[0-9A-Z][0-9A-Z+＋.·—-]{0,11}")  # 1530, 1+3+N
_SIGN_RE = lazy_re(r"[—*＊#※△/－-]{1,2}")  # “—”表示无数据, “*”为估算数
_STOP_RE = lazy_re(
    rf"(?<=[{_HANZI}）”》)\"%])\.(?=[{_HANZI}（“《(\"]|[ \t]*(?:\n|\Z))"
)  # 汛情严峻.各镇要落实责任
_LISTED_RE = lazy_re(
    r"(?:^|\n)[ \t\u3000]*[（(]?[0-9一二三四五六七八九十百]{1,4}[）)]?\Z"
)  # 一.总体要求, (一).
# characters that foreign names are written with: 约翰.史密斯, 买买提.阿不都
_OF_NAMES = (
    "阿艾安奥巴贝本比波伯博布查达丹德迪蒂东多厄恩尔法菲费弗夫福盖戈格哈海赫亨霍基吉加杰金卡凯康考科克肯库拉莱兰劳雷里利丽莉林琳卢鲁伦罗洛"
    "马玛迈麦曼梅门蒙米莫姆穆娜纳南内尼诺欧帕佩皮平普齐奇乔切琼让瑞若萨塞桑瑟森沙莎施史什斯司索塔泰汤特提托瓦万威韦维翁沃伍西希夏谢辛休雅"
    "亚杨耶伊因英尤约泽扎詹珍翰密古买依江热合木吐逊娅孜不都斐"
)
_NAME_POINT_RE = lazy_re(rf"(?<=[{_OF_NAMES}]{{2}})\.(?=[{_OF_NAMES}]{{2}})")
_COMMA_RE = lazy_re(rf"(?<=[{_HANZI}]),(?=[{_HANZI}0-9“\"])")
_LONGEST_QUOTED = 120
_MOST_ROUNDS = 6
_HALF_RE = lazy_re(r'[(),;:!?"]')
_BRACKET_RE = lazy_re(r"[()（）]")


def _mostly_chinese(text: str, at: int) -> bool:
    window = text[max(0, at - 30) : at + 31]
    return 3 * len(_HANZI_RE.findall(window)) >= len(_LATIN_RE.findall(window))


def _kind(match: re.Match[str] | None) -> str:
    """Say what the nearest letter is: "" none, "a" Latin, "中" Chinese."""
    if match is None:
        return ""
    return "a" if match[1] < "\x7f" else "中"


def _stands_in_chinese(text: str, start: int, end: int) -> bool:
    left = _kind(_LEFT_RE.search(text, max(0, start - _CONTEXT - 1), start))
    right = _kind(_RIGHT_RE.match(text, end))
    if left == right or not (left and right):
        return "中" in (left, right)
    return _mostly_chinese(text, start)


def _print_mark(match: re.Match[str]) -> str:
    mark = match[0]
    if len(mark) > 1:
        return mark
    text, start = match.string, match.start()
    if mark == "?" and _NOTHING_ASKED_RE.search(text, max(0, start - 1), start):
        return mark
    if _BETWEEN_DIGITS_RE.match(text, start) or not _stands_in_chinese(text, start, start + 1):
        return mark
    return _HALF_TO_FULL[mark]


def _pair_is_chinese(text: str, start: int, end: int) -> bool:
    """Say whether the brackets at `start` and `end` hold or adjoin Chinese: (试行), 合作(PPP)模式, but not MAP(Modern)."""
    if _HAN_RE.search(text, start + 1, min(end, start + 80)) or _HAN_RE.search(
        text, max(start, end - 80), end
    ):
        return True
    if _PHRASE_RE.search(text, start, min(end, start + 200)) or _LATIN_RE.match(
        text, start - 1 if start else 0
    ):
        return False
    return _stands_in_chinese(text, start, end + 1)


def _print_brackets(line: str) -> str:
    """Print the brackets of one line, in pairs; one without a partner goes by its own neighbours."""
    open_at: list[int] = []
    alone: list[int] = []
    full: list[int] = []
    for match in _BRACKET_RE.finditer(line):
        sign, at = match[0], match.start()
        if sign in "(（":
            open_at.append(at)
        elif not open_at:
            alone.append(at)
        else:
            opening = open_at.pop()
            if line[opening] == "（" or sign == "）" or _pair_is_chinese(line, opening, at):
                full += (opening, at)
    line = _printed_full(line, full)  # brackets that are full-width now are neighbours to those alone
    return _printed_full(line, [at for at in alone + open_at if _stands_in_chinese(line, at, at + 1)])


def _printed_full(line: str, places: Iterable[int]) -> str:
    chars = list(line)
    for at in places:
        chars[at] = _HALF_TO_FULL.get(chars[at], chars[at])
    return "".join(chars)


def _print_pair(match: re.Match[str]) -> str:
    """Print a pair as “ and ” around Chinese, and around a code that stands in Chinese: 深化"1530"工程."""
    quoted, line = match[1], match.string
    is_chinese = 0 < len(quoted) <= _LONGEST_QUOTED and _HAN_RE.search(quoted) is not None
    if not is_chinese and (_CODE_RE.fullmatch(quoted) or _SIGN_RE.fullmatch(quoted)):
        beside = line[max(0, match.start() - 1) : match.start()] + line[match.end() : match.end() + 1]
        is_chinese = _HAN_RE.search(beside) is not None
    return f"“{quoted}”" if is_chinese else match[0]


def _print_quotes(line: str) -> str:
    """Print the straight quotation marks of one line as “ and ”, where they come in pairs around Chinese."""
    return _PAIR_RE.sub(_print_pair, line) if line.count('"') % 2 == 0 else line


def _print_stops(text: str) -> str:
    """Print the ASCII full stops of a page that has no others and whose commas are ASCII."""
    if "。" in text or _COMMA_RE.search(text) is None:
        return text
    chars = list(text)
    for match in _STOP_RE.finditer(text):
        at = match.end() - 1
        if _NAME_POINT_RE.match(text, at) or _LISTED_RE.search(text, max(0, at - 12), at):
            continue
        chars[at] = "。"
    return "".join(chars)


def to_print_widths(text: str) -> str:
    """Return the text with its marks and digits in the widths in which Chinese is printed; its length is kept.

    >>> to_print_widths("全县各中小学、幼儿园,特殊教育学校,局属机关各股室(中心):")
    '全县各中小学、幼儿园，特殊教育学校，局属机关各股室（中心）：'
    >>> to_print_widths("(2023—2025 年)投入1,100万元,达到９５％;课后服务“5+2”,下午16:00开始")
    '（2023—2025 年）投入1,100万元，达到95%；课后服务“5+2”，下午16:00开始'

    A comma that groups the digits of a number is half-width, as in English:

    >>> to_print_widths("全县人均纯收入达到12，320元，参加培训98，其中女教师125，130人")
    '全县人均纯收入达到12,320元，参加培训98，其中女教师125，130人'

    So is a point set in the middle of the line:

    >>> to_print_widths("医疗保健类价格上涨1·8%,“3·15”晚会")
    '医疗保健类价格上涨1.8%，“3·15”晚会'

    Where a page has ASCII commas and no other full stop, a point behind Chinese is one:

    >>> to_print_widths("今年汛情严峻.各乡镇要落实责任,加强巡查.")
    '今年汛情严峻。各乡镇要落实责任，加强巡查。'

    English text, addresses, decimals, ratios and the outline marks （一） and ① stay as they are; so do runs of
    question marks, which are signs of damage.
    """
    printed = _printed(_print_stops(text) if "." in text else text)
    for _ in range(_MOST_ROUNDS):  # what was made full-width is a neighbour to what was not: (()A)县
        if printed == text or not _HALF_RE.search(printed):
            break
        text, printed = printed, _printed(printed)
    return printed


def _printed(text: str) -> str:
    """Return the text with each mark as its neighbours stand now."""
    text = _PLAIN_RE.sub(lambda m: m[0].translate(_PLAIN), text)
    if _JOINER_CLASS_RE.search(text):
        text = _JOINER_RE.sub(lambda m: m[0].translate(_JOINERS), text)
    if "(" in text or ")" in text:
        lines = text.split("\n")
        text = "\n".join([_print_brackets(line) if "(" in line or ")" in line else line for line in lines])
    if '"' in text:
        text = "\n".join([_print_quotes(line) if '"' in line else line for line in text.split("\n")])
    if _GROUP_RE.search(text):
        text = _GROUPED_RE.sub(lambda m: m[0].replace("，", ","), text)
    if "·" in text:
        text = _POINT_RE.sub(".", text)
    return _MARK_RE.sub(_print_mark, text)
