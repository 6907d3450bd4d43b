"""The dates of a document kept apart: put up, written, in force, expired, and the meeting it belongs to."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.records import PageFacts, Part
from pipeline.structure.dates import CLOCK, DATE_PATTERN, MONTH_RE, PRINTED_DAY, first_date, to_month
from pipeline.structure.doc_types import NEWS, REPORT
from pipeline.structure.info_labels import LABEL_END
from pipeline.structure.meeting_dates import day_passed, delivered, find_meeting, says_where_held
from pipeline.structure.validity import find_effective

# behind its label, or below it where a table lost its cells: 发布日期 | 2024-07-15
_VALUE = rf"(?:{LABEL_END}|[ \t]{{0,2}}\n\s{{0,2}}(?=(?:19|20)\d\d))(?P<value>[^\n]{{6,24}})"
PUBLISHED_RE = lazy_re(
    rf"(?:发布|公布|发文|刊发|上传|录入|公开|发表|刊登|刊载|添加|发稿|播发|推送|登载|信息|创建)(?:时间|日期){_VALUE}"
    rf"|(?:发布|发表|刊发|上传)于[：:]?[ \t]{{0,2}}(?={PRINTED_DAY})(?P<since>[^\n]{{6,24}})"
)
# 日期：2024/4/29; not 报名时间, 归档时间, nor when something is held: 一、时间：2021年3月18日上午
DATED_RE = lazy_re(
    rf"(?<![\u4e00-\u9fff、.．）)])(?:时间|日期){LABEL_END}(?P<value>(?![^\n]{{0,14}}(?:上午|下午|星期|周[一二三四五六日]|[至—～~]))[^\n]{{6,24}})"
)
WRITTEN_RE = lazy_re(rf"(?:成文|生成|制发|签发|印发|发文)(?:时间|日期){_VALUE}")
IN_FORCE_RE = lazy_re(rf"(?:生效|施行|实施)(?:时间|日期){_VALUE}")
EXPIRES_RE = lazy_re(rf"(?:失效|废止|终止)(?:时间|日期){_VALUE}")
UPDATED_RE = lazy_re(rf"(?:更新|修改)(?:时间|日期){_VALUE}")  # where nothing says when it was put up
DOUBTFUL_RE = lazy_re(rf"来源时间为?{_VALUE}")  # 来源时间为：2022-3-24
BARE_DATE_RE = lazy_re(
    rf"^[^\S\n]*(?:[-•·]\s(?=[\d\-/.年月日]{{8,11}}\s(?:发布|上传)$)|[\[【（(](?=[\d\-/.]{{8,10}}(?: {CLOCK}(?:[:：]\d\d)?)?[\]】）)]$)|第?[A-Z]?\d{{1,3}}版(?:[：:][\u4e00-\u9fff]{{0,8}})?[ \t　]{{1,4}}|[|｜]\s?[\u4e00-\u9fff]{{2,8}}\s?[|｜]\s?)?(?P<value>{PRINTED_DAY})(?:(?:[T ]\s{{0,2}}|(?<=日)){CLOCK}(?:[:：]\d\d)?)?(?=[\s\]】）)]|$)",
    re.MULTILINE,
)
BESIDE_SOURCE_RE = lazy_re(
    rf"^[^\S\n]*(?:https?://[\w./-]{{4,60}}|[\u4e00-\u9fff]{{2,14}}(?:[ \t]{{1,4}}[\u4e00-\u9fff]{{2,14}})?|https?://[\w./-]{{4,60}}[ \t]{{1,4}}[\u4e00-\u9fff]{{2,14}})[ \t]{{1,4}}(?P<value>{PRINTED_DAY})[T ]{CLOCK}(?:[:：]\d\d)?[ \t|｜]*(?:[\u4e00-\u9fff]{{2,4}}[ \t]*)?(?=$|来源|來源)",
    re.MULTILINE,
)  # 青山教育 2024-07-07 23:08
BEHIND_OUTLET_RE = lazy_re(
    rf"来源[：:][ \t　]?[^\s：:\d]{{2,20}}[ \t　]{{0,6}}(?P<value>{PRINTED_DAY})(?=\s|$)"
)  # 来源：青山日报　2022年9月8日　记者
BESIDE_COUNTER_RE = lazy_re(
    rf"(?P<value>{PRINTED_DAY})(?:[T ]\s{{0,2}}{CLOCK}(?:[:：]\d\d)?)?[ \t|｜]{{0,8}}(?:浏览|点击|阅读|访问|人气|来源[：:])"
)  # 文字：[大][中][小] 2023/6/29 浏览次数：1530
# anywhere in a bar of the site, behind no label of its own: 责任编辑：王某 | 2019-01-16 10:21 | 稿源：青山日报
IN_BAR_RE = lazy_re(
    rf"^(?=[^\n。]{{0,80}}(?:来源|稿源|作者|编辑|审核|字体|打印|浏览|点击|阅读|访问|[日晚早]报|都市报|融媒体|电视台|新闻网|报社))[^\n。]{{0,60}}?[^\s：:|｜][ \t　|｜]{{1,8}}(?P<value>{PRINTED_DAY})(?=[\s|｜]|$)",
    re.MULTILINE,
)
COMPACT_RE = lazy_re(
    r"^[ \t　]*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[ \t　]*$", re.MULTILINE
)  # 20181116 alone in its line
PRINTING_LINE_RE = lazy_re(r"[^\n]{0,40}印\s?发\s*$", re.MULTILINE)
DATE_ONLY_RE = lazy_re(rf"^[^\n，。：]{{0,30}}?(?:{DATE_PATTERN})[ 　）)]*$", re.MULTILINE)

_DAYS_BEFORE, _DAYS_BEHIND = 31, 366
_YEAR_OF_NUMBER_RE = lazy_re(r"〔((?:19|20)\d\d)〕")


@dataclass(frozen=True, slots=True)
class Dates:
    """What each of the columns says; ISO dates, or a month where the document itself gives no day."""

    publish: str | None = None
    written: str | None = None
    effective: str | None = None
    expiry: str | None = None
    meeting: str | None = None


def _labelled(pattern: re.Pattern[str], page_head: str) -> str | None:
    return next((iso for m in pattern.finditer(page_head) if (iso := first_date(m[m.lastgroup or 0]))), None)


def _printed_below(text: str) -> str | None:
    return next((iso for m in PRINTING_LINE_RE.finditer(text[-400:]) if (iso := first_date(m[0]))), None)


def _printed_above(head: Sequence[str]) -> str | None:
    """Return the day a line under the title says the document was printed on: 县人民政府办公室　2021年11月8日印发."""
    return next(
        (iso for line in head[:6] if PRINTING_LINE_RE.fullmatch(line) and (iso := first_date(line))), None
    )


def _signed(text: str, parts: Sequence[Part]) -> str | None:
    """Return the date of the document's own signature; the ones of attachments are theirs."""
    own = next((part.start for part in parts if part.kind == "attachment"), len(text))
    for part in parts:
        if part.kind == "signature" and part.start < own:
            shown = text[part.start : part.end]
            if iso := first_date(shown):
                return iso
            if month := next((m for found in MONTH_RE.finditer(shown) if (m := to_month(found))), None):
                return month
    return None


