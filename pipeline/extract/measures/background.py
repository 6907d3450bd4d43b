"""Clauses that take no action by how they begin or end: 由于…, 尚未…, 在…过程中, 以…为抓手, 通过…等方式."""

from __future__ import annotations

from pipeline.extract.measures.endings import Endings
from pipeline.lazy_re import lazy_re

_NEVER_FIRST = frozenset(
    "要应必充深从比较同环为随由鉴因如只若凡欢虽尽即得获以例包其请敬希特现来作编记据问答这那关坚倘假除无不哪"
)  # the characters that the next begins with
# what a case leads to in its own clause: 如发现隐患〔立即〕整改
_MAIN = r"[^，]{2,40}(?:及时|立即|马上|迅速|第一时间|一律|不得|严禁|[都均]|应当?|必?须|要(?!求)|可以?|由|请)"
_NEVER_BEGINS_RE = lazy_re(
    r"(?:要|应|必须)?(?:充分|深刻)认识|从.{2,30}看$|(?:比|较(?!好)|同比|环比|为了|为(?:彻底|深入|全面|进一步|切实|贯彻|认真|加快|推动|更好|积极|有效|加强|确保|保障|促进|扎实|充分|顺利|及时|持续|不断|规范)|随着|由于|鉴于|因为|因(?!.[制施而利导因]|[公病灾残]|特困)"
    rf"|如果|(?:如(?![期实数约愿])|倘若|假如|假若|除非|无论|不论|不管|哪怕)(?!{_MAIN})"
    r"|只要|只有|若|凡(?![^，]{2,60}(?:不得|一律|必须|严禁))|欢迎|虽然|尽管|即使|得知|获悉|"
    r"以上(?!工作|任务|事项|措施)|以下|如下|例如|比如|包括|其中包括|请(?!(?!批)(?:[\u4e00-\u9fff、]{1,40}?(?:[^全本内]部|部门|[局委厅]|单位|政府))[^，]{4}|(?:[各全有][^，]{1,24}?)?(?:于|将|明确|指定|确定|(?:结合[^，]{2,8})?认真(?:贯彻|组织|抓好|遵照)))|敬请|希望|特此|现将|现就|现(?:予|特)?(?:印发|发布|公布|转发)|来源|作者|编辑|记者|据(?!实)|问(?![题责效需计诊询卷政])|答(?![复辩疑])|这是|这些|这种|那种|那些|这就是|关于|即(?:半|每)?[一每]?[日天周旬月季年期]度?一"
    r"|为[^，]{4,60}而[^，]{0,6}(?:奋斗|拼搏)$|坚持[^，]{2,30}(?<!求)是[^，]{0,16}(?:根本|关键|基础|前提|保证|保障|支撑|法宝|灵魂|要求|经验|选择)[^，]{0,4}$)"
)  # 为夺取…胜利而努力奋斗; 坚持科技自立自强是…的根本支撑
_NEVER_HOLDS_RE = lazy_re(
    r"(?:发挥|起|承担|担负|肩负|面临|关系|牵动|影响|保持|拥有|占据|扮演|意味|标志|充满|凝聚|承载)着|以.{2,8}迎接|明确提出|尚未|仍未|未能|无法|还须|还需|仍需|面临|具有.{0,8}意义|重要意义$|致以|具有.{0,8}(?:作用|影响|价值)$"
    r"|^[^，]{2,10}阶段(?:（[^（）]{2,40}）)?$|^(?:特|现|并|现就)?(?:制定|制订|编制|提出|作出)(?:如下|以下|本(?:要点|工作要点|办法|方案|规定|计划|意见|细则|措施|条例|通知|规划|制度))"
    r"|^(?:现|特此)(?:答复|通知|通报|报告|函复|批复|公告)如下"
    r"|请[^，]{2,24}提出(?:宝贵)?(?:意见|建议)$"  # 并请各位政协委员提出意见
    r"|有[^，]{0,12}(?:方面|地方|问题|不足|环节)[^，]{0,4}(?:需要|需|有待|亟待)[^，]{2,20}$"
    r"|(?:存在(?!的)[^，]{2,60}|(?:方面|[仍还也都])存在)(?:问题|困难|不足|短板|差距)$|(?:做好|抓好|把握|抓住|开展|采取|落实|实现|达到|遵循|坚持|完成)好?以下"
    # what is asked of those who are inspected: 是否实行24小时值班, but 检查是否…
    r"|^(?:(?![查看]|检查|审核|核查|核实|评估|研究|判断|确定|排查|询问|抽查|审查|论证|核对|了解|决定|明确|认定|监督|督查)[^，]){0,16}是否"
    r"|应当?(?:同时)?(?:具备|符合|满足)(?:以下|下列)"
    r"|(?<!（)(?<!详)(?:详?见|参见)(?:附件|附表|附录|下表|上表|文末)[^，）]{0,8}$|(?<!提出)(?<!作)如下$"  # 培训内容见附件
    r"|通报了[^，]{2,40}情况$"  # what a meeting is told
    r"|就[^，]{2,40}提出[^，]{0,8}(?:要求|意见)$"  # 周明就贯彻落实会议精神提出要求
    r"|^(?!对)[^，的]{0,14}(?<!凡)(?<!从)未(?:按照?|按时|按期|及时|严格|有效|完全|全面|切实|认真|落实|建立|完成|开展|配备|制定|公开|报送|提供|履行|执行|整改|签订|缴纳)(?![^，]{2,40}的)(?![^，]{0,40}(?:不得|不予|一律|禁止))"
    r"|作为[^，]{2,40}(?:责任人|责任主体)$|^(?:会议|大会).{0,10}听取|表示.{0,12}(?:敬意|感谢|歉意|祝贺|问候)"
)
# one of these characters, 作为 or 明确提出 is in whatever it finds
_HOLDING_RE = lazy_re(r"[着迎尚仍未无还临具义致阶下本请需待存否了听示求见]")


