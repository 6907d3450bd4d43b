"""Prepositional phrases in front of the predicate: 为各校, 在7所学校, 按照教师总数的2%, 把德育."""

from __future__ import annotations

from pipeline.extract.measures.clauses import JOINTS
from pipeline.extract.measures.phrase_words import (
    LOCATIVES,
    REPORTING,
    TOWARD,
    WITH_WHOM,
    Phrase,
    by_way,
    ends_means,
    has_named_thing,
    is_deed_of,
    is_from_source,
    is_in_standard,
    is_there,
    is_through,
    last_verb,
    negates,
    only_adverbs,
    shares_thing,
)
from pipeline.extract.measures.verb_group import SETTLED, WAYS
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView

JOINED = JOINTS | {"或"}
OWN_PHRASES = frozenset(["为", "对", "向", "把", "将", "在", "给"])
NEWLY = frozenset(["新", "首次", "已", "未", "被", "首批"])
CARRIED_OUT = frozenset(["实施", "推广", "推行", "试行"])  # 在一中|实施|创新人才培养项目
ACTING = frozenset(["noun", "either", "nominal"])  # what acts, or names what is acted upon
RENEWING = frozenset(["改造", "升级", "提升", "武装", "装备"])
RESOURCES = frozenset(["依托", "利用", "立足"])
RAISED = frozenset(["发展", "布局", "建设", "培育", "打造"])  # by these means
RATED = frozenset("%元准例度额")  # the last characters of a rate: 20%, 标准, 比例
CARRYING = frozenset(["开展", "加强", "深化", "推进", "建立"])  # with whom a thing is done
CHANNELS = frozenset(["要素", "形式", "方式", "渠道", "平台", "载体", "媒体", "媒介", "途径", "手段", "阵地"])
SERVED = frozenset(["为", "给"])
CAUSING = frozenset(["让", "使"])
COMPARING = frozenset(["比较", "较", "较为"])
INSIDE = 0  # no predicate stands in front of its phrase


def after_phrase(view: ClauseView, index: int) -> int | None:
    """Return the index of the predicate behind the prepositional phrase that begins at `index`."""
    first, final, opening = index + 1, view.size - 1, view.texts[index]
    way = first if view.texts[first : first + 1] and view.texts[first][-2:] in CHANNELS else first + 1
    named = way < final and view.texts[way][-2:] in CHANNELS
    if named and view.known[way + 2].acts and view.is_adverb(way + 1):
        return way + 1  # 采取多种形式|广泛|宣传…的要求
    aims = "goal_noun" in view.known[final].classes or view.text.endswith(
        ("战略布局", "发展布局", "总体布局")
    )
    if aims and ("background" in view.known[index].kinds or "aiming" in view.known[index].classes):
        return None  # 紧扣全面建成小康社会目标任务
    if opening in ("与", "同", "和", "向") and final > first and "intransitive" in view.known[final].classes:
        # 与高校|开展|产学研合作
        return next((n for n in range(first + 1, final) if view.texts[n] in CARRYING), final)
    if opening == "为":
        deed = next((n for n in range(first, final) if not view.is_adverb(n)), first)
        if view.known[deed].acts and view.units[deed].tag == "v":
            if deed > first and "pivot" in view.known[deed].classes:
                return None  # 为奋力推动保定加快发展
            return last_verb(view, deed)  # 为实施发展战略增添动力, 为全力实施发展战略
    if opening in ("按", "按照"):
        for n in range(first + 1, final):
            if "light" in view.known[n].kinds and view.texts[n - 1][-1] in RATED:
                return n  # 按实际支付报酬的20%|给予|补助
    return _end_of(Phrase(view, index))


def _end_of(phrase: Phrase) -> int | None:
    """Return the first index behind the opening at which every question says that the predicate stands there."""
    view = phrase.view
    closing = phrase.last_closing
    if phrase.opening == "在" and (bid := _bidding(phrase, closing)):
        return bid
    ordered = False  # 按照统一部署|适时提高…
    if closing > phrase.first:
        if view.texts[closing] == "约定" and view.known[closing + 1].acts:
            return closing + 1
        ordered = phrase.means and view.known[closing].acts and view.is_adverb(closing + 1)
    fallback = 0
    for n in range(max(phrase.first + 1, closing + ordered), view.size):
        found = _before_verbs(phrase, n)
        if found is None and view.known[n].acts:
            found = _at_verb(phrase, n)
            if found is None:
                if not fallback and is_from_source(phrase, n):
                    fallback = n  # 从贫困地区|聘用|工勤人员
                found = INSIDE if _is_noun_there(phrase, n) or _goes_on(phrase, n) else n
        if found:
            return found
    return fallback or _last_deed(phrase) or None


def _bidding(phrase: Phrase, closing: int) -> int:
    """Where a modal says what has to be done at the place in front, whatever acts in its name: 在地震重点监测区|要|加强观测; 0 without one."""
    view = phrase.view
    for n in range(max(phrase.first, closing) + 1, phrase.final):
        if "obliging" in view.known[n].classes and view.texts[n] != "需要":
            return n if view.known[n + 1].acts or view.is_adverb(n + 1) else 0
    return 0


