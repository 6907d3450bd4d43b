"""The thing counted behind a number: 5个教共体, 1个投资100亿元以上的项目."""

from __future__ import annotations

import functools
import re

from pipeline.extract.quantities.amounts import LENGTHENED, RATE_KINDS, Found
from pipeline.extract.quantities.clauses import Clause, Naming, balanced
from pipeline.extract.quantities.governing import CASES, Before
from pipeline.extract.quantities.heads import HEADS, heads_re, with_its_head
from pipeline.extract.quantities.lists import split_names
from pipeline.extract.quantities.phrases import noun_after
from pipeline.extract.quantities.refusals import HELD_THING_RE, great_thing
from pipeline.extract.quantities.words import word_list, word_set, words_between
from pipeline.lazy_re import compiled_once, lazy_re
from pipeline.numerals import one_of

# 1个〔投资100亿元以上的〕项目, 5个〔年产一万辆摩托车的〕工厂, 100项〔具有较大知名度的〕体育赛事
_SIZE_OR_TRAIT_RE = lazy_re(
    r"(?:总|计划)?(?:投资|占地|面积|年?产值|营业收入|年?纳税)额?(?:达|超|过|超过|达到)?\s?(?:\d{1,9}(?:\.\d{1,4})?[万亿]{0,2}|[百千万亿]{1,3})(?:元|亩|平方米|美元)(?:以上|以下|左右)?的?"
    r"|[年日]产\s?(?:\d{1,9}(?:\.\d{1,4})?[万亿]?|[一二两三四五六七八九十百千万]{1,5})[吨辆台件套只箱米头](?:以上)?(?:[一-鿿]{0,6}?的)?"
    r"|的?(?:具有|拥有|具备|符合|满足|富有|带有)[^，。；：、\d“”（）]{2,24}的(?=[\u4e00-\u9fff]{2})"
)
# 每500人不少于1名〔的标准配备〕保洁员
_BY_NORM_RE = lazy_re(
    r"的(?:标准|比例|要求)(?:足额)?(?:配备|配齐|配置|设置|设立|安排|核定|选配|选聘|建设)(?=[一-鿿]{2})"
)
_REST_RE = lazy_re(
    r"(?![的是为])(?P<what>[\u4e00-\u9fff]{3,10}|体检|演练|培训|检查|督[导查]|[巡普抽]查|[走家回]访|会商|研判|调[研度]|考[试核]|评估|消[毒杀]|抽检)(?=[，。；！、）\n\[]|(?:和|以?及|与)[近约]?\d|\Z)"
)  # 2次〔联合执法〕, 一次〔应急疏散演练〕
_TOLD_RE = lazy_re(
    r"(?![是为在由的])[^，。；、：\d“”（）]{2,12}的(?=“?[\u4e00-\u9fff]{2})"
)  # 2个〔叫得响的〕农业品牌
_MEASURED_RE = lazy_re(
    r"(?<=..)(?:总长度?|全长|(?:总|计划总?)?投资额?|总面积|建筑面积|占地面积|占地|长|总)(?:达到?|约|为|超过?)?\s?\d"
)
_OWN_MEASURE_RE = lazy_re(
    r"(?P<what>[一-鿿]{0,10}?(?:企业|公司|项目|学校|小学|初中|高中|中学|幼儿园|乡镇|社区|民宿|酒店|景区|园区|合作社|医院|卫生院|基地|水库|断面|机构|行政村|村集体|农户|家庭))(?P<own>[一-鿿]{2,10}(?:率|额|产值|收入|占比|比例|人数)|(?:在校)?学生人?数)(?:均|全部|已|都){0,2}(?:达到?了?|为|约|超过?|突破|提高到|不足|不到|低于|高于)?\s?\d"
)
_AGED_RE = lazy_re(r"\d{1,3}\s?周?岁及?以[上下]的?")
# 200名〔能够突破关键技术、发展高新产业的〕创新创业领军人才
_WHO_RE = lazy_re(
    r"(?:能够?|站在|紧跟|掌握|从事|来自|熟悉|热爱|善于|精通|取得|获得|拥有|具有|具备|敢于|在[^，。；]{2,20}(?:起|发挥|有|做))[^，。；：\d“”（）]{2,40}的"
    r"(?=(?:[\u4e00-\u9fff、“”]{2,20})?(?:人才|人员|队伍|干部|教师|企业家|骨干|带头人|能手|医生|专家|工匠|学者|团队|青年|农民)(?![一-鿿]{2}))"
)
_WHO_BEGINS = frozenset("能站紧掌从来熟热善精取获拥具敢在")
_IN_OFFICE_RE = lazy_re(r"在[岗校职编建册读园籍]|专[（(]兼[）)]职")
_SENT_RE = lazy_re(
    r"(?:赴|驻[点村校](?!工作队|干部|第一书记|队员)|前往|下沉|跟岗|挂职|支教|轮岗|深入|参加|参与|到)"
)
_ACTED_RE = lazy_re(r"(?<=[\u4e00-\u9fff]{2})(?:进行|更新|逐[一台户个项村校])")  # 9家医疗机构〔进行专项检查〕
_HEAD_OF_RE = lazy_re(r"[街路巷段渠塘井湖湾库田林河沟坝桥]长(?![度期年处])")  # 5名〔巷长〕
_AND_SO_ON_RE = lazy_re(
    r"等(?:事项|项目|案件|问题|活动|工程|产品|设施|设备|任务|措施|政策|荣誉|称号|奖项)(?=[，。；、（\n]|\Z)"
)
_NO_NAME_RE = lazy_re(r"无异议|无误")  # 公示5个工作日〔无异议〕
_AS_NORM_RE = lazy_re(r"的(?:标准|比例|原则|要求)[一-鿿]*$")  # 1所幼儿园〔的标准〕
_FUND_RE = lazy_re(
    r"(?:[一-鿿]{2}(?:基金|资金|经费|费用)|补贴|补助|津贴|奖励|奖补|资助|贷款|债券|专项债|[偿证助学问奖动转恤]金|资金池|善款|欠款|拆借款|补偿款|欠薪|工资|报酬|损失|税[款费]|货款|案款)\Z"
)
_FUNDING_RE = lazy_re(
    r"(?:^|[一-鿿])(?:设立|建立|成立|安排|整合|统筹|列支|拿出|再?发|形成|组成|筹集|筹措|募集|争取到?|落实|发放|拨付|兑付|兑现|引进|撬动|追加|追[回缴讨]|偿还|化解|减免|挽回|捐赠|清欠|退[还缴])$"
)  # 设立2000万元〔风险补偿基金〕, 每年安排500万元〔奖补〕
_CASES = tuple(CASES.split("|"))
_MANNER_BEGINS = frozenset("全多高常大系针专")
_TAKING_PART = ("参加", "开展", "进行", "接受", "组织", "完成")
_CARRYING_ON = ("推进", "推动", "实施", "启动")
_OUTPUT_OF = ("年产", "日产")
_BARE = ("项目", "工程")
_ABSTRACT = ("目标", "标准", "水平", "要求", "任务")
_SIZES = ("总规模", "规模")
_PEOPLE_RE = lazy_re(r"[^，。；、]{0,6}?(?:人民群众|干部群众|人民|群众|儿女|百姓)")
_SIZED_RE = lazy_re(
    r"[十百千万亿]{1,2}(?:亩|吨|头|只|羽|株|元|人|户|公里|平方米|千瓦)?级?(?=[\u4e00-\u9fff]{2})"
)  # 3个〔千亩〕示范区, 2个〔百亿级〕产业集群
_TIMES = ("年底", "年末", "年内", "月底")
_SHARES_OF_EACH = ("户均", "人均", "亩均", "年均")


