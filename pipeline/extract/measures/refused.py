"""Predicates that are found and are none, by what they are made of; and those whose words have to be put right."""

from __future__ import annotations

from pipeline.extract.measures.bound_subjects import told_of_deed
from pipeline.extract.measures.came_about import PATTERNS, TOLD_BY, TOLD_THINGS, is_told_as_done
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

# how firmly something is done, and no object
UNSHAKEN = frozenset(["不动摇", "不放松", "不松劲", "不松手", "不松懈", "不停步", "不懈怠", "不手软"])
SHOULDERED = frozenset(
    ["勇担", "担当", "担负", "担起", "扛起", "肩负", "承担"]
)  # a mission, which is a stance and no deed
BARE = 2  # characters of a verb that stands alone
HASTENED = frozenset(["加快", "加速"])
CASE_RE = lazy_re(r"如(?:有.*|发现|遇到?|出现|发生)")
VISIT_RE = lazy_re(
    r"(?P<place>[^，、的]{1,12}?)(?:实地|现场|一线|开展)?(?P<deed>走访|调研|督导|检查|慰问|调查|考察|宣讲|暗访|摸排|巡查|看望|督查)"
)
# behind 不 what something lacks: 不规范行为
QUALITIES = frozenset(["稳定", "确定", "平衡", "协调", "适应", "规范", "完善", "健全", "重视", "尊重"])
# what has been settled, and others act by it: 按照时间安排
SETTLING = frozenset([
    "安排", "部署", "要求", "规定", "分工", "计划", "研究", "研究决定", "决定", "同意", "批准", "分解",
])  # fmt: skip
ACCORDING_RE = lazy_re(r"经|[^，]{0,24}?(?:按照?|依照|依据|根据|遵照|对照|结合|参照)")
COMBINING_RE = lazy_re(r"[^，]{0,24}?(?:结合|立足|围绕|聚焦)")
NAMED_BY = frozenset(["建设", "发展", "改革", "创建", "治理", "服务", "管理"])
LISTS = frozenset(["清单", "方案", "表", "要求", "任务", "情况"])
JOINT_BEGINS = frozenset("的及得")
JOINT_RE = lazy_re(r"的|及(?![时早格第])|得(?![到分失力益])")
KINDS_OF_PLACE = frozenset("区园点站室所带圈港城")  # that make a name of the verb before them: 集聚区, 停靠点
STREETS = frozenset("街路桥")
BEHIND_STREETS = frozenset(["", "（", "至"])
QUALIFYING = frozenset(["符合", "具备", "满足"])  # who meets a condition
DAYS = ("之日", "之日止")
LED_BY = frozenset(["依托", "基于", "凭借", "借助", "针对"])
MEANS = (
    "体系", "机制", "平台", "系统", "网络", "模式", "队伍", "阵地", "载体", "优势", "问题", "难题", "困难", "难点",
)  # fmt: skip
BUILDING = frozenset(
    ["建设", "构建", "搭建", "完善", "健全", "建立", "打造", "强化", "优化", "形成", "开发", "建成", "组建"]
)
LONGEST_MEANS = 6
ALIKE_RE = lazy_re(r"又[\u4e00-\u9fff]{1,2}又[\u4e00-\u9fff]{1,2}")
WHOSE = frozenset([
    "企业", "项目", "单位", "个人", "机构", "农户", "人员", "家庭", "学校", "主体", "产品", "园区", "学生", "群众", "村",
])  # fmt: skip
TURNING_TO = frozenset(["作为", "当作", "看作", "当成", "视为"])
# what something is held to be, which is a stance and no deed: 作为…的头等大事
ROLE_RE = lazy_re(
    r"(?:作为|当作|看作|当成|视为)[^，]{0,24}?(?:头等大事|大事|(?:战略|政治|首要|中心|重大|光荣)任务|考验|检验|试金石|源头活水|助推器|第一要务|重中之重|首要任务|首要位置|突破口|生命线|根本|牛鼻子|关键要素|主引擎|引擎|压舱石|先手棋|头号工程|一号工程|一把手工程|主攻方向|着力点|切入点|落脚点|出发点|立身之本|立县之本)”?$"
)
EACH_MORE_RE = lazy_re(r"每(?:增加|新增|减少|增|减)[约]?[\d.一]{1,6}[万]?[一-鿿]{1,3}")
GIVING = frozenset([
    "补助", "补贴", "奖励", "预付", "支付", "拨付", "返还", "发放", "提供", "移交", "转交", "交付", "赠送", "捐赠", "分配", "转让", "划转", "出租", "租赁",
])  # fmt: skip
CHOSEN_RE = lazy_re(r"(?<=..)(?:入选|获评|荣获|获批|跻身)")
IS_RE = lazy_re(
    r"(?:时间|时限|期限|对象|范围|条件|地点|方式|名额|内容|性质|规模|地址)为"
    r"|(?:重点|主要)?(?:对象|范围|条件|方式|内容|重点|项目|指标)(?:主要|重点|还)?(?:包括|包含|涵盖)"
    r"|(?:成本|费用|单价|价格|工期|周期|年限)(?:平均|一般|约|均)?为[每约近\d一二两三四五六七八九十]"
)  # 处理|成本为每吨2.4元
TOLD_OF = frozenset("时期对范条地方名内重主项指成费单价工周年性规")  # how what IS_RE finds begins
COUNTED = TOLD_OF | frozenset("点量人")  # how what is counted begins
AIMED_AT = ("任务", "目标", "计划", "指标", "标准", "总数", "规模")
AMONG = ("人口中", "人员中", "对象中", "项目中")
FIGURE_RE = lazy_re(r"\d")
# the stage of a plan with the time it takes: 集中攻坚（2024年5月至2026年6月）
STAGE_RE = lazy_re(r"[\u4e00-\u9fff]{2,10}（[^（）]{0,6}(?:20\d\d年|\d{1,2}月)[^（）]{0,20}）")


