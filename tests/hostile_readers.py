"""Readers that do what hostile files make parsers do, for real: hang in C, crash, eat memory, start programs, lie."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

from pipeline.errors import EmptyPageError
from pipeline.records import Page


def good(file, decode):
    return Page(f"一、总体要求 {len(file.raw)}", "good")


def hangs_in_c(file, decode):
    ctypes.PyDLL(None).sleep(1000)  # PyDLL keeps the interpreter's lock: no Python thread can end it


def crashes(file, decode):
    ctypes.string_at(0)


def leaves(file, decode):
    os._exit(7)


def eats_memory(file, decode):
    eaten = []
    while True:
        eaten.append(bytearray(64 * 1024 * 1024))


def eats_memory_in_c(file, decode):
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while libc.malloc(ctypes.c_size_t(16 * 1024 * 1024)):
        pass
    libc.abort()  # as C++ does


def keeps_memory(file, decode):
    """Read well, and leave half of what is allowed behind."""
    keeps_memory.kept = [*getattr(keeps_memory, "kept", []), bytearray(300 * 1024 * 1024)]
    return good(file, decode)


def prints(file, decode):
    print("over the pipe", flush=True)
    os.write(1, b"\0" * 64)
    print("and beside it", file=sys.stderr)
    return good(file, decode)


def has_a_bug(file, decode):
    return file.raw.nothing


def is_empty(file, decode):
    raise EmptyPageError("nothing here", where=file.source, hint="look elsewhere")


def gives_halves_of_pairs(file, decode):
    return Page("字\ud800", "good", unread="half")


def starts_a_program(file, decode):
    program = subprocess.Popen(["sleep", "1000"])
    Path(file.raw.decode()).write_text(str(program.pid))
    program.wait()


def calls_the_decoder(file, decode):
    return Page(decode(file.raw, None).text, "good")


def big_answer(file, decode):
    return Page("字" * 5_000_000, "good")
