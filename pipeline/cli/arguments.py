"""The arguments of every command, with the help that is printed for them."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from pipeline.cli.places import file_named, path_named, place_named, row_count

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="zhengce",
        description="Chinese policy pages in, tables out. 政策网页 → 研究用表格。",
        epilog="Start with: zhengce run FOLDER --out OUT; then: zhengce tables OUT",
    )
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_run(commands)
    _add_crawl(commands)
    _add_show(commands)
    _add_repair(commands)
    _add_tables(commands)
    _add_compare(commands)
    _add_report(commands)
    return parser


def _add_out(command: argparse.ArgumentParser, what: str, *, metavar: str = "DIR") -> None:
    command.add_argument("-o", "--out", required=True, type=path_named, metavar=metavar, help=what)


def _add_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=path_named, metavar="FILE", help="a page, of any format that run reads")


def _add_formats(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format",
        action="append",
        default=[],
        choices=("csv", "xlsx"),
        help="write this too: csv (UTF-8), xlsx (Chinese headings); may be repeated",
    )


def _add_group(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--by",
        default="county",
        metavar="GROUP",
        help="what is compared: county (default), document, year, city, province",
    )


def _add_run(commands: Commands) -> None:
    command = commands.add_parser("run", help="read files and folders, write the tables 处理文件夹，写出表格")
    command.add_argument(
        "paths",
        nargs="+",
        type=place_named,
        metavar="PATH",
        help="files, folders (recursive), archives (.zip, .tar, .gz …), .warc.gz, .parquet, or an address such as s3://bucket/pages",
    )
    _add_out(command, "where tables/ and policy.duckdb go")
    _add_formats(command)
    command.add_argument(
        "--settings",
        type=path_named,
        metavar="TOML",
        help="a file of settings, such as limits of size and time (docs/formats.md)",
    )
    command.add_argument(
        "--workers", type=int, metavar="N", help="number of processes (default 0: one per core)"
    )
    command.add_argument(
        "--engine",
        choices=("auto", "serial", "processes", "ray"),
        default="auto",
        help="where the work is done: auto (default) takes this process for a few small inputs and several for more;"
        " serial: this process; ray: a Ray cluster (docs/scaling.md)",
    )
    command.add_argument(
        "--fresh", action="store_true", help="read every input again, also what an earlier run has kept"
    )
    command.add_argument(
        "--shards",
        metavar="WHERE",
        help="keep results here, not in DIR/.work: a folder, or an address such as s3://bucket/prefix",
    )
    command.add_argument(
        "--rows-per-file",
        type=int,
        default=0,
        metavar="N",
        help="write each table as files of N rows, for runs that do not fit into memory (docs/scaling.md)",
    )


def _add_crawl(commands: Commands) -> None:
    command = commands.add_parser("crawl", help="fetch sites into WARC files for run 抓取网站，存为 WARC")
    command.add_argument("sources", type=path_named, metavar="TOML", help="the sites (see docs/crawl.md)")
    _add_out(command, "where the WARC files and manifest.jsonl go")
    command.add_argument(
        "--fresh", action="store_true", help="begin a new crawl instead of going on with an interrupted one"
    )
    command.add_argument(
        "--site",
        action="append",
        default=[],
        metavar="NAME",
        help="only the site of this name (may be repeated)",
    )


def _add_show(commands: Commands) -> None:
    command = commands.add_parser("show", help="one document in the terminal 在终端查看一份文件")
    _add_file(command)
    command.add_argument(
        "--page",
        action="store_true",
        help="what was taken for the text, what left out, and why 正文取舍及理由",
    )


def _add_repair(commands: Commands) -> None:
    command = commands.add_parser("repair", help="undo damage and print the text 修复乱码并打印正文")
    _add_file(command)
    command.add_argument("--diff", action="store_true", help="only the changed lines, before and after")
    command.add_argument(
        "--explain", action="store_true", help="every change, how it came about, what is in doubt"
    )
    command.add_argument(
        "--raw", action="store_true", help="the text before any repair, on which raw_start and raw_end count"
    )


def _add_tables(commands: Commands) -> None:
    command = commands.add_parser("tables", help="look at the tables of a run 查看表格")
    command.add_argument("dir", type=path_named, metavar="DIR", help="the --out folder of a run")
    command.add_argument(
        "table",
        nargs="?",
        default="extractions",
        metavar="TABLE",
        help="default: extractions (docs/tables.md has all)",
    )
    command.add_argument(
        "--head", type=row_count, default=20, metavar="N", help="rows to print (default 20; 0 = all)"
    )
    command.add_argument(
        "--where", metavar="SQL", help="a DuckDB condition; columns of documents may be used too"
    )
    command.add_argument(
        "--columns",
        metavar="NAMES",
        help="these columns and no others, joined by commas; columns of documents may be named too",
    )
    command.add_argument(
        "--csv", type=file_named(".csv"), metavar="FILE", help="write the rows as CSV instead (all of them)"
    )
    command.add_argument(
        "--xlsx", type=file_named(".xlsx"), metavar="FILE", help="write the rows as an Excel sheet instead"
    )


def _add_compare(commands: Commands) -> None:
    command = commands.add_parser("compare", help="compare the documents of a run 比较各县、各年、各文件")
    command.add_argument("dir", type=path_named, metavar="DIR", help="the --out folder of a run")
    _add_out(command, "where the comparisons go", metavar="DIR2")
    _add_group(command)
    command.add_argument(
        "--reference", metavar="DOC_ID", help="a document whose figures all others are held against"
    )
    command.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help="this comparison alone, named as in docs/compare.md (may be repeated)",
    )
    command.add_argument(
        "--where", metavar="SQL", help="compare only these documents: a DuckDB condition on documents"
    )
    _add_formats(command)


def _add_report(commands: Commands) -> None:
    command = commands.add_parser("report", help="one HTML file with every comparison 一个网页看全部比较")
    command.add_argument("dir", type=path_named, metavar="DIR", help="the --out folder of a run")
    command.add_argument(
        "-o",
        "--out",
        type=file_named(".html", ".htm"),
        metavar="FILE",
        help="the file to write, NAME.html (default: DIR/report.html)",
    )
    _add_group(command)
    command.add_argument(
        "--codebook",
        type=path_named,
        metavar="TOML",
        help="a codebook of your own for the PMC index (default: models/pmc.toml, for education plans)",
    )
    command.add_argument(
        "--where", metavar="SQL", help="only these documents: a DuckDB condition on documents"
    )