def is_refused(view: ClauseView, found: Predicate) -> bool:
    """Return whether what was found is no deed: part of a name, said of another, settled before, or what something lacks."""
    said, thing, verb = view.text, found.object, found.verb
    if "之日" in thing and thing.endswith(DAYS):
        return True  # 加收|利息至补缴税款之日: until when, and no object
    if said[:2] in LED_BY and _is_of_means(view, found):
        return True  # 依托四级包联体系, 针对看护难问题
    if verb in TURNING_TO and ROLE_RE.search(said):
        return True  # 把招商引资作为发展的源头活水
    is_part = (
        thing[-2:] == "占比"
        and said[-1] == "%"
        and "built" in view.lexicon.known.get(verb[:2], NOTHING).classes
    )
    if is_part or (said[0] == "每" and EACH_MORE_RE.fullmatch(said)):
        return True  # 新建|护理型床位占比不低于60%, 每|增加|1人
    if "由于" in thing:
        return True  # 近两年由于规模|扩大
    if (
        said[:2] == "一经"
        or (verb == "建档立卡" and thing and not said.endswith(verb))
        or (thing[:1] == "又" and ALIKE_RE.fullmatch(thing))
    ):
        return True  # 一经调查核实, 问题解决又快又好, 其中建档立卡人口5572人
    may_be_chosen = "入选" in thing or "获" in thing or "跻身" in thing
    if may_be_chosen and _is_chosen(view, found):
        return True  # 香包制作|技艺入选省级名录
    if "受到" in said and said.find("受到") < said.find(verb):
        return True  # 工作受到省政府通报表扬
    if thing[:1] == "率" and verb + "率" in said and thing[1:2] not in ("先", "领", "队"):
        return True  # 收缴|率仅为81%
    if (
        said[2:3] == "、"
        and "aim" in view.known[0].kinds
        and all(len(part) == BARE for part in said.split("、"))
    ):
        return True  # 提升、增效、扩容, but 定岗、定责
    if said[4:5] == "、" and not thing and said[:4] == f"{found.actor}{verb}":
        return True  # 城区提升、乡村振兴
    if thing[-2:] == "使命" and verb in SHOULDERED:
        return True  # 勇担新使命
    if verb == "交出" and thing.endswith(("答卷", "成绩单")):
        return True
    if verb == "走进" and not view.is_norm:
        return True  # 走进…社区, as a reporter tells
    is_counted = thing and (thing[0] in COUNTED or thing[-1] == "为")
    if (
        thing
        and (is_counted or said[0] in "对按" or said[-1] == "）")
        and _is_told_of_things(said, thing, verb)
    ):
        return True
    if "要" in thing and told_of_deed(view):
        return True  # 调整|结构要因地制宜
    if thing in KINDS_OF_PLACE or (thing[:1] in STREETS and thing[1:2] in BEHIND_STREETS):
        return True  # 入选智能|集聚|区, 育才|街（龙津路至春台路）启动实施
    if thing[-2:] == "朋友" and "的" in thing:
        return True  # 以及所有关心、支持青山发展的社会各界朋友
    if said[0] in "对针" and _is_only_about(view, found):
        return True
    if verb in SETTLING and ACCORDING_RE.match(said) and _is_of_what_is_settled(said, found):
        return True
    if not thing and verb in NAMED_BY and (COMBINING_RE.match(said) or (verb == "发展" and said[0] == "在")):
        return True  # 县水利局结合新农村建设，…, 在更大范围内发展
    if thing[:1] == "其" and len(verb) == 1:
        return True  # 聚焦固其基
    if thing[:1] in JOINT_BEGINS and JOINT_RE.match(thing):
        return True  # 发展|和改革的任务更重, 购置|及运行维护费, 完成|得更好
    if "不" in said and "不" + verb in said and _is_wanting(said, found):
        return True
    if "最" + verb in said or (said[0] == "所" and said.startswith(verb, 1)):
        return True  # 群众最关心的问题, 所征集项目应…
    may_tell = verb in TOLD_BY or thing[:2] in TOLD_THINGS or thing[-2:] in PATTERNS or "成为" in thing
    if may_tell and is_told_as_done(view, found):
        return True
    return verb in HASTENED and thing[:2] == "形成"  # 加快形成…格局: a result, as 形成 alone


