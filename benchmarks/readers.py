"""How fast each format is read, and what memory it takes, on files made here; ratios to plain text from the same run.

    python benchmarks/readers.py [--paragraphs 1400] [--formats text html …] [--seconds 1]

Formats that need LibreOffice are left out where it is missing.
Speed is that of `read_page`, the way to the reading process included, once that process runs; peak memory is what
one reading adds to a fresh process that has imported the reader (Linux), with the libraries that it loads then, or that of
LibreOffice where it is more.
"""

from __future__ import annotations

import argparse
import io
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

_BY_LIBREOFFICE = {"doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx"}


def make(paragraphs: list[str], formats: list[str]) -> dict[str, bytes]:
    """Return one file of each format (of all, where none are named), all with the same text."""
    import docx
    import make_files
    import make_office
    import openpyxl

    text = "\n".join(paragraphs)
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    word = io.BytesIO()
    document.save(word)
    book = openpyxl.Workbook()
    for number, paragraph in enumerate(paragraphs, start=1):
        book.active.append([number, paragraph, number / 7])
    sheet = io.BytesIO()
    book.save(sheet)
    page = make_files.trs_page().replace(make_files._p(style=' align="justify"'), make_files._p(paragraphs))
    files = {
        "text": text.encode(),
        "html": page.encode(),
        "mht": make_office.mht_file(page, "utf-8"),
        "docx": word.getvalue(),
        "xlsx": sheet.getvalue(),
        "pdf": make_files.pdf_file(make_files.printed(paragraphs, per_page=22)),
        "ofd": make_office.ofd_file(make_office.ofd_printed(paragraphs, per_page=22)),
    }
    files |= _converted(files, [kind for kind in _BY_LIBREOFFICE if not formats or kind in formats])
    return {kind: raw for kind, raw in files.items() if not formats or kind in formats}


def _converted(files: dict[str, bytes], kinds: list[str]) -> dict[str, bytes]:
    office, made = shutil.which("soffice"), dict[str, bytes]()
    if office is None:
        return made
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            source = _BY_LIBREOFFICE[kind]
            path = Path(folder) / f"a.{source}"
            path.write_bytes(files[source])
            command = [
                office,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                kind,
            ]
            subprocess.run([*command, "--outdir", folder, path], check=False, capture_output=True)
            if path.with_suffix(f".{kind}").is_file():
                made[kind] = path.with_suffix(f".{kind}").read_bytes()
    return made


def measure(kind: str, raw: bytes, least_seconds: float) -> tuple[float, int]:
    """Return the seconds of one reading and the characters it gives."""
    from pipeline.decode import decode
    from pipeline.pages import read_page
    from pipeline.records import RawFile

    file = RawFile(f"a.{kind}", raw)
    n_chars = len(read_page(file, decode).text)
    started, n_times = time.perf_counter(), 0
    while n_times < 2 or time.perf_counter() - started < least_seconds:
        read_page(file, decode)
        n_times += 1
        if time.perf_counter() - started > 10 * least_seconds:
            break
    return (time.perf_counter() - started) / n_times, n_chars


def peak(kind: str, path: Path) -> float:
    """Return the MB that one reading adds to a fresh process, measured there."""
    done = subprocess.run(
        [sys.executable, __file__, "--peak", kind, str(path)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _print_peak(kind: str, path: Path) -> None:
    from pipeline.decode import decode
    from pipeline.pages import READERS
    from pipeline.pages.isolation.child import named
    from pipeline.records import RawFile

    decode("四个强化".encode("gbk"), None)
    raw, reader = path.read_bytes(), named(dict(READERS)[kind])
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of the imports
    before = _resident("VmRSS")
    reader(RawFile(f"a.{kind}", raw), decode)
    # LibreOffice, where it was needed
    programs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(max(_resident("VmHWM") - before, programs))


def _resident(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(rf"{name}:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else float("nan")


def _unlike(number: int) -> str:
    """Return six characters that no other line has: what comes back on every page is taken for a running head."""
    places = [(number * 37 + place * 1013) % (38 * 94) for place in range(6)]
    return b"".join(bytes((0xB0 + at // 94, 0xA1 + at % 94)) for at in places).decode("gb2312")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--paragraphs", type=int, default=1400)
    parser.add_argument("--formats", nargs="+", default=[], metavar="FORMAT", help="these alone")
    parser.add_argument("--seconds", type=float, default=1.0, help="least time that a format is read for")
    parser.add_argument("--peak", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.peak:
        _print_peak(args.peak[0], Path(args.peak[1]))
        return
    import make_files

    base = make_files.PARAGRAPHS
    paragraphs = [f"{n}．{_unlike(n)}：{base[n % len(base)]}{_unlike(-n)}" for n in range(args.paragraphs)]
    files = make(paragraphs, args.formats)
    print(
        f"{'format':8}{'file MB':>9}{'chars':>10}{'seconds':>10}{'MB/s':>9}{'chars/s':>13}{'text = 1':>10}{'peak MB':>9}"
    )
    per_text = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for kind, raw in files.items():
            seconds, n_chars = measure(kind, raw, args.seconds)
            per_text = per_text or n_chars / seconds
            path = Path(folder) / f"a.{kind}"
            path.write_bytes(raw)
            print(
                f"{kind:8}{len(raw) / 1e6:9.3f}{n_chars:10,}{seconds:10.4f}{len(raw) / 1e6 / seconds:9.2f}"
                f"{n_chars / seconds:13,.0f}{n_chars / seconds / per_text:10.4f}{peak(kind, path):9.1f}"
            )


if __name__ == "__main__":
    main()
