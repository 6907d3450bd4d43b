"""What opens the words before an amount and is no part of its name: 〔今年以来，累计发放〕助学金."""

from __future__ import annotations

from pipeline.extract.quantities.front import MAY_RE, Front, change_of, is_bound
from pipeline.extract.quantities.words import at_start, word_list, word_set, words_between
from pipeline.lazy_re import lazy_re
from pipeline.tagged import TaggedText

_COMPOUND_RE = lazy_re(
    r"(?:办理|审批|申请|申报|报名|提交)(?:环节|流程|时限|材料|时间|手续|要件)|(?:建设|发展|培训|支持|保障|安置|奖励|奖补|补偿|补助|补贴|救助|扶持|启动|引导|创业|应急|收购|整治|治理|改造|修复|管护|维护|购置|采购|运营)"
    r"(?:用地|资金|基金|债券|经费|费用?|金|补助|补贴|房|目标|规模|指标|周期|贷款)"
)  # 新增〔建设用地〕规模: here the verb is part of the name
# names that begin like an opening or a verb: 新、改建
_NAMED_SO_RE = lazy_re(
    r"新(?:[、（]|(?:注册|登记|设立|入学|入园|出生)(?=[一-鿿]{2})|时代|能源|型|媒体|业态|材料|基建|兴产业|质生产力|市民|上(?![市岗线任学户台映述级]))|在(?:谈|建|售|营|库)(?=项目|工程|企业|房)|在[岗校职编册园籍](?=职工|教师|学生|人员|干部|幼儿|村医|医生)|重点(?:实验室|项目|产业|企业|学科|专科|高[校中]|中学|人群|税源|污染源|排污|用能|文物|场所|部位|路段|水域|断面)|集中(?:供[养热暖水气电]|安置|连片|隔离|采购|居住|办公)|组织(?:领导|保障|管理|机构|体系)|惠及(?=[\u4e00-\u9fff]{2})|直接(?:经济损失|融资|损失)|带动就业|吸纳就业|消除风险|继续教育|增加值|基本(?:公共|医疗|养老|农田|药物|生活)|上年(?:结转|结余|滚存)"
)
_WORKS_RE = lazy_re(r"[新改扩]（[改扩迁续重、]{1,3}）建(?=.{2})")
# 〔新建、改扩建〕幼儿园, 〔该项目〕占地
_SEVERAL_WORKS_RE = lazy_re(
    r"(?:新建|改建|扩建|改扩建|迁建|续建)(?:[、和及](?:新建|改建|扩建|改扩建|迁建|续建))+(?=.{2})|该(?:项目|中心|工程|园区|基地|公司)(?=.{2})"
)
_SO_THAT_RE = lazy_re(r"使(?![用得馆者]|命(?!案))(?=..)")  # 〔使〕重污染天数比例
_SUMMAND_RE = lazy_re(
    r"(?:[再另])?加(?:上(?![级年解划缴交]))?(?![工快强大速油计固气权装密班入盟])|减(?:去|(?=支出|结转|上解|债务|调出))"
)  # 〔加〕上级补助收入, 〔减〕结转下年支出: of an account
_LASTING_RE = lazy_re(
    r"(?:且|并|已)?(?:且|已)?连续\s?[\d一二两三四五六七八九十]{1,2}\s?(?:年|个月|个?季度)(?:持续)?"
)  # 〔且连续3年持续〕保持100%
_YEARS_RE = lazy_re(
    r"(?:今后|未来|过去)[一二两三四五六七八九十\d]{1,2}年(?:间|内|里|时间|期间)?(?=[一-鿿])"
    r"|[近过去]{0,2}[一二两三四五六七八九十\d]{1,2}年(?:多?来|间|内|(?=[投筹累共先融](?!投资)))(?=[一-鿿])"
)
_TERM_RE = lazy_re(r"[三四五]年(?=[一-鿿]{4})")  # as long as an office or a plan lasts
_DURING_RE = lazy_re(r"[一-鿿]{2,10}期间(?=[一-鿿]{2})")  # 〔春运期间〕发送旅客
_AFTER_RE = lazy_re(
    r"(?:项目|全部|全面|一期)?(?:建成)?(?:达产|投产)后(?=[一-鿿]{2})|[一-鿿]{2,6}(?<![课售产术幕战善事背身先最今以之滞落士])后(?=[一-鿿]{2})"
)
# 〔年底前〕推出服务, 〔春季学期开学前〕覆盖率; of a date that is read already only 前 is left
_DUE_RE = lazy_re(
    r"(?:年底?|[月季]底|[春秋]季学期|学期|开学|汛期|汛|节|暑期|假期){0,2}(?:之?前(?![一二两三四五六七八九十])|内)(?:全部|全面)?(?=[一-鿿“]{2})"
)
_DUE_BEGINS = frozenset("年月季春秋学开汛节暑假之前内国省市县区")
_ORDERED_RE = lazy_re(
    r"(?:国家|[省市县区])[^，。；、]{0,3}(?:部署|要求|安排|规定)(?=适时|及时|逐步|[一-鿿]{4})"
)  # 按照省、〔市统一部署〕适时提高…
# how something is done, before the verb: no part of what is counted, as it is in 高效节水面积 and 自主创新平台
_MANNER_RE = lazy_re(
    r"(?:有效|有力|有序|切实|全力|深入|及时|精准|高效(?!节水)|高质量|高标准|高位|科学|合理|稳妥|妥善|精心|认真|坚决|严厉|严肃|强力|迅速|快速|广泛|多方|多渠道|多措并举|千方百计|想方设法|因地制宜|常态化"
    r"|提前|按时|按期|抓紧|尽快|初步|再次|正在|共同|联合(?!执法|惩戒|检查|督查|体检|巡查)|优先|牵头|协助|协同|主动|自主(?!创新|研发|可控|招生)|免费|一次性|实际|圆满|超额|全程|用心|用情|合力|强化措施){1,2}地?(?=[一-鿿]{4})"
)
_MANNER_BEGINS = frozenset(
    "有切全深及精高科合稳妥认坚严强迅快广多千想因常提按抓尽初再正共联优牵协主自免一实圆超用"
)
_RECKONED_RE = lazy_re(
    r"按照?[一-鿿]{2,8}?(?:计算|测算|核算|折算|推算|口径)的?(?=[一-鿿A-Z]{2})"
)  # 〔按常住人口计算〕人均生产总值
_HOLDING = ("开展", "组织", "举办", "举行", "承办", "召开")  # verbs that tell nothing of an 活动
# a number of years, works, a summand: what `_opened_at_head` may begin with, but for a deed that is over (改造后)
_AT_HEAD_BEGINS = frozenset("今未过近去一二两三四五六七八九十0123456789新改扩迁续该再另加减")
_SO_BEGINS = frozenset("新在重集组惠带吸消继增上基直")
_ARRIVED = frozenset({"到位", "到账", "到期", "到户", "到岗"})  # 整改〔到位〕资金
_REACHING = frozenset({"实现", "达到"})  # 〔实现〕产销率95%
# no half of a word, whatever the dictionary finds: 确保全|社会, 我|县市级企业
_WHOLE = frozenset({"确保", "力争", "我县", "我市", "我区", "我省"})
_TIME_BEGINS = frozenset("到自从截至于")  # else a space or a blanked figure does
_TIME_RE = lazy_re(
    r"(?:到|自|从|截至|截止到?|至|于)?\s?(?:□{2,14})(?:以来|起|底|末|年末|前|之前|期间|时期|间|内|初){0,2}\s?[，,]?"
)  # 到2025年, 2020年以来，


