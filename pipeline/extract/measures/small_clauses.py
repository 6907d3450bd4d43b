"""Clauses with a shape of their own: short phrases around one character (补短板), results that are striven for (力争…)."""

from __future__ import annotations

from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.verb_group import KEPT_AT_RE, NUMBER_RE, STEADY, Predicate
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

TAKEN_RE = lazy_re(
    r"(?P<before>[^，采的]{0,12}?)(?P<verb>采[取用])了?(?P<what>(?!的)[^，]{2,40}(?:措施|方式|办法|形式|手段|模式|方法))(?P<done>进行|[加予]以[\u4e00-\u9fff]{2,4})?"
)
PRACTISED_RE = lazy_re(
    r"(?P<before>[^，的]{0,12}?)(?P<verb>实行|推行)(?P<what>[一-鿿]{4}(?:、[一-鿿]{4}){1,3})"
)
HELD_FRAME_RE = lazy_re(
    r"(?P<before>[^，坚]{0,40}?)坚持(?P<what>以[^，]{2,80}为(?!指导|指引|遵循|根本遵循|引领|统领|统揽)[\u4e00-\u9fff]{1,6})"
)
USED = ("用于", "主要用于", "专项用于", "全部用于", "重点用于", "优先用于", "统筹用于", "统一用于")
SPENT_ON = ("支持", "奖励", "扶持", "补充", "资助")  # deeds that money is for
USED_RE = lazy_re(
    r"(?:[^，、对将把用]{2,14}?的?\d{1,3}%(?:以上|左右|以内)?|[^，、的对将把用]{2,12}?(?:按[^，的]{2,16}的?(?:标准|比例))?(?=[全足优主专统重应必须可]|用于(?:支持|奖励|扶持|补充|资助)))(?:全部|全额|足额|优先|主要|专项|统一|统筹|重点|应当?|必须|须|可){0,2}用于[^，]{2}"
)  # 收益优先用于…
POST_RE = lazy_re(
    r"由?(?P<who>[^，的成设由任]{2,40}?)(?P<verb>担?任)(?P<post>(?:常务)?副?双?(?:总指挥|指挥长|组长|主任|召集人|队长|总监|[河林田路]长|成员|理事长|秘书长|会长)[^，的]{0,4})"
)  # 由县政府分管副县长任总指挥
SPENT_RE = lazy_re(
    r"(?:20\d\d\s?(?:[—–-]20\d\d)?年|今年|每年|全年|[一二三四五]年(?:内|间)?)?(?P<who>[^，、的年均\d]{0,10}?)(?:每年|全年|累计|计划|共|总|预计){0,2}"
    r"(?P<verb>投入)(?:不少于|不低于|达到?|超过)(?P<sum>[\d.]{1,9}[万亿]?元(?:以上)?)"
)  # 县级财政累计投入不少于2.7亿元
LETTING = frozenset(["鼓励", "支持", "引导", "允许", "提倡"])  # 鼓励|采取委托管护等方式
MODAL_RE = lazy_re(r"(?:将|要|应当?|可以?|须|必须|分别|全面|一律)+$")
DUE_RE = lazy_re(
    r"[该应能可需](?P<verb>[一-鿿]{2,4})的(?:坚决|一律|依法|全部|立即|尽快|及时|应当?)?(?P=verb)"
)  # 该关闭的坚决关闭
MOMENTS = frozenset("前后时")  # 选址前
FAILING_RE = lazy_re(
    r"[^，的]{2,16}的(?:应当?|要|须|必须)?(?:坚决|一律|依法|全部|立即|尽快|及时|限期){1,2}(?P<verb>[一-鿿]{2})"
)
COMPLETED_DEEDS = (
    "审核",
    "审批",
    "审查",
    "验收",
    "核查",
    "核实",
    "核验",
    "登记",
    "备案",
    "认定",
)  # 3日内完成〔审核〕
_WITHIN = r"\d{1,3}个?(?:工作日|自然日|小时|天|日|月)(?:以?内)"
_WITHIN_RE = lazy_re(_WITHIN)
# 一般事项5个工作日内、复杂事项10个工作日内完成审核
DONE_BY_RE = lazy_re(
    rf"(?P<others>(?:[^，、0-9将把]{{2,16}}{_WITHIN}、){{0,3}})"
    r"(?P<what>[^，0-9将把确力争]{2,24}?)??(?:原则上|应当?|须|必须|要|全部|务必){0,2}(?:[于在]|(?=\d))(?:20\d\d年|当年|今年|明年)?(?:(?:\d{1,2}月)?(?:底|末|份|上旬|中旬|下旬|\d{1,2}日)?|\d{1,3}个?(?:工作日|自然日|小时|天|月))(?:之?前|内|以内)(?:全部|全面|必须){0,2}"
    rf"(?P<verb>完成(?:{'|'.join(COMPLETED_DEEDS)})?|完工|办结|[一-鿿]{{2}}到位)"
)
HIMSELF_RE = lazy_re(
    r"(?P<who>[^，、对把将\d]{0,16}?)(?:要|须|必须)?(?:亲自|具体|直接|牵头)抓(?:、(?:[^，、抓]{0,10}?(?:亲自|具体|直接|牵头)抓|负总责)){0,2}"
)  # 主要负责人亲自抓、分管负责人具体抓
SUBMITTED_RE = lazy_re(
    r"(?:由[^，报]{2,16}?|[^，报]{0,12}?(?:应当?|须|按程序|经[^，]{2,14}?后|及时|逐级|统一|并|[^，报]{1,14}?后))?报(?!送|告|备|名|销|警|价)(?P<body>[^，报于在]{2,24}?(?:局|委|办|部|处|厅|组|股|室|科|站|所|中心|政府|部门|机构|机关|会|单位|院|国务院))(?:审批|备案|核准|批准|审定|审核|同意|核准或备案){0,2}(?:后(?:执行|实施|施行|印发)?)?"
)
PUT_RIGHT_RE = lazy_re(
    r"(?:要|须|必须|应当?)?(?:逐一|逐项|逐条|全部|全面|限期|立即|及时|按期|按时|彻底)(?P<verb>整改|落实|排查整改)(?:到位|完毕)?"
)
AT_ONCE = frozenset("决律法部即快时期")  # the last characters of the adverbs that FAILING_RE asks for
STRIVING = frozenset(["力争", "争取", "力求", "坚持"])
ENTER_RE = lazy_re(
    r"(?P<verb>进|入)(?P<object>校园|课堂|课程|教材|社区|农村|乡村|企业|机关|家庭|头脑|村|园|班级|网络|宿舍|军营|网格|村寨|学堂|厂矿|工地|车间|市场|商场|景区|公园|广场|楼宇|小区|院落|千家万户)$"
)  # 民俗非遗项目进校园
BEARING_RE = lazy_re(
    r"(?:顶|冒|战|斗)着?(?:高温|酷暑|烈日|严寒|寒风|风雪|风雨|大雨)"
)  # how hard it is to get there
ENTERING = frozenset("进入")  # the characters it begins with
ENTERED = frozenset("园堂程材区村业关庭脑级络舍营格户寨矿地间场宇落")  # the characters it ends in
NOUN_ENDS = "室处厅人物税费员者法站所会力军"  # of a word that only looks like a short phrase: 联系人, 建筑物
BY_WHEN_RE = lazy_re(
    r"(?:到|至|在|于)?(?:20\d\d年|当年|今年|年内|明年)?(?:\d{1,2}月)?(?:底|末|份|上旬|中旬|下旬|\d{1,2}日)?(?:之?前|内)?"
)
LEVEL_RE = lazy_re(
    r"(?:达到?|突破|超过?|完成|实现|为|到|在|新增|增长|降至|提高至?)[^，]{0,8}?\d|\d\s?月"
)  # 力争治理率达到45%
# what firms and projects come to
ARRIVING = ("上市", "挂牌", "投产", "达产", "开工", "竣工", "落地", "达标", "入库", "复工")
EVENT_RE = lazy_re(
    rf"(?:{'|'.join(ARRIVING)}|完工|建成|投用|启用|通车|投入使用|投入运营|签约)$"
)  # 力争3个项目开工
STEADY_RE = lazy_re(rf"(?:{'|'.join(STEADY)}){KEPT_AT_RE.pattern}")  # what stays as it is
LEAST_STRIVEN = 6  # characters of a result that stands by itself


