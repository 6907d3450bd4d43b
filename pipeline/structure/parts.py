"""The parts of a document beside its running text: to whom it goes, who signs, what is attached, who prints.

The order is the genre's: 主送机关 under the title, 附件 listed under the text, 落款, then 版记 and the attachments
themselves, each a document of its own; a work report ends in 名词解释.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.records import Part
from pipeline.structure.dates import DATE_RE
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.lines_around import LinesAround
from pipeline.structure.part_lines import (
    ATTACHMENT_RE,
    DECREE_HEAD_RE,
    FOOTNOTE_RE,
    GLOSSARY_RE,
    IMPRINT_RE,
    NAMED_RE,
    OPENS_RE,
    is_date_line,
    is_recipients,
    is_signed_in_figures,
    is_signer,
    is_subtitle,
    is_title_line,
    read_lines,
    title_key,
)

_MOST_LISTED = 99  # attachments of one document


class _Reader:
    """Walks over the lines of a document once; `parts` grows in text order."""

    def __init__(self, text: str) -> None:
        self.lines = read_lines(text)
        self.around = LinesAround(self.lines)
        self.parts: list[Part] = []
        self.is_opening = True  # nothing but masthead so far, of the document or of an attachment
        self.is_signed = False
        self.is_decree = any(DECREE_HEAD_RE.fullmatch(line.shown) for line in self.lines[:4])
        self.named: set[str] = set()  # titles that text and list announce
        self.open_attachment: int | None = None  # index into parts

    def add(self, kind: str, first: int, last: int, title: str | None = None) -> int:
        """Add a part made of whole lines and return the line behind it."""
        self.parts.append(Part(kind, self.lines[first].start, self.lines[last].end, title))
        return last + 1

    def read(self) -> None:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            self._note_names(at)
            behind = None if line.is_long else self._part_at(at)
            if behind is None:
                self.is_opening = self.is_opening and not (line.is_prose or OPENS_RE.match(line.shown))
                behind = at + 1
            at = behind
        n_framed = 0  # the printing line and 名词解释 at the end are no attachment's
        for part in reversed(self.parts):
            if part.kind not in ("imprint", "glossary") or part.end < self.lines[-1 - n_framed].end:
                break
            n_framed += sum(line.start >= part.start for line in self.lines) - n_framed
        self.end_attachment(len(self.lines) - n_framed)

    def _note_names(self, at: int) -> None:
        if at < 12:
            for match in NAMED_RE.finditer(self.lines[at].shown):
                self.named.add(title_key(match[1] or match[2]))

    def _part_at(self, at: int) -> int | None:
        shown = self.around.shown(at)
        if self.is_opening and is_recipients(shown):
            self.is_opening = False
            return self.add("recipients", at, at)
        if (
            len(shown) <= 30
            and (name := GLOSSARY_RE.match(shown))
            and ("释义" in shown or "解" in shown or "说明" in shown or self.around.explains(at + 1))
        ):
            return self._glossary(at, name["name"])
        if shown.startswith("附") and (mark := ATTACHMENT_RE.match(shown)):
            return self._attached(at, mark)
        if IMPRINT_RE.match(shown):
            return self._imprint(at)
        if not self.is_opening and (
            (shown[-1] in "日月）)" and is_date_line(shown))
            or (shown[-1] in "0123456789" and is_signed_in_figures(shown, self.around.shown(at - 1)))
        ):
            return self._signature(at)
        if (
            len(shown) <= 40
            and not self.is_opening
            and not self.is_signed
            and self.around.is_signed_undated(at)
        ):
            self.is_signed = True
            return self.add("signature", at, at)
        if (match := FOOTNOTE_RE.match(shown)) and match["number"] == "1" and not self.is_opening:
            return self._footnotes(at)
        if not self.is_opening and not self.is_decree:
            return self._untold_attachment(at)
        return None

    def _imprint(self, at: int) -> int:
        last = at
        while last + 1 < len(self.lines) and IMPRINT_RE.match(self.around.shown(last + 1)):
            last += 1
        return self.add("imprint", at, last)

    def _signature(self, at: int) -> int | None:
        first = at
        lowest = max(0, at - 30)
        while first > lowest and is_signer(self.around.shown(first - 1)) and not self._is_taken(first - 1):
            first -= 1
        is_named = first < at or DATE_RE.match(self.around.shown(at)) is None
        if not is_named and not self.around.ends_before(at + 1):
            return None  # a day of a chronicle
        self.is_signed = True
        return self.add("signature", first, at)

    def _is_taken(self, at: int) -> bool:
        return (
            bool(self.parts)
            and self.parts[-1].kind != "attachment"
            and self.parts[-1].end > self.lines[at].start
        )

    def _glossary(self, at: int, name: str) -> int:
        last = at
        while last + 1 < len(self.lines):
            shown = self.around.shown(last + 1)
            if IMPRINT_RE.match(shown) or (re.match(r"附\s?件", shown) and not self.lines[last + 1].is_prose):
                break
            last += 1
        return self.add("glossary", at, last, re.sub(r"\s", "", name))

    def _footnotes(self, at: int) -> int | None:
        """Footnotes without a heading: [1] … [2] … [3] … down to the last line."""
        last = at
        while (match := FOOTNOTE_RE.match(self.around.shown(last + 1))) and int(
            match["number"]
        ) == last - at + 2:
            last += 1
        if last - at < 2 or last + 2 < len(self.lines):
            return None
        return self.add("glossary", at, last)

    def _attached(self, at: int, mark: re.Match[str]) -> int | None:
        said = mark["said"].strip()
        if said and not mark["colon"] and not (mark["number"] or said[0] in "《“" or mark[0][1:2].isspace()):
            return None  # 附件清单, 附件中所列
        if said.endswith(("。", "；")) or (said and not mark["colon"] and not mark["number"]):
            return None
        last = at
        while last - at < _MOST_LISTED and self.around.list_goes_on(last, said):
            last += 1
        is_end = last + 1 >= len(self.lines) or last - at >= _MOST_LISTED
        ahead = self.around.has_signature_ahead(last + 1)
        if (said or last > at) and (
            is_end or IMPRINT_RE.match(self.around.shown(last + 1)) or (ahead and not self.is_signed)
        ):
            for line in self.lines[at : last + 1]:
                listed = re.sub(r"^附\s{0,4}件?\s?\d{0,2}\s?[：:]?\s?|^\d{1,2}\s?[.．、]\s?", "", line.shown)
                self.named.add(title_key(listed))
            return self.add("attachment_list", at, last)
        return self._attachment(at, at + 1, said)

    def _attachment(self, at: int, below: int, said: str) -> int:
        """An attachment begins; its title stands behind its mark or in the lines below it."""
        pieces = [said] if said else []
        while below < len(self.lines) and len(pieces) < 4:
            piece = self.around.shown(below)
            if pieces and type_of_title("".join(pieces)) is not None and not is_subtitle(piece):
                break
            if not is_title_line(piece):
                break
            pieces.append(piece)
            below += 1
        if pieces and type_of_title("".join(pieces)) is None:
            below -= len(pieces) - 1
            pieces = pieces[:1]
        title = re.sub(r"\s+", " ", "".join(pieces)) or None
        return self._begin(at, below, title)

    def _begin(self, at: int, below: int, title: str | None) -> int:
        start = self.lines[at].start
        self.end_attachment(at)
        self.open_attachment = len(self.parts)
        self.parts.append(Part("attachment", start, start, title))
        self.is_opening, self.is_signed = True, False
        return below

    def _untold_attachment(self, at: int) -> int | None:
        """Below signature and imprint the attached document may begin with its title alone."""
        first = self.around.shown(at)
        is_behind = (
            bool(self.parts)
            and self.parts[-1].kind in ("signature", "imprint")
            and (self.parts[-1].end >= self.lines[at - 1].start)
        )
        if not is_behind and (not self.named or title_key(first) not in self.named):
            return None
        pieces: list[str] = []
        for k in range(at, min(at + 4, len(self.lines))):
            if not is_title_line(self.around.shown(k)):
                break
            pieces.append(self.around.shown(k))
            whole = "".join(pieces)
            if title_key(whole) in self.named or type_of_title(whole) is not None:
                if k + 1 >= len(self.lines):
                    return None
                if is_subtitle(self.around.shown(k + 1)):
                    pieces.append(self.around.shown(k + 1))
                return self._begin(at, at + len(pieces), "".join(pieces))
        return None

    def end_attachment(self, at: int) -> None:
        """The attachment that is being read ends above a line."""
        if self.open_attachment is not None:
            part = self.parts[self.open_attachment]
            self.parts[self.open_attachment] = replace(part, end=self.lines[at - 1].end)
            self.open_attachment = None


def find_parts(text: str) -> tuple[Part, ...]:
    """Return the parts of a cleaned text, in text order; what stands inside of an attachment is listed too.

    >>> notice = "各乡镇人民政府：\\n现将方案印发给你们，请认真贯彻执行，确保落实。\\n附件：工作方案\\n柳城县教育局\\n2023年3月30日\\n附件\\n工作方案\\n一、目标"
    >>> [(part.kind, part.title, notice[part.start:part.end].split()[0]) for part in find_parts(notice)]
    [('recipients', None, '各乡镇人民政府：'), ('attachment_list', None, '附件：工作方案'), ('signature', None, '柳城县教育局'), ('attachment', '工作方案', '附件')]

    A salutation (各位代表：) is no recipient, a line above the first paragraph no signature.
    """
    reader = _Reader(text)
    reader.read()
    return tuple(reader.parts)
