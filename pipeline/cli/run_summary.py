"""What `zhengce run` says when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.columns import CHINESE_TITLES, COUNTED
from pipeline.terminal import shown

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.batch import Summary


def print_summary(console: Console, summary: Summary) -> None:
    """Print what a run did and what it could not do, where its tables are, and what may be done next."""
    _print_counts(console, summary)
    _print_failures(console, summary)
    speed = summary.n_bytes / 1e6 / summary.seconds if summary.seconds else 0.0
    console.print(f"{summary.n_bytes / 1e6:.2f} MB in {summary.seconds:.1f} s ({speed:.2f} MB/s)")
    _print_files(console, summary)
    table = "" if summary.statuses["ok"] else " documents"  # they say why nothing was read
    console.print(f"next:   zhengce tables {shown(summary.out)}{table}", soft_wrap=True)


def _print_counts(console: Console, summary: Summary) -> None:
    statuses = ", ".join(f"{summary.statuses[s]} {s}" for s in ("ok", "duplicate", "empty", "failed"))
    console.print(f"[bold]{sum(summary.statuses.values())} documents[/]: {statuses}")
    if summary.n_reused:
        console.print(
            f"results of {summary.n_reused} documents were kept from an earlier run (--fresh reads them again)"
        )
    if summary.n_texts_reused:
        console.print(
            f"texts of {summary.n_texts_reused} documents were kept from an earlier run; what is extracted from them is new"
        )
    for table in COUNTED:
        console.print(f"  {summary.rows[table]:>8,}  {table} {CHINESE_TITLES[table]}")
    if summary.damage:
        kinds = ", ".join(
            f"{kind} ({n})" for kind, n in sorted(summary.damage.items(), key=lambda x: (-x[1], x[0]))
        )
        console.print(f"damage met, in how many documents: {kinds}")


def _print_failures(console: Console, summary: Summary) -> None:
    for source, error in summary.failures:
        reason = error.replace(f"{source}: ", "", 1)  # its letter names the file too
        console.print(f"[red]failed[/] {shown(source)}: {shown(reason)}", soft_wrap=True)
    if n_more := summary.n_failures - len(summary.failures):
        condition = "status = 'failed'"
        console.print(
            f'… and {n_more:,} more: zhengce tables {shown(summary.out)} documents --where "{condition}" --head 0',
            soft_wrap=True,
        )


def _print_files(console: Console, summary: Summary) -> None:
    """Print which files were written, anew or not at all, and which one is older than the tables now."""
    files = "*/*.parquet" if (summary.out / "tables" / "documents").is_dir() else "*.parquet"
    console.print(
        f"tables: {shown(summary.out)}/tables/{files} and {shown(summary.out)}/policy.duckdb", soft_wrap=True
    )
    for name in summary.rewritten:
        what = {"csv": "csv/*.csv", "xlsx": "policy.xlsx"}[name]
        console.print(f"anew:   {shown(summary.out)}/{what}, written by an earlier run", soft_wrap=True)
    for one in summary.unwritten:
        old = "; what stands there is of an earlier run" if one.is_old_there else ""
        line = f"{one.path}: {one.reason}{old} — all else is whole; close it elsewhere, see that the disk has room, run again"
        console.print(f"[red]not written[/] {shown(line)}", soft_wrap=True)
    if (summary.out / "report.html").is_file():
        console.print(
            f"old:    {shown(summary.out)}/report.html, of an earlier run — zhengce report {shown(summary.out)}",
            soft_wrap=True,
        )
