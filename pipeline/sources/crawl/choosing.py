"""Which links of a list are followed, and as what: by the site's patterns, or by the guess."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipeline.lazy_re import lazy_re
from pipeline.sources.crawl.link_shapes import lies_in, scope
from pipeline.sources.crawl.list_pages import Link
from pipeline.sources.crawl.sites import Site

HOME_RE = lazy_re(r"/(?:(?:index|default|home|main|404|error)\.\w{2,5})?", re.IGNORECASE)  # /, /index.html


class Choice:
    """The choice of links for one site.

    >>> choice = Choice(Site("青溪县", ("http://www.qingxi.gov.cn/zwgk/",)))
    >>> choice.kind(Link("http://www.qingxi.gov.cn/zwgk/zcwj/", "政策文件", "list"))
    'list'
    >>> choice.kind(Link("http://www.qingxi.gov.cn/ldzc/", "领导之窗", "list")) is None
    True
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._scopes = tuple(scope(start) for start in site.starts)
        self._lists = [re.compile(pattern) for pattern in site.lists]
        self._articles = [re.compile(pattern) for pattern in site.articles]

    def widen(self, start: str) -> None:
        """Take lists below another address too: where a start page has moved to."""
        self._scopes += (scope(start),)

    def kind(self, link: Link) -> str | None:
        """Return what a link of a list leads to, None for what is not followed."""
        if any(pattern.search(link.url) for pattern in self._articles):
            return "attachment" if link.kind == "attachment" else "article"
        if link.kind == "attachment":
            return "attachment" if self._site.attachments and link.date and not self._articles else None
        if link.kind == "article" and not self._articles:
            return "article"
        if self._lists:
            return "list" if any(pattern.search(link.url) for pattern in self._lists) else None
        return "list" if link.kind == "list" and lies_in(link.url, self._scopes) else None

    def is_recent(self, link: Link) -> bool:
        """Tell whether a link of a list is not known to be older than the site's `since`."""
        return not (self._site.since and link.date and link.date < self._site.since)


def leads_home(source: str, target: str) -> bool:
    """Tell whether a redirect leads to a front or error page, as sites do for articles that are gone.

    >>> leads_home("http://www.qingxi.gov.cn/info/1011/5.htm", "http://www.qingxi.gov.cn/index.html")
    True
    """
    parts = urlsplit(target)
    return not parts.query and HOME_RE.fullmatch(parts.path) is not None and urlsplit(source).path != "/"
