"""What is read: an input as bytes, as text, and as the page that its reader understood."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


def document_id(raw: bytes) -> str:
    """Return the id of a document: the first 16 hex digits of the SHA-256 of its raw bytes.

    >>> document_id("四个强化".encode())
    'df5c0f1e43b48abb'
    """
    return id_of_digest(hashlib.sha256(raw).hexdigest())


def id_of_digest(sha256: str) -> str:
    """Return the id of a document whose SHA-256 is known."""
    return sha256[:16]


@dataclass(frozen=True, slots=True)
class RawFile:
    """The bytes of one input, as found; `source` says where (`a.zip!/b.html` for a member of an archive).

    What only a crawl knows: the address, the charset of the HTTP header, the page that links this file, and the
    doc_id of that page when it is a document of which this file is an attachment. `told`: what a table of pages says of
    this one in other columns.
    """

    source: str
    raw: bytes
    url: str | None = None
    charset: str | None = None
    linked_from: str | None = None
    attachment_of: str | None = None
    told: PageFacts | None = None


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text read from bytes: under which encoding, and why that one."""

    text: str
    encoding: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part of a page that is not the document, and the reason it was left out."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of a page that was taken for the document: why, and which element (`<div id="zoom">`)."""

    reason: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about its document outside of the running text (meta tags, headline, info bar)."""

    title: str | None = None
    outlet: str | None = None
    publish_date: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    url: str | None = None
    index_number: str | None = None
    written_date: str | None = None
    effective_date: str | None = None
    expiry_date: str | None = None
    site: str | None = None  # whose site it is, which need not be whose document: 柳城县人民政府
    site_code: str | None = None  # 网站标识码: its first six digits are the place's that keeps the site


@dataclass(frozen=True, slots=True)
class Page:
    """One page as its reader understood it: paragraphs one to a line, before any repair.

    `unread` says what of it could not be read: pages that need OCR, automatic numbers.
    """

    text: str
    encoding: str
    facts: PageFacts = PageFacts()
    dropped: tuple[Dropped, ...] = ()
    unread: str | None = None
    kept: tuple[Kept, ...] = ()
