"""Documents named in 《》 (引用文件): title, 发文字号 beside it, and whose document it is."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from pipeline.lexicon import table
from pipeline.records import Citation, Extractions, Facts, Reading

LONGEST_TITLE = 120

_MARK_RE = re.compile(r"[《》\n]")
_YEAR = r"[〔\[［【（(]\s?(?:19|20)\d\d\s?[〕\]］】）)]"
_NUMBER = (
    rf"(?:[\u4e00-\u9fffA-Za-z]{{1,16}}{_YEAR}\s?第?\s?\d{{1,5}}\s?号"  # 国发〔2019〕5号
    r"|[\u4e00-\u9fff]{2,14}令?第?[一二三四五六七八九十百零〇\d]{1,6}号令?)"  # 国务院令第709号
)
_NUMBER_BEHIND_RE = re.compile(rf"\s?[（(〔\[]?\s?(?:以下简称[^（）]{{2,20}}[，、；])?(?P<number>{_NUMBER})")
_NUMBER_BEFORE_RE = re.compile(
    rf"(?P<number>[\u4e00-\u9fffA-Za-z]{{1,16}}{_YEAR}\s?第?\s?\d{{1,5}}\s?号)[）)]?(?:文件?)?\s{{0,3}}(?:关于)?(?:印发|转发|批转)?\Z"
)  # 柳城教通〔2023〕31号 关于印发《…》
_SHORT_FOR_RE = re.compile(r"(?:以下|下)?(?:统)?[简下]称\s?[：:]?[“‘]?\Z")  # （以下简称《计划》）
_HANDED_OUT_RE = re.compile(r"(?:现将|兹将|特将|将修订后的|现)[^。；\n]{0,40}\Z")  # 现将《…》印发给你们
_HANDED_ON_RE = re.compile(r"[^。\n]{0,40}(?:印发|予以公布|公布如下|下发|转发)")
_ISSUES_RE = re.compile(r"印发|发布|公布|下发|颁布|转发|批转")
_OWN_NOTICE_RE = re.compile(r"关于(?:印发|发布|公布|下发|调整|修订)[^《》\n]{0,20}\Z")
_CLAUSE_RE = re.compile(r"[。！？；\n]")
_TITLE_NOISE_RE = re.compile(r"[\s《》〈〉“”（）()〔〕\[\]\-—－–~至年·]")
_LISTED_RE = re.compile(
    r"》(?:[（(][^（）()]{1,30}[）)])?[、，和及与以]{0,2}《\Z"
)  # 《…》《…》, 《…》和《…》
_PLACE_END_RE = re.compile(
    r"(?:[壮回维蒙藏满土苗侗瑶彝傣黎白佤畲][\u4e00-\u9fff]{0,8})?(?:自治县|自治州|自治区)\Z|(?:新区|县|市|区|旗|省)\Z"
)
_DRAFT_RE = re.compile(r"[（(][^（）()]{1,20}[）)]\Z")  # …办法（试行）, …规划（2021—2030年）


@functools.cache
def _word_class(name: str) -> frozenset[str]:
    return {row["class"]: frozenset(row["words"].split()) for row in table("citation_words.csv")}[name]


@functools.cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in sorted(_word_class(name), key=lambda w: (-len(w), w))))


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans inside the outermost 《》; a mark without its partner in the line is passed over."""
    openings: list[int] = []
    for match in _MARK_RE.finditer(text):
        sign, at = match[0], match.start()
        if sign == "《":
            openings.append(at + 1)
        elif sign == "\n":
            openings.clear()
        elif openings:
            start = openings.pop()
            follows_title = len(openings) == 1 and start - openings[0] > 1
            if openings and (
                not follows_title
                or at - openings[0] > LONGEST_TITLE
                or "》" not in text[at + 1 : at + 40].split("\n", 1)[0].split("《", 1)[0]
            ):
                openings.clear()  # the outer mark was never closed
            if not openings and start < at <= start + LONGEST_TITLE and text[start:at].strip():
                yield start, at


