"""Why a request brought nothing, in words."""

from __future__ import annotations

from pipeline.lazy_re import lazy_re
from pipeline.sources.crawl.asking import Refused
from pipeline.sources.crawl.keeping import TooLarge
from pipeline.sources.crawl.resolver import refused_address

_HEAD_RE = lazy_re(r"headers of more than [\d,]+ bytes")
_WORDS = {
    "CannotResolveHostError": "the name of the host is unknown",
    "DownloadConnectionRefusedError": "the connection was refused",
    "DownloadFailedError": "the connection broke",
    "DownloadTimeoutError": "no whole answer within {timeout:g} s",
    "ResponseDataLossError": "the answer was cut off",
}


def in_words(error: BaseException | None, url: str, timeout: float) -> str:
    """Return what went wrong with a request that was given so many seconds.

    >>> in_words(ConnectionResetError("104"), "http://www.qingxi.gov.cn/", 30.0)
    'ConnectionResetError: 104'
    """
    if (address := refused_address(url)) is not None:
        return f"its name resolves to {address}, a private address"
    name = type(error).__name__
    said = str(error) if isinstance(error, TooLarge | Refused) else f"{name}: {error}"
    if (endless := _HEAD_RE.search(said)) is not None:
        return endless.group()
    if name in _WORDS:
        return _WORDS[name].format(timeout=timeout)
    return "".join(
        c if c.isprintable() else "?" for c in said[:200]
    )  # a server's own words may steer a terminal
