"""The command line: parse arguments, call the pipeline, print, return a code."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError, SourceError

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.batch import Summary

EXIT_OK, EXIT_USAGE, EXIT_SOME_FAILED, EXIT_STOPPED = 0, 2, 3, 130


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="zhengce",
        description="Chinese policy pages in, tables out. 政策网页 → 研究用表格。",
        epilog="Start with: zhengce run FOLDER --out OUT; then: zhengce tables OUT",
    )
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    run = commands.add_parser("run", help="read files and folders, write the tables 处理文件夹，写出表格")
    run.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="files, folders (recursive), archives (.zip, .tar, .gz …), .warc.gz",
    )
    run.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="where tables/ and policy.duckdb go"
    )
    run.add_argument(
        "--format",
        action="append",
        default=[],
        choices=("csv", "xlsx"),
        help="write this too (may be repeated)",
    )
    run.add_argument(
        "--settings", type=Path, metavar="TOML", help="a settings file (see pipeline/settings.py)"
    )
    run.add_argument("--workers", type=int, metavar="N", help="processes (default: one per core)")
    run.add_argument(
        "--engine",
        choices=("auto", "serial", "processes", "ray"),
        default="auto",
        help="where the work is done (docs/scaling.md)",
    )
    run.add_argument(
        "--fresh", action="store_true", help="read every input again, also what an earlier run has kept"
    )
    run.add_argument(
        "--shards",
        metavar="WHERE",
        help="keep results here, not in DIR/.work: a folder, or an address such as s3://bucket/prefix",
    )
    run.set_defaults(call=_run)

    crawl = commands.add_parser("crawl", help="fetch sites into WARC files for run 抓取网站，存为 WARC")
    crawl.add_argument("sources", type=Path, metavar="TOML", help="the sites (see docs/crawl.md)")
    crawl.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="where the WARC files and manifest.jsonl go"
    )
    crawl.add_argument("--fresh", action="store_true", help="do not go on with a crawl that was interrupted")
    crawl.add_argument(
        "--site", action="append", default=[], metavar="NAME", help="only this site (may be repeated)"
    )
    crawl.set_defaults(call=_crawl)

    show = commands.add_parser("show", help="one document in the terminal 在终端查看一份文件")
    show.add_argument("file", type=Path, metavar="FILE")
    show.add_argument(
        "--page",
        action="store_true",
        help="what was taken for the text, what left out, and why 正文取舍及理由",
    )
    show.set_defaults(call=_show)

    repair = commands.add_parser("repair", help="undo damage and print the text 修复乱码并打印正文")
    repair.add_argument("file", type=Path, metavar="FILE")
    repair.add_argument("--diff", action="store_true", help="only the changed lines, before and after")
    repair.add_argument(
        "--explain", action="store_true", help="every change, how it came about, what is in doubt"
    )
    repair.set_defaults(call=_repair)

    tables = commands.add_parser("tables", help="look at the tables of a run 查看表格")
    tables.add_argument("dir", type=Path, metavar="DIR", help="the --out folder of a run")
    tables.add_argument(
        "table", nargs="?", default="extractions", metavar="TABLE", help="default: extractions"
    )
    tables.add_argument(
        "--head", type=int, default=20, metavar="N", help="rows to print (default 20; 0 = all)"
    )
    tables.add_argument(
        "--where", metavar="SQL", help="a DuckDB condition; columns of documents may be used too"
    )
    tables.add_argument(
        "--csv", type=Path, metavar="FILE", help="write the rows as CSV instead (all of them)"
    )
    tables.add_argument("--xlsx", type=Path, metavar="FILE", help="write the rows as an Excel sheet instead")
    tables.set_defaults(call=_tables)

    compare = commands.add_parser("compare", help="compare the documents of a run 比较各县、各年、各文件")
    compare.add_argument("dir", type=Path, metavar="DIR", help="the --out folder of a run")
    compare.add_argument("--out", required=True, type=Path, metavar="DIR2", help="where the comparisons go")
    compare.add_argument(
        "--by", default="county", metavar="GROUP", help="county (default), document, year, city, province"
    )
    compare.add_argument(
        "--reference", metavar="DOC_ID", help="a document whose figures all others are held against"
    )
    compare.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="this comparison alone (may be repeated)"
    )
    compare.add_argument("--format", action="append", default=[], choices=("csv",), help="write this too")
    compare.set_defaults(call=_compare)

    report = commands.add_parser("report", help="one HTML file with every comparison 一个网页看全部比较")
    report.add_argument("dir", type=Path, metavar="DIR", help="the --out folder of a run")
    report.add_argument(
        "--out", type=Path, metavar="FILE", help="the file to write (default: DIR/report.html)"
    )
    report.add_argument(
        "--by", default="county", metavar="GROUP", help="county (default), document, year, city, province"
    )
    report.set_defaults(call=_report)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 all read, 3 some inputs failed, 2 wrong usage."""
    parser = build_parser()
    try:
        args = parser.parse_args(argv)
    except SystemExit as stop:  # argparse has printed its letter
        return int(stop.code or 0)
    if args.version:
        from pipeline import __version__

        print(f"zhengce {__version__}")
        return EXIT_OK
    if args.command is None:
        parser.print_help()
        return EXIT_USAGE
    call: Callable[[argparse.Namespace], int] = args.call
    try:
        return call(args)
    except PipelineError as error:
        print(f"zhengce {args.command}: {error}", file=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        print(
            "\nstopped; the tables of an earlier run are as they were, and the same command goes on from here",
            file=sys.stderr,
        )
        return EXIT_STOPPED
    except BrokenPipeError:  # `zhengce tables … | head`
        sys.stderr.close()
        return EXIT_OK


def _run(args: argparse.Namespace) -> int:
    import dataclasses

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from pipeline.batch import run
    from pipeline.settings import load_settings

    settings = load_settings(args.settings)
    if args.workers is not None:
        if args.workers < 0:
            raise SourceError("--workers must be 0 or more")
        settings = dataclasses.replace(settings, workers=args.workers)
    if args.out.exists() and not args.out.is_dir():
        raise SourceError("--out names a file", where=str(args.out), hint="name a folder")
    console = Console(stderr=True)
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
            fresh=args.fresh, engine=args.engine, shards=args.shards,
        )  # fmt: skip
    _print_summary(Console(highlight=False), summary)
    return EXIT_SOME_FAILED if summary.n_failures else EXIT_OK


