"""Names that leave a word out which stands before: who makes it, of which thing, level or kind it is, by which measure."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.extract.quantities.governing import Before
from pipeline.extract.quantities.lists import SUM_NOUN_RE, split_names
from pipeline.extract.quantities.words import word_list
from pipeline.lazy_re import lazy_re
from pipeline.numerals import chinese_digit

_WORKS_RE = lazy_re(r"新改扩建|新改建|改扩建|新建|改建|扩建|续建|迁建|改造提升|改造")
_TIERS = frozenset({"县", "乡镇", "乡", "镇", "街道", "社区", "村", "行政村", "学校", "园区"})
_STAGES = frozenset(["启动", "开工", "续建", "在建", "竣工", "完工", "储备"])
_STAGE_END_RE = lazy_re(r"(?<=..)(?:启动|开工|续建|竣工|完工|投产|签约|入库)$")
_LEVEL_RE = lazy_re(
    r"(?:国家|部|省|自治区|地市|市|州|盟|县|区|旗|校|院|乡镇|镇|乡|街道|社区|村)级(?:及?以上)?"
)  # 国家级3家、〔省级〕10家
_OUTPUTS = frozenset(
    [
        "产值",
        "年产值",
        "总产值",
        "增加值",
        "营业收入",
        "销售收入",
        "销售额",
        "主营业务收入",
        "利税",
        "利润",
        "税收",
    ]
)
_SEVERAL_PARTS_RE = lazy_re(
    r"(?:^|(?<=[，。；：]))(?P<parts>[^，。；：\d]{5,40})(?P<n>[两二三四五六])[个大家类种](?=[一-鿿]{2})"
)
_EACH_SUBJECT_RE = lazy_re(
    r"(?P<parts>[^，。；：\d]{3,40})分别(?:实现|完成|达到|上缴|缴纳|创造|贡献|投入|获得|新增|建成|签约)了?$"
)
_MAKER_RE = lazy_re(
    r"(?:全[年国省市县区]|年内|预计)*(?P<maker>[一-鿿（）()]{2,12}(?:业|产业|园区|园|基地|集群))(?:年|已|共|累计|预计|可|力争|将)*(?:实现|完成|创造)$"
)
_LABEL_RE = lazy_re(
    r"(?:^|[。；，）])(?P<label>[^，。；：、\d□■（）]{2,12}(?:比例|标准|限额|价格|费率))(?:分别|如下)?(?:为|是)?：(?=[^，。；：])"
)
_LABEL_OVER_RE = lazy_re(r"[。；]")
_LAID_DOWN = (
    "报销比例",
    "补助标准",
    "补贴标准",
    "奖励标准",
    "奖补标准",
    "收费标准",
    "救助标准",
    "保障标准",
    "缴费标准",
    "发放标准",
    "支付限额",
)
_KIND = r"[^，。；、]{0,6}?(?:学校|小学|初中|高中|中学|幼儿园|乡镇|街道|社区|企业|医院|卫生院)(?:[一二三四五六至、—-]{1,6}年级)?"
_KIND_RE = lazy_re(_KIND)
_KIND_HEAD_RE = lazy_re(rf"{_KIND}(?P<head>[^的]{{2,}})")
_THOSE_RE = lazy_re(r"(?:这|上述)?(?:[两三四五]项(?:指标|指数|增速|收入|任务))|[两二]者")
_SIDES = frozenset("长宽高厚深")
_BARE_BOUND_RE = lazy_re(r"(?:超|超过|过|达到?)[\d一二三五十百千万亿]{1,6}元|[^，。、]{0,10}以[上下]")
_RAISED = ("存栏", "出栏", "存笼", "出笼")
_RAISED_LEAD_RE = lazy_re(r"年?(?:存栏|出栏|存笼|出笼)(?=.)")  # 年出栏〔生猪〕26万头，存栏9万头
_GROWN_ON_RE = lazy_re(
    r"(?P<crop>[一-鿿]{1,8}?)(?:作物)?(?:(?:播种|种植|收获|收割|栽培|栽植|养殖|挂果|采摘|投产|套种|间作)总?面积|播面)$"
)  # 〔粮食〕播种面积
_YIELDS = frozenset(
    {
        "产量",
        "年产量",
        "总产量",
        "年总产量",
        "总产",
        "单产",
        "亩产",
        "平均单产",
        "产值",
        "年产值",
        "总产值",
        "年总产值",
    }
)
_GRADE_RE = lazy_re(r"(?:国家|省|市|县|区|乡镇|校)级")
_LENT_HEADS = ("增加值", "产值", "收入", "销售额", "零售额", "投资", "税收")


def completed(clause: Clause, group: list[Found], naming: Naming, before: Before, carried: Carried) -> Naming:
    """Return a naming with the words it leaves out: who makes it, or what the amount before says of thing, level or measure."""
    first, last = group[0], carried.last
    if naming.names[0] in _OUTPUTS:
        if first.kind == "money":
            naming = _with_maker(clause, naming)
        if before.is_parallel and len(group) > 1:
            naming = _of_each_part(clause, group, naming)
    if group[1:] and not naming.names[1:] and "分别" in clause.words.text[clause.left : naming.start]:
        naming = _of_each_subject(clause, group, naming)
    if first.kind in ("share", "money") and "：" in clause.line:
        naming = _of_a_label(clause, naming)
    if last is None:
        return naming
    unit, comparator = first.amount.unit, first.amount.comparator
    if unit[-1:] == "米":
        naming = _of_a_side(clause, group, naming, last)
    if first.kind == "share" and naming.names[0].startswith("占") and "占" not in last.names[-1]:
        naming = _of_a_whole(clause, naming, last, carried)
    elif first.kind == "money" and naming.names == ("标准",):
        naming = replace(naming, names=last.names[-1:])  # 安排〔管护经费〕200万元，按每亩20元的标准拨付
    is_same_unit = carried.has_unit_of(first)
    if len(naming.names) == 1:
        if is_same_unit and comparator in ("<=", ">="):
            naming = _of_a_kind(naming, last)
        naming = _of_a_level(naming, last, is_same_unit=is_same_unit)
        if first.kind == "money" and is_same_unit:
            naming = _with_head(clause, group, naming, before, last)
    if naming.names[0][-1] in "标速入务者数" and _THOSE_RE.fullmatch(naming.names[0]):
        naming = _of_those(naming, group, carried)
    if is_same_unit and naming.names[0][-1] in "元上下" and _BARE_BOUND_RE.fullmatch(naming.names[0]):
        naming = _of_a_bound(clause, naming, before, last)
    if "级" in naming.names[0] or naming.names[0] in _RAISED:
        naming = _of_the_same_thing(naming, last)
    if naming.names[0] in _YIELDS and (grown := _GROWN_ON_RE.fullmatch(last.names[-1])):
        name = grown["crop"] + naming.names[0]  # 粮食播种面积80万亩，〔粮食〕产量7亿斤
        naming = replace(naming, names=(name,), start=min(last.start, naming.start))
    return naming


def _with_maker(clause: Clause, naming: Naming) -> Naming:
    """A naming with who makes an output: 〔食品加工业〕力争实现年产值60.3亿元."""
    if len(naming.names) > 1:
        return naming
    maker = _MAKER_RE.search(clause.blanked(clause.left, naming.start))
    if maker is None:
        return naming
    return replace(naming, names=(maker["maker"] + naming.names[0],), start=clause.left + maker.start())


def _of_a_label(clause: Clause, naming: Naming) -> Naming:
    """A naming of one of those that a label before a colon gives its measure: 〔报销比例〕：乡镇卫生院90%，县级医院80%."""
    name = naming.names[0]
    labels = list(_LABEL_RE.finditer(clause.line, 0, clause.left - clause.offset + 1))
    if not labels or naming.names[1:] or name.endswith(word_list("measure_heads")) or naming.is_aside:
        return naming
    if _LABEL_OVER_RE.search(clause.line, labels[-1].end(), clause.left - clause.offset):
        return naming
    label = labels[-1]["label"]
    status = "requirement" if label.endswith(_LAID_DOWN) else naming.status
    return replace(naming, names=(name + label,), status=status)


def _of_each_part(clause: Clause, group: list[Found], naming: Naming) -> Naming:
    """A naming of an output for each of several that a list before it names: 箱包、毛绒玩具两个产业…，产值分别突破70亿元和50亿元."""
    if len(naming.names) > 1 or naming.names[0] not in _OUTPUTS:
        return naming
    lists = list(_SEVERAL_PARTS_RE.finditer(clause.line, 0, clause.start - clause.offset))
    if not lists or chinese_digit((listed := lists[-1])["n"]) != len(group):
        return naming
    at = clause.offset + listed.start("parts")
    parts = split_names(clause.words.text[at : clause.offset + listed.end("parts")], len(group))
    if len(parts) != len(group):
        return naming
    return replace(naming, names=tuple(part + naming.names[0] for part in parts), start=at)


def _of_each_subject(clause: Clause, group: list[Found], naming: Naming) -> Naming:
    """A naming of an output for each of the subjects in front of 分别: 〔巨力、风帆、晨阳〕分别实现税收2.1亿元、1.3亿元、1.2亿元."""
    listed = _EACH_SUBJECT_RE.search(clause.words.text[clause.left : naming.start])
    if listed is None:
        return naming
    parts = split_names(listed["parts"], len(group))
    if len(parts) != len(group):
        return naming
    names = tuple(part + naming.names[0] for part in parts)
    return replace(naming, names=names, start=clause.left + listed.start("parts"))


def _of_a_side(clause: Clause, group: list[Found], naming: Naming, last: Naming) -> Naming:
    """A naming with the thing whose other side was told: 号牌长480毫米、〔号牌〕宽140毫米."""
    side = clause.blanked(clause.left, group[0].start).strip("、，和 ")
    if side not in _SIDES or last.names[-1][-1] not in _SIDES or len(last.names[-1]) < 3:
        return naming
    return replace(naming, names=(last.names[-1][:-1] + side,))


def _of_a_whole(clause: Clause, naming: Naming, last: Naming, carried: Carried) -> Naming:
    """A naming of a share with what it is a share of: 〔种植面积〕33.9万亩，占总耕地的40%."""
    whole = (
        "、".join(last.names) if last.is_shared else last.names[-1]
    )  # 工业投资和技改投资分别增长12%，占60%
    if (opening := _aside_before(clause, last)) is not None:
        whole = next((n for n, at in reversed(carried.history) if at < opening), whole)
    name = whole + naming.names[0].removesuffix("的")
    return replace(naming, names=(name,), start=min(last.start, naming.start), is_aside=True)


def _aside_before(clause: Clause, last: Naming) -> int | None:
    """Return where the brackets open that hold the amount before: 补助1.51亿元（其中预算内0.3亿元），占计划80%."""
    text = clause.words.text
    opening = text.rfind("（", max(0, last.start - 40), last.end)
    closing = text.find("）", last.end, clause.left + 8)
    return opening if opening >= 0 and closing >= 0 else None


def _of_a_kind(naming: Naming, last: Naming) -> Naming:
    """A naming of a kind of school or place with what the bound before was said of: 非寄宿制学校〔保安员〕不少于2名."""
    lender = _KIND_HEAD_RE.match(last.names[-1]) if _KIND_RE.fullmatch(naming.names[0]) else None
    return replace(naming, names=(naming.names[0] + lender["head"],)) if lender else naming


def _of_a_level(naming: Naming, last: Naming, *, is_same_unit: bool) -> Naming:
    """A naming of a stage, of works or of a level with the thing before: 示范园国家级3所、〔省级〕10所."""
    name, head = naming.names[0], last.names[-1]
    if name in _STAGES and is_same_unit and (stage := _STAGE_END_RE.search(head)):
        return replace(naming, names=(head[: stage.start()] + name,))  # 厂房开工11万平方米，〔完工〕2万平方米
    if name in _STAGES and is_same_unit and head not in _STAGES:
        return replace(naming, names=(head,))  # 矿山修复治理16处、〔启动〕8处
    if _WORKS_RE.fullmatch(name) and (works := _WORKS_RE.match(head)) and works.end() < len(head):
        return replace(naming, names=(name + head[works.end() :],))  # 新建公办园12所、〔改扩建〕8所
    if not _LEVEL_RE.fullmatch(name):
        return naming
    level = _LEVEL_RE.search(head)
    head = head if level is None else head[: level.start()] + head[level.end() :]
    if head in _TIERS:
        return naming  # 乡镇不少于2名、〔村级〕不少于1名
    return replace(naming, names=(name + head,)) if head else naming


def _with_head(clause: Clause, group: list[Found], naming: Naming, before: Before, last: Naming) -> Naming:
    """A naming of a bare branch with the measure named before it: 食品产值达到10亿元，装备制造业〔产值〕达到6亿元."""
    verb = clause.blanked(before.end, group[0].start).strip()
    if verb not in ("达到", "达", "完成", "实现") or naming.end != group[-1].end:
        return naming
    name, lender = naming.names[0], last.names[-1]
    head = next((h for h in _LENT_HEADS if lender.endswith(h)), "")
    if not head or name == lender or name.endswith(word_list("measure_heads")) or name in word_list("light"):
        return naming
    if SUM_NOUN_RE.search(name):
        return naming  # 固定资产投资完成60亿元，教育经费完成2亿元
    return replace(naming, names=(name + head,), start=min(last.start, naming.start))


def _of_those(naming: Naming, group: list[Found], carried: Carried) -> Naming:
    """A naming by the names that a word points back to: 普及率达到78%，覆盖率达到98%；〔两项指标〕分别达到83%和100%."""
    names, start = carried.named(len(group))
    return (
        replace(naming, names=names, start=min(start, naming.start)) if len(names) == len(group) else naming
    )


def _of_a_bound(clause: Clause, naming: Naming, before: Before, last: Naming) -> Naming:
    """A naming with the thing that a bound without a head is said of: 产值超千万元的企业37家，其中超亿元的〔企业〕12家."""
    if clause.words.text[before.end - 1 : before.end] != "的":
        return naming
    return replace(naming, names=(f"{naming.names[0]}的{last.names[-1].rpartition('的')[2]}",))


def _of_the_same_thing(naming: Naming, last: Naming) -> Naming:
    """A naming with the thing that only the one before names: 生猪存栏47万头、〔生猪〕出栏62万头; 县级骨干教师500名、市级〔骨干教师〕60名."""
    name, lender = naming.names[0], last.names[-1]
    if name in _RAISED and (led := _RAISED_LEAD_RE.match(lender)):
        return replace(naming, names=(lender[led.end() :] + name,), start=min(last.start, naming.start))
    if name in _RAISED and lender.endswith(_RAISED) and len(lender) > len(name):
        return replace(naming, names=(lender[:-2] + name,), start=min(last.start, naming.start))
    level, led = _GRADE_RE.match(name), _GRADE_RE.search(lender)
    if level and led and lender[led.end() :] and 0 < led.start() <= name.find(lender[: led.start()]):
        return replace(naming, names=(level[0] + lender[led.end() :],))
    return naming
