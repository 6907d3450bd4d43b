"""What one walk over a page finds: what is unwanted, what each element weighs, which known names occur."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.pages.html.tree import Element

_MANY_LINKS = 3


@dataclass(slots=True)
class Weight:
    """How much text an element holds: characters of prose, prose in its own paragraphs, in links, in all; links."""

    prose: int = 0
    direct: int = 0
    linked: int = 0
    chars: int = 0
    n_links: int = 0

    def add(self, other: Weight, sign: int = 1) -> None:
        """Add what a child holds."""
        self.prose += sign * other.prose
        self.linked += sign * other.linked
        self.chars += sign * other.chars
        self.n_links += sign * other.n_links

    @property
    def is_link_list(self) -> bool:
        """A list of links to other pages, not a sentence with a link in it."""
        return self.n_links >= _MANY_LINKS and self.linked > 0.7 * self.chars


@dataclass(slots=True)
class Survey:
    """One walk over a page: what is unwanted, what each element weighs, which selectors hit."""

    unwanted: dict[Element, str] = field(default_factory=dict)
    weights: dict[Element, Weight] = field(default_factory=dict)
    hits: list[tuple[int, Element]] = field(default_factory=list)  # selector's rank, element
    named: list[tuple[str, Element]] = field(default_factory=list)  # field of the page's facts, element
    headlines: list[tuple[int, Element]] = field(default_factory=list)  # how sure the name is, element
    part_named: list[Element] = field(default_factory=list)
    doubtful: list[tuple[Element, str]] = field(default_factory=list)  # unwanted unless it wraps the text
