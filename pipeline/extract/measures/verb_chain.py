"""The verbs that share one object: 督促|指导, 研究|制定, 做大|做强|做优."""

from __future__ import annotations

from pipeline.extract.measures.bodies import SUBJECTS
from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.kinship import are_joined, are_kin, are_listed
from pipeline.extract.measures.leads import LEAD
from pipeline.extract.measures.objects import SAYING
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView

CONJUNCTIONS = frozenset(["和", "并", "、", "与", "及", "或", "或者"])
DISPATCHING = frozenset(["选派", "派驻", "派出", "抽调", "选送", "下派"])
KEPT_WITH_ADVERB = {"及时发现": "发现", "十分重视": "重视"}  # by jieba
MOST_VERBS = 3
STRESSED = frozenset(
    ["导向", "特色", "主题", "亮点", "方向", "优势", "实效", "地位", "作用", "主线", "属性", "功能"]
)  # 突出发展重点 may be both
NAMING_MEANS = frozenset(["为", "以", "用", "靠", "通过", "依靠"])
SERIES = frozenset(["、", "和", "或", "或者"])
WHOLE = frozenset(["统筹协调", "统筹考虑", "建立健全", "贯彻落实", "优先考虑"])  # no verb joins these
PROGRAMMES = ("战略", "工程", "行动", "计划", "项目", "政策")
EVENTS = frozenset(["活动", "比赛", "竞赛", "大赛"])
ATTENDING = frozenset(
    ["参加", "参与", "举办", "承办", "举行", "召开", "观看", "收看", "申报"]
)  # 组织参加|教学比赛
ACHIEVED = frozenset(["新增", "净增", "完成"])
SOUND = frozenset(["人格", "身心", "心智", "心理"])  # what is 健全 by itself
DUTIES = frozenset(["责任", "职责", "义务"])
# what is done to a duty
BURDENING = frozenset([
    "压实", "压紧", "压紧压实", "夯实", "落实", "明确", "强化", "履行", "承担", "扛起", "扛牢", "追究", "细化", "分解", "担负", "靠实", "厘清",
    "划分", "界定", "拧紧", "增强", "传导", "牢记", "加强", "分清", "划清", "抓实", "完善", "健全", "规定", "担起", "理清", "划定",
])  # fmt: skip
WORK = frozenset(["工作", "活动", "行动"])
LAUNCHED = ("行动", "计划", "活动", "战略", "程序", "机制")
CARRIED_OUT = frozenset(["实施", "开展", "编制", "制定", "推行", "建设"])
PUT_IN = frozenset(["投入", "投资", "支出"])
FOUNDING_OR_SENDING = DISPATCHING | {"成立", "组建", "组成", "设立"}
FOUNDED = ("小组", "专班", "指挥部", "队", "队伍", "机构", "委员会", "协会", "联盟", "中心", "办公室", "基金")
REFOUNDING = frozenset(["完善", "健全", "充实", "调整"])
# what is made or carried out, and what it may be for: 完善|支持社会资本参与的政策, 构建|统一的市场
TAKING = frozenset([
    "构建", "完善", "健全", "建立", "打造", "营造", "增强", "推出", "提出", "开展", "成立", "组建", "执行", "落实", "形成", "探索",
])  # fmt: skip
SERVING = frozenset([
    "支持", "促进", "推动", "鼓励", "引导", "扩大", "减轻", "降低", "统一", "开放", "疏解", "连接", "传承", "保障", "处理", "联合", "关爱", "规范",
])  # fmt: skip
UNCHAINED = frozenset([
    "召开", "举行", "举办", "开展", "抓住", "抢抓", "委托", "开设", "播放", "悬挂", "张贴", "颁发", "佩戴", "展播", "抓", "严把", "责令", "严禁", "禁止", "杜绝", "重视", "查处", "避免", "防止", "掀起", "唱响",
    "扛稳", "扛起", "办理", "保持", "打造", "克服", "放大", "释放", "增强", "加强",
])  # fmt: skip
# what is laid down is a thing, and no deed: 公布|投放时间
LAYING_DOWN = frozenset([
    "明确", "公布", "公告", "公示", "确定", "简化", "完善", "健全", "建立", "制定", "缩短", "设立", "掌握", "控制", "设置",
    "配备", "执行", "调整", "提高", "降低", "保持", "拓宽", "畅通", "疏通",
])  # fmt: skip
DRAWING_UP = frozenset(["出台", "制定", "制订", "编制", "印发", "起草", "颁布", "草拟", "拟定"])
ADOPTING = frozenset(["审议", "讨论", "表决", "审查", "研究", "评审"])
PLANNED = frozenset(
    ["路径", "蓝图", "步骤", "时序", "主体", "路线图"]
)  # nobody does to them what they are for
INSTITUTED = ("机制", "体系", "制度", "责任制", "政策", "模式")
WRONGS = ("行为", "问题", "现象", "乱象", "案件", "犯罪")  # what is got rid of
OF_PAPERS = DRAWING_UP | {
    "修订", "修改", "实施", "完善", "健全", "发布", "公布", "下发", "落实", "执行", "推行", "细化", "调整", "审定", "完成", "报批", "上报",
}  # fmt: skip
PAPERS = (
    "政策", "措施", "举措", "办法", "方案", "意见", "规划", "计划", "细则", "条例", "规定", "纲要", "文件", "清单", "标准", "制度", "法规",
    "预案", "指南", "目录", "通知", "规范", "规则", "决定", "要点", "准则",
)  # fmt: skip


