"""What the words of a prepositional phrase tell before its end is known: does one close it, does a verb in it name a deed or a noun."""

from __future__ import annotations

from pipeline.extract.measures.bodies import SUBJECTS
from pipeline.extract.measures.clauses import SITES, joined_text
from pipeline.extract.measures.kinship import share_field
from pipeline.extract.measures.verb_group import BY_WAY, WAYS
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView

TOWARD = frozenset(["对", "对于", "针对"])
TOLD = TOWARD | {"向", "给"}  # whom or what something is done to, often with an attribute
WITH_WHOM = frozenset(["会同", "联合", "配合", "协同", "协助"])
SOURCES = frozenset(["从", "在", "与"])
# 向县人大|报告|工作情况, 向群众|宣传|政策
REPORTING = frozenset(
    ["报告", "汇报", "通报", "反馈", "说明", "移交", "宣传", "宣讲", "讲解", "解读", "普及"]
)
HEARERS = (
    "人大", "常委会", "政协", "群众", "村民", "居民", "市民", "农民", "师生", "学生", "家长", "商户", "业主", "公众", "游客", "旅客", "司机",
    "家人", "老人", "患者", "对象", "店主", "社会",
)  # fmt: skip
BESIDE = WITH_WHOM | {"为", "给", "在", "向", "面向"}
GOING_ON = frozenset(["、", "进行", "予以", "加以"])
UNCLOSED = WITH_WHOM | {"为", "给"}  # 会同有关部门制定办法: no way of doing something
ASKED = frozenset(
    ["措施", "办法", "方案", "要求", "标准", "规定", "制度", "任务", "政策"]
)  # what may be an object
WITHIN = frozenset(["在", "从", "因", "由"])  # 对〔在村卫生室工作的〕乡村医生
SUPPORTING = frozenset(["提供", "打下", "筑牢", "奠定", "增添", "注入", "指明", "创造", "作出", "营造"])
# the ends of words for places: 在政务大厅|设置|综合窗口
PLACES = (
    *SITES, "厅", "中心", "点", "处", "站", "馆", "校", "村", "镇", "乡", "县", "社区", "园区", "道", "地段", "地区", "窗口", "平台",
    "门口", "现场", "一线", "广场", "景区",
)  # fmt: skip
NAMED = SUBJECTS | {"局", "人员", "的"}  # of which a verb only says which
MOST_NAMED = 8  # units that name an actor
ARRANGED = frozenset(["统一", "总体", "工作"])  # 按照总体安排
BY_CONTRACT = BY_WAY | {"依照"}
FIELDS = frozenset(["方面", "领域", "环节", "层面"])
LOCATIVES = frozenset(["上", "中", "下", "内", "里"])


def is_through(view: ClauseView, index: int) -> bool:
    """Whether a verb at an index is done to a thing, by the channels whose list 等 ends before it."""
    if view.texts[index - 2] != "等" or index + 1 >= view.size:
        return False
    return view.units[index].tag[:1] == "v" and view.units[index + 1].tag[:1] in "nvjlq"


def is_deed_of(view: ClauseView, first: int, index: int) -> bool:
    """Whether the verb at an index is what is done together with the bodies named before it, and names none of them."""
    if view.units[index].tag[:1] != "v" or index + 1 >= view.size or view.texts[index + 1] in NAMED:
        return False
    if view.is_adverb(index):
        return False  # 会同县财政局|统一|核定编制
    return view.is_actor(joined_text(view.units[first:index]))


def negates(view: ClauseView, index: int, opening: str) -> bool:
    """Whether 不 at an index belongs to a bound or an attribute, not to the verb: 按师生比|不|低于1:4000配备, 对成效|不|明显的地区."""
    if view.texts[index] != "不":
        return False
    return opening in TOLD or view.texts[index + 1] in ("低于", "少于", "高于", "多于")


def frames(view: ClauseView, first: int, final: int) -> bool:
    """Whether what closes a clause is drawn up in it and does not close a phrase: 按照“一山一策”|制定|改造方案."""
    return any(
        "framing" in view.known[n].classes and view.units[n - 1].tag == "quote"
        for n in range(first + 1, final)
    )


