"""The place names of a title, an issuer or a text, each weighed by what stands before and behind it.

A name that belongs to others (希望小学, 大道, a list of county names that a spammer left) is no mention; one that is only
visited or compared with (赴杭州市考察) weighs little; one that carries an organ (柳城县教育局) weighs more.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.structure.gazetteer import Name, Place, gazetteer

_NEVER = 9999  # the year in which a place of today gives up its name
_ORGAN_RE = lazy_re(
    r"(?:[县市区旗省州盟]|自治[县州旗区])?(?:人民政府|政府|(?:(?<=[县市区旗州盟省])|[县市区])委|委(?!会|办)|人大|政协|人民代表大会|第?[一二三四五六七八九十]{1,3}届"
    r"|(?:教育|教体|教科|财政|民政|卫生|卫健|人社|发改|发展|农业|文化|文旅|住建|公安|统计|税务|科技|工信|交通|水利|司法|审计|应急|生态|自然)"
    r"[\u4e00-\u9fff]{0,8}?[局委厅办]|分局|日报|晚报|融媒|广播电视台|电视台|新闻网|政府网|政务网"
    # zones of a city: 蚌埠经济开发区社会事业局, 兰州新区教育体育局
    r"|市?(?:国家级?)?(?:高新|经开|经济|高新技术|现代|综合|保税|工业|产业|临空|航空港|循环|技术|开发){0,4}(?:开发区|高新区|经开区|工业园区?|产业园区?|新区|示范区|实验区)"
    r"(?=管委会|管理委员会|党工委|[\u4e00-\u9fff]{0,10}[局委办部]|关于|20\d\d))"
    # any other body, where its name ends: 柳城县乡村振兴局关于
    r"|(?:[\u4e00-\u9fff]{2,10}?(?:局|委员会|办公室)|[\u4e00-\u9fff]{0,10}?(?:总工会|联合会|法院|检察院|红十字会|中学|医院))(?=关于|印发|转发|[ \u3000、\n]|$)"
)  # 柳城教育局, 旬邑县委, 容城县第十四届人民政府; 向镇|安委会 is no 镇安
_OF_OTHERS_RE = lazy_re(
    r"(?:大学|学院|师大|交大|师范|小吃|拉面|烤鸭|榨菜|[东西南北中]?路(?![网面]|[\u4e00-\u9fff]镇)|[东西南北]?街(?!道|[\u4e00-\u9fff]镇)|[东西南北]?大[道街]|高速|铁路|机场|火车站|大桥|银行|希望|名校|经验|模式|战役|会议|精神|籍)(?![镇乡村])"
)  # 顺德希望小学, 保定东路, 三明经验
_PARTY_RE = lazy_re(
    r"(中(?=共)|共青(?=团)|政(?=协))[共团协](?=[\u4e00-\u9fff])"
)  # before the place of its committee
_TOWARDS_RE = lazy_re(
    r"(?:赴|到|去往|前往|(?<!—)来自|原籍|对接|学习|借鉴|支援|援|帮扶|结对|协作|引进|邀请|[与和同])$"
)  # 赴浙江省杭州市考察
_NOT_A_COUNTY_RE = lazy_re(r"城(?!关)|[级域长直乡内属]")  # behind 成县, 代县: 建成县级, 代县长
# a name whose stem is a word, read across a border between words: 资源县|域, 合作市|场
_HALF_A_WORD_RE = lazy_re(r"(?<=县)(?:城(?!关)|[级域长乡])|(?<=市)[场民容政面]|(?<=区)[域划间位]")
_DESCRIPTIVE_RE = lazy_re(
    r"(?:[新老]?城|郊|矿|新市|[城市][东西南北中]|江[东西南北]|河[东西南北])区"
)  # 老城区 is a district of 洛阳, and a part of every town
_TOWN_RE = lazy_re(r"[镇乡村]|街道|社区|小区")  # 大埔镇 lies in 柳城县
GRAMMATICAL = "和成代应兴达随单开富强"  # 和县 in 县委和县政府, 成县 in 建成县城, 代县 in 代县长
_SEPARATED_RE = lazy_re(r"[ \t\u3000|｜丨、，,；;·/\-]{1,4}|\s{1,3}")
_ABOUT_RE = lazy_re(r"关于|转发")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦"
    "季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍"
)
_POST_RE = lazy_re(r"长(?![期江廊治三短])|委(?:副?书记|常委)")  # 刘新河县长, 王文安县委书记
_PAPERS = ("日报", "晚报")
_OF_PLACES = ("分局", *_PAPERS)  # behind a name that is a word as well: 开封日报
CLAIMING = ("title", "issuer", "outlet")  # zones in which a document says whose it is
_SPECIAL = ("香港特别行政区", "澳门特别行政区", "台湾省")


@dataclass(frozen=True, slots=True)
class _Read:
    """A name and what it may mean; `start` is where its parents before it begin, if it `is_chained` to any (柳州市柳城县)."""

    name: Name
    places: tuple[Place, ...]
    start: int
    is_chained: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name that counts, with the weight its surroundings give it; `sure` unless it needs a proof elsewhere.

    `said` is the name with the organ behind it, `front` and `behind` the characters beside it; `is_visited` when the
    sentence only goes there.
    """

    zone: str
    name: Name
    places: tuple[Place, ...]
    sure: bool
    weight: float
    said: str = ""
    front: str = ""
    behind: str = ""
    is_visited: bool = False


