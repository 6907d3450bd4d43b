"""Shared heads: A、B分别完成x、y; 城乡居民人均可支配收入; 校内、校外各1小时体育活动时间."""

from __future__ import annotations

import re

from pipeline.extract.quantities.words import word_list
from pipeline.lazy_re import lazy_re
from pipeline.numerals import chinese_digit

JOINT_RE = lazy_re(r"、|以及|和|(?<![普涉])及(?!以[上下]|[格时早])|与")  # 普及率, 及格率
_LAST_JOINT_RE = lazy_re(r"(?<=..)(?:以及|[和及与])(?=..(?!.*[和及与]))")
_AND_SO_ON_RE = lazy_re(r"(?<=..)等(?P<head>[一-鿿]{2,8})$")
_SUMMED_UP_RE = lazy_re(r"(?<=[一-鿿]{2})(?P<numeral>[两二三四五六七八九])[大类项个种](?=[一-鿿]{2})")
_SECTORS = ("第一产业", "第二产业", "第三产业")
_SECTOR_LIST_RE = lazy_re(
    r"(?P<first>第)?(?P<which>[一二三](?:[、和]第?[一二三]){1,2})(?P<industry>产业?)(?P<rest>.*)"
)  # 第二、第三产业占比重; 一、二、三产增加值
_AGE_RE = lazy_re(r"\d{1,3}(?:[-—－~～至]\d{1,3})?(?:周?岁)(?:及?以[上下])?")
_LENT_CLAUSE_RE = lazy_re(
    r"(?:承担|收取|负责|提供|完成|实现|持有|发放|拥有|使用|产生|缴纳|支付|开展|举办|安排|支出)?的(?=[一-鿿]{2})"
)
# two things in one word: 存贷款余额分别达199.5、67.5亿元
_BOTH = {"存贷款": ("存款", "贷款"), "进出口": ("进口", "出口")}
_BOTH_RE = lazy_re(r"(?P<both>存贷款|进出口)(?P<rest>(?:总?额|总?值|余额)?)$")
_EACH_CHARACTER = ("肉蛋奶", "粮棉油", "煤电油")  # three things in one word
_PER_OUTPUT_RE = lazy_re(r"(?:单位|万元)(?:国内生产总值|地区生产总值|生产总值|GDP|工业增加值)")
_USED_UP_RE = lazy_re(r"能耗|水耗|电耗|用水量|能源消耗|二氧化碳排放量?|碳排放量?|建设用地(?:面积)?")
_DEEDS = "(?:种植|收获|播种|采收|耕种|插秧|养殖|加工|收集|处理|回收|利用|供应|储存|采集|转运)"
_PROCESSED_RE = lazy_re(
    rf"(?P<thing>[一-鿿]{{1,6}})(?P<first>{_DEEDS})[、和及与](?P<second>{_DEEDS})(?P<head>[一-鿿]{{0,4}}[率量额])"
)  # 花生种植、收获机械化率
# what things of any length of name share: 玉米、马铃薯〔种植面积〕, 氨氮、氮氧化物〔排放量〕
_OF_THINGS_RE = lazy_re(
    r"(?:年均|平均)?(?:排放(?:总?量|强度)|浓度|(?:重点)?(?:工程)?减排量|总?产量|总产|单产|(?:播种|种植|收获|养殖)面积|[存出]栏量?|机械化率)$"
)
_EMITTED_RE = lazy_re(r"(?:重点)?(?:工程)?(?:减排|排放)")
_INSURED_RE = lazy_re(
    r"(?:参保|缴费|覆盖|报销)(?:率|人数|人次|比例)$|(?:人均)?(?:财政)?(?:补助|缴费|筹资)标准$"
)
_LEVELS_ALONE = frozenset(["国家", "省", "市", "县", "区", "州", "部", "自治区"])
_AVERAGED_RE = lazy_re(r"(?<=..)(?:生|人|户|亩|校|班)均(?=..)")
# those who each get their own: 对〔国家级、省级〕企业，分别给予
_SEVERAL_RE = lazy_re(
    r"(?:^|[对向为的，。；\s])(?:当年|企业|单位)?(?:新|首次|凡|主导|参与|牵头)?(?:获得|(?:评定|认定|命名|确认)为|获评|获|荣获|取得|受到|通过|达到|考取|引进|创建?成|制修?定|新?评)?(?P<whom>[^，。；的对向为\s]{3,40})"
    r"(?:的(?:企业|单位|个人|项目|职工|产品|学校|主体|机构|人员|农户|教师|团队|人才|(?P<thing>[一-鿿]{2,8}))?)?，?(?:由[^，。；]{2,10})?(?:每[一-鿿]{1,4}?)?(?:一次性)?分别(?:一次性)?(?:给予|予以)?$"
)
# what is a sum or a degree of itself and lacks no head
SUM_NOUN_RE = lazy_re(r"(?:经费|补贴|补助|津贴|退税|拨款|结余|基金|安全感|盖度|投入)$")
_PAYMENTS = ("费", "金", "补贴", "津贴", "补助")
_INSURANCES = ("保", "险", "养老", "医疗", "失业", "工伤", "生育")
_FOOTNOTE_RE = lazy_re(r"\[\d{1,2}\]")
_FIGURE_RE = lazy_re(r"\d")
_URBAN_RURAL_RE = lazy_re(r"城乡(?:常住)?(?=居民|年?低保|人均)")


