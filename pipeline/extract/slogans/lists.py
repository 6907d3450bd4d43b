"""Lists as Chinese prints them, cut into their members: A、B和C; A；B；C; “A”“B”“C”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.slogans.first_member import trim_first
from pipeline.extract.slogans.tails import without_tail
from pipeline.extract.slogans.words import LEAD_VERB_RE, one_of, word_class
from pipeline.lazy_re import lazy_re

LONGEST_MEMBER = 40  # characters in a short name

_QUOTED_ITEMS_RE = lazy_re(r"[“‘「『]([^“”‘’「」『』\n]{1,40})[”’」』][、，和及与]?")
_ONLY_QUOTED_RE = lazy_re(r"(?:[“‘「『][^“”‘’「」『』\n]{1,40}[”’」』][、，和及与]?){2,20}")
_TITLES_RE = lazy_re(r"《[^《》\n]{2,60}》")
_ONLY_TITLES_RE = lazy_re(r"(?:《[^《》\n]{2,60}》[、，和及与]?){2,20}(?![^。；]{12})")
_MARKER_RE = lazy_re(
    r"\A(?:一个是|[一二三四五六七八九十]{1,2}(?:是|要|、)|第[一二三四五六七八九十]{1,2}[，、是]|[（(]?\d{1,2}[）).．、]|[①-⑳]|即(?![时将可使])|以及|及(?![时早格])|和(?![谐平美睦])|并(?![轨联购网行举重]))(?=\D)"
)
_CIRCLED_RE = lazy_re(r"[；，、\s]{0,2}[①-⑳]")
_OPENING_RE = lazy_re(r"[“‘（(《「『]")
_EDGE_RE = lazy_re(r"[“‘（(《「『”’）)》」』；;，、]")
_QUOTE_RE = lazy_re(r"[“”‘’「」『』]")
_LAST_PAIR_RE = lazy_re(r"(.{2,30}?)(?:以及|和|及|与)(.{2,40})\Z")  # …提升普通高中和促进特殊教育
_LAST_AND_RE = lazy_re(r"([^和]{2,30})和([^和]{2,40})\Z")
_OPEN_RE = lazy_re(r"等(?:等|方式|方面|内容|形式|工作|措施|活动|问题)?\Z|……\Z")
_CENTRED_RE = lazy_re(
    r"[^、，]{0,6}以(?P<list>[^，；]{3,120}、[^，；]{1,40}?)为(?:重点|主体|主|核心|主要内容|内容|支撑|抓手|代表)的?[^，；、]{0,20}"
)
_LIST_IN_QUOTES_RE = lazy_re(
    r"“(?P<list>[^“”]{1,120}、[^“”]{1,40})”[\u4e00-\u9fff]{0,6}(?:，[^“”、]{0,120})?"
)  # “千村示范、万村整治”工程，是…
_EVERY_JOINT_RE = lazy_re("以及|[，、；和与及]")  # 形式主义与官僚主义，享乐主义与奢靡之风: four of one length
_CLOSED_RE = lazy_re(
    r"(?:等?(?:共|这)?(?:\d{1,2}|[两三四五六七八九十]{1,2})\s?(?:个|项|大|类|种|方面|条)[^、]{0,12}"
    r"|为(?:重点|主|核心|主要内容|内容|代表|目标|抓手)的?[^、]{0,12})\Z"
)  # …4个主导产业, …为重点的医疗卫生工程
CLOSING_RE = lazy_re(rf"(?<=.){one_of('closing_verb')}\Z")  # 五社〔联动〕
_CONTINUES_RE = lazy_re(r"必须|是|从而|进而|要|并|确保|就|也|使|让|以(?!.{2,12}为)")  # …，必须守住绿水青山
_CONJUNCTIONS = ("以及", "和", "及", "与")


def without_lead(name: str) -> str:
    """Return a member without the verbs that only put it into the sentence.

    >>> without_lead("大力推进开发区北区投资超百亿的基础设施建设")
    '开发区北区投资超百亿的基础设施建设'
    """
    while (match := LEAD_VERB_RE.match(name)) and len(name) - match.end() >= 2:
        name = name[match.end() :]
    return name


def tidy(name: str) -> str:
    """Return a member without list marker, quotes around the whole of it, and closing mark."""
    name = _MARKER_RE.sub("", name.strip().strip("，。；：、 ")).strip("，：")
    if len(name) > 2 and name[0] in "“‘「『" and name[-1] in "”’」』" and not _QUOTE_RE.search(name[1:-1]):
        name = name[1:-1]
    if name.count("“") > name.count("”"):
        name = name.replace("“", "", 1) if name.startswith("“") else name + "”"
    if name.count("”") > name.count("“"):
        name = name.removesuffix("”") if name.endswith("”") else "“" + name
    return name.rstrip("“‘（")


def _outside_brackets(phrase: str, marks: str) -> list[str]:
    """Split at marks that stand neither in quotes nor in brackets."""
    if _OPENING_RE.search(phrase) is None:
        return [p for p in re.split(f"[{marks}]", phrase) if p.strip()]
    parts, depth, at = [], 0, 0
    for edge in _EDGE_RE.finditer(phrase):
        char = edge[0]
        if char in "“‘（(《「『":
            depth += 1
        elif char in "”’）)》」』":
            depth = max(0, depth - 1)
        elif char in marks and not depth:
            parts.append(phrase[at : edge.start()])
            at = edge.end()
    return [p for p in (*parts, phrase[at:]) if p.strip()]


def _with_last_pair(parts: list[str]) -> list[str]:
    """Cut the last member of A、B和C at its conjunction."""
    if not parts:
        return parts
    # 购置及运行费和接待费: 和 parts the members, 及 what is within one
    match = _LAST_AND_RE.match(parts[-1]) or _LAST_PAIR_RE.match(parts[-1])
    return [*parts[:-1], match[1], match[2]] if match else parts


def _ways_to_cut(phrase: str, every_mark: bool) -> Iterator[list[str]]:
    """Yield the ways in which a phrase may be a list, the likeliest first."""
    if "②" in phrase:
        yield [part for part in _CIRCLED_RE.split(phrase) if part]
    sentences = _outside_brackets(phrase, "；;")
    yield sentences
    head = sentences[0] if sentences else phrase
    clauses = _outside_brackets(head, "，")
    if len(clauses) > 1 and len({c[:2] for c in clauses}) == 1:
        yield clauses  # 确立…的核心、全党的核心地位，确立…的指导地位: parallel clauses
    for wording in dict.fromkeys((head, *clauses[:1])):
        parts = _outside_brackets(wording, "、")
        if parts and len({p.count("，") for p in parts}) == 1:
            yield parts
            yield _with_last_pair(parts)
    if clauses and max(map(len, clauses)) <= 3 * min(map(len, clauses)):
        yield clauses
    if every_mark:
        yield _outside_brackets(phrase, "；，、")
        yield _with_last_pair(_outside_brackets(phrase, "；，、"))


def _is_pair(wording: str, first: str, second: str) -> bool:
    """Say whether A和B alone is a list of two: 安全生产和隐患治理, not 人与自然和谐共生，必须…."""
    if "、" in wording or not any(first + joint in wording for joint in _CONJUNCTIONS):
        runs_on = "、" not in wording and "；" not in wording and first[:2] != second[:2]
        return not (runs_on and _CONTINUES_RE.match(second))
    if "，" in wording or max(len(first), len(second)) > 3 * min(len(first), len(second)):
        return False
    return (
        "的" in first or "的" not in second
    )  # 具备理论教学和实践教学能力的教师: a pair inside of one phrase


def _beginning_alike(phrase: str, expected: int) -> tuple[str, ...]:
    """Return the clauses that begin alike before one that does not: 坚持A，坚持B，坚持C，是立国之本 of three; () for another number."""
    clauses = _outside_brackets(phrase, "，；")
    run = [c.removeprefix("和") for c in clauses[:expected]]
    if len(clauses) <= expected or len({c[:2] for c in run}) > 1 or clauses[expected].startswith(run[0][:2]):
        return ()
    return tuple(map(tidy, run)) if max(map(len, run)) <= LONGEST_MEMBER else ()


def shorter_list(phrase: str, expected: int) -> tuple[str, ...]:
    """Return three or more short members where the text names fewer than `expected`: 六规范 of 备课、上课、听评课."""
    members = () if expected > 12 else split_list(phrase, None)
    is_short = 3 <= len(members) < expected and max(map(len, members)) <= 8
    return members if is_short else ()


def split_list(phrase: str, expected: int | None, *, every_mark: bool = False) -> tuple[str, ...]:
    """Return the members of a list; () when it has another length than `expected`, or is left open (等).

    >>> split_list("校园艺术节、科技节、运动会", 3)
    ('校园艺术节', '科技节', '运动会')
    >>> split_list("作业、睡眠、手机等方面", None)
    ()

    With `every_mark`, ；，、 part members alike (不愁吃、不愁穿，义务教育、基本医疗、住房安全有保障: five).
    """
    phrase = phrase.strip().rstrip("。；，：")
    if quoted := _LIST_IN_QUOTES_RE.fullmatch(phrase):
        phrase = quoted["list"]
    if centred := _CENTRED_RE.fullmatch(phrase):
        phrase = centred["list"]  # 以名医、名院、名诊所为重点的医疗工程
    if _ONLY_QUOTED_RE.fullmatch(phrase) or _ONLY_TITLES_RE.match(phrase):
        parts = (_TITLES_RE if phrase.startswith("《") else _QUOTED_ITEMS_RE).findall(phrase)
        return tuple(parts) if expected in (None, len(parts)) else ()
    for wording in dict.fromkeys((phrase, _CLOSED_RE.sub("", phrase), _OPEN_RE.sub("", phrase))):
        if _OPEN_RE.search(wording) or (wording != phrase and not expected):
            continue
        for parts in _ways_to_cut(wording, every_mark):
            if expected is not None and len(parts) != expected:
                continue
            members = [tidy(p) for p in parts]
            if len({"，" in m for m in members}) > 1:
                continue  # one member runs on into the sentence
            if len(members) < 2 or any(not 1 <= len(m) <= LONGEST_MEMBER for m in members):
                continue
            if len(parts) == 2 and not _is_pair(wording, *parts):
                continue
            first, *rest = without_tail(trim_first(without_tail(members)))
            return (first if first == members[0] else tidy(first), *rest)
    may_be_alike = expected is not None and expected > 2 and "，" + phrase[:2] in phrase
    if may_be_alike and (alike := _beginning_alike(phrase, expected or 0)):
        return alike
    if expected is not None and expected > 3 and phrase.count("、") < expected - 1:
        members = [tidy(p) for p in _EVERY_JOINT_RE.split(phrase)]
        if len(members) == expected and len(set(map(len, members))) == 1 and len(members[0]) > 1:
            return tuple(members)
    return ()


def without_shared_head(members: tuple[str, ...], label: str, head: str) -> tuple[str, ...]:
    """Free the last member of the slogan, or of its head: 医疗、医保、医药、医价联动 of 四医联动.

    >>> without_shared_head(("医疗", "医保", "医药", "医价联动"), "四医联动", "医联动")
    ('医疗', '医保', '医药', '医价')
    """
    last = members[-1]
    closing = CLOSING_RE.search(label)
    for tail in (label, head, closing[0] if closing else label):
        if len(tail) < 2 or not last.endswith(tail) or (tail != label and members[0].endswith(tail)):
            continue
        rest = last.removesuffix(tail).removesuffix("的")
        if all(m[-1] == tail[0] for m in members[:-1]):
            rest += tail[0]  # 建好、管好、护好、运营好农村路 of 四好农村路
        return (*members[:-1], rest) if rest else members
    return members


def is_noun_head(head: str) -> bool:
    """Say whether members of a slogan are named by this head (机制, 工程) rather than begin with it (强化)."""
    return head in word_class("slogan_noun")
