"""Objects in JSON, one to a line or in one array; each is read by itself, whatever the size of the whole."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Generator, Iterator
from typing import IO, Any, cast

from pipeline.lazy_re import lazy_re
from pipeline.settings import Settings
from pipeline.sources.tables.rows import BadRow

_JOINTS_RE = lazy_re(r"[ \t\r\n,]*")
_PIECE_CHARS = 256 * 1024
_MAX_DEPTH = 3  # of objects around the array: {"data": {"list": […]}}


def json_line_rows(stream: IO[bytes], settings: Settings) -> Generator[dict[str, Any] | BadRow, None, None]:
    """Yield the object of each line; a line that holds none is a bad row."""
    while line := stream.readline(settings.max_bytes + 1):
        if len(line) > settings.max_bytes:
            yield BadRow(
                f"this line holds more than {settings.max_bytes:,} bytes — raise max_bytes to read it"
            )
            while line and not line.endswith(b"\n"):
                line = stream.readline(settings.max_bytes)
            continue
        bare = line.strip(b"\xef\xbb\xbf \t\r\n\0")
        if bare:
            yield _object(bare)


def _object(line: bytes) -> dict[str, Any] | BadRow:
    try:
        found = json.loads(_decoded(line))
    except (ValueError, RecursionError) as error:
        return BadRow(
            f"this line is no JSON ({' '.join(str(error).split())[:120]}) — write it again, one object a line"
        )
    return (
        found
        if isinstance(found, dict)
        else BadRow("this line holds no object — write {…} with a field that holds the page")
    )


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "surrogateescape")


def json_rows(stream: IO[bytes], settings: Settings) -> Generator[dict[str, Any] | BadRow, None, None]:
    """Yield the objects of an array, or those of the array inside an object, or the one object that a file is."""
    head = stream.read(4096)
    stream.seek(0)
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"["):
        text = _text_stream(stream, head)
        try:
            yield from _array(text, settings.max_bytes)
        finally:
            text.detach()  # it would close what is not its own
    elif bare.startswith(b"{"):
        raw = stream.read(settings.max_bytes + 1)
        try:
            found = json.loads(_decoded(raw)) if len(raw) <= settings.max_bytes else None
        except (ValueError, RecursionError):
            stream.seek(0)
            yield from json_line_rows(stream, settings)  # lines of JSON under another name
            return
        yield from _inside(found, 0)


def _text_stream(stream: IO[bytes], head: bytes) -> io.TextIOWrapper:
    encoding = "utf-8"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        encoding = "gb18030"
    return io.TextIOWrapper(stream, encoding, errors="surrogateescape")


def _inside(found: Any, depth: int) -> Iterator[dict[str, Any]]:
    if not isinstance(found, dict):
        return
    lists = [
        value for value in found.values() if isinstance(value, list) and value and isinstance(value[0], dict)
    ]
    texts = [
        value for value in found.values() if isinstance(value, str) and (len(value) > 100 or "</" in value)
    ]
    if texts or depth >= _MAX_DEPTH:
        yield found
    elif lists:
        yield from (one for one in max(lists, key=len) if isinstance(one, dict))
    else:
        for value in found.values():
            yield from _inside(value, depth + 1)


def _array(text: IO[str], most: int) -> Generator[dict[str, Any] | BadRow, None, None]:
    """Yield the objects of an array, holding no more than a piece of it at a time."""
    decoder = json.JSONDecoder()
    waiting = text.read(_PIECE_CHARS).lstrip("\ufeff \t\r\n")
    at = 1  # behind its bracket
    while True:
        at = cast("re.Match[str]", _JOINTS_RE.match(waiting, at)).end()
        if waiting[at : at + 1] == "]":
            return
        try:
            found, at = decoder.raw_decode(waiting, at)
        except (ValueError, RecursionError) as error:
            left = len(waiting) - at
            piece = (
                text.read(max(_PIECE_CHARS, left))
                if left <= most and waiting[at : at + 1] in ("{", "")
                else ""
            )
            if not piece:
                reason = (
                    f"{' '.join(str(error).split())[:80]}"
                    if left <= most
                    else f"more than {most:,} characters"
                )
                yield BadRow(
                    f"what is left of this array was not read: an object in it is damaged ({reason}) — write it as lines of JSON (.jsonl)"
                )
                return
            waiting, at = waiting[at:] + piece, 0
            continue
        yield (
            found
            if isinstance(found, dict)
            else BadRow("this element of the array is no object — write {…} with a field that holds the page")
        )
