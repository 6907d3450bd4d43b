"""Members that follow a slogan one by one: 一是 … 二是 …; （一） … （二） …; 1. 2."""

from __future__ import annotations

import re

from pipeline.extract.slogans.lists import LONGEST_MEMBER, is_noun_head, tidy
from pipeline.extract.slogans.words import COUNTED_VERBS, LEAD_VERB_RE
from pipeline.lazy_re import lazy_re

_ONES = "一二三四五六七八九十"
_CHINESE = [*_ONES, *("十" + c for c in _ONES[:9]), "二十"]
_DASHES = ["——"] * 20
_DIGITS = [str(n) for n in range(1, 21)]
_CIRCLED = [chr(ord("①") + n) for n in range(20)]
_EDGES = "：:；;。，, \u3000\n"  # behind one of which a marker of headings parts the members of a line
_REACH = 6000  # characters in which one member after the other is looked for

# marker families: how the n-th marker is printed, and where: the marks of headings begin lines, or part the members of the slogan's own line
_ANYWHERE, _AT_LINE, _INSIDE = "", "line", "inside"
_FAMILIES: tuple[tuple[str, list[str], str], ...] = (
    ("{}是", _CHINESE, _ANYWHERE),
    ("第{}是", _CHINESE, _ANYWHERE),
    ("{}要", _CHINESE, _ANYWHERE),
    ("第{}，", _CHINESE, _ANYWHERE),
    ("第{}、", _CHINESE, _ANYWHERE),
    ("其{}，", _CHINESE, _ANYWHERE),
    ("{}", _CIRCLED, _ANYWHERE),
    ("（{}）", _DIGITS, _ANYWHERE),
    ("{}.", _DIGITS, _ANYWHERE),
    ("（{}）", _CHINESE, _INSIDE),
    ("{}、", _DIGITS, _INSIDE),
    ("{}）", _DIGITS, _INSIDE),
    ("{}、", _CHINESE, _INSIDE),
    ("（{}）", _CHINESE, _AT_LINE),
    ("（{}）", _DIGITS, _AT_LINE),
    ("{}.", _DIGITS, _AT_LINE),
    ("{}、", _DIGITS, _AT_LINE),
    ("{}、", _CHINESE, _AT_LINE),
    ("{}", _DASHES, _AT_LINE),
)
_FIRST_OF_FAMILIES = [
    (
        style.format(numbers[0]),
        style,
        numbers,
        place,
        ("\n" if place == _AT_LINE else "") + style.format(numbers[0]),
    )
    for style, numbers, place in _FAMILIES
]
_FIRST_RE = lazy_re(r"第一[是，、]|其一，|一[是要、]|①|（[1一]）|1[.、）]|——")  # the first of any family
_REST_RE = lazy_re(r"[^。！？\n]{0,80}[。！？：:；]?")  # what is left of the slogan's own sentence
_OTHER_COUNT_RE = lazy_re(
    r"(?<![“‘「『])(?:[两三四五六七八九]|十[一二三四五六]?|\d{1,2})(?:个|项|大|件|条|点|种|类)?(?:方面|[\u4e00-\u9fff]{0,4}(?:任务|工作|举措|措施|重点|工程|行动))"
)  # the enumeration is of 七项任务 or 以下七个方面
_LEADS_OVER_RE = lazy_re(r"[：:即是为]\s{0,2}\Z")
_DASHED_RE = lazy_re(r"(?:\n——[^\n]*){2,20}")  # one line behind the other
_COLON_RE = lazy_re(r"[”’」』]?[\u4e00-\u9fff]{0,4}[：:]\s{0,2}")
_COMMA_RE = lazy_re(r"[”’」』][\u4e00-\u9fff]{0,6}，\s?")  # “四个强化”，一是…；二是…
_RUN_IN_RE = lazy_re(r"[”’」』]，[\u4e00-\u9fff]{2,10}。\s{0,2}")  # 落实“四个集中”，方便群众办事。一是…
_SURE_GAP_RE = lazy_re(r"[”’」』]?[\u4e00-\u9fff]{0,4}[：:]\s{0,2}|[”’」』]?[\u4e00-\u9fff]{4,12}。\s{0,2}")
_SENTENCE_RE = lazy_re(r"[^。\n]{2,120}")
_FULL_STOP_RE = lazy_re(r"[。；！？]")
_NAME_RE = lazy_re(r"[^，。；：\n]{2,60}")
_MODAL_RE = lazy_re(
    r"(?:(?:我们|大家|就是|一定|还|也)?(?:要|必须)有?|有)(?=.{2})"
)  # 第一，要有忧患意识；第二，要有…
_QUOTED_RE = lazy_re(r"[“‘「『]([^“”‘’「」『』\n]{2,40})[”’」』]")


