"""The predicate built from its first verb: particles, object, and what is a result and no measure."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.measures.carrying import OFTEN
from pipeline.extract.measures.clauses import AMOUNT_TAGS, Unit, joined_text
from pipeline.extract.measures.objects import HOW_OFTEN_RE, light_object, plain_object
from pipeline.extract.measures.verb_chain import CONJUNCTIONS, DISPATCHING, chained_verbs
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

PLACED_RE = lazy_re(r"将|把|使|力争|争取|确保")  # what is brought about, not what came about
NUMBER_RE = lazy_re(r"\d(?!\d?[\]】])")  # a number, and no footnote mark [9]
WHOLLY_RE = lazy_re(r"实现应(?P<deed>[一-鿿])尽(?P=deed)$")  # 实现应保尽保
SUMS_RE = lazy_re(r"[\d.]+[万亿]?元、")
GROWTH_RE = lazy_re(r"[约近超]?[\d.]+(?:%|个百分点|亿元|万元|元|倍)")  # 提高3.2个百分点
STRIVING_KINDS = frozenset(["aim", "goal", "nominal"])
DIMENSIONS = frozenset(
    ["里程", "面积", "规模", "长度", "总量", "数量", "人数", "户数", "金额", "总额", "投资额"]
)
STEADY = ("保持", "稳定", "维持")
KEPT_AT_RE = lazy_re(r"在[约近]?[\d.]")
IDIOM = 4  # characters
GOAL = frozenset(["goal"])  # of a verb that is nothing else
SHARE_RE = lazy_re(r"的\d[\d.]{0,7}%(?:[、和]\d[\d.]{0,7}%){0,4}(?:以上)?$")  # 分别完成计划的113%和120%
DUE_RE = lazy_re(r"(?:月|年|日|底|季度|上旬|中旬|下旬|假|期)之?[前内]|年内")  # 6月底前完成工程量的60%
RATE_RE = lazy_re(
    r"(?:率|比例|占比)(?:原则上)?(?:不(?:低于|高于|超过|少于)|(?:保持|稳定|控制)在|[达为超]?到?过?)[\d.]+%(?:以上|以内|左右)?$"
)
# what was done, as a noun, came to something: 综合评价|居全市第一, 规范化建设|工作得到肯定
OUTCOME_RE = lazy_re(
    r"(?:工作|水平|成效)?(?:得到|受到|荣获|(?:位?居|位?列|名列|排名|排)[^，、的]{0,6}(?:第[一二三四五六七八九十\d]|前列|前茅|首位|榜首|前[三五十\d]))"
)
BOUNDS = frozenset(["不少于", "不低于", "不超过", "不高于", "不多于", "不得少于", "不得低于", "不得超过"])
# where, or as what, those go who are sent: 选派8名教师|到乡镇任教
SENT_TO = frozenset([
    "到", "赴", "参加", "前往", "深入", "任", "担任", "挂职", "跟岗", "组成", "组建", "成立", "支教", "进驻", "驻点", "驻村", "驻校", "帮扶", "进修", "跟班", "参训", "蹲点", "入驻",
])  # fmt: skip
RANKED_RE = lazy_re(r"[居列占](?:全[国省市县]|首位|第[一二三\d]|前列)")
GROWING = frozenset(["新增", "净增"])
# who came by themselves: their number is a result, what was built is a deed
GROWN_THING_RE = lazy_re(r"人口(?:\d|$)|^[\d.]+[余多]?万?[余多]?[人户名](?:以上|左右)?$")
# firms and jobs come of themselves too, unless a plan says how many are to come
_CAME = r"(?:企业|市场主体|经营主体|就业(?!岗位)|用户|存款|劳动力|创业人员)"
CAME_RE = lazy_re(
    rf"[新净]增(?:[^，、\d]{{0,16}}{_CAME}[^，、\d]{{0,4}}\d|[\d.]{{1,8}}万?[余多]?[家户人名][^，、\d]{{0,10}}{_CAME})"
)
STRIVEN_RE = lazy_re(r"力争|争取|确保|计划|年内|[要将]|以上|不少于|不低于|左右|今年|明年|下半年")
ENDS_HOW_OFTEN = frozenset("次轮遍节上右年月天时")
COUNTED_ACTOR_RE = lazy_re(r"[的\d]")  # of a thing that was built, and no body
MEETING = frozenset(["召开", "举行"])
MET_RE = lazy_re(
    r"(?P<meeting>[^，的]{2,30}?会议?)(?=(?:专题|专门|认真|集中|及时)?(?:研究|部署|安排|学习|传达|听取|审议|研判|分析|调度|讨论|总结)[^会]{0,60}$)"
)
COMPLETED = frozenset(["到位", "完毕", "完成"])
AMOUNT_WORDS = frozenset(
    ["批次", "万人", "亿人", "万户", "万人次", "以上", "以下", "以内", "左右", "余", "近", "约", "超"]
)
SPENT = frozenset(["投资", "总投资", "产值", "税收"])
LEVEL_RE = lazy_re(
    r"(?:完成|实现)[^，\d]*(?:[量值额]|收入)约?[\d.]+[万亿]?[^，\d的]{1,3}$"
)  # 完成|客运量342万人次
REACHING_MANY = frozenset(["服务", "覆盖", "参与", "惠及", "带动"])
MANY_RE = lazy_re(
    r"^(?:服务|参与)(?:人口|学生|群众|居民|老人|患者)?[\d.]|[\d.][余多]?万?[余多]?(?:人|户|人次|村)(?:以上)?$|^覆盖[^，]{0,8}\d+个"
)
COMING = GROWING | {"上线"}  # of persons who reach a line: 本科|上线|460人
TELLING = COMING | REACHING_MANY | {"登记"}  # with a number behind them these tell a result
WAYS = frozenset(["指标", "标准", "原则", "方式", "要求", "比例", "程序", "规定", "办法", "措施", "手段"])
BY_WAY = frozenset(["按", "按照", "根据", "参照", "依据"])
# how much, whom or when is settled by a way: 根据困难程度|确定, 参照国家标准|执行
SETTLED = frozenset([
    "确定", "核定", "执行", "结算", "发放", "拨付", "兑付", "兑现", "返还", "计算", "计发", "分配", "核算", "扣除", "收取", "解决",
])  # fmt: skip


# what is done to some of many, and then with them
CHOOSING = frozenset(["选择", "选取", "选定", "确定", "遴选", "挑选", "抽取", "筛选", "推荐", "抽选"])
SENDING = DISPATCHING | CHOOSING


@dataclass(frozen=True, slots=True)
class Predicate:
    """A clause's main verb with its object, and the actor it names."""

    verb: str
    object: str
    actor: str | None = None


