"""Clauses that a fixed form gives away: 每少1项扣0.5分, 半月一督查, 资金管理坚持…的原则, 信访举报必须件件核查."""

from __future__ import annotations

import re

from pipeline.extract.measures.carrying import OFTEN
from pipeline.extract.measures.clauses import JOINTS, joined_text
from pipeline.extract.measures.deeds import OWING
from pipeline.extract.measures.verb_group import SETTLED, Predicate
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

NO_DEED = Predicate("", "")  # of a form that takes no action
SCORED_RE = lazy_re(
    r"(?:每[^，扣加减]{1,20}?|分别|各|另|再|直接|一次性|酌情|酌情再|最多|最高|可)*(?P<verb>扣减|扣除|扣|加|减)"
    r"(?P<sum>[\d.]{1,5}(?:(?:分)?[-—~至][\d.]{1,5})?分(?:[、和][\d.]{1,5}分){0,6})"
)  # 每少1项扣0.5分, 分别加3分、2分
_PERIOD = r"(?:半[年月]|[每一两双单]?[一两二三]?[日天周旬月季年]度?)"
SCHEDULE_RE = lazy_re(rf"{_PERIOD}一(?P<verb>[一-鿿]{{2}})(?:、{_PERIOD}一[一-鿿]{{2}}){{1,5}}")
HELD_TO_RE = lazy_re(
    r"(?P<who>[^，、坚要的]{2,30}?)(?:应当?|要|须|必须)?(?:始终)?(?P<verb>坚持|遵循)(?P<held>[^，]{2,60}原则)"
)  # 资金管理坚持专款专用、公开透明的原则
PUBLISHED_RE = lazy_re(
    r"(?P<what>(?!(?:对|并|要|应))[^，在于向将把]{1,24}?(?:名单|结果|情况|方案|标准|事项|信息|程序|目录|账目|清单))"
    r"(?:应当?|要|须|必须|均|都|将|一律){0,2}(?:及时|统一|同步|定期|主动)?(?:(?:在|于|通过|向)[^，]{2,30}?|全[县市区镇省])(?:进行|予以)?(?P<verb>公示|公开|公布|通报|公告)(?:(?:不少于|不得少于|至少)?\d{1,3}个?(?:天|日|工作日))?"
)  # 拟聘人员名单在县政府网站公示, 督查结果全县通报
EARMARKED_RE = lazy_re(
    r"(?P<what>[^，、的]{1,16}?(?:资金|经费|费|款|补助|奖金|专款))(?:应当?|要|须|必须|一律|均)?(?:做到|实行)?(?P<verb>专款专用|专账核算|专户管理|专户存储)"
)
# what is done to those the clause before names, and no more: 对虚报的，依规依纪严肃处理, 全额追回
_HOW = (
    r"(?:依法|依规|依纪|从严|从重|从快|严肃|坚决|一律|全部|全额|及时|立即|限期|如数|足额|照价|按规定|按程序|按有关规定|严格|顶格|"
    r"予以|给予|应当?|要|须|必须|将|并|按照[^，的]{0,20}《[^《》]{2,40}》(?:等)?(?:有关|相关)?(?:规定|条款)?)"
)
SANCTIONED_RE = lazy_re(
    rf"(?P<what>[^，对]{{2,20}}的(?:费用|资金|款项|财物|补助|补贴|工程|设施))?{_HOW}{{1,5}}(?P<verb>处理|处罚|处置|惩处|查处|惩治|追回|退还|退回|收回|赔偿|扣回|取缔|关停|转介|纠正|清退|劝返|补缴|移交)"
)