def _is_within(text: str, start: int, end: int) -> bool:
    """Whether what looks like a marker is part of a number or a word: 第〔一是〕, 〔1.〕2亿元, 统〔一、〕."""
    if text[end - 1] in "、）" and text[start] not in "（第":
        return text[start - 1] not in _EDGES
    return text[start - 1] in "第之其百零.0123456789" + _ONES or (
        text[end - 1] == "." and text[end : end + 1].isdigit()
    )


def _leads(
    text: str, start: int, end: int, style: str, numbers: list[str], at_line: bool
) -> list[tuple[int, int]]:
    """Return where the wording behind each marker of one family begins and the next marker stands, as long as they follow one another."""
    leads: list[int] = []
    stops: list[int] = []
    at = start
    for number in numbers:
        marker = style.format(number)
        sign = ("\n" if at_line else "") + marker
        found = text.find(sign, at, end)
        while found > 0 and not at_line and _is_within(text, found, found + len(sign)):
            found = text.find(sign, found + 1, end)
        if found < 0:
            break
        at = found + len(sign)
        if _NAME_RE.match(text, at) is None:
            break
        leads.append(at)
        stops.append(found)
    return list(zip(leads, [*stops[1:], end], strict=False))


def _worded(text: str, leads: list[tuple[int, int]], head: str) -> list[str]:
    """Return the first clause behind each marker, or the later one that all have with the head of the slogan.

    （一）聚焦转型升级，在产业体系上实现更大突破 names a member of “六个更大突破” by its second clause.
    """
    sentences = [match[0] if (match := _SENTENCE_RE.match(text, at, stop)) else "" for at, stop in leads]
    clauses = [[c.strip() for c in re.split(r"[，；：]", s) if len(c.strip()) >= 2] for s in sentences]
    if len(head) >= 2 and not any(head in c[0] for c in clauses if c):
        with_head = [next((c for c in some if head in c), "") for some in clauses]
        if all(with_head):
            return with_head
    return [some[0] if some else "" for some in clauses]


def _paired(text: str, leads: list[tuple[int, int]], pair: tuple[str, str]) -> tuple[str, ...]:
    """Return the two clauses behind each marker that begin with the heads of 三聚焦三提升; () unless all have them."""
    members: list[str] = []
    for at, stop in leads:
        sentence = _SENTENCE_RE.match(text, at, stop)
        clauses = re.split("[，、；]", sentence[0])[:2] if sentence else []
        if len(clauses) < 2 or not all(map(str.startswith, clauses, pair)) or max(map(len, clauses)) > 24:
            return ()
        members += clauses
    return tuple(members)


def _holding(leads: list[str], head: str) -> tuple[str, ...]:
    """The names that hold the head in the middle of every lead, verb and task left off: 强化〔食品安全〕监管."""
    names = []
    for lead in leads:
        verb = LEAD_VERB_RE.match(lead)
        behind = verb.end() if verb else len("紧盯")
        at = lead.find(head, behind)
        if at <= behind or "“" in lead or lead[0] in "在以从把将对由向让使":
            return ()  # 在招商引资上率先突破 has no verb to leave off
        names.append(lead[behind : at + len(head)])
    return tuple(names)


def _named(leads: list[str], head: str) -> tuple[str, ...]:
    """Return the short names of members: a quoted name ending in the head, else the lead; 健全…机制 loses its verb."""
    names = []
    if head[:1] not in ("有", "要") and all(map(_MODAL_RE.match, leads)):
        leads = [_MODAL_RE.sub("", lead, count=1) for lead in leads]
    if len(head) >= 2 and any(not lead.endswith(head) for lead in leads) and (held := _holding(leads, head)):
        return held
    verbs = {match[0] if (match := LEAD_VERB_RE.match(lead)) else "" for lead in leads}
    shared_verb = verbs.pop() if len(verbs) == 1 else ""
    for lead in leads:
        quoted = [q for q in _QUOTED_RE.findall(lead) if head and q.endswith(head)]
        if quoted:
            names.append(quoted[0])
        elif head and is_noun_head(head) and lead.endswith(head) and (match := LEAD_VERB_RE.match(lead)):
            names.append(lead[match.end() :])
        elif shared_verb and shared_verb not in head and head and lead.endswith(head):
            names.append(lead.removeprefix(shared_verb))
        else:
            names.append(tidy(lead))
    return tuple(names)


