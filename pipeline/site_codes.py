"""网站标识码: the number under which a government site is registered, printed at its foot; it tells whose site it is."""

from __future__ import annotations

from pipeline.lazy_re import lazy_re

SITE_CODE_RE = lazy_re(r"网站标识码[：:\s]{0,4}(?P<code>[1-6]\d{9})(?!\d)")  # 4503300001


def find_site_code(text: str) -> str | None:
    """Return the code of a site as a page prints it, or None.

    >>> find_site_code("版权所有：青山县人民政府办公室 网站标识码：4503300001")
    '4503300001'
    """
    match = SITE_CODE_RE.search(text)
    return match["code"] if match else None


def place_of_site(code: str) -> str:
    """Return the code of the place that keeps a site: the first six digits of the site's.

    >>> place_of_site("4503300001")
    '450330'
    """
    return code[:6]
