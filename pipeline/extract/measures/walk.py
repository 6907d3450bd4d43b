"""Walks a clause from left to right to its predicate, past leads, modals, phrases and subjects."""

from __future__ import annotations

from pipeline.extract.measures.bans import BANNED_VERBS, LONGEST_VERB, forbidden
from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.fronted import NO_PLAIN_ACT, fronted, topic_verb
from pipeline.extract.measures.leads import LEAD, LEADING, behind_due_time, behind_each, behind_lead
from pipeline.extract.measures.objects import FOOTNOTE_RE, plain_object
from pipeline.extract.measures.patterns import PACE_RE, TIME_RE, is_background
from pipeline.extract.measures.phrases import after_phrase, placed, placed_by_jiang, supporting
from pipeline.extract.measures.verb_group import SPENT, WAYS, Predicate, built
from pipeline.extract.measures.view import ClauseView

SANCTIONS = frozenset(["问效", "奖惩"])
ORDINALS = frozenset("一二三四五六七八九")
JOINTS = frozenset(["、", "和", "及", "与", "的"])
PLACES = ("路口", "路段", "区域", "场所", "部位", "沿线", "两侧", "周边")
HELD = frozenset(["作为", "放在", "摆在", "放", "摆", "当作", "视为", "列为", "作"])
SPANS = frozenset(["内", "来", "间"])
WHOLLY = frozenset(["全部", "一律"])
COMPLETING = frozenset(["完成", "开工", "建成", "竣工", "运营", "启动", "实施", "到位", "上线", "销号"])
FAILING = frozenset(
    ["排除", "替代", "代替", "保证", "解决", "履行", "落实", "整改", "完成"]
)  # 不能排除, and no ban
STATIVE = frozenset([
    "具备", "具有", "包括", "包含", "属于", "位于", "低于", "高于", "大于", "小于", "等于", "存在", "成为", "拥有",
    "看到", "认识", "知道", "懂得", "相信", "承认", "成功", "依靠", "在于", "来自", "处于", "基于", "达成", "出现",
])  # fmt: skip
OBJECT_BEGINS = frozenset("nrljqsbmv")
ESPECIALLY = frozenset(["特别", "尤其"])


