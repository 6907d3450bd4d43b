"""How like two names of indicators are: characters and pairs of characters in common, with what must never differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipeline.lazy_re import lazy_re

LEAST_LIKENESS = 0.72
_SHORTEST, _LONGEST = 4, 24
#: Words that tell one indicator from its neighbour: names that differ in one of them are never the same.
_TELLING_RE = lazy_re(
    r"城镇|农村|农民|城乡|城市|居民|工业|农业|服务业|制造业|建筑业|第[一二三]|规模以上|规上|限额以上|限上|限下|人均|户均|亩均|生均|单位|每千|每万|每百"
    r"|占比|比重|比例|率|增速|省级|市级|县级|国家级|公办|民办|普惠|小学|初中|高中|学前|幼儿|中职|职业|高等|特殊|残疾|男|女|进口|出口|存款|贷款|收入|支出"
    r"|存栏|出栏|面积|产量|人数|户数|标准|余额|总投资|完成|民间|技改|房地产|基础设施|教育|医疗|医保|养老|失业|工伤|生育|污水|垃圾|燃气|供热|供水|用水|用电|能耗"
    r"|PM2|PM10|优良|污染|二级|新建|改造|拆除|淘汰|培训|就业|脱贫|贫困|低保|五保|特困|残|退役|留守|寄宿|随迁|教师|学生|校长|骨干|名师|学科|班主任|专任"
    r"|中央|地方|税|非税|土地|耕地|永久|建设用地|增加值|产值|利润|利税|营业|销售|零售|批发|电商|网络|外资|内资|省外|市外|高新|专精|科技|研发|专利|授权|申请|有效"
    r"|粮食|小麦|玉米|棉花|油料|蔬菜|水果|林果|肉|奶|蛋|猪|牛|羊|禽|水产|公路|铁路|道路|高速|桥|管网|停车|充电|5G|旅游|游客|床位|医生|医师|护士|卫生室|卫生院|医院"
    r"|开发区|园区|一本|二本|本二|本科|高校|清洁|招聘|资助|救助|补助|水利|森林|造林|沙化|绿化|灌溉|谋划|计划|卫生|民生|收获|综合机械|对外|外商|焦炭|煤炭|炼钢|炼铁|中心|预算|民营|私营|流转|取消|下放|硬化|二氧化碳|二氧化硫|重点|新入库|签约|开工|在建|竣工|亿元以上|债|基金|专项|扶贫|危房|棚户|老旧|保障|公租|安置|回迁|征收|拆迁|违法|满意|办结|办复|控制|约束|目标"
)
#: 10亿元以上项目 is no 亿元以上项目, and two things are not one of them: 财政收入和一般预算收入.
_FIGURE_RE = lazy_re(r"\d+|[和及与、]")
_Grams = Counter[str]
_Known = tuple[str, _Grams, int, frozenset[str], list[str]]


class Index:
    """Known names by their last two characters; those of an ending are prepared when it is first asked for."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, list[str]] = {}
        for name in names:
            if len(name) >= _SHORTEST:
                self._names.setdefault(name[-2:], []).append(name)
        self._prepared: dict[str, list[_Known]] = {}

    def ending_as(self, name: str) -> list[_Known]:
        """Return the known names that end as a name does: each with its characters, their number, telling words and figures."""
        end = name[-2:]
        if end not in self._prepared:
            self._prepared[end] = [_known(each) for each in self._names.get(end, ())]
        return self._prepared[end]


def _known(name: str) -> _Known:
    grams = _grams(name)
    return name, grams, sum(grams.values()), _telling(name), _FIGURE_RE.findall(name)


def _grams(name: str) -> _Grams:
    return Counter([*name, *(name[k : k + 2] for k in range(len(name) - 1))])


def _telling(name: str) -> frozenset[str]:
    return frozenset(_TELLING_RE.findall(name))


def nearest(name: str, known_names: Index) -> str | None:
    """Return the known name most like another, None below LEAST_LIKENESS.

    >>> nearest("城镇居民年人均可支配收入", Index(["城镇居民人均可支配收入", "农村居民人均可支配收入"]))
    '城镇居民人均可支配收入'
    >>> nearest("县城居民收入", Index(["城镇居民人均可支配收入"]))

    Both must end alike, as the head of a Chinese noun phrase is its end, and agree in every word that tells
    neighbours apart (城镇 or 农村, 存款 or 贷款).
    """
    if not _SHORTEST <= len(name) <= _LONGEST or not (alike := known_names.ending_as(name)):
        return None
    _, grams, size, telling, figures = _known(name)
    best, best_name = LEAST_LIKENESS, None
    for known, its_grams, its_size, its_telling, its_figures in alike:
        if its_telling != telling or its_figures != figures:
            continue
        likeness = 2 * sum((grams & its_grams).values()) / (size + its_size)
        if likeness >= best:
            best, best_name = likeness, known
    return best_name
