"""What is laid down for each: norms, terms, deadlines, and the bounds that say whom a rule is for."""

from __future__ import annotations

from pipeline.extract.quantities.grants import states_a_grant, states_a_rate
from pipeline.extract.quantities.refusals import AGES, DUTIES, SORTS, TERMS
from pipeline.lazy_re import lazy_re
from pipeline.numerals import Amount

BUILDS_RE = lazy_re(r"建[成设好强]|新建|打造|培育|创建|改造|发展|引进")  # 每个乡镇至少建成1个园区: done once
REPORTED_RE = lazy_re(
    r"已|了(?!解)|(?:继续有效|失效|废止)\s?\d|累计|截至目前|以来|基础上|(?:^|[全我本县市区镇乡校园])现有|仅有|仅(?=\d)"
)
SHORTENED_RE = lazy_re(r"压缩|缩短|压减|寿命")  # 审批时限压缩至7个工作日, 人均预期寿命78岁: aims
DEADLINES = frozenset(
    {"个工作日", "工作日", "日", "天", "小时", "个小时", "工作小时", "个工作小时", "分钟", "个月"}
)  # 15个工作日内
_NORM_RE = lazy_re(
    r"(?:必须|应当?|须)达到|不(?:得|能)?(?:少于|低于|超过|高于|小于|大于|多于)|至少|最[多少低高]|应当?|须|必须|不得|原则上|标准为|严[禁控格]"
)
_LIMIT_RE = lazy_re(
    r"不(?:得|应|能)?(?:少于|低于|超过|高于|小于)|至少|(?:面积|时间|人数)控制在|(?:必须|应当?|须)达到"
)
_NORM_UNITS = frozenset([
    "次", "批次", "课时", "小时", "学时", "天", "分钟", "节", "堂", "场", "场次", "篇", "个小时", "节课", "个课时", "轮", "遍",
])  # fmt: skip
_FLOOR_RE = lazy_re(r"不(?:少于|低于)")
# 非寄宿制学校不少于2名: each school of the kind; 抽查比例不低于30%, 按不低于总额的8%安排: how funds and checks are shared out
_OF_A_KIND_RE = lazy_re(
    r"(?:学校|小学|初中|高中|幼儿园|卫生院|社区)[\u4e00-\u9fff]{0,6}不(?:少于|低于)\s?[\d一二两三]\s?[名人]"
)
_FUND_SHARE_RE = lazy_re(
    r"(?:抽查|抽检|抽取|抽样|巡查)(?:的?比例|率|数量)?不(?:少于|低于)|不(?:少于|低于)[^，。；]{2,20}总[额数]的|(?:经费|资金)占[^，。；]{2,24}不(?:少于|低于)"
)
_LEGAL_RE = lazy_re(r"应当?|须|必须|不得|原则上|一般(?=不|应)|一律|标准")
_AT_LEAST_SHARE_RE = lazy_re(r"按照?不(?:低于|少于|超过|高于)")  # 按不低于30%的比例抽查
_OF_ONE = frozenset({"岁", "周岁", "分", "张", "平方米"})  # what is asked of one person or one house
_OF_EACH = _NORM_UNITS | DEADLINES | _OF_ONE  # said of one time, one case, one person: no whole has them
_STANDING_UNITS = AGES | {"个工作日", "工作日"}
_SPANS = DEADLINES | TERMS
_AGES_IN_POST = AGES | {"年"}
BOUNDS = frozenset({">=", ">", "<=", "<"})
_BOUND_BEFORE = ("满", "为", "只有", "仅有")  # 入围企业〔只有〕1家的
_EACH_RE = lazy_re(
    r"每(?:[个位名人所家户校班生]|\s?[\d两三]{1,2}\s?(?:[—–-]\s?\d{1,2}\s?)?(?:个?月|[周年天日])|周|天|日|旬|半?月|季度?|学期|学年|半?年)"
)
_DIGITS = frozenset("0123456789")
_DEFINED_RE = lazy_re(
    r"(?:^|[是：，\]】]|通常|一般|主要|[特专泛统])指|定义为|认定为|标准|统称|简称|以[^，。；]{1,8}为单元"
)
_EACH_PEOPLE_RE = lazy_re(r"每\s?\d{3,5}")
_EACH_UNIT_RE = lazy_re(r"每(?:[人生户师校]|[个名位所](?:学生|教师|干部|党员|学校|职工))")  # 每人联系2所
# 支教期限为2年, 记录留存五年
_TERM_RE = lazy_re(r"有效期|试行期|期限|服务期|聘期|任期|公示(?![栏牌])|留存|保[存管]|存档")
_ALL_DAY_RE = lazy_re(rf"24\s?小时(?:不间断|轮流|全天候|常态化|集结)?(?:{DUTIES}|管控)")
_AGE_RE = lazy_re(r"(?<!适)龄(?!人口|儿童|少年|幼儿|青年|妇女|学生|老人|老年)")
_PAPER_TERM_RE = lazy_re(r"有效期|试行期")
_EACH_ONE_RE = lazy_re(r"每(?:[个位名所家户校班生]|[周天日]|学期|学年)")
_SETS_UP_RE = lazy_re(rf"{BUILDS_RE.pattern}|设[立置]|成立|组[建织]|安排|拿出|举办|开展|投入|建立|保留")
# 明确1名分管领导、1名联络员
_APPOINTS_RE = lazy_re(
    r"(?:明确|确定|指定|落实|安排|固定|配备|选派)[^，。；]{0,20}(?:联络员|信息员|领导|负责人|负责同志|班子成员|专人|专职人员|工作人员|责任人|专员)"
)
_WEIGHT_RE = lazy_re(
    r"权重|占[^，。；]{0,12}(?:成绩|总分|分值|考核|得分)|(?:笔试|面试|成绩|测评|测试|考试|考核)[^，。；]{0,6}占"
)
_SHARED_OUT_RE = lazy_re(
    r"自担|自缴|自付|分担|保费|(?:剩余|余下|其余)\s?\d|预拨|预付|首付|(?:财政|政府|县级|市级|省级)(?:补贴|补助|承担|负担)|尾款"
)  # 农户自担30%, 剩余50%
_MOST_RE = lazy_re(r"最[高多](?!人民)|封顶")
_USUAL_RE = lazy_re(r"一般(?:为|不|在)|原则上为|试用期|见习期|托管期|考试时间|试讲时间|备课时间")
_POINTS_TOLD_RE = lazy_re(r"均分|提[高升]|上升|下降|增加|增长|由[^，。；]{0,8}分|平均")
_CONDITION_RE = lazy_re(
    r"(?:（含[^（）]{0,6}）)?(?:以上)?(?:(?:、|，?[且并](?:[^，。；：\d的]{2,14}))\d[^，。；、的]{1,20}){0,8}[^，。；：\d的]{0,12}的(?![^，。；]{0,24}\d)"
)
# 投资达到1000万元〔的，按…给予奖励〕: what is reached is the least that is asked
_GRANTED_FOR_RE = lazy_re(
    r"(?:[（(][^（）()]{0,8}[）)])?的[^，。；、\d]{0,8}，[^，。；]{0,6}(?:给予|予以|按|参照|奖励|奖补|补助|补贴|资助|享受|兑现|分别|单)"
)
_STANDING_COUNT_RE = lazy_re(r"(?:全[县市区乡镇]|[我本][县市区]|辖区|辖区内|县域内|境内|现有)$")
_OUGHT_RE = lazy_re(r"[^，。；：\d]{2,12}?(?:要|须|应当?|必须)(?![求素点])")


