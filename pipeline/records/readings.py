"""A cleaned document with its structure: sections, sentences, parts, words."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.records.documents import Facts

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.tagged import TaggedText


@dataclass(frozen=True, slots=True)
class Section:
    """A heading. `start:end` is the heading itself without marker; `body_end` is where its section ends.

    `path` are the governing headings with this one last, in short form (no marker, no closing mark).
    `in_path` is False for the leads 一是 … 二是 …, which are listed but do not govern other rows' headings.
    """

    level: int
    marker: str | None
    heading: str
    start: int
    end: int
    body_end: int
    path: tuple[str, ...]
    parent: int | None = None  # index of the parent in Reading.sections
    in_path: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph, closing mark included; `section` is an index into Reading.sections."""

    start: int
    end: int
    paragraph: int
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document beside its running text; an attachment holds parts of its own.

    `kind` is one of recipients, attachment_list, signature, imprint, attachment, glossary.
    """

    kind: str
    start: int
    end: int
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One cleaned document with its structure: what every extractor reads.

    `words` are jieba's words and tags by offset, `doc` the same as a spaCy Doc; paragraphs are lines of `text`.
    """

    text: str
    facts: Facts
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    words: TaggedText = field(compare=False, repr=False)
    parts: tuple[Part, ...] = ()
    _starts: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def doc(self) -> Doc:
        """A spaCy Doc over exactly `text`: jieba's words, tags in `token.tag_`."""
        return self.words.doc

    def sentence_index(self, offset: int) -> int:
        """Return the index of the sentence that holds a character offset."""
        return max(0, bisect.bisect_right(self._starts, offset) - 1)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds a character offset."""
        return self.sentences[self.sentence_index(offset)]

    def sentence_text(self, offset: int) -> str:
        """Return the text of the sentence that holds a character offset, without white space around it."""
        sentence = self.sentence_at(offset)
        return self.text[sentence.start : sentence.end].strip()

    def headings_at(self, offset: int) -> tuple[str, ...]:
        """Return the headings that govern a character offset, outermost first."""
        section = self.sentence_at(offset).section
        return () if section is None else self.sections[section].path