NOT_DONE = frozenset(["不能", "不敢", "不会", "不可", "不愿", "未能", "没有"])
# how a clause ends that tells a mere way or occasion and no deed: 通过走访等方式
WAY_ENDS = (
    "方式", "形式", "途径", "手段", "渠道", "措施", "办法", "方法", "机会", "模式", "等", "后", "中", "时", "者", "人员",
)  # fmt: skip
SHORTEST_THING = 2  # characters of what is done to


def short_phrase(view: ClauseView) -> Predicate | None:
    """The predicate of a short phrase around one character: 补短板, 资源促均衡; not 推进稳就业, 打造优质品牌."""
    found = view.lexicon.single_re.fullmatch(view.text)
    if found is None or view.text[-1] in MOMENTS or found["before"][-1:] == "着":
        return None  # 顶着|压力冲
    if found["before"] in NOT_DONE:
        return None  # 不敢|理旧账
    at = view.units[0].start + found.start("verb")
    n = next((n for n, unit in enumerate(view.units) if unit.start == at), None)
    if n is None:
        return None
    unit = view.units[n]
    end = view.units[0].start + found.end("object")
    if found["object"][-1] == "了" or all(each.end != end for each in view.units):
        return None  # 棉花减产|了, 综合|实力|平稳|增长
    if view.is_adverb(n) and len(unit.text) > 1:
        return None  # 定期|检查更新
    if len(unit.text) > 1 and (view.known[n].acts or "plain" in view.known[n].classes or unit.tag == "t"):
        return None
    is_noun = unit.tag[:1] == "n" and unit.text[-1] in NOUN_ENDS
    if len(unit.text) > 2 and (is_noun or (n and view.known[n - 1].acts)):
        return None  # 联系人, 各镇建设|配水站
    leads = "lead" in view.known[0].kinds and view.texts[0] != "坚持"  # 着力|补短板
    if found["before"] and view.known[0].acts and "noun" not in view.known[0].kinds and not leads:
        return None
    if (
        n
        and not view.known[n - 1].kinds.isdisjoint({"nominal", "aim"})
        and "lead" not in view.known[n - 1].kinds
    ):
        return None
    return Predicate(found["verb"], found["object"], "我们" if view.texts[0] == "我们" else None)


