"""Members of a slogan that takes up, in its own sentence, what was just said with its head: 组织到位、资金到位，“两个到位”确保…"""

from __future__ import annotations

from pipeline.extract.slogans.first_member import trim_first
from pipeline.extract.slogans.lists import tidy
from pipeline.lazy_re import lazy_re

_LONGEST = 20  # characters in a member
_TAKEN_UP_RE = lazy_re(
    r"[，：—]+(?:(?:要|我们|切实|真正|全面|坚持|不断){0,2}(?:以|用|靠|凭|做到|实现|落实|通过|抓好|抓实)|这)?[“‘「『]?\Z"
)  # …，以“三个强化”推动
_MARK_RE = lazy_re(r"[，；、：]")
_ORDINAL_RE = lazy_re(r"[一二三四五六七八九十](?:是|要)")


def resumed(before: str, head: str, expected: int | None) -> tuple[str, ...]:
    """Return the phrases right before a slogan that all begin with its head or all end in it, as many as it counts.

    `before` is the slogan's sentence up to it.

    >>> resumed("组织保障到位、资金投入到位、宣传发动到位，“", "到位", 3)
    ('组织保障到位', '资金投入到位', '宣传发动到位')
    >>> resumed("一要强化引领，二要强化支撑，以“", "强化", 2)
    ('强化引领', '强化支撑')
    """
    if expected is None or not 2 <= expected <= 10 or len(head) < 2:
        return ()
    if before.count(head) < expected or not (taken_up := _TAKEN_UP_RE.search(before)):
        return ()
    phrases = [_ORDINAL_RE.sub("", p, count=1) for p in _MARK_RE.split(before[: taken_up.start()])]
    members = phrases[-expected:]
    if len(members) != expected or (len(phrases) > expected and head in phrases[-expected - 1]):
        return ()
    if not all(len(head) + 1 < len(member) <= _LONGEST for member in members):
        return ()
    if all(member.startswith(head) for member in members[1:]) and head in members[0]:
        return tuple(tidy(m) for m in (members[0][members[0].index(head) :], *members[1:]))
    if all(member.endswith(head) for member in members):
        return tuple(tidy(m) for m in trim_first(members))
    return ()
