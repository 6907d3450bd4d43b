"""From amounts to rows: groups of amounts, their indicators, their words of change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.extract.quantities.amounts import Found, blank_out, find_amounts
from pipeline.extract.quantities.indicators import indicator_id
from pipeline.extract.quantities.lists import split_names
from pipeline.extract.quantities.per import find_per
from pipeline.extract.quantities.phrases import Before, noun_after, words_before
from pipeline.extract.quantities.status import Phase, find_phases, phase_at, publication_year, status_of
from pipeline.extract.quantities.timing import Time, governing_time, read_times
from pipeline.extract.quantities.words import Words, word_list
from pipeline.numerals import Amount, to_base
from pipeline.records import Extractions, Quantity, Reading

_HAS_NUMERAL_RE = re.compile(r"[\d一二两三四五六七八九十百千万亿]|清零|零[^\d]")
_CLAUSE_MARK_RE = re.compile(r"[，；。：！？（(…]")
_JOINT_RE = re.compile(r"\s?(?:、|和|与|及|以及|，|或)\s?")
_ZERO_RE = re.compile(
    r"(?P<subject>[^，。；：！？、“”□]{2,16}?)(?:动态)?“?(?P<mark>清零)”?|(?P<verb>实现|保持|达到)?“?零(?P<thing>事故|死亡|投诉|上访|感染|辍学|失学|伤亡|返贫|非访|排放|发案|报告)”?"
)
_AT_LEAST_RE = re.compile(r"(?:至少|最少|不少于)[^\d，。；、]{1,6}$")  # 至少设立1处
_LONG_TIMES = frozenset({"年", "周年", "岁", "周岁", "周", "季度", "学年", "学期", "个学期", "个季度", "星期", "日"})
_TIME_HEADS = ("教龄", "周期", "年限", "期限", "有效期", "任期", "学制", "工龄", "寿命", "期", "年龄", "时间", "时长")


@dataclass(slots=True)
class _State:
    """What one amount hands on to the next of its sentence."""

    end: int
    names: tuple[str, ...] = ()
    text_start: int = 0
    history: list[tuple[str, int]] = field(default_factory=list)
    change: str | None = None
    clause_start: int = -1


@dataclass(slots=True)
class _Context:
    reading: Reading
    words: Words
    line: str
    start: int
    end: int
    times: list[Time]
    phase: Phase
    state: _State = field(default_factory=lambda: _State(0))

    def row(
        self, name: str, found: Found, text_start: int, text_end: int, change: str | None, per: str | None, clause: str
    ) -> Quantity:
        text = self.reading.text
        sentence = text[self.start : self.end]
        own = governing_time(sentence, found.start - self.start, self.times)
        amount = found.amount
        unit = amount.unit
        norm, norm_unit = to_base(amount.value, unit)
        if norm_unit == "" and unit and unit[0] in "万亿":
            norm_unit = "元"
        high = None if amount.value_high is None else to_base(amount.value_high, unit)[0]
        return Quantity(
            text=text[text_start:text_end],
            indicator=name,
            indicator_id=indicator_id(name),
            comparator=amount.comparator,
            value=amount.value,
            value_high=amount.value_high,
            unit=unit,
            norm_value=norm,
            norm_value_high=high,
            norm_unit=norm_unit,
            change=change,
            status=status_of(
                self.reading, self.phase, clause, sentence, own_when=own, per=per, unit=unit, sign=amount.comparator
            ),
            when=own or self.phase.when,
            per=per,
            start=text_start,
            end=text_end,
        )


def _groups(line: str, offset: int, amounts: list[Found]) -> Iterator[list[Found]]:
    """Yield runs of amounts joined by nothing but 、 or 和: 10.2%、19.6%; a bare number takes the next one's unit."""
    group: list[Found] = []
    for found in amounts:
        if group and not (
            _JOINT_RE.fullmatch(line, group[-1].end - offset, found.start - offset)
            and (group[-1].kind == found.kind or not group[-1].amount.unit)
            and not (line[group[-1].end - offset] == "，" and group[-1].kind not in ("share", "money"))
        ):
            yield group
            group = []
        group.append(found)
    if group:
        yield group


def find_quantities(reading: Reading, found: Extractions) -> Iterator[Quantity]:
    """Yield the numeric quantities of a document in text order.

    Dates, ordinals, document and telephone numbers, numerals inside slogans, titles and fixed names, and the
    vague 一批 and 一个 yield nothing.
    """
    words = Words.of(reading.text, reading.doc)
    barred = [(s.start, s.end) for s in found.slogans]
    phases = find_phases(reading)
    year = publication_year(reading)
    text = reading.text
    at = 0
    for sentence in reading.sentences:
        start, end = sentence.start, sentence.end
        if not _HAS_NUMERAL_RE.search(text, start, end):
            continue
        while at < len(barred) and barred[at][1] <= start:
            at += 1
        here = []
        for span in barred[at:]:
            if span[0] >= end:
                break
            here.append(span)
        line = blank_out(text, here, start, end)
        amounts = list(find_amounts(line, start))
        zeros = list(_ZERO_RE.finditer(line))
        if not amounts and not zeros:
            continue
        times = read_times(text[start:end], year)
        context = _Context(reading, words, line, start, end, times, phase_at(phases, start))
        context.state.end = start
        rows: list[Quantity] = []
        for group in _groups(line, start, amounts):
            rows += _read_group(context, group)
        rows += [row for match in zeros if (row := _zero(context, match)) is not None]
        yield from sorted(rows, key=lambda r: (r.end, r.start))