def _last_deed(phrase: Phrase) -> int:
    """Where the verbs stand that end a rule's clause and say what a body does to the thing before them, 0 if none do: 对学校食堂|检查."""
    view, n = phrase.view, phrase.final
    if phrase.opening not in ("对", "对于") or not view.is_norm or not phrase.index:
        return 0
    while n > phrase.first and view.known[n - 1].acts:
        n -= 1
    is_deed = n > phrase.first and view.units[n].tag[:1] == "v" and "light" not in view.known[n].kinds
    return n if is_deed and view.known[phrase.final].acts and view.units[n - 1].tag[:1] == "n" else 0


def _before_verbs(phrase: Phrase, n: int) -> int | None:
    """What words that do not act tell at an index: where the predicate begins, or that the phrase goes on; None: neither."""
    view, opening, final = phrase.view, phrase.opening, phrase.final
    before, unit, known = view.units[n - 1], view.units[n], view.known[n]
    linked = unit.text == "来" and phrase.means and before.tag[:1] not in "mqt"  # and no 几年来
    if linked and (view.known[n + 1].acts or view.is_adverb(n + 1)):
        return n + 1  # 用改革办法|来|激发活力
    if opening in SERVED and "single" in known.kinds and before.tag[:1] == "n" and n < phrase.final:
        return n  # 为群众|办|实事
    if unit.text in CAUSING or (opening == "在" and unit.text == "形成" and n > phrase.first):
        return n  # 在更多领域|让|群众受益
    if before.text in JOINED and not (before.text == "的" and n == phrase.light):
        return INSIDE  # but 对措施不到位的|予以|通报
    if before.text in COMPARING and unit.tag[:1] == "a":
        return INSIDE
    if unit.text in COMPARING and n < final and view.units[n + 1].tag[:1] == "a":
        return INSIDE  # 对专业性比较强的问题
    if "preposition" in known.classes:
        if not phrase.means and unit.text not in JOINED:
            is_case = n < phrase.light and "nominalizer" in view.known[n + 1].classes
            return INSIDE if is_case else n  # 对资金使用情况进行检查
        if phrase.means and unit.text in OWN_PHRASES:
            return n
    if "describing" in known.classes and view.describes(n):
        return INSIDE  # 对制造业创新中心
    if opening in TOWARD and "prohibition" in known.classes and n > phrase.first:
        is_told = phrase.attributed == view.size or n > phrase.attributed
        return n if is_told else INSIDE  # 对不合格产品|不得|销售, 对〔拒不整改、不得复工的〕企业
    is_adverb = view.is_adverb(n)
    if is_adverb and n < phrase.light and not only_adverbs(view, n, phrase.light):
        return INSIDE  # 对落实不力的地区进行通报
    if is_adverb and phrase.means and is_in_standard(view, n):
        return INSIDE  # 按照每生每年600元的标准|给予补助
    if phrase.relative and n <= phrase.attributed:
        return INSIDE  # 对〔拒不整改〕的企业依法停产整顿
    if is_adverb and phrase.first < n < final and view.texts[n + 1] != "的":
        is_noun = unit.text in ("重点", "年度") and view.units[n + 1].tag[0] == "n"  # 重点人群
        if is_noun or negates(view, n, opening):
            return None
        if any(view.known[m].acts for m in range(n + 1, final)):
            return n
        if opening in TOWARD and view.known[final].acts and only_adverbs(view, n + 1, final):
            return n  # 对缺苗的地块|及时补种
    return None


def _at_verb(phrase: Phrase, n: int) -> int | None:
    """What a verb at an index tells for sure: where the predicate stands, or that the phrase goes on; None: it may be either."""
    view, opening = phrase.view, phrase.opening
    before, kinds = view.units[n - 1], view.known[n].kinds
    if n == phrase.first + 1 and opening not in TOWARD and shares_thing(view, n - 1, n):
        return INSIDE  # 围绕巩固|拓展|脱贫成果
    if before.text in CHANNELS and n > phrase.first + 2 and is_through(view, n):
        return n  # 利用广播、微信群等形式|宣传|政策
    if opening in WITH_WHOM and n > phrase.first and is_deed_of(view, phrase.first, n):
        return n  # 会同财政局|安排|管护资金
    if before.text in NEWLY and opening in ("对", "对于", "给", "为"):
        return INSIDE  # 对新认定的企业, 对首次达标的学校
    if opening == "向" and view.texts[n] in REPORTING and is_from_source(phrase, n):
        return n  # 向县人大|报告|规划实施情况
    light = phrase.light
    is_named = not ACTING.isdisjoint(kinds) or "nominalizer" in view.known[light - 1].classes
    if n < light and (is_named or phrase.describes(n) or "并" not in view.texts[n:light]):
        return light  # 对经济发展情况进行总结, 对有复垦潜力的土地进行整理
    if opening == "向" and any(u.text == "的" for u in view.units[n:]):
        return INSIDE  # 向关心支持教育的各界人士
    if "light" in kinds:
        return n
    is_last = phrase.means and n == phrase.final
    if is_last and (by_way(view, phrase.first, n) or view.texts[n] in SETTLED):
        return n  # 按照…的程序|办理
    is_behind_way = n == phrase.last_closing + 1 and before.text in WAYS  # 运用法治方式|推进|工作
    return None if view.is_predicate(n, sure=is_behind_way) else INSIDE


