"""What is known of a document as a whole: the repairs of its text, its facts, its region, its row of `documents`."""

from __future__ import annotations

from dataclasses import dataclass, field


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