# by which way a thing is settled: 体检标准参照国家标准执行, 剩余30%根据考核结果兑现, 仍按原合同执行
SETTLED_RE = lazy_re(
    r"(?P<what>(?!按|根据|参照|依据|依照|结合|分别|可|统一|只能|此后|以后|今后|仍|应|须|要|必须|在|原则上|一律|均|全部|严格)[^，对将把由为从向]{2,24}?)?(?:应当?|要|须|必须|可以?|均|原则上|一律|仍|统一|全部|分别|严格|此后|也|只能){0,3}(?:按照?|根据|参照|依据|依照)(?P<way>[^，]{2,40}?)"
    rf"(?:综合|分档|分类|统一|共同|逐年|及时|足额|定额|分别|按月|按季度?|如数|相应)*(?P<verb>{'|'.join(sorted(SETTLED))})"
)
HANDED_TO_RE = lazy_re(
    r"(?:也|均|并|一律)?(?:可以?|应当?|须|必须)?由(?P<who>[^，、由的]{2,24}?)(?:直接|统一|牵头|代为|共同|具体|全程|集中|统筹|结对|自行)*(?P<verb>[一-鿿]{2})"
)
CONVERTED_RE = lazy_re(
    r"(?P<what>由[^，的]{4,30}的[^，的]{0,16}(?:单位|机构|企业|学校|公司|院|所|站|园|中心))(?:逐步|统一|一律|全部|应当?|要|可以?){0,2}"
    r"(?P<verb>转制|改制|改建|改造|改|转|转变|调整|划转|合并|整合)(?:为|成)[^，]{2,30}"
)
EARLY_RE = lazy_re(
    r"(?:要|并)?对(?P<what>[^，]{2,30}?)(?:要|务必|做到)?(?P<verb>早[一-鿿]{2})(?:、早[一-鿿]{2}){1,4}"
)
# the paper that one must hold: 驾驶人员须持有效证件, 学校使用校车应当依法取得许可
PAPER_RE = lazy_re(
    r"(?P<who>[^，]{0,40}?)(?:应当?|必?须|要)(?:依法|事先|按规定|随身)?(?:(?P<certified>持证上岗)"
    r"|(?P<verb>持有(?!效)|持(?!续)|携带|取得)(?P<what>[^，]{0,20}(?:证|证件|证书|执照|证明|许可|资格|资质|批准|同意)))"
)
PAPER_HELD = [
    f"{modal}{verb}"
    for modal in ("应", "当", "须", "要")
    for verb in ("持", "携带", "随身", "取得", "依法取得", "事先取得")
]
# what has to be made known to whom, whatever acts in its name: 账号开设、注销应当向主管部门备案
FILED_RE = lazy_re(
    r"(?P<what>(?![对将把经在按为凡])[^，]{2,40}?)(?:应当?|必?须|要)(?:及时|统一|按规定|提前|主动|事先|按时){0,2}向(?P<body>[^，向的]{2,24}?)(?:书面|及时|如实|统一|提前){0,2}(?P<verb>(?:登记|备案|报备|申报|报告){1,2}|公告|公示|公开|公布)"
)
PERSONS = ("户", "人", "者", "员", "业主", "方", "居民", "村民", "群众", "市民")
FILED = [
    f"{lead}向" for lead in ("应", "当", "须", "要", "及时", "统一", "规定", "提前", "主动", "事先", "按时")
]
SCHEDULED = frozenset("半每一两双单二三日天周旬月季年")  # the characters that SCHEDULE_RE begins with
FORMED_ENDS = frozenset(
    "天日决定行付现发配除取分则示开放布报告用算理储罚置处治回还偿缔停介正退返缴交"
)  # the last ones of a fixed form
PHRASE = 4
FLOORS = frozenset(["不少", "不少于", "不低于", "不低"])
COUNTED = OFTEN | {"人", "人次", "学时", "课时", "小时", "期", "辆次", "户次", "家次"}
HAPPENING = frozenset([
    "发展", "运行", "提升", "提高", "增长", "增强", "改善", "优化", "扩大", "壮大", "完成", "升级", "融合",
    "参与", "突破", "重视", "坚持", "带动", "实现", "覆盖", "开工", "投产", "竣工",
])  # fmt: skip
MUST = OWING | {"务必", "一律", "要"}
MOST_MANNER = 4  # characters between the modal and the verb: 优先, 逐件
NO_MUST = frozenset(["aim", "goal", "lead", "light", "result"])
NO_MANNER_TAGS = ("p", "c", "u", "x")
ADAPTED_RE = lazy_re(
    r"(?P<what>[^，]{2,24}?)(?:可以?|应当?|要)?根据[^，]{2,24}?(?:动态|适时|适当|及时|相应|逐年|定期)(?P<verb>调整|修订|修改|变更|更新)"
)
ANSWERING_RE = lazy_re(
    r"(?P<who>[^，的对]{1,14}(?:人|者|方|户|企业|单位))(?:应当?|要|须)?对(?P<what>[^，]{2,40})负责"
)
WITHIN_RE = lazy_re(
    r"(?P<what>[^，在]{2,24}?)在[^，]{2,16}?(?:[内中]|期间|之前|前)(?:不得|不能|不予|不再)(?P<verb>(?:重复|擅自|随意|再次)?[\u4e00-\u9fff]{2})"
)
# how a thing is being done counts for something, whatever acts in its name: 落实河长制情况纳入年度考核
RECKONED = ("纳入", "列入", "作为", "计入", "记入")
RECKONED_RE = lazy_re(
    r"(?P<what>(?!将|把|对|并|以|坚持|探索|[实推]行)[^，将把]{2,40}?情况)(?:全部|一律|统一|均|也|都|应当?|要|须){0,3}"
    rf"(?P<verb>{'|'.join(RECKONED)})[^，]{{2,}}"
)
EXEMPT_RE = lazy_re(
    r"(?P<what>[^，免]{0,60}?)(?:可以?|继续|暂|一律|全部){0,2}(?P<verb>免[予于]缴纳|免征|免缴|免收|减征|免交)"
    r"(?:[一二三五六七八九十两\d]{1,2}年)?(?P<object>[^，、的]{1,14}(?:税|费|金|收益|利息))"
)