def _of_year(places: tuple[Place, ...], year: int | None) -> tuple[Place, ...]:
    """Return those of several places that bore the name in a year; all when none did.

    One place under two superiors, 旬阳县 of 安康地区 and then of 安康市, is the one of that year, else the last.
    """
    if len(places) < 2:
        return places
    if year is not None:
        places = tuple(place for place in places if place.existed_in(year)) or places
    for place in places:
        for other in places:
            if other is not place and other.adcode == place.adcode:
                return _under_one(places, year)
    return places


def _under_one(places: tuple[Place, ...], year: int | None) -> tuple[Place, ...]:
    """Return places, each under the superior that it had in a year, else the last one."""
    kept: dict[tuple[str, str], Place] = {}
    for place in sorted(places, key=lambda place: place.until or _NEVER):
        before = kept.get((place.adcode, place.name))
        if before is None or year is None or (before.until or _NEVER) < year:
            kept[place.adcode, place.name] = place
    return tuple(place for place in places if place in kept.values())


def _is_history(places: tuple[Place, ...], year: int | None) -> bool:
    """Say whether a document only looks back on a name: 通县 in one of 2010."""
    return year is not None and all(p.is_bygone and not p.existed_in(year) for p in places)


def _chained(names: Iterable[Name], year: int | None) -> Iterator[_Read]:
    """Yield each name with the places it may mean; of 柳州市柳城县 only the last, read in the light of the first."""
    held: _Read | None = None
    for name in names:
        if held is not None:
            if held.name.end == name.start:
                below = tuple(p for p in name.places if any(p.lies_in(above) for above in held.places))
                if below:
                    held = _Read(name, below, held.start, is_chained=True)
                    continue
            yield held
        held = _Read(name, _of_year(name.places, year), name.start)
    if held is not None:
        yield held


def _without_lists(text: str, found: list[_Read]) -> list[_Read]:
    """Leave out runs of four or more names with nothing between them but marks: 遵义县| 常熟市| 宣城市| …"""
    kept: list[_Read] = []
    run: list[_Read] = []
    for item in found:
        if run and not _SEPARATED_RE.fullmatch(text, run[-1].name.end, item.start):
            kept += run if len(run) < 4 else ()
            run = []
        run.append(item)
    return kept + (run if len(run) < 4 else [])


_VERBS_WITH_COUNTY = frozenset(
    {"会同县", "新建县"}
)  # counties, and what is done with, or by, one's own: 新建|县医院


def _is_half_a_word(name: Name, text: str) -> bool:
    """Say whether a name only seems to stand here: 资源县域, 大埔镇."""
    if not name.full:
        return _TOWN_RE.match(text, name.end) is not None
    return name.text[:-1] in gazetteer().wordlike and _HALF_A_WORD_RE.match(text, name.end) is not None


def _is_a_persons(name: Name, text: str) -> bool:
    """Say whether a name in full is that of a person and the post: 刘新河县长."""
    at = name.start - 1
    if at < 0 or not name.full or text[at] not in SURNAMES or not _POST_RE.match(text, name.end):
        return False
    return at == 0 or not "\u4e00" <= text[at - 1] <= "\u9fff"


