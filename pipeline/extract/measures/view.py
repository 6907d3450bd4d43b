"""One clause as the parser sees it: its units, and what each of them may be."""

from __future__ import annotations

import re

from pipeline.extract.measures.clauses import AMOUNT_TAGS, Piece, Unit, joined_text
from pipeline.extract.measures.parting import PARTED, parted_words
from pipeline.extract.measures.patterns import ACTORS, REACHED_RE
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE, Lexicon

OBJECT_TAGS = ("n", "m", "quote", "j", "b", "r", "l", "i", "s", "a", "t")
NO_OBJECT = frozenset(
    [
        "的",
        "等",
        "得到",
        "取得",
        "有所",
        "是",
        "明显",
        "显著",
        "更加",
        "日益",
        "之",
        "者",
        "率",
        "额",
        "价",
        "后",
        "前",
        "时",
    ]
)
SHORT_OBJECT_TAGS = ("n", "m", "quote", "a", "r", "b", "l", "j")
ESTIMATED = frozenset(["规划", "计划", "估算", "概算"])
SPENDING = frozenset(["投资", "投入", "斥资", "耗资"])
GIVEN_RE = re.compile(r"给予|奖励|补助|补贴|奖补|资助")
NO_ACTOR_RE = re.compile(
    r"[到赴对]|共有|现有|用于|通过|建议|希望|同意|决定|自即日|即日|.{0,20}范围内|.{2,40}(?:项目|工程)[、和及]"
)  # 决定自即日起全市范围内林区, 医院迁建项目、养老服务中心
# 发挥〔统筹协调作用〕: what is exerted may be named by verbs
EXERTED = frozenset(["作用", "优势", "功能", "职能", "效能", "效应", "效益", "力量", "潜力", "潜能", "特长"])
PROCESSED = frozenset(["申报", "发放", "审批", "评选", "认定", "办理", "申请"])
PROCEDURES = frozenset(["程序", "期限", "条件", "流程", "范围", "对象", "时间", "方式"])
MEASURED = PROCEDURES | {
    "金额",
    "标准",
    "比例",
    "次数",
    "人数",
    "面积",
    "数量",
    "额度",
    "时限",
    "周期",
    "频次",
    "费用",
    "价格",
    "年限",
    "总额",
    "规模",
}
BOUND_RE = re.compile(r"(?:原则上|一般|最高|最低|累计)?(?:不得?|应|须)?(?:[超少低高多]于|超过)")
HAPPENING = frozenset(["遇到", "发现", "存在", "出现", "发生", "形成", "涌现", "暴露"])  # 实施中遇到的问题
OFTEN = frozenset(["次", "批次", "天", "课时", "场", "场次", "轮", "节", "小时", "学时"])
BETTERED = frozenset(["质量", "水平", "能力", "效果", "规模", "成效", "环境", "体系", "速度", "活力", "状况"])
REFORMING = frozenset(["改革", "整顿", "净化", "规范"])
REFORMED = ("制度", "体制", "机制", "环境", "秩序", "市场", "体系")
ABOUT = frozenset(["以上", "左右", "以内", "以下"])
BATCH = "批次"  # an adverb to jieba
PIECES = frozenset(["人", "人次", "学时", "课时", "小时", "元", "亿元", "万元"])  # nouns to jieba
FLOORS = frozenset(["不少", "不低", "至少"])
PERIODS = frozenset("年月周季")  # behind 上: the one before
PAPERS = frozenset("书证表单函簿上类型")  # 退还书: a paper by what it is for; 资金筹措上: where
SERVES = frozenset(["为", "为主", "为重点", "为核心"])
ROLE_RE = re.compile(r"为(?:核心|主(?!管)|重点|基础|导向|目标|抓手|中心|支撑|引领|依托|载体|纽带|平台)")
REACH = 10  # units beyond its ends that the grammar asks a clause for
BEYOND = (NOTHING,) * REACH


