"""What is compared with what: every document with its group, its year, and whether it was read."""

from __future__ import annotations

import pandas as pd

from pipeline.compare.frames import is_text, records
from pipeline.errors import ComparisonError
from pipeline.lazy_re import lazy_re
from pipeline.lexicon import word_class
from pipeline.naming import document_names

BY = ("county", "document", "year", "city", "province")
UNKNOWN = "未知"
CENTRAL_ID, CENTRAL = (
    "000000",
    "中央",
)  # what begins 11 to 82 in the codes of provinces begins 00 for the whole country
_YEAR_RE = lazy_re(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_LATE_MONTH = 10  # a work report this late in the year reports on that year, and plans the next


def documents_in_groups(
    documents: pd.DataFrame, by: str, quantities: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return doc_id, group_id, group, is_own_level, is_above, is_read, year, date, place, doc_type of every document, duplicates left out.

    A document is called by its title, else by place, year and kind, else by its file, and no two alike. The group of a city's document by county is 银川市本级: a city is not one of its counties, and `is_above` says so. That of a
    central office without a place is 中央. A renamed county is one group under its latest name. The year is that of the title of a work report, else of the date, else of the title,
    else, for a work report, the one after that of most results, else the year for which most targets are set. Raises ComparisonError for an unknown `by`, with the known ones.
    """
    if by not in BY:
        raise ComparisonError(f"cannot compare by {by!r}", hint=f"known: {', '.join(BY)}")
    some = documents[documents["status"].ne("duplicate")].reset_index(drop=True)
    targets, results = _years_told(quantities, "target"), _years_told(quantities, "achieved")
    rows = []
    for row in records(some):
        date = row["publish_date"] if is_text(row["publish_date"]) else None
        year = _year(row, date, targets, results)
        group_id, group, is_own, is_above = _group(row, by, year)
        is_read, back = row["status"] == "ok", _looks_back(row, date)
        rows.append(
            (
                row["doc_id"],
                group_id,
                group,
                is_own,
                is_above,
                is_read,
                year,
                date,
                back,
                _place(row),
                row["doc_type"],
            )
        )
    names = [
        "doc_id",
        "group_id",
        "group",
        "is_own_level",
        "is_above",
        "is_read",
        "year",
        "date",
        "looks_back",
        "place",
        "doc_type",
    ]
    kinds = {
        "year": "Int64",
        "looks_back": "Int64",
        "is_read": "bool",
        "is_own_level": "bool",
        "is_above": "bool",
    }
    frame = pd.DataFrame(rows, columns=names).astype(kinds)
    if by == "document":
        dated = frame[frame["year"].notna()]
        frame["group"] = document_names(some, dict(zip(dated["doc_id"], dated["year"], strict=True)))
    return _latest_names(frame)


def reading_of_groups(documents: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return how much of each group was read, by group_id: n_documents_read, first_year_read, n_chars_read.

    What a count of uses is a share of, and what a first use is first among: groups differ in both.
    """
    read = groups[groups["is_read"] & groups["group_id"].notna()]
    sizes = documents[documents["status"].eq("ok")].set_index("doc_id")["n_chars"]
    read = read.assign(n_chars=pd.to_numeric(read["doc_id"].map(sizes)).astype("float64"))
    return read.groupby("group_id").agg(
        n_documents_read=("doc_id", "size"),
        first_year_read=("year", "min"),
        n_chars_read=("n_chars", "sum"),
    )


def _years_told(quantities: pd.DataFrame | None, status: str) -> dict[str, int]:
    """The plain year that most of a document's targets (or achieved figures) name."""
    if quantities is None or quantities.empty:
        return {}
    some = quantities[quantities["status"].eq(status) & quantities["when"].notna()]
    some = some[some["when"].astype(str).str.fullmatch(r"\d{4}")]
    counts = some.groupby(["doc_id", "when"]).size().reset_index(name="n")
    best = counts.sort_values(["n", "when"], ascending=[False, True]).drop_duplicates("doc_id")
    return {doc: int(when) for doc, when in zip(best["doc_id"], best["when"], strict=True)}


def _year(
    row: dict[str, object], date: str | None, targets: dict[str, int], results: dict[str, int]
) -> int | None:
    title = row["title"] if is_text(row["title"]) else ""
    in_title = _YEAR_RE.search(str(title))
    if in_title and row["doc_type"] == "工作报告":
        return int(in_title[1])  # the date may be that of a page which printed the report again
    if date is not None:
        return int(date[:4])
    if in_title:
        return int(in_title[1])
    doc_id = str(row["doc_id"])
    if row["doc_type"] == "工作报告" and doc_id in results:  # its targets may be those of a five-year plan
        return results[doc_id] + _looks_back(row, date)
    return targets.get(doc_id)


def _looks_back(row: dict[str, object], date: str | None) -> int:
    """How many years before its own a document reports on: 1 for a work report held early in the year."""
    if row["doc_type"] != "工作报告":
        return 0
    return 0 if date is not None and int(date[5:7] or 1) >= _LATE_MONTH else 1


def _place(row: dict[str, object]) -> str:
    """The place a document speaks for: its code, its names, or, when none is known, the document itself."""
    names = "/".join(str(row[n]) for n in ("province", "city", "county") if is_text(row[n]))
    if not names and _is_central(row.get("issuer")):
        return CENTRAL_ID
    return str(row["adcode"]) if is_text(row["adcode"]) else names or str(row["doc_id"])


def _is_central(issuer: object) -> bool:
    """Whether an office of the whole country issued a document: 国务院, 国务院办公厅, 教育部, but no 县教育局."""
    words = tuple(word_class("citation_words.csv", "central_issuer"))
    return is_text(issuer) and str(issuer).removeprefix("中华人民共和国").startswith(words)


def _group(row: dict[str, object], by: str, year: int | None) -> tuple[str | None, str, bool, bool]:
    """Return id and name of a document's group, whether it speaks for it, and whether it stands above groups of that level."""
    if by == "document":  # named when all are known: no two alike
        return (str(row["doc_id"]) if is_text(row["doc_id"]) else None), UNKNOWN, True, False
    if by == "year":
        return (str(year), str(year), False, False) if year is not None else (None, UNKNOWN, False, False)
    levels = ("province", "city", "county")
    names = [str(row[level]) if is_text(row[level]) else "" for level in levels]
    depth = levels.index(by)
    known = [depth_ for depth_, name in enumerate(names) if name]
    if not known and _is_central(row.get("issuer")):
        return CENTRAL_ID, CENTRAL, False, True
    if not known:
        return None, UNKNOWN, False, False
    adcode = str(row["adcode"]) if is_text(row["adcode"]) and len(str(row["adcode"])) == 6 else ""
    if not names[depth]:  # only a higher level is known
        high = max((d for d in known if d < depth), default=None)
        if high is None:
            return None, UNKNOWN, False, False
        return adcode or "/".join(names[: high + 1]) + "/", names[high] + "本级", False, True
    digits = (2, 4, 6)[depth]
    group_id = adcode[:digits].ljust(6, "0") if adcode else "/".join(names[: depth + 1])
    return group_id, names[depth], max(known) == depth, False


def _latest_names(frame: pd.DataFrame) -> pd.DataFrame:
    """Give every group the name of its latest document, and its id too where two groups share one."""
    ordered = frame.sort_values("year", na_position="first", kind="stable")
    latest = (
        ordered.dropna(subset=["group_id"])
        .drop_duplicates("group_id", keep="last")
        .set_index("group_id")["group"]
    )
    shared = latest[latest.duplicated(keep=False)]
    latest = latest.where(~latest.index.isin(shared.index), latest + "（" + latest.index + "）")
    frame["group"] = (
        frame["group_id"].map(latest).astype("object").where(frame["group_id"].notna(), frame["group"])
    )
    return frame
