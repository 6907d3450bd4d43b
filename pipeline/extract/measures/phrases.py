"""Prepositional phrases in front of the predicate: 为各校, 在7所学校, 按照教师总数的2%, 把德育."""

from __future__ import annotations

from pipeline.extract.measures.clauses import JOINTS, SITES, joined_text
from pipeline.extract.measures.verb_group import SETTLED, WAYS
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView

JOINED = JOINTS | {"或"}
TOWARD = frozenset(["对", "对于", "针对"])
TOLD = TOWARD | {"向", "给"}  # whom or what something is done to, often with an attribute
OWN_PHRASES = frozenset(["为", "对", "向", "把", "将", "在", "给"])
SUPPORTING = frozenset(["提供", "打下", "筑牢", "奠定", "增添", "注入", "指明", "创造", "作出", "营造"])
NEWLY = frozenset(["新", "首次", "已", "未", "被", "首批"])
CARRIED_OUT = frozenset(["实施", "推广", "推行", "试行"])  # 在一中|实施|创新人才培养项目
ACTING = frozenset(["noun", "either", "nominal"])  # what acts, or names what is acted upon
WITH_WHOM = frozenset(["会同", "联合", "配合", "协同", "协助"])
# the ends of words for places: 在政务大厅|设置|综合窗口
PLACES = (
    *SITES, "厅", "中心", "点", "处", "站", "馆", "校", "村", "镇", "乡", "县", "社区", "园区", "道", "地段", "地区", "窗口", "平台",
    "门口", "现场", "一线", "广场", "景区",
)  # fmt: skip
ASKED = frozenset(
    ["措施", "办法", "方案", "要求", "标准", "规定", "制度", "任务", "政策"]
)  # what may be an object
BODIES = frozenset(
    ["单位", "机关", "部门", "机构", "主体", "局", "人员", "的"]
)  # of which a verb only says which
MOST_NAMED = 8  # units that name an actor
RENEWING = frozenset(["改造", "升级", "提升", "武装", "装备"])
RESOURCES = frozenset(["依托", "利用", "立足"])
RAISED = frozenset(["发展", "布局", "建设", "培育", "打造"])  # by these means
RATED = frozenset("%元准例度额")  # the last characters of a rate: 20%, 标准, 比例
ARRANGED = frozenset(["统一", "总体", "工作"])  # 按照总体安排
CARRYING = frozenset(["开展", "加强", "深化", "推进", "建立"])  # with whom a thing is done
CHANNELS = frozenset(["要素", "形式", "方式", "渠道", "平台", "载体", "媒体", "媒介", "途径", "手段", "阵地"])
BY_CONTRACT = frozenset(["按", "按照", "依照", "依据", "根据"])
UNCLOSED = WITH_WHOM | {"为", "给"}  # 会同有关部门制定办法: no way of doing something
COMPARING = frozenset(["比较", "较", "较为"])
LOCATIVES = frozenset(["上", "中", "下", "内", "里"])


