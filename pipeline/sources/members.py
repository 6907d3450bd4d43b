"""What goes for the members of every kind of archive: which are passed over, which are refused, and with what letter."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import Failure
from pipeline.settings import Settings
from pipeline.sources.file_names import HAS_CHINESE_RE, TWO_BYTE_RE
from pipeline.sources.files import too_large
from pipeline.sources.folders import is_junk
from pipeline.sources.other_archives import REFUSED_SUFFIXES, archive_letter

_LEAST_BYTES = 256 * 1024  # what any archive may give: a tar of a few notes is mostly padding


@dataclass(slots=True)
class Allowance:
    """What an outermost archive, with all archives inside it, may still give."""

    n_bytes: int
    n_members: int


def allowance_of(n_bytes: int, settings: Settings) -> Allowance:
    """Return what an archive of so many bytes may give."""
    return Allowance(max(n_bytes * max(settings.max_ratio, 1), _LEAST_BYTES), settings.max_members)


def decoded_name(raw: bytes) -> str:
    """Return a member's name as its author saw it: Windows tools in China write GBK names without saying so.

    >>> decoded_name("通知/附件.docx".encode("gbk"))
    '通知/附件.docx'
    >>> decoded_name("通知.txt".encode("gbk")), decoded_name("été.txt".encode())
    ('通知.txt', 'été.txt')
    """
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")
    else:  # 通知 in GBK is valid UTF-8 as well, of letters that no file here is named with
        if TWO_BYTE_RE.search(name) and not HAS_CHINESE_RE.search(name):
            other = raw.decode("gb18030", "replace")
            name = other if HAS_CHINESE_RE.search(other) and "\ufffd" not in other else name
    return name.replace("\\", "/")


def is_junk_member(name: str) -> bool:
    """Tell whether a member is never an input: what systems and editors leave, at any depth of folders."""
    return any(is_junk(part) for part in name.split("/") if part not in ("", ".", ".."))


def refusal(
    source: str, n_bytes: int, settings: Settings, *, is_encrypted: bool, is_link: bool
) -> Failure | None:
    """Return why a member must not be unpacked, judged by its header, or None."""
    name = source.rsplit("!/", 1)[-1]
    letter = None
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        letter = "this member's name leads out of the archive — unpack it by hand and give the file by itself"
    elif is_link:
        letter = "this member is a link or a device, not a file — give the file that it stands for"
    elif is_encrypted:
        letter = "this member is encrypted — unpack the archive with its password and give the folder"
    elif name.lower().endswith(REFUSED_SUFFIXES):
        letter = archive_letter(name)
    elif n_bytes > settings.max_bytes:
        return too_large(source, n_bytes, settings)
    return Failure(source, "sources", letter) if letter else None


def grows_too_much(source: str, n_packed: int, n_bytes: str) -> Failure:
    """Return the letter for a member that grows as no honest one does."""
    return Failure(
        source,
        "sources",
        f"this member grows from {n_packed:,} to {n_bytes} bytes, as archives made to fill a disk do "
        "— raise max_ratio if it is genuine",
    )


def used_up(source: str) -> Failure:
    """Return the letter for a member that comes when its archive has given all it may."""
    return Failure(
        source,
        "sources",
        "its archive has already given as many bytes as max_ratio allows — raise max_ratio if it is genuine",
    )


def too_many(source: str, n_left: str, settings: Settings) -> Failure:
    """Return the letter for the members beyond the limit."""
    return Failure(
        source,
        "sources",
        f"{n_left} members were not read: the limit is {settings.max_members:,} — raise max_members to read them",
    )