def walk(view: ClauseView, index: int, actor: str | None, patient: str, *, sure: bool) -> Predicate | None:
    """Return the predicate found from a unit on; `sure` says that a verb must come, as behind a modal."""
    units = view.units
    while index < len(units):
        unit = units[index]
        known = view.known[index]
        kind, classes = known.kinds, known.classes
        if unit.text == "要求" and index + 2 < len(units):
            asked = next(
                (n for n in range(index + 2, len(units)) if view.acts(n) or "modal" in view.kind(n)), 0
            )
            if asked and view.is_actor(name := joined_text(units[index + 1 : asked])):
                return Predicate(unit.text, name, actor)  # 要求|各学校|坚持…
        if "prohibition" in classes and "action" not in kind and "nominal" not in kind:
            return forbidden(view, index, actor, patient, walk)
        if "permitting" in classes and view.is_norm and unit.text in ("可", "可以") and _opens(view, index):
            if view.has("resulting", index + 1):
                return None  # 可有效提升满意度
            index, sure = index + 1, True  # 可优先安排用地指标
            continue
        if "permitting" in classes and view.in_plan and (actor or sure) and unit.text != "允许":
            if not actor and not _is_plain(view, index + 1):
                return None  # 项目建成后可提高效率
            index, sure = index + 1, True  # 学校可聘请退役运动员, 业主可以提取公积金
            continue
        if (
            unit.text == "不能"
            and view.is_norm
            and units[index + 1 : index + 2]
            and units[index + 1].text not in FAILING
            and _is_plain(view, index + 1)
        ):
            index, sure = index + 1, True  # 收款单位|不能|拒绝提供
            continue
        if "ability" in classes or "causative" in kind:
            return None
        if unit.text == "将" and (put := placed_by_jiang(view, index)):
            return Predicate(*put, actor)
        if (kind == LEAD or unit.text in LEADING or unit.text[0] == "每" or "地" in view.text) and (
            behind := behind_lead(view, index)
        ):
            index, sure = behind, True
            continue
        if unit.text == "参照" and view.acts(index + 1):
            index, sure = index + 1, True  # 参照|建立相应机制
            continue
        if unit.text == "计划" and view.acts(index + 1) and _is_planned(view, index + 1):
            index, sure = index + 1, True
            continue
        if "modal" in kind or unit.text in view.lexicon.words["lead"] or (unit.text == "请" and not index):
            sure = sure or "modal" in kind or unit.text.endswith(("要", "是"))
            index += 1
            continue
        goes = unit.text == "到" and index + 2 < len(units) and units[index + 1].tag[0] not in "mtq"
        if "preposition" in classes or "background" in kind or goes or view.is_partner(index):
            if "placing" in classes:
                put = placed(view, index)
                return Predicate(*put, actor) if put else None
            stop = supporting(view, index) or after_phrase(view, index)
            if stop is None:
                if "means" in kind and index + 1 < len(units) and not is_background(view.text):
                    return Predicate(unit.text, plain_object(units[index + 1 :], view.lexicon), actor)
                return None
            if unit.text in ("对", "对于", "给", "针对"):
                end = stop
                while end > index + 2 and units[end - 1].text[0] == "每":
                    end -= 1  # 对助餐点|每季度|至少抽检一次
                while end > index + 2 and view.has("obliging", end - 1):
                    end -= 1  # 对不符的规定|要|进行清理
                patient = joined_text(units[index + 1 : end])
            elif unit.text == "由" and view.is_actor(name := joined_text(units[index + 1 : stop])):
                actor = name  # 由县教育局牵头
            index, sure = stop, True
            continue
        if unit.text in ESPECIALLY and units[index + 1 : index + 2] and units[index + 1].text == "是":
            index += 2  # 特别是要解决…
            continue
        if "result" in kind and not known.acts:
            return None
        if unit.text == "坚持" and index + 2 < len(units) and units[index + 1].text in JOINTS:
            if not view.acts(index + 2):
                return None
            both = joined_text(units[index : index + 3])
            return Predicate(both, plain_object(units[index + 3 :], view.lexicon), actor)  # 坚持和完善|…
        if unit.text == "坚持" and index + 1 < len(units):  # what is held to, whatever acts in it
            put = placed(view, index + 1) if units[index + 1].text in ("把", "将") else None
            if put is None or put[0] in HELD:
                held = FOOTNOTE_RE.sub("", joined_text(units[index + 1 :]))
                return Predicate(unit.text, held.removesuffix("不动摇"), actor)
            return Predicate(*put, actor)
        if unit.text == "严格" and index + 3 == len(units) and _names_a_control(view, index + 1):
            return Predicate(unit.text, joined_text(units[index + 1 :]), actor)  # 严格|督查考核
        if unit.text == "统一" and index + 2 < len(units) and _is_plain(view, index + 1):
            index, sure = index + 1, True  # 统一|印制|宣传资料
            continue
        if unit.text == "加快" and PACE_RE.search(rest := joined_text(units[index + 1 :])):
            return Predicate(unit.text, rest, actor)
        if (
            kind
            and "lead" in kind
            and view.has("preposition", index + 1)
            and "pivot" not in classes  # 鼓励利用各类平台…
            and units[index + 1].text not in ("以", "与", "和")
        ):
            index, sure = index + 1, True  # 严格按照…, 坚持把…
            continue
        if known.acts or "single" in kind:
            if view.is_predicate(index, sure=sure) or (
                sure and index + 1 == len(units) and _may_end(view, index, actor, patient)
            ):
                return built(view, index, actor, patient)
            if "noun" not in kind and index + 1 < len(units) and view.is_adverb(index):
                index += 1
                continue
            if "noun" not in kind:
                return None
        elif TIME_RE.fullmatch(unit.text):
            index += 1
            continue
        elif unit.tag in ("m", "q", "mq") and unit.text not in view.lexicon.words["adverb"]:
            if not index and unit.text in ORDINALS and (view.acts(1) or view.is_adverb(1)):
                index, sure = 1, True  # 一|严格责任落实。二|开展汛前演练
                continue
            if unit.text[-1] == "年" and index + 1 < len(units) and units[index + 1].text in SPANS:
                index += 2  # 三年|内|招聘…
                continue
            if TIME_RE.search(unit.text) or (index + 1 < len(units) and TIME_RE.match(units[index + 1].text)):
                index += 1
                continue
        elif sure and view.is_norm and index and not kind and not classes and _is_owed(view, index):
            return Predicate(unit.text, plain_object(units[index + 1 :], view.lexicon) or patient, actor)
        elif view.describes(index):
            pass  # 试点学校
        elif view.is_adverb(index) or unit.tag in ("bracket", "f") or unit.text in "，、 ":
            sure = sure or unit.tag in ("d", "ad") or unit.text in view.lexicon.words["adverb"]
            index += 1
            continue
        return _after_noun(view, index, actor, patient)
    return None