def states_a_condition(clause: str, before: str, behind: str, amount: Amount) -> bool:
    """Tell whether an amount bounds whom a rule is for: 年培训量达到200人次以上的, 生源不足30人的教学点.

    `before` and `behind` are the words of the sentence around the amount.

    >>> from pipeline.numerals import parse_quantity
    >>> states_a_condition("年培训量达到200人次以上的", "年培训量", "的，给予补助", parse_quantity("达到200人次以上"))
    True
    """
    if is_granted_for(behind):
        return True
    is_bound = (
        amount.comparator in BOUNDS
        or (amount.comparator == "range" and amount.unit[-1:] == "元")
        or before.endswith(_BOUND_BEFORE)
    )
    if not is_bound or _SETS_UP_RE.search(before) or REPORTED_RE.search(clause):
        return False
    return _CONDITION_RE.match(behind) is not None


def is_granted_for(behind: str) -> bool:
    """Tell whether what follows an amount says what those get who have it: 〔年销售额1000万元〕的，给予奖励.

    >>> is_granted_for("的，按实缴税额给予奖励"), is_granted_for("的项目开工建设")
    (True, False)
    """
    return "的" in behind[:12] and _GRANTED_FOR_RE.match(behind) is not None


def counts_all_there_are(before: str, behind: str) -> bool:
    """Tell whether an amount counts all of a place who are told to do something: 全县17家企业要严格执行….

    >>> counts_all_there_are("全县", "企业要严格执行"), counts_all_there_are("新建", "学校")
    (True, False)
    """
    is_there = _STANDING_COUNT_RE.search(before) is not None and _OUGHT_RE.match(behind) is not None
    return is_there or before.endswith("原有")  # 将原有46个窗口整合为…


def stands(clause: str, amount: Amount) -> bool:
    """Whether an amount is a duty all day long or how long a paper holds: 24小时值班, 有效期5年."""
    if amount.unit == "小时":
        return amount.value == 24 and _ALL_DAY_RE.search(clause) is not None
    return _PAPER_TERM_RE.search(clause) is not None