def names_actor(view: ClauseView, first: int) -> bool:
    """Whether an actor is named from an index on before anything acts: 由|县教育局|委托第三方采取问卷方式…."""
    for n in range(first, min(first + MOST_NAMED, view.size)):
        if view.known[n].acts or view.texts[n] == "的":
            return n > first and view.is_actor(joined_text(view.units[first:n]))
    return False


def by_way(view: ClauseView, first: int, index: int) -> bool:
    """Whether nothing but adverbs stands between the way a thing is done by and the verb at an index: 按一定比例|共同|承担."""
    way = index - 1
    while way > first and view.is_adverb(way):
        way -= 1
    return view.texts[way] in WAYS


def is_there(view: ClauseView, index: int) -> bool:
    """Whether the verb at an index is done in the place before it, and is no noun: 在政务大厅|设置|综合窗口."""
    return view.units[index].tag[:1] == "v" and view.texts[index - 1].endswith(PLACES)


def is_in_standard(view: ClauseView, index: int) -> bool:
    """Whether an index stands in the attribute of the standard something is done by: 按照〔每生每年600元的〕标准."""
    return any(view.texts[n] in WAYS and view.texts[n - 1] == "的" for n in range(index + 1, view.size - 1))


def supporting(view: ClauseView, index: int) -> int | None:
    """Return the index of the verb of 为…提供支撑, which whatever acts inside of the phrase hides; None without it."""
    if view.texts[index] != "为":
        return None
    for n in range(view.size - 2, index + 1, -1):
        if view.texts[n] in SUPPORTING:
            return n
    return None


def only_adverbs(view: ClauseView, start: int, end: int) -> bool:
    """Whether nothing but adverbs stands between two indexes."""
    return all(view.is_adverb(n) for n in range(start, end))


def last_verb(view: ClauseView, first: int) -> int | None:
    """Return the index of the last verb that carries the clause, its object behind it: 为实施发展战略|增添|动力; None for none.

    What goes on with the deed in front of it carries nothing: 为深化改革、激发活力, 为配合人大对报告进行审议.
    """
    for n in range(view.size - 2, first + 1, -1):
        if (
            view.known[n].acts
            and view.texts[n - 1] not in GOING_ON
            and not only_adverbs(view, first + 1, n)  # 为决胜全面建成小康社会
            and NOUNLIKE.isdisjoint(view.known[n].kinds)
            and view.is_predicate(n, sure=False)
        ):
            return n
    return None


def closes(view: ClauseView, index: int, n: int) -> bool:
    """Say whether the unit at `n` ends the phrase: 按照…部署, but not 对招商工作进行|安排部署."""
    before = view.units[n - 1]
    if view.texts[n] == "约定" and n + 1 < view.size:
        return view.texts[index] in BY_CONTRACT  # 按照合同约定|使用资金
    if view.texts[n] == "为主" and view.texts[n + 1 : n + 2] == ["的"]:
        return False  # 开展〔以解危为主的〕整治
    if view.texts[index] == "在" and view.texts[n] in FIELDS and view.texts[n + 1 : n + 2] == ["的"]:
        return False  # 在年度预算中加大〔对用地等方面的〕支持
    if "closing" in view.known[n].classes or (view.texts[n] == "安排" and before.text in ARRANGED):
        for known in view.known[index + 1 : n]:
            if "light" in known.kinds:
                return False
        return n + 1 < view.size or before.text != "的"
    if view.texts[index] == "在" and view.texts[n] in ("上", "中", "下") and n + 1 < view.size:
        return True  # 在民生改善上|…
    return view.texts[n] in LOCATIVES and before.tag[:1] not in "vp"


def ends_means(view: ClauseView, first: int, n: int) -> bool:
    """Whether the means by which something is done end before the verb at `n`: 立足新发展阶段|…, 利用“互联网+”|…."""
    before = view.units[n - 1]
    return (
        (n - first == 1 and before.tag[:1] not in "adm")  # 立足新发展阶段
        or before.tag in ("quote", "m", "bracket", "nt")
        or before.text in view.lexicon.words["tail"]
        or before.text.endswith(tuple(view.lexicon.words["tail"]))
        or view.is_adverb(n - 1)
    )