def strip_opening(front: Front) -> None:
    """Move past times, adverbs and the verbs that bring something about: 〔今年以来，累计发放〕助学金."""
    raw, is_first = front.raw, True
    while front.left < len(raw):
        left = front.left
        first = raw[left]
        if (first in _TIME_BEGINS or first < "一") and (match := _TIME_RE.match(raw, left)):
            front.left = match.end()
            continue
        if first in "且并已连" and (match := _LASTING_RE.match(raw, left)):
            front.left = match.end()
            continue
        due = first in _DUE_BEGINS and (_DUE_RE.match(raw, left) or _ORDERED_RE.match(raw, left))
        if due and front.begins_word(due.end()):
            front.left = due.end()
            continue
        if (
            left == 0
            and (first in _AT_HEAD_BEGINS or "后" in raw[2:7] or "期间" in raw[2:14])
            and (opened := _opened_at_head(front))
        ):
            front.left = opened
            continue
        if first == "按" and (match := _RECKONED_RE.match(raw, left)):
            front.left = match.end()
            continue
        if first in "可应须" and (match := MAY_RE.match(raw, left)) and front.begins_word(match.end()):
            front.left = match.end()
            continue
        if raw[left + 1 : left + 2] == "（" and (works := _WORKS_RE.match(raw, left)):
            front.left = works.end()  # 〔新（改、扩）建〕农村道路
            continue
        if first == "使" and _SO_THAT_RE.match(raw, left):
            front.left += 1
            continue
        if first in _MANNER_BEGINS and (manner := _MANNER_RE.match(raw, left)) and _does(front, manner.end()):
            front.left = manner.end()  # 〔有效〕盘活闲置土地, 〔及时〕化解债务
            continue
        if first in _SO_BEGINS and _NAMED_SO_RE.match(raw, left):
            break
        opening = at_start("opening").match(raw, left)
        verb = at_start("increase", "decrease", "light").match(raw, left) if is_first else None
        if verb and verb.group() in "减降升少增" and not front.begins_word(verb.end()):
            verb = None  # 减免, 升级, 少数民族: half a word
        opened = opening.end() if opening else left
        if verb and (not opening or verb.end() > opened):
            behind = raw[verb.end() : verb.end() + 2]
            if behind[:1] in ("到", "至") and not (
                behind in _ARRIVED and len(raw) > verb.end() + len(behind)
            ):  # 增加到2011年的: a level
                front.left = verb.end() + 1
                continue
            front.turn(verb.group(), left)
            is_first = False
            if verb.group() in word_set("light") or change_of(verb.group()) == "increase":
                if not _can_leave(front, verb.end()):
                    break
                front.left, is_first = verb.end(), True  # 谋划启动
        elif opening and opening.group() == "有" and "的" in raw[opened + 1 : opened + 12]:
            break  # 有学习能力的残疾儿童
        elif opening and is_bound(raw[opened:]):
            break  # 保障|率, 办结|率和满意率
        elif opening and opened <= len(raw) and (opening.group() in _WHOLE or front.begins_word(opened)):
            front.left = opened
        else:
            break


