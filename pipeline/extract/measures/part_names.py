"""Names of a paper's parts that look like a verb and its object: 保障措施。, 培训内容：, 补助对象和标准：."""

from __future__ import annotations

from pipeline.extract.measures.verbs import NO_KINDS, lexicon
from pipeline.lazy_re import lazy_re

_HEADS = (
    "措施|内容|目的|对象|标准|范围|程序|条件|方式|方法|办法|步骤|主体|材料|情况|政策|电话|岗位|流程|目标|任务|机构|机制|重点|规模|期限|时限|时间|地点|要求|"
    "原则|依据|计划|思路|定位|渠道|模式|路线|事项|名额|数量|比例|金额|资金|经费|周期|频次|指标|项目"
)
SHORTEST, LONGEST = 4, 14
NAME_RE = lazy_re(
    rf"(?P<verb>[\u4e00-\u9fff]{{2}})(?P<other>[\u4e00-\u9fff]{{2}})?(?P<head>{_HEADS})(?:[、和及与](?:[\u4e00-\u9fff]{{2}})?(?:{_HEADS})){{0,2}}"
)
# parts that two verbs name
PAIRS = frozenset([
    "组织领导", "组织保障", "监督检查", "监督管理", "考核评价", "考核奖惩", "督查考核", "宣传引导", "规划布局", "投资估算", "供应保障",
    "值班安排", "使用管理", "动态管理", "推广应用", "应急处置", "组织实施", "检查验收", "评审认定", "审核审批", "审核公示", "申报审核",
    "督导检查", "督查检查", "检查考核", "督查督办", "考核验收", "跟踪问效", "调度通报", "现场审核", "集中评审", "资料审核", "现场核查", "体检考察", "公示聘用", "考核聘用",
])  # fmt: skip
NAMING = ("：", "。")  # the marks behind such a name
# what is done to measures, standards, ranges: 落实措施, 公布标准
DONE_TO = frozenset([
    "明确", "采取", "兑现", "放宽", "简化", "丰富", "创新", "拓宽", "把握", "突出", "确定", "核定", "取消", "公布", "出台", "细化", "设立", "成立",
    "开展", "做好", "抓好", "抓住", "争取", "统筹", "安排", "下达", "划定", "落细", "压实", "夯实", "筹集", "筹措", "拨付", "整合", "投入", "储备",
    "谋划", "包装", "引进", "盘活", "了解", "掌握", "汇报", "反馈", "报告", "通报", "坚持", "聚焦", "紧盯", "增加", "缩短", "降低", "新建", "推出",
    "坚定", "锚定", "合理", "争创", "达到", "实现", "组建", "搭建", "打造", "形成", "签约", "招引", "申请", "开工", "提交", "报送",
])  # fmt: skip
ACTING = frozenset(["drafting", "strengthening", "instituting"])
# but what is named by what it is for: 推进措施, 落实情况
FURTHERING = frozenset(["推进", "落实", "执行", "整改", "规范", "兑现", "拨付", "发放", "完成"])
FURTHERED = frozenset(["情况", "步骤", "时限", "时间", "程序", "方式", "流程"])


def names_part(text: str) -> bool:
    """Return whether a clause that stands alone only names what comes next: 保障措施, 培训内容; not 落实措施.

    >>> [names_part(text) for text in ("保障措施", "补助对象和标准", "落实措施", "落实情况", "组织领导")]
    [True, True, False, True, True]
    """
    if text in PAIRS:
        return True
    found = NAME_RE.fullmatch(text)
    if found is None:
        return False
    verb, other, words = found["verb"], found["other"], lexicon()
    if other and not ("noun" in words.kinds.get(verb, NO_KINDS) and words.acts(other)):
        return False  # 培育|中介|机构, but 监督检查|方式
    if verb in FURTHERING and found["head"] in FURTHERED:
        return True
    return words.acts(verb) and verb not in DONE_TO and ACTING.isdisjoint(words.known[verb].classes)