def _print_summary(console: Console, summary: Summary) -> None:
    from rich.markup import escape

    from pipeline.columns import CHINESE_TITLES

    statuses = ", ".join(f"{summary.statuses[s]} {s}" for s in ("ok", "duplicate", "empty", "failed"))
    speed = summary.n_bytes / 1e6 / summary.seconds if summary.seconds else 0.0
    console.print(f"[bold]{sum(summary.statuses.values())} documents[/]: {statuses}")
    if summary.n_reused:
        console.print(
            f"results of {summary.n_reused} documents were kept from an earlier run (--fresh reads them again)"
        )
    for table in ("slogans", "quantities", "measures", "citations", "sections", "repairs"):
        console.print(f"  {summary.rows[table]:>8,}  {table} {CHINESE_TITLES[table]}")
    if summary.damage:
        kinds = ", ".join(
            f"{kind} ({n})" for kind, n in sorted(summary.damage.items(), key=lambda x: (-x[1], x[0]))
        )
        console.print(f"damage met, in how many documents: {kinds}")
    for source, error in summary.failures:
        console.print(f"[red]failed[/] {escape(source)}: {escape(error)}", soft_wrap=True)
    console.print(f"{summary.n_bytes / 1e6:.2f} MB in {summary.seconds:.1f} s ({speed:.2f} MB/s)")
    console.print(f"tables: {summary.out}/tables/*.parquet and {summary.out}/policy.duckdb", soft_wrap=True)
    console.print(f"next:   zhengce tables {summary.out}", soft_wrap=True)


