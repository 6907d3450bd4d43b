"""Promise and result: a target for a year in one report, the figure for that year in the reports that follow."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.compare.choice import choose_cells
from pipeline.compare.common_units import COUNTERS_OF_PLACES, PLACES, kind_of
from pipeline.compare.frames import Tables, ask_for, comparison_frame, records
from pipeline.compare.groups import documents_in_groups
from pipeline.compare.outcomes import Figure, gap_of, outcome_of, tolerance_of, wanted_direction
from pipeline.compare.promised import is_people, is_promise
from pipeline.compare.series import SAME_CONCEPT, SERIES, direction_of, to_series
from pipeline.lazy_re import lazy_re

# words that make no other thing of what is counted: 新增就业人数, “专精特新”企业
_SAME_THING_RE = lazy_re(r"新增|净增|各类|人数|[“”]")
Row = dict[str, Any]
Key = tuple[Any, ...]


def compare_promises(tables: Tables, by: str = "county") -> pd.DataFrame:
    """Return one row a target, with the figure later reported for its year and what became of the promise.

    `outcome`: met, missed, undecided (the result is itself a bound, or one side
    gives several figures under one name), revised (a later document sets another target for
    the same year, and no result is known), not_reported (a document that looks back on the year was read and gives no
    figure), not_found (the same, for an indicator known by its wording alone: it may be there in other words),
    no_next_report (no document that looks back on the year is among those read). Where growth was promised and only levels are reported, `implied` is the growth between the two
    levels, in current prices: an indication that decides nothing. Promises are kept by place; by="document" gives each
    place a group per promising document, other groups collect their places.
    """
    documents, quantities, texts = ask_for(tables, "documents", "quantities", "texts")
    places = documents_in_groups(documents, "county", quantities)
    series = to_series(quantities, places, texts, tables.get("parts"))
    series = series[series["year"].notna() & series["doc_year"].notna() & series["group_id"].notna()]
    # a village's or a project's figure keeps no promise of the county, nor do its people
    series = series[series["scope"].eq("whole") & ~series["indicator"].map(is_people).astype(bool)]
    targets = series[series["status"].eq("target")]
    targets = choose_cells(
        targets[is_promise(targets, texts)],
        ["group_id", *SERIES, "year", "period", "doc_id"],
    )
    results = _Results(choose_cells(series[series["status"].eq("achieved")]))
    reviewed = _reviewed_years(places, series)
    rows = [
        _promise(target, later, results, (target["group_id"], int(target["year"])) in reviewed)
        for target, later in _with_later(targets)
        if target["doc_year"] <= target["year"]
    ]
    frame = comparison_frame("promises", pd.DataFrame(rows) if rows else [])
    return _regrouped(frame, documents, quantities, by)


def _reviewed_years(places: pd.DataFrame, series: pd.DataFrame) -> set[tuple[str, int]]:
    """(place, year) of every year on which a later document of the place reports."""
    reports = places[places["is_read"] & places["year"].notna() & places["looks_back"].gt(0)]
    told = series[
        series["status"].eq("achieved") & series["doc_year"].gt(series["year"]) & series["period"].isna()
    ]
    return set(
        zip(reports["group_id"], (reports["year"] - reports["looks_back"]).astype(int), strict=True)
    ) | set(zip(told["group_id"], told["year"].astype(int), strict=True))


def _null(value: Any) -> Any:
    return None if pd.isna(value) else value


def _key(row: Row) -> Key:
    return (row["group_id"], *(_null(row[c]) for c in SERIES))


def _in_common_unit(key: Key) -> Key:
    """The key with one unit for places that texts count alike: 改造薄弱校32所, 13个."""
    return (*key[:4], PLACES if key[4] in COUNTERS_OF_PLACES else key[4], *key[5:])


def _figure(row: Row) -> Figure:
    return Figure(row["comparator"], float(row["value"]), _null(row["value_high"]))


class _Results:
    """The reported figures by place, series and year."""

    def __init__(self, cells: pd.DataFrame) -> None:
        self._cells: dict[Key, Row] = {}
        self._alike: dict[Key, Row] = {}
        for row in records(cells):
            key = (*_key(row), row["year"], _null(row["period"]))
            self._cells[key] = row
            self._alike.setdefault(_in_common_unit(key), row)

    def of(self, target: Row) -> Row | None:
        """The figure for the target's year that a later document gives; a level at the end of a plan is that of its last year.

        What a plan promises 年均 is counted from the year before it: a result that names that year (比2011年增长21.9%，年均增长4%) answers it.
        """
        key, year, period = _key(target), target["year"], _null(target["period"])
        asked = [(*key, year, period)]
        if target["aspect"] == "level" and period is not None:
            asked.append((*key, year, None))
        if target["per"] == "年均" and key[-1] is None:
            begin = int(period[:4]) if period is not None and period[:4].isdigit() else target["doc_year"]
            asked.append((*key[:-1], str(begin - 1), year, None))
        return self._first(asked, target)

    def on_other_basis(self, target: Row) -> Row | None:
        """The growth for the target's year as booked where it was promised under one concept (可比增长), or the reverse."""
        other = {None: SAME_CONCEPT, SAME_CONCEPT: None}
        key, base = _key(target), _null(target["base"])
        if target["aspect"] != "growth" or base not in other:
            return None
        return self._first([(*key[:-1], other[base], target["year"], _null(target["period"]))], target)

    def _first(self, asked: list[Key], target: Row) -> Row | None:
        rows = [self._cells.get(one) for one in asked]
        rows += [self._alike.get(_in_common_unit(one)) for one in asked]
        return next((row for row in rows if row is not None and row["doc_year"] > target["doc_year"]), None)

    def levels(self, target: Row) -> tuple[Row, Row] | None:
        """The levels of the target's year and the year before, where growth was promised."""
        if (
            target["aspect"] != "growth"
            or _null(target["period"])
            or _null(target["per"])
            or _null(target["base"])
        ):
            return None
        for (p, i, n, aspect, unit, per, base, year, period), row in self._levels.get(_key(target)[:3], ()):
            before = self._cells.get((p, i, n, aspect, unit, per, base, year - 1, period))
            if year == target["year"] and before is not None and before["value"] > 0 and unit != "%":
                return before, row
        return None

    @cached_property
    def _levels(self) -> dict[Key, list[tuple[Key, Row]]]:
        """The plain levels of each place and indicator."""
        found: dict[Key, list[tuple[Key, Row]]] = defaultdict(list)
        for key, row in self._cells.items():
            if key[3] == "level" and key[-1] is None and key[5] is None:
                found[key[:3]].append((key, row))
        return found


