"""The console of the commands: a pipe that its reader has closed ends it like any other output."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from pipeline.printable import printable


class Terminal(Console):
    """Rich's console; where the reader has gone (`zhengce tables … | head`) it raises BrokenPipeError, not an exit code of 1."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"emoji": False, **options})  # a folder may be called out:warning:

    def on_broken_pipe(self) -> None:
        """Raise the error that rich has caught."""
        self.quiet = True
        raise BrokenPipeError


def shown(text: object) -> str:
    """Return words that are not ours, of a page, a site or a path, as they may stand in what the console prints as markup.

    >>> shown("out[bold]")
    'out\\\\[bold]'
    """
    return escape(printable(str(text)))