def entered(view: ClauseView) -> Predicate | None:
    """The predicate of what is brought to a place: 非遗项目进校园."""
    found = ENTER_RE.search(view.text)
    if found and BEARING_RE.search(view.text):
        return None  # 顶高温、冒酷暑、入社区
    if found and not any("pivot" in known.classes for known in view.known[:3]) and not view.known[0].acts:
        return Predicate(found["verb"], found["object"])
    return None


def practised(view: ClauseView) -> Predicate | None:
    """The predicate of ways that are taken or practised, whatever acts in them: 采取新建、合作等方式, 实行集中采购、统一配送."""
    found = TAKEN_RE.fullmatch(view.text) or PRACTISED_RE.fullmatch(view.text)
    if found is None:
        return None
    who = MODAL_RE.sub("", found["before"])
    if who in LETTING:
        return Predicate(who, found["verb"] + found["what"])
    actor = view.body(who)
    is_taken = found.re.pattern == TAKEN_RE.pattern
    is_done = is_taken and found["done"]  # 检查采取“四不两直”方式进行
    if is_taken and who and not (is_done or actor or view.is_adverb(0)):
        return None
    return Predicate(found["verb"], found["what"], actor)


def held_frame(view: ClauseView) -> Predicate | None:
    """The predicate of what is held to as one's frame: 坚持以人民健康为中心; a thought one is led by tells the background."""
    found = HELD_FRAME_RE.fullmatch(view.text)
    if found is None:
        return None
    who = MODAL_RE.sub("", found["before"])
    actor = view.body(who)
    leads = not who or actor or view.is_adverb(0) or "lead" in view.known[0].classes
    return Predicate("坚持", found["what"], actor) if leads else None


def due(view: ClauseView) -> Predicate | None:
    """The predicate of what is done wherever it is due: 该停产的停产."""
    found = DUE_RE.fullmatch(view.text)
    return Predicate(found["verb"], "") if found else None


def done_by(view: ClauseView) -> Predicate | None:
    """The predicate of what has to be done by a day: 该项工作于2019年4月底前完成."""
    found = DONE_BY_RE.fullmatch(view.text)
    if found is None or (found["what"] or "").startswith(("要求", "督促", "责令")):
        return None  # 要求学校3日内整改到位
    if view.text[0] == "请" and (actor := view.body((found["what"] or "")[1:])):
        return Predicate(found["verb"], "", actor)  # 请县民政局在6月底前完成
    actor = view.body(found["what"])
    if actor or not (found["what"] or found["others"]):
        deed = found["verb"].removeprefix("完成")
        is_named = 0 < len(deed) < len(found["verb"])  # 县审批局3个工作日内完成|审核
        return Predicate("完成", deed, actor) if is_named else Predicate(found["verb"], "", actor)
    return Predicate(found["verb"], _WITHIN_RE.sub("", found["others"]) + (found["what"] or ""))