def _pairs_with_adverb(view: ClauseView, index: int) -> bool:
    """Whether an adverb and a verb at an index share the object behind them with the verb before: 科学规划、|合理|布局|学校."""
    return (
        index + 2 < view.size
        and "adverb" in view.known[index].classes
        and not view.known[index].acts
        and view.known[index + 1].acts
        and view.units[index + 2].tag[:1] in "nljrq"
        and "head" not in view.known[index + 2].classes
    )


def _begins_object(view: ClauseView, n: int, k: int, *, joint: bool) -> bool:
    """Whether the verb at `k` begins the object of the verb that ends before `n`: 遴选|试点学校, 统筹|发展和安全."""
    units, texts, last = view.units, view.texts, view.texts[n - 1]
    first, other, classes = view.known[n - 1].classes, view.known[k].kinds, view.known[k].classes
    text, after = texts[k], texts[k + 1] if k + 1 < view.size else ""
    if other == LEAD:
        return True  # 安置|集中供养老人
    if after == "的" and last in LAYING_DOWN and not joint:
        return True  # 明确|采取的措施
    if after in DUTIES and not joint and text not in BURDENING:
        return True  # 压实|巡护责任, but 压紧|压实|责任
    if text == "健全" and after in SOUND:
        return True  # 塑造|健全人格
    new = text == "创新" and "first_of_pair" in first  # 探索创新
    if "describing" in classes and not (joint or new or not after or after in CONJUNCTIONS):
        return True  # 遴选|试点学校, 建设|创新高地
    qualified = ("relating" in classes or ("pivot" in classes and not joint and "framing" in first)) and any(
        u.text == "的" for u in units[k + 1 :]
    )
    if qualified:
        return True  # 建立健全|覆盖各学段的体系, 建立健全|确保…的机制
    if joint:
        return False
    if after in PLANNED and k + 2 == view.size:
        return True  # 谋划|振兴蓝图, 明确|实施路径
    if last in UNCHAINED or last == "做到" or (last == "表彰" and text not in ("奖励", "宣传")):
        return True  # 严把|改造范围, 查处|制售假冒伪劣行为
    if (
        "treating" in first
        and view.texts[-1].endswith(WRONGS)
        and {"treating", "checking"}.isdisjoint(classes)
    ):
        return True  # 整治|制售假劣农资行为, but 排查整治|隐患
    if last == "实现" and text not in ACHIEVED:
        return True  # 实现|规范发展, but 实现新增
    if text == "新增" and "pivot" not in first:
        return True  # 控制|新增支出
    if last in TAKING and text in SERVING and units[-1].tag[:1] in "nv" and k + 2 < view.size:
        return True
    made_for = (
        "framing" in first and not joint and "framing" not in classes and "second_of_pair" not in classes
    )
    if made_for and "first_of_pair" not in classes and texts[-1].endswith(INSTITUTED) and k + 2 < view.size:
        return True  # 落实|维护稳定的责任制, 健全|防止返贫监测机制
    if last in DRAWING_UP and text not in OF_PAPERS and texts[-1].endswith(PAPERS):
        return True  # 出台|支持企业稳岗政策, but 制定出台|方案
    if last in ATTENDING and text not in ATTENDING and texts[-1] in WORK and k + 2 == view.size:
        return True  # 参与|排查工作
    if last == "启动" and texts[-1].endswith(LAUNCHED) and text not in CARRIED_OUT:
        return True  # 启动|深化校园绿色行动
    if last == "组织" and texts[-1] in EVENTS and "executed" not in classes and text not in ATTENDING:
        return True  # 组织|学习宣传活动
    if last == "实施" and texts[-1].endswith(PROGRAMMES):
        return True  # 实施|扩大内需战略
    if last in LAYING_DOWN and k + 2 == view.size and _names_by_deed(view, k):
        return True  # 公布|投放时间, 建立|收集台账
    if last in WHOLE or "relating" in first:
        return True  # 统筹协调|促进…, 适应|建设…
    if last in FOUNDING_OR_SENDING:
        is_shared = text in REFOUNDING and k + 3 >= view.size  # 组建完善|工作专班
        if not is_shared and (texts[-1].endswith(FOUNDED) or not NOUNLIKE.isdisjoint(other)):
            return True  # 派驻|执行院长, 成立|打造营商环境领导小组
    if last in ("开启", "提出") and any(u.text == "的" for u in units[k + 1 :]):
        return True  # 开启|打造先行区的新篇章, 提出|振兴教育的目标
    if not after:
        return text in PUT_IN and "aim" in view.known[n - 1].kinds  # 增加|投入
    return (
        "intransitive" in classes  # 把住|减负“根本点”
        or (last in SAYING and after in SUBJECTS)  # 明确|起草单位
        or (last == "统筹" and after in CONJUNCTIONS)  # 统筹|发展和安全
        or (text == "编制" and units[k + 1].tag == "m")  # 腾出|编制47名
    )