def _has_measure_head(name: str) -> bool:
    return name.endswith(word_list("measure_heads"))


def _lacks(name: str, head: str, last: str) -> bool:
    """Say whether a name of a list needs the head of the last: 小学〔巩固率〕, 存款〔余额〕, 化学需氧量〔排放量〕."""
    if name.endswith(("存款", "贷款")):
        return last.endswith("余额")
    if head in word_list("measure_heads") and (summed := SUM_NOUN_RE.search(name)) is not None:
        return last.removesuffix(head).endswith(
            summed.group()
        )  # 社保基金、医保基金〔收入〕, but 办公经费、门票收入
    return not _has_measure_head(name) or (name.endswith("需氧量") and _EMITTED_RE.match(head) is not None)


def split_names(phrase: str, n_amounts: int) -> tuple[str, ...]:
    """Return the indicators that a coordinated phrase names, each in full; one name if it cannot be split so.

    >>> split_names("社会消费品零售总额、限额以上消费品零售额", 2)
    ('社会消费品零售总额', '限额以上消费品零售额')
    >>> split_names("城乡居民人均可支配收入", 2)
    ('城镇居民人均可支配收入', '农村居民人均可支配收入')
    >>> split_names("小学和初中巩固率", 2)
    ('小学巩固率', '初中巩固率')
    >>> split_names("小学、初中两类学校入学率", 2)
    ('小学学校入学率', '初中学校入学率')
    """
    if "]" in phrase:
        phrase = _FOOTNOTE_RE.sub("", phrase)
    if "分别" in phrase:  # 生猪、牛、羊分别出栏
        phrase = phrase.replace("分别", "", 1)
    if n_amounts == 2 and _URBAN_RURAL_RE.search(phrase) and not JOINT_RE.search(phrase):
        urban = "城市" if "低保" in phrase else "城镇"
        return tuple(_URBAN_RURAL_RE.sub(word, phrase, count=1) for word in (urban, "农村"))
    if n_amounts == len(_SECTORS) and phrase.startswith("三次产业"):
        return tuple(sector + phrase.removeprefix("三次产业") for sector in _SECTORS)
    if phrase[:1] in "第一二三" and (sectors := _SECTOR_LIST_RE.fullmatch(phrase)):
        which = re.findall("[一二三]", sectors["which"])
        if len(which) == n_amounts:
            first, rest = sectors["first"] or "", sectors["industry"] + sectors["rest"]
            return tuple(first + one + rest for one in which)
    is_both = n_amounts == 2 and ("存贷" in phrase or "进出" in phrase) and not JOINT_RE.search(phrase)
    if is_both and (both := _BOTH_RE.search(phrase)):
        return tuple(phrase[: both.start()] + one + both["rest"] for one in _BOTH[both["both"]])
    if n_amounts == 3 and (each := phrase[:3]) in _EACH_CHARACTER:
        return tuple(one + phrase[3:] for one in each)
    if phrase[-1:] in ("率", "量", "额") and (processed := _PROCESSED_RE.fullmatch(phrase)):
        thing, head = processed["thing"], processed["head"]
        return tuple(thing + deed + head for deed in (processed["first"], processed["second"]))
    parts = [p.strip() for p in JOINT_RE.split(phrase)]
    parts = [p for p in parts if p]
    if n_amounts and len(parts) > n_amounts:
        parts = _in_fewer(phrase, n_amounts)
    if len(parts) < 2 or (n_amounts and len(parts) != n_amounts):
        return (phrase,)
    last = parts[-1]
    if n_amounts and "等" in last and (summed := _AND_SO_ON_RE.search(last)):
        parts[-1] = last[: summed.start()]  # 教育、科学技术〔等支出〕
        return tuple(p + summed["head"] for p in parts)
    if per := _PER_OUTPUT_RE.match(parts[0]):  # 单位生产总值用水量、能耗
        parts = [parts[0], *(per.group() + p if _USED_UP_RE.fullmatch(p) else p for p in parts[1:])]
        last = parts[-1]
    if last[1:2] == "级" and last[0] in "国省市县区" and all(p in _LEVELS_ALONE for p in parts[:-1]):
        parts = [p + last[1:] for p in parts[:-1]] + [last]  # 省、市级龙头企业
    elif (aged := _AGE_RE.match(last)) and all(_AGE_RE.fullmatch(p) for p in parts[:-1]):
        parts = [p + last[aged.end() :] for p in parts[:-1]] + [last]  # 0-17岁、60岁及以上户籍人口
    elif (summed := _SUMMED_UP_RE.search(last)) and chinese_digit(summed["numeral"]) == len(parts):
        head = last[summed.end() :]  # 钢铁、水泥两大〔产业产值〕
        parts = [p + head for p in (*parts[:-1], last[: summed.start()])]
    elif _has_measure_head(last):
        bare = next((p for p in parts[:-1] if not _has_measure_head(p)), parts[0])
        head = "余额" if last.endswith("款余额") else shared_head(bare, last)
        parts = [p + head if _lacks(p, head, last) else p for p in parts[:-1]] + [last]
    elif (averaged := _AVERAGED_RE.search(last)) and not any("均" in part for part in parts[:-1]):
        parts = [p + last[averaged.start() :] for p in parts[:-1]] + [last]  # 小学、初中〔生均公用经费〕
    elif last.endswith(_PAYMENTS) and all(_pays_alike(part, last) for part in parts[:-1]):
        parts = [p + last[len(p) :] for p in parts[:-1]] + [last]  # 半护理、全护理〔照料费〕
    elif all(_lends_to(part, last) for part in parts[:-1]):  # 区级、市级骨干教师; 初中、小学“名校”
        mark = parts[-2][-1]
        head = last[last.index(mark, 1) + 1 :] if mark in "级类段" else last[len(parts[-2]) :]
        parts = [p + head for p in parts[:-1]] + [last]
    return tuple(parts)