def _is_sure(zone: str, text: str, read: _Read, organ: re.Match[str] | None) -> bool | None:
    """Say whether a name needs no proof elsewhere: it means one place, and stands where it can mean nothing else.

    None where two characters that name a county are no name here: 建成县级.
    """
    name, places = read.name, read.places
    starts_word = name.start == 0 or not "\u4e00" <= text[name.start - 1] <= "\u9fff"
    if name.full and len(name.text) == 2 and not read.is_chained:  # 唐县, 和县, 芒市, 城区
        if _NOT_A_COUNTY_RE.match(text, name.end) or name.text.endswith("区"):
            return None
        is_claim = organ is not None or name.text[0] not in GRAMMATICAL  # 富县强镇
        has_own_organ = organ is not None and text[name.end] == "县"  # 成县县委
        return starts_word and len(places) == 1 and (has_own_organ or (is_claim and zone in CLAIMING))
    if read.is_chained:
        return True
    is_in_a_word = zone == "title" and not name.full and not starts_word
    if not organ and (is_in_a_word or _DESCRIPTIVE_RE.fullmatch(name.text)):
        return False
    if len(places) != 1:
        return False
    return name.full or (
        organ is not None and (organ[0] in _OF_PLACES or name.text not in gazetteer().wordlike)
    )


def read_mentions(zone: str, text: str, year: int | None = None) -> Iterator[Mention]:
    """Yield the mentions of places in one zone (title, issuer, outlet, hint, head, body, tail) of a document.

    >>> [(m.name.text, m.sure, m.weight) for m in read_mentions("body", "旬邑县教育局赴杭州市考察，顺德希望小学")]
    [('旬邑县', True, 2.0), ('杭州市', True, 0.2)]

    A name that several places bore is read as of `year`, and one given up long before counts only where a document says whose it
    is. Leaves out runs of four or more names with only marks between.
    """
    if zone != "body" and ("中共" in text or "共青团" in text or "政协" in text):
        text = _PARTY_RE.sub(r"\1　", text)  # 中共和县委员会 is no 共和县
    about = _ABOUT_RE.search(text) if zone == "title" else None
    issuer_in_title = False
    visited_until = len(text)
    for read in _without_lists(text, list(_chained(gazetteer().find_names(text), year))):
        name, places, chained = read.name, read.places, read.is_chained
        if not places:
            continue
        if places[0].until is not None and zone not in CLAIMING and _is_history(places, year):
            continue
        organ = _ORGAN_RE.match(text, name.end)
        if not organ and _OF_OTHERS_RE.match(text, name.end):
            continue
        if organ is not None and places[1:] and organ[0] in _PAPERS:
            places = (
                tuple(p for p in places if not p.county) or places
            )  # 南昌日报 is the city's, not 南昌县's
            read = dataclasses.replace(read, places=places)
        if not chained and ((not organ and _is_half_a_word(name, text)) or _is_a_persons(name, text)):
            continue
        is_verb = name.text in _VERBS_WITH_COUNTY and not chained and zone not in CLAIMING
        if is_verb and (zone == "body" or (name.start and text[name.start - 1] not in "\n \u3000")):
            continue  # 县教育局会同县财政局
        # in a text's last lines only a signature counts: links to other pages stand there too
        weight = 2.0 if organ and zone == "body" else 0.3 if zone == "tail" and not organ else 1.0
        if organ and zone in ("head", "tail") and (name.start == 0 or text[name.start - 1] in "\n \u3000?"):
            weight = 2.0  # 柳城县教育局 on a line of its own, or in front of it
        is_visited = _TOWARDS_RE.search(text, read.start - 4 if read.start > 4 else 0, read.start) is not None
        is_visited = is_visited or text[visited_until : read.start] in ("、", "和")  # 赴颍上县、临泉县考察
        if is_visited:
            weight *= 0.05 if zone == "title" else 0.2
            visited_until = name.end
        if about and name.start > about.start() and issuer_in_title:
            weight *= 0.3
        issuer_in_title |= about is not None and name.start < about.start()
        if places[0].province in _SPECIAL and zone not in CLAIMING:
            continue  # 香港, 澳门 and 台湾 are spoken of everywhere
        sure = _is_sure(zone, text, read, organ)
        if sure is None:
            continue
        is_body = organ is not None and zone != "title" and not organ[0].endswith("届")
        said = text[name.start : organ.end()] if is_body and organ else name.text
        front = text[name.start - 1 : name.start] if name.start else ""
        behind = text[name.end : name.end + 1]
        yield Mention(zone, name, places, sure, weight, said, front, behind, is_visited)
