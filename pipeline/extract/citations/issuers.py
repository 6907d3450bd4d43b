"""Whose document it is: how high the document's own issuer stands, and whom the clause names."""

from __future__ import annotations

import re

from pipeline.extract.citations.bodies import LEVELS, OWN, bodies_named
from pipeline.extract.citations.levels import CENTRAL, level_of, own_names, short_of, upper_names
from pipeline.extract.citations.words import any_of, ends_as
from pipeline.lazy_re import lazy_re
from pipeline.province_letters import provinces_by_letter
from pipeline.records import Facts

_SENTENCE_RE = lazy_re(r"[。！？；\n]")
_INSERTED_RE = lazy_re(r"[（(]([\u4e00-\u9fff]{1,3})[）)]")  # 新（修）订
_PARTICIPLE_RE = lazy_re(
    r"(?:新|最新|近期|刚刚)?(?:修订|修改|出台|颁布|发布|印发|制定|下发|公布|通过)(?:后)?的\Z"
)  # 按照新修订的《行政处罚法》
_ADJACENT_RE = lazy_re(
    r"(?P<place>[\u4e00-\u9fff]{2,7}?(?:自治区|自治州|自治县|新区|省|市|县|区|旗))(?:委|人民政府|政府)?(?:办公[室厅])?的?\Z"
)  # 用好河北省《…十条措施》
_FINISHED_RE = lazy_re(r"(?:完成|启动|抓紧|加快)(?:了)?(?:编制)?\Z")
_MEANS_RE = lazy_re(r"[办方做用]法(?:[（(]|\Z)")  # …管理办法 is no law
_REPEALED_RE = lazy_re(
    r"(?:[（(〔\[][^（）()\n]{2,30}[）)〕\]])?(?:、?《[^《》\n]{2,60}》(?:[（(][^（）()\n]{2,30}[）)])?){0,6}[^，。；《》\n]{0,24}(?:废止|停止执行|不再执行|停止施行)"
)  # 《…办法》（青政〔2015〕3号）同时废止
PASSING_ON = ("转发", "批转")
_FOREIGN_PLACE_RE = lazy_re(r"(?:新区|省|州|市|自治区)\Z")
_TITLE_ISSUER_RE = lazy_re(r"[\u4e00-\u9fff、 ]{2,40}?(?=关于)")  # 中共某某市委、某某市人民政府关于…
_CODE_RE = lazy_re(
    r"(?P<place>[\u4e00-\u9fff]{1,3}?)(?:(?:政|府|委)(?=[\u4e00-\u9fff]{0,4}〔)|(?<![国财教民建])(?:办(?=[\u4e00-\u9fff]{0,4}〔)|发(?=〔)))"
)  # 青政办〔, 洛政办发〔, 江发〔
_CENTRAL_TITLE_RE = lazy_re(r"国务院|中共中央|全国人大|中华人民共和国")


def without_upper_place(title: str, facts: Facts) -> str:
    """Return a title without the names of the places above that it begins with."""
    own = next(iter(own_names(facts)), None)
    for name in upper_names(facts):
        title = title.removeprefix(name)
        if not (own and title.startswith(own)):  # 铁山县 lies in 铁山市
            title = title.removeprefix(short_of(name))
    return title


def is_about_own_place(title: str, facts: Facts) -> bool:
    """Say whether a place above, named in full, rules on the document's own, named without its sign.

    >>> facts = Facts(city="铁山市", county="青山县")
    >>> is_about_own_place("铁山市青山古城保护办法", facts), is_about_own_place("铁山市青山县人才办法", facts)
    (True, False)
    """
    names = own_names(facts)
    for place in upper_names(facts):
        rest = title.removeprefix(place)
        if rest != title and len(names) == 2 and rest.startswith(names[1]):
            return not rest.startswith(names[0])
    return False


def is_of_own_place(rest: str, facts: Facts) -> bool:
    """Say whether a title, the places above left out, names the document's own place before any other."""
    for name in own_names(facts):
        at = rest.find(name, 0, 16 + len(name))
        if at >= 0:
            return not _FOREIGN_PLACE_RE.search(rest[:at])  # 雄安新区容城组团规划 is not 容城's
    return False


def is_from_above(title: str, facts: Facts) -> bool:
    """Say whether a title names its issuer, and one above the document's own place.

    >>> is_from_above("中共江南省委、江南省人民政府关于青山县机构改革的通知", Facts(province="江南省", county="青山县"))
    True
    """
    issuer = _TITLE_ISSUER_RE.match(title)
    if issuer is None or level_of(facts) == CENTRAL:
        return False
    if _CENTRAL_TITLE_RE.match(title):
        return True
    above, own = bodies_named(issuer[0], facts)
    return bool(above) and not own


def role_by_title(title: str, facts: Facts) -> str | None:
    """Read the role from the issuer that a title itself names, None where it names none."""
    if title.startswith(("中共中央", "中国共产党")):
        return "upper"
    if level_of(facts) == CENTRAL:
        if title.startswith("国务院"):
            return "issued"
        return "upper" if ends_as(title, "law_end") and not _MEANS_RE.search(title) else None
    return "upper" if title.startswith(("中华人民共和国", "国务院")) else None