def after_phrase(view: ClauseView, index: int) -> int | None:
    """Return the index of the predicate behind the prepositional phrase that begins at `index`."""
    means = "means" in view.known[index].classes
    opening, size = view.units[index].text, len(view.units)
    first, final = index + 1, size - 1
    aims = "goal_noun" in view.known[final].classes or view.text.endswith(
        ("战略布局", "发展布局", "总体布局")
    )
    if aims and ("background" in view.known[index].kinds or "aiming" in view.known[index].classes):
        return None  # 紧扣全面建成小康社会目标任务
    if opening in ("与", "同", "和", "向") and final > first and "intransitive" in view.known[final].classes:
        # 与高校|开展|产学研合作
        return next((n for n in range(first + 1, final) if view.units[n].text in CARRYING), final)
    # 对符合条件的家庭: the verb right behind the preposition belongs to an attribute
    attributed = size  # where 的 ends the first attribute in the phrase
    if opening in TOLD:
        attributed = next((n for n in range(first, size) if view.units[n].text == "的"), size)
    relative = attributed < size and opening != "针对" and view.units[first].tag == "v"
    relative = relative and "noun" not in view.known[first].kinds
    if opening == "为" and view.known[first].acts and view.units[first].tag == "v":
        return _last_verb(view, first)  # 为实施发展战略增添动力

    def is_told(n: int) -> bool:
        """Whether the thing before an index has an attribute that ends in 的: 对信用好的企业|减少|检查频次."""
        return opening in TOWARD and attributed < n

    light = 0
    if opening in ("按", "按照"):
        for n in range(first + 1, final):
            if "light" in view.known[n].kinds and view.units[n - 1].text[-1] in RATED:
                return n  # 按实际支付报酬的20%|给予|补助
    if opening in TOWARD:
        light = next((n for n in range(first + 1, final + 1) if "light" in view.known[n].kinds), 0)
    fallback, last_closing = 0, first
    if opening not in UNCLOSED and not (
        opening == "由" and _names_actor(view, first)
    ):  # 为村里赠送技术等方面书籍
        # 对监测对象|制定|帮扶措施: what closes the clause is an object there
        is_asked = view.units[final].text in ASKED and (opening in TOWARD or _frames(view, first, final))
        closing_by = final if is_asked else size
        last_closing = max((n for n in range(first, closing_by) if _closes(view, index, n)), default=first)
    is_contract = last_closing > first and view.units[last_closing].text == "约定"
    if is_contract and view.known[last_closing + 1].acts:
        return last_closing + 1
    ordered = (
        means and last_closing > first and view.known[last_closing].acts and view.is_adverb(last_closing + 1)
    )
    for n in range(max(first + 1, last_closing + ordered), size):  # 按照统一部署|适时提高…
        before = view.units[n - 1]
        if before.text in JOINED and not (before.text == "的" and n == light):
            continue  # but 对措施不到位的|予以|通报
        if before.text in COMPARING and view.units[n].tag[:1] == "a":
            continue
        if view.units[n].text in COMPARING and n < final and view.units[n + 1].tag[:1] == "a":
            continue  # 对专业性比较强的问题
        if "preposition" in view.known[n].classes and not means and view.units[n].text not in JOINED:
            if n < light and "nominalizer" in view.known[n + 1].classes:
                continue  # 对资金使用情况进行检查
            return n
        if means and "preposition" in view.known[n].classes and view.units[n].text in OWN_PHRASES:
            return n
        if "describing" in view.known[n].classes and view.describes(n):
            continue  # 对制造业创新中心
        if n < light and view.is_adverb(n) and not _only_adverbs(view, n, light):
            continue  # 对落实不力的地区进行通报
        is_noun = (
            view.units[n].text in ("重点", "年度") and n < final and view.units[n + 1].tag[0] == "n"
        )  # 重点人群
        if means and view.is_adverb(n) and _is_in_standard(view, n):
            continue  # 按照每生每年600元的标准|给予补助
        if relative and n <= attributed:
            continue  # 对〔拒不整改〕的企业依法停产整顿
        if (
            not is_noun
            and n > first
            and not _negates(view, n, opening)
            and view.is_adverb(n)
            and n < final
            and view.units[n + 1].text != "的"
        ):
            if any(view.known[m].acts for m in range(n + 1, final)):
                return n
            if opening in TOWARD and view.known[final].acts and _only_adverbs(view, n + 1, final):
                return n  # 对缺苗的地块|及时补种
        if not view.known[n].acts:
            continue
        if before.text in CHANNELS and n > first + 2 and _is_through(view, n):
            return n  # 利用广播、微信群等形式|宣传|政策
        if opening in WITH_WHOM and n > first and is_deed_of(view, first, n):
            return n  # 会同财政局|安排|管护资金
        if before.text in NEWLY and opening in ("对", "对于", "给", "为"):
            continue  # 对新认定的企业, 对首次达标的学校
        kind = view.known[n].kinds
        if n < light and (not ACTING.isdisjoint(kind) or "nominalizer" in view.known[light - 1].classes):
            return light  # 对经济发展情况进行总结
        if opening == "向" and any(u.text == "的" for u in view.units[n:]):
            continue  # 向关心支持教育的各界人士
        if "light" in kind:
            return n
        if means and n == final and (_by_way(view, first, n) or view.units[n].text in SETTLED):
            return n  # 按照…的程序|办理
        if not view.is_predicate(n, sure=False):
            continue
        following = view.units[n + 1].tag if n + 1 < size else ""
        is_double = (
            means and view.units[n].text in RENEWING and n < final and view.units[n + 1].text in RENEWING
        )  # 用高新技术|改造|升级
        is_source = opening in ("从", "在", "与") and view.units[n].tag == "v"
        if is_source and not fallback and following.startswith("n"):
            fallback = n  # 从贫困地区|聘用|工勤人员
        if (
            not view.is_adverb(n - 1)
            and not (means and before.text in WAYS)  # 按每人1万元的标准|保障…
            and not (means and before.text[-1] == "%" and not view.follows_head(n + 1))  # 按总额的2%|安排…
            and not is_double
            and not (
                n == last_closing + 1 > first + 1
                and before.text in LOCATIVES
                and view.units[n].tag == "v"
                and not view.follows_head(n + 1)
            )  # 在预算中|安排|补助资金
            and not (opening == "在" and (view.units[n].text in CARRIED_OUT or _is_there(view, n)))
            and not (
                opening in WITH_WHOM and "strengthening" in view.known[n].classes
            )  # 会同民政局|加强|资金监管
            and (
                ("noun" in kind and "nominal" not in kind and following.startswith(("v", "n")))
                or ("either" in kind and "head" in view.known[n + 1].classes and n + 2 < size)  # 处理|设施
                or ("either" in kind and following.startswith("v") and not ("nominal" in kind and is_told(n)))
            )
        ):
            continue
        is_raised = opening in RESOURCES and n - first > 1 and view.units[n].text in RAISED
        if is_raised and following.startswith("n") and not view.follows_head(n + 1):
            return n  # 依托风景道|发展|民宿
        # 围绕产业规划开展招商, but 通过引进人才、定向培养: a verb in the phrase makes those behind it doubtful
        plain = NOUNLIKE.isdisjoint(kind) or is_double
        plain = plain and not view.known[first].acts and before.tag.startswith("n")
        if means and not NOUNLIKE.isdisjoint(kind) and view.follows_head(n + 1):
            continue  # 聚焦实验区建设任务
        if means and n + 1 < size and view.units[n + 1].text == "、":
            continue  # 通过行业引领、龙头带动
        if means and not plain and not _ends_means(view, first, n):
            continue
        return n
    return fallback or None