def _is_owed(view: ClauseView, index: int) -> bool:
    """Whether a verb that the lexicon does not know is what a modal before it asks for: 应当|佩戴|胸牌, not 应当|具备|条件."""
    unit = view.units[index]
    return (
        unit.tag == "v"
        and len(unit.text) == 2
        and "obliging" in view.known[index - 1].classes
        and unit.text not in STATIVE
        and index + 1 < len(view.units)
        and view.units[index + 1].tag[:1] in OBJECT_BEGINS
    )


def _opens(view: ClauseView, index: int) -> bool:
    """Whether nothing but leads stands before an index: 也|可以, 且|可."""
    return all("lead" in view.kind(n) or view.is_adverb(n) for n in range(index))


def _may_end(view: ClauseView, index: int, actor: str | None, patient: str) -> bool:
    """Whether a verb may be the last word of its clause: behind what it is done to, or by which way."""
    way = view.units[index - 1].text in WAYS  # 按照…的程序|办理
    return way or (patient != "" and (actor is not None or view.is_adverb(index - 1)))


def _names_a_control(view: ClauseView, index: int) -> bool:
    """Whether the last two units of a clause are verbs that name what is strict, and no verb with its object: 督查|考核."""
    return "noun" in view.kind(index) and (view.acts(index + 1) or view.units[index + 1].text in SANCTIONS)


def _is_planned(view: ClauseView, index: int) -> bool:
    """Whether 计划 before an index says that a thing will be done, and is no noun: 计划|改造学校8所, not 计划|投资5亿元."""
    return (
        index + 1 < len(view.units) and view.units[index].text not in SPENT and view.units[index].tag == "v"
    )


def _is_counted_deed(view: ClauseView, index: int, verb: int) -> bool:
    """Whether a body before the verb at an index does it to a number of things: 县交通局|储备|融雪剂60吨."""
    units = view.units
    return (
        units[-2].text[0].isdigit()
        and units[verb + 1].tag in ("n", "nr", "nz", "vn")
        and not view.has("head", verb + 1)
        and view.is_actor(joined_text(units[index:verb]))
    )


def _is_plain(view: ClauseView, index: int) -> bool:
    """Whether the verb at an index acts on things, and tells neither of a state nor of an end: 赋码, not 提升, 完成."""
    kinds = view.kind(index)
    return view.acts(index) and kinds.isdisjoint(NO_PLAIN_ACT) and view.units[index].text not in COMPLETING


def _due_verb(view: ClauseView, index: int) -> str:
    """The verb that ends a clause, where adverbs and a modal lead to it from an index on: 预决算|都要公开; else ""."""
    last = len(view.units) - 1
    if not any(view.has("obliging", n) for n in range(index, last)):
        return ""
    between = all(view.has("obliging", n) or view.is_adverb(n) for n in range(index, last))
    return view.units[last].text if between else ""