def _bare(title: str) -> str:
    return _TITLE_NOISE_RE.sub("", title)


def _number(text: str, start: int, end: int) -> str | None:
    if (match := _NUMBER_BEHIND_RE.match(text, end + 1)) and (
        text[end + 1 : match.start("number")].strip() or _YEAR_RE.search(match["number"])
    ):
        return match["number"].strip()
    line_start = text.rfind("\n", max(0, start - 60), start) + 1
    match = _NUMBER_BEFORE_RE.search(text[max(line_start, start - 60) : start - 1])
    return match["number"].strip() if match else None


_YEAR_RE = re.compile(_YEAR)
_ARTICLE_RE = re.compile(r"》(?:[^《》，。]{0,10})以\Z")  # 《当代广西》以《…》对…进行了报道


def _own_names(facts: Facts) -> tuple[str, ...]:
    """Return the names under which the document's own place appears: 柳城县, 柳城."""
    own = facts.county or facts.city or facts.province
    if not own:
        return ()
    short = _PLACE_END_RE.sub("", own)
    return (own, short) if len(short) >= 2 else (own,)


def _without_upper_place(title: str, facts: Facts) -> str:
    """Return a title without the names of the province and city it begins with."""
    own = facts.county or facts.city or facts.province
    for name in (facts.province, facts.city):
        if name and name != own:
            title = title.removeprefix(name).removeprefix(_PLACE_END_RE.sub("", name))
    return title


def _ends_as(title: str, name: str) -> bool:
    core = _DRAFT_RE.sub("", title)
    return any(core.endswith(end) for end in _word_class(name))


def _tells_about(facts: Facts) -> bool:
    """Say whether the document is one about another document (解读, 问答), which is then not itself."""
    return facts.doc_type == "问答" or bool(_any_of("about_document").search(facts.title or ""))


def _is_self(title: str, facts: Facts, before: str, behind: str) -> bool:
    if _HANDED_OUT_RE.search(before) and _HANDED_ON_RE.match(behind):
        return True
    bare, own = _bare(title), _bare(facts.title or "")
    if len(bare) < 6 or not own:
        return False
    # 关于印发《…》的通知 is the document itself; a 批复 or 解读 of one is not
    is_whole = 10 * min(len(bare), len(own)) >= 7 * max(len(bare), len(own))
    return (bare in own and (is_whole or bool(_ISSUES_RE.search(own)))) or (own in bare and is_whole)


def _is_media(title: str, before: str, behind: str) -> bool:
    core = _DRAFT_RE.sub("", title).rstrip("0123456789年")
    if title in _word_class("media_name") or any(core.endswith(end) for end in _word_class("media_end")):
        return True
    if _ends_as(title, "policy_end") or _ends_as(title, "other_end"):
        return False
    if _ARTICLE_RE.search(before):
        return True
    if any(before.endswith(word) for word in _word_class("work_before")):
        return False
    if any(behind.startswith(word) for word in _word_class("media_behind")):
        return True
    return bool(_any_of("media_context").search(behind[:10]) or _any_of("media_context").search(before[-6:]))


def _issuer_role(before: str, behind: str) -> str | None:
    """Read the issuer from the clause: its verb, and who stands before it; None when none is named."""
    clause = _CLAUSE_RE.split(before)[-1]
    above = [m.start() for m in _any_of("upper_issuer").finditer(clause)]
    own = [m.start() for m in _any_of("county_marker").finditer(clause)]
    is_own = bool(own) and (not above or own[-1] > above[-1])
    issuing = [m.start() for m in _any_of("issuing_verb").finditer(clause)]
    obeying = [m.start() for m in _any_of("obeying_verb").finditer(clause)]
    if issuing and (not obeying or obeying[-1] < issuing[-1]):
        # the issuer stands before its verb: 教育部印发《…》; without one it is the government that speaks
        return "upper" if any(at < issuing[-1] for at in above) and not is_own else "issued"
    if is_own and (own[-1] >= len(clause) - 8 or not obeying):
        return "issued"  # 县委《…》, 我县《…》
    worked_on = any(behind.startswith(word) for word in _word_class("issuing_noun"))
    if worked_on and not above and _any_of("working_verb").search(clause):
        return "issued"  # 完成《…规划》编制
    return "upper" if above else None


