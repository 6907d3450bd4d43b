"""Members of a slogan that chains several numerals, given group by group: “3”即A、B、C；“6”即…; 创A，创B；建C，建D."""

from __future__ import annotations

import functools
import itertools
import re

from pipeline.extract.slogans.lists import LONGEST_MEMBER, split_list, tidy
from pipeline.extract.slogans.shapes import NUMERAL, groups, number_of
from pipeline.extract.slogans.tails import without_purpose
from pipeline.extract.slogans.words import MEANING, one_of
from pipeline.lazy_re import lazy_re

REACH = 900  # characters of the paragraph behind a slogan
_FIRST_WITHIN = 90  # characters before the first group, in which the text says who set the slogan up

_PIECE_RE = lazy_re(
    rf"[“‘「]?(?P<number>{NUMERAL}|\d{{1,2}}|[NX多])(?!月|年|日|届|次)[^，。；：、“”‘’（）即指代—\d]{{0,10}}[”’」]?"
    rf"(?:[，,]?(?:即|是指|{MEANING}|就是|包括|代表|——|(?<=[\dN”])为|是(?=[\u4e00-\u9fff]))[：:，]?|[：:]|(?P<bracket>（))"
)  # “3”即…; 三项提升工程，即…; “一个定位”（…
_END_RE = lazy_re(r"[；。\n]")
_GROUP_RE = lazy_re(rf"(?P<number>{NUMERAL})(?:个|大|项)?(?P<head>.+)")
_NAMED_AGAIN_RE = lazy_re(r"(?<=.)“[^“”]{2,10}”\Z")  # “3”即A、B、C“三件大事”
_MEANS_RE = lazy_re(rf"\A(?:是指|{MEANING}|即|就是)")
_MAGNITUDES_RE = lazy_re(
    r"(?=[十百千万]{2})(?:万?千?百?十?(?![十百千万])|十?百?千?万?)(?!\w{0,2}[一二三四五六七八九])"
)
_EACH_YEAR_RE = lazy_re(r"\A(?:连续[\u4e00-\u9fff]{1,3}年)?每年(?=.{4})")
_DOUBLED_RE = lazy_re(r"双(?P<sign>[百千万])")
_CODE_RE = lazy_re(r"\d{2,6}|[一二三四五六七八九]{2,8}|[\dNX]{1,2}(?:[+＋][\dNX]{1,2}){1,6}")


def _numbers(label: str) -> list[str]:
    """Return the numbers of a code in their order: 三六八九 -> 三, 六, 八, 九; 1+9 -> 1, 9; [] for another wording."""
    match = _CODE_RE.match(label)
    if match is None:
        return []
    return re.split(r"[+＋]", match[0]) if re.search(r"[+＋]", match[0]) else list(match[0])


def by_numbers(text: str, end: int, label: str) -> tuple[str, ...]:
    """Return the members of a code whose numbers the text explains one by one; () unless two at least are.

    >>> text = "“三六”思路是省委提出的。“3”即推进协同、规划新区、筹办盛会；“6”即六场硬仗。"
    >>> by_numbers(text, 3, "三六")
    ('推进协同', '规划新区', '筹办盛会', '六场硬仗')
    """
    numbers = _numbers(label)
    paragraph = text[end : end + REACH].split("\n", 1)[0]
    at, n_pieces = 0, 0
    members: list[str] = []
    for number in numbers if len(numbers) >= 2 else ():
        wanted = number_of(number)
        near = _PIECE_RE.finditer(paragraph, at, at + _FIRST_WITHIN)
        piece = next((m for m in near if m["number"] == number or number_of(m["number"]) == wanted), None)
        if piece is None:
            break
        close = paragraph.find("）", piece.end()) if piece["bracket"] else -1
        stop = _END_RE.search(paragraph, piece.end())
        following = next(
            (
                m
                for m in _PIECE_RE.finditer(paragraph, piece.end(), stop.start() if stop else len(paragraph))
                if paragraph[m.start() - 1] == "，"
            ),
            None,
        )
        ends = [
            e
            for e in (close, stop.start() if stop else -1, following.start() if following else -1)
            if e > piece.end()
        ]
        body = paragraph[piece.end() : min(ends, default=len(paragraph))].strip("，、 ")
        body = _NAMED_AGAIN_RE.sub("", body)
        if number == "X":
            body = body.split("，", 1)[0]  # what stands for X is a list of its own
        if not body:
            break
        at = piece.end() + len(body)
        listed = split_list(body, wanted) if wanted and wanted > 1 else ()
        members += listed or (tidy(body),)
        n_pieces += 1
    return tuple(members) if n_pieces >= 2 and all(members) else ()


def by_magnitudes(text: str, end: int, label: str) -> tuple[str, ...]:
    """Return the clauses that “十百千万” stands for: with 10, 100, 1000 and 10000, in this order.

    >>> by_magnitudes("“百千”工程，培养100名名师、1000名骨干。", 3, "百千")
    ('培养100名名师', '1000名骨干')
    >>> by_magnitudes("“双百”行动，即每年引进100名人才、走访100家企业。", 3, "双百")
    ('引进100名人才', '走访100家企业')
    """
    signs = _MAGNITUDES_RE.match(label)
    if doubled := _DOUBLED_RE.match(label):
        both = _of_magnitudes(text, end, 2 * doubled["sign"])
        return tuple(_EACH_YEAR_RE.sub("", member) for member in both)
    return _of_magnitudes(text, end, signs[0]) if signs else ()


