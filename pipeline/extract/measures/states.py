"""Clauses that only seem to act: 任务仍然艰巨, 承接平台积极拓展, 专业村发展到10个, 提供…是…的任务."""

from __future__ import annotations

from pipeline.extract.measures.verb_group import PLACED_RE, Predicate
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

SUPPORT_RE = lazy_re(
    r"(?:打下|奠定|筑牢|夯实|提供|注入|增添|创造)了?(?:更加?)?(?:坚实|有力|强有力|强大|坚强|良好|重要|充沛|新)的?[\u4e00-\u9fff]{0,12}(?:基础|支撑|保障|动力|动能|活力|条件|环境)$|保驾护航$|(?:打下|奠定|筑牢|夯实|提供|注入|增添|创造)(?:制度|组织|人才|技术|法治|服务)?(?:基础|支撑)$"
)

BRINGING = ("推动", "促进", "推进")  # 推动改革取得新进展 is a goal in a plan
LOOKING_BACK_RE = lazy_re(r"[了过]|已")
NAMED_ONLY = frozenset(["行动", "工程", "计划", "专项行动"])
CARRYING_OUT = frozenset(
    ["实施", "开展", "启动", "推进", "组织", "参加", "加快", "落实", "推动", "谋划", "部署"]
)
PRAISED = frozenset(["有力", "有序", "有效", "有方", "有度"])  # how something was done, and no object
FINISHED = (
    "投入使用",
    "投入运营",
    "投入运行",
    "交付使用",
    "建成投用",
    "建成投产",
    "投用",
    "竣工",
    "完工",
    "通车",
    "动工",
)
SHARES = ("比例", "占比", "比重", "使用率", "覆盖率")
THOUGHTS = ("的理念", "的思想", "的意识", "的观念", "的观点", "的导向")
SAYING_WHAT_IS = frozenset(["坚持", "确保", "保证", "明确", "认定"])  # verbs whose object may hold 是
NO_COPULA = ("特别", "尤其", "就", "不", "还", "而")  # before 是: 特别是, 就是
SET_UP = ("建立", "构建", "健全", "完善")
DRAFTED = ("编制", "制定", "制订", "出台", "修订", "起草", "印发")  # a plan may name the level it is for