def _is_double(phrase: Phrase, n: int) -> bool:
    """Whether two words for renewing stand side by side: 用高新技术|改造|升级."""
    units = phrase.view.units
    return phrase.means and units[n].text in RENEWING and n < phrase.final and units[n + 1].text in RENEWING


def _is_noun_there(phrase: Phrase, n: int) -> bool:
    """Whether what may be a verb or a noun is a noun by its neighbours, and nothing before it says that a deed follows."""
    view, opening = phrase.view, phrase.opening
    before, unit, kinds = view.units[n - 1], view.units[n], view.known[n].kinds
    if "noun" in kinds and "light" in view.known[n + 1].kinds:
        return True  # 通过入户调查|进行|评定
    following = view.units[n + 1].tag if n < phrase.final else ""
    if opening in TOWARD and "nominal" in kinds and following.startswith("v") and not phrase.light:
        return "head" in view.known[n].classes or view.follows_head(n + 1)  # 对老旧小区|实施|节能改造
    is_noun = (
        ("noun" in kinds and "nominal" not in kinds and following.startswith(("v", "n")))
        or ("either" in kinds and "head" in view.known[n + 1].classes and n + 2 < view.size)  # 处理|设施
        or (
            "either" in kinds
            and following.startswith("v")
            and not ("nominal" in kinds and phrase.is_told(n))
            and not (opening == "由" and has_named_thing(view, n))
        )
        or (phrase.opening in TOWARD and not NOUNLIKE.isdisjoint(kinds) and _names_before_deed(view, n))
    )
    if not is_noun or view.is_adverb(n - 1) or _is_double(phrase, n):
        return False
    if phrase.means and before.text in WAYS:
        return False  # 按每人1万元的标准|保障…
    if phrase.means and before.text[-1] == "%" and not view.follows_head(n + 1):
        return False  # 按总额的2%|安排…
    is_within = n == phrase.last_closing + 1 > phrase.first + 1 and before.text in LOCATIVES
    if is_within and unit.tag == "v" and not view.follows_head(n + 1):
        return False  # 在预算中|安排|补助资金
    if opening == "在" and (unit.text in CARRIED_OUT or is_there(view, n)):
        return False
    return not (opening in WITH_WHOM and "strengthening" in view.known[n].classes)  # 会同民政局|加强|监管


def _names_before_deed(view: ClauseView, n: int) -> bool:
    """Whether a verb with its adverb ends the clause behind a word that names a thing: 对巡察反馈|意见|全力|整改."""
    final, known = view.size - 1, view.known[n]
    if n + 1 >= final or not view.known[final].acts or not view.is_adverb(final - 1):
        return False
    return "framing" not in known.classes and "nominal" not in known.kinds  # 实施|常态化监测


def _goes_on(phrase: Phrase, n: int) -> bool:
    """Whether a verb at an index still tells by what means a thing is done: 通过引进人才、定向培养."""
    if not phrase.means:
        return False
    view, first = phrase.view, phrase.first
    following = view.units[n + 1] if n < phrase.final else None
    if n == phrase.last_closing + 1 > first + 1 and view.texts[n - 1] in WAYS and following:
        return False
    is_raised = phrase.opening in RESOURCES and n - first > 1 and view.texts[n] in RAISED
    if is_raised and following and following.tag.startswith("n") and not view.follows_head(n + 1):
        return False  # 依托风景道|发展|民宿
    is_nounlike = not NOUNLIKE.isdisjoint(view.known[n].kinds)
    if is_nounlike and view.follows_head(n + 1):
        return True  # 聚焦实验区建设任务
    if following and following.text == "、":
        return True  # 通过行业引领、龙头带动
    is_used = view.units[n].text == "利用" and view.known[n - 1].acts
    if is_used or (following and following.text == "利用"):
        return True  # 通过荒地复垦|利用|新增耕地
    # 围绕产业规划开展招商: plain where no verb in the phrase makes those behind it doubtful
    is_plain = (not is_nounlike or _is_double(phrase, n)) and not view.known[first].acts
    before = view.known[n - 1]
    is_thing = not NOUNLIKE.isdisjoint(before.kinds) and "lead" not in before.kinds
    if n == first + 2 and "noun" in before.kinds and view.known[first].acts and not is_nounlike:
        return False  # 通过深化|改革|破解难题
    if is_plain and (is_thing or view.units[n - 1].tag.startswith("n")):
        return False  # 以小投入|打造|口袋公园
    return not ends_means(view, first, n)
