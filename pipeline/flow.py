"""The order of the stages, written once: one document from bytes to extractions."""

from __future__ import annotations

import dataclasses

from pipeline.analysis import Analysis, guarded
from pipeline.decode import decode
from pipeline.edits import TracedText
from pipeline.errors import EmptyPageError
from pipeline.extract import extract
from pipeline.lazy_re import lazy_re
from pipeline.pages import read_page
from pipeline.reading import build_reading
from pipeline.records import (
    DecodedText,
    DocumentRow,
    Facts,
    Page,
    PageFacts,
    Part,
    RawFile,
    Repair,
    document_id,
)
from pipeline.repair import repair_text
from pipeline.repair.whole_layers import without_layer
from pipeline.settings import DEFAULT, Settings
from pipeline.simplify import detect_script, simplify
from pipeline.structure.furniture import take_off
from pipeline.structure.masthead import read_masthead
from pipeline.structure.notices import notice_of
from pipeline.structure.parts import find_parts
from pipeline.structure.placeless import issuer_of_place
from pipeline.structure.region import find_region
from pipeline.widths import to_print_widths

SAMPLE = 2000  # characters of a page that show whether all of it was misread
COMPANY = 8000  # characters of a page in whose company its title is cleaned
# a pinyin note, a lost byte or a private-use character: 政府工作报（bào）告
HURT_RE = lazy_re(
    r"[（(\[〔【] ?[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜɡ]{1,7} ?[)）\]〕】]|[?？](?=.)|[\ue000-\uf8ff\ufffd]"
)


def clean(traced: TracedText) -> TracedText:
    """Return a page's text repaired, simplified and printed as Chinese is; furniture is still in it."""
    return _as_printed(repair_text(traced))


def _as_printed(repaired: TracedText) -> TracedText:
    """A repaired text simplified and printed as Chinese is."""
    simplified = repaired.recoded(simplify(repaired.text))
    return simplified.recoded(to_print_widths(simplified.text))


def _clean_facts(facts: PageFacts, page_text: str) -> PageFacts:
    """The same cleaning for what the page says outside of its running text.

    What a title alone does not prove, one note in a headline, the page does: what still looks hurt is cleaned again above it.
    """
    cleaned = {
        field: clean(TracedText(value)).text.strip() or None
        for field in ("title", "outlet", "issuer", "doc_number", "index_number", "site")
        if (value := getattr(facts, field))
    }
    hurt = [field for field, value in cleaned.items() if value and HURT_RE.search(value)]
    if hurt:
        above = [" ".join(getattr(facts, field).split()) for field in hurt]
        page = clean(TracedText("\n".join([*above, page_text[:COMPANY]]))).text.split("\n")
        for field, line in zip(hurt, page, strict=False):
            if _is_same(cleaned[field] or "", line):
                cleaned[field] = line.strip() or None
    return dataclasses.replace(facts, **cleaned)


def _is_same(before: str, after: str) -> bool:
    """Whether a line is a text once more, a few of its characters mended."""
    kept = len(set(before) & set(after))
    return kept >= 0.5 * len(set(before)) and len(after) <= len(before)


def analyse(file: RawFile, settings: Settings = DEFAULT) -> Analysis:
    """Return the analysis of one input; a PipelineError becomes a row with status `failed` or `empty`.

    Raises LexiconError for a mistake in models/, OSError for a full disk: they belong to no input.
    """
    row = DocumentRow(document_id(file.raw), file.source, attachment_of=file.attachment_of)
    return guarded(row, lambda: _analyse_page(_read(file, settings), row, file.url))


def _read(file: RawFile, settings: Settings) -> Page:
    """The page of an input; what it says of itself is looked for in markup that reads, where all of it was misread."""
    page = read_page(file, decode, settings)
    if file.told is not None:  # the page itself is the better witness
        page = dataclasses.replace(page, facts=_with_told(page.facts, file.told))
    seen = f"{page.facts.title or ''}\n{page.text[:SAMPLE]}"
    if b"</" not in file.raw or without_layer(seen) is None:
        return page
    return dataclasses.replace(page, facts=read_page(file, _decode_without_layer, settings).facts)


def _with_told(facts: PageFacts, told: PageFacts) -> PageFacts:
    """Return what a page says of itself, and of what it is silent about what its table says."""
    names = [field.name for field in dataclasses.fields(PageFacts)]
    return PageFacts(**{name: getattr(facts, name) or getattr(told, name) for name in names})


def _decode_without_layer(raw: bytes, declared: str | None) -> DecodedText:
    decoded = decode(raw, declared)
    return dataclasses.replace(decoded, text=without_layer(decoded.text) or decoded.text)


def analyse_again(row: DocumentRow, text: str, repairs: tuple[Repair, ...]) -> Analysis:
    """Return the analysis of a document whose row of `documents`, cleaned text and ledger are known.

    Outline, words and extraction are made anew, as `analyse` would make them.
    """
    facts = Facts(**{field.name: getattr(row, field.name) for field in dataclasses.fields(Facts)})

    def call() -> Analysis:
        reading = build_reading(text, facts)
        return Analysis(row, reading, extract(reading), repairs)

    return guarded(DocumentRow(row.doc_id, row.source, attachment_of=row.attachment_of), call)


def _analyse_page(page: Page, row: DocumentRow, url: str | None) -> Analysis:
    repaired = repair_text(TracedText(page.text))
    script = detect_script(repaired.text)  # 鏁欒偛 is no traditional text
    cleaned = _as_printed(repaired)
    page_facts = _clean_facts(page.facts, page.text)
    traced = take_off(cleaned)
    if not traced.text.strip():
        raise EmptyPageError("nothing but site furniture is on this page", where=row.source)
    notice = notice_of(traced.text)
    if notice is not None:
        raise EmptyPageError(f"this page is no document: {notice}", where=row.source)
    parts = find_parts(traced.text)
    facts = facts_of(cleaned.text, traced.text, page_facts, parts, url)
    reading = build_reading(traced.text, facts, parts)
    repairs = traced.repairs()
    row = dataclasses.replace(
        row,
        **{field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)},
        script=script,
        encoding=page.encoding,
        damage=tuple(sorted({repair.kind for repair in repairs})),
        n_repairs=len(repairs),
        n_chars=len(traced.text),
        error=page.unread,
    )
    return Analysis(row, reading, extract(reading), repairs)


def _year_of(facts: Facts) -> int | None:
    """The year in which a document was written, which says what its county was called then."""
    day = facts.meeting_date or facts.written_date or facts.publish_date
    return int(day[:4]) if day else None


def facts_of(
    cleaned: str, text: str, page: PageFacts, parts: tuple[Part, ...], url: str | None = None
) -> Facts:
    """Return the facts of a document from its cleaned text, with and without furniture, and what its page says."""
    facts = read_masthead(cleaned, text, page, parts)
    facts = dataclasses.replace(facts, url=url or page.url)
    region = find_region(
        facts.title,
        facts.issuer,
        facts.outlet,
        text,
        facts.url,
        site=page.site,
        year=_year_of(facts),
        doc_number=facts.doc_number,
        page_text=cleaned,
        site_code=page.site_code,
        index_number=facts.index_number,
    )
    if region is None:
        return facts
    facts = dataclasses.replace(
        facts,
        province=region.province,
        city=region.city,
        county=region.county,
        adcode=region.adcode,
        region_reason=region.reason,
    )
    return dataclasses.replace(facts, issuer=issuer_of_place(facts))