PUSHED_RE = lazy_re(r"力争|争取|确保|将|把|要(?!求)|尽[快早]|并.{2,4}$")
GROWN_RE = lazy_re(r"(?:发展|增加|增长|上升|下降|扩大|减少|降低|提高|提升)[到至为][约近]?\d")  # 发展到10个
# states that a clause ends in, and how many characters of it they take at most
_STATE_BEGINS = "按条质水能仍依十非还较比很极日不有亟迅大明持稳进逐显加纵扎顺强如及竞全的更愈意责任使形潜压前影作成效优基难要差力缺风做贡最"
_STATE_END_RE = lazy_re(
    rf"(?=[{_STATE_BEGINS}])(?:"  # none begins otherwise, and most characters are none of these
    r"(?:仍然|依然|十分|非常|仍|(?<![返偿归退耕牧田])还(?![款贷账原清建迁林草湿债本])|(?<!比)较为?|比较(?!优势|效益|利益)|很|极为|日益|日趋|不够|有待|亟待|亟需)[\u4e00-\u9fff]{1,4}$"
    r"|(?<=....)(?<!应当)(?<!必须)(?<![应须])(?<!(?<![需又])要)(?:迅速|大幅|不断|明显|持续(?![发用]力)|稳步|进一步|逐步|逐年|显著|有序|加速|进展(?!情况)|纵深|扎实|顺利|加快|强力|如期|按时|按期|及时|竞相)[\u4e00-\u9fff]{2}$"
    r"|(?<=....)全面(?:完成|加快|提速|进步|改善|好转|铺开|展开|拉开|建成|完工|竣工|发展)$"
    r"|的[\u4e00-\u9fff]{2,6}(?:加大|加快|增强|提升|提高|下降|上升|凸显)$"
    r"|(?:更加|更为|更趋|愈加|最为)[\u4e00-\u9fff]{2}$"
    r"|(?<=[\u4e00-\u9fff]{2})(?<!弥补[\u4e00-\u9fff]{2})不(?!手软|松劲|动摇|放松|止步|停步|懈怠|变|减|退|停|断|松|掉队|落空|走样|贷|扰)[\u4e00-\u9fff]{1,2}$"  # 供给能力不强
    r"|(?:意义|责任|任务|使命|形势|潜力|压力|前景|影响|作用|成效|成果|效果|成绩|优势|基础)"
    r"(?:重大|重要|深远|艰巨|繁重|光荣|严峻|复杂|巨大|广阔|明显|显著|突出|良好|扎实|薄弱|牢固|雄厚|丰硕|不容乐观|不容忽视)$"
    r"|(?:条件|基础|质量|水平|意识|能力)(?:较|偏|很|还|仍)?(?:差|弱|低下|落后|薄弱|不足)$"
    r"|(?:难度|任务|压力|要求|差距|力度|潜力|缺口|风险|强度|成本)(?:较|偏|很|还|仍)?[大重高小多长低弱少]$"  # 解决难度大
    r"|[作做]出[\u4e00-\u9fff]{0,5}贡献$|贡献[\u4e00-\u9fff]{0,4}(?:力量|智慧|方案)$"
    r"|(?<=....)基本(?:完成|建成|形成|建立|完工|实现|解决|消除|稳定|(?:[\u4e00-\u9fff]{2})?到位)$)"
)  # 任务仍然艰巨, 规模迅速壮大
_STATE_END = 9
_STATE_RE = lazy_re(
    r"通过.{2,24}(?:验收|评审|考核|认定|评估|鉴定|评价|复核|年检)$"
    r"|被[^，]{0,20}(?:授予|评为|命名|列为|列入|确定|认定|评定|表彰)"
    r"|^(?!.{0,16}(?:[把将使]|确保|力争|争取|努力|保持)).{2,24}控制在[\d.]"
    r"|^(?!推动|促进|引导|加快|支持|鼓励|实现)[^，]{2,40}向[^，]{2,20}转变$"
    r"|(?<!不)[好优快慢]于|(?:成势|成型|成形|如下)$"
    r"|自[^，]{2,24}起(?:正式|开始)?(?:执行|实施|施行|试行|生效)$"
    r"|结构比?(?:优化|调整|演进)(?:为|到|至)[\d.]{1,6}\s?[:：∶]"
    r"|(?:仍然?|依然|总体|正|还)处[于在]"
    r"|(?<=....)位[居列](?:全|第|前)|走在[^，]{0,6}前列$|(?:步伐|进程|节奏)(?:明显|不断|进一步)?加快$"
    r"|得到[^，的]{0,4}(?:加强|改善|提升|提高|落实|保障|解决|控制|遏制|巩固|发展|优化|增强|缓解|恢复|规范|保护)$"
    r"|投资(?:总规模|总额|总量|额)(?![的）])"
    r"|(?:迈上|再上|跃上|登上|踏上|迈入|步入)了?[^，]{0,4}(?:台阶|征程|阶段|轨道)$"
    r"|^[^，把将使]{2,16}由[\d.]{1,6}\s?[:：∶][\d.:：∶\s]{1,20}"  # 三次产业结构由18:38:44调整为…
)
_STATING_RE = lazy_re(
    "|".join([*"起居列处过被控转于势型形下资阶征段道:：∶", "得到", "加快$"])
)  # without one of these it finds nothing
_LEVEL_RE = lazy_re(
    r"(?:率|面积|产值|增加值|零售额|总值|外资|收入|总额|余额|规模|人数|总数|数量|里程|长度|总量|占比|比重)(?:均|已|全部|分别|累计|预计){0,2}"
    r"(?:达|为|超|突破|完成|增长|下降|(?:提高|提升|上升|回落|回升|减少)[约近]?\d)"
)  # 供水率均达到100%
_REACHING_RE = lazy_re(r"[达为超突完增下提上回减]")
_ATTAINED_RE = lazy_re(
    r"(?<!力争)(?<!争取)取得了?[^，；。]{0,10}(?:成效|效果|进展|成绩|突破|成果|实效|胜利|成功|提升|进步|成就|佳绩)$"
    r"|^[^、并]{2,}惠及.{0,6}\d|^(?:全年|累计)?实际(?:利用|使用|到位).{0,8}\d"
    r"|(?<![一二三四五六七八九十点键别其但就凡还])是.{1,40}(?:之一|系统工程|民生工程|大事|课题|使命|职责|决策|部署|关键|前提|核心|保障|途径|举措|抓手|根本|环节|体现|重头戏|原因|基础|任务|要求|内容|目标|标志|结果|事业|组成部分|纽带|桥梁|窗口|载体|基石|缩影|源泉|动力|支撑|主力军|主阵地|生命线)$"
    r"|(?<!划)分为|(?<![别其但就凡还])是[^，]{1,40}的[^，的]{0,4}条件$"
    r"|(?:庆祝|喜迎|纪念|迎接|恰逢|适逢|正值)[^，。]{0,16}(?:周年|华诞|诞辰)$"
    r"|保持.{2,20}称号$|提出了.{0,20}(?:责任|要求)$"
    r"|(?:做出|作出)了.{0,8}贡献$|迈出.{0,4}步伐$|(?:千载难逢|任重道远|来之不易|前所未有|势不可挡|势在必行|有目共睹|深入人心)$"
    r"|(?:意义|使命|任务)(?:十分|非常|更加?)?(?:重大|深远|艰巨|繁重|光荣)$|(?:刻不容缓|迫在眉睫|时不我待)$"
    r"|(?<!解决)(?<!弥补)(?<!确保)[^，]{4}(?:力度|还|仍|[作做]得)不够[\u4e00-\u9fff]{0,4}$"
    r"|(?:事关|关乎|关系到)[^，的]{2,20}$|得到了?[^，的]{0,12}(?:肯定|认可|好评|赞誉|赞扬|表扬)$|(?:体现|彰显|凸显)了"
    r"|(?:很有必要|十分必要|非常必要|十分重要|非常重要|至关重要|尤为重要|不可或缺)$|成为(?:常态|共识|自觉|趋势|主流|亮点|瓶颈|短板)$"
    r"|(?:手段|方式|渠道|结构|形式|机制|设施|建设|进展|进度)(?:较为?|比较|相对|过于|还|仍)?(?:单一|滞后|缺失|缺位|不畅|缓慢|匮乏|粗放)$"
    r"|更[足大多好高强快稳美旺]了$"
    r"|问题(?:依然|仍然|仍|还|较为?|比较)(?:突出|存在|严重)$|目的(?:就)?是"
    r"|(?:关键|根本|核心|重点|目的|难点)在于|(?:关键|根本|出路|希望)在[^，的]{1,6}$|离不开|起到了?[^，]{0,10}作用$|共有[\d.]{1,8}[^，]{0,6}$"
    r"|(?:奠定|指明|提供|注入|增添|创造)了|(?:初见|卓有|大见|富有)成效$"
)  # 减轻负担工作取得了成效, 为…奠定了基础
# without one of these words or ends nothing is attained
_ATTAINED_WORDS_RE = lazy_re(
    r"取得|得到|成为|是|分为|了|惠及|实际|事关|关乎|关系到|键在|本在|路在|望在|在于|离不开|起到|共有|不够"
)
_ATTAINED_ENDS = frozenset("伐逢远易有挡行睹心效号年诞辰大巨重荣缓睫待要缺一后失位畅慢乏放出在")


