"""Letters of a government's mailbox (县长信箱): a form of labels that says what is asked, who answers, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.structure.bodies import split_names
from pipeline.structure.dates import first_date

_ASKED = r"(?:信件|来信|咨询|留言|诉求|写信|问题)"
_ANSWERED = r"(?:回复|答复|办理|处理|受理)"
# a label with its value in the same line, or in the next
_CELL = r"[ 　]{{0,4}}[\[【]?(?:{0})[\]】]?(?:[ ]?[：:]\s{{0,4}}|[\t|｜]{{1,3}}[ ]?|[ 　]{{1,8}}|[ ]?\n[ 　]{{0,4}})(?P<value>[^\n\t]{{2,400}})"


def _cell(labels: str) -> re.Pattern[str]:
    return lazy_re(r"(?:^|\t)" + _CELL.format(labels), re.MULTILINE)


_TITLE_RE = _cell(rf"{_ASKED}(?:标题|主题|名称)")
_ASKED_RE = _cell(rf"{_ASKED}(?:内容|正文)")
_BODY_RE = _cell(rf"{_ANSWERED}(?:单位|部门|机构|机关)")
_DAY_RE = _cell(rf"(?:{_ANSWERED}|办结)(?:时间|日期)")
_ANSWER_RE = _cell(r"(?:回复|答复|处理|办理)(?:内容|意见|结果|情况)")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a page of a mailbox says: its title, who answered, and on which day."""

    title: str | None
    issuer: str | None
    answered: str | None


def read_letter(text: str) -> Letter | None:
    """Return the letter that a page shows; None unless it labels both what is asked and what is answered.

    >>> read_letter("信件标题\\t关于划片的咨询\\n信件内容\\t划片范围是什么？\\n回复单位\\t青山县教育局\\n回复时间\\t2022-06-14 16:40\\n回复内容\\t您好！")
    Letter(title='关于划片的咨询', issuer='青山县教育局', answered='2022-06-14')
    >>> read_letter("来信内容要如实填写。\\n答复时间：五个工作日内。") is None
    True
    """
    if _ASKED_RE.search(text) is None or _ANSWER_RE.search(text) is None:
        return None
    title, body, day = (
        found["value"].strip() if (found := p.search(text)) else "" for p in (_TITLE_RE, _BODY_RE, _DAY_RE)
    )
    if not (title or body):
        return None
    return Letter(title[:120] or None, "、".join(split_names(body)) or None, first_date(day))
