"""How a clause goes on that opens with a noun: a subject, what is acted on, or a topic."""

from __future__ import annotations

from pipeline.extract.measures.bans import BANNED_VERBS, LONGEST_VERB, Walk
from pipeline.extract.measures.clauses import JOINTS, SITES, joined_text
from pipeline.extract.measures.deeds import is_plain, is_planned
from pipeline.extract.measures.fronted import fronted, topic_verb
from pipeline.extract.measures.leads import behind_due_time, behind_each
from pipeline.extract.measures.verb_group import Predicate, built
from pipeline.extract.measures.verbs import NOTHING
from pipeline.extract.measures.view import ClauseView

BESIDE = frozenset(["和", "与", "同"])  # of a body, another body, which may act with it
PLACES = (*SITES, "两侧", "城内", "城外", "境内", "境外", "园内", "校内", "校外")
DUE_ON = frozenset(["应于", "须于", "应当于"])  # 经营主体|应于9月30日前|向…提出申请
WHOLLY = frozenset(["全部", "一律"])


def _is_counted_deed(view: ClauseView, index: int, verb: int) -> bool:
    """Whether a body before the verb at an index does it to a number of things: 县交通局|储备|融雪剂60吨."""
    units = view.units
    return (
        units[-2].text[0].isdigit()
        and units[verb + 1].tag in ("n", "nr", "nz", "vn")
        and "head" not in view.known[verb + 1].classes
        and view.is_actor(joined_text(units[index:verb]))
    )


def _counts(view: ClauseView, index: int, verb: int) -> bool:
    """Whether each of those named before the adverb in front of a verb does it to a number of things, and is no body."""
    counts = verb + 1 < view.size and view.known[verb].acts and view.units[verb + 1].tag == "m"
    return counts and not view.is_actor(joined_text(view.units[index : verb - 1]))


def _due_verb(view: ClauseView, index: int) -> str:
    """The verb that ends a clause, where adverbs and a modal lead to it from an index on: 预决算|都要公开; else ""."""
    last = view.size - 1
    if not any("obliging" in view.known[n].classes for n in range(index, last)):
        return ""
    between = all("obliging" in view.known[n].classes or view.is_adverb(n) for n in range(index, last))
    return view.texts[last] if between else ""