def floored(view: ClauseView) -> Predicate | None:
    """Return the predicate of what is done at least so often, its verb right before the floor: 分管领导下乡调研|不少于20天."""
    floor = next((n for n, unit in enumerate(view.units) if unit.text in FLOORS), 0)
    if floor < 2 or floor + 2 >= view.size or view.texts[-1] not in COUNTED:
        return None
    verb = floor - 1
    acts = view.known[verb].acts or "intransitive" in view.known[verb].classes
    if not acts or view.units[verb].tag[:1] != "v" or view.texts[verb - 1] in JOINTS:
        return None
    begin = verb
    while begin > 1 and (
        view.is_adverb(begin - 1) or view.known[begin - 1].acts or view.texts[begin - 1][0] == "每"
    ):
        begin -= 1
    name = joined_text(view.units[:begin])
    return Predicate(view.texts[verb], "", None if name[0].isdigit() else view.body(name))


def handed_to(view: ClauseView) -> Predicate | None:
    """Return the predicate of who is to do a thing that is named before: 可由核心校直接领办, 由局班子成员带队."""
    found = HANDED_TO_RE.fullmatch(view.text)
    if found is None or not view.is_actor(found["who"]):
        return None
    verb = found["verb"]
    return Predicate(verb, "", found["who"]) if view.lexicon.acts(verb) or verb == "带队" else None


def reckoned(view: ClauseView) -> Predicate | None:
    """Return the predicate of how a thing is being done, which counts for something: 落实河长制情况|纳入|年度考核."""
    found = RECKONED_RE.fullmatch(view.text) if "情况" in view.text else None
    return Predicate(found["verb"], found["what"]) if found else None


def holding_paper(view: ClauseView) -> Predicate | None:
    """Return the predicate of the paper that those must hold who do something: 驾驶人员|须|持|有效证件, 须持证上岗."""
    found = PAPER_RE.fullmatch(view.text)
    if found is None or found["verb"] == "取得":
        return found and NO_DEED  # what one has to come by is no deed
    return Predicate(found["certified"] or found["verb"], found["what"] or "", view.body(found["who"]))


def filed(view: ClauseView) -> Predicate | None:
    """Return the predicate of what has to be made known to a body: 账号开设、注销|应当|向主管部门|备案."""
    found = FILED_RE.fullmatch(view.text)
    if found is None or not (found["body"] == "社会" or view.is_actor(found["body"])):
        return None
    actor = view.body(found["what"])
    acts = actor or found["what"].endswith(PERSONS)
    return Predicate(found["verb"], "" if acts else found["what"], actor)


def scheduled(view: ClauseView) -> Predicate | None:
    """Return the predicate of how often things are done: 半月一督查、一月一通报."""
    found = SCHEDULE_RE.fullmatch(view.text) if "一" in view.text else None
    return Predicate(found["verb"], "") if found and view.lexicon.acts(found["verb"]) else None


def urged(view: ClauseView) -> Predicate | None:
    """Return the predicate of an adverb and a verb that are the whole clause: 全面排查, 精准资助, not 持续发展."""
    if view.size != 2 or len(view.text) != PHRASE or "adverb" not in view.known[0].classes:
        return None
    verb = view.texts[1]
    if "aim" in view.known[1].kinds and "resulting" in view.known[0].classes:
        return None  # 稳步推进
    acts = view.known[1].acts and "goal" not in view.known[1].kinds and verb not in HAPPENING
    return Predicate(verb, "") if acts and len(verb) == PHRASE // 2 else None