def _is_chosen(view: ClauseView, found: Predicate) -> bool:
    """Whether an honour comes to what the verb only helps to name: 香包〔制作〕技艺入选省级名录, not 推荐3家企业入选名录."""
    if not CHOSEN_RE.search(found.object) or view.text.startswith(found.verb) or view.is_adverb(0):
        return False
    return {"pivot", "governing"}.isdisjoint(view.lexicon.known.get(found.verb, NOTHING).classes)


def _is_of_means(view: ClauseView, found: Predicate) -> bool:
    """Whether the verb only tells what the means is that the clause is about: 依托四级|包联|体系."""
    said, thing = view.text, found.object
    if not thing.endswith(MEANS) or not said.endswith(found.verb + thing) or len(thing) > LONGEST_MEANS:
        return False
    if said[:2] == "针对":
        return thing.endswith("问题") or not view.lexicon.known.get(found.verb, NOTHING).kinds.isdisjoint(
            NOUNLIKE
        )
    return found.verb not in BUILDING


def _is_told_of_things(said: str, thing: str, verb: str) -> bool:
    """Whether a clause counts or dates what it names: 安置|点共7个, 下达任务为5086户, 集中|攻坚（3月至5月）."""
    if thing[0] == "点" and thing[1:2] in ("共", "有", "总"):
        return True
    if thing[0] == "量" and verb + "量" in said and thing[1:2] not in ("化", "身", "力", "产", "刑"):
        return True  # 班车开行|量突破1.2万车次
    if said[0] == "对" and said.endswith(verb + thing) and thing in WHOSE:
        return True  # 对在新三板|挂牌|企业, 给予…
    if said[0] == "按" and verb + thing != said[1:] and "享受" in thing:
        return True  # 按企业|新增|贡献享受政策
    if thing[:1] in TOLD_OF and IS_RE.match(thing):
        return True  # 进驻|时间为两年, 排查|内容主要包括房屋结构安全
    if thing[-1] == "为" and thing[:-1].endswith(AIMED_AT):
        return True
    if thing.startswith(AMONG) and FIGURE_RE.search(said):
        return True  # 搬迁|人口中贫困户4321户
    return said[-1] == "）" and STAGE_RE.fullmatch(said) is not None


