"""Finds a clause's predicate: who does what to what."""

from __future__ import annotations

from pipeline.extract.measures.background import is_background, never_acts
from pipeline.extract.measures.bans import BANNED_VERBS, forbidden
from pipeline.extract.measures.bound_subjects import binding_words, bound, entrusted, of_charged, told_behind
from pipeline.extract.measures.by_actor import done_by_actor
from pipeline.extract.measures.clauses import Piece, joined_text
from pipeline.extract.measures.final_verbs import final_verb
from pipeline.extract.measures.fixed_forms import (
    NO_DEED,
    converted,
    exempted,
    floored,
    handed_to,
    told_by_shape,
    urged,
)
from pipeline.extract.measures.forms import read_form
from pipeline.extract.measures.leads import behind_opening
from pipeline.extract.measures.refused import is_refused, mended
from pipeline.extract.measures.small_clauses import (
    ARRIVING,
    AT_ONCE,
    STRIVING,
    by_doing,
    due,
    failing,
    held_frame,
    practised,
    short_phrase,
    striven,
)
from pipeline.extract.measures.states import is_only_stated
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.verbs import Lexicon
from pipeline.extract.measures.view import ClauseView, Setting
from pipeline.extract.measures.walk import walk

CHARGED = ("负责", "承担")

__all__ = ["Predicate", "find_predicate"]


def find_predicate(words: Lexicon, piece: Piece, setting: Setting) -> Predicate | None:
    """Return the predicate of a clause, None when the clause takes no action (results, background, states)."""
    said = piece.text
    if not piece.units or never_acts(said):
        return None
    if "坚持以" in said and (frame := held_frame(ClauseView(words, piece, setting))):
        return frame
    has_way = "采取" in said or "采用" in said or "实行" in said or "推行" in said
    if not has_way and is_background(said):
        return None
    view = ClauseView(words, piece, setting)
    if has_way and ((way := practised(view)) or is_background(said)):
        return way
    if view.texts[1:2] == ["了"] and not view.known[0].acts:
        return None  # 交流|了|在建项目进度: none of a policy's deeds, whatever it is done to
    if short := (said[0] in "该应能可需" and due(view)) or short_phrase(view):
        return short
    if formed := read_form(view):
        return formed if formed is not NO_DEED else None
    found: Predicate | None = None
    if view.is_norm and view.known[0].acts and view.size > 2 and "named" in view.known[1].classes:
        banned = next((n for n, u in enumerate(view.units) if u.text in BANNED_VERBS), 0)
        if banned:
            return forbidden(view, banned, None, joined_text(view.units[:banned]), walk)  # 公示内容不得涉及…
        found = final_verb(view)
    if found is not None:
        return None if is_only_stated(view, found) else found  # 认定结果在校内公示
    if said[0] == "由" and "的" in said and (conversion := converted(view)):
        return conversion
    if said[:2] in CHARGED and "的" in said:
        found = of_charged(view, walk)
    if "受" in said and "委托" in said:
        found = found or entrusted(view, walk)
    if found is None and (opening := behind_opening(view)):
        found = _behind(view, opening)
    elif found is None and not binding_words().isdisjoint(view.texts):
        found = bound(view, walk)
    found = found or ("由" in said and done_by_actor(view, walk)) or walk(view, 0, None, "", sure=False)
    if found is None and view.is_norm:
        found = final_verb(view) or urged(view) or floored(view)
        if found is None and "由" in said[:4]:
            found = handed_to(view)
        found = found or told_by_shape(view)
    if "免" in said and view.is_norm and (found is None or found.verb[0] not in "免减"):
        found = exempted(view) or found
    if found is None and "通过" in view.texts:
        found = by_doing(view)
    if found is None or (
        said[:2] in STRIVING and (found.verb == "新增" or said[2:4] == "更多" or _is_of_others(said, found))
    ):
        # 力争新增经营主体2800户以上, 力争更多项目列入省重点, 力争5家企业上市
        return striven(view) or found or (failing(view) if said[-3:-2] in AT_ONCE else None)
    if said[-3:-2] in AT_ONCE and "的" in found.object[:-1] and (stopped := failing(view)):
        return stopped  # 整改无望的依法关停
    if is_refused(view, found):
        return None
    thing = found.object
    if ("要" in thing or "应" in thing or "须" in thing) and (told := told_behind(view, found, walk)):
        found = told
    found = mended(said, found)
    return None if is_only_stated(view, found) else found


def _is_of_others(said: str, found: Predicate) -> bool:
    """Whether those act who are striven for: 力争|5家企业|上市."""
    return found.actor is not None and said[2:].lstrip().startswith(found.actor) and said.endswith(ARRIVING)


def _behind(view: ClauseView, opening: int) -> Predicate | None:
    """The predicate behind what opens a clause and ends before an index: 集中力量|办实事."""
    short = view.lexicon.single_re.fullmatch(joined_text(view.units[opening:]))
    if short is not None and not short["before"] and view.texts[opening] == short["verb"]:
        return Predicate(short["verb"], short["object"])
    return walk(view, opening, None, "", sure=True)
