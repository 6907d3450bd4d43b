"""Whether a conjunct of its own begins behind 、 or 并: 、提高|行政效能, 、全面|落实|“六保”任务, 、每季度|调度一次."""

from __future__ import annotations

from pipeline.extract.measures.clauses import AMOUNT_TAGS, JOINTS, Unit
from pipeline.extract.measures.small_clauses import ENTER_RE, ENTERING
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE, Known, Lexicon
from pipeline.lazy_re import lazy_re
from pipeline.numerals import chinese_digit

ATTRIBUTING = frozenset(["的", "之"])
OPENING_PAIR = frozenset(["upright", "paired"])
REACHING_OVER = frozenset(["governing", "stressing", "pivot"])  # what these begin may hold all that follows
THING_TAGS = frozenset("nmqrbjstl")
NAME_ENDS = frozenset(["nominalizer", "head"])
# what a plan lays down of a deed, and no object of it: 、完成时限、, 、实施步骤、
PARTS = frozenset(
    ["时限", "期限", "时间", "步骤", "范围", "条件", "流程", "程序", "单位", "主体", "路径", "节点", "进度"]
)
OF_PARTS = frozenset(["实施", "完成", "办理", "申报", "开展", "责任", "适用", "执行"])
SUMMING_RE = lazy_re(
    r"“(?P<numeral>[三四五六七八九十])(?:大|个|项)[\u4e00-\u9fff]{2,4}”"
)  # a name for all that is listed
CLOSING = frozenset(["负责", "值守"])  # 落实专人〔负责〕、消除隐患
SERVING = frozenset(["为", "给"])  # 〔为〕学校加装空调、更换床铺
_VERBAL = frozenset(["增效", "进取", "提速", "减负", "降本"])  # two verbs: 提质增效, 开拓进取


def _sums_up(units: list[Unit]) -> bool:
    """Whether a quoted name at the end counts as many things as are listed before it: A、B、C“三大中心”."""
    summing = SUMMING_RE.fullmatch(units[-1].text)
    n_listed = 1 + sum(unit.text == "、" for unit in units)
    return summing is not None and chinese_digit(summing["numeral"]) == n_listed


