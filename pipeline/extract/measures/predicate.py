"""Finds a clause's predicate: who does what to what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.measures.clauses import Unit
from pipeline.extract.measures.objects import light_object, plain_object
from pipeline.extract.measures.verbs import Lexicon

ACTOR_RE = re.compile(
    r"(?:[县区市省镇乡村街]|政府|党委|县委|区委|市委|局|厅|部门|部|办公室|委员会|教委|党组织|支部|党组|小组|工作组|教研组|专班|"
    r"学校|中学|小学|幼儿园|高中|校|园|院|中心|单位|企业|机构|系统|财政|教师|校长|教研员|督学|班主任|干部|党员|我们|各地|各级|"
    r"街道|镇办|社区|协会|工会|妇联|团委|联合会|公司|法院|检察院|公安|队|各方|负责人|人员|银行|大学|职工|志愿者|代表|组织|班子|"
    r"教育体系|一把手|党支部|总队|家庭|农户|领导|成员|书记|县长|区长|局长|主任|专家|民警|老师|名师|导师|集团|联盟|共同体|片区|学区|组长|家长|班级|年级|全县|全区|全市|全校|各校)$"
)
NEVER_RE = re.compile(
    r"^(?:为了|为(?:深入|全面|进一步|切实|贯彻|认真|加快|推动|更好|积极|有效|加强|确保|保障|促进|扎实)|随着|由于|鉴于|因为|如果|若|凡|虽然|尽管|即使|"
    r"以上|以下|如下|例如|比如|包括|其中包括|请|敬请|希望|特此|现将|现就|更好地|来源|作者|编辑|记者|据|问|答|这是|这些|这种|那种|那些|这就是)"
    r"|表示.{0,12}(?:敬意|感谢|歉意|祝贺|问候)"
)
TAIL_RE = re.compile(
    r"(?:的|(?<![小课学定准及])时|(?<![课会])后|以来|以后|之后|之前|以前|之际|期间|同时|过程中|基础上|情况下|前提下|背景下|[日月年]内|为重点|为契机|为抓手|为目标|为核心|"
    r"为导向|为载体|为引领|为统领|为主线|为主题|为基础|为根本|为根本任务|为中心|为动力|为支撑|为突破口|为牵引|为己任|为依托|为指导|"
    r"为宗旨|为准|为例|出发|入手|起|吗|呢|如何|什么|等(?:途径|方式|形式|手段|渠道|措施|办法))$"
)
STATE_RE = re.compile(
    r"(?:仍然|依然|十分|非常|仍|(?<![返偿归退])还|较为?|比较|很|极为|日益|日趋|不够|有待|亟待|亟需)[\u4e00-\u9fff]{1,4}$"
    r"|.{4,}(?:迅速|不断|明显|持续|稳步|进一步|逐步|显著|有序|加速|进展|纵深)[\u4e00-\u9fff]{2}$"
    r"|的[\u4e00-\u9fff]{2,6}(?:加大|加快|增强|提升|提高|下降|上升|凸显)$"
    r"|.{4,}基本(?:完成|建成|形成|建立|完工|实现|解决|消除|稳定|到位)$"
    r"|(?:率|面积|产值|收入|总额|规模|人数|总数|数量|里程|长度|总量)(?:均|已|全部|分别|累计){0,2}(?:达|为|超|突破|完成|增长|下降)"
)  # 任务仍然艰巨, 规模迅速壮大, 供水率均达到100%
PIVOTS = frozenset("促进 推动 确保 保持 保障 实现 推进 助推 帮助 支持 引导 力促 促使 带动 拉动 加快 保证 鼓励 撬动 力争".split())
REACHED_RE = re.compile(r"(?:达到?|为|是|占|超过?|完成|增长)[约近]?\d")  # 开发面积达到58平方公里
ENTER_RE = re.compile(
    r"(?P<verb>进|入)(?P<object>校园|课堂|课程|教材|社区|农村|乡村|企业|机关|家庭|头脑|村|园|班级|网络|宿舍|军营|网格|千家万户)$"
)  # 民俗非遗项目进校园
DIVIDED_RE = re.compile(r"(?P<verb>划分|调整|确定|列|纳入|设|改|更名|合并)(?:为|成)")  # 划分为12个片区
NUMBER_RE = re.compile(r"\d(?!\d?[\]】])")  # a number, and no footnote mark [9]
TIME_RE = re.compile(r"(?:年|月|日|周|天|学期|年度|季度|年底|月底|点|时)$")
TURNED_RE = re.compile(r"向[^向]{2,14}(?P<verb>倾斜|延伸|下沉|流动)$")  # 优质资源向乡村倾斜
CARRIED_OUT_RE = re.compile(r"(?:全部|全面|全额|足额|逐一|及时|均|一律)?(?P<verb>落实|配备|拨付|发放|兑现|整改|执行)到位$")
# second verbs of a pair that shares its object: 巩固提升成果, 推进落实方案
CO_FIRST = frozenset("探索 督促 谋划 规划 研究 组织 遴选 检查 监督 筹划 设计 选拔 教育 协调 统筹 跟踪 评选 调查 帮助 联合 评估".split())
CO_VERBS = frozenset("提升 拓展 完善 健全 落实 实施 开展 鼓励 支持 引导 推进 推动 提高 扩大 壮大 强化 深化 优化 改进 规范".split())


@dataclass(frozen=True, slots=True)
class Predicate:
    """A clause's main verb with its object, and the actor it names."""

    verb: str
    object: str
    actor: str | None = None