SERVING_RE = lazy_re(r"(?:有利于|有助于)[^，的]*$")  # 这项改革有助于打造品牌
SCOPE_RE = lazy_re(r"本[一-鿿]{2,4}(?:所称|适用)")  # 本办法适用于…
# what is done with advice, where 建议 is a noun: 建议办理, 建议答复
HANDLED_ADVICE = frozenset(["办理", "答复", "提案", "征集", "采纳", "落实", "全部", "均已"])


def never_acts(text: str) -> bool:
    """Return whether a clause takes no action by how it begins or by a word it holds: 由于…, 尚未…, 面临….

    >>> [never_acts(text) for text in ("由于教师不足", "工程尚未完工", "新建学校")]
    [True, True, False]
    """
    if text[0] == "本" and SCOPE_RE.match(text):
        return True
    if text[:2] == "建议" and text[2:4] not in HANDLED_ADVICE:
        return True
    if text[0] in _NEVER_FIRST and _NEVER_BEGINS_RE.match(text):
        return True
    if ("有利于" in text or "有助于" in text) and SERVING_RE.search(text):
        return True
    may_hold = _HOLDING_RE.search(text) or "作为" in text or "明确提出" in text
    return bool(may_hold and _NEVER_HOLDS_RE.search(text))


_TIMES = "以来 时候 以后 之后 之前 以前 之际 期间 同时 过程中 基础上 情况下 前提下 背景下 日内 月内 年内 出发 入手 吗 呢 如何 什么"
_OCCASIONS = "需要 要求 过程 结果 重要举措 重要保障 关键一年 关键之年 一年"
_AIDS = "支持 努力 关心 监督 带领 领导 指导 帮助 配合 影响 带动 推动 作用 框架"
_FRAMES = (
    "重点 契机 抓手 目标 核心 导向 载体 引领 统领 主线 主题 基础 根本 根本任务 中心 动力 支撑 突破口 牵引 己任 依托 "
    "指导 宗旨 准 例"
)
_WAYS = "途径 方式 形式 手段 渠道 措施 办法"
# a clause that ends so is the background of another: …的, 在…过程中, 以…为抓手, 通过…等方式
TAILS = Endings(
    (
        *_TIMES.split(),
        "为辅",
        *(f"为{word}" for word in _FRAMES.split()),
        *(f"的{word}" for word in _OCCASIONS.split()),
        *(f"{word}下" for word in _AIDS.split()),
        *(f"等{word}" for word in _WAYS.split()),
    ),
    {
        "的": "目",  # 不得以营利为目的
        "时": "小课学定准及",
        "后": "课会",
        "前": "面在目空提向当眼日史超支预先身跟从大年月底周天",
        "起": "0123456789一余多崛兴唤掀承撑奋拾引",
    },
)
_BACKGROUND_RE = lazy_re(
    r"^对.{4,160}(?:的(?:省|市|县|区|地区|地方|单位|学校|企业|机构|个人|教师|学生|人员|部门|家庭|项目)(?:（[^（）]{0,20}）)?(?:、县(?:（[^（）]{0,20}）)?)?|情况)$"  # 对成效明显的省
    r"|^对于?.{4,160}的[^，的]{0,24}(?:企业|机构|个人|自然人|团体|人员|单位|产品|主体|农户|行为)$"  # 对于为园区提供信息的企业、社会团体及自然人
    r"|^对于?在.{2,80}[^集]中$"
    r"|^(?:要|应当?|须|必须|继续|严格|始终){0,2}(?:根据|依据|按照|依照|遵照|参照).{2,160}(?:规定|要求|精神|部署|安排|通知|意见|办法|条例|原则|程序|分工|方案|制度|标准|口径|方针|思路)$"
    r"|(?:成效|效果|成绩|力度|贡献)(?:明显|显著|突出|较大|较好|大)的(?:省|市|县|区|地区|地方|单位|个人|企业|乡镇|学校)(?:（[^（）]{0,20}）)?(?:、县(?:（[^（）]{0,20}）)?)?$"  # 优化营商环境成效明显的省
    r"|^由[^，]{2,60}的(?:部分|金额|情形)$"  # 由境外雇主支付并负担的部分
    r"|^按[^，]{2,60}的[^，的]{0,4}(?:比例|标准)$"  # 按当年发放总额的一定比例
    r"|^(?:20\d\d年[^，]{0,14}(?:前|后|起|底))?(?:已经?|未|尚未|曾)[^，]{2,40}的[^，的]{0,12}(?:企业|单位|个人|学校|项目|机构)$"  # 已完成改制的企业
    r"|^(?:新建|改建|扩建|迁建)(?:、(?:新建|改建|扩建|迁建)){0,3}[^，\d一二两三四五六七八九十]{0,20}建设项目$"  # which projects
    r"|^对[标照]《.{2,60}》$"  # 对标《中小学教师专业标准》
    r"|^(?:利用|用)[\u4e00-\u9fff\d]{1,6}(?:时间|年)$"
    r"|^除.{2,40}外$"  # 除政策调整取消一项外
    r"|^(?:业|已)?经.{2,40}(?:同意|批准|通过|审定|研究|审核)$"
    r"|(?<!不得)(?<!不能)以.{2,80}为(?:(?!的)[\u4e00-\u9fff]|(?<=目)的){1,6}$"  # but 不得以营利为目的
    r"|的(?:开局|起步|关键|攻坚|决胜|重要)[\u4e00-\u9fff]{0,4}(?:年|期|时期|阶段)$"  # 向第二个百年目标进军的开局五年
)