def _after_noun(view: ClauseView, index: int, actor: str | None, patient: str) -> Predicate | None:
    """The clause goes on with a noun phrase: an actor, a patient in front, or a topic."""
    units, size = view.units, len(view.units)
    for n in range(index + 1, size):
        if units[n].text == "是" and view.has("tasks", n - 1) and view.acts(n + 1):
            return walk(view, n + 1, None, patient, sure=True)  # 主要任务是建设…
        known = view.known[n]
        if (
            "prohibition" in known.classes
            and units[n].text in BANNED_VERBS
            and (units[n - 1].text not in JOINTS or units[n - 1].text == "的")  # 验收不合格的|不得移交
        ):
            end = n
            while end > index + 1 and view.is_adverb(end - 1):
                end -= 1
            name = joined_text(units[index:end])
            is_body = view.is_actor(name)
            thing = patient if is_body or name.startswith("任何") else name
            return walk(view, n, name if is_body else actor, thing, sure=True)
        dated = units[n].tag == "m" and n + 1 < size and units[n + 1].text[0] in "年月"
        if dated and (due := behind_due_time(view, n)) and view.is_actor(name := joined_text(units[index:n])):
            return walk(view, due, name, patient, sure=True)  # 县应急局|12月20日前|完成…
        if units[n].text[0] == "每" and (each := behind_each(view, n)):
            name = joined_text(units[index:n])
            if view.is_actor(name) or not view.acts(each):
                return walk(view, each, name if view.is_actor(name) else actor, patient, sure=True)
            return built(
                view, each, actor, "" if name.endswith(("时", "后", "前")) else name
            )  # 县审计局|每半年|组织…, 水池|每半年|清洗一次
        modal = (
            "modal" in known.kinds
            or "permitting" in known.classes
            or (units[n].text == "计划" and view.acts(n + 1) and _is_planned(view, n + 1))
        )
        adverb = view.is_adverb(n) and not (
            known.acts and "head" in view.known[n + 1].classes
        )  # 银担|合作|各方
        if adverb and "prohibition" in view.known[n + 1].classes:
            continue  # 水库|一律|不得…
        phrase = ("preposition" in known.classes or view.is_partner(n)) and units[n].text not in (
            "和",
            "与",
            "同",
        )
        partner = units[n].text in ("和", "与", "同") and any(
            "noun" not in view.kind(m) and view.acts(m) for m in range(n + 2, size)
        )
        counted = n + 1 < size and units[n].tag == "v" and units[n + 1].tag == "m"  # 每个村|聘用|1名…
        if known.acts and "noun" in known.kinds and n + 3 < size and units[-2].tag[0] == "m":
            counted = counted or _is_counted_deed(view, index, n)
        verb = known.acts and ("noun" not in known.kinds or counted) and view.is_predicate(n, sure=counted)
        verb = verb and not ("either" in known.kinds and view.follows_head(n + 1))  # 校舍建设|任务全部完成
        if "built" in known.classes and n + 1 < size and units[n + 1].text in ("项目", "工程"):
            if n + 2 == size:
                return None  # 中心学校改扩建项目
            continue  # 大桥重建项目年内主体完工
        if units[n].text in ("、", "的") or not (modal or adverb or phrase or partner or verb):
            continue
        if units[n - 1].text in ("、", "和", "及", "与", "的"):
            continue
        name = "".join([u.text for u in units[index:n] if u.tag != "bracket"])
        if partner and "可" in view.text and not view.is_actor(name):
            continue  # 国家|和|地方基金|可以…
        if verb and n + 1 == size and len(units[n].text) >= LONGEST_VERB and view.is_actor(name):
            return Predicate(units[n].text, "", name)  # 各部门|各司其职
        if view.is_norm and view.has("listed", n) and n + 1 < size and not view.is_actor(name):
            return Predicate(units[n].text, name, actor)  # 治理成效|纳入|年度考核
        if verb and (view.has("turning", n + 1) or all(u.tag == "bracket" for u in units[n + 1 :])):
            return fronted(view, index, actor)  # 全县学校划分为…, 初中部改扩建（二期）
        if verb and name.endswith(PLACES):
            return walk(view, n, actor, patient, sure=False)  # 重要路口设置信号灯
        if name.endswith(("后", "时", "以来")):
            return None  # 项目实施后将…
        if "all" in known.classes and view.has("listed", n + 1):
            return Predicate(units[n + 1].text, name, actor)  # 村卫生室全部纳入一体化管理
        if not modal and not view.is_actor(name):
            told = topic_verb(view, n)
            if told is not None and units[n - 1].tag != "quote":
                return built(view, told, actor, patient or name)  # 食堂全部实行自主经营, 经费|压缩|10%
            if units[n].text in WHOLLY and n + 2 == size and view.in_plan and _is_plain(view, n + 1):
                return Predicate(units[n + 1].text, name, actor)  # 气瓶|全部|赋码
            if view.known[size - 1].acts and (due_verb := _due_verb(view, n)):
                return Predicate(due_verb, name, actor)
            break
        if "result" in known.kinds and not known.acts:
            return None
        who = name.strip("、 ")
        return walk(view, n, who if view.is_actor(who) else actor, patient, sure=modal or counted)
    return fronted(view, index, actor)