def _place_role(before: str, facts: Facts) -> str | None:
    adjacent = _ADJACENT_RE.search(before[-14:])
    if adjacent is None or level_of(facts) == CENTRAL:
        return None
    place = adjacent["place"]
    if any(place.endswith(name) for name in own_names(facts)):
        return "issued"
    above = any(place.endswith(name) for name in upper_names(facts))
    return "upper" if place.endswith("省") or above else None


def issuer_role(before: str, behind: str, facts: Facts) -> str | None:
    """Read the issuer from the words before a title: its verb, and who stands before it; None when none is named.

    >>> issuer_role("教育部印发", "", Facts(county="柳城县")), issuer_role("我县制定出台", "", Facts(county="柳城县"))
    ('upper', 'issued')
    >>> issuer_role("国务院办公厅印发", "", Facts(issuer="国务院"))
    'issued'
    """
    if role := _place_role(before, facts):
        return role
    sentence = _INSERTED_RE.sub(r"\1", _SENTENCE_RE.split(before)[-1])
    names_issuer = any_of(*OWN, *LEVELS).search(sentence)
    if not names_issuer and (participle := _PARTICIPLE_RE.search(sentence)):
        sentence = sentence[: participle.start()]
    last = re.split(r"[，：]", sentence)[-1]
    # the nearest clause speaks first: 研究制定管理办法，落实《…》
    return _clause_role(last, behind, facts) or (
        _clause_role(sentence, behind, facts) if last != sentence and len(last) < 24 else None
    )


def is_named_by_a_higher_body(before: str, facts: Facts) -> bool:
    """Say whether the clause before a title names a body above the document's own government, and not its own.

    >>> is_named_by_a_higher_body("去年，铁山市印发", Facts(city="铁山市", county="青山县"))
    True
    """
    above, own = bodies_named(re.split(r"[，：。；！？\n]", before)[-1], facts)
    return bool(above) and not own and level_of(facts) != CENTRAL


def has_own_code(number: str, facts: Facts) -> bool:
    """Say whether a number begins with the sign of the place whose document this is: 青政办〔2018〕61号 in 青政〔2023〕45号.

    >>> facts = Facts(doc_number="青政〔2023〕45号")
    >>> has_own_code("青政办〔2018〕61号", facts), has_own_code("江政办〔2018〕61号", facts)
    (True, False)
    """
    own, cited = _CODE_RE.match(facts.doc_number or ""), _CODE_RE.match(number)
    return own is not None and cited is not None and own["place"] == cited["place"]


def has_code_from_above(number: str, facts: Facts) -> bool:
    """Say whether a number begins with the sign of a place above the document's own: 江政函〔2024〕33号 of 江南省.

    >>> facts = Facts(county="青山县", province="江南省")
    >>> has_code_from_above("江政函〔2024〕33号", facts), has_code_from_above("青政函〔2024〕33号", facts)
    (True, False)
    """
    cited = _CODE_RE.match(number)
    own = own_names(facts)
    if cited is None or not own or own[0].startswith(cited["place"][0]):
        return False
    above = upper_names(facts)
    return (
        any(name.startswith(cited["place"]) for name in above)
        or provinces_by_letter().get(cited["place"][0]) in above
    )


def names_issuer(title: str, before: str, facts: Facts) -> bool:
    """Say whether a title, or the clause before it, names who issued it."""
    return _TITLE_ISSUER_RE.match(title) is not None or is_named_by_a_higher_body(before, facts)


def _clause_role(clause: str, behind: str, facts: Facts) -> str | None:
    level = level_of(facts)
    above, own = bodies_named(clause, facts)
    is_own = bool(own) and (not above or (own[-1] > above[-1] and level != CENTRAL))
    issuing = [m.start() for m in any_of("issuing_verb").finditer(clause)]
    obeying = [m.start() for m in any_of("obeying_verb").finditer(clause)]
    if issuing and (not obeying or obeying[-1] < issuing[-1]):
        if clause.startswith(PASSING_ON, issuing[-1]) and above and above[-1] > issuing[-1]:
            return "upper"  # 转发省教育厅《…》
        # the issuer stands before its verb: 教育部印发《…》; without one it is the government that speaks
        return "upper" if any(at < issuing[-1] for at in above) and not is_own else "issued"
    if not above and _REPEALED_RE.match(behind):
        return "issued"  # who repeals a document had issued it
    if is_own and (not obeying or len(clause) - 8 <= own[-1] > obeying[-1]):
        return "issued"  # 县委《…》, 我县《…》, 落实县政府《…》; not 区人民政府要按照《…》
    if _FINISHED_RE.search(clause) and not above:
        return "issued"  # 完成《高铁新区规划》
    worked_on = any_of("issuing_noun").match(behind)
    if worked_on and not above and any_of("working_verb").search(clause):
        return "issued"  # 完成《…规划》编制
    return "upper" if above or obeying else None