def _leads_over(gap: str, head: str, *, is_counted: bool) -> bool:
    """Whether what stands between a slogan and the first marker leads over to the members, and to nothing else: 即：, ，方便群众办事。"""
    if "，" not in gap or _LEADS_OVER_RE.search(gap):
        return True
    if len(head) >= 2 and gap.rstrip("。 ").endswith(head):
        return True
    if not is_counted:
        return False
    return _COMMA_RE.fullmatch(gap) is not None or (
        gap[1:2] == "，" and _RUN_IN_RE.fullmatch(gap) is not None
    )


def _is_led_to(gap: str, head: str, *, at_line: bool, is_counted: bool) -> bool:
    """Whether what stands between a slogan and the first marker leads over to it, as a heading does to the lines below."""
    is_heading = at_line and not _FULL_STOP_RE.search(gap.rstrip("。"))
    return is_heading or _leads_over(gap, head, is_counted=is_counted)


def enumerated_after(
    text: str,
    end: int,
    expected: int | None,
    head: str,
    *,
    in_line: bool = False,
    pair: tuple[str, str] | None = None,
) -> tuple[str, ...]:
    """Return the members that are enumerated right behind a slogan, named short; () when their number is another
    and the slogan does not lead right over to them.

    With `pair` each place names two members, one of each head: 一是聚焦项目，提升动能。二是聚焦….
    `in_line` looks for none in headings: a paper on 双减 has two sections that are not its members.

    >>> text = "“四项机制”建强师资队伍。一是健全教师补充机制。公开招聘。二是健全教师待遇机制。足额发放。"
    >>> enumerated_after(text, 5, 2, "机制")
    ('教师补充机制', '教师待遇机制')
    """
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    sentence = _REST_RE.match(text, end)
    after_sentence = sentence.end() if sentence else end
    # 四问: 一问…；二问…
    n_chars = len(text)
    near, far = end + 200, after_sentence + 200
    own = [("", "{}" + head, _CHINESE, _ANYWHERE, f"一{head}")] if 1 <= len(head) <= 2 else []
    printed = {"", *_FIRST_RE.findall(text, end, far)}
    for marker, style, numbers, place, first in (*_FIRST_OF_FAMILIES, *own):
        if marker not in printed:
            continue
        at_line = place == _AT_LINE
        found = text.find(first, end, near if at_line else far)
        if found < 0 or (at_line and in_line):
            continue
        if place == _INSIDE and (found > line_end or text[found - 1] not in _EDGES):
            continue
        gap = text[end:found]
        if _OTHER_COUNT_RE.search(gap):
            continue  # 落实“四个不摘”，完成七项任务：一是…
        if (line_end != found or len(gap) > 60) if at_line else text[after_sentence:found].strip():
            continue  # another line or sentence stands between
        if not _is_led_to(gap, head, at_line=at_line, is_counted=expected is not None):
            continue
        is_dashed = numbers is _DASHES
        if is_dashed:  # dashes begin any paragraph: 实施“三大行动”：⏎——…
            run = _DASHED_RE.match(text, found) if _COLON_RE.fullmatch(gap) else None
            area = run.end() if run else found
        else:
            area = min(found + _REACH, line_end if not at_line and found < line_end else n_chars)
        starts = _leads(text, found, area, style, numbers, at_line)
        if len(starts) < 2:
            continue
        is_sure = len(starts) >= 3 and not is_dashed and _SURE_GAP_RE.fullmatch(gap) is not None
        if expected is not None and len(starts) != expected and not is_sure:
            continue
        if pair:
            return _paired(text, starts, pair)
        leads = _worded(text, starts, head)
        if (
            _COMMA_RE.fullmatch(gap)
            and not all(head and head[-1] in lead for lead in leads)
            and (len(starts) != expected or expected < 3 or not is_noun_head(head))
        ):
            continue  # “一体两翼”，一是做强主城区: deeds, not what is counted
        if all(2 <= len(lead) <= LONGEST_MEMBER + 8 for lead in leads):
            named = _named(leads, head)
            # the verb that is counted belongs to each: 一〔问自己…〕
            is_of_each = style == "{}" + head and head in COUNTED_VERBS
            return tuple(head + name for name in named) if is_of_each else named
    return ()
