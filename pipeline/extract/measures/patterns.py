"""What a clause looks like that takes no action, and the few actions that no verb in front gives away."""

from __future__ import annotations

import re

from pipeline.extract.measures.endings import Endings

# who may act: 县教育局, 各学校; not 城市, 格局, 全部
_ACTORS = (
    "县 区 省 街 政府 党委 县委 区委 市委 厅 部门 基金 署 省份 地区 委员会 教委 党组织 支部 党组 小组 "
    "工作组 教研组 专班 学校 中学 小学 幼儿园 高中 校 院 中心 单位 企业 机构 系统 财政 教师 校长 教研员 "
    "督学 班主任 干部 党员 我们 各地 各级 街道 镇办 社区 协会 工会 妇联 团委 联合会 公司 法院 检察院 公安 "
    "队 各方 负责人 人员 银行 大学 职工 志愿者 代表 组织 班子 教育体系 一把手 党支部 总队 家庭 农户 领导 "
    "成员 书记 河长 林长 田长 县长 区长 局长 主任 专家 民警 老师 名师 导师 集团 联盟 共同体 片区 学区 组长 家长 班级 "
    "年级 全县 全区 全市 全校 各校 县里 市里 区里 乡里 镇里 "
)
ACTORS = Endings(
    _ACTORS.split(),
    {
        "市": "城上超门",
        "镇": "城",
        "乡": "城",
        "村": "农",
        "局": "大格布结",
        "部": "全",
        "室": "教",
        "委": "原",
        "园": "公家田校庄乐",
    },
)
_NEVER_BEGINS_RE = re.compile(
    r"(?:要|应|必须)?(?:充分|深刻)认识|从.{2,30}看$|(?:比|较|同比|环比|为了|为(?:彻底|深入|全面|进一步|切实|贯彻|认真|加快|推动|更好|积极|有效|加强|确保|保障|促进|扎实|充分|顺利|及时|持续|不断|规范)|随着|由于|鉴于|因为|如果|若|凡|虽然|尽管|即使|"
    r"以上|以下|如下|例如|比如|包括|其中包括|请|敬请|希望|特此|现将|现就|现(?:予|特)?(?:印发|发布|公布|转发)|更好地|来源|作者|编辑|记者|据|问|答|这是|这些|这种|那种|那些|这就是|关于)"
)
_NEVER_HOLDS_RE = re.compile(
    r"明确提出|尚未|仍未|未能|还须|还需|仍需|面临|具有.{0,8}意义|重要意义$|致以|具有.{0,8}(?:作用|影响|价值)$"
    r"|^(?:特|现|并|现就)?(?:制定|制订|编制|提出|作出)(?:如下|以下|本(?:要点|工作要点|办法|方案|规定|计划|意见|细则|措施|条例|通知|规划|制度))"
    r"|^(?:现|特此)(?:答复|通知|通报|报告|函复|批复|公告)如下|^本[^，]{2,8}由.{2,30}负责解释$"
    r"|存在[^，]{2,60}(?:问题|困难|不足|短板|差距)$|(?:做好|抓好|把握|抓住|开展|采取|落实)好?以下"
    r"|^(?:会议|大会).{0,10}听取|表示.{0,12}(?:敬意|感谢|歉意|祝贺|问候)"
)
_TIMES = "的 以来 以后 之后 之前 以前 之际 期间 同时 过程中 基础上 情况下 前提下 背景下 日内 月内 年内 出发 入手 吗 呢 如何 什么"
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
    {"时": "小课学定准及", "后": "课会", "起": "0123456789余多"},
)
_BACKGROUND_RE = re.compile(
    r"^对.{4,160}(?:的(?:省|市|县|区|地区|地方|单位|学校|企业|机构|个人|教师|学生|人员|部门|家庭|项目)(?:（[^（）]{0,20}）)?|情况)$"  # 对成效明显的省
    r"|^对于?.{4,160}的[^，的]{0,24}(?:企业|机构|个人|自然人|团体|人员|单位)$"  # 对于为园区提供信息的企业、社会团体及自然人
    r"|^对于?在.{2,80}[^集]中$"
    r"|^(?:根据|依据|按照|依照|遵照|参照).{2,160}(?:规定|要求|精神|部署|安排|通知|意见|办法|条例|原则|程序|分工|方案|制度|标准|口径)$"
    r"|^除.{2,40}外$"  # 除政策调整取消一项外
    r"|^(?:业|已)?经.{2,40}(?:同意|批准|通过|审定|研究|审核)$"
    r"|^(?:主要|专项)?用于.{2,160}$"  # 统筹资金1200万元，用于学校改善项目
    r"|以.{2,40}为[\u4e00-\u9fff]{1,6}$"
    r"|的(?:开局|起步|关键|攻坚|决胜|重要)[\u4e00-\u9fff]{0,4}(?:年|期|时期|阶段)$"  # 向第二个百年目标进军的开局五年
)


_BACKGROUND_BEGINS = frozenset("对根依按遵参业已经用主专除")


