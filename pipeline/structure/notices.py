"""Pages that are no document: a site tells its visitor that there is nothing, that he is kept out, or what his browser lacks.

Servers send such pages as if all were well. One is told by its sentences alone, of which nearly all must be of that kind:
a document may speak of a page that is gone, and says other things as well.
"""

from __future__ import annotations

import functools
import re

from pipeline.lazy_re import lazy_re
from pipeline.lexicon import any_of, table

_LONGEST = 500  # characters of such a page
_LEAST_SHARE = 0.8  # of its characters, in sentences of that kind
_LONGEST_SENTENCE = 120
_BESIDE = "beside"
SENTENCE_END_RE = lazy_re(r"[。！？!?；;\n…]{1,40}")
REASONS = {
    "missing": "the site says that there is no such page (a soft 404)",
    "blocked": "the site keeps its visitor out (a firewall, a check of safety)",
    "script": "the site asks for JavaScript or another browser",
    "login": "the site asks its visitor to log in",
}


def notice_of(text: str) -> str | None:
    """Return what a page says to its visitor where it says nothing else, None for a document.

    >>> notice_of("抱歉，您访问的页面不存在或已被删除！\\n5秒后自动跳转到首页。")
    'the site says that there is no such page (a soft 404)'
    >>> notice_of("关于网站链接失效问题整改情况的通报\\n您访问的页面不存在的问题已整改，共修复链接12条。") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    n_chars, n_told = 0, 0
    kinds: list[str] = []
    for sentence in SENTENCE_END_RE.split(text):
        bare = sentence.strip(" \t　，,.")
        n_chars += len(bare)
        kind = _kind(bare) if bare and len(bare) <= _LONGEST_SENTENCE else None
        if kind is not None:
            n_told += len(bare)
            kinds.append(kind)
    proofs = [kind for kind in kinds if kind != _BESIDE]
    return REASONS[proofs[0]] if proofs and n_told >= _LEAST_SHARE * n_chars else None


def _kind(sentence: str) -> str | None:
    return next((kind for kind, pattern in _patterns() if pattern.search(sentence)), None)


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], any_of("notices.tsv", [row["pattern"]])) for row in table("notices.tsv"))
