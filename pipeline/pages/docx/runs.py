"""The text of one Word paragraph as it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.pages.docx.symbols import sign_of
from pipeline.pages.paragraphs import SUPERSCRIPTS
from pipeline.records import Dropped

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_GONE = frozenset(
    {W + "del", W + "moveFrom", W + "delText", W + "instrText", W + "delInstrText", W + "rt", _FALLBACK}
)
_FORMULAE = frozenset({M + "f", M + "sSup"})
_BREAKS = frozenset({W + "br", W + "cr"})


def paragraph_lines(paragraph: Any, dropped: list[Dropped]) -> list[str]:
    """Return the lines of a paragraph: as a rule one; more where it holds line breaks or text boxes.

    Tracked deletions, field codes and hidden text are left out.
    """
    lines = [""]
    waiting = list(reversed(paragraph))  # a stack: runs may be nested in links, insertions, controls
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            lines[-1] += element
            continue
        tag = element.tag
        if tag in _GONE:
            continue
        if tag == W + "t":
            lines[-1] += _raised(element, element.text or "")
        elif tag == W + "tab":
            if element.getparent().tag == W + "r":
                lines[-1] += "\t"
        elif tag in _BREAKS:
            lines.append("")
        elif tag == W + "noBreakHyphen":
            lines[-1] += "-"
        elif tag == W + "sym":
            lines[-1] += _sign(element, dropped)
        elif tag == M + "t":
            lines[-1] += element.text or ""
        elif tag in _FORMULAE:
            waiting.extend(reversed(list(_in_line(element))))
        elif tag == W + "r" and _is_hidden(element):
            text = "".join(t.text or "" for t in element.iter(W + "t"))
            if text:
                dropped.append(Dropped("hidden text", text))
        elif tag == W + "p":  # a paragraph of a text box
            lines.append("")
            waiting.extend(reversed(element))
        elif tag not in (W + "pPr", W + "rPr"):
            waiting.extend(reversed(element))
    return lines


def _sign(element: Any, dropped: list[Dropped]) -> str:
    font, code = element.get(W + "font") or "", element.get(W + "char") or ""
    sign = sign_of(font, code)
    if sign is None:
        dropped.append(Dropped("sign of a font", f"{font[:40]} {code[:8]}"))
    return sign or ""


def _in_line(formula: Any) -> Iterator[Any]:
    """Yield the parts of a fraction or a power as they stand in a line of text: 1/3, m²."""
    for part in formula:
        if part.tag == M + "den":
            yield "/"
        raised = "".join(t.text or "" for t in part.iter(M + "t")) if part.tag == M + "sup" else ""
        yield raised.translate(SUPERSCRIPTS) if raised.isdigit() and raised.isascii() else part


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val") not in ("0", "false", "off")


def _raised(element: Any, text: str) -> str:
    """Write raised digits as such: 500m² must not become 500m2."""
    align = element.getparent().find(f"{W}rPr/{W}vertAlign")
    if align is not None and align.get(W + "val") == "superscript" and text.isdigit() and text.isascii():
        return text.translate(SUPERSCRIPTS)
    return text
