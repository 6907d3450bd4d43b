"""From when and until when a document says that it holds (施行日期, 有效期)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lazy_re import lazy_re
from pipeline.structure.dates import DATE_PATTERN, first_date

FROM_RE = lazy_re(
    rf"[自从于](?P<when>(?:本\w{{2,6}})?(?:发布|公布|印发|颁布|下发|发文)之日(?:起)?|(?:{DATE_PATTERN}))\s?(?:起)?(?:正式|开始|试)?(?:施行|实施|执行|生效|试行)"
)  # 自2023年5月1日起施行, 自发布之日起施行
ENDS_RE = lazy_re(
    r"日\s?起?\s?(?:正式|开始|试)?(?:施行|实施|执行|生效|试行)"
)  # what every such clause ends with
OF_ITSELF_RE = lazy_re(
    r"本(?:办法|规定|通知|意见|方案|细则|条例|规则|规范|规程|制度|公告|通告|决定|标准|预案|措施|政策|文件|规划|计划|准则|章程)|现(?:将|予|公布|印发|发布)|予以(?:公布|印发|发布)|印发给"
)
PASSED_BEFORE_RE = lazy_re(r"^[（(].{4,80}(?:通过|发布|公布|印发|批准)[，,；; \u3000]{0,2}$")
OF_OTHERS_RE = lazy_re(r"《[^》\n]{2,80}》[^。\n]{0,12}$")
UNTIL_RE = lazy_re(
    rf"期(?<=(?:有效|试行|执行|实施|施行)期)限?[^。；\n]{{0,24}}?(?:至|到)\s?(?:{DATE_PATTERN})"
)  # 有效期至2028年4月30日
UNTIL_BEHIND_RE = lazy_re(
    rf"[，、；（(]?\s?(?:有效期|期限|执行|实施|施行|试行)?\w{{0,6}}?(?:至|到)\s?(?:{DATE_PATTERN})"
)  # 自…起施行，至2028年4月30日止
_LONGEST_CLAUSE = 48


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands in the sentence before a match, and behind it."""
    begin = max(text.rfind(mark, max(0, start - 200), start) for mark in "。！？\n") + 1
    return text[max(begin, start - 200) : start], text[end : end + 60]


def _in_force(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the clauses that say from when on the document itself holds, with what stands behind each."""
    for end in ENDS_RE.finditer(text):
        match = FROM_RE.search(text, max(0, end.end() - _LONGEST_CLAUSE), end.end())
        if match is None:
            continue
        before, behind = _sentence(text, match.start(), match.end())
        is_own = OF_ITSELF_RE.search(before) or PASSED_BEFORE_RE.match(before.strip())
        if not is_own and before.strip(" \u3000，第条一二三四五六七八九十百、（）.0123456789"):
            continue
        if not OF_OTHERS_RE.search(before) or is_own:
            yield match, behind


def find_effective(text: str, since: str | None) -> tuple[str | None, str | None]:
    """Return from when and until when a document says that it holds; `since` is the day it was issued.

    >>> find_effective("第二十条 本办法自2023年5月1日起施行，有效期至2028年4月30日。", None)
    ('2023-05-01', '2028-04-30')
    >>> find_effective("《家庭教育促进法》自2022年1月1日起施行。", None), find_effective("本意见自印发之日起施行。", "2023-03-30")
    ((None, None), ('2023-03-30', None))

    Leaves alone what is said of other documents, and a term of years that names no day.
    """
    effective = expiry = None
    for match, behind in _in_force(text):
        iso = first_date(match[0]) or (since if "之日" in match["when"] else None)
        if iso is None:
            continue
        effective = effective or iso
        if until := UNTIL_BEHIND_RE.match(behind):
            expiry = expiry or first_date(until[0])
    for match in UNTIL_RE.finditer(text):
        before, _ = _sentence(text, match.start(), match.end())
        if OF_ITSELF_RE.search(before + match[0]) or not before.strip(
            " \u3000，第条一二三四五六七八九十百、"
        ):
            expiry = expiry or first_date(match[0])
    return effective, expiry
