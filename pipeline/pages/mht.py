"""Saved web archives (.mht) and letters (.eml): the page inside, without what was saved or sent with it."""

from __future__ import annotations

import dataclasses
import email
import email.errors
import email.header
import email.policy
from email.message import Message

from pipeline.errors import EmptyPageError, PageError
from pipeline.pages.html import read_html
from pipeline.pages.paragraphs import Decode
from pipeline.pages.text import read_text
from pipeline.records import Page, RawFile

_MAX_PARTS = 5_000
_MAX_SUBJECT = 1_000


def read_mht(file: RawFile, decode: Decode) -> Page:
    """Return the text of the page that a web archive was saved for; raises PageError when it holds none."""
    try:
        message = email.message_from_bytes(file.raw, policy=email.policy.compat32)
        body = _main_part(message, file.source)
        raw = body.get_payload(decode=True) if body is not None else None
        address = (body or message)["Content-Location"] or message["Snapshot-Content-Location"]
        charset = body.get_content_charset() if body is not None else None
        subject = _subject(message)
        n_attached = sum(part.get_content_disposition() == "attachment" for part in message.walk())
    except (PageError, MemoryError):
        raise
    except Exception as error:  # RecursionError for parts nested in parts, whatever else broken headers cause
        raise PageError(f"this web archive is broken ({type(error).__name__})", where=file.source) from error
    if body is None or not isinstance(raw, bytes):
        raise PageError("this web archive holds no page", where=file.source)
    if not raw.strip():
        raise EmptyPageError("this page holds no text", where=file.source)
    url = file.url or (str(address) if address and str(address).startswith(("http://", "https://")) else None)
    reader = read_html if body.get_content_type() == "text/html" else read_text
    page = reader(RawFile(file.source, raw, url, charset), decode)
    facts = dataclasses.replace(page.facts, url=page.facts.url or url, title=page.facts.title or subject)
    unread = f"{n_attached} attached file(s) in it not read: save them beside it" if n_attached else None
    return dataclasses.replace(page, facts=facts, unread=page.unread or unread)


def _subject(message: Message) -> str | None:
    """Return what a letter is about; of a saved page it is the title."""
    try:
        pieces = email.header.decode_header(str(message["Subject"] or "")[:_MAX_SUBJECT])
        subject = str(email.header.make_header(pieces))
    except (LookupError, ValueError, email.errors.MessageError):  # of a charset that nobody knows
        return None
    return " ".join(subject.split()) or None


def _main_part(message: Message, source: str) -> Message | None:
    """Return the first HTML part, else the first of text."""
    first_text = None
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            raise PageError(f"this web archive has more than {_MAX_PARTS:,} parts", where=source)
        if part.get_content_type() == "text/html":
            return part
        if first_text is None and part.get_content_type() == "text/plain" and not part.is_multipart():
            first_text = part
    return first_text
