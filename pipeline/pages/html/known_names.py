"""What the tag, id and classes of an element say of it: that it holds the text, a fact, the headline."""

from __future__ import annotations

import functools

from pipeline import lexicon
from pipeline.lazy_re import lazy_re
from pipeline.pages.html.unwanted import NAME_PART_RE

SHARED = 1_000  # rank from which on selectors are names that many systems use
GENERIC = 10_000  # rank from which on selectors are generic names
PART_NAMED = 20_000  # rank of elements with a part of their name that says content: page_art_content
CONTENT_PARTS = frozenset(
    ["content", "contents", "article", "artical", "text", "txt", "zhengwen", "neirong", "detail", "body", "zw", "wz", "nr", "con", "main"]
)  # fmt: skip
HEADLINE_PARTS = frozenset({"tit", "title", "biaoti", "headline", "bt"})  # jd-tit
HEADLINE_TAGS = {"h1": 0, "ucaptitle": 1, "founder-title": 1, "h2": 3, "h3": 3, "h4": 3, "h5": 3}
_NAMED_HEADLINE_TAGS = frozenset({"h2", "h3", "h4", "h5", "div", "p", "span", "td"})
NUMBER_RE = lazy_re(r"[_-]?\d{1,8}$")  # vsb_content_1043
NAME_SPLIT_RE = lazy_re(r"[\s_-]")

Known = tuple[int | None, str | None, int | None]  # rank as the text, field of the facts, rank as headline
NOTHING: Known = (None, None, None)


@functools.cache
def _ranks(attribute: str) -> dict[str, int]:
    """Name -> rank, its line in the file; shared and generic names rank behind those of one system."""
    behind = {"cms": 0, "post": 0, "shared": SHARED, "generic": GENERIC}
    return {
        row["name"]: number + behind[row["strength"]]
        for number, row in enumerate(lexicon.table("page_selectors.csv"))
        if row["attribute"] == attribute
    }


@functools.cache
def post_ranks() -> frozenset[int]:
    """Return the ranks of names that each post of a forum has."""
    rows = enumerate(lexicon.table("page_selectors.csv"))
    return frozenset(number for number, row in rows if row["strength"] == "post")


@functools.cache
def _fields(attribute: str) -> dict[str, str]:
    rows = lexicon.table("page_elements.csv")
    return {row["name"]: row["field"] for row in rows if row["attribute"] == attribute}


@functools.cache
def _headlines() -> frozenset[str]:
    return frozenset(lexicon.words("page_headlines.txt"))


@functools.cache
def tags_with_a_meaning() -> frozenset[str]:
    """Return the tags that say something without id or class."""
    return frozenset({*_ranks("tag"), *_fields("tag"), *HEADLINE_TAGS})


@functools.lru_cache(maxsize=8192)
def known(tag: str, name: str, classes: str) -> Known:
    """Return what is known of an element; pages repeat a few names thousands of times, so it is remembered.

    >>> known("div", "vsb_content_1043", "")[0] == known("div", "vsb_content", "")[0]
    True
    """
    ranks = [_ranks("tag").get(tag), _ranks("id").get(name), _ranks("id").get(NUMBER_RE.sub("", name))]
    ranks += [_ranks("class").get(one) for one in classes.split()]
    fields = [_fields("tag").get(tag), _fields("id").get(name)]
    fields += [_fields("class").get(one) for one in classes.split()]
    rank = min((rank for rank in ranks if rank is not None), default=None)
    if rank is None and (name or classes):
        parts = {part.lower() for part in NAME_PART_RE.findall(f"{name} {classes}")}
        rank = PART_NAMED if not parts.isdisjoint(CONTENT_PARTS) else None
    return rank, next(filter(None, fields), None), _headline(tag, f"{classes} {name}".lower().split())


def _headline(tag: str, names: list[str]) -> int | None:
    if tag in _NAMED_HEADLINE_TAGS and names:
        if not _headlines().isdisjoint(names):
            return 1
        if not HEADLINE_PARTS.isdisjoint(NAME_SPLIT_RE.split(" ".join(names))):
            return 2
    return HEADLINE_TAGS.get(tag)
