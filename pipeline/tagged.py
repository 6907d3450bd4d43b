"""The words of a text with their tags, by offset; a spaCy Doc is made of them when somebody asks for one."""

from __future__ import annotations

import bisect
import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

MOST_WORDS = 200_000  # distinct words after which a fresh vocabulary is begun, so that a long run stays small


class TaggedText:
    """A text cut into words: `tokens`, `starts`, `ends` and `tags` have one entry a word, and the words leave no gap.

    >>> tagged = TaggedText("推进义务教育", ["推进", "义务教育"], ["v", "l"])
    >>> tagged.starts, tagged.ends, tagged.span(3, 4), tagged.begins_and_ends(0, 3)
    ([0, 2], [2, 6], (1, 2), False)
    >>> [(token.text, token.tag_) for token in tagged.doc]
    [('推进', 'v'), ('义务教育', 'l')]

    Extraction reads the lists: spaCy takes half a second to import, and a Doc of a megabyte another.
    """

    __slots__ = ("_doc", "ends", "starts", "tags", "text", "tokens")

    def __init__(self, text: str, tokens: list[str], tags: list[str]) -> None:
        self.text, self.tokens = text, tokens
        self.ends = list(itertools.accumulate(map(len, tokens)))
        self.starts = [0, *self.ends[:-1]] if self.ends else []
        self.tags = tags
        self._doc: Doc | None = None

    def __len__(self) -> int:
        return len(self.ends)

    def words(self, first: int = 0, last: int | None = None) -> list[str]:
        """Return the words from one index up to another."""
        return self.tokens[first:last]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first index and the one behind the last of the words that characters touch; None outside of the text."""
        if not 0 <= start < end <= (self.ends[-1] if self.ends else 0):
            return None
        return bisect.bisect_right(self.ends, start), bisect.bisect_left(self.ends, end) + 1

    def begins_and_ends(self, start: int, end: int) -> bool:
        """Say whether a stretch begins where a word begins and ends where one ends."""
        span = self.span(start, end)
        return span is not None and self.starts[span[0]] == start and self.ends[span[1] - 1] == end

    @property
    def doc(self) -> Doc:
        """The words as a spaCy Doc over exactly the text, jieba's tags in `token.tag_`; made once."""
        if self._doc is None:
            self._doc = _as_doc(self.words(), self.tags)
        return self._doc


def _as_doc(words: list[str], tags: list[str]) -> Doc:
    import numpy as np
    from spacy.tokens import Doc

    vocabulary = _vocabulary()
    doc = Doc(vocabulary, words=words, spaces=[False] * len(words))
    if words:
        ids = {tag: vocabulary.strings.add(tag) for tag in set(tags)}
        column: Any = np.fromiter(map(ids.__getitem__, tags), dtype=np.uint64, count=len(tags)).reshape(-1, 1)
        doc.from_array(["TAG"], column)
    return doc


_vocabularies: list[Vocab] = []  # the one in use


def _vocabulary() -> Vocab:
    from spacy.vocab import Vocab

    if not _vocabularies or len(_vocabularies[0]) > MOST_WORDS:
        _vocabularies[:] = [Vocab()]
    return _vocabularies[0]
