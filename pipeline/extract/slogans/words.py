"""The word lists of models/ that tell a slogan from a count, as sets and as parts of patterns."""

from __future__ import annotations

import functools

from pipeline import lexicon
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import table, words
from pipeline.numerals import one_of as any_of

# what makes a count, or a number of another kind, of the numeral behind it: 每三个月, 十四个强化, 3.三
_COUNTING = frozenset("周初第一二两三四五六七八九十百千万零〇多余几数近约每前后上下其这那各另.0123456789")


@functools.cache
def word_class(name: str) -> frozenset[str]:
    """Return one class of models/slogan_words.csv; a KeyError names a class that is not there.

    >>> "工程" in word_class("abstract_head")
    True
    """
    return lexicon.word_class("slogan_words.csv", name)


def one_of(*classes: str) -> str:
    """Return a pattern for any word of the classes, longest first."""
    return any_of(frozenset().union(*(word_class(name) for name in classes)))


# verbs of one sign that a slogan counts, each member one of its own: 四问, 三看, 五比
COUNTED_VERBS = frozenset("问查看学比讲评议谈晒亮访帮思")
LEAD_VERB_RE = lazy_re(
    one_of("lead_verb")
)  # only brings a member into the sentence: 〔强化〕组织领导, 〔推进〕项目建设
MEANING = r"指(?![导示挥定标出引数向责南令派纹针])"  # 指 alone, and no 指导, 指标


@functools.cache
def never() -> frozenset[str]:
    """Return the numeral-led wording that is no slogan: idioms, set words, names."""
    return frozenset(words("slogan_never.txt"))


@functools.cache
def known() -> frozenset[str]:
    """Return the slogans that documents print without quotes."""
    return frozenset(words("slogan_known.txt"))


@functools.cache
def action_verbs() -> frozenset[str]:
    """Return the verbs of two and more characters that are hardly ever nouns: 筹办, 化解."""
    rows = table("measure_verbs.csv")
    return frozenset(row["verb"] for row in rows if row["kind"] == "action" and len(row["verb"]) >= 2)


def stands_alone(text: str, start: int) -> bool:
    """Return whether no numeral or determiner before an offset makes a count of what begins there.

    >>> [stands_alone(text, text.index("三")) for text in ("落实三结合", "每三个月", "第三结合部")]
    [True, False, False]
    """
    return start == 0 or text[start - 1] not in _COUNTING