def _site_date(page_head: str, page_facts: PageFacts) -> str | None:
    if iso := _labelled(PUBLISHED_RE, page_head):
        return iso
    if page_facts.publish_date and (iso := first_date(page_facts.publish_date)):
        return iso
    return next(
        (
            iso
            for known in (
                DATED_RE,
                BESIDE_SOURCE_RE,
                BEHIND_OUTLET_RE,
                BESIDE_COUNTER_RE,
                BARE_DATE_RE,
                IN_BAR_RE,
                UPDATED_RE,
            )
            if (iso := _labelled(known, page_head))
        ),
        None,
    ) or next(
        (iso for m in COMPACT_RE.finditer(page_head) if (iso := first_date("-".join(m.groups())))), None
    )


def _is_far(publish: str, written: str) -> bool:
    """Tell a day on which nobody publishes what was written then: more than a year later, or a month before."""
    if len(publish) < 10 or len(written) < 10:
        return False
    days = (datetime.date.fromisoformat(publish) - datetime.date.fromisoformat(written)).days
    return not -_DAYS_BEFORE <= days <= _DAYS_BEHIND


def _is_of_other_years(publish: str, doc_number: str | None) -> bool:
    """Tell a day that is years from the year of a document's number."""
    year = _YEAR_OF_NUMBER_RE.search(doc_number or "")
    return year is not None and abs(int(publish[:4]) - int(year[1])) > 1


def _delivered_or_put_up(
    title: str, head: Sequence[str], page_head: str, page_facts: PageFacts
) -> str | None:
    """Return the day on which a work report was delivered, else that on which its site put it up."""
    put_up = _site_date(page_head, page_facts)
    return (
        delivered(head)
        or _labelled(PUBLISHED_RE, page_head)
        or first_date(page_facts.publish_date or "")
        or (put_up if put_up and put_up[:4] in title else None)
    )


def find_dates(
    doc_type: str,
    title: str | None,
    head: Sequence[str],
    page_head: str,
    text: str,
    page_facts: PageFacts,
    parts: Sequence[Part],
    *,
    is_sourced: bool = True,
    doc_number: str | None = None,
) -> Dates:
    """Return the dates of a document; of a work report the day of delivery counts, not the day a site put it up.

    Where the page names no source (`is_sourced`), it is a copy, and a day far from the document's own, or from the year
    of its number, is that of the copy.
    """
    signed = _signed(text, parts)
    stated = first_date(page_facts.written_date or "") or _labelled(WRITTEN_RE, page_head)
    printed = _printed_below(text)
    written = stated or signed
    if doc_type == REPORT:
        publish = _delivered_or_put_up(title or "", head, page_head, page_facts)
    else:
        loose = DATE_ONLY_RE.search(text) or DATE_ONLY_RE.search("\n".join(head))
        publish = (
            _site_date(page_head, page_facts)
            or first_date(page_facts.written_date or "")
            or (signed if signed and len(signed) == 10 else None)
            or (first_date(loose[0]) if loose else None)
            or _labelled(WRITTEN_RE, page_head)
            or printed
            or _printed_above(head)
            or _labelled(DOUBTFUL_RE, page_head)
            or (delivered(head) if says_where_held(head) else day_passed(head))
        )
        if not is_sourced and written and publish and _is_far(publish, written):
            publish = written
        elif not is_sourced and not written and publish and _is_of_other_years(publish, doc_number):
            publish = None
        if written is None and doc_type != NEWS:
            written = (
                first_date(loose[0]) if loose and not _site_date(page_head, page_facts) else None
            ) or printed
    effective, expiry = find_effective(text, written if written and len(written) == 10 else publish)
    return Dates(
        publish=publish,
        written=written,
        effective=first_date(page_facts.effective_date or "")
        or _labelled(IN_FORCE_RE, page_head)
        or effective,
        expiry=first_date(page_facts.expiry_date or "") or _labelled(EXPIRES_RE, page_head) or expiry,
        meeting=find_meeting(doc_type, title, head, publish),
    )