PREVENTING = frozenset(["防止", "避免", "杜绝"])  # 防止|执法不公
FACING = frozenset(["正视", "直面", "弥补", "补齐", "克服", "认清", "找准", "查找", "破解", "解决"])
FACED = ("不足", "差距", "短板", "弱项", "问题", "难题", "困难", "现象", "倾向")
URGING = frozenset(["督促", "督导", "责令", "敦促", "指导", "助力"])  # 督促施工单位|加快建设


def is_only_stated(view: ClauseView, found: Predicate) -> bool:
    """Return whether a clause tells of a state or a result, whatever predicate was found in it."""
    text, verb = view.text, found.verb
    serves = text[0] == "为" or (text[0] in "将也必并" and "为" in text[1:3])
    if serves and SUPPORT_RE.search(text):
        return True  # 为粮食丰收打下坚实基础
    if view.is_report and verb.endswith("实现"):
        return True
    if found.object in NAMED_ONLY and verb not in CARRYING_OUT and not view.is_adverb(0):
        return True  # （一）景区提质行动
    if found.object[:1] == "有" and found.object.partition("、")[0] in PRAISED:
        return True  # 保障有力
    if verb == "组织" and found.object.endswith(SHARES):
        return True  # 国家组织药品集中采购中选药品使用比例: the name of an indicator
    if verb == "组成" and text.endswith("组成"):
        return True  # 成员由各部门负责人组成
    if verb in ("听取", "倾听", "聆听", "观看", "前往") and not view.is_paper:
        return True  # what a meeting heard
    if (
        text[-1] in "用营行工车产"
        and text.endswith(FINISHED)
        and (verb == "投入" or not _is_pushed(view, verb))
    ):
        return True  # 职教中心新建宿舍楼投入使用
    is_goal = "取得" in text and view.is_paper and verb in BRINGING
    is_goal = is_goal and not LOOKING_BACK_RE.search(text)
    listed = text[:-1] if text[-1] == "等" else text  # 问题是：设施建设缓慢〔等〕
    if (is_attained(listed) and not is_goal) or (
        found.actor and not PLACED_RE.search(text) and GROWN_RE.search(text)
    ):
        return True
    if "对" in text and found.object and text.endswith(verb) and "对" + found.object in text:
        told = view.known[view.size - 1]
        if "aim" not in told.kinds and "strengthening" not in told.classes:
            return False  # 要对缺苗的地块及时补种, 对隐患逐步销号, but 对企业的支持力度不断加大
    if verb in FACING and found.object.endswith(FACED) and text.endswith(found.object):
        return False  # 正视|不足, 解决|责任心不强等问题
    stated = is_state(listed, acts_first=verb.startswith(DRAFTED) or verb.endswith(SET_UP))
    defined = "是" in text and _is_defined(view, found)
    if not (stated or defined):
        return False
    pivots = view.lexicon.words["pivot"]
    urges = verb in URGING or (verb in PREVENTING and "的" not in found.object)
    pivotal = not text.endswith(verb) and (urges or any(verb.startswith(pivot) for pivot in pivots))
    return (stated and not pivotal) or (defined and verb not in SAYING_WHAT_IS)