def _joined(units: list[Unit]) -> str:
    """The text the units stand for, blanks between them included."""
    out = ""
    at = units[0].start if units else 0
    for unit in units:
        out += " " * (unit.start - at) + unit.text
        at = unit.end
    return out


def following_amount(units: list[Unit], index: int) -> bool:
    """Whether an amount stands at an index as an attribute: 500亿元的新城."""
    for n in range(index, min(index + 4, len(units))):
        if units[n].text == "的":
            return n > index
        if units[n].tag not in ("m", "q", "mq"):
            return False
    return False


class Parser:
    """Walks over one clause from left to right until a verb stands where a predicate stands."""

    def __init__(self, words: Lexicon, units: list[Unit], *, in_plan: bool) -> None:
        self.lexicon, self.in_plan = words, in_plan
        self.units = list(self._parted(units))
        self.text = _joined(units)

    def _parted(self, units: list[Unit]) -> Iterator[Unit]:
        """Part jieba's set phrases 全面|落实, 明确|任务; join 递进|式 into the adverb it is."""
        held: Unit | None = None
        for unit in units:
            if held is not None and unit.text in ("式", "化") and len(held.text) <= 3 and held.tag[:1] in "vnab":
                held = Unit(held.text + unit.text, "b", held.start, unit.end)
                continue
            if held is not None:
                yield held
            held = unit
            if len(unit.text) == 4 and unit.tag not in ("quote", "bracket") and not self.lexicon.acts(unit.text):
                before, behind = unit.text[:2], unit.text[2:]
                adverbial = before in self.lexicon.words["adverb"] and self.lexicon.acts(behind)
                verbal = self.lexicon.acts(before) and {"noun", "either"}.isdisjoint(self.lexicon.kind(before))
                if adverbial or verbal:
                    middle = unit.start + 2
                    yield Unit(before, "d" if adverbial else "v", unit.start, middle)
                    held = Unit(behind, "v" if adverbial else "n", middle, unit.end)
        if held is not None:
            yield held

    def has(self, word_class: str, index: int) -> bool:
        """Return whether the unit at an index is a word of a class; no unit is in none."""
        return 0 <= index < len(self.units) and self.units[index].text in self.lexicon.words[word_class]

    def is_adverb(self, index: int) -> bool:
        unit = self.units[index]
        if unit.text in self.lexicon.words["adverb"] or unit.tag in ("d", "ad", "uv", "t", "tg", "y"):
            return True
        if len(unit.text) == 4 and unit.tag in ("i", "l") and not self.lexicon.acts(unit.text):
            return True
        return unit.text.endswith(("式", "化")) and index + 1 < len(self.units) and self.acts(index + 1)

    def acts(self, index: int) -> bool:
        return 0 <= index < len(self.units) and self.lexicon.acts(self.units[index].text)

    def kind(self, index: int) -> frozenset[str]:
        return self.lexicon.kind(self.units[index].text) if 0 <= index < len(self.units) else frozenset()

    def follows_head(self, index: int) -> bool:
        """Whether what follows makes a noun of the word before it: 培训|体系, 管理|水平, 建设|的."""
        if index >= len(self.units):
            return False
        unit = self.units[index]
        return unit.text in ("的", "及", "之") or unit.text in self.lexicon.words["head"]

    def is_predicate(self, index: int, *, sure: bool) -> bool:
        """Return whether the verb at an index can carry the clause; `sure` after an adverb or a modal."""
        unit, kind = self.units[index], self.kind(index)
        if not self.acts(index) and not ("single" in kind and unit.tag.startswith("v")):
            return False
        after = index + 1
        if after >= len(self.units):
            return len(unit.text) >= 4 or self.has("intransitive", index)
        following = self.units[after].text
        if following in ("的", "得到", "取得", "有所", "是", "明显", "显著", "更加", "日益"):
            return False
        if following in ("之", "者", "率"):
            return False
        if "single" in kind:
            return len(unit.text) == 1 and self.units[after].tag.startswith(("n", "m", "quote", "a", "r", "b", "l", "j"))
        if not {"noun", "either"}.isdisjoint(kind) and not sure and REACHED_RE.search(self.text):
            return False
        if following_amount(self.units, after) and unit.text in ("投资", "投入", "斥资", "耗资"):
            return False
        if "either" in kind and not sure and self.has("nominalizer", after):
            beyond = self.units[after + 1] if after + 1 < len(self.units) else None
            if beyond is None or beyond.tag == "d" or beyond.text in self.lexicon.words["evaluation"]:
                return False
        if "noun" not in kind:
            return True
        if self.follows_head(after) and not (self.has("after", after)):
            return False
        if sure or "nominal" in kind:
            return True
        if unit.tag != "v" and not self.units[after].tag.startswith(("n", "m", "quote", "j", "b", "r", "l", "i", "s", "a", "t")) and not self.acts(after):
            return False
        return not any(
            u.tag == "d" or u.text in self.lexicon.words["evaluation"] for u in self.units[after:]
        )

    def after_phrase(self, index: int) -> int | None:
        """Return the index of the predicate behind the prepositional phrase that begins at `index`."""
        means = self.has("means", index)
        first, final = index + 1, len(self.units) - 1
        if self.units[index].text in ("与", "同", "和", "向") and final > first and self.has("intransitive", final):
            return final
        # 对符合条件的家庭: the verb right behind the preposition belongs to an attribute
        relative = self.units[index].text in ("对", "对于", "向", "给") and (
            first < len(self.units) and self.units[first].tag == "v" and "noun" not in self.kind(first)
        )
        last_closing = max(
            (n for n in range(first, len(self.units)) if self._closes(n)), default=first
        )
        for n in range(max(first + 1, last_closing), len(self.units)):
            before = self.units[n - 1]
            if before.text in ("、", "和", "与", "及", "的", "或"):
                continue
            if self.has("preposition", n) and not means:
                return n
            if means and self.has("preposition", n) and self.units[n].text in ("为", "对", "向", "把", "将", "在", "给"):
                return n
            if self.is_adverb(n) and n > first and any(self.acts(m) for m in range(n + 1, len(self.units) - 1)):
                return n
            if not self.acts(n):
                continue
            kind = self.kind(n)
            if relative and not any(u.text == "的" for u in self.units[first:n]):
                continue
            if "light" in kind:
                return n
            if not self.is_predicate(n, sure=False):
                continue
            following = self.units[n + 1].tag if n + 1 < len(self.units) else ""
            if not self.is_adverb(n - 1) and (
                ("noun" in kind and "nominal" not in kind and following.startswith(("v", "n")))
                or ("either" in kind and following.startswith("v"))
            ):
                continue
            if means and not self._ends_means(first, n):
                continue
            return n
        return None

    def _closes(self, n: int) -> bool:
        before = self.units[n - 1]
        if self.has("closing", n):
            return n + 1 < len(self.units) or before.text != "的"
        return self.units[n].text in ("上", "中", "下", "内", "里") and before.tag[:1] not in "vp"

    def _ends_means(self, first: int, n: int) -> bool:
        before = self.units[n - 1]
        return (
            n - first == 1
            or before.tag in ("quote", "m", "bracket")
            or before.text in self.lexicon.words["tail"]
            or before.text.endswith(tuple(self.lexicon.words["tail"]))
            or self.is_adverb(n - 1)
        )

    def run(self) -> Predicate | None:
        """Return the predicate, None when the clause takes no action."""
        units = self.units
        if not units or NEVER_RE.search(self.text) or TAIL_RE.search(self.text):
            return None
        slogan = self.lexicon.single_re.fullmatch(self.text)
        if slogan and not any(
            u.start - units[0].start == slogan.start("verb") and not (len(u.text) > 1 and self.lexicon.acts(u.text))
            for u in units
        ):
            slogan = None
        if slogan and not (self.acts(0) and slogan["before"] and "noun" not in self.kind(0)):
            return Predicate(slogan["verb"], slogan["object"])
        entered = ENTER_RE.search(self.text)
        if entered and not self.acts(0):
            return Predicate(entered["verb"], entered["object"])
        found = self._walk(0, None, "", sure=False)
        if found and STATE_RE.search(self.text) and not any(pivot in found.verb for pivot in PIVOTS):
            return None
        return found

    def lone_actor(self) -> str | None:
        """Return the clause when it only names an actor (4个工作专班): the next clauses are its doing."""
        short = 2 <= len(self.text) <= 20 and all(u.tag[:1] in "nmqrbjsf" for u in self.units)
        return self.text if short and ACTOR_RE.search(self.text) and not self.acts(0) else None

    def _walk(self, index: int, actor: str | None, patient: str, *, sure: bool) -> Predicate | None:
        units = self.units
        while index < len(units):
            unit = units[index]
            kind = self.kind(index)
            if self.has("prohibition", index) and "action" not in kind and "nominal" not in kind:
                rest = _joined(units[index + 1 :])
                return Predicate(unit.text, rest, actor) if rest else None
            if self.has("ability", index) or "causative" in kind:
                return None
            if "modal" in kind or unit.text in self.lexicon.words["lead"]:
                sure = sure or "modal" in kind or unit.text.endswith(("要", "是"))
                index += 1
                continue
            if self.has("preposition", index) or "background" in kind:
                if self.has("placing", index):
                    return self._placed(index, actor)
                stop = self.after_phrase(index)
                if stop is None:
                    if "means" in kind and index + 1 < len(units) and not TAIL_RE.search(self.text):
                        return Predicate(unit.text, plain_object(units[index + 1 :], self.lexicon), actor)
                    return None
                if unit.text in ("对", "对于", "给"):
                    patient = _joined(units[index + 1 : stop])
                index, sure = stop, True
                continue
            if "result" in kind and not self.acts(index):
                return None
            if kind and "lead" in kind and self.has("preposition", index + 1) and units[index + 1].text not in ("以", "与", "和"):
                index, sure = index + 1, True  # 严格按照…, 坚持把…
                continue
            if self.acts(index) or "single" in kind:
                if self.is_predicate(index, sure=sure):
                    return self._predicate(index, actor, patient)
                if "noun" not in kind and index + 1 < len(units) and self.is_adverb(index):
                    index += 1
                    continue
                if "noun" not in kind:
                    return None
            elif TIME_RE.fullmatch(unit.text):
                index += 1
                continue
            elif unit.tag in ("m", "q", "mq") and unit.text not in self.lexicon.words["adverb"]:
                if TIME_RE.search(unit.text) or index + 1 < len(units) and TIME_RE.match(units[index + 1].text):
                    index += 1
                    continue
            elif self.is_adverb(index) or unit.tag in ("bracket", "f") or unit.text in "，、 ":
                sure = sure or unit.tag in ("d", "ad") or unit.text in self.lexicon.words["adverb"]
                index += 1
                continue
            return self._after_noun(index, actor, patient)
        return None

    def _after_noun(self, index: int, actor: str | None, patient: str) -> Predicate | None:
        """The clause goes on with a noun phrase: an actor, a patient in front, or a topic."""
        units = self.units
        for n in range(index + 1, len(units)):
            modal = "modal" in self.kind(n)
            adverb = self.is_adverb(n)
            phrase = self.has("preposition", n) and units[n].text not in ("和", "与", "同")
            partner = units[n].text in ("和", "与", "同") and any(
                "noun" not in self.kind(m) and self.acts(m) for m in range(n + 2, len(units))
            )
            verb = self.acts(n) and "noun" not in self.kind(n) and self.is_predicate(n, sure=False)
            if units[n].text in ("、", "的") or not (modal or adverb or phrase or partner or verb):
                continue
            if units[n - 1].text in ("、", "和", "及", "与", "的"):
                continue
            name = _joined(units[index:n])
            if not ACTOR_RE.search(name):
                if verb and self.kind(n) == {"action"} and n + 1 < len(units) and not (
                    units[n - 1].tag == "quote" or units[n + 1].tag.startswith("v")
                ):
                    return self._predicate(n, actor, patient)  # 重要路口设置信号灯
                break
            if "result" in self.kind(n) and not self.acts(n):
                return None
            return self._walk(n, name.strip("、 "), patient, sure=modal)
        return self._fronted(index, actor)

    def _fronted(self, index: int, actor: str | None) -> Predicate | None:
        """A patient in front of its verb: 教育经费全部落实到位, 全县学校划分为12个片区, 初中部改扩建."""
        rest = _joined(self.units[index:])
        for pattern in (CARRIED_OUT_RE, DIVIDED_RE, TURNED_RE):
            match = pattern.search(rest)
            if match and 2 <= match.start() <= 60:
                return Predicate(match["verb"], rest[: match.start()].strip(), actor)
        body = [u for u in self.units[index:] if u.tag != "bracket"]
        if len(body) >= 2 and body[-1].text in ("改扩建", "新建", "迁建", "改建", "扩建", "重建", "续建"):
            return Predicate(body[-1].text, _joined(body[:-1]), actor)
        return None

    def _placed(self, index: int, actor: str | None) -> Predicate | None:
        """把 or 将, what is placed, and the verb that places it."""
        for n in range(index + 2, len(self.units)):
            word = self.units[n].text
            if self.units[n - 1].text in ("、", "和", "与", "的"):
                continue
            last = n + 1 == len(self.units) and self.acts(n) and self.units[n].tag == "v"
            acts = last or (self.acts(n) and self.is_predicate(n, sure=False))
            if (acts and ("noun" not in self.kind(n) or self.is_adverb(n - 1))) or self.has("placed", n):
                end = n
                while end - 1 > index + 1 and self.is_adverb(end - 1):
                    end -= 1
                return Predicate(word, _joined(self.units[index + 1 : end]), actor)
        return None

    def _predicate(self, index: int, actor: str | None, patient: str) -> Predicate | None:
        """Build the predicate from its first verb: coordinated verbs, particles, object."""
        units, verbs = self.units, [self.units[index].text]
        n = index + 1
        kind = self.kind(index)
        if "light" in kind:
            verb, thing = light_object(units[n:], self.lexicon)
            return Predicate(verb or units[index].text, patient if verb else thing, actor)
        while n < len(units) and len(verbs) < 3:
            joint = units[n].text in ("和", "并", "、", "与", "及", "或")
            k = n + 1 if joint else n
            if not self.acts(k) or k + 1 > len(units):
                break
            other = self.kind(k)
            at_end = k + 1 >= len(units)
            if joint and (len(verbs) > 1 or "noun" in other or at_end):
                break
            if joint and units[k].text in CO_FIRST and self.acts(k + 1):
                verbs, kind, n = [units[k].text], other, k + 1  # 科学调度、督促指导工作
                continue
            if "lead" in kind and not at_end and self.is_predicate(k, sure=True):
                verbs, kind, n = [units[k].text], other, k + 1  # 加快推进: 推进
                continue
            if at_end and ("nominal" in kind or len(verbs) > 1 or len(units) > 2 and "noun" in other):
                break
            if not at_end and self.follows_head(k + 1) and not {"noun", "either"}.isdisjoint(other):
                break
            if not joint and "noun" in other and verbs[-1] not in CO_FIRST:
                break
            if "nominal" in kind and not joint and ("noun" in other or not CO_VERBS.issuperset({units[k].text})):
                break
            if not units[k].tag.startswith(("v", "quote")) and "nominal" not in other or "light" in other:
                break
            verbs.append(_joined(units[n : k + 1]))
            kind, n = other, k + 1
        done = n < len(units) and units[n].text in ("了", "起了", "出了")
        while self.has("after", n):
            n += 1
        if done and "aim" in kind:
            return None
        if kind == {"goal"} and (done or not self.in_plan or NUMBER_RE.search(self.text)):
            return None
        thing = plain_object(units[n:], self.lexicon)
        if "aim" in kind and re.match(r"[约近超]?[\d.]+(?:%|个百分点|亿元|万元|元|倍)", thing):
            return None
        if not thing and not patient and len("".join(verbs)) < 4 and not self.has("intransitive", index) and actor is None:
            return None
        if not thing and actor is not None and re.search(r"[的\d]", actor):
            return None  # 投资3亿元的新校区竣工交付
        return Predicate("".join(verbs), thing or patient, actor)
