"""What stands in front of its verb: a topic (食堂全部实行自主经营), a patient (教育经费全部落实到位)."""

from __future__ import annotations

import re

from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.leads import LEAD
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

LEVELED_RE = lazy_re(
    r"(?P<what>[^，]{0,30}?(?:标准|时间|时限|期限|环节|费用|价格|审批|事项|材料|(?<!产业)比例|门槛|税率|额度|限额|补助|补贴|津贴|工资|报酬|养老金|待遇|权重|分值|病种|服务项目|起付线|封顶线|经费|(?:补助|保障|待遇|补偿)水平))"
    r"(?:[由从][^，]{1,16}?)?(?:再|全部|统一|逐步|分别|最高)?(?P<verb>压缩|压减|缩减|缩短|提高|降低|下调|上调|调整|提升|减少|精简|扩大|增加)[到至为](?:每[^，\d]{1,8}|[月年日]人均)?[约近]?\d"
)
# what no one but an office makes shorter or cheaper: 简易项目压缩至15个工作日, 担保费率降至1%以下
SHORTENED_RE = lazy_re(
    r"(?P<what>[^，\d将把]{2,30}?)(?:再|全部|统一|逐步|分别|由\d{1,3}个?(?:工作日|天|日))?(?P<verb>压缩|压减|缩短)[到至为]\d{1,3}个?(?:工作日|天|日|小时|分钟)(?:以?内)?"
    r"|(?P<rate>[^，\d将把]{0,20}(?:费率|利率|收费))(?:再|统一|逐步|平均)?(?P<cut>降)[到至][\d.]{1,5}[%元‰](?:以[下内])?"
)
# a topic that was served or started on time, or was stopped by law; works that go on or end tell how things stand
_PROMPTLY = r"(?:全面|全部|如期|按时|按期|按规定|正式|同步|足额|及时|继续|一律|统一|相继|陆续|先后|顺利|均已?|都已?|已)"
# 审批时限压缩50%, 办理环节减少3个, 低保标准提高8%
CHANGED_RE = lazy_re(
    r"(?P<what>[^，]{1,30}?(?:标准|时间|时限|期限|环节|材料|门槛|补助|补贴|津贴|工资|补差|金额|额度|比例|费用|价格))(?:力争|争取|再|全部|统一|逐步|分别|平均|普遍){0,2}(?P<verb>压缩|压减|缩减|缩短|提高|降低|下调|上调|上浮|下浮|减少|精简)了?[约近]?(?:\d|[二三四五六七八九十一]{1,2}[分成半])"
)
SERVED_RE = lazy_re(
    rf"(?P<what>.{{3,60}}?){_PROMPTLY}{{1,3}}(?P<verb>启动|兑现|办复|办结|共享|发放|启用|铺开|拨付|兑付|免除|取消|移交|销账|销号|清退|推开|开放|安排|发放到位|不予[\u4e00-\u9fff]{{2}})"
)
STOPPED_RE = lazy_re(
    r"(?P<what>.{3,40}?)(?:被|均被|已被)(?:依法|依规|依纪|严肃|坚决|全部|从严)*(?P<verb>查处|关停取缔|关停|取缔|拆除|问责|追责|处分|通报|约谈|处罚)"
)
TIED_RE = lazy_re(r"(?P<what>.{2,24}?)(?:直接)?[与同][^，]{2,24}(?P<verb>挂钩|脱钩)")
# what is sent to a body, by jieba cut as it comes: 将进展情况|报局|办公室
HANDED_RE = lazy_re(
    r"[^，将把]{0,40}?(?:[将把](?P<what>[^，]{2,40}?))(?:[于在][^，]{2,12}?[前内])?(?:书面|及时|统一|汇总|一并)?(?P<verb>报送?)(?:请|经)?[^，报]{0,14}?(?:局|委|办|室|股|科|部|处|厅|组|中心|政府|部门)"
    r"(?:备案|审批|审定|审核|批准|核准|备查|存档|汇总|同意)?"
)
WHO_RE = lazy_re(r"请?(?P<who>[^，每于在应要须将把请\d]{2,24})")
HANDED_IN_RE = lazy_re(
    r"(?:并?请|并)?(?:于|在)?[^，报将把]{2,16}?(?:日|时|底|月)(?:之?前|内)(?:书面)?(?P<verb>报送?)(?:请)?(?P<body>[^，报]{2,16}?(?:局|委|办|室|股|科|部|处|厅|组|中心|政府|部门))"
    r"(?:备案|审批|审定|审核|批准|核准|备查|存档|汇总)?"
)
HELD_RE = lazy_re(r"(?P<what>[^，]{4,60}?会议?)(?:(?:于|在)[^，]{2,30})?(?P<verb>召开|举行)")
SEATED_RE = lazy_re(r"(?P<what>[^，设]{0,20}(?:办公室|专班|领导小组|办事机构|秘书处))(?P<verb>设)在")
SERVING_RE = lazy_re(
    r"(?P<what>[^，把将以]{2,16}(?:结果|情况|成绩|成效))(?:应当?|要|将)?(?P<verb>作为)[^，]{3,}"
)
MOVED_RE = lazy_re(
    r"将(?P<what>[^，将把]{2,40}?)(?:分别|统一|逐步)?[由从][^，]{1,40}?(?P<verb>放宽|调整|提高|提升|降低|下调|上调|扩大|增加|缩短|压缩|压减|精简|减少|延长|变更)[到至为][^，]{1,24}"
)  # 将公用经费标准由500元提高到600元
CUT_DOWN_RE = lazy_re(
    r"(?P<what>[^，\d]{2,30}?)(?:分别|已)?[由从]\d{1,6}[^，\d]{0,6}(?P<verb>压减|压缩|精简|整合|缩减|缩短|下调)[到至为]\d[^，]{0,12}"
)  # 培训机构由38家压减至2家
BORNE_RE = lazy_re(
    r"(?P<what>[^，从在由]{2,40}?)(?:按规定|依法|统一|可以?|应当?)?[从在][^，从在由]{2,24}?中?(?P<verb>列支|开支)"
)  # 其个人应缴纳的保险费从失业保险基金中列支
LEVEL_BEFORE_RE = lazy_re(r"(?<=..)[由从][^，\d]{0,6}[\d.]{1,8}[^，\d]{1,6}$")  # 诊疗费〔由10元〕调整为12元
PAID_RE = lazy_re(
    r"(?P<what>[^，将把]{2,24}?(?:资金|补助|补贴|奖金|工资|经费|津贴|养老金|待遇))(?:[通经由按][^，]{1,20}?)?(?:直接|及时|足额|统一|逐月|按月|全部)*(?P<verb>拨付|发放|兑付|打入|划拨|支付|汇入)[到至给][^，]{2,}"
)  # 补助资金通过“一卡通”直接拨付到农户账户
DIVIDED_RE = lazy_re(
    r"(?P<verb>划分|调整|确定|列|纳入|(?<!建)设|改|更名|合并)(?:为|成(?![效果绩本员]))"
)  # 划分为12个片区
TURNED_RE = lazy_re(r"向[^向]{2,24}(?P<verb>倾斜|延伸|下沉|流动)$")  # 优质资源向乡村倾斜
CARRIED_OUT_RE = lazy_re(
    r"(?:全部|全面|全额|足额|逐一|及时|均|一律)?(?P<verb>落实|配备|拨付|发放|兑现|整改|执行)到位$"
)
FRONTED_RE = lazy_re(r"到位|为|成|向")  # without one of these none of the three is found
LEVELS = frozenset(["时限", "时间", "环节", "材料", "标准", "门槛", "期限", "费用"])
MET = ("召开", "举行")
BORNE = ("列支", "开支")
CHANGED_ENDS = frozenset("%元个项天日时成点上右一半件份")
MAYBE = frozenset(["action", "either"])
LEFT_RE = lazy_re(r"(?:即将?|将|应当?|要|须|必须|均已?|都已?|已)$")
NO_PLAIN_ACT = frozenset(["aim", "noun", "either", "goal", "lead", "light"])
SUM_RE = lazy_re(r"[\d.]元的|亿元的|万元的")
PUSHED = frozenset(["力争", "确保", "争取", "推动", "促进", "支持"])
NO_TOPIC = frozenset(["力争", "确保", "争取", "将", "把", "对", "为", "使", "我们"])
# the last two characters of what these match
FRONTED_ENDS = frozenset(
    re.findall(
        "..",
        "建设启动兑现办复办结共享发放启用铺开拨付兑付免除取消移交销账销号清退推开开放安排查处取缔关停拆除问责追责处分通报约谈处罚挂钩脱钩召开举行列支开支",
    )
)
OPENED_RE = lazy_re(
    r"(?P<what>.{3,60}?)(?:(?:\d{4}年)?(?:\d{1,2}月)?(?:相继|陆续|正式|已|年内|全部|全面|同步|先后|提前|如期|即将|顺利|要|将|尽早|尽快)){0,2}(?P<verb>开工建设|动工建设|启动建设)"
)
AHEAD_RE = lazy_re(r"[要将]|力争|争取|确保|尽[早快]|年内|今年|明年|计划|即将")
SHARES = ("比例", "占比", "比重", "率", "水平", "人数", "收入", "产值", "满意度", "覆盖面")
RISING = ("提升", "提高", "上升", "增加", "增长", "达到", "升")