def _in_fewer(phrase: str, n_amounts: int) -> list[str]:
    """The names of a list in some of which 和 stands: 教育、社会保障和就业支出, 仓储和邮政业、金融业和服务业; [] if they are not so many."""
    parts = [p.strip() for p in phrase.split("、")]
    if len(parts) == n_amounts:
        return parts
    joint = _LAST_JOINT_RE.search(parts[-1])
    if len(parts) != n_amounts - 1 or joint is None or n_amounts < 3:
        return []
    return [*parts[:-1], parts[-1][: joint.start()], parts[-1][joint.end() :]]


def each_of(text: str, left: int, end: int, n_amounts: int) -> tuple[tuple[str, ...], int]:
    """Return whom the amounts of a list are for, one each, and where they begin; none where they are not so many.

    >>> each_of("对国家级、省级企业，分别给予50万元、20万元奖励", 0, 12, 2)
    (('国家级企业', '省级企业'), 1)
    """
    listed = _SEVERAL_RE.search(text[left:end]) if n_amounts > 1 else None
    if listed is None or _FIGURE_RE.search(listed["whom"]):
        return (), end
    names = split_names(listed["whom"], n_amounts)
    if listed["thing"] and all(name.endswith("级") for name in names):
        names = tuple(name + listed["thing"] for name in names)  # 三星级、四星级的〔酒店〕
    return (names, left + listed.start("whom")) if len(names) == n_amounts else ((), end)


def _pays_alike(part: str, last: str) -> bool:
    """Say whether the last name of a list begins with one like a bare one: 半自理、〔全自理〕护理费."""
    size = len(part)
    return len(last) > size + 1 and size > 1 and last[size - 1] == part[-1]


def _lends_to(part: str, last: str) -> bool:
    """Say whether the last name of a list goes on where a bare one ends: after 级, or with a quoted head."""
    size = len(part)
    if part[-1] in "级类段" and part[-1] in last[1 : max(size, 5)]:
        return True  # 国家级、省级企业
    return "“" in last[1 : size + 1]


def shared_head(first: str, last: str) -> str:
    """Return what the last name of a list lends to the bare names before it: 小学、初中〔巩固率〕.

    >>> shared_head("区级", "市级骨干教师"), shared_head("城镇", "农村居民人均可支配收入")
    ('骨干教师', '居民人均可支配收入')
    """
    if (
        first[-1] in "路市县区级校园镇村水业"
        and (at := last.find(first[-1], len(first))) > 0
        and at < len(last) - 2
    ):
        return last[at + 1 :]  # 铁路、高速公路〔运营里程〕
    if len(first) > 3 and (lent := _LENT_CLAUSE_RE.search(last, 2)):
        return last[lent.start() :]  # 担保基金、金融机构〔承担的风险责任比例〕
    if first.endswith(_INSURANCES) and (insured := _INSURED_RE.search(last)):
        return insured.group()  # 医保、养老保险〔参保率〕
    for at, char in enumerate(last):  # 区级、市级…: the bare name ends in a character the last one has early
        if char == first[-1] and 0 < at < len(last) - 1 and at <= len(first):
            return last[at + 1 :]
    if (measured := _OF_THINGS_RE.search(last)) and measured.start() > 1:
        return measured.group()
    if len(last) > len(first) + 1 and not JOINT_RE.search(last):  # 教育、社会保障和就业〔支出〕
        cut = len(first) - 2 if last[len(first)] in "化性" else len(first)  # 种植、收获〔机械化率〕
        return last[max(1, cut) :]
    return next(
        (h for h in sorted(word_list("measure_heads"), key=len, reverse=True) if last.endswith(h)), ""
    )
