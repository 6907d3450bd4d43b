"""The role of a cited document: this one, one of the same government, one from above, a publication, another."""

from __future__ import annotations

import itertools

from pipeline.extract.citations.issuers import (
    PASSING_ON,
    is_about_own_place,
    is_from_above,
    is_named_by_a_higher_body,
    is_of_own_place,
    issuer_role,
    role_by_title,
    without_upper_place,
)
from pipeline.extract.citations.levels import CENTRAL, CITY, PROVINCE, level_of
from pipeline.extract.citations.words import DRAFT_RE, any_of, endings, ends_as, word_class
from pipeline.lazy_re import lazy_re
from pipeline.records import Facts

_HANDED_OUT_RE = lazy_re(r"(?:现将|兹将|特将|将修订后的|现)[^。；\n]{0,40}\Z")  # 现将《…》印发给你们
_HANDED_ON_RE = lazy_re(r"[^。\n]{0,40}(?:印发|予以公布|公布如下|下发|转发)")
_APPROVED_RE = lazy_re(
    r"(?:（[^（）]{2,30}）)?[^《》。；\n]{0,70}(?:同意|通过|批准|审定)[，,]?[^《》。；\n]{0,40}现(?:予以?|印)?(?:印发|转发|下发|公布|发布|发)"
)  # 《…》和《…》已经国务院同意，现印发给你们; 《…》已经县政府第5次常务会议审议通过，现予公布
_FORWARDED_RE = lazy_re(r"[^。\n]{0,40}?(?:转发|转给)")  # 现将《国务院…批复》转发给你们
_ISSUES_RE = lazy_re(r"印发|发布|公布|下发|颁布|转发|批转|报送|上报|征求")
_TITLE_NOISE_RE = lazy_re(r"[\s《》〈〉“”（）()〔〕\[\]\-—－–~至年·]")
_ARTICLE_RE = lazy_re(r"》(?:[^《》，。]{0,10})以\Z")  # 《当代广西》以《…》对…进行了报道
_ANNIVERSARY_RE = lazy_re(r"\s?》?(?:发表|发布|出版)\s?\d{1,3}周年")
_RUN_RE = lazy_re(r"(?:[、，和及与]{0,2}《[^《》\n]{1,60}》){1,8}")
_DRAFT_END_RE = lazy_re(r"[（(]草案[^（）()]{0,4}[）)]\Z|草案\Z")
_FOREIGN_START_RE = lazy_re(r"[\u4e00-\u9fff]{2,7}?(?:省|自治区|市|县)(?!人民代表大会)")
_PLACE_BELOW_RE = lazy_re(
    r"(?![全各])[\u4e00-\u9fff]{2,6}?(?:自治县|(?<![各全本])县(?![级域城乡])|[^新社园地小景山城市片治郊灌库林矿校辖]区(?![域县划])|旗)"
)
_YOUR_PLACE_RE = lazy_re(r"[你我贵][省市县区](?:人民政府)?[^，。；]{0,12}\Z")  # 你省近日也制订了《…》
_PROGRAMME_RE = lazy_re(r"20\d\d年?\Z")  # 中国制造2025
_CARRIED_OUT_RE = lazy_re(
    r"(?:实施|落实|推进|启动|享受|对接|贯彻|按照|根据|依据|对照|印发|出台|发布)[^，。；]{0,4}\Z"
)
# a standard by its number: GB/T 18920—2020《…水质》, 《…风险管控》（GB 15618—2018）
_STANDARD = r"(?:GBZ?|HJ|DB\d{0,2}|CJJ?|JGJ|NY|SL|WS|TD|AQ|JTG|JB|YY|TSG)(?:/T)?[ 　-]?[A-Z]?\d[\d.]{1,8}(?:[—–-]{1,2}(?:19|20)\d\d)?"
_STANDARD_BEFORE_RE = lazy_re(rf"{_STANDARD}\s?\Z")
_STANDARD_BEHIND_RE = lazy_re(rf"\s?[（(]?\s?{_STANDARD}")
_OWN_PLAN_RE = lazy_re(r"(?:实施|启动)(?:新一轮|好)?[《\s]*\Z")
_OWN_START_RE = lazy_re(r"(?:城区|县城|中心城区|全县|全区|本县|本区|我县)")
_SUBMITTED_RE = lazy_re(r"(?:请示|汇报|来函|申请)\Z")


def bare(title: str) -> str:
    """Return a title without marks, brackets and dashes, for comparison."""
    return _TITLE_NOISE_RE.sub("", title)


def tells_about(facts: Facts) -> bool:
    """Say whether the document is one about another document (解读, 问答), which is then not itself."""
    return facts.doc_type == "问答" or bool(any_of("about_document").search(facts.title or ""))


