"""One function a command: from its arguments to an exit code. Libraries are imported by the command that needs them."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.replacing import check_folder

EXIT_OK, EXIT_USAGE, EXIT_SOME_FAILED, EXIT_STOPPED = 0, 2, 3, 130


def run(args: argparse.Namespace) -> int:
    """Read files, folders and archives, and write the tables."""
    import dataclasses

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from pipeline.batch import run
    from pipeline.cli.run_summary import print_summary
    from pipeline.settings import load_settings
    from pipeline.terminal import Terminal

    settings = load_settings(args.settings)
    if args.workers is not None:
        if args.workers < 0:
            raise SourceError("--workers must be 0 or more")
        settings = dataclasses.replace(settings, workers=args.workers)
    if args.rows_per_file < 0:
        raise SourceError("--rows-per-file must be 0 or more")
    check_folder(args.out)
    console = Terminal(stderr=True)
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("documents", total=None, speed="")
        done = 0

        def progress(n_documents: int, n_bytes: int, n_inputs: int) -> None:
            nonlocal done
            done += n_bytes
            seconds = bar.tasks[0].elapsed or 1e-9
            bar.update(task, total=n_inputs, advance=n_documents, speed=f"{done / 1e6 / seconds:.2f} MB/s")

        summary = run(
            args.paths, args.out, settings=settings, formats=args.format, progress=progress,
            fresh=args.fresh, engine=args.engine, shards=args.shards, rows_per_file=args.rows_per_file,
        )  # fmt: skip
    print_summary(Terminal(highlight=False), summary)
    return EXIT_SOME_FAILED if summary.n_failures or summary.unwritten else EXIT_OK


def crawl(args: argparse.Namespace) -> int:
    """Fetch sites into WARC files."""
    from pipeline.crawling import crawl_with_progress
    from pipeline.sources.crawl import load_sources

    sources = load_sources(args.sources)
    if args.site:
        known = [site.name for site in sources.sites]
        if unknown := [name for name in args.site if name not in known]:
            raise SourceError(f"no site is called {unknown[0]!r}", hint=f"known: {', '.join(known)}")
    check_folder(args.out)
    summary = crawl_with_progress(sources, args.out, fresh=args.fresh, only=args.site)
    if any(site.ended == "shutdown" for site in summary.sites):
        return EXIT_STOPPED
    return EXIT_SOME_FAILED if summary.n_errors or not summary.is_complete else EXIT_OK


def show(args: argparse.Namespace) -> int:
    """Print one document, or with `--page` what was kept of its page."""
    from pipeline.columns import CHINESE_TITLES
    from pipeline.document import read
    from pipeline.highlight import KINDS, fact_lines, mark_lines, name_of, to_terminal
    from pipeline.terminal import Terminal, shown

    if args.page:
        return _show_page(args.file)
    document = read(args.file)
    console = Terminal(highlight=False)
    console.print(f"[bold]{shown(name_of(document.facts))}[/]")
    for name, value in fact_lines(document.facts):
        console.print(f"  [dim]{name}[/] {shown(value)}")
    if document.sections:
        console.print("\n[bold]层次 outline[/]")
        for section in document.sections:
            console.print(f"{'  ' * section.level}{shown((section.marker or '') + section.heading)}")
    counts = "  ".join(f"{CHINESE_TITLES[kind]} {kind} {len(getattr(document, kind))}" for kind in KINDS)
    console.print(f"\n[bold]{counts}[/]")
    console.print(to_terminal(document.reading, document.found), soft_wrap=True)
    if console.color_system is None or console.no_color:  # a pipe, a file, NO_COLOR: the marks as words
        console.print("\n[bold]标注 marks[/] 起-止 start-end, 种类 kind, 原文 words")
        for line in mark_lines(document.reading, document.found):
            print(line)  # rich would make spaces of the tabs
    return EXIT_OK


def _show_page(file: Path) -> int:
    from pipeline.page_view import page_report, view_page
    from pipeline.terminal import Terminal

    view = view_page(file)
    console = Terminal(highlight=False, markup=False, emoji=False)
    for line in page_report(view):
        console.print(line, soft_wrap=True)
    return EXIT_OK


def repair(args: argparse.Namespace) -> int:
    """Print the repaired text of one file, its changes, or their explanation."""
    from pipeline.explain import diff_lines, explanation, repair_file
    from pipeline.printable import printable
    from pipeline.terminal import Terminal

    repaired = repair_file(args.file)
    if args.raw:
        print(printable(repaired.printed))
        return EXIT_OK
    console = Terminal(highlight=False, markup=False, emoji=False)
    if args.diff:
        for line in diff_lines(repaired, plain=not console.is_terminal):
            console.print(line, soft_wrap=True)
    if args.explain:
        for row in explanation(repaired):
            console.print(row, soft_wrap=True)
    if not (args.diff or args.explain):
        print(printable(repaired.text))
    return EXIT_OK


def compare(args: argparse.Namespace) -> int:
    """Compare the documents of a run, and write one table a question."""
    from pipeline.comparing import compare_run, standing_comparisons

    stood, notes = standing_comparisons(args.out), list[str]()
    done = compare_run(
        args.dir, args.out, by=args.by, reference=args.reference, only=args.only, formats=args.format,
        where=args.where,
        progress=lambda name, n_rows: print(f"  {n_rows:>8,}  {name}"), note=notes.append,
    )  # fmt: skip
    for note in notes:
        print(f"note:   {note}")
    print(
        f"comparisons: {args.out}/*.parquet ({len(done)} of them; docs/compare.md says what the columns mean)"
    )
    if gone := [name for name in stood if name not in done]:
        print(f"removed: {', '.join(gone)}, which stood there from an earlier comparison")
    return EXIT_OK


def report(args: argparse.Namespace) -> int:
    """Write all comparisons of a run as one HTML file."""
    from pipeline.cli.places import ready_to_write
    from pipeline.reporting import write_report

    out = args.out or args.dir / "report.html"
    ready_to_write(out, run=args.dir, make=False)
    report = write_report(args.dir, out, by=args.by, where=args.where, codebook=args.codebook)
    size = len(report.html.encode("utf-8")) / 1e6
    print(f"{report.n_documents} documents, {report.n_places:,} places in their texts, {size:.1f} MB")
    for note in report.notes:
        print(f"note:   {note.en}")
    print(f"report: {out}")
    return EXIT_OK


def tables(args: argparse.Namespace) -> int:
    """Print rows of one table of a run, or write them to a file."""
    from pipeline.cli.places import ready_to_write
    from pipeline.near_names import names_like
    from pipeline.query import query_table
    from pipeline.screen import fit, to_rich_table
    from pipeline.spreadsheets import write_csv, write_xlsx
    from pipeline.terminal import Terminal

    exporting = [path for path in (args.csv, args.xlsx) if path]
    for path in exporting:
        ready_to_write(path, run=args.dir)
    columns = [name.strip() for name in args.columns.split(",") if name.strip()] if args.columns else []
    frame, total = query_table(
        args.dir, args.table, where=args.where, limit=0 if exporting else args.head, columns=columns
    )
    if args.csv:
        write_csv(frame, args.csv)
    if args.xlsx:
        write_xlsx(args.table, frame, args.xlsx)
    if exporting:
        print(f"{len(frame)} rows of {args.table}: {', '.join(map(str, exporting))}")
        return EXIT_OK
    # a pipe or a file has no width of its own
    has_width = sys.stdout.isatty() or "COLUMNS" in os.environ
    console = Terminal(highlight=False, width=None if has_width else 160)
    fitted = fit(args.table, frame, console.width, columns)
    console.print(to_rich_table(frame, fitted.widths))
    console.print(f"{len(frame)} of {total} rows")
    if fitted.left_out:
        console.print(
            f"no room for {', '.join(fitted.left_out)}: a wider terminal, --columns or --csv shows them"
        )
    if not (args.where or total):
        console.print(
            f"no row is in this table; `zhengce tables {args.dir} documents` says what became of each input",
            markup=False,
        )
    if args.where and not total:
        console.print(f"no row fits the condition; {names_like(args.dir, args.where)}", markup=False)
    return EXIT_OK
