"""Reading in a process of its own: a parser that crashes, hangs or eats memory costs one document, nothing else.

The process is started when the first document needs it and serves one after the other; a limit of memory is set
from inside (resource), one of time is kept from outside (the whole process group is killed).
"""

from __future__ import annotations

from pipeline.pages.isolation.child import named
from pipeline.pages.isolation.room import close_room, read_isolated

__all__ = ["close_room", "named", "read_isolated"]