def shares_thing(view: ClauseView, first: int, second: int) -> bool:
    """Whether the verb that opens a phrase has its thing in common with the next: 培育|壮大|产业, not 培训|提升|能力."""
    known, other = view.known[first], view.known[second]
    if not known.acts or "light" in other.kinds or view.units[first].tag[:1] in "nj":
        return False
    is_verb = NOUNLIKE.isdisjoint(known.kinds) or {"developing"} <= known.classes & other.classes
    return is_verb or share_field(view, first, second)


def has_named_thing(view: ClauseView, n: int) -> bool:
    """Whether the verb at an index, a body before it, is done to a thing that a verb helps to name: 由县卫健局|落实|防控|措施."""
    is_thing = n + 2 < view.size and view.units[n + 1].tag == "vn" and view.units[n + 2].tag[:1] == "n"
    return is_thing and view.is_actor(view.texts[n - 1])


class Phrase:
    """A prepositional phrase whose end is looked for; all indexes are those of the clause's units."""

    __slots__ = (
        "attributed",
        "final",
        "first",
        "index",
        "last_closing",
        "light",
        "means",
        "opening",
        "relative",
        "view",
    )

    def __init__(self, view: ClauseView, index: int) -> None:
        self.view, self.index, self.opening = view, index, view.texts[index]
        self.means = "means" in view.known[index].classes
        self.first, self.final = index + 1, view.size - 1
        first, size = self.first, view.size
        # 对符合条件的家庭: the verb right behind the preposition belongs to an attribute
        self.attributed = size  # where 的 ends the first attribute in the phrase
        if self.opening in TOLD:
            self.attributed = next((n for n in range(first, size) if view.texts[n] == "的"), size)
        self.relative = (
            self.attributed < size
            and self.opening != "针对"
            and (view.units[first].text in WITHIN or view.units[first].tag == "v")
            and "noun" not in view.known[first].kinds
        )
        self.light = 0  # 对…进行|总结
        if self.opening in TOWARD:
            self.light = next((n for n in range(first + 1, size) if "light" in view.known[n].kinds), 0)
        self.last_closing = self._last_closing()

    def _last_closing(self) -> int:
        """Where the last word stands that closes such a phrase, the first word if none does: 按照统一部署."""
        view, first, final = self.view, self.first, self.final
        if self.opening in UNCLOSED or (self.opening == "由" and names_actor(view, first)):
            return first  # 为村里赠送技术等方面书籍
        # 对监测对象|制定|帮扶措施: what closes the clause is an object there
        is_asked = view.texts[final] in ASKED and (self.opening in TOWARD or frames(view, first, final))
        by = final if is_asked else view.size
        return max((n for n in range(first, by) if closes(view, self.index, n)), default=first)

    def is_told(self, n: int) -> bool:
        """Whether the thing before an index has an attribute that ends in 的: 对信用好的企业|减少|检查频次."""
        return self.opening in TOWARD and self.attributed < n

    def describes(self, n: int) -> bool:
        """Whether the verb at an index stands in an attribute of what the light verb is done to."""
        between = [unit.text for unit in self.view.units[n + 1 : self.light]]
        return "的" in between and "并" not in between


def is_from_source(phrase: Phrase, n: int) -> bool:
    """Whether the verb at an index is done there, with or for those named before it, where nothing else acts: 会同财政局|整治|环境."""
    view, units = phrase.view, phrase.view.units
    if n >= phrase.final:
        return False
    name = joined_text(units[phrase.first : n])
    if phrase.opening == "向" and units[n].text in REPORTING:
        return view.is_actor(name) or name.endswith(HEARERS)
    if not units[n + 1].tag.startswith("n"):
        return False
    if units[n].tag == "v" and phrase.opening in SOURCES:
        return True
    return phrase.opening in BESIDE and not view.follows_head(n + 1) and view.is_actor(name)
