"""The styles of a Word document: their names, and the numbering that they carry or inherit."""

from __future__ import annotations

from typing import Any

from pipeline.pages.docx.runs import W

_MAX_BASES = 12  # styles based on one another


class Styles:
    """Style id -> its name, the style it is based on, its list and level."""

    def __init__(self, root: Any) -> None:
        self.names: dict[str, str] = {}
        self.list_of_style: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._levels: dict[str, int] = {}
        self.default = ""
        for style in root.iterchildren(W + "style"):
            style_id = style.get(W + "styleId") or ""
            self.names[style_id] = value_of(style, "name")
            self._bases[style_id] = value_of(style, "basedOn")
            if style.get(W + "default") in ("1", "true") and style.get(W + "type") == "paragraph":
                self.default = style_id
            list_id, level = value_of(style, "pPr", "numPr", "numId"), value_of(style, "pPr", "numPr", "ilvl")
            if list_id:
                self.list_of_style[style_id] = list_id
            if level.isascii() and level.isdigit() and len(level) < 3:
                self._levels[style_id] = int(level)

    def numbering_of(self, style_id: str) -> tuple[str, int | None, str]:
        """Return the list of a style, the level if any is stated, and the style in which the list stands; each may be inherited."""
        list_id, level, holder = "", None, ""
        for _ in range(_MAX_BASES):
            if not style_id:
                break
            level = level if level is not None else self._levels.get(style_id)
            if not list_id and style_id in self.list_of_style:
                list_id, holder = self.list_of_style[style_id], style_id
            style_id = self._bases.get(style_id, "")
        return list_id, level, holder


def value_of(element: Any, *path: str) -> str:
    """Return the value of an element below another, "" where there is none."""
    found = element.find("/".join(W + name for name in path))
    return (found.get(W + "val") or "") if found is not None else ""