def patient_in_front(view: ClauseView) -> Predicate | None:
    """Return the predicate of a level that is moved (开办时间压缩到1个工作日) or of works that begin (水厂开工建设)."""
    text = view.text
    if text[-1] == "）" and "报" in text and (note := text.rfind("（")) > 0:
        text = text[:note]  # 将名单报县安委办（联系电话…）
    found = None
    if text[-2:] == "建设":
        found = OPENED_RE.fullmatch(text)
        if found and view.is_report and found["verb"] == "开工建设" and not AHEAD_RE.search(text):
            found = None  # 轨道交通开工建设: how far works have come, in the review of a year
        if found and not view.lexicon.words["governing"].isdisjoint(view.texts):
            found = None  # 住建局督促施工单位尽快开工建设
    elif "报" in text and (handed := HANDED_RE.fullmatch(text)):
        named = WHO_RE.match(text)
        return Predicate(handed["verb"], handed["what"], view.body(named["who"] if named else None))
    elif "报" in text and (handed := HANDED_IN_RE.fullmatch(text)):
        return Predicate(handed["verb"], handed["body"])
    elif "设在" in text and (seated := SEATED_RE.match(text)):
        return Predicate(seated["verb"], seated["what"])
    elif "作为" in text and (serving := SERVING_RE.fullmatch(text)):
        found = (
            None if view.known[0].acts and "noun" not in view.known[0].kinds else serving
        )  # 考核结果作为评先的依据
    elif text[-2:] in FRONTED_ENDS:
        found = HELD_RE.fullmatch(text) if text[-2:] in MET else None
        found = BORNE_RE.fullmatch(text) if text[-2:] in BORNE else found
        found = found or SERVED_RE.fullmatch(text) or STOPPED_RE.fullmatch(text) or TIED_RE.fullmatch(text)
    elif "到" in text or "至" in text:
        if text[0] == "将" and (moved := MOVED_RE.fullmatch(text)):
            return Predicate(moved["verb"], moved["what"])
        if shortened := SHORTENED_RE.fullmatch(text):
            if view.known[0].acts and view.units[0].tag == "v" and NOUNLIKE.isdisjoint(view.known[0].kinds):
                return None
            return Predicate(shortened["verb"] or shortened["cut"], shortened["what"] or shortened["rate"])
        found = LEVELED_RE.match(text) or PAID_RE.fullmatch(text) or CUT_DOWN_RE.fullmatch(text)
        found = None if found and "平均" in found["what"] else found
    elif text[-1] in CHANGED_ENDS:
        found = CHANGED_RE.match(text)
    if found is None or (view.is_adverb(0) and "的" not in found["what"]):
        return None
    is_named = view.size > 1 and (view.texts[1] in LEVELS or found["what"][-2:] in LEVELS)  # 审批|时限
    if view.known[0].acts and view.units[0].tag == "v" and view.opens(0) and not is_named:
        return None
    what = LEFT_RE.sub("", found["what"])
    if text[-2:] == "建设" and (pushed := next((word for word in view.texts[:5] if word in PUSHED), "")):
        what = what.partition(pushed)[2]
        return Predicate(found["verb"], what) if SUM_RE.search(what) else None  # 要|争取|物流园开工建设
    if view.texts[0] in NO_TOPIC or what.endswith("、"):
        return None
    if what.endswith(SHARES) and found["verb"].startswith(RISING):
        return None  # 高级职称比例由18%提升到26%: a result
    return Predicate(found["verb"], what)


