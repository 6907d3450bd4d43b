"""The extractors as spaCy components: nlp.add_pipe("policy_slogans"), or nlp.add_pipe("policy") for all of them.

Any tokeniser will do. The text of the Doc is read anew (outline, sentences, jieba's words, the facts of its
masthead), and what is found is laid over the Doc's own tokens.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.errors import PipelineError
from pipeline.extract import EXTRACTORS, extract_next
from pipeline.flow import facts_of
from pipeline.reading import build_reading
from pipeline.records import Extractions, PageFacts, Reading
from pipeline.simplify import simplify
from pipeline.spans import mark, register_extension
from pipeline.structure.parts import find_parts
from pipeline.widths import to_print_widths

if TYPE_CHECKING:
    from spacy.tokens import Doc

KINDS = tuple(name for name, _ in EXTRACTORS)
_MOST_KEPT = 4  # texts whose reading the components of one pipe share

Component = Callable[["Doc"], "Doc"]


class _Analysed:
    """One text read once, and extracted as far as somebody asked."""

    def __init__(self, text: str) -> None:
        # both keep the length, so that every offset holds in the Doc's own text
        simplified = to_print_widths(simplify(text))
        parts = find_parts(simplified)
        facts = facts_of(simplified, simplified, PageFacts(), parts)
        self._reading: Reading = build_reading(simplified, facts, parts)
        self._found = Extractions()
        self._n_done = 0

    def upto(self, kind: str) -> Extractions:
        """Return the extractions, those of `kind` and of every extractor before it among them."""
        for name in KINDS[self._n_done : KINDS.index(kind) + 1]:
            self._found = extract_next(self._reading, self._found, name)
            self._n_done += 1
        return self._found


_analysed = functools.lru_cache(maxsize=_MOST_KEPT)(_Analysed)


def annotate(doc: Doc, kinds: Sequence[str] = KINDS) -> Doc:
    """Fill `doc.spans` with what the extractors find in the text of a Doc, whatever cut its tokens.

    >>> import spacy
    >>> doc = annotate(spacy.blank("zh")("落实“双减”政策，新建学校3所。"))
    >>> [(span.text, span.label_) for span in doc.spans["slogans"]]
    [('双减', 'enumerated')]
    >>> doc.spans["quantities"][0]._.policy["value"]
    3.0

    Raises PipelineError for a kind that is not known.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise PipelineError(f"unknown kind {kind!r}", hint=f"known: {', '.join(KINDS)}")
    if doc.text.strip():
        analysed = _analysed(doc.text)
        for kind in kinds:
            mark(doc, kind, getattr(analysed.upto(kind), kind))
    else:
        for kind in kinds:
            mark(doc, kind, ())
    return doc


def _component(kind: str) -> Component:
    register_extension()
    return functools.partial(annotate, kinds=(kind,))


@Language.factory("policy_slogans", assigns=["doc.spans"])
def make_slogans(nlp: Language, name: str) -> Component:
    """Return the component that fills doc.spans["slogans"]."""
    return _component("slogans")


@Language.factory("policy_citations", assigns=["doc.spans"])
def make_citations(nlp: Language, name: str) -> Component:
    """Return the component that fills doc.spans["citations"]."""
    return _component("citations")


@Language.factory("policy_quantities", assigns=["doc.spans"])
def make_quantities(nlp: Language, name: str) -> Component:
    """Return the component that fills doc.spans["quantities"]."""
    return _component("quantities")


@Language.factory("policy_measures", assigns=["doc.spans"])
def make_measures(nlp: Language, name: str) -> Component:
    """Return the component that fills doc.spans["measures"]."""
    return _component("measures")


@Language.factory("policy", assigns=["doc.spans"], default_config={"kinds": list(KINDS)})
def make_policy(nlp: Language, name: str, kinds: list[str]) -> Component:
    """Return the component that fills all four; `kinds` leaves some out."""
    register_extension()
    return functools.partial(annotate, kinds=tuple(kinds))
