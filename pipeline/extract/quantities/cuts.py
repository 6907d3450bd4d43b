"""Where inside the words before an amount its name begins: behind a subject, a verb, a heading, another sum."""

from __future__ import annotations

import functools

from pipeline.extract.quantities.front import MAY_RE, Front, is_bound
from pipeline.extract.quantities.openings import strip_opening
from pipeline.extract.quantities.words import at_start, word_list, word_set, words_between
from pipeline.lazy_re import lazy_re

_AUXILIARY_RE = lazy_re(r"必须|应当|已经|[要应须已将拟]")
_DEMONSTRATIVE_RE = lazy_re(r"(?<=.)(?:这|该|其|上述|(?<![岁元人名万亿亩个户年级])以下)$")  # 明确〔这〕2分钱
_YEARS_RE = lazy_re(
    r"[近过去未来这前今后]{0,2}[一二三四五六七八九十两\d]{1,3}年(?:来|间)?$"
)  # 五年〔年均增长〕
_WHOLE_RE = lazy_re(
    r"(?:计划|总)投资额?$|(?:总)?(?:建筑|占地|流转|种植|播种)面积$|总长度?$|全长$|总面积$|总里程$"
)  # 启动〔建筑面积〕
_LAST_SUM_RE = lazy_re(
    r"(?:、|[和及]|等)(?=(?:总|计划|完成|概算)?投资$|占地$|投入$|[年日]产$)"
)  # 投资33亿元的工业园、〔投资〕6.12亿元
_WHERE_RE = lazy_re(r"等[一-鿿]{0,4}$")
_SUMS = ("资金", "经费", "基金", "补贴", "项目", "工程", "费用", "支出")  # 转化等奖励〔资金〕
_WHERE_ADDED = ("城镇", "农村", "城乡", "乡村")
_WORKS = ("新建", "改建", "扩建", "改扩建", "续建", "迁建")
_SO_FAR = frozenset(["累计", "共", "先后"])
_HAVING = frozenset({"共有", "共设", "设有", "现有"})
_LEADING = frozenset(
    {"达到", "新增", "将", "把", "使", "是", "为", "按", "按照", "可按", "应按", "可", "及", "以及"}
)
_BY_WHOM_RE = lazy_re(
    r"(?:政府|县委|区委|市委|局|财政|企业|部门|公司|银行|我们|各级|[县市区镇乡村校园院]|小学|中学)$"
)  # 县委、县政府|累计投入资金
_AIMS = ("目标", "任务", "指标", "重点", "特别", "尤其", "就")
# whom something is done for, behind 为
_HELPED = (
    *(
        "企业",
        "商户",
        "主体",
        "纳税人",
        "群众",
        "居民",
        "市民",
        "村民",
        "农民",
        "农户",
        "百姓",
        "家庭",
        "用户",
    ),
    *("职工", "劳动者", "人员", "学生", "师生", "老人", "儿童"),
)
_REACHING = frozenset({"实现", "达到", "完成"})
_OBTAINING = frozenset({"购置", "安装", "拆除", "清理", "淘汰", "改造"})
_PAID_RE = lazy_re(r"(?:补贴|补助|资金|经费|费用|基金){1,2}(?:额|标准|比例|总额|限额)?")
_CERTIFIED = ("产品", "农产品", "企业", "基地", "面积", "机构", "数")
_JOINT_RE = lazy_re(r"[、和与及]")
_GIVING = frozenset({"发放", "提供", "拨付"})  # 为困难群众发放〔救助资金〕
_BOUND_LEAD_RE = lazy_re(r"不(?:得|能)?(?:低于|少于|超过|高于)(?=..)")  # 按〔不低于〕采购金额的30%
_LONGEST_MANNER = 5
_CHARGED_RE = lazy_re(r"(?<=..)(?:收取|征收|收缴)的(?=[一-鿿]{2})")  # 小微企业收取的〔担保费率〕
_REACHED_RE = lazy_re(r"(?:实现|达到|完成)(?=..)")
_SHARE_OF_USE_RE = lazy_re(
    r"[^，。；、的]{1,14}的[一-鿿]{0,4}(?:比例|比重|占比|份额)$"
)  # 土地出让收益〔用于农业农村的比例〕: of what comes before
_AMENDED_RE = lazy_re(
    r"(?:将|把)?[■□\d（）〔〕、]{0,60}(?:第[^，。；]{1,12}[条款项])?中的“?|”?(?:统一|相应|分别)?(?:修改|修订|更改|改)为“"
)
_LIMIT_RE = lazy_re(r"及?以[上下内外]的?")  # 500万元〔以下的〕小微企业