def _names_by_deed(view: ClauseView, k: int) -> bool:
    """Whether the verb at an index only says which thing is meant by the noun behind it: 投放|时间, not 出台|方案."""
    known = view.known[k]
    is_deed = NOUNLIKE.isdisjoint(known.kinds) and {"drafting", "second_of_pair"}.isdisjoint(known.classes)
    return is_deed and view.texts[k] not in OF_PAPERS and view.units[k + 1].tag[:1] == "n"


def _names_thing(view: ClauseView, n: int, k: int, *, joint: bool) -> bool:
    """Whether the verb at `k` belongs to the name of what the verb that ends before `n` is done to: 通报|实施进度, 建立|通报制度."""
    text, last, other, behind = view.texts[k], view.known[n - 1], view.known[k], view.known[k + 1]
    if k + 1 < view.size and not NOUNLIKE.isdisjoint(other.kinds) and view.follows_head(k + 1):
        return True
    if joint:
        return False
    if "noun" in other.kinds and "first_of_pair" not in last.classes:
        return True
    if view.texts[n - 1].endswith("好") and not text.endswith("好"):
        return True  # 当好|推动发展的先锋
    if k + 1 == view.size:
        return False
    if text == "发展" and "lead" not in last.kinds and "developing" not in last.classes:
        return True  # 构建|发展新体制
    if k + 2 == view.size and "either" in other.kinds and "nominalizer" in behind.classes:
        return True  # 通报|实施进度
    return "institution" in behind.classes and "instituting" not in other.classes  # but 建立健全制度