# what is done to ways, and no way of doing something else: 畅通…举报平台等渠道, 细化…等措施
_WIDENED = frozenset([
    "畅通", "拓宽", "拓展", "丰富", "创新", "推广", "出台", "制定", "完善", "健全", "优化", "改进", "细化", "疏通", "开通", "开辟",
    "利用", "运用",
])  # fmt: skip
_FULLY_RE = lazy_re(r"^(?:要|应)?(?:充分|积极|综合|广泛)?")
# what is required is the object there: 严格落实“谁审批谁监管”的要求
REQUIREMENT_MET_RE = lazy_re(
    r"(?:要|应|须|必须|并|坚决|全面|认真|严格|切实|细化|深入|不折不扣){0,3}(?:落实|执行|细化|提高|降低|放宽|简化|取消|明确|提出)(?!到)"
)
AFTER_NAMES = ("项目的", "科目的", "栏目的", "节目的", "条目的", "题目的")  # 属于免税项目的, but 以营利为目的
_PRAISED = ("省", "市", "县", "区", "地方", "单位", "个人", "企业", "乡镇", "学校", "）")
_BACKGROUND_BEGINS = frozenset("新改扩迁利对根依按遵参业已经用主专除未尚曾要应须必继严始由")
_BACKGROUND_ENDS = ("年", "期", "阶段", *_PRAISED)
_TELLING_ENDS = TAILS.last | {end[-1] for end in _BACKGROUND_ENDS}


def is_background(text: str) -> bool:
    """Return whether a clause only says to what, when or how the next one acts.

    >>> [is_background(text) for text in ("以项目为抓手", "在推进过程中", "新建学校", "提高学习时")]
    [True, True, False, True]
    """
    if text[-1] not in _TELLING_ENDS and text[0] not in _BACKGROUND_BEGINS and "以" not in text:
        return False  # as most
    if "作为" in text[-6:] and ("将" in text or "把" in text):
        return False  # 将该县作为重点
    if text.endswith("的要求") and REQUIREMENT_MET_RE.match(text):
        return False
    if text[-2:] == "目的" and text.endswith(AFTER_NAMES):
        return True
    return (TAILS.end(text) and not ("等" in text[-4:] and _FULLY_RE.sub("", text)[:2] in _WIDENED)) or (
        (text[0] in _BACKGROUND_BEGINS or "以" in text or text.endswith(_BACKGROUND_ENDS))
        and bool(_BACKGROUND_RE.search(text))
    )