def cut_subject(front: Front) -> None:
    """Begin the name behind a subject and its modal: 担保机构要重点支持〔单户担保金额〕."""
    for match in reversed(list(_AUXILIARY_RE.finditer(front.raw, front.left + 1))):
        behind = match.end()
        if front.begins_word(match.start()) and front.begins_word(behind):
            kept = front.left, front.change, front.change_at
            front.left = behind
            strip_opening(front)
            if front.left > behind and len(front.raw) - front.left > 2:
                return
            front.left, front.change, front.change_at = kept


@functools.cache
def _telling_words() -> frozenset[str]:
    """Return the words that `cut_inside` knows; of four characters there are others."""
    return word_set("inner") | word_set("light") | _SO_FAR | _HAVING | _LEADING


def cut_inside(front: Front) -> None:
    """Begin the name behind the last verb inside the clause: 为困难群众发放〔救助资金〕."""
    raw, start, telling = front.raw, front.start, _telling_words()
    helped = -1
    if front.left and raw[front.left - 1 : front.left] == "为":
        front.left = helped = _helping(front, front.left) or front.left
    for at, word, tag in words_between(front.words, start + front.left, start + len(raw)):
        if word not in telling and len(word) != 4:
            continue
        inner = at + len(word) - start
        if word == "达到" and raw.startswith("或", inner):
            continue  # 达到或优于Ⅲ类
        if word == "新增" and inner < len(raw) - 1 and raw.endswith(_WHERE_ADDED, 0, at - start):
            front.turn(word, at - start)
            front.left = at - start - len("城镇")  # 〔农村新增就业〕 is not that of the towns
        elif word in word_set("inner"):
            is_given = at - start == helped == front.left and word in _GIVING
            is_late = (at > start + front.left or is_given) and inner < len(raw) - 1
            is_of_use = word == "用于" and _SHARE_OF_USE_RE.match(raw, inner)
            if is_of_use:
                continue
            if is_late and tag == "v" and raw[at - start - 1] != "、" and not _needs(word, raw[inner:]):
                front.left = inner
                front.turn(word, at - start)
        elif (
            tag[0] == "v"
            and inner < len(raw) - 1
            and word in word_set("light")
            and not raw.startswith(_SUMS, inner)
            and _WHERE_RE.search(raw, front.left, at - start)
        ):
            front.left = inner  # 在渠江等街道建设〔综合体〕
        elif word in _SO_FAR and _BY_WHOM_RE.search(raw, front.left, at - start) and inner < len(raw) - 1:
            front.left = at - start
            strip_opening(front)
        elif word in _HAVING and at > start + front.left and inner < len(raw) - 1:
            if word != "现有" or "一" <= raw[at - start - 1] <= "鿿":
                front.left = inner  # 城西小学|共有教学班, 学校|现有在校生
        elif len(word) == 4 and word[:2] in word_set("inner") and at > start + front.left:
            front.left = at - start  # 向企业〔发放贷款〕
        elif word in ("将", "把", "使") and 2 < inner < len(raw) - 1:  # 中央决定将〔农民人均纯收入〕
            verb = at_start("light").match(raw, inner)
            if verb is None:
                front.left = inner + 2 * raw.startswith("用于", inner)  # 资金将用于〔新建校舍〕
            elif verb.end() < len(raw):  # 中央财政将安排〔科技支出〕; without a noun the whole is the name
                front.left = verb.end()
        elif word == "是" and (verb := at_start("light").match(raw, inner)) and verb.end() < len(raw):
            front.left = verb.end()  # 主要任务是建设〔高标准农田〕
        elif (
            word == "为"
            and at - start > front.left
            and raw.startswith(_WORKS, inner)
            and len(raw) - inner > 2
        ):
            front.left = inner  # 工程规模为〔新建水厂〕
        elif word == "是" and raw.endswith(_AIMS, 0, at - start):
            front.left = inner  # 目标是〔地区生产总值〕
        elif word == "为" and tag == "p":
            front.left = helped = _helping(front, inner) or front.left
        elif word in ("按", "按照", "可按", "应按") and 0 < inner < len(raw) - 1 and front.change is None:
            if raw.count("（", front.left, at - start) > raw.count("）", front.left, at - start):
                continue  # 化肥（按有效成份计算）
            front.left = inner  # 由其中一方按〔扣除标准〕的100%扣除
        elif word == "可" and len(raw) - inner > 4 and MAY_RE.match(raw, at - start):
            reached = _REACHED_RE.match(raw, inner)
            front.left = (
                reached.end() if reached else inner
            )  # 学生可〔返还其缴纳的费用〕, 年可实现〔销售收入〕
        elif (
            word in ("及", "以及")
            and inner < len(raw)
            and raw[inner : inner + 2] not in ("以上", "以下")
            and not front.is_parallel
            and not front.is_shared
            and _tells(front, at)
        ):
            front.left = inner


