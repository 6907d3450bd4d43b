"""What the lines of a document's frame look like: recipients, signatures, attachment marks, printing lines, glossaries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.structure.bodies import split_names
from pipeline.structure.dates import DATE_RE, MONTH_RE
from pipeline.structure.numbers import is_number

_LONGEST = 200  # a longer line is running text
_TITLE = 60  # characters of one line of an attachment's title
RECIPIENTS_RE = lazy_re(
    r"(?!各位)(?:(?:致|全[省市县区州旗镇乡])?各[^。；！？\n]{1,190}|[^。；！？\n《]{2,180}(?:政府|委员会|管委会|局|厅|部|院|办公室|办事处|单位|部门|学校|中学|小学|园|校|公司|集团|中心|站|所|村|社区|处|科|股|室|委|军区|总队|大队|支队|支部|总支|协会|银行|[)）]))：$"
    r"|(?!尊敬的|同志们|女士们|各位|记者)[^。；！？\n《]{2,40}(?:代表|委员|主席|同志|先生|女士)：$"  # 王某等代表：
)  # 各乡镇人民政府，县直各单位：
SPOKEN_TO_RE = lazy_re(
    r".*(?:如下|事项|通知|公告|通告|意见|要求|为|包括|(?:下列|以下)[^：]{0,8}|几点|几项|方面|同学|家长|朋友|要|应|须|做到|抓好|落实|完成|实现)：$"
)
ATTACHMENT_RE = lazy_re(
    r"附\s{0,4}[件表录图]?(?![近带属中设加则])\s{0,2}(?P<number>\d{1,2}(?:[-—.]\d{1,2})?|[一二三四五六七八九十]{1,2}|[①-⑳])?\s{0,2}(?P<colon>[：:.、．]?)\s{0,4}(?P<said>.{0,150})$"
)
LISTED_RE = lazy_re(r"(?:\d{1,2}\s?[.．、]|[（(]\d{1,2}[）)]|[①-⑳])\s{0,2}[^。]{2,100}$")
SIGNER_RE = lazy_re(
    r"(?:自治区|[省市县区州旗]|[\u4e00-\u9fff]{2,10}人民政府)?(?:代)?(?:县长|市长|区长|旗长|州长|省长|主席|总理|局长|厅长|部长|主任|镇长|乡长|校长|署长|行长|会长)[ \u3000：]{1,6}[\u4e00-\u9fff·某×X]{1,5}(?:[ \u3000][\u4e00-\u9fff])?$"
)  # 县长 王某
IMPRINT_RE = lazy_re(
    r"抄\s?[送报]|(?:主题词|分送|发送|信息公开(?:选项|形式|类别|属性)|(?:政府)?(?:信息)?公开(?:方式|选项|属性|形式|类别)|印数|校对|打字|拟稿)\s?[：:]"
    r"|[（(](?:此件|本文|此文)[^）)\n]{2,20}[）)]$|[^。；\n]{0,60}\d\s?日\s?印\s?发\s?$|[（(]?共印\s?\d"
)
GLOSSARY_RE = lazy_re(
    r"[（(【\[〔※*＊★☆● ]{0,3}(?:附(?:件|录)?\s?\d?\s?[：:]?\s?)?(?P<name>[^：，。；\n]{0,16}?(?:名词|用语|术语|名词术语|词语|概念)(?:与?[名术用]语)?(?:的?解释|注释|说明|释义)|注\s?释|附\s?注|尾\s?注|名\s词\s解\s释)[】）)\]〕※*＊★☆ ]{0,3}[：:]?$"
)
FOOTNOTE_RE = lazy_re(r"[\[【〔［](?P<number>\d{1,3})[\]】〕］]\s{0,2}[^。\n]{2,60}?(?:[：:]|是?指|即|——)")
PROSE_END_RE = lazy_re(r"[。！？；：…”）]$")
OPENS_RE = lazy_re(r"[一1１][、.．]|（一）|第一[章条编部节]")
DECREE_HEAD_RE = lazy_re(r"[\u4e00-\u9fff]{2,30}令")
NAMED_RE = lazy_re(
    r"《([^《》\n]{4,80})》|(?:印发|转发|公布|发布)([^《》\n]{4,80})的(?:通知|公告|通告|决定)$"
)
_MARKS_RE = lazy_re(r"[\s“”《》（）()〔〕\-—–]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty; `shown` has no white space around it and is cut where it is running text."""

    start: int
    end: int
    shown: str

    @property
    def is_long(self) -> bool:
        """Say whether the line is too long for any line of these parts."""
        return self.end - self.start > _LONGEST

    @property
    def is_prose(self) -> bool:
        """Say whether the line is a sentence or more."""
        return self.end - self.start >= 20 and (self.is_long or PROSE_END_RE.search(self.shown) is not None)


def read_lines(text: str) -> list[Line]:
    """Return the lines of a text that are not empty."""
    rows = []
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + len(line) - len(line.lstrip())
            rows.append(Line(start, start + len(bare), bare[: _LONGEST + 1]))
        at += len(line) + 1
    return rows


def title_key(title: str) -> str:
    """Return a title without blanks, quotation marks and brackets, to compare it with another."""
    return _MARKS_RE.sub("", title)


def is_date_line(shown: str) -> bool:
    """Say whether a line holds a date, behind the name of a body at most: 柳城县教育局 2023年3月30日."""
    match = DATE_RE.search(shown) or MONTH_RE.search(shown)
    if match is None or shown[match.end() :].strip("） )。"):
        return False
    before = shown[: match.start()].strip(" （(\u3000")
    return not before or bool(split_names(before))


def is_signed_in_figures(shown: str, above: str) -> bool:
    """Say whether a day in figures alone stands below a body: 2023.3.30; a site's own date has none above it."""
    return DATE_RE.fullmatch(shown) is not None and bool(split_names(above))


def is_signer(shown: str) -> bool:
    """Say whether a line names bodies only, or the head of one who signs a decree: 县长 王某."""
    return len(shown) <= 80 and bool(split_names(shown) or SIGNER_RE.match(shown))


def is_recipients(shown: str) -> bool:
    """Say whether a line says to whom a document goes.

    >>> is_recipients("各乡镇人民政府，县直各单位："), is_recipients("各学校要做到以下几点："), is_recipients("各位代表：")
    (True, False, False)
    """
    return bool(RECIPIENTS_RE.match(shown)) and not (SPOKEN_TO_RE.match(shown) or OPENS_RE.match(shown))


def is_subtitle(shown: str) -> bool:
    """Say whether a line in brackets belongs to the title above it: （2023—2025年）."""
    return re.match(r"[（(].{2,40}[）)]$", shown) is not None


def is_title_line(shown: str) -> bool:
    """Say whether a line may be a title or a piece of one."""
    return (
        4 <= len(shown) <= _TITLE
        and not re.search(
            r"[。；：，！]$|\t|^[一二三四五六七八九十]{1,3}、|^第[一二三四五六七八九十]{1,3}[章条]|^\d{1,2}[.．、]|^附",
            shown,
        )
        and not (shown[0] == "《" and shown[-1] == "》")
        and not is_number(shown)
        and not is_date_line(shown)
    ) or is_subtitle(shown)
