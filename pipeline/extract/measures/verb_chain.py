"""The verbs that share one object: 督促|指导, 研究|制定, 做大|做强|做优."""

from __future__ import annotations

from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.leads import LEAD
from pipeline.extract.measures.objects import SAYING
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView

JOINTS = frozenset(["和", "并", "、", "与", "及", "或", "或者"])
DISPATCHING = frozenset(["选派", "派驻", "派出", "抽调", "选送", "下派"])
MOST_VERBS = 3
WHOLE = frozenset(["统筹协调", "统筹考虑", "建立健全", "贯彻落实", "优先考虑"])  # no verb joins these
PROGRAMMES = ("战略", "工程", "行动", "计划", "项目", "政策")
PUT_IN = frozenset(["投入", "投资", "支出"])
FOUNDING_OR_SENDING = DISPATCHING | {"成立", "组建", "组成", "设立"}
# what is made or carried out, and what it may be for: 完善|支持社会资本参与的政策, 构建|统一的市场
TAKING = frozenset([
    "构建", "完善", "健全", "建立", "打造", "营造", "增强", "推出", "提出", "开展", "成立", "组建", "执行", "落实", "形成", "探索",
])  # fmt: skip
SERVING = frozenset([
    "支持", "促进", "推动", "鼓励", "引导", "扩大", "减轻", "降低", "统一", "开放", "疏解", "连接", "传承", "保障", "处理", "联合", "关爱", "规范",
])  # fmt: skip
UNCHAINED = frozenset([
    "委托", "抓", "严把", "责令", "严禁", "禁止", "杜绝", "重视", "查处", "避免", "防止", "掀起", "唱响", "扛稳", "扛起", "办理",
])  # fmt: skip
DRAWING_UP = frozenset(["出台", "制定", "制订", "编制", "印发", "起草", "颁布", "草拟", "拟定"])
OF_PAPERS = DRAWING_UP | {
    "修订", "修改", "实施", "完善", "健全", "发布", "公布", "下发", "落实", "执行", "推行", "细化", "调整", "审定", "完成", "报批", "上报",
}  # fmt: skip
PAPERS = (
    "政策", "措施", "举措", "办法", "方案", "意见", "规划", "计划", "细则", "条例", "规定", "纲要", "文件", "清单", "标准", "制度", "法规",
    "预案", "指南", "目录", "通知", "规范", "规则", "决定", "要点", "准则",
)  # fmt: skip
BODIES = frozenset(["单位", "机关", "部门", "机构", "主体"])


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
    first, other = view.known[n - 1].classes, view.known[k].kinds
    classes, text, after = (
        view.known[k].classes,
        texts[k],
        texts[k + 1] if k + 1 < view.size else "",
    )
    if other == LEAD:
        return True  # 安置|集中供养老人
    new = text == "创新" and "first_of_pair" in first  # 探索创新
    if "describing" in classes and not (joint or new or not after or after in JOINTS):
        return True  # 遴选|试点学校, 建设|创新高地
    qualified = ("relating" in classes or ("pivot" in classes and not joint and "framing" in first)) and any(
        u.text == "的" for u in units[k + 1 :]
    )
    if qualified:
        return True  # 建立健全|覆盖各学段的体系, 建立健全|确保…的机制
    if joint:
        return False
    if last in UNCHAINED:
        return True  # 严把|改造范围, 查处|制售假冒伪劣行为
    if last in TAKING and text in SERVING and units[-1].tag[:1] in "nv" and k + 2 < view.size:
        return True
    if last in DRAWING_UP and text not in OF_PAPERS and texts[-1].endswith(PAPERS):
        return True  # 出台|支持企业稳岗政策, but 制定出台|方案
    if last == "实施" and texts[-1].endswith(PROGRAMMES):
        return True  # 实施|扩大内需战略
    if last in WHOLE or "relating" in first:
        return True  # 统筹协调|促进…, 适应|建设…
    if last in FOUNDING_OR_SENDING and not NOUNLIKE.isdisjoint(other):
        return True  # 派驻|执行院长, 成立|联合采购办公室
    if last in ("开启", "提出") and any(u.text == "的" for u in units[k + 1 :]):
        return True  # 开启|打造先行区的新篇章, 提出|振兴教育的目标
    if not after:
        return False
    return (
        "intransitive" in classes  # 把住|减负“根本点”
        or (last in SAYING and after in BODIES)  # 明确|起草单位
        or (last == "统筹" and after in JOINTS)  # 统筹|发展和安全
        or (text == "编制" and units[k + 1].tag == "m")  # 腾出|编制47名
    )


