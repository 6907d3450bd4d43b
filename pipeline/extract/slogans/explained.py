"""Members that are explained right behind a slogan: in brackets, behind 即 or a colon, piece by piece."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from pipeline.extract.slogans.counts import head_of
from pipeline.extract.slogans.groups import by_clauses, by_heads
from pipeline.extract.slogans.lists import LONGEST_MEMBER, shorter_list, split_list, tidy
from pipeline.extract.slogans.shapes import groups, number_of
from pipeline.extract.slogans.words import MEANING
from pipeline.lazy_re import lazy_re

_OWN_CLAUSE, _LONGEST_PIECES = 36, 400  # characters
MOST_PHRASES = 6  # places of one sentence at which a list is looked for

_CLOSE = r"[”’」』\]】]{0,2}"
_NUMBER = r"[一二两三四五六七八九十百千]{1,2}|\d{1,2}"
_MEANS = rf"(?:即|就是|是指|指的是|{MEANING}|分别是|分别为|包括|具体是|具体为)"

_BRACKET_RE = lazy_re(
    rf"{_CLOSE}[\u4e00-\u9fff]{{0,8}}（(?:即|指|包括)?[：:，]?(?!以下|简称|下称|下同|见(?=[附表图第下上后前注《])|附|详见|试行|草案)(?P<list>[^（）\n]{{3,300}})）"
)  # “两节一会”（校园艺术节、科技节、运动会）
_MEANING_RE = lazy_re(
    rf"{_CLOSE}(?![一二两三四五六七八九十“\d])[^，。；：、“”\n]{{0,8}}?{_CLOSE}"
    rf"(?:[，,]?{_MEANS}|[：:]\s?{_MEANS}?|——?|(?<=[^\d\s][\]】])(?=[\u4e00-\u9fff]))[：:，]?(?!\s?[（(]?[一1][）)、.．])(?P<list>[^\n]{{3,600}})"
)  # “六稳”：稳就业、稳金融…; [“清四乱”]清理乱占、乱采…
_PIECES_RE = lazy_re(
    rf"{_CLOSE}(?P<list>[“‘]?(?:{_NUMBER})[^“”‘’，：即指\n]{{1,6}}[”’]?[，：]?{_MEANS}?[^\n]{{6,400}})"
)  # [五清三建一改]五清即清理…；三建即…
_PIECE_RE = lazy_re(
    rf"\A[“‘]?(?P<number>{_NUMBER}|[多N])(?P<head>[^“”‘’，：即指是为代—\n]{{0,6}})[”’]?(?:[，：:]|{_MEANS}|是|为|代表|——){{1,2}}(?P<meaning>.{{2,200}})\Z"
)  # “四增”指增加设施农业、…
_PIECE_STARTS = frozenset("“‘一二两三四五六七八九十百千0123456789N多")
_PIECE_EDGE_RE = lazy_re(
    rf"[；;]|，(?=[“‘](?:{_NUMBER}|N))|，(?=(?:{_NUMBER}|多)(?:[^，。；、：\d]{{0,6}}(?:即|指|[，：])|[^，。；、：\d]{{1,3}}?(?:为|就?是)))|，(?=(?:\d{{1,2}}|N)(?:是|为|就是|代表|——))"
)
_INCLUDING_RE = lazy_re(r"\A[^，、]{0,24}，?包括[：:]?")
_STATED_RE = lazy_re(rf"(?:{_MEANS}|提出|要求|：|，)[：，]?(?P<list>[^，：。]{{6,300}})")
_GIVEN_RE = lazy_re(rf"(?:{_MEANS}|提出|要求|：)[：，]?\Z")
_OTHER_TERM_RE = lazy_re(
    rf"[“‘「]?(?P<term>[^“”‘’，。；：即指\n]{{2,16}})[”’」]?(?:[，：]|{_MEANS}){{1,2}}"
)  # 双创双服、三创四建：“双创双服”即…
_SHORT_QUOTED_RE = lazy_re(r"[“‘]([\u4e00-\u9fff]{2,6})[”’]")
_CLOSING_RE = lazy_re(r"(?:[^（）]{0,120}（[^（）]{0,120}）){0,8}[^（）]{0,300}(?=）)")
_NEXT_TERM_RE = lazy_re(
    rf"[；;，]\s?(?:“(?:{_NUMBER}|双)[^“”\n]{{1,8}}”|(?:{_NUMBER}|双)[^“”，。；：、\d]{{1,4}}?)(?:{_MEANS}|：)"
)  # “两山”指…；〔“两化”指…〕
_FELLOW_RE = lazy_re(
    r"[”’」』][、和及与]?[“‘「『][^“”‘’「」『』\n]{2,8}(?=[”’」』])"
)  # “双增”〔“双提升”〕，即…增、…增，…提升、…提升
_RESULT_RE = lazy_re(r"实现|形成|确保|从而|进而|推动形成|达到")
_STOP_RE = lazy_re(r"[；。，]")
_TERM_START_RE = lazy_re(rf"[“‘]?(?:{_NUMBER}|双)[^\d]")


def _cut_at(head: str, meaning: str, expected: int) -> tuple[str, ...]:
    """Cut 创新，创业，创卫生城市、森林城市 of 三创 where a member begins with the head."""
    parts = re.split(rf"[，、和及与]+(?={re.escape(head)})", meaning) if head else []
    fits = len(parts) == expected and all(p.startswith(head) and len(p) <= LONGEST_MEMBER for p in parts)
    return tuple(tidy(p) for p in parts) if fits else ()


def _pieces(sentence: str) -> tuple[str, ...]:
    """Read “一减”指A；“四增”指B、C、D和E, piece by piece; a piece that cannot be cut stays whole."""
    members: list[str] = []
    n_pieces = 0
    for part in _PIECE_EDGE_RE.split(sentence.strip("。；;，、 ")):
        match = _PIECE_RE.match(part.strip())
        if match is None:
            if not n_pieces:
                return ()
            members.append(tidy(part))
            continue
        n_pieces += 1
        expected = (number_of(match["number"]) or 0) if match["number"] not in "多N" else 0
        listed: tuple[str, ...] = ()
        if expected > 1:
            listed = split_list(_INCLUDING_RE.sub("", match["meaning"]), expected) or _cut_at(
                match["head"][-1:], match["meaning"], expected
            )
        members += listed or (tidy(match["meaning"]),)
    return tuple(members) if n_pieces >= 2 else ()


def _pieces_further_on(text: str, end: int, label: str) -> tuple[str, ...]:
    """Read the pieces that begin behind the slogan's own clause: “三区三线”格局，三区指…，三线指…."""
    first = next(iter(groups(label)), "").rstrip("、，")
    at = text.find(first, end, end + _OWN_CLAUSE) if first else -1
    start = at - text.startswith("“", at - 1) if at > 0 else 0
    if start <= end or text[start - 1] not in "，：。（" or "\n" in text[end:at]:
        return ()
    return _pieces(re.split(r"[。\n]", text[start : start + _LONGEST_PIECES], maxsplit=1)[0])


