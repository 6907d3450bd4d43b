"""Every record that travels between stages.

Records are frozen and hold no behaviour beyond look-ups in themselves. `start` and `end` are half-open
character offsets; in what an extractor yields they point into the cleaned text, so that
`text[row.start:row.end]` is the row's `text` (`label` of a slogan, `title` of a citation, `heading` of a section).
"""

from __future__ import annotations

import bisect
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.tagged import TaggedText


def document_id(raw: bytes) -> str:
    """Return the id of a document: the first 16 hex digits of the SHA-256 of its raw bytes.

    >>> document_id("四个强化".encode())
    'df5c0f1e43b48abb'
    """
    return id_of_digest(hashlib.sha256(raw).hexdigest())


def id_of_digest(sha256: str) -> str:
    """Return the id of a document whose SHA-256 is known."""
    return sha256[:16]


@dataclass(frozen=True, slots=True)
class RawFile:
    """The bytes of one input, as found; `source` says where (`a.zip!/b.html` for a member of an archive).

    What only a crawl knows: the address, the charset of the HTTP header, the page that links this file, and the
    doc_id of that page when it is a document of which this file is an attachment. `told`: what a table of pages says of
    this one in other columns.
    """

    source: str
    raw: bytes
    url: str | None = None
    charset: str | None = None
    linked_from: str | None = None
    attachment_of: str | None = None
    told: PageFacts | None = None


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text read from bytes: under which encoding, and why that one."""

    text: str
    encoding: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part of a page that is not the document, and the reason it was left out."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of a page that was taken for the document: why, and which element (`<div id="zoom">`)."""

    reason: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about its document outside of the running text (meta tags, headline, info bar)."""

    title: str | None = None
    outlet: str | None = None
    publish_date: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    url: str | None = None
    index_number: str | None = None
    written_date: str | None = None
    effective_date: str | None = None
    expiry_date: str | None = None
    site: str | None = None  # whose site it is, which need not be whose document: 柳城县人民政府
    site_code: str | None = None  # 网站标识码: its first six digits are the place's that keeps the site


@dataclass(frozen=True, slots=True)
class Page:
    """One page as its reader understood it: paragraphs one to a line, before any repair.

    `unread` says what of it could not be read: pages that need OCR, automatic numbers.
    """

    text: str
    encoding: str
    facts: PageFacts = PageFacts()
    dropped: tuple[Dropped, ...] = ()
    unread: str | None = None
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made to damaged text. Raw offsets point into the page's text before any repair."""

    kind: str
    before: str
    after: str
    confidence: float
    raw_start: int
    raw_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one document, named as the columns of `documents`."""

    title: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    index_number: str | None = None
    publish_date: str | None = None
    written_date: str | None = None
    effective_date: str | None = None
    expiry_date: str | None = None
    meeting_date: str | None = None
    outlet: str | None = None
    url: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    adcode: str | None = None
    region_reason: str | None = None

    @property
    def spoken_on(self) -> str | None:
        """The day from which the document says 今年 and 明年: it was signed or delivered before a site put it up.

        >>> Facts(publish_date="2024-01-03", meeting_date="2023-12-28").spoken_on
        '2023-12-28'
        """
        said = self.written_date or self.meeting_date
        if said is None or (self.publish_date is not None and self.publish_date < said):
            return self.publish_date
        return said


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One input, whatever became of it: a row of `documents`."""

    doc_id: str | None
    source: str
    title: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    index_number: str | None = None
    publish_date: str | None = None
    written_date: str | None = None
    effective_date: str | None = None
    expiry_date: str | None = None
    meeting_date: str | None = None
    outlet: str | None = None
    url: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    adcode: str | None = None
    region_reason: str | None = None
    script: str | None = None
    encoding: str | None = None
    damage: tuple[str, ...] = ()
    n_repairs: int = 0
    n_chars: int = 0
    status: str = "ok"  # ok, duplicate, empty, failed
    duplicate_of: str | None = None
    error: str | None = None
    attachment_of: str | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """One place of the gazetteer: full official names down to its own level, and its 6-digit code."""

    adcode: str
    province: str | None = None
    city: str | None = None
    county: str | None = None
    reason: str | None = field(default=None, compare=False, repr=False)  # which mentions decided, in words


@dataclass(frozen=True, slots=True)
class Section:
    """A heading. `start:end` is the heading itself without marker; `body_end` is where its section ends.

    `path` are the governing headings with this one last, in short form (no marker, no closing mark).
    `in_path` is False for the leads 一是 … 二是 …, which are listed but do not govern other rows' headings.
    """

    level: int
    marker: str | None
    heading: str
    start: int
    end: int
    body_end: int
    path: tuple[str, ...]
    parent: int | None = None  # index of the parent in Reading.sections
    in_path: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph, closing mark included; `section` is an index into Reading.sections."""

    start: int
    end: int
    paragraph: int
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document beside its running text; an attachment holds parts of its own.

    `kind` is one of recipients, attachment_list, signature, imprint, attachment, glossary.
    """

    kind: str
    start: int
    end: int
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One cleaned document with its structure: what every extractor reads.

    `words` are jieba's words and tags by offset, `doc` the same as a spaCy Doc; paragraphs are lines of `text`.
    """

    text: str
    facts: Facts
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    words: TaggedText = field(compare=False, repr=False)
    parts: tuple[Part, ...] = ()
    _starts: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def doc(self) -> Doc:
        """A spaCy Doc over exactly `text`: jieba's words, tags in `token.tag_`."""
        return self.words.doc

    def sentence_index(self, offset: int) -> int:
        """Return the index of the sentence that holds a character offset."""
        return max(0, bisect.bisect_right(self._starts, offset) - 1)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds a character offset."""
        return self.sentences[self.sentence_index(offset)]

    def sentence_text(self, offset: int) -> str:
        """Return the text of the sentence that holds a character offset, without white space around it."""
        sentence = self.sentence_at(offset)
        return self.text[sentence.start : sentence.end].strip()

    def headings_at(self, offset: int) -> tuple[str, ...]:
        """Return the headings that govern a character offset, outermost first."""
        section = self.sentence_at(offset).section
        return () if section is None else self.sections[section].path


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
