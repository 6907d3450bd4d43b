"""Where to go on from a page of a list: to its articles, its next page, and the lists that it leads to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.sources.crawl.choosing import Choice
from pipeline.sources.crawl.link_shapes import pattern_of
from pipeline.sources.crawl.list_pages import Link, page_links
from pipeline.sources.crawl.page_numbers import is_paging, place_of
from pipeline.sources.crawl.page_text import Page
from pipeline.sources.crawl.paging import first_number, next_page, stated_pages
from pipeline.sources.crawl.report import SiteReport
from pipeline.sources.crawl.sites import Site

OF_THE_LIST = ("chain", "n_list", "first", "patterns")  # what a page of a list knows of the pages before it
_MAX_BARREN = 2  # lists in a row that hold no article: a calendar, a site map
_MAX_VARIANTS = 200  # addresses of lists that differ only in their query
_MAX_PATTERNS = 20  # of the addresses of one list's articles


class Onward(NamedTuple):
    """A link that is to be followed: what it leads to, how deep that lies, and what is to be known there."""

    link: Link
    kind: str
    depth: int
    known: Mapping[str, Any]


class ListWalk:
    """The walk through the lists of one site; `seen` holds every address that was asked, and grows while it walks."""

    def __init__(self, site: Site, choice: Choice, report: SiteReport, seen: Collection[str]) -> None:
        self._site, self._choice, self._report, self._seen = site, choice, report, seen
        self._older: set[str] = set()
        self._bodies: set[bytes] = set()
        self._variants: Counter[str] = Counter()

    def onward(self, page: Page, body: bytes, meta: Mapping[str, Any]) -> Iterator[Onward]:
        """Yield what is to be followed from a page of a list; `meta` is what is known of it."""
        digest = hashlib.blake2b(body, digest_size=16).digest()
        if digest in self._bodies:
            return  # the same page under another address
        self._bodies.add(digest)
        links = page_links(page.root, page.url, charset=page.charset, patterns=meta.get("patterns", ()))
        kinds = [(link, self._choice.kind(link)) for link in links]
        articles = [link for link, kind in kinds if kind in ("article", "attachment")]
        recent = [link for link in articles if self._choice.is_recent(link)]
        self._count_older(link.url for link in articles if not self._choice.is_recent(link))
        for link in recent:
            yield Onward(link, self._choice.kind(link) or "article", meta["depth"] + 1, {})
        barren = 0 if articles else meta.get("barren", 0) + 1
        if articles and recent:
            yield from self._next(page, meta, links, articles)
        if barren < _MAX_BARREN or meta["depth"] == 0:
            lists = [link for link, kind in kinds if kind == "list"]
            yield from self._further(page.url, lists, meta["depth"] + 1, barren)

    def _count_older(self, urls: Iterable[str]) -> None:
        """Count articles that are left out because of `since`, each once."""
        for url in urls:
            if url not in self._older and url not in self._seen:
                self._older.add(url)
                self._report.refuse(f"older than {self._site.since}", url)

    def _next(
        self, page: Page, meta: Mapping[str, Any], links: list[Link], articles: list[Link]
    ) -> Iterator[Onward]:
        """Go on at the next page of the list, unless this one says what an earlier one said."""
        first = meta["first"] if "first" in meta else first_number(page.url, page.text)
        following = next_page(page.url, page.root, page.text, links, charset=page.charset, first=first)
        addresses = "\n".join(sorted(link.url for link in articles))
        shown = hashlib.blake2b(addresses.encode(), digest_size=8).digest()
        chain, n_list = meta.get("chain", ()), meta.get("n_list", 1)
        if following is None or shown in chain:
            place = place_of(page.url)
            number = place[1] if place and place[1] else 0  # a start page may be one in the middle
            self._report.count_pages(page.url, max(n_list, number), stated_pages(page.text))
            return
        if n_list >= self._site.max_list_pages:
            self._report.note(f"max_list_pages = {self._site.max_list_pages:,} reached")
            return
        proven = [pattern_of(one.url) for one in articles if one.date and one.kind == "article"]
        patterns = tuple(dict.fromkeys((*meta.get("patterns", ()), *proven)))[:_MAX_PATTERNS]
        known = {"chain": (*chain, shown), "n_list": n_list + 1, "first": first, "patterns": patterns}
        yield Onward(Link(following, "", "list"), "list", meta["depth"], known)

    def _further(self, url: str, lists: list[Link], depth: int, barren: int) -> Iterator[Onward]:
        for link in lists:
            if link.url in self._seen or is_paging(link.url, url):
                continue
            if depth > self._site.max_depth:
                self._report.note(f"max_depth = {self._site.max_depth:,} reached")
                return
            path = link.url.partition("?")[0]
            self._variants[path] += 1
            if self._variants[path] > _MAX_VARIANTS:
                self._report.note(f"more than {_MAX_VARIANTS} addresses of one list")
                continue
            yield Onward(link, "list", depth, {"barren": barren})