def after_noun(view: ClauseView, index: int, actor: str | None, patient: str, walk: Walk) -> Predicate | None:
    """The clause goes on with a noun phrase: an actor, a patient in front, or a topic."""
    units, texts, size = view.units, view.texts, view.size
    for n in range(index + 1, size):
        known, text = view.known[n], texts[n]
        is_name = known is NOTHING and units[n].tag[0] == "n" and text[0] != "每" and text not in DUE_ON
        if is_name and not view.is_adverb(n):
            continue  # as most are
        if text == "是" and "tasks" in view.known[n - 1].classes and view.known[n + 1].acts:
            return walk(view, n + 1, None, patient, sure=True)  # 主要任务是建设…
        if (
            "prohibition" in known.classes
            and text in BANNED_VERBS
            and (texts[n - 1] not in JOINTS or texts[n - 1] == "的")  # 验收不合格的|不得移交
        ):
            end = n
            while end > index + 1 and view.is_adverb(end - 1):
                end -= 1
            name = joined_text(units[index:end])
            is_body = view.is_actor(name)
            thing = patient if is_body or name.startswith("任何") else name
            return walk(view, n, name if is_body else actor, thing, sure=True)
        dated = units[n].tag == "m" and n + 1 < size and texts[n + 1][0] in "年月"
        if dated and (due := behind_due_time(view, n)) and view.is_actor(name := joined_text(units[index:n])):
            return walk(view, due, name, patient, sure=True)  # 县应急局|12月20日前|完成…
        if text[0] == "每" and (each := behind_each(view, n)):
            name = joined_text(units[index:n])
            if view.is_actor(name) or not view.known[each].acts:
                return walk(view, each, name if view.is_actor(name) else actor, patient, sure=True)
            return built(
                view, each, actor, "" if name.endswith(("时", "后", "前")) else name
            )  # 县审计局|每半年|组织…, 水池|每半年|清洗一次
        modal = (
            "modal" in known.kinds
            or "permitting" in known.classes
            or text in DUE_ON
            or (text == "计划" and is_planned(view, n + 1))
        )
        adverb = view.is_adverb(n) and not (
            known.acts and "head" in view.known[n + 1].classes
        )  # 银担|合作|各方
        if adverb and "prohibition" in view.known[n + 1].classes:
            continue  # 水库|一律|不得…
        if adverb and view.is_norm and texts[index][0] == "每" and _counts(view, index, n + 1):
            return built(view, n + 1, actor, "")  # 每名委员|固定|联系8户群众
        beside = text in BESIDE
        phrase = not beside and (
            "preposition" in known.classes or ("partner" in known.classes and view.is_partner(n))
        )
        partner = beside and any(
            "noun" not in view.known[m].kinds and view.known[m].acts for m in range(n + 2, size)
        )
        is_deed = units[n].tag == "v" or (known.acts and len(text) == LONGEST_VERB)
        # 每个村|聘用|1名…, 每名党员|结对帮扶|1名…
        counted = is_deed and n + 1 < size and units[n + 1].tag == "m"
        if known.acts and "noun" in known.kinds and n + 3 < size and units[-2].tag[0] == "m":
            counted = counted or _is_counted_deed(view, index, n)
        verb = known.acts and ("noun" not in known.kinds or counted) and view.is_predicate(n, sure=counted)
        verb = verb and not ("either" in known.kinds and view.follows_head(n + 1))  # 校舍建设|任务全部完成
        if "built" in known.classes and n + 1 < size and texts[n + 1] in ("项目", "工程"):
            if n + 2 == size:
                return None  # 中心学校改扩建项目
            continue  # 大桥重建项目年内主体完工
        if text in ("、", "的") or not (modal or adverb or phrase or partner or verb):
            continue
        if texts[n - 1] in JOINTS:
            continue
        name = "".join([u.text for u in units[index:n] if u.tag != "bracket"])
        if partner and "可" in view.text and not view.is_actor(name):
            continue  # 国家|和|地方基金|可以…
        if verb and n + 1 == size and len(text) >= LONGEST_VERB and view.is_actor(name):
            return Predicate(text, "", name)  # 各部门|各司其职
        if view.is_norm and "listed" in view.known[n].classes and n + 1 < size and not view.is_actor(name):
            return Predicate(text, name, actor)  # 治理成效|纳入|年度考核
        if verb and (
            "turning" in view.known[n + 1].classes or all(u.tag == "bracket" for u in units[n + 1 :])
        ):
            return fronted(view, index, actor)  # 全县学校划分为…, 初中部改扩建（二期）
        if verb and name.endswith(PLACES):
            return walk(view, n, actor, patient, sure=False)  # 重要路口设置信号灯
        if name.endswith(("后", "时", "以来")):
            if "obliging" in known.classes:
                return walk(view, n, actor, patient, sure=True)  # 归档时要严格执行…
            return None  # 项目实施后将…
        if "all" in known.classes and "listed" in view.known[n + 1].classes:
            return Predicate(texts[n + 1], name, actor)  # 村卫生室全部纳入一体化管理
        if counted and verb and name[:1] == "每" and view.is_norm:
            return built(view, n, actor, "")  # 每个网格|配备|1名网格员
        if not modal and not view.is_actor(name):
            if text == "予以" and not index and n + 2 == size and view.known[n + 1].acts and view.in_plan:
                return Predicate(texts[n + 1], name, actor)  # 检查结果|予以|通报
            told = topic_verb(view, n)
            if told is not None and units[n - 1].tag != "quote":
                return built(view, told, actor, patient or name)  # 食堂全部实行自主经营, 经费|压缩|10%
            if text in WHOLLY and n + 2 == size and view.in_plan and is_plain(view, n + 1):
                return Predicate(texts[n + 1], name, actor)  # 气瓶|全部|赋码
            if view.known[size - 1].acts and (due_verb := _due_verb(view, n)):
                return Predicate(due_verb, name, actor)
            break
        if "result" in known.kinds and not known.acts:
            return None
        who = name.strip("、 ")
        return walk(view, n, who if view.is_actor(who) else actor, patient, sure=modal or counted)
    return fronted(view, index, actor)
