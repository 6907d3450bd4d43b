"""Whether a verb in its place carries its clause: what may follow it, and what makes a noun of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.measures.clauses import AMOUNT_TAGS, Unit
from pipeline.extract.measures.compounds import RIDDING, opens_on_compound
from pipeline.extract.measures.kinship import are_joined, are_kin
from pipeline.extract.measures.objects import SAYING
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.lazy_re import lazy_re

if TYPE_CHECKING:
    from pipeline.extract.measures.view import ClauseView

OBJECT_TAGS = ("n", "m", "quote", "j", "b", "r", "l", "i", "s", "a", "t", "eng")
NO_OBJECT = frozenset([
    "的", "等", "换代", "得到", "取得", "有所", "是", "明显", "显著", "更加", "日益", "之", "者", "率", "额", "价", "后", "前",
    "时",
])  # fmt: skip
SHORT_OBJECT_TAGS = ("n", "m", "quote", "a", "r", "b", "l", "j")
ESTIMATED = frozenset(["规划", "计划", "估算", "概算"])
SPENDING = frozenset(["投资", "投入", "斥资", "耗资"])
MONEY = frozenset(["资金", "经费"])
PROCESSED = frozenset([
    "申报", "发放", "审批", "评选", "认定", "办理", "申请", "资助", "救助", "补助", "奖补", "审核", "评审", "验收", "采购", "招聘",
])  # fmt: skip
PROCEDURES = frozenset(["程序", "期限", "时限", "地点", "条件", "流程", "范围", "对象", "时间", "方式"])
MEASURED = PROCEDURES | {
    "金额", "标准", "比例", "次数", "人数", "面积", "数量", "额度", "时限", "周期", "频次", "费用", "价格", "年限", "总额", "规模",
}  # fmt: skip
BOUND_RE = lazy_re(r"(?:原则上|一般|最高|最低|累计)?(?:不得?|应|须)?(?:[超少低高多]于|超过)")
HAPPENING = frozenset(["遇到", "发现", "存在", "出现", "发生", "形成", "涌现", "暴露"])  # 实施中遇到的问题
OFTEN = frozenset(["次", "批次", "天", "课时", "场", "场次", "轮", "节", "小时", "学时"])
BETTERED = frozenset(["质量", "水平", "能力", "效果", "规模", "成效", "环境", "体系", "速度", "活力", "状况"])
REFORMING = frozenset(["改革", "整顿", "净化", "规范"])
REFORMED = ("制度", "体制", "机制", "环境", "秩序", "市场", "体系")
ABOUT = frozenset(["以上", "左右", "以内", "以下"])
COUNTING = frozenset(["批次", "共", "不少", "至少"])  # adverbs to jieba: 规划建设学校|共|3所
PIECES = frozenset(["人", "人次", "学时", "课时", "小时", "元", "亿元", "万元"])  # nouns to jieba
GIVEN_SUMS = frozenset(["减税降费", "授信"])  # verbs before a sum, else names
OVERSEEING = frozenset(["督导", "指导", "监督", "辅导", "帮扶"])
BUREAUS = frozenset(["局", "总局", "分局"])
OFFICES = frozenset(["主管部门", "部门", "主管", "管理部门", "执法部门", "执法"])
FLOORS = frozenset(["不少", "不低", "至少"])
PERIODS = frozenset("年月周季")  # behind 上: the one before
PAPERS = frozenset("书证表单函簿上类型期")  # 退还书: a paper by what it is for; 资金筹措上: where
TIMES = frozenset(["时间", "时长", "期限"])
HELD_TO = frozenset(["坚持", "由", "实行"])
SERVES = frozenset(["为", "为主", "为重点", "为核心"])
HOLDING = SAYING | {"决定", "认为"}  # what these say may hold a modal
STEERING = frozenset("促稳扩保控")
GUIDING = frozenset(["对", "对外", "对内", "向", "由", "按", "按照", "以", "在"])
BIDDING = frozenset(["要", "必须", "应当", "务必"])
DECIDING = NO_OBJECT | PAPERS | FLOORS | SERVES | BIDDING | {"中", "乱"}
JOINING = frozenset(["和", "与", "及"])
TOLD = frozenset(["政策", "精神", "法律", "成果", "理论"])
NAMING = frozenset(["深入", "教育", "发展"])
REACHED_RE = lazy_re(
    r"(?:达到?|(?<=[\u4e00-\u9fff])为|是|占|超过?|完成|增长)[约近]?\d"
)  # 开发面积达到58平方公里
ROLE_RE = lazy_re(r"为(?:核心|主(?!管)|重点|基础|导向|目标|抓手|中心|支撑|引领|依托|载体|纽带|平台)")


def carries(view: ClauseView, index: int, *, sure: bool) -> bool:
    """Return whether the verb at an index can carry the clause; `sure` after an adverb or a modal."""
    unit, kind = view.units[index], view.known[index].kinds
    if not view.known[index].acts and not ("single" in kind and unit.tag.startswith(("v", "z"))):
        return False
    after = index + 1
    if after >= view.size:
        return len(unit.text) >= 4 or "intransitive" in view.known[index].classes
    following, known, behind = view.units[after], view.known[index], view.known[after]
    word, next_word = unit.text, following.text
    if not index and names_subject(view):
        return False
    if next_word in BUREAUS and (not index or view.units[index - 1].tag[:1] in "nvj"):
        return False  # 县|投资|促进|局, 规划|分局
    if next_word in JOINING and not index and "noun" in kind and are_joined(view, index, after + 1):
        return True  # 管理|和|使用|资金
    if not index and view.size == 2 and "noun" in kind and next_word in MEASURED:
        return False  # 整改|时限
    if word in GIVEN_SUMS:
        return following.tag[:1] == "m" or next_word in FLOORS or next_word == "不"
    if word == "统一" and next_word in GUIDING:
        return False  # 统一|对外公开
    if next_word in DECIDING and (decided := _by_next_word(view, index)) is not None:
        return decided
    if index and view.texts[index - 1] in ("到", "赴") and "described" in view.known[after].classes:
        return False  # 到|包联|学校
    if "relating" in behind.classes or "first_of_pair" in known.classes:
        decided = _before_verb(view, index, sure=sure)
        if decided is not None:
            return decided
    if "single" in kind:
        is_object = following.tag.startswith(SHORT_OBJECT_TAGS) or next_word == "是否"
        is_deed = following.tag[:1] == "v" and len(next_word) > 1  # 抓|开工建设, 促|消费
        is_object = is_object or (is_deed and (word == "抓" or (word in STEERING and after + 1 == view.size)))
        return len(word) == 1 and is_object
    is_told = not NOUNLIKE.isdisjoint(kind) and not sure and following.tag != "m"
    if is_told and REACHED_RE.search(view.text):
        return False  # 开发面积达到58平方公里, but 投资2200万元完成30公里
    if word in ESTIMATED and next_word.endswith(("投资", "占地")):
        return False  # 规划总投资2.9亿元
    if word in SPENDING and following.tag == "m":
        return not _amount_of(view.units, after)
    if word in SPENDING and next_word in MONEY and spends_sum(view, index):
        return True  # 该镇|投入|资金|80万元
    if "either" in kind and not sure and "nominalizer" in behind.classes:
        decided = _before_nominalizer(view, index)
        if decided is not None:
            return decided
    may_name = word in NAMING or next_word in MEASURED or "goal_noun" in behind.classes
    if (may_name or "describing" in known.classes) and _names_thing(view, index, sure=sure):
        return False
    if "noun" not in kind or ("governing" in view.known[index].classes and view.is_actor(next_word)):
        return True
    if index == 0 and word in OVERSEEING and _governs_body(view):
        return True  # 督导|施工|企业|做好防护
    if index == 0 and _opens_with_deed(view):
        return True
    shares = behind.acts and are_kin(view, index, after)  # 检查|督促|企业
    if not shares and view.follows_head(after) and "after" not in view.known[after].classes:
        return next_word in TOLD and "spreading" in known.classes  # 宣传|政策
    if sure or "nominal" in kind:
        return True
    if unit.tag != "v" and not following.tag.startswith(OBJECT_TAGS) and not behind.acts:
        return index == 0 and opens_on_compound(view)
    return not any(
        (u.tag == "d" and u.text not in COUNTING)
        or (u.text in view.lexicon.words["evaluation"] and u.text != "基本")
        for u in view.units[after:]
    )


def spends_sum(view: ClauseView, index: int) -> bool:
    """Return whether money and how much it is stand behind the verb at an index: 投入|资金|80|万元, not 投入|资金|80|万元|的."""
    behind = view.texts[index + 1 : index + 6]
    end = next((n for n, text in enumerate(behind) if text[-1] == "元"), 0)
    return end > 0 and behind[0] in MONEY and behind[end + 1 : end + 2] != ["的"]


def is_told_to(view: ClauseView, index: int) -> bool:
    """Return whether a modal says what is to be done about the deed at an index: 基本建设|要|坚决缩短战线, not 会议强调|要|加强领导."""
    deed = index + 2
    if deed >= view.size or view.texts[index + 1] not in BIDDING or view.texts[index] in HOLDING:
        return False
    return view.known[deed].acts or view.is_adverb(deed)


def _by_next_word(view: ClauseView, index: int) -> bool | None:
    """Whether the very word behind a verb decides: 整治|乱停车 carries, 开展|的 and 资金筹措|上 do not; None where it is open."""
    after, word = index + 1, view.texts[index]
    following = view.units[after]
    next_word = following.text
    if next_word == "乱" and word in RIDDING:
        return True  # 整治|乱停车
    if next_word in BIDDING and is_told_to(view, index):
        return False
    if next_word in NO_OBJECT and not (next_word in ("更加", "更为") and "的" in view.text[-12:]):
        return False  # 更加积极的政策 is an object, 更加积极 is none
    if next_word == "中" and (after + 1 == view.size or view.texts[after + 1] in HAPPENING):
        return False  # 实施中遇到的问题
    if next_word in PAPERS and len(word) == 2:
        period = view.text[following.end - view.units[0].start :][:1]
        # 公示|上月收支, not 资金筹措上, 退还书
        return next_word == "上" and period in PERIODS
    is_floor = next_word in FLOORS and view.known[index].acts
    if is_floor and (view.texts[-1] in OFTEN or _has_counted(view, after)):
        return True  # 每年抽检|不少|于300批次, 选派|不少|于30名|医师|下沉基层
    if next_word in SERVES and ROLE_RE.match(view.text, view.units[index].end - view.units[0].start):
        return False  # 坏账分担为核心
    return None


def _before_verb(view: ClauseView, index: int, *, sure: bool) -> bool | None:
    """Whether a verb carries a clause where another stands behind it: 研究|建立…, not 教师|配备|满足教学要求; None where it is open."""
    known, behind = view.known[index], view.known[index + 1]
    if index and not sure and "relating" in behind.classes and "either" in known.kinds:
        return False  # 教师|配备|满足教学要求
    if index == 0 and "relating" in behind.classes and "的" in view.text:
        return True  # 研发|适合国情的农机
    if "first_of_pair" in known.classes and behind.acts and NOUNLIKE.isdisjoint(behind.kinds):
        return True  # 研究|建立以…为核心的体系
    return None


def _before_nominalizer(view: ClauseView, index: int) -> bool | None:
    """Whether a verb acts on the noun behind that makes names of verbs: 提升|能力, not 培训|工作; None where it is open."""
    after, word = index + 1, view.texts[index]
    bettered = view.texts[after]
    if bettered in BETTERED and word in view.lexicon.words["strengthening"]:
        return True  # 提升|能力
    if (word, bettered) in (("保护", "环境"), ("改进", "工作")):
        return True
    beyond = view.units[after + 1] if after + 1 < view.size else None
    if beyond is None or beyond.tag in ("d", "m") or beyond.text in view.lexicon.words["evaluation"]:
        return False
    return None


def _names_thing(view: ClauseView, index: int, *, sure: bool) -> bool:
    """Whether a verb and the noun behind it are the name of a thing: 发展|目标, 申报|程序, 教育|教学质量."""
    after, word = index + 1, view.texts[index]
    following = view.units[after]
    next_word = following.text
    known = view.known[index]
    kind = known.kinds
    if "either" in kind and not sure and after + 1 == view.size and "goal_noun" in view.known[after].classes:
        return True  # 发展目标
    if word == "深入" and "background" in view.known[after].kinds:
        return True  # 深入践行…的理念
    if (
        "describing" in known.classes
        and view.describes(index)
        and (not sure or (index > 0 and view.units[index - 1].tag[:1] == "n"))
    ):
        return True  # 对制造业创新中心给予奖补
    if word in PROCESSED and next_word in PROCEDURES:
        return True  # 申报程序, 发放期限不超过3年
    if (
        "aim" not in kind
        and next_word in MEASURED
        and BOUND_RE.match(view.text, following.end - view.units[0].start)
    ):
        return True  # 救助金额不超过5000元
    if word == "教育" and "educated" not in view.known[after].classes:
        return True  # 教育教学质量
    # 发展基础, 新发展理念
    return (
        word == "发展"
        and after + 1 == view.size
        and "condition" in view.known[after].classes
        and (not sure or view.texts[index - 1] == "新")
    )


def _governs_body(view: ClauseView) -> bool:
    """Whether a body stands behind a clause's first verb, and then what it does: 督导|施工|企业|做好防护."""
    for n in range(2, view.size - 1):
        known = view.known[n]
        if known.acts and NOUNLIKE.isdisjoint(known.kinds):
            return view.is_actor("".join(view.texts[1:n]))
    return False