def fixed_form(view: ClauseView) -> Predicate | None:
    """Return the predicate that the form of a clause gives away whatever acts in it, None for a clause without such a form."""
    text = view.text
    last = text[-1]
    if last == "分" and (scored := SCORED_RE.fullmatch(text)):
        return Predicate(scored["verb"], scored["sum"])
    if last == "则" and (held := HELD_TO_RE.fullmatch(text)):
        return Predicate(held["verb"], held["held"], view.body(held["who"]))
    if last in "示开布报告天日" and (published := PUBLISHED_RE.fullmatch(text)):
        return Predicate(published["verb"], published["what"])
    if last in "用算理储" and "专" in text and (earmarked := EARMARKED_RE.fullmatch(text)):
        return Predicate(earmarked["verb"], earmarked["what"])
    if last in "决定行算放付现还发配除取" and (settled := SETTLED_RE.fullmatch(text)):
        return _settled(view, settled)
    if "、早" in text and (early := EARLY_RE.fullmatch(text)):
        return Predicate(early["verb"][1:], early["what"])  # 对苗头|早发现、早处置
    sanctioned = SANCTIONED_RE.fullmatch(text) if last in "理罚置处治回还偿缔停介正退返缴交" else None
    return Predicate(sanctioned["verb"], sanctioned["what"] or "") if sanctioned else None


def _settled(view: ClauseView, settled: re.Match[str]) -> Predicate | None:
    """The predicate of what is settled by a way, None where a deed opens the clause: 编制预算根据…."""
    what = settled["what"] or ""
    if what and view.known[0].acts and view.units[0].tag == "v" and not view.follows_head(1):
        return None
    who = view.body(what)
    return Predicate(settled["verb"], "" if who else what, who)


def converted(view: ClauseView) -> Predicate | None:
    """Return the predicate of bodies that are told by who does what for them: 由民政部门核拨经费的敬老院|改为|公办养老机构."""
    found = CONVERTED_RE.fullmatch(view.text)
    return Predicate(found["verb"], found["what"]) if found else None


def barred_within(view: ClauseView) -> Predicate | None:
    """Return the predicate of what a rule bars for a time: 具体方式|在一个年度内|不能|变更."""
    found = WITHIN_RE.fullmatch(view.text) if "不" in view.text[-6:-2] else None
    if found is None or view.known[0].acts:
        return None
    actor = view.body(found["what"])
    return Predicate(found["verb"], "" if actor else found["what"], actor)


def exempted(view: ClauseView) -> Predicate | None:
    """Return the predicate of a levy that is let off, whatever acts in what is in front: 电影放映收入|免征|增值税."""
    found = EXEMPT_RE.fullmatch(view.text)
    if found is None or "preposition" in view.known[0].classes or view.is_predicate(0, sure=False):
        return None
    if view.is_adverb(0) or "lead" in view.known[0].classes:
        return None
    return Predicate(found["verb"], found["object"], view.body(found["what"]))


def told_by_shape(view: ClauseView) -> Predicate | None:
    """Return the predicate of a clause of a rule whose verb stands at its end, None for others."""
    text = view.text
    if "对" in text and text.endswith("负责") and (answering := ANSWERING_RE.fullmatch(text)):
        return Predicate("负责", answering["what"], answering["who"])
    if "根据" in text and (adapted := ADAPTED_RE.fullmatch(text)):
        return Predicate(adapted["verb"], adapted["what"])
    return _owed(view)


def _owed(view: ClauseView) -> Predicate | None:
    """The predicate of a thing in front and what must be done to it: 信访举报|必须|件件|核查."""
    last = view.size - 1
    modal = next((n for n in range(max(1, last - MOST_MANNER), last) if view.texts[n] in MUST), 0)
    if not modal or not view.known[last].acts or not NO_MUST.isdisjoint(view.known[last].kinds):
        return None
    between, before = view.units[modal + 1 : last], view.units[:modal]
    manner = joined_text(between)
    if not 2 <= len(manner) <= MOST_MANNER or any(u.tag.startswith(NO_MANNER_TAGS) for u in between):
        return None
    is_verb = any(view.known[n].acts and not view.is_adverb(n) for n in range(modal + 1, last))
    if is_verb or "preposition" in view.known[0].classes or view.is_predicate(0, sure=False):
        return None
    what = joined_text(before)
    actor = view.body(what)
    return Predicate(view.texts[last], "" if actor else what, actor)