def _is_through(view: ClauseView, index: int) -> bool:
    """Whether a verb at an index is done to a thing, by the channels whose list 等 ends before it."""
    if view.units[index - 2].text != "等" or index + 1 >= view.size:
        return False
    return view.units[index].tag[:1] == "v" and view.units[index + 1].tag[:1] in "nvjlq"


def is_deed_of(view: ClauseView, first: int, index: int) -> bool:
    """Whether the verb at an index is what is done together with the bodies named before it, and names none of them."""
    if view.units[index].tag[:1] != "v" or index + 1 >= view.size or view.units[index + 1].text in BODIES:
        return False
    if view.is_adverb(index):
        return False  # 会同县财政局|统一|核定编制
    return view.is_actor(joined_text(view.units[first:index]))


def _negates(view: ClauseView, index: int, opening: str) -> bool:
    """Whether 不 at an index belongs to a bound or an attribute, not to the verb: 按师生比|不|低于1:4000配备, 对成效|不|明显的地区."""
    if view.units[index].text != "不":
        return False
    return opening in TOLD or view.units[index + 1].text in ("低于", "少于", "高于", "多于")


def _frames(view: ClauseView, first: int, final: int) -> bool:
    """Whether what closes a clause is drawn up in it and does not close a phrase: 按照“一山一策”|制定|改造方案."""
    return any(
        "framing" in view.known[n].classes and view.units[n - 1].tag == "quote"
        for n in range(first + 1, final)
    )