def begins_conjunct(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Return whether a verb with an object of its own stands at an index: 、提高|行政效能, 、入|课堂."""
    if n + 1 >= len(units):
        return units[n - 1].text == "、" and _is_fused_twin(units, n, words)
    following = units[n + 1]
    if units[-1].tag == "quote" and units[n - 1].text == "、" and _sums_up(units):
        return False  # 检验、病理、|消毒|供应“三大中心”
    if following.text in PARTS and units[n].text in OF_PARTS:
        return False
    before = words.known.get(units[n - 2].text, NOTHING)
    known = words.known.get(units[n].text, NOTHING)
    if OPENING_PAIR & known.classes and units[n - 1].text == "、" and _opens_pair(units, n, words):
        return True
    works = "built" in before.classes and "built" in known.classes
    if works or (before.acts and before.kinds.isdisjoint(NOUNLIKE) and units[n - 2].text not in CLOSING):
        return False  # 续建、新建校舍
    if (
        units[n - 1].text == "并"
        and following.tag == "v"
        and words.acts(following.text)
        and units[-1].tag == "v"
    ):
        return False  # 并跟进督办抓落实
    enters = units[n - 1].text == "、" and units[n].text[0] in ENTERING
    if enters and ENTER_RE.fullmatch(units[n].text + following.text):
        return True
    if units[n - 1].text == "、" and known.acts and "noun" not in known.kinds and _is_twin(units, n, words):
        return True
    half = words.known.get(units[n].text[:2], NOTHING) if len(units[n].text) == 4 else known
    is_amount = following.tag[0] == "m" and "lead" not in known.kinds
    is_amount = is_amount and n + 2 < len(units) and units[n + 2].text != "、"  # and no 验收一个、销号一个
    if known.acts and is_amount and any(u.tag[0] == "m" for u in units[: n - 1]):
        return all(u.text != "的" for u in units[n:])  # 新造1.75万亩油茶林、改造9000亩油茶林
    if not (known.acts or half.acts) or "noun" in known.kinds | half.kinds:
        return False
    if half is not known and not known.acts and not half.kinds.isdisjoint(NOUNLIKE):
        return False  # 、建设用地
    if known.acts and following.tag[0] == "m" and units[n - 2].tag in AMOUNT_TAGS:
        return "lead" not in known.kinds  # 新建公路30公里、改造50公里
    unsure = not known.kinds.isdisjoint({"either", "lead"}) and "nominal" not in known.kinds
    if unsure or (half is known and "either" in known.kinds and units[n].tag != "v"):
        return False  # 、使用范围, 、开放环境: a noun as likely
    if "lead" in known.kinds and "aim" not in known.kinds:
        return False  # 、创新精神, 、组织形态
    if following.text == "和" and units[-1].tag in AMOUNT_TAGS and n + 2 < len(units):
        return known.acts and words.acts(units[n + 2].text)  # 、新增|和|改造|绿地47万平米
    if following.text in ("、", "的", "和", "及", "与", "等") or following.tag.startswith("u"):
        return half is not known and not known.acts and len(units[n].text) == 4  # 、明确任务
    if known.kinds.isdisjoint(NOUNLIKE) and following.text == "工作" and units[n + 2 :]:
        return units[n + 2].tag[:1] == "n" and "的" not in [
            unit.text for unit in units[n:]
        ]  # 、压实|工作|责任
    return "head" not in words.known.get(following.text, NOTHING).classes


def _is_compound(rest: list[Unit], words: Lexicon) -> bool:
    """Whether what stands behind a verb is a thing named by a deed, and no more: 审批|流程."""
    return len(rest) == 2 and words.acts(rest[0].text) and rest[1].tag[:1] == "n" and len(rest[1].text) == 2


def _opens_pair(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Whether a verb and its object follow upon verb and object: 打造|精品街区、|优化|企业|环境, but no 优化|工程."""
    known, following = words.known.get(units[n].text, NOTHING), units[n + 1]
    if (
        known.classes.isdisjoint(OPENING_PAIR)
        or not (following.tag[:1] in THING_TAGS or _is_compound(units[n + 1 :], words))
        or following.text in JOINTS
    ):
        return False
    start = next((k + 1 for k in range(n - 2, -1, -1) if units[k].text == "、"), 0)
    while start < n - 2 and "adverb" in (lead := words.known.get(units[start].text, NOTHING)).classes:
        if lead.acts:
            break  # 创新|服务形式
        start += 1
    verb, is_verb = words.known.get(units[start].text, NOTHING), units[start].tag[:1] in "va"
    if not verb.acts and len(units[start].text) == 4:  # 不断创新|服务|形式
        verb, is_verb = words.known.get(units[start].text[2:], NOTHING), True
    if start + 1 >= n - 1 or not verb.acts or not is_verb:
        return False
    if REACHING_OVER & verb.classes:
        return False
    rest = units[n + 1 :]
    texts = [unit.text for unit in rest]
    if "的" in texts or "等" in texts:
        return False
    behind = words.known.get(following.text, NOTHING)
    is_upright = "upright" in known.classes
    if len(rest) == 1:
        return not (NAME_ENDS & behind.classes or behind.acts)
    last = words.known.get(rest[-1].text, NOTHING)
    is_work = following.text == "工作" and len(rest) == 2  # 落实|工作责任
    is_headed = "head" in behind.classes and not is_work
    return is_upright or not (behind.acts or is_headed or "nominalizer" in last.classes)


def _is_twin(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Whether verb and noun at an index follow upon verb and noun, no more: 完善|制度、|健全|机制, 明确任务、|夯实|责任."""
    if n + 2 < len(units) and units[n + 2].text != "、":
        return False
    noun = units[n + 1]
    is_noun = noun.tag[:1] == "n" or noun.tag == "vn"
    if not (is_noun and len(units[n].text) == len(noun.text) == 2):
        return False
    return _follows_a_twin(units, n, words)


def _is_fused_twin(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Whether verb and noun that jieba keeps whole follow upon verb and noun: 压实责任、|强化措施, but no 推广力度."""
    verb, noun = words.known.get(units[n].text[:2], NOTHING), units[n].text[2:]
    if len(units[n].text) != 4 or not verb.acts or _is_unsure(verb):
        return False
    if not verb.kinds.isdisjoint({"noun", "lead"}):
        return False
    if noun in _VERBAL or "nominalizer" in words.known.get(noun, NOTHING).classes:
        return False
    if any("stressing" in words.known.get(unit.text, NOTHING).classes for unit in units[: n - 2]):
        return False  # 坚持统筹兼顾、发挥优势、落实政策
    return _follows_a_twin(units, n, words)


def _is_unsure(verb: Known) -> bool:
    """Whether a verb stands before a noun as a noun itself: 、推广|力度, 、指导|工作, but not 、强化|措施."""
    return "either" in verb.kinds and "nominal" not in verb.kinds


def _follows_a_twin(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Whether nothing but verb and noun stand before the 、 at an index, behind a modal, an adverb or another 、."""
    twin, first = units[n - 2].text, n - 3
    if len(twin) == 4:  # jieba keeps it whole
        first, before = n - 2, words.known.get(twin[:2], NOTHING)
    else:
        is_noun = units[n - 2].tag[:1] == "n" or (
            (units[n - 2].tag == "vn" or twin == "投入")
            and not _is_unsure(words.known.get(units[n].text[:2], NOTHING))
        )  # 加强|管理、优化|服务; 加大|投入、改善|条件
        if n < 3 or len(twin) != 2 or not is_noun:
            return False
        before = words.known.get(units[first].text, NOTHING)
    if not before.acts or "noun" in before.kinds or {"governing", "pivot"} & before.classes:
        return False
    if first == 0 or units[first - 1].text == "、" or serves_somebody(units, words):
        return True
    opening = words.known.get(units[first - 1].text, NOTHING)
    return not opening.classes.isdisjoint({"adverb", "obliging"})


def serves_somebody(units: list[Unit], words: Lexicon) -> bool:
    """Return whether a clause begins with whom something is done for: 为|学校|加装空调, but 为|转变职能、推进改革奠定基础."""
    return (
        units[0].text in SERVING
        and len(units) > 1
        and not words.acts(units[1].text)
        and units[1].tag[:1] != "v"
    )


def begins_with_adverb(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Return whether an adverb stands at an index and a verb with an object of its own behind it: 、全面|落实|“六保”任务."""
    whole = len(units[n].text) == 4  # jieba keeps 全面落实 whole
    if (
        units[n - 1].text != "、"
        or n + (1 if whole else 2) >= len(units)
        or not (whole or len(units[n].text) == 2)
    ):
        return False
    known = words.known.get(units[n].text[:2], NOTHING)
    if "adverb" not in known.classes:
        return False
    if not ATTRIBUTING.isdisjoint([unit.text for unit in units[n:]]):
        return False  # 充满活力、全面支撑发展的体系: an attribute as likely
    if whole:
        verb = words.known.get(units[n].text[2:], NOTHING)
        following = words.known.get(units[n + 1].text, NOTHING)
        is_thing = units[n + 1].tag[:1] in "nq" or (units[n + 1].tag[:1] == "v" and not following.acts)
        is_sure = "nominal" in verb.kinds or (verb.acts and verb.kinds.isdisjoint(NOUNLIKE))
        return is_sure and is_thing and "head" not in following.classes and units[n].text not in words.known
    verb = words.known.get(units[n + 1].text, NOTHING)
    plain = verb.kinds == {"action"} and units[n + 2].tag[:1] == "n"
    is_sure = verb.acts and (units[n + 1].tag[0] == "v" or plain)
    is_sure = is_sure and ("nominal" in verb.kinds or verb.kinds.isdisjoint(NOUNLIKE))
    is_adverb = not known.acts or (
        "lead" in known.kinds
        and "describing" not in known.classes
        and ("nominal" in verb.kinds or verb.kinds.isdisjoint(NOUNLIKE))
    )
    is_whole = "nominal" in verb.kinds and n + 3 == len(units) and units[n + 2].tag[:1] == "n"
    return (
        is_adverb and is_sure and (plain or is_whole or begins_conjunct(units, n + 1, words))
    )  # 、层层|压实|责任


def begins_each(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Return whether how often something is done stands at an index, as in front of the clause: 每月走访一次、|每季度|调度一次."""
    if units[n].text[0] != "每" or n + 1 >= len(units) or units[n + 1].text == "一":
        return False  # 每周一研判
    if not any(u.text[0] == "每" for u in units[:2]):
        return False
    return any(words.acts(unit.text) for unit in units[n + 1 : n + 3])