def _crawl(args: argparse.Namespace) -> int:
    import dataclasses

    from pipeline.crawling import crawl_with_progress
    from pipeline.sources.crawl import load_sources

    sources = load_sources(args.sources)
    if args.site:
        known = [site.name for site in sources.sites]
        if unknown := [name for name in args.site if name not in known]:
            raise SourceError(f"no site is called {unknown[0]!r}", hint=f"known: {', '.join(known)}")
        sources = dataclasses.replace(sources, sites=tuple(s for s in sources.sites if s.name in args.site))
    if args.out.exists() and not args.out.is_dir():
        raise SourceError("--out names a file", where=str(args.out), hint="name a folder")
    summary = crawl_with_progress(sources, args.out, fresh=args.fresh)
    if any(site.ended == "shutdown" for site in summary.sites):
        return EXIT_STOPPED
    return EXIT_SOME_FAILED if summary.n_errors or not summary.is_complete else EXIT_OK


def _show(args: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.markup import escape

    from pipeline.document import read
    from pipeline.highlight import KINDS, TITLES, fact_lines, to_terminal

    if args.page:
        return _show_page(args.file)
    document = read(args.file)
    console = Console(highlight=False)
    console.print(f"[bold]{escape(document.facts.title or '（无标题）')}[/]")
    for name, value in fact_lines(document.facts):
        console.print(f"  [dim]{name}[/] {escape(value)}")
    if document.sections:
        console.print("\n[bold]层次 outline[/]")
        for section in document.sections:
            console.print(f"{'  ' * section.level}{escape((section.marker or '') + section.heading)}")
    counts = "  ".join(f"{TITLES[kind]} {kind} {len(getattr(document, kind))}" for kind in KINDS)
    console.print(f"\n[bold]{counts}[/]")
    console.print(to_terminal(document.reading, document.found), soft_wrap=True)
    return EXIT_OK


def _show_page(file: Path) -> int:
    from rich.console import Console

    from pipeline.page_view import page_report, view_page

    view = view_page(file)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    console = Console(highlight=False, markup=False, emoji=False)
    for line in page_report(view):
        console.print(line, soft_wrap=True)
    return EXIT_OK


def _repair(args: argparse.Namespace) -> int:
    from rich.console import Console

    from pipeline.explain import diff_lines, explanation, printable, repair_file

    repaired = repair_file(args.file)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    console = Console(highlight=False, markup=False, emoji=False)
    if args.diff:
        for line in diff_lines(repaired, plain=not console.is_terminal):
            console.print(line, soft_wrap=True)
    if args.explain:
        for row in explanation(repaired):
            console.print(row, soft_wrap=True)
    if not (args.diff or args.explain):
        print(printable(repaired.text))
    return EXIT_OK


def _compare(args: argparse.Namespace) -> int:
    from pipeline.comparing import compare_run

    done = compare_run(
        args.dir, args.out, by=args.by, reference=args.reference, only=args.only, formats=args.format,
        progress=lambda name, n_rows: print(f"  {n_rows:>8,}  {name}"),
    )  # fmt: skip
    print(
        f"comparisons: {args.out}/*.parquet ({len(done)} of them; docs/compare.md says what the columns mean)"
    )
    return EXIT_OK


def _report(args: argparse.Namespace) -> int:
    from pipeline.reporting import write_report

    out = args.out or args.dir / "report.html"
    report = write_report(args.dir, out, by=args.by)
    size = len(report.html.encode("utf-8")) / 1e6
    print(f"{report.n_documents} documents, {report.n_places:,} places in their texts, {size:.1f} MB")
    for note in report.notes:
        print(f"note:   {note.en}")
    print(f"report: {out}")
    return EXIT_OK


def _tables(args: argparse.Namespace) -> int:
    from rich.console import Console

    from pipeline.query import query_table, to_rich_table
    from pipeline.tables import write_csv, write_xlsx

    exporting = args.csv or args.xlsx
    frame, total = query_table(args.dir, args.table, where=args.where, limit=0 if exporting else args.head)
    if args.csv:
        write_csv(frame, args.csv)
    if args.xlsx:
        write_xlsx({args.table: frame}, args.xlsx)
    if exporting:
        print(f"{len(frame)} rows of {args.table}: {', '.join(str(p) for p in (args.csv, args.xlsx) if p)}")
        return EXIT_OK
    # a pipe or a file has no width of its own
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    console.print(to_rich_table(args.table, frame))
    console.print(f"{len(frame)} of {total} rows")
    return EXIT_OK


if __name__ == "__main__":
    sys.exit(main())