def _opens_with_deed(view: ClauseView) -> bool:
    """Whether a clause opens with a deed on what is reformed or counted: 改革|预算管理制度, 整改|问题|277|个."""
    if view.texts[0] in REFORMING and view.texts[-1].endswith(REFORMED):
        return True  # 改革|预算管理制度
    n_counted = view.size - (view.texts[-1] in ABOUT)
    if n_counted == 4 and view.units[2].tag == "m":
        return True  # 整改|问题|277|个, 储备|项目|120|个|以上
    return n_counted == 5 and _is_thing_of_two(view, 1)  # 硬化|通组|公路|23.5|公里


def names_subject(view: ClauseView) -> bool:
    """Return whether a clause's first verb names with the noun behind it who or what has to be so: 建设|单位|要…, 招聘|工作|坚持…."""
    units = view.units
    if view.texts[1:2] == ["行政"] and not OFFICES.isdisjoint(view.texts[2:3]):
        return True  # 规划|行政|主管部门|负责…
    if len(units) < 3 or "head" not in view.known[1].classes or units[1].text == "所":
        return False
    if "obliging" in view.known[2].classes or "prohibition" in view.known[2].classes:
        return True
    if units[1].text in TIMES and units[2].tag == "m":
        return True  # 备课|时间|30分钟
    return units[2].text in HELD_TO and (
        units[1].text == "工作" or not NOUNLIKE.isdisjoint(view.known[0].kinds)
    )


def _has_counted(view: ClauseView, index: int) -> bool:
    """Whether a thing stands behind the floor at an index and its amount: 不少|于|30|名|医师, not 不少于30学时."""
    behind = view.units[index + 1 :]
    n = 1 if behind and behind[0].text == "于" else 0
    if n >= len(behind) or behind[n].tag != "m":
        return False
    thing = next((unit for unit in behind[n:] if unit.tag not in AMOUNT_TAGS), None)
    return thing is not None and thing.tag[:1] == "n" and thing.text not in PIECES


def _is_thing_of_two(view: ClauseView, index: int) -> bool:
    """Whether two nouns stand at an index and how many of them: 通组|公路|23.5|公里, not 经费|投入|23|亿元."""
    first, second, number, unit = view.units[index : index + 4]
    is_money = unit.text.endswith("元")
    return number.tag == "m" and not is_money and first.tag[:1] in "nvbj" and second.tag in ("n", "nz")


def _amount_of(units: list[Unit], index: int) -> bool:
    """Whether an amount stands at an index as an attribute: 500亿元的新城."""
    for n in range(index, min(index + 4, len(units))):
        if units[n].text == "的":
            return n > index
        if units[n].tag not in AMOUNT_TAGS:
            return False
    return False
