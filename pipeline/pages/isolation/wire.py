"""What goes over the pipes between a reading process and the one that asked it: JSON and raw bytes, never pickles.

The other end has parsed hostile bytes; nothing that it says is run.
"""

from __future__ import annotations

import dataclasses
import json
import struct
from typing import IO, Any

from pipeline import errors
from pipeline.errors import PageError, PipelineError
from pipeline.records import Dropped, Kept, Page, PageFacts

_LENGTH = struct.Struct(">Q")


class PipeClosedError(Exception):
    """The other end is gone."""


def send(stream: IO[bytes], message: dict[str, Any], raw: bytes = b"") -> None:
    """Write one message and the bytes that belong to it."""
    head = json.dumps(message).encode("ascii")  # lone halves of surrogate pairs are escaped too
    stream.write(_LENGTH.pack(len(head)) + _LENGTH.pack(len(raw)) + head)
    stream.write(raw)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Return the next message and its bytes; raises PipeClosedError when the other end is gone."""
    lengths = _exactly(stream, 2 * _LENGTH.size)
    n_head, n_raw = (_LENGTH.unpack_from(lengths, at)[0] for at in (0, _LENGTH.size))
    message = json.loads(_exactly(stream, n_head))
    return message, _exactly(stream, n_raw)


def _exactly(stream: IO[bytes], n_bytes: int) -> bytes:
    pieces = []
    while n_bytes:
        piece = stream.read(min(n_bytes, 1 << 20))  # a length that lies cannot reserve memory
        if not piece:
            raise PipeClosedError
        pieces.append(piece)
        n_bytes -= len(piece)
    return b"".join(pieces)


def page_message(page: Page) -> dict[str, Any]:
    """Return a page as a message."""
    return {"page": dataclasses.asdict(page)}


def error_message(error: PipelineError) -> dict[str, Any]:
    """Return a letter to the user as a message."""
    return {"error": type(error).__name__, "what": error.what, "where": error.where, "hint": error.hint}


def answer(message: dict[str, Any], source: str) -> Page:
    """Return the page in an answer, or raise the PipelineError in it."""
    if "page" in message:
        fields = message["page"]
        fields["facts"] = PageFacts(**fields["facts"])
        fields["dropped"] = tuple(Dropped(**record) for record in fields["dropped"])
        fields["kept"] = tuple(Kept(**record) for record in fields["kept"])
        return Page(**fields)
    if "bug" in message:
        raise PageError(f"its reader gave up: {message['bug']}", where=source)
    kind = getattr(errors, message["error"], PageError)
    raise kind(message["what"], where=message["where"], hint=message["hint"])
