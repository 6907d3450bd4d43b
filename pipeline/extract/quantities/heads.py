"""The noun that ends the name of a thing counted: 32个新能源汽车〔充电桩〕, 12所〔学校〕设施设备."""

from __future__ import annotations

import functools
import re

from pipeline.extract.quantities.clauses import Clause
from pipeline.extract.quantities.words import at_start, word_set, words_between
from pipeline.lazy_re import compiled_once, lazy_re

# 新能源汽车〔充电桩〕, 农村〔互助幸福院〕: the end of a name that is a verb to the dictionary, or nothing at all
_HEAD_RE = lazy_re(
    r"(?:(?![的了是和及与])[\u4e00-\u9fff]){0,6}?(?:[桩所站队院社室点馆库房园岗厂店亭塔坝泵]|(?<=场)地|中心|基地|机构|组织|设备|设施|装备|系统|平台|探头|接口|线索|住房|用户|家庭|书记|场[所景])"
    r"(?=[，。；、（）和及的\n]|\Z)"
)
_SHORTEST_THING = 3
_TELLING_TAGS = frozenset({"d", "p"})  # of words that begin what is told of a thing


# what some units count, where a thing of theirs follows: 12所学校〔设施设备〕, 2家水泥企业〔超低排放〕
HEADS = {
    "个": "村庄(?=的|农村|生活|污水|环境|亮化|绿化|饮水|改造|整治)",
    "所": "中小学校|学校|小学(?![校生])|中学(?![校生])|幼儿园|高中|医院|卫生院",
    "家": "企业|养殖场|公司|医院|合作社",
    "条": "道路|公路|街道|河道|河流|渠道",
}
_OTHER_HEADS = "(?:食堂|学校|校区|分校|医院|院|中心|基地|平台|联盟|协会|实验室|研究院|工作站|集团|园|店|厂|车间|所|部|点)"


@functools.cache
def heads_re(unit: str) -> re.Pattern[str]:
    """Return a pattern of the things that a unit counts, before what is theirs: 12所〔学校〕设施设备."""
    return compiled_once(
        rf"[^、和及的]{{0,8}}?(?:{HEADS[unit]})(?=[一-鿿]{{2}})(?![^，。；]*{_OTHER_HEADS}$)(?![、和及的等])"
    )


def with_its_head(clause: Clause, begins: int, after: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the span of a thing counted up to the noun that ends it: 32个新能源汽车〔充电桩〕, 12支〔驻村工作队〕."""
    at = after[1] if after else begins
    head = _HEAD_RE.match(clause.words.text, at, clause.right)
    if head is None or at_start("predicate", "light", "inner", "reached", "tail").match(
        clause.words.text, at
    ):
        return after
    rest = words_between(clause.words, at, head.end())
    if any(tag in _TELLING_TAGS or word in word_set("predicate") for _, word, tag in rest):
        return after  # 6个“烂尾项目”〔尽快竣工交房〕
    is_whole = after is not None or len(head.group()) >= _SHORTEST_THING
    return (after[0] if after else at, head.end()) if is_whole else None