def built(view: ClauseView, index: int, actor: str | None, patient: str) -> Predicate | None:
    """Return the predicate whose first verb stands at an index; None for a result (提高了…) or a verb left alone."""
    units, texts = view.units, view.texts
    kind = view.known[index].kinds
    if "light" in kind:
        return _given(view, index, actor, patient)
    if texts[index] == "负责":  # what somebody is charged with is its object: 负责|制定工作方案
        charge = joined_text(units[index + 1 :])
        return None if charge.startswith("、") else Predicate("负责", charge or patient, actor)
    verbs, kind, n = chained_verbs(view, index)
    verb = "".join(verbs)
    done = n < view.size and texts[n] in ("了", "起了", "出了")
    while "after" in view.known[n].classes:
        n += 1
    if done and "aim" in kind:
        return None
    if kind == GOAL and (done or not view.is_paper or NUMBER_RE.search(view.text)):
        return None
    if verb == "实现" and not _is_brought_about(view, index):
        return None
    if "reaching" in view.known[n - 1].classes:
        if _reaches_sum(view, n):
            is_investment = texts[n] == "投资" and texts[n - 1] == "完成"  # 完成投资1.9亿元
            return Predicate("完成", "投资", actor) if is_investment else None
        if _reaches_level(view):
            return None
    verb = "".join(verbs)
    follow = units[n:]
    if verbs[-1] in SENDING or "single" in kind or (n < view.size and texts[n] == "、"):
        follow = _up_to_next_verb(view, n, verbs[-1], kind, patient)
    elif n + 1 < view.size and texts[n + 1] == "、" and _goes_on_in_idioms(view, n + 1):
        follow = units[n : n + 1]  # 坚定|信心|、踔厉奋发
    thing = plain_object(follow, view.lexicon, is_governed="governing" in view.known[index].classes)
    if verbs[-1] in GROWING and RANKED_RE.search(thing):
        return None  # 新增认证企业数居全省第一
    if kind & NOUNLIKE and "pivot" not in view.known[index].classes and OUTCOME_RE.match(thing):
        return None  # 综合评价|居全市第一, 规范化建设|工作得到肯定
    if thing[-1:] in ENDS_HOW_OFTEN and HOW_OFTEN_RE.fullmatch(thing):
        return Predicate(verb, patient, actor)  # 每2小时巡查|1次
    if n < view.size and units[n].tag in ("m", "mq") and all(is_amount(u) for u in units[n:]):
        if "intransitive" in view.known[n - 1].classes:
            return Predicate(verb, "", actor)  # 造林3.1万亩: the verb holds its object
        thing = patient or thing  # 对首次入规的企业奖励10万元: who is paid, not how much
    if "每" in view.text and texts[-1] in OFTEN and thing.startswith(("不少于", "不低于", "至少")):
        return Predicate(verb, patient, actor)  # 每年抽检|不少于300批次
    if verb == "主动":  # an adverb, and no verb: 主动|谋势借势
        idiom = thing if len(thing) == IDIOM else verb + thing
        return Predicate(idiom, "", actor) if len(idiom) == IDIOM else None  # 主动出击
    if verbs[-1] in STEADY and not patient and KEPT_AT_RE.match(thing):
        return None  # 力争保持在98%以上
    if n + 1 < view.size and texts[n] in DIMENSIONS and _measures_dimension(view, index, n):
        return None  # 建设里程136公里
    if verb == "完成" and SUMS_RE.match(thing):
        return None  # 固定资产投资力争完成381亿元、增速6%
    if thing in BOUNDS and "noun" in kind and not patient and actor is None:
        return None  # 每户补助不超过3000元
    if verbs[-1] in MEETING and (met := MET_RE.match(thing)):
        thing = met["meeting"]  # 召开专题会议|研究部署…
    if thing in COMPLETED or thing in BOUNDS:
        thing = ""  # 所需资金由县财政局拨付到位, 每周授课不少于6课时
    if patient and n < view.size and texts[n][-1] == "%":
        thing = patient  # 保费|由财政承担|70%、农户承担30%
    may_tell = "%" in thing[-3:] or "aim" in kind or verbs[-1] in TELLING
    if may_tell and _tells_result(view, index, verbs, kind, thing):
        return None
    if not thing and not _says_enough(view, index, verb, actor, patient) and not _is_in_fours(view.text):
        return None
    return Predicate(verb, thing or patient, actor)