def _is_pushed(view: ClauseView, verb: str) -> bool:
    """Whether what is finished at a clause's end is striven for or brought about: 确保水厂竣工, 推动大桥通车."""
    by_pivot = any(verb.startswith(pivot) or verb.endswith(pivot) for pivot in view.lexicon.words["pivot"])
    return by_pivot or PUSHED_RE.search(view.text) is not None


def _is_defined(view: ClauseView, found: Predicate) -> bool:
    """Whether the action is only the subject of 是: 提供优质服务是…的任务."""
    if view.text.endswith(THOUGHTS):
        return False  # 树牢〔发展是第一要务的〕理念
    at = view.text.find(found.verb)
    if at < 0:
        return False
    behind = view.units[0].start + at
    for n, text in enumerate(view.texts):
        if text == "是" and n and view.units[n].start > behind and not view.texts[n - 1].endswith(NO_COPULA):
            return True
    return False


def is_state(text: str, *, acts_first: bool = False) -> bool:
    """Return whether a clause says how things stand; a level behind a verb that opens it belongs to the object.

    >>> [is_state(text) for text in ("任务仍然艰巨", "供水率均达到100%", "产业规模迅速壮大", "壮大规模")]
    [True, True, True, False]
    """
    return bool(
        _STATE_END_RE.search(text, max(0, len(text) - _STATE_END))
        or (_STATING_RE.search(text) and _STATE_RE.search(text))
        or (not acts_first and _REACHING_RE.search(text) and _LEVEL_RE.search(text))
    )


def is_attained(text: str) -> bool:
    """Return whether a clause tells what was attained, or what something is.

    >>> [is_attained(text) for text in ("减负工作取得了成效", "项目是重要抓手", "抓好项目")]
    [True, True, False]
    """
    may_tell = text[-1:] in _ATTAINED_ENDS or _ATTAINED_WORDS_RE.search(text)
    return bool(may_tell and _ATTAINED_RE.search(text))