def _of_magnitudes(text: str, end: int, signs: str) -> tuple[str, ...]:
    """Return the clauses that hold as much as each sign says, in their order; () unless all are there."""
    at, members = 0, []
    paragraph = text[end : end + REACH // 3].split("\n", 1)[0]
    for sign in signs:
        number = 10 ** (1 + "十百千万".index(sign))
        clause = re.compile(
            rf"[^，、；。：“”\d]{{0,20}}(?:(?<!\d){number}|{sign})(?!\d)[\u4e00-\u9fff][^，、；。“”]{{1,30}}(?:“[^“”]{{1,10}}”[^，、；。“”]{{0,16}})?"
        ).search(paragraph, at)
        if clause is None:
            return ()
        at = clause.end()
        members.append(tidy(_MEANS_RE.sub("", clause[0])))
    return tuple(members)


@functools.lru_cache(maxsize=4096)
def counted_heads(label: str) -> tuple[tuple[int, str], ...]:
    """Return number and head of each group: 三创四建 -> (3, 创), (4, 建)."""
    counted: list[tuple[int, str]] = []
    for group in groups(label):
        match = _GROUP_RE.fullmatch(group)
        number = number_of(match["number"]) if match else None
        if match is None or number is None:
            return ()
        counted.append((number, match["head"]))
    return tuple(counted)


@functools.lru_cache(maxsize=512)
def _starts_re(heads: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for the places where a member may begin with one of the heads."""
    any_head = "|".join(map(re.escape, heads))
    return re.compile(
        rf"(?:(?<=[，；、：。“即和及与并])|(?<=为重点)|(?<=为主线)|(?<=为抓手)|\A)(?:{one_of('adverb')})?(?P<head>{any_head})"
    )


def by_heads(sentence: str, label: str) -> tuple[str, ...]:
    """Return the members that begin with the heads of a compound slogan; () unless each head comes as often as it should.

    >>> by_heads("创新、创业和创建文明城市、卫生城市；建设经济体系，建设治理体系", "三创两建")
    ('创新', '创业', '创建文明城市、卫生城市', '建设经济体系', '建设治理体系')
    """
    counted = counted_heads(label)
    if len(counted) < 2 or len({head for _, head in counted}) < len(counted):
        return ()
    if any(sentence.count(head) < number for number, head in counted):
        return ()
    starts_re = _starts_re(tuple(head for _, head in counted))
    starts = list(starts_re.finditer(sentence))
    if [(sum(m["head"] == head for m in starts), head) for _, head in counted] != list(counted):
        return ()
    edges = [m.start() for m in starts] + [len(sentence)]
    members = []
    for start, stop in itertools.pairwise(edges):
        name = re.split(r"[，；。]", sentence[start:stop], maxsplit=1)[0].rstrip("、和及与并“")
        members.append(tidy(name))
    return tuple(members) if all(2 <= len(m) <= LONGEST_MEMBER for m in members) else ()


def by_clauses(sentence: str, label: str) -> tuple[str, ...]:
    """Return the members that a compound slogan has clause by clause, each clause with the head of its group.

    >>> by_clauses("调减高耗作物，调增蔬菜、水果、花卉", "一减三增")
    ('调减高耗作物', '蔬菜', '水果', '花卉')
    """
    counted = counted_heads(label)
    for mark in ("；", "，", *_GROUP_JOINTS):
        clauses = [c for c in sentence.rstrip("。").split(mark) if c]
        if len(clauses) != len(counted) or len(counted) < 2:
            continue
        if mark in _GROUP_JOINTS and (len(clauses) > 2 or not _fills(clauses, counted)):
            continue
        if not all(head[0] in clause for (_, head), clause in zip(counted, clauses, strict=True)):
            continue
        members: list[str] = []
        clauses[-1] = without_purpose(clauses[-1])
        for (number, _), clause in zip(counted, clauses, strict=True):
            listed = split_list(clause, number) or split_list(clause, None) if number > 1 else ()
            if len(listed) > number + 2:
                return ()  # the clause is a sentence, not a list
            members += listed or (tidy(clause),)
        if all(1 <= len(m) <= LONGEST_MEMBER for m in members):
            return tuple(members)
    return ()


_GROUP_JOINTS = ("和", "及", "与")  # 新型基础设施、新型城镇化〔和〕交通、水利 of 两新一重


def _fills(clauses: list[str], counted: tuple[tuple[int, str], ...]) -> bool:
    """Whether each of two lists has as many members as its group counts, one group at least more than one."""
    return max(n for n, _ in counted) > 1 and all(
        number == 1 or clause.count("、") == number - 1
        for clause, (number, _) in zip(clauses, counted, strict=True)
    )


_PLACES_RE = lazy_re(r"[”’」』]?[\u4e00-\u9fff]{0,12}[，：（](?:即)?(?=以)")
_PLACE_RE = lazy_re(
    r"[，、：:；]?(?:形成|构建)?以(?P<list>[^，；。：\n]{2,60}?)为“?(?P<number>[一两双二三四五六七八九多])?(?:个|大)?(?P<head>[\u4e00-\u9fff]{1,6})”?(?=[，、；。\n）])"
)


def as_places(text: str, end: int, label: str) -> tuple[str, ...]:
    """Return what each part of a plan is: “一核两翼”格局：以县城为核心，以东镇、西镇为两翼.

    >>> as_places("“一核两翼”格局，以县城为核心，以东镇、西镇为两翼。", 5, "一核两翼")
    ('县城', '东镇', '西镇')
    """
    start = _PLACES_RE.match(text, end)
    counted = counted_heads(label) if start else ()
    if len(counted) < 2 or start is None:
        return ()
    at = start.end()
    members: list[str] = []
    for number, head in counted:
        place = _PLACE_RE.match(text, at)
        if place is None or head[:1] not in place["head"]:
            return ()
        listed = (place["list"],) if number == 1 else split_list(place["list"], number)
        if not listed:
            return ()
        members += listed
        at = place.end()
    return tuple(tidy(member) for member in members)
