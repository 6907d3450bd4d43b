"""Names of a paper's parts that look like a verb and its object: 保障措施。, 培训内容：, 补助对象和标准：."""

from __future__ import annotations

from pipeline.lazy_re import lazy_re

_KINDS = (
    "措施|内容|目的|对象|标准|范围|程序|条件|方式|方法|办法|步骤|主体|材料|情况|政策|电话|流程|机构|机制|要求|原则|依据|思路|定位|渠道|模式|"
    "路线|事项|周期|频次|名额|机关|文号"
)
_AMOUNTS = "期限|时限|时间|地点|目标|任务|重点|规模|岗位|数量|金额|比例|指标|计划|资金|经费"
SHORTEST, LONGEST = 4, 14
NAME_RE = lazy_re(
    rf"(?P<verb>[\u4e00-\u9fff]{{2}})(?P<other>[\u4e00-\u9fff]{{2}})?(?:(?P<kind>{_KINDS})|(?P<amount>{_AMOUNTS}))"
    rf"(?:[、和及与](?:[\u4e00-\u9fff]{{2}})?(?:{_KINDS}|{_AMOUNTS})){{0,2}}"
)
# parts that two verbs name
PAIRS = frozenset([
    "组织领导", "组织保障", "监督检查", "监督管理", "考核评价", "考核奖惩", "督查考核", "宣传引导", "规划布局", "投资估算", "供应保障",
    "值班安排", "使用管理", "动态管理", "推广应用", "应急处置", "组织实施", "检查验收", "评审认定", "审核审批", "审核公示", "申报审核",
    "督导检查", "督查检查", "检查考核", "督查督办", "考核验收", "跟踪问效", "调度通报", "现场审核", "集中评审", "资料审核", "现场核查",
    "体检考察", "公示聘用", "考核聘用",
])  # fmt: skip
NAMING = ("：", "。")  # the marks behind such a name
# deeds that name kinds and amounts: 建设任务, 报名时间, 补助对象
NAMING_BOTH = frozenset([
    "建设", "改革", "整治", "治理", "报名", "公示", "培训", "招聘", "试点", "发展", "申报", "申请", "受理", "检查", "督查", "督导", "考核",
    "评价", "防治", "防控", "创建", "验收", "评审", "评选", "考试", "招生", "录取", "补助", "补贴", "奖励", "奖补", "服务", "救助", "资助",
    "规划", "投诉", "举报", "抽查", "抽检", "检测", "监测", "普查", "巡查", "参赛", "选聘", "竞聘", "选拔",
    "印发", "发布", "发文", "归档", "成文", "施行", "生效", "废止", "公布",
])  # fmt: skip
# deeds that name kinds alone, for amounts are what they are done to: 保障措施, but 保障经费
NAMING_KINDS = NAMING_BOTH | {
    "保障", "扶持", "支持", "激励", "引导", "管理", "监督", "监管", "防范", "预防", "认定", "审核", "审批", "办理", "发放", "拨付", "兑现",
    "结算", "征收", "补偿", "安置", "使用", "分配", "处罚", "处置", "处理", "实施", "帮扶", "采购", "运行", "运营", "投资", "调查", "排查",
    "保护", "组织", "联系", "咨询", "退出", "约束", "预警", "聘用", "登记", "备案", "供应", "配送", "推进", "培育", "惩戒", "调整", "公开",
    "宣传", "测评", "执行", "整改", "完成", "落实",
}  # fmt: skip
OBJECTS = frozenset([
    "宣传政策", "公开标准", "公开事项", "公开程序", "公开流程", "公开依据", "公开电话", "公开渠道", "办理事项", "处理事项", "审核材料",
    "审核条件", "调整政策", "调整标准", "调整机构", "落实措施", "落实政策", "落实机制", "落实要求", "落实标准", "落实主体", "落实原则",
    "执行标准", "执行政策", "执行程序", "执行要求", "培育主体", "支持主体", "保障主体",
])  # fmt: skip


# how things are is what is done to: 了解情况
TOLD = frozenset([
    "了解", "掌握", "汇报", "通报", "报告", "反馈", "核实", "摸清", "上报", "分析", "研究", "调查", "听取", "公布", "公开", "关注", "督查",
    "检查", "核查", "说明", "介绍", "登记", "记录", "查看", "查明", "跟踪", "定期", "及时", "全面", "深入", "准确", "如实", "严格", "密切",
])  # fmt: skip


def names_part(text: str) -> bool:
    """Return whether a clause that stands alone only names what comes next: 保障措施, 培训内容; not 落实措施, 保障经费.

    >>> [names_part(text) for text in ("保障措施", "补助对象和标准", "落实措施", "落实情况", "组织领导", "保障经费")]
    [True, True, False, True, True, False]
    """
    if text in PAIRS:
        return True
    if text[-2:] == "情况":
        return text[:2] not in TOLD and "下" not in text
    found = NAME_RE.fullmatch(text)
    if found is None or text in OBJECTS:
        return False
    if found["other"] is not None:  # 监督检查|方式, but 落实扶持|政策
        return found["verb"] in NAMING_BOTH and found["other"] in NAMING_KINDS
    return found["verb"] in (NAMING_KINDS if found["kind"] else NAMING_BOTH)
