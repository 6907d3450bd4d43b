"""The places of China: full names, short forms, former names, and where they stand in a text.

`models/regions.csv` holds today's places, `models/regions_renamed.csv` those that were renamed or merged, counties since 1981;
`scripts/build_gazetteer.py` says how both were made. `models/regions_nicknames.csv` is kept by hand.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline import lexicon
from pipeline.characters import code_points
from pipeline.key_index import KeyIndex
from pipeline.lazy_re import lazy_re

_GROUPS = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|俄罗斯|鄂温克|德昂|保安|裕固|京|独龙|鄂伦春|门巴|珞巴|各"
)
_AUTONOMOUS_RE = lazy_re(
    rf"(?P<stem>.{{2,6}}?)(?:(?:{_GROUPS})族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|维吾尔){{0,4}}自治(?P<kind>[县州旗区])"
)  # 连南瑶族自治县, 巴音郭楞蒙古自治州
# words that hold a name: 安新, 共和, 合作. 雄安新区 has no code of its own in GB/T 2260
_NOT_PLACES = ("雄安新区", "共和国", "人民共和国", "合作社")
_BMP = 0x10000  # every character of a place name lies below
_LAST_YEAR = 1998  # of names that were given up before there were county sites: they are known in full only
_MANY = 200  # places at which numpy is the faster way to ask for a pair
_SUFFIX_RE = lazy_re(r"(?:特别行政区|地区|林区|特区|[省市县区旗盟州])$")


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `adcode` is the code of today, also when the place carries a former name.

    `since` and `until` are the years between which it bore its name, where the gazetteer knows them.
    """

    adcode: str
    province: str
    city: str
    county: str
    former: bool = False
    since: int | None = None
    until: int | None = None

    @property
    def name(self) -> str:
        """The place's own full name."""
        return self.county or self.city or self.province

    @property
    def chain(self) -> tuple[str, ...]:
        """The names from the province down to the place."""
        return tuple(part for part in (self.province, self.city, self.county) if part)

    def existed_in(self, year: int) -> bool:
        """Say whether the place bore its name in a year; the year of the change counts for both names."""
        return (self.since or 0) <= year <= (self.until or 9999) + 1

    @property
    def is_bygone(self) -> bool:
        """Say whether the name was given up before there were county sites: 通县, 黄岩市."""
        return self.until is not None and self.until <= _LAST_YEAR

    def lies_in(self, other: Place) -> bool:
        """Say whether this place lies in another one."""
        return other.chain == self.chain[: len(other.chain)] and len(self.chain) > len(other.chain)


@dataclass(frozen=True, slots=True)
class Name:
    """A place name as it stands in a text, with every place that it may mean; `full` unless it is a short form."""

    text: str
    start: int
    end: int
    places: tuple[Place, ...]
    full: bool


def short_forms(name: str) -> tuple[str, ...]:
    """Return the forms by which a place is called for short, the shortest first.

    >>> short_forms("连南瑶族自治县"), short_forms("柳城县"), short_forms("乾县")
    (('连南', '连南县', '连南自治县'), ('柳城',), ())
    """
    match = _AUTONOMOUS_RE.fullmatch(name)
    if match:
        stem, kind = match["stem"], match["kind"]
        return stem, stem + kind, f"{stem}自治{kind}"
    stem = _SUFFIX_RE.sub("", name)
    return (stem,) if 2 <= len(stem) < len(name) else ()


