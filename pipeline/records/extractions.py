"""What extractors find in a reading: one record a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slogan:
    """One occurrence of a numeric slogan (数字口号)."""

    label: str
    kind: str  # enumerated, compound, distributive, formula
    numeral: int | None
    items: tuple[str, ...]
    goal: str | None
    start: int
    end: int
    n_expected: int | None = None  # members that the numerals promise: 4 of 四个强化, 5 of 三创建一提升一促进
    count_check: str | None = None  # match, fewer, more
    items_linked: tuple[str, ...] = ()  # the members as another place of the document lists them
    defined_at: int | None = None  # which occurrence explains this one: an index into the document's slogans


@dataclass(frozen=True, slots=True)
class Quantity:
    """One numeric quantity (数量指标); see docs/tables.md for each field."""

    text: str
    indicator: str
    indicator_id: str | None
    comparator: str  # = >= > <= < ~ range
    value: float
    value_high: float | None
    unit: str
    norm_value: float
    norm_value_high: float | None
    norm_unit: str
    change: str | None  # increase, decrease
    status: str  # target, achieved, requirement
    when: str | None
    per: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One policy action (政策举措), clause level. `slogan` is an index into the document's slogans."""

    text: str
    verb: str
    object: str
    actor: str | None
    instrument: str | None
    instrument_sub: str | None
    slogan: int | None
    start: int
    end: int
    modality: str | None = None  # obligation, prohibition, permission, encouragement
    lead: str | None = None  # 牵头单位, joined by 、
    responsible: str | None = None  # all bodies named as responsible, the lead among them
    deadline: str | None = None  # as Quantity.when


@dataclass(frozen=True, slots=True)
class Citation:
    """One document named in 《》 (引用文件); `start:end` is the title inside the marks."""

    title: str
    number: str | None
    role: str  # self, issued, upper, media, other
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extractions:
    """All that was found in one document, each tuple in text order."""

    slogans: tuple[Slogan, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    measures: tuple[Measure, ...] = ()
    citations: tuple[Citation, ...] = ()