def _joins(view: ClauseView, verbs: list[str], n: int, k: int) -> bool:
    """Whether the verb at `k` goes on with what is done to one object, the joint at `n` between them: 谋划新建、改扩建|城区学校."""
    other = view.known[k]
    if "built" in other.classes and "built" in view.known[n - 1].classes:
        return True
    if len(verbs) == 1:
        is_verb = "noun" not in other.kinds or (
            n == 1 and view.texts[n] != "、" and are_joined(view, n - 1, k)
        )
        return is_verb and k + 1 < view.size
    is_series = view.texts[n] == "、" and "、" in verbs[-1]
    return (
        is_series and view.units[k].tag == "v" and NOUNLIKE.isdisjoint(other.kinds)
    )  # 推介、展示、销售|特产


def _ends_phrase(view: ClauseView, index: int) -> bool:
    """Whether the verb at an index, a verb behind it, is the noun of the phrase that a clause opens with: 为长远发展|预留, 以高质量供给|释放."""
    if index < 2 or view.texts[0] not in NAMING_MEANS or index + 2 >= view.size:
        return False
    known, other = view.known[index], view.known[index + 1]
    if "nominal" in known.kinds or "noun" in other.kinds:
        return False  # 以法治方式|深化改革
    is_pair = "first_of_pair" in known.classes or "second_of_pair" in other.classes
    if is_pair or (view.is_adverb(index - 1) and view.texts[index] != "发展"):
        return False  # 为各村精准|选配联建企业
    before = view.units[index - 1]
    return view.units[index].tag == "vn" or before.tag[:1] in "nabfqj" or before.text == "的"


def _pairs(view: ClauseView, verbs: list[str], n: int, k: int, *, joint: bool) -> bool:
    """Whether the verb at `k` is said of the same object as the verbs that end before `n`: 研究|制定, 做大|做强|做优."""
    last, other = view.known[n - 1], view.known[k]
    leads_on = "first_of_pair" in last.classes
    if "light" in other.kinds:
        return False
    if not joint and len(verbs) == 2 and not leads_on and view.texts[k][0] != view.texts[n - 1][0]:
        return False  # 探索建立|量化指标体系
    if k + 1 == view.size and (
        "nominal" in last.kinds or len(verbs) > 1 or (view.size > 2 and "noun" in other.kinds)
    ):
        return False
    follows = "second_of_pair" in other.classes or (
        view.texts[k] == "扶持" and "encouraging" in last.classes  # 引导扶持业余赛事
    )
    if not joint and "nominal" in last.kinds and (not follows or "noun" in other.kinds):
        return False
    is_verb = follows or view.units[k].tag[:1] == "v" or "nominal" in other.kinds
    return is_verb or leads_on or ("built" in other.classes and "built" in last.classes)


def _end_of_series(view: ClauseView, index: int) -> int:
    """The index of the last of three verbs or more, 、 between them, that share the thing behind them; 0 without such a series."""
    n, texts = index, view.texts
    while n + 2 < view.size and texts[n + 1] in SERIES and view.known[n + 2].acts and len(texts[n + 2]) == 2:
        n += 2
    behind = n + 1
    if n < index + 4 or behind >= view.size or view.units[behind].tag[:1] not in "nl":
        return 0  # 收集、|运输、|处置|垃圾, but 管理、监督、服务|水平, 生产、加工、销售|企业
    is_named = view.follows_head(behind) or view.is_actor(joined_text(view.units[behind:]))
    return 0 if is_named or any("obliging" in view.known[k].classes for k in range(behind, view.size)) else n