def _opened_at_head(front: Front) -> int:
    """Return where an opening ends that stands only at the head of the words, 0 without one: 〔两年来〕共撤并."""
    raw = front.raw
    if match := _YEARS_RE.match(raw):
        return match.end()
    if (match := _TERM_RE.match(raw)) and (
        _is_done(front, match.end()) or raw.endswith(word_list("measure_heads"))
    ):
        return match.end()  # 〔五年〕转移农村人口, 〔五年〕固定资产投资
    if "后" in raw[2:7] and (match := _AFTER_RE.match(raw)) and front.begins_word(match.end()):
        return match.end()  # 〔改造后〕单体床位
    if "期间" in raw[2:14] and (match := _DURING_RE.match(raw)):
        return match.end()
    if raw[0] in "新改扩迁续该" and (match := _SEVERAL_WORKS_RE.match(raw)):
        return match.end()
    if raw[0] in "再另加减" and (match := _SUMMAND_RE.match(raw)) and match.end() < len(raw):
        return match.end()
    return 0


def _does(front: Front, at: int) -> bool:
    """Say whether a verb with its object stands at an offset of the words before an amount: 有效〔盘活闲置土地〕."""
    row = words_between(front.words, front.start + at, front.start + len(front.raw))
    if not row or not front.begins_word(at):
        return False
    _, word, tag = row[0]
    if len(row) == 1:
        return len(word) == 4 and word[:2] in word_set("light")  # 办理案件 is one word to the dictionary
    return len(word) > 1 and (tag == "v" or word in word_set("deeds"))


def _is_done(front: Front, at: int) -> bool:
    """Say whether a verb begins at an offset of the words before an amount: 五年〔转移〕农村人口."""
    row = words_between(front.words, front.start + at, front.start + len(front.raw))
    return len(row) > 1 and len(row[0][1]) > 1 and row[0][2] == "v" and front.begins_word(at)


def _can_leave(front: Front, behind: int) -> bool:
    """Say whether a name can do without the verb before it: not 〔建设〕用地, 〔种植〕面积."""
    return (
        behind < len(front.raw)
        and _COMPOUND_RE.match(front.raw, front.left) is None
        and (front.raw[behind:] != "活动" or front.raw.endswith(_HOLDING, 0, behind))
        and (
            front.raw[front.left : behind] in _REACHING
            or not _stays_bound(front.words, front.start + behind, front.start + len(front.raw))
        )
        and front.begins_word(behind)
    )


def _stays_bound(words: TaggedText, start: int, end: int) -> bool:
    """Say whether what is left of a name cannot stand alone: 〔种植〕面积, 〔培训〕覆盖率."""
    rest = words.text[start:end]
    return is_bound(rest) or (rest.endswith("率") and len(words_between(words, start, end)) == 1)
