"""The straight lines drawn on a PDF page: strokes, thin filled boxes, and the sides of frames."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.pages.ruled_tables import Rule

_MAX_OBJECTS = 20_000
_THIN = 2.5  # points: a box thinner than this is drawn as a line
_SHORT = 8.0  # a line shorter than this rules no table


def page_rules(page: Any) -> list[Rule]:
    """Return the level and upright lines of a page; what pdfium cannot measure is no line."""
    rules = []
    kinds = [pdfium_c.FPDF_PAGEOBJ_PATH]
    try:
        for drawn in islice(page.get_objects(filter=kinds, max_depth=4), _MAX_OBJECTS):
            left, bottom, right, top = drawn.get_bounds()
            width, height = right - left, top - bottom
            if height <= _THIN < width and width >= _SHORT:
                rules.append(Rule(True, (bottom + top) / 2, left, right))
            elif width <= _THIN < height and height >= _SHORT:
                rules.append(Rule(False, (left + right) / 2, bottom, top))
            elif width >= _SHORT and height >= _SHORT and _is_box(drawn):
                rules += [Rule(True, bottom, left, right), Rule(True, top, left, right)]
                rules += [Rule(False, left, bottom, top), Rule(False, right, bottom, top)]
    except pdfium.PdfiumError:
        return rules
    return rules


def _is_box(drawn: Any) -> bool:
    """Tell whether a path is a box of four sides, stroked or filled: the frame of a cell, or its shade."""
    return 4 <= int(pdfium_c.FPDFPath_CountSegments(drawn.raw)) <= 5
