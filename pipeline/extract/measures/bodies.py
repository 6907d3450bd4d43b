"""Bodies named by what they do: 起草|单位, 审核|机构, 用人|单位; a verb and its object look the same (制定|部门规章)."""

from __future__ import annotations

from pipeline.extract.measures.clauses import Unit
from pipeline.extract.measures.verbs import NOTHING, Lexicon

BODIES = frozenset(["单位", "机关", "机构", "部门"])
SUBJECTS = BODIES | {"主体"}  # of whom a verb before them may only say which
DEBTOR = "义务人"
NAMED = BODIES | {DEBTOR, "主体"}
OWING = frozenset(["扣缴", "代扣", "缴纳", "补偿", "赡养", "抚养", "扶养", "报告", "公开"])  # 扣缴|义务人
LISTED = frozenset(["、", "和", "及", "或", "或者", "以及"])
ASKED = frozenset(["由", "要求", "督促", "责令", "通知", "告知", "向", "与", "经", "请", "给", "对"])


def with_bodies(units: list[Unit], words: Lexicon) -> list[Unit]:
    """Return units with each verb and body that name who acts as one noun: 起草|单位|应当 → 起草单位|应当."""
    named = [
        n
        for n in range(len(units) - 1)
        if units[n + 1].text in NAMED and _may_name(units[n].text, units[n + 1].text, words)
    ]
    for n in reversed(named):  # from the right, for 起草部门审核机构 is named by the body behind it
        if units[n + 1].text == DEBTOR or _names_body(units, n, words):
            verb, body = units[n], units[n + 1]
            name = Unit(verb.text + body.text, "n", verb.start, body.end)
            units = [*units[:n], name, *units[n + 2 :]]
    return units


def _may_name(word: str, body: str, words: Lexicon) -> bool:
    """Whether a verb may tell who is meant by the word behind it: 扣缴|义务人, 起草|单位."""
    if body == DEBTOR:
        return word in OWING
    classes = words.known.get(word, NOTHING).classes
    return "role" in classes or "office" in classes


def _names_body(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Whether the verb at an index says which body stands behind it, by what follows and what is before."""
    if n + 2 == len(units):
        return n == 0 or (units[n - 1].text in ASKED or units[n - 1].text in LISTED)
    following = units[n + 2]
    classes = words.known.get(following.text, NOTHING).classes
    is_each = following.text[0] == "每" and len(following.text) > 1
    if "modal" in words.known.get(following.text, NOTHING).kinds or "preposition" in classes or is_each:
        return following.text not in LISTED
    if "office" in words.known.get(units[n].text, NOTHING).classes:
        return False
    if following.tag[:1] == "n" and n + 3 < len(units) and units[n + 3].text in BODIES:
        return units[n].text != "制定" or n > 0  # 起草|部门法制机构
    verb, body = following.text[:2], following.text[2:]
    if following.tag[:1] == "n" and not (body in BODIES and _may_name(verb, body, words)):
        return False  # 制定|部门规章, 报送|单位名单, 制定|机关事业单位…; but 起草|部门审核机构
    if following.text in LISTED or following.text == "的":
        return n > 0 and units[n - 1].text in ASKED
    return True
