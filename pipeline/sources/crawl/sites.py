"""The sites of a crawl: a few lines of TOML each, checked before anything is asked."""

from __future__ import annotations

import dataclasses
import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import SettingsError
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import own_toml
from pipeline.sources.crawl.addresses import canonical_host, normalised

_MB = 1024 * 1024
_NAME_RE = lazy_re(r"[^\x00-\x1f/\\]{1,60}")
_HOST_RE = lazy_re(r"(?:\*\.)?[A-Za-z0-9\u0080-\uffff._\-\[\]:]{1,255}")  # *.qingxi.gov.cn, 127.0.0.1:8000


@dataclass(frozen=True, slots=True)
class Site:
    """One site; the defaults are what docs/crawl.md describes.

    name, starts: what the site is called, and the list pages where the crawl begins.
    hosts: hosts that may be asked (default: those of starts); `*.x.gov.cn` is every host below x.gov.cn.
    lists, articles: regular expressions for the addresses of list pages and articles (default: a guess).
    since: articles older than this day are left out, and paging stops where a list shows nothing newer.
    max_pages, max_bytes, max_total_bytes, max_seconds: of the site, a response, the site, the site (0: no limit).
    max_depth: links from a start page, paging not counted. max_list_pages: pages of one list.
    timeout: seconds for one answer. delay: least seconds between two requests. retries: after a server's failure.
    attachments: take files that articles link. recheck: ask again for articles that an earlier crawl has stored.
    allow_private: addresses of private networks and addresses given as numbers may be asked.
    """

    name: str
    starts: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    since: datetime.date | None = None
    max_pages: int = 20_000
    max_bytes: int = 32 * _MB
    max_total_bytes: int = 4096 * _MB
    max_seconds: int = 0
    max_depth: int = 3
    max_list_pages: int = 200
    timeout: float = 60.0
    delay: float = 1.0
    retries: int = 2
    attachments: bool = True
    recheck: bool = True
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """All sites of a crawl; `contact` (an address or a page about the project) goes into the User-Agent."""

    sites: tuple[Site, ...]
    contact: str = ""


_FIELDS = {field.name: field for field in dataclasses.fields(Site)}
_TOP = ("contact", "defaults", "site")


def load_sources(path: Path) -> Sources:
    """Return the sites of a TOML file; raises SettingsError that says what is wrong and which names are known."""
    return read_sources(own_toml(path, SettingsError), str(path))


def read_sources(given: dict[str, Any], where: str = "sources") -> Sources:
    """Return the sites of a parsed TOML file.

    >>> read_sources({"site": [{"name": "青溪县", "starts": ["https://www.qingxi.gov.cn/zwgk/"]}]}).sites[0].hosts
    ('www.qingxi.gov.cn',)

    Raises SettingsError that says what is wrong and which names are known; `where` is what it names as the place.
    """
    for name in given:
        if name not in _TOP:
            raise SettingsError(f"unknown name {name!r}", where=where, hint=f"known: {', '.join(_TOP)}")
    contact, defaults, tables = given.get("contact", ""), given.get("defaults", {}), given.get("site", [])
    if not isinstance(contact, str) or len(contact) > 200 or not contact.isprintable():
        raise SettingsError("contact must be one line of text", where=where)
    if not isinstance(defaults, dict) or {"name", "starts"} & defaults.keys():
        raise SettingsError("[defaults] is a table of options, without name and starts", where=where)
    if not isinstance(tables, list) or not tables:
        raise SettingsError("no site is named here", where=where, hint="add a [[site]] with name and starts")
    sites = []
    for number, table in enumerate(tables, start=1):
        if not isinstance(table, dict):
            raise SettingsError("a site is a table", where=where, hint="write [[site]]")
        sites.append(_site({**defaults, **table}, f"{where}: site {table.get('name', number)!r}"))
    names = [site.name for site in sites]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise SettingsError(f"two sites are called {doubled[0]!r}", where=where)
    return Sources(tuple(sites), contact)


def _site(table: dict[str, Any], where: str) -> Site:
    values = {}
    for name, value in table.items():
        if name not in _FIELDS:
            raise SettingsError(f"unknown name {name!r}", where=where, hint=f"known: {', '.join(_FIELDS)}")
        values[name] = _checked(name, value, where)
    for name in ("name", "starts"):
        if not values.get(name):
            raise SettingsError(f"{name} is missing", where=where, hint="a site needs name and starts")
    if not values.get("hosts"):
        values["hosts"] = tuple(dict.fromkeys(_netloc(start) for start in values["starts"]))
    return Site(**values)


def _checked(name: str, value: Any, where: str) -> Any:
    """Return a value in the type of its field, or raise what it should have been."""
    kind = str(_FIELDS[name].type)
    if kind == "int" and (type(value) is not int or value < 0):
        raise SettingsError(f"{name} must be a whole number, not {value!r}", where=where)
    if kind == "float":
        if type(value) not in (int, float) or not 0 <= value <= 86_400:
            raise SettingsError(f"{name} must be a number of seconds, not {value!r}", where=where)
        return float(value)
    if kind == "bool" and type(value) is not bool:
        raise SettingsError(f"{name} must be true or false, not {value!r}", where=where)
    if name == "name" and not (isinstance(value, str) and _NAME_RE.fullmatch(value)):
        raise SettingsError(f"name must be one line without slashes, not {value!r}", where=where)
    if name == "since":
        if isinstance(value, datetime.datetime):
            return value.date()
        if not isinstance(value, datetime.date):
            raise SettingsError(f"since must be a day, not {value!r}", where=where, hint="since = 2020-01-01")
    return _checked_texts(name, value, where) if kind.startswith("tuple") else value


def _checked_texts(name: str, value: Any, where: str) -> tuple[str, ...]:
    texts = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else None
    if texts is None or not all(isinstance(text, str) and text for text in texts):
        raise SettingsError(f"{name} must be a list of texts, not {value!r}", where=where)
    for text in texts:
        if name == "starts" and not _is_address(text):
            raise SettingsError(f"{text!r} is no http or https address", where=where)
        if name == "hosts" and not (_HOST_RE.fullmatch(text) and _host(text)):
            raise SettingsError(f"{text!r} is no host", where=where, hint='hosts = ["www.qingxi.gov.cn"]')
        if name in ("lists", "articles"):
            try:
                re.compile(text)
            except re.error as error:
                raise SettingsError(
                    f"{name}: {text!r} is no regular expression ({error})", where=where
                ) from error
    return tuple(map(_host, texts)) if name == "hosts" else texts


def _netloc(start: str) -> str:
    """Return the host of a start page as addresses are compared."""
    return urlsplit(normalised(start) or start).netloc


def _host(text: str) -> str:
    """Return an allowed host as addresses are compared: Chinese names as the network writes them, no usual port.

    >>> _host("*.青溪.政务"), _host("WWW.Qingxi.gov.cn:443"), _host("[::1]:8000")
    ('*.xn--19w508f.xn--zfr164b', 'www.qingxi.gov.cn', '[::1]:8000')
    """
    star, name = text[:2] * text.startswith("*."), text.removeprefix("*.")
    match = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(:\d{1,5})?", name)
    host = canonical_host(match[1]) if match else None
    if match is None or host is None:
        return ""
    return star + host + ("" if match[2] in (None, ":80", ":443") else match[2])


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and (parts.port or 1) > 0 and normalised(text) is not None
    except ValueError:
        return False