# districts whose name begins with 市, behind the short name of their city: 济南市中区 is no 中区 of 济南市
OF_THE_CITY = ("市中区", "市南区", "市北区")


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Every name with the places it may mean, and the pairs of characters that names begin with."""

    full: dict[str, tuple[Place, ...]]
    short: dict[str, tuple[Place, ...]]
    longest: dict[str, int]  # by the first two characters
    sieve: npt.NDArray[
        np.uint8
    ]  # by code point: 1 = a name may begin with it, 2 = it may be a name's second character
    pairs: KeyIndex  # the first two characters
    wordlike: frozenset[str]  # short forms that are ordinary words too: 通道, 和平, 资源

    def of_code(self, adcode: str) -> tuple[Place, ...]:
        """Return the place that has a code today, and none when nobody has it.

        >>> [place.name for place in gazetteer().of_code("450330")]
        ['平乐县']
        """
        return tuple(p for p in _by_code().get(adcode, ()) if not p.former)[:1]

    def _starts(self, text: str) -> list[int]:
        """Return where two characters stand that may begin a name: a sieve, because nearly all places do not."""
        codes = code_points(text)
        may_be = self.sieve.take(codes)
        at = np.flatnonzero(may_be[:-1] & may_be[1:] >> 1 & 1)
        if len(at) > _MANY:  # one in ten of them begins a name
            _, is_pair = self.pairs.find(codes.take(at).astype(np.int64) << 16 | codes.take(at + 1))
            at = at[is_pair]
        starts: list[int] = at.tolist()
        return starts

    def find_names(self, text: str) -> Iterator[Name]:
        """Yield the names in a text, leftmost and longest: 高唐县 holds no 唐县, 米易县 no 易县.

        >>> [name.text for name in gazetteer().find_names("主持召开阳泉市郊区会议")]
        ['阳泉市', '郊区']
        >>> [name.text for name in gazetteer().find_names("济南市中区教育局")]
        ['济南', '市中区']
        """
        longest, full, short = self.longest, self.full, self.short
        end = 0
        for start in self._starts(text):
            if start < end or text[start : start + 2] not in longest:
                continue
            for length in range(longest[text[start : start + 2]], 1, -1):
                name = text[start : start + length]
                last = start + length - 1
                if name in short and text[last : last + 2] in longest and self._full_from(text, last):
                    break  # 召〔开阳〕泉市
                if name in full or name in short:
                    end = start + len(name)
                    if name[-1] == "市" and text[end - 1 : end + 2] in OF_THE_CITY and name[:-1] in short:
                        name, end = name[:-1], end - 1  # 济南|市中区
                    yield Name(name, start, end, full[name] if name in full else short[name], name in full)
                    break

    def _full_from(self, text: str, start: int) -> bool:
        """Whether a name in full stands at the last character of a short one, whose word that character then is."""
        most = self.longest[text[start : start + 2]]
        return any(text[start : start + length] in self.full for length in range(most, 2, -1))


def _group(pairs: list[tuple[str, Place]]) -> dict[str, tuple[Place, ...]]:
    groups: dict[str, list[Place]] = {}
    for name, place in pairs:
        groups.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in groups.items()}


@functools.cache
def _by_code() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for places in gazetteer().full.values():
        for place in places:
            found.setdefault(place.adcode, []).append(place)
    return found


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once."""
    renamed = lexicon.table("regions_renamed.csv")
    # 清苑区 came from 清苑县; a district that only took in a former county is older than that
    since = {
        row["adcode_now"]: int(row["until"])
        for row in sorted(renamed, key=lambda row: row["until"])
        if row["county"] and row["until"] and len(row["county"]) > 2
    }
    stems = {(row["adcode_now"], row["county"][:-1]) for row in renamed if len(row["county"]) > 2}
    today = [
        Place(r["adcode"], r["province"], r["city"], r["county"],
              since=since.get(r["adcode"]) if (r["adcode"], r["county"][:-1]) in stems else None)
        for r in lexicon.table("regions.csv")
    ]  # fmt: skip
    former = [
        Place(r["adcode_now"] or r["adcode"], r["province"], r["city"], r["county"], former=True,
              until=int(r["until"]) if r["until"] else None)
        for r in renamed
    ]  # fmt: skip
    places = today + former
    full = _group([(place.name, place) for place in places])
    forms = [(form, place) for place in places if not place.is_bygone for form in short_forms(place.name)]
    # 连南县 for 连南瑶族自治县 is as good as a full name, unless another place is called so
    full |= _group(
        [(f, p) for f, p in forms if f[-1] in "县州旗" and len(f) > 2 and "自治" in p.name and f not in full]
    )
    full |= {row["said"]: full[row["name"]] for row in lexicon.table("regions_nicknames.csv")}
    full |= dict.fromkeys(_NOT_PLACES, ())
    short = _group([(form, place) for form, place in forms if form not in full])
    longest: dict[str, int] = {}
    for name in (*full, *short):
        longest[name[:2]] = max(longest.get(name[:2], 0), len(name))
    sieve = np.zeros(_BMP, dtype=np.uint8)
    for pair in longest:
        sieve[ord(pair[0])] |= 1
        sieve[ord(pair[1])] |= 2
    pairs = KeyIndex(np.array([ord(pair[0]) << 16 | ord(pair[1]) for pair in longest], dtype=np.int64))
    return Gazetteer(full, short, longest, sieve, pairs, frozenset(lexicon.words("regions_wordlike.txt")))