def chained_verbs(view: ClauseView, index: int) -> tuple[list[str], frozenset[str], int]:
    """Return the verbs that share one object (督促指导), the kinds of the last, and the index behind them."""
    units, texts, n = view.units, view.texts, index + 1
    verbs, kind = [texts[index]], view.known[index].kinds
    if verbs[0] == "及时发现":
        verbs[0] = "发现"  # which jieba keeps with its adverb
    while n < view.size and len(verbs) < MOST_VERBS:
        joint = texts[n] in JOINTS
        k = n + 1 if joint else n
        if texts[n] == "、" and n == index + 1 and _pairs_with_adverb(view, k):
            return [joined_text(units[index : k + 2])], view.known[k + 1].kinds, k + 2  # 规划、合理|布局|资源
        is_brought = texts[n] == "形成" and n + 1 < view.size
        if is_brought and {"pivot", "governing"}.isdisjoint(view.known[n - 1].classes):
            if "lead" not in kind:
                verbs, n = [*verbs, "形成"], n + 1  # 梳理形成|清单, not 加快|形成
            break
        if not view.known[k].acts or k + 1 > view.size:
            break
        other = view.known[k].kinds
        at_end = k + 1 >= view.size
        building = (
            "built" in view.known[k].classes and "built" in view.known[n - 1].classes
        )  # 谋划新建、改扩建城区学校
        series = (
            len(verbs) == 2
            and texts[n] == "、"
            and "、" in verbs[-1]
            and units[k].tag == "v"
            and NOUNLIKE.isdisjoint(other)
        )  # 推介、展示、销售特色农产品
        if _begins_object(view, n, k, joint=joint):
            break
        is_attribute = texts[k] == "新增" and "pivot" not in view.known[n - 1].classes
        if not joint and (is_attribute or (at_end and "aim" in kind and texts[k] in PUT_IN)):
            break  # 控制|新增支出, 增加|投入
        if joint and not building and not series and (len(verbs) > 1 or "noun" in other or at_end):
            break
        if joint and "first_of_pair" in view.known[k].classes and view.known[k + 1].acts:
            verbs, kind, n = [texts[k]], other, k + 1  # 科学调度、督促指导工作
            continue
        # 突出|开放发展关键领域: what is stressed may be a noun made of verbs
        named = (
            "stressing" in view.known[n - 1].classes
            and not NOUNLIKE.isdisjoint(other)
            and view.known[k + 1].acts
        )
        if "lead" in kind and named:
            break
        supported = "encouraging" in view.known[n - 1].classes  # 鼓励|利用各类平台
        if (
            texts[k] == "发展"
            and "lead" not in kind
            and not joint
            and not at_end
            and "developing" not in view.known[n - 1].classes
        ):
            break  # 构建|发展新体制
        if not joint and texts[n - 1].endswith("好") and not texts[k].endswith("好"):
            break  # 当好|推动发展的先锋
        if "lead" in kind and not at_end and not supported and view.is_predicate(k, sure=True):
            verbs, kind, n = [texts[k]], other, k + 1  # 加快推进: 推进
            continue
        if (
            at_end
            and not joint
            and "compoundable" in view.known[n - 1].classes
            and "executed" in view.known[k].classes
        ):
            verbs.append(texts[k])  # 认真组织实施
            n = k + 1
            break
        if at_end and ("nominal" in kind or len(verbs) > 1 or (view.size > 2 and "noun" in other)):
            break
        if (
            not joint
            and k + 2 == view.size
            and "either" in other
            and "nominalizer" in view.known[k + 1].classes
        ):
            break  # 通报|实施进度
        if (
            not joint
            and not at_end
            and "institution" in view.known[k + 1].classes
            and "instituting" not in view.known[k].classes
        ):
            break  # 建立|通报制度, but 建立健全制度
        if not at_end and view.follows_head(k + 1) and not NOUNLIKE.isdisjoint(other):
            break
        if not joint and "noun" in other and verbs[-1] not in view.lexicon.words["first_of_pair"]:
            break
        is_second = "second_of_pair" in view.known[k].classes or (
            texts[k] == "扶持" and "encouraging" in view.known[n - 1].classes  # 引导扶持业余赛事
        )
        if "nominal" in kind and not joint and ("noun" in other or not is_second):
            break
        if "light" in other or (
            len(verbs) == 2
            and not joint
            and "first_of_pair" not in view.known[n - 1].classes
            and texts[k][0] != texts[n - 1][0]  # 做大做强|做优
        ):
            break  # 探索建立|量化指标体系
        pair = verbs[-1] in view.lexicon.words["first_of_pair"]
        if (
            not pair
            and not building
            and not (units[k].tag.startswith("v") or "second_of_pair" in view.known[k].classes)
            and "nominal" not in other
        ):
            break
        verbs.append(joined_text(units[n : k + 1]))
        kind, n = other, k + 1
    return verbs, kind, n