def _needs(verb: str, rest: str) -> bool:
    """Say whether what would be left cannot do without its verb: 家庭医生〔签约〕服务率, 农机〔购置〕补贴."""
    first = _JOINT_RE.split(rest, maxsplit=1)[0]
    is_rate = len(first) == len("服务率") and first[-1] == "率" and verb not in _REACHING
    if verb == "签约" and rest.startswith("服务"):
        return True  # 家庭医生〔签约〕服务覆盖率
    if verb == "认证" and first.startswith(_CERTIFIED):
        return True  # 绿色食品〔认证〕产品
    return is_rate or is_bound(rest) or (verb in _OBTAINING and _PAID_RE.fullmatch(rest) is not None)


def _tells(front: Front, end: int) -> bool:
    """Say whether a deed is told before an offset of the text, and no list begun: not 改造提升〔小巷及〕连接线."""
    tags = [tag[0] for _, _, tag in words_between(front.words, front.start + front.left, end)]
    while tags and tags[0] in "vad":
        del tags[0]
    return any(tag in "vpd" for tag in tags)


def _helping(front: Front, inner: int) -> int:
    """Return where the verb stands that does something for somebody, 0 without one: 为群众〔节约医疗费〕."""
    end, before = front.start + len(front.raw), ""
    for at, word, tag in words_between(front.words, front.start + inner, end):
        has_object = at + len(word) < end or len(word) > 2
        is_verb = tag == "v" or before.endswith(_HELPED)  # jieba takes many a verb for a noun
        if before and is_verb and len(word) > 1 and has_object:
            return at - front.start
        before = word
    return 0


def cut_to_core(front: Front) -> None:
    """Cut headings that ran into the clause, dates, sums of another thing and limits off the name."""
    raw = front.raw
    for word in ("全年", "预计"):  # a heading that ran into its paragraph: 实力增强全年〔地区生产总值〕
        if (found := raw.rfind(word, front.left + 1)) >= 0 and len(raw) - found > 5:
            front.left = found + len(word)
    dated = raw.rfind("□", front.left)
    is_note = dated >= 0 and front.words.text[front.start + dated] == "]"  # R&D[5]经费投入
    if dated >= 0 and len(raw) - dated > 3 and not is_note:
        front.left = dated + 1
    cut = _LAST_SUM_RE.search(raw, front.left) if raw[-1:] in "资地入产\n" else None
    is_list = front.is_parallel or front.is_shared  # 消费和投资分别增长10%和8%
    if cut and not is_list and not raw[front.left : cut.start()].endswith(word_list("measure_heads")):
        front.left = cut.end()
    whole = _WHOLE_RE.search(raw, front.left) if raw[-1:] in "资额积度长程\n" else None
    if whole and whole.start() > front.left:
        leading = words_between(front.words, front.start + front.left, front.start + whole.start())
        if leading and leading[-1][2][0] in "vdf":
            front.left = whole.start()
    if (limit := _LIMIT_RE.match(raw, front.left)) and limit.end() < len(raw):
        front.left = limit.end()
    if (
        ("中的" in raw or "改为" in raw)
        and (amended := _AMENDED_RE.match(raw, front.left))
        and amended.end() < len(raw)
    ):
        front.left = amended.end()  # 将《…办法》第五条中的“〔罚款〕50元
    if "收" in raw and (charged := _CHARGED_RE.search(raw, front.left)):
        front.left = charged.end()
    if raw.startswith("不", front.left) and (lead := _BOUND_LEAD_RE.match(raw, front.left)):
        front.left = lead.end()
    if raw[-1:] in "年来间\n" and _YEARS_RE.fullmatch(raw[front.left :].lstrip("“、， ")):  # “五年〔翻一番〕”
        front.left = len(raw)
    if len(raw) - front.left < _LONGEST_MANNER and raw[front.left :] in word_set("manners"):
        front.left = len(raw)
    while front.left < len(raw) and raw[front.left] in "、和及的 ，□了—）":
        if raw.startswith(("及时", "及格", "和谐", "和美"), front.left):
            break
        front.left += 1
    if ("）" in raw or "〔" in raw) and (torn := _torn_end(raw, front.left)) > front.left:
        front.left = torn
    if raw[-1:] in "这该其述下\n":
        front.raw = _DEMONSTRATIVE_RE.sub("", raw)


def _torn_end(raw: str, left: int) -> int:
    """Return the offset behind a bracket that is closed or opened alone: 名单见附表）〔现有贫困人口〕, 以上〔〔单台设备〕."""
    closing = raw.rfind("）", left)
    torn = closing + 1 if closing >= 0 and "（" not in raw[left:closing] else left
    opening = raw.rfind("〔", torn)
    return opening + 1 if opening >= 0 and "〕" not in raw[opening:] else torn
