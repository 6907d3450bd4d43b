"""Which addresses may be asked: by scheme, host and port before a request, by IP number when a name is resolved."""

from __future__ import annotations

import functools
import ipaddress
import re
import socket
from collections.abc import Sequence
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from pipeline.lazy_re import lazy_re

_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_URL = 2000
_MAX_HOST = 255
_SESSION_RE = lazy_re(r";(?:jsessionid|phpsessid)=[^/?#]{0,200}", re.IGNORECASE)
# of a query: whose visit it is, or a number against caches; the page is the same without
_SESSION_PARAMETER_RE = lazy_re(
    r"(?:j?sessionid|session_?id|phpsessid|sessid|aspsessionid\w*|cftoken|cfid|utm_\w+|_t?|timestamp|nocache|rnd|rand(?:om)?)",
    re.IGNORECASE,
)
_COOKIELESS_RE = lazy_re(
    r"/\((?:[SFAX]\([\w-]{20,100}\)){1,4}\)(?=/)", re.IGNORECASE
)  # /(S(4ab…))/ of ASP.NET
_HOST_RE = lazy_re(
    r"[a-z0-9._-]{1,255}|\[[0-9a-f:.]{2,45}\]"
)  # what a name of the network holds, no escape of a terminal
_BLANKS = " \t\r\n\f\u3000\xa0"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "/%:=&?~#+!$,;'@()*[]"


def normalised(url: str, base: str = "", *, charset: str = "utf-8", keep_session: bool = False) -> str | None:
    """Return an address as it is asked and remembered, None for one that is no web page.

    Scheme and host in lower case, no fragment, no default port, no session number, Chinese in percent signs
    (of a query in the page's own charset, as browsers do).

    >>> normalised("../zcwj/t20230330_12.html#top", "HTTP://WWW.Qingxi.gov.cn:80/zwgk/index.html")
    'http://www.qingxi.gov.cn/zcwj/t20230330_12.html'
    >>> normalised("javascript:void(0)") is None
    True
    """
    url = url.strip(_BLANKS).replace("\\", "/")
    if len(url) > _MAX_URL:
        return None
    try:
        parts = urlsplit(urljoin(base, url))
        port, host = parts.port, canonical_host(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or host is None or parts.username is not None:
        return None
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    path, query = parts.path or "/", parts.query
    if not keep_session:
        path = _COOKIELESS_RE.sub("", _SESSION_RE.sub("", path)) or "/"
        query = _without_session(query)
    if "/." in path and not path.startswith("//"):
        path = urlsplit(urljoin("http://host/", path)).path
    path = quote(path, safe=_SAFE, errors="replace")
    query = quote(query, safe=_SAFE, encoding=charset, errors="xmlcharrefreplace")
    return urlunsplit(SplitResult(parts.scheme, netloc, path, query, ""))


@functools.lru_cache(maxsize=1 << 14)
def canonical_host(host: str) -> str | None:
    """Return the name of a host as it is asked, IPv6 in brackets, None for what is no name.

    >>> canonical_host("WWW.青溪.政务."), canonical_host("::1"), canonical_host("www.qingxi.gov.cn\\x1b[31m")
    ('www.xn--19w508f.xn--zfr164b', '[::1]', None)
    """
    host = host.strip("[]").rstrip(".").lower()
    if len(host) > _MAX_HOST:  # the time of IDNA grows faster than the name
        return None
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    host = f"[{host}]" if ":" in host else host
    return host if _HOST_RE.fullmatch(host) else None


def _without_session(query: str) -> str:
    """Return a query without session numbers and numbers against caches, the rest as it is written.

    >>> _without_session("id=7&JSESSIONID=9F0A&page=2&_=1680000000")
    'id=7&page=2'
    """
    if "=" not in query:
        return query
    parts = query.split("&")
    kept = [part for part in parts if not _SESSION_PARAMETER_RE.fullmatch(part.partition("=")[0])]
    return "&".join(kept)


def from_header(value: bytes | None, base: str) -> str | None:
    """Return the address in a Location header, bytes beyond ASCII as the server sent them.

    >>> from_header("/公告.html".encode(), "http://www.qingxi.gov.cn/zwgk/")
    'http://www.qingxi.gov.cn/%E5%85%AC%E5%91%8A.html'
    >>> from_header(b"/a.jsp;jsessionid=9F0A", "http://www.qingxi.gov.cn/a.jsp")
    'http://www.qingxi.gov.cn/a.jsp;jsessionid=9F0A'
    """
    if not value:
        return None
    address = quote(value, safe=_SAFE)
    target = normalised(address, base)
    # a server that puts the number of a visit into every address asks for it to be there
    return target if target != base else normalised(address, base, keep_session=True)


def is_public(address: str) -> bool:
    """Tell whether an IP number belongs to the public internet, also when it hides in one of IPv6.

    >>> is_public("114.114.114.114"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_number(host: str) -> bool:
    """Tell whether a host is an IP number in any spelling that a resolver takes.

    >>> [is_number(host) for host in ("127.0.0.1", "2130706433", "0x7f.1", "[::1]", "www.qingxi.gov.cn")]
    [True, True, True, True, False]
    """
    if ":" in host:
        return True
    try:
        socket.inet_aton(host)
    except OSError:
        return False
    return True


def host_matches(netloc: str, hosts: Sequence[str]) -> bool:
    """Tell whether a host (with its port, unless it is the scheme's own) is among the allowed ones.

    >>> host_matches("xxgk.qingxi.gov.cn", ["*.qingxi.gov.cn"]), host_matches("qingxi.gov.cn:8080", ["qingxi.gov.cn"])
    (True, False)
    """
    return any(netloc == host or (host.startswith("*.") and netloc.endswith(host[1:])) for host in hosts)


def refusal(url: str, hosts: Sequence[str], *, allow_private: bool) -> str | None:
    """Return why an address must not be asked, None when it may.

    >>> refusal("http://169.254.169.254/latest", ["www.qingxi.gov.cn"], allow_private=False)
    'an address of numbers'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "no address"
    if parts.scheme not in _DEFAULT_PORTS:
        return "not http or https"
    if is_number(host) and not allow_private:
        return "an address of numbers"
    name = f"[{host}]" if ":" in host else host
    netloc = name if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{name}:{port}"
    return None if host_matches(netloc, hosts) else "another host"