def _is_other_thing(target: Row, result: Row) -> bool:
    """Whether two counts have one indicator under different words: 新建小学3所 is not answered by 改造完全小学5所, nor 新增就业 by 城镇新增就业."""
    is_count = target["aspect"] in ("level", "change") and kind_of(target["norm_unit"]) in ("count", "people")
    return is_count and _SAME_THING_RE.sub("", target["indicator"]) != _SAME_THING_RE.sub(
        "", result["indicator"]
    )


def _with_later(targets: pd.DataFrame) -> list[tuple[Row, Row | None]]:
    """Each target with the next document's target for the same place, series and year, where there is one."""
    same: dict[Key, list[Row]] = defaultdict(list)
    for row in records(targets.sort_values(["doc_year", "date", "start"], kind="stable")):
        same[(*_key(row), row["year"])].append(row)
    return [
        (one, later) for rows in same.values() for one, later in zip(rows, [*rows[1:], None], strict=True)
    ]


def _outcome(target: Row, result: Row, direction: str | None) -> str:
    """What became of a target that a figure answers; undecided where several have one name: which was promised is not known."""
    if target["conflict"] or result["conflict"] or _is_other_thing(target, result):
        return "undecided"
    return outcome_of(_figure(target), _figure(result), direction, target["norm_unit"])


def _without_result(target: Row, later: Row | None, is_reviewed: bool) -> str:
    """Why there is no figure for a target."""
    if later is not None:
        return "revised"
    if not is_reviewed:
        return "no_next_report"
    return "not_found" if _null(target["indicator_id"]) is None else "not_reported"


def _promise(target: Row, later: Row | None, results: _Results, is_reviewed: bool) -> Row:
    promised = _figure(target)
    direction = direction_of(target["indicator_id"]) or wanted_direction(
        target["aspect"], promised.value, target["norm_unit"]
    )
    if later is not None and (_figure(later) == promised or later["doc_year"] == target["doc_year"]):
        later = None  # said again, not revised
    answer = results.of(target)
    other = results.on_other_basis(target) if answer is None else None
    result = answer if answer is not None else other
    levels = results.levels(target) if result is None else None
    if other is not None:
        outcome = "undecided"
    elif answer is not None:
        outcome = _outcome(target, answer, direction)
    else:
        outcome = _without_result(target, later, is_reviewed)
    return {
        **{
            c: target[c]
            for c in ("group_id", "group", "indicator_id", "aspect", "per", "base", "year", "period")
        },
        "indicator": target["indicator_name"],
        "unit": target["norm_unit"],
        "direction": direction,
        "target_comparator": target["comparator"],
        "target": target["value"],
        "target_high": target["value_high"],
        "target_doc_id": target["doc_id"],
        "target_ids": [*target["quantity_ids"], *target["other_ids"]],
        "target_conflict": target["conflict"],
        "result_comparator": result and result["comparator"],
        "result": result and result["value"],
        "result_high": result and result["value_high"],
        "result_doc_id": result and result["doc_id"],
        "result_ids": [*result["quantity_ids"], *result["other_ids"]] if result else [],
        "result_conflict": result and result["conflict"],
        "outcome": outcome,
        "gap": gap_of(promised, _figure(answer), direction) if answer else None,
        "tolerance": tolerance_of(promised, target["norm_unit"]),
        "revised": later and later["value"],
        "revised_ids": list(later["quantity_ids"]) if later else [],
        "implied": (levels[1]["value"] / levels[0]["value"] - 1) * 100 if levels else None,
        "implied_ids": [levels[0]["quantity_id"], levels[1]["quantity_id"]] if levels else [],
    }


def _regrouped(
    frame: pd.DataFrame, documents: pd.DataFrame, quantities: pd.DataFrame, by: str
) -> pd.DataFrame:
    """Name the group that `by` asks for instead of the place; rows stay in order of place, indicator and year."""
    order = ["group_id", "indicator", "aspect", "year", "period", "target_doc_id"]
    frame = frame.sort_values(order, na_position="first", kind="stable", ignore_index=True)
    if by == "county":
        return frame
    groups = documents_in_groups(documents, by, quantities).dropna(subset=["doc_id"]).set_index("doc_id")
    for column in ("group_id", "group"):
        frame[column] = frame["target_doc_id"].map(groups[column])
    return comparison_frame("promises", frame)
