"""What a file is, judged by its bytes first and its name second."""

from __future__ import annotations

import re

from pipeline.lazy_re import lazy_re
from pipeline.pages.sniff_office import compound_kind, zipped_kind

_HEAD_BYTES = 8192

# kind, where the mark may begin at the latest, the mark; the first that fits wins
_MARKS: tuple[tuple[str, int, bytes], ...] = (
    ("pdf", 1024, b"%PDF-"),
    ("a PNG image", 0, b"\x89PNG\r\n"),
    ("a JPEG image", 0, b"\xff\xd8\xff"),
    ("a GIF image", 0, b"GIF8"),
    ("a TIFF image", 0, b"II*\0"),
    ("a TIFF image", 0, b"MM\0*"),
    ("a sound or moving picture", 4, b"ftyp"),
    ("a sound or moving picture", 0, b"ID3"),
    ("a RIFF file (picture, sound)", 0, b"RIFF"),
    ("a program (Windows)", 0, b"MZ\x90\0"),
    ("a program (Linux)", 0, b"\x7fELF"),
    ("a RAR archive", 0, b"Rar!\x1a"),
    ("a 7z archive", 0, b"7z\xbc\xaf\x27\x1c"),
    ("a gzip archive", 0, b"\x1f\x8b"),
    ("a bzip2 archive", 0, b"BZh9"),
    ("an xz archive", 0, b"\xfd7zXZ"),
    ("an SQLite database", 0, b"SQLite format 3\0"),
    ("rtf", 0, b"{\\rtf"),
    ("an old Office document", 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("zip", 0, b"PK\x03\x04"),
    ("zip", 0, b"PK\x05\x06"),
)

ADVICE: dict[str, str] = {
    "an old Office document": "open it in Word or WPS and save it as .docx or .pdf",
    "an Office document with a password": "open it with its password and save it without one",
    "a Microsoft Word 2003 XML document": "open it in Word or WPS and save it as .docx",
    "a Microsoft Excel 2003 XML document": "open it in Excel or WPS and save it as .xlsx",
    "an OpenDocument file": "save it as .docx or .pdf",
    "a binary Excel (.xlsb) workbook": "open it in Excel or WPS and save it as .xlsx",
    "an old PowerPoint (.ppt) presentation": "save it as .pdf",
    "a PowerPoint presentation": "save it as .pdf",
    "a gzip archive": "name it .gz (or .tar.gz) and it is opened as an archive",
    "a tar archive": "name it .tar and it is opened as an archive",
    "a zip archive": "name it .zip and it is opened as an archive",
    "a broken old Office document": "it is cut off or damaged: fetch it again, or open it in Word or WPS and save it as .docx",
    "a broken zip archive": "it is cut off or damaged: fetch it again",
    "an SQLite database": "it holds no table of pages, or is damaged: repair it (sqlite3 .recover) or copy it again",
    "binary data of an unknown kind": "open it in an editor; if that shows text, save it there as UTF-8",
    "a PNG image": "run OCR over it first",
    "a JPEG image": "run OCR over it first",
    "a TIFF image": "run OCR over it first",
}

PROGRAM_RE = lazy_re(rb'<\?mso-application\s+progid="(Word|Excel)\.')
HTML_START_RE = lazy_re(
    rb"<(?:!doctype\s{1,80}html|html|head|body|meta|title)\b", re.IGNORECASE
)  # <!DOCTYPE html>
HTML_TAG_RE = lazy_re(
    rb"</?(?:p|div|span|table|tbody|tr|td|br|font|strong|script|style|meta|title|head|body|html|a|ul|li|img|h[1-6])"
    rb"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)  # <p class="MsoNormal">
# tags that give a page its paragraphs, and lines of prose that stand for themselves
PAGE_TAG_RE = lazy_re(rb"<(?:html|head|body|title|meta)\b", re.IGNORECASE)
BREAKING_TAG_RE = lazy_re(rb"</?(?:p|div|table|tr|td|br|li|h[1-6])(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
PROSE_LINE_RE = lazy_re(rb"(?:\A|\n)(?:<[^<>\n]{0,200}>){0,4}[^<\n]{0,9}[\x80-\xff][^\n]{29,}")
HEADER_LINE_RE = lazy_re(rb"[A-Za-z][A-Za-z0-9-]{1,60}:|[ \t]")  # Subject: =?gb2312?B?…, or a folded line
CONTROL_RE = lazy_re(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MIN_TAGS = 5  # a text that speaks of a tag or two is a text
_LINES_A_TAG = 3  # lines of prose for each tag that ends paragraphs, from which lines are the paragraphs
_MAX_CONTROL_SHARE = 0.02
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# Chinese, its marks, letters and digits in two bytes; of any other bytes a third looks so
WIDE_TEXT_RE = lazy_re(
    r"[\t\n\r\x20-\x7e\xa0-\xff\u2010-\u203f\u2460-\u2473\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]"
)
_LEAST_WIDE_SHARE = 0.95


def sniff(raw: bytes, name: str) -> str:
    """Return the kind of a format that is read (html, docx, pdf, text …), or what the bytes are instead.

    >>> sniff("<!DOCTYPE html><p>四个强化</p>".encode(), "通知.txt")
    'html'
    >>> sniff(b"\\x89PNG\\r\\n\\x1a\\n", "index.html")
    'a PNG image'
    """
    head = raw[:_HEAD_BYTES]
    lowered = name.lower()
    for kind, latest, mark in _MARKS:
        if 0 <= head.find(mark, 0, latest + len(mark)) <= latest:
            if kind == "zip":
                return zipped_kind(raw)
            if kind == "an old Office document":
                return compound_kind(raw, lowered)
            return kind
    if head[257:262] == b"ustar":
        return "a tar archive"
    letters = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"")  # UTF-16 as well
    if letters.startswith(b"<?xml") and (program := PROGRAM_RE.search(letters)):
        return f"a Microsoft {program[1].decode()} 2003 XML document"
    if letters[:1] in b"< \t\r\n" and HTML_START_RE.match(letters, _behind_comments(letters)):
        return "html"
    if b":" in letters[:80] and _is_message(letters):
        return "mht"
    n_control = len(CONTROL_RE.findall(letters))
    if not head.startswith(_UTF16_MARKS) and n_control > _MAX_CONTROL_SHARE * len(letters):
        if sum(1 for _ in HTML_TAG_RE.finditer(letters)) >= MIN_TAGS:
            return "html"
        if not _is_wide_text(head):
            return "binary data of an unknown kind"
    is_named_html = lowered.endswith((".html", ".htm", ".shtml", ".xhtml", ".jsp", ".asp", ".aspx", ".php"))
    n_tags = sum(1 for _ in HTML_TAG_RE.finditer(letters))
    if not is_named_html and n_tags >= MIN_TAGS and _is_tagged_text(letters):
        return "text"
    return "html" if n_tags >= (1 if is_named_html else MIN_TAGS) else "text"


def _is_tagged_text(letters: bytes) -> bool:
    """Tell a text in which a copy left some tags: nearly none of them ends a paragraph, and its lines do."""
    if PAGE_TAG_RE.search(letters):
        return False
    n_breaks = sum(1 for _ in BREAKING_TAG_RE.finditer(letters))
    return len(PROSE_LINE_RE.findall(letters)) >= max(MIN_TAGS, _LINES_A_TAG * n_breaks)


def _is_wide_text(head: bytes) -> bool:
    """Tell text in two or four bytes a character, without a mark, from binary data; the decoder says in which order."""
    texts = [head[: len(head) // 4 * 4].decode(name, "replace") for name in _WIDE]
    return any(len(WIDE_TEXT_RE.findall(text)) > _LEAST_WIDE_SHARE * len(text) for text in texts)


def _is_message(letters: bytes) -> bool:
    """Tell a saved web archive or a letter: nothing but header lines up to the first blank one, MIME-Version among them."""
    lines = letters.lstrip(b"\r\n").replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].split(b"\n")
    if len(letters) >= _HEAD_BYTES:
        lines = lines[: max(1, len(lines) - 1)]  # the last one may be cut
    is_headed = all(HEADER_LINE_RE.match(line) for line in lines)
    return is_headed and any(
        line.lower().startswith((b"mime-version:", b"from: <saved by")) for line in lines
    )


def _behind_comments(markup: bytes) -> int:
    """Return where markup begins behind white space, its declaration as XML and comments; each byte is looked at once."""
    at = 0
    while True:
        at += len(markup[at:]) - len(markup[at:].lstrip())
        end = b"-->" if markup.startswith(b"<!--", at) else b">" if markup.startswith(b"<?xml", at) else b""
        close = markup.find(end, at) if end else -1
        if close < 0:
            return at
        at = close + len(end)