def _names_actor(view: ClauseView, first: int) -> bool:
    """Whether an actor is named from an index on before anything acts: 由|县教育局|委托第三方采取问卷方式…."""
    for n in range(first, min(first + MOST_NAMED, view.size)):
        if view.known[n].acts or view.units[n].text == "的":
            return n > first and view.is_actor(joined_text(view.units[first:n]))
    return False


def _by_way(view: ClauseView, first: int, index: int) -> bool:
    """Whether nothing but adverbs stands between the way a thing is done by and the verb at an index: 按一定比例|共同|承担."""
    way = index - 1
    while way > first and view.is_adverb(way):
        way -= 1
    return view.units[way].text in WAYS


def _is_there(view: ClauseView, index: int) -> bool:
    """Whether the verb at an index is done in the place before it, and is no noun: 在政务大厅|设置|综合窗口."""
    return view.units[index].tag[:1] == "v" and view.units[index - 1].text.endswith(PLACES)


def _is_in_standard(view: ClauseView, index: int) -> bool:
    """Whether an index stands in the attribute of the standard something is done by: 按照〔每生每年600元的〕标准."""
    return any(
        view.units[n].text in WAYS and view.units[n - 1].text == "的"
        for n in range(index + 1, len(view.units) - 1)
    )


def supporting(view: ClauseView, index: int) -> int | None:
    """Return the index of the verb of 为…提供支撑, which whatever acts inside of the phrase hides; None without it."""
    if view.units[index].text != "为":
        return None
    for n in range(len(view.units) - 2, index + 1, -1):
        if view.units[n].text in SUPPORTING:
            return n
    return None


def _only_adverbs(view: ClauseView, start: int, end: int) -> bool:
    return all(view.is_adverb(n) for n in range(start, end))


def _last_verb(view: ClauseView, first: int) -> int | None:
    for n in range(len(view.units) - 2, first + 1, -1):
        if (
            view.known[n].acts
            and {"noun", "either"}.isdisjoint(view.known[n].kinds)
            and view.is_predicate(n, sure=False)
        ):
            return n
    return None


def _closes(view: ClauseView, index: int, n: int) -> bool:
    """Say whether the unit at `n` ends the phrase: 按照…部署, but not 对招商工作进行|安排部署."""
    before = view.units[n - 1]
    if view.units[n].text == "约定" and n + 1 < len(view.units):
        return view.units[index].text in BY_CONTRACT  # 按照合同约定|使用资金
    if "closing" in view.known[n].classes or (view.units[n].text == "安排" and before.text in ARRANGED):
        for known in view.known[index + 1 : n]:
            if "light" in known.kinds:
                return False
        return n + 1 < len(view.units) or before.text != "的"
    if (
        view.units[index].text == "在"
        and view.units[n].text in ("上", "中", "下")
        and n + 1 < len(view.units)
    ):
        return True  # 在民生改善上|…
    return view.units[n].text in LOCATIVES and before.tag[:1] not in "vp"


def _ends_means(view: ClauseView, first: int, n: int) -> bool:
    before = view.units[n - 1]
    return (
        (n - first == 1 and before.tag[:1] not in "adm")  # 立足新发展阶段
        or before.tag in ("quote", "m", "bracket", "nt")
        or before.text in view.lexicon.words["tail"]
        or before.text.endswith(tuple(view.lexicon.words["tail"]))
        or view.is_adverb(n - 1)
    )
