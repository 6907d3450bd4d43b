"""What became of a site: counts, refusals and errors, for the progress bar and the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_EXAMPLES = 5


@dataclass(slots=True)
class SiteReport:
    """The counts of one site; `kinds` counts pages with an answer 200 by list, article, attachment."""

    name: str
    fetched: int = 0
    from_store: int = 0
    unchanged: int = 0  # answers whose body was stored already
    n_bytes: int = 0  # of bodies fetched
    seconds: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)  # addresses that were not asked, by reason
    refused_examples: dict[str, list[str]] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)  # address, what went wrong
    notes: list[str] = field(default_factory=list)  # limits that were reached, start pages without a list
    unturned: list[tuple[str, int, int]] = field(
        default_factory=list
    )  # lists that say more pages than were found
    as_sent: list[str] = field(default_factory=list)  # answers that are not what their heads say
    ended: str = ""  # why the crawl of this site ended; "finished" when it came to its end

    def refuse(self, reason: str, url: str) -> None:
        """Count an address that is not asked; only its first few are kept by name."""
        self.refused[reason] += 1
        examples = self.refused_examples.setdefault(reason, [])
        if len(examples) < _EXAMPLES:
            examples.append(url)

    def count_pages(self, url: str, n_found: int, n_stated: int) -> None:
        """Keep a list whose pages could not all be turned: the address where it ended, and both numbers."""
        if n_found < n_stated:
            self.unturned.append((url, n_found, n_stated))

    def keep_as_sent(self, url: str) -> None:
        """Count an answer that is not what its head says, shorter or not packed, and is kept as it came."""
        self.as_sent.append(url)

    def note(self, text: str) -> None:
        """Keep what the user should know, once."""
        if text not in self.notes:
            self.notes.append(text)


@dataclass(slots=True)
class CrawlSummary:
    """What a crawl did, site by site."""

    out: Path
    crawl: str
    is_continued: bool
    sites: list[SiteReport]
    is_complete: bool = False  # of the sites that were asked for
    others: list[str] = field(default_factory=list)  # sites that this crawl has begun earlier and not ended

    @property
    def n_errors(self) -> int:
        """Addresses that gave no page."""
        return sum(len(site.errors) for site in self.sites)


Progress = Callable[[SiteReport], None]