def is_background(text: str) -> bool:
    """Return whether a clause only says to what, when or how the next one acts.

    >>> [is_background(text) for text in ("以项目为抓手", "在推进过程中", "新建学校", "提高学习时")]
    [True, True, False, True]
    """
    return TAILS.end(text) or (
        (text[0] in _BACKGROUND_BEGINS or "以" in text or text.endswith(("年", "期", "阶段")))
        and bool(_BACKGROUND_RE.search(text))
    )


# states that a clause ends in, and how many characters of it they take at most
_STATE_END_RE = re.compile(
    r"(?:仍然|依然|十分|非常|仍|(?<![返偿归退])还|较为?|比较|很|极为|日益|日趋|不够|有待|亟待|亟需)[\u4e00-\u9fff]{1,4}$"
    r"|(?<=....)(?:迅速|大幅|不断|明显|持续|稳步|进一步|逐步|显著|有序|加速|进展(?!情况)|纵深|扎实|顺利|加快|强力|如期|及时|竞相)[\u4e00-\u9fff]{2}$"
    r"|(?<=....)全面(?:加快|提速|进步|改善|好转|铺开|展开|拉开|建成|完工|竣工)$"
    r"|的[\u4e00-\u9fff]{2,6}(?:加大|加快|增强|提升|提高|下降|上升|凸显)$"
    r"|(?:更加|更为|更趋|愈加)[\u4e00-\u9fff]{2}$"
    r"|[\u4e00-\u9fff]{2}不(?!手软|松劲|动摇|放松|止步|停步|懈怠|变|减|退|停|断|松|掉队|落空|走样)[\u4e00-\u9fff]{1,2}$"  # 供给能力不强
    r"|(?:意义|责任|任务|使命|形势|潜力|压力|前景|影响|作用|成效|效果|成绩|优势|基础)"
    r"(?:重大|重要|深远|艰巨|繁重|光荣|严峻|复杂|巨大|广阔|明显|显著|突出|良好|扎实|薄弱|牢固|雄厚)$"
    r"|(?:难度|任务|压力|要求|差距|力度|潜力|缺口|风险|强度|成本)(?:较|偏|很|还|仍)?[大重高小多长低弱少]$"  # 解决难度大
    r"|[作做]出[\u4e00-\u9fff]{0,5}贡献$|贡献[\u4e00-\u9fff]{0,4}(?:力量|智慧|方案)$"
    r"|(?<=....)基本(?:完成|建成|形成|建立|完工|实现|解决|消除|稳定|(?:[\u4e00-\u9fff]{2})?到位)$"
)  # 任务仍然艰巨, 规模迅速壮大
_STATE_END = 9
_STATE_RE = re.compile(
    r"通过.{2,24}(?:验收|评审|考核|认定|评估|鉴定|评价|复核|年检)$"
    r"|被[^，]{0,20}(?:授予|评为|命名|列为|列入|确定|认定|评定|表彰)"
    r"|^(?!.{0,16}(?:[把将使]|确保|力争|争取|努力|保持)).{2,24}控制在[\d.]"
    r"|(?<!不)[好优快慢]于|(?:成势|成型|成形|如下)$"
    r"|投资(?:总规模|总额|总量|额)"
)
_LEVEL_RE = re.compile(
    r"(?:率|面积|产值|增加值|零售额|总值|外资|收入|总额|规模|人数|总数|数量|里程|长度|总量)(?:均|已|全部|分别|累计|预计){0,2}(?:达|为|超|突破|完成|增长|下降)"
)  # 供水率均达到100%
_REACHING_RE = re.compile(r"[达为超突完增下]")
_ATTAINED_RE = re.compile(
    r"(?<!力争)(?<!争取)取得了?[^，；。]{0,10}(?:成效|效果|进展|成绩|突破|成果|实效|胜利|成功)$"
    r"|(?<![一二三四五六七八九十点键])是.{1,40}(?:之一|关键|前提|核心|保障|途径|举措|抓手|根本|环节|体现|重头戏|原因|基础|任务|要求|内容|目标|标志|结果|事业|组成部分)$"
    r"|(?<!划)分为"
    r"|保持.{2,20}称号$|提出了.{0,20}(?:责任|要求)$"
    r"|完成了(?:.{0,24}确定的|各项|全年|年度|主要|既定|“[^”]{2,6}”各项)?[^，]{0,8}(?:目标任务|任务目标|目标|(?:各项|全年|年度|主要|既定)[^，]{0,6}任务)$"
    r"|(?:做出|作出)了.{0,8}贡献$|迈出.{0,4}步伐$|(?:千载难逢|任重道远|来之不易|前所未有|势不可挡|势在必行|有目共睹|深入人心)$"
    r"|(?:奠定|指明|提供|注入|增添|创造)了|(?:初见|卓有|大见|富有)成效$"
)  # 减轻负担工作取得了成效, 为…奠定了基础
_ATTAINED_WORDS_RE = re.compile(
    r"取得|是|分为|了|[伐逢远易有挡行睹心效号]$"
)  # without one of these nothing is attained


