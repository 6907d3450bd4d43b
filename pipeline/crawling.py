"""A crawl in the terminal: its progress, and what became of each site."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline import __version__
from pipeline.decode import decode
from pipeline.sources.crawl import CrawlSummary, SiteReport, Sources, crawl
from pipeline.terminal import Terminal, shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

_KINDS = {"list": "lists 列表", "article": "articles 文章", "attachment": "attachments 附件"}


def crawl_with_progress(
    sources: Sources, out: Path, *, fresh: bool, only: Sequence[str] = ()
) -> CrawlSummary:
    """Crawl sites, show how far each one is, and print the summary."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[done]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Terminal(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(report: SiteReport) -> None:
            if report.name not in tasks:
                tasks[report.name] = bar.add_task(shown(report.name), total=None, done="")
            done = (
                f"{report.fetched:,} fetched, {report.from_store:,} from store, {report.n_bytes / 1e6:.1f} MB"
            )
            bar.update(tasks[report.name], done=done)

        summary = crawl(
            sources, out, decode=decode, version=__version__, progress=progress, fresh=fresh, only=only
        )
    print_summary(Terminal(highlight=False), summary)
    return summary


def print_summary(console: Console, summary: CrawlSummary) -> None:
    """Print what a crawl did, site by site."""
    console.print(f"crawl {summary.crawl}" + (", continued" if summary.is_continued else ""))
    for site in summary.sites:
        kinds = ", ".join(f"{site.kinds[kind]:,} {title}" for kind, title in _KINDS.items())
        console.print(f"[bold]{shown(site.name)}[/]: {kinds}", soft_wrap=True)
        console.print(
            f"  {site.fetched:,} answers fetched ({site.unchanged:,} unchanged), {site.from_store:,} from store, "
            f"{site.n_bytes / 1e6:.2f} MB in {site.seconds:.1f} s",
            soft_wrap=True,
        )
        for reason, n in sorted(site.refused.items(), key=lambda pair: (-pair[1], pair[0])):
            first = shown(site.refused_examples[reason][0])
            console.print(
                f"  not asked: {n:,} {shown(reason)} ({first}{' …' if n > 1 else ''})", soft_wrap=True
            )
        for note in site.notes:
            console.print(f"  [yellow]note[/] {shown(note)}", soft_wrap=True)
        if site.kinds["list"] and not (
            site.kinds["article"] or site.from_store or site.refused or site.notes
        ):
            console.print(
                f"  [yellow]note[/] no article was recognised in {site.kinds['list']:,} lists; say what their addresses look like: "
                r"articles = \['…'] in the site file (docs/crawl.md)",
                soft_wrap=True,
            )
        if site.unturned:
            url, n_found, n_stated = site.unturned[0]
            more = " …" if len(site.unturned) > 1 else ""
            console.print(
                f"  [yellow]note[/] {len(site.unturned):,} lists say more pages than could be found "
                f"({shown(url)}: {n_found:,} of {n_stated:,}{more}); name their further pages in starts",
                soft_wrap=True,
            )
        if site.as_sent:
            console.print(
                f"  [yellow]note[/] {len(site.as_sent):,} answers were cut off or packed otherwise than they say, and were kept "
                f"as they came ({shown(site.as_sent[0])}{' …' if len(site.as_sent) > 1 else ''})",
                soft_wrap=True,
            )
        by_reason: dict[str, list[str]] = {}
        for url, reason in site.errors:
            by_reason.setdefault(reason, []).append(url)
        for reason, urls in sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            first = shown(urls[0]) + (" …" if len(urls) > 1 else "")
            console.print(f"  [red]failed[/]: {len(urls):,} {shown(reason)} ({first})", soft_wrap=True)
    console.print(
        f"stored: {shown(summary.out)}/*.warc.gz and {shown(summary.out)}/manifest.jsonl", soft_wrap=True
    )
    if not summary.is_complete:
        console.print("not at its end: the same command goes on where it stopped", soft_wrap=True)
    if summary.others:
        console.print(
            f"not at its end: {shown('、'.join(summary.others))}, which this crawl has begun earlier",
            soft_wrap=True,
        )
    console.print(f"next:   zhengce run {shown(summary.out)} --out OUT", soft_wrap=True)