def _role(title: str, facts: Facts, before: str, behind: str) -> str:
    """Decide whose document it is, by its title, the words before it and the document's own place."""
    about = _tells_about(facts)
    if not about and _is_self(title, facts, before, behind):
        return "self"
    if _is_media(title, before, behind):
        return "media"
    if _ends_as(title, "other_end") and not _ends_as(title, "policy_end"):
        role = _issuer_role(before, behind)
        if title.endswith("工作报告") and role == "upper":
            return "upper"  # 全国两会《政府工作报告》
        return "issued" if role == "issued" and title.endswith("信") else "other"
    rest = _without_upper_place(title, facts)
    is_policy = _ends_as(title, "policy_end")
    if is_policy and any(name in rest[:16] for name in _own_names(facts)):
        return "issued"
    if rest != title or title.startswith(("中华人民共和国", "国务院", "中共中央")):
        return "upper"
    if about and _bare(title) in _bare(facts.title or ""):
        return "issued"
    role = _issuer_role(before, behind)
    if not is_policy:
        return "issued" if role == "issued" and title.startswith("关于") else "other"
    return role or "upper"


def _role_of_short(title: str, facts: Facts, roles: dict[str, str]) -> str | None:
    """Return the role of the document that a bare 《计划》 or 《规划》 stands for: named before, or this one."""
    if title not in _word_class("short_title"):
        return None
    for longer in itertools.islice(reversed(roles), 200):
        if len(longer) > len(title) and _DRAFT_RE.sub("", longer).endswith(title):
            return roles[longer]
    is_own = not _tells_about(facts) and _DRAFT_RE.sub("", facts.title or "").endswith(title)
    return "self" if is_own else None


def find_citations(reading: Reading, found: Extractions) -> Iterator[Citation]:
    """Yield every document named in 《》, in text order; of nested marks the outermost.

    >>> from pipeline.records import Facts, Reading, Extractions
    >>> text = "贯彻落实中共中央、国务院《深化新时代教育评价改革总体方案》，制定出台《柳城县教师聘后管理办法》。"
    >>> reading = Reading(text, Facts(county="柳城县"), (), (), None)
    >>> [(c.title, c.role) for c in find_citations(reading, Extractions())]
    [('深化新时代教育评价改革总体方案', 'upper'), ('柳城县教师聘后管理办法', 'issued')]
    """
    text, facts = reading.text, reading.facts
    roles: dict[str, str] = {}
    role = "other"
    for start, end in _titles(text):
        title = text[start:end].strip()
        start += len(text[start:end]) - len(text[start:end].lstrip())
        before, behind = text[max(0, start - 81) : start - 1], text[end + 1 : end + 81]
        is_listed = bool(_LISTED_RE.search(text[max(0, start - 40) : start]))
        if _SHORT_FOR_RE.search(before):
            pass  # the abbreviation has the role of the document it abbreviates
        elif title in roles:
            role = roles[title]
        elif short_for := _role_of_short(title, facts, roles):
            role = short_for
        elif _OWN_NOTICE_RE.search(before) and start < 400 and not re.search(r"[。；]", text[:start]):
            role = "issued" if _tells_about(facts) else "self"  # the document's own headline
        elif not (
            is_listed
            and role in ("issued", "upper", "media")
            and _role(title, facts, "", behind) == "upper"
            and not title.startswith("中华人民共和国")
        ):
            role = _role(title, facts, before, behind)
        if role != "other":
            roles[title] = role
        yield Citation(title, _number(text, start, end), role, start, start + len(title))
