"""Other people's programs on a hostile file: in a folder and with a profile of their own, bounded, without network."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.errors import PageError
from pipeline.records import RawFile

_MAX_CPU_SECONDS = 600  # should nobody be left to end it; the deadline of the reading process comes first
_MAX_OUTPUT_BYTES = 256 * 1024 * 1024
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000

# no macros, nothing fetched for links inside of the document, and a proxy that leads nowhere
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def find_program(*names: str) -> str | None:
    """Return the path of the first program that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def program_output(program: str, options: tuple[str, ...], file: RawFile, name: str) -> bytes:
    """Return what a program prints about a file, which it finds under a name of our own."""
    with tempfile.TemporaryDirectory(prefix="zhengce-") as folder:
        (Path(folder) / name).write_bytes(file.raw)
        printed = Path(folder) / "printed"
        with printed.open("wb") as stream:
            _run([program, *options, name], folder, file, stream.fileno())
        return _checked_output(printed, file, program)


def libreoffice_converts(office: str, file: RawFile, name: str, suffix: str, to: str) -> bytes:
    """Return a file in another format; raises PageError when LibreOffice makes nothing of it."""
    with tempfile.TemporaryDirectory(prefix="zhengce-") as folder:
        home = Path(folder)
        (home / name).write_bytes(file.raw)
        user = home / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [
            office, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--nodefault", "--nologo", "--convert-to", to, "--outdir", "out", name,
        ]  # fmt: skip
        _run(command, folder, file, subprocess.DEVNULL)
        return _checked_output(home / "out" / f"document.{suffix}", file, office)


def _run(command: list[str], folder: str, file: RawFile, stdout: int) -> None:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": folder, "TMPDIR": folder, "TEMP": folder, "XDG_RUNTIME_DIR": folder, "LANG": "C.UTF-8",
        "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
    }  # fmt: skip
    try:
        subprocess.run(  # noqa: S603
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            timeout=_MAX_CPU_SECONDS,
            preexec_fn=None if sys.platform == "win32" else _confine,  # the reading process has one thread
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PageError("the program that opens it did not end", where=file.source) from error
    except OSError as error:
        raise PageError(
            f"{Path(command[0]).name} cannot be started ({error.strerror})", where=file.source
        ) from error


def _confine() -> None:
    """Bound what the program may use (its memory is bounded with ours) and take the network from it."""
    import resource

    for name, limit in (
        (resource.RLIMIT_CPU, _MAX_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, _MAX_OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(name)[1]
        wanted = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(name, (wanted, wanted))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if libc.unshare(
            _CLONE_NEWNET
        ):  # not root: in a user namespace of its own, where the system allows one
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _checked_output(path: Path, file: RawFile, program: str) -> bytes:
    if not path.is_file() or path.stat().st_size == 0:
        raise PageError(
            f"{Path(program).name} makes nothing of it: it is broken, encrypted, or of a format that is not installed",
            where=file.source,
            hint="open it in Word or WPS and save it as .docx or .xlsx",
        )
    return path.read_bytes()
