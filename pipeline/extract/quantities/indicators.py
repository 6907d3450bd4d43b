"""One id for an indicator's many names: models/indicators.csv."""

from __future__ import annotations

import functools
import re

from pipeline.lexicon import table

_PREFIX_RE = re.compile(
    r"^(?:预计|全年|力争|确保|实现|完成|累计|其中|我[省市县区]|全[省市县区国镇]|本[省市县区]|县域|稳固|年末|全社会(?=固定)|辖区(?:内)?)+"
)
_SUFFIX_RE = re.compile(r"(?:总额|总数|总量|目标|指标|预计|水平)$")


@functools.cache
def _ids() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in table("indicators.csv"):
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                known.setdefault(name, row["id"])
    return known


def indicator_id(indicator: str) -> str | None:
    """Return the id of an indicator under any of its known names, or None.

    >>> indicator_id("学前三年毛入园率") == indicator_id("全县学前教育毛入园率")
    True
    """
    name = re.sub(r"[“”‘’\s]", "", indicator)
    for form in (name, _PREFIX_RE.sub("", name)):
        if form in _ids():
            return _ids()[form]
        short = _SUFFIX_RE.sub("", form)
        if short != form and short in _ids():
            return _ids()[short]
    return None
