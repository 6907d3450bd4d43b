"""The console of the commands: a pipe that its reader has closed ends it like any other output."""

from __future__ import annotations

from rich.console import Console


class Terminal(Console):
    """Rich's console; where the reader has gone (`zhengce tables … | head`) it raises BrokenPipeError, not an exit code of 1."""

    def on_broken_pipe(self) -> None:
        """Raise the error that rich has caught."""
        self.quiet = True
        raise BrokenPipeError