PRACTISING = frozenset(["实行", "推行"])  # 重点项目|实行|清单化|管理


def topic_verb(view: ClauseView, index: int) -> int | None:
    """Return the index of a plain verb with an object behind a topic, adverbs between; None for any other verb."""
    n = index
    last = view.size - 1
    if last > n and view.is_adverb(last - 1) and view.known[last].acts and view.texts[n] not in PRACTISING:
        return None  # 产业承接平台积极拓展
    while (
        n < last
        and view.is_adverb(n)
        and (not view.known[n].acts or view.known[n].kinds == LEAD or view.units[n].tag == "ad")
    ):
        n += 1
    if n + 1 >= view.size or not view.known[n].acts or not view.is_predicate(n, sure=False):
        return None
    plain = view.known[n].kinds.isdisjoint(NO_PLAIN_ACT)
    plain = plain or (n > index and view.is_norm and _may_be_plain(view, n))
    plain = plain and "status" not in view.known[n].classes
    behind = view.units[n + 1]
    is_verb = behind.tag[:1] == "v" and (
        not view.is_norm or view.known[n + 1].acts or behind.text in ("到位", "就业")
    )
    is_object = not behind.tag.startswith(("p", "bracket")) and not is_verb
    return n if plain and is_object else None


def _may_be_plain(view: ClauseView, n: int) -> bool:
    """Whether a verb that may name a thing elsewhere is a deed behind an adverb and before its object: 全部|配备|净化设备."""
    is_verb = view.known[n].kinds == MAYBE and view.units[n].tag == "v"
    return is_verb and view.units[n + 1].tag[:1] == "n" and "head" not in view.known[n + 1].classes


def fronted(view: ClauseView, index: int, actor: str | None) -> Predicate | None:
    """Return the predicate of a patient in front of its verb: 教育经费全部落实到位, 全县学校划分为12个片区, 初中部改扩建."""
    rest = joined_text(view.units[index:])
    for pattern in (CARRIED_OUT_RE, DIVIDED_RE, TURNED_RE) if FRONTED_RE.search(rest) else ():
        match = pattern.search(rest)
        if match and 2 <= match.start() <= 60:
            return Predicate(match["verb"], LEVEL_BEFORE_RE.sub("", rest[: match.start()].strip()), actor)
    body = [u for u in view.units[index:] if u.tag != "bracket"]
    if len(body) >= 2 and body[-1].text in view.lexicon.words["built"]:
        is_light = body[0].text == "对" and body[-2].text == "进行"  # 对3所学校进行|改扩建
        return Predicate(body[-1].text, joined_text(body[1:-2] if is_light else body[:-1]), actor)
    return None