def _zero(context: _Context, match: re.Match[str]) -> Quantity | None:
    start, end = context.start + match.start(), context.start + match.end()
    name = match["subject"] or match["thing"]
    if match["subject"]:
        core = words_before(context.words, context.line, context.start, start, context.start + match.end("subject"))
        start, name = core.start, context.reading.text[core.start : core.end]
        if not name:
            return None
    zero = Found(start, start, end, end, Amount(0.0, None, "=", ""), "", False)
    tail = context.line[match.end() : match.end() + 4]
    return context.row(name, zero, start, end, None, None, context.line[match.start() : match.end()] + tail)


def _clause_start(line: str, at: int) -> int:
    """Return where the clause of an offset begins within a sentence."""
    last = 0
    for match in _CLAUSE_MARK_RE.finditer(line, max(0, at - 120), at):
        last = match.end()
    return last if last or at <= 120 else at - 120


def _read_group(context: _Context, group: list[Found]) -> list[Quantity]:
    text, line, offset, state = context.reading.text, context.line, context.start, context.state
    unit_giver = group[-1]
    if not unit_giver.amount.unit:
        return []
    group = [g for g in group if not _inside_a_word(context.words, g)]
    if not group:
        return []
    group = [g if g.amount.unit else _with_unit(g, unit_giver) for g in group]
    first, last = group[0], group[-1]
    clause_at = offset + _clause_start(line, first.start - offset)
    is_continued = clause_at < state.end
    left = max(clause_at, state.end)
    mark = _CLAUSE_MARK_RE.search(line, last.end - offset)
    right = offset + (mark.start() if mark else len(line.rstrip()))
    clause = line[clause_at - offset : right - offset]
    if _is_threshold(line, offset, last) or _is_specification(line, offset, last):
        return []
    before = words_before(context.words, line, offset, left, first.start)
    per = find_per(text, clause_at, first.start, offset)
    after = noun_after(context.words, last.end, right)
    name_before = _balanced(text[before.start : before.end].strip())
    change = before.change
    if change is None and is_continued and state.change and re.match(r"[、和及]", line[state.end - offset :]):
        change = state.change
    text_start = first.start if before.start >= before.end else before.start
    text_end = last.end
    names: tuple[str, ...]
    if len(group) == 1 and first.amount.comparator == "=" and _AT_LEAST_RE.search(line[left - offset : first.start - offset]):
        first = last = group[0] = replace(first, amount=replace(first.amount, comparator=">="))
    if first.kind == "share" and name_before.endswith(("总数", "总人数", "总量")):  # 按照教师总数20%培养县级骨干教师
        behind = _object_after(context.words, last.end, right)
        if behind is not None:
            names = split_names(text[behind[0] : behind[1]], len(group))
            if len(names) == len(group):
                state.end = behind[1]
                return [
                    context.row(n, g, before.start, behind[1], change, per[0] if per else None, clause)
                    for n, g in zip(names, group, strict=True)
                ]
    use_after = after is not None and _prefers_after(text, before, name_before, first, last, after)
    if use_after and after is not None:
        name = text[after[0] : after[1]]
        text_start, text_end = (before.change_at or first.start) if before.change_at else first.start, after[1]
        if per and left <= per[1] < text_start:
            text_start = per[1]
        if before.is_shared and name_before:
            names = tuple(p + name for p in split_names(name_before, 0))
            text_start = min(before.start, text_start)
        else:
            names = split_names(name, len(group)) if len(group) > 1 else (name,)
    elif name_before and not set(name_before) <= set("□■ 、，的"):
        names = split_names(name_before, 0 if before.is_shared else len(group)) if before.is_shared or len(group) > 1 else (name_before,)
        if per and left <= per[1] < text_start:
            text_start = per[1]
        if before.change_at is not None and before.change_at < text_start:
            text_start = before.change_at
    elif state.names and (first.kind in ("share", "points", "multiple") or change):
        names, text_start = state.names, state.text_start
        if len(names) == 1 < len(group) <= len(state.history):  # 城镇…达17172元，农村…达6668元，分别增长97%和67%
            names = tuple(name for name, _ in state.history[-len(group) :])
            text_start = state.history[-len(group)][1]
    elif (verb := _verb_before(context, left, first.start)) is not None:
        names, text_start = (verb[0],), verb[1]
        if per and per[1] < text_start:
            text_start = per[1]
    elif state.names and first.kind not in ("count", "people", "time", "times"):
        names, text_start = state.names, state.text_start
    else:
        state.end = text_end
        return []
    if first.kind == "time" and not _is_measured_time(first, names[0], per):
        state.end = text_end
        return []
    if names != state.names:
        state.history += [(name, text_start) for name in names]
    state.names, state.text_start, state.change, state.end = names, text_start, change, text_end
    pairs: list[tuple[str, Found]]
    if len(names) == len(group):
        pairs = list(zip(names, group, strict=True))
    elif len(group) == 1:
        pairs = [(n, first) for n in names] if before.is_shared or len(names) > 1 and before.is_shared else [(names[0] if len(names) == 1 else "、".join(names), first)]
    else:
        pairs = [("、".join(names) if len(names) > 1 else names[0], g) for g in group]
    return [context.row(n, g, text_start, text_end, change, per[0] if per else None, clause) for n, g in pairs]


