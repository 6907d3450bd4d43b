"""HTML pages: markup -> the paragraphs of the document, what was left out and why, and the page's facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bs4.dammit import EncodingDetector

from pipeline.errors import EmptyPageError
from pipeline.lazy_re import lazy_re
from pipeline.pages.html.absent import Absent, find_absent, is_filler
from pipeline.pages.html.attachments import find_attachments
from pipeline.pages.html.beside import BESIDE, Beside, find_beside, printed_at
from pipeline.pages.html.facts import page_facts
from pipeline.pages.html.headline import key_of
from pipeline.pages.html.info_table import find_info_tables
from pipeline.pages.html.labels import is_bar
from pipeline.pages.html.lines import TEXT_MARK, element_lines
from pipeline.pages.html.main_text import Main, find_main, link_lists
from pipeline.pages.html.page_data import PageData
from pipeline.pages.html.script_text import written_markup
from pipeline.pages.html.stored_text import n_han, stored_markup, unfold
from pipeline.pages.html.survey import survey
from pipeline.pages.html.tree import Element, parse
from pipeline.pages.html.unwanted import HARD_REASONS, dropped_records
from pipeline.pages.html.weights import Survey
from pipeline.pages.paragraphs import Decode, join_paragraphs
from pipeline.records import Dropped, Kept, Page, RawFile

__all__ = ["read_html"]

BLANK_RE = lazy_re(r"[\s\u3000]{1,40}")
PROSE_LINE_RE = lazy_re(r"[，。；！？]")
FETCHED_RE = lazy_re(
    r"\s{0,4}(?:已?下载(?:次数)?[：:]?\s{0,4}\d{0,9}\s{0,4}次?)$"
)  # 附件【报名表.doc】已下载12次
_TOP_LINES = 12
_TOP_HEAD = 4  # lines among which the headline above an info bar is looked for
_DECLARED_WITHIN = 8192
_MAX_EXCERPT = 2000
_MAX_TITLE_TAG = 500
_FEW = 30  # characters of sentences: a page that prints fewer may store its text unseen


def declared_charset(raw: bytes) -> str | None:
    """Return the charset that a page declares in a meta tag or its XML declaration, or None.

    >>> declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    'gb2312'
    """
    declared = EncodingDetector.find_declared_encoding(
        raw[:_DECLARED_WITHIN], is_html=True, search_entire_document=True
    )
    return str(declared) if declared else None


def join_headline(lines: Sequence[str], title: str | None) -> list[str]:
    """Join the lines that together are the page's title, which offices break by hand to centre it.

    >>> join_headline(["青溪县教育局关于印发", "行动方案的通知", "各学校："], "青溪县教育局关于印发行动方案的通知")
    ['青溪县教育局关于印发行动方案的通知', '各学校：']
    """
    bare = BLANK_RE.sub("", title or "")
    for start in range(min(_TOP_LINES, len(lines)) if bare else 0):
        joined = BLANK_RE.sub("", lines[start])
        end = start + 1
        while end < len(lines) and len(joined) < len(bare) and bare.startswith(joined):
            joined += BLANK_RE.sub("", lines[end])
            end += 1
        if joined == bare and end > start + 1:
            return [*lines[:start], "".join(lines[start:end]), *lines[end:]]
    return list(lines)


class _Body(NamedTuple):
    """What was taken for the text of a page: its elements, their lines, and what of the page is left out or kept for what reason."""

    main: Main
    attached: tuple[Element, ...]
    left_out: dict[Element, str]
    lines: list[str]
    kept: list[Kept]
    is_bare: bool = False  # hardly a sentence is printed, and none is stored
    absent: Absent | None = None  # why the page prints no text


def read_html(file: RawFile, decode: Decode) -> Page:
    """Return the text of an HTML page.

    Raises PageError when it holds no markup at all, EmptyPageError when its text is not in the file and no title is printed.
    """
    decoded = decode(file.raw, declared_charset(file.raw) or file.charset)
    root = parse(decoded.text)
    found, tables, body = _surveyed(root)
    if body.is_bare and unfold(root):
        found, tables, body = _surveyed(root)
    texts = body.main.elements
    inside = found.unwanted | dict.fromkeys((*texts, *body.attached), "main text")
    around = element_lines(root, inside, marked=texts[:1], is_spaced=True)
    at = around.index(TEXT_MARK) if TEXT_MARK in around else len(around)
    before, after = around[:at], around[at + 1 :]
    table_lines = [line for table in tables for line in element_lines(table, found.unwanted)]
    top = body.lines
    if not body.main.is_named and texts:  # its info bar may be inside
        top = element_lines(texts[0], body.left_out, is_spaced=True, most=_TOP_LINES) or top
    data = PageData(root, body.lines)
    facts, headline = page_facts(
        root, decoded.text, [*table_lines, *before], after, top, found.named, found.headlines, data, file.url
    )
    lines, bars = _titled(body, root, facts.title, headline, before)
    beside = find_beside(before, after, lines, facts.title)
    if any(beside):  # without the spaces that set the elements of a bar apart
        plain = element_lines(root, inside, marked=texts[:1])
        plain = plain if len(plain) == len(around) else around
        lines = _with_beside(lines, beside, plain[:at], plain[at + 1 :], key_of(facts.title or ""))
        body.kept.append(Kept(BESIDE))
    if body.absent is not None and not (facts.title and key_of(facts.title) in key_of("".join(lines))):
        raise EmptyPageError(body.absent.what, where=file.source, hint=body.absent.hint)
    unread = f"{body.absent.what} — {body.absent.hint}" if body.absent is not None else None
    dropped = [*dropped_records(body.left_out), *(Dropped("info_bar", line) for line in bars)]
    own = {*beside.head, *beside.below, *(at + 1 + i for i in beside.signature)}
    if outside := [line for i, line in enumerate(around) if i != at and i not in own]:
        dropped.append(Dropped("outside of the main text", "\n".join(outside)[:_MAX_EXCERPT]))
    return Page(join_paragraphs(lines), decoded.encoding, facts, tuple(dropped), unread, tuple(body.kept))


def _surveyed(root: Element) -> tuple[Survey, dict[Element, str], _Body]:
    """What a page holds: its elements, the info tables among them, its text."""
    found = survey(root)
    main = find_main(root, found)
    tables = find_info_tables(root, main.elements, found)
    return found, tables, _body(root, found, main, tables)


def _with_beside(
    lines: list[str], beside: Beside, before: Sequence[str], after: Sequence[str], key: str
) -> list[str]:
    """The lines of a text with those of the document that stand beside it, in the order in which an office prints them."""
    head, below = [before[i] for i in beside.head], [before[i] for i in beside.below]
    n_title = int(bool(key) and key_of("".join(lines[:1])) == key)
    return [*head, *lines[:n_title], *below, *lines[n_title:], *(after[i] for i in beside.signature)]


def _body(root: Element, found: Survey, main: Main, tables: dict[Element, str]) -> _Body:
    """The text of a page: its main elements with what is attached, else what it stores unseen, else all of it."""
    left_out = found.unwanted | tables | link_lists(main.elements, found)
    attached = find_attachments(main.elements, found)
    lines = _lines(main.elements, attached, left_out)
    kept = [*_kept(main.elements, main.reason), *_kept(attached, "attached files behind the text")]
    is_poor = sum(len(line) for line in lines if PROSE_LINE_RE.search(line) and not is_filler(line)) < _FEW
    if is_poor and (stored := stored_markup(root)) is not None:
        reason = f"stored unseen: {stored[1]}"
        lines, left_out, kept = element_lines(parse(stored[0])), found.unwanted, [Kept(reason)]
        main = Main((), reason)
    elif is_poor and (written := written_markup(root)) is not None and n_han(written) > n_han("".join(lines)):
        reason = "stored unseen: strings of a script"
        lines, left_out, kept = element_lines(parse(written)), found.unwanted, [Kept(reason)]
        main = Main((), reason)
    if is_poor and main.elements and (absent := find_absent(root, found, lines)) is not None:
        if absent.element is not None:
            main, lines = Main((absent.element,), main.reason), []
        else:
            lines = [line for line in lines if not is_filler(line)]
        return _Body(main, attached, left_out, lines, kept, True, absent)
    if not lines:  # a page that is nothing but "furniture" is a page whose names mean something else
        left_out = {element: reason for element, reason in left_out.items() if reason in HARD_REASONS}
        lines, kept = element_lines(root, left_out), [Kept("the whole page: nothing else holds text")]
    return _Body(main, attached, left_out, lines, kept, is_poor and bool(main.elements))


def _titled(
    body: _Body, root: Element, title: str | None, headline: Element | None, before: list[str]
) -> tuple[list[str], list[str]]:
    """The lines of a text below its title, wherever the page prints it, and the info bars that stood between the two."""
    printed: list[str] = []  # where the title may stand, if not in the text
    bars: list[str] = []
    lines, main, key = body.lines, body.main, key_of(title or "")
    is_headed = headline is not None and not main.is_named and _begins(headline, main.elements)
    if is_headed and headline is not None:
        printed = ["".join(element_lines(headline, body.left_out))]
        lines = _lines(main.elements, body.attached, {**body.left_out, headline: ""}) or lines
    lines = join_headline(lines, title)
    tag = root.find(".//title")
    title_tag = (tag is not None and tag.text) or ""
    # a line of the text that the page's head states is the page's headline
    is_stated = bool(title) and key in key_of(title_tag[:_MAX_TITLE_TAG])
    if is_headed or (not main.is_named and is_stated):
        n_above = _n_above(lines, title, has_headline=is_headed)
        printed += lines[:n_above]
        bars = [line for line in lines[:n_above] if key_of(line) != key]
        lines = lines[n_above:]
    # a <title> outside of the page's head is laid out as a line
    is_laid_out = tag is not None and tag.getparent().tag != "head"
    outside = before[is_laid_out and key_of(title_tag) == key == key_of("".join(before[:1])) :]
    if (at := printed_at(outside, key)) is not None:
        printed.append("".join(outside[slice(*at)]))
    return _below_title(lines, key, [*printed, *outside]), bars


def _lines(
    elements: tuple[Element, ...], attached: tuple[Element, ...], left_out: dict[Element, str]
) -> list[str]:
    """Return the lines of the text and of the files behind it, how often they were fetched left out."""
    lines = [line for element in elements for line in element_lines(element, left_out)]
    files = (line for element in attached for line in element_lines(element, left_out))
    return [*lines, *(FETCHED_RE.sub("", line) for line in files)]


def _below_title(lines: list[str], key: str, printed: Sequence[str]) -> list[str]:
    """Return the lines of a text with its title above it, where the page prints it elsewhere; `key` is the title's."""
    top = [key_of(line) for line in lines[:_TOP_LINES]]
    is_there = key in "".join(top) or any(len(line) * 2 > len(key) and line in key for line in top)
    return lines if is_there else [*[line for line in printed if key_of(line) == key][-1:], *lines]


def _n_above(lines: Sequence[str], title: str | None, *, has_headline: bool) -> int:
    """Return how many lines above the text are headline and info bar; a title without a bar below is the text's own."""
    at = 0
    if not has_headline:
        key = key_of(title or "")
        at = next((i + 1 for i, line in enumerate(lines[:_TOP_HEAD]) if key and key_of(line) == key), 0)
        if not at or at >= len(lines) or not is_bar(lines[at]):
            return 0
    while at < min(len(lines) - 1, _TOP_LINES) and is_bar(lines[at]):
        at += 1
    return at


def _kept(elements: tuple[Element, ...], reason: str) -> list[Kept]:
    """Return a record of each element that was taken for the text."""
    records = []
    for element in elements:
        names = "".join(f' {a}="{element.get(a)[:60]}"' for a in ("id", "class") if element.get(a))
        records.append(Kept(reason, f"<{element.tag}{names}>"))
    return records


def _begins(headline: Element, elements: tuple[Element, ...]) -> bool:
    """Tell whether a headline stands inside the text, as an element of its own and not the whole of it."""
    if headline in elements or headline.tag in ("td", "span"):
        return False
    return any(ancestor in elements for ancestor in headline.iterancestors())
