"""The reading process: takes a reader's name and the bytes of one document at a time, answers with its page."""

from __future__ import annotations

import faulthandler
import importlib
import os
import shutil
import sys
from typing import IO, Any

from pipeline.errors import PipelineError, bug_letter
from pipeline.pages.isolation.wire import PipeClosedError, error_message, page_message, receive, send
from pipeline.records import RawFile

_GRACE_SECONDS = 5  # after the asking process should have ended this one


def serve() -> None:
    """Answer requests until the asking process is gone."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):  # a library that prints must not speak over the pipe
        os.dup2(silence, descriptor)
    try:
        send(answers, {"ready": True})
        _answer_all(requests, answers, silence)
    except (PipeClosedError, BrokenPipeError):
        shutil.rmtree(os.environ["ZHENGCE_SCRATCH"], ignore_errors=True)


def _answer_all(requests: IO[bytes], answers: IO[bytes], silence: int) -> None:
    while True:
        request, raw = receive(requests)
        limit_memory(request["memory"])
        if request["seconds"]:  # should the asking process have died: a timer that asks no interpreter
            faulthandler.dump_traceback_later(request["seconds"] + _GRACE_SECONDS, file=silence, exit=True)
        message = _read(request, raw)
        faulthandler.cancel_dump_traceback_later()
        try:
            send(answers, message)
        except MemoryError:
            send(answers, {"memory": True})


def _read(request: dict[str, Any], raw: bytes) -> dict[str, Any]:
    try:
        reader, decode = named(request["reader"]), named(request["decode"])
        return page_message(reader(RawFile(request["source"], raw, request["url"]), decode))
    except PipelineError as error:
        return error_message(error)
    except MemoryError:
        return {"memory": True}
    except Exception as error:
        return {"bug": bug_letter(error)}


def named(name: str) -> Any:
    """Return the function of a name such as `pipeline.pages.pdf:read_pdf`."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def limit_memory(n_bytes: int) -> None:
    """Refuse this process address space beyond a limit, where the system can (0: no limit)."""
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = n_bytes or resource.RLIM_INFINITY
    if hard != resource.RLIM_INFINITY:
        wanted = hard if wanted == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    except (ValueError, OSError):  # macOS keeps no such limit
        return
