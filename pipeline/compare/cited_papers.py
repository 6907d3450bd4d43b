"""Documents named in 《》 (引用文件): which paper a title means, and who cites it since when."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

import pandas as pd

from pipeline.compare.frames import Tables, ask_for, comparison_frame, is_text, records
from pipeline.compare.groups import documents_in_groups, reading_of_groups
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import word_class
from pipeline.numerals import one_of

_ROLES = ("upper", "issued", "self")  # newspapers, plays and contracts are no papers of a government
_MARKS_RE = lazy_re(r"[\s《》〈〉<>“”‘’\"'、，,]")
_STATE_RE = lazy_re(r"[（(](?:试行|暂行|草案|修订|审议稿|送审稿|征求意见稿|\d{4}年修[订正])[）)]\Z")
_YEARS_RE = lazy_re(r"[（(](\d{4})[-—–~至]+(\d{4})年?[）)]\Z")
_HANDED_OUT_RE = lazy_re(r"关于(?:印发|发布|转发)(.{4,})的通知\Z")
# 甲市乙县人民政府办公室关于…: the place tells whose paper it is, the office does not
_OFFICE_RE = lazy_re(
    r"(?:中共)?(?P<place>[^委政府局厅部关]{1,16}[省市县区旗州])(?![场域])"
    r"(?:委|人民政府|政府|[^关]{1,10}[局厅部委])[^关]{0,30}关于"
)
_REPUBLIC = "中华人民共和国"


def _words(kind: str) -> frozenset[str]:
    return word_class("citation_words.csv", kind)


@cache
def _central_re() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(_words('central_issuer'))}(?:办公[厅室])?){{1,9}}(?=关于)")


def paper_key(title: str) -> str:
    """Return what the titles of one paper have in common: no marks, no central issuer in front, no 试行 behind.

    >>> paper_key("中共中央 国务院关于深化教育改革的意见"), paper_key("关于深化教育改革的意见（试行）")
    ('深化教育改革的意见', '深化教育改革的意见')
    >>> paper_key("国务院关于印发《数字经济规划》的通知"), paper_key("甲县人民政府关于招商的意见")
    ('数字经济规划', '甲县招商的意见')
    """
    key = _YEARS_RE.sub(r"\1-\2", title.strip())
    key = _MARKS_RE.sub("", _STATE_RE.sub("", key)).removeprefix(_REPUBLIC)
    if central := _central_re().match(key):
        key = key[central.end() :]
    elif office := _OFFICE_RE.match(key):
        key = office["place"] + key[office.end() - len("关于") :]
    if handed_out := _HANDED_OUT_RE.search(key):
        key = key[: handed_out.start()] + _STATE_RE.sub("", handed_out[1])
    return key.replace("关于", "", 1) or title


def compare_cited_papers(tables: Tables, by: str = "county") -> pd.DataFrame:
    """Return one row a cited paper and group: under which titles, how often, since when, and in how many groups.

    Titles that differ by marks, a central issuer in front, 关于印发…的通知 around them or 试行 behind are one paper, and so are
    titles with one 发文字号. A paper of the document's own government is told apart by its place, a short title (《条例》)
    is the last paper before it in the document that ends so, and without one nobody else's. `media` and `other` are left out.
    """
    documents, citations = ask_for(tables, "documents", "citations")
    groups = documents_in_groups(documents, by, tables.get("quantities"))
    places = documents[documents["status"].eq("ok")][["doc_id", "province", "city", "county"]]
    frame = citations[citations["role"].isin(_ROLES)].merge(places, on="doc_id")
    frame = frame.merge(groups[groups["is_read"] & groups["group_id"].notna()], on="doc_id", how="inner")
    frame = frame.sort_values(["doc_id", "start"], kind="stable").reset_index(drop=True)
    frame["paper"] = _one_a_number(_keys(records(frame)), frame["number"])
    frame["date"] = frame["date"].fillna(frame["year"].astype("string"))
    frame = frame.sort_values(["year", "date", "citation_id"], na_position="last", kind="stable")
    uses = frame.groupby(["paper", "group_id"], sort=False)
    rows = uses.agg(
        group=("group", "first"),
        role=("role", _most_used),
        titles=("title", lambda some: sorted(set(some))),
        n_uses=("citation_id", "size"),
        n_documents=("doc_id", "nunique"),
        first_year=("year", "first"),
        first_date=("date", "first"),
        first_doc_id=("doc_id", "first"),
        citation_ids=("citation_id", list),
    ).reset_index()
    known = frame.dropna(subset=["number"]).groupby("paper")["number"].agg(_most_used)
    rows["number"] = rows["paper"].map(known)
    rows["title"] = rows["paper"].map(frame.groupby("paper")["title"].agg(_most_used))
    rows["n_groups"] = rows.groupby("paper")["group_id"].transform("size")
    rows = rows.merge(reading_of_groups(documents, groups), left_on="group_id", right_index=True, how="left")
    return comparison_frame(
        "cited_papers", rows.sort_values(["n_groups", "paper", "group_id"], ascending=[False, True, True])
    )


def _keys(rows: list[dict[str, Any]]) -> list[str]:
    """Return the paper of every citation; rows in text order, one document after another."""
    keys: list[str] = []
    before: dict[str, str] = {}  # last word of a short title -> the paper before it that ends so
    doc_id = None
    for row in rows:
        if row["doc_id"] != doc_id:
            doc_id, before = row["doc_id"], {}
        key = paper_key(row["title"])
        if key in _words("short_title"):
            keys.append(before.get(key, f"{key}（{doc_id}）"))
            continue
        if row["role"] != "upper":
            key = _of_its_place(key, row)
        before |= {key[-n:]: key for n in range(2, 5) if len(key) > n}
        keys.append(key)
    return keys


def _of_its_place(key: str, row: dict[str, Any]) -> str:
    """Return the key of a paper of the document's own government with the place in front, once."""
    names = [row[level] for level in ("province", "city", "county") if is_text(row[level])]
    for above, below in itertools.pairwise(names):
        if key.startswith(above + below):  # 甲市乙县规划 is 乙县规划
            key = key.removeprefix(above)
    return key if not names or key.startswith(tuple(names)) else names[-1] + key


def _one_a_number(keys: list[str], numbers: pd.Series) -> list[str]:
    """Return the keys, those that share a 发文字号 made one, and with them all their other uses."""
    first: dict[str, str] = {}
    root: dict[str, str] = {}

    def found(key: str) -> str:
        while key in root:
            key = root[key]
        return key

    for key, number in zip(keys, numbers, strict=True):
        if is_text(number):
            one, other = found(first.setdefault(number, key)), found(key)
            if one != other:
                root[other] = one
    return [found(key) for key in keys]


def _most_used(values: Iterable[str]) -> str:
    """Return the value that is used most; of equal ones the longest says most."""
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], len(value), value))
