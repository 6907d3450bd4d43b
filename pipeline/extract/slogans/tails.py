"""Wording that stands behind a whole list and has run into its last member."""

from __future__ import annotations

from pipeline.extract.slogans.words import one_of
from pipeline.lazy_re import lazy_re
from pipeline.numerals import chinese_digit

_LONGEST_TAIL = 12
_SHARED_TAIL_RE = lazy_re(
    rf"(?:(?:统筹|协调|同步|同时|协同|联合|共同|一体|整体|专项|全面)[\u4e00-\u9fff]{{2,4}}|{one_of('shared_tail')}{{1,3}})\Z"
)
_RESTATED_RE = lazy_re(
    r"(?:等?(?:共|这)?(?:\d{1,2}|[两三四五六七八九十]{1,2})(?:个|项|大|类|种|方面|条|位)[^、]{0,8}"
    r"|(?<![平高初中优同均相对何])等(?!级|次|额)[^、]{2,20})\Z"
)  # …、公务接待费三项经费; …、中药材等特色产业
_PURPOSE_RE = lazy_re(r"(?<=..)的(?:标准|要求|目标|制度)\Z")
_PREDICATE_RE = lazy_re(
    r"(?:(?<!平)均(?!衡)[^、]{2,8}|进行[\u4e00-\u9fff]{2,4}"
    r"|(?<![建造成施进善到以])“[三四五六七八九十两][^“”]{1,6}”[^、“”]{0,6}"
    r"|的(?:措施|乡镇|村庄|企业|单位|地区|机制))\Z"
)  # …、项目方进行分包; …、零刑事案的乡镇
_COUNTED_RE = lazy_re(
    r"(?:等)?(?:问题|行为|现象|隐患|案件)\d[\d,.]*[余多]?万?[个处件起宗项]\Z"
)  # …、乱堆、乱建问题56个
_SUM_RE = lazy_re(r"(?<=..)“?(?P<n>[三四五六七八])(?P<sign>[\u4e00-\u9fff])[\u4e00-\u9fff]{0,4}”?\Z")
_TITLE_RE = lazy_re(r"《[^《》]{2,40}》")


def _tail_of(last: str, others: list[str]) -> str | None:
    """Return the last member without the shared noun or predicate behind it, None when there is none."""
    compared = others[1:] or others  # the first may carry the words that govern the list
    longest, shortest = max(map(len, compared)), min(map(len, compared))
    usual = sum(map(len, compared)) / len(compared)
    candidates = []
    for at in range(max(1, len(last) - _LONGEST_TAIL), len(last) - 1):
        rest, tail = last[:at], last[at:]
        if not _SHARED_TAIL_RE.match(tail) or any(name.endswith((tail[-2:], tail[:2])) for name in others):
            continue
        if len(last) > longest and shortest <= 2 * len(rest) and len(rest) <= longest + 2:
            candidates.append(rest)
    return min(candidates, key=lambda rest: abs(len(rest) - usual), default=None)


def _before_sum(last: str, others: list[str]) -> str:
    """Return the last member without the sum of all by the sign they share: 自治、法治、德治〔三治融合〕."""
    found = _SUM_RE.search(last)
    if found is None or chinese_digit(found["n"]) != len(others) + 1:
        return last
    names = (*others, last[: found.start()])
    shared = all(name.endswith(found["sign"]) for name in names)
    return names[-1] if shared or all(name.startswith(found["sign"]) for name in names) else last


def without_purpose(name: str) -> str:
    """Return a last member without the noun that the whole list describes: 土地平整〔的标准〕.

    >>> without_purpose("土地平整的标准")
    '土地平整'
    """
    return _PURPOSE_RE.sub("", name)


def without_tail(members: list[str]) -> list[str]:
    """Free the last member of what belongs to all: the noun or predicate behind the list.

    >>> without_tail(["产业强村", "美丽乡村", "文明乡村", "平安乡村协调共建"])[-1]
    '平安乡村'
    >>> without_tail(["生产", "生活", "生态质量"])[-1], without_tail(["气代煤", "电代煤工程"])[-1]
    ('生态', '电代煤')

    A longer last member that ends as the others do is left alone: 经济建设、政治建设、生态文明建设.
    """
    *others, last = members
    if not others:
        return members
    if (title := _TITLE_RE.match(last)) and all(_TITLE_RE.match(name) for name in others):
        return [*others, title[0]]
    if others[0][-1:] == others[-1][-1:] in last[:-1] or others[0][:1] == last[:1] in last[2:]:
        last = _before_sum(last, others)
    if "的" in last and not any(map(_PURPOSE_RE.search, others)):
        last = without_purpose(last)
    compared = others[1:] or others
    for pattern in (_PREDICATE_RE, _RESTATED_RE):
        found = pattern.search(last)
        is_longest = len(last) > max(map(len, compared))
        if (
            found
            and found.start() >= 2
            and (is_longest or pattern is _RESTATED_RE)
            and not any(map(pattern.search, others))
        ):
            last = last[: found.start()]
    if last[-1:] != others[-1][-1:] and (rest := _tail_of(last, others)):
        last = rest
    return [*others, last]


def without_count(members: tuple[str, ...]) -> tuple[str, ...]:
    """Free the last member of the count that belongs to all: 清理乱占、乱堆、乱建〔问题56个〕.

    >>> without_count(("乱占", "乱堆", "乱建问题56个")), without_count(("1分钟响应", "3分钟到场"))
    (('乱占', '乱堆', '乱建'), ('1分钟响应', '3分钟到场'))
    """
    counted = _COUNTED_RE.search(members[-1])
    if counted is None or counted.start() < 2 or any(c.isdecimal() for m in members[:-1] for c in m):
        return members
    return (*members[:-1], members[-1][: counted.start()])