def _given(view: ClauseView, index: int, actor: str | None, patient: str) -> Predicate:
    """The predicate of a verb that says little by itself: the deed behind it, or what is given."""
    texts = view.texts
    behind = index + 2 if "after" in view.known[index + 1].classes else index + 1
    given = view.units[behind:]
    if texts[index] == "给予":  # what is given is its object: 给予|重点扶持
        is_sum = bool(given) and given[0].tag == "m"  # 给予20万元奖补
        thing = joined_text(given) if is_sum else plain_object(given, view.lexicon)
        return Predicate(texts[index], thing or patient, actor)
    verb, thing = light_object(given, view.lexicon, patient)
    return Predicate(verb or texts[index], patient if verb else thing, actor)


def _measures_dimension(view: ClauseView, index: int, n: int) -> bool:
    """Whether a clause only says how large something is, the dimension at `n` behind the verb: 建设|里程136公里."""
    is_told = not index and view.known[n - 1].kinds.isdisjoint(STRIVING_KINDS)
    return is_told and all(is_amount(unit) for unit in view.units[n + 1 :])


def _reaches_sum(view: ClauseView, n: int) -> bool:
    """Whether nothing but a sum stands behind the verb that ends before `n`: 累计完成|240亿元, 完成|产值85万元."""
    spent = n + 1 if n < view.size and view.texts[n] in SPENT else n
    is_sum = spent < view.size and all(is_amount(u) for u in view.units[spent:])
    return is_sum and (spent == n or not PLACED_RE.search(view.text))


def _reaches_level(view: ClauseView) -> bool:
    """Whether a clause tells how far something has come: 完成|客运量342万人次, 完成|年度任务的99%."""
    is_level = LEVEL_RE.search(view.text) and not PLACED_RE.search(view.text)
    if is_level or not SHARE_RE.search(view.text):
        return bool(is_level)
    return not (view.is_norm and DUE_RE.search(view.text))


def _up_to_next_verb(view: ClauseView, n: int, verb: str, kind: frozenset[str], patient: str) -> list[Unit]:
    """The words at `n` that may be the object of the verb before them, without the verb that follows it: 选派8名教师|到乡镇任教."""
    follow = view.units[n:]
    if verb in CHOOSING and follow and follow[0].tag == "m":
        told = next((k for k in range(2, len(follow) - 1) if _is_done_there(view, n + k)), len(follow))
        follow = follow[:told]  # 选择三个行业|安排课题
    if verb in DISPATCHING:
        sent = next((k for k, u in enumerate(follow) if k and u.text in SENT_TO), len(follow))
        follow = follow[:sent]
    alone = bool(patient and "对" + patient in view.text) or "intransitive" in view.known[n - 1].classes
    alone = alone or _is_in_fours(view.text)
    if alone and follow and follow[0].text == "、":
        return []  # 对锅炉逐台建档|、逐台销号; 精准施策|、持续发力
    if "single" not in kind:
        return follow
    next_verb = (
        k for k, u in enumerate(follow) if u.text == "、" and "single" in view.known[n + k + 1].kinds
    )
    return follow[: next(next_verb, len(follow))]  # 办|实事|、|办|好事