def _object_after(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase behind the verb that follows an amount: 送培〔区级、市级骨干教师〕."""
    rows = words.between(start, min(end, start + 8))
    return noun_after(words, rows[0][0] + len(rows[0][1]), end) if rows and rows[0][2].startswith("v") else None


def _inside_a_word(words: Words, found: Found) -> bool:
    """Say whether a Chinese numeral is part of a longer word: 城乡二元, 三轮车."""
    if not found.is_chinese:
        return False
    start, word, tag = words.whole(found.number)
    return tag != "m" and len(word) > 1 and (start < found.number or start + len(word) >= found.unit_end)


def _with_unit(found: Found, giver: Found) -> Found:
    return replace(found, amount=replace(found.amount, unit=giver.amount.unit), kind=giver.kind)


def _is_threshold(line: str, offset: int, found: Found) -> bool:
    """Say whether an amount only delimits a class that is then counted: 5000万元以上项目107个."""
    behind = line[found.unit_end - offset : found.unit_end - offset + 24]
    if re.match(r"(?:以上|以下|及以上)(?:的)?[^\d，。；、]{1,14}[\d一二两三四五六七八九十]", behind):
        return True
    is_class = line[found.number - offset - 1 : found.number - offset] in ("过", "超") or found.end > found.unit_end
    return is_class and found.kind == "money" and bool(re.match(r"(?:以上|以下)?(?:企业|项目|工程|产业|乡镇|单位|村|户|大户)", behind))


def _is_specification(line: str, offset: int, found: Found) -> bool:
    """Say whether an amount is part of a name: 110千伏变电站, 15分钟健身圈."""
    behind = line[found.end - offset : found.end - offset + 12]
    if found.amount.unit in ("千伏", "伏"):
        return bool(re.match(r"[一-鿿]", behind))
    return found.kind == "time" and bool(re.match(r"[^，。；、]{1,10}圈", behind))


def _balanced(name: str) -> str:
    """Strip a quotation mark that has lost its partner: 村小”, but not “专精特新”企业."""
    if name.count("“") != name.count("”"):
        return name.strip("“”")
    return name[1:-1] if name.startswith("“") and name.find("”") == len(name) - 1 else name


def _is_measured_time(found: Found, name: str, per: tuple[str, int] | None) -> bool:
    unit = found.amount.unit
    if unit == "日":
        return found.amount.comparator == "<="
    if unit in _LONG_TIMES:
        return name.endswith(_TIME_HEADS)
    if name in ("时间", "的时间"):
        return False
    return not found.is_chinese or bool(per) or found.amount.comparator != "="


def _prefers_after(text: str, before: Before, name: str, first: Found, last: Found, after: tuple[int, int]) -> bool:
    """Say whether the thing counted stands behind the number (5个教共体) rather than before it (学校25所)."""
    has_de = text[last.end : after[0]].strip() == "的"
    if not name:
        return True
    if first.kind in ("count", "people", "times"):
        return not (name.endswith(word_list("measure_heads")) and has_de)
    if first.kind in ("money", "share", "points", "multiple"):
        return has_de and not name.endswith(word_list("measure_heads"))
    return not has_de and not name.endswith(word_list("measure_heads"))


def _verb_before(context: _Context, left: int, right: int) -> tuple[str, int] | None:
    """Return the bare verb before an amount when nothing else names it: 斥资, 投入."""
    raw = context.line[left - context.start : right - context.start]
    match = re.search(r"(?P<verb>[一-鿿]{2,4}?)(?:共|累计|了|约|近|达)?$", raw)
    if match is None or "□" in raw[-2:]:
        return None
    rows = context.words.between(left, left + match.end("verb"))
    if not rows or not rows[-1][2].startswith("v"):
        return None
    return rows[-1][1], rows[-1][0]
