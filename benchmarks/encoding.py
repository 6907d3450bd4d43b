"""How often the encoding is told rightly, by length and encoding, beside chardet and charset-normalizer.

    python benchmarks/encoding.py [CORPORA] [--samples 200] [--errors 0]

On text the character model was not built from. The two others stand beside it where they are installed (the extra `bench`).
A guess is right if the bytes, decoded by it, give the text: gbk for gb18030 is right where nothing else is in it.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import opencc

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import build_character_model as build  # noqa: E402

from pipeline.decode import decode  # noqa: E402
from pipeline.errors import DecodeError  # noqa: E402

LENGTHS = (2, 4, 8, 20, 100, 1000)
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-16")
KINDS = ("text", "charset declared wrongly", "last character cut", "HTML with little Chinese")
HTML = '<!DOCTYPE html><html><head><title>{}</title></head><body><div class="c"><p id="p1">{}</p><ul><li><a href="/a/1.html">1</a></li></ul></div></body></html>'


def ours(raw: bytes, declared: str | None) -> str | None:
    """Return what decode reads."""
    try:
        return decode(raw, declared).text
    except DecodeError:
        return None


def by_chardet(raw: bytes, declared: str | None) -> str | None:
    """Return the bytes as chardet's guess reads them."""
    import chardet

    return _read(raw, chardet.detect(raw)["encoding"])


def by_charset_normalizer(raw: bytes, declared: str | None) -> str | None:
    """Return the bytes as charset-normalizer's best guess reads them."""
    import charset_normalizer

    best = charset_normalizer.from_bytes(raw).best()
    return _read(raw, best.encoding) if best else None


def _read(raw: bytes, encoding: str | None) -> str | None:
    """Decode leniently, in the wider encoding of a family: both libraries say gb2312 where gbk is meant."""
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
    try:
        return raw.decode(
            wider.get((encoding or "").lower(), encoding or "ascii"), errors="ignore"
        ).removeprefix("\ufeff")
    except LookupError:
        return None


DETECTORS: dict[str, Callable[[bytes, str | None], str | None]] = {
    name: read
    for name, module, read in (
        ("zhengce", "pipeline", ours),
        ("chardet", "chardet", by_chardet),
        ("charset-normalizer", "charset_normalizer", by_charset_normalizer),
    )
    if importlib.util.find_spec(module)
}


def samples(text: str, length: int, n_samples: int, chance: random.Random) -> Iterator[str]:
    """Yield pieces of a text as they might be file names, titles, paragraphs: from the beginning of a clause."""
    starts = [at for at in range(len(text) - length) if at == 0 or text[at - 1] in "\n，。；、：“《"]
    for _ in range(n_samples):
        start = chance.choice(starts)
        piece = text[start : start + length].strip()
        if any("\u4e00" <= char <= "\u9fff" for char in piece):
            yield piece


def make(kind: str, piece: str, encoding: str, chance: random.Random) -> tuple[bytes, str, str | None] | None:
    """Return bytes, the text that is to be read from them, and the charset that is declared."""
    try:
        if kind == "HTML with little Chinese":
            piece = HTML.format(piece[:20], piece)
        raw = piece.encode(encoding)
    except UnicodeEncodeError:
        return None
    if kind == "charset declared wrongly":
        return raw, piece, chance.choice([e for e in ("utf-8", "gb2312", "big5") if e[:2] != encoding[:2]])
    if kind == "last character cut":
        return raw[:-1], piece[:-1], None
    return raw, piece, None


def is_right(found: str | None, text: str, kind: str) -> bool:
    """Tell whether a text was read; of a cut character anything may be made but the characters before it."""
    return found is not None and (
        found == text or (kind == "last character cut" and found.rstrip("\ufffd") == text)
    )


def main() -> None:
    """Print a table for each kind of input."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path, nargs="?", default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    text = "\n".join(build.cleaned(t) for n, t in build.texts(args.corpora) if build.HELD_OUT.search(n))
    traditional = opencc.OpenCC("s2tw").convert(text)
    spent = dict.fromkeys(DETECTORS, 0.0)
    print("share of inputs read rightly:", " / ".join(DETECTORS))
    for kind in KINDS:
        print(f"\n{kind}\n{'characters':>12}" + "".join(f"{encoding:>18}" for encoding in ENCODINGS))
        for length in LENGTHS:
            cells = []
            for encoding in ENCODINGS:
                chance = random.Random(f"{kind}{length}{encoding}")
                source = traditional if encoding == "big5hkscs" else text
                right, total = dict.fromkeys(DETECTORS, 0), 0
                for piece in samples(source, length, args.samples, chance):
                    made = make(kind, piece, encoding, chance)
                    if made is None or (kind == "last character cut" and len(piece) < 2):
                        continue
                    raw, meant, declared = made
                    total += 1
                    for name, read in DETECTORS.items():
                        started = time.perf_counter()
                        found = read(raw, declared)
                        spent[name] += time.perf_counter() - started
                        right[name] += is_right(found, meant, kind)
                        if args.errors and name == "zhengce" and not is_right(found, meant, kind):
                            args.errors -= 1
                            print("   ", encoding, repr(meant[:60]), "read as", repr((found or "")[:60]))
                cells.append("/".join(f"{100 * n / max(total, 1):.0f}" for n in right.values()))
            print(f"{length:>12}" + "".join(f"{cell:>18}" for cell in cells), flush=True)
    print("\nseconds:", ", ".join(f"{name} {seconds:.1f}" for name, seconds in spent.items()))


if __name__ == "__main__":
    main()