def mended(said: str, found: Predicate) -> Predicate:
    """Return a predicate whose object is what the deed is done to: 深入企业〔走访〕, 如发现〔隐患〕立即整改."""
    verb, thing = found.verb, found.object
    if thing[-3:] in UNSHAKEN:
        return Predicate(verb, thing[:-3], found.actor)  # 狠抓“三件大事”|不动摇
    if thing[:1] == "在" and thing[-1] in "上中里下" and said.find(thing) < said.find(verb):
        return Predicate(verb, "", found.actor)  # 在思想上|高度|重视
    if verb == "深入" and thing[:2] == "了解":
        return Predicate("了解", thing[2:], found.actor)
    if verb == "深入" and (visit := VISIT_RE.fullmatch(thing)):
        return Predicate(visit["deed"], visit["place"], found.actor)
    if said[:2] in QUALIFYING and "的" in thing[: thing.rfind(verb) + 1]:
        behind = thing[thing.rfind(verb) + len(verb) :]
        return Predicate(verb, behind, found.actor)  # 符合进驻条件的直接进驻〔超市〕
    if thing[:1] == "给" and verb in GIVING and said.endswith(thing):
        return Predicate(verb, thing[1:], found.actor)  # 由县财政补助给〔企业〕
    if thing[:1] == "（" and "（" not in thing[1:] and thing[-1] == "）":
        return Predicate(verb, "", found.actor)
    if thing[:1] == "如" and (case := CASE_RE.match(thing)):
        return Predicate(verb, thing[case.end() :], found.actor)
    return found


def _is_only_about(view: ClauseView, found: Predicate) -> bool:
    """Whether the clause is what the rest is said of: 对|进一步|改善|办学条件, 针对交通建设项目、集体经济发展."""
    if view.texts[0] == "对" and found.object:
        return _is_of_deed(view, found)
    return view.text[:2] == "针对" and not found.object and "进行" not in view.text


def _is_of_deed(view: ClauseView, found: Predicate) -> bool:
    """Whether the predicate is what 对 is followed by at once, adverbs between: 对|进一步|改善|办学条件."""
    deed = next((n for n in range(1, view.size) if not view.is_adverb(n) or len(view.texts[n]) > 3), 0)
    return deed > 0 and view.known[deed].acts and found.verb.startswith(view.texts[deed])


def _is_of_what_is_settled(said: str, found: Predicate) -> bool:
    """Whether a clause only tells by what those act who are named: 要按照时间安排, 对照任务分解清单, 县督查办要结合任务分解."""
    at = said.rfind(found.verb)
    if said.endswith(found.verb):
        return found.object in said[:at]
    return found.object in LISTS and said.endswith(found.verb + found.object)


def _is_wanting(said: str, found: Predicate) -> bool:
    """Whether 不 makes the verb no deed: 不稳定、不确定因素增多, 戴口罩、勤洗手、不聚集; 不搞“一刀切” is one."""
    if said.count(found.verb) > 1:
        return False  # 规范不规范的经营行为
    if found.verb in QUALITIES or found.object[:1] == "不":
        return True
    return "、不" + found.verb in said and 0 <= said.find(found.object) < said.find("、不" + found.verb)
