"""jieba's words and tags, with the policy dictionary of models/, as a spaCy Doc over exactly the text.

Two engines cut alike: rjieba (Rust) by default, the jieba package when asked for or when rjieba is missing.
Each process owns its engine and its vocabulary; the packages' global dictionaries are never touched.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors import LexiconError, PipelineError
from pipeline.lexicon import model_path, words

if TYPE_CHECKING:
    from spacy.tokens import Doc

POLICY_WORDS = "policy_words.txt"
ENGINES = ("rjieba", "jieba")
MOST_WORDS = 200_000  # distinct words after which a fresh vocabulary is begun, so that a long run stays small

JOINED_RE = re.compile(r"([A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)+%?)")  # 2023-11-19, 50-300, 4.5A

GLUE_BEFORE, GLUE_AFTER = frozenset("从对向把将以为在由被与和及并"), frozenset("从对向把将以为在与和及并")

Cut = Callable[[str], list[str]]
Knows = Callable[[str], bool]
TagOf = Callable[[str], str]
Engine = tuple[Cut, TagOf, Knows]


def policy_words() -> tuple[tuple[str, int, str], ...]:
    """Return (word, frequency, tag) for each line of models/policy_words.txt.

    Raises LexiconError when a line does not hold these three.
    """
    rows = []
    for line in words(POLICY_WORDS):
        match line.split():
            case [word, freq, tag] if freq.isdigit():
                rows.append((word, int(freq), tag))
            case _:
                raise LexiconError(
                    f"{line!r} is not word, frequency and tag", where=str(model_path(POLICY_WORDS))
                )
    return tuple(rows)


def _rjieba_engine() -> Engine:
    import rjieba

    own = rjieba.Jieba()
    for word, freq, tag in policy_words():
        own.add_word(word, freq, tag)

    def tag_of(word: str) -> str:
        pairs = own.tag(word)
        return str(pairs[0][1]) if len(pairs) == 1 else "x"

    return own.cut, tag_of, own.has_word


def _jieba_engine() -> Engine:
    import jieba
    import jieba.posseg

    own = jieba.Tokenizer()
    own.FREQ, own.total = own.gen_pfdict(own.get_dict_file())  # neither log lines nor a cache file in /tmp
    own.initialized = True
    tagger = jieba.posseg.POSTokenizer(own)
    for word, freq, tag in policy_words():
        own.add_word(word, freq)
        tagger.word_tag_tab[word] = tag

    def cut(text: str) -> list[str]:
        # odd pieces are the joined numbers and names, which only the Rust engine keeps whole
        pieces = enumerate(JOINED_RE.split(text))
        return [word for n, piece in pieces for word in ((piece,) if n % 2 else own.lcut(piece))]

    def tag_of(word: str) -> str:
        if word.isascii() and any(map(str.isalnum, word)):
            return tagger.word_tag_tab.get(word) or ("eng" if any(map(str.isalpha, word)) else "m")
        return str(tagger.lcut(word)[-1].flag)

    return cut, tag_of, tagger.word_tag_tab.__contains__


class _TagIds(dict[str, int]):
    """Word to id of its tag in a vocabulary, asked of the engine once a word."""

    def __init__(self, tag_of: TagOf, string_id: Callable[[str], int]) -> None:
        self._tag_of, self._string_id = tag_of, string_id

    def __missing__(self, word: str) -> int:
        self[word] = found = self._string_id(self._tag_of(word))
        return found


class Segmenter:
    """One engine with its dictionary and vocabulary; build once, call often."""

    def __init__(self, engine: str | None = None) -> None:
        self.engine, (self._cut, self._tag_of, self._knows) = _engine(engine)
        self._begin_vocabulary()

    def _begin_vocabulary(self) -> None:
        from spacy.vocab import Vocab  # spaCy takes a second to import: not before the first text

        self._vocab = Vocab()
        self._tag_ids = _TagIds(self._tag_of, self._vocab.strings.add)

    def __call__(self, text: str) -> Doc:
        """Return the Doc of one text."""
        from spacy.tokens import Doc

        if len(self._tag_ids) > MOST_WORDS:
            self._begin_vocabulary()
        tokens = self._unglued(_whole(self._cut(text)))
        doc = Doc(self._vocab, words=tokens, spaces=[False] * len(tokens))
        if tokens:
            tags: Iterable[int] = map(self._tag_ids.__getitem__, tokens)
            column: Any = np.fromiter(tags, dtype=np.uint64, count=len(tokens)).reshape(-1, 1)
            doc.from_array(["TAG"], column)
        return doc

    def _unglued(self, tokens: list[str]) -> list[str]:
        """Part the guessed words that begin or end with a preposition: 从区|市级 is 从|区|市级."""
        parts: dict[str, tuple[str, str]] = {}
        for word in set(tokens):
            glued = len(word) == 2 and (word[0] in GLUE_BEFORE or word[1] in GLUE_AFTER)
            if glued and not self._knows(word):
                parts[word] = (word[0], word[1])
        whole: list[str] = []
        start = 0
        for index in [n for n, word in enumerate(tokens) if word in parts] if parts else ():
            whole += tokens[start:index]
            whole += parts[tokens[index]]
            start = index + 1
        return whole + tokens[start:] if start else tokens


def _whole(tokens: list[str]) -> list[str]:
    """Part the one kind of token that holds two line ends, so that every newline is a token of its own."""
    if "\r\n" not in tokens:
        return tokens
    return [piece for word in tokens for piece in (("\r", "\n") if word == "\r\n" else (word,))]


def _engine(name: str | None) -> tuple[str, Engine]:
    if name is None:
        try:
            return "rjieba", _rjieba_engine()
        except ImportError:
            return "jieba", _jieba_engine()
    if name not in ENGINES:
        raise PipelineError(f"unknown segmenter {name!r}", hint=f"known: {', '.join(ENGINES)}")
    return name, _rjieba_engine() if name == "rjieba" else _jieba_engine()


@functools.lru_cache(maxsize=len(ENGINES) + 1)
def segmenter(engine: str | None = None) -> Segmenter:
    """Return this process's segmenter: `rjieba`, `jieba`, or the faster of those installed for None.

    Raises PipelineError for any other name, with the known ones.
    """
    return Segmenter(engine)


def segment(text: str, engine: str | None = None) -> Doc:
    """Return a Doc whose tokens are jieba's words and whose `tag_` are jieba's part-of-speech tags.

    >>> [(t.text, t.tag_) for t in segment("推进义务教育控辍保学")]
    [('推进', 'v'), ('义务教育', 'l'), ('控辍保学', 'n')]

    The joined tokens equal the text; white space, newlines above all, stays as tokens of its own.
    """
    return segmenter(engine)(text)