def _in_brackets(listed: str, kind: str, expected: int | None) -> tuple[str, ...]:
    if expected == 1:
        return (listed,) if "、" not in listed and len(listed) <= LONGEST_MEMBER else ()
    if listed[0] in _PIECE_STARTS and kind in ("compound", "formula") and (pieces := _pieces(listed)):
        return pieces  # （“一核”为县城核心区，“两翼”为东部工业园和西部农业园）
    if members := split_list(listed, expected, every_mark=kind == "compound"):
        return members
    if kind == "distributive":
        return ()
    shorter = split_list(listed, None)
    return shorter if expected is None or len(shorter) < expected else ()


def _quoted_behind_head(sentence: str, label: str, expected: int) -> tuple[str, ...]:
    """Read 打造“智造城”“菜篮子”… of 四个打造."""
    rest = sentence.removeprefix(head_of(label))
    return split_list(rest, expected) if rest != sentence and rest[:1] in "“‘" else ()


def _named_in_quotes(line: str, label: str, expected: int) -> tuple[str, ...]:
    """Read 清四乱：…等“乱占”问题；…“乱采”…: the short names that share their sign with the slogan stand in quotes."""
    sign = label[-1]
    names = tuple(
        dict.fromkeys(n for n in _SHORT_QUOTED_RE.findall(line) if sign in (n[0], n[-1]) and n not in label)
    )
    return names if len(names) == expected and expected > 2 else ()


