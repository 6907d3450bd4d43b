"""jieba words and tags as a spaCy Doc over exactly the text."""

from __future__ import annotations

import functools

import rjieba
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab


@functools.lru_cache(maxsize=1)
def _vocab() -> Vocab:
    return spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}}).vocab


def segment(text: str) -> Doc:
    """Return a Doc whose tokens are jieba's words and whose `tag_` are jieba's part-of-speech tags.

    >>> [(t.text, t.tag_) for t in segment("推进义务教育")][0]
    ('推进', 'v')
    """
    pairs = rjieba.tag(text)
    words = [word for word, _ in pairs]
    return Doc(_vocab(), words=words, spaces=[False] * len(words), tags=[tag for _, tag in pairs])
