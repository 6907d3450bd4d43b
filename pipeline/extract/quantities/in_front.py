"""The indicator in front of an amount: 〔新增贷款〕的70%, or before the brackets it stands in: 〔人才公寓〕（60—120平方米）."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quantities.amounts import RATE_KINDS, Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming, balanced, with_its_mark
from pipeline.extract.quantities.front import is_bound
from pipeline.extract.quantities.governing import Before, words_before
from pipeline.extract.quantities.lists import JOINT_RE, split_names
from pipeline.extract.quantities.refusals import KEPT
from pipeline.extract.quantities.words import at_start, word_list, words_between
from pipeline.lazy_re import lazy_re

_ONE_OF_RE = lazy_re(r"一[套个处座所项条间栋幢块片]")  # 一套人才公寓
_SHORT_LABEL, _THING, _LONG_THING = 3, "nbj", "nbjfmqsvlaezitg"  # of tags: what a label may hold
_LINE_MARKS = ("", "\n", "。", "；", "：", "）", "、")
_LONGEST_LABEL = 24
_RATES = ("share", "points")
_SPENDING = frozenset({"投资", "投入", "筹资"})
# 〔累计〕投入2.05亿元: the sum of years is another figure than one year's, and so is what is only planned
_SUMMED_RE = lazy_re(r"累计$|计划$")
_PLANNED_RE = lazy_re(r"(?:规划|计划|估算|概算|预算|匡算)$")  # 〔估算〕总投资1.35亿元
_TAKEN_FROM_RE = lazy_re(
    r"从(?P<what>[^，、]{2,14}?)中(?:统筹)?(?:安排|列支|提取|划拨|拨付|切块|拿出|划出|支出)$"
)  # 从〔预备费〕中安排320万元
# 结果在县政府网站〔公示〕5个工作日, 对留守儿童〔走访〕一次
_DONE_SOMEWHERE_RE = lazy_re(
    r"(?:.{0,12}?在.{2,14}?|对.{2,20}?)(?P<deed>公示|公开|张贴|公告|展示|挂牌|走访|巡查|检查|抽查|抽检|回访|随访|督查|督导|调度|培训)"
)
_BEYOND_RE = lazy_re(r"\d[\d.]{0,8}[万亿]?[一-鿿]{1,3}?及?以[上下内]的(?=(?:补贴|补助|奖励|奖补|资助)$)")
_OUGHT_RE = lazy_re(rf"(?:应当?|必须|须|要|至少)+(?=(?:{'|'.join(KEPT)})$)")  # 检验记录〔应当〕留存五年
_LEVEL_BESIDE_RE = lazy_re(r"(?P<what>.{2,12}?)[降升涨]至.{2,10}$")
_SEVERAL_RE = lazy_re(
    r"[\u4e00-\u9fff、]{2,40}(?P<all>[两三四五六七八九十]大[\u4e00-\u9fff]{0,6}(?:产业|行业|集群|领域|板块)[\u4e00-\u9fff]{0,6})"
)
_HOW_DONE = frozenset({"依法", "依法依规", "责令", "强制", "坚决", "及时", "集中"})
_BARE = frozenset(["项目", "企业", "登记企业"])
# the stage that a project or a firm has come to, which tells one count of them from another
_STAGE_RE = lazy_re(r"(?:新?(?:签约|开工|竣工|投产|在建|续建|入库|储备|谋划|落地|申报|投运)|新(?=登记))$")
_SEASONS = frozenset(["春季", "夏季", "秋季", "冬季", "汛期"])  # 今年秋季力争达到95%以上
THE_REST = frozenset({"其余", "剩余", "另外"})  # 35件实事已完成31件，〔其余〕4件
_RATES_RE = lazy_re(
    r"[^、和及与]{2,16}率(?:[、和及与][^、和及与]{2,16}率){1,4}"
)  # 保安配备率、监控安装率达到100%
_SHARES = ("占比", "比重", "比例", "份额")
_GOES_ON = ("（", "、", "和")  # 分别达到95%（目标90%）和96%
_SHORTEST_MEASURE = len("财政收入")  # 营业收入和利润 are those of the same firms, named once
_URBAN_AND_RURAL_RE = lazy_re(
    r"(?P<urban>城镇|城市)(?:居民)?[、和与及](?P<rural>农村)(?P<of>居民人均[一-鿿]{2,8})"
)
_TOWARDS_RE = lazy_re(r"(?:还|正|仍)?(?:在|不断|继续|努力|奋力|稳步){0,2}(?:向|朝着)$")
_RATE_JOINT_RE = lazy_re(r"(?<=率)[、和及与]")


def named_in_front(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    """Name a group by the words in front of it that `before` found, None where they name nothing: 乡镇100%通硬化路、〔100%〕通客车."""
    if group[0].kind == "share" and before.change and clause.words.text[before.end - 1] == "的":
        before = replace(
            before, start=before.change_at or before.start
        )  # 〔新增贷款〕的70%: a share, no change
    name = balanced(with_its_mark(clause.words.text, before.start, before.end))
    if name[-1:] == "的" and len(name) > 2:
        name = name[:-1]
    towards = _TOWARDS_RE.search(name) if name[-1:] in ("向", "着") else None
    name = name[: towards.start()] if towards else name
    completed = _completed(clause, group, before, _trimmed(name, is_alone=len(group) == 1))
    if completed is None:
        return None
    name, before = completed
    may_be_each = before.is_parallel or (group[0].kind in RATE_KINDS and not before.is_shared)
    is_list = "、" in name or "和" in name or "城乡" in name or "与" in name or "及" in name
    each: tuple[str, ...] = ()
    if may_be_each and is_list and not group[1:] and not clause.words.text.startswith(_GOES_ON, group[0].end):
        each = _each_alike(name, group[0], before)
    before = replace(before, is_shared=True) if each else before
    n_amounts = 0 if before.is_shared else len(group)
    if (
        len(group) > 1
        and group[0].kind in ("people", "count")
        and len({g.amount.unit for g in group}) > 1
        and "分别" not in clause.words.text[before.start : group[0].start]
    ):
        n_amounts = 1  # 城乡低保户3032户、4807人
    if len(name) < 2 or (name.endswith("、") and clause.start < clause.left):
        return None  # 乡镇100%通硬化路、〔100%〕通客车
    names = each or (split_names(name, n_amounts) if n_amounts != 1 else (name,))
    if n_amounts == 1 and group[0].kind == "share" and "率" in name[:-1] and _RATES_RE.fullmatch(name):
        names, before = tuple(_RATE_JOINT_RE.split(name)), replace(before, is_shared=True)
    start = before.start if before.change_at is None else min(before.start, before.change_at)
    is_aim = name == "计划投资" or towards is not None  # of a project that is begun or not; 在向“超8万”而努力
    return Naming(
        names, start, group[-1].end, is_shared=before.is_shared, status="target" if is_aim else None
    )


def _trimmed(name: str, *, is_alone: bool) -> str:
    """Return a name without what stands in it beside the thing named: 经营满一年且〔面积〕不少于60平方米."""
    if "以" in name and (beyond := _BEYOND_RE.match(name)):
        name = name[beyond.end() :]  # 20万元及以上的〔补贴〕5000元
    if "从" in name and (source := _TAKEN_FROM_RE.search(name)):
        name = source["what"]
    if "且" in name and len(also := name.rpartition("且")[2]) > 1 and "而且" not in name:
        name = also  # 经营满一年且〔面积〕不少于60平方米
    if "至" in name and (level := _LEVEL_BESIDE_RE.match(name)):
        name = level["what"]  # 〔水库水位〕降至汛限水位以下1米
    if "大" in name and is_alone and (several := _SEVERAL_RE.fullmatch(name)):
        name = several["all"]  # 装备制造、食品加工〔两大主导产业〕
    return name


def _completed(clause: Clause, group: list[Found], before: Before, name: str) -> tuple[str, Before] | None:
    """Return a name with the word in front of it that it needs, 〔签约〕项目20项, and where it stands; None where it names nothing."""
    if name in _BARE and (stage := _STAGE_RE.search(clause.words.text, clause.left, before.start)):
        name, before = stage[0] + name, replace(before, start=stage.start())  # 〔签约〕项目20项
    if before.change_at is not None and name in _HOW_DONE:  # 依法〔取缔〕4家, 〔责令关闭〕8家
        measure = clause.words.text[before.change_at : group[0].start].rstrip("了 ")
        name = name + measure if name == "责令" else measure
    if name in _SEASONS or name in THE_REST:
        return None
    if "、" in name and group[0].amount.unit == "%" and _follows_a_share(clause) and not before.is_shared:
        name = name.rpartition("、")[2]  # 工地100%围挡、〔物料〕100%覆盖
        before = replace(before, start=before.end - len(name))
    if not clause.blanked(before.start, before.end).strip("□■ 、，的"):
        return None
    if group[0].kind in ("time", "times") and (deed := _DONE_SOMEWHERE_RE.fullmatch(name)):
        name, before = deed["deed"], replace(before, start=before.end - len(deed["deed"]))
    elif group[0].kind == "time" and name.endswith(KEPT):
        name = _OUGHT_RE.sub("", name)
    if name in _SPENDING or name == "总投资":
        kept = _PLANNED_RE if name == "总投资" else _SUMMED_RE
        qualifier = kept.search(clause.words.text, max(clause.start, before.start - 2), before.start)
        if qualifier:
            name, before = qualifier.group() + name, replace(before, start=qualifier.start())
    if before.change == "decrease" and group[0].kind in _RATES and before.change_at is not None:
        verb = at_start("decrease").match(name) if before.change_at <= before.start else None
        name = name[verb.end() :] if verb and verb.end() + 1 < len(name) else name  # 〔压缩〕时限32%
    return name, before


def _each_alike(name: str, found: Found, before: Before) -> tuple[str, ...]:
    """Return the names of which each grows alike, () where one thing does: 工业产值和财政收入〔均〕增长7%, but 研究与试验发展经费."""
    if before.is_parallel and "城乡" in name and (sides := split_names(name, 2))[1:]:
        return sides  # 城乡居民收入分别增长7%以上
    if found.kind not in RATE_KINDS:
        return ()
    if len({part.endswith(_SHARES) for part in JOINT_RE.split(name)}) > 1:
        return ()  # 农业产值、工业产值占比提高1个百分点
    if before.is_parallel:
        names = split_names(name, 0)
        return names if len(names) > 1 and not any(map(is_bound, names)) else ()
    if before.change is None and found.amount.unit != "番":
        return ()
    if urban := _URBAN_AND_RURAL_RE.fullmatch(name):  # 城镇和农村居民人均可支配收入: no sum
        return (urban["urban"] + urban["of"], urban["rural"] + urban["of"])
    parts = JOINT_RE.split(name)
    is_each = len(parts) > 1 and all(
        len(part) >= _SHORTEST_MEASURE and part.endswith(word_list("measure_heads")) for part in parts
    )
    return split_names(name, len(parts)) if is_each else ()


def _follows_a_share(clause: Clause) -> bool:
    """Say whether what stands before an amount goes on from a whole share: 工地100%〔围挡、物料〕100%覆盖."""
    return clause.start < clause.left and clause.line.endswith("100%", 0, clause.left - clause.offset)


def of_brackets(
    clause: Clause, group: list[Found], carried: Carried, per: tuple[str, int] | None
) -> Naming | None:
    """Name an amount alone in brackets by the noun before them: 人才公寓（60—120平方米）."""
    opening = clause.start - 1
    begins = clause.start
    if per and per[1] == begins:  # 家访（每周2次）
        begins += len(per[0])
    if group[0].start != begins or clause.words.text[opening : opening + 1] not in ("（", "("):
        return None
    pause = max(clause.line.rfind(mark, 0, opening - clause.offset) for mark in "，；。：、（")
    left = max(clause.offset + pause + 1, opening - 30, clause.offset)
    if carried.end > left:  # 道路3条（12公里） goes on about the amount before
        return None
    before = words_before(clause.words, clause.line, clause.offset, left, opening)
    start = before.start
    if one := _ONE_OF_RE.match(clause.words.text, start, before.end):
        start = one.end()
    name = balanced(clause.words.text[start : before.end].strip())
    return Naming((name,), start, group[-1].end) if len(name) > 1 else None


def of_a_label(clause: Clause, group: list[Found], per: tuple[str, int] | None) -> Naming | None:
    """Name an amount behind a colon by the label before it: 〔森林覆盖率〕：35%, 〔收费标准〕：每学期300元."""
    colon = clause.start - 1
    if colon < clause.offset or clause.words.text[colon] not in "：:":
        return None
    begins = per[1] if per and per[1] >= clause.start else group[0].start
    if clause.blanked(clause.start, begins).strip("□ 约近达到为共"):
        return None
    pause = max(clause.line.rfind(mark, 0, colon - clause.offset) for mark in "，。；：、（）\n")
    left = clause.offset + pause + 1
    if colon - left > _LONGEST_LABEL:
        return None
    before = words_before(clause.words, clause.line, clause.offset, left, colon)
    name = balanced(clause.words.text[before.start : before.end].strip())
    if not name.endswith(word_list("measure_heads")) or "□" in clause.blanked(before.start, before.end):
        words = words_between(clause.words, before.start, before.end)
        is_counted, may_hold = group[0].kind in ("count", "people"), _THING
        if len(name) > _SHORT_LABEL and clause.words.text[left - 1 : left] in _LINE_MARKS:
            is_counted, may_hold = (
                is_counted or group[0].kind == "money",
                _LONG_THING,
            )  # 〔科技研发投入〕：3亿元
        is_thing = is_counted and all(tag[0] in may_hold for _, _, tag in words)
        if not is_thing:
            return None
    return Naming((name,), before.start, group[-1].end) if len(name) > 1 else None