def _of_head(sentence: str, label: str, expected: int, members: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Choose among several lists, one behind the other, the one with the slogan's head: 六稳、六保：稳…；保…"""
    head = head_of(label)
    if head not in sentence or any(head in m for m in members):
        return ()
    for mark in "；，":
        for part in sentence.split(mark) if mark in sentence else ():
            listed = split_list(part, expected)
            if listed and all(m.startswith(head) or m.endswith(head) for m in listed):
                return listed
    return ()


def _explains_another(line: str, label: str) -> bool:
    """Say whether the explanation opens with another term: the line explains several, each in its turn."""
    term = _OTHER_TERM_RE.match(line)
    return (
        term is not None
        and bool(_TERM_START_RE.match(line))
        and term["term"] not in label
        and not line.startswith("一是")
    )


def _inside(listed: str) -> str:
    """Return a list up to the bracket that closes around it: …（三清一改指的是清理垃圾、…习惯〔）、户厕改造〕."""
    closing = _CLOSING_RE.match(listed)
    return listed[: closing.end()] if closing else listed


def _told_of_fellow(text: str, end: int, label: str, expected: int) -> tuple[str, ...]:
    """Read the explanation behind a second slogan that stands beside the first: “双增”〔“双提升”〕，即…增、…增，…提升、…提升."""
    fellow = _FELLOW_RE.match(text, end)
    told = _MEANING_RE.match(text, fellow.end()) if fellow else None
    return _of_head(told["list"].split("。", 1)[0], label, expected) if told else ()


def _one_name(meaning: str) -> tuple[str, ...]:
    """Read the one short name that an explanation opens with: “一区”：休闲食品聚集区，…."""
    name = tidy(_STOP_RE.split(meaning, maxsplit=1)[0])
    return (name,) if 2 <= len(name) <= LONGEST_MEMBER // 2 and "、" not in name else ()


def _phrases(sentence: str, kind: str, expected: int, *, is_plain: bool) -> Iterator[str]:
    """Yield the places of an explanation that may be its list: the whole of it, what it says behind 包括 or a colon."""
    yield sentence
    if is_plain:
        return
    for stated in itertools.islice(_STATED_RE.finditer(sentence), MOST_PHRASES):
        phrase = stated["list"]
        # else the latter half of the explanation alone
        if not (kind == "compound" or expected == 2) or _GIVEN_RE.search(sentence, 0, sentence.find(phrase)):
            yield phrase


def _listed_in(sentence: str, label: str, kind: str, expected: int, *, is_plain: bool) -> tuple[str, ...]:
    """Read the first list of an explanation that has the slogan's number: 即|稳就业、稳金融…."""
    for phrase in _phrases(sentence, kind, expected, is_plain=is_plain):
        if "“" in phrase and phrase.count("“") != phrase.count("”"):
            continue  # 组织“百村示范|，千村整治”
        members = split_list(phrase, expected, every_mark=kind == "compound")
        if (
            kind == "compound"
            and any(map(_RESULT_RE.match, members[1:]))
            and not all(map(_RESULT_RE.match, members))
        ):
            continue  # 一城两线：清理建成区和铁路沿线、公路沿线违法建设，形成长效机制: what is done, and what comes of it
        if members and kind == "enumerated" and (fitting := _of_head(sentence, label, expected, members)):
            return fitting
        if members and not any(label in m and not m.endswith(label) for m in members):
            return members
    return ()


def explained_behind(text: str, end: int, label: str, kind: str, expected: int | None) -> tuple[str, ...]:
    """Return the members that brackets, 即, 指, 分别是 or a colon behind a slogan give; () when their number differs.

    >>> text = "“一减四增”：“一减”指压减低效作物；“四增”指增加蔬菜、水果、花卉和绿化面积。"
    >>> explained_behind(text, 5, "一减四增", "compound", 5)
    ('压减低效作物', '增加蔬菜', '水果', '花卉', '绿化面积')
    """
    if (bracket := _BRACKET_RE.match(text, end)) and (
        members := _in_brackets(bracket["list"], kind, expected)
    ):
        return members
    if (
        kind in ("compound", "formula")
        and (direct := _PIECES_RE.match(text, end))
        and (pieces := _pieces(direct["list"].split("。", 1)[0]))
    ):
        return pieces
    if kind == "compound" and (pieces := _pieces_further_on(text, end, label)):
        return pieces
    meaning = _MEANING_RE.match(text, end)
    if meaning is not None:
        is_plain = text[meaning.start("list") - 1] in "]】"
        return _meant(meaning["list"], label, kind, expected, is_plain=is_plain)
    return _told_of_fellow(text, end, label, expected) if kind == "enumerated" and expected else ()


def _meant(line: str, label: str, kind: str, expected: int | None, *, is_plain: bool) -> tuple[str, ...]:
    """Read the members out of an explanation; `is_plain` where a sentence about the term follows, and no 即 brings in a list."""
    sentence = _inside(line.split("。", 1)[0])
    if kind in ("compound", "formula") and (pieces := _pieces(sentence)):
        return pieces
    if kind == "enumerated" and (following := _NEXT_TERM_RE.search(sentence)):
        sentence = sentence[: following.start()]
    if (
        kind == "enumerated"
        and expected
        and (
            quoted := _named_in_quotes(line, label, expected)
            or _quoted_behind_head(sentence, label, expected)
        )
    ):
        return quoted
    if _explains_another(line, label):
        return ()
    if kind == "compound" and (members := by_heads(sentence, label) or by_clauses(sentence, label)):
        return members
    if expected is None:
        return ()
    if expected == 1:
        return _one_name(line)
    if listed := _listed_in(sentence, label, kind, expected, is_plain=is_plain):
        return listed
    if kind == "enumerated" and len(head_of(label)) == 1 and (cut := _cut_at(label[-1], sentence, expected)):
        return cut  # 创新，创业，创文明城市、卫生城市，… of 四创
    if kind == "enumerated" or (kind == "compound" and "“" not in sentence):
        return shorter_list(sentence, expected)
    return ()
