"""The command line: parse arguments, call the pipeline, print, return a code."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Sequence

from pipeline.cli import commands
from pipeline.cli.arguments import build_parser
from pipeline.cli.commands import EXIT_OK, EXIT_STOPPED, EXIT_USAGE
from pipeline.cli.streams import drop_output, open_streams, signals_as_interrupts
from pipeline.errors import PipelineError

__all__ = ["COMMANDS", "build_parser", "main"]

COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": commands.run,
    "crawl": commands.crawl,
    "show": commands.show,
    "repair": commands.repair,
    "tables": commands.tables,
    "compare": commands.compare,
    "report": commands.report,
}


_STOPPED = {
    "run": "; the tables of an earlier run are as they were, and the same command goes on from here",
    "crawl": "; the same command goes on from here",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 all read, 3 some inputs failed, 2 wrong usage, 130 stopped."""
    open_streams()
    try:
        code = _main(argv)
        sys.stdout.flush()  # what is still in the buffer may be what nobody reads any more
    except BrokenPipeError:  # `zhengce tables … | head`
        drop_output()
        return EXIT_OK
    return code


def _main(argv: Sequence[str] | None) -> int:
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
    try:
        with signals_as_interrupts():
            return COMMANDS[args.command](args)
    except PipelineError as error:
        from pipeline.printable import printable

        print(f"zhengce {args.command}: {printable(str(error))}", file=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):  # the terminal may be gone
            print(f"\nstopped{_STOPPED.get(args.command, '')}", file=sys.stderr)
        return EXIT_STOPPED
    except BrokenPipeError:
        raise
    except OSError as error:  # no rights, no such folder, a full disk
        where = f"{error.filename}: " if error.filename else ""
        hint = "see that the folder exists and may be written to, and that the disk has room"
        print(f"zhengce {args.command}: {where}{error.strerror or error} — {hint}", file=sys.stderr)
        return EXIT_USAGE
