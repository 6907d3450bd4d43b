"""Whose report a committee's is: of the Political Consultative Conference (政协), and of the Party."""

from __future__ import annotations

import re

from pipeline.lazy_re import lazy_re

_TERM_RE = lazy_re(r"第[一二三四五六七八九十]{1,4}届")
_BODY = (
    r"(?:中国人民政治协商会议|政协|中国共产党|中共)[\u4e00-\u9fff]{2,18}?(?:第[一二三四五六七八九十]{1,4}届)?"
    r"(?:纪律检查)?委员会(?:常务委员会)?"
)
_DELIVERED_FOR_RE = lazy_re(rf"(?:代表|受)(?P<issuer>{_BODY})")  # 我受政协青山县第八届委员会常务委员会委托
_OWN_TITLE_RE = lazy_re(rf"(?P<issuer>{_BODY})(?:\d{{4}}年(?:度)?)?(?:工作)?报告")
_COMMITTEES_TITLE_RE = lazy_re(
    r"^(?!关于)[^《》]{0,20}?(?:政协|政治协商|中国共产党|中共|党代会)[^《》]{0,40}报告$"
)
# bodies beside the government whose reports an assembly hears
_NOT_GOVERNMENTS_RE = lazy_re(
    r"政协|政治协商|人大|人民代表大会常务|法院|检察院|中国共产党|中共|党代会|[党纪]委"
)


def issuer_of_committee(title: str | None, head: str) -> str | None:
    """Return the committee whose report this is, without its term; None for other titles.

    >>> issuer_of_committee("政协工作报告", "各位委员：\\n我受政协青山县第八届委员会常务委员会委托，向大会报告工作。")
    '政协青山县委员会常务委员会'
    >>> issuer_of_committee("在中国共产党青山县第十四次代表大会上的报告", "我代表中共青山县第十三届委员会向大会作报告。")
    '中共青山县委员会'
    """
    if not title or not _COMMITTEES_TITLE_RE.match(title):
        return None
    match = _OWN_TITLE_RE.fullmatch(title) or _DELIVERED_FOR_RE.search(head)
    return re.sub(_TERM_RE.pattern, "", match["issuer"]) if match else None


def is_of_government(title: str | None) -> bool:
    """Say whether a work report may be a government's, by its title.

    >>> is_of_government("政府工作报告"), is_of_government("政协工作报告")
    (True, False)
    """
    return not (title and "政府" not in title and _NOT_GOVERNMENTS_RE.search(title))
