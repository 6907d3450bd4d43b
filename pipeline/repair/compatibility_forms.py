"""Writes look-alikes from PDF fonts as the characters they stand for: ⼀⽅ (Kangxi radicals) is 一方."""

from __future__ import annotations

import unicodedata

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

# radicals that Unicode gives no decomposition for
RADICALS = dict(
    zip(
        "⺁⺄⺇⺌⺕⺟⺠⺩⺪⺫⺬⺮⺰⺳⺶⺼⺾⺿⻀⻁⻂⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙几小彐母民王疋目示竹纟网羊月艹艹艹虎衤西见角讠贝足车辶辶辶阝钅長长长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齊齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
FORMS_RE = lazy_re(
    r"[\u2e80-\u2fd5\uf900-\ufad9\ufb00-\ufb06\U0002f800-\U0002fa1d\U0001d7ce-\U0001d7ff]{1,400}"
)  # ⼀⽅, 𝟐𝟎𝟐𝟑


def compatibility_forms(text: str) -> list[Edit]:
    """Return the edits that write radicals, compatibility ideographs and mathematical digits as ordinary characters.

    >>> from pipeline.edits import TracedText
    >>> damaged = "⼀⽅⾯，（一）①⺠⽣⼯程"
    >>> TracedText(damaged).edited(compatibility_forms(damaged), kind="compatibility_forms").text
    '一方面，（一）①民生工程'

    Nothing else is normalised: （一） and ① are the outline, ㎡ is a unit.
    """
    edits = []
    for match in FORMS_RE.finditer(text):
        plain = "".join(RADICALS.get(char) or unicodedata.normalize("NFKC", char) for char in match.group())
        if plain != match.group():
            edits.append(Edit(*match.span(), plain))
    return edits