def _is_done_there(view: ClauseView, k: int) -> bool:
    """Whether the verb at an index is done with those chosen before it, and is no part of what they are: 三个行业|安排|课题."""
    known, before = view.known[k], view.units[k - 1]
    doubt = NOUNLIKE if view.units[k].tag == "vn" else {"noun"}
    is_deed = known.acts and view.units[k].tag[:1] == "v" and known.kinds.isdisjoint(doubt)
    return is_deed and before.tag[:1] in "nq" and not view.follows_head(k + 1) and "的" not in view.texts[k:]


def _is_in_fours(text: str) -> bool:
    """Whether a clause is phrases of four characters each, of which none is the object of another: 提前谋划、精准布局."""
    return text[4:5] == "、" and all(len(phrase) == 4 for phrase in text.split("、"))


def _goes_on_in_idioms(view: ClauseView, pause: int) -> bool:
    """Whether a clause in fours goes on behind a 、 with how it is done, in idioms, and with no other thing: 、踔厉奋发, not 、社区治理."""
    behind = view.units[pause:]
    return (
        _is_in_fours(view.text)
        and (behind[-1].tag[:1] in "vilz" and "pivot" not in view.known[pause - 2].classes)
        and all(
            unit.tag[:1] not in "njp" and view.known[n].kinds.isdisjoint(NOUNLIKE)
            for n, unit in enumerate(behind, start=pause)
        )
    )


def _tells_result(view: ClauseView, index: int, verbs: list[str], kind: frozenset[str], thing: str) -> bool:
    """Whether a predicate tells how many there are now or how far something has come, and not what is done."""
    if "%" in thing[-3:] and _tells_rate(view, index, kind, thing):
        return True
    if verbs[-1] in COMING and GROWN_THING_RE.search(thing):
        return True  # 返乡创业新增2300人, but 新增规上企业5家
    if verbs[-1] in GROWING and not view.is_norm and CAME_RE.search(view.text):
        return STRIVEN_RE.search(view.text) is None  # 新增小微企业2.6万家, but 年内新增规上企业5家
    if verbs == ["登记"] and view.text.startswith("新", view.units[index].start - view.units[0].start - 1):
        return True  # 今年新登记8934户
    if not index and verbs[-1] in REACHING_MANY and MANY_RE.search(view.text):
        return True  # 服务人口18.7万人, 覆盖全县23个乡镇
    return "aim" in kind and GROWTH_RE.match(thing) is not None  # 提高3.2个百分点


def _says_enough(view: ClauseView, index: int, verb: str, actor: str | None, patient: str) -> bool:
    """Whether a verb needs no object behind it: 按照…的程序|办理; not 投资3亿元的新校区|竣工交付."""
    if actor is not None:
        return COUNTED_ACTOR_RE.search(actor) is None or ("应" in view.text and not NUMBER_RE.search(actor))
    is_whole = len(verb) >= 4 or "intransitive" in view.known[index].classes
    return bool(patient) or is_whole or (index > 0 and view.texts[index - 1] in WAYS)


def _tells_rate(view: ClauseView, index: int, kind: frozenset[str], thing: str) -> bool:
    """Whether the object is a rate that was reached: 改造|小区管线入地率不低于80%, 登记|合格率100%."""
    is_free = {"pivot", "governing"}.isdisjoint(view.known[index].classes) and kind.isdisjoint(STRIVING_KINDS)
    is_told = (not index and is_free) or (thing[-1] == "%" and (is_free or "noun" in kind))
    return is_told and RATE_RE.search(thing) is not None


def _is_brought_about(view: ClauseView, index: int) -> bool:
    """Whether 实现 at an index tells of a deed, bit by bit or by a name of its own, and not of a result: 逐步|实现, 实现|“一师一档案”."""
    if index and view.texts[index - 1] in ("逐步", "逐一"):
        return True
    named = index + 1 < view.size and view.units[index + 1].tag == "quote"
    return named or WHOLLY_RE.search(view.text) is not None


def is_amount(unit: Unit) -> bool:
    """Return whether a unit belongs to an amount: 20|万元|以上, 3|万|和|5|万."""
    return unit.tag in AMOUNT_TAGS or unit.text in CONJUNCTIONS or unit.text in AMOUNT_WORDS