def put_right(view: ClauseView) -> Predicate | None:
    """The predicate of what is put right without saying what: 逐项整改到位, 全面整改."""
    found = PUT_RIGHT_RE.fullmatch(view.text)
    return Predicate(found["verb"], "") if found else None


def post_taken(view: ClauseView) -> Predicate | None:
    """The predicate of who takes a post: 由县政府分管副县长任总指挥."""
    found = POST_RE.fullmatch(view.text)
    return Predicate(found["verb"], found["post"], found["who"]) if found else None


def put_in(view: ClauseView) -> Predicate | None:
    """The predicate of a sum that is put in, with its bound: 县级财政累计投入不少于2.7亿元."""
    found = SPENT_RE.fullmatch(view.text)
    return Predicate(found["verb"], found["sum"], view.body(found["who"])) if found else None


def put_to_use(view: ClauseView) -> Predicate | None:
    """The predicate of what a thing in front is for: 收益优先用于管护."""
    return used_for(view) if USED_RE.match(view.text) and not view.known[0].acts else None


def used_for(view: ClauseView) -> Predicate:
    """The predicate of what money or land is for: 主要用于路面保洁."""
    at = view.text.index("用于")
    begin = view.units[0].start + at + 2
    deed = next((n for n, unit in enumerate(view.units) if unit.start >= begin), view.size)
    if deed + 1 < view.size and view.texts[deed].startswith(SPENT_ON) and view.known[deed].acts:
        return Predicate(view.texts[deed], joined_text(view.units[deed + 1 :]))  # 用于|支持|合作社
    return Predicate("用于", view.text[at + 2 :])


def taken_on(view: ClauseView) -> Predicate | None:
    """The predicate of who sees to it himself (主要负责同志亲自抓), and of what goes to a body to be approved (报县政府批准后实施)."""
    if found := HIMSELF_RE.fullmatch(view.text):
        return Predicate("抓", "", found["who"] or None)
    found = SUBMITTED_RE.fullmatch(view.text) if view.is_norm and "报" in view.text else None
    return Predicate("报", found["body"]) if found else None


def failing(view: ClauseView) -> Predicate | None:
    """The predicate of what is done at once where something fails: 不合格的一律返工."""
    found = FAILING_RE.fullmatch(view.text)
    return Predicate(found["verb"], "") if found and view.known[view.size - 1].acts else None


def striven(view: ClauseView) -> Predicate | None:
    """The predicate of a clause that strives for a result without number: 力争更多企业成为规上企业."""
    if STRIVING.isdisjoint(view.texts[:2]):
        return None  # as nearly all
    n = 1 if view.size > 1 and view.is_adverb(0) and view.texts[0] not in STRIVING else 0
    if view.texts[n] not in STRIVING or view.size < n + 3:
        return None
    result = joined_text(view.units[n + 1 :])
    opened = BY_WHEN_RE.match(result)
    behind = result[opened.end() :] if opened else result
    has_number = NUMBER_RE.search(behind) is not None
    if not behind or (has_number and not (LEVEL_RE.search(behind) or EVENT_RE.search(behind))):
        return None
    if has_number and STEADY_RE.search(behind):
        return None
    is_means = (
        result.startswith(("通过", "围绕", "以", "用习近平", "在")) and result[:2] != "在建"
    ) or result.endswith(("内", "时间", "努力", "之前"))
    return Predicate(view.texts[n], result) if len(result) >= LEAST_STRIVEN and not is_means else None


def by_doing(view: ClauseView) -> Predicate | None:
    """The predicate of the deed by which the next clause is brought about: 通过|签订|租赁协议; none of a mere way (通过走访等方式)."""
    index = view.texts.index("通过")
    actor = view.body(joined_text(view.units[:index])) if index else None
    if index and actor is None and not all(map(view.is_adverb, range(index))):
        return None
    verb = index + 1
    while view.is_adverb(verb) and not view.known[verb].acts:
        verb += 1
    known = view.known[verb]
    thing = joined_text(view.units[verb + 1 :])
    is_deed = known.acts and ("nominal" in known.kinds or NOUNLIKE.isdisjoint(known.kinds))
    if not is_deed or len(thing) < SHORTEST_THING or thing[0] in "、的和" or view.text.endswith(WAY_ENDS):
        return None
    pauses = [n for n, text in enumerate(view.texts) if text == "、"]
    if any(view.known[n + 1].acts for n in pauses if n + 1 < view.size):
        return None  # 通过调整结构、扩大规模
    return Predicate(view.texts[verb], thing, actor)