def lays_down(clause: str, amount: Amount, per: str | None) -> bool:
    """Tell whether a clause of rules, or of a page that explains them, says what each gets, or whom or how long it is for.

    >>> from pipeline.numerals import parse_quantity
    >>> lays_down("认定结果公示5个工作日", parse_quantity("5个工作日"), None)
    True
    """
    if REPORTED_RE.search(clause):
        return False
    if amount.unit == "分" and _POINTS_TOLD_RE.search(clause) is None:
        return True  # 组织领导10分, 扣2分
    return (
        _is_shared_out(clause, amount)
        or (amount.unit in ("名", "人") and amount.value <= 2 and _APPOINTS_RE.search(clause) is not None)
        or (amount.comparator == "<=" and _MOST_RE.search(clause) is not None)
        or (amount.unit in _SPANS and _USUAL_RE.search(clause) is not None)
        or (amount.unit in _STANDING_UNITS and SHORTENED_RE.search(clause) is None)
        or (amount.unit in SORTS and "分" in clause)
        or (amount.unit in _OF_EACH and _LIMIT_RE.search(clause) is not None)
        or (amount.unit == "%" and _AT_LEAST_SHARE_RE.search(clause) is not None)
        or (
            amount.unit in _SPANS
            and _TERM_RE.search(clause) is not None
            and SHORTENED_RE.search(clause) is None
        )
        or (per is not None and _EACH_UNIT_RE.match(per) is not None and BUILDS_RE.search(clause) is None)
        or states_a_grant(clause)
        or states_a_rate(clause, amount.unit, per)
    )


def _is_shared_out(clause: str, amount: Amount) -> bool:
    """Whether a share is the weight of a score or who pays how much of a sum, and nothing to be reached: 笔试占60%, 农户自担30%."""
    if amount.unit not in ("%", "成"):
        return False
    return _WEIGHT_RE.search(clause) is not None or _SHARED_OUT_RE.search(clause) is not None


def defines(sentence: str, clause: str, amount: Amount) -> bool:
    """Tell whether an amount of a note says what a word means: 指成立10年以内的企业, 6个100%：工地100%围挡.

    >>> from pipeline.numerals import parse_quantity
    >>> defines("“独角兽”企业：指估值超过10亿美元的企业", "估值超过10亿美元", parse_quantity("超过10亿美元"))
    True
    """
    if REPORTED_RE.search(clause):
        return False
    is_whole = amount.unit == "%" and amount.value == 100
    return is_whole or (amount.comparator in BOUNDS and _DEFINED_RE.search(sentence) is not None)


def tells_age(clause: str) -> bool:
    """Tell whether a clause speaks of somebody's age or years in post, and not of those of an age: 教龄, but 劳动年龄人口.

    >>> tells_age("教龄5年以上的骨干教师"), tells_age("劳动年龄人口平均受教育年限达到11年")
    (True, False)
    """
    return "龄" in clause and _AGE_RE.search(clause) is not None


def is_norm(clause: str, amount: Amount, per: str | None, *, is_term: bool) -> bool:
    """Tell whether an amount is asked of each time, case or person, and is no whole to be reached.

    `is_term` says that it is how long something must have lasted: 工作满6年.

    >>> from pipeline.numerals import parse_quantity
    >>> is_norm("劳动教育每周不少于1课时", parse_quantity("不少于1课时"), "每周", is_term=False)
    True
    """
    is_asked = (
        is_term
        or (amount.unit in _AGES_IN_POST and tells_age(clause))  # 教龄5年以上的骨干教师
        or (_NORM_RE.search(clause) is not None and (per is not None or _LIMIT_RE.search(clause) is not None))
        or (per is not None and _is_each(per, amount.unit))
        or (amount.comparator == "<=" and amount.unit in DEADLINES and SHORTENED_RE.search(clause) is None)
    )
    return is_asked and not _is_floor_of_a_total(clause, amount, per)


def _is_floor_of_a_total(clause: str, amount: Amount, per: str | None) -> bool:
    """Whether a floor is what a plan wants to reach as a whole, and no norm for each: 播种面积不少于26万亩, 每年招聘不少于80名."""
    if amount.comparator != ">=" or amount.unit in _OF_EACH | TERMS:
        return False
    if per is not None and (per not in ("每年", "年") or amount.unit == "%"):
        return False
    if _OF_A_KIND_RE.search(clause) or _FUND_SHARE_RE.search(clause):
        return False
    return _FLOOR_RE.search(clause) is not None and _LEGAL_RE.search(clause) is None


def _is_each(per: str, unit: str) -> bool:
    """Whether a basis is one time, case or person, and not a whole population: 每天, 每校, 每3000至5000常住人口."""
    if per[1:2] in _DIGITS and _EACH_PEOPLE_RE.match(per):
        return True  # 每3000至5000常住人口设置1所
    if not _EACH_RE.match(per):
        return False
    return unit in _NORM_UNITS or (_EACH_ONE_RE.match(per) is not None and unit not in ("元", "万元", "%"))
