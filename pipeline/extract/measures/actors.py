"""Who may act in a measure, by how the name ends: 县教育局, 各学校; not 城市, 格局, 全部."""

from __future__ import annotations

from pipeline.extract.measures.endings import Endings
from pipeline.lazy_re import lazy_re

_ACTORS = (
    "机关 村集体 经合社 县领导 县 省 街 政府 党委 县委 区委 市委 厅 部门 基金 省份 地区 委员会 教委 党组织 支部 党组 小组 "
    "工作组 检查组 督查组 督导组 调研组 巡查组 巡察组 考核组 验收组 专家组 教研组 专班 学校 中学 小学 幼儿园 高中 校 院 中心 单位 企业 机构 系统 财政 教师 校长 教研员 "
    "督学 班主任 干部 党员 我们 各地 各级 街道 镇办 社区 协会 工会 妇联 团委 联合会 公司 法院 检察院 公安 "
    "工作者 队 各方 负责人 人员 银行 大学 职工 志愿者 代表 组织 班子 教育体系 一把手 党支部 总队 家庭 农户 养殖户 种植户 经营户 领导 "
    "成员 书记 河长 林长 田长 县长 区长 局长 主任 专家 民警 老师 名师 导师 集团 联盟 共同体 片区 学区 组长 家长 班级 "
    "总站 管理站 监督站 推广站 派出所 财政所 司法所 税务所 供电所 管理所 管理处 办事处 全县上下 全市上下 全区上下 "
    "残联 工商联 文联 科协 侨联 护林员 网格员 管水员 巡河员 信息员 联络员 监督员 指导员 辅导员 村医 年级 全县 全区 全市 全校 各校 县里 市里 区里 乡里 镇里 "
    "两级 三级 四级 五级 管委会 村委会 居委会 业委会 理事会 议事会 商会 总会 促进会 红十字会 “两委” 两委 居委 村委 物业公司 供销社 农商行 农信社 信用社 分行 支行 楼长 网格长 站长 镇长 医师 律师 "
    "服务团 宣讲团 讲师团 专家团 和个人 或个人 或者个人 经营者 生产者 开办者 举办者 大户 销售者 提供者 运营者 所有者 管理者 使用者 承运人 承包人 发包人 招标人 投标人 采购人 管理人 使用人 农场 林场 监管所 卫生所 水利所 事务所 研究所 诊所 实施主体 责任主体 运营主体 建设主体 经营主体 管护主体 "
)
ACTORS = Endings(
    _ACTORS.split(),
    {
        "市": "城上超门",
        "区": "小库牧棚",
        "镇": "城包联驻",
        "乡": "城返下离回",
        "村": "农包驻联进入下",
        "局": "大格布结",
        "部": "全",
        "室": "教机验览读息课",
        "署": "部",
        "委": "原",
        "办": "承主开兴创举协督催代盯快速直通交查操经筹申采补帮联停复包",
        "养殖场": "区",
        "园": "公家田校庄乐",
    },
)
# how the names of people end, whoever they are: 经营者, 护林员, 村民
PEOPLE_ENDS = ("者", "员", "生", "工", "师", "户", "人", "众", "长", "民", "们")
LEVEL_ENDS = frozenset("省市县区镇乡村级政")
FUNDED_RE = lazy_re(
    r"(?P<fund>[^，、]{2,14}?(?:资金|经费|费用|补助|补贴|利息|保费|贴息))(?P<who>(?:中央|[省市县区镇乡村]级?|各级|、|和|财政|政府)+)"
)


def payers(name: str) -> tuple[str, str] | None:
    """Return the money and the levels that pay it, where a name is both; it ends in one of LEVEL_ENDS.

    >>> payers("补助资金市县"), payers("县财政")
    (('补助资金', '市县'), None)
    """
    is_money = "资金" in name or "费" in name or "补" in name or "息" in name
    found = FUNDED_RE.fullmatch(name) if is_money else None
    return (found["fund"], found["who"]) if found else None