def _is_self(title: str, facts: Facts, before: str, behind: str) -> bool:
    if _FORWARDED_RE.match(behind) and is_from_above(title, facts):
        return False
    if _HANDED_OUT_RE.search(before) and _HANDED_ON_RE.match(behind):
        return True
    run = _RUN_RE.match(behind)
    if _APPROVED_RE.match(behind, run.end() if run else 0):
        return True
    cited, own = bare(title), bare(facts.title or "")
    if len(cited) < 6 or not own:
        return False
    # 关于印发《…》的通知 is the document itself; a 批复 or 解读 of one is not, nor is the law whose 实施条例 this is
    is_whole = 10 * min(len(cited), len(own)) >= 7 * max(len(cited), len(own))
    if cited in own:
        is_passed_on = _passes_on(own) and not _passes_on(cited)
        if is_passed_on and (is_from_above(title, facts) or without_upper_place(title, facts) != title):
            return False
        return (is_whole and own.endswith(cited)) or bool(_ISSUES_RE.search(own))
    return own in cited and is_whole


def _passes_on(title: str) -> bool:
    return any(word in title for word in PASSING_ON)


def _is_media(title: str, before: str, behind: str) -> bool:
    core = DRAFT_RE.sub("", title).rstrip("0123456789年")
    if title in word_class("media_name") or core.endswith(endings("media_end")):
        return True
    if ends_as(title, "policy_end") or ends_as(title, "other_end"):
        return False
    if _ARTICLE_RE.search(before):
        return True
    if _ANNIVERSARY_RE.match(behind):
        return False
    if before.endswith(endings("work_before")):
        return False
    if run := _RUN_RE.match(behind):
        behind = behind[run.end() :]  # 《…》《…》等刊物出版发行
    if any(behind.startswith(word) for word in word_class("media_behind")):
        return True
    return bool(any_of("media_context").search(behind[:10]) or any_of("media_context").search(before[-6:]))


def role_of(title: str, facts: Facts, before: str, behind: str) -> str:
    """Decide whose document it is, by its title, the words before it and the document's own place."""
    about = tells_about(facts)
    if not about and _is_self(title, facts, before, behind):
        return "self"
    if _is_media(title, before, behind):
        return "media"
    is_policy = (
        ends_as(title, "policy_end")
        or title in word_class("short_title")
        or bool(_STANDARD_BEFORE_RE.search(before) or _STANDARD_BEHIND_RE.match(behind))
        or bool(_PROGRAMME_RE.search(title) and _CARRIED_OUT_RE.search(before))
    )
    if ends_as(title, "other_end") and not is_policy:
        role = issuer_role(before, behind, facts)
        if title.endswith("工作报告"):
            return "upper" if role == "upper" else "other"  # 全国两会《政府工作报告》
        is_made = title.endswith("信") or is_of_own_place(without_upper_place(title, facts), facts)
        return "issued" if role == "issued" and is_made else "other"
    if _SUBMITTED_RE.search(title):
        return "other"  # a 请示 comes from below
    if is_policy and is_from_above(title, facts):
        return "upper"
    rest = without_upper_place(title, facts)
    if is_policy and is_about_own_place(title, facts):
        return "upper"
    if is_policy and is_of_own_place(rest, facts):
        is_supported = title.startswith("关于") and is_named_by_a_higher_body(before, facts)
        return "upper" if is_supported else "issued"
    if level_of(facts) == CENTRAL and (_FOREIGN_START_RE.match(title) or _YOUR_PLACE_RE.search(before)):
        return "other"  # a province's document in one of the centre
    below = _PLACE_BELOW_RE.match(rest) if level_of(facts) in (PROVINCE, CITY) else None
    if below and not is_of_own_place(below[0], facts):
        return "other"  # the plan of a county that its city approves
    if role := role_by_title(title, facts):
        return role
    if rest != title and is_policy:
        return "upper"  # not the report that a firm of the province makes
    if facts.doc_type == "工作报告" and _DRAFT_END_RE.search(title):
        return "issued"  # the draft that the reporting government lays before its congress
    if about and bare(title) in bare(facts.title or ""):
        return "issued"
    role = issuer_role(before, behind, facts)
    if is_policy and level_of(facts) == CENTRAL and role != "issued" and _OWN_PLAN_RE.search(before):
        return "issued"  # a programme that the centre carries out is its own
    if not is_policy:
        return "issued" if role == "issued" and title.startswith("关于") else "other"
    if role != "issued" and level_of(facts) != CENTRAL and _OWN_START_RE.match(title):
        return "issued"  # 实施《城区地名规划》
    return role or "upper"


def role_of_short(title: str, facts: Facts, roles: dict[str, str]) -> str | None:
    """Return the role of the document that a bare 《计划》 or 《纲要草案》 stands for: named before, or this one."""
    if title not in word_class("short_title") and not (
        len(title) <= 6 and any_of("short_title").match(title)
    ):
        return None
    for longer in itertools.islice(reversed(roles), 200):
        if len(longer) > len(title) and (
            DRAFT_RE.sub("", longer).endswith(title) or bare(longer).endswith(title)
        ):
            return roles[longer]
    is_own = not tells_about(facts) and DRAFT_RE.sub("", facts.title or "").endswith(title)
    return "self" if is_own else None
