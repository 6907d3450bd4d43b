"""One page laid open: what was taken for the document and what was left out, each piece with its reason."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import lexicon
from pipeline.decode import decode
from pipeline.edits import TracedText
from pipeline.flow import clean
from pipeline.lazy_re import lazy_re
from pipeline.pages import read_page
from pipeline.printable import printable
from pipeline.records import Page
from pipeline.settings import DEFAULT
from pipeline.sources import read_one
from pipeline.structure.furniture import find_furniture

if TYPE_CHECKING:
    from rich.text import Text

BRACKET_RE = lazy_re(r"\s?\((?P<which>[^()]{1,40})\)$")
_LONGEST = 160  # characters of a piece that are shown
_CODE = frozenset({"script", "style sheet"})  # of which nobody wants to see more than the number
# repairs that take whole passages out; the others mend characters, and `zhengce repair --diff` shows them
_PASSAGES = frozenset({"injected_spam", "doubled_document", "page_numbers"})
_MOST_ALIKE = 8  # pieces with one reason that are shown one by one
_FACTS = (
    ("title", "标题"), ("publish_date", "发布日期"), ("outlet", "来源"), ("issuer", "发文机关"), ("doc_number", "发文字号"), ("url", "网址"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as its reader gave it, its lines in order, and why each of them that went did go."""

    page: Page
    lines: tuple[tuple[str, str | None], ...]  # line, reason it was removed for


def view_page(path: Path) -> PageView:
    """Return one file with its decisions; raises SourceError or PageError when it is not one readable file."""
    page = read_page(read_one(path, DEFAULT), decode)
    cleaned = clean(TracedText(page.text))
    rows: list[tuple[str, str | None]] = []
    at = 0
    for start, end, reason, removed in _taken_out(cleaned):
        rows += [(line, None) for line in cleaned.text[at:start].split("\n") if line.strip()]
        rows += [(line, reason) for line in removed.split("\n") if line.strip()]
        at = max(at, end)
    rows += [(line, None) for line in cleaned.text[at:].split("\n") if line.strip()]
    return PageView(page, tuple(rows))


def _taken_out(cleaned: TracedText) -> list[tuple[int, int, str, str]]:
    """Start, end, reason and text of what is left out of the text: lines of the site, and passages that repair took out.

    A passage that repair took out is no longer in the cleaned text: it is shown where it stood, in one line.
    """
    text = cleaned.text
    lines = [(e.start, e.end, reason, text[e.start : e.end]) for reason, e in find_furniture(text)]
    passages = [
        (r.start, r.start, r.kind, " ".join(r.before.split()))
        for r in cleaned.repairs()
        if r.kind in _PASSAGES and not r.after
    ]
    return sorted(lines + passages, key=lambda row: row[:2])


@functools.cache
def _chinese() -> dict[str, str]:
    return {row["reason"]: row["chinese"] for row in lexicon.table("drop_reasons.csv")}


def in_both_languages(reason: str) -> str:
    """Return a reason in Chinese and English; one without a Chinese name stays as it is.

    >>> in_both_languages("site furniture (share)"), in_both_languages("breadcrumb")
    ('网站附属块（share） site furniture', '当前位置 breadcrumb')
    """
    english = reason.replace("_", " ")
    if reason in _chinese():
        return f"{_chinese()[reason]} {english}"
    bracket = BRACKET_RE.search(reason)
    if bracket is not None and (bare := reason[: bracket.start()]) in _chinese():
        return f"{_chinese()[bare]}（{bracket['which']}） {bare}"
    return english


def page_report(view: PageView) -> Iterator[Text]:
    """Yield the report line by line; control characters of the page are shown as marks, never sent on."""
    from rich.text import Text

    page = view.page
    yield Text("页面信息 what the page says of itself", style="bold")
    for name, chinese in _FACTS:
        value = getattr(page.facts, name)
        if value:
            yield Text(f"  {chinese} {name}: ", style="dim").append(_shown(value), style="default")
    yield Text(f"  编码 encoding: {page.encoding}", style="dim")
    n_kept = sum(len(line) for line, reason in view.lines if reason is None)
    yield Text(f"\n正文 main text: {n_kept:,} 字 characters", style="bold")
    for (reason, where), n in Counter((kept.reason, kept.where) for kept in page.kept).items():
        times = f" ×{n}" if n > 1 else ""
        yield Text(f"  {_shown(where)}{times}  ", style="green").append(
            in_both_languages(reason), style="dim"
        )
    yield Text("")
    for line, removed_for in view.lines:
        if removed_for is None:
            yield Text("  " + _shown(line, whole=True))
        else:
            yield (
                Text("- ", style="red")
                .append(_shown(line), style="strike dim")
                .append(f"  ← {in_both_languages(removed_for)}", style="red")
            )
    within = Counter(removed_for for _, removed_for in view.lines if removed_for is not None)
    n_within, n_outside = within.total(), len(page.dropped)
    yield Text(
        f"\n删去 left out: {n_within + n_outside} 处 pieces（正文里 within the text {n_within}，正文外 outside of it {n_outside}）",
        style="bold",
    )
    for reason, n in within.items():
        yield Text(f"- {in_both_languages(reason)} ({n})  ↑ 见上 shown above", style="red")
    yield from _dropped(page)


def _dropped(page: Page) -> Iterator[Text]:
    from rich.text import Text

    by_reason: dict[str, list[str]] = {}
    for record in page.dropped:
        by_reason.setdefault(record.reason, []).append(record.text)
    for reason, texts in sorted(by_reason.items(), key=lambda row: row[0] in _CODE):
        yield Text(f"- {in_both_languages(_shown(reason))} ({len(texts)})", style="red")
        if reason in _CODE:
            continue
        for text in texts[:_MOST_ALIKE]:
            yield Text("    " + _shown(" ⏎ ".join(text.split("\n"))), style="dim")
        if len(texts) > _MOST_ALIKE:
            yield Text(f"    … {len(texts) - _MOST_ALIKE} 处 more", style="dim")


def _shown(text: str, *, whole: bool = False) -> str:
    text = printable(text if whole or len(text) <= _LONGEST else f"{text[:_LONGEST]} … ({len(text):,})")
    return text.replace("\n", " ")
