"""Writes private-use characters of known fonts and of GB18030's later editions as the characters they stand for.

Word's bullet fonts (Symbol, Wingdings) print as U+F020–F0FF; ten vertical marks and eight radicals that GB18030
once kept in the private-use area have had code points of their own since 2005. Other private-use characters stay.
"""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

BULLETS = {
    "\uf0b7": "•", "\uf06c": "●", "\uf06e": "■", "\uf06f": "□", "\uf071": "❑", "\uf075": "◆", "\uf076": "❖",
    "\uf09f": "•", "\uf0a7": "▪", "\uf0a8": "◻", "\uf0d8": "➢", "\uf0e0": "→", "\uf0e8": "➔", "\uf0fc": "✓", "\uf0fe": "☑",
}  # fmt: skip
GB18030_2005 = dict(
    zip(
        "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
        "︐︒︑︓︔︕︖︗︘︙龴龵龶龷龸龹龺龻",
        strict=True,
    )
)
KNOWN = BULLETS | GB18030_2005
KNOWN_RE = lazy_re(f"[{''.join(KNOWN)}]")


def private_use(text: str) -> list[Edit]:
    """Return the edits that replace private-use characters whose meaning is known.

    >>> from pipeline.edits import TracedText
    >>> TracedText("\\uf06c强化组织领导").edited(private_use("\\uf06c强化组织领导"), kind="private_use").text
    '●强化组织领导'

    Those that a byte shift left behind belong to gbk_bytes_shifted and are not touched here.
    """
    return [Edit(match.start(), match.end(), KNOWN[match.group()]) for match in KNOWN_RE.finditer(text)]