def _amount_of(units: list[Unit], index: int) -> bool:
    """Whether an amount stands at an index as an attribute: 500亿元的新城."""
    for n in range(index, min(index + 4, len(units))):
        if units[n].text == "的":
            return n > index
        if units[n].tag not in AMOUNT_TAGS:
            return False
    return False


def _with_what_is_exerted(units: list[Unit], first: int) -> list[Unit]:
    """Return the units of a clause with those behind 发挥 as one noun, particles left out: 发挥|好|党支部战斗堡垒作用."""
    while units[first].text in ("好", "了", "着", "出"):
        first += 1
    rest = units[first:]
    return [*units[:first], Unit(joined_text(rest), "n", rest[0].start, rest[-1].end)]


class ClauseView:
    """The units of one clause with the lexicon's knowledge of them."""

    def __init__(
        self,
        words: Lexicon,
        piece: Piece,
        *,
        in_plan: bool,
        is_report: bool = False,
        places: frozenset[str] = frozenset(),
    ) -> None:
        self.lexicon, self.in_plan, self.is_report, self.places = words, in_plan, is_report, places
        self.is_norm = in_plan and not is_report  # what it says is to be done; a report or news tells of it
        self.units, self.text = piece.units, piece.text
        texts = [unit.text for unit in self.units]
        if 4 in map(len, texts) or not words.joints.isdisjoint(texts) or not PARTED.isdisjoint(texts):
            # some may have to be parted, or joined to the one before
            self.units = parted_words(self.units, self.text, words, places)
            texts = [unit.text for unit in self.units]
        if texts and texts[-1][-2:] in EXERTED and "发挥" in texts[:-2]:
            self.units = _with_what_is_exerted(self.units, texts.index("发挥") + 1)
            texts = [unit.text for unit in self.units]
        known = words.known.get
        # an index before the first or behind the last, up to REACH away, is one of nothing known: no look-up asks
        self.known = [known(text, NOTHING) for text in texts]
        self.known += BEYOND

    def has(self, word_class: str, index: int) -> bool:
        """Return whether the unit at an index is a word of a class; no unit is in none."""
        return word_class in self.known[index].classes

    def is_adverb(self, index: int) -> bool:
        """Return whether the unit at an index only says how or when: 全面, 因地制宜, 递进式."""
        if index >= len(self.units):
            return False
        unit = self.units[index]
        if unit.text == "新" and unit.tag == "a" and self.acts(index + 1):
            # 新培育龙头企业4家, not 新发展理念, 新认定的企业给予补助
            return self.units[index + 1].text != "发展" and not GIVEN_RE.search(self.text)
        if unit.text[0] == "逐" and len(unit.text) == 2:
            return True  # 逐校, 逐店
        if unit.tag == "a" and index and self.units[index - 1].text == "更":
            return True  # 更快
        if "adverb" in self.known[index].classes or unit.tag in ("d", "ad", "uv", "t", "tg", "y"):
            return True
        if not self.acts(index + 1):
            return False
        if len(unit.text) == 4 and unit.tag in ("i", "l") and not self.acts(index):
            return True
        if not unit.text.endswith(("式", "化", "性地")):
            return False
        # 集中式|处理设施: of a thing
        return NOUNLIKE.isdisjoint(self.kind(index + 1)) or not self.has("head", index + 2)

    def is_actor(self, name: str) -> bool:
        """Return whether a noun phrase names who may act: 县教育局, 各学校, the document's own county without 县."""
        return name in self.places or (ACTORS.end(name) and not NO_ACTOR_RE.match(name))

    def acts(self, index: int) -> bool:
        """Return whether the unit at an index can be a measure's verb."""
        return self.known[index].acts

    def kind(self, index: int) -> frozenset[str]:
        """Return the kinds of the verb at an index, none for any other unit."""
        return self.known[index].kinds

    def follows_head(self, index: int) -> bool:
        """Return whether what follows makes a noun of the word before it: 培训|体系, 管理|水平, 建设|的."""
        if index >= len(self.units):
            return False
        unit = self.units[index]
        if unit.text in ("重点", "特色", "环境") and index + 1 < len(self.units):
            return self.units[index + 1].tag[:1] != "n"  # 处置|重点|领域风险
        return unit.text in ("的", "及", "之") or "head" in self.known[index].classes

    def describes(self, index: int) -> bool:
        """Return whether the unit at an index only says which the one behind it is: 试点|学校, 示范|园区."""
        if index == 0 and self.units[0].text == "创新" and len(self.units) > 2:
            return False  # 创新学校管理机制
        return "describing" in self.known[index].classes and self.has("described", index + 1)

    def is_partner(self, index: int) -> bool:
        """Return whether 联合 or 配合 stands at an index with those who act together, and not with what they do."""
        if "partner" not in self.known[index].classes or index + 2 >= len(self.units) or self.acts(index + 1):
            return False
        if self.units[index].text == "配合" and not self._acts_with(index + 1):
            return False  # 配合上级部门工作
        following = self.units[index + 1]
        return following.tag[:1] in "nrbjmsfl" or following.text[0] in "县市区省各"

    def _acts_with(self, index: int) -> bool:
        """Whether a verb follows upon those named at an index: 公安、纪检部门|开展检查."""
        if self.acts(index + 1) or self.acts(index + 2):
            return True
        for n in range(index + 3, min(index + 8, len(self.units) - 1)):
            if self.acts(n) and NOUNLIKE.isdisjoint(self.kind(n)):
                return self.is_actor(joined_text(self.units[index:n]))
        return False

    def _has_counted(self, index: int) -> bool:
        """Whether a thing stands behind the floor at an index and its amount: 不少|于|30|名|医师, not 不少于30学时."""
        behind = self.units[index + 1 :]
        n = 1 if behind and behind[0].text == "于" else 0
        if n >= len(behind) or behind[n].tag != "m":
            return False
        thing = next((unit for unit in behind[n:] if unit.tag not in AMOUNT_TAGS), None)
        return thing is not None and thing.tag[:1] == "n" and thing.text not in PIECES

    def _is_thing_of_two(self, index: int) -> bool:
        """Whether two nouns stand at an index and how many of them: 通组|公路|23.5|公里, not 经费|投入|23|亿元."""
        first, second, number, unit = self.units[index : index + 4]
        is_money = unit.text.endswith("元")
        return number.tag == "m" and not is_money and first.tag[:1] in "nvbj" and second.tag in ("n", "nz")

    def opens(self, index: int) -> bool:
        """Return whether the unit at an index can begin a predicate, and not the noun phrase 考核|结果."""
        return self.acts(index) and not ("noun" in self.kind(index) and self.has("head", index + 1))

    def is_predicate(self, index: int, *, sure: bool) -> bool:
        """Return whether the verb at an index can carry the clause; `sure` after an adverb or a modal."""
        unit, kind = self.units[index], self.kind(index)
        if not self.acts(index) and not ("single" in kind and unit.tag.startswith(("v", "z"))):
            return False
        after = index + 1
        if after >= len(self.units):
            return len(unit.text) >= 4 or self.has("intransitive", index)
        if self.units[after].text in NO_OBJECT and not (
            self.units[after].text in ("更加", "更为") and "的" in self.text[-12:]
        ):
            return False  # 更加积极的政策 is an object, 更加积极 is none
        if self.units[after].text == "中" and (
            after + 1 == len(self.units) or self.units[after + 1].text in HAPPENING
        ):
            return False  # 实施中遇到的问题
        if self.units[after].text in PAPERS and len(unit.text) == 2:
            period = self.text[self.units[after].end - self.units[0].start :][:1]
            # 公示|上月收支, not 资金筹措上, 退还书
            return self.units[after].text == "上" and period in PERIODS
        is_floor = self.units[after].text in FLOORS and self.acts(index)
        if is_floor and (self.units[-1].text in OFTEN or self._has_counted(after)):
            return True  # 每年抽检|不少|于300批次, 选派|不少|于30名|医师|下沉基层
        if index and self.units[index - 1].text in ("到", "赴") and "described" in self.known[after].classes:
            return False  # 到|包联|学校
        if self.units[after].text in SERVES and ROLE_RE.match(self.text, unit.end - self.units[0].start):
            return False  # 坏账分担为核心
        known, behind = self.known[index], self.known[after]
        if index and not sure and "relating" in behind.classes and "either" in kind:
            return False  # 教师|配备|满足教学要求
        if index == 0 and "relating" in behind.classes and "的" in self.text:
            return True  # 研发|适合国情的农机
        if "first_of_pair" in known.classes and behind.acts and NOUNLIKE.isdisjoint(behind.kinds):
            return True  # 研究|建立以…为核心的体系
        if "single" in kind:
            following = self.units[after]
            is_object = following.tag.startswith(SHORT_OBJECT_TAGS) or following.text == "是否"
            return len(unit.text) == 1 and is_object
        is_told = not {"noun", "either"}.isdisjoint(kind) and not sure and self.units[after].tag != "m"
        if is_told and REACHED_RE.search(self.text):
            return False  # 开发面积达到58平方公里, but 投资2200万元完成30公里
        if unit.text in ESTIMATED and self.units[after].text.endswith(("投资", "占地")):
            return False  # 规划总投资2.9亿元
        if unit.text in SPENDING and self.units[after].tag == "m":
            return not _amount_of(self.units, after)
        if "either" in kind and not sure and self.has("nominalizer", after):
            bettered = self.units[after].text
            if bettered in BETTERED and unit.text in self.lexicon.words["strengthening"]:
                return True  # 提升|能力
            if (unit.text, bettered) in (("保护", "环境"), ("改进", "工作")):
                return True
            beyond = self.units[after + 1] if after + 1 < len(self.units) else None
            if beyond is None or beyond.tag in ("d", "m") or beyond.text in self.lexicon.words["evaluation"]:
                return False
        if "either" in kind and not sure and after + 1 == len(self.units) and self.has("goal_noun", after):
            return False  # 发展目标
        if unit.text == "深入" and "background" in self.kind(after):
            return False  # 深入践行…的理念
        if self.describes(index) and (not sure or (index > 0 and self.units[index - 1].tag[:1] == "n")):
            return False  # 对制造业创新中心给予奖补
        if unit.text in PROCESSED and self.units[after].text in PROCEDURES:
            return False  # 申报程序, 发放期限不超过3年
        if (
            "aim" not in kind
            and self.units[after].text in MEASURED
            and BOUND_RE.match(self.text, self.units[after].end - self.units[0].start)
        ):
            return False  # 救助金额不超过5000元
        if unit.text == "教育" and not self.has("educated", after):
            return False  # 教育教学质量
        if (
            unit.text == "发展"
            and after + 1 == len(self.units)
            and self.has("condition", after)
            and (not sure or self.units[index - 1].text == "新")
        ):
            return False  # 发展基础, 新发展理念
        if "noun" not in kind or (self.has("governing", index) and self.is_actor(self.units[after].text)):
            return True
        if index == 0 and unit.text in REFORMING and self.units[-1].text.endswith(REFORMED):
            return True  # 改革|预算管理制度
        n_counted = len(self.units) - (self.units[-1].text in ABOUT)
        if index == 0 and n_counted == after + 3 and self.units[after + 1].tag == "m":
            return True  # 整改|问题|277|个, 储备|项目|120|个|以上
        if index == 0 and n_counted == after + 4 and self._is_thing_of_two(after):
            return True  # 硬化|通组|公路|23.5|公里
        if self.follows_head(after) and not self.has("after", after):
            return False
        if sure or "nominal" in kind:
            return True
        if unit.tag != "v" and not self.units[after].tag.startswith(OBJECT_TAGS) and not self.acts(after):
            return False
        return not any(
            (u.tag == "d" and u.text != BATCH) or u.text in self.lexicon.words["evaluation"]
            for u in self.units[after:]
        )