def never_acts(text: str) -> bool:
    """Return whether a clause takes no action by how it begins or by a word it holds: 由于…, 尚未…, 面临….

    >>> [never_acts(text) for text in ("由于教师不足", "工程尚未完工", "新建学校")]
    [True, True, False]
    """
    return bool(_NEVER_BEGINS_RE.match(text) or _NEVER_HOLDS_RE.search(text))


def is_state(text: str, *, acts_first: bool = False) -> bool:
    """Return whether a clause says how things stand; a level behind a verb that opens it belongs to the object.

    >>> [is_state(text) for text in ("任务仍然艰巨", "供水率均达到100%", "产业规模迅速壮大", "壮大规模")]
    [True, True, True, False]
    """
    return bool(
        _STATE_END_RE.search(text, max(0, len(text) - _STATE_END))
        or _STATE_RE.search(text)
        or (not acts_first and _REACHING_RE.search(text) and _LEVEL_RE.search(text))
    )


def is_attained(text: str) -> bool:
    """Return whether a clause tells what was attained, or what something is.

    >>> [is_attained(text) for text in ("减负工作取得了成效", "项目是重要抓手", "抓好项目")]
    [True, True, False]
    """
    return bool(_ATTAINED_WORDS_RE.search(text) and _ATTAINED_RE.search(text))


GROWN_RE = re.compile(r"(?:发展|增加|增长|上升|下降|扩大|减少|降低|提高|提升)[到至为][约近]?\d")  # 发展到10个
GRANT_RE = re.compile(
    r"(?!对|按|给|为|.{0,6}(?:给予|发放|拨付|兑[付现]|落实|支付|安排|投入|争取|申[请领]|享受|领取|下[拨达])).{2,24}?(?:再|另|一次性|分别)*(?P<verb>奖励|补助|补贴|奖补|资助)(?P<sum>(?:[\d.]{1,9}(?:[—~-][\d.]{1,9})?[万亿]?元[、和]?){1,4})"
)  # 企业首次上规奖励20万元
PLACED_RE = re.compile(r"[将把使]|力争|争取|确保")
_FORCE = "(?:力度|决心|标准|举措|措施|作风|步伐|勇气|担当|干劲|要求|水平|行动|状态|热情)"
EFFORT_RE = re.compile(
    rf"^(?:要|必须|继续)?下(?:大|更大|狠|苦)(?:力气|力度|功夫)|^以更加?[\u4e00-\u9fff]{{1,4}}?的?{_FORCE}(?:[、和][\u4e00-\u9fff]{{0,4}}?{_FORCE}){{0,3}}"
)  # 下大力气治理…, 以更大力度推动…
SORTED_RE = re.compile(r"^(?:分[\u4e00-\u9fff]{1,3}[、]?){2,3}(?=[\u4e00-\u9fff]{3})")  # 分类别、分年度做好…
STANCE_RE = re.compile(
    r"(?:并重|并举|并行|并进|结合|统一|为主|为先|为本|为要|优先|至上|第一|先行|导向|驱动|不动摇|不放松"
    r"|的[\u4e00-\u9fff]{0,4}(?:理念|原则|方针|方向|思想|道路|精神|思路|路线))$"
)  # 坚持宣传与服务并重
PACE_RE = re.compile(r"^(?!.{0,6}(?:推进|推动|实施|迈)).{2,20}(?:步伐|节奏)$")  # 加快〔普及高中步伐〕
REQUEST_RE = re.compile(r"^(?:并?(?:现?请|望|希|希望))")  # 请结合实际，认真贯彻执行
VOCATIVE_RE = re.compile(r"^(?:各位|同志们|朋友们|女士们|先生们|乡亲们)")
REACHED_RE = re.compile(
    r"(?:达到?|(?<=[\u4e00-\u9fff])为|是|占|超过?|完成|增长)[约近]?\d"
)  # 开发面积达到58平方公里
ENTER_RE = re.compile(
    r"(?P<verb>进|入)(?P<object>校园|课堂|课程|教材|社区|农村|乡村|企业|机关|家庭|头脑|村|园|班级|网络|宿舍|军营|网格|千家万户)$"
)  # 民俗非遗项目进校园
ENTERED = frozenset("园堂程材区村业关庭脑级络舍营格户")  # the characters it ends in
DIVIDED_RE = re.compile(
    r"(?P<verb>划分|调整|确定|列|纳入|(?<!建)设|改|更名|合并)(?:为|成(?![效果绩本员]))"
)  # 划分为12个片区
NUMBER_RE = re.compile(r"\d(?!\d?[\]】])")  # a number, and no footnote mark [9]
TIME_RE = re.compile(r"(?:年|月|日|周|天|学期|年度|季度|年底|月底|点|时)(?:前|内|底|末|起)?$")
TURNED_RE = re.compile(r"向[^向]{2,14}(?P<verb>倾斜|延伸|下沉|流动)$")  # 优质资源向乡村倾斜
CARRIED_OUT_RE = re.compile(
    r"(?:全部|全面|全额|足额|逐一|及时|均|一律)?(?P<verb>落实|配备|拨付|发放|兑现|整改|执行)到位$"
)
FRONTED_RE = re.compile(r"到位$|[为成向]")  # without one of these none of the three is found