def named_behind(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    """Return the names of a group that the thing counted behind it gives: 5个〔教共体〕, 校内、校外各1小时〔体育活动时间〕."""
    text, first, last = clause.words.text, group[0], group[-1]
    if text[first.start - 1] in "长短" and clause.line.endswith(LENGTHENED, 0, first.start - clause.offset):
        return None  # 〔土地承包期〕再延长30年政策
    after = _thing_behind(clause, first, last.end)
    if after is None or _NO_NAME_RE.match(text, after[0]):
        return None
    if text[after[1] : after[1] + 1] == "下" and text.endswith(_CASES, after[0], after[1]):
        return None  # 在对美贸易下降超3成的情况下
    if clause.blanked(after[0], after[0] + 1) in ("□", "■") or (
        text[after[0]] in "年月" and text.startswith(_TIMES, after[0])
    ):
        return None  # 322户〔上半年〕全部脱贫
    front = balanced(text[before.start : before.end].strip())
    if text[last.end] in "（(" and len(front) > 1:
        return None  # 〔家庭农场〕70个（单元）
    if front.endswith("、") and "、" not in front[:-1] and first.kind == "time":
        front = ""  # 五年一周期、不少于360学时的全员培训
    if clause.start < clause.left and front.endswith(("和", "及", "与")):
        front = ""  # 3500公里的长江干堤和1000公里的〔黄河堤防〕
    if _is_said_of_front(clause, first, last.end, after, front):
        return None
    if first.kind == "share" and before.change and not front and text[last.end] == "的":
        return None  # 出口额300万美元以上，且增长10%以上的企业
    if first.kind == "money" and text.startswith("设立", after[0]) and after[0] + 3 < after[1]:
        after = (after[0] + 2, after[1])  # 安排1000万元设立〔风险补偿金〕
    end = _end_of_counted(clause, after, first.kind, first.amount.unit)
    name = text[after[0] : end]
    if name.endswith(_SHARES_OF_EACH) and len(name) > 3:
        end, name = end - 2, name[:-2]  # 200户农户〔户均〕增收3000元
    if (
        name in _ABSTRACT
        and first.kind != "count"
        and len(front) > 3
        and _is_a_field(clause, before, front, first)
    ):
        return None  # 实现〔人均公用经费〕500元的目标
    if "的" in name and (told := _qualified_re().match(name)):
        name = name[told.end() :]  # 1个〔设施完备的〕体育公园
    start = first.start if before.change_at is None else before.change_at
    if name in _BARE and first.kind == "count" and _is_a_field(clause, before, front, first):
        return Naming((front + name,), before.start, end)  # 建设〔高中学校〕5个项目
    if before.is_shared and front:  # 校内、校外各1小时体育活动时间
        names = tuple(part + name for part in split_names(front, 0))
        return Naming(names, min(before.start, start), after[1], is_shared=True)
    names = split_names(name, len(group)) if len(group) > 1 else (name,)
    return Naming(names, start, end)


def _thing_behind(clause: Clause, first: Found, at: int) -> tuple[int, int] | None:
    """Return the span of the thing counted behind a group that ends at an offset, None where no noun follows."""
    text, kind = clause.words.text, first.kind
    begins = _behind_what_is_told(clause, kind, at)
    if (
        kind == "people"
        and text[at : at + 1] in _WHO_BEGINS
        and (described := _WHO_RE.match(text, at, clause.right))
    ):
        return noun_after(clause.words, described.end(), clause.right)
    after = noun_after(clause.words, begins, clause.right) or _qualified_thing(clause, kind, at)
    aged = _AGED_RE.match(text, at, clause.right) if kind == "people" else None
    if aged and (who := noun_after(clause.words, aged.end(), clause.right)):
        after = (at, who[1])  # 6万名〔65岁以上老年人〕
    if first.amount.unit == "大" and (end := great_thing(text, at)):
        after = (at, end)
    if kind in ("count", "people"):
        after = with_its_head(clause, begins, after)
    if kind == "people" and after is None and (head := _HEAD_OF_RE.match(text, at, clause.right)):
        after = head.span()
    if kind == "people" and after and text[after[1] : after[1] + 1] == "长":
        after = (after[0], after[1] + 1)  # 2名网格〔长〕: to the dictionary a measure
    if after and text[first.start - 1] == "产" and text.endswith(_OUTPUT_OF, 0, first.start):
        de = text.find("的", after[0], after[1])
        after = (after[0], de) if de > 0 else after  # 年产五万辆〔汽车〕的工厂
    if after and text[after[1] : after[1] + 1] == "等" and (and_so_on := _AND_SO_ON_RE.match(text, after[1])):
        after = (after[0], and_so_on.end())  # 416项〔行政审批等事项〕
    if after and text[after[1] - 1] == "类" and (thing := noun_after(clause.words, after[1], clause.right)):
        after = (after[0], thing[1])  # 14件〔教育体育类提案〕
    if after and text[after[1] - 1] in "近约逾" and text[after[1] : after[1] + 1].isdigit():
        after = (after[0], after[1] - 1)  # 5个〔村〕近6000余人
    if begins == at and kind == "times" and (rest := _REST_RE.match(text, at, clause.right)):
        return rest.span("what")
    return after


def _behind_what_is_told(clause: Clause, kind: str, at: int) -> int:
    """Return where what tells of the thing ends, the offset itself where nothing does: 1个〔投资100亿元以上的〕项目."""
    text = clause.words.text
    told = _SIZE_OR_TRAIT_RE.match(text, at, clause.right)
    if told is None and text[at : at + 1] in _MANNER_BEGINS:
        told = _manners_re().match(text, at, clause.right)
    if told is None and text[at : at + 1] == "的" and kind in ("people", "count"):
        told = _BY_NORM_RE.match(text, at, clause.right)
    return told.end() if told else at


def _qualified_thing(clause: Clause, kind: str, at: int) -> tuple[int, int] | None:
    """Return the span of a thing behind words that are no noun: 3个〔千亩示范区〕, 2个叫得响的〔农业品牌〕, 1035名〔在岗村医〕."""
    text, right = clause.words.text, clause.right
    if kind == "count":
        sized = _SIZED_RE.match(text, at, right)
        if sized and (what := noun_after(clause.words, sized.end(), right)):
            return at, what[1]
        told = _TOLD_RE.match(text, at, right)
        if told and (what := noun_after(clause.words, told.end(), right)):
            return what
    if text[at : at + 1] in ("在", "专") and (held := _IN_OFFICE_RE.match(text, at, right)):
        who = noun_after(clause.words, held.end(), right)
        return (at, who[1]) if who else None
    return None


def _is_said_of_front(clause: Clause, first: Found, at: int, after: tuple[int, int], front: str) -> bool:
    """Say whether the words in front name what is counted, and what stands behind is told of it: 下派〔骨干医师〕46名驻点帮扶."""
    text, kind = clause.words.text, first.kind
    between = text[at : after[0]]
    if len(front) > 1:
        if kind in ("people", "count") and _SENT_RE.match(text, at, clause.right):
            return True
        is_bound = first.number > first.start and kind == "people"
        if between == "的" and (is_bound or text[after[1] : after[1] + 1].isdigit()):
            return True  # 撤并〔生源〕不足30人的教学点14个
    is_floor = kind == "count" and first.amount.comparator in (">=", ">") and text[at : at + 1] == "的"
    if is_floor and HELD_THING_RE.search(clause.blanked(clause.left, first.start)):
        return True  # 拥有〔发明专利〕5件以上的企业
    if kind == "money" and _FUND_RE.search(text, after[0], after[1]) and _FUNDING_RE.search(front):
        return False  # 设立2000万元〔风险补偿基金〕
    return not _prefers_behind(front, kind, has_de=between.strip() == "的")


@functools.cache
def _manners_re() -> re.Pattern[str]:
    manner = one_of(word_list("manners"))
    return compiled_once(rf"{manner}(?:、{manner}){{0,3}}的(?=[一-鿿]{{2}})")  # 3轮〔全方位、全覆盖的〕督导


@functools.cache
def _qualified_re() -> re.Pattern[str]:
    return compiled_once(rf"[^的\d]{{2,24}}?{one_of(word_list('qualities'))}的(?=[一-鿿]{{2}})")


def _is_a_field(clause: Clause, before: Before, front: str, first: Found) -> bool:
    """Say whether the words in front tell what projects they are: 高中学校5个项目, but not 北环路等5个项目."""
    if len(front) < 2 or before.end != first.start or "、" in front or front.endswith(("等", "的")):
        return False
    return all(tag[0] in "nbjs" for _, _, tag in words_between(clause.words, before.start, before.end))


def _prefers_behind(name: str, kind: str, *, has_de: bool) -> bool:
    """Say whether the thing counted stands behind the number (5个教共体) rather than before it (投资5亿元)."""
    if not name:
        return True
    is_measured = name.endswith(word_list("measure_heads"))
    if kind in ("count", "people", "times"):
        return not (is_measured and has_de)
    if kind == "share" and not has_de and name in word_set("light"):
        return True  # 培育三分之一以上〔合作社〕
    if kind == "money" or kind in RATE_KINDS:
        return has_de and (not is_measured or name in _SIZES)  # 总规模1亿元的〔引导基金〕
    if has_de:
        return name.endswith(_TAKING_PART + _CARRYING_ON)  # 参加3个月的〔就业见习〕, 推进2万亩的〔基地建设〕
    return not is_measured


def _end_of_counted(clause: Clause, after: tuple[int, int], kind: str, unit: str) -> int:
    """Return where the name behind a count ends: 10个园区专项整治〔、太湖地区〕927家企业: the last belongs to the next."""
    text, (start, end) = clause.words.text, after
    if (
        kind == "count"
        and (measured := _MEASURED_RE.search(text, start, end + 12))
        and start + 1 < measured.end()
        and measured.start() <= end
    ):
        return min(end, measured.start())  # 4条干渠〔总长〕21.66公里
    if (
        kind in ("count", "share")
        and (told := _OWN_MEASURE_RE.match(text, start, end + 12))
        and told.end("own") >= end
    ):
        return told.end("what")  # 126家民宿〔平均入住率〕达87%
    if unit in ("万", "亿") and (people := _PEOPLE_RE.match(text, start, end)):
        return people.end()  # 26万人民〔共同努力〕
    named = text[start:end]
    if ("行" in named or "更" in named or "逐" in named) and (
        acted := _ACTED_RE.search(text, start + 2, end)
    ):
        end = acted.start()
    if norm := _AS_NORM_RE.search(text, start, end):
        return norm.start()
    if kind == "count" and unit in HEADS and (whole := heads_re(unit).match(text, start, end)):
        return whole.end()
    if kind == "count" and text[end : end + 1].isdigit() and (pause := text.rfind("、", start, end)) > start:
        return pause
    return end