def chained_verbs(view: ClauseView, index: int) -> tuple[list[str], frozenset[str], int]:
    """Return the verbs that share one object (督促指导), the kinds of the last, and the index behind them.

    A verb that only leads to the next is left off (加快|推进), as is one before a pair of its own (调度、|督促|指导). What
    a last verb of result or of carrying out adds (梳理|形成, 组织|实施) leaves the kinds those of the verb before it.
    """
    units, texts, n = view.units, view.texts, index + 1
    if n < view.size and texts[n] == "、" and (last_one := _end_of_series(view, index)):
        return [joined_text(units[index : last_one + 1])], view.known[index].kinds, last_one + 1
    verbs = [texts[index]]
    if verbs[0] in KEPT_WITH_ADVERB:
        verbs[0] = KEPT_WITH_ADVERB[verbs[0]]
    while n < view.size and (len(verbs) < MOST_VERBS or "built" in view.known[n - 1].classes):
        joint = texts[n] in CONJUNCTIONS
        k = n + 1 if joint else n
        if texts[n] == "、" and n == index + 1 and _pairs_with_adverb(view, k):
            return [joined_text(units[index : k + 2])], view.known[k + 1].kinds, k + 2  # 规划、合理|布局|资源
        last, other = view.known[n - 1], view.known[k]
        if texts[n] == "形成" and n + 1 < view.size and {"pivot", "governing"}.isdisjoint(last.classes):
            if "lead" in last.kinds:
                break  # 加快|形成
            return [*verbs, "形成"], last.kinds, n + 1  # 梳理形成|清单
        if texts[n] == "通过" and texts[n - 1] in ADOPTING and n + 1 < view.size:
            return [*verbs, "通过"], last.kinds, n + 1  # 审议|通过|规划
        if are_listed(view, n - 1, k) if texts[n] == "、" else not joint and are_kin(view, n - 1, k):
            verbs.append(joined_text(units[n : k + 1]))  # 排查|整治|隐患, 收集|、储存|、运输|垃圾
            n = k + 1
            continue
        if not other.acts or _begins_object(view, n, k, joint=joint):
            break
        if joint and not _joins(view, verbs, n, k):
            break
        opens = joint and "first_of_pair" in other.classes and view.known[k + 1].acts
        if not opens and "lead" in last.kinds:
            is_named = view.known[k + 1].acts or (k + 2 == view.size and texts[k + 1] in STRESSED)
            if "stressing" in last.classes and not NOUNLIKE.isdisjoint(other.kinds) and is_named:
                break  # 突出|开放发展关键领域, 突出|改革导向: what is stressed may be a noun made of verbs
            # 加快|推进, but 鼓励利用|各类平台
            supports = "encouraging" in last.classes
            is_name = k + 2 == view.size and units[k].tag == units[k + 1].tag == "vn"  # 创新|服务供给
            opens = k + 1 < view.size and not (supports or is_name) and view.is_predicate(k, sure=True)
        opens = opens or (not joint and texts[k] == "做到")  # 造林|做到|统一供苗
        if opens or (n == index + 1 and not joint and _ends_phrase(view, index)):
            verbs, n = [texts[k]], k + 1
            continue
        at_end = not joint and k + 1 == view.size
        if at_end and "compoundable" in last.classes and "executed" in other.classes:
            return [*verbs, texts[k]], last.kinds, k + 1  # 认真组织实施
        if n == k == index + 1 and verbs[0] == "保障" and texts[k] == "改善" and k + 1 < view.size:
            return (
                [joined_text(units[index : k + 1])],
                other.kinds,
                k + 1,
            )  # of one object, as 保障和改善|民生
        if _names_thing(view, n, k, joint=joint) or not _pairs(view, verbs, n, k, joint=joint):
            break
        verbs.append(joined_text(units[n : k + 1]))
        n = k + 1
    return verbs, view.known[n - 1].kinds, n
