"""What the lines around a place of a document say of it: a list of attachments goes on, a signature follows, the text is over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.structure.bodies import split_names
from pipeline.structure.part_lines import (
    ATTACHMENT_RE,
    IMPRINT_RE,
    LISTED_RE,
    OPENS_RE,
    PROSE_END_RE,
    Line,
    is_date_line,
    is_signer,
    is_title_line,
)


class LinesAround:
    """The lines of a document, to be asked by their numbers; behind the last one stand empty ones."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def shown(self, at: int) -> str:
        """Return a line as it is shown."""
        return self._lines[at].shown if at < len(self._lines) else ""

    def ends_before(self, at: int) -> bool:
        """Say whether the text proper is over: the frame, an attachment or nothing follows."""
        following = self.shown(at)
        return not following or bool(
            IMPRINT_RE.match(following) or following.startswith("附") or is_title_line(following)
        )

    def is_signed_undated(self, at: int) -> bool:
        """Say whether a body signs without a date: under prose, and nothing but the frame follows."""
        following = self.shown(at + 1)
        is_last = not following or IMPRINT_RE.match(following) or re.match(r"附\s?件", following)
        return bool(is_last and PROSE_END_RE.search(self.shown(at - 1)) and split_names(self.shown(at)))

    def explains(self, at: int) -> bool:
        """Say whether entries stand here, so that 注释 is not a column of a table."""
        return any(re.search(r"[：:]|指(?!导)|即|——", self.shown(k)) for k in (at, at + 1))

    def list_goes_on(self, last: int, said: str) -> bool:
        """Say whether the list of attachments goes on below its last line so far; `said` stands behind its mark 附件."""
        following = self.shown(last + 1)
        if LISTED_RE.match(following) and not OPENS_RE.match(following):
            return True
        if OPENS_RE.match(following) and not said:
            return (
                LISTED_RE.match(following) is not None and LISTED_RE.match(self.shown(last + 2)) is not None
            )
        mark = ATTACHMENT_RE.match(following)
        return bool(mark and said and mark["said"] and mark["number"])

    def has_signature_ahead(self, at: int) -> bool:
        """Say whether the next lines are those of a signature, down to its date."""
        for k in range(at, min(at + 16, len(self._lines))):
            if is_date_line(self.shown(k)):
                return True
            if not (is_signer(self.shown(k)) or re.match(r"[（(].{2,80}[）)]$|联系[人电]", self.shown(k))):
                return False
        return False
