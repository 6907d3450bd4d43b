"""jieba's words and tags, with the policy dictionary of models/, over exactly the text.

Two engines cut alike: rjieba (Rust) by default, the jieba package when asked for or when rjieba is missing.
Each process owns its engine; the packages' global dictionaries are never touched.
"""

from __future__ import annotations

import functools
import importlib.util
import sys
from collections.abc import Callable
from importlib.machinery import PathFinder
from typing import Any

from pipeline.errors import LexiconError, PipelineError
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import model_path, words
from pipeline.tagged import MOST_WORDS, TaggedText

POLICY_WORDS = "policy_words.txt"
ENGINES = ("rjieba", "jieba")

JOINED_RE = lazy_re(r"([A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)+%?)")  # 2023-11-19, 50-300, 4.5A

GLUED = "glued"  # in place of a tag, until the word is parted
GLUE_BEFORE, GLUE_AFTER = (
    frozenset("从对向把将以为在由被与和及并好"),
    frozenset("从对向把将以为在与和及并要于"),
)

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


def _rjieba() -> Any:
    """Return the extension module of rjieba; raises ImportError when it is missing.

    Importing the package would build a second dictionary, a global one that is not ours to use: 0.1 s and 30 MB.
    """
    name = "rjieba.rjieba"
    package = None if "rjieba" in sys.modules else importlib.util.find_spec("rjieba")
    extension = package and PathFinder.find_spec(name, package.submodule_search_locations)
    if extension is None or extension.loader is None:
        import rjieba

        return rjieba
    if name not in sys.modules:  # where a later `import rjieba` finds it
        sys.modules[name] = module = importlib.util.module_from_spec(extension)
        extension.loader.exec_module(module)
    return sys.modules[name]


def _rjieba_engine() -> Engine:
    own = _rjieba().Jieba()
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


class _Tags(dict[str, str]):
    """Word to its tag, asked of the engine once a word; GLUED for a guessed word that is two."""

    def __init__(self, tag_of: TagOf, knows: Knows) -> None:
        self._tag_of, self._knows = tag_of, knows

    def __missing__(self, word: str) -> str:
        glued = len(word) == 2 and (word[0] in GLUE_BEFORE or word[1] in GLUE_AFTER)
        found = GLUED if glued and not self._knows(word) else sys.intern(self._tag_of(word))
        self[word] = found
        return found


class Segmenter:
    """One engine with its dictionary; build once, call often."""

    def __init__(self, engine: str | None = None) -> None:
        self.engine, (self._cut, self._tag_of, self._knows) = _engine(engine)
        self._tags = _Tags(self._tag_of, self._knows)
        self._words: dict[str, str] = {}  # one string a word, however often it is printed

    def __call__(self, text: str) -> TaggedText:
        """Return the words and tags of one text."""
        if len(self._tags) > MOST_WORDS:
            self._tags.clear()
            self._words.clear()
        cut = self._cut(text)
        cut = _whole(cut) if "\r\n" in text else cut
        tokens = list(map(self._words.setdefault, cut, cut))
        tags = list(map(self._tags.__getitem__, tokens))
        return TaggedText(text, *(self._unglued(tokens, tags) if GLUED in tags else (tokens, tags)))

    def _unglued(self, tokens: list[str], tags: list[str]) -> tuple[list[str], list[str]]:
        """Part the guessed words that begin or end with a preposition or particle: 从区|市级 is 从|区|市级, 好县 is 好|县."""
        whole: list[str] = []
        whole_tags: list[str] = []
        start = 0
        for _ in range(tags.count(GLUED)):
            index = tags.index(GLUED, start)
            halves = tokens[index]
            whole += (*tokens[start:index], *halves)
            whole_tags += (*tags[start:index], *map(self._tags.__getitem__, halves))
            start = index + 1
        return whole + tokens[start:], whole_tags + tags[start:]


def _whole(tokens: list[str]) -> list[str]:
    """Part the one kind of token that holds two line ends, so that every newline is a token of its own."""
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


def segment(text: str, engine: str | None = None) -> TaggedText:
    """Return jieba's words of a text with jieba's part-of-speech tags.

    >>> tagged = segment("推进义务教育控辍保学")
    >>> list(zip(tagged.words(), tagged.tags, strict=True))
    [('推进', 'v'), ('义务教育', 'l'), ('控辍保学', 'n')]

    The joined words equal the text; white space, newlines above all, stays as words of its own.
    """
    return segmenter(engine)(text)
